//! `/check/answers/{check}`: what to do, whom to ring, as of when. It says nothing that the asker did not give, but the precautions.
//!
//! What was typed was sent before, and the answer is drawn from the row it left: a browser that keeps where somebody was keeps a number.

use super::{DETAILS, typed};
use crate::page::{Page, Section};
use crate::part::{Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use register::ids::AccountId;
use register::moment::Actor;
use register::partner::Uncovered;
use register::people::Action;
use service::check::{Asked, Given, Kept, Remembered, Shown, ShownChallenge, ShownFooting, ShownMarker};
use service::watch::Watching;
use web::{App, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "check/answer.html")]
struct Screen {
    page: Page,
    found: Found,
    kept: Keeping,
    /// Whether somebody goes to meet the customer.
    goes: bool,
    watched: Watched,
    asked: Vec<Row>,
    /// Whoever rang and is to be told.
    rang: Option<String>,
}

/// An answer that is too old to be read as one.
#[derive(Template)]
#[template(path = "check/past.html")]
struct Past {
    page: Page,
    at: String,
}

/// Under what an answer is kept, and as of when it holds.
struct Keeping {
    as_of: String,
    /// What is quoted to whoever is rung.
    quote: String,
    /// The check whose precautions may be acknowledged; none where its row is not in the access log yet.
    check: Option<u64>,
    /// What is said first where the register cannot be reached.
    outage: Option<String>,
}

/// What is told of the days until the visit.
enum Watched {
    Nothing,
    Until(String),
    NotKept,
}

/// Whom to ring.
struct Ring {
    name: String,
    phone: String,
    telephone: String,
}

