//! What the browser collected: for what, for which asking, on which site (Web Authentication 5.8.1).

use crate::Lie;
use serde::Deserialize;

pub(crate) const CREATE: &str = "webauthn.create";
pub(crate) const GET: &str = "webauthn.get";

/// More bytes than a browser collects.
const LONGEST: usize = 4096;

#[derive(Deserialize)]
struct Collected {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
    #[serde(rename = "topOrigin")]
    top_origin: Option<String>,
}

pub(crate) fn collected(
    bytes: &[u8],
    kind: &str,
    origin: &str,
    is_ours: impl FnOnce(&str) -> bool,
) -> Result<(), Lie> {
    if bytes.len() > LONGEST {
        return Err(Lie::TooLong);
    }
    let collected: Collected = serde_json::from_slice(bytes).map_err(|_| Lie::Client)?;
    if collected.kind != kind {
        return Err(Lie::Type);
    }
    if collected.origin != origin || collected.cross_origin || collected.top_origin.is_some() {
        return Err(Lie::Origin);
    }
    if is_ours(&collected.challenge) { Ok(()) } else { Err(Lie::Asking) }
}
