//! What the index keeps of one description: words as numbers, addresses in parts, identifiers in one notation. Nothing as it was typed.
//!
//! What nearly every comparison looks at lies together, the rest apart: in a large register the time goes into fetching it.

use crate::address::HeldPlace;
use crate::born::Born;
use crate::description::{Key, Kind};
use crate::name::HeldWord;
use crate::short::Short;
use crate::spelling::Word;

/// A place in the index's table of profiles.
pub(crate) type Slot = u32;

/// A description, folded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Profile {
    pub key: Key,
    pub kind: Kind,
    /// Most names have no more words than these.
    pub names: Short<HeldWord, 5>,
    pub born: Option<Born>,
    pub place: Option<HeldPlace>,
    /// Places after the first.
    pub further_places: Box<[HeldPlace]>,
    pub rest: Box<Rest>,
}

impl Profile {
    /// Where they live and lived.
    pub(crate) fn places(&self) -> impl Iterator<Item = &HeldPlace> {
        self.place.iter().chain(&self.further_places)
    }
}

/// What of a profile is looked at only where it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rest {
    /// Digests of the current name with all its letters run together, in both orders.
    pub run_together: Box<[u64]>,
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
