//! `/ready/training/questions`: the questions, drawn afresh each time; and how many answers were right, with the reason for each.

use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use register::command::TakeTraining;
use register::people::course_of;
use register::refusal::Refusal;
use register::training::{Course, Drawn, Sheet};
use service::Failure;
use std::collections::BTreeMap;
use web::form::reference_bits;
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "ready/questions.html")]
struct Screen {
    page: Page,
    questions: Vec<Question>,
}

/// A question as it is asked.
struct Question {
    field: String,
    asks: &'static str,
    items: Vec<Item>,
}

#[derive(Template)]
#[template(path = "ready/marks.html")]
struct Marked {
    page: Page,
    right: usize,
    of: usize,
    passed: bool,
    reasons: Vec<Reason>,
}

/// Why an answer is right.
struct Reason {
    asks: &'static str,
    right: &'static str,
    because: &'static str,
    was_right: bool,
}

/// `GET /ready/training/questions`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let course = course(&who)?;
    let command = app.service.fresh_command();
    let sheet = Sheet { course, number: reference_bits(command) };
    let form = Form::new(command).with("sheet", sheet.number);
    // A demonstration shows what is right, as it shows second factors.
    let form = match app.service.is_demonstration() {
        true => sheet.questions().iter().fold(form, |form, drawn| form.with(&field(drawn), drawn.right())),
        false => form,
    };
    draw(&app, &who, sheet, form)
}

/// `POST /ready/training/questions`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    let course = course(&who)?;
    let number = form.value("sheet").parse().map_err(|_| Problem::NotFound)?;
    let sheet = Sheet { course, number };
    let mut answers = BTreeMap::new();
    for drawn in sheet.questions() {
        let field = field(&drawn);
        match form.value(&field).parse() {
            Ok(answer) => {
                answers.insert(drawn.place, answer);
            }
            Err(_) => form.mistake(&field, "Choose an answer"),
        }
    }
    if !form.is_well() {
        return draw(&app, &who, sheet, form);
    }
    let id = form.command(app.service.fresh_command());
    let taking = TakeTraining { sheet: number, answers: answers.clone() };
    let passed = match who.asks(&app, &form, id, taking).await? {
        Ok(_) => true,
        Err(Failure::Refused(Refusal::NotPassed { .. })) => false,
        Err(failure) => return Err(failure.into()),
    };
    let marks = sheet.marks(&answers).ok_or(Problem::NotFound)?;
    let reasons = sheet.questions().iter().map(|drawn| reason(drawn, &answers)).collect();
    let title = if passed { "You passed" } else { "Not yet" };
    Page::of(&app, &who, title).show(|page| Marked {
        page,
        right: marks.right,
        of: marks.of,
        passed,
        reasons,
    })
}

fn course(who: &SignedIn) -> Result<Course, Problem> {
    course_of(&who.account).ok_or(Problem::NotFound)
}

fn field(drawn: &Drawn) -> String {
    format!("question-{}", drawn.place)
}

fn reason(drawn: &Drawn, answers: &BTreeMap<usize, usize>) -> Reason {
    let right = drawn.right();
    Reason {
        asks: drawn.question.asks,
        right: drawn.answers().get(right).copied().unwrap_or_default(),
        because: drawn.question.because,
        was_right: answers.get(&drawn.place) == Some(&right),
    }
}

fn draw(app: &App, who: &SignedIn, sheet: Sheet, form: Form) -> Outcome {
    let question = |drawn: &Drawn| Question {
        field: field(drawn),
        asks: drawn.question.asks,
        items: (0..)
            .zip(drawn.answers())
            .map(|(place, answer): (usize, _)| Item::new(place, answer))
            .collect(),
    };
    let questions = sheet.questions().iter().map(question).collect();
    Page::of(app, who, "Questions")
        .back_to("/ready/training?page=2")
        .with(form)
        .show(|page| Screen { page, questions })
}
