//! `/accounts/{account}/change`: roles, team and details of an account.

use super::details::{self, Choices};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ChangeAccount;
use register::ids::AccountId;
use register::people::Account;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "accounts/change.html")]
struct Screen {
    page: Page,
    action: String,
    choices: Choices,
}

/// `GET /accounts/{account}/change`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    let account = super::managed(&app, &who, id)?;
    draw(&app, &who, &account, details::filled(Form::new(app.service.fresh_command()), &account))
}

/// `POST /accounts/{account}/change`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(account): Reference<AccountId>,
    mut form: Form,
) -> Outcome {
    let known = super::managed(&app, &who, account)?;
    let command = form.command(app.service.fresh_command());
    let Some(details::Read { roles, team, details }) = details::read(&mut form) else {
        return draw(&app, &who, &known, form);
    };
    let answer = who.asks(&app, &form, command, ChangeAccount { account, roles, team, details }).await?;
    match form.answered(answer, details::field_of)? {
        Some(_) => Ok(Redirect::to(&super::address(account, "")).into_response()),
        None => draw(&app, &who, &known, form),
    }
}

fn draw(app: &App, who: &SignedIn, account: &Account, form: Form) -> Outcome {
    let choices = details::choices(app, Some(account.is_program()));
    let action = super::address(account.id, "change");
    Page::of(app, who, "Change an account")
        .within(Section::Accounts)
        .back_to(super::address(account.id, ""))
        .with(form)
        .show(|page| Screen { page, action, choices })
}
