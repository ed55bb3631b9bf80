//! The one thread that writes. It takes what waits, does all of it in one transaction with one sync, notes the new heads outside,
//! and only then answers each.
//!
//! After a failed sync nobody can say what is on disk, so the thread writes no more until the store is opened again.

use crate::open::{PATIENCE, catch_up};
use crate::rows::{self, signed};
use crate::thread::{Queue, ended};
use crate::trouble::{Trouble, not_written};
use ledger::head_file::HeldHeadFiles;
use ledger::{
    Appended, Batch, Epoch, HeadFileError, HeadFiles, Item, Locker, Log, Micros, Present, SealedDraft,
    StoreError, Stored, Tails, WrappedKey,
};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _};
use std::sync::mpsc::Receiver;
use std::time::Duration;
use tokio::sync::oneshot;

/// The most pieces of work in one transaction.
const GROUP: usize = 256;

/// The thread that writes, as others see it.
pub(crate) struct Writer {
    queue: Queue<Box<dyn Work>>,
}

impl Writer {
    pub fn start(connection: Connection, heads: HeadFiles, tails: Tails) -> Result<Self, StoreError> {
        let (mut queue, waiting) = Queue::new();
        let desk = Desk { connection, heads, noted: tails.clone(), tails, stopped: None };
        queue.spawn("ledger-writer", move || desk.serve(&waiting))?;
        Ok(Self { queue })
    }

    /// Nobody: whatever is to be written is refused.
    pub fn none() -> Self {
        Self { queue: Queue::new().0 }
    }

    /// Does a piece of work in a transaction, and returns when it is durable.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let task = Task { work: Some(work), done: None, reply };
        self.queue.send(Box::new(task))?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Unknown("the writer ended".to_owned())))
    }
}

/// A piece of work, and whoever waits for it.
trait Work: Send {
    fn run(&mut self, writing: &mut Writing<'_>) -> Result<(), Trouble>;
    fn answer(self: Box<Self>, outcome: Result<(), StoreError>);
}

struct Task<T, F> {
    work: Option<F>,
    done: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, F: FnOnce(&mut Writing<'_>) -> Result<T, Trouble> + Send> Work for Task<T, F> {
    fn run(&mut self, writing: &mut Writing<'_>) -> Result<(), Trouble> {
        if let Some(work) = self.work.take() {
            self.done = Some(work(writing)?);
        }
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Result<(), StoreError>) {
        let Self { done, reply, .. } = *self;
        drop(reply.send(outcome.and_then(|()| done.ok_or_else(ended))));
    }
}

/// What the thread has in front of it.
struct Desk {
    connection: Connection,
    heads: HeadFiles,
    tails: Tails,
    /// How far the heads are noted outside.
    noted: Tails,
    stopped: Option<String>,
}

impl Desk {
    fn serve(mut self, waiting: &Receiver<Box<dyn Work>>) {
        while let Ok(first) = waiting.recv() {
            let mut group: Vec<_> =
                std::iter::once(first).chain(waiting.try_iter().take(GROUP - 1)).collect();
            let mut refusals = Vec::new();
            let outcome = match &self.stopped {
                Some(reason) => Err(StoreError::Unavailable(format!("stopped writing: {reason}"))),
                None => self.carry_out(&mut group, &mut refusals),
            };
            refusals.resize(group.len(), None);
            for (work, refusal) in group.into_iter().zip(refusals) {
                work.answer(refusal.map_or(outcome.clone(), Err));
            }
        }
    }

    /// One transaction for the group. A piece that is refused leaves nothing behind and does not stop the others.
    fn carry_out(
        &mut self,
        group: &mut [Box<dyn Work>],
        refusals: &mut Vec<Option<StoreError>>,
    ) -> Result<(), StoreError> {
        let heads = self.heads.clone();
        let mut held = heads.lock()?;
        self.note(&mut held)?;
        self.connection.execute_batch("begin immediate").map_err(|error| not_written(&error))?;
        let before = self.tails.clone();
        let worked = self.work(group, refusals);
        let Ok(destroyed) = worked else {
            self.abandon(before);
            return worked.map(|_| ());
        };
        if let Err(error) = self.connection.execute_batch("commit") {
            self.abandon(before);
            return Err(match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => StoreError::Full,
                _ => self.stop(&error.to_string()),
            });
        }
        if destroyed == Destroyed::Something {
            self.empty_the_log();
        }
        self.note(&mut held).map_err(|error| match error {
            StoreError::Full => StoreError::Unknown("no space is left for the head file".to_owned()),
            other => other,
        })
    }

