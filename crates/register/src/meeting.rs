//! Meeting: a sitting of the Governance Group, which keeps or removes names each quarter (cabinet report, 6.2).
//!
//! The agenda builds itself from the register. Decisions are recorded as they are made, with who was present and who stood
//! aside; a meeting does not close while a proposed removal or a removal to ratify is left. Between meetings the chair and one
//! more member may take an entry off, which the next meeting ratifies.

mod agenda;

pub use agenda::{Agenda, Item, Topic, agenda, next_meeting_by};

use crate::choice::choices;
use crate::command::{
    AgreeAction, AgreeRemoval, AskRemoval, CallMeeting, CloseMeeting, CompleteAction, DecideAtMeeting,
    OpenMeeting,
};
use crate::event::Event;
use crate::ids::{AccountId, MeasureId, MeetingId};
use crate::measure::{EndReason, Kind, Life, Measure};
use crate::moment::{Actor, Moment};
use crate::people::{Action, Extent};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::Figure;
use crate::refusal::Refusal;
use crate::review;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;

choices! {
    /// What a meeting may decide on one measure.
    MeetingOutcome {
        /// It stays on the register, for positive reasons.
        Keep = "keep", "Keep";
        /// It comes off.
        Remove = "remove", "Remove";
        /// A removal between meetings was right.
        Ratify = "ratify", "Ratify the removal";
        /// A removal between meetings is questioned: what is on the register starts with a report and an assessment.
        Question = "question", "Question the removal";
    }
}

/// How far a meeting has come.
#[derive(Debug, Clone)]
pub enum Sitting {
    /// Its date is set.
    Called,
    /// It sits.
    Open {
        /// Since when, recorded by whom.
        opened: Moment,
        /// The members present.
        present: BTreeSet<AccountId>,
    },
    /// It is over.
    Closed {
        /// Since when it sat.
        opened: Moment,
        /// The members present.
        present: BTreeSet<AccountId>,
        /// When it closed, recorded by whom.
        closed: Moment,
        /// What else was said.
        minutes: Particulars<Text>,
    },
}

/// A decision of a meeting on one measure.
#[derive(Debug, Clone)]
pub struct Decided {
    /// When it was recorded and by whom.
    pub moment: Moment,
    /// On which measure.
    pub measure: MeasureId,
    /// What.
    pub outcome: MeetingOutcome,
    /// The members who stood aside.
    pub aside: BTreeSet<AccountId>,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// Something a meeting asked somebody to do.
#[derive(Debug, Clone)]
pub struct AgreedAction {
    /// When it was recorded and by whom.
    pub moment: Moment,
    /// Who is to do it.
    pub who: AccountId,
    /// By when.
    pub by: Date,
    /// What.
    pub words: Particulars<Text>,
    /// When it was reported done.
    pub done: Option<Moment>,
}

/// A meeting as it now stands.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Its reference.
    pub id: MeetingId,
    /// The day it is held.
    pub held_on: Date,
    /// Who chairs it.
    pub chair: AccountId,
    /// When it was called and by whom.
    pub called: Moment,
    /// How far it has come.
    pub sitting: Sitting,
    /// What it decided, in order.
    pub decisions: Vec<Decided>,
    /// What it asked people to do, in order.
    pub actions: Vec<AgreedAction>,
}

impl Meeting {
    /// The members present, once it sits.
    #[must_use]
    pub fn present(&self) -> Option<&BTreeSet<AccountId>> {
        match &self.sitting {
            Sitting::Called => None,
            Sitting::Open { present, .. } | Sitting::Closed { present, .. } => Some(present),
        }
    }

    /// Whether it is over.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self.sitting, Sitting::Closed { .. })
    }

    /// What it decided on a measure.
    #[must_use]
    pub fn decision_on(&self, measure: MeasureId) -> Option<&Decided> {
        self.decisions.iter().find(|decided| decided.measure == measure)
    }
}

/// A removal asked for between meetings.
#[derive(Debug, Clone)]
pub struct Removal {
    /// When and by whom it was proposed.
    pub moment: Moment,
    /// Why.
    pub reasons: Particulars<Text>,
    /// Asked, outside a meeting, by whom and when.
    pub asked: Option<Moment>,
}

