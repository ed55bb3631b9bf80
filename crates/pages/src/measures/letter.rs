//! `/measures/{measure}/letter` and `/measures/{measure}/letters/{occasion}`: written by one person, approved by another, sent.
//! What is shown is what is sent.

use super::{About, about, address, carry_out, moment, nowhere, opened, page, reached, would};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::Json;
use axum::extract::{FromRequestParts, RawPathParams, RawQuery, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect};
use documents::html::{Rank, fragment};
use documents::{Document, Print};
use register::command::{ApproveLetter, RecordLetterSent, WriteLetter};
use register::ids::{AppealCode, MeasureId};
use register::measure::Measure;
use register::notice::{Content, Delivery, Draft, Letter, Notice, Occasion, OutcomeStage, Section};
use register::people::Action;
use register::refusal::Refusal;
use register::state::Register;
use std::fmt;
use web::form::{Choice, reference_bits};
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "measures/letter.html")]
struct Screen {
    page: Page,
    about: About,
    title: String,
    asks: &'static str,
    action: String,
    letter: Option<Drawn>,
    pdf: String,
    /// Where its receipt is, once it was sent.
    receipt: Option<String>,
    reading_age: String,
    stage: Stage,
    deliveries: Vec<Item>,
}

/// A document as HTML. The documents crate has escaped every word of it.
pub struct Drawn(String);

impl Drawn {
    /// Draws it below a page's own heading.
    pub fn of(document: &Document) -> Self {
        Self(fragment(document, Rank::Second))
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Drawn {}

/// What this reader may do with the letter now.
#[derive(Default)]
struct Stage {
    writes: bool,
    approves: bool,
    sends: bool,
    is_draft: bool,
    no_address: Option<String>,
    said: String,
}

web::choices! {
    /// What a form of this page asks.
    Act {
        Write = "write", "Write the letter";
        Approve = "approve", "Approve the letter";
        Sent = "sent", "Record that it was sent";
    }
}

/// Which letter of which measure: `/measures/{measure}/letter`, or `/measures/{measure}/letters/{occasion}`.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    measure: MeasureId,
    occasion: Occasion,
}

impl Place {
    /// Its address.
    pub fn address(self) -> String {
        match self.occasion {
            Occasion::Decision => address(self.measure, "letter"),
            occasion => address(self.measure, &format!("letters/{}", occasion.key())),
        }
    }

    fn receipt(self) -> String {
        match self.occasion {
            Occasion::Decision => address(self.measure, "letter.json"),
            _ => format!("{}/json", self.address()),
        }
    }

