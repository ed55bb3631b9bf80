//! Appeal: the customer's challenge to a measure that is in force, heard in time by somebody who took no part in it.
//!
//! Lodged by the customer or for them, in any way they choose; acknowledged by letter; given to somebody uninvolved, who decides
//! within the policy's working days. An upheld appeal ends the measure in the same moment; one upheld in part varies it. A late
//! appeal is heard like any other unless the appeal officer finds no good reason for the delay. Precautions stand meanwhile.

use crate::assessment::Proposal;
use crate::choice::choices;
use crate::command::{AssignAppeal, DecideAppeal, LodgeAppeal, WithdrawAppeal};
use crate::event::Event;
use crate::ids::{AccountId, MeasureId};
use crate::measure::{EndReason, Life, Measure};
use crate::moment::{Actor, Moment};
use crate::notice::Notice;
use crate::people::Action;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::review;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;

choices! {
    /// How an appeal reached the council.
    Way {
        /// On the council's public page, with the code of the letter.
        Online = "online", "On the appeal page";
        /// By letter.
        Letter = "letter", "By letter";
        /// By mail.
        Email = "email", "By email";
        /// By telephone, written down by whoever took the call.
        Phone = "phone", "By phone";
        /// At a council office.
        InPerson = "in-person", "In person";
    }
}

choices! {
    /// Who appeals.
    Appellant {
        /// The customer.
        Customer = "customer", "The customer";
        /// Somebody for the customer.
        Representative = "representative", "Somebody for the customer";
    }
}

choices! {
    /// On what grounds.
    Ground {
        /// Wrong person or wrong facts.
        Facts = "facts", "We have the wrong person or the wrong facts";
        /// It was not unreasonable, or is no risk.
        NotUnreasonable = "not-unreasonable", "What happened was not unreasonable or is not a risk";
        /// It goes too far.
        TooFar = "too-far", "What we have decided goes further than it needs to";
        /// It harms the person because of who they are.
        Harm = "harm", "It harms the person because of their health, a disability or their circumstances";
    }
}

choices! {
    /// How an appeal ends.
    AppealOutcome {
        /// The measure ends.
        Upheld = "upheld", "Upheld: the measure ends";
        /// The measure goes on with less, or with something else.
        InPart = "in-part", "Upheld in part: the measure changes";
        /// The measure stands.
        NotUpheld = "not-upheld", "Not upheld: the measure stands";
        /// Too late, without a good reason.
        NotHeard = "not-heard", "Not heard: too late, without a good reason";
    }
}

/// What was lodged, in facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lodged {
    /// The day it reached the council.
    pub received_on: Date,
    /// How.
    pub way: Way,
    /// Who appeals.
    pub appellant: Appellant,
    /// On what grounds; at least one.
    pub grounds: BTreeSet<Ground>,
}

/// What the appellant said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealWords {
    /// Why, in their own words.
    pub case: Text,
    /// Why it is late, where it is.
    pub why_late: Option<Text>,
    /// Who appeals for the customer, and how to reach them.
    pub representative: Option<Text>,
}

/// How far an appeal has come.
#[derive(Debug, Clone)]
pub enum AppealStage {
    /// Waits to be given to somebody.
    Lodged,
    /// With an appeal officer.
    Assigned {
        /// When and by whom it was given.
        moment: Moment,
        /// To whom.
        officer: AccountId,
    },
    /// Decided.
    Decided {
        /// When and by whom.
        moment: Moment,
        /// Which way.
        outcome: AppealOutcome,
        /// Why.
        reasons: Particulars<Text>,
    },
    /// The customer does not want it any more.
    Withdrawn {
        /// Recorded when and by whom.
        moment: Moment,
        /// What they said.
        words: Particulars<Text>,
    },
}

/// An appeal as it now stands.
#[derive(Debug, Clone)]
pub struct Appeal {
    /// When and by whom it was recorded.
    pub moment: Moment,
    /// What was lodged.
    pub lodged: Lodged,
    /// The appellant's words.
    pub words: Particulars<AppealWords>,
    /// How far it has come.
    pub stage: AppealStage,
}

impl Appeal {
    /// Whether it waits for a decision.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, AppealStage::Lodged | AppealStage::Assigned { .. })
    }

    /// Who is to decide it.
    #[must_use]
    pub const fn officer(&self) -> Option<AccountId> {
        match self.stage {
            AppealStage::Assigned { officer, .. } => Some(officer),
            _ => None,
        }
    }

    /// How and when it was decided, and why.
    #[must_use]
    pub const fn decided(&self) -> Option<(AppealOutcome, Moment, &Particulars<Text>)> {
        match &self.stage {
            AppealStage::Decided { moment, outcome, reasons } => Some((*outcome, *moment, reasons)),
            _ => None,
        }
    }

    /// It is to be decided by this date.
    #[must_use]
    pub fn decide_by(&self, policy: &Policy) -> Date {
        policy.after(self.lodged.received_on, Figure::AppealDecide)
    }
}

impl Measure {
    /// The appeal that waits for a decision; there is at most one.
    #[must_use]
    pub fn open_appeal(&self) -> Option<&Appeal> {
        self.appeals.iter().find(|appeal| appeal.is_open())
    }

    /// The last day on which an appeal is in time: counted from the letter, or from the latest letter that told of keeping or
    /// changing the measure. `None` for a customer who was never told: no appeal of theirs is ever late.
    #[must_use]
    pub fn appeal_closes(&self, policy: &Policy) -> Option<Date> {
        match self.notice()? {
            (Notice::Sent { sent_on, .. }, _) => {
                let told = self.letters.iter().filter(|letter| letter.occasion.renews_appeal());
                let latest = told.filter_map(|letter| letter.sent_on()).fold(*sent_on, Date::max);
                Some(policy.after(latest, Figure::AppealLodge))
            }
            (Notice::Withheld(_), _) => None,
        }
    }

