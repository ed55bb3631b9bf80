//! How the policy changes: proposed by one person, consulted on, endorsed by another, in force from its day on by itself.
//!
//! One change is open at a time, so that what was endorsed is what stands beside the policy in force. Once endorsed, only whoever
//! may endorse takes it back, and nothing new rests on a code that it takes out.

use super::bounds::check;
use super::{Clause, Figure, List, Policy, Version};
use crate::calendar;
use crate::choice::choices;
use crate::command::{
    AdoptPolicy, EndorsePolicy, LogConsultation, ProposePolicy, RejectPolicy, ReviewPolicy, WithdrawPolicy,
};
use crate::event::Event;
use crate::measure::{Life, Measure};
use crate::moment::Moment;
use crate::notice::{Draft, Notice};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::Code;
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt;

/// How many months ahead a change may be set to take force: not beyond the next review of the policy.
const FURTHEST_MONTHS: u32 = 12;

/// Which proposed change, counted from 1. A rejected one keeps its number, so that nobody endorses another unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeNumber(pub u32);

impl fmt::Display for ChangeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

choices! {
    /// Who was consulted, or what was read, before a change.
    Consulted {
        /// Unison, GMB and others, or the staff's own forum.
        TradeUnions = "trade-unions", "Trade unions or the staff forum";
        /// Human resources.
        HumanResources = "human-resources", "Human resources";
        /// Chief executive and directors.
        ExecutiveTeam = "executive-team", "Executive leadership team";
        /// Heads of the services whose staff meet customers.
        Services = "services", "Services whose staff meet customers";
        /// The data protection officer.
        DataProtection = "data-protection", "Data protection officer";
        /// Lawyers.
        Legal = "legal", "Legal services";
        /// What an ombudsman has published or said.
        Ombudsman = "ombudsman", "Ombudsman’s guidance or decisions";
        /// Those whom the policy is about, or who speak for them.
        Customers = "customers", "Customers, or those who speak for them";
        /// Whoever else.
        Other = "other", "Somebody else";
    }
}

/// One entry of the consultation log.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// When it was logged and by whom.
    pub moment: Moment,
    /// Who was consulted.
    pub consulted: Consulted,
    /// On which day.
    pub held_on: Date,
    /// What was asked, what they said, and what came of it.
    pub words: Particulars<Text>,
}

/// What somebody answered to a change, and why.
#[derive(Debug, Clone)]
pub struct Answer {
    /// When and by whom.
    pub moment: Moment,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// How far a change has come.
#[derive(Debug, Clone)]
pub enum Course {
    /// Waits for a second person.
    Proposed,
    /// Waits for its day.
    Endorsed(Answer),
    /// Took force.
    Adopted {
        /// Who endorsed it.
        endorsed: Answer,
        /// When it was recorded that it did.
        moment: Moment,
    },
    /// Not endorsed, or the endorsement was taken back.
    Rejected(Answer),
    /// Taken back by whoever proposes.
    Withdrawn(Answer),
}

/// A proposed change of the policy.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which.
    pub number: ChangeNumber,
    /// Who proposed it and when.
    pub proposed: Moment,
    /// The version that it would be.
    pub version: Version,
    /// The day from which it would be in force.
    pub effective: Date,
    /// The whole policy as it would be.
    pub policy: Particulars<Policy>,
    /// Why.
    pub reasons: Particulars<Text>,
    /// Who was consulted, oldest first.
    pub consultations: Vec<Consultation>,
    /// How far it has come.
    pub course: Course,
}

impl Change {
    /// Whether it is not settled yet.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.course, Course::Proposed | Course::Endorsed(_))
    }

    /// Its endorsement, while that counts.
    #[must_use]
    pub const fn endorsement(&self) -> Option<&Answer> {
        match &self.course {
            Course::Endorsed(answer) | Course::Adopted { endorsed: answer, .. } => Some(answer),
            Course::Proposed | Course::Rejected(_) | Course::Withdrawn(_) => None,
        }
    }

    /// Whether it is endorsed and its day has come.
    #[must_use]
    pub fn is_due(&self, today: Date) -> bool {
        self.endorsement().is_some() && today >= self.effective
    }
}

/// A version that took force.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// What it says.
    pub policy: Policy,
    /// When it was recorded that it did.
    pub moment: Moment,
}

/// A review of the policy and its protocol that changed nothing.
#[derive(Debug, Clone)]
pub struct PolicyReview {
    /// When and by whom.
    pub moment: Moment,
    /// What was looked at, and why nothing is to be changed.
    pub words: Particulars<Text>,
}

fn sealed<T>(content: T) -> Particulars<T> {
    Particulars::new(Locker::Council, content)
}

/// The open change of this number.
fn open(register: &Register, number: ChangeNumber) -> Result<&Change, Refusal> {
    register.open_change().filter(|change| change.number == number).ok_or(Refusal::NoChange)
}

/// Refuses a day that has passed or lies too far ahead.
fn check_effective(effective: Date, today: Date) -> Result<(), Refusal> {
    let latest = calendar::months_after(today, FURTHEST_MONTHS);
    if effective < today || effective > latest {
        return Err(Refusal::EffectiveDate { latest });
    }
    Ok(())
}

/// Refuses a change that takes out a code which something live rests on.
fn check_codes(register: &Register, policy: &Policy) -> Result<(), Refusal> {
    let used = in_use(register);
    match used.into_iter().find(|(list, code)| !policy.has(*list, code)) {
        Some((list, code)) => Err(Refusal::CodeInUse(list, code)),
        None => Ok(()),
    }
}