    fn work(
        &mut self,
        group: &mut [Box<dyn Work>],
        refusals: &mut Vec<Option<StoreError>>,
    ) -> Result<Destroyed, StoreError> {
        for log in Log::ALL {
            catch_up(&mut self.tails, &self.connection, log).map_err(|error| match error {
                StoreError::Damaged(_) => self.stop(&error.to_string()),
                other => other,
            })?;
        }
        let mut destroyed = Destroyed::Nothing;
        for work in group {
            let before = self.tails.clone();
            let savepoint = |sql| self.connection.execute_batch(sql).map_err(|error| not_written(&error));
            savepoint("savepoint piece")?;
            let mut writing =
                Writing { connection: &self.connection, tails: &mut self.tails, destroyed: &mut destroyed };
            match work.run(&mut writing) {
                Ok(()) => refusals.push(None),
                Err(Trouble::Refused(refusal)) => {
                    self.tails = before;
                    savepoint("rollback to piece")?;
                    refusals.push(Some(refusal));
                }
                Err(Trouble::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => {
                    return Err(StoreError::Full);
                }
                Err(Trouble::Sqlite(error)) => {
                    self.stopped = Some(error.to_string());
                    return Err(StoreError::Unavailable(error.to_string()));
                }
            }
            savepoint("release piece")?;
        }
        Ok(destroyed)
    }

    /// Notes outside how far the logs have come.
    fn note(&mut self, held: &mut HeldHeadFiles<'_>) -> Result<(), StoreError> {
        for log in Log::ALL {
            let tree = &self.tails.of(log).tree;
            if tree.size() > self.noted.of(log).tree.size() {
                match held.append(log, tree.head()) {
                    Ok(()) => *self.noted.of_mut(log) = self.tails.of(log).clone(),
                    Err(HeadFileError::Full(_)) => return Err(StoreError::Full),
                    Err(error) => return Err(self.stop(&error.to_string())),
                }
            }
        }
        Ok(())
    }

    /// Brings overwritten pages into the file and empties the write-ahead log that held their former content. Whoever still
    /// reads the log is not waited for: the next commits overwrite it soon enough.
    fn empty_the_log(&self) {
        drop(self.connection.busy_timeout(Duration::ZERO));
        drop(self.connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())));
        drop(self.connection.busy_timeout(PATIENCE));
    }

    fn abandon(&mut self, before: Tails) {
        self.tails = before;
        if !self.connection.is_autocommit() {
            drop(self.connection.execute_batch("rollback"));
        }
    }

    /// Writes no more until the store is opened again.
    fn stop(&mut self, reason: &str) -> StoreError {
        self.stopped = Some(reason.to_owned());
        StoreError::Unknown(reason.to_owned())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destroyed {
    Nothing,
    Something,
}

/// A transaction in which a piece of work is done.
pub(crate) struct Writing<'a> {
    connection: &'a Connection,
    tails: &'a mut Tails,
    destroyed: &'a mut Destroyed,
}

impl Writing<'_> {
    pub fn append(&mut self, batch: Batch) -> Result<Appended, Trouble> {
        let Batch { log, expected, now, records, keys } = batch;
        let mut recorded = self
            .connection
            .prepare_cached("select 1 from record where log = ?1 and command = ?2 and part = ?3")?;
        for draft in &records {
            if recorded.exists((log.number(), draft.command.0, draft.part))? {
                let positions = rows::positions(self.connection, log, draft.command)?;
                return Err(StoreError::AlreadyRecorded { positions }.into());
            }
        }
        let tree = &self.tails.of(log).tree;
        if !expected.is_met_by(tree) {
            return Err(StoreError::Moved { size: tree.size() }.into());
        }
        self.add_keys(&keys)?;
        let mut appended = Vec::with_capacity(records.len());
        for draft in records {
            let stored = self.place(log, now, draft);
            self.insert(&stored)?;
            appended.push(stored.record);
        }
        Ok(Appended { records: appended, register: self.tails.of(Log::Register).tree.head() })
    }

    /// Gives a draft the next position.
    fn place(&mut self, log: Log, now: Micros, draft: SealedDraft) -> Stored {
        let tail = self.tails.of_mut(log);
        tail.recorded_at = tail.recorded_at.max(now);
        let stored = draft.at(log, tail.tree.size() + 1, tail.recorded_at);
        tail.tree.push(stored.record.leaf);
        stored
    }

