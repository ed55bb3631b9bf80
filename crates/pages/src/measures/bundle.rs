//! `/measures/{measure}/bundle.pdf`: everything behind a measure as one document, for whoever decides it, reviews it or hears an appeal.

use super::letter::printed;
use axum::extract::State;
use register::ids::MeasureId;
use register::people::Action;
use web::{App, Outcome, Problem, Reference, SignedIn};

/// `GET /measures/{measure}/bundle.pdf`
pub async fn pdf(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::TakeBundle)?;
    let bundle = app.service.bundle(who.id(), id).await?.ok_or(Problem::NotFound)?;
    printed(&app, bundle, &format!("evidence-{id}.pdf")).await
}
