//! `/measures/{measure}/assessment`: the task list of an assessment. Nothing on it can be skipped.

pub mod complete;
pub mod plan;
pub mod proportionality;
pub mod test;
pub mod under_age;

use super::{About, about, address, opened, page};
use crate::page::Page;
use crate::part::{Step, Tag};
use askama::Template;
use axum::extract::State;
use register::assessment::{Age, Answer, Finding, Test, age_of};
use register::ids::MeasureId;
use register::measure::{Life, Measure};
use register::people::Action;
use register::state::Register;
use web::{App, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/assessment/index.html")]
struct Screen {
    page: Page,
    about: About,
    tests: Vec<Step>,
    rest: Vec<Step>,
    done: String,
    complete: Option<String>,
    age_unknown: Option<String>,
}

/// `GET /measures/{measure}/assessment`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Assess)?;
    let today = app.service.today();
    let (about, tests, rest, done, is_whole, age_unknown) = opened(&app, &who, id, |register, measure| {
        let age = age_of(register, measure, today);
        let unknown = (age == Age::Unknown).then(|| format!("/subjects/{}/change", measure.subject));
        let is_whole = measure.assessment.missing(measure.kind).is_none();
        (
            about(register, measure, today),
            measure.kind.tests().iter().map(|test| step(measure, *test)).collect(),
            rest(register, measure, age),
            done(measure),
            is_whole,
            unknown,
        )
    })
    .await?;
    page(&app, &who, id, "Assessment").show(|page| Screen {
        page,
        about,
        tests,
        rest,
        done,
        complete: is_whole.then(|| address(id, "assessment/complete")),
        age_unknown,
    })
}

/// How much is done of the tests, the plan and the proportionality record.
fn done(measure: &Measure) -> String {
    let assessment = &measure.assessment;
    let done = assessment.answers.len()
        + usize::from(assessment.plan.is_some())
        + usize::from(assessment.proportionality.is_some());
    format!("{done} of {} parts are done", measure.kind.tests().len() + 2)
}

fn step(measure: &Measure, test: Test) -> Step {
    Step {
        label: test.label().to_owned(),
        hint: String::new(),
        address: Some(address(measure.id, &format!("assessment/{}", test.key()))),
        status: answered(measure.assessment.answers.get(&test)),
    }
}

fn answered(answer: Option<&Answer>) -> Tag {
    match answer.map(|answer| answer.finding) {
        None => Tag::new("To do", "blue"),
        Some(Finding::Holds) => Tag::new("Yes", ""),
        Some(Finding::Fails) => Tag::new("No", "orange"),
    }
}

fn rest(_: &Register, measure: &Measure, age: Age) -> Vec<Step> {
    let assessment = &measure.assessment;
    let part = |label: &str, hint: &str, place: &str, is_done| Step {
        label: label.to_owned(),
        hint: hint.to_owned(),
        address: Some(address(measure.id, place)),
        status: if is_done { Tag::new("Done", "") } else { Tag::new("To do", "blue") },
    };
    let mut rest = vec![
        part(
            "The plan",
            "What staff must do, who is told and why, and how the customer is still served",
            "assessment/plan",
            assessment.plan.is_some(),
        ),
        part(
            "Proportionality",
            "What it is for, what else was weighed, and what it does to the person",
            "assessment/proportionality",
            assessment.proportionality.is_some(),
        ),
    ];
    if age == Age::Under {
        rest.push(Step {
            label: "Age safeguard".to_owned(),
            hint:
                "This person is under age: the data protection officer must agree before it can be approved"
                    .to_owned(),
            address: None,
            status: answered(assessment.under_age.as_ref()),
        });
    }
    rest
}

/// Refuses a measure whose assessment is not open any more.
fn still_open(measure: &Measure) -> Result<(), Problem> {
    match measure.life {
        Life::Proposed => Ok(()),
        _ => Err(Problem::Refused(register::refusal::Refusal::WrongStage(measure.stage()))),
    }
}
