//! Checkpoints: a log's head in the public text form, signed, to be kept where the database is not.
//!
//! The text is a C2SP tlog-checkpoint (origin, size, root in base64) inside a C2SP signed note with one Ed25519 signature by the
//! key whose name is the origin. Anyone with the verifier key can check one with tools that are not ours.

use crate::digest::Digest;
use crate::record::Log;
use crate::tree::Head;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The number that signed notes give to Ed25519.
const ED25519: u8 = 1;

/// Why a text is not a checkpoint of this log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACheckpoint {
    /// Not five lines: origin, size, root, an empty one, a signature.
    #[error("the text is not a signed checkpoint")]
    Shape,
    /// Signed for another log or by another key.
    #[error("the checkpoint is another log's, or signed by another key")]
    Origin,
    /// The signature does not fit the text.
    #[error("the checkpoint's signature does not fit its text")]
    Signature,
}

/// Who may sign for a log, in public: the origin, and the key that checks its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    origin: String,
    key: VerifyingKey,
}

/// Signs the checkpoints of one log. Never printed.
#[derive(Clone)]
pub struct Signer {
    origin: String,
    key: SigningKey,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({}, …)", self.origin)
    }
}

impl Signer {
    /// The signer of `log` in the register called `name`.
    pub(crate) fn new(name: &str, log: Log, key: SigningKey) -> Self {
        Self { origin: format!("{name}/{log}"), key }
    }

    /// What the public needs to check this signer's work.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier { origin: self.origin.clone(), key: self.key.verifying_key() }
    }

    /// The head as a signed checkpoint: five lines, each ended.
    #[must_use]
    pub fn sign(&self, head: Head) -> String {
        let text = format!("{}\n{}\n{}\n", self.origin, head.size, BASE64.encode(head.root.0));
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let signature = BASE64.encode([&self.verifier().id()[..], &signature].concat());
        format!("{text}\n\u{2014} {} {signature}\n", self.origin)
    }
}

impl Verifier {
    /// The head that a signed checkpoint states.
    ///
    /// # Errors
    /// [`NotACheckpoint`] unless it is one of this log, signed by this key.
    pub fn verify(&self, note: &str) -> Result<Head, NotACheckpoint> {
        let head = parse(note)?;
        let (text, signatures) = note.split_once("\n\n").ok_or(NotACheckpoint::Shape)?;
        if text.lines().next() != Some(&self.origin) {
            return Err(NotACheckpoint::Origin);
        }
        let signature = signatures
            .lines()
            .find_map(|line| line.strip_prefix("\u{2014} ")?.strip_prefix(&self.origin)?.strip_prefix(' '))
            .ok_or(NotACheckpoint::Origin)?;
        let signature = BASE64.decode(signature).map_err(|_| NotACheckpoint::Shape)?;
        let signature = signature.strip_prefix(&self.id()).ok_or(NotACheckpoint::Origin)?;
        let signature = Signature::from_slice(signature).map_err(|_| NotACheckpoint::Shape)?;
        self.key
            .verify_strict(format!("{text}\n").as_bytes(), &signature)
            .map_err(|_| NotACheckpoint::Signature)?;
        Ok(head)
    }

    fn id(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(self.origin.as_bytes());
        hasher.update([b'\n', ED25519]);
        hasher.update(self.key.as_bytes());
        let [a, b, c, d, ..]: [u8; 32] = hasher.finalize().into();
        [a, b, c, d]
    }
}

/// The verifier key as signed notes write it: origin, key id, and the key in base64.
impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = BASE64.encode([&[ED25519][..], self.key.as_bytes()].concat());
        write!(f, "{}+{:08x}+{key}", self.origin, u32::from_be_bytes(self.id()))
    }
}

/// The head that a checkpoint states, whoever signed it.
pub(crate) fn parse(note: &str) -> Result<Head, NotACheckpoint> {
    let mut lines = note.lines();
    let (Some(_), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
        return Err(NotACheckpoint::Shape);
    };
    let size = size.parse().map_err(|_| NotACheckpoint::Shape)?;
    let root = BASE64.decode(root).ok().and_then(|root| root.try_into().ok()).ok_or(NotACheckpoint::Shape)?;
    Ok(Head { size, root: Digest(root) })
}
