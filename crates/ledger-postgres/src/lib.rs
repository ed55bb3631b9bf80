//! The ledger's store in PostgreSQL, or in whatever speaks its protocol: several nodes on one register.
//!
//! One row is locked by whoever appends, which is the register's serial order; who follows asks for what is after the last
//! position. No sequence, advisory lock, trigger or notification is needed. A commit is acknowledged when the database confirmed
//! it without a warning and in time; otherwise its outcome is unknown. Deliberately not here: what a record means, sealing, and
//! anything that another database does in the same way.

mod connection;
mod filling;
mod items;
mod open;
mod plan;
mod reader;
mod rows;
mod tails;
#[cfg(feature = "testing")]
pub mod testing;
mod tls;
mod transaction;
mod trouble;
mod writer;

pub use filling::PostgresFilling;

use async_trait::async_trait;
use connection::{Connections, Pooled};
use items::Items;
use ledger::{
    Appended, Batch, CommandId, Contents, Digest, Expected, Head, HeadFiles, Item, Locker, Lockers, Log,
    Micros, Present, Store, StoreError, Stored, Tails, WrappedKey,
};
use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_postgres::Client;
use tokio_postgres::types::Type;
use transaction::{Commits, Moment, insisting};
use trouble::Trouble;
use writer::Writer;

/// How the database is reached, and how long it is waited for.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// Its address, as PostgreSQL's own programs take it: `postgresql://psr@db.council.example/psr` or `host=/run/postgresql
    /// dbname=psr`. What leaves this machine is encrypted unless it says `sslmode=disable`.
    pub url: String,
    /// The password of its user, where the address has none and the database asks for one.
    pub password: Option<String>,
    /// A file of the certificates that vouch for the database's, as PEM; by default those that browsers trust.
    pub certificates: Option<PathBuf>,
    /// How long a commit may take before its outcome counts as unknown.
    pub commit_wait: Duration,
    /// The most connections of this process.
    pub connections: usize,
}

impl Settings {
    /// The usual settings for a database at `url`: five seconds for a commit, eight connections.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            password: None,
            certificates: None,
            commit_wait: Duration::from_secs(5),
            connections: 8,
        }
    }

    /// Reads the settings, and asks nobody.
    ///
    /// # Errors
    /// [`StoreError::NotThere`] when the address is none, or the certificates cannot be read.
    pub fn check(&self) -> Result<(), StoreError> {
        Connections::new(self).map(drop)
    }
}

/// Where the database is, without its user's password.
impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        connection::spoken(self, f)
    }
}

/// Without the address, which may hold a password.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("commit_wait", &self.commit_wait).finish_non_exhaustive()
    }
}

/// A ledger in PostgreSQL.
pub struct PostgresStore {
    connections: Connections,
    reading: Reading,
    /// Where the logs ended at the last commit of this node that was confirmed. What others appended since is read on top of it each time and
    /// not kept: until a commit confirms it, it may be lost with the primary.
    confirmed: Arc<Mutex<Tails>>,
    writing: Option<Writing>,
}

/// From where is read.
enum Reading {
    /// From any connection, as it is now.
    Now,
    /// From one, as everything was at one moment.
    AtOneMoment(Arc<Moment>),
}

/// What it takes to write.
struct Writing {
    writer: Writer,
    items: Items,
    commits: Arc<Commits>,
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresStore(…)")
    }
}

impl PostgresStore {
    /// Makes a new, empty register in a database that has none.
    ///
    /// # Errors
    /// When there is one already, or the heads noted outside say that there was a ledger.
    pub async fn create(settings: &Settings, heads: HeadFiles) -> Result<Self, StoreError> {
        let connections = Connections::new(settings)?;
        let transaction = Commits::new(connections, settings.commit_wait).begin().await?;
        open::create(&transaction).await?;
        transaction.commit().await?;
        Self::open(settings, heads).await
    }

