//! What a handler answers when there is no page to show: one closed list, mapped to HTTP in one place.
//!
//! The words and the page are drawn by whoever gives [`frame`](crate::frame::frame) its drawing function; here is only which
//! problem it is. Mistakes in a form are not problems of this kind: the form is shown again.

use crate::proof::Proving;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use register::people::Action;
use register::refusal::Refusal;
use service::{Failure, Fault};

/// A page, or why there is none.
pub type Outcome = Result<Response, Problem>;

/// Why there is no page to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No such page or file, or not for this reader to know.
    NotFound,
    /// The roles of this account do not allow it.
    NotPermitted(Action),
    /// A rule of the policy, where there was no form to show it on.
    Refused(Refusal),
    /// We failed; the fault has a number.
    Fault(Fault),
    /// It took too long and was given up; whether it was done is not known.
    TookTooLong(Fault),
    /// More was sent than is taken.
    TooMuch,
    /// The address exists and does not do this.
    WrongMethod,
    /// The form came from another site.
    FromElsewhere,
    /// Whoever asks is to show first that it is they.
    Prove(Box<Proving>),
    /// Not here now: the browser is sent to this address.
    GoTo(&'static str),
}

impl Problem {
    /// The status that programs read.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotPermitted(_) | Self::FromElsewhere | Self::Prove(_) => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TookTooLong(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooMuch => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::GoTo(_) => StatusCode::SEE_OTHER,
        }
    }

    /// Why somebody was turned away from what is not theirs to do, as the log says it to whoever watches for attacks (OWASP ASVS 5.0, 16.3.2).
    pub(crate) const fn turns_away(&self) -> Option<&'static str> {
        match self {
            Self::NotPermitted(_) => Some("not-permitted"),
            Self::FromElsewhere => Some("from-elsewhere"),
            Self::TooMuch => Some("too-much"),
            _ => None,
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotPermitted(action) => Self::NotPermitted(action),
            Refusal::NoSuchFile => Self::NotFound,
            other => Self::Refused(other),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Fault(fault) => fault.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Self::GoTo(place) = self {
            return Redirect::to(place).into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
