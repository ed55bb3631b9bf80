//! What a program sends and is sent: JSON that has every field it must have and no other.

use crate::trouble::Trouble;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;
use web::{App, Problem};

/// The kinds of content that hold JSON here.
const JSON: [&str; 2] = ["application/json", "application/scim+json"];

/// JSON that was sent.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, app: &App) -> Result<Self, Trouble> {
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !JSON.contains(&kind.as_str()) {
            return Err(Trouble::kind_of_body("JSON, as application/json"));
        }
        let bytes = bytes(request, app).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| Trouble::unreadable(error.to_string()))
    }
}

/// The body of a request, within what is taken.
pub async fn bytes(request: Request, app: &App) -> Result<Bytes, Trouble> {
    Bytes::from_request(request, app).await.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooMuch.into(),
        _ => Trouble::unreadable("The body broke off"),
    })
}
