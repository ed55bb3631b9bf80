//! References in an address: `/accounts/A-7K3M-92QX`. Whatever is not one is not found.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use std::str::FromStr;

/// The reference that is the last variable part of the address.
#[derive(Debug, Clone, Copy)]
pub struct Reference<T>(pub T);

/// The references that are the last two variable parts of the address.
#[derive(Debug, Clone, Copy)]
pub struct References<T, U>(pub T, pub U);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Reference<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let [last] = last_of(parts, state).await?;
        Ok(Self(read(&last)?))
    }
}

impl<S: Send + Sync, T: FromStr + Send, U: FromStr + Send> FromRequestParts<S> for References<T, U> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let [first, last] = last_of(parts, state).await?;
        Ok(Self(read(&first)?, read(&last)?))
    }
}

/// The last variable parts of the address, in its order.
async fn last_of<const N: usize>(
    parts: &mut Parts,
    state: &(impl Send + Sync),
) -> Result<[String; N], Problem> {
    let parameters = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
    let all: Vec<&str> = parameters.iter().map(|(_, text)| text).collect();
    all.last_chunk::<N>().map(|last| last.map(str::to_owned)).ok_or(Problem::NotFound)
}

fn read<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
