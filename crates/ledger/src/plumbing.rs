//! Small short-lived things that are not history: sessions, credentials, drafts of forms, counters. One mechanism for all.
//!
//! Bodies are sealed like particulars. Keys and owners are not: a key that is a secret (a session's token) comes in as a digest.

use crate::digest::Canonical;
use crate::record::Micros;
use std::fmt;

/// One small thing.
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is: `session`, `draft`.
    pub kind: String,
    /// Which one; unique in its kind.
    pub key: String,
    /// Whose it is: an account's reference, or empty.
    pub owner: String,
    /// When it ceases to exist.
    pub expires_at: Option<Micros>,
    /// How often it has been put; given by the store, ignored in what is put.
    pub version: u64,
    /// The content.
    pub body: Vec<u8>,
}

impl Item {
    /// An item to be put.
    #[must_use]
    pub fn new(kind: &str, key: &str, owner: &str, expires_at: Option<Micros>, body: Vec<u8>) -> Self {
        Self {
            kind: kind.to_owned(),
            key: key.to_owned(),
            owner: owner.to_owned(),
            expires_at,
            version: 0,
            body,
        }
    }

    /// Whether it still exists at `now`.
    pub(crate) fn lives_at(&self, now: Micros) -> bool {
        self.expires_at.is_none_or(|expires_at| expires_at > now)
    }

    pub(crate) fn aad(&self) -> Vec<u8> {
        Canonical::tagged("psr item 1")
            .bytes(self.kind.as_bytes())
            .bytes(self.key.as_bytes())
            .bytes(self.owner.as_bytes())
            .finish()
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Item({}, version {}, …)", self.kind, self.version)
    }
}

/// What must be there already for an item to be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    /// Whatever is there is replaced.
    Whatever,
    /// Nothing under this kind and key.
    Nothing,
    /// This version: nobody put it since it was read.
    Version(u64),
}
