//! What the database's errors mean for the ledger: refused, not written, not known, or damaged.

use ledger::{Damage, Finding, Log, StoreError};
use std::fmt;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// Why a piece of work stopped before anything was committed.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// What the store says of it.
    Told(StoreError),
    /// The database failed.
    Postgres(Error),
}

impl Trouble {
    /// Whether the same may succeed now: somebody else was in the way.
    pub fn is_conflict(&self) -> bool {
        let conflicts = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
        matches!(self, Self::Postgres(error) if error.code().is_some_and(|code| conflicts.contains(code)))
    }

    /// The same, with the position that could not be read where the database is damaged.
    pub fn at(self, log: Log, position: u64) -> Self {
        match self {
            Self::Postgres(error) if is_damage(&error) => unreadable(log, position, &error).into(),
            other => other,
        }
    }

    /// Whether nothing was written, when this is what came of asking for a commit.
    pub fn is_certain(&self) -> bool {
        self.is_conflict()
            || matches!(self, Self::Postgres(error) if error.code() == Some(&SqlState::DISK_FULL))
    }

    /// Whether what was to be written is at fault, and not the database.
    pub fn is_about_the_data(&self) -> bool {
        matches!(self, Self::Postgres(error) if class(error).is_some_and(|class| ["22", "23"].contains(&class)))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told(error) => error.fmt(f),
            Self::Postgres(error) => f.write_str(&words(error)),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Postgres(error)
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Told(error) => error,
            Trouble::Postgres(error) => not_written(&error),
        }
    }
}

/// What an error means when nothing has been committed.
fn not_written(error: &Error) -> StoreError {
    match error.code() {
        Some(&SqlState::DISK_FULL) => StoreError::Full,
        Some(&SqlState::UNIQUE_VIOLATION) => StoreError::NotUnique(words(error)),
        _ if is_damage(error) => unreadable(Log::Register, 0, error),
        _ => StoreError::Unavailable(words(error)),
    }
}

fn is_damage(error: &Error) -> bool {
    matches!(error.code(), Some(&SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED))
}

/// What to say when a position cannot be read; 0 when it is no record.
fn unreadable(log: Log, position: u64, error: &Error) -> StoreError {
    let damage = Damage::Unreadable(words(error));
    StoreError::Damaged(vec![Finding { log, positions: position..=position, damage }])
}

/// An error in the database's words, without what it says of rows.
pub(crate) fn words(error: &Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => std::iter::successors(std::error::Error::source(error), |source| source.source())
            .fold(error.to_string(), |words, source| format!("{words}: {source}")),
    }
}

fn class(error: &Error) -> Option<&str> {
    error.code().and_then(|code| code.code().get(..2))
}
