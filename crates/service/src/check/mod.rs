//! The check: what is asked before contact, answered from memory, with its row on disk before the answer is on screen.
//!
//! Any fault at all answers "cannot say: ring". No path from a fault leads to anything that could be read as "none found".

mod asked;

pub use asked::{Asked, Described, NotEnough};

use crate::access::{AccessKind, FactsV1, Sealed};
use crate::fault::Fault;
use crate::live::Live;
use crate::{Service, describe};
use jiff::{SignedDuration, Timestamp};
use matching::{Agreement, Band, Field, Hit};
use register::ids::AccountId;
use register::moment::{Actor, Moment};
use register::view::{self, Candidate, Certainty, Footing, Purpose, Ring, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;

/// A check that takes longer is answered "cannot say".
const LONGEST: Duration = Duration::from_secs(5);

/// How long the answer may be acknowledged.
const ACKNOWLEDGE_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// How often a check is answered again because what was recorded meanwhile changed its answer.
const ROUNDS: usize = 8;

/// An answer, kept as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The check's number: its position in the access log.
    pub check: u64,
    /// As of when.
    pub at: Timestamp,
    /// What was found.
    pub verdict: Verdict,
    /// A position of the register's log at which it holds: none that was on disk before the check's row is left out.
    pub answered_from: u64,
}

/// The check could not be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotSay {
    /// Whom to ring instead.
    pub ring: Ring,
}

/// The kinds of verdict, as rows keep them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// Live markers were shown.
    Marker,
    /// Whoever asked was told to ring.
    Possible,
    /// Nothing was found for what was asked.
    NoneFound,
}

impl From<&Verdict> for VerdictKind {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Marker(_) => Self::Marker,
            Verdict::Possible(_) => Self::Possible,
            Verdict::NoneFound => Self::NoneFound,
        }
    }
}

impl VerdictKind {
    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Marker => "Marker",
            Self::Possible => "Possible",
            Self::NoneFound => "None found",
        }
    }
}

/// The subjects a description may be of, as sure as matching is.
fn candidates(live: &Live, asked: &Asked) -> Vec<Candidate> {
    live.index
        .search(&asked.description.question())
        .into_iter()
        .map(|hit| Candidate {
            subject: describe::subject(hit.key),
            certainty: certainty(&hit, asked.purpose),
        })
        .collect()
}

/// How surely a hit is the one to be warned of. Whoever goes to a door meets whoever is behind it: for a visit, an address that
/// is the same is as sure as a person who is.
fn certainty(hit: &Hit, purpose: Purpose) -> Certainty {
    let same_place = || {
        hit.parts.iter().any(|part| {
            matches!(part.field, Field::Address | Field::Uprn) && part.agreement >= Agreement::Variant
        })
    };
    match hit.band {
        Band::Match => Certainty::Match,
        Band::Possible if purpose == Purpose::Visit && same_place() => Certainty::Match,
        Band::Possible => Certainty::Possible,
    }
}

/// The answer as shown, to be kept.
fn shown(verdict: &Verdict) -> serde_json::Value {
    match verdict {
        Verdict::NoneFound => json!({ "verdict": "none-found" }),
        Verdict::Possible(ring) => json!({ "verdict": "possible", "ring": [ring.name, ring.phone] }),
        Verdict::Marker(markers) => {
            let markers: Vec<_> = markers
                .iter()
                .map(|marker| {
                    json!({
                        "measure": marker.measure.to_string(),
                        "footing": match marker.footing {
                            Footing::InForce => "in-force",
                            Footing::ReviewOverdue => "review-overdue",
                            Footing::Interim => "interim",
                        },
                        "precautions": marker.precautions.iter().map(|p| p.words.as_str()).collect::<Vec<_>>(),
                        "restrictions": marker.restrictions,
                        "ring": [marker.ring.name, marker.ring.phone],
                        "last_considered": marker.last_considered.to_string(),
                    })
                })
                .collect();
            json!({ "verdict": "marker", "markers": markers })
        }
    }
}

