//! `/incidents/new/{report}/emergency`: somebody is in danger and nobody has been called. The report can wait.

use super::draft::Draft;
use super::question;
use super::{address, danger};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::CommandId;
use register::incident::Danger;
use web::{App, Outcome, Reference, SignedIn};

/// The last part of its address.
pub const PLACE: &str = "emergency";

#[derive(Template)]
#[template(path = "incidents/new/emergency.html")]
struct Screen {
    page: Page,
    onward: String,
}

/// `GET /incidents/new/{report}/emergency`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(report): Reference<CommandId>) -> Outcome {
    let draft = Draft::open(&app, &who, report).await?;
    let onward = address(report, question::after::<danger::Question>(&app, &draft));
    Page::of(&app, &who, "Ring 999 now")
        .within(Section::Report)
        .back_to(address(report, "danger"))
        .show(|page| Screen { page, onward })
}

/// `POST /incidents/new/{report}/emergency`: 999 has been called.
pub async fn send(State(app): State<App>, who: SignedIn, Reference(report): Reference<CommandId>) -> Outcome {
    let mut draft = Draft::open(&app, &who, report).await?;
    draft.put("danger", Danger::Called.key());
    draft.keep(&app, &who).await?;
    Ok(Redirect::to(&address(report, question::after::<danger::Question>(&app, &draft))).into_response())
}
