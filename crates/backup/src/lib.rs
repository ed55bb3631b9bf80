//! Backups of a ledger: archives that only a printed key card opens, and a register made of them again.
//!
//! [`Backups`] writes archives into a [`Folder`]: a set begins with a full one each day, and goes on with what was added since.
//! Nothing that was written is written over or removed, except by [`Folder::prune`]. A [`Card`] opens them: [`Restoring`] reads a
//! set to its end, says which file is damaged or missing before anything is made, leaves out what the set says was erased, and
//! fills a database that [`ledger::verify`] then holds against every checkpoint in the set.
//!
//! An archive is a row of pieces ([`piece`]), deflated, then encrypted to the card's recipient in the format of age.
//!
//! Deliberately not here: any one database, when to back up, where the folder is kept.

mod card;
mod folder;
mod name;
mod piece;
mod restore;
mod sealed;
mod write;

pub use card::{Card, NotACard, NotARecipient, Recipient};
pub use folder::{Folder, Pruned, Set};
pub use name::{Name, SetName};
pub use restore::{Restored, Restoring};
pub use sealed::Unreadable;
pub use write::{Backups, Extent, Written};

use ledger::{Epoch, KeyringError, NoEntropy, StoreError};
use std::io;
use std::path::{Path, PathBuf};

/// Why a backup was not written or cannot be restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file system refused.
    #[error("{path}: {source}", path = path.display())]
    Files {
        /// What was being read or written.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keyring cannot be used.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The month's keys were renewed while the archive was being written. Begin again.
    #[error("the master key was renewed meanwhile ({0}); try again")]
    Renewed(Epoch),
    /// The work was interrupted.
    #[error("it was interrupted")]
    Interrupted,
    /// There is nothing in the folder that could be restored.
    #[error("no backup in {folder}{}", before.as_deref().map(|at| format!(" from {at} or before")).unwrap_or_default(), folder = folder.display())]
    None {
        /// The folder.
        folder: PathBuf,
        /// The moment that was asked for.
        before: Option<String>,
    },
    /// An archive of the set is not there.
    #[error("{missing} is missing from {folder}: what was recorded after {before} is in it", folder = folder.display())]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// How its name begins.
        missing: String,
        /// The file before it, or the set's beginning.
        before: String,
    },
    /// An archive cannot be read.
    #[error("{path} is damaged: {reason}", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: Unreadable,
    },
}

/// Says which file the system refused.
fn files(path: &Path) -> impl FnOnce(io::Error) -> BackupError + '_ {
    move |source| BackupError::Files { path: path.to_owned(), source }
}
