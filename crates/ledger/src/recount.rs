//! Counting a log again: its tree is grown leaf by leaf and compared with every head that was noted outside.

use crate::damage::{Damage, Finding};
use crate::digest::Digest;
use crate::record::Log;
use crate::tree::{Frontier, Head};
use std::iter::Peekable;
use std::vec::IntoIter;

/// A log's tree under comparison with the heads noted outside.
#[derive(Debug)]
pub struct Recount {
    log: Log,
    noted: Peekable<IntoIter<Head>>,
    last_noted: u64,
    tree: Frontier,
    position: u64,
    agreed: u64,
    findings: Vec<Finding>,
}

impl Recount {
    /// Begins with no leaf, to be compared with `noted`.
    #[must_use]
    pub fn new(log: Log, mut noted: Vec<Head>) -> Self {
        noted.sort_by_key(|head| head.size);
        let last_noted = noted.last().map_or(0, |head| head.size);
        let mut recount = Self {
            log,
            noted: noted.into_iter().peekable(),
            last_noted,
            tree: Frontier::default(),
            position: 0,
            agreed: 0,
            findings: Vec::new(),
        };
        recount.compare();
        recount
    }

    /// The position of the last leaf.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// Adds the leaf of the record at `position`. After a gap the tree can no longer be compared; only gaps are looked for.
    pub fn push(&mut self, position: u64, leaf: Digest) {
        if position != self.position + 1 {
            let positions = self.position + 1..=position.saturating_sub(1);
            self.findings.push(Finding { log: self.log, positions, damage: Damage::Missing });
        }
        self.position = position;
        if self.findings.is_empty() {
            self.tree.push(leaf);
            self.compare();
        }
    }

    /// The tree, and everything that was found: nothing, in a sound log.
    #[must_use]
    pub fn finish(mut self) -> (Frontier, Vec<Finding>) {
        if self.last_noted > self.position {
            let positions = self.position + 1..=self.last_noted;
            self.findings.push(Finding { log: self.log, positions, damage: Damage::RolledBack });
        }
        (self.tree, self.findings)
    }

    fn compare(&mut self) {
        let size = self.tree.size();
        while let Some(noted) = self.noted.next_if(|noted| noted.size <= size) {
            if noted == self.tree.head() {
                self.agreed = size;
            } else if self.findings.is_empty() {
                let positions = self.agreed + 1..=noted.size;
                self.findings.push(Finding { log: self.log, positions, damage: Damage::RootDiffers });
            }
        }
    }
}
