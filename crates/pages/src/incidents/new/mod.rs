//! `/incidents/new`: a report in question pages, its draft kept at every step.
//!
//! The draft's key is the [`CommandId`] with which the report is sent in the end: sent twice, it is filed once.

pub mod check;
pub mod contact;
pub mod danger;
mod draft;
pub mod emergency;
pub mod evidence;
mod files;
pub mod harm;
pub mod needs;
pub mod question;
mod report;
pub mod what;
pub mod when;
pub mod who;
pub mod you;

pub use danger::Unsent;
pub use files::size_in_words;

use crate::page::{Page, Section};
use crate::words;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use danger::Screen;
use draft::Draft;
use question::{Known, Question};
use register::calendar;
use register::ids::CommandId;
use register::people::Action;
use service::Fault;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

/// `GET /incidents/new`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReportIncident)?;
    draw(&app, &who, Form::new(app.service.fresh_command())).await
}

/// `POST /incidents/new`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ReportIncident)?;
    let Some(danger) = danger::Question::read(&mut form, &Known::of(&app)) else {
        return draw(&app, &who, form).await;
    };
    let mut draft = begun(&app, &who, form.command(app.service.fresh_command())).await?;
    draft.take(danger::Question::FIELDS, &form);
    draft.keep(&app, &who).await?;
    let place = question::onward::<danger::Question>(&app, &draft, &danger);
    Ok(Redirect::to(&place).into_response())
}

/// The draft that a first page begins. Sent again it goes on with its own, and nothing typed since is lost; where its report was
/// filed already, what follows is another report.
async fn begun(app: &App, who: &SignedIn, named: CommandId) -> Result<Draft, Problem> {
    let is_filed = app.service.read(|register| register.incident(report::incident_of(named)).is_some());
    if is_filed {
        return Ok(Draft::new(app.service.fresh_command()));
    }
    Ok(Draft::find(app, who, named).await?.unwrap_or_else(|| Draft::new(named)))
}

/// `GET /incidents/new/{report}`: goes on where the report was left.
pub async fn resume(State(app): State<App>, who: SignedIn, Reference(id): Reference<CommandId>) -> Outcome {
    let draft = Draft::open(&app, &who, id).await?;
    let place = report::read(&mut draft.form(), &Known::of(&app)).err().unwrap_or(check::PLACE);
    Ok(Redirect::to(&address(id, place)).into_response())
}

/// The reports that somebody began and did not send.
///
/// # Errors
/// A fault.
pub async fn unsent(app: &App, who: &SignedIn) -> Result<Vec<Unsent>, Fault> {
    let drafts = app.service.drafts(who.id()).await?;
    let reports = drafts.into_iter().filter(|(key, _)| draft::is_report(key));
    Ok(reports
        .map(|(key, until)| Unsent {
            address: format!("/incidents/new/{key}"),
            until: words::date(calendar::london(until)),
        })
        .collect())
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let unsent = unsent(app, who).await?;
    Page::of(app, who, danger::Question::TITLE)
        .within(Section::Report)
        .back_to("/")
        .with(form)
        .show(|page| Screen::new(page, unsent))
}

/// The address of a step of a report. Its key tells nothing about anybody.
fn address(report: CommandId, place: &str) -> String {
    format!("/incidents/new/{report}/{place}")
}
