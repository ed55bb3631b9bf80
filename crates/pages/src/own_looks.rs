//! `/account/looks`: what somebody is asked about looks of their own. They answer once; what they say is read by those who oversee looks.
//!
//! They are told when they looked and not at which file: they may be excluded from it, and then there is none.

use crate::measures::{carry_out, nowhere};
use crate::page::Page;
use crate::part::Row;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use register::command::ExplainLooks;
use register::ids::AccountId;
use register::looks::LooksQuestion;
use register::personal::{Particulars, Text};
use register::state::Register;
use web::{App, Form, Outcome, Problem, SignedIn};

/// Where it is.
pub const HERE: &str = "/account/looks";

#[derive(Template)]
#[template(path = "own_looks.html")]
struct Screen {
    page: Page,
    waiting: Vec<Asked>,
    answered: Vec<Asked>,
}

/// A question in words.
struct Asked {
    number: u32,
    /// The field of its answer: each on the page has its own.
    field: String,
    title: String,
    rows: Vec<Row>,
}

/// How many questions wait for somebody's answer.
pub fn waiting(register: &Register, reader: AccountId) -> usize {
    of(register, reader).filter(|(_, question)| question.answer.is_none()).count()
}

/// `GET /account/looks`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    draw(&app, &who, Form::new(app.service.fresh_command())).await
}

/// `POST /account/looks`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    let question: u32 = form.value("question").parse().map_err(|_| Problem::NotFound)?;
    let words = form.text(&field(question), "Enter what you looked for, and for which job");
    let asking = words.map(|words| ExplainLooks { question, words });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(HERE).into_response()),
        None => draw(&app, &who, form).await,
    }
}

fn field(question: u32) -> String {
    format!("words-{question}")
}

fn of(register: &Register, reader: AccountId) -> impl Iterator<Item = (u32, &LooksQuestion)> {
    register.looks_questions().filter(move |(_, question)| question.reader == reader)
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let all: Vec<(u32, LooksQuestion)> = app.service.read(|register| {
        of(register, who.id()).map(|(number, question)| (number, question.clone())).collect()
    });
    let (mut waiting, mut answered) = (Vec::new(), Vec::new());
    for (number, question) in all.into_iter().rev() {
        let when = app.service.when_looked(who.id(), &question.looks).await?;
        let list = if question.answer.is_none() { &mut waiting } else { &mut answered };
        list.push(app.service.read(|register| asked(register, number, &question, &when)));
    }
    Page::of(app, who, "Questions about your looks").back_to("/account").with(form).show(|page| Screen {
        page,
        waiting,
        answered,
    })
}

fn asked(register: &Register, number: u32, question: &LooksQuestion, when: &[Timestamp]) -> Asked {
    let text =
        |words: &Particulars<Text>| words.known().map(|words| words.as_str().to_owned()).unwrap_or_default();
    let mut times: Vec<String> = when.iter().map(|at| words::moment(*at)).collect();
    times.dedup();
    let mut rows =
        vec![Row::new("Asked", text(&question.words)), Row::new("When you looked", times.join("\n"))];
    match &question.answer {
        None => rows.push(Row::new("Answer by", words::date(question.answer_by()))),
        Some((moment, said)) => {
            rows.push(Row::new("Your answer", text(said)));
            rows.push(Row::new("Answered at", words::moment(moment.at)));
        }
    }
    let closed = register.looks_reviews().iter().rfind(|review| !review.looks.is_disjoint(&question.looks));
    rows.extend(closed.map(|review| Row::new("What came of it", review.finding.label())));
    let title = format!("Asked on {}", words::date(question.asked.date()));
    Asked { number, field: field(number), title, rows }
}
