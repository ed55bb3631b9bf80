//! `/meetings`: the meetings of the Governance Group, which keeps or removes names each quarter.

pub mod decide;
pub mod file;
pub mod new;

use crate::page::{Page, Section};
use crate::part::{Cell, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::ids::{File, MeetingId};
use register::meeting::{Meeting, Sitting, next_meeting_by};
use register::moment::Actor;
use register::people::Action;
use register::state::Register;
use web::{App, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "meetings/index.html")]
struct Screen {
    page: Page,
    meetings: Vec<Vec<Cell>>,
    next: String,
    calls: bool,
}

/// Refuses whoever neither sits on the group nor keeps its meetings.
pub fn must(who: &SignedIn) -> Result<(), Problem> {
    if who.may(Action::Meet) { Ok(()) } else { who.must(Action::KeepMeetings) }
}

/// Refuses a meeting that this reader may not know of, or that there is not.
pub fn reached(app: &App, who: &SignedIn, id: MeetingId) -> Result<(), Problem> {
    must(who)?;
    who.reaches(app, File::Meeting(id)).map(drop)
}

/// How far a meeting has come, in words.
pub const fn stage(meeting: &Meeting) -> &'static str {
    match meeting.sitting {
        Sitting::Called => "Called",
        Sitting::Open { .. } => "Sitting",
        Sitting::Closed { .. } => "Closed",
    }
}

/// `GET /meetings`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    must(&who)?;
    let (meetings, next, calls) = app.service.read(|register| {
        let mut meetings: Vec<&Meeting> = register.meetings().collect();
        meetings.sort_by_key(|meeting| std::cmp::Reverse((meeting.held_on, meeting.id)));
        let open = meetings.iter().any(|meeting| !meeting.is_closed());
        let next = match next_meeting_by(register) {
            _ if open => String::new(),
            Some(by) => format!("The next meeting is to be held by {}.", words::date(by)),
            None => "There is nothing on the register yet for a meeting to look at.".to_owned(),
        };
        (meetings.into_iter().map(|meeting| row(register, meeting)).collect(), next, !open)
    });
    let calls = calls && who.may(Action::KeepMeetings);
    Page::of(&app, &who, "Meetings").within(Section::Meetings).show(|page| Screen {
        page,
        meetings,
        next,
        calls,
    })
}

fn row(register: &Register, meeting: &Meeting) -> Vec<Cell> {
    let present = meeting.present().map_or_else(String::new, |present| present.len().to_string());
    vec![
        Cell::link(words::date(meeting.held_on), format!("/meetings/{}", meeting.id)),
        Cell::text(stage(meeting)),
        Cell::text(name_of(register, Actor::Account(meeting.chair))),
        Cell::text(present),
        Cell::text(meeting.decisions.len().to_string()),
    ]
}
