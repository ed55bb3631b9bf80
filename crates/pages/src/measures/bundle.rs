//! `/measures/{measure}/bundle.pdf`: everything behind a measure as one document, for whoever decides it, reviews it or hears an appeal.

use super::address;
use super::letter::printed;
use axum::extract::State;
use register::ids::MeasureId;
use register::people::Action;
use web::{App, Outcome, Problem, Reference, SignedIn};

/// `GET /measures/{measure}/bundle.pdf`
pub async fn pdf(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::TakeBundle)?;
    who.proves_before(&app, &address(id, "bundle.pdf")).await?;
    let bundle = app.service.bundle(who.id(), id).await?.ok_or(Problem::NotFound)?;
    printed(&app, bundle, &format!("evidence-{id}.pdf")).await
}
