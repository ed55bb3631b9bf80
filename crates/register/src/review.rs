//! Review: the dated reconsideration of a live measure. It goes unless somebody gives positive reasons to keep it.
//!
//! Whoever answers for the measure answers the policy's questions and advises; somebody else decides. A decision maker keeps or
//! varies it. Taking an entry off the register is put to the Governance Group, which meets each quarter (cabinet report, 6.2);
//! warnings and restrictions end at once.

use crate::assessment::Proposal;
use crate::choice::choices;
use crate::command::{AnswerReview, ChangeSponsor, ReviewMeasure, VaryMeasure};
use crate::decision::check_review_date;
use crate::event::Event;
use crate::ids::MeasureId;
use crate::measure::{EndReason, Kind, Life, Measure};
use crate::moment::Moment;
use crate::notice::Notice;
use crate::people::{self, Action, Extent};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeMap;

choices! {
    /// What is asked of whoever answers for a measure before it is reconsidered. New questions are added at the end.
    Question {
        /// New incidents, or a long silence.
        Since = "since", "What has happened since the decision or the last review?";
        /// What it rests on, and how old that is.
        Original = "original", "What does it rest on, and how long ago was that?";
        /// Contact and how it went.
        Contact = "contact", "What contact has there been, and how did it go?";
        /// Whether the precautions were taken and helped.
        Used = "used", "Were the precautions or limits used, and did they help?";
        /// Whether it still weighs up.
        Proportionate = "proportionate", "Is it still necessary and proportionate?";
        /// Needs and adjustments.
        Adjustments = "adjustments", "Have the person’s needs or adjustments changed?";
        /// Whether the right teams are told.
        Audience = "audience", "Are the right teams told, and no others?";
        /// Whether less would do.
        Lesser = "lesser", "Would something less be enough now?";
    }
}

choices! {
    /// What whoever answers for a measure advises.
    Advice {
        /// Keep it as it is.
        Keep = "keep", "Keep it as it is";
        /// Keep it with less, or with something else.
        Vary = "vary", "Change it";
        /// Take it off.
        Remove = "remove", "Take it off";
    }
}

choices! {
    /// What a review may come to. Varying a measure is a decision of its own.
    ReviewOutcome {
        /// Kept, for positive reasons.
        Retain = "retain", "Keep";
        /// Taken off; an entry on the register by the Governance Group.
        Remove = "remove", "Remove";
    }
}

/// The answers to the questions, and what follows from them to whoever answers for the measure.
#[derive(Debug, Clone)]
pub struct Answers {
    /// When and by whom.
    pub moment: Moment,
    /// What is advised.
    pub advice: Advice,
    /// One answer to each of [`Question::ALL`], in that order.
    pub words: Particulars<Vec<Text>>,
}

choices! {
    /// How near the next review of a measure in force is.
    Nearness {
        /// Nobody has to think of it yet.
        Ahead = "ahead", "In force, review ahead";
        /// It is work that waits.
        Soon = "soon", "Review due soon";
        /// It has not been done in time: shown as overdue wherever the measure is shown.
        Overdue = "overdue", "Review overdue";
    }
}

impl Nearness {
    /// How near a review that is due on a day is on `today`.
    #[must_use]
    pub fn of(due: Date, policy: &Policy, today: Date) -> Self {
        if today > due {
            Self::Overdue
        } else if policy.after(today, Figure::ReviewNotice) >= due {
            Self::Soon
        } else {
            Self::Ahead
        }
    }
}

impl Measure {
    /// How near its next review is on `today`; `None` unless it is in force.
    #[must_use]
    pub fn review_nearness(&self, register: &Register, today: Date) -> Option<Nearness> {
        Some(Nearness::of(self.review_due(register)?, register.policy(), today))
    }
}

/// A review that kept the measure.
#[derive(Debug, Clone)]
pub struct Review {
    /// When and by whom.
    pub moment: Moment,
    /// The next one is due by this date.
    pub next_on: Date,
    /// Why it is still justified.
    pub reasons: Particulars<Text>,
    /// Where the customer has not been told: why not telling was still right.
    pub still_withheld: Option<Particulars<Text>>,
    /// The answers it rested on, if it was answered first.
    pub answers: Option<Answers>,
}

/// Why a measure is to be looked at before its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stir {
    /// Another incident was added to it.
    Incident,
    /// The person moved, or the place is described anew.
    Moved,
    /// Somebody else answers for it.
    Sponsor,
    /// Its subject says that the record is wrong.
    Disputed,
    /// Other people live in the place.
    Occupants,
    /// An ombudsman found fault.
    Fault,
    /// Another file was joined with its subject's, or parted from it.
    Joined,
}

impl Stir {
    /// In words, as the work queue gives the reason.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Stir::Incident => "another incident was added",
            Stir::Moved => "the address changed",
            Stir::Sponsor => "somebody else answers for it",
            Stir::Disputed => "the customer says that the record is wrong",
            Stir::Occupants => "other people live there now",
            Stir::Fault => "an ombudsman found fault",
            Stir::Joined => "another file was joined with its subject’s, or parted from it",
        }
    }
}

