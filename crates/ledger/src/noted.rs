//! Heads that were noted outside the database: in the head files, and on whatever was mailed, printed or given to a witness.

use crate::checkpoint::{self, NotACheckpoint, Verifiers};
use crate::head_file::{HeadFileError, HeadFiles, Signatures};
use crate::record::Log;
use crate::tree::Head;

/// What a ledger is held against: heads of both logs, each signed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noted {
    register: Vec<Head>,
    access: Vec<Head>,
}

impl Noted {
    /// Those in the head files.
    ///
    /// # Errors
    /// When a file cannot be read, or a checkpoint in it cannot be trusted.
    pub fn in_files(heads: &HeadFiles) -> Result<Self, HeadFileError> {
        let held = heads.lock()?;
        Ok(Self {
            register: held.read(Log::Register, Signatures::All)?,
            access: held.read(Log::Access, Signatures::All)?,
        })
    }

    /// Those that a text states in signed checkpoints, of either log, one after another.
    ///
    /// # Errors
    /// [`NotACheckpoint`] when one is not this register's, and where there is none.
    pub fn in_checkpoints(text: &str, verifiers: &Verifiers) -> Result<Self, NotACheckpoint> {
        let notes = checkpoint::split(text);
        let heads = notes.iter().map(|note| verifiers.verify(note)).collect::<Result<Vec<_>, _>>()?;
        let of = |wanted| heads.iter().filter(|(log, _)| *log == wanted).map(|(_, head)| *head).collect();
        if heads.is_empty() {
            return Err(NotACheckpoint::Shape);
        }
        Ok(Self { register: of(Log::Register), access: of(Log::Access) })
    }

    /// These and others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.register.extend(others.register);
        self.access.extend(others.access);
        self
    }

    /// The heads of `log`.
    #[must_use]
    pub fn of(&self, log: Log) -> &[Head] {
        match log {
            Log::Register => &self.register,
            Log::Access => &self.access,
        }
    }

    /// How many records of `log` the latest of them stands for; 0 where there is none.
    #[must_use]
    pub fn reaches(&self, log: Log) -> u64 {
        self.of(log).iter().map(|head| head.size).max().unwrap_or(0)
    }
}
