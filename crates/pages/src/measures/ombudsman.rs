//! `/measures/{measure}/ombudsman`: that an ombudsman has taken up what an appeal did not settle, and how that ended.

use super::told::{self, Told};
use super::{About, about, address, carry_out, moment, opened, page, reached, would};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{EndComplaint, RecordComplaint};
use register::ids::MeasureId;
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::people::Action;
use register::personal::Text;
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/ombudsman.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    complaints: Vec<Told>,
    records: bool,
    ombudsmen: Vec<Item>,
    ends: bool,
    outcomes: Vec<Item>,
}

web::choices! {
    /// What a form of this page asks.
    Act {
        Record = "record", "Record that it is taken up";
        End = "end", "Record how it ended";
    }
}

/// `GET /measures/{measure}/ombudsman`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    let today = app.service.today();
    let form = Form::new(app.service.fresh_command()).with_date("taken-up", today).with_date("ended", today);
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/ombudsman`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    reached(&app, &who, measure)?;
    let done = match form.choice::<Act>("act", "Choose what you want to do") {
        Some(Act::Record) => {
            let asking = recording(&mut form, measure);
            carry_out(&app, &who, &mut form, asking, |refusal| field_of(refusal, "taken-up")).await?
        }
        Some(Act::End) => {
            let asking = ending(&mut form, measure);
            carry_out(&app, &who, &mut form, asking, |refusal| field_of(refusal, "ended")).await?
        }
        None => None,
    };
    match done {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn recording(form: &mut Form, measure: MeasureId) -> Option<RecordComplaint> {
    let ombudsman = form.choice::<Ombudsman>("ombudsman", "Choose which ombudsman has taken it up");
    let taken_up_on = form.date("taken-up", "the date it was taken up");
    let reference = form.text("reference", "Enter the ombudsman’s reference");
    Some(RecordComplaint { measure, ombudsman: ombudsman?, taken_up_on: taken_up_on?, reference: reference? })
}

fn ending(form: &mut Form, measure: MeasureId) -> Option<EndComplaint> {
    let outcome = form.choice::<ComplaintOutcome>("outcome", "Choose how it ended");
    let ended_on = form.date("ended", "the date it ended");
    let found = form.text("found", "Enter what the ombudsman found");
    let asks = form.optional_text("asks");
    Some(EndComplaint { measure, outcome: outcome?, ended_on: ended_on?, found: found?, asks: asks? })
}

const fn field_of(refusal: &Refusal, day: &'static str) -> &'static str {
    match refusal {
        Refusal::ComplaintDate => day,
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, moment) = (app.service.today(), moment(app, who));
    let screen = opened(app, who, id, |register, measure| {
        let words = Text::optional("words to be given").ok_or(Problem::NotFound)?;
        let record = RecordComplaint {
            measure: id,
            ombudsman: Ombudsman::LocalGovernment,
            taken_up_on: today,
            reference: words.clone(),
        };
        let end = EndComplaint {
            measure: id,
            outcome: ComplaintOutcome::Closed,
            ended_on: today,
            found: words,
            asks: None,
        };
        Ok::<_, Problem>(Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            action: address(id, "ombudsman"),
            complaints: told::complaints(register, measure),
            records: would(register, &moment, record),
            ombudsmen: Item::all::<Ombudsman>(),
            ends: would(register, &moment, end),
            outcomes: Item::all::<ComplaintOutcome>(),
        })
    })
    .await??;
    if screen.complaints.is_empty() && !screen.records && form.is_well() {
        who.must(Action::RecordComplaint)?;
        return Err(Problem::Refused(Refusal::NoAppealDecided));
    }
    page(app, who, id, "The ombudsman").with(form).show(|page| Screen { page, ..screen })
}
