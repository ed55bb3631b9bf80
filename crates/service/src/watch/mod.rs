//! Watches: whoever checked before a visit is told if the answer changes before its day.
//!
//! A check for a visit or meeting begins a watch, kept sealed until the end of the day. Whatever the register records is held against
//! what it may concern, and where the answer would now ask something else of whoever goes, they are told that it changed and never how:
//! the new answer is a check of its own, made when they ask for it, with its own row in the access log.

pub(crate) mod touched;

use crate::check::{Answer, Asked, Asker, Described, Shown, VerdictKind, purpose_of};
use crate::fault::Fault;
use crate::live::Live;
use crate::{Service, shelf};
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar;
use register::ids::AccountId;
use register::moment::{Actor, Moment};
use register::partner::is_partners;
use register::people::{Account, Standing};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use touched::Since;

const WATCH: shelf::Kind<Watch> = shelf::Kind::new("watch");
/// How far the register had come when the watches were last brought up.
const BROUGHT_UP: shelf::Kind<u64> = shelf::Kind::new("watches-brought-up");
const ALL: &str = "all";

/// Where more subjects than these were touched, to answer afresh is less work than to ask first whether it is about them.
const MANY: usize = 100;

/// An answer does not wait longer for its watch than this.
const LONGEST: Duration = Duration::from_secs(2);
/// How often what is watched is brought up at least: another process may have recorded something.
const EVERY: Duration = Duration::from_secs(60);
/// How long what is recorded together is waited for.
const TOGETHER: Duration = Duration::from_secs(1);

/// Whether whoever asked is told if the answer changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// Nothing is planned for a day to come.
    NotPlanned,
    /// They are, until the end of this day.
    Until(Date),
    /// They should be, and it could not be kept.
    NotKept,
}

/// A planned visit whose answer is watched.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Watch {
    /// The number of the check it goes on from.
    pub check: u64,
    /// When that was answered.
    pub asked_at: Timestamp,
    /// The day of the visit.
    pub day: Date,
    /// When the answer changed, where it did.
    pub changed: Option<Timestamp>,
    purpose: String,
    description: Described,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    job: Option<String>,
    shown: Shown,
}

impl Watch {
    /// What was asked.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked {
            purpose: purpose_of(&self.purpose),
            day: Some(self.day),
            description: self.description.clone(),
            job: self.job.clone(),
        }
    }
}

/// What somebody is to be told of: how many of their planned visits have another answer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notices {
    /// Those they asked about one by one.
    pub visits: usize,
    /// Those of their lists.
    pub of_lists: usize,
}

impl Notices {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> usize {
        self.visits + self.of_lists
    }
}

/// The day of a visit or meeting that is still to come.
pub(crate) fn planned(asked: &Asked, today: Date) -> Option<Date> {
    asked.day.filter(|day| asked.purpose.goes() && *day >= today)
}

impl Live {
    /// Whether what was touched may have changed an answer. One that found something is always looked at again; of one that found nothing
    /// it is asked first whether it could be about what was touched, which is far less than to answer it.
    pub(crate) fn may_concern(&self, since: &Since, asked: &Asked, answered: VerdictKind) -> bool {
        answered != VerdictKind::NoneFound
            || since.subjects.len() > MANY
            || !self.index.among(&asked.description.question(), &since.subjects).is_empty()
    }

    /// Whether a watched answer would ask something else of whoever goes.
    fn has_changed(
        &self,
        by: AccountId,
        watch: &Watch,
        since: &Since,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let asked = watch.asked();
        // A partner's worker is answered for their property as its owner writes it, not as they typed it.
        let as_typed = self.register.account(by).is_some_and(|account| !is_partners(&self.register, account));
        if watch.changed.is_none() && as_typed && !self.may_concern(since, &asked, watch.shown.kind()) {
            return Ok(false);
        }
        let moment = Moment { at: now, by: Actor::Account(by) };
        Ok(!Shown::of(&self.verdict(by, &asked, &moment)?).asks_the_same(&watch.shown))
    }
}

impl Service {
    /// Begins to watch what was answered, where a day to come is planned.
    pub(crate) async fn watch(&self, asker: Asker, asked: &Asked, answer: &Answer) -> Watching {
        let by = asker.by;
        // A program has no page that tells it, and nobody else is told of another's visit: they ask again before it.
        let is_program = self.read(|register| register.account(by).is_some_and(Account::is_program));
        let Some(day) = planned(asked, self.today()).filter(|_| !is_program && asker.rang.is_none()) else {
            return Watching::NotPlanned;
        };
        let watch = Watch {
            check: answer.check,
            asked_at: answer.at,
            day,
            changed: None,
            purpose: asked.purpose.key().to_owned(),
            description: asked.description.clone(),
            job: asked.job.clone(),
            shown: Shown::of(&answer.verdict),
        };
        match tokio::time::timeout(LONGEST, self.begin_watch(by, watch, answer.answered_from)).await {
            Ok(Ok(())) => Watching::Until(day),
            Ok(Err(_logged)) => Watching::NotKept,
            Err(elapsed) => {
                Fault::log(&elapsed);
                Watching::NotKept
            }
        }
    }

    /// Whether a visit that was asked about is watched, whichever of the checks for it the watch goes on from.
    pub(crate) async fn watching(&self, by: AccountId, asked: &Asked, day: Date) -> Watching {
        match self.watches(by).await {
            Ok(watches) if watches.iter().any(|watch| watch.asked() == *asked) => Watching::Until(day),
            Ok(_) | Err(_) => Watching::NotKept,
        }
    }

