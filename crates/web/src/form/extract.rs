//! Forms from requests: bodies of either kind, and queries. Only a body larger than any form is turned away.

use super::{Form, Typed, Uploaded};
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use std::convert::Infallible;

/// The most bytes of a body, files and all.
pub const LARGEST_BODY: usize = 25 << 20;
/// The most bytes of a body from whoever has not signed in: words, and no files.
pub const STRANGERS_BODY: usize = 256 << 10;

/// A filter typed into a GET form: the query of the address.
#[derive(Debug, Clone)]
pub struct Filter(pub Form);

impl<S: Send + Sync> FromRequestParts<S> for Filter {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(Typed::from_urlencoded(query.as_bytes()).into()))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let typed = if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            match Multipart::from_request(request, state).await {
                Ok(parts) => multipart(parts).await?,
                Err(_) => Typed::default(),
            }
        } else {
            let body = Bytes::from_request(request, state).await;
            match body {
                Ok(bytes) => Typed::from_urlencoded(&bytes),
                Err(rejection) => forgive(rejection.status())?,
            }
        };
        Ok(typed.into())
    }
}

/// Reads what there is; a part that cannot be read ends the form.
async fn multipart(mut parts: Multipart) -> Result<Typed, Problem> {
    let mut typed = Typed::default();
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(typed),
            Err(error) => return forgive(error.status()).map(|_| typed),
        };
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = match part.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return forgive(error.status()).map(|_| typed),
        };
        match file {
            Some(name) => typed.add_file(&field, Uploaded { name, bytes: bytes.to_vec() }),
            None => typed.add(&field, &String::from_utf8_lossy(&bytes)),
        }
    }
}

fn forgive(status: StatusCode) -> Result<Typed, Problem> {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Err(Problem::TooMuch) } else { Ok(Typed::default()) }
}
