//! What the index keeps of one description: words as numbers, addresses in parts, identifiers in one notation. Nothing as it was typed.

use crate::address::HeldPlace;
use crate::born::Born;
use crate::description::{Key, Kind};
use crate::name::HeldWord;
use crate::spelling::Word;

/// A place in the index's table of profiles.
pub(crate) type Slot = u32;

/// A description, folded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Profile {
    pub key: Key,
    pub kind: Kind,
    pub names: Box<[HeldWord]>,
    /// Digests of the current name with all its letters run together, in both orders.
    pub run_together: Box<[u64]>,
    pub born: Option<Born>,
    pub places: Box<[HeldPlace]>,
    pub phones: Box<[u64]>,
    pub mails: Box<[HeldMail]>,
    pub handles: Box<[u64]>,
    pub references: Box<[u64]>,
}

/// A mail address as kept: its name as a word that slips can be found in, its host as a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeldMail {
    pub local: Word,
    pub host: u64,
}
