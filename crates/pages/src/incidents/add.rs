//! `/incidents/{incident}/add`: adds to a report. Nothing in a report is ever changed.

use super::{address, file};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::AddToIncident;
use register::ids::IncidentId;
use register::people::Action;
use web::{App, Form, Outcome, Reference, SignedIn};

/// `POST /incidents/{incident}/add`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(incident): Reference<IncidentId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::ConfirmIncident)?;
    let command = form.command(app.service.fresh_command());
    let Some(words) = form.text_within("added", "Enter what you want to add", 5_000) else {
        return file::draw(&app, &who, incident, form).await;
    };
    let answer = who.asks(&app, &form, command, AddToIncident { incident, words }).await?;
    match form.answered(answer, |_| "added")? {
        Some(_) => Ok(Redirect::to(&address(incident, "")).into_response()),
        None => file::draw(&app, &who, incident, form).await,
    }
}
