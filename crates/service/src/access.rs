//! Every look leaves a trace: who, why, what was asked and what was shown, on disk before the answer is on screen.
//!
//! The rows stand in a log of their own with the guarantees of the register's. What was asked and shown is sealed in a locker
//! of the month, so that a month of looks can be destroyed when its time has come.

use crate::fault::Fault;
use crate::live::{actor, written};
use crate::{Service, check, random};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::receipt::Code;
use ledger::tree::Head;
use ledger::{Content, Draft, Expected, LedgerError, Log, Micros, Opened, Particular, Record, StoreError};
use register::calendar;
use register::ids::{AccessMonth, AccountId, AttachmentId, File, MeasureId};
use register::moment::Actor;
use register::personal::Locker;
use register::state::Register;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::str::FromStr;

/// What somebody looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// A file.
    File(File),
    /// What stands behind a marker, opened by breaking the glass.
    Glass(MeasureId),
    /// A letter.
    Letter(MeasureId),
    /// Everything behind a measure, as one document.
    Bundle(MeasureId),
    /// What lawyers advised on a measure.
    LegalAdvice(MeasureId),
    /// An attached file.
    Attachment(AttachmentId),
    /// The work that waits.
    Work,
    /// What will be destroyed and what is held, or what was left of one file.
    Retention(Option<File>),
    /// The register in numbers.
    Numbers,
    /// Subjects like the one described.
    Search(String),
    /// The answers to a list of planned visits.
    Screening,
    /// The access log itself.
    Accesses,
    /// The code of an invitation, which is shown once.
    Invitation(AccountId),
    /// A second factor that is to be reset.
    SecondFactor(AccountId),
}

/// What a row of the access log tells of. Keys are stored: they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessKind {
    /// A check before contact.
    Check,
    /// A check, or a list of planned visits, that was not answered: whoever asked had asked about too many.
    OverBudget,
    /// A marker of a partner's own property, or its withdrawal, was shown to somebody of the partner's.
    Delivered,
    /// Somebody tried to open a file, or checked on whom it is about, of which they may know nothing.
    Denied,
    /// The precautions of a check were acknowledged.
    Acknowledged,
    /// A receipt of an answer to a check of one's own was taken.
    Receipt,
    /// A file was opened.
    File,
    /// What stands behind a marker was read by whoever broke the glass.
    Glass,
    /// A letter was opened.
    Letter,
    /// The evidence bundle of a measure was taken.
    Bundle,
    /// What lawyers advised on a measure was read.
    LegalAdvice,
    /// An attachment was opened.
    Attachment,
    /// The work queue was opened.
    Work,
    /// Subjects were searched for.
    Search,
    /// What will be destroyed, what is held, or a certificate of destruction was read.
    Retention,
    /// The register in numbers was read or saved.
    Numbers,
    /// The answers to a list of planned visits were read or saved.
    Screening,
    /// The access log was read.
    Accesses,
    /// Somebody asked for the code of an invitation, or agreed to one.
    Invitation,
    /// Somebody asked that a second factor is reset, or agreed.
    SecondFactor,
}

impl AccessKind {
    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Check => "Check before contact",
            Self::OverBudget => "Not answered: asked about too many",
            Self::Delivered => "Marker delivered to a partner",
            Self::Denied => "Asked about a file they are excluded from",
            Self::Acknowledged => "Precautions acknowledged",
            Self::Receipt => "Receipt of a check taken",
            Self::File => "File opened",
            Self::Glass => "Opened by breaking the glass",
            Self::Letter => "Letter opened",
            Self::Bundle => "Evidence bundle taken",
            Self::LegalAdvice => "Legal advice read",
            Self::Attachment => "Attachment opened",
            Self::Work => "Work queue opened",
            Self::Search => "Search for a subject",
            Self::Retention => "Retention or a certificate read",
            Self::Numbers => "Register in numbers read or saved",
            Self::Screening => "Answers to a list read or saved",
            Self::Accesses => "Access log read",
            Self::Invitation => "Invitation for an account",
            Self::SecondFactor => "Reset of a second factor",
        }
    }
}

/// What a look was for, beyond what was asked. Keys are stored: they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errand {
    /// The reference of a job or case was given. It is sealed beside the row.
    Job,
    /// It is a visit of a list.
    List,
}

impl Errand {
    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Job => "With a job reference",
            Self::List => "On a list of visits",
        }
    }
}

