//! Counting a log again: its tree is grown leaf by leaf and compared with every head that was noted outside.
//!
//! Heads from different hands are compared apart. Whoever rewrites the database can rewrite the head files too, but no checkpoint
//! that lies elsewhere: a head beside the database that agrees says nothing of where one that was kept elsewhere stops agreeing.

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
    hands: Vec<Hand>,
    tree: Frontier,
    position: u64,
    findings: Vec<Finding>,
    /// Whether a record was missing: from then on there is nothing to compare.
    gap: bool,
}

/// The heads from one hand, and how far they agree.
#[derive(Debug)]
struct Hand {
    noted: Peekable<IntoIter<Head>>,
    last: u64,
    /// The last two sizes at which a head agreed, the later one last.
    agreed: [u64; 2],
    differed: bool,
}

impl Hand {
    fn new(mut noted: Vec<Head>) -> Self {
        noted.sort_by_key(|head| head.size);
        let last = noted.last().map_or(0, |head| head.size);
        Self { noted: noted.into_iter().peekable(), last, agreed: [0; 2], differed: false }
    }

    /// Compares every head up to the tree's. Gives the size of the first that differs and that of the last before it that agreed.
    fn compare(&mut self, tree: &Frontier) -> Option<(u64, u64)> {
        let size = tree.size();
        let mut differs = None;
        while let Some(noted) = self.noted.next_if(|noted| noted.size <= size) {
            let [before, agreed] = self.agreed;
            if noted == tree.head() {
                if noted.size > agreed {
                    self.agreed = [agreed, noted.size];
                }
            } else if !self.differed {
                self.differed = true;
                // Two heads of one size from one hand may say two things.
                differs = Some((noted.size, if agreed < noted.size { agreed } else { before }));
            }
        }
        differs
    }
}

impl Recount {
    /// Begins with no leaf, to be compared with what was noted: the heads from each hand by themselves.
    #[must_use]
    pub fn new(log: Log, noted: impl IntoIterator<Item = Vec<Head>>) -> Self {
        let hands = noted.into_iter().map(Hand::new).collect();
        let tree = Frontier::default();
        let mut recount = Self { log, hands, tree, position: 0, findings: Vec::new(), gap: false };
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
            self.gap = true;
        }
        self.position = position;
        if !self.gap {
            self.tree.push(leaf);
            self.compare();
        }
    }

    /// The tree, and everything that was found: nothing, in a sound log.
    #[must_use]
    pub fn finish(mut self) -> (Frontier, Vec<Finding>) {
        let last = self.hands.iter().map(|hand| hand.last).max().unwrap_or(0);
        if last > self.position {
            let positions = self.position + 1..=last;
            self.findings.push(Finding { log: self.log, positions, damage: Damage::RolledBack });
        }
        (self.tree, self.findings)
    }

    fn compare(&mut self) {
        for hand in &mut self.hands {
            if let Some((size, agreed)) = hand.compare(&self.tree) {
                let found =
                    Finding { log: self.log, positions: agreed + 1..=size, damage: Damage::RootDiffers };
                if !self.findings.contains(&found) {
                    self.findings.push(found);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::leaf;

    fn leaves(history: &str, sizes: std::ops::Range<u64>) -> Vec<Digest> {
        sizes.map(|number| leaf(format!("{history} {number}").as_bytes())).collect()
    }

    fn heads(leaves: &[Digest], sizes: &[usize]) -> Vec<Head> {
        sizes.iter().map(|size| leaves[..*size].iter().copied().collect::<Frontier>().head()).collect()
    }

    fn counted(leaves: &[Digest], noted: Vec<Vec<Head>>) -> Vec<(Damage, u64, u64)> {
        let mut recount = Recount::new(Log::Register, noted);
        (1..).zip(leaves).for_each(|(position, leaf)| recount.push(position, *leaf));
        let (tree, findings) = recount.finish();
        assert_eq!(tree.size(), leaves.len() as u64);
        let told = |it: Finding| (it.damage, *it.positions.start(), *it.positions.end());
        findings.into_iter().map(told).collect()
    }

    #[test]
    fn heads_that_were_rewritten_with_the_log_do_not_move_what_a_kept_checkpoint_says() {
        let sound = leaves("sound", 0..10);
        let rewritten = [&sound[..7], &leaves("other", 7..12)[..]].concat();
        let beside = heads(&rewritten, &[1, 7, 8, 9, 10, 11, 12]);
        let kept = heads(&sound, &[5, 10]);
        assert_eq!(counted(&rewritten, vec![beside.clone()]), []);
        assert_eq!(counted(&rewritten, vec![beside, kept]), [(Damage::RootDiffers, 6, 10)]);
    }

    #[test]
    fn two_checkpoints_of_one_size_that_say_two_things_are_found() {
        let (one, other) = (leaves("one", 0..10), leaves("other", 0..10));
        let split = [heads(&one, &[4, 8]), heads(&other, &[8])].concat();
        assert_eq!(counted(&one, vec![split.clone()]), [(Damage::RootDiffers, 5, 8)]);
        let turned = split.into_iter().rev().collect();
        assert_eq!(counted(&one, vec![turned]), [(Damage::RootDiffers, 5, 8)]);
    }
}
