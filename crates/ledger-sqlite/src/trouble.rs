//! What SQLite's errors mean for the ledger: refused, not written, not known, or damaged.

use ledger::{Damage, Finding, Log, StoreError};
use rusqlite::{Error, ErrorCode};

/// Why a piece of work in a transaction stopped.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// This piece is refused; others in the transaction are not concerned.
    Refused(StoreError),
    /// SQLite failed.
    Sqlite(Error),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error.sqlite_error() {
            Some(by) if by.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER => {
                Self::Refused(StoreError::Unavailable(error.to_string()))
            }
            Some(by) if by.code == ErrorCode::ConstraintViolation => {
                Self::Refused(StoreError::NotUnique(error.to_string()))
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refused(error) => error,
            Trouble::Sqlite(error) if is_damage(&error) => beside_the_records(&error),
            Trouble::Sqlite(error) => not_written(&error),
        }
    }
}

/// What to say when the database cannot read something that is no record.
fn beside_the_records(error: &Error) -> StoreError {
    let damage = Damage::Unreadable(error.to_string());
    StoreError::Damaged(vec![Finding { log: Log::Register, positions: 0..=0, damage }])
}

/// What an error means when nothing has been committed.
pub(crate) fn not_written(error: &Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Unavailable(error.to_string()),
    }
}

/// Whether the database said that it is damaged.
pub(crate) fn is_damage(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
