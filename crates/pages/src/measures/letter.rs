//! `/measures/{measure}/letter`: written by one person, approved by another, sent. What is shown is what is sent.

use super::{About, about, address, carry_out, moment, nowhere, opened, page, reached, would};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use documents::Document;
use documents::html::{Rank, fragment};
use register::command::{ApproveLetter, RecordLetterSent, WriteLetter};
use register::ids::MeasureId;
use register::measure::Measure;
use register::notice::{Content, Delivery, Draft, Letter, Notice};
use register::people::Action;
use register::refusal::Refusal;
use register::state::Register;
use std::fmt;
use web::form::Choice;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/letter.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    letter: Option<Drawn>,
    pdf: String,
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

/// What a form of this page asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Write,
    Approve,
    Sent,
}

impl Choice for Act {
    const ALL: &'static [Self] = &[Self::Write, Self::Approve, Self::Sent];

    fn key(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Approve => "approve",
            Self::Sent => "sent",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Write => "Write the letter",
            Self::Approve => "Approve the letter",
            Self::Sent => "Record that it was sent",
        }
    }
}

/// `GET /measures/{measure}/letter`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/letter`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    reached(&app, &who, measure)?;
    let done = match form.choice::<Act>("act", "Choose what you want to do") {
        Some(Act::Write) => {
            let asking = form
                .text("explanation", "Enter what happened and why it matters")
                .map(|explanation| WriteLetter { measure, explanation });
            carry_out(&app, &who, &mut form, asking, field_of).await?
        }
        Some(Act::Approve) => {
            carry_out(&app, &who, &mut form, Some(ApproveLetter { measure }), nowhere).await?
        }
        Some(Act::Sent) => {
            let sent_on = form.date("sent", "the date it was sent");
            let delivery = form.choice::<Delivery>("delivery", "Choose how it was sent");
            let asking = sent_on.zip(delivery).map(|(sent_on, delivery)| RecordLetterSent {
                measure,
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
        Some(_) => Ok(Redirect::to(&address(measure, "letter")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

/// `GET /measures/{measure}/letter.pdf`
pub async fn pdf(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    let letter = app.service.letter_document(who.id(), id).await?.ok_or(Problem::NotFound)?;
    printed(&app, letter, &format!("letter-{id}.pdf")).await
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
        Refusal::LetterNamesReporter => "explanation",
        Refusal::SentDate => "sent",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, moment) = (app.service.today(), moment(app, who));
    let (about, stage, written) = opened(app, who, id, |register, measure| {
        let letter = service::files::letter_of(register, id);
        (about(register, measure, today), stage(register, measure, &moment), letter.map(explanation))
    })
    .await?;
    let letter = app.service.letter_document(who.id(), id).await?;
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
    page(app, who, id, "The letter").with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "letter"),
        letter: letter.as_ref().map(Drawn::of),
        pdf: address(id, "letter.pdf"),
        stage,
        deliveries: Item::all::<Delivery>(),
    })
}

fn stage(register: &Register, measure: &Measure, moment: &register::moment::Moment) -> Stage {
    let id = measure.id;
    let Some(words) = register::personal::Text::optional("words to be given") else {
        return Stage::default();
    };
    let write = WriteLetter { measure: id, explanation: words };
    let write = register::decide(register, &write.into(), moment);
    let approved = matches!(measure.draft(), Some(Draft::Written { approved: Some(_), .. }));
    let (is_draft, said) = match (measure.draft(), measure.notice()) {
        (Some(Draft::Written { .. }), _) if approved => (true, "Approved. It is to be sent now."),
        (Some(Draft::Written { .. }), _) => {
            (true, "Written. A second person must approve it before it is sent.")
        }
        (_, Some((Notice::Sent { .. }, _))) => (false, "Sent."),
        (_, Some((Notice::Withheld(_), _))) => (
            true,
            "Two people decided not to tell the customer for now. Once this letter is sent, they are told.",
        ),
        _ => (true, "Not written yet."),
    };
    let may_send = register::people::permit(register, moment, Action::WriteLetter).is_ok();
    Stage {
        writes: write.is_ok(),
        approves: would(register, moment, ApproveLetter { measure: id }),
        sends: approved && may_send,
        is_draft,
        no_address: matches!(write, Err(Refusal::NoAddress))
            .then(|| format!("/subjects/{}/change", measure.subject)),
        said: said.to_owned(),
    }
}

/// What a person wrote in a letter: everything of its first content but the opening words.
fn explanation(letter: &Letter) -> String {
    let section = letter.sections.iter().find(|section| section.content == Content::WhatHappened);
    let paragraphs = section.map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    paragraphs.iter().skip(1).map(String::as_str).collect::<Vec<_>>().join("\n\n")
}
