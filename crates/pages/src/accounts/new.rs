//! `/accounts/new`: opens an account. Its holder chooses a password with an invitation.

use super::details::{self, Choices};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::OpenAccount;
use register::ids::AccountId;
use register::people::Action;
use web::form::reference_bits;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "accounts/new.html")]
struct Screen {
    page: Page,
    choices: Choices,
}

/// `GET /accounts/new`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ManageAccounts)?;
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /accounts/new`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ManageAccounts)?;
    let command = form.command(app.service.fresh_command());
    let account = AccountId::from_bits(reference_bits(command));
    let Some(details::Read { roles, team, details }) = details::read(&mut form) else {
        return draw(&app, &who, form);
    };
    let answer = app.service.execute(who.id(), command, OpenAccount { account, roles, team, details }).await;
    match form.answered(answer, details::field_of)? {
        Some(_) => Ok(Redirect::to(&super::address(account, "")).into_response()),
        None => draw(&app, &who, form),
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let choices = details::choices(app);
    Page::of(app, who, "Open an account")
        .within(Section::Accounts)
        .back_to("/accounts")
        .with(form)
        .show(|page| Screen { page, choices })
}
