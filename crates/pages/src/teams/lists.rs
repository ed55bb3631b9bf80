//! `/teams/lists`: which teams have given their word that they keep no list of their own, and which have not.

use crate::measures::{carry_out, nowhere};
use crate::page::{Page, Section};
use crate::part::{Cell, Item};
use crate::work::late;
use crate::{imports, words};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::command::DeclareNoList;
use register::ids::{File, TeamId};
use register::people::{Action, Extent, Team};
use register::state::Register;
use register::view::Disclosure;
use web::{App, Form, Outcome, Problem, SignedIn};

/// Where it is.
pub const ADDRESS: &str = "/teams/lists";

#[derive(Template)]
#[template(path = "teams/lists.html")]
struct Screen {
    page: Page,
    teams: Vec<Vec<Cell>>,
    /// How many have not said so in time, in words; empty where all have.
    overdue: String,
    /// The teams that whoever is signed in speaks for.
    own: Vec<Item>,
    /// What they say for it.
    word: Vec<Item>,
}

/// What the form sends where the word is given.
const GIVEN: &str = "given";

/// `GET /teams/lists`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReadDeclarations)?;
    let form = Form::new(app.service.fresh_command()).with("team", who.account.team);
    draw(&app, &who, form)
}

/// `POST /teams/lists`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::DeclareNoList)?;
    if form.value("word") != GIVEN {
        form.mistake("word", "Say that your team keeps no such list, if it is so");
    }
    let team = form.reference::<TeamId>("team", "Choose your team");
    if team.is_some_and(|team| team != who.account.team) {
        return Err(Problem::NotFound);
    }
    let asking = team.filter(|_| form.is_well()).map(|team| DeclareNoList { team });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(ADDRESS).into_response()),
        None => draw(&app, &who, form),
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let today = app.service.today();
    let (teams, overdue, own) = app.service.read(|register| {
        let reaches = |team: &&Team| app.service.reach(who.id(), File::Team(team.id)) > Disclosure::Nothing;
        let mut teams: Vec<(Date, &Team)> = register
            .teams()
            .filter(reaches)
            .filter_map(|team| Some((register.declaration_due(team.id)?, team)))
            .collect();
        // Those that are longest overdue first, those that nobody speaks for last.
        teams.sort_by_key(|(due, team)| (!has_a_voice(register, team), *due, team.name()));
        let late = |(due, team): &&(Date, &Team)| *due < today && has_a_voice(register, team);
        let overdue = match teams.iter().filter(late).count() {
            0 => String::new(),
            late => words::count(late, "team has not said so in time", "teams have not said so in time"),
        };
        let speaks = who.account.extent(Action::DeclareNoList) > Extent::Nothing;
        let own = register.team(who.account.team).filter(|_| speaks);
        let own = own.map(|team| Item::new(team.id, team.name())).into_iter().collect();
        (teams.into_iter().map(|(due, team)| row(register, team, due, today)).collect(), overdue, own)
    });
    let word = "My team keeps no list of customers who may be dangerous or unreasonable, nor any copy of the register";
    let word = vec![Item::new(GIVEN, word)];
    Page::of(app, who, "Lists outside the register")
        .within(Section::Work)
        .back_to("/")
        .with(form)
        .show(|page| Screen { page, teams, overdue, own, word })
}

/// Whether somebody of the team may give its word.
fn has_a_voice(register: &Register, team: &Team) -> bool {
    let mut own = register.accounts().filter(|account| account.team == team.id);
    own.any(|account| account.extent(Action::DeclareNoList) > Extent::Nothing)
}

fn row(register: &Register, team: &Team, due: Date, today: Date) -> Vec<Cell> {
    let declared = team.declared.map_or_else(
        || "Never".to_owned(),
        |moment| {
            let by = crate::part::name_of(register, moment.by);
            format!("{} by {by}", words::date(moment.date()))
        },
    );
    let old: Vec<String> = register.old_lists_of(team.id).map(|import| import.id.to_string()).collect();
    let stands = match register.old_lists_of(team.id).next() {
        Some(import) => Cell::link(old.join(", "), imports::address(import.id, "")),
        None => Cell::text("None"),
    };
    let late = late(due, today);
    let due = if !has_a_voice(register, team) {
        "Nobody can say so: the team has no line manager".to_owned()
    } else if late.is_empty() {
        words::date(due)
    } else {
        format!("{}\n{late}", words::date(due))
    };
    vec![Cell::text(team.name()), Cell::text(declared), Cell::text(due), stands]
}
