//! `/measures/{measure}/dispute`: what the customer says is wrong, kept in their own words, and the data protection officer’s answer.

use super::told;
use super::{About, about, address, carry_out, moment, opened, page, reached, would};
use crate::page::Page;
use crate::part::{Item, Row};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{AnswerDispute, RecordDispute};
use register::dispute::DisputeOutcome;
use register::ids::MeasureId;
use register::personal::Text;
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/dispute.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    said: Vec<Row>,
    records: bool,
    answers: bool,
    outcomes: Vec<Item>,
}

web::choices! {
    /// What a form of this page asks.
    Act {
        Record = "record", "Keep it beside the record";
        Answer = "answer", "Record the answer";
    }
}

/// `GET /measures/{measure}/dispute`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    let form = Form::new(app.service.fresh_command()).with_date("received", app.service.today());
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/dispute`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    reached(&app, &who, measure)?;
    let done = match form.choice::<Act>("act", "Choose what you want to do") {
        Some(Act::Record) => {
            let received_on = form.date("received", "the date it arrived");
            let words = form.text("words", "Enter what the customer says is wrong, in their own words");
            let asking = received_on.zip(words).map(|(received_on, words)| RecordDispute {
                measure,
                received_on,
                words,
            });
            carry_out(&app, &who, &mut form, asking, field_of).await?
        }
        Some(Act::Answer) => {
            let outcome = form.choice::<DisputeOutcome>("outcome", "Choose what comes of it");
            let reasons = form.text("reasons", "Enter your reasons");
            let asking =
                outcome.zip(reasons).map(|(outcome, reasons)| AnswerDispute { measure, outcome, reasons });
            carry_out(&app, &who, &mut form, asking, field_of).await?
        }
        None => None,
    };
    match done {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::HappenedInFuture => "received",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, moment) = (app.service.today(), moment(app, who));
    let screen = opened(app, who, id, |register, measure| {
        let words = Text::optional("words to be given").ok_or(Problem::NotFound)?;
        let record = RecordDispute { measure: id, received_on: today, words: words.clone() };
        let answer = AnswerDispute { measure: id, outcome: DisputeOutcome::Stands, reasons: words };
        Ok::<_, Problem>(Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            action: address(id, "dispute"),
            said: told::disputes(register, measure),
            records: would(register, &moment, record),
            answers: would(register, &moment, answer),
            outcomes: Item::all::<DisputeOutcome>(),
        })
    })
    .await??;
    page(app, who, id, "What the customer says is wrong").with(form).show(|page| Screen { page, ..screen })
}
