//! `/accessibility`: the accessibility statement (Public Sector Bodies Accessibility Regulations 2018).

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use register::view;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Screen {
    page: Page,
    desk: String,
}

/// `GET /accessibility`
pub async fn show(State(app): State<App>, who: Option<SignedIn>) -> Outcome {
    let ring = app.service.read(view::duty_desk);
    let desk = format!("{}, {}", ring.name, ring.phone);
    Page::of_anybody(&app, who.as_ref(), "Accessibility").show(|page| Screen { page, desk })
}