/// The facts of a row, as stored: version 1. It only grows by what a row may be without.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactsV1 {
    pub(crate) kind: AccessKind,
    /// Reference of the file, measure or attachment.
    pub(crate) about: Option<String>,
    /// Key of the purpose of a check.
    pub(crate) purpose: Option<String>,
    /// Day of a visit.
    pub(crate) day: Option<Date>,
    /// Kind of verdict.
    pub(crate) verdict: Option<check::VerdictKind>,
    /// Measures whose markers were shown.
    pub(crate) markers: Vec<String>,
    /// The check that is acknowledged.
    pub(crate) check: Option<u64>,
    /// The position of the register's log that was answered from.
    pub(crate) answered_from: u64,
    /// What it was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) errand: Option<Errand>,
    /// The account of whoever rang and was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rang: Option<String>,
    /// When it was answered from memory, in microseconds since 1970: the row was written later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from_memory: Option<i64>,
}

impl FactsV1 {
    /// A row that says no more than what kind of look it was.
    pub(crate) const fn of(kind: AccessKind, answered_from: u64) -> Self {
        Self {
            kind,
            about: None,
            purpose: None,
            day: None,
            verdict: None,
            markers: Vec::new(),
            check: None,
            answered_from,
            errand: None,
            rang: None,
            from_memory: None,
        }
    }
}

/// What was asked and shown, and for which job, sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub(crate) asked: Option<Vec<u8>>,
    pub(crate) shown: Option<Vec<u8>>,
    pub(crate) job: Option<Vec<u8>>,
}

/// The kind and version under which rows are stored.
const RECORD_KIND: &str = "access.looked";
const RECORD_VERSION: u16 = 1;

fn locker_of(at: Timestamp) -> u64 {
    Locker::Accesses(AccessMonth::of(calendar::london(at))).number()
}

/// One row of the access log.
#[derive(Debug, Clone)]
pub struct AccessRow {
    /// Where it stands in the access log.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<AccountId>,
    /// What.
    pub kind: AccessKind,
    /// Reference of the file, measure or attachment.
    pub about: Option<String>,
    /// Why, for a check.
    pub purpose: Option<register::view::Purpose>,
    /// The day of a visit.
    pub day: Option<Date>,
    /// What kind of answer a check had.
    pub verdict: Option<check::VerdictKind>,
    /// Measures whose markers were shown.
    pub markers: Vec<MeasureId>,
    /// What it was for, where that was told.
    pub errand: Option<Errand>,
    /// Who rang and was told, where it was asked for somebody else.
    pub rang: Option<AccountId>,
    /// Whether it was answered from memory, because the row could not be written then.
    pub from_memory: bool,
}

/// Which rows to read.
#[derive(Debug, Clone, Default)]
pub struct AccessFilter {
    /// Rows about this file, or that showed its marker; of a subject, also those about its measures and incidents.
    pub file: Option<File>,
    /// Rows of this account.
    pub account: Option<AccountId>,
    /// Rows before this position.
    pub before: Option<u64>,
}

impl AccessFilter {
    fn lets(&self, row: &AccessRow, files: &BTreeSet<String>) -> bool {
        let about = self.file.is_none()
            || row.about.as_ref().is_some_and(|about| files.contains(about))
            || row.markers.iter().any(|marker| files.contains(&marker.to_string()));
        about && self.account.is_none_or(|account| [row.by, row.rang].contains(&Some(account)))
    }
}

/// The references of a file and, for a subject, of every file about it: who looked at a person's incident looked at the person.
fn and_about(register: &Register, file: Option<File>) -> BTreeSet<String> {
    let about = file.into_iter().flat_map(|file| {
        let subject = if let File::Subject(subject) = file { Some(subject) } else { None };
        let measures =
            subject.into_iter().flat_map(|it| register.measures_about(it)).map(|it| File::Measure(it.id));
        let incidents =
            subject.into_iter().flat_map(|it| register.incidents_about(it)).map(|it| File::Incident(it.id));
        std::iter::once(file).chain(measures).chain(incidents)
    });
    about.map(|file| file.to_string()).collect()
}

/// Rows read at a time.
pub(crate) const CHUNK: u64 = 1_000;
/// Rows looked through for one page.
pub(crate) const MOST_READ: u64 = 200_000;

