//! The threads that read, each with a connection of its own, so that a long read does not hold up a short one.

use crate::open::{self, catch_up, unreadable};
use crate::rows::{self, PARTICULAR, RECORD, signed};
use crate::thread::{Queue, ended};
use crate::trouble::{Trouble, is_damage};
use ledger::{
    Digest, Head, Item, Locker, Lockers, Log, SealedParticular, StoreError, Stored, Tails, WrappedKey,
};
use rusqlite::{Connection, OptionalExtension as _, Transaction, backup};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

const THREADS: usize = 2;

type Job = Box<dyn FnOnce(&mut Reader) + Send>;

/// The threads that read, as others see them.
pub(crate) struct Readers {
    queue: Queue<Job>,
}

impl Readers {
    pub fn start(path: &Path, tails: Tails) -> Result<Self, StoreError> {
        let (mut queue, waiting) = Queue::new();
        let waiting = Arc::new(Mutex::new(waiting));
        let tails = Arc::new(Mutex::new(tails));
        for _ in 0..THREADS {
            let reader = Reader { connection: open::reading(path)?, tails: Arc::clone(&tails) };
            let waiting = Arc::clone(&waiting);
            queue.spawn("ledger-reader", move || reader.serve(&waiting))?;
        }
        Ok(Self { queue })
    }

    pub async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Reader) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |reader| drop(reply.send(read(reader).map_err(StoreError::from))));
        self.queue.send(job)?;
        answer.await.unwrap_or_else(|_| Err(ended()))
    }
}

/// One thread's connection.
pub(crate) struct Reader {
    connection: Connection,
    tails: Arc<Mutex<Tails>>,
}

