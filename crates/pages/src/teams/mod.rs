//! `/teams`: the teams that markers are shown to.

pub mod coverage;
pub mod lists;
pub mod looks;
pub mod new;
pub mod people;

use crate::page::{Page, Section};
use crate::part::Cell;
use askama::Template;
use axum::extract::State;
use register::people::{Action, Contact};
use web::form::Choice;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "teams/index.html")]
struct Screen {
    page: Page,
    teams: Vec<Vec<Cell>>,
}

/// `GET /teams`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ManageAccounts)?;
    let mut teams: Vec<(String, Vec<Cell>)> = app.service.read(|register| {
        register
            .teams()
            .map(|team| {
                let number = register.accounts().filter(|account| account.team == team.id).count();
                let meets = Meets::from(team.contact).label();
                (
                    team.name(),
                    vec![
                        Cell::link(team.name(), people::address(team.id)),
                        Cell::text(meets),
                        Cell::text(number.to_string()),
                    ],
                )
            })
            .collect()
    });
    teams.sort_by(|one, other| one.0.cmp(&other.0));
    let teams = teams.into_iter().map(|(_, row)| row).collect();
    Page::of(&app, &who, "Teams")
        .within(Section::Accounts)
        .back_to("/accounts")
        .show(|page| Screen { page, teams })
}

web::choices! {
    /// How a team meets customers, as the form asks it.
    pub Meets {
        /// At their homes or elsewhere outside.
        Outside = "outside", "At their homes or elsewhere outside";
        /// At council offices or remotely.
        AtOffice = "office", "At council offices, by phone or in writing";
    }
}

impl From<Contact> for Meets {
    fn from(contact: Contact) -> Self {
        match contact {
            Contact::Visits => Self::Outside,
            Contact::AtOffice => Self::AtOffice,
        }
    }
}

impl From<Meets> for Contact {
    fn from(meets: Meets) -> Self {
        match meets {
            Meets::Outside => Self::Visits,
            Meets::AtOffice => Self::AtOffice,
        }
    }
}
