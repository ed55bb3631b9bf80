//! `/help`: what a check is, what its answers mean, whom to ring.

use crate::page::Page;
use crate::words;
use askama::Template;
use axum::extract::State;
use register::view::{self, Ring};
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "help.html")]
struct Screen {
    page: Page,
    ring: Ring,
    telephone: String,
}

/// `GET /help`
pub async fn show(State(app): State<App>, who: Option<SignedIn>) -> Outcome {
    let ring = app.service.read(view::duty_desk);
    let telephone = words::telephone(&ring.phone);
    Page::of_anybody(&app, who.as_ref(), "Help").show(|page| Screen { page, ring, telephone })
}
