//! Why the directory is not answered, as it reads it (RFC 7644, 3.12).

use super::KIND;
use crate::trouble::Trouble;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use register::refusal::Refusal;
use serde_json::json;
use service::{Failure, Fault};

/// Why there is no answer.
#[derive(Debug)]
pub enum ScimTrouble {
    /// As every program reads it: no token, another scope, our own failure.
    Any(Box<Trouble>),
    /// As the standard has it.
    Scim {
        /// The status of the answer.
        status: StatusCode,
        /// What kind, where the standard has a word for it.
        kind: Option<&'static str>,
        /// In words.
        detail: String,
    },
}

impl ScimTrouble {
    fn of(status: StatusCode, kind: Option<&'static str>, detail: impl Into<String>) -> Self {
        Self::Scim { status, kind, detail: detail.into() }
    }

    /// A value that cannot be taken.
    pub fn value(detail: impl Into<String>) -> Self {
        Self::of(StatusCode::BAD_REQUEST, Some("invalidValue"), detail)
    }

    /// What was sent is not of the form.
    pub fn syntax(detail: impl Into<String>) -> Self {
        Self::of(StatusCode::BAD_REQUEST, Some("invalidSyntax"), detail)
    }

    /// A path of a change that leads nowhere.
    pub fn path(path: &str) -> Self {
        Self::of(StatusCode::BAD_REQUEST, Some("invalidPath"), format!("{path} cannot be changed here"))
    }

    /// A filter that is not taken.
    pub fn filter(attributes: &[&str]) -> Self {
        let words =
            format!("a filter must be one of {}, then eq and a text in quotes", attributes.join(", "));
        Self::of(StatusCode::BAD_REQUEST, Some("invalidFilter"), words)
    }

    /// Something that only the register changes.
    pub fn fixed(detail: &str) -> Self {
        Self::of(StatusCode::BAD_REQUEST, Some("mutability"), detail)
    }

    /// There is one already.
    pub fn taken(detail: impl Into<String>) -> Self {
        Self::of(StatusCode::CONFLICT, Some("uniqueness"), detail)
    }

    /// There is no such thing.
    pub fn not_found() -> Self {
        Self::of(StatusCode::NOT_FOUND, None, "There is no such thing")
    }
}

impl From<Trouble> for ScimTrouble {
    fn from(trouble: Trouble) -> Self {
        Self::Any(Box::new(trouble))
    }
}

impl From<Fault> for ScimTrouble {
    fn from(fault: Fault) -> Self {
        Trouble::from(fault).into()
    }
}

impl From<Failure> for ScimTrouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal @ Refusal::EmailTaken) => Self::taken(refusal.to_string()),
            Failure::Refused(Refusal::NoSuchAccount | Refusal::NoSuchFile) => Self::not_found(),
            Failure::Refused(refusal) => Self::value(refusal.to_string()),
            Failure::Fault(fault) => fault.into(),
        }
    }
}

impl IntoResponse for ScimTrouble {
    fn into_response(self) -> Response {
        match self {
            Self::Any(trouble) => trouble.into_response(),
            Self::Scim { status, kind, detail } => {
                let mut body = json!({
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
                    "status": status.as_u16().to_string(),
                    "detail": detail,
                });
                if let (Some(kind), Some(body)) = (kind, body.as_object_mut()) {
                    body.insert("scimType".to_owned(), kind.into());
                }
                (status, [(CONTENT_TYPE, KIND)], body.to_string()).into_response()
            }
        }
    }
}
