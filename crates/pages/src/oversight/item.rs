//! `/oversight/{look}`: looks that stand out together; the reader is asked what they were for, and somebody else says what came of them.
//!
//! What was asked of the register is not shown here either, and what was said about the looks neither to the reader nor to their manager.

use super::{HERE, ROWS, about, address, named, reasons};
use crate::access_log::cells;
use crate::measures::{carry_out, nowhere};
use crate::page::{Page, Section};
use crate::part::{Cell, Item as Answer, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use register::command::{Command, QuestionLooks, ReviewLooks};
use register::looks::{self, LooksFinding, LooksQuestion, LooksReview};
use register::moment::Actor;
use register::people::{Action, Standing};
use register::personal::{Particulars, Text};
use register::state::Register;
use service::oversight::Overseen;
use service::oversight::queue::Item;
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "oversight/item.html")]
struct Screen {
    page: Page,
    facts: Vec<Row>,
    looks: Vec<Vec<Cell>>,
    /// What was asked and answered, and what came of it, for whoever may know.
    said: Vec<Said>,
    /// Why whoever is signed in takes no part, or empty.
    barred: String,
    /// Whether there is anything to close, and anybody to ask.
    is_open: bool,
    can_be_asked: bool,
    findings: Vec<Answer>,
}

/// A question with its answer, or what came of it.
struct Said {
    title: String,
    rows: Vec<Row>,
}

/// `GET /oversight/{look}`
pub async fn show(State(app): State<App>, who: SignedIn, Path(look): Path<u64>) -> Outcome {
    who.must(Action::ReviewLooks)?;
    let (overseen, item) = found(&app, &who, look).await?;
    draw(&app, &who, &overseen, &item, Form::new(app.service.fresh_command()))
}

/// `POST /oversight/{look}`
pub async fn send(State(app): State<App>, who: SignedIn, Path(look): Path<u64>, mut form: Form) -> Outcome {
    who.must(Action::ReviewLooks)?;
    let (overseen, item) = found(&app, &who, look).await?;
    let (reader, looks) = (item.by, item.open.clone());
    let asking: Option<Command> = if form.value("act") == "ask" {
        let words = form.text("question", "Enter what you want to know");
        words.map(|words| QuestionLooks { reader, looks, words }.into())
    } else {
        let finding = form.choice::<LooksFinding>("finding", "Choose what came of it");
        let words = form.text("words", "Enter how you know");
        finding.zip(words).map(|(finding, words)| ReviewLooks { reader, looks, finding, words }.into())
    };
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(look)).into_response()),
        None => draw(&app, &who, &overseen, &item, form),
    }
}

async fn found(app: &App, who: &SignedIn, look: u64) -> Result<(Overseen, Item), Problem> {
    let overseen = app.service.oversee(who.id()).await?;
    let item = overseen.item(look).ok_or(Problem::NotFound)?;
    Ok((overseen, item))
}

fn draw(app: &App, who: &SignedIn, overseen: &Overseen, item: &Item, form: Form) -> Outcome {
    let (facts, looks, said, barred, can_be_asked) = app.service.read(|register| {
        let reader = register.account(item.by);
        let barred = reader.and_then(|reader| looks::looks_into(&who.account, reader).err());
        let said = if barred.is_none() { said(register, item) } else { Vec::new() };
        let rows = item.looks.iter().rev().filter_map(|look| overseen.row(*look)).take(ROWS);
        (
            facts(register, overseen, item),
            rows.map(|row| cells(register, row)).collect(),
            said,
            barred.map(|refusal| refusal.to_string()).unwrap_or_default(),
            reader.is_some_and(|reader| reader.standing == Standing::Open && !reader.is_program()),
        )
    });
    Page::of(app, who, "Looks of one reader").within(Section::AccessLog).back_to(HERE).with(form).show(
        |page| Screen {
            page,
            facts,
            looks,
            said,
            barred,
            is_open: !item.open.is_empty(),
            can_be_asked,
            findings: Answer::all::<LooksFinding>(),
        },
    )
}

fn facts(register: &Register, overseen: &Overseen, item: &Item) -> Vec<Row> {
    let closed = item.looks.len() - item.open.len();
    let mut facts = vec![
        Row::new("Who looked", name_of(register, Actor::Account(item.by))),
        Row::new("About", about(overseen, item.looks.iter().copied())),
        Row::new("In the access log", named(&item.looks)),
        Row::new("Closed", format!("{closed} of {}", words::count(item.looks.len(), "look", "looks"))),
    ];
    if !item.reasons.is_empty() {
        facts.push(Row::new("Why it stands out", reasons(&item.reasons)));
    }
    facts
}

/// What was said about any of these looks, oldest first.
fn said(register: &Register, item: &Item) -> Vec<Said> {
    let asked = register.looks_questions().map(|(_, question)| question);
    let asked = asked.filter(|it| it.reader == item.by && !it.looks.is_disjoint(&item.looks));
    let closed = register.looks_reviews().iter();
    let closed = closed.filter(|it| it.reader == item.by && !it.looks.is_disjoint(&item.looks));
    let asked = asked.map(|it| (it.asked.at, question(register, it)));
    let mut said: Vec<_> = asked.chain(closed.map(|it| (it.moment.at, review(register, it)))).collect();
    said.sort_by_key(|(at, _)| *at);
    said.into_iter().map(|(_, said)| said).collect()
}

fn question(register: &Register, question: &LooksQuestion) -> Said {
    let by = name_of(register, question.asked.by);
    let mut rows = vec![Row::new("Asked", text(&question.words))];
    match &question.answer {
        Some((moment, words)) => {
            rows.push(Row::new("Answer", text(words)));
            rows.push(Row::new("Answered at", words::moment(moment.at)));
        }
        None => rows.push(Row::new("Answer due by", words::date(question.answer_by()))),
    }
    Said { title: format!("Asked by {by} on {}", words::date(question.asked.date())), rows }
}

fn review(register: &Register, review: &LooksReview) -> Said {
    let by = name_of(register, review.moment.by);
    let rows =
        vec![Row::new("What came of it", review.finding.label()), Row::new("In words", text(&review.words))];
    Said { title: format!("Closed by {by} on {}", words::date(review.moment.date())), rows }
}

fn text(words: &Particulars<Text>) -> String {
    words.known().map(|words| words.as_str().to_owned()).unwrap_or_default()
}
