//! `/measures/{measure}/assessment/complete`: check answers, recommend, and hand over to be decided.

use super::still_open;
use crate::measures::told;
use crate::measures::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use crate::part::{Item, Row};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::assessment::Recommendation;
use register::command::CompleteAssessment;
use register::ids::MeasureId;
use register::people::Action;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/assessment/complete.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    tests: Vec<Row>,
    plan: Vec<Row>,
    weighed: Vec<Row>,
    recommendations: Vec<Item>,
}

/// `GET /measures/{measure}/assessment/complete`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Assess)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/assessment/complete`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Assess)?;
    reached(&app, &who, measure)?;
    let asking = form
        .choice::<Recommendation>("recommendation", "Choose what you recommend")
        .map(|recommendation| CompleteAssessment { measure, recommendation });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let change = |rows: Vec<Row>, place: &str| -> Vec<Row> {
        rows.into_iter().map(|row| row.change(address(id, place))).collect()
    };
    let (about, tests, plan, weighed) = opened(app, who, id, |register, measure| {
        if is_well {
            still_open(measure)?;
        }
        let assessment = &measure.assessment;
        let places = measure.kind.tests().iter().filter(|test| assessment.answers.contains_key(test));
        let tests = told::tests(assessment)
            .into_iter()
            .zip(places)
            .map(|(row, test)| row.change(address(id, &format!("assessment/{}", test.key()))))
            .collect();
        let plan = assessment.plan.as_ref().map(|plan| told::plan(register, plan)).unwrap_or_default();
        let weighed = assessment.proportionality.as_ref().map(told::proportionality).unwrap_or_default();
        Ok::<_, Problem>((
            about(register, measure, today),
            tests,
            change(plan, "assessment/plan"),
            change(weighed, "assessment/proportionality"),
        ))
    })
    .await??;
    page(app, who, id, "Check the assessment").back_to(address(id, "assessment")).with(form).show(|page| {
        Screen {
            page,
            about,
            action: address(id, "assessment/complete"),
            tests,
            plan,
            weighed,
            recommendations: Item::all::<Recommendation>(),
        }
    })
}