impl Service {
    /// Shows something of the register after the look is on disk.
    ///
    /// # Errors
    /// A fault: then nothing was shown. Whether the reader may look at all is asked before.
    pub async fn look<T>(
        &self,
        by: AccountId,
        what: Look,
        show: impl FnOnce(&Register) -> T,
    ) -> Result<T, Fault> {
        let (kind, about, asked) = match what {
            Look::File(file) => (AccessKind::File, Some(file.to_string()), None),
            Look::Glass(measure) => (AccessKind::Glass, Some(measure.to_string()), None),
            Look::Letter(measure) => (AccessKind::Letter, Some(measure.to_string()), None),
            Look::Bundle(measure) => (AccessKind::Bundle, Some(measure.to_string()), None),
            Look::LegalAdvice(measure) => (AccessKind::LegalAdvice, Some(measure.to_string()), None),
            Look::Attachment(attachment) => (AccessKind::Attachment, Some(attachment.to_string()), None),
            Look::Work => (AccessKind::Work, None, None),
            Look::Retention(file) => (AccessKind::Retention, file.map(|file| file.to_string()), None),
            Look::Search(typed) => (AccessKind::Search, None, Some(typed.into_bytes())),
            Look::Numbers => (AccessKind::Numbers, None, None),
            Look::Screening => (AccessKind::Screening, None, None),
            Look::Accesses => (AccessKind::Accesses, None, None),
            Look::Invitation(account) => (AccessKind::Invitation, Some(account.to_string()), None),
            Look::SecondFactor(account) => (AccessKind::SecondFactor, Some(account.to_string()), None),
        };
        let facts = FactsV1 { about, ..FactsV1::of(kind, self.position()) };
        self.write_access(by, (facts, Sealed { asked, ..Sealed::default() })).await?;
        Ok(show(&self.sound()?.register))
    }

    /// Writes a row and returns its position and the register's head, read in the same transaction.
    pub(crate) async fn write_access(&self, by: AccountId, row: (FactsV1, Sealed)) -> Result<Written, Fault> {
        let now = self.now();
        let drafts = drafts(by, ledger::CommandId(random()), vec![row], now)?;
        let written = self.inner.ledger.append(Log::Access, Expected::Anywhere, micros(now), drafts).await?;
        let record = written.records.first().ok_or_else(|| Fault::because("no access row came back"))?;
        Ok(Written {
            position: record.position,
            code: Code::of(&record.leaf),
            at: at(record.recorded_at),
            register: written.register,
        })
    }

