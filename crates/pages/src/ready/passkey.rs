//! `/ready/passkey`: whoever signed in without the passkey that their roles take uses it here, or is led to where they make their first.

use super::onwards;
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use register::people::{Action, Role};
use register::policy::Desk;
use service::sign_in::SignInRefused;
use web::passkey::{self, Asking};
use web::session::{PASSKEYS, READY};
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "ready/passkey.html")]
struct Screen {
    page: Page,
    roles: String,
    /// What their device is asked for, where they have a passkey.
    asking: Option<Asking>,
    /// Where they make one.
    passkeys: &'static str,
    /// Whom to ring instead of checking.
    ring: Option<Desk>,
}

/// `GET /ready/passkey`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    draw(&app, &who, Form::default()).await
}

/// `POST /ready/passkey`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    let shown = match (&app.site, passkey::used(&form)) {
        (Some(site), Some(used)) => app.service.prove_by_passkey(site, &who.token, &used).await,
        _ => Err(SignInRefused::PasskeyNotRight),
    };
    match shown {
        Ok(()) => onwards(),
        Err(SignInRefused::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.mistake("", refused.to_string());
            draw(&app, &who, form).await
        }
    }
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    if who.by_passkey || !app.takes_passkey(&who.account) {
        return onwards();
    }
    let asking = passkey::within(app, who.id(), &who.token).await?;
    let roles = who.account.roles.iter().filter(|role| app.passkey_roles().contains(role));
    let roles = roles.map(|role| Role::label(*role)).collect::<Vec<_>>().join(", ");
    Page::of(app, who, "Use your passkey").back_to(READY).with(form).show(|page| Screen {
        page,
        roles,
        asking,
        passkeys: PASSKEYS,
        ring: who.may(Action::Check).then(|| super::duty_desk(app)).flatten(),
    })
}
