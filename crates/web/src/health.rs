//! `/health`: that this node is ready, and whether the register can be written, for whatever watches it; nothing else: anybody may ask. A node that
//! is not ready does not serve; one that cannot write still warns from memory, and is left where it is.

use crate::App;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub async fn show(State(app): State<App>) -> Json<Value> {
    Json(json!({ "ready": true, "written": app.service.is_written() }))
}
