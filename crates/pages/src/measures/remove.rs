//! `/measures/{measure}/remove`: taken off at once for an error or a death.

use super::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::RemoveMeasure;
use register::ids::MeasureId;
use register::measure::EndReason;
use register::people::Action;
use register::refusal::Refusal;
use web::form::Choice;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

/// Every other end is a review’s, a decision’s or time’s.
const AT_ONCE: [EndReason; 2] = [EndReason::Error, EndReason::Death];

#[derive(Template)]
#[template(path = "measures/remove.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    reasons: Vec<Item>,
}

/// `GET /measures/{measure}/remove`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Remove)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/remove`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Remove)?;
    reached(&app, &who, measure)?;
    let reason = form.choice::<EndReason>("reason", "Choose why it is removed");
    let words = form.text("words", "Enter what shows it");
    let asking = reason.zip(words).map(|(reason, words)| RemoveMeasure { measure, reason, words });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let about = opened(app, who, id, |register, measure| {
        if is_well && measure.is_over() {
            return Err(Problem::Refused(Refusal::MeasureEnded));
        }
        Ok(about(register, measure, today))
    })
    .await??;
    let reasons =
        AT_ONCE.iter().map(|reason| Item::new(Choice::key(*reason), Choice::label(*reason))).collect();
    page(app, who, id, "Remove at once").with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "remove"),
        reasons,
    })
}
