//! What can be wrong with a ledger, and where.

use crate::record::{Locker, Log};
use std::fmt;
use std::ops::RangeInclusive;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {damage}", Place(*.log, .positions))]
pub struct Finding {
    /// In which log.
    pub log: Log,
    /// The records concerned, or among which the damage lies; `0..=0` when it is in no record.
    pub positions: RangeInclusive<u64>,
    /// What is wrong.
    pub damage: Damage,
}

/// The kinds of damage that can be told apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// A record's fields do not give its leaf.
    #[error("altered")]
    Altered,
    /// There are no such records, though there are later ones.
    #[error("missing")]
    Missing,
    /// The database cannot read from here on.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// A record is dated before the one in front of it.
    #[error("dated before the record in front of it")]
    BackInTime,
    /// The database ends before the last head that was noted outside it.
    #[error("lost: the head noted outside the database is further on, so it was rolled back or cut short")]
    RolledBack,
    /// The tree's root is not the one that was noted outside at the end of these positions.
    #[error("rewritten: the tree's root differs from the one noted outside the database")]
    RootDiffers,
    /// What is sealed beside the record is not what the record says: a part is missing, added, or moved.
    #[error("the particulars beside it are not those it was recorded with")]
    ParticularsDiffer,
    /// Sealed bytes are not those that were sealed.
    #[error("the sealed bytes of {0} were altered")]
    SealedAltered(String),
    /// Sealed bytes are gone, and no record erased their locker.
    #[error("the sealed bytes of {field} are gone, though no record erased locker {locker}")]
    SealedMissing {
        /// Which part of the record.
        field: String,
        /// The locker it lay in.
        locker: Locker,
    },
    /// A locker's key is gone, and no record erased it.
    #[error("the key of locker {0} is gone, though no record erased it")]
    KeyMissing(Locker),
    /// A locker's key does not unwrap.
    #[error("the key of locker {0} does not unwrap")]
    KeyUnreadable(Locker),
    /// The database's own check found something. A damaged index can hide a record that is there: a form would be done twice.
    #[error("the database's own check says: {0}")]
    Faulty(String),
    /// An item of the plumbing does not open.
    #[error("what is kept of kind {kind} under {key:?} was altered")]
    ItemAltered {
        /// Its kind, such as a session.
        kind: String,
        /// Its key.
        key: String,
    },
    /// A record erased a locker, and yet its key or its content is there.
    #[error("locker {0} was erased here, and yet its key or content is there")]
    NotErased(Locker),
}

struct Place<'a>(Log, &'a RangeInclusive<u64>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(log, positions) = self;
        match (positions.start(), positions.end()) {
            (_, 0) => f.write_str("beside the records"),
            (first, last) if first == last => write!(f, "{log} log, record {first}"),
            (first, last) => write!(f, "{log} log, records {first} to {last}"),
        }
    }
}
