//! Who asks: the session cookie, and the account behind it looked up again at every request.
//!
//! The cookie holds a random token and nothing else; what it stands for lies with the service, which ends it.

use crate::app::{App, Transport};
use crate::problem::Problem;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use register::ids::{AccountId, File};
use register::people::{self, Account, Action, Extent, Readiness};
use register::view::Disclosure;
use service::sign_in::{AWAY, Device, SessionToken, Stage};
use std::convert::Infallible;

/// Where people sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Where they prove it with a second factor.
pub const SECOND_FACTOR: &str = "/sign-in/second-factor";
/// Where they set their second factor up.
pub const SET_UP: &str = "/sign-in/set-up";

/// Where they learn what they need to know before they use the register.
pub const READY: &str = "/ready";

/// What is open to whoever has signed in and has not yet learnt what they need to know: to learn it, to report, to be helped.
const FOR_EVERYBODY: [&str; 6] = [READY, "/incidents/new", "/addresses", "/account", "/help", "/policy"];

/// Where somebody uses a passkey whose roles take one.
pub const USE_PASSKEY: &str = "/ready/passkey";
/// Where passkeys are made.
pub const PASSKEYS: &str = "/account/passkeys";

/// What is open to whoever has signed in without the passkey that their roles take: to use it, to report, to be helped.
const WITHOUT_PASSKEY: [&str; 5] = [USE_PASSKEY, "/incidents/new", "/addresses", "/help", "/policy"];

/// Whether an address is one of these that are open, or below one.
fn is_open(path: &str, open: &[&str]) -> bool {
    let within =
        |open: &str| path.strip_prefix(open).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    // What a report came to is shown once it is sent.
    let is_sent = path.starts_with("/incidents/") && path.ends_with("/sent");
    is_sent || open.iter().any(|open| within(open))
}

/// Where whoever has come so far goes on with signing in; nowhere once they are signed in.
#[must_use]
pub const fn next_step(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::SecondFactor => Some(SECOND_FACTOR),
        Stage::SetUpSecondFactor | Stage::ReplaceSecondFactor => Some(SET_UP),
        Stage::Full => None,
    }
}

/// Somebody who has signed in completely. As an argument of a handler it sends everybody else to sign in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account, as it stands now.
    pub account: Account,
    /// What the browser holds.
    pub token: String,
    /// When they last showed by something they hold that it is they.
    pub proved: Option<Timestamp>,
    /// Whether they used a passkey in this session.
    pub by_passkey: bool,
}

impl SignedIn {
    /// The account's reference.
    #[must_use]
    pub const fn id(&self) -> AccountId {
        self.account.id
    }

    /// Whether the account may do this at all.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        self.account.extent(action) > Extent::Nothing
    }

    /// Whether they are to use a passkey before this address is opened to them. Their first one is made after a password and code; whoever has
    /// one makes no other without it, or it would guard nothing.
    async fn lacks_passkey(&self, app: &App, path: &str) -> Result<bool, Problem> {
        if self.by_passkey || !app.takes_passkey(&self.account) || is_open(path, &WITHOUT_PASSKEY) {
            return Ok(false);
        }
        Ok(!is_open(path, &[PASSKEYS]) || !app.service.passkeys(self.id()).await?.is_empty())
    }

    /// Whether the code of an authenticator app will do to show that it is they: not where they came by a passkey that their roles take.
    #[must_use]
    pub fn may_prove_by_code(&self, app: &App) -> bool {
        !(self.by_passkey && app.takes_passkey(&self.account))
    }

    /// Turns away whoever may not do this at all.
    ///
    /// # Errors
    /// [`Problem::NotPermitted`].
    pub fn must(&self, action: Action) -> Result<(), Problem> {
        if self.may(action) { Ok(()) } else { Err(Problem::NotPermitted(action)) }
    }

    /// How much of a file they are shown; turns away whoever is shown nothing, as if there were none.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub fn reaches(&self, app: &App, file: File) -> Result<Disclosure, Problem> {
        match app.service.reach(self.id(), file) {
            Disclosure::Nothing => {
                tracing::warn!(security = "refused", reason = "out-of-reach", "turned away");
                app.service.note_denied(self.id(), file);
                Err(Problem::NotFound)
            }
            disclosure => Ok(disclosure),
        }
    }
}

impl OptionalFromRequestParts<App> for SignedIn {
    type Rejection = Infallible;

    /// For pages that anybody may read: nobody is sent anywhere.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Infallible> {
        Ok(<Self as FromRequestParts<App>>::from_request_parts(parts, app).await.ok())
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let token = token(&parts.headers, app.settings.transport);
        let Some(token) = token else { return Err(to_sign_in(parts)) };
        let session =
            app.service.session(&token).await.map_err(|fault| Problem::from(fault).into_response())?;
        let Some(session) = session else { return Err(to_sign_in(parts)) };
        tracing::Span::current().record("account", tracing::field::display(session.account));
        if let Some(step) = next_step(session.stage) {
            return Err(Problem::GoTo(step).into_response());
        }
        let account = app.service.read(|register| register.account(session.account).cloned());
        let account = account.ok_or_else(|| to_sign_in(parts))?;
        let who = Self { account, token, proved: session.proved, by_passkey: session.by_passkey };
        let path = parts.uri.path();
        let lacks = who.lacks_passkey(app, path).await.map_err(IntoResponse::into_response)?;
        if lacks {
            return Err(Problem::GoTo(USE_PASSKEY).into_response());
        }
        let today = app.service.today();
        let readiness = app.service.read(|register| people::readiness(register, &who.account, today));
        if matches!(readiness, Readiness::Barred(_)) && !is_open(path, &FOR_EVERYBODY) {
            return Err(Problem::GoTo(READY).into_response());
        }
        Ok(who)
    }
}

