//! `/measures/{measure}/assessment/under-age`: the data protection officer answers for a young person.

use crate::measures::told::{self, Told};
use crate::measures::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use crate::part::{Item, Row};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::assessment::Finding;
use register::command::AllowUnderAge;
use register::ids::MeasureId;
use register::people::Action;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/assessment/under_age.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    plan: Vec<Row>,
    incidents: Vec<Told>,
    findings: Vec<Item>,
}

/// `GET /measures/{measure}/assessment/under-age`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::AllowUnderAge)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/assessment/under-age`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::AllowUnderAge)?;
    reached(&app, &who, measure)?;
    let finding = form.choice::<Finding>("finding", "Choose yes or no");
    let reasons = form.text("reasons", "Enter your reasons");
    let asking = finding.zip(reasons).map(|(finding, reasons)| AllowUnderAge { measure, finding, reasons });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, disclosure) = (app.service.today(), reached(app, who, id)?);
    let (about, plan, incidents) = opened(app, who, id, |register, measure| {
        let plan = measure.assessment.plan.as_ref().map(|plan| told::plan(register, plan));
        (
            about(register, measure, today),
            plan.unwrap_or_default(),
            told::incidents(register, measure, disclosure),
        )
    })
    .await?;
    page(app, who, id, "Age safeguard").with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "assessment/under-age"),
        plan,
        incidents,
        findings: Item::all::<Finding>(),
    })
}
