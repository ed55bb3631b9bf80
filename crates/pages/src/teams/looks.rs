//! `/teams/looks`: how much each of a team looked in the last weeks, for whoever answers for them. Numbers only: nobody who was looked at.

use crate::page::{Page, Section};
use crate::part::Cell;
use crate::words;
use askama::Template;
use axum::extract::State;
use register::people::{Account, Action, Extent, Standing, Team};
use register::state::Register;
use service::oversight::Overseen;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "teams/looks.html")]
struct Screen {
    page: Page,
    since: String,
    teams: Vec<OfTeam>,
}

/// One team, and a row for each of its people.
struct OfTeam {
    name: String,
    rows: Vec<Vec<Cell>>,
}

/// `GET /teams/looks`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReadTeamLooks)?;
    let overseen = app.service.oversee(who.id()).await?;
    let teams = app.service.read(|register| {
        let sees = |team: &&Team| match who.account.extent(Action::ReadTeamLooks) {
            Extent::All => true,
            _ => team.id == who.account.team,
        };
        register.teams().filter(sees).map(|team| of_team(register, team, &overseen)).collect()
    });
    Page::of(&app, &who, "How your team looks").within(Section::Work).back_to("/").show(|page| Screen {
        page,
        since: words::moment(overseen.since),
        teams,
    })
}

fn of_team(register: &Register, team: &Team, overseen: &Overseen) -> OfTeam {
    let works = |account: &&Account| account.team == team.id && account.standing == Standing::Open;
    let mut people: Vec<&Account> = register.accounts().filter(works).collect();
    people.sort_by_key(|account| account.name());
    let row = |account: &Account| {
        let tally = overseen.people.get(&account.id).copied().unwrap_or_default();
        let numbers = [tally.looks, tally.different, tally.at_odd_hours, tally.unexplained];
        std::iter::once(Cell::text(account.name()))
            .chain(numbers.map(|number| Cell::text(number.to_string())))
            .collect()
    };
    OfTeam { name: team.name(), rows: people.into_iter().map(row).collect() }
}
