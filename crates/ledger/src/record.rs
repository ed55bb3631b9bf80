//! What the ledger keeps: drafts as they come in, particulars as they are sealed, records as they stand in a log.
//!
//! The ledger does not know what a fact means. Facts and plaintexts are bytes to it; `kind` and `version` say who can read them.

use crate::digest::{Canonical, Digest};
use crate::tree;
use std::fmt;

/// Which of the two logs. They share code and guarantees, and differ in what is written to them and for how long it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Log {
    /// What was decided.
    Register,
    /// Who looked at what.
    Access,
}

impl Log {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Register, Self::Access];

    /// Its name in checkpoints, files and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Log::Register => "register",
            Log::Access => "access",
        }
    }

    /// Its number in stored rows and hashed bytes.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Log::Register => 1,
            Log::Access => 2,
        }
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An instant: UTC microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Micros(pub i64);

/// Names one attempt to do something, so that a form sent twice is carried out once. Random, minted by whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub [u8; 16]);

/// The number of a locker: the unit that can be erased, with a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locker(pub u64);

impl Locker {
    /// The ledger's own locker, for plumbing. No caller may seal particulars in it.
    pub const PLUMBING: Self = Self(u64::MAX);

    /// Lockers as a database keeps the list that a record erases: eight bytes each, big end first.
    #[must_use]
    pub fn packed(lockers: &[Self]) -> Vec<u8> {
        lockers.iter().flat_map(|locker| locker.0.to_be_bytes()).collect()
    }

    /// The lockers of such a list; bytes that are left over are of none.
    #[must_use]
    pub fn unpacked(bytes: &[u8]) -> Vec<Self> {
        let (lockers, _) = bytes.as_chunks::<8>();
        lockers.iter().map(|bytes| Self(u64::from_be_bytes(*bytes))).collect()
    }
}

impl From<u64> for Locker {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl fmt::Display for Locker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

/// How a particular is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// With the record, and read with it.
    Beside,
    /// An attachment: read only when asked for by its field, which must be unlike that of any other attachment in any log.
    Apart,
}

impl Kept {
    /// Its number in stored rows and hashed bytes.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Kept::Beside => 0,
            Kept::Apart => 1,
        }
    }
}

/// Something that could identify or describe somebody, not yet sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Particular {
    /// Which part of the record this is; no two of one record share a field.
    pub field: String,
    /// Where it is locked away.
    pub locker: Locker,
    /// Whether it is read with the record.
    pub kept: Kept,
    /// The content.
    pub plaintext: Vec<u8>,
}

impl Particular {
    /// A particular that is read with its record.
    #[must_use]
    pub fn beside(field: &str, locker: impl Into<Locker>, plaintext: Vec<u8>) -> Self {
        Self { field: field.to_owned(), locker: locker.into(), kept: Kept::Beside, plaintext }
    }

    /// An attachment, known by `name` in the whole ledger.
    #[must_use]
    pub fn attachment(name: &str, locker: impl Into<Locker>, plaintext: Vec<u8>) -> Self {
        Self { field: name.to_owned(), locker: locker.into(), kept: Kept::Apart, plaintext }
    }
}

impl fmt::Debug for Particular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Particular({}, locker {}, …)", self.field, self.locker)
    }
}

/// What is to become a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The attempt it belongs to.
    pub command: CommandId,
    /// Which of the attempt's drafts this is; (command, part) is unique in a log.
    pub part: u32,
    /// Who did it: a reference, or `system`. Never a name.
    pub actor: String,
    /// What kind of record this is.
    pub kind: String,
    /// Which stored shape of that kind.
    pub version: u16,
    /// The facts, in that shape. Kept for ever: never anything that describes a person.
    pub facts: Vec<u8>,
    /// What is sealed beside the record.
    pub particulars: Vec<Particular>,
    /// The lockers that this record erases: their keys and contents are destroyed as it is written.
    pub erases: Vec<Locker>,
}

/// What is left of a particular.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Sealed bytes.
    Sealed(Vec<u8>),
    /// Sealed bytes that are read only when asked for.
    Apart,
    /// Nothing: it was destroyed with its locker.
    Erased,
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Body::Sealed(_) => "Sealed(…)",
            Body::Apart => "Apart",
            Body::Erased => "Erased",
        })
    }
}

/// A particular as it is stored. All but the body outlives its locker, so that a record can be verified for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedParticular {
    /// Which part of the record.
    pub field: String,
    /// Whose key opens it.
    pub locker: Locker,
    /// Whether it is read with the record.
    pub kept: Kept,
    /// The digest of the sealed bytes. Over ciphertext, so that it tells a guesser nothing.
    pub digest: Digest,
    /// The sealed bytes, or what became of them.
    pub body: Body,
}

/// The digest that a record carries of its particulars, which are in the order of their fields.
#[must_use]
pub fn particulars_digest(particulars: &[SealedParticular]) -> Digest {
    let canonical = particulars.iter().fold(
        Canonical::tagged("psr particulars 1").count(particulars.len()),
        |canonical, particular| {
            canonical
                .bytes(particular.field.as_bytes())
                .u64(particular.locker.0)
                .byte(particular.kept.number())
                .bytes(&particular.digest.0)
        },
    );
    Digest::of(&canonical.finish())
}

