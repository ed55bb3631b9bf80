//! The ledger's store in one SQLite file: a write-ahead log synced at every commit, one thread that writes, two that read.
//!
//! Other processes may have the same file open; the command line beside the server does. Deliberately not here: what a record
//! means, sealing, and anything that another database does in the same way.

mod filling;
mod open;
mod reader;
mod rows;
mod thread;
mod trouble;
mod writer;

pub use filling::SqliteFilling;

use async_trait::async_trait;
use ledger::{
    Appended, Batch, CommandId, Contents, Digest, Head, HeadFiles, Item, Locker, Lockers, Log, Micros,
    Present, Store, StoreError, Stored, Tails, WrappedKey,
};
use std::fmt;
use std::path::Path;

/// A ledger in one SQLite file.
pub struct SqliteStore {
    // In this order they end: the last connection to close brings the write-ahead log into the file, and must be able to.
    readers: reader::Readers,
    writer: writer::Writer,
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SqliteStore(…)")
    }
}

impl SqliteStore {
    /// Makes a new, empty database, readable by its owner only.
    ///
    /// # Errors
    /// When there is a file already, or the heads noted outside say that there was a ledger.
    pub fn create(path: &Path, heads: HeadFiles) -> Result<Self, StoreError> {
        open::create(path)?;
        Self::open(path, heads)
    }

    /// Opens the database after counting its records again and comparing the trees with the heads noted outside. Takes less than
    /// a second for each million records.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the database is behind the heads noted outside or differs from them: which log, where, how.
    /// [`StoreError::NewerSchema`] when a newer program wrote it.
    pub fn open(path: &Path, heads: HeadFiles) -> Result<Self, StoreError> {
        let connection = open::writing(path)?;
        let tails = open::recount(&connection, &heads)?;
        Ok(Self {
            readers: reader::Readers::start(path, tails.clone())?,
            writer: writer::Writer::start(connection, heads, tails)?,
        })
    }

    /// Shuts a register that has been moved elsewhere, for every process that has it open too, unless it holds something else than
    /// was moved.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when records were appended meanwhile, and then it goes on as it is.
    pub fn shut(path: &Path, moved: &Contents) -> Result<(), StoreError> {
        open::shut(path, moved)
    }

    /// Opens the database to be verified, whatever state it is in. Nothing can be written through it.
    ///
    /// # Errors
    /// When there is no database that this program can read.
    pub fn inspect(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { readers: reader::Readers::start(path, Tails::default())?, writer: writer::Writer::none() })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn head(&self, log: Log) -> Result<Head, StoreError> {
        self.readers.run(move |reader| reader.head(log)).await
    }

    async fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        self.writer.run(move |writing| writing.append(batch)).await
    }

    async fn read(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Stored>, StoreError> {
        self.readers.run(move |reader| reader.read(log, after, limit)).await
    }

    async fn leaves(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Digest>, StoreError> {
        self.readers.run(move |reader| reader.leaves(log, after, limit)).await
    }

    async fn command(&self, log: Log, command: CommandId) -> Result<Vec<u64>, StoreError> {
        self.readers.run(move |reader| Ok(rows::positions(reader.connection(), log, command)?)).await
    }

    async fn attachment(&self, name: &str) -> Result<Option<Stored>, StoreError> {
        let name = name.to_owned();
        self.readers.run(move |reader| reader.attachment(&name)).await
    }

    async fn keys(&self, lockers: Lockers) -> Result<Vec<WrappedKey>, StoreError> {
        self.readers.run(move |reader| reader.keys(&lockers)).await
    }

    async fn erased(&self) -> Result<Vec<Locker>, StoreError> {
        self.readers.run(|reader| reader.lockers("select locker from erasure order by locker")).await
    }

    async fn keyless(&self) -> Result<Vec<Locker>, StoreError> {
        self.readers
            .run(|reader| {
                reader.lockers(
                    "select distinct locker from particular where sealed is not null
                     and not exists (select 1 from vault where vault.locker = particular.locker)
                     and not exists (select 1 from erasure where erasure.locker = particular.locker)",
                )
            })
            .await
    }

    async fn add_keys(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        self.writer.run(move |writing| writing.add_keys(&keys)).await
    }

    async fn rewrap(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        self.writer.run(move |writing| writing.rewrap(&keys)).await
    }

    async fn put_item(&self, item: Item, expected: Present) -> Result<u64, StoreError> {
        self.writer.run(move |writing| writing.put_item(&item, expected)).await
    }

    async fn item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        let (kind, key) = (kind.to_owned(), key.to_owned());
        self.readers.run(move |reader| Ok(rows::item(reader.connection(), &kind, &key)?)).await
    }

    async fn take_item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        let (kind, key) = (kind.to_owned(), key.to_owned());
        self.writer.run(move |writing| writing.take_item(&kind, &key)).await
    }

    async fn items(&self, kind: &str, owner: &str) -> Result<Vec<Item>, StoreError> {
        let (kind, owner) = (kind.to_owned(), owner.to_owned());
        self.readers.run(move |reader| reader.items(&kind, &owner)).await
    }

    async fn all_items(&self) -> Result<Vec<Item>, StoreError> {
        self.readers.run(|reader| reader.all_items()).await
    }

    async fn faults(&self) -> Result<Vec<String>, StoreError> {
        self.readers.run(|reader| reader.faults()).await
    }

    async fn sweep(&self, now: Micros) -> Result<u64, StoreError> {
        self.writer.run(move |writing| writing.sweep(now)).await
    }

    async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let to = to.to_owned();
        self.readers.run(move |reader| reader.backup(&to)).await
    }
}
