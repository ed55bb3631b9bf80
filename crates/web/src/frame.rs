//! What stands around every screen: limits, the check of where a form comes from, problems drawn as pages, headers, and one
//! line in the log for each request.
//!
//! The log lines of a request hold the route's pattern and the reference of the account, never an address that somebody typed or a name.

use crate::app::App;
use crate::form::{LARGEST_BODY, STRANGERS_BODY, Typed};
use crate::problem::Problem;
use crate::{aside, assets, headers, health, session};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::FutureExt;
use service::Fault;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tracing::Instrument;

/// Draws a problem as a page for whoever asked. Its status is set afterwards.
pub type Draw = fn(app: &App, asked: &Asked, problem: &Problem) -> Response;

/// What is known of a request that came to a problem, without asking anything that may itself have failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The address.
    pub path: String,
    /// What kind of browser asked.
    pub by: Asker,
    /// What was typed into the form that was sent, where somebody who holds a session sent one of words alone.
    pub typed: Typed,
}

/// What kind of browser asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// One that holds a session, which may be over.
    SignedIn,
    /// Any other.
    Stranger,
}

/// The longest that a page may take, its body included.
const PAGE_TIME: Duration = Duration::from_secs(30);
/// The longest that a form with files may take: a photograph from a phone with a poor signal.
const UPLOAD_TIME: Duration = Duration::from_secs(180);

/// The complete service: `screens` with assets, `/health` and everything that every response needs.
pub fn frame(screens: Router<App>, app: App, draw: Draw) -> Router {
    let from_elsewhere = |_: ProtectionError| Problem::FromElsewhere.into_response();
    screens
        .route("/assets/{version}/{*name}", get(assets::show))
        .route("/council.css", get(assets::council))
        .route("/health", get(health::show))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::WrongMethod })
        .with_state(app.clone())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(bounded))
        .layer(CsrfLayer::new().with_rejection_response(from_elsewhere))
        .layer(middleware::from_fn_with_state((app.clone(), draw), drawn))
        .layer(middleware::from_fn_with_state(app.clone(), aside::aside))
        .layer(middleware::from_fn_with_state(app, outermost))
}

/// What goes wrong outside the service's own calls.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("a handler panicked")]
    Panicked,
    #[error("a request was not answered in time")]
    TookTooLong,
    #[error("a handler answered {0} with no page")]
    NoPage(StatusCode),
}

async fn bounded(request: Request, next: Next) -> Response {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let most = if kind.is_some_and(|kind| kind.starts_with("multipart/")) { UPLOAD_TIME } else { PAGE_TIME };
    let answer = AssertUnwindSafe(tokio::time::timeout(most, next.run(request))).catch_unwind().await;
    match answer {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Problem::TookTooLong(Fault::log(&Failed::TookTooLong)).into_response(),
        Err(_) => Problem::Fault(Fault::log(&Failed::Panicked)).into_response(),
    }
}

async fn drawn(State((app, draw)): State<(App, Draw)>, request: Request, next: Next) -> Response {
    let by = match session::token(request.headers(), app.settings.transport) {
        Some(_) => Asker::SignedIn,
        None => Asker::Stranger,
    };
    let path = request.uri().path().to_owned();
    let (request, sent) = match by {
        Asker::SignedIn => read_aside(request).await,
        Asker::Stranger => (request, Bytes::new()),
    };
    let mut response = next.run(request).await;
    let Some(problem) = problem_of(&mut response) else { return response };
    let asked = Asked { path, by, typed: Typed::from_urlencoded(&sent) };
    if let Some(reason) = problem.turns_away() {
        tracing::warn!(security = "refused", reason, "turned away");
    }
    let mut page = draw(&app, &asked, &problem);
    *page.status_mut() = problem.status();
    if let Some(methods) = response.headers_mut().remove(ALLOW) {
        page.headers_mut().insert(ALLOW, methods);
    }
    page
}

/// Whether it is a form without files that is not too long to be kept.
fn is_form_of_words(request: &Request) -> bool {
    let says = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let length = says(CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    request.method() == Method::POST
        && says(CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
        && length.is_some_and(|length| length <= STRANGERS_BODY)
}

/// A request with a form of words, and what was sent in it: were it lost, whoever typed it would have to type it again. A body that cannot
/// be read is an empty form, as it is to whoever reads forms.
async fn read_aside(request: Request) -> (Request, Bytes) {
    if !is_form_of_words(&request) {
        return (request, Bytes::new());
    }
    let (parts, body) = request.into_parts();
    let sent = to_bytes(body, STRANGERS_BODY).await.unwrap_or_default();
    (Request::from_parts(parts, Body::from(sent.clone())), sent)
}

/// The problem behind a response that has no page of its own.
fn problem_of(response: &mut Response) -> Option<Problem> {
    if let Some(problem) = response.extensions_mut().remove() {
        return Some(problem);
    }
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let has_page = kind.is_some_and(|kind| !kind.starts_with("text/plain"));
    match status {
        _ if has_page => None,
        StatusCode::METHOD_NOT_ALLOWED => Some(Problem::WrongMethod),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::TooMuch),
        _ if status.is_client_error() => Some(Problem::NotFound),
        _ if status.is_server_error() => Some(Problem::Fault(Fault::log(&Failed::NoPage(status)))),
        _ => None,
    }
}

async fn outermost(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = format!("{:010x}", app.service.fresh() >> 24);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id, %method, route, account = tracing::field::Empty);
    async move {
        let begun = Instant::now();
        let mut response = next.run(request).await;
        headers::add(response.headers_mut(), app.settings.transport);
        let ms = begun.elapsed().as_millis();
        tracing::info!(status = response.status().as_u16(), ms, "answered");
        response
    }
    .instrument(span)
    .await
}
