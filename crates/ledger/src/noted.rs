//! Heads that were noted outside the database: in the head files, and on whatever was mailed, printed or given to a witness.

use crate::checkpoint::{self, NotACheckpoint, Verifiers};
use crate::head_file::{HeadFileError, HeadFiles, Signatures};
use crate::record::Log;
use crate::tree::Head;

/// What a ledger is held against: heads of both logs, each signed, and those from different hands apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noted {
    hands: Vec<Vec<(Log, Head)>>,
}

impl Noted {
    /// Those in the head files.
    ///
    /// # Errors
    /// When a file cannot be read, or a checkpoint in it cannot be trusted.
    pub fn in_files(heads: &HeadFiles) -> Result<Self, HeadFileError> {
        let held = heads.lock()?;
        let mut found = Vec::new();
        for log in Log::ALL {
            found.extend(held.read(log, Signatures::All)?.into_iter().map(|head| (log, head)));
        }
        Ok(Self { hands: vec![found] })
    }

    /// Those that a text states in signed checkpoints, of either log, one after another.
    ///
    /// # Errors
    /// [`NotACheckpoint`] when one is not this register's, and where there is none.
    pub fn in_checkpoints(text: &str, verifiers: &Verifiers) -> Result<Self, NotACheckpoint> {
        let notes = checkpoint::split(text);
        let heads = notes.iter().map(|note| verifiers.verify(note)).collect::<Result<Vec<_>, _>>()?;
        if heads.is_empty() { Err(NotACheckpoint::Shape) } else { Ok(Self { hands: vec![heads] }) }
    }

    /// These, and others from other hands.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.hands.extend(others.hands);
        self
    }

    /// The heads of `log`, from each hand.
    pub fn of(&self, log: Log) -> impl Iterator<Item = Vec<Head>> {
        let of = move |hand: &Vec<(Log, Head)>| {
            hand.iter().filter(|(of, _)| *of == log).map(|(_, head)| *head).collect()
        };
        self.hands.iter().map(of)
    }

    /// How many records of `log` the latest of them stands for; 0 where there is none.
    #[must_use]
    pub fn reaches(&self, log: Log) -> u64 {
        self.of(log).flatten().map(|head| head.size).max().unwrap_or(0)
    }
}
