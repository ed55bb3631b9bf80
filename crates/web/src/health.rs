//! `/health`: that this node is ready, for whatever watches it, and nothing else: anybody may ask. A node that is not ready does not serve.

use axum::Json;
use serde_json::{Value, json};

pub async fn show() -> Json<Value> {
    Json(json!({ "ready": true }))
}
