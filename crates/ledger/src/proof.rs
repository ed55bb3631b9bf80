//! Proofs from the running ledger: that a record is in a log, and that a log's latest checkpoint only adds to an earlier one.
//!
//! Of each log the roots over every [`TILE`](tree::TILE) leaves are kept in memory, so that a proof reads some hundred leaves and
//! not all of them. They are read from the store when first asked for.

use crate::digest::Digest;
use crate::ledger::{Ledger, LedgerError};
use crate::record::Log;
use crate::store::Store;
use crate::tree::{self, Head, Leaves, Tiles};
use crate::witness::Advance;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Leaves read at a time.
const PAGE: u32 = 50_000;

/// That a record is in its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The log's head, as a signed checkpoint.
    pub checkpoint: String,
    /// The hashes beside the way from the record's leaf up to the root.
    pub proof: Vec<Digest>,
}

/// The tiles of both logs.
#[derive(Debug, Default)]
pub(crate) struct Proofs {
    register: Mutex<Tiles>,
    access: Mutex<Tiles>,
}

impl Proofs {
    fn tiles(&self, log: Log) -> MutexGuard<'_, Tiles> {
        let tiles = match log {
            Log::Register => &self.register,
            Log::Access => &self.access,
        };
        tiles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the leaves that were added up to `size`.
    async fn catch_up(&self, store: &dyn Store, log: Log, size: u64) -> Result<(), LedgerError> {
        loop {
            let known = self.tiles(log).size();
            if known >= size {
                return Ok(());
            }
            let leaves = store.leaves(log, known, PAGE).await?;
            let mut tiles = self.tiles(log);
            // Somebody else may have read some of them meanwhile.
            let others = usize::try_from(tiles.size() - known).unwrap_or(usize::MAX);
            leaves.iter().skip(others).for_each(|leaf| tiles.push(*leaf));
            if leaves.is_empty() {
                return Ok(());
            }
        }
    }

    /// The roots of these subtrees of the log at `head`. Where leaves have gone from the store there is a hash too few, which proves
    /// nothing.
    async fn roots(
        &self,
        store: &dyn Store,
        (log, head): (Log, Head),
        path: Vec<Leaves>,
    ) -> Result<Vec<Digest>, LedgerError> {
        self.catch_up(store, log, head.size).await?;
        let mut roots = Vec::with_capacity(path.len());
        for subtree in path {
            let wanted = Tiles::wanted(&subtree);
            let many = u32::try_from(wanted.end - wanted.start).unwrap_or(u32::MAX);
            let leaves = if many == 0 { Vec::new() } else { store.leaves(log, wanted.start, many).await? };
            roots.extend(self.tiles(log).root(&subtree, &leaves));
        }
        Ok(roots)
    }
}

impl Ledger {
    /// Proves that the record at `position` is in `log`; `None` where there is no such record.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn inclusion(&self, log: Log, position: u64) -> Result<Option<Inclusion>, LedgerError> {
        let head = self.store().head(log).await?;
        let Some(index) = position.checked_sub(1).filter(|index| *index < head.size) else { return Ok(None) };
        let proof = self.inclusion_in((log, head), index).await?;
        Ok(Some(Inclusion { checkpoint: self.sign(log, head), proof }))
    }

    /// The hashes beside the way from a leaf, counted from 0, up to the root of the log at `head`.
    pub(crate) async fn inclusion_in(
        &self,
        (log, head): (Log, Head),
        index: u64,
    ) -> Result<Vec<Digest>, LedgerError> {
        let path = tree::inclusion_path(head.size, index);
        self.proofs().roots(&**self.store(), (log, head), path).await
    }

    /// The latest checkpoint of `log`, with the proof that it only adds to what the log was when it had `old` records. Where it has
    /// fewer now, to what it is now: a witness who has seen more sees that by the checkpoint.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn advance(&self, log: Log, old: u64) -> Result<Advance, LedgerError> {
        let head = self.store().head(log).await?;
        let old = old.min(head.size);
        let path = tree::consistency_path(head.size, old);
        let proof = self.proofs().roots(&**self.store(), (log, head), path).await?;
        Ok(Advance { old, proof, checkpoint: self.sign(log, head) })
    }
}
