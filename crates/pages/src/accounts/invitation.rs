//! `/accounts/{account}/invitation`: a code for somebody new or locked out, shown once to whoever hands it over.

use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use register::ids::{AccountId, File};
use service::access::Look;
use web::{App, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "accounts/invitation.html")]
struct Screen {
    page: Page,
    name: String,
    code: String,
}

/// `POST /accounts/{account}/invitation`
pub async fn send(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    let account = super::anothers(&app, &who, id)?;
    app.service.look(who.id(), Look::File(File::Account(id)), |_| ()).await?;
    let code = app.service.invitation(id).await?;
    let name = account.name();
    Page::of(&app, &who, "Invitation")
        .within(Section::Accounts)
        .back_to(super::address(id, ""))
        .show(|page| Screen { page, name, code })
}