/// What is told.
enum Found {
    Marker { say: &'static str, markers: Vec<Told>, precautions: Vec<String> },
    Possible { say: &'static str, ring: Ring },
    NotCovered { say: &'static str, why: &'static str, ring: Ring },
    Nothing,
    CannotSay { say: &'static str, ring: Ring },
}

/// One marker in words.
struct Told {
    measure: String,
    footing: &'static str,
    challenge: &'static str,
    log: Option<String>,
    precautions: Vec<String>,
    restrictions: Vec<String>,
    ring: Ring,
    last_looked_at: Option<String>,
}

/// Where the answer to a check is read.
pub fn address(check: u64) -> String {
    format!("/check/answers/{check}")
}

/// `GET /check/answers/{check}`
pub async fn show(State(app): State<App>, who: SignedIn, Path(check): Path<u64>) -> Outcome {
    who.must(Action::Check)?;
    match app.service.given(who.id(), check).await?.ok_or(Problem::NotFound)? {
        Kept::Given(answer) => given(&app, &who, *answer),
        Kept::Past(at) => past(&app, &who, at),
    }
}

fn past(app: &App, who: &SignedIn, at: Timestamp) -> Outcome {
    let at = words::moment(at);
    let drawn = Page::of(app, who, "Check again")
        .within(Section::Check)
        .back_to("/check")
        .show(|page| Past { page, at })?;
    Ok((StatusCode::GONE, drawn).into_response())
}

/// Draws the answer from its row.
fn given(app: &App, who: &SignedIn, answer: Given) -> Outcome {
    let Given { check, code, at, asked, shown, rang, watching } = answer;
    let watched = match watching {
        Watching::NotPlanned => Watched::Nothing,
        Watching::Until(day) => Watched::Until(words::date(day)),
        Watching::NotKept => Watched::NotKept,
    };
    let kept = Keeping {
        as_of: format!("As of {}. Check {check}, {code}.", words::moment(at)),
        quote: format!("check {check}"),
        check: Some(check),
        outage: None,
    };
    draw(app, who, (rang, &asked), shown, watched, kept)
}

/// Draws what memory knows while the register cannot be reached. It is shown where it was asked: there is no row yet to draw it from again.
pub fn from_memory(
    app: &App,
    who: &SignedIn,
    rang: Option<AccountId>,
    asked: &Asked,
    known: Remembered,
) -> Outcome {
    let watched = if asked.purpose.goes() { Watched::NotKept } else { Watched::Nothing };
    let last_reached = words::moment(known.as_of);
    let kept = Keeping {
        as_of: format!("As of {last_reached}. Kept as {}.", known.quote),
        quote: known.quote,
        check: None,
        outage: Some(format!(
            "The register cannot be reached at the moment. This is what it said at {last_reached}. Ring before you rely on it."
        )),
    };
    let drawn = draw(app, who, (rang, asked), known.shown, watched, kept)?;
    Ok((StatusCode::SERVICE_UNAVAILABLE, drawn).into_response())
}

fn draw(
    app: &App,
    who: &SignedIn,
    (rang, asked): (Option<AccountId>, &Asked),
    shown: Shown,
    watched: Watched,
    kept: Keeping,
) -> Outcome {
    let rang = rang.map(|rang| app.service.read(|register| name_of(register, Actor::Account(rang))));
    let goes = asked.purpose.goes();
    // What the customer sent or said is logged once it can be.
    let logs = kept.outage.is_none() && who.may(Action::LogContact);
    Page::of(app, who, "Answer to your check").within(Section::Check).back_to("/check").show(|page| Screen {
        page,
        found: found(shown, goes, logs),
        kept,
        goes,
        watched,
        asked: rang.iter().map(|rang| Row::new("For", rang.clone())).chain(restated(asked)).collect(),
        rang,
    })
}

/// What whoever is not told more is to do.
const fn ring_first(goes: bool) -> &'static str {
    if goes { "Ring before you go." } else { "Ring before any contact." }
}

fn ring([name, phone]: [String; 2]) -> Ring {
    Ring { telephone: words::telephone(&phone), name, phone }
}

fn found(shown: Shown, goes: bool, logs: bool) -> Found {
    match shown {
        Shown::NoneFound => Found::Nothing,
        Shown::NotCovered { why, ring: rung } => Found::NotCovered {
            say: ring_first(goes),
            why: match Uncovered::from_key(&why) {
                Some(Uncovered::NoAgreement) => "Your organisation has no sharing agreement in force.",
                Some(Uncovered::OutsideScope) | None => {
                    "Your organisation’s sharing agreement does not cover this address or this purpose."
                }
            },
            ring: ring(rung),
        },
        Shown::CannotSay { ring: rung } => Found::CannotSay { say: ring_first(goes), ring: ring(rung) },
        Shown::Possible { ring: rung } => Found::Possible { say: ring_first(goes), ring: ring(rung) },
        Shown::Marker { markers } => {
            let markers: Vec<Told> = markers.into_iter().map(|marker| told(marker, logs)).collect();
            let mut precautions: Vec<String> = Vec::new();
            for line in
                markers.iter().flat_map(|marker| marker.precautions.iter().chain(&marker.restrictions))
            {
                if !precautions.contains(line) {
                    precautions.push(line.clone());
                }
            }
            let is_only_limits = markers.iter().all(|marker| marker.precautions.is_empty());
            let say = if is_only_limits { "Contact is limited." } else { "Do these things." };
            Found::Marker { say, markers, precautions }
        }
    }
}

fn told(marker: ShownMarker, logs: bool) -> Told {
    let log = marker.measure.parse().map(|measure| crate::measures::address(measure, "contacts/new"));
    Told {
        challenge: match marker.challenge {
            None => "",
            Some(ShownChallenge::UnderAppeal) => "The customer has appealed. It holds until that is decided.",
            Some(ShownChallenge::RemovalProposed) => "It may come off soon. It holds until then.",
            Some(ShownChallenge::Disputed) => "The customer disputes it. It holds while that is looked into.",
        },
        log: log.ok().filter(|_| logs && !marker.restrictions.is_empty()),
        footing: footing(marker.footing),
        last_looked_at: marker.last_considered.and_then(|day| day.parse().ok()).map(words::date),
        measure: marker.measure,
        precautions: marker.precautions,
        restrictions: marker.restrictions,
        ring: ring(marker.ring),
    }
}

/// What is to be known of why a marker stands; nothing where it stands as it should.
pub fn footing(of: ShownFooting) -> &'static str {
    match of {
        ShownFooting::InForce => "",
        ShownFooting::ReviewOverdue => {
            "The review of this marker is overdue. Follow it, and ring to ask whether it still holds."
        }
        ShownFooting::Provisional => {
            "This comes from an older list and has not been assessed yet. Follow it all the same."
        }
        ShownFooting::Interim => {
            "This is an interim marker: agreed for now, not decided yet. Follow it all the same."
        }
    }
}

/// What was planned, and for when.
pub(super) fn why(asked: &Asked) -> String {
    match asked.day {
        Some(day) => format!("{} on {}", asked.purpose.label(), words::date(day)),
        None => asked.purpose.label().to_owned(),
    }
}

/// What was asked, only from what was typed.
fn restated(asked: &Asked) -> Vec<Row> {
    let details = DETAILS
        .iter()
        .zip(typed(&asked.description))
        .filter_map(|((_, label, _), typed)| typed.as_ref().map(|typed| Row::new(*label, typed.clone())));
    let job = asked.job.iter().map(|job| Row::new("Job or case number", job.clone()));
    std::iter::once(Row::new("Why", why(asked))).chain(job).chain(details).collect()
}
