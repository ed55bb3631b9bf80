//! Answers of which neither length nor time tells what they are: whoever watches the network of somebody who checks learns nothing from either.
//!
//! What is added are line ends after the answer. An answer with more to say than fits takes two lengths, and nothing that is sent is compressed.
//! It leaves on a beat that began when it was asked; one that is late leaves on the next.

use crate::problem::Problem;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::Fault;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Nearly every answer is ready within this: it is mostly the time of one write to disk.
const BEAT: Duration = Duration::from_millis(10);
/// No answer is longer, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// Makes what is answered as long as its neighbours, a multiple of `LENGTH` bytes, and as late.
pub async fn alike<const LENGTH: usize>(request: Request, next: Next) -> Response {
    let begun = Instant::now();
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
    sleep_until(on_the_beat(begun, begun.elapsed())).await;
    Response::from_parts(parts, Body::from(body))
}

/// The first beat after so much time.
fn on_the_beat(begun: Instant, passed: Duration) -> Instant {
    let beats = passed.as_nanos() / BEAT.as_nanos() + 1;
    begun + BEAT * u32::try_from(beats).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_leaves_on_the_next_beat_and_never_before_it_is_ready() {
        let begun = Instant::now();
        for (passed, leaves) in [(0, 10), (1, 10), (9, 10), (10, 20), (37, 40), (5_000, 5_010)] {
            let leaves = Duration::from_millis(leaves);
            assert_eq!(on_the_beat(begun, Duration::from_millis(passed)), begun + leaves, "{passed} ms");
        }
    }
}
