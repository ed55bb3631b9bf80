//! `/accounts/{account}/close`: asks once more, then closes an account for good.

use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::CloseAccount;
use register::ids::AccountId;
use register::people::Account;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "accounts/close.html")]
struct Screen {
    page: Page,
    action: String,
    name: String,
}

/// `GET /accounts/{account}/close`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    let account = super::managed(&app, &who, id)?;
    draw(&app, &who, &account, Form::new(app.service.fresh_command()))
}

/// `POST /accounts/{account}/close`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<AccountId>,
    mut form: Form,
) -> Outcome {
    let account = super::managed(&app, &who, id)?;
    let command = form.command(app.service.fresh_command());
    let answer = who.asks(&app, &form, command, CloseAccount { account: id }).await?;
    match form.answered(answer, |_| "")? {
        Some(_) => Ok(Redirect::to("/accounts").into_response()),
        None => draw(&app, &who, &account, form),
    }
}

fn draw(app: &App, who: &SignedIn, account: &Account, form: Form) -> Outcome {
    let (action, name) = (super::address(account.id, "close"), account.name());
    Page::of(app, who, "Close an account")
        .within(Section::Accounts)
        .back_to(super::address(account.id, ""))
        .with(form)
        .show(|page| Screen { page, action, name })
}
