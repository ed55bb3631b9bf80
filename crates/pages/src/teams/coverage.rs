//! `/teams/coverage`: who goes to customers and is not warned: without access, without training, or without checking. Whoever answers for a team sees
//! its people; whoever answers for the whole sees the teams.

use crate::page::{Page, Section};
use crate::part::{Cell, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::ids::TeamId;
use register::moment::Actor;
use register::people::{Action, Coverage, Covered, Extent, Team, Visitor, coverage};
use register::policy::Figure;
use register::state::Register;
use service::usage::Usage;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "teams/coverage.html")]
struct Screen {
    page: Page,
    lately: String,
    heads: Vec<String>,
    teams: Vec<Vec<Cell>>,
    bars: Vec<Bar>,
    people: Vec<OfTeam>,
}

/// How many of a hundred of a team check lately.
struct Bar {
    team: String,
    percent: usize,
    of: String,
}

/// The people of one team who are not covered.
struct OfTeam {
    name: String,
    rows: Vec<Vec<Cell>>,
}

/// `GET /teams/coverage`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReadCoverage)?;
    let usage = app.service.usage().await?;
    let today = app.service.today();
    let screen = app.service.read(|register| {
        let extent = who.account.extent(Action::ReadCoverage);
        let sees = |team: TeamId| extent == Extent::All || team == who.account.team;
        // Whoever looks after access sees who it is; whoever looks after the whole sees how many.
        let own = |team: TeamId| who.may(Action::ConfirmAccess) && team == who.account.team;
        let names = |team: TeamId| who.may(Action::ManageAccounts) || own(team);
        drawn(register, &usage, today, sees, names)
    });
    Page::of(&app, &who, "Who visits, and who checks")
        .within(Section::Work)
        .back_to("/")
        .show(|page| Screen { page, ..screen })
}

fn drawn(
    register: &Register,
    usage: &Usage,
    today: Date,
    sees: impl Fn(TeamId) -> bool,
    names: impl Fn(TeamId) -> bool,
) -> Screen {
    let all = coverage(register, |account| usage.last_check(account), today);
    let mut teams: Vec<(String, Coverage)> = all
        .into_iter()
        .filter(|of| sees(of.team))
        .map(|of| (register.team(of.team).map(Team::name).unwrap_or_default(), of))
        .collect();
    teams.sort_by(|one, other| (one.1.percent(), &one.0).cmp(&(other.1.percent(), &other.0)));
    let bars = teams.iter().map(|(team, of)| Bar {
        team: team.clone(),
        percent: of.percent(),
        of: format!("{} of {}", of.count(Covered::Checks), of.visitors.len()),
    });
    let table = teams.iter().map(|(team, of)| {
        let counts = Covered::ALL.iter().map(|covered| Cell::text(of.count(*covered).to_string()));
        let people = Cell::text(of.visitors.len().to_string());
        [Cell::text(team.clone()), people].into_iter().chain(counts).collect()
    });
    let people = teams.iter().filter(|(_, of)| names(of.team)).map(|(team, of)| OfTeam {
        name: team.clone(),
        rows: of
            .visitors
            .iter()
            .filter(|visitor| visitor.covered != Covered::Checks)
            .map(|visitor| row(register, visitor))
            .collect(),
    });
    let figure = register.policy().figure(Figure::CheckedLately);
    Screen {
        page: Page::bare(),
        lately: words::count(usize::try_from(figure).unwrap_or(usize::MAX), "day", "days"),
        heads: ["Team", "People"]
            .into_iter()
            .chain(Covered::ALL.iter().map(|covered| covered.label()))
            .map(str::to_owned)
            .collect(),
        bars: bars.collect(),
        teams: table.collect(),
        people: people.filter(|of| !of.rows.is_empty()).collect(),
    }
}

fn row(register: &Register, visitor: &Visitor) -> Vec<Cell> {
    let asked = || {
        let request = register.requests().find(|request| request.account == visitor.account)?;
        Some(request.newcomer.known()?.name.as_str().to_owned())
    };
    let name = match register.account(visitor.account) {
        Some(_) => name_of(register, Actor::Account(visitor.account)),
        None => asked().unwrap_or_else(|| visitor.account.to_string()),
    };
    vec![
        Cell::text(name),
        Cell::text(visitor.covered.label()),
        Cell::text(visitor.last.map_or_else(|| "Never".to_owned(), words::date)),
    ]
}
