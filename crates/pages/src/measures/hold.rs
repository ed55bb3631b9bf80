//! `/measures/{measure}/hold`: stops destruction for an ombudsman, a court or a request for information; lifts it again.

use super::told;
use super::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use crate::part::Row;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{Command, HoldMeasure, LiftHold};
use register::ids::MeasureId;
use register::people::Action;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/hold.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    holds: Vec<Row>,
}

/// `GET /measures/{measure}/hold`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Hold)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/hold`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Hold)?;
    reached(&app, &who, measure)?;
    let asking: Option<Command> = if form.value("act") == "lift" {
        form.text("lift-reasons", "Enter why the hold is lifted")
            .map(|reasons| LiftHold { measure, reasons }.into())
    } else {
        form.text("reasons", "Enter for whom or what it is held")
            .map(|reasons| HoldMeasure { measure, reasons }.into())
    };
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let (about, holds) = opened(app, who, id, |register, measure| {
        let holds = measure.holds.iter().map(|hold| {
            Row::new(format!("Since {}", words::date(hold.moment.date())), told::text(&hold.reasons))
        });
        (about(register, measure, today), holds.collect())
    })
    .await?;
    page(app, who, id, "Hold").with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "hold"),
        holds,
    })
}
