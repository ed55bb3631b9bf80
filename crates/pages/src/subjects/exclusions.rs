//! `/subjects/{subject}/exclusions`: who is too close to somebody to know of their file; added by one person, lifted by another.

use super::{address, opened};
use crate::measures::carry_out;
use crate::page::{Page, Section};
use crate::part::{Item, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{Command, ExcludeFromFile, LiftExclusion};
use register::exclusion::Closeness;
use register::ids::{AccountId, SubjectId};
use register::moment::Actor;
use register::people::{Action, Standing};
use register::refusal::Refusal;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "subjects/exclusions.html")]
struct Screen {
    page: Page,
    name: String,
    standing: Vec<Stands>,
    accounts: Vec<Item>,
    grounds: Vec<Item>,
}

/// An exclusion in words.
struct Stands {
    account: String,
    name: String,
    why: &'static str,
    words: String,
    since: String,
    /// Whether whoever is signed in is the second person that lifting takes.
    lifts: bool,
}

/// `GET /subjects/{subject}/exclusions`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    who.must(Action::ExcludeFromFiles)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /subjects/{subject}/exclusions`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(subject): Reference<SubjectId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::ExcludeFromFiles)?;
    let account = form.reference::<AccountId>("account", "Choose who is too close");
    let asking: Option<Command> = if form.value("act") == "lift" {
        let words = form.text("lift-words", "Enter why they may know of it again");
        account.zip(words).map(|(account, words)| LiftExclusion { subject, account, words }.into())
    } else {
        let closeness = form.choice::<Closeness>("closeness", "Choose how they are close");
        let words = form.text("words", "Enter how you know");
        account.zip(closeness).zip(words).map(|((account, closeness), words)| {
            ExcludeFromFile { subject, account, closeness, words }.into()
        })
    };
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(subject, "exclusions")).into_response()),
        None => draw(&app, &who, subject, form).await,
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::OwnExclusion | Refusal::AlreadyDone | Refusal::NoSuchAccount => "account",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, id: SubjectId, form: Form) -> Outcome {
    let (name, standing, accounts) = opened(app, who, id, |register, subject| {
        let standing = register.excluded(id).map(|(account, exclusion)| Stands {
            account: account.to_string(),
            name: name_of(register, Actor::Account(account)),
            why: exclusion.closeness.label(),
            words: exclusion.words.known().map(|it| it.as_str().to_owned()).unwrap_or_default(),
            since: words::date(exclusion.moment.date()),
            lifts: exclusion.moment.by != Actor::Account(who.id()),
        });
        let others = register.accounts().filter(|account| {
            account.standing != Standing::Closed
                && account.id != who.id()
                && !register.is_excluded(account.id, id)
        });
        (subject.heading(), standing.collect(), Item::of_accounts(others))
    })
    .await?;
    Page::of(app, who, "Who may not know of this file")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen { page, name, standing, accounts, grounds: Item::all::<Closeness>() })
}
