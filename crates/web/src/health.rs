//! `/health`: whether this node can answer, for whatever watches it. Nothing about anybody.

use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub async fn show(State(app): State<App>) -> Response {
    let health = app.service.health();
    let status = if health.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({
        "ready": health.ready,
        "register_head": health.register_head,
        "access_head": health.access_head,
    });
    (status, axum::Json(body)).into_response()
}