    fn insert(&mut self, stored: &Stored) -> Result<(), Trouble> {
        let Stored { record, particulars } = stored;
        rows::insert_record(self.connection, record)?;
        let mut keyed = self.connection.prepare_cached("select 1 from vault where locker = ?1")?;
        for particular in particulars {
            self.not_erased(particular.locker)?;
            if !keyed.exists([signed(particular.locker.0)])? {
                return Err(StoreError::NoKey(particular.locker).into());
            }
            let sealed = match &particular.body {
                ledger::Body::Sealed(sealed) => sealed,
                ledger::Body::Apart | ledger::Body::Erased => {
                    return Err(StoreError::NotSealed(particular.field.clone()).into());
                }
            };
            rows::insert_particular(self.connection, record, particular, Some(sealed))?;
        }
        record.erases.iter().try_for_each(|locker| self.erase(*locker, stored))
    }

    fn erase(&mut self, locker: Locker, by: &Stored) -> Result<(), Trouble> {
        rows::insert_erasure(self.connection, locker, &by.record)?;
        let locker = signed(locker.0);
        self.connection
            .prepare_cached("update particular set sealed = null where locker = ?1 and sealed is not null")?
            .execute([locker])?;
        self.connection.prepare_cached("delete from vault where locker = ?1")?.execute([locker])?;
        *self.destroyed = Destroyed::Something;
        Ok(())
    }

    fn not_erased(&self, locker: Locker) -> Result<(), Trouble> {
        let erased = self
            .connection
            .prepare_cached("select 1 from erasure where locker = ?1")?
            .exists([signed(locker.0)])?;
        if erased { Err(StoreError::Erased(locker).into()) } else { Ok(()) }
    }

    pub fn add_keys(&mut self, keys: &[WrappedKey]) -> Result<(), Trouble> {
        if keys.is_empty() {
            return Ok(());
        }
        let newest: Option<u32> =
            self.connection.query_row("select max(epoch) from vault", [], |row| row.get(0))?;
        let mut insert =
            self.connection.prepare_cached("insert into vault values (?1, ?2, ?3) on conflict do nothing")?;
        for WrappedKey { locker, epoch, wrapped } in keys {
            self.not_erased(*locker)?;
            if newest.is_some_and(|newest| *epoch < Epoch(newest)) {
                return Err(StoreError::EpochEnded(*epoch).into());
            }
            if insert.execute((signed(locker.0), epoch.0, wrapped))? == 0 {
                return Err(StoreError::HasKey(*locker).into());
            }
        }
        Ok(())
    }

    pub fn rewrap(&mut self, keys: &[WrappedKey]) -> Result<(), Trouble> {
        let mut update =
            self.connection.prepare_cached("update vault set epoch = ?2, wrapped = ?3 where locker = ?1")?;
        for WrappedKey { locker, epoch, wrapped } in keys {
            update.execute((signed(locker.0), epoch.0, wrapped))?;
        }
        let left = self
            .connection
            .query_row(
                "select locker from vault where epoch < (select max(epoch) from vault) limit 1",
                [],
                rows::locker,
            )
            .optional()?;
        *self.destroyed = Destroyed::Something;
        left.map_or(Ok(()), |locker| Err(StoreError::HasKey(locker).into()))
    }

    pub fn put_item(&mut self, item: &Item, expected: Present) -> Result<u64, Trouble> {
        let there: Option<i64> = self
            .connection
            .prepare_cached("select version from item where kind = ?1 and key = ?2")?
            .query_row([&item.kind, &item.key], |row| row.get(0))
            .optional()?;
        let version = there.map_or(0, i64::cast_unsigned);
        match expected {
            Present::Nothing if version != 0 => return Err(StoreError::ItemMoved { version }.into()),
            Present::Version(expected) if version != expected => {
                return Err(StoreError::ItemMoved { version }.into());
            }
            _ => {}
        }
        self.connection
            .prepare_cached("insert or replace into item values (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute((
                &item.kind,
                &item.key,
                &item.owner,
                item.expires_at.map(|at| at.0),
                signed(version + 1),
                &item.body,
            ))?;
        Ok(version + 1)
    }

    pub fn take_item(&mut self, kind: &str, key: &str) -> Result<Option<Item>, Trouble> {
        let item = rows::item(self.connection, kind, key)?;
        self.connection
            .prepare_cached("delete from item where kind = ?1 and key = ?2")?
            .execute([kind, key])?;
        Ok(item)
    }

    pub fn sweep(&mut self, now: Micros) -> Result<u64, Trouble> {
        let swept =
            self.connection.prepare_cached("delete from item where expires_at <= ?1")?.execute([now.0])?;
        Ok(u64::try_from(swept).unwrap_or(u64::MAX))
    }
}
