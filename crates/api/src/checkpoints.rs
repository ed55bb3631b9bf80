//! `GET /api/v1/checkpoints/{log}`: a partner's program is a witness. It keeps the latest checkpoint of each log that it was given, and is
//! given the next one with the proof that it only adds to that.
//!
//! Any program with a good token may ask, whatever the token is for: a checkpoint is made to be given away, and says how many records a log
//! has and nothing of what is in them.

use crate::caller::Caller;
use crate::trouble::Trouble;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use web::App;

/// What the witness has seen.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Seen {
    /// How many records the log had in the checkpoint that the witness keeps; none where it keeps none yet.
    #[serde(default)]
    old: u64,
}

/// The latest checkpoint of a log, with the proof that it only adds to what the witness has seen.
#[utoipa::path(
    get, path = "/api/v1/checkpoints/{log}", tag = "checkpoints", operation_id = "checkpoint",
    params(("log" = String, Path, description = "`register`, what was decided, or `access`, who looked at what"), Seen),
    security(("token" = [])),
    responses(
        (
            status = 200,
            description = "As C2SP tlog-witness has it: `old` and the size that the proof starts from, its hashes in base64 one a line, an \
                           empty line, the signed checkpoint. Where the log has fewer records than were seen, the proof starts from what it has: \
                           it was rolled back",
            body = String, content_type = "text/plain"
        ),
        (status = 400, description = "The size cannot be read", body = Trouble, content_type = "application/problem+json"),
        (status = 401, description = "No good token", body = Trouble, content_type = "application/problem+json"),
        (status = 404, description = "No such log", body = Trouble, content_type = "application/problem+json"),
    )
)]
pub async fn advance(
    State(app): State<App>,
    _caller: Caller,
    Path(log): Path<String>,
    seen: Result<Query<Seen>, QueryRejection>,
) -> Result<Response, Trouble> {
    let Query(Seen { old }) = seen.map_err(|_| Trouble::unreadable("old: not a number of records"))?;
    let advance = app.service.advance(&log, old).await?.ok_or_else(Trouble::not_found)?;
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    Ok((headers, advance.to_string()).into_response())
}