impl Register {
    /// Who chairs the Governance Group: whoever chairs the meeting called last.
    #[must_use]
    pub fn chair(&self) -> Option<AccountId> {
        self.meetings().max_by_key(|meeting| (meeting.held_on, meeting.id)).map(|meeting| meeting.chair)
    }

    /// The latest meeting that is over.
    #[must_use]
    pub fn last_meeting(&self) -> Option<&Meeting> {
        self.meetings()
            .filter(|meeting| meeting.is_closed())
            .max_by_key(|meeting| (meeting.held_on, meeting.id))
    }
}

impl Measure {
    /// The people of a meeting who must stand aside when it is decided: whoever reported, assessed or decided it, and its sponsor.
    #[must_use]
    pub fn stands_aside(&self, register: &Register, account: AccountId) -> bool {
        let actor = Actor::Account(account);
        self.is_reported_by(register, account)
            || self.assessment.assessors.contains(&actor)
            || self.decision().is_some_and(|decision| decision.moment.by == actor)
            || self.sponsor == account
    }

    /// Whether it was taken off between meetings and no meeting has looked at that yet.
    #[must_use]
    pub fn to_ratify(&self, register: &Register) -> bool {
        matches!(self.life, Life::Ended { reason: EndReason::BetweenMeetings, .. })
            && !register.meetings().any(|meeting| meeting.decision_on(self.id).is_some())
    }
}

/// Refuses an account that does not sit on the Governance Group.
fn sits(register: &Register, account: AccountId) -> Result<(), Refusal> {
    let known = register.account(account).ok_or(Refusal::NoSuchAccount)?;
    if known.extent(Action::Meet) > Extent::Nothing { Ok(()) } else { Err(Refusal::NotAMember) }
}

pub(crate) fn call(
    register: &Register,
    command: &CallMeeting,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if register.meeting(command.meeting).is_some() {
        return Err(Refusal::ReferenceTaken);
    }
    if command.held_on < moment.date() {
        return Err(Refusal::MeetingDate);
    }
    if register.meetings().any(|meeting| !meeting.is_closed()) {
        return Err(Refusal::MeetingCalled);
    }
    sits(register, command.chair)?;
    Ok(vec![Event::MeetingCalled {
        meeting: command.meeting,
        held_on: command.held_on,
        chair: command.chair,
    }])
}

pub(crate) fn open(
    register: &Register,
    command: &OpenMeeting,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let meeting = register.meeting(command.meeting).ok_or(Refusal::NoSuchFile)?;
    if !matches!(meeting.sitting, Sitting::Called) {
        return Err(Refusal::AlreadyDone);
    }
    if moment.date() < meeting.held_on {
        return Err(Refusal::NotDue);
    }
    for account in &command.present {
        sits(register, *account)?;
    }
    quorate(register, command.present.len())?;
    if !command.present.contains(&command.chair) {
        return Err(Refusal::NoChair);
    }
    Ok(vec![Event::MeetingOpened {
        meeting: command.meeting,
        chair: command.chair,
        present: command.present.clone(),
    }])
}

/// Refuses fewer members than the policy asks for.
fn quorate(register: &Register, members: usize) -> Result<(), Refusal> {
    let needed = register.policy().figure(Figure::Quorum);
    if u32::try_from(members).unwrap_or(u32::MAX) < needed {
        return Err(Refusal::NoQuorum { needed });
    }
    Ok(())
}

/// A meeting that sits, with the members present.
fn sitting(register: &Register, meeting: MeetingId) -> Result<(&Meeting, &BTreeSet<AccountId>), Refusal> {
    let meeting = register.meeting(meeting).ok_or(Refusal::NoSuchFile)?;
    match &meeting.sitting {
        Sitting::Open { present, .. } => Ok((meeting, present)),
        Sitting::Called | Sitting::Closed { .. } => Err(Refusal::NotSitting),
    }
}

