//! `/accounts/{account}/invitation`: a code for somebody new or locked out, shown once to whoever hands it over. Where an account
//! takes two people, each is shown half of it.

use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use register::ids::AccountId;
use register::moment::Actor;
use service::sign_in::Invitation;
use web::aside::shown_once;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "accounts/invitation.html")]
struct Screen {
    page: Page,
    name: String,
    is_program: bool,
    code: String,
    part: Part,
}

/// How much of an invitation the code is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    First,
    Second,
}

/// `POST /accounts/{account}/invitation`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<AccountId>,
    form: Form,
) -> Outcome {
    super::anothers(&app, &who, id)?;
    who.proves(&app, &form).await?;
    let command = form.command(app.service.fresh_command());
    match app.service.invite(Actor::Account(who.id()), command, id).await? {
        Invitation::Whole(code) => draw(&app, &who, id, code, Part::Whole),
        Invitation::Half(code) => draw(&app, &who, id, code, Part::First),
    }
}

/// `POST /accounts/{account}/invitation/agree`
pub async fn agree(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<AccountId>,
    form: Form,
) -> Outcome {
    super::anothers(&app, &who, id)?;
    who.proves(&app, &form).await?;
    let command = form.command(app.service.fresh_command());
    let code = app.service.agree_invitation(who.id(), command, id).await?;
    draw(&app, &who, id, code, Part::Second)
}

fn draw(app: &App, who: &SignedIn, id: AccountId, code: String, part: Part) -> Outcome {
    let of = |account: &register::people::Account| (account.name(), account.is_program());
    let (name, is_program) = app.service.read(|register| register.account(id).map(of)).unwrap_or_default();
    let page = Page::of(app, who, if is_program { "Secret" } else { "Invitation" })
        .within(Section::Accounts)
        .back_to(super::address(id, ""));
    shown_once(page.show(|page| Screen { page, name, is_program, code, part }))
}
