//! `/access/note`: whoever manages accounts notes somebody new, so that their manager says whether they need access.

use crate::accounts::details::email;
use crate::measures::carry_out;
use crate::page::{Page, Section};
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::NoteStarter;
use register::ids::{AccountId, CommandId};
use register::people::{Action, Newcomer};
use register::refusal::Refusal;
use web::form::reference_bits;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "access/note.html")]
struct Screen {
    page: Page,
    teams: Vec<Item>,
}

/// `GET /access/note`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ManageAccounts)?;
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /access/note`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ManageAccounts)?;
    let command = form.command(app.service.fresh_command());
    let asking = read(&mut form, command);
    let account = asking.as_ref().map(|asking| asking.account);
    match carry_out(&app, &who, &mut form, asking, field_of).await?.and(account) {
        Some(account) => Ok(Redirect::to(&super::address(account, "")).into_response()),
        None => draw(&app, &who, form),
    }
}

fn read(form: &mut Form, command: CommandId) -> Option<NoteStarter> {
    let name = form.text_within("name", "Enter their full name", 200);
    let email = email(form);
    let team = form.reference("team", "Choose their team");
    let from = form.date("from", "the day they start");
    Some(NoteStarter {
        account: AccountId::from_bits(reference_bits(command)),
        team: team?,
        from: from?,
        newcomer: Newcomer { name: name?, email: email?, work: None },
    })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::EmailTaken => "email",
        Refusal::NoSuchTeam => "team",
        _ => "",
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let teams = app.service.read(Item::of_teams);
    Page::of(app, who, "Note somebody new")
        .within(Section::Accounts)
        .back_to("/accounts")
        .with(form)
        .show(|page| Screen { page, teams })
}
