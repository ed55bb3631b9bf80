//! What changed of a list after it was answered: found as the register changes, answered anew when its owner opens it.
//!
//! The list is kept with its visits and answers, and nothing of them is kept twice: beside them stand only the places of the visits whose
//! answers changed.

use super::answer::{Answered, Given, checks_of};
use super::list::{List, ScreeningId, Tally, Visit};
use super::{ANSWERS, LIST, PART, VISITS};
use crate::Service;
use crate::check::Shown;
use crate::fault::Fault;
use crate::shelf;
use crate::watch::touched::Since;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::Log;
use register::ids::AccountId;
use register::people::Standing;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

const CHANGES: shelf::Kind<Changes> = shelf::Kind::new("screening-changes");

/// The visits of a list whose answers changed after they were given.
#[derive(Debug, Serialize, Deserialize)]
pub struct Changes {
    /// Of which list.
    pub list: ScreeningId,
    /// What its owner called it.
    pub name: String,
    /// How far the register had come when they were found.
    found_at: u64,
    /// By the place of the visit in the list.
    visits: BTreeMap<usize, Changed>,
}

/// A visit whose answer changed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Changed {
    at: Timestamp,
    day: Option<Date>,
}

impl Changes {
    fn none_yet(list: &List) -> Self {
        let (id, name) = (list.id, list.name.clone());
        Self { list: id, name, found_at: list.begun_at, visits: BTreeMap::new() }
    }

    /// How many of them are still to be made.
    #[must_use]
    pub fn ahead(&self, today: Date) -> usize {
        self.visits.values().filter(|changed| is_ahead(changed.day, today)).count()
    }
}

/// Whether a visit is still to be made. A call without a day is, for as long as its list is kept.
fn is_ahead(day: Option<Date>, today: Date) -> bool {
    day.is_none_or(|day| day >= today)
}

impl Service {
    /// What changed of the owner's lists, as far as it is found.
    ///
    /// # Errors
    /// A fault.
    pub async fn changed_screenings(&self, owner: AccountId) -> Result<Vec<Changes>, Fault> {
        let today = self.today();
        let held = self.inner.shelf.all_owned(&CHANGES, owner).await?;
        Ok(held.into_iter().map(|held| held.thing).filter(|changes| changes.ahead(today) > 0).collect())
    }

    /// Finds what changed of every list that is answered.
    pub(crate) async fn bring_up_screenings(&self) -> Result<(), Fault> {
        for list in self.inner.shelf.common(&LIST).await? {
            let _one_at_a_time = self.inner.watching.lock().await;
            self.changes(&list).await?;
        }
        Ok(())
    }

    /// A list as it is to be shown: each answer that changed after it was given is given again, in a row of its own, and kept with when
    /// it changed.
    ///
    /// # Errors
    /// A fault: then the list is not to be shown.
    pub async fn answer_anew(&self, mut list: List) -> Result<List, Fault> {
        let _one_at_a_time = self.inner.watching.lock().await;
        self.catch_up().await?;
        let Some(mut changes) = self.changes(&list).await? else { return Ok(list) };
        if changes.visits.is_empty() {
            return Ok(list);
        }
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in changes.visits.keys() {
            places.entry(place / PART).or_default().push(place % PART);
        }
        for (part, places) in places {
            self.answer_part_anew(&list, part, &places, &changes).await?;
        }
        // Counted from the answers and not from what changed: done twice, it comes to the same.
        list.tally = Tally::default();
        for part in list.answered() {
            let answers: Vec<Answered> = self.part(&ANSWERS, list.id, part).await?;
            answers.iter().for_each(|answered| list.tally.count(answered.verdict));
        }
        self.keep_list(&list).await?;
        changes.visits.clear();
        self.keep_changes(&list, &changes).await?;
        Ok(list)
    }