impl Reader {
    fn serve(mut self, waiting: &Mutex<Receiver<Job>>) {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
            match next {
                Ok(job) => job(&mut self),
                Err(_) => return,
            }
        }
    }

    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    pub fn head(&mut self, log: Log) -> Result<Head, Trouble> {
        let mut tails = self.tails.lock().unwrap_or_else(PoisonError::into_inner);
        catch_up(&mut tails, &self.connection, log)?;
        Ok(tails.of(log).tree.head())
    }

    pub fn read(&mut self, log: Log, after: u64, limit: u32) -> Result<Vec<Stored>, Trouble> {
        let read = self.connection.transaction().and_then(|at_once| records(&at_once, log, after, limit));
        read.map_err(|error| {
            if is_damage(&error) { unreadable(log, after, &error).into() } else { Trouble::from(error) }
        })
    }

    pub fn leaves(&mut self, log: Log, after: u64, limit: u32) -> Result<Vec<Digest>, Trouble> {
        let mut statement = self.connection.prepare_cached(
            "select leaf from record where log = ?1 and position > ?2 order by position limit ?3",
        )?;
        let leaves = statement.query_map((log.number(), signed(after), limit), |row| rows::leaf(row, 0))?;
        Ok(leaves.collect::<rusqlite::Result<_>>()?)
    }

    pub fn attachment(&mut self, name: &str) -> Result<Option<Stored>, Trouble> {
        let at_once = self.connection.transaction()?;
        let found = at_once
            .prepare_cached("select log, position, sealed from particular where field = ?1 and kept = 1")?
            .query_row([name], |row| {
                Ok((row.get::<_, u8>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<Vec<u8>>>(2)?))
            })
            .optional()?;
        let Some((number, position, sealed)) = found else { return Ok(None) };
        let Some(log) = Log::ALL.into_iter().find(|log| log.number() == number) else { return Ok(None) };
        let mut stored = records(&at_once, log, position.cast_unsigned().saturating_sub(1), 1)?;
        let mut stored = stored.pop();
        let attachment =
            stored.iter_mut().flat_map(|stored| &mut stored.particulars).find(|found| found.field == name);
        if let (Some(attachment), Some(sealed)) = (attachment, sealed) {
            attachment.body = ledger::Body::Sealed(sealed);
        }
        Ok(stored)
    }

    pub fn keys(&mut self, lockers: &Lockers) -> Result<Vec<WrappedKey>, Trouble> {
        let mut keys = Vec::new();
        match lockers {
            Lockers::All => {
                let mut every = self.connection.prepare_cached("select locker, epoch, wrapped from vault")?;
                for key in every.query_map([], rows::wrapped_key)? {
                    keys.push(key?);
                }
            }
            Lockers::These(lockers) => {
                let mut one = self
                    .connection
                    .prepare_cached("select locker, epoch, wrapped from vault where locker = ?1")?;
                for locker in lockers {
                    keys.extend(one.query_row([signed(locker.0)], rows::wrapped_key).optional()?);
                }
            }
        }
        Ok(keys)
    }

    pub fn lockers(&mut self, sql: &str) -> Result<Vec<Locker>, Trouble> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let lockers = statement.query_map([], rows::locker)?.collect::<rusqlite::Result<_>>()?;
        Ok(lockers)
    }

    pub fn items(&mut self, kind: &str, owner: &str) -> Result<Vec<Item>, Trouble> {
        let mut statement = self.connection.prepare_cached(
            "select kind, key, owner, expires_at, version, body from item
             where kind = ?1 and owner = ?2 order by key",
        )?;
        let items = statement.query_map([kind, owner], rows::read_item)?.collect::<rusqlite::Result<_>>()?;
        Ok(items)
    }

    pub fn all_items(&mut self) -> Result<Vec<Item>, Trouble> {
        let mut statement = self.connection.prepare_cached(
            "select kind, key, owner, expires_at, version, body from item not indexed order by kind, key",
        )?;
        let items = statement.query_map([], rows::read_item)?.collect::<rusqlite::Result<_>>()?;
        Ok(items)
    }

    /// SQLite's own check: whether pages, tables and indexes fit together. It sees nothing of what rows say.
    pub fn faults(&mut self) -> Result<Vec<String>, Trouble> {
        let check = || {
            let mut statement = self.connection.prepare("pragma integrity_check")?;
            let lines = statement.query_map([], |row| rows::text(row, 0))?;
            lines.collect::<rusqlite::Result<Vec<_>>>()
        };
        match check() {
            Ok(lines) => Ok(lines.into_iter().filter(|line| line != "ok").collect()),
            Err(error) if is_damage(&error) => Ok(vec![error.to_string()]),
            Err(error) => Err(error.into()),
        }
    }

    pub fn backup(&mut self, to: &Path) -> Result<(), Trouble> {
        let not_there = |error: std::io::Error| StoreError::NotThere(format!("{}: {error}", to.display()));
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(not_there)?;
        let mut copy = Connection::open(to)?;
        backup::Backup::new(&self.connection, &mut copy)?.step(-1)?;
        copy.close().map_err(|(_, error)| error)?;
        File::open(to).and_then(|file| file.sync_all()).map_err(not_there)?;
        Ok(())
    }
}

/// Records with what is sealed beside them, both as of one moment.
fn records(at_once: &Transaction<'_>, log: Log, after: u64, limit: u32) -> rusqlite::Result<Vec<Stored>> {
    let mut stored: Vec<Stored> = at_once
        .prepare_cached(&format!(
            "select {RECORD} from record where log = ?1 and position > ?2 order by position limit ?3"
        ))?
        .query_map((log.number(), signed(after), limit), |row| {
            Ok(Stored { record: rows::record(log, row)?, particulars: Vec::new() })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let last = stored.last().map_or(after, |stored| stored.record.position);
    let mut statement = at_once.prepare_cached(&format!(
        "select {PARTICULAR} from particular where log = ?1 and position > ?2 and position <= ?3
         order by position, field"
    ))?;
    let mut particulars = statement.query((log.number(), signed(after), signed(last)))?;
    let mut records = stored.iter_mut().peekable();
    while let Some(row) = particulars.next()? {
        let (position, particular): (u64, SealedParticular) = rows::particular(row)?;
        while records.next_if(|stored| stored.record.position < position).is_some() {}
        if let Some(owner) = records.peek_mut().filter(|stored| stored.record.position == position) {
            owner.particulars.push(particular);
        }
    }
    Ok(stored)
}
