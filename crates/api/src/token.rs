//! `POST /api/v1/token`: a token for a program's secret (OAuth 2.0, client credentials: RFC 6749, 4.4).

use crate::body;
use crate::trouble::Trouble;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use service::programs::{Scope, TOKEN_LIFE, TokenRefused};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use web::App;

/// What a program asks for a token with. Its reference and secret may stand in an `Authorization` header of the Basic kind instead.
#[derive(Deserialize, ToSchema)]
pub struct Asking {
    /// Always `client_credentials`.
    grant_type: String,
    /// What for, by blanks: all that the program may where nothing is said.
    scope: Option<String>,
    /// The reference of the program's account.
    client_id: Option<String>,
    /// Its secret: both halves, with a point between them.
    client_secret: Option<String>,
}

/// A token.
#[derive(Serialize, ToSchema)]
pub struct Given {
    /// Sent with every request: `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    /// What it is for, by blanks.
    scope: String,
}

/// Why no token is given (RFC 6749, 5.2).
#[derive(Serialize, ToSchema)]
pub struct NotGiven {
    /// Which of the reasons that the standard knows.
    error: &'static str,
    /// The same in words.
    error_description: String,
}

fn not_given(status: StatusCode, error: &'static str, words: impl Into<String>) -> Response {
    let response = (status, Json(NotGiven { error, error_description: words.into() }));
    match status {
        StatusCode::UNAUTHORIZED => ([(WWW_AUTHENTICATE, "Basic realm=\"psr\"")], response).into_response(),
        _ => response.into_response(),
    }
}

/// A program asks for a token.
#[utoipa::path(
    post, path = "/api/v1/token", tag = "token", operation_id = "token",
    request_body(content = Asking, content_type = "application/x-www-form-urlencoded"),
    security((), ("client" = [])),
    responses(
        (status = 200, description = "A token, good for an hour", body = Given),
        (status = 400, description = "Something else was asked for", body = NotGiven),
        (status = 401, description = "No such program, or its secret is not right", body = NotGiven),
        (status = 413, description = "More than is taken", body = Trouble, content_type = "application/problem+json"),
        (status = 415, description = "Not a form", body = Trouble, content_type = "application/problem+json"),
    )
)]
pub async fn give(State(app): State<App>, request: Request) -> Result<Response, Trouble> {
    let headers = request.headers().clone();
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Trouble::kind_of_body("a form, as application/x-www-form-urlencoded"));
    }
    let body = body::bytes(request, &app).await?;
    let Ok(asking) = serde_html_form::from_bytes::<Asking>(&body) else {
        let words = "the form must have grant_type, once, and may have scope, client_id and client_secret";
        return Ok(not_given(StatusCode::BAD_REQUEST, "invalid_request", words));
    };
    if asking.grant_type != "client_credentials" {
        let words = "grant_type must be client_credentials";
        return Ok(not_given(StatusCode::BAD_REQUEST, "unsupported_grant_type", words));
    }
    let wanted = match asking.scope.as_deref().map(scopes).transpose() {
        Ok(wanted) => wanted,
        Err(unknown) => return Ok(not_given(StatusCode::BAD_REQUEST, "invalid_scope", unknown)),
    };
    let shown = match (basic(&headers), asking.client_id, asking.client_secret) {
        (Ok(Some(_)), _, Some(_)) => {
            let words = "the secret must stand in the header or in the form, not in both";
            return Ok(not_given(StatusCode::BAD_REQUEST, "invalid_request", words));
        }
        (Ok(Some(shown)), ..) => Some(shown),
        (Ok(None), Some(client), Some(secret)) => Some((client, secret)),
        _ => None,
    };
    let Some((client, secret)) = shown else {
        let words = "the program must show its reference and its secret";
        return Ok(not_given(StatusCode::UNAUTHORIZED, "invalid_client", words));
    };
    match app.service.token(&client, &secret, wanted.as_ref()).await {
        Ok(token) => Ok(Json(Given {
            access_token: token.word,
            token_type: "Bearer",
            expires_in: TOKEN_LIFE.as_secs(),
            scope: token.scopes.iter().map(|scope| scope.key()).collect::<Vec<_>>().join(" "),
        })
        .into_response()),
        Err(TokenRefused::Fault(fault)) => Err(fault.into()),
        Err(refused @ TokenRefused::NotRight) => {
            Ok(not_given(StatusCode::UNAUTHORIZED, "invalid_client", refused.to_string()))
        }
        Err(refused @ TokenRefused::Scope) => {
            Ok(not_given(StatusCode::BAD_REQUEST, "invalid_scope", refused.to_string()))
        }
    }
}

/// The scopes that are written by blanks.
fn scopes(written: &str) -> Result<BTreeSet<Scope>, &'static str> {
    let known = "scope must be one or more of check, markers and staff, by blanks";
    let scopes = written.split_ascii_whitespace().map(|key| Scope::from_key(key).ok_or(known));
    let scopes = scopes.collect::<Result<BTreeSet<_>, _>>()?;
    if scopes.is_empty() { Err(known) } else { Ok(scopes) }
}

/// The reference and secret of a header of the Basic kind, if there is one.
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, ()> {
    let Some(header) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let (scheme, encoded) = header.to_str().map_err(|_| ())?.split_once(' ').ok_or(())?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(());
    }
    let decoded = STANDARD.decode(encoded.trim()).map_err(|_| ())?;
    let decoded = String::from_utf8(decoded).map_err(|_| ())?;
    let (client, secret) = decoded.split_once(':').ok_or(())?;
    Ok(Some((client.to_owned(), secret.to_owned())))
}
