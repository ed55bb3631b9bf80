//! `/incidents`: the reports that somebody sent, and what came of each.

pub mod add;
pub mod attachment;
pub mod confirm;
pub mod file;
pub mod interim;
pub mod new;
pub mod people;
pub mod sent;
pub mod triage;

use crate::page::{Page, Section, under};
use crate::part::Tag;
use crate::words;
use askama::Template;
use axum::extract::State;
use register::ids::IncidentId;
use register::incident::Incident;
use register::people::Action;
use register::policy::Figure;
use register::state::Register;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "incidents/index.html")]
struct Screen {
    page: Page,
    reports: Vec<Report>,
}

/// One of somebody's own reports.
struct Report {
    reference: String,
    address: String,
    facts: String,
    state: Tag,
}

/// `GET /incidents`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReportIncident)?;
    let reports = app.service.read(|register| {
        let mut own: Vec<&Incident> =
            register.incidents().filter(|incident| incident.reporter == who.id()).collect();
        own.sort_by_key(|incident| std::cmp::Reverse(incident.reported.at));
        own.into_iter().map(report).collect()
    });
    Page::of(&app, &who, "Your reports")
        .within(Section::Report)
        .back_to("/")
        .show(|page| Screen { page, reports })
}

fn report(incident: &Incident) -> Report {
    let facts = &incident.facts;
    let (how, when) = (facts.channel.label(), words::date(facts.happened_on));
    let sent = words::date(incident.reported.date());
    Report {
        reference: incident.id.to_string(),
        address: address(incident.id, ""),
        facts: format!("{how}, {when}. Sent on {sent}."),
        state: state(incident),
    }
}

/// How far a report has come, naming nothing that it led to.
fn state(incident: &Incident) -> Tag {
    match incident.triage.as_ref().map(|triage| triage.measure) {
        None if incident.confirmed.is_some() => Tag::new("With the register team", "blue"),
        None => Tag::new("Received", "blue"),
        Some(None) => Tag::new("Logged", "grey"),
        Some(Some(_)) => Tag::new("Being assessed", "purple"),
    }
}

/// The day by which the register team decides where a report goes.
fn triage_by(register: &Register, incident: &Incident) -> String {
    words::date(register.policy().after(incident.reported.date(), Figure::Triage))
}

/// The address of an incident, or of something done with it.
pub fn address(incident: IncidentId, act: &str) -> String {
    under(format!("/incidents/{incident}"), act)
}
