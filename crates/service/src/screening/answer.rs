//! The answers to one part of a list: found together, written together, and given again where what was recorded meanwhile changes them.

use super::list::{List, ScreeningId, Visit};
use super::{ANSWERS, VISITS};
use crate::Service;
use crate::access::{FactsV1, Sealed};
use crate::check::{self, Asked, ROUNDS, Shown, VerdictKind};
use crate::fault::Fault;
use register::ids::AccountId;
use register::moment::{Actor, Moment};
use register::view::Purpose;
use serde::{Deserialize, Serialize};

/// How a visit was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The number of the check: its position in the access log.
    pub check: u64,
    /// What kind of answer it was.
    pub verdict: VerdictKind,
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
}

/// The answers of a part, and the position of the register's log they were given from.
struct Found {
    shown: Vec<Shown>,
    from: u64,
}

impl Service {
    /// Answers a part, or says how it was answered.
    pub(super) async fn answer_part(&self, list: &List, part: usize) -> Result<Vec<Answered>, Fault> {
        let key = list.id.part(part);
        if let Some(answers) = self.inner.shelf.get(&ANSWERS, &key).await? {
            return Ok(answers);
        }
        let by = list.by().ok_or_else(|| Fault::because("a list of nobody's"))?;
        let visits = self.visits(list.id, part).await?;
        let mut found = self.find(by, list.purpose(), &visits).await?;
        let first = rows(list.purpose(), &visits, &found)?;
        let written = self.write_accesses(by, list.id.command(part), first).await?;
        // What was shown in rows that were there already is what they say.
        let mut checks: Vec<(u64, Shown)> = written.positions.into_iter().zip(found.shown.clone()).collect();
        if written.were_there {
            for (position, shown) in &mut checks {
                *shown = self.shown_at(*position).await?;
            }
        }
        let mut seen = written.register_size;
        for _ in 0..ROUNDS {
            if seen <= found.from {
                let answers: Vec<Answered> = checks
                    .iter()
                    .map(|(check, shown)| Answered { check: *check, verdict: shown.kind() })
                    .collect();
                self.inner.shelf.put(&ANSWERS, &key, Some(by), Some(list.until), &answers).await?;
                return Ok(answers);
            }
            // As with a single check: only an answer that changed is given again, in a row of its own.
            self.catch_up().await?;
            found = self.find(by, list.purpose(), &visits).await?;
            let changed: Vec<usize> = (0..visits.len())
                .filter(|place| found.shown.get(*place) != checks.get(*place).map(|(_, shown)| shown))
                .collect();
            if changed.is_empty() {
                seen = found.from;
                continue;
            }
            let pick = |place: &usize| Some((visits.get(*place)?.clone(), found.shown.get(*place)?.clone()));
            let (again, shown): (Vec<Visit>, Vec<Shown>) = changed.iter().filter_map(pick).unzip();
            let anew = Found { shown, from: found.from };
            let command = ledger::CommandId(crate::random());
            let written = self.write_accesses(by, command, rows(list.purpose(), &again, &anew)?).await?;
            for ((place, position), shown) in changed.into_iter().zip(written.positions).zip(anew.shown) {
                if let Some(check) = checks.get_mut(place) {
                    *check = (position, shown);
                }
            }
            seen = written.register_size;
        }
        Err(Fault::because("the answers changed faster than they could be given"))
    }

    async fn visits(&self, id: ScreeningId, part: usize) -> Result<Vec<Visit>, Fault> {
        let visits = self.inner.shelf.get(&VISITS, &id.part(part)).await?;
        visits.ok_or_else(|| Fault::because("a part of a list is gone"))
    }

    /// The answers to visits as of what this process has read. Away from where requests are served, on both halves at once.
    async fn find(&self, by: AccountId, purpose: Purpose, visits: &[Visit]) -> Result<Found, Fault> {
        let moment = Moment { at: self.now(), by: Actor::Account(by) };
        let (service, visits) = (self.clone(), visits.to_vec());
        let found = tokio::task::spawn_blocking(move || {
            let live = service.live();
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
            Ok::<_, Fault>(Found { shown, from: live.position })
        });
        found.await?
    }

    /// The visits of a list that came out as one kind, in their order: `most` of them after the first `skip`.
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
        let mut screened = Vec::new();
        let mut passed = 0;
        for part in list.answered() {
            let answers = self.answer_part(list, part).await?;
            let of_kind = answers.iter().filter(|answered| wanted.contains(&answered.verdict)).count();
            if passed + of_kind <= skip {
                passed += of_kind;
                continue;
            }
            let visits = self.visits(list.id, part).await?;
            for (visit, answered) in visits.into_iter().zip(answers) {
                if !wanted.contains(&answered.verdict) {
                    continue;
                }
                passed += 1;
                if passed > skip {
                    let shown = self.shown_at(answered.check).await?;
                    screened.push(Screened { visit, check: answered.check, shown });
                }
                if screened.len() == most {
                    return Ok(screened);
                }
            }
        }
        Ok(screened)
    }
}

impl Visit {
    /// The visit as the question of a check.
    #[must_use]
    pub fn asked(&self, purpose: Purpose) -> Asked {
        Asked { purpose, day: self.day, description: self.description.clone() }
    }
}

/// The rows of the access log that answer visits.
fn rows(purpose: Purpose, visits: &[Visit], found: &Found) -> Result<Vec<(FactsV1, Sealed)>, Fault> {
    let pairs = visits.iter().zip(&found.shown);
    pairs.map(|(visit, shown)| check::row(&visit.asked(purpose), shown, found.from)).collect()
}
