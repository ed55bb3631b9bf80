//! The answer to a check: what to do, whom to ring, as of when. It says nothing that the asker did not give, but the precautions.

use super::{DETAILS, typed};
use crate::page::{Page, Section};
use crate::part::{Row, name_of};
use crate::words;
use askama::Template;
use register::ids::AccountId;
use register::moment::Actor;
use register::partner::Uncovered;
use register::people::Action;
use register::view::{Challenge, Marker, Purpose, Ring, Verdict};
use service::check::{Answer, Asked, ShownFooting};
use service::watch::Watching;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "check/answer.html")]
struct Screen {
    page: Page,
    found: Found,
    as_of: String,
    check: u64,
    /// Whether somebody goes to meet the customer.
    goes: bool,
    watched: Watched,
    asked: Vec<Row>,
    /// Whoever rang and is to be told.
    rang: Option<String>,
}

/// What is told of the days until the visit.
enum Watched {
    Nothing,
    Until(String),
    NotKept,
}

/// What is told.
enum Found {
    Marker { say: &'static str, markers: Vec<Told>, precautions: Vec<String> },
    Possible { say: &'static str, ring: Ring, telephone: String },
    NotCovered { say: &'static str, why: &'static str, ring: Ring, telephone: String },
    Nothing,
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
    telephone: String,
    last_looked_at: Option<String>,
}

/// Draws the answer. It comes from a POST, and nothing of it stands in an address.
pub fn draw(app: &App, who: &SignedIn, rang: Option<AccountId>, asked: &Asked, answer: Answer) -> Outcome {
    let rang = rang.map(|rang| app.service.read(|register| name_of(register, Actor::Account(rang))));
    let goes = matches!(asked.purpose, Purpose::Visit | Purpose::Meeting);
    Page::of(app, who, "Answer to your check").within(Section::Check).back_to("/check").show(|page| Screen {
        page,
        found: found(answer.verdict, goes, who.may(Action::LogContact)),
        as_of: format!("As of {}. Check {}, {}.", words::moment(answer.at), answer.check, answer.code),
        check: answer.check,
        goes,
        watched: match answer.watching {
            Watching::NotPlanned => Watched::Nothing,
            Watching::Until(day) => Watched::Until(words::date(day)),
            Watching::NotKept => Watched::NotKept,
        },
        asked: rang.iter().map(|rang| Row::new("For", rang.clone())).chain(restated(asked)).collect(),
        rang,
    })
}

/// What whoever is not told more is to do.
const fn ring_first(goes: bool) -> &'static str {
    if goes { "Ring before you go." } else { "Ring before any contact." }
}

fn found(verdict: Verdict, goes: bool, logs: bool) -> Found {
    match verdict {
        Verdict::NoneFound => Found::Nothing,
        Verdict::NotCovered(why, ring) => Found::NotCovered {
            say: ring_first(goes),
            why: match why {
                Uncovered::NoAgreement => "Your organisation has no sharing agreement in force.",
                Uncovered::OutsideScope => {
                    "Your organisation’s sharing agreement does not cover this address or this purpose."
                }
            },
            telephone: words::telephone(&ring.phone),
            ring,
        },
        Verdict::Possible(ring) => {
            let say = ring_first(goes);
            Found::Possible { say, telephone: words::telephone(&ring.phone), ring }
        }
        Verdict::Marker(markers) => {
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

fn told(marker: Marker, logs: bool) -> Told {
    Told {
        challenge: match marker.challenge {
            Challenge::None => "",
            Challenge::UnderAppeal => "The customer has appealed. It holds until that is decided.",
            Challenge::RemovalProposed => "It may come off soon. It holds until then.",
            Challenge::Disputed => "The customer disputes it. It holds while that is looked into.",
        },
        log: (logs && !marker.restrictions.is_empty())
            .then(|| crate::measures::address(marker.measure, "contacts/new")),
        measure: marker.measure.to_string(),
        footing: footing(marker.footing.into()),
        precautions: marker.precautions.into_iter().map(|line| line.words).collect(),
        restrictions: marker.restrictions,
        telephone: words::telephone(&marker.ring.phone),
        ring: marker.ring,
        last_looked_at: marker.last_considered.map(words::date),
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
