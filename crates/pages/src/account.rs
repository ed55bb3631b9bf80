//! `/account`: who the register takes you for, and what your roles let you do.

use crate::accounts::grants;
use crate::page::Page;
use crate::part::Row;
use askama::Template;
use axum::extract::State;
use register::people::{Action, Extent, Role, Team};
use web::form::Filter;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "account.html")]
struct Screen {
    page: Page,
    has_new_password: bool,
    rows: Vec<Row>,
    allowed: Vec<String>,
    given: Vec<String>,
}

/// `GET /account`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(form): Filter) -> Outcome {
    let has_new_password = form.holds("new-password", "yes");
    let account = &who.account;
    let team = app.service.read(|register| register.team(account.team).map(Team::name)).unwrap_or_default();
    let email = account.details.known().map(|details| details.email.as_str()).unwrap_or_default();
    let roles = account.roles.iter().map(|role| Role::label(*role)).collect::<Vec<_>>().join("\n");
    let rows = vec![
        Row::new("Name", account.name()),
        Row::new("Email address", email),
        Row::new("Team", team),
        Row::new("Roles", roles),
    ];
    let allowed = Action::ALL.iter().filter_map(|action| match account.extent(*action) {
        Extent::Nothing => None,
        Extent::All => Some(action.label().to_owned()),
        part => Some(format!("{} ({})", action.label(), part.label().to_lowercase())),
    });
    let allowed = allowed.collect();
    let given = app.service.read(|register| grants::given(register, account));
    let given = given.into_iter().map(|(_, line)| line).collect();
    Page::of(&app, &who, "Your account").back_to("/").show(|page| Screen {
        page,
        has_new_password,
        rows,
        allowed,
        given,
    })
}
