//! The council's own list of addresses: its exports become one file, which answers what somebody begins to type.
//!
//! ```text
//! AddressBase or LLPG files ──► Reading ──► Listed addresses ──► gazetteer.db, written beside and renamed into place
//!                                  └── every row that was not taken, by file and line        │
//!                          Gazetteer::suggest("flat 2 14 high") ◄───────────────────────────┘
//! ```
//!
//! It holds public addresses and nothing about anybody, and can be loaded again at any time. Deliberately not here: the register,
//! screens, and where the file lies.

mod address;
mod case;
mod query;
mod read;
mod store;
mod words;

pub use address::{Address, Standing};
pub use read::{Fault, FaultKind, Format, NotRead, Reading, Tally};
pub use store::{About, Gazetteer, Loaded, NotLoaded, Shrinking, Unreadable};

/// The most suggestions that are worth reading through.
pub const MOST: usize = 15;
