//! The check: what is asked before contact, answered from memory, with its row on disk before the answer is on screen.
//!
//! Any fault at all answers "cannot say: ring". No path from a fault leads to anything that could be read as "none found".

mod asked;
mod given;
mod remembered;
mod shown;

pub(crate) use asked::purpose_of;
pub use asked::{Asked, Described, NotEnough};
pub use given::{Given, Kept};
pub use remembered::Remembered;
pub use shown::{Shown, ShownChallenge, ShownFooting, ShownMarker};

use crate::access::{AccessKind, Errand, FactsV1, Sealed};
use crate::budget::{Over, Spends, Way};
use crate::fault::Fault;
use crate::live::Live;
use crate::watch::Watching;
use crate::{Service, describe};
use jiff::{SignedDuration, Timestamp};
use ledger::receipt::Code;
use ledger::tree::Head;
use matching::{Agreement, Band, Field, Hit};
use register::ids::AccountId;
use register::moment::{Actor, Moment};
use register::partner::Search;
use register::view::{self, Candidate, Certainty, Purpose, Ring, Verdict};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A check that takes longer is answered "cannot say".
const LONGEST: Duration = Duration::from_secs(5);

/// How long the answer may be acknowledged.
const ACKNOWLEDGE_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// How often a check is answered again because what was recorded meanwhile changed its answer.
pub(crate) const ROUNDS: usize = 8;

/// An answer, kept as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The check's number: its position in the access log.
    pub check: u64,
    /// Its row in sixteen letters: what a receipt of it can be told by.
    pub code: Code,
    /// As of when.
    pub at: Timestamp,
    /// What was found.
    pub verdict: Verdict,
    /// A position of the register's log at which it holds: none that was on disk before the check's row is left out.
    pub answered_from: u64,
    /// Whether whoever asked is told if it changes.
    pub watching: Watching,
}

/// Who asks, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Who asks: the row is theirs, and so is what they spend.
    pub by: AccountId,
    /// Whoever rang them, where they ask for somebody else: the answer is what that person would have been shown.
    pub rang: Option<AccountId>,
}

impl Asker {
    /// Whoever is told the answer in the end.
    const fn told(self) -> AccountId {
        match self.rang {
            Some(rang) => rang,
            None => self.by,
        }
    }
}

impl From<AccountId> for Asker {
    fn from(by: AccountId) -> Self {
        Self { by, rang: None }
    }
}

/// The check could not be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotSay {
    /// Whom to ring instead.
    pub ring: Ring,
    /// Why nothing is said.
    pub why: Why,
    /// What memory knows, where the register's store alone is at fault.
    pub remembered: Option<Box<Remembered>>,
}

/// Why a check was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Something failed.
    Fault,
    /// Whoever asks has asked about too many.
    Over(Over),
}

