//! What becomes of the batches that wait, decided in memory from what stands in the database: one look before, one write after,
//! however many there are.

use ledger::{
    Appended, Batch, Body, CommandId, Epoch, Kept, Locker, Log, Micros, SealedDraft, StoreError, Stored,
    Tails, WrappedKey,
};
use std::collections::{HashMap, HashSet};

/// What a group of batches could meet, as it stands under the lock.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// Where the logs end.
    pub tails: Tails,
    /// Parts and positions of commands that were recorded.
    pub recorded: HashMap<(Log, CommandId), Vec<(u32, u64)>>,
    /// Lockers that have a key.
    pub keyed: HashSet<Locker>,
    /// Lockers that have been erased.
    pub erased: HashSet<Locker>,
    /// The present epoch, where there are keys.
    pub newest: Option<Epoch>,
    /// Names of attachments.
    pub attachments: HashSet<String>,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub records: Vec<Stored>,
    pub keys: Vec<WrappedKey>,
}

impl Standing {
    /// Decides on one batch after those before it. What is refused leaves nothing behind.
    pub fn decide(&mut self, batch: &Batch, changes: &mut Changes) -> Result<Appended, StoreError> {
        let mut next = self.clone();
        let records = next.place_all(batch)?;
        *self = next;
        let appended = Appended {
            records: records.iter().map(|stored| stored.record.clone()).collect(),
            register: self.tails.of(Log::Register).tree.head(),
        };
        changes.records.extend(records);
        changes.keys.extend_from_slice(&batch.keys);
        Ok(appended)
    }

    fn place_all(&mut self, batch: &Batch) -> Result<Vec<Stored>, StoreError> {
        let Batch { log, expected, now, records, keys } = batch;
        for draft in records {
            if let Some(parts) = self.recorded.get(&(*log, draft.command))
                && parts.iter().any(|(part, _)| *part == draft.part)
            {
                let positions = parts.iter().map(|(_, position)| *position).collect();
                return Err(StoreError::AlreadyRecorded { positions });
            }
        }
        let tree = &self.tails.of(*log).tree;
        if !expected.is_met_by(tree) {
            return Err(StoreError::Moved { size: tree.size() });
        }
        keys.iter().try_for_each(|key| self.add_key(key))?;
        records.iter().map(|draft| self.place(*log, *now, draft.clone())).collect()
    }

    fn add_key(&mut self, key: &WrappedKey) -> Result<(), StoreError> {
        self.not_erased(key.locker)?;
        if self.newest.is_some_and(|newest| key.epoch < newest) {
            return Err(StoreError::EpochEnded(key.epoch));
        }
        if !self.keyed.insert(key.locker) {
            return Err(StoreError::HasKey(key.locker));
        }
        self.newest = Some(key.epoch);
        Ok(())
    }

    /// Gives a draft the next position.
    fn place(&mut self, log: Log, now: Micros, draft: SealedDraft) -> Result<Stored, StoreError> {
        let (command, part) = (draft.command, draft.part);
        let mut fields = HashSet::new();
        for particular in &draft.particulars {
            self.not_erased(particular.locker)?;
            if !self.keyed.contains(&particular.locker) {
                return Err(StoreError::NoKey(particular.locker));
            }
            if !matches!(particular.body, Body::Sealed(_)) {
                return Err(StoreError::NotSealed(particular.field.clone()));
            }
            let named = particular.kept == Kept::Beside || self.attachments.insert(particular.field.clone());
            if !named || !fields.insert(&particular.field) {
                return Err(StoreError::NotUnique(format!("the name {}", particular.field)));
            }
        }
        drop(fields);
        let tail = self.tails.of_mut(log);
        tail.recorded_at = tail.recorded_at.max(now);
        let stored = draft.at(log, tail.tree.size() + 1, tail.recorded_at);
        tail.tree.push(stored.record.leaf);
        let parts = self.recorded.entry((log, command)).or_default();
        if parts.iter().any(|(there, _)| *there == part) {
            return Err(StoreError::NotUnique(format!("part {part} of a command")));
        }
        parts.push((part, stored.record.position));
        for locker in &stored.record.erases {
            self.erased.insert(*locker);
            self.keyed.remove(locker);
        }
        Ok(stored)
    }

    fn not_erased(&self, locker: Locker) -> Result<(), StoreError> {
        if self.erased.contains(&locker) { Err(StoreError::Erased(locker)) } else { Ok(()) }
    }
}
