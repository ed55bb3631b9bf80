//! `/incidents/{incident}/sent`: the report has arrived; what happens next.

use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use register::ids::IncidentId;
use register::incident::Danger;
use web::{App, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "incidents/sent.html")]
struct Screen {
    page: Page,
    reference: String,
    address: String,
    triage_by: String,
    /// Whether somebody was in danger and nobody had been called.
    nobody_was_called: bool,
}

/// `GET /incidents/{incident}/sent`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<IncidentId>) -> Outcome {
    let (triage_by, danger) = app
        .service
        .read(|register| {
            let own = register.incident(id).filter(|incident| incident.reporter == who.id())?;
            Some((super::triage_by(register, own), own.facts.danger))
        })
        .ok_or(Problem::NotFound)?;
    Page::of(&app, &who, "Report sent").within(Section::Report).show(|page| Screen {
        page,
        reference: id.to_string(),
        address: super::address(id, ""),
        triage_by,
        nobody_was_called: danger == Danger::NotCalled,
    })
}