    /// Writes rows under a name that is theirs for ever, all or none; where they were written before, says where they stand.
    pub(crate) async fn write_accesses(
        &self,
        by: AccountId,
        name: ledger::CommandId,
        rows: Vec<(FactsV1, Sealed)>,
    ) -> Result<WrittenRows, Fault> {
        let now = self.now();
        let drafts = drafts(by, name, rows, now)?;
        match self.inner.ledger.append(Log::Access, Expected::Anywhere, micros(now), drafts).await {
            Ok(written) => Ok(WrittenRows {
                positions: written.records.iter().map(|record| record.position).collect(),
                were_there: false,
                register: written.register,
            }),
            Err(LedgerError::Store(StoreError::AlreadyRecorded { positions })) => Ok(WrittenRows {
                positions,
                were_there: true,
                register: self.inner.ledger.head(Log::Register).await?,
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// What the checks at these positions of the access log were answered, in their order. Neighbours are read together.
    pub(crate) async fn shown_at(&self, positions: &[u64]) -> Result<Vec<check::Shown>, Fault> {
        let mut shown = Vec::with_capacity(positions.len());
        for run in positions.chunk_by(|one, next| one + 1 == *next) {
            let after = run.first().and_then(|first| first.checked_sub(1)).ok_or_else(gone)?;
            let many = u32::try_from(run.len()).map_err(|_| gone())?;
            let read = self.inner.ledger.read(Log::Access, after, many).await?;
            if read.len() < run.len() {
                return Err(gone());
            }
            for opened in read {
                shown.push(serde_json::from_slice(said(&opened, "shown").ok_or_else(gone)?)?);
            }
        }
        Ok(shown)
    }

    /// Reads the access log, newest first; the reading is itself a row.
    ///
    /// # Errors
    /// A fault.
    pub async fn accesses(
        &self,
        by: AccountId,
        filter: AccessFilter,
        most: usize,
    ) -> Result<Vec<AccessRow>, Fault> {
        let files = self.look(by, Look::Accesses, |register| and_about(register, filter.file)).await?;
        let head = self.inner.ledger.size(Log::Access).await?;
        let mut end = filter.before.map_or(head, |before| before.saturating_sub(1).min(head));
        let lowest = end.saturating_sub(MOST_READ);
        let mut rows = Vec::new();
        while end > lowest && rows.len() < most {
            let start = end.saturating_sub(CHUNK).max(lowest);
            let limit = u32::try_from(end - start).unwrap_or(u32::MAX);
            let mut chunk = self.inner.ledger.read(Log::Access, start, limit).await?;
            chunk.reverse();
            for opened in chunk {
                let row = row(&opened.record)?;
                if filter.lets(&row, &files) && rows.len() < most {
                    rows.push(row);
                }
            }
            end = start;
        }
        Ok(rows)
    }

    /// The row at a position of the access log.
    pub(crate) async fn access(&self, position: u64) -> Result<Option<AccessRow>, Fault> {
        self.opened(position).await?.map(|opened| row(&opened.record)).transpose()
    }

    /// The record at a position of the access log, with what is sealed beside it.
    pub(crate) async fn opened(&self, position: u64) -> Result<Option<Opened>, Fault> {
        let Some(after) = position.checked_sub(1) else { return Ok(None) };
        Ok(self.inner.ledger.read(Log::Access, after, 1).await?.pop())
    }
}

/// Rows as they go to the ledger, as parts of one append.
fn drafts(
    by: AccountId,
    command: ledger::CommandId,
    rows: Vec<(FactsV1, Sealed)>,
    now: Timestamp,
) -> Result<Vec<Draft>, Fault> {
    let draft = |((facts, sealed), part): ((FactsV1, Sealed), u32)| {
        let particulars = [("asked", sealed.asked), ("shown", sealed.shown), ("job", sealed.job)].into_iter();
        Ok(Draft {
            command,
            part,
            actor: written(Actor::Account(by)),
            kind: RECORD_KIND.to_owned(),
            version: RECORD_VERSION,
            facts: serde_json::to_vec(&facts)?,
            particulars: particulars
                .filter_map(|(field, bytes)| Some(Particular::beside(field, locker_of(now), bytes?)))
                .collect(),
            erases: Vec::new(),
        })
    };
    rows.into_iter().zip(0..).map(draft).collect()
}

pub(crate) fn gone() -> Fault {
    Fault::because("the answer of a check is gone")
}

/// What a row holds sealed in a field (`asked`, `shown`, `job`), while it is held.
pub(crate) fn said<'o>(opened: &'o Opened, field: &str) -> Option<&'o [u8]> {
    opened.particulars.iter().find_map(|particular| match &particular.content {
        Content::Known(bytes) if particular.field == field => Some(bytes.as_slice()),
        Content::Known(_) | Content::Apart | Content::Erased => None,
    })
}

/// Where a row came to stand.
pub(crate) struct Written {
    pub(crate) position: u64,
    pub(crate) code: Code,
    pub(crate) at: Timestamp,
    pub(crate) register: Head,
}

/// Where several rows came to stand.
pub(crate) struct WrittenRows {
    pub(crate) positions: Vec<u64>,
    /// Whether they had been written before.
    pub(crate) were_there: bool,
    pub(crate) register: Head,
}

/// The instant of a record.
pub(crate) fn at(micros: Micros) -> Timestamp {
    Timestamp::from_microsecond(micros.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// An instant as records keep it.
pub(crate) fn micros(at: Timestamp) -> Micros {
    Micros(at.as_microsecond())
}

pub(crate) fn row(record: &Record) -> Result<AccessRow, Fault> {
    if record.kind != RECORD_KIND || record.version != RECORD_VERSION {
        return Err(Fault::because("the access log holds a row of another program"));
    }
    let facts: FactsV1 = serde_json::from_slice(&record.facts)?;
    let from_memory = facts.from_memory.map(Micros);
    Ok(AccessRow {
        position: record.position,
        at: at(from_memory.unwrap_or(record.recorded_at)),
        by: match actor(&record.actor) {
            Some(Actor::Account(account)) => Some(account),
            _ => None,
        },
        kind: facts.kind,
        about: facts.about,
        purpose: facts.purpose.as_deref().and_then(register::view::Purpose::from_key),
        day: facts.day,
        verdict: facts.verdict,
        markers: facts.markers.iter().filter_map(|marker| MeasureId::from_str(marker).ok()).collect(),
        errand: facts.errand,
        rang: facts.rang.and_then(|rang| rang.parse().ok()),
        from_memory: from_memory.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written_before_errands_were_told_and_after() {
        for kept in [
            r#"{"kind":"check","about":null,"purpose":"visit","day":"2026-11-26","verdict":"none-found","markers":[],"check":null,"answered_from":7}"#,
            r#"{"kind":"check","about":null,"purpose":"visit","day":"2026-11-26","verdict":"marker","markers":["M-0000-0001"],"check":null,"answered_from":7,"errand":"job"}"#,
            r#"{"kind":"check","about":null,"purpose":"visit","day":"2026-11-26","verdict":"none-found","markers":[],"check":null,"answered_from":7,"rang":"A-0000-0001"}"#,
            r#"{"kind":"check","about":null,"purpose":"visit","day":"2026-11-26","verdict":"possible","markers":[],"check":null,"answered_from":7,"from_memory":1764151200000000}"#,
        ] {
            let facts: FactsV1 = serde_json::from_str(kept).expect("a row");
            assert_eq!(serde_json::to_string(&facts).expect("a row"), kept);
        }
    }
}
