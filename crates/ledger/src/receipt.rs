//! Receipts: what proves later, and to somebody outside, that a record was made when it says and what was sealed beside it.
//!
//! A receipt holds the record, the digests of everything sealed beside it, what opens those parts that its holder was shown, the way
//! from the record's leaf to the root, and the signed checkpoint of that root. It is opened with the key that the cipher works out for that
//! one part: nothing else in the locker opens with it. What was erased before the receipt was made cannot be opened; then it proves that
//! something was shown, and when. A receipt that was saved is out of the register's reach.

use crate::checkpoint::{NotACheckpoint, Verifiers};
use crate::digest::Digest;
use crate::ledger::{Ledger, LedgerError};
use crate::record::{
    Body, CommandId, Kept, Locker, Log, Micros, Record, SealedParticular, Stored, particulars_digest,
};
use crate::seal::{OnceKey, Place};
use crate::tree::{self, Head};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What every receipt says that it is.
const FORM: &str = "psr receipt 1";

/// Why a text proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotProved {
    /// It is no receipt.
    #[error("the text is not a receipt: {0}")]
    Shape(String),
    /// Its checkpoint is not this register's.
    #[error(transparent)]
    NotACheckpoint(#[from] NotACheckpoint),
    /// A record is not in the log at that place, or was altered.
    #[error("record {0} is not in the log that the checkpoint stands for: it, or the receipt, was altered")]
    NotIncluded(u64),
    /// What is opened is not what the record was made with.
    #[error("{field} of record {position} is not what was sealed, or does not open: the receipt was altered")]
    NotSealed {
        /// Of which record.
        position: u64,
        /// Which part.
        field: String,
    },
}

/// What to prove.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Which record.
    pub position: u64,
    /// The parts that are opened, which the receipt's holder must have been shown.
    pub opened: &'a [&'a str],
}

/// A receipt, to be saved as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    form: String,
    /// The signed checkpoint.
    checkpoint: String,
    records: Vec<Proved>,
}

/// A record with the way to the root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proved {
    position: u64,
    /// UTC microseconds since 1970.
    recorded_at: i64,
    command: String,
    part: u32,
    actor: String,
    kind: String,
    version: u16,
    facts: String,
    erases: Vec<u64>,
    particulars: Vec<Beside>,
    proof: Vec<String>,
}

/// What was sealed beside a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    field: String,
    locker: u64,
    apart: bool,
    digest: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opening: Option<Opening>,
}

/// The sealed bytes and the key to them alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    sealed: String,
    key: String,
}

/// What a receipt proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testimony {
    /// The log.
    pub log: Log,
    /// Its head, which was signed.
    pub head: Head,
    /// Each record.
    pub records: Vec<Stated>,
}

/// What is proved of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its place in the log.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Micros,
    /// Whose doing it records: a reference.
    pub actor: String,
    /// Its kind.
    pub kind: String,
    /// Its facts, as stored.
    pub facts: String,
    /// Its code.
    pub code: Code,
    /// What was sealed beside it, and what of that is opened.
    pub particulars: Vec<(String, Option<Vec<u8>>)>,
}

/// A record in 16 letters, to be printed or noted: whoever has it knows later whether a receipt is of that record, word for word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; 10]);

impl Code {
    /// The code of the record with this leaf.
    #[must_use]
    pub const fn of(leaf: &Digest) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, ..] = leaf.0;
        Self([a, b, c, d, e, f, g, h, i, j])
    }
}

/// Four groups of four in Crockford's base 32, which has no letter that is taken for a number.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LETTERS: [char; 32] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
            'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
        ];
        let bits = self.0.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        for place in 0..16 {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            let five = bits >> (75 - 5 * place) & 31;
            write!(f, "{}", usize::try_from(five).ok().and_then(|at| LETTERS.get(at)).unwrap_or(&'0'))?;
        }
        Ok(())
    }
}

impl Ledger {
    /// The receipt of records of `log`; `None` where one of them is not there.
    ///
    /// # Errors
    /// When the store cannot be reached, or a record is not sound.
    pub async fn receipt(&self, log: Log, wanted: &[Wanted<'_>]) -> Result<Option<Receipt>, LedgerError> {
        let head = self.store().head(log).await?;
        let mut records = Vec::with_capacity(wanted.len());
        for Wanted { position, opened } in wanted {
            let Some(index) = position.checked_sub(1).filter(|index| *index < head.size) else {
                return Ok(None);
            };
            // Read as always, so that nothing unsound is put on a receipt.
            self.read(log, index, 1).await?;
            let Some(stored) = self.store().read(log, index, 1).await?.pop() else { return Ok(None) };
            let proof = self.inclusion_in((log, head), index).await?;
            records.push(self.proved(stored, opened, &proof));
        }
        Ok(Some(Receipt { form: FORM.to_owned(), checkpoint: self.sign(log, head), records }))
    }

    fn proved(&self, stored: Stored, opened: &[&str], proof: &[Digest]) -> Proved {
        let Stored { record, particulars } = stored;
        let beside = |particular: SealedParticular| {
            let opening = match &particular.body {
                Body::Sealed(sealed) if opened.contains(&particular.field.as_str()) => self
                    .once_key(particular.locker, sealed)
                    .map(|key| Opening { sealed: BASE64.encode(sealed), key: BASE64.encode(key.0) }),
                _ => None,
            };
            Beside {
                locker: particular.locker.0,
                apart: particular.kept == Kept::Apart,
                digest: BASE64.encode(particular.digest.0),
                field: particular.field,
                opening,
            }
        };
        Proved {
            position: record.position,
            recorded_at: record.recorded_at.0,
            command: BASE64.encode(record.command.0),
            part: record.part,
            actor: record.actor,
            kind: record.kind,
            version: record.version,
            facts: String::from_utf8_lossy(&record.facts).into_owned(),
            erases: record.erases.iter().map(|locker| locker.0).collect(),
            particulars: particulars.into_iter().map(beside).collect(),
            proof: proof.iter().map(|hash| BASE64.encode(hash.0)).collect(),
        }
    }
}

fn fixed<const N: usize>(text: &str, what: &str) -> Result<[u8; N], NotProved> {
    let bytes = BASE64.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| NotProved::Shape(format!("{what} is not {N} bytes in base64")))
}

