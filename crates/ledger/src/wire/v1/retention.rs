//! Holds on files, and destruction: which lockers of a file can no longer be opened.

use crate::wire::shape::{Factual, Shape, Written, facts, factual};
use jiff::civil::Date;
use register::ids::{AccessMonth, AccountId, File, IncidentId, MeasureId, MeetingId, SubjectId};
use register::personal;
use register::retention::Ground;
use serde::{Deserialize, Serialize};

facts! {
    /// Particulars: `reasons`, words.
    "file.held", 1: FileHeld {
        file: Written<File>,
        ground: Written<Ground>,
        review_on: Written<Date>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "file.released", 1: FileReleased {
        file: Written<File>,
    }
}

facts! {
    /// No particulars.
    "measure.sealed", 1: DecisionFileSealed {
        measure: Written<MeasureId>,
        lockers: Vec<Locker>,
    }
}

facts! {
    /// No particulars.
    "file.destroyed", 1: FileDestroyed {
        file: Written<File>,
        lockers: Vec<Locker>,
    }
}

/// `"council"`, or an object whose one field is the kind of locker and whose value is the file it belongs to.
#[derive(Serialize, Deserialize)]
pub(in crate::wire) enum Locker {
    #[serde(rename = "council")]
    Council,
    #[serde(rename = "account")]
    Account(Written<AccountId>),
    #[serde(rename = "subject")]
    Subject(Written<SubjectId>),
    #[serde(rename = "support")]
    Support(Written<SubjectId>),
    #[serde(rename = "incident")]
    Incident(Written<IncidentId>),
    #[serde(rename = "reporter")]
    Reporter(Written<IncidentId>),
    #[serde(rename = "harmed")]
    Harmed(Written<IncidentId>),
    #[serde(rename = "witnesses")]
    Witnesses(Written<IncidentId>),
    #[serde(rename = "evidence")]
    Evidence(Written<IncidentId>),
    #[serde(rename = "measure")]
    Measure(Written<MeasureId>),
    #[serde(rename = "decision-file")]
    DecisionFile(Written<MeasureId>),
    #[serde(rename = "legal-advice")]
    LegalAdvice(Written<MeasureId>),
    #[serde(rename = "meeting")]
    Meeting(Written<MeetingId>),
    #[serde(rename = "access-log")]
    Accesses(Written<AccessMonth>),
}
factual!(Written<AccountId> Written<SubjectId> Written<IncidentId> Written<MeasureId> Written<MeetingId> Written<AccessMonth>);
impl Factual for Locker {}

impl Shape for Locker {
    type Domain = personal::Locker;
    fn store(domain: &personal::Locker) -> Self {
        match domain {
            personal::Locker::Council => Self::Council,
            personal::Locker::Account(id) => Self::Account(Written(*id)),
            personal::Locker::Subject(id) => Self::Subject(Written(*id)),
            personal::Locker::Support(id) => Self::Support(Written(*id)),
            personal::Locker::Incident(id) => Self::Incident(Written(*id)),
            personal::Locker::Reporter(id) => Self::Reporter(Written(*id)),
            personal::Locker::Harmed(id) => Self::Harmed(Written(*id)),
            personal::Locker::Witnesses(id) => Self::Witnesses(Written(*id)),
            personal::Locker::Evidence(id) => Self::Evidence(Written(*id)),
            personal::Locker::Measure(id) => Self::Measure(Written(*id)),
            personal::Locker::DecisionFile(id) => Self::DecisionFile(Written(*id)),
            personal::Locker::LegalAdvice(id) => Self::LegalAdvice(Written(*id)),
            personal::Locker::Meeting(id) => Self::Meeting(Written(*id)),
            personal::Locker::Accesses(month) => Self::Accesses(Written(*month)),
        }
    }
    fn restore(self) -> personal::Locker {
        match self {
            Self::Council => personal::Locker::Council,
            Self::Account(id) => personal::Locker::Account(id.restore()),
            Self::Subject(id) => personal::Locker::Subject(id.restore()),
            Self::Support(id) => personal::Locker::Support(id.restore()),
            Self::Incident(id) => personal::Locker::Incident(id.restore()),
            Self::Reporter(id) => personal::Locker::Reporter(id.restore()),
            Self::Harmed(id) => personal::Locker::Harmed(id.restore()),
            Self::Witnesses(id) => personal::Locker::Witnesses(id.restore()),
            Self::Evidence(id) => personal::Locker::Evidence(id.restore()),
            Self::Measure(id) => personal::Locker::Measure(id.restore()),
            Self::DecisionFile(id) => personal::Locker::DecisionFile(id.restore()),
            Self::LegalAdvice(id) => personal::Locker::LegalAdvice(id.restore()),
            Self::Meeting(id) => personal::Locker::Meeting(id.restore()),
            Self::Accesses(month) => personal::Locker::Accesses(month.restore()),
        }
    }
}
