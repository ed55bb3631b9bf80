//! `/teams/new`: opens a team.

use super::Meets;
use crate::page::{Page, Section};
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::OpenTeam;
use register::ids::{CommandId, TeamId};
use register::people::Action;
use web::form::reference_bits;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "teams/new.html")]
struct Screen {
    page: Page,
    contacts: Vec<Item>,
}

/// `GET /teams/new`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ManageAccounts)?;
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /teams/new`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ManageAccounts)?;
    let command = form.command(app.service.fresh_command());
    let Some(opening) = read(&mut form, command) else { return draw(&app, &who, form) };
    let answer = who.asks(&app, &form, command, opening).await?;
    match form.answered(answer, |_| "name")? {
        Some(_) => Ok(Redirect::to("/teams").into_response()),
        None => draw(&app, &who, form),
    }
}

fn read(form: &mut Form, command: CommandId) -> Option<OpenTeam> {
    let name = form.text_within("name", "Enter the team’s name", 100);
    let contact = form.choice::<Meets>("contact", "Choose how the team meets customers");
    Some(OpenTeam { team: TeamId::from_bits(reference_bits(command)), name: name?, contact: contact?.into() })
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    Page::of(app, who, "Open a team")
        .within(Section::Accounts)
        .back_to("/teams")
        .with(form)
        .show(|page| Screen { page, contacts: Item::all::<Meets>() })
}
