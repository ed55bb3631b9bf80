//! `/account/sessions`: where whoever is signed in is signed in, and the end of what they do not know or no longer need.

use crate::page::Page;
use crate::part::Row;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use service::sign_in::{Device, OwnSession, Stage, Way};
use web::{App, Form, Outcome, Problem, SignedIn};

const HERE: &str = "/account/sessions";

#[derive(Template)]
#[template(path = "sessions.html")]
struct Screen {
    page: Page,
    held: Vec<Held>,
    has_others: bool,
}

/// A session that somebody has.
struct Held {
    number: String,
    device: String,
    rows: Vec<Row>,
    is_this: bool,
}

impl From<OwnSession> for Held {
    fn from(session: OwnSession) -> Self {
        let begun_with = match session.way {
            Way::Own => "A password or a passkey",
            Way::Council => "The council’s sign-on",
        };
        let state = match session.stage {
            Stage::Full if session.is_this => "Signed in: the one you are using now",
            Stage::Full => "Signed in",
            Stage::SecondFactor | Stage::SetUpSecondFactor | Stage::ReplaceSecondFactor => {
                "Not signed in: waits for the second factor"
            }
        };
        let number = session.number.to_string();
        let rows = vec![
            Row::new("State", state),
            Row::new("Since", words::moment(session.begun)),
            Row::new("Last used", words::moment(session.last_used)),
            Row::new("Begun with", begun_with),
            Row::new("Number", number.clone()),
        ];
        let device = session.device.as_ref().map_or("A device that is not known", Device::as_str).to_owned();
        Self { number, device, rows, is_this: session.is_this }
    }
}

/// `GET /account/sessions`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let held = app.service.sessions(who.id(), &who.token).await?;
    let held: Vec<Held> = held.into_iter().map(Held::from).collect();
    let has_others = held.iter().any(|held| !held.is_this);
    Page::of(&app, &who, "Where you are signed in").back_to("/account").show(|page| Screen {
        page,
        held,
        has_others,
    })
}

/// `POST /account/sessions/end`. Nothing is to be shown first: stopping something never waits.
pub async fn end(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    if !app.service.end_session(who.id(), form.value("number")).await? {
        return Err(Problem::NotFound);
    }
    Ok(Redirect::to(HERE).into_response())
}

/// `POST /account/sessions/end-others`
pub async fn end_others(State(app): State<App>, who: SignedIn) -> Outcome {
    app.service.end_other_sessions(who.id(), &who.token).await?;
    Ok(Redirect::to(HERE).into_response())
}
