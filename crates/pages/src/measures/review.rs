//! `/measures/{measure}/review`: keep it for positive reasons, or remove it; and before that `…/review/answers`, the questions
//! that whoever answers for it answers.

use super::told::{self, Told};
use super::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use crate::part::{Item, Row};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{AnswerReview, ReviewMeasure};
use register::decision::latest_review;
use register::ids::MeasureId;
use register::measure::{Kind, Life};
use register::notice::Notice;
use register::people::Action;
use register::personal::Text;
use register::refusal::Refusal;
use register::review::{Advice, Question, ReviewOutcome};
use std::collections::BTreeMap;
use web::form::Choice;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/review.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    plan: Vec<Row>,
    incidents: Vec<Told>,
    decision: Vec<Row>,
    reviews: Vec<Row>,
    disputes: Vec<Row>,
    complaints: Vec<Told>,
    contact: Vec<Row>,
    answers: Vec<Row>,
    outcomes: Vec<Item>,
    latest: String,
    is_withheld: bool,
}

/// `GET /measures/{measure}/review`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Review)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/review`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Review)?;
    reached(&app, &who, measure)?;
    let asking = read(&mut form, measure);
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn read(form: &mut Form, measure: MeasureId) -> Option<ReviewMeasure> {
    let outcome = form.choice::<ReviewOutcome>("outcome", "Choose whether to keep or remove it");
    let next_on = match outcome {
        Some(ReviewOutcome::Retain) => form.date("next", "the date of the next review").map(Some),
        _ => Some(None),
    };
    let reasons = form.text("reasons", "Enter your reasons");
    let still_withheld = form.optional_text("still-withheld");
    Some(ReviewMeasure {
        measure,
        outcome: outcome?,
        next_on: next_on?,
        reasons: reasons?,
        still_withheld: still_withheld?,
    })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::ReviewDate { .. } => "next",
        Refusal::WithholdingNotReconsidered => "still-withheld",
        _ => "",
    }
}

#[derive(Template)]
#[template(path = "measures/answers.html")]
struct Answers {
    page: Page,
    about: About,
    action: String,
    plan: Vec<Row>,
    reviews: Vec<Row>,
    disputes: Vec<Row>,
    complaints: Vec<Told>,
    contact: Vec<Row>,
    questions: Vec<Asked>,
    advice: Vec<Item>,
}

/// A question of the review, and the field of its answer.
struct Asked {
    field: String,
    question: String,
}

/// `GET /measures/{measure}/review/answers`
pub async fn show_answers(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<MeasureId>,
) -> Outcome {
    who.must(Action::AnswerReview)?;
    draw_answers(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/review/answers`
pub async fn send_answers(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::AnswerReview)?;
    reached(&app, &who, measure)?;
    let answers: Vec<Option<(Question, Text)>> = Question::ALL
        .iter()
        .map(|question| {
            let ask = format!("Answer: {}", question.label());
            form.text(question.key(), &ask).map(|answer| (*question, answer))
        })
        .collect();
    let advice = form.choice::<Advice>("advice", "Choose what you advise");
    let answers: Option<BTreeMap<Question, Text>> = answers.into_iter().collect();
    let asking = answers.zip(advice).map(|(answers, advice)| AnswerReview { measure, advice, answers });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw_answers(&app, &who, measure, form).await,
    }
}

async fn draw_answers(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let screen = opened(app, who, id, |register, measure| {
        if is_well && !matches!(measure.life, Life::InForce { .. }) {
            return Err(Problem::Refused(Refusal::WrongStage(measure.stage())));
        }
        let plan = measure.assessment.plan.as_ref().map(|plan| told::plan(register, plan));
        let asked = |question: &Question| Asked {
            field: question.key().to_owned(),
            question: question.label().to_owned(),
        };
        Ok(Answers {
            page: Page::bare(),
            about: about(register, measure, today),
            action: address(id, "review/answers"),
            plan: plan.unwrap_or_default(),
            reviews: told::reviews(register, measure),
            disputes: told::disputes(register, measure),
            complaints: told::complaints(register, measure),
            contact: told::contact(measure, today),
            questions: Question::ALL.iter().map(asked).collect(),
            advice: Item::all::<Advice>(),
        })
    })
    .await??;
    page(app, who, id, "Questions of the review").with(form).show(|page| Answers { page, ..screen })
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, disclosure) = (app.service.today(), reached(app, who, id)?);
    let is_well = form.is_well();
    let screen = opened(app, who, id, |register, measure| {
        let is_withheld = match &measure.life {
            Life::InForce { notice, .. } => matches!(notice, Notice::Withheld(_)),
            _ if is_well => return Err(Problem::Refused(Refusal::WrongStage(measure.stage()))),
            _ => false,
        };
        if is_well && measure.answers.is_none() {
            return Err(Problem::Refused(Refusal::ReviewNotAnswered));
        }
        let latest = latest_review(register.policy(), measure, today);
        let plan = measure.assessment.plan.as_ref().map(|plan| told::plan(register, plan));
        let screen = Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            action: address(id, "review"),
            plan: plan.unwrap_or_default(),
            incidents: told::incidents(register, measure, disclosure),
            decision: told::decision(register, measure),
            reviews: told::reviews(register, measure),
            disputes: told::disputes(register, measure),
            complaints: told::complaints(register, measure),
            contact: told::contact(measure, today),
            answers: told::answers(measure),
            outcomes: outcomes(measure.kind),
            latest: format!("Needed to keep it. At the latest {}", words::date(latest)),
            is_withheld,
        };
        Ok((screen, latest))
    })
    .await?;
    let (screen, latest) = screen?;
    let form = if is_well { form.with_date("next", latest) } else { form };
    page(app, who, id, "Review").with(form).show(|page| Screen { page, ..screen })
}

fn outcomes(kind: Kind) -> Vec<Item> {
    let meaning = |outcome| match (outcome, kind) {
        (ReviewOutcome::Retain, _) => {
            "Only where there are positive reasons: it is not kept for want of news"
        }
        (ReviewOutcome::Remove, Kind::Entry) => "The Governance Group decides it at its next meeting",
        (ReviewOutcome::Remove, _) => "It ends now, and staff are shown nothing from now on",
    };
    ReviewOutcome::ALL
        .iter()
        .map(|outcome| Item::new(Choice::key(*outcome), Choice::label(*outcome)).hint(meaning(*outcome)))
        .collect()
}
