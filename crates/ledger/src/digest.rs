//! SHA-256 digests, and the one way in which fields are laid out as bytes before they are hashed or authenticated.

use sha2::{Digest as _, Sha256};
use std::fmt;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of several byte strings put end to end.
    #[must_use]
    pub(crate) fn of_all(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Fields laid out one after another so that no two lists of fields give the same bytes: a tag first, numbers big-endian at
/// their full width, byte strings after their length in 64 bits.
pub(crate) struct Canonical(Vec<u8>);

impl Canonical {
    /// Starts with the name of what is laid out, and its version.
    pub fn tagged(tag: &str) -> Self {
        Self(Vec::with_capacity(256)).bytes(tag.as_bytes())
    }

    pub fn byte(mut self, value: u8) -> Self {
        self.0.push(value);
        self
    }

    pub fn u32(mut self, value: u32) -> Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    pub fn u64(mut self, value: u64) -> Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    pub fn i64(mut self, value: i64) -> Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    pub fn count(self, items: usize) -> Self {
        self.u64(u64::try_from(items).unwrap_or(u64::MAX))
    }

    pub fn bytes(self, value: &[u8]) -> Self {
        let mut counted = self.count(value.len());
        counted.0.extend_from_slice(value);
        counted
    }

    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}
