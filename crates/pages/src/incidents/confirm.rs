//! `/incidents/{incident}/confirm`: a line manager confirms a report of the team.

use super::{address, file};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ConfirmIncident;
use register::ids::IncidentId;
use register::people::Action;
use web::{App, Form, Outcome, Reference, SignedIn};

/// `POST /incidents/{incident}/confirm`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(incident): Reference<IncidentId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::ConfirmIncident)?;
    let command = form.command(app.service.fresh_command());
    let ask = "Enter what you confirmed and how your member of staff is supported";
    let Some(words) = form.text_within("confirmed", ask, 5_000) else {
        return file::draw(&app, &who, incident, form).await;
    };
    let answer = who.asks(&app, &form, command, ConfirmIncident { incident, words }).await?;
    match form.answered(answer, |_| "confirmed")? {
        Some(_) => Ok(Redirect::to(&address(incident, "")).into_response()),
        None => file::draw(&app, &who, incident, form).await,
    }
}