pub(crate) fn decide(
    register: &Register,
    command: &DecideAtMeeting,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (meeting, present) = sitting(register, command.meeting)?;
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if meeting.decision_on(measure.id).is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if present.iter().any(|member| measure.stands_aside(register, *member) && !command.aside.contains(member))
    {
        return Err(Refusal::StandAside);
    }
    quorate(register, present.difference(&command.aside).count())?;
    let words = || Particulars::new(Locker::DecisionFile(measure.id), command.reasons.clone());
    let effect = match command.outcome {
        MeetingOutcome::Ratify | MeetingOutcome::Question => {
            if !measure.to_ratify(register) {
                return Err(Refusal::NothingToRatify);
            }
            Vec::new()
        }
        MeetingOutcome::Keep => {
            let measure = on_register(measure)?;
            if measure.answers.is_none() {
                return Err(Refusal::ReviewNotAnswered);
            }
            let still = command.still_withheld.as_ref();
            review::retain(register, measure, command.next_on, &command.reasons, still, moment)?
        }
        MeetingOutcome::Remove => {
            let measure = on_register(measure)?;
            let reason = EndReason::NotJustified;
            vec![Event::MeasureEnded { measure: measure.id, reason, words: words() }]
        }
    };
    let decided = Event::MeetingDecided {
        meeting: command.meeting,
        measure: measure.id,
        outcome: command.outcome,
        aside: command.aside.intersection(present).copied().collect(),
        reasons: words(),
    };
    Ok(std::iter::once(decided).chain(effect).collect())
}

/// Refuses what is no entry in force.
fn on_register(measure: &Measure) -> Result<&Measure, Refusal> {
    if !matches!(measure.life, Life::InForce { .. }) {
        return Err(Refusal::WrongStage(measure.stage()));
    }
    if measure.kind != Kind::Entry {
        return Err(Refusal::NotAnEntry);
    }
    Ok(measure)
}

pub(crate) fn agree_action(
    register: &Register,
    command: &AgreeAction,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    sitting(register, command.meeting)?;
    crate::people::answers_for(register, command.who)?;
    if command.by < moment.date() {
        return Err(Refusal::ActionDate);
    }
    Ok(vec![Event::ActionAgreed {
        meeting: command.meeting,
        who: command.who,
        by: command.by,
        words: Particulars::new(Locker::Meeting(command.meeting), command.words.clone()),
    }])
}

pub(crate) fn complete_action(register: &Register, command: &CompleteAction) -> Result<Vec<Event>, Refusal> {
    let meeting = register.meeting(command.meeting).ok_or(Refusal::NoSuchFile)?;
    let index = usize::try_from(command.action).unwrap_or(usize::MAX);
    match meeting.actions.get(index) {
        None => Err(Refusal::NoSuchFile),
        Some(action) if action.done.is_some() => Err(Refusal::AlreadyDone),
        Some(action) if action.words.known().is_none() => Err(Refusal::Destroyed),
        Some(_) => Ok(vec![Event::ActionDone { meeting: command.meeting, action: command.action }]),
    }
}

pub(crate) fn close(
    register: &Register,
    command: &CloseMeeting,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (meeting, _) = sitting(register, command.meeting)?;
    let left = agenda(register, meeting, moment.date()).left(meeting);
    if left > 0 {
        return Err(Refusal::AgendaLeft { left });
    }
    Ok(vec![Event::MeetingClosed {
        meeting: command.meeting,
        minutes: Particulars::new(Locker::Meeting(command.meeting), command.minutes.clone()),
    }])
}

pub(crate) fn ask_removal(
    register: &Register,
    command: &AskRemoval,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = review::in_force(register, command.measure, moment)?;
    on_register(measure)?;
    if measure.removal.as_ref().is_some_and(|removal| removal.asked.is_some()) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::RemovalAsked {
        measure: command.measure,
        reasons: Particulars::new(Locker::Measure(command.measure), command.reasons.clone()),
    }])
}

pub(crate) fn agree_removal(
    register: &Register,
    command: &AgreeRemoval,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = review::in_force(register, command.measure, moment)?;
    let asked = measure.removal.as_ref().and_then(|removal| removal.asked).ok_or(Refusal::NoRemoval)?;
    if asked.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    let chair = register.chair().map(Actor::Account).ok_or(Refusal::NoChair)?;
    if asked.by != chair && moment.by != chair {
        return Err(Refusal::NoChair);
    }
    Ok(vec![Event::MeasureEnded {
        measure: command.measure,
        reason: EndReason::BetweenMeetings,
        words: Particulars::new(Locker::DecisionFile(command.measure), command.reasons.clone()),
    }])
}