impl Service {
    /// Answers a check. Whether what was asked is enough is asked before ([`Asked::enough`]).
    ///
    /// # Errors
    /// [`CannotSay`] on any fault, and when it takes too long.
    pub async fn check(&self, by: AccountId, asked: Asked) -> Result<Answer, CannotSay> {
        match tokio::time::timeout(LONGEST, self.answer(by, &asked)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_logged)) => Err(self.cannot_say()),
            Err(elapsed) => {
                Fault::log(&elapsed);
                Err(self.cannot_say())
            }
        }
    }

    /// What is said when nothing can be.
    #[must_use]
    pub fn cannot_say(&self) -> CannotSay {
        CannotSay { ring: self.read(view::duty_desk) }
    }

    async fn answer(&self, by: AccountId, asked: &Asked) -> Result<Answer, Fault> {
        for _ in 0..ROUNDS {
            let moment = Moment { at: self.now(), by: Actor::Account(by) };
            let (verdict, answered_from) = self.found(by, asked, &moment)?;
            let markers = match &verdict {
                Verdict::Marker(markers) => markers.iter().map(|marker| marker.measure.to_string()).collect(),
                _ => Vec::new(),
            };
            let facts = FactsV1 {
                kind: AccessKind::Check,
                about: None,
                purpose: Some(asked.purpose.key().to_owned()),
                day: asked.day,
                verdict: Some(VerdictKind::from(&verdict)),
                markers,
                check: None,
                answered_from,
            };
            let sealed = Sealed {
                asked: Some(serde_json::to_vec(&asked.description)?),
                shown: Some(serde_json::to_vec(&shown(&verdict))?),
            };
            let written = self.write_access(by, &facts, sealed).await?;
            // The row's commit tells how far the register had come. What was recorded meanwhile mostly concerns somebody else:
            // only an answer that it changes is given again, or a busy register would leave checks without any.
            let mut holds_at = answered_from;
            if written.register_size > answered_from {
                self.catch_up().await?;
                let (now, position) = self.found(by, asked, &moment)?;
                if now != verdict {
                    continue;
                }
                holds_at = position;
            }
            return Ok(Answer { check: written.position, at: written.at, verdict, answered_from: holds_at });
        }
        Err(Fault::because("the answer changed faster than it could be given"))
    }

    /// The answer as of what this process has read, and how far that is.
    fn found(&self, by: AccountId, asked: &Asked, moment: &Moment) -> Result<(Verdict, u64), Fault> {
        let live = self.live();
        let account = live
            .register
            .account(by)
            .ok_or_else(|| Fault::because("a check by an account that is not there"))?;
        let found = candidates(&live, asked);
        Ok((view::verdict(&live.register, account, &found, asked.purpose, moment), live.position))
    }

    /// Records that whoever asked has read the precautions of their check and will follow them. `None`, and no record, where the
    /// check is somebody else's, is too old, or showed no marker.
    ///
    /// # Errors
    /// A fault.
    pub async fn acknowledge(&self, by: AccountId, check: u64) -> Result<Option<()>, Fault> {
        let row = self.access(check).await?;
        let own = row.is_some_and(|row| {
            row.by == Some(by)
                && row.kind == AccessKind::Check
                && row.verdict == Some(VerdictKind::Marker)
                && self.now().duration_since(row.at) < ACKNOWLEDGE_WITHIN
        });
        if !own {
            return Ok(None);
        }
        let facts = FactsV1 {
            kind: AccessKind::Acknowledged,
            about: None,
            purpose: None,
            day: None,
            verdict: None,
            markers: Vec::new(),
            check: Some(check),
            answered_from: self.position(),
        };
        self.write_access(by, &facts, Sealed::default()).await.map(|_| Some(()))
    }
}