/// A draft whose particulars are sealed: what a store is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDraft {
    /// As in [`Draft`].
    pub command: CommandId,
    /// As in [`Draft`].
    pub part: u32,
    /// As in [`Draft`].
    pub actor: String,
    /// As in [`Draft`].
    pub kind: String,
    /// As in [`Draft`].
    pub version: u16,
    /// As in [`Draft`].
    pub facts: Vec<u8>,
    /// As in [`Draft`].
    pub erases: Vec<Locker>,
    /// Sealed, in the order of their fields.
    pub particulars: Vec<SealedParticular>,
}

impl SealedDraft {
    /// The record that this draft becomes at `position` of `log`, and what is sealed beside it.
    #[must_use]
    pub fn at(self, log: Log, position: u64, recorded_at: Micros) -> Stored {
        let mut record = Record {
            log,
            position,
            recorded_at,
            command: self.command,
            part: self.part,
            actor: self.actor,
            kind: self.kind,
            version: self.version,
            facts: self.facts,
            erases: self.erases,
            particulars_digest: particulars_digest(&self.particulars),
            leaf: Digest::default(),
        };
        record.leaf = record.computed_leaf();
        Stored { record, particulars: self.particulars }
    }
}

/// One row of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which log.
    pub log: Log,
    /// Its place: the first is 1, and none is left out.
    pub position: u64,
    /// When it was recorded; never before the record in front of it.
    pub recorded_at: Micros,
    /// As in [`Draft`].
    pub command: CommandId,
    /// As in [`Draft`].
    pub part: u32,
    /// As in [`Draft`].
    pub actor: String,
    /// As in [`Draft`].
    pub kind: String,
    /// As in [`Draft`].
    pub version: u16,
    /// As in [`Draft`].
    pub facts: Vec<u8>,
    /// As in [`Draft`].
    pub erases: Vec<Locker>,
    /// What [`particulars_digest`] gives for what is sealed beside it.
    pub particulars_digest: Digest,
    /// Its leaf in the log's tree, as stored; [`Record::computed_leaf`] says what it should be.
    pub leaf: Digest,
}

impl Record {
    /// The leaf that these fields give: RFC 6962's hash of the record's bytes.
    #[must_use]
    pub fn computed_leaf(&self) -> Digest {
        let canonical = Canonical::tagged("psr record 1")
            .byte(self.log.number())
            .u64(self.position)
            .i64(self.recorded_at.0)
            .bytes(&self.command.0)
            .u32(self.part)
            .bytes(self.actor.as_bytes())
            .bytes(self.kind.as_bytes())
            .u32(u32::from(self.version))
            .bytes(&self.facts)
            .count(self.erases.len());
        let canonical = self.erases.iter().fold(canonical, |canonical, locker| canonical.u64(locker.0));
        tree::leaf(&canonical.bytes(&self.particulars_digest.0).finish())
    }
}

/// A record and what is sealed beside it, in the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The record.
    pub record: Record,
    /// Its particulars.
    pub particulars: Vec<SealedParticular>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored() -> Stored {
        let draft = SealedDraft {
            command: CommandId([3; 16]),
            part: 2,
            actor: "A-1".to_owned(),
            kind: "noted".to_owned(),
            version: 4,
            facts: b"facts".to_vec(),
            erases: vec![Locker(9)],
            particulars: vec![SealedParticular {
                field: "words".to_owned(),
                locker: Locker(5),
                kept: Kept::Beside,
                digest: Digest::of(b"sealed"),
                body: Body::Sealed(b"sealed".to_vec()),
            }],
        };
        draft.at(Log::Register, 7, Micros(1_000))
    }

    /// Every record of every register rests on these bytes: should this fail, the layout was changed, and with it all history.
    #[test]
    fn the_leaf_of_a_record_is_the_same_for_ever() {
        assert_eq!(
            stored().record.leaf.to_string(),
            "2b7f631508ba43ee2421101b6ab6d271c9ed798592cc4acb16e7412206d4a215"
        );
    }

    #[test]
    fn every_field_of_a_record_is_in_its_leaf() {
        let changes: [fn(&mut Record); 11] = [
            |record| record.log = Log::Access,
            |record| record.position += 1,
            |record| record.recorded_at.0 += 1,
            |record| record.command.0[15] += 1,
            |record| record.part += 1,
            |record| record.actor.push('x'),
            |record| record.kind.push('x'),
            |record| record.version += 1,
            |record| record.facts.push(0),
            |record| record.erases.push(Locker(0)),
            |record| record.particulars_digest.0[0] ^= 1,
        ];
        for (index, change) in changes.into_iter().enumerate() {
            let mut record = stored().record;
            change(&mut record);
            assert_ne!(record.computed_leaf(), record.leaf, "change {index}");
        }
    }

    #[test]
    fn every_field_of_a_particular_but_its_body_is_in_the_digest() {
        let changes: [fn(&mut SealedParticular); 4] = [
            |particular| particular.field.push('x'),
            |particular| particular.locker.0 += 1,
            |particular| particular.kept = Kept::Apart,
            |particular| particular.digest.0[0] ^= 1,
        ];
        let sound = stored();
        for (index, change) in changes.into_iter().enumerate() {
            let mut particulars = sound.particulars.clone();
            change(&mut particulars[0]);
            assert_ne!(particulars_digest(&particulars), sound.record.particulars_digest, "change {index}");
        }
        let mut erased = sound.particulars.clone();
        erased[0].body = Body::Erased;
        assert_eq!(particulars_digest(&erased), sound.record.particulars_digest);
    }

    #[test]
    fn what_could_describe_somebody_is_not_printed() {
        let particular = Particular::beside("words", 5, b"Nightjar".to_vec());
        assert_eq!(format!("{particular:?}"), "Particular(words, locker 5, …)");
    }
}
