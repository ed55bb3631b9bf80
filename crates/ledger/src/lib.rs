//! The ledger: an append-only log whose every record is chained, whose personal content is sealed beside it and can be destroyed,
//! and whose loss or alteration is found by anyone who holds a checkpoint.
//!
//! [`Draft`]s go in, are sealed in lockers ([`Keyring`] holds what opens them), become
//! [`Record`]s at the next position of a [`Log`], and are leaves of a tree whose root is signed ([`checkpoint`]) and noted
//! outside the database ([`head_file`]) before the append is acknowledged. A [`Store`] is the database; [`Ledger`] is what the
//! register uses; [`verify`] reads everything again and says what is wrong and where.
//!
//! Deliberately not here: what a record means, any one database, the clock.

mod ahead;
pub mod checkpoint;
#[cfg(feature = "contract")]
pub mod contract;
mod copy;
mod damage;
mod digest;
mod entropy;
pub mod head_file;
mod keyring;
mod ledger;
mod noted;
mod plumbing;
mod proof;
pub mod receipt;
mod record;
pub mod recount;
mod seal;
mod store;
mod tails;
pub mod tree;
mod vault;
mod verify;
pub mod wire;
pub mod witness;

pub use copy::{Contents, Filling, contents, copy, read_whole};
pub use damage::{Damage, Finding};
pub use digest::Digest;
pub use entropy::{Entropy, NoEntropy, OsEntropy};
pub use head_file::{HeadFileError, HeadFiles};
pub use keyring::{Epoch, Keyring, KeyringError, WrappedKey, unexposed};
pub use ledger::{Content, Ledger, LedgerError, Opened, OpenedParticular};
pub use noted::Noted;
pub use plumbing::{Item, Present};
pub use proof::Inclusion;
pub use record::{
    Body, CommandId, Draft, Kept, Locker, Log, Micros, Particular, Record, SealedDraft, SealedParticular,
    Stored, particulars_digest,
};
pub use seal::SealError;
pub use store::{Appended, Batch, Expected, Lockers, Store, StoreError};
pub use tails::{Tail, Tails};
pub use tree::Head;
pub use verify::{Keys, Report, verify};
