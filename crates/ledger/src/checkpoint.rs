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
use std::str::FromStr;

/// The number that signed notes give to Ed25519.
const ED25519: u8 = 1;
/// How a line with a signature begins.
const SIGNATURE: &str = "\u{2014} ";

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

/// Why a text is not a verifier key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAVerifier {
    /// Not a name, an id and an Ed25519 key between plus signs.
    #[error("the text is not a verifier key of Ed25519: name, id and key with + between them")]
    Shape,
    /// The id is another name's or key's.
    #[error("the verifier key's id does not fit its name and key: it was copied wrongly")]
    Id,
    /// There is not exactly one for each log.
    #[error("there must be one verifier key for each log, whose names end in /register and /access")]
    Logs,
}

/// Who may sign for both logs of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifiers {
    register: Verifier,
    access: Verifier,
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
        if !self.is_of(note) {
            return Err(NotACheckpoint::Origin);
        }
        let signature = signatures
            .lines()
            .find_map(|line| line.strip_prefix(SIGNATURE)?.strip_prefix(&self.origin)?.strip_prefix(' '))
            .ok_or(NotACheckpoint::Origin)?;
        let signature = BASE64.decode(signature).map_err(|_| NotACheckpoint::Shape)?;
        let signature = signature.strip_prefix(&self.id()).ok_or(NotACheckpoint::Origin)?;
        let signature = Signature::from_slice(signature).map_err(|_| NotACheckpoint::Shape)?;
        self.key
            .verify_strict(format!("{text}\n").as_bytes(), &signature)
            .map_err(|_| NotACheckpoint::Signature)?;
        Ok(head)
    }

    /// Whether the checkpoint names this log as its origin, whoever signed it.
    fn is_of(&self, note: &str) -> bool {
        note.lines().next() == Some(&self.origin)
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

impl FromStr for Verifier {
    type Err = NotAVerifier;

    fn from_str(text: &str) -> Result<Self, NotAVerifier> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(origin), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotAVerifier::Shape);
        };
        let key = BASE64.decode(key).map_err(|_| NotAVerifier::Shape)?;
        let key = key.strip_prefix(&[ED25519]).ok_or(NotAVerifier::Shape)?;
        let key = VerifyingKey::try_from(key).map_err(|_| NotAVerifier::Shape)?;
        let verifier = Self { origin: origin.to_owned(), key };
        let id = u32::from_str_radix(id, 16).map_err(|_| NotAVerifier::Shape)?;
        if id.to_be_bytes() == verifier.id() { Ok(verifier) } else { Err(NotAVerifier::Id) }
    }
}

impl Verifiers {
    /// Of both logs.
    pub(crate) const fn new(register: Verifier, access: Verifier) -> Self {
        Self { register, access }
    }

    /// Who may sign for `log`.
    #[must_use]
    pub const fn of(&self, log: Log) -> &Verifier {
        match log {
            Log::Register => &self.register,
            Log::Access => &self.access,
        }
    }

    /// The log and the head that a signed checkpoint of either log states.
    ///
    /// # Errors
    /// [`NotACheckpoint`] unless it is one of this register, signed by its key.
    pub fn verify(&self, note: &str) -> Result<(Log, Head), NotACheckpoint> {
        let log = Log::ALL.into_iter().find(|log| self.of(*log).is_of(note));
        match log {
            Some(log) => self.of(log).verify(note).map(|head| (log, head)),
            None => parse(note).and(Err(NotACheckpoint::Origin)),
        }
    }
}

/// One verifier key a line.
impl fmt::Display for Verifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}", self.register, self.access)
    }
}

impl FromStr for Verifiers {
    type Err = NotAVerifier;

    fn from_str(text: &str) -> Result<Self, NotAVerifier> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let keys = lines.map(str::parse).collect::<Result<Vec<Verifier>, _>>()?;
        let of = |log: Log| {
            let mut own = keys.iter().filter(|key| key.origin.ends_with(&format!("/{log}")));
            own.next().filter(|_| own.next().is_none()).cloned().ok_or(NotAVerifier::Logs)
        };
        let verifiers = Self { register: of(Log::Register)?, access: of(Log::Access)? };
        if keys.len() == Log::ALL.len() { Ok(verifiers) } else { Err(NotAVerifier::Logs) }
    }
}

/// The checkpoints that a text holds one after another, each with every signature that follows it.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    let mut signed = true;
    for line in text.lines() {
        let is_signature = line.starts_with(SIGNATURE);
        if signed && !is_signature {
            if line.trim().is_empty() {
                continue;
            }
            notes.push(String::new());
        }
        signed = is_signature;
        if let Some(note) = notes.last_mut() {
            note.push_str(line);
            note.push('\n');
        }
    }
    notes
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
    fn a_verifier_key_is_read_as_it_is_written_and_one_copied_wrongly_is_refused() {
        let [register, access] = Log::ALL.map(|log| signer("psr.example", log).verifier());
        assert_eq!(register.to_string().parse(), Ok(register.clone()));
        let verifiers = Verifiers::new(register.clone(), access.clone());
        assert_eq!(verifiers.to_string().parse(), Ok(verifiers.clone()));
        assert_eq!(format!("{access}\n\n{register}").parse(), Ok(verifiers));
        let written = register.to_string();
        let other = written.replace("psr.example", "psr.exomple");
        assert_eq!(other.parse::<Verifier>(), Err(NotAVerifier::Id));
        let other = format!("{}\n{access}", written.replace("/register", "/registers"));
        assert_eq!(other.parse::<Verifiers>(), Err(NotAVerifier::Id));
        for wrong in ["", "psr.example", "a+b", "a+00000000+AQ==", "a+00000000+%"] {
            assert_eq!(wrong.parse::<Verifier>(), Err(NotAVerifier::Shape), "{wrong}");
        }
        for wrong in [String::new(), written.clone(), format!("{written}\n{written}\n{access}")] {
            assert_eq!(wrong.parse::<Verifiers>(), Err(NotAVerifier::Logs), "{wrong}");
        }
    }

    #[test]
    fn checkpoints_kept_in_one_file_are_told_apart_with_their_signatures() {
        let [register, access] = Log::ALL.map(|log| signer("psr.example", log));
        let verifiers = Verifiers::new(register.verifier(), access.verifier());
        let cosigned = format!("{}\u{2014} witness.example AAAAAAAA\n", register.sign(head()));
        let text = format!("\n{cosigned}\n{}{}", access.sign(head()), register.sign(head()).trim_end());
        let notes = split(&text);
        let found: Vec<_> = notes.iter().map(|note| verifiers.verify(note)).collect();
        let [register, access] = Log::ALL.map(|log| Ok((log, head())));
        assert_eq!(found, [register, access, register]);
        assert_eq!(verifiers.verify("elsewhere\n1\nAA==\n"), Err(NotACheckpoint::Shape));
        let stranger = signer("psr.elsewhere", Log::Register).sign(head());
        assert_eq!(verifiers.verify(&stranger), Err(NotACheckpoint::Origin));
    }

    #[test]
    fn a_signer_shows_no_key() {
        assert_eq!(format!("{:?}", signer("psr.example", Log::Access)), "Signer(psr.example/access, …)");
    }
}
