//! `/incidents/new/{report}/check`: every answer once more, and sending the report.

use super::draft::Draft;
use super::needs::Needs;
use super::question::{Known, Question};
use super::report::{self, incident_of};
use super::you::Source;
use super::{address, contact, danger, evidence, harm, needs, what, when, who, you};
use crate::incidents;
use crate::page::{Page, Section};
use crate::part::Row;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::CommandId;
use register::incident::{Channel, Danger, Identity, Injury, Police, Protection};
use service::Upload;
use web::form::Choice;
use web::{App, Form, Outcome, Reference, SignedIn};

/// The last part of its address.
pub const PLACE: &str = "check";

#[derive(Template)]
#[template(path = "incidents/new/check.html")]
struct Screen {
    page: Page,
    parts: Vec<(&'static str, Vec<Row>)>,
}

/// `GET /incidents/new/{report}/check`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(report): Reference<CommandId>) -> Outcome {
    let draft = Draft::open(&app, &who, report).await?;
    match report::read(&mut draft.form(), &Known::of(&app)) {
        Ok(_) => draw(&app, &who, &draft, draft.form()),
        Err(place) => Ok(Redirect::to(&address(report, place)).into_response()),
    }
}

/// `POST /incidents/new/{report}/check`: files the report, once.
pub async fn send(State(app): State<App>, who: SignedIn, Reference(report): Reference<CommandId>) -> Outcome {
    let sent = incidents::address(incident_of(report), "sent");
    let Some(draft) = Draft::find(&app, &who, report).await? else {
        return Ok(Redirect::to(&sent).into_response());
    };
    let answers = match report::read(&mut draft.form(), &Known::of(&app)) {
        Ok(answers) => answers,
        Err(place) => return Ok(Redirect::to(&address(report, place)).into_response()),
    };
    let files = draft.files();
    let mut uploads = Vec::new();
    for file in &files {
        if let Some(bytes) = draft.bytes(&app, &who, file).await? {
            uploads.push(Upload { attachment: file.id, bytes });
        }
    }
    let mut form = draft.form();
    let answer = app.service.execute_with(who.id(), report, answers.command(report, &files), uploads).await;
    match form.answered(answer, |_| "")? {
        Some(_) => {
            draft.drop(&app, &who).await?;
            Ok(Redirect::to(&sent).into_response())
        }
        None => draw(&app, &who, &draft, form),
    }
}

fn draw(app: &App, who: &SignedIn, draft: &Draft, form: Form) -> Outcome {
    let known = Known::of(app);
    let parts = parts(draft, &known);
    Page::of(app, who, "Check your answers")
        .within(Section::Report)
        .back_to(address(draft.report, you::Question::PLACE))
        .with(form)
        .show(|page| Screen { page, parts })
}

fn parts(draft: &Draft, known: &Known) -> Vec<(&'static str, Vec<Row>)> {
    let mut form = draft.form();
    let happened = form.date("happened", "the date").map(words::date).unwrap_or_default();
    let time = form.optional_time("time", "the time").flatten().map(words::time).unwrap_or_default();
    let behaviours = known
        .behaviours
        .iter()
        .filter(|term| form.holds("behaviours", term.code.as_str()))
        .map(|term| term.words.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let files = draft
        .files()
        .iter()
        .map(|file| format!("{} ({})", file.name, file.kind()))
        .collect::<Vec<_>>()
        .join("\n");
    let needs = match Needs::from_key(form.value("needs")) {
        Some(Needs::Known) => form.value("needs-words").to_owned(),
        other => other.map(Choice::label).unwrap_or_default().to_owned(),
    };
    let told = match Source::from_key(form.value("source")) {
        Some(Source::Told) => format!("{}: {}", Source::Told.label(), form.value("told-by")),
        other => other.map(Choice::label).unwrap_or_default().to_owned(),
    };
    let row =
        |key: &str, value: String, place: &str| Row::new(key, value).change(address(draft.report, place));
    let typed = |key: &str, field: &str, place: &str| row(key, form.value(field).trim().to_owned(), place);
    vec![
        ("When and where", {
            let place = when::Question::PLACE;
            vec![
                row("Anyone in danger", chosen::<Danger>(&form, "danger"), danger::Question::PLACE),
                row("Date", happened, place),
                row("Time", time, place),
                row("How", chosen::<Channel>(&form, "channel"), place),
                typed("Where", "place", place),
            ]
        }),
        ("Who it was", {
            let place = who::Question::PLACE;
            vec![
                typed("Name", "name", place),
                typed("Address", "address", place),
                typed("Other details", "other", place),
                row("How sure you are", chosen::<Identity>(&form, "identity"), place),
                typed("How you know", "how", place),
            ]
        }),
        ("What happened", {
            let place = what::Question::PLACE;
            vec![
                typed("What happened", "what", place),
                typed("Exact words", "words", place),
                typed("Link", "post", place),
                row("Kinds of behaviour", behaviours, place),
            ]
        }),
        ("Harm", {
            let place = harm::Question::PLACE;
            vec![
                row("Injury", chosen::<Injury>(&form, "injury"), place),
                typed("Weapon, animal or damage", "weapon", place),
                typed("Others affected", "others", place),
                row("Police", chosen::<Police>(&form, "police"), place),
                typed("Police reference", "police-reference", place),
            ]
        }),
        ("Around it", {
            let place = needs::Question::PLACE;
            vec![
                row("Need or difficulty", needs, place),
                typed("What the service did", "own", place),
                typed("Likely to meet them", "likely", contact::Question::PLACE),
                typed("Suggested precautions", "precautions", contact::Question::PLACE),
            ]
        }),
        (
            "Evidence",
            vec![
                row("Files", files, evidence::Question::PLACE),
                typed("Witnesses and other evidence", "evidence", evidence::Question::PLACE),
            ],
        ),
        (
            "About you",
            vec![
                row("How you know about it", told, you::Question::PLACE),
                row("Your identity", chosen::<Protection>(&form, "protection"), you::Question::PLACE),
            ],
        ),
    ]
}

/// The label of an answer of a closed list.
fn chosen<C: Choice>(form: &Form, field: &str) -> String {
    C::from_key(form.value(field)).map(C::label).unwrap_or_default().to_owned()
}
