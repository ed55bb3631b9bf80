//! What answers a form stands at an address of its own: a browser that keeps where somebody was would keep with it what they typed (T09).
//!
//! A page that answers a form sent by somebody who is signed in is set aside, sealed, and their browser is led to the same address with the
//! page's number. It is read there in the session it was drawn in, and for a quarter of an hour. Where it cannot be kept it is answered as
//! it is: nobody goes without an answer for this.

use crate::app::App;
use crate::problem::Outcome;
use crate::session;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use register::ids::AccountId;
use service::aside::PageAside;
use service::sign_in::Stage;

/// The part of an address that holds a page's number.
const NUMBER: &str = "answer";
/// No longer page is set aside, in bytes.
const LONGEST: usize = 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ShownOnce;

/// An answer that is shown once and kept nowhere: it holds a secret that is handed over.
pub fn shown_once(answer: Outcome) -> Outcome {
    answer.map(|mut response| {
        response.extensions_mut().insert(ShownOnce);
        response
    })
}

/// Somebody who is signed in, as far as a page is kept for them.
struct Reader {
    account: AccountId,
    token: String,
}

/// Leads whoever sent a form to its answer, and shows them answers that were set aside.
pub async fn aside(State(app): State<App>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    if method == Method::GET && number_of(&uri).is_some() {
        return match kept(&app, request.headers(), &uri).await {
            Some(page) => page,
            None => next.run(request).await,
        };
    }
    if method != Method::POST || !comes_from_a_page(request.headers()) {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page || response.extensions().get::<ShownOnce>().is_some() {
        return response;
    }
    // Asked afterwards: what was sent may have ended the session.
    match reader(&app, &headers).await {
        Some(reader) => set_aside(&app, &reader, &uri, response).await,
        None => response,
    }
}

/// Whether a browser goes from one page to another, and no script or program asks for something.
fn comes_from_a_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate")
}

async fn reader(app: &App, headers: &HeaderMap) -> Option<Reader> {
    let token = session::token(headers, app.settings.transport)?;
    let session = app.service.session(&token).await.ok()??;
    (session.stage == Stage::Full).then_some(Reader { account: session.account, token })
}

async fn kept(app: &App, headers: &HeaderMap, uri: &Uri) -> Option<Response> {
    let reader = reader(app, headers).await?;
    let page = app.service.page_aside(&reader.token, number_of(uri)?).await.ok()??;
    let status = StatusCode::from_u16(page.status).ok()?;
    Some((status, Html(page.html)).into_response())
}

async fn set_aside(app: &App, reader: &Reader, uri: &Uri, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = match std::str::from_utf8(&body) {
        Ok(html) if html.len() <= LONGEST => {
            PageAside { status: parts.status.as_u16(), html: html.to_owned() }
        }
        Ok(_) | Err(_) => return Response::from_parts(parts, Body::from(body)),
    };
    let Ok(number) = app.service.set_aside(reader.account, &reader.token, &page).await else {
        return Response::from_parts(parts, Body::from(body));
    };
    let mut response = Redirect::to(&address(uri, &number)).into_response();
    for of_the_page in [CONTENT_LENGTH, CONTENT_TYPE] {
        parts.headers.remove(of_the_page);
    }
    response.headers_mut().extend(parts.headers);
    response
}

/// The number in an address.
fn number_of(uri: &Uri) -> Option<&str> {
    parts_of(uri).find_map(|part| part.strip_prefix(NUMBER)?.strip_prefix('='))
}

fn parts_of(uri: &Uri) -> impl Iterator<Item = &str> {
    uri.query().unwrap_or_default().split('&').filter(|part| !part.is_empty())
}

/// The address of the page of this number that answers what was sent to `uri`.
fn address(uri: &Uri, number: &str) -> String {
    let own = format!("{NUMBER}={number}");
    let others = parts_of(uri).filter(|part| !part.starts_with(&format!("{NUMBER}=")));
    let parts: Vec<&str> = others.chain([own.as_str()]).collect();
    format!("{}?{}", uri.path(), parts.join("&"))
}