    /// Whether there is a register in the database, in whatever state.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn is_there(settings: &Settings) -> Result<bool, StoreError> {
        let connections = Connections::new(settings)?;
        Ok(open::schema(&*connections.get().await?).await?.is_some())
    }

    /// Shuts a register that has been moved elsewhere, for every node that has it open too, unless it holds something else than
    /// was moved.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when records were appended meanwhile, and then it goes on as it is.
    pub async fn shut(settings: &Settings, moved: &Contents) -> Result<(), StoreError> {
        let transaction = Commits::new(Connections::new(settings)?, settings.commit_wait).begin().await?;
        open::shut(&transaction, moved).await?;
        Ok(transaction.commit().await?)
    }

    /// Opens the register after counting its records again and comparing the trees with the heads noted outside.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the database is behind the heads noted outside or differs from them: which log, where, how.
    /// [`StoreError::NewerSchema`] when a newer program wrote it.
    pub async fn open(settings: &Settings, heads: HeadFiles) -> Result<Self, StoreError> {
        let connections = Connections::new(settings)?;
        open::recognise(&connections).await?;
        let tails = tails::recount(&connections, &heads).await?;
        let commits = Commits::new(connections.clone(), settings.commit_wait);
        let confirmed = Arc::new(Mutex::new(tails.clone()));
        Ok(Self {
            reading: Reading::Now,
            writing: Some(Writing {
                writer: Writer::start(Arc::clone(&commits), heads, tails, Arc::clone(&confirmed)),
                items: Items(Arc::clone(&commits)),
                commits,
            }),
            confirmed,
            connections,
        })
    }

    /// Opens the register as it is at this moment, whatever state it is in, to be verified or copied. Nothing can be written
    /// through it, and nothing that is written meanwhile is seen.
    ///
    /// # Errors
    /// When there is no database that this program can read.
    pub async fn inspect(settings: &Settings) -> Result<Self, StoreError> {
        let connections = Connections::new(settings)?;
        open::recognise(&connections).await?;
        Self::at_one_moment(connections).await
    }

    async fn at_one_moment(connections: Connections) -> Result<Self, StoreError> {
        let moment = Moment::now(&connections).await?;
        Ok(Self {
            connections,
            reading: Reading::AtOneMoment(Arc::new(moment)),
            confirmed: Arc::default(),
            writing: None,
        })
    }

    async fn reader(&self) -> Result<Reader<'_>, StoreError> {
        match &self.reading {
            Reading::Now => Ok(Reader::Own(Box::new(self.connections.get().await?))),
            Reading::AtOneMoment(moment) => Ok(Reader::Shared(moment)),
        }
    }

    fn writing(&self) -> Result<&Writing, StoreError> {
        let read_only = || StoreError::Unavailable("this opening of the store does not write".to_owned());
        self.writing.as_ref().ok_or_else(read_only)
    }
}

/// A connection to read from.
enum Reader<'a> {
    Own(Box<Pooled>),
    Shared(&'a Moment),
}

impl Deref for Reader<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        match self {
            Self::Own(connection) => connection,
            Self::Shared(moment) => moment,
        }
    }
}

impl Writing {
    async fn rewrap(&self, keys: &[WrappedKey]) -> Result<(), Trouble> {
        let lockers: Vec<i64> = keys.iter().map(|key| rows::signed(key.locker.0)).collect();
        let epochs: Vec<i64> = keys.iter().map(|key| key.epoch.0.into()).collect();
        let wrapped: Vec<&[u8]> = keys.iter().map(|key| key.wrapped.as_slice()).collect();
        insisting(async || {
            let transaction = self.commits.begin().await?;
            transaction.query_typed(writer::LOCK, &[]).await?;
            transaction
                .execute_typed(
                    "update vault set epoch = k.epoch, wrapped = k.wrapped
                         from unnest($1, $2, $3) as k (locker, epoch, wrapped) where vault.locker = k.locker",
                    &[
                        (&lockers, Type::INT8_ARRAY),
                        (&epochs, Type::INT8_ARRAY),
                        (&wrapped, Type::BYTEA_ARRAY),
                    ],
                )
                .await?;
            let left = transaction
                .query_typed_opt(
                    "select locker from vault where epoch < (select max(epoch) from vault) limit 1",
                    &[],
                )
                .await?;
            if let Some(row) = left {
                return Err(StoreError::HasKey(rows::locker(&row)?).into());
            }
            transaction.commit().await
        })
        .await
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn head(&self, log: Log) -> Result<Head, StoreError> {
        let reader = self.reader().await?;
        let mut tail = self.confirmed.lock().unwrap_or_else(PoisonError::into_inner).of(log).clone();
        tails::catch_up(&reader, log, &mut tail).await?;
        Ok(tail.tree.head())
    }

    async fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        self.writing()?.writer.append(batch).await
    }