/// A change of precautions, restrictions, audience or band while a measure is in force.
#[derive(Debug, Clone)]
pub struct Variation {
    /// When and by whom.
    pub moment: Moment,
    /// The next review is due by this date: never later than it was, and sooner where the new plan asks more.
    pub review_on: Date,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// A measure in force, for whoever reported none of the incidents behind it.
pub(crate) fn in_force<'r>(
    register: &'r Register,
    measure: MeasureId,
    moment: &Moment,
) -> Result<&'r Measure, Refusal> {
    let measure = register.measure(measure).ok_or(Refusal::NoSuchFile)?;
    if !matches!(measure.life, Life::InForce { .. }) {
        return Err(Refusal::WrongStage(measure.stage()));
    }
    measure.not_reported_by(register, moment)?;
    Ok(measure)
}

pub(crate) fn answer(
    register: &Register,
    command: &AnswerReview,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = people::permit(register, moment, Action::AnswerReview)?;
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if account.extent(Action::AnswerReview) == Extent::Team && !measure.is_of(register, account) {
        return Err(Refusal::OtherTeam);
    }
    in_force(register, command.measure, moment)?;
    Ok(vec![Event::ReviewAnswered {
        measure: command.measure,
        advice: command.advice,
        answers: Particulars::new(Locker::Measure(command.measure), in_order(&command.answers)?),
    }])
}

/// One answer to each question, in their order.
fn in_order(answers: &BTreeMap<Question, Text>) -> Result<Vec<Text>, Refusal> {
    Question::ALL
        .iter()
        .map(|question| answers.get(question).cloned().ok_or(Refusal::QuestionMissing(*question)))
        .collect()
}

pub(crate) fn review(
    register: &Register,
    command: &ReviewMeasure,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = in_force(register, command.measure, moment)?;
    let answers = measure.answers.as_ref().ok_or(Refusal::ReviewNotAnswered)?;
    if answers.moment.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    if measure.removal.is_some() {
        return Err(Refusal::WithGovernanceGroup);
    }
    match command.outcome {
        ReviewOutcome::Remove => Ok(vec![removal(measure, &command.reasons)]),
        ReviewOutcome::Retain => retain(
            register,
            measure,
            command.next_on,
            &command.reasons,
            command.still_withheld.as_ref(),
            moment,
        ),
    }
}

/// What follows from finding that a measure is no longer justified.
fn removal(measure: &Measure, reasons: &Text) -> Event {
    let words = |locker| Particulars::new(locker, reasons.clone());
    match measure.kind {
        Kind::Entry => {
            Event::RemovalProposed { measure: measure.id, reasons: words(Locker::Measure(measure.id)) }
        }
        Kind::Warning | Kind::Restriction => Event::MeasureEnded {
            measure: measure.id,
            reason: EndReason::NotJustified,
            words: words(Locker::DecisionFile(measure.id)),
        },
    }
}

/// What follows from keeping a measure, whoever decides that.
pub(crate) fn retain(
    register: &Register,
    measure: &Measure,
    next_on: Option<Date>,
    reasons: &Text,
    still_withheld: Option<&Text>,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let Life::InForce { notice, .. } = &measure.life else {
        return Err(Refusal::WrongStage(measure.stage()));
    };
    // A customer who was not told is not left untold by habit: why is decided afresh each time.
    if matches!(notice, Notice::Withheld(_)) && still_withheld.is_none() {
        return Err(Refusal::WithholdingNotReconsidered);
    }
    let next_on = next_on.ok_or(Refusal::ReviewDate {
        latest: crate::decision::latest_review(register.policy(), measure, moment.date()),
    })?;
    check_review_date(register, measure, next_on, moment)?;
    Ok(vec![Event::MeasureRetained {
        measure: measure.id,
        next_on,
        reasons: Particulars::new(Locker::DecisionFile(measure.id), reasons.clone()),
        still_withheld: still_withheld
            .map(|words| Particulars::new(Locker::DecisionFile(measure.id), words.clone())),
    }])
}

pub(crate) fn vary(
    register: &Register,
    command: &VaryMeasure,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = in_force(register, command.measure, moment)?;
    Ok(vec![varied(register, measure, &command.plan, &command.reasons, moment)?])
}

/// What follows from changing the plan of a measure in force, whoever decides that.
pub(crate) fn varied(
    register: &Register,
    measure: &Measure,
    plan: &Proposal,
    reasons: &Text,
    moment: &Moment,
) -> Result<Event, Refusal> {
    plan.check(register, measure.kind, moment.date())?;
    let plan = plan.seal(measure.id);
    if measure.assessment.plan.as_ref() == Some(&plan) {
        return Err(Refusal::NothingVaried);
    }
    let reasons = Particulars::new(Locker::Measure(measure.id), reasons.clone());
    let latest = crate::decision::latest_under(register.policy(), plan.band, moment.date());
    let review_on = measure.review_due(register).map_or(latest, |due| due.min(latest));
    Ok(Event::MeasureVaried { measure: measure.id, plan, review_on, reasons })
}

pub(crate) fn change_sponsor(register: &Register, command: &ChangeSponsor) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if measure.is_over() {
        return Err(Refusal::MeasureEnded);
    }
    if measure.sponsor == command.sponsor {
        return Err(Refusal::AlreadyDone);
    }
    people::answers_for(register, command.sponsor)?;
    Ok(vec![Event::SponsorChanged { measure: command.measure, sponsor: command.sponsor }])
}
