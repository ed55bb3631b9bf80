//! Every answer to a check is as long as any other: whoever watches the network learns nothing from its length.
//!
//! What is added are line ends after the page. An answer with more to say than fits takes two lengths; nothing that is sent is compressed.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::Fault;
use web::Problem;

/// Every length is a multiple of this: three times that of an answer with one marker.
const LENGTH: usize = 32 * 1024;
/// No page is longer.
const LONGEST: usize = 4 * 1024 * 1024;

/// Makes what is answered as long as its neighbours.
pub async fn alike(request: Request, next: Next) -> Response {
    let (mut parts, body) = next.run(request).await.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return Problem::Fault(Fault::because("an answer was longer than any")).into_response();
    };
    let mut body = Vec::from(body);
    // A problem has no page yet, and one that leads elsewhere has none at all.
    if !body.is_empty() {
        body.resize(body.len().next_multiple_of(LENGTH), b'\n');
    }
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}
