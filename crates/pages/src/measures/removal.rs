//! `/measures/{measure}/removal`: two members of the Governance Group, the chair among them, take an entry off between meetings.

use super::{About, about, address, carry_out, nowhere, opened, page, reached, told};
use crate::page::Page;
use crate::part::{Row, name_of};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{AgreeRemoval, AskRemoval};
use register::ids::MeasureId;
use register::measure::{Kind, Life};
use register::people::Action;
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/removal.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    plan: Vec<Row>,
    asked: Vec<Row>,
}

/// `GET /measures/{measure}/removal`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Meet)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/removal`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Meet)?;
    reached(&app, &who, measure)?;
    let reasons = form.text("reasons", "Enter your reasons");
    let done = match form.value("act") {
        "agree" => {
            let asking = reasons.map(|reasons| AgreeRemoval { measure, reasons });
            carry_out(&app, &who, &mut form, asking, nowhere).await?
        }
        _ => {
            let asking = reasons.map(|reasons| AskRemoval { measure, reasons });
            carry_out(&app, &who, &mut form, asking, nowhere).await?
        }
    };
    match done {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let screen = opened(app, who, id, |register, measure| {
        let is_entry = matches!(measure.life, Life::InForce { .. }) && measure.kind == Kind::Entry;
        if is_well && !is_entry {
            return Err(Problem::Refused(Refusal::WrongStage(measure.stage())));
        }
        let asked = measure.removal.as_ref().and_then(|removal| Some((removal, removal.asked?)));
        let asked = asked.map(|(removal, moment)| {
            vec![
                Row::new("Asked for by", name_of(register, moment.by)),
                Row::new("Why it should not wait", told::text(&removal.reasons)),
            ]
        });
        let plan = measure.assessment.plan.as_ref().map(|plan| told::plan(register, plan));
        Ok(Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            action: address(id, "removal"),
            plan: plan.unwrap_or_default(),
            asked: asked.unwrap_or_default(),
        })
    })
    .await??;
    page(app, who, id, "Take it off between meetings").with(form).show(|page| Screen { page, ..screen })
}
