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

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(name: &str, log: Log) -> Signer {
        Signer::new(name, log, SigningKey::from_bytes(&[7; 32]))
    }

    fn head() -> Head {
        Head { size: 41, root: Digest::of(b"root") }
    }

    #[test]
    fn a_checkpoint_is_five_lines_in_the_public_form() {
        let note = signer("psr.example", Log::Register).sign(head());
        let lines: Vec<_> = note.split('\n').collect();
        assert_eq!(
            lines[..4],
            ["psr.example/register", "41", "SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=", ""]
        );
        assert!(lines[4].starts_with("\u{2014} psr.example/register "));
        assert_eq!((lines.len(), lines[5]), (6, ""));
    }

    #[test]
    fn the_verifier_key_is_name_id_and_key() {
        let verifier = signer("psr.example", Log::Access).verifier().to_string();
        let parts: Vec<_> = verifier.splitn(3, '+').collect();
        assert_eq!(parts[0], "psr.example/access");
        assert_eq!(parts[1].len(), 8);
        let key = BASE64.decode(parts[2]).unwrap();
        assert_eq!((key.len(), key[0]), (33, ED25519));
    }

    #[test]
    fn a_checkpoint_of_another_log_or_register_or_altered_is_not_believed() {
        let verifier = signer("psr.example", Log::Register).verifier();
        let note = signer("psr.example", Log::Register).sign(head());
        assert_eq!(verifier.verify(&note), Ok(head()));
        assert_eq!(verifier.verify(&note.replace("\n41\n", "\n42\n")), Err(NotACheckpoint::Signature));
        let access = signer("psr.example", Log::Access).sign(head());
        assert_eq!(verifier.verify(&access), Err(NotACheckpoint::Origin));
        let stranger = Signer::new("psr.example", Log::Register, SigningKey::from_bytes(&[8; 32]));
        assert_eq!(verifier.verify(&stranger.sign(head())), Err(NotACheckpoint::Origin));
        assert_eq!(verifier.verify("psr.example/register\n41\n"), Err(NotACheckpoint::Shape));
        assert_eq!(verifier.verify(""), Err(NotACheckpoint::Shape));
    }

    #[test]
    fn a_second_signature_by_a_witness_does_not_disturb() {
        let note = signer("psr.example", Log::Register).sign(head());
        let cosigned = format!("{note}\u{2014} witness.example AAAAAAAA\n");
        assert_eq!(signer("psr.example", Log::Register).verifier().verify(&cosigned), Ok(head()));
    }

    #[test]
    fn a_signer_shows_no_key() {
        assert_eq!(format!("{:?}", signer("psr.example", Log::Access)), "Signer(psr.example/access, …)");
    }
}
