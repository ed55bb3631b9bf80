//! Dispute: what a subject says is wrong about what is held of them, kept in their own words beside the entry.
//!
//! It is not an appeal: nobody is asked to take the measure off. It is answered within the month that the law gives, by the data
//! protection officer, and shown to everybody who decides about the measure afterwards. Until it is answered it brings the next review forward.

use crate::choice::choices;
use crate::command::{AnswerDispute, RecordDispute};
use crate::event::Event;
use crate::measure::{Life, Measure};
use crate::moment::Moment;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// What came of a dispute.
    DisputeOutcome {
        /// The record was wrong and has been put right.
        Corrected = "corrected", "The record was wrong and has been put right";
        /// In part.
        InPart = "in-part", "Part of the record was wrong and has been put right";
        /// It stands; the subject’s words stay beside it.
        Stands = "stands", "The record stands, with what the person says beside it";
    }
}

/// What a subject says is wrong, and the answer.
#[derive(Debug, Clone)]
pub struct Dispute {
    /// Recorded when and by whom.
    pub moment: Moment,
    /// The day it reached the council.
    pub received_on: Date,
    /// In the subject’s own words.
    pub words: Particulars<Text>,
    /// When and by whom it was answered, what came of it, and why.
    pub answer: Option<(Moment, DisputeOutcome, Particulars<Text>)>,
}

impl Dispute {
    /// The last day to answer it.
    #[must_use]
    pub fn answer_by(&self, policy: &Policy) -> Date {
        policy.after(self.received_on, Figure::DisputeAnswer)
    }
}

impl Measure {
    /// The dispute that waits for an answer; there is at most one.
    #[must_use]
    pub fn open_dispute(&self) -> Option<&Dispute> {
        self.disputes.iter().find(|dispute| dispute.answer.is_none())
    }
}

pub(crate) fn record(
    register: &Register,
    command: &RecordDispute,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if matches!(measure.life, Life::Destroyed(_)) {
        return Err(Refusal::Destroyed);
    }
    if measure.open_dispute().is_some() {
        return Err(Refusal::DisputeOpen);
    }
    if command.received_on > moment.date() {
        return Err(Refusal::HappenedInFuture);
    }
    Ok(vec![Event::DisputeRecorded {
        measure: command.measure,
        received_on: command.received_on,
        words: Particulars::new(Locker::Measure(command.measure), command.words.clone()),
    }])
}

pub(crate) fn answer(
    register: &Register,
    command: &AnswerDispute,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    let dispute = measure.open_dispute().ok_or(Refusal::AlreadyDone)?;
    if dispute.moment.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    Ok(vec![Event::DisputeAnswered {
        measure: command.measure,
        outcome: command.outcome,
        reasons: Particulars::new(Locker::Measure(command.measure), command.reasons.clone()),
    }])
}
