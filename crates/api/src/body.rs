//! What a program sends and is sent: JSON that has every field it must have and no other, and answers that are as long as their neighbours.

use crate::trouble::Trouble;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use service::Fault;
use web::{App, Problem};

/// The kinds of content that hold JSON here.
const JSON: [&str; 2] = ["application/json", "application/scim+json"];

/// Every length is a multiple of this: twice that of an answer with one marker.
const LENGTH: usize = 4 * 1024;
/// No answer is longer.
const LONGEST: usize = 4 * 1024 * 1024;

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

/// Makes what is answered to a check as long as its neighbours: whoever watches the network learns nothing from its length. What is added
/// are blanks after the JSON.
pub async fn alike(request: Request, next: Next) -> Response {
    let (mut parts, body) = next.run(request).await.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return Problem::Fault(Fault::because("an answer was longer than any")).into_response();
    };
    let mut body = Vec::from(body);
    if !body.is_empty() {
        body.resize(body.len().next_multiple_of(LENGTH), b' ');
    }
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}