/// The token that the browser holds, if any.
#[must_use]
pub fn token(headers: &HeaderMap, transport: Transport) -> Option<String> {
    cookie(headers, cookie_name(transport))
}

/// What a browser says it is, in a plain word.
#[must_use]
pub fn device(headers: &HeaderMap) -> Device {
    Device::of(headers.get(USER_AGENT).and_then(|says| says.to_str().ok()).unwrap_or_default())
}

/// What the browser holds while it is away at the council's sign-on, if any.
#[must_use]
pub fn departure(headers: &HeaderMap, transport: Transport) -> Option<String> {
    cookie(headers, departure_name(transport))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| {
            let (held, value) = cookie.trim().split_once('=')?;
            (held == name && !value.is_empty()).then(|| value.to_owned())
        })
}

/// Sends the browser to `place` with this token from now on.
#[must_use]
pub fn begin(token: &SessionToken, transport: Transport, place: &str) -> Response {
    with_cookie(Redirect::to(place).into_response(), cookie_name(transport), token.as_str(), transport, "")
}

/// Sends the browser to the council's sign-on, with what shows at its return that it is the same browser.
#[must_use]
pub fn depart(held: &str, transport: Transport, address: &str) -> Response {
    let life = format!("; Max-Age={}", AWAY.as_secs());
    with_cookie(Redirect::to(address).into_response(), departure_name(transport), held, transport, &life)
}

/// Sends the browser to sign in, and takes from it the token and everything it keeps of this site.
#[must_use]
pub fn end(transport: Transport) -> Response {
    let mut response = with_cookie(
        Redirect::to(SIGN_IN).into_response(),
        cookie_name(transport),
        "",
        transport,
        "; Max-Age=0",
    );
    let forget = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert("clear-site-data", forget);
    response
}

/// Where somebody may be sent after signing in: a page of this site, or the home page.
#[must_use]
pub fn safe_place(next: &str) -> &str {
    let bytes = next.as_bytes();
    let is_ours = bytes.first() == Some(&b'/') && !matches!(bytes.get(1), Some(b'/' | b'\\'));
    if is_ours && bytes.iter().all(u8::is_ascii_graphic) && !next.starts_with(SIGN_IN) { next } else { "/" }
}

/// The address of a step of signing in that leads on to `next`.
#[must_use]
pub fn with_next(step: &str, next: &str) -> String {
    format!("{step}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}

fn to_sign_in(parts: &Parts) -> Response {
    let place = parts.uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    let address = match (parts.method == Method::GET, safe_place(place)) {
        (true, next) if next != "/" => with_next(SIGN_IN, next),
        _ => SIGN_IN.to_owned(),
    };
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// A `__Host-` cookie is bound to TLS and to this host by the browser itself; plain HTTP on this machine cannot have one.
const fn cookie_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-psr",
        Transport::Loopback => "psr",
    }
}

const fn departure_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-psr-council",
        Transport::Loopback => "psr-council",
    }
}

fn with_cookie(
    mut response: Response,
    name: &str,
    token: &str,
    transport: Transport,
    life: &str,
) -> Response {
    let secure = match transport {
        Transport::Tls => "; Secure",
        Transport::Loopback => "",
    };
    let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{life}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site_after_signing_in() {
        assert_eq!(safe_place("/incidents/I-7K3M-92QX?tab=2"), "/incidents/I-7K3M-92QX?tab=2");
        for next in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/sign-in?next=/sign-in",
            "javascript:x",
        ] {
            assert_eq!(safe_place(next), "/");
        }
    }

    #[test]
    fn whoever_is_not_ready_learns_reports_and_is_helped_and_does_nothing_else() {
        for open in
            ["/ready", "/ready/training", "/incidents/new/4/what", "/incidents/I-7K3M-92QX/sent", "/help"]
        {
            assert!(is_open(open, &FOR_EVERYBODY), "{open}");
        }
        for closed in ["/", "/check", "/readymade", "/incidents/I-7K3M-92QX", "/accounts", "/work"] {
            assert!(!is_open(closed, &FOR_EVERYBODY), "{closed}");
        }
    }

    #[test]
    fn the_token_is_found_among_other_cookies_and_only_under_its_own_name() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; __Host-psr=abc; psr=def"));
        assert_eq!(token(&headers, Transport::Tls).as_deref(), Some("abc"));
        assert_eq!(token(&headers, Transport::Loopback).as_deref(), Some("def"));
        assert_eq!(token(&HeaderMap::new(), Transport::Tls), None);
    }
}
