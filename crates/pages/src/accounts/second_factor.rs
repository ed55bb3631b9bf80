//! `/accounts/{account}/second-factor`: for somebody who lost their phone; asks once more before forgetting it.

use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::{AccountId, File};
use service::access::Look;
use web::{App, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct Screen {
    page: Page,
    action: String,
    name: String,
}

/// `GET /accounts/{account}/second-factor`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    let account = super::anothers(&app, &who, id)?;
    let (action, name) = (super::address(id, "second-factor"), account.name());
    Page::of(&app, &who, "Reset a second factor")
        .within(Section::Accounts)
        .back_to(super::address(id, ""))
        .show(|page| Screen { page, action, name })
}

/// `POST /accounts/{account}/second-factor`
pub async fn send(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    super::anothers(&app, &who, id)?;
    app.service.look(who.id(), Look::File(File::Account(id)), |_| ()).await?;
    app.service.reset_second_factor(id).await?;
    Ok(Redirect::to(&super::address(id, "")).into_response())
}