    /// Whether an appeal that reached the council on this day is late.
    #[must_use]
    pub fn is_late(&self, received_on: Date, policy: &Policy) -> bool {
        self.appeal_closes(policy).is_some_and(|closes| received_on > closes)
    }

    /// Everyone who had a hand in it: whoever reported, confirmed, triaged, assessed, decided, wrote, approved or reviewed, whoever
    /// proposed, approved or certified the list that it came from, and its sponsor. None of them hears its appeal.
    #[must_use]
    pub fn took_part(&self, register: &Register) -> BTreeSet<Actor> {
        use crate::ids::File;
        let incidents = self.incidents.iter().map(|id| File::Incident(*id));
        let list = self.origin.map(|origin| File::Import(origin.import));
        std::iter::once(File::Measure(self.id))
            .chain(incidents)
            .chain(list)
            .flat_map(|file| register.timeline(file))
            .map(|happening| happening.moment.by)
            .filter(|by| *by != Actor::System)
            .chain(std::iter::once(Actor::Account(self.sponsor)))
            .collect()
    }
}

pub(crate) fn lodge(
    register: &Register,
    command: &LodgeAppeal,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if !matches!(measure.life, Life::InForce { .. }) {
        return Err(Refusal::WrongStage(measure.stage()));
    }
    if measure.open_appeal().is_some() {
        return Err(Refusal::AppealOpen);
    }
    if command.lodged.grounds.is_empty() {
        return Err(Refusal::NoGround);
    }
    let since = measure.decision().map(|decision| decision.moment.date());
    let received_on = command.lodged.received_on;
    if received_on > moment.date() || since.is_none_or(|since| received_on < since) {
        return Err(Refusal::AppealDate);
    }
    if command.lodged.appellant == Appellant::Representative && command.words.representative.is_none() {
        return Err(Refusal::NoRepresentative);
    }
    Ok(vec![Event::AppealLodged {
        measure: command.measure,
        lodged: command.lodged.clone(),
        words: Particulars::new(Locker::DecisionFile(command.measure), command.words.clone()),
    }])
}

/// The appeal that waits, with the measure it is against.
fn waiting(register: &Register, measure: MeasureId) -> Result<(&Measure, &Appeal), Refusal> {
    let measure = register.measure(measure).ok_or(Refusal::NoSuchFile)?;
    let appeal = measure.open_appeal().ok_or(Refusal::NoAppeal)?;
    Ok((measure, appeal))
}

/// Refuses an appeal officer who had a hand in the measure, or is none.
fn uninvolved(register: &Register, measure: &Measure, officer: AccountId) -> Result<(), Refusal> {
    let account = register.account(officer).ok_or(Refusal::NoSuchAccount)?;
    if account.extent(Action::DecideAppeal) == crate::people::Extent::Nothing {
        return Err(Refusal::NotAnAppealOfficer);
    }
    if measure.took_part(register).contains(&Actor::Account(officer)) {
        return Err(Refusal::TookPart);
    }
    Ok(())
}

pub(crate) fn assign(
    register: &Register,
    command: &AssignAppeal,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (measure, appeal) = waiting(register, command.measure)?;
    if moment.is_by(command.officer) {
        return Err(Refusal::SecondPersonNeeded);
    }
    if appeal.officer() == Some(command.officer) {
        return Err(Refusal::AlreadyDone);
    }
    uninvolved(register, measure, command.officer)?;
    Ok(vec![Event::AppealAssigned { measure: command.measure, officer: command.officer }])
}

pub(crate) fn decide(
    register: &Register,
    command: &DecideAppeal,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (measure, appeal) = waiting(register, command.measure)?;
    let officer = appeal.officer().ok_or(Refusal::AppealNotAssigned)?;
    if !moment.is_by(officer) {
        return Err(Refusal::OthersAppeal);
    }
    uninvolved(register, measure, officer)?;
    if command.outcome == AppealOutcome::NotHeard
        && !measure.is_late(appeal.lodged.received_on, register.policy())
    {
        return Err(Refusal::AppealInTime);
    }
    let words = || Particulars::new(Locker::DecisionFile(command.measure), command.reasons.clone());
    let mut events =
        vec![Event::AppealDecided { measure: command.measure, outcome: command.outcome, reasons: words() }];
    // The measure may have ended while its appeal was heard: then there is nothing left to end or to change.
    if !measure.is_over() {
        events.extend(effect(register, measure, command, words(), moment)?);
    }
    Ok(events)
}

/// What an appeal's outcome does to the measure.
fn effect(
    register: &Register,
    measure: &Measure,
    command: &DecideAppeal,
    words: Particulars<Text>,
    moment: &Moment,
) -> Result<Option<Event>, Refusal> {
    match command.outcome {
        AppealOutcome::Upheld => {
            Ok(Some(Event::MeasureEnded { measure: measure.id, reason: EndReason::AppealUpheld, words }))
        }
        AppealOutcome::InPart => {
            let plan: &Proposal = command.plan.as_ref().ok_or(Refusal::NothingVaried)?;
            review::varied(register, measure, plan, &command.reasons, moment).map(Some)
        }
        AppealOutcome::NotUpheld | AppealOutcome::NotHeard => Ok(None),
    }
}

pub(crate) fn withdraw(register: &Register, command: &WithdrawAppeal) -> Result<Vec<Event>, Refusal> {
    waiting(register, command.measure)?;
    Ok(vec![Event::AppealWithdrawn {
        measure: command.measure,
        words: Particulars::new(Locker::DecisionFile(command.measure), command.words.clone()),
    }])
}
