//! `/accounts/{account}/change`: roles, team and details of an account.

use super::details::{self, Choices};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ChangeAccount;
use register::ids::AccountId;
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
    draw(&app, &who, id, details::filled(Form::new(app.service.fresh_command()), &account))
}

/// `POST /accounts/{account}/change`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(account): Reference<AccountId>,
    mut form: Form,
) -> Outcome {
    super::managed(&app, &who, account)?;
    let command = form.command(app.service.fresh_command());
    let Some(details::Read { roles, team, details }) = details::read(&mut form) else {
        return draw(&app, &who, account, form);
    };
    let answer = who.asks(&app, &form, command, ChangeAccount { account, roles, team, details }).await?;
    match form.answered(answer, details::field_of)? {
        Some(_) => Ok(Redirect::to(&super::address(account, "")).into_response()),
        None => draw(&app, &who, account, form),
    }
}

fn draw(app: &App, who: &SignedIn, account: AccountId, form: Form) -> Outcome {
    let choices = details::choices(app);
    let action = super::address(account, "change");
    Page::of(app, who, "Change an account")
        .within(Section::Accounts)
        .back_to(super::address(account, ""))
        .with(form)
        .show(|page| Screen { page, action, choices })
}
