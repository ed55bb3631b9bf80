//! The answers to one part of a list: found together, written together, and given again where what was recorded meanwhile changes them.

use super::list::{List, ScreeningId, Visit};
use super::{ANSWERS, VISITS};
use crate::Service;
use crate::access::{Errand, FactsV1, Sealed};
use crate::check::{self, Asked, ROUNDS, Shown, VerdictKind};
use crate::fault::Fault;
use crate::shelf;
use jiff::Timestamp;
use ledger::tree::Head;
use register::ids::AccountId;
use register::moment::{Actor, Moment};
use register::view::Purpose;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How a visit was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The number of the check: its position in the access log.
    pub check: u64,
    /// What kind of answer it was.
    pub verdict: VerdictKind,
    /// When it changed after whoever asked had been answered, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Timestamp>,
}

/// A visit with its answer as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screened {
    /// What was planned.
    pub visit: Visit,
    /// The number of its check.
    pub check: u64,
    /// The answer.
    pub shown: Shown,
    /// When it changed after whoever asked had been answered, where it did.
    pub changed: Option<Timestamp>,
}

/// Visits, and the number of the check and the answer of each.
pub(super) struct Given<'v> {
    pub(super) visits: &'v [Visit],
    pub(super) checks: Vec<(u64, Shown)>,
    /// The head of the register's log at which the answers hold, where there is one.
    pub(super) from: Option<Head>,
    /// The head that the log is known to have.
    pub(super) seen: Head,
}

/// The answers of a part, and the head of the register's log they were given from.
pub(super) struct Found {
    pub(super) shown: Vec<Shown>,
    from: Head,
}

impl Service {
    /// Answers a part, or says how it was answered.
    pub(super) async fn answer_part(&self, list: &List, part: usize) -> Result<Vec<Answered>, Fault> {
        let key = list.id.part(part);
        if let Some(answers) = self.inner.shelf.get(&ANSWERS, &key).await? {
            return Ok(answers);
        }
        let by = list.owner()?;
        let visits = self.part(&VISITS, list.id, part).await?;
        let found = self.find(by, list.purpose(), &visits).await?;
        let first = rows(list.purpose(), visits.iter().zip(&found.shown), found.from.size)?;
        let written = self.write_accesses(by, list.id.command(part), first).await?;
        // What was shown in rows that were there already is what they say, and nobody knows here whether it still holds.
        let (first, from) = match written.were_there {
            true => (self.shown_at(&written.positions).await?, None),
            false => (found.shown, Some(found.from)),
        };
        let checks = written.positions.into_iter().zip(first).collect();
        let given = Given { visits: &visits, checks, from, seen: written.register };
        let checks = self.until_they_hold(by, list.purpose(), given).await?;
        let answers: Vec<Answered> = checks
            .iter()
            .map(|(check, shown)| Answered { check: *check, verdict: shown.kind(), changed: None })
            .collect();
        self.inner.shelf.put(&ANSWERS, &key, Some(by), Some(list.until), &answers).await?;
        Ok(answers)
    }

    /// Gives answers again until what was recorded meanwhile changes none of them. As with a single check, only an answer that changed
    /// is given again, in a row of its own.
    pub(super) async fn until_they_hold(
        &self,
        by: AccountId,
        purpose: Purpose,
        given: Given<'_>,
    ) -> Result<Vec<(u64, Shown)>, Fault> {
        let Given { visits, mut checks, mut from, mut seen } = given;
        for _ in 0..ROUNDS {
            if from == Some(seen) {
                return Ok(checks);
            }
            self.follow(from.unwrap_or(seen), seen).await?;
            let found = self.find(by, purpose, visits).await?;
            (from, seen) = (Some(found.from), found.from);
            let now = visits.iter().zip(&found.shown);
            let (again, changed): (Vec<_>, Vec<_>) =
                now.zip(&mut checks).filter(|((_, now), (_, shown))| *now != shown).unzip();
            if changed.is_empty() {
                continue;
            }
            let anew = rows(purpose, again.iter().copied(), found.from.size)?;
            let written = self.write_accesses(by, ledger::CommandId(crate::random()), anew).await?;
            for ((check, position), (_, shown)) in changed.into_iter().zip(written.positions).zip(again) {
                *check = (position, shown.clone());
            }
            seen = written.register;
        }
        Err(Fault::because("the answers changed faster than they could be given"))
    }

