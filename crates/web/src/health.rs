//! `/health`: that this node answers and from which position, for whatever watches it. A node that is not ready does not serve.

use crate::app::App;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub async fn show(State(app): State<App>) -> Json<Value> {
    let health = app.service.health();
    Json(json!({ "ready": true, "position": health.position, "subjects": health.subjects }))
}
