//! Why a program is not answered, as it reads it: one shape for all of them (RFC 9457), mapped from the same closed list that pages draw.

use axum::http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use register::refusal::Refusal;
use register::view::{self, Ring};
use serde::Serialize;
use service::programs::Scope;
use service::{Failure, Fault};
use utoipa::ToSchema;
use web::frame::Asked;
use web::{App, Problem};

/// What every answer of this kind is.
const KIND: &str = "application/problem+json";

/// Whom to ring, and the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RingJson {
    /// Whom.
    pub name: String,
    /// The number.
    pub phone: String,
}

impl From<Ring> for RingJson {
    fn from(ring: Ring) -> Self {
        Self { name: ring.name, phone: ring.phone }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Trouble {
    /// What kind of problem it is, for programs.
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    kind: &'static str,
    /// The same in words, for people.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What it is about this time.
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
    /// Where a check could not be answered: whom to ring instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    ring: Option<Box<RingJson>>,
    /// The number of our own failure, to quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    #[serde(skip)]
    header: Option<Box<(HeaderName, HeaderValue)>>,
}

impl Trouble {
    fn new(status: StatusCode, kind: &'static str, title: &'static str) -> Self {
        Self {
            kind,
            title,
            status: status.as_u16(),
            detail: String::new(),
            ring: None,
            fault: None,
            header: None,
        }
    }

    fn saying(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }

    /// No token, or none that is good.
    #[must_use]
    pub fn no_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "urn:psr:token", "A token that is good is needed")
            .saying("Ask for one at /api/v1/token. It is good for an hour, and for as long as the program may ask")
            .with(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""))
    }

    /// A good token that does not open this.
    #[must_use]
    pub fn scope(needed: Scope) -> Self {
        let needed = needed.key();
        let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{needed}\"");
        let challenge = HeaderValue::from_str(&challenge).unwrap_or(HeaderValue::from_static("Bearer"));
        Self::new(StatusCode::FORBIDDEN, "urn:psr:scope", "The token is not for this")
            .saying(format!("It needs the scope {needed}"))
            .with(WWW_AUTHENTICATE, challenge)
    }

    /// What was sent is not what is asked for.
    #[must_use]
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "urn:psr:unreadable", "This cannot be read").saying(detail)
    }

    /// What was sent is of another kind.
    #[must_use]
    pub fn kind_of_body(wanted: &str) -> Self {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self::new(status, "urn:psr:kind", "This is of another kind").saying(format!("Send {wanted}"))
    }

    /// It can be read, and is not enough to be answered.
    #[must_use]
    pub fn not_enough(detail: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, "urn:psr:not-enough", "This is not enough to be answered").saying(detail)
    }

    /// Whoever asks has asked about too many.
    #[must_use]
    pub fn too_many(ring: Ring, seconds: u32) -> Self {
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut trouble = Self::new(status, "urn:psr:too-many", "Cannot say: too many questions")
            .saying("This is no answer. Ring before any contact")
            .with(RETRY_AFTER, HeaderValue::from(seconds));
        trouble.ring = Some(Box::new(ring.into()));
        trouble
    }

    /// A check that could not be answered.
    #[must_use]
    pub fn cannot_say(ring: Ring) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        let mut trouble = Self::new(status, "urn:psr:cannot-say", "Cannot say: ring before any contact")
            .saying("Something failed. This is no answer, and says nothing about anybody");
        trouble.ring = Some(Box::new(ring.into()));
        trouble
    }

    /// There is no such thing for this program to know of.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "urn:psr:not-found", "There is no such thing")
    }

    fn refused(refusal: &Refusal) -> Self {
        Self::new(StatusCode::CONFLICT, "urn:psr:refused", "A rule of the register refuses this")
            .saying(refusal.to_string())
    }

    fn failed(status: StatusCode, fault: &Fault) -> Self {
        let mut trouble =
            Self::new(status, "urn:psr:fault", "We failed").saying("Nothing of it is an answer");
        trouble.fault = Some(fault.number().to_string());
        trouble
    }
}

impl From<&Problem> for Trouble {
    fn from(problem: &Problem) -> Self {
        let of = |kind, title| Self::new(problem.status(), kind, title);
        match problem {
            Problem::NotFound => Self::not_found(),
            Problem::NotPermitted(action) => {
                of("urn:psr:not-permitted", "The program may not do this").saying(action.label())
            }
            Problem::Refused(refusal) => Self::refused(refusal),
            Problem::Fault(fault) | Problem::TookTooLong(fault) => Self::failed(problem.status(), fault),
            Problem::TooMuch => of("urn:psr:too-much", "This is more than is taken"),
            Problem::WrongMethod => of("urn:psr:method", "The address does not do this"),
            // None of these is for programs: nothing here asks for a form or a proof, or leads elsewhere.
            Problem::FromElsewhere | Problem::Prove(_) | Problem::GoTo(_) => {
                Self::new(StatusCode::FORBIDDEN, "urn:psr:not-for-programs", "This is not for programs")
            }
        }
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::from(&problem)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Problem::from(failure).into()
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Problem::from(fault).into()
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, KIND)], body).into_response();
        if let Some((name, value)) = self.header.map(|header| *header) {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// Draws a problem for a program. Under a check, none can be read as an answer.
pub fn draw(app: &App, asked: &Asked, problem: &Problem) -> Response {
    let mut trouble = Trouble::from(problem);
    if asked.path.starts_with("/api/v1/checks") && problem.status().is_server_error() {
        trouble.ring = Some(Box::new(app.service.read(view::duty_desk).into()));
    }
    trouble.into_response()
}
