//! A reference in an address: `/accounts/A-7K3M-92QX`. Whatever is not one is not found.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use std::str::FromStr;

/// The reference that is the last variable part of the address.
#[derive(Debug, Clone, Copy)]
pub struct Reference<T>(pub T);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Reference<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let parameters =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        let (_, text) = parameters.iter().last().ok_or(Problem::NotFound)?;
        text.parse().map(Self).map_err(|_| Problem::NotFound)
    }
}
