//! `/measures/{measure}/assessment/proportionality`: why the measure is necessary, and what it does to the person.

use super::still_open;
use crate::measures::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::assessment::Proportionality;
use register::command::WeighProportionality;
use register::ids::MeasureId;
use register::people::Action;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/assessment/proportionality.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
}

/// `GET /measures/{measure}/assessment/proportionality`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Assess)?;
    let written = opened(&app, &who, id, |_, measure| {
        measure.assessment.proportionality.as_ref().and_then(|record| record.known().cloned())
    })
    .await?;
    let form = Form::new(app.service.fresh_command());
    let form = match written {
        None => form,
        Some(record) => form
            .with("aim", record.aim.as_str())
            .with("necessity", record.necessity.as_str())
            .with("alternatives", record.alternatives.as_str())
            .with("effect", record.effect.as_str())
            .with("safeguards", record.safeguards.as_str()),
    };
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/assessment/proportionality`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Assess)?;
    reached(&app, &who, measure)?;
    let asking = read(&mut form).map(|record| WeighProportionality { measure, record });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "assessment")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn read(form: &mut Form) -> Option<Proportionality> {
    let aim = form.text("aim", "Enter what the measure is for");
    let necessity = form.text("necessity", "Enter why it is necessary");
    let alternatives = form.text("alternatives", "Enter what else was weighed and why it is not enough");
    let effect = form.text("effect", "Enter what it does to the person");
    let safeguards = form.text("safeguards", "Enter what keeps that effect small");
    Some(Proportionality {
        aim: aim?,
        necessity: necessity?,
        alternatives: alternatives?,
        effect: effect?,
        safeguards: safeguards?,
    })
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
    page(app, who, id, "Proportionality").back_to(address(id, "assessment")).with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "assessment/proportionality"),
    })
}
