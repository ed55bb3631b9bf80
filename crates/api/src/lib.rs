//! What programs ask: checks, deliveries and checkpoints under `/api`, and the council's directory of staff under `/scim` (SCIM 2.0).
//!
//! A program shows a token that it was given for its secret, and nothing else: no cookie opens anything here, and no token opens a page.
//! Everything is asked of the same service that the pages ask, under the same rules.

mod body;
mod caller;
mod checkpoints;
mod checks;
mod description;
mod markers;
mod scim;
mod token;
mod trouble;

pub use trouble::draw;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use web::{App, alike::alike};

/// Bytes: a question, or one person of a directory.
const LARGEST_BODY: usize = 64 * 1024;
/// Bytes that an answer to a check comes in: twice what one with one marker takes.
const CHECK_LENGTH: usize = 4 * 1024;
/// Bytes that a receipt comes in: twice what one of an answer with one marker takes.
const RECEIPT_LENGTH: usize = 16 * 1024;

/// Every address of programs, in the order of the files.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/openapi.json", get(description::show))
        .route("/api/v1/token", post(token::give))
        .route("/api/v1/checks", post(checks::ask).layer(from_fn(alike::<CHECK_LENGTH>)))
        .route("/api/v1/checks/{check}/acknowledgement", post(checks::acknowledge))
        .route("/api/v1/checks/{check}/receipt", get(checks::receipt).layer(from_fn(alike::<RECEIPT_LENGTH>)))
        .route("/api/v1/markers", get(markers::list))
        .route("/api/v1/markers/{measure}/receipts", post(markers::receive))
        .route("/api/v1/checkpoints/{log}", get(checkpoints::advance))
        .merge(scim::routes())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}

/// Whether an address is one of programs, whose problems are told as they read them.
#[must_use]
pub fn is_for_programs(path: &str) -> bool {
    ["/api", "/scim"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}