    async fn answer_part_anew(
        &self,
        list: &List,
        part: usize,
        places: &[usize],
        changes: &Changes,
    ) -> Result<(), Fault> {
        let by = list.owner()?;
        let all: Vec<Visit> = self.part(&VISITS, list.id, part).await?;
        let mut answers: Vec<Answered> = self.part(&ANSWERS, list.id, part).await?;
        let visits: Vec<Visit> = places.iter().filter_map(|at| all.get(*at).cloned()).collect();
        let before: Vec<Answered> = places.iter().filter_map(|at| answers.get(*at).copied()).collect();
        let shown = self.shown_at(&checks_of(&before)).await?;
        let checks = before.iter().map(|answered| answered.check).zip(shown.iter().cloned()).collect();
        // They hold at no position: each is looked at again.
        let seen = self.inner.ledger.head(Log::Register).await?;
        let given = Given { visits: &visits, checks, from: None, seen };
        let checks = self.until_they_hold(by, list.purpose(), given).await?;
        for ((at, (check, now)), before) in places.iter().zip(checks).zip(&shown) {
            let changed = changes.visits.get(&(part * PART + at)).map(|changed| changed.at);
            if let Some(answered) = answers.get_mut(*at) {
                answered.changed = if now.asks_the_same(before) { answered.changed } else { changed };
                (answered.check, answered.verdict) = (check, now.kind());
            }
        }
        self.inner.shelf.put(&ANSWERS, &list.id.part(part), Some(by), Some(list.until), &answers).await
    }

    /// What changed of a list, brought up to what is in memory; `None` while nobody watches it: it is not answered yet, or its owner has left.
    async fn changes(&self, list: &List) -> Result<Option<Changes>, Fault> {
        let by = list.owner()?;
        let kept = self.inner.shelf.get(&CHANGES, &list.id.to_string()).await?;
        let mut changes = kept.unwrap_or_else(|| Changes::none_yet(list));
        let (since, position) = {
            let live = self.sound()?;
            let stays = live.register.account(by).is_some_and(|it| it.standing == Standing::Open);
            if !stays || !list.is_done() {
                return Ok(None);
            }
            (live.touched.since(changes.found_at), live.position)
        };
        if let Some(since) = since {
            let since = Arc::new(since);
            for part in list.answered() {
                self.find_changes(list, part, &since, &mut changes).await?;
            }
            changes.found_at = position;
            self.keep_changes(list, &changes).await?;
        }
        Ok(Some(changes))
    }

    async fn keep_changes(&self, list: &List, changes: &Changes) -> Result<(), Fault> {
        let (key, owner) = (list.id.to_string(), list.owner()?);
        self.inner.shelf.put(&CHANGES, &key, Some(owner), Some(list.until), changes).await
    }

    /// Looks again at the visits of a part that what was touched may concern.
    async fn find_changes(
        &self,
        list: &List,
        part: usize,
        since: &Arc<Since>,
        changes: &mut Changes,
    ) -> Result<(), Fault> {
        let (by, purpose, today) = (list.owner()?, list.purpose(), self.today());
        let visits: Vec<Visit> = self.part(&VISITS, list.id, part).await?;
        let answers: Vec<Answered> = self.part(&ANSWERS, list.id, part).await?;
        let first = part * PART;
        let known: Vec<usize> = changes.visits.keys().copied().collect();
        let (service, since) = (self.clone(), Arc::clone(since));
        let touched_at = since.at;
        let concerned = tokio::task::spawn_blocking(move || {
            let live = service.sound()?;
            let concerned = (first..).zip(visits).zip(answers).filter(|((place, visit), answered)| {
                is_ahead(visit.day, today)
                    && (known.binary_search(place).is_ok()
                        || live.may_concern(&since, &visit.asked(purpose), answered.verdict))
            });
            Ok::<Vec<((usize, Visit), Answered)>, Fault>(concerned.collect())
        });
        let (visits, answers): (Vec<(usize, Visit)>, Vec<Answered>) = concerned.await??.into_iter().unzip();
        let (places, visits): (Vec<usize>, Vec<Visit>) = visits.into_iter().unzip();
        let before = self.shown_at(&checks_of(&answers)).await?;
        let now: Vec<Shown> = self.find(by, purpose, &visits).await?.shown;
        for (((place, visit), before), now) in places.into_iter().zip(&visits).zip(&before).zip(&now) {
            if now.asks_the_same(before) {
                changes.visits.remove(&place);
            } else {
                changes.visits.entry(place).or_insert(Changed { at: touched_at, day: visit.day });
            }
        }
        Ok(())
    }
}