    /// One part of what a list has of a kind.
    pub(super) async fn part<T: DeserializeOwned>(
        &self,
        kind: &shelf::Kind<T>,
        id: ScreeningId,
        part: usize,
    ) -> Result<T, Fault> {
        let kept = self.inner.shelf.get(kind, &id.part(part)).await?;
        kept.ok_or_else(|| Fault::because("a part of a list is gone"))
    }

    /// The answers to visits as of what this process has read. Away from where requests are served, on both halves at once.
    pub(super) async fn find(
        &self,
        by: AccountId,
        purpose: Purpose,
        visits: &[Visit],
    ) -> Result<Found, Fault> {
        let moment = Moment { at: self.now(), by: Actor::Account(by) };
        let (service, visits) = (self.clone(), visits.to_vec());
        let found = tokio::task::spawn_blocking(move || {
            let live = service.sound()?;
            let (first, second) = visits.split_at(visits.len() / 2);
            let all = |visits: &[Visit]| -> Result<Vec<Shown>, Fault> {
                let asked = visits.iter().map(|visit| visit.asked(purpose));
                asked.map(|asked| Ok(Shown::of(&live.verdict(by, &asked, &moment)?))).collect()
            };
            let (first, second) = std::thread::scope(|scope| {
                let second = scope.spawn(|| all(second));
                (all(first), second.join())
            });
            let mut shown = first?;
            shown.extend(second.map_err(|_| Fault::because("a list could not be answered"))??);
            Ok::<_, Fault>(Found { shown, from: live.history.head() })
        });
        found.await?
    }

    /// The visits of a list that came out as one of these, in their order: `most` of them after the first `skip`.
    ///
    /// # Errors
    /// A fault.
    pub async fn screened(
        &self,
        list: &List,
        wanted: &[VerdictKind],
        skip: usize,
        most: usize,
    ) -> Result<Vec<Screened>, Fault> {
        self.screened_where(list, |answered| wanted.contains(&answered.verdict), skip, most).await
    }

    /// The visits of a list whose answers changed after they were given, in their order.
    ///
    /// # Errors
    /// A fault.
    pub async fn changed_visits(&self, list: &List) -> Result<Vec<Screened>, Fault> {
        self.screened_where(list, |answered| answered.changed.is_some(), 0, usize::MAX).await
    }

    async fn screened_where(
        &self,
        list: &List,
        wanted: impl Fn(&Answered) -> bool,
        mut skip: usize,
        most: usize,
    ) -> Result<Vec<Screened>, Fault> {
        let mut screened = Vec::new();
        for part in list.answered() {
            let answers: Vec<Answered> = self.part(&ANSWERS, list.id, part).await?;
            let all: Vec<usize> =
                (0..answers.len()).filter(|at| answers.get(*at).is_some_and(&wanted)).collect();
            let picked: Vec<usize> = all.iter().copied().skip(skip).take(most - screened.len()).collect();
            skip = skip.saturating_sub(all.len());
            if picked.is_empty() {
                continue;
            }
            let answered: Vec<Answered> = picked.iter().filter_map(|at| answers.get(*at).copied()).collect();
            let shown = self.shown_at(&checks_of(&answered)).await?;
            let visits = self.part(&VISITS, list.id, part).await?;
            let visits = picked.iter().filter_map(|at| visits.get(*at).cloned());
            screened.extend(visits.zip(answered).zip(shown).map(|((visit, answered), shown)| Screened {
                visit,
                check: answered.check,
                shown,
                changed: answered.changed,
            }));
            if screened.len() == most {
                break;
            }
        }
        Ok(screened)
    }
}

impl Visit {
    /// The visit as the question of a check.
    #[must_use]
    pub fn asked(&self, purpose: Purpose) -> Asked {
        Asked { purpose, day: self.day, description: self.description.clone(), job: None }
    }
}

/// The numbers of checks.
pub(super) fn checks_of(answered: &[Answered]) -> Vec<u64> {
    answered.iter().map(|answered| answered.check).collect()
}

/// The rows of the access log that answer visits.
fn rows<'v>(
    purpose: Purpose,
    answered: impl Iterator<Item = (&'v Visit, &'v Shown)>,
    from: u64,
) -> Result<Vec<(FactsV1, Sealed)>, Fault> {
    answered
        .map(|(visit, shown)| check::row(&visit.asked(purpose), Some(Errand::List), shown, from))
        .collect()
}
