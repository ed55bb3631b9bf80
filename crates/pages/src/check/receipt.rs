//! `/check/receipts/{check}`: what proves later, to somebody outside, what the answer to a check was. For whoever asked it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::IntoResponse;
use register::people::Action;
use web::{App, Outcome, Problem, SignedIn};

/// `GET /check/receipts/{check}`
pub async fn show(State(app): State<App>, who: SignedIn, Path(check): Path<u64>) -> Outcome {
    who.must(Action::Check)?;
    let receipt = app.service.check_receipt(who.id(), check).await?.ok_or(Problem::NotFound)?;
    let name = format!("attachment; filename=\"receipt-check-{check}.json\"");
    Ok(([(CONTENT_DISPOSITION, name)], Json(receipt)).into_response())
}
