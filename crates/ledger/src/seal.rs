//! Sealing: XChaCha20-Poly1305 under a key of 256 bits, with what the bytes belong to as associated data, so that sealed bytes
//! moved to another record, field or locker do not open.
//!
//! The position is not bound, for it is not known before the append; the tree binds command to position.

use crate::digest::{Canonical, Digest};
use crate::entropy::{Entropy, NoEntropy};
use crate::record::{Body, CommandId, Draft, Kept, Locker, Log, Particular, SealedDraft, SealedParticular};
use chacha20::{R20, hchacha};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, XChaCha20Poly1305, XNonce};
use std::fmt;
use zeroize::Zeroizing;

const NONCE: usize = 24;
/// How much of the nonce the cipher turns into a key of its own; the rest it uses as it is.
const FOR_KEY: usize = 16;

/// Why nothing was sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No randomness, no sealing.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The content is larger than the cipher allows (256 GiB).
    #[error("too long to be sealed in one piece")]
    TooLong,
    /// Two particulars of one draft have the same field.
    #[error("two particulars of one record are called {0}")]
    SameField(String),
    /// The locker was erased; nothing can be put in it again.
    #[error("locker {0} has been erased")]
    Erased(Locker),
    /// The locker is the ledger's own.
    #[error("locker {0} is kept for the ledger itself")]
    Reserved(Locker),
}

/// Sealed bytes did not open: another key, another place, or altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed bytes do not open with this key in this place")]
pub struct DoesNotOpen;

/// A key of 256 bits. Wiped from memory when dropped; never printed.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub fn draw(entropy: &mut dyn Entropy) -> Result<Self, NoEntropy> {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut())?;
        Ok(Self(bytes))
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Nonce, ciphertext, tag.
    pub fn seal(&self, aad: &[u8], msg: &[u8], entropy: &mut dyn Entropy) -> Result<Vec<u8>, SealError> {
        let mut nonce = XNonce::default();
        entropy.fill(&mut nonce)?;
        let cipher = XChaCha20Poly1305::new(&(*self.0).into());
        let sealed = cipher.encrypt(&nonce, Payload { msg, aad }).map_err(|_| SealError::TooLong)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn open(&self, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (nonce, msg) = sealed.split_at_checked(NONCE).ok_or(DoesNotOpen)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| DoesNotOpen)?;
        let cipher = XChaCha20Poly1305::new(&(*self.0).into());
        cipher.decrypt(&nonce, Payload { msg, aad }).map(Zeroizing::new).map_err(|_| DoesNotOpen)
    }
}

/// The key that XChaCha20 works out for one nonce: it opens what was sealed under it, and nothing else that the same key sealed. It can
/// be given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OnceKey(pub [u8; 32]);

impl OnceKey {
    /// The key of these sealed bytes.
    pub fn of(key: &Key, sealed: &[u8]) -> Result<Self, DoesNotOpen> {
        let nonce = sealed.first_chunk::<FOR_KEY>().ok_or(DoesNotOpen)?;
        Ok(Self(hchacha::<R20>(&(*key.0).into(), &(*nonce).into()).into()))
    }

    /// Opens them.
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
        let (nonce, msg) = sealed.split_at_checked(NONCE).ok_or(DoesNotOpen)?;
        let rest = nonce.get(FOR_KEY..).ok_or(DoesNotOpen)?;
        let nonce = Nonce::try_from([&[0; 4], rest].concat().as_slice()).map_err(|_| DoesNotOpen)?;
        let cipher = ChaCha20Poly1305::new(&self.0.into());
        cipher.decrypt(&nonce, Payload { msg, aad: &place.aad() }).map_err(|_| DoesNotOpen)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What a particular belongs to.
pub(crate) struct Place<'a> {
    pub log: Log,
    pub command: CommandId,
    pub part: u32,
    pub field: &'a str,
    pub locker: Locker,
    pub kept: Kept,
}

impl Place<'_> {
    fn aad(&self) -> Vec<u8> {
        Canonical::tagged("psr particular 1")
            .byte(self.log.number())
            .bytes(&self.command.0)
            .u32(self.part)
            .bytes(self.field.as_bytes())
            .u64(self.locker.0)
            .byte(self.kept.number())
            .finish()
    }
}

