//! The contract of a store: what a database must do for the ledger, and nothing that one database does better than another.
//!
//! A store appends sealed drafts in one serial order per log, keeps their particulars, their lockers' keys and the plumbing, and
//! notes each new head outside itself before it acknowledges. It neither opens nor understands what it keeps. The suite in
//! `contract` says the same in tests.

use crate::damage::Finding;
use crate::digest::Digest;
use crate::head_file::HeadFileError;
use crate::keyring::{Epoch, WrappedKey};
use crate::plumbing::{Item, Present};
use crate::record::{CommandId, Locker, Log, Micros, Record, SealedDraft, Stored};
use crate::tree::{Frontier, Head};
use async_trait::async_trait;
use std::path::Path;

/// Where the appender believes the log to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Wherever it ends.
    Anywhere,
    /// After this many records, or the append is refused.
    Size(u64),
    /// After exactly these records, or the append is refused.
    Head(Head),
}

impl Expected {
    /// Whether a log with this tree ends where it must.
    #[must_use]
    pub fn is_met_by(self, tree: &Frontier) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Size(size) => size == tree.size(),
            Self::Head(head) => head.size == tree.size() && head == tree.head(),
        }
    }
}

/// What is appended in one transaction: all of it or nothing.
#[derive(Debug, Clone)]
pub struct Batch {
    /// To which log.
    pub log: Log,
    /// Where it must end.
    pub expected: Expected,
    /// The clock's time; the records get this, or the last record's if that is later.
    pub now: Micros,
    /// The records, in order.
    pub records: Vec<SealedDraft>,
    /// Keys of lockers that had none.
    pub keys: Vec<WrappedKey>,
}

/// What was appended, durable in the database and noted outside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The records as they stand.
    pub records: Vec<Record>,
    /// The register log's head, read in the same transaction: an answer given from the state that has it is up to date, and one given from a
    /// state whose head this is not, at the same size, was given from another history (decision 45).
    pub register: Head,
}

/// Which lockers' keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lockers {
    /// Every locker's.
    All,
    /// These lockers'.
    These(Vec<Locker>),
}

/// Why a store did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The log does not end where the appender believed. Catch up and decide again.
    #[error("the log has moved on to {size} records")]
    Moved {
        /// How many records it has.
        size: u64,
    },
    /// The command was carried out before.
    #[error("recorded already, at {positions:?}")]
    AlreadyRecorded {
        /// Where its records stand.
        positions: Vec<u64>,
    },
    /// A locker that was to be given a key has one. Fetch it and seal again.
    #[error("locker {0} has a key already")]
    HasKey(Locker),
    /// A key was wrapped under an epoch whose keys have all been wrapped anew. Read the keyring again and seal again.
    #[error("{0} is not the present epoch of the keyring any more")]
    EpochEnded(Epoch),
    /// A locker was erased; nothing can be put in it again.
    #[error("locker {0} has been erased")]
    Erased(Locker),
    /// Content came for a locker that has no key.
    #[error("locker {0} has no key")]
    NoKey(Locker),
    /// A particular came without its sealed bytes.
    #[error("{0} is not sealed")]
    NotSealed(String),
    /// A field, part or attachment name is there already.
    #[error("not unique: {0}")]
    NotUnique(String),
    /// An item is not the version that was expected.
    #[error("the item is at version {version}")]
    ItemMoved {
        /// The version it is at; 0 when there is none.
        version: u64,
    },
    /// No space is left; nothing was written, and reading goes on.
    #[error("no space is left to write")]
    Full,
    /// The store cannot be reached, or has stopped writing; nothing was written.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// It is not known whether it was written. Ask for the command before trying again.
    #[error("the outcome is not known: {0}")]
    Unknown(String),
    /// The database is damaged.
    #[error("the ledger is damaged: {}", .0.iter().map(Finding::to_string).collect::<Vec<_>>().join("; "))]
    Damaged(Vec<Finding>),
    /// The head file cannot be used.
    #[error(transparent)]
    HeadFile(#[from] HeadFileError),
    /// The database was written by a newer program.
    #[error(
        "the database has schema {found}, and this program knows none after {known}; use a newer program"
    )]
    NewerSchema {
        /// The database's.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// There is no database where one is expected, or something that is not one, or one where none is expected.
    #[error("{0}")]
    NotThere(String),
}

/// A database that keeps the ledger.
#[async_trait]
pub trait Store: Send + Sync {
    /// The log's head as it is now, whoever wrote it.
    async fn head(&self, log: Log) -> Result<Head, StoreError>;

    /// Appends, with the keys of new lockers, and destroys what the records erase, in one transaction. Returns when all of it is
    /// durable and the new head is noted outside.
    ///
    /// # Errors
    /// [`StoreError::AlreadyRecorded`] before [`StoreError::Moved`]; nothing is written unless the outcome is
    /// [`StoreError::Unknown`].
    async fn append(&self, batch: Batch) -> Result<Appended, StoreError>;

    /// At most `limit` records after position `after`, as they are: whether they are sound is not asked here.
    async fn read(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Stored>, StoreError>;

    /// At most `limit` leaves after position `after`, as they are stored.
    async fn leaves(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Digest>, StoreError>;

    /// Where the command's records stand in `log`; empty when it was never carried out.
    async fn command(&self, log: Log, command: CommandId) -> Result<Vec<u64>, StoreError>;

    /// The record that has the attachment of this name, with its sealed bytes among its particulars.
    async fn attachment(&self, name: &str) -> Result<Option<Stored>, StoreError>;

    /// The wrapped keys of lockers; those without one are left out.
    async fn keys(&self, lockers: Lockers) -> Result<Vec<WrappedKey>, StoreError>;

    /// The lockers that have been erased.
    async fn erased(&self) -> Result<Vec<Locker>, StoreError>;

    /// The lockers that have sealed content and no key: none, in a sound ledger.
    async fn keyless(&self) -> Result<Vec<Locker>, StoreError>;

    /// Gives lockers that have none their first key.
    ///
    /// # Errors
    /// [`StoreError::HasKey`], and none is written.
    async fn add_keys(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError>;

    /// Replaces the wrapping of every key there is, leaving out lockers that have been erased meanwhile. From then on keys
    /// wrapped under a former epoch are refused with [`StoreError::EpochEnded`].
    ///
    /// # Errors
    /// [`StoreError::HasKey`] when a key would be left behind under a former epoch, and none is replaced.
    async fn rewrap(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError>;

    /// Puts an item and says its new version.
    ///
    /// # Errors
    /// [`StoreError::ItemMoved`] when what is there is not what was expected.
    async fn put_item(&self, item: Item, expected: Present) -> Result<u64, StoreError>;

    /// An item, expired or not.
    async fn item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError>;

    /// Removes an item and says what it was. Of two who take it at once, one gets it.
    async fn take_item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError>;

    /// Every item of a kind and an owner, by key.
    async fn items(&self, kind: &str, owner: &str) -> Result<Vec<Item>, StoreError>;

    /// Every item there is, expired or not.
    async fn all_items(&self) -> Result<Vec<Item>, StoreError>;

    /// What the database's own check finds wrong with its pages, tables and indexes, in its words; nothing in a sound one.
    async fn faults(&self) -> Result<Vec<String>, StoreError>;

    /// Removes what has expired at `now`, and says how many there were.
    async fn sweep(&self, now: Micros) -> Result<u64, StoreError>;

    /// Writes a whole, consistent copy of the database to a new file, while reading and writing go on.
    async fn backup(&self, to: &Path) -> Result<(), StoreError>;
}
