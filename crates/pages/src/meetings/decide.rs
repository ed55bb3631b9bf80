//! `/meetings/{meeting}/decide/{measure}`: what a meeting that sits decides on one measure, with its file before the members.

use super::reached;
use crate::measures::told::{self, Told};
use crate::measures::{self, About, about, carry_out, opened};
use crate::page::{Page, Section};
use crate::part::{Item, Row};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::DecideAtMeeting;
use register::decision::latest_review;
use register::ids::{AccountId, MeasureId, MeetingId};
use register::measure::Measure;
use register::meeting::{Meeting, MeetingOutcome};
use register::notice::Notice;
use register::people::Action;
use register::refusal::Refusal;
use register::state::Register;
use web::{App, Form, Outcome, Problem, References, SignedIn};

#[derive(Template)]
#[template(path = "meetings/decide.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    plan: Vec<Row>,
    since: Vec<Row>,
    answers: Vec<Row>,
    incidents: Vec<Told>,
    complaints: Vec<Told>,
    reviews: Vec<Row>,
    outcomes: Vec<Item>,
    present: Vec<Item>,
    latest: String,
    is_withheld: bool,
    keeps: bool,
}

/// Which meeting, and which measure.
type At = References<MeetingId, MeasureId>;

/// `GET /meetings/{meeting}/decide/{measure}`
pub async fn show(State(app): State<App>, who: SignedIn, References(meeting, measure): At) -> Outcome {
    who.must(Action::KeepMeetings)?;
    draw(&app, &who, meeting, measure, Form::new(app.service.fresh_command())).await
}

/// `POST /meetings/{meeting}/decide/{measure}`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    References(meeting, measure): At,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepMeetings)?;
    reached(&app, &who, meeting)?;
    measures::reached(&app, &who, measure)?;
    let asking = read(&mut form, meeting, measure);
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&format!("/meetings/{meeting}")).into_response()),
        None => draw(&app, &who, meeting, measure, form).await,
    }
}

fn read(form: &mut Form, meeting: MeetingId, measure: MeasureId) -> Option<DecideAtMeeting> {
    let outcome = form.choice::<MeetingOutcome>("outcome", "Choose what was decided");
    let next_on = match outcome {
        Some(MeetingOutcome::Keep) => form.date("next", "the date of the next review").map(Some),
        _ => Some(None),
    };
    let reasons = form.text("reasons", "Enter the reasons");
    let still_withheld = form.optional_text("still-withheld");
    let aside = form.typed().values("aside").filter_map(|value| value.parse::<AccountId>().ok()).collect();
    Some(DecideAtMeeting {
        meeting,
        measure,
        outcome: outcome?,
        aside,
        reasons: reasons?,
        next_on: next_on?,
        still_withheld: still_withheld?,
    })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::ReviewDate { .. } => "next",
        Refusal::WithholdingNotReconsidered => "still-withheld",
        Refusal::StandAside | Refusal::NoQuorum { .. } => "aside",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, meeting: MeetingId, id: MeasureId, form: Form) -> Outcome {
    reached(app, who, meeting)?;
    let (today, disclosure) = (app.service.today(), measures::reached(app, who, id)?);
    let is_well = form.is_well();
    let screen = opened(app, who, id, |register, measure| {
        let sitting = register.meeting(meeting).ok_or(Problem::NotFound)?;
        if is_well && (sitting.present().is_none() || sitting.is_closed()) {
            return Err(Problem::Refused(Refusal::NotSitting));
        }
        let latest = latest_review(register.policy(), measure, today);
        let plan = measure.assessment.plan.as_ref().map(|plan| told::plan(register, plan));
        let screen = Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            action: format!("/meetings/{meeting}/decide/{id}"),
            plan: plan.unwrap_or_default(),
            since: told::since(register, measure),
            answers: told::answers(measure),
            incidents: told::incidents(register, measure, disclosure),
            complaints: told::complaints(register, measure),
            reviews: told::reviews(register, measure),
            outcomes: outcomes(measure),
            present: present(register, sitting, measure),
            latest: format!("Needed to keep it. At the latest {}", words::date(latest)),
            is_withheld: matches!(measure.notice(), Some((Notice::Withheld(_), _))) && !measure.is_over(),
            keeps: !measure.is_over(),
        };
        Ok((screen, latest))
    })
    .await?;
    let (screen, latest) = screen?;
    let form = if is_well { form.with_date("next", latest) } else { form };
    Page::of(app, who, "Decide at the meeting")
        .within(Section::Meetings)
        .back_to(format!("/meetings/{meeting}"))
        .with(form)
        .show(|page| Screen { page, ..screen })
}

fn outcomes(measure: &Measure) -> Vec<Item> {
    let offered: &[MeetingOutcome] = if measure.is_over() {
        &[MeetingOutcome::Ratify, MeetingOutcome::Question]
    } else {
        &[MeetingOutcome::Keep, MeetingOutcome::Remove]
    };
    offered.iter().map(|outcome| Item::new(outcome.key(), outcome.label())).collect()
}

/// Who is present, and who of them must stand aside.
fn present(register: &Register, meeting: &Meeting, measure: &Measure) -> Vec<Item> {
    let present = meeting.present().into_iter().flatten();
    let accounts = present.filter_map(|account| register.account(*account));
    let mut items: Vec<Item> = accounts
        .map(|account| {
            let item = Item::new(account.id, account.name());
            if measure.stands_aside(register, account.id) {
                item.hint("Took part in this case, and must stand aside")
            } else {
                item
            }
        })
        .collect();
    items.sort_by(|one, other| one.label.cmp(&other.label));
    items
}