impl Receipt {
    /// Reads a receipt; whether it proves anything is asked of [`Self::proves`].
    ///
    /// # Errors
    /// [`NotProved::Shape`].
    pub fn read(text: &str) -> Result<Self, NotProved> {
        let receipt: Self =
            serde_json::from_str(text).map_err(|error| NotProved::Shape(error.to_string()))?;
        if receipt.form == FORM {
            Ok(receipt)
        } else {
            Err(NotProved::Shape(format!("its form is {:?}, and {FORM:?} is known", receipt.form)))
        }
    }

    /// What it proves to whoever has the register's public verifier keys.
    ///
    /// # Errors
    /// [`NotProved`].
    pub fn proves(&self, verifiers: &Verifiers) -> Result<Testimony, NotProved> {
        let (log, head) = verifiers.verify(&self.checkpoint)?;
        if self.records.is_empty() {
            return Err(NotProved::Shape("it holds no record".to_owned()));
        }
        let records = self.records.iter().map(|record| record.stated(log, head)).collect::<Result<_, _>>()?;
        Ok(Testimony { log, head, records })
    }
}

impl Proved {
    fn stated(&self, log: Log, head: Head) -> Result<Stated, NotProved> {
        let command = CommandId(fixed(&self.command, "a command")?);
        let particulars = self.particulars.iter().map(Beside::sealed).collect::<Result<Vec<_>, _>>()?;
        let record = Record {
            log,
            position: self.position,
            recorded_at: Micros(self.recorded_at),
            command,
            part: self.part,
            actor: self.actor.clone(),
            kind: self.kind.clone(),
            version: self.version,
            facts: self.facts.clone().into_bytes(),
            erases: self.erases.iter().copied().map(Locker).collect(),
            particulars_digest: particulars_digest(&particulars),
            leaf: Digest::default(),
        };
        let leaf = record.computed_leaf();
        let proof = self.proof.iter().map(|hash| fixed(hash, "a hash").map(Digest));
        let proof = proof.collect::<Result<Vec<_>, _>>()?;
        let index = self.position.checked_sub(1).ok_or(NotProved::NotIncluded(self.position))?;
        if !tree::includes(head, leaf, index, &proof) {
            return Err(NotProved::NotIncluded(self.position));
        }
        let opened = self.particulars.iter().zip(particulars).map(|(beside, particular)| {
            let opened =
                beside.opening.as_ref().map(|opening| opening.open(&record, &particular)).transpose()?;
            Ok::<_, NotProved>((particular.field, opened))
        });
        Ok(Stated {
            position: self.position,
            recorded_at: record.recorded_at,
            actor: self.actor.clone(),
            kind: self.kind.clone(),
            facts: self.facts.clone(),
            code: Code::of(&leaf),
            particulars: opened.collect::<Result<_, _>>()?,
        })
    }
}

impl Beside {
    fn sealed(&self) -> Result<SealedParticular, NotProved> {
        Ok(SealedParticular {
            field: self.field.clone(),
            locker: Locker(self.locker),
            kept: if self.apart { Kept::Apart } else { Kept::Beside },
            digest: Digest(fixed(&self.digest, "a digest")?),
            body: Body::Apart,
        })
    }
}

impl Opening {
    /// What was sealed: the bytes that the record names the digest of, opened in the place they belong to.
    fn open(&self, record: &Record, particular: &SealedParticular) -> Result<Vec<u8>, NotProved> {
        let sealed = BASE64.decode(&self.sealed).unwrap_or_default();
        let place = Place {
            log: record.log,
            command: record.command,
            part: record.part,
            field: &particular.field,
            locker: particular.locker,
            kept: particular.kept,
        };
        let key = OnceKey(fixed(&self.key, "a key")?);
        let named = Digest::of(&sealed) == particular.digest;
        named.then(|| key.open(&place, &sealed).ok()).flatten().ok_or_else(|| NotProved::NotSealed {
            position: record.position,
            field: particular.field.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_sixteen_letters_that_tell_every_bit_of_it() {
        let mut leaf = Digest([0; 32]);
        assert_eq!(Code::of(&leaf).to_string(), "0000-0000-0000-0000");
        for bit in 0..80 {
            leaf.0 = [0; 32];
            leaf.0[bit / 8] = 1 << (bit % 8);
            let code = Code::of(&leaf).to_string();
            assert_eq!((code.len(), code.matches('0').count()), (19, 15), "{bit}: {code}");
        }
        leaf.0 = [255; 32];
        assert_eq!(Code::of(&leaf).to_string(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    }

    #[test]
    fn what_is_no_receipt_is_said_to_be_none() {
        for wrong in ["", "{}", "[]", r#"{"form":"psr receipt 1","checkpoint":"","records":[],"more":1}"#] {
            assert!(matches!(Receipt::read(wrong), Err(NotProved::Shape(_))), "{wrong}");
        }
        let newer = r#"{"form":"psr receipt 2","checkpoint":"","records":[]}"#;
        assert!(Receipt::read(newer).unwrap_err().to_string().contains("psr receipt 2"));
    }
}