/// Seals a draft's particulars, each under the key that `key_of` finds for its locker.
pub(crate) fn seal<'k>(
    log: Log,
    draft: Draft,
    key_of: impl Fn(Locker) -> Result<&'k Key, SealError>,
    entropy: &mut dyn Entropy,
) -> Result<SealedDraft, SealError> {
    let mut particulars = Vec::with_capacity(draft.particulars.len());
    for Particular { field, locker, kept, plaintext } in draft.particulars {
        let place = Place { log, command: draft.command, part: draft.part, field: &field, locker, kept };
        let sealed = key_of(locker)?.seal(&place.aad(), &Zeroizing::new(plaintext), entropy)?;
        particulars.push(SealedParticular {
            digest: Digest::of(&sealed),
            body: Body::Sealed(sealed),
            field,
            locker,
            kept,
        });
    }
    particulars.sort_by(|a, b| a.field.cmp(&b.field));
    if let Some(twice) = particulars.windows(2).find_map(|pair| match pair {
        [a, b] if a.field == b.field => Some(a.field.clone()),
        _ => None,
    }) {
        return Err(SealError::SameField(twice));
    }
    Ok(SealedDraft {
        command: draft.command,
        part: draft.part,
        actor: draft.actor,
        kind: draft.kind,
        version: draft.version,
        facts: draft.facts,
        erases: draft.erases,
        particulars,
    })
}

/// Opens one particular.
pub(crate) fn open(key: &Key, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
    key.open(&place.aad(), sealed).map(|mut opened| std::mem::take(&mut *opened))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::OsEntropy;

    fn place(field: &str) -> Place<'_> {
        Place {
            log: Log::Register,
            command: CommandId([1; 16]),
            part: 0,
            field,
            locker: Locker(5),
            kept: Kept::Beside,
        }
    }

    #[test]
    fn sealed_bytes_open_only_where_they_were_sealed() {
        let key = Key::draw(&mut OsEntropy).unwrap();
        let sealed = key.seal(&place("words").aad(), b"he shouted", &mut OsEntropy).unwrap();
        assert_eq!(open(&key, &place("words"), &sealed), Ok(b"he shouted".to_vec()));
        let elsewhere = [
            place("other words"),
            Place { log: Log::Access, ..place("words") },
            Place { command: CommandId([2; 16]), ..place("words") },
            Place { part: 1, ..place("words") },
            Place { locker: Locker(6), ..place("words") },
            Place { kept: Kept::Apart, ..place("words") },
        ];
        for place in elsewhere {
            assert_eq!(open(&key, &place, &sealed), Err(DoesNotOpen));
        }
        assert_eq!(open(&Key::draw(&mut OsEntropy).unwrap(), &place("words"), &sealed), Err(DoesNotOpen));
    }

    #[test]
    fn altered_or_shortened_bytes_do_not_open() {
        let key = Key::draw(&mut OsEntropy).unwrap();
        let sealed = key.seal(&place("words").aad(), b"he shouted", &mut OsEntropy).unwrap();
        for byte in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[byte] ^= 1;
            assert_eq!(open(&key, &place("words"), &altered), Err(DoesNotOpen), "byte {byte}");
            assert_eq!(open(&key, &place("words"), &sealed[..byte]), Err(DoesNotOpen), "{byte} bytes");
        }
    }

    #[test]
    fn the_same_sealed_twice_begins_with_another_nonce_and_is_other_bytes() {
        let key = Key::draw(&mut OsEntropy).unwrap();
        let sealed = || key.seal(&place("words").aad(), b"he shouted", &mut OsEntropy).unwrap();
        let times = 1_000;
        let all: Vec<Vec<u8>> = (0..times).map(|_| sealed()).collect();
        let nonces: std::collections::BTreeSet<&[u8]> = all.iter().map(|sealed| &sealed[..24]).collect();
        let rests: std::collections::BTreeSet<&[u8]> = all.iter().map(|sealed| &sealed[24..]).collect();
        assert_eq!((nonces.len(), rests.len()), (times, times));
    }

    #[test]
    fn two_particulars_of_one_record_do_not_share_a_field() {
        let key = Key::draw(&mut OsEntropy).unwrap();
        let draft = Draft {
            command: CommandId([1; 16]),
            part: 0,
            actor: "system".to_owned(),
            kind: "noted".to_owned(),
            version: 1,
            facts: Vec::new(),
            particulars: vec![
                Particular::beside("words", 1, Vec::new()),
                Particular::attachment("words", 2, Vec::new()),
            ],
            erases: Vec::new(),
        };
        let sealed = seal(Log::Register, draft, |_| Ok(&key), &mut OsEntropy);
        assert_eq!(sealed, Err(SealError::SameField("words".to_owned())));
    }
}
