//! Where a register is kept: in a file, or in a PostgreSQL database.

use crate::config::Database;
use anyhow::Result;
use ledger::{Contents, Filling, HeadFiles, Store, StoreError};
use ledger_postgres::{PostgresFilling, PostgresStore, Settings};
use ledger_sqlite::{SqliteFilling, SqliteStore};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a register is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this file.
    File(PathBuf),
    /// In this database.
    Postgres(Settings),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(settings) => settings.fmt(f),
        }
    }
}

impl Place {
    /// The register's file in a folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self::File(folder.join("register.db"))
    }

    /// What somebody names on a command line: the address of a database, or a folder.
    pub fn named(name: &str, usual: Option<&Database>) -> Result<Self> {
        if !name.starts_with("postgresql://") && !name.starts_with("postgres://") && !name.contains("dbname=")
        {
            return Ok(Self::in_folder(Path::new(name)));
        }
        let database =
            Database { url: name.to_owned(), ..usual.cloned().unwrap_or_else(|| Database::at(name)) };
        database.settings().map(Self::Postgres)
    }

    /// Whether there is a register, in whatever state.
    pub async fn holds_a_register(&self) -> Result<bool, StoreError> {
        match self {
            Self::File(path) => Ok(path.exists()),
            Self::Postgres(settings) => PostgresStore::is_there(settings).await,
        }
    }

    /// Makes an empty register.
    pub async fn create(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::File(path) => Arc::new(SqliteStore::create(path, heads)?),
            Self::Postgres(settings) => Arc::new(PostgresStore::create(settings, heads).await?),
        })
    }

    /// Opens the register to be used.
    pub async fn open(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::File(path) => Arc::new(SqliteStore::open(path, heads)?),
            Self::Postgres(settings) => Arc::new(PostgresStore::open(settings, heads).await?),
        })
    }

    /// Opens the register to be read, whatever state it is in.
    pub async fn inspect(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::File(path) => Arc::new(SqliteStore::inspect(path)?),
            Self::Postgres(settings) => Arc::new(PostgresStore::inspect(settings).await?),
        })
    }

    /// Begins to fill it with what is kept elsewhere.
    pub async fn fill(&self) -> Result<Box<dyn Filling>, StoreError> {
        Ok(match self {
            Self::File(path) => Box::new(SqliteFilling::begin(path)?),
            Self::Postgres(settings) => Box::new(PostgresFilling::begin(settings).await?),
        })
    }

    /// Shuts the register, which has been moved from here.
    pub async fn shut(&self, moved: &Contents) -> Result<(), StoreError> {
        match self {
            Self::File(path) => SqliteStore::shut(path, moved),
            Self::Postgres(settings) => PostgresStore::shut(settings, moved).await,
        }
    }
}