    /// Keeps a watch, and only then asks whether something was recorded since its answer: what is recorded from here on finds it.
    async fn begin_watch(&self, by: AccountId, mut watch: Watch, holds_at: u64) -> Result<(), Fault> {
        self.keep_watch(by, &watch).await?;
        self.catch_up().await?;
        let changed = {
            let live = self.sound()?;
            match live.touched.since(holds_at) {
                Some(since) => live.has_changed(by, &watch, &since, self.now())?.then_some(since.at),
                None => None,
            }
        };
        if changed.is_some() {
            watch.changed = changed;
            self.keep_watch(by, &watch).await?;
        }
        Ok(())
    }

    async fn keep_watch(&self, by: AccountId, watch: &Watch) -> Result<(), Fault> {
        let over = calendar::instant(calendar::days_after(watch.day, 1).at(0, 0, 0, 0));
        self.inner.shelf.put(&WATCH, &watch.check.to_string(), Some(by), over, watch).await
    }

    /// The visits the owner asked about one by one and that are still to be made: those whose answer changed first, then by day. Of one
    /// that was asked about twice, the later watch is what counts, and the earlier is dropped.
    ///
    /// # Errors
    /// A fault.
    pub async fn watches(&self, owner: AccountId) -> Result<Vec<Watch>, Fault> {
        let held = self.inner.shelf.all_owned(&WATCH, owner).await?;
        let mut all: Vec<Watch> = held.into_iter().map(|held| held.thing).collect();
        all.sort_by_key(|watch| std::cmp::Reverse(watch.check));
        let (mut watches, mut later) = (Vec::new(), HashSet::new());
        for watch in all {
            if later.insert((watch.purpose.clone(), watch.day, watch.description.clone())) {
                watches.push(watch);
            } else {
                self.inner.shelf.drop(&WATCH, &watch.check.to_string()).await?;
            }
        }
        watches.sort_by_key(|watch| (watch.changed.is_none(), watch.day, watch.check));
        Ok(watches)
    }

    /// A watch of the owner's, by the check it goes on from.
    ///
    /// # Errors
    /// A fault.
    pub async fn watched(&self, owner: AccountId, check: u64) -> Result<Option<Watch>, Fault> {
        Ok(self.watches(owner).await?.into_iter().find(|watch| watch.check == check))
    }

    /// Stops a watch. `None` where the owner has no such watch.
    ///
    /// # Errors
    /// A fault.
    pub async fn stop_watching(&self, owner: AccountId, check: u64) -> Result<Option<()>, Fault> {
        if self.watched(owner, check).await?.is_none() {
            return Ok(None);
        }
        self.inner.shelf.drop(&WATCH, &check.to_string()).await?;
        Ok(Some(()))
    }

    /// How many of the owner's planned visits have another answer now, as far as it is found.
    ///
    /// # Errors
    /// A fault.
    pub async fn notices(&self, owner: AccountId) -> Result<Notices, Fault> {
        let today = self.today();
        let visits = self.watches(owner).await?.iter().filter(|watch| watch.changed.is_some()).count();
        let lists = self.changed_screenings(owner).await?;
        Ok(Notices { visits, of_lists: lists.iter().map(|changes| changes.ahead(today)).sum() })
    }

    /// Finds every watched answer that what was recorded since the last time has changed, or changed back.
    ///
    /// # Errors
    /// The first fault; what is left is found the next time.
    pub async fn bring_up_watches(&self) -> Result<(), Fault> {
        self.catch_up().await?;
        self.bring_up_visits().await?;
        self.bring_up_screenings().await
    }

    async fn bring_up_visits(&self) -> Result<(), Fault> {
        let _one_at_a_time = self.inner.watching.lock().await;
        let brought_up = self.inner.shelf.get(&BROUGHT_UP, ALL).await?.unwrap_or(0);
        let (since, position, accounts) = {
            let live = self.sound()?;
            let Some(since) = live.touched.since(brought_up) else { return Ok(()) };
            let accounts: Vec<_> = live.register.accounts().map(|it| (it.id, it.standing)).collect();
            (Arc::new(since), live.position, accounts)
        };
        for (account, standing) in accounts {
            match standing {
                // Whoever is suspended for now has their watches again afterwards.
                Standing::Open | Standing::Suspended(_) => self.bring_up_visits_of(account, &since).await?,
                Standing::Closed => self.inner.shelf.drop_owned(&WATCH, account).await?,
            }
        }
        self.inner.shelf.put(&BROUGHT_UP, ALL, None, None, &position).await
    }

    async fn bring_up_visits_of(&self, owner: AccountId, since: &Arc<Since>) -> Result<(), Fault> {
        let held = self.inner.shelf.all_owned(&WATCH, owner).await?;
        if held.is_empty() {
            return Ok(());
        }
        let (service, since) = (self.clone(), Arc::clone(since));
        let now = self.now();
        // Away from where requests are served.
        let turned = tokio::task::spawn_blocking(move || {
            let live = service.sound()?;
            let mut turned = Vec::new();
            for mut held in held {
                let changed = live.has_changed(owner, &held.thing, &since, now)?;
                if changed != held.thing.changed.is_some() {
                    held.thing.changed = changed.then_some(since.at);
                    turned.push(held);
                }
            }
            Ok::<_, Fault>(turned)
        });
        for held in turned.await?? {
            self.inner.shelf.put_back(&WATCH, held).await?;
        }
        Ok(())
    }

    /// Brings up what is watched whenever something was recorded that may concern it, for as long as it is polled.
    pub(crate) async fn keep_watching(&self) {
        loop {
            // Faults are logged where they are made; what is left is found the next time.
            let _found = self.bring_up_watches().await;
            let _a_while = tokio::time::timeout(EVERY, self.inner.recorded.notified()).await;
            tokio::time::sleep(TOGETHER).await;
        }
    }
}
