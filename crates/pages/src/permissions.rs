//! `/permissions`: who can do what, drawn from the one table of the register.

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use register::people::{Action, Extent, Role, extent_of};
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "permissions.html")]
struct Screen {
    page: Page,
    roles: &'static [Role],
    rows: Vec<(&'static str, Vec<Mark>)>,
}

/// How far a role may go, as a cell shows it.
struct Mark {
    words: &'static str,
    is_allowed: bool,
}

/// `GET /permissions`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let mark = |role: &Role, action: Action| {
        let extent = extent_of(*role, action);
        Mark { words: extent.label(), is_allowed: extent > Extent::Nothing }
    };
    let row = |action: &Action| (action.label(), Role::ALL.iter().map(|role| mark(role, *action)).collect());
    let rows = Action::ALL.iter().map(row).collect();
    Page::of(&app, &who, "Who can do what").show(|page| Screen { page, roles: Role::ALL, rows })
}
