//! `/measures/{measure}/assessment/plan`: what staff must do, who is told, and how the customer is still served.

use super::still_open;
use crate::measures::plan::{self, Choices};
use crate::measures::{About, about, address, carry_out, opened, page, reached};
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::SetPlan;
use register::ids::MeasureId;
use register::people::Action;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/assessment/plan.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    choices: Choices,
}

/// `GET /measures/{measure}/assessment/plan`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Assess)?;
    let begun = opened(&app, &who, id, |_, measure| {
        let interim = measure.interim.as_ref().map(|interim| &interim.plan);
        measure.assessment.plan.as_ref().or(interim).cloned()
    })
    .await?;
    let form = plan::filled(&app, Form::new(app.service.fresh_command()), begun.as_ref());
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/assessment/plan`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Assess)?;
    reached(&app, &who, measure)?;
    let asking = plan::read(&app, &mut form).map(|plan| SetPlan { measure, plan });
    match carry_out(&app, &who, &mut form, asking, plan::field_of).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "assessment")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let about = opened(app, who, id, |register, measure| {
        if is_well {
            still_open(measure)?;
        }
        Ok::<_, Problem>(about(register, measure, today))
    })
    .await??;
    page(app, who, id, "The plan").back_to(address(id, "assessment")).with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "assessment/plan"),
        choices: plan::choices(app),
    })
}
