//! `/imports`: the lists that services kept on the side, and taking them in: staged here, approved by a second person.

pub mod columns;
pub mod file;
pub mod plan;
pub mod row;

use crate::page::{Page, Section, under};
use crate::part::{Cell, Item};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::{File, ImportId, TeamId};
use register::import::{Course, Import};
use register::people::{Action, Team};
use register::state::Register;
use register::view::Disclosure;
use service::access::Look;
use service::imports::Batch;
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "imports/index.html")]
struct Screen {
    page: Page,
    begins: bool,
    teams: Vec<Item>,
    staged: Vec<Vec<Cell>>,
    lists: Vec<Vec<Cell>>,
}

/// `GET /imports`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    draw(&app, &who, Form::default()).await
}

/// `POST /imports`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::Import)?;
    let team = form.reference::<TeamId>("team", "Choose whose list it is");
    let team = team.filter(|team| app.service.read(|register| register.team(*team).is_some()));
    let brought = crate::columns::brought(&mut form);
    let (Some(team), Some((name, sheets))) = (team, brought) else {
        return draw(&app, &who, form).await;
    };
    let import = app.service.begin_import(who.id(), name, team, sheets).await?;
    Ok(Redirect::to(&address(import, "columns")).into_response())
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let stages = who.may(Action::Import) || who.may(Action::ApproveImport);
    if !stages {
        who.must(Action::CertifyOldList)?;
    }
    let batches = if stages { app.service.staged_imports().await? } else { Vec::new() };
    let (teams, staged, lists) = app.service.read(|register| {
        let waits = |batch: &&Batch| batch.id().is_some_and(|id| register.import(id).is_none());
        let staged = batches.iter().filter(waits).filter_map(|batch| staged(register, batch)).collect();
        let mut lists: Vec<&Import> = register
            .imports()
            .filter(|import| app.service.reach(who.id(), File::Import(import.id)) > Disclosure::Nothing)
            .collect();
        lists.sort_by_key(|import| std::cmp::Reverse(import.proposed.at));
        (Item::of_teams(register), staged, lists.into_iter().map(|import| row(register, import)).collect())
    });
    let begins = who.may(Action::Import);
    Page::of(app, who, "Lists that services kept")
        .within(Section::Work)
        .back_to("/")
        .with(form)
        .show(|page| Screen { page, begins, teams, staged, lists })
}

fn staged(register: &Register, batch: &Batch) -> Option<Vec<Cell>> {
    Some(vec![
        Cell::link(&batch.name, address(batch.id()?, "")),
        Cell::text(team(register, batch.team()?)),
        Cell::text(words::moment(batch.begun)),
        Cell::text(batch.rows.len().to_string()),
    ])
}

fn row(register: &Register, import: &Import) -> Vec<Cell> {
    vec![
        Cell::link(named(import), address(import.id, "")),
        Cell::text(team(register, import.team)),
        Cell::text(words::date(import.proposed.date())),
        Cell::text(import.entries.to_string()),
        Cell::text(stands(register, import)),
    ]
}

/// What a list is called.
fn named(import: &Import) -> String {
    import.words.known().map_or_else(|| import.id.to_string(), |words| words.name.as_str().to_owned())
}

fn team(register: &Register, team: TeamId) -> String {
    register.team(team).map(Team::name).unwrap_or_default()
}

/// How a list stands, in a few words.
fn stands(register: &Register, import: &Import) -> String {
    match &import.course {
        Course::Proposed => "Waits for a second person".to_owned(),
        Course::Refused { .. } => "Not taken in".to_owned(),
        Course::Undone { .. } => "Taken back".to_owned(),
        Course::Approved(_) => match import.certify_by(register.policy()) {
            Some(by) => format!("On the register. The old list is to be destroyed by {}", words::date(by)),
            None => "On the register, and the old list is destroyed".to_owned(),
        },
    }
}

/// Where something of a list stands.
pub fn address(import: ImportId, act: &str) -> String {
    under(format!("/imports/{import}"), act)
}

/// A staged list that is still worked on, after the look is on disk.
async fn working(app: &App, who: &SignedIn, id: ImportId) -> Result<Batch, Problem> {
    who.must(Action::Import)?;
    let batch = app.service.staged_import(id).await?.ok_or(Problem::NotFound)?;
    // What is proposed is as it is.
    if app.service.read(|register| register.import(id).is_some()) {
        return Err(Problem::NotFound);
    }
    app.service.look(who.id(), Look::File(File::Import(id)), |_| ()).await?;
    Ok(batch)
}