    fn pdf(self) -> String {
        match self.occasion {
            Occasion::Decision => address(self.measure, "letter.pdf"),
            _ => format!("{}/pdf", self.address()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let given = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        let mut given = given.iter().map(|(_, text)| text);
        let measure = given.next().and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)?;
        let occasion = match given.next() {
            None => Occasion::Decision,
            Some(key) => Occasion::from_key(key).ok_or(Problem::NotFound)?,
        };
        Ok(Self { measure, occasion })
    }
}

/// Where the letter of an occasion is written, approved and read.
pub fn place_of(measure: MeasureId, occasion: Occasion) -> String {
    Place { measure, occasion }.address()
}

/// `GET /measures/{measure}/letter`
pub async fn show(State(app): State<App>, who: SignedIn, place: Place) -> Outcome {
    draw(&app, &who, place, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/letter`
pub async fn send(State(app): State<App>, who: SignedIn, place: Place, mut form: Form) -> Outcome {
    let Place { measure, occasion } = place;
    reached(&app, &who, measure)?;
    let done = match form.choice::<Act>("act", "Choose what you want to do") {
        Some(Act::Write) => {
            let code = AppealCode::from_bits(reference_bits(form.command(app.service.fresh_command())));
            let asking = form
                .text("explanation", "Enter what happened and why it matters")
                .map(|explanation| WriteLetter { measure, occasion, code, explanation });
            carry_out(&app, &who, &mut form, asking, field_of).await?
        }
        Some(Act::Approve) => {
            carry_out(&app, &who, &mut form, Some(ApproveLetter { measure, occasion }), nowhere).await?
        }
        Some(Act::Sent) => {
            let sent_on = form.date("sent", "the date it was sent");
            let delivery = form.choice::<Delivery>("delivery", "Choose how it was sent");
            let asking = sent_on.zip(delivery).map(|(sent_on, delivery)| RecordLetterSent {
                measure,
                occasion,
                sent_on,
                delivery,
            });
            carry_out(&app, &who, &mut form, asking, field_of).await?
        }
        None => None,
    };
    match done {
        Some(_) if form.value("act") == Act::Sent.key() => {
            Ok(Redirect::to(&address(measure, "")).into_response())
        }
        Some(_) => Ok(Redirect::to(&place.address()).into_response()),
        None => draw(&app, &who, place, form).await,
    }
}

/// `GET /measures/{measure}/letter.pdf`
///
/// `?print=large` for somebody who asked for large print.
pub async fn pdf(State(app): State<App>, who: SignedIn, place: Place, RawQuery(asked): RawQuery) -> Outcome {
    let Place { measure, occasion } = place;
    let letter = app.service.letter_document(who.id(), measure, occasion).await?.ok_or(Problem::NotFound)?;
    let (print, name) = match asked.as_deref() {
        Some("print=large") => (Print::Large, format!("{}-{measure}-large.pdf", occasion.key())),
        _ => (Print::Standard, format!("{}-{measure}.pdf", occasion.key())),
    };
    printed(&app, Document { print, ..letter }, &name).await
}

/// `GET /measures/{measure}/letter.json`: what proves later, to somebody outside, what was sent and when.
pub async fn receipt(State(app): State<App>, who: SignedIn, place: Place) -> Outcome {
    let Place { measure, occasion } = place;
    let receipt = app.service.letter_receipt(who.id(), measure, occasion).await?.ok_or(Problem::NotFound)?;
    let name = format!("attachment; filename=\"receipt-{}-{measure}.json\"", occasion.key());
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(receipt)).into_response())
}

/// A document as a PDF in the browser.
pub async fn printed(app: &App, document: Document, name: &str) -> Outcome {
    let pdf = app.service.pdf(document).await?;
    let name = format!("inline; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, pdf).into_response())
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::LetterNamesProtected => "explanation",
        Refusal::SentDate => "sent",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, place: Place, form: Form) -> Outcome {
    let Place { measure: id, occasion } = place;
    let (today, moment) = (app.service.today(), moment(app, who));
    let (about, stage, written, was_sent) = opened(app, who, id, |register, measure| {
        let letter = service::files::letter_of(register, id, occasion);
        (
            about(register, measure, today),
            stage(register, measure, occasion, &moment),
            letter.map(explanation),
            measure.letters_sent().any(|sent| sent.occasion == occasion),
        )
    })
    .await?;
    let letter = app.service.letter_document(who.id(), id, occasion).await?;
    if letter.is_none() && !stage.writes && stage.no_address.is_none() && form.is_well() {
        who.must(Action::WriteLetter)?;
        return Err(Problem::Refused(Refusal::NoLetter));
    }
    let form = match written {
        Some(written) if form.value("explanation").is_empty() && form.is_well() => {
            form.with("explanation", written)
        }
        _ => form,
    };
    let form = if form.value("sent-day").is_empty() && form.is_well() {
        form.with_date("sent", today)
    } else {
        form
    };
    let stage = if who.may(Action::DescribeSubject) {
        stage
    } else {
        Stage { no_address: stage.no_address.map(|_| String::new()), ..stage }
    };
    let (title, asks) = match occasion {
        Occasion::Decision => ("The letter".to_owned(), "What happened, and why it matters"),
        Occasion::AppealReceived => (format!("Letter: {}", occasion.label()), "What you want to add"),
        _ => (format!("Letter: {}", occasion.label()), "The reasons, to the customer"),
    };
    page(app, who, id, title.clone()).with(form).show(|page| Screen {
        page,
        about,
        title,
        asks,
        action: place.address(),
        letter: letter.as_ref().map(Drawn::of),
        pdf: place.pdf(),
        receipt: was_sent.then(|| place.receipt()),
        reading_age: letter
            .as_ref()
            .and_then(Document::reading_age)
            .map(|age| age.to_string())
            .unwrap_or_default(),
        stage,
        deliveries: Item::all::<Delivery>(),
    })
}

fn stage(
    register: &Register,
    measure: &Measure,
    occasion: Occasion,
    moment: &register::moment::Moment,
) -> Stage {
    let id = measure.id;
    let Some(explanation) = register::personal::Text::optional("words to be given") else {
        return Stage::default();
    };
    let code = AppealCode::from_bits(0);
    let write = WriteLetter { measure: id, occasion, code, explanation };
    let write = register::decide(register, &write.into(), moment);
    let (approved, is_draft, said) = match occasion {
        Occasion::Decision => decision_stage(measure),
        occasion => outcome_stage(measure, occasion),
    };
    let may_send = register::people::permit(register, moment, Action::WriteLetter).is_ok();
    Stage {
        writes: write.is_ok(),
        approves: would(register, moment, ApproveLetter { measure: id, occasion }),
        sends: approved && may_send,
        is_draft,
        no_address: matches!(write, Err(Refusal::NoAddress))
            .then(|| format!("/subjects/{}/change", measure.subject)),
        said: said.to_owned(),
    }
}

/// Whether the letter of the decision is approved, whether it is still to be sent, and how far it is.
fn decision_stage(measure: &Measure) -> (bool, bool, &'static str) {
    match (measure.draft(), measure.notice()) {
        (Some(Draft::Written { approved: Some(_), .. }), _) => (true, true, APPROVED),
        (Some(Draft::Written { .. }), _) => (false, true, WRITTEN),
        (_, Some((Notice::Sent { .. }, _))) => (false, false, "Sent."),
        (_, Some((Notice::Withheld(_), _))) => (
            false,
            true,
            "Two people decided not to tell the customer for now. Once this letter is sent, they are told.",
        ),
        _ => (false, true, "Not written yet."),
    }
}

/// The same of a letter that is owed since.
fn outcome_stage(measure: &Measure, occasion: Occasion) -> (bool, bool, &'static str) {
    match measure.owed_letter(occasion).map(|letter| &letter.stage) {
        Some(OutcomeStage::Written { approved: Some(_), .. }) => (true, true, APPROVED),
        Some(OutcomeStage::Written { .. }) => (false, true, WRITTEN),
        Some(_) => (false, true, "Not written yet."),
        None => (false, false, "Sent."),
    }
}

const APPROVED: &str = "Approved. It is to be sent now.";
const WRITTEN: &str = "Written. A second person must approve it before it is sent.";

/// What a person wrote in a letter: everything of its first content but the opening words.
fn explanation(letter: &Letter) -> String {
    let typed = |section: &&Section| matches!(section.content, Content::WhatHappened | Content::Outcome);
    let section = letter.sections.iter().find(typed);
    let paragraphs = section.map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    paragraphs.iter().skip(1).map(String::as_str).collect::<Vec<_>>().join("\n\n")
}
