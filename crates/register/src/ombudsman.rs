//! Ombudsman: what the customer may turn to once the council has decided an appeal, and what comes back from there.
//!
//! The register team records that an ombudsman has taken the complaint up and how it ended. While one has it nothing it may ask for
//! is destroyed, as by a hold; fault found brings the next review forward, before whoever then decides.

use crate::appeal::{Appeal, AppealOutcome};
use crate::choice::choices;
use crate::command::{EndComplaint, RecordComplaint};
use crate::event::Event;
use crate::measure::{Life, Measure};
use crate::moment::Moment;
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// Who looks at what a council did, from outside.
    Ombudsman {
        /// For councils in England.
        LocalGovernment = "local-government", "Local Government and Social Care Ombudsman";
        /// For landlords, councils among them.
        Housing = "housing", "Housing Ombudsman";
        /// For what is held about somebody.
        Information = "information", "Information Commissioner";
    }
}

choices! {
    /// How a complaint to an ombudsman ends.
    ComplaintOutcome {
        /// The council did something wrong.
        Fault = "fault", "Fault found";
        /// It did not.
        NoFault = "no-fault", "No fault found";
        /// It was not looked into, or not to the end.
        Closed = "closed", "Closed without an investigation";
    }
}

/// A complaint that an ombudsman took up.
#[derive(Debug, Clone)]
pub struct Complaint {
    /// Recorded when and by whom.
    pub moment: Moment,
    /// Who took it up.
    pub ombudsman: Ombudsman,
    /// On which day.
    pub taken_up_on: Date,
    /// The reference that they gave it.
    pub reference: Particulars<Text>,
    /// How it ended, once it has.
    pub end: Option<ComplaintEnd>,
}

/// How a complaint to an ombudsman ended.
#[derive(Debug, Clone)]
pub struct ComplaintEnd {
    /// Recorded when and by whom.
    pub moment: Moment,
    /// Which way.
    pub outcome: ComplaintOutcome,
    /// On which day.
    pub ended_on: Date,
    /// What the ombudsman found.
    pub found: Particulars<Text>,
    /// What they ask the council to do, if anything.
    pub asks: Option<Particulars<Text>>,
}

impl Measure {
    /// The complaint that an ombudsman has; there is at most one.
    #[must_use]
    pub fn open_complaint(&self) -> Option<&Complaint> {
        self.complaints.iter().find(|complaint| complaint.end.is_none())
    }

    /// What an ombudsman may be asked to look at: the appeal decided last, unless it was upheld. Which way, and when.
    #[must_use]
    pub fn open_to_an_ombudsman(&self) -> Option<(AppealOutcome, Moment)> {
        let (outcome, moment, _) = self.appeals.iter().rev().find_map(Appeal::decided)?;
        (outcome != AppealOutcome::Upheld).then_some((outcome, moment))
    }
}

pub(crate) fn record(
    register: &Register,
    command: &RecordComplaint,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if matches!(measure.life, Life::Destroyed(_)) {
        return Err(Refusal::Destroyed);
    }
    let (_, decided) = measure.open_to_an_ombudsman().ok_or(Refusal::NoAppealDecided)?;
    if measure.open_complaint().is_some() {
        return Err(Refusal::ComplaintOpen);
    }
    between(decided.date(), command.taken_up_on, moment)?;
    Ok(vec![Event::ComplaintRecorded {
        measure: command.measure,
        ombudsman: command.ombudsman,
        taken_up_on: command.taken_up_on,
        reference: Particulars::new(Locker::DecisionFile(command.measure), command.reference.clone()),
    }])
}

pub(crate) fn end(
    register: &Register,
    command: &EndComplaint,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    let last = measure.complaints.last().ok_or(Refusal::NoComplaint)?;
    if last.end.is_some() {
        return Err(Refusal::ComplaintEnded);
    }
    between(last.taken_up_on, command.ended_on, moment)?;
    let words = |words: &Text| Particulars::new(Locker::DecisionFile(command.measure), words.clone());
    Ok(vec![Event::ComplaintEnded {
        measure: command.measure,
        outcome: command.outcome,
        ended_on: command.ended_on,
        found: words(&command.found),
        asks: command.asks.as_ref().map(words),
    }])
}

/// Refuses a day before what it follows from, or after today.
fn between(since: Date, day: Date, moment: &Moment) -> Result<(), Refusal> {
    if day < since || day > moment.date() {
        return Err(Refusal::ComplaintDate);
    }
    Ok(())
}
