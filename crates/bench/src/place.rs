//! A register's directory, laid out as the program lays it out: `register.db`, `keys`, `heads`; or a database in PostgreSQL with the keys
//! and heads beside it.

use anyhow::{Context, Result};
use ledger::{Epoch, HeadFiles, Keyring, Ledger, OsEntropy, Store};
use ledger_postgres::{PostgresFilling, PostgresStore, Settings};
use ledger_sqlite::SqliteStore;
use service::clock::Clock;
use service::{Reality, Service};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a register lies.
#[derive(Debug, Clone)]
pub struct Place {
    /// The program's `--data`.
    pub data: PathBuf,
    /// The database in PostgreSQL that keeps it, if it is not a file in there.
    pub postgres: Option<Settings>,
}

impl Place {
    /// The register in a directory, whether there is one yet or not.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), postgres: None }
    }

    /// The same register in an empty database of PostgreSQL, with the keys and heads that it has.
    pub async fn moved_to(&self, settings: Settings) -> Result<Self> {
        let filling = PostgresFilling::begin(&settings).await?;
        ledger::copy(&*self.store().await?, Box::new(filling)).await?;
        Ok(Self { data: self.data.clone(), postgres: Some(settings) })
    }

    /// Its store, opened.
    pub async fn store(&self) -> Result<Arc<dyn Store>> {
        let heads = self.heads()?;
        Ok(match &self.postgres {
            Some(settings) => Arc::new(PostgresStore::open(settings, heads).await?),
            None => Arc::new(SqliteStore::open(&self.database(), heads)?),
        })
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data.join("register.db")
    }

    /// The file beside the database that holds the latest commits.
    pub fn write_ahead_log(&self) -> PathBuf {
        self.data.join("register.db-wal")
    }

    /// The keys.
    pub fn keyring(&self) -> Result<Keyring> {
        Keyring::open(&self.data.join("keys")).context("keys")
    }

    /// The heads noted outside.
    pub fn heads(&self) -> Result<HeadFiles> {
        HeadFiles::open(&self.data.join("heads"), &self.keyring()?).context("heads")
    }

    /// Makes an empty register.
    pub async fn make(&self) -> Result<Ledger> {
        let keys = self.data.join("keys");
        let keyring = Keyring::create(&keys, "psr.example/bench", Epoch::new(2026, 11), &mut OsEntropy)?;
        let heads = HeadFiles::create(&self.data.join("heads"), &keyring)?;
        let store = SqliteStore::create(&self.database(), heads)?;
        Ok(Ledger::open(Arc::new(store), keyring, Box::new(OsEntropy)).await?)
    }

    /// Opens the register that is there.
    pub async fn open(&self) -> Result<Ledger> {
        Ok(Ledger::open(self.store().await?, self.keyring()?, Box::new(OsEntropy)).await?)
    }

    /// Opens and starts the register that is there.
    pub async fn serve(&self, clock: Arc<dyn Clock>) -> Result<Service> {
        Ok(Service::start(Arc::new(self.open().await?), clock, Reality::Measured).await?)
    }

    /// Copies the register with its keys and heads, as a thief or a backup would.
    pub fn copy_to(&self, data: &Path) -> Result<Self> {
        if data.exists() {
            fs::remove_dir_all(data)?;
        }
        copy(&self.data, data)?;
        Ok(Self::new(data))
    }
}

/// Copies a directory with everything in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &there)?;
        } else {
            fs::copy(entry.path(), there)?;
        }
    }
    Ok(())
}
