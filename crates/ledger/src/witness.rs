//! A witness: somebody outside who keeps the latest checkpoint of a log that they have seen, and believes the next one only with the
//! proof that it adds to it.
//!
//! What a witness is sent has the text form of C2SP tlog-witness: the size that the proof starts from, its hashes in base64, an empty
//! line, the signed checkpoint. So any witness of that kind can be asked to cosign.

use crate::checkpoint::{NotACheckpoint, Verifier};
use crate::digest::Digest;
use crate::tree::{self, Head};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::fmt;
use std::str::FromStr;

/// More hashes than a proof can have.
const MOST: usize = 64;

/// A log's latest checkpoint, with the proof that it only adds to an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advance {
    /// How many records the log had then.
    pub old: u64,
    /// The proof of consistency (RFC 6962 section 2.1.2).
    pub proof: Vec<Digest>,
    /// The latest head, as a signed checkpoint.
    pub checkpoint: String,
}

/// The text is not an advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text does not begin with an old size, a proof in base64 and an empty line")]
pub struct NotAnAdvance;

/// Why a witness does not believe a checkpoint. The last two are damage, and the checkpoint with its signature is the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Disbelief {
    /// It is none.
    #[error(transparent)]
    NotACheckpoint(#[from] NotACheckpoint),
    /// The proof starts from something else than what was seen.
    #[error("the proof starts from {old} records, and {seen} were seen")]
    Elsewhere {
        /// Where it starts.
        old: u64,
        /// How many were seen.
        seen: u64,
    },
    /// There are fewer records than were seen.
    #[error("rolled back: {seen} records were seen, and now there are {now}")]
    RolledBack {
        /// How many were seen.
        seen: u64,
        /// How many there are.
        now: u64,
    },
    /// What was seen is not the beginning of what there is.
    #[error("rewritten: the log of {now} records does not add to the {seen} records that were seen")]
    Rewritten {
        /// How many were seen.
        seen: u64,
        /// How many there are.
        now: u64,
    },
}

impl Advance {
    /// The head that is to be believed by whoever has `seen` the log before; a log never seen is seen with no records.
    ///
    /// # Errors
    /// [`Disbelief`].
    pub fn believed(&self, verifier: &Verifier, seen: Option<Head>) -> Result<Head, Disbelief> {
        let now = verifier.verify(&self.checkpoint)?;
        let Some(seen) = seen else { return Ok(now) };
        if now.size < seen.size {
            return Err(Disbelief::RolledBack { seen: seen.size, now: now.size });
        }
        if self.old != seen.size {
            return Err(Disbelief::Elsewhere { old: self.old, seen: seen.size });
        }
        if tree::extends(now, seen, &self.proof) {
            Ok(now)
        } else {
            Err(Disbelief::Rewritten { seen: seen.size, now: now.size })
        }
    }
}

impl fmt::Display for Advance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", BASE64.encode(hash.0)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Advance {
    type Err = NotAnAdvance;

    fn from_str(text: &str) -> Result<Self, NotAnAdvance> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(NotAnAdvance)?;
        let mut lines = head.lines();
        let old =
            lines.next().and_then(|line| line.strip_prefix("old ")?.parse().ok()).ok_or(NotAnAdvance)?;
        let hash = |line| BASE64.decode(line).ok().and_then(|hash| hash.try_into().ok()).map(Digest);
        let proof = lines.take(MOST).map(hash).collect::<Option<_>>().ok_or(NotAnAdvance)?;
        Ok(Self { old, proof, checkpoint: checkpoint.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advance_is_read_as_it_is_written_and_nothing_else_is() {
        let proof = vec![Digest::of(b"one"), Digest::of(b"other")];
        let checkpoint = "psr.example/register\n41\nAAAA\n\n\u{2014} psr.example/register BBBB\n".to_owned();
        let advance = Advance { old: 17, proof, checkpoint };
        assert!(advance.to_string().starts_with("old 17\ndpLD"), "{advance}");
        assert_eq!(advance.to_string().parse(), Ok(advance.clone()));
        let first = Advance { old: 0, proof: Vec::new(), ..advance.clone() };
        assert_eq!(first.to_string().parse(), Ok(first));
        let written = advance.to_string();
        for wrong in ["", "old 17", &written.replace("old ", ""), &written.replace("old 17", "old -1")] {
            assert_eq!(wrong.parse::<Advance>(), Err(NotAnAdvance), "{wrong}");
        }
        assert_eq!(written.replace("old 17\n", "old 17\nAAAA\n").parse::<Advance>(), Err(NotAnAdvance));
    }
}
