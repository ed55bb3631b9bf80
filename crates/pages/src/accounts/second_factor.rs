//! `/accounts/{account}/second-factor`: for somebody who lost their phone; asks once more before it is forgotten, and a second
//! person where the account takes two.

use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::AccountId;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct Screen {
    page: Page,
    action: String,
    name: String,
    takes_two: bool,
}

/// `GET /accounts/{account}/second-factor`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    let account = super::anothers(&app, &who, id)?;
    let (action, name) = (super::address(id, "second-factor"), account.name());
    Page::of(&app, &who, "Reset a second factor")
        .within(Section::Accounts)
        .back_to(super::address(id, ""))
        .with(Form::new(app.service.fresh_command()))
        .show(|page| Screen { page, action, name, takes_two: account.takes_two() })
}

/// `POST /accounts/{account}/second-factor`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<AccountId>,
    form: Form,
) -> Outcome {
    super::anothers(&app, &who, id)?;
    who.proves(&app, &form).await?;
    let command = form.command(app.service.fresh_command());
    app.service.ask_second_factor_reset(who.id(), command, id).await?;
    Ok(Redirect::to(&super::address(id, "")).into_response())
}

/// `POST /accounts/{account}/second-factor/agree`
pub async fn agree(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<AccountId>,
    form: Form,
) -> Outcome {
    super::anothers(&app, &who, id)?;
    who.proves(&app, &form).await?;
    let command = form.command(app.service.fresh_command());
    app.service.agree_second_factor_reset(who.id(), command, id).await?;
    Ok(Redirect::to(&super::address(id, "")).into_response())
}
