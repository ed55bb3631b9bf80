//! What waits of the looks that stand out: each item is open until somebody has closed every look of it.
//!
//! An item is named by its newest look. It may dissolve, as a reason falls away or thirty days pass; what somebody was asked about, or closed,
//! is an item for as long as the register knows of it.

use super::Overseen;
use super::rules::{Alert, Reason};
use crate::Service;
use crate::access::AccessRow;
use crate::fault::Fault;
use jiff::Timestamp;
use register::ids::AccountId;
use register::state::Register;
use std::collections::BTreeSet;

/// How many of their looks a reader is reminded of.
const REMINDED: usize = 20;

/// Looks of one reader that are asked about, and closed, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Who looked.
    pub by: AccountId,
    /// Their rows.
    pub looks: BTreeSet<u64>,
    /// Those that nobody has closed.
    pub open: BTreeSet<u64>,
    /// Why they stand out; nothing where they were not answered, or drawn.
    pub reasons: BTreeSet<Reason>,
}

/// Looks that somebody was asked about or that were closed together, as the register knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    by: AccountId,
    looks: BTreeSet<u64>,
}

/// Everything that somebody was asked about, or closed.
pub(super) fn known(register: &Register) -> Vec<Known> {
    let asked = register.looks_questions().map(|(_, it)| (it.reader, &it.looks));
    let closed = register.looks_reviews().iter().map(|it| (it.reader, &it.looks));
    asked.chain(closed).map(|(by, looks)| Known { by, looks: looks.clone() }).collect()
}

impl Overseen {
    /// Whether somebody has still to close one of these looks.
    pub fn is_open(&self, looks: impl IntoIterator<Item = u64>) -> bool {
        looks.into_iter().any(|look| !self.reviewed.contains(&look))
    }

    /// The alerts that wait.
    pub fn open_alerts(&self) -> impl Iterator<Item = &Alert> {
        self.alerts.iter().filter(|alert| self.is_open(alert.looks.iter().copied()))
    }

    /// Those of some rows that wait.
    pub fn open_rows<'o>(&'o self, rows: &'o [AccessRow]) -> impl Iterator<Item = &'o AccessRow> {
        rows.iter().filter(|row| self.is_open([row.position]))
    }

    /// What readers were asked about, nobody has closed, and stands in no list any more; newest first.
    #[must_use]
    pub fn asked_before(&self) -> Vec<Item> {
        let rows = || self.denied.iter().chain(&self.refused).chain(&self.sample).map(|row| row.position);
        let mut listed: Vec<BTreeSet<u64>> = rows().map(|row| [row].into()).collect();
        listed.extend(self.alerts.iter().map(|alert| alert.looks.iter().copied().collect()));
        let waits = self.known.iter().filter(|known| self.is_open(known.looks.iter().copied()));
        let waits = waits.filter(|known| !listed.iter().any(|looks| known.looks.is_subset(looks)));
        let newest: BTreeSet<u64> = waits.filter_map(|known| known.looks.last().copied()).collect();
        newest.into_iter().rev().filter_map(|newest| self.item(newest)).collect()
    }

    /// The item whose newest look this is; of looks that stand out together, those up to it, so that one that joined since is not closed unseen.
    #[must_use]
    pub fn item(&self, newest: u64) -> Option<Item> {
        if let Some(alert) = self.alerts.iter().find(|alert| alert.looks.contains(&newest)) {
            let looks = alert.looks.iter().copied().filter(|look| *look <= newest).collect();
            return Some(self.item_of(alert.by, looks, alert.reasons.clone()));
        }
        let mut rows = self.denied.iter().chain(&self.refused).chain(&self.sample);
        if let Some(by) = rows.find(|row| row.position == newest).and_then(|row| row.by) {
            return Some(self.item_of(by, [newest].into(), BTreeSet::new()));
        }
        let known = self.known.iter().find(|known| known.looks.last() == Some(&newest))?;
        Some(self.item_of(known.by, known.looks.clone(), BTreeSet::new()))
    }

    fn item_of(&self, by: AccountId, looks: BTreeSet<u64>, reasons: BTreeSet<Reason>) -> Item {
        let open = looks.difference(&self.reviewed).copied().collect();
        Item { by, looks, open, reasons }
    }
}

impl Service {
    /// When somebody's own looks were, newest first: a reader is reminded of no file, since they may know nothing of it.
    ///
    /// # Errors
    /// A fault.
    pub async fn when_looked(
        &self,
        reader: AccountId,
        looks: &BTreeSet<u64>,
    ) -> Result<Vec<Timestamp>, Fault> {
        let mut when = Vec::new();
        for look in looks.iter().rev().take(REMINDED) {
            when.extend(self.access(*look).await?.filter(|row| row.by == Some(reader)).map(|row| row.at));
        }
        Ok(when)
    }
}
