//! `/measures/{measure}/vary`: changes what staff must do, what the customer may not, or who is told, while it is in force.

use super::plan::{self, Choices};
use super::{About, about, address, carry_out, opened, page, reached};
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::VaryMeasure;
use register::ids::MeasureId;
use register::measure::Life;
use register::people::Action;
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/vary.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    choices: Choices,
}

/// `GET /measures/{measure}/vary`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Review)?;
    let plan = opened(&app, &who, id, |_, measure| measure.assessment.plan.clone()).await?;
    let form = plan::filled(&app, Form::new(app.service.fresh_command()), plan.as_ref());
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/vary`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Review)?;
    reached(&app, &who, measure)?;
    let plan = plan::read(&app, &mut form);
    let reasons = form.text("reasons", "Enter why it changes");
    let asking = plan.zip(reasons).map(|(plan, reasons)| VaryMeasure { measure, plan, reasons });
    match carry_out(&app, &who, &mut form, asking, plan::field_of).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let about = opened(app, who, id, |register, measure| {
        if is_well && !matches!(measure.life, Life::InForce { .. }) {
            return Err(Problem::Refused(Refusal::WrongStage(measure.stage())));
        }
        Ok(about(register, measure, today))
    })
    .await??;
    page(app, who, id, "Change it").with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "vary"),
        choices: plan::choices(app),
    })
}