/// What comes of answering a check.
enum Answered {
    Said(Answer),
    NotSaid(Over),
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
fn candidates(live: &Live, description: &Described, purpose: Purpose) -> Vec<Candidate> {
    live.index
        .search(&description.question())
        .into_iter()
        .map(|hit| Candidate { subject: describe::subject(hit.key), certainty: certainty(&hit, purpose) })
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

/// The row of the access log that answers a check.
pub(crate) fn row(
    asked: &Asked,
    errand: Option<Errand>,
    shown: &Shown,
    answered_from: u64,
) -> Result<(FactsV1, Sealed), Fault> {
    let (facts, sealed) = row_of(AccessKind::Check, asked, errand, answered_from)?;
    let facts = FactsV1 { verdict: Some(shown.kind()), markers: shown.measures(), ..facts };
    Ok((facts, Sealed { shown: Some(serde_json::to_vec(shown)?), ..sealed }))
}

/// The row of something that was asked, whatever came of it.
fn row_of(
    kind: AccessKind,
    asked: &Asked,
    errand: Option<Errand>,
    answered_from: u64,
) -> Result<(FactsV1, Sealed), Fault> {
    let facts = FactsV1 {
        purpose: Some(asked.purpose.key().to_owned()),
        day: asked.day,
        errand,
        ..FactsV1::of(kind, answered_from)
    };
    let sealed = Sealed {
        asked: Some(serde_json::to_vec(&asked.description)?),
        shown: None,
        job: asked.job.as_ref().map(|job| job.clone().into_bytes()),
    };
    Ok((facts, sealed))
}

impl Live {
    /// The answer as of what this process has read.
    pub(crate) fn verdict(&self, by: AccountId, asked: &Asked, moment: &Moment) -> Result<Verdict, Fault> {
        let account = self
            .register
            .account(by)
            .ok_or_else(|| Fault::because("a check by an account that is not there"))?;
        let look_up = |search: Search<'_>| candidates(self, &asked.description.within(search), asked.purpose);
        Ok(view::verdict(&self.register, account, asked.question(), look_up, moment))
    }
}

impl Service {
    /// Answers a check. Whether what was asked is enough is asked before ([`Asked::enough`]).
    ///
    /// # Errors
    /// [`CannotSay`] on any fault, when it takes too long, and where they have asked about too many.
    pub async fn check(&self, asker: impl Into<Asker>, asked: Asked) -> Result<Answer, CannotSay> {
        let asker = asker.into();
        match tokio::time::timeout(LONGEST, self.answer(asker, &asked)).await {
            Ok(Ok(Answered::Said(mut answer))) => {
                self.note_denied_check(asker.told(), &asked);
                answer.watching = self.watch(asker, &asked, &answer).await;
                Ok(answer)
            }
            Ok(Ok(Answered::NotSaid(over))) => Err(self.cannot_say(Why::Over(over))),
            Ok(Err(fault)) if !fault.is_outage() => Err(self.cannot_say(Why::Fault)),
            Ok(Err(_logged)) => Err(self.not_reached(asker, &asked).await),
            Err(elapsed) => {
                Fault::log(&elapsed);
                Err(self.not_reached(asker, &asked).await)
            }
        }
    }

    /// What is said while the register's store cannot be reached.
    async fn not_reached(&self, asker: Asker, asked: &Asked) -> CannotSay {
        match self.remembered(asker, asked).await {
            Ok(remembered) => {
                CannotSay { remembered: remembered.map(Box::new), ..self.cannot_say(Why::Fault) }
            }
            Err(over) => self.cannot_say(Why::Over(over)),
        }
    }

    /// What is said when nothing can be.
    #[must_use]
    pub fn cannot_say(&self, why: Why) -> CannotSay {
        CannotSay { ring: self.read(view::duty_desk), why, remembered: None }
    }

    async fn answer(&self, asker: Asker, asked: &Asked) -> Result<Answered, Fault> {
        let (by, told) = (asker.by, asker.told());
        let named = |(facts, sealed): (FactsV1, Sealed)| {
            (FactsV1 { rang: asker.rang.map(|rang| rang.to_string()), ..facts }, sealed)
        };
        for _ in 0..ROUNDS {
            let moment = Moment { at: self.now(), by: Actor::Account(by) };
            let (verdict, from) = self.found(told, asked, &moment)?;
            let answered_from = from.size;
            let shown = Shown::of(&verdict);
            let spends = [Spends { asked: &asked.description, shown: shown.measures() }];
            if let Err(over) = self.spend(by, Way::OneByOne, &spends).await? {
                let row = row_of(AccessKind::OverBudget, asked, asked.errand(), answered_from)?;
                self.write_access(by, named(row)).await?;
                return Ok(Answered::NotSaid(over));
            }
            let row = row(asked, asked.errand(), &shown, answered_from)?;
            let written = self.write_access(by, named(row)).await?;
            // The row's commit tells how far the register had come. What was recorded meanwhile mostly concerns somebody else:
            // only an answer that it changes is given again, or a busy register would leave checks without any.
            let mut holds_at = answered_from;
            if written.register != from {
                self.follow(from, written.register).await?;
                let (now, later) = self.found(told, asked, &moment)?;
                if now != verdict || from.size > written.register.size {
                    continue;
                }
                holds_at = later.size;
            } else {
                self.is_up_to_date();
            }
            return Ok(Answered::Said(Answer {
                check: written.position,
                code: written.code,
                at: written.at,
                verdict,
                answered_from: holds_at,
                watching: Watching::NotPlanned,
            }));
        }
        Err(Fault::because("the answer changed faster than it could be given"))
    }

    /// The answer, and the head of what it was given from.
    fn found(&self, by: AccountId, asked: &Asked, moment: &Moment) -> Result<(Verdict, Head), Fault> {
        let live = self.sound()?;
        Ok((live.verdict(by, asked, moment)?, live.history.head()))
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
        let facts = FactsV1 { check: Some(check), ..FactsV1::of(AccessKind::Acknowledged, self.position()) };
        self.write_access(by, (facts, Sealed::default())).await.map(|_| Some(()))
    }
}