/// Every code that a measure rests on which has not ended, or a report that waits for triage, if the policy in force has it.
fn in_use(register: &Register) -> BTreeSet<(List, Code)> {
    let mut used = BTreeSet::new();
    for measure in register.measures().filter(|measure| !measure.is_over()) {
        let plans =
            measure.assessment.plan.iter().chain(measure.interim.as_ref().map(|interim| &interim.plan));
        for plan in plans {
            used.extend(plan.precautions.iter().map(|code| (List::Precaution, code.clone())));
            used.extend(plan.restrictions.iter().map(|code| (List::Restriction, code.clone())));
        }
        used.extend(ground(measure).map(|code| (List::WithholdingGround, code.clone())));
    }
    for incident in register.incidents() {
        let rests = register.measures_resting_on(incident.id).any(|measure: &Measure| !measure.is_over());
        if incident.triage.is_none() || rests {
            used.extend(incident.facts.behaviours.iter().map(|code| (List::Behaviour, code.clone())));
        }
    }
    used.retain(|(list, code)| register.policy().has(*list, code));
    used
}

/// The ground on which a customer is not told, or is not to be.
fn ground(measure: &Measure) -> Option<&Code> {
    match (&measure.life, measure.draft()) {
        (_, Some(Draft::WithholdingAsked(withholding)))
        | (Life::InForce { notice: Notice::Withheld(withholding), .. }, _) => Some(&withholding.ground),
        _ => None,
    }
}

pub(crate) fn propose(
    register: &Register,
    command: &ProposePolicy,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if register.open_change().is_some() {
        return Err(Refusal::ChangeOpen);
    }
    check_effective(command.effective, moment.date())?;
    let in_force = register.policy();
    let version = Version(in_force.version.0.saturating_add(1));
    // Every figure and clause by name: what a council has adopted stays when a later release has another default.
    let asked =
        |figure: &Figure| command.figures.get(figure).copied().unwrap_or_else(|| figure.default_value());
    let words = |clause: &Clause| -> Text {
        command.clauses.get(clause).cloned().unwrap_or_else(|| Text::fixed(clause.default_words()))
    };
    let policy = Policy::new(
        version,
        command.effective,
        command.name.clone(),
        Figure::ALL.iter().map(|figure| (*figure, asked(figure))).collect(),
        command.lists.clone(),
    )
    .with_clauses(Clause::ALL.iter().map(|clause| (*clause, words(clause))).collect());
    check(&policy)?;
    if policy.says_the_same_as(in_force) {
        return Err(Refusal::NothingChanges);
    }
    check_codes(register, &policy)?;
    Ok(vec![Event::PolicyProposed {
        change: register.next_change(),
        version,
        effective: command.effective,
        policy: sealed(policy),
        reasons: sealed(command.reasons.clone()),
    }])
}

pub(crate) fn consult(
    register: &Register,
    command: &LogConsultation,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let change = open(register, command.change)?;
    if change.endorsement().is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if command.held_on > moment.date() {
        return Err(Refusal::HappenedInFuture);
    }
    Ok(vec![Event::PolicyConsulted {
        change: change.number,
        consulted: command.consulted,
        held_on: command.held_on,
        words: sealed(command.words.clone()),
    }])
}

/// The open change, if `moment` is by somebody else than its proposer.
fn to_answer<'r>(
    register: &'r Register,
    number: ChangeNumber,
    moment: &Moment,
) -> Result<&'r Change, Refusal> {
    let change = open(register, number)?;
    if change.proposed.by == moment.by { Err(Refusal::SecondPersonNeeded) } else { Ok(change) }
}

pub(crate) fn endorse(
    register: &Register,
    command: &EndorsePolicy,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let change = to_answer(register, command.change, moment)?;
    if change.endorsement().is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if change.consultations.is_empty() {
        return Err(Refusal::NotConsulted);
    }
    check_effective(change.effective, moment.date())?;
    let policy = change.policy.known().ok_or(Refusal::Destroyed)?;
    check_codes(register, policy)?;
    Ok(vec![Event::PolicyEndorsed { change: change.number, reasons: sealed(command.reasons.clone()) }])
}

pub(crate) fn reject(
    register: &Register,
    command: &RejectPolicy,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let change = to_answer(register, command.change, moment)?;
    Ok(vec![Event::PolicyRejected { change: change.number, reasons: sealed(command.reasons.clone()) }])
}

pub(crate) fn withdraw(register: &Register, command: &WithdrawPolicy) -> Result<Vec<Event>, Refusal> {
    let change = open(register, command.change)?;
    // What two people have agreed is not undone by the one who asked for it.
    if change.endorsement().is_some() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::PolicyWithdrawn { change: change.number, reasons: sealed(command.reasons.clone()) }])
}

pub(crate) fn adopt(
    register: &Register,
    command: &AdoptPolicy,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let change = open(register, command.change)?;
    if !change.is_due(moment.date()) {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::PolicyAdopted { change: change.number }])
}

pub(crate) fn record_review(register: &Register, command: &ReviewPolicy) -> Result<Vec<Event>, Refusal> {
    // A change that is on its way is the review: whether it is right is asked there.
    if register.open_change().is_some() {
        return Err(Refusal::ChangeOpen);
    }
    Ok(vec![Event::PolicyReviewed { words: sealed(command.words.clone()) }])
}

impl Policy {
    /// Whether it says the same as another, whatever its version and day.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Policy) -> bool {
        self.name == other.name
            && Figure::ALL.iter().all(|figure| self.figure(*figure) == other.figure(*figure))
            && List::ALL.iter().all(|list| self.terms(*list) == other.terms(*list))
            && Clause::ALL.iter().all(|clause| self.clause(*clause) == other.clause(*clause))
    }
}
