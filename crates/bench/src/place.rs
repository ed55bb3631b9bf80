//! A register's directory, laid out as the program lays it out: `register.db`, `keys`, `heads`.

use anyhow::{Context, Result};
use ledger::{Epoch, HeadFiles, Keyring, Ledger, OsEntropy};
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
}

impl Place {
    /// The register in a directory, whether there is one yet or not.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into() }
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
        let store = SqliteStore::open(&self.database(), self.heads()?)?;
        Ok(Ledger::open(Arc::new(store), self.keyring()?, Box::new(OsEntropy)).await?)
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