    async fn read(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Stored>, StoreError> {
        let moment = match &self.reading {
            Reading::Now => {
                return Ok(reader::read(&*self.connections.get().await?, log, after, limit).await?);
            }
            Reading::AtOneMoment(moment) => Arc::clone(moment),
        };
        // Whoever reads ahead leaves this while asking something else of the same connection, whose answers come in turn.
        let reading = tokio::spawn(async move { reader::read(&moment, log, after, limit).await });
        Ok(reading.await.map_err(|error| StoreError::Unavailable(error.to_string()))??)
    }

    async fn leaves(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Digest>, StoreError> {
        Ok(reader::leaves(&*self.reader().await?, log, after, limit).await?)
    }

    async fn command(&self, log: Log, command: CommandId) -> Result<Vec<u64>, StoreError> {
        let positions = reader::positions(&*self.reader().await?, log, command).await?;
        // Whoever asks this wants to acknowledge it, and its commit may be one whose outcome was not known.
        if let Some(writing) = self.writing.as_ref().filter(|_| !positions.is_empty()) {
            writing.commits.confirm().await?;
        }
        Ok(positions)
    }

    async fn attachment(&self, name: &str) -> Result<Option<Stored>, StoreError> {
        Ok(reader::attachment(&*self.reader().await?, name).await?)
    }

    async fn keys(&self, lockers: Lockers) -> Result<Vec<WrappedKey>, StoreError> {
        Ok(reader::keys(&*self.reader().await?, lockers).await?)
    }

    async fn erased(&self) -> Result<Vec<Locker>, StoreError> {
        Ok(reader::lockers(&*self.reader().await?, "select locker from erasure order by locker").await?)
    }

    async fn keyless(&self) -> Result<Vec<Locker>, StoreError> {
        const KEYLESS: &str = "select distinct locker from particular where sealed is not null
            and not exists (select 1 from vault where vault.locker = particular.locker)
            and not exists (select 1 from erasure where erasure.locker = particular.locker)";
        Ok(reader::lockers(&*self.reader().await?, KEYLESS).await?)
    }

    async fn add_keys(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        let (log, expected, now) = (Log::Register, Expected::Anywhere, Micros(i64::MIN));
        let only_keys = Batch { log, expected, now, records: Vec::new(), keys };
        self.writing()?.writer.append(only_keys).await.map(|_| ())
    }

    async fn rewrap(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        Ok(self.writing()?.rewrap(&keys).await?)
    }

    async fn put_item(&self, item: Item, expected: Present) -> Result<u64, StoreError> {
        Ok(self.writing()?.items.put(&item, expected).await?)
    }

    async fn item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        Ok(reader::item(&*self.reader().await?, kind, key).await?)
    }

    async fn take_item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        Ok(self.writing()?.items.take(kind, key).await?)
    }

    async fn items(&self, kind: &str, owner: &str) -> Result<Vec<Item>, StoreError> {
        Ok(reader::items(&*self.reader().await?, kind, owner).await?)
    }

    async fn all_items(&self) -> Result<Vec<Item>, StoreError> {
        Ok(reader::all_items(&*self.reader().await?).await?)
    }

    async fn faults(&self) -> Result<Vec<String>, StoreError> {
        // Of the pages as they are now, from a connection that a fault does no harm to.
        Ok(reader::faults(&*self.connections.get().await?).await?)
    }

    async fn sweep(&self, now: Micros) -> Result<u64, StoreError> {
        Ok(self.writing()?.items.sweep(now).await?)
    }

    /// Writes the register into an SQLite file: what this program verifies, serves and moves back, on any machine.
    async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let snapshot = Self::at_one_moment(self.connections.clone()).await?;
        let copy = ledger_sqlite::SqliteFilling::begin(to)?;
        ledger::copy(&snapshot, Box::new(copy)).await.map(|_| ())
    }
}
