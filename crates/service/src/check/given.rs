//! An answer to a check, read back from its row: as it was shown, to whoever asked, for as long as somebody reads it.
//!
//! It is not answered anew. Whoever comes back later asks again, and is told what holds then.

use super::{Asked, Shown};
use crate::Service;
use crate::access::{self, AccessKind, said};
use crate::fault::Fault;
use crate::watch::{Watching, planned};
use jiff::{SignedDuration, Timestamp};
use ledger::receipt::Code;
use register::ids::AccountId;

/// How long an answer is shown again.
const SHOWN_FOR: SignedDuration = SignedDuration::from_mins(15);

/// A check and what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The check's number.
    pub check: u64,
    /// Its row in sixteen letters: what a receipt of it can be told by.
    pub code: Code,
    /// As of when.
    pub at: Timestamp,
    /// What was asked.
    pub asked: Asked,
    /// What was shown.
    pub shown: Shown,
    /// Whoever rang and was told.
    pub rang: Option<AccountId>,
    /// Whether whoever asked is told if it changes.
    pub watching: Watching,
}

/// What there is to show of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Its answer.
    Given(Box<Given>),
    /// It was answered at this time, too long ago to be shown as an answer.
    Past(Timestamp),
}

impl Service {
    /// The answer that was given to somebody's check. `None` where they made no such check.
    ///
    /// # Errors
    /// A fault.
    pub async fn given(&self, by: AccountId, check: u64) -> Result<Option<Kept>, Fault> {
        let Some(opened) = self.opened(check).await? else { return Ok(None) };
        let (row, code) = (access::row(&opened.record)?, Code::of(&opened.record.leaf));
        if row.by != Some(by) || row.kind != AccessKind::Check {
            return Ok(None);
        }
        if self.now().duration_since(row.at) >= SHOWN_FOR {
            return Ok(Some(Kept::Past(row.at)));
        }
        let said = |field| said(&opened, field);
        let (Some(description), Some(shown), Some(purpose)) = (said("asked"), said("shown"), row.purpose)
        else {
            return Err(access::gone());
        };
        let (description, shown) = (serde_json::from_slice(description)?, serde_json::from_slice(shown)?);
        let job = said("job").map(|job| String::from_utf8_lossy(job).into_owned());
        let asked = Asked { purpose, day: row.day, description, job };
        let watching = match planned(&asked, self.today()) {
            Some(day) if row.rang.is_none() => self.watching(by, &asked, day).await,
            _ => Watching::NotPlanned,
        };
        let given = Given { check, code, at: row.at, asked, shown, rang: row.rang, watching };
        Ok(Some(Kept::Given(Box::new(given))))
    }
}
