//! What an archive consists of: pieces, one after another, as CBOR. A stored shape: it only grows.

use ledger::{
    Body, CommandId, Digest, Epoch, Item, Kept, Locker, Log, Micros, Record, SealedParticular, Stored,
    WrappedKey,
};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The shape of archives that this program writes.
pub const SHAPE: u16 = 1;

/// Bytes, written as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytewise;
        impl Visitor<'_> for Bytewise {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(bytes)
            }
        }
        deserializer.deserialize_byte_buf(Bytewise).map(Self)
    }
}

impl Bytes {
    fn fixed<const N: usize>(&self) -> Result<[u8; N], Misshapen> {
        self.0.as_slice().try_into().map_err(|_| Misshapen)
    }
}

/// A piece holds something that no archive of ours does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misshapen;

/// One piece of an archive.
#[derive(Debug, Serialize, Deserialize)]
pub enum Piece {
    /// The first.
    Opening(Opening),
    /// Records that follow those before them in their log.
    Records(Vec<StoredShape>),
    /// Keys of lockers, in the place of any that the set had for them.
    Keys(Vec<KeyShape>),
    /// Items: all there are, or those that changed.
    Items(Vec<ItemShape>),
    /// Items that are gone, by kind and key.
    Gone(Vec<(String, String)>),
    /// The last.
    Closing(Closing),
}

/// What an archive says of itself first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Which shape it has.
    pub shape: u16,
    /// Of which set it is.
    pub set: String,
    /// Its place in the set.
    pub number: u32,
    /// After how many records of the register log it goes on.
    pub register: u64,
    /// After how many records of the access log it goes on.
    pub access: u64,
    /// Which items it holds.
    pub items: Items,
}

/// Which items an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Items {
    /// All there are: what the set had before is gone.
    All,
    /// Those that changed since the archive before.
    Changed,
}

/// What an archive says of itself last.
#[derive(Clone, Serialize, Deserialize)]
pub struct Closing {
    /// How many records of the register log the set holds with it.
    pub register: u64,
    /// How many records of the access log the set holds with it.
    pub access: u64,
    /// The signed checkpoints of both logs at these sizes.
    pub checkpoints: String,
    /// The keyring, as [`ledger::Keyring::carried`] gives it.
    pub keyring: String,
}

impl fmt::Debug for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Closing({}, {}, …)", self.register, self.access)
    }
}

/// A record with what is sealed beside it.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredShape {
    log: u8,
    position: u64,
    recorded_at: i64,
    command: Bytes,
    part: u32,
    actor: String,
    kind: String,
    version: u16,
    facts: Bytes,
    erases: Vec<u64>,
    particulars_digest: Bytes,
    leaf: Bytes,
    particulars: Vec<ParticularShape>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ParticularShape {
    field: String,
    locker: u64,
    apart: Apart,
    digest: Bytes,
    /// Nothing where it was erased.
    sealed: Option<Bytes>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Apart {
    No,
    Yes,
}

impl From<Stored> for StoredShape {
    fn from(Stored { record, particulars }: Stored) -> Self {
        Self {
            log: record.log.number(),
            position: record.position,
            recorded_at: record.recorded_at.0,
            command: Bytes(record.command.0.to_vec()),
            part: record.part,
            actor: record.actor,
            kind: record.kind,
            version: record.version,
            facts: Bytes(record.facts),
            erases: record.erases.into_iter().map(|locker| locker.0).collect(),
            particulars_digest: Bytes(record.particulars_digest.0.to_vec()),
            leaf: Bytes(record.leaf.0.to_vec()),
            particulars: particulars.into_iter().map(ParticularShape::from).collect(),
        }
    }
}

impl From<SealedParticular> for ParticularShape {
    fn from(particular: SealedParticular) -> Self {
        Self {
            field: particular.field,
            locker: particular.locker.0,
            apart: match particular.kept {
                Kept::Beside => Apart::No,
                Kept::Apart => Apart::Yes,
            },
            digest: Bytes(particular.digest.0.to_vec()),
            sealed: match particular.body {
                Body::Sealed(sealed) => Some(Bytes(sealed)),
                Body::Apart | Body::Erased => None,
            },
        }
    }
}

impl TryFrom<StoredShape> for Stored {
    type Error = Misshapen;

    fn try_from(shape: StoredShape) -> Result<Self, Misshapen> {
        let log = Log::ALL.into_iter().find(|log| log.number() == shape.log).ok_or(Misshapen)?;
        let record = Record {
            log,
            position: shape.position,
            recorded_at: Micros(shape.recorded_at),
            command: CommandId(shape.command.fixed()?),
            part: shape.part,
            actor: shape.actor,
            kind: shape.kind,
            version: shape.version,
            facts: shape.facts.0,
            erases: shape.erases.into_iter().map(Locker).collect(),
            particulars_digest: Digest(shape.particulars_digest.fixed()?),
            leaf: Digest(shape.leaf.fixed()?),
        };
        let particulars = shape.particulars.into_iter().map(SealedParticular::try_from);
        Ok(Self { record, particulars: particulars.collect::<Result<_, _>>()? })
    }
}

impl TryFrom<ParticularShape> for SealedParticular {
    type Error = Misshapen;

    fn try_from(shape: ParticularShape) -> Result<Self, Misshapen> {
        Ok(Self {
            field: shape.field,
            locker: Locker(shape.locker),
            kept: match shape.apart {
                Apart::No => Kept::Beside,
                Apart::Yes => Kept::Apart,
            },
            digest: Digest(shape.digest.fixed()?),
            body: shape.sealed.map_or(Body::Erased, |sealed| Body::Sealed(sealed.0)),
        })
    }
}

/// A locker's wrapped key.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeyShape {
    locker: u64,
    epoch: u32,
    wrapped: Bytes,
}

impl From<WrappedKey> for KeyShape {
    fn from(WrappedKey { locker, epoch, wrapped }: WrappedKey) -> Self {
        Self { locker: locker.0, epoch: epoch.0, wrapped: Bytes(wrapped) }
    }
}

impl From<KeyShape> for WrappedKey {
    fn from(KeyShape { locker, epoch, wrapped }: KeyShape) -> Self {
        Self { locker: Locker(locker), epoch: Epoch(epoch), wrapped: wrapped.0 }
    }
}

/// An item.
#[derive(Debug, Serialize, Deserialize)]
pub struct ItemShape {
    kind: String,
    key: String,
    owner: String,
    expires_at: Option<i64>,
    version: u64,
    body: Bytes,
}

impl From<Item> for ItemShape {
    fn from(Item { kind, key, owner, expires_at, version, body }: Item) -> Self {
        Self { kind, key, owner, expires_at: expires_at.map(|at| at.0), version, body: Bytes(body) }
    }
}

impl From<ItemShape> for Item {
    fn from(ItemShape { kind, key, owner, expires_at, version, body }: ItemShape) -> Self {
        Self { kind, key, owner, expires_at: expires_at.map(Micros), version, body: body.0 }
    }
}
