//! The style sheet, scripts and images that the program carries, under an address that changes with their content.
//!
//! A release has them inside itself; a development build reads `assets/dist` when a page asks for them.

use crate::app::App;
use crate::problem::{Outcome, Problem};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets/dist"]
#[allow_missing = true]
struct Dist;

/// Where the assets lie, such as `/assets/5f0c9a1e`, without a slash at the end.
pub static BASE: LazyLock<String> = LazyLock::new(|| format!("/assets/{}", *VERSION));

/// The start of the digest of every file, names and all.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Dist::iter().collect();
    names.sort();
    let mut digest = Sha256::new();
    for name in names {
        if let Some(file) = Dist::get(&name) {
            digest.update(name.as_bytes());
            digest.update(file.metadata.sha256_hash());
        }
    }
    digest.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
});

/// Whether the assets have been made (`script/assets` makes them).
#[must_use]
pub fn are_made() -> bool {
    Dist::get("psr.css").is_some()
}

pub(crate) async fn show(Path((version, name)): Path<(String, String)>) -> Outcome {
    let EmbeddedFile { data, .. } = Dist::get(&name).ok_or(Problem::NotFound)?;
    let keep = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(([(CONTENT_TYPE, kind(&name)), (CACHE_CONTROL, keep)], data.into_owned()).into_response())
}

/// `/council.css`: the council's own colour.
pub(crate) async fn council(State(app): State<App>) -> Outcome {
    let brand = app.settings.brand.ok_or(Problem::NotFound)?;
    let sheet = format!(":root {{ --psr-brand: {brand}; }}\n");
    Ok(([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")], sheet).into_response())
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
