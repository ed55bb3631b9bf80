//! `/accounts/new`: opens an account. Its holder chooses a password with an invitation.

use super::details::{self, Choices};
use crate::access;
use crate::page::{Page, Section};
use crate::part::Row;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::OpenAccount;
use register::ids::AccountId;
use register::people::{Action, Request};
use web::form::{Choice, Filter, reference_bits};
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "accounts/new.html")]
struct Screen {
    page: Page,
    choices: Choices,
    /// What was asked for, where it is opened because somebody asked.
    asked: Vec<Row>,
}

/// The field that names what was asked for.
const FOR: &str = "for";

/// `GET /accounts/new?for=…`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(sought): Filter) -> Outcome {
    who.must(Action::ManageAccounts)?;
    let form = Form::new(app.service.fresh_command());
    let form = match asked(&app, &sought) {
        Some(request) => filled(form.with(FOR, request.account), &request),
        None => form,
    };
    draw(&app, &who, form)
}

/// What was asked for and waits.
fn asked(app: &App, form: &Form) -> Option<Request> {
    let id = form.value(FOR).parse().ok()?;
    let request = app.service.read(|register| register.request(id).cloned());
    request.filter(|request| request.asked().is_some())
}

fn filled(form: Form, request: &Request) -> Form {
    let (Some((_, wanted)), Some(of)) = (request.asked(), request.newcomer.known()) else { return form };
    let form = wanted.roles.iter().fold(form, |form, role| form.with("roles", Choice::key(*role)));
    form.with("team", request.team).with("name", of.name.as_str()).with("email", of.email.as_str())
}

/// `POST /accounts/new`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ManageAccounts)?;
    let command = form.command(app.service.fresh_command());
    let fresh = || AccountId::from_bits(reference_bits(command));
    let account = asked(&app, &form).map_or_else(fresh, |request| request.account);
    let Some(details::Read { roles, team, details }) = details::read(&mut form) else {
        return draw(&app, &who, form);
    };
    let answer = who.asks(&app, &form, command, OpenAccount { account, roles, team, details }).await?;
    match form.answered(answer, details::field_of)? {
        Some(_) => Ok(Redirect::to(&super::address(account, "")).into_response()),
        None => draw(&app, &who, form),
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let choices = details::choices(app, None);
    let asked =
        asked(app, &form).map(|request| app.service.read(|register| access::rows(register, &request)));
    let asked = asked.unwrap_or_default();
    Page::of(app, who, "Open an account")
        .within(Section::Accounts)
        .back_to("/accounts")
        .with(form)
        .show(|page| Screen { page, choices, asked })
}
