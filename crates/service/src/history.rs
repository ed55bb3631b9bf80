//! Which history is in memory: the tree over the records that were taken in. Two nodes may have read a record that only a primary had, which has
//! died since: what a commit says of the log's head shows whether this memory is one of that log (decision 45).

use ledger::Digest;
use ledger::tree::{Frontier, Head};
use std::collections::VecDeque;

/// Of how many of the last records it is known what the head was before them.
const RECENT: usize = 1_024;

/// The tree over all records, and what it was over all but some of the last.
#[derive(Default)]
pub(crate) struct History {
    whole: Frontier,
    older: Frontier,
    recent: VecDeque<Digest>,
}

impl History {
    /// Adds the leaf of the next record.
    pub(crate) fn push(&mut self, leaf: Digest) {
        self.whole.push(leaf);
        self.recent.push_back(leaf);
        if self.recent.len() > RECENT {
            self.older.push(self.recent.pop_front().unwrap_or_default());
        }
    }

    /// The head over all of it.
    pub(crate) fn head(&self) -> Head {
        self.whole.head()
    }

    /// The head when there were so many records, where that is known still.
    fn at(&self, size: u64) -> Option<Head> {
        let leaves = usize::try_from(size.checked_sub(self.older.size())?).ok()?;
        if leaves > self.recent.len() {
            return None;
        }
        let mut tree = self.older.clone();
        self.recent.iter().take(leaves).for_each(|leaf| tree.push(*leaf));
        Some(tree.head())
    }

    /// Whether it is the history of which this is, or was, the head.
    pub(crate) fn went_through(&self, head: Head) -> bool {
        self.head() == head || self.at(head.size) == Some(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_went_through_its_own_heads_and_through_no_other() {
        let leaf = |number: u64| Digest::of(&number.to_be_bytes());
        let (mut history, mut tree, mut heads) =
            (History::default(), Frontier::default(), vec![Frontier::default().head()]);
        for number in 0..3_000 {
            history.push(leaf(number));
            tree.push(leaf(number));
            heads.push(tree.head());
        }
        let known = heads.iter().rev().take(RECENT + 1);
        assert!(known.clone().all(|head| history.went_through(*head)));
        assert!(known.into_iter().all(|head| !history.went_through(Head { root: leaf(7), ..*head })));
        assert!(!history.went_through(Head { size: 3_001, ..tree.head() }));
        assert!(!history.went_through(heads[1_000]), "too long ago to be told");
    }
}
