//! `/meetings/new`: sets the day of the next meeting and who chairs it.

use crate::page::{Page, Section};
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::CallMeeting;
use register::ids::{AccountId, CommandId, MeetingId};
use register::people::{Action, Extent};
use register::refusal::Refusal;
use register::state::Register;
use web::form::reference_bits;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "meetings/new.html")]
struct Screen {
    page: Page,
    members: Vec<Item>,
}

/// Whoever sits on the Governance Group, by name.
pub fn members(register: &Register) -> Vec<Item> {
    Item::of_accounts(register.accounts().filter(|account| account.extent(Action::Meet) > Extent::Nothing))
}

/// `GET /meetings/new`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::KeepMeetings)?;
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /meetings/new`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::KeepMeetings)?;
    let command = form.command(app.service.fresh_command());
    let Some(calling) = read(&mut form, command) else { return draw(&app, &who, form) };
    let meeting = calling.meeting;
    let answer = who.asks(&app, &form, command, calling).await?;
    match form.answered(answer, field_of)? {
        Some(_) => Ok(Redirect::to(&format!("/meetings/{meeting}")).into_response()),
        None => draw(&app, &who, form),
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::MeetingDate => "held",
        Refusal::NotAMember | Refusal::NoSuchAccount => "chair",
        _ => "",
    }
}

fn read(form: &mut Form, command: CommandId) -> Option<CallMeeting> {
    let held_on = form.date("held", "the day of the meeting");
    let chair = form.reference::<AccountId>("chair", "Choose who chairs it");
    let meeting = MeetingId::from_bits(reference_bits(command));
    Some(CallMeeting { meeting, held_on: held_on?, chair: chair? })
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let members = app.service.read(members);
    Page::of(app, who, "Call a meeting")
        .within(Section::Meetings)
        .back_to("/meetings")
        .with(form)
        .show(|page| Screen { page, members })
}
