//! Measures: what the council does in response. Warning, restriction and entry share one life and differ in data.
//!
//! `Proposed -> Assessed -> Decided -> Noticed -> InForce -> Ended -> Destroyed`: each stage carries what must have happened to
//! reach it, so a stage that was skipped cannot be written down. Dates that follow from facts and policy are worked out when
//! asked, never stored: a stopped clock changes no history.

use crate::appeal::Appeal;
use crate::assessment::{Age, Assessment, Plan, age_of};
use crate::choice::choices;
use crate::command::{
    AgreeInterim, AskInterim, ConfirmWithdrawal, LapseInterim, RefuseInterim, RemoveMeasure,
};
use crate::contact::Received;
use crate::decision::{Decision, latest_review};
use crate::dispute::Dispute;
use crate::event::Event;
use crate::ids::{AccountId, File, IncidentId, MeasureId, SubjectId, TeamId};
use crate::import::Origin;
use crate::incident::Incident;
use crate::legal::LegalAdvice;
use crate::meeting::Removal;
use crate::moment::{Actor, Moment};
use crate::notice::{Draft, Notice, OutcomeLetter};
use crate::ombudsman::Complaint;
use crate::partner;
use crate::people::{self, Account, Action, Extent};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, List, Policy};
use crate::refusal::Refusal;
use crate::retention::Hold;
use crate::review::{Answers, Review, Stir, Variation};
use crate::state::Register;
use crate::subject;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

choices! {
    /// The three kinds of measure.
    Kind {
        /// A letter that asks for changed conduct, with a watch period.
        Warning = "warning", "Warning";
        /// A limit on the customer's contact.
        Restriction = "restriction", "Restriction";
        /// An entry on the register.
        Entry = "entry", "Register entry";
    }
}

impl Kind {
    /// Which lists of codes a plan of this kind must draw on.
    #[must_use]
    pub const fn needs(self) -> &'static [List] {
        match self {
            Kind::Warning => &[],
            Kind::Restriction => &[List::Restriction],
            Kind::Entry => &[List::Precaution],
        }
    }

    /// The permission to decide is the same for all; what a live measure of this kind shows at a check differs.
    #[must_use]
    pub const fn answers(self, purpose: crate::view::Purpose) -> bool {
        use crate::view::Purpose;
        match self {
            Kind::Entry => true,
            Kind::Restriction => matches!(purpose, Purpose::Call | Purpose::Correspondence),
            Kind::Warning => false,
        }
    }
}

choices! {
    /// Why a measure came off.
    EndReason {
        /// Reconsidered and no longer justified.
        NotJustified = "not-justified", "No longer justified";
        /// It was put on the wrong person or place, or on wrong facts.
        Error = "error", "Wrong person, place or facts";
        /// An appeal was upheld.
        AppealUpheld = "appeal-upheld", "Appeal upheld";
        /// The person died or the premises are gone.
        Death = "death", "The person has died or the place is gone";
        /// A warning's watch period passed without another incident.
        WatchClean = "watch-clean", "Watch period passed";
        /// The chair of the Governance Group and one more did not wait for the meeting.
        BetweenMeetings = "between-meetings", "Removed between meetings";
        /// The decision was not to start it.
        Refused = "refused", "Not approved";
        /// It came from an old list, and nobody assessed it in time.
        NotAssessed = "not-assessed", "From an old list, and not assessed in time";
    }
}

/// An interim marker: an entry put up at once, that lapses by itself.
#[derive(Debug, Clone)]
pub struct Interim {
    /// Who asked for it and when.
    pub asked: Moment,
    /// What staff must do meanwhile, and who is shown it.
    pub plan: Plan,
    /// The immediate risk.
    pub grounds: Particulars<Text>,
    /// Whether a second person ever agreed it, so that it was shown.
    pub shown: Shown,
    /// What became of it.
    pub stage: InterimStage,
}

/// Whether an interim marker was ever shown to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It was agreed, and shown to its audience.
    Yes,
    /// It never was.
    Never,
}

/// How far an interim marker has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterimStage {
    /// Waits for a second person.
    Asked,
    /// Agreed by a second person; live up to and including the date.
    Live {
        /// Who agreed and when.
        agreed: Moment,
        /// Its last day.
        lapses_on: Date,
    },
    /// Not agreed, lapsed, or overtaken by the decision.
    Over(Moment),
}

/// Where a measure stands in its life.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "there are thousands, each in its place in a map: the room is cheaper than a box in every match"
)]
pub enum Life {
    /// Being assessed.
    Proposed,
    /// The assessment is complete and waits for a decision.
    Assessed,
    /// Approved; the customer has not been told yet.
    Decided {
        /// The approval.
        decision: Decision,
        /// How far the notice has come.
        draft: Option<Draft>,
    },
    /// The customer was told, or two people recorded why not.
    InForce {
        /// The approval.
        decision: Decision,
        /// How the customer was told.
        notice: Notice,
        /// Since when.
        since: Moment,
        /// Every review so far, oldest first.
        reviews: Vec<Review>,
        /// Where the customer was not told: the letter that is to tell them after all.
        draft: Option<Draft>,
    },
    /// Taken off, or never started.
    Ended {
        /// When and by whom.
        moment: Moment,
        /// Why.
        reason: EndReason,
        /// Why, in words.
        words: Particulars<Text>,
        /// How it stood when it ended: what was decided, and how the customer was told, stays on the file until it is destroyed.
        before: Box<Life>,
    },
    /// Its words are gone; that it existed remains.
    Destroyed(Moment),
}

/// A measure as it now stands.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its reference.
    pub id: MeasureId,
    /// Which kind.
    pub kind: Kind,
    /// About whom or what.
    pub subject: SubjectId,
    /// The incidents behind it, oldest first.
    pub incidents: Vec<IncidentId>,
    /// When the latest of them was added to it, if one was.
    pub joined: Option<Moment>,
    /// The manager who answers for it.
    pub sponsor: AccountId,
    /// When it was proposed.
    pub proposed: Moment,
    /// The list it came from, if from one: then it is provisional until it is decided.
    pub origin: Option<Origin>,
    /// The interim marker put up with it, if any.
    pub interim: Option<Interim>,
    /// The answered tests and the plan.
    pub assessment: Assessment,
    /// Where it stands.
    pub life: Life,
    /// Holds now placed on it.
    pub holds: Vec<Hold>,
    /// The answers for the review under way.
    pub answers: Option<Answers>,
    /// Why it is to be looked at before its date, if anything changed since it was last looked at.
    pub stirred: Option<(Stir, Moment)>,
    /// Its removal, proposed or asked for and not yet decided.
    pub removal: Option<Removal>,
    /// Every change since it is in force, oldest first.
    pub variations: Vec<Variation>,
    /// What its customer appeals with on the public page.
    pub appeal_code: Option<Particulars<Text>>,
    /// What its customer sent or said while their contact is limited, or is weighed to be; oldest first.
    pub contacts: Vec<Received>,
    /// What lawyers advised on it, oldest first.
    pub legal_advice: Vec<LegalAdvice>,
    /// What its subject says is wrong, oldest first.
    pub disputes: Vec<Dispute>,
    /// Every appeal against it, oldest first.
    pub appeals: Vec<Appeal>,
    /// Every complaint that an ombudsman took up, oldest first.
    pub complaints: Vec<Complaint>,
    /// The letters owed and sent since its customer was told, oldest first.
    pub letters: Vec<OutcomeLetter>,
    /// The teams that confirmed that they no longer follow it.
    pub withdrawn_from: BTreeMap<TeamId, Moment>,
    /// What is kept of it, sealed, to answer for the decision after all else was destroyed.
    pub sealed: Option<DecisionFile>,
}

/// The sealed decision file: why it was decided, what the customer was told, how it was reviewed and why it ended. No search finds it.
#[derive(Debug, Clone)]
pub struct DecisionFile {
    /// When the rest was destroyed.
    pub sealed: Moment,
    /// When the measure ended.
    pub ended: Moment,
    /// How it stood at its end.
    pub life: Box<Life>,
    /// Every appeal against it.
    pub appeals: Vec<Appeal>,
    /// The letters since the first.
    pub letters: Vec<OutcomeLetter>,
}

impl Measure {
    /// One that is to be assessed.
    pub(crate) fn proposed(
        id: MeasureId,
        kind: Kind,
        subject: SubjectId,
        sponsor: AccountId,
        incidents: Vec<IncidentId>,
        moment: Moment,
    ) -> Self {
        Self {
            id,
            kind,
            subject,
            incidents,
            joined: None,
            sponsor,
            proposed: moment,
            origin: None,
            interim: None,
            assessment: Assessment::default(),
            life: Life::Proposed,
            holds: Vec::new(),
            answers: None,
            stirred: None,
            removal: None,
            variations: Vec::new(),
            appeal_code: None,
            contacts: Vec::new(),
            legal_advice: Vec::new(),
            disputes: Vec::new(),
            appeals: Vec::new(),
            complaints: Vec::new(),
            letters: Vec::new(),
            withdrawn_from: BTreeMap::new(),
            sealed: None,
        }
    }

    /// Whether it was ended or destroyed.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.life, Life::Ended { .. } | Life::Destroyed(_))
    }

    /// How far it has come or, once it has ended, had come.
    #[must_use]
    pub fn furthest(&self) -> &Life {
        match &self.life {
            Life::Ended { before, .. } => before,
            life => life,
        }
    }

    /// The same, to forget words of it.
    pub(crate) fn furthest_mut(&mut self) -> &mut Life {
        match &mut self.life {
            Life::Ended { before, .. } => before,
            life => life,
        }
    }

    /// The approval behind it, once there is one; it stays on the file of a measure that has ended.
    #[must_use]
    pub fn decision(&self) -> Option<&Decision> {
        match self.furthest() {
            Life::Decided { decision, .. } | Life::InForce { decision, .. } => Some(decision),
            _ => None,
        }
    }

    /// How the customer was dealt with, and since when it was in force; it stays on the file of a measure that has ended.
    #[must_use]
    pub fn notice(&self) -> Option<(&Notice, Moment)> {
        match self.furthest() {
            Life::InForce { notice, since, .. } => Some((notice, *since)),
            _ => None,
        }
    }

    /// Every review that kept it, oldest first; they stay on the file of a measure that has ended.
    #[must_use]
    pub fn reviews(&self) -> &[Review] {
        match self.furthest() {
            Life::InForce { reviews, .. } => reviews,
            _ => &[],
        }
    }

    /// The notice that is not finished yet.
    #[must_use]
    pub const fn draft(&self) -> Option<&Draft> {
        match &self.life {
            Life::Decided { draft, .. } | Life::InForce { draft, .. } => draft.as_ref(),
            _ => None,
        }
    }

    /// The decided plan, while it is in force.
    #[must_use]
    pub const fn plan_in_force(&self) -> Option<&Plan> {
        match self.life {
            Life::InForce { .. } => self.assessment.plan.as_ref(),
            _ => None,
        }
    }

    /// The teams that were shown it and have not yet confirmed that it is withdrawn.
    #[must_use]
    pub fn awaits_withdrawal(&self) -> BTreeSet<TeamId> {
        let Life::Ended { before, .. } = &self.life else { return BTreeSet::new() };
        // A warning is never shown at a check: nobody follows it.
        let was_shown = matches!(**before, Life::InForce { .. }) && self.kind != Kind::Warning;
        let decided = was_shown.then_some(self.assessment.plan.as_ref());
        let interim =
            self.interim.as_ref().filter(|interim| interim.shown == Shown::Yes).map(|interim| &interim.plan);
        decided
            .flatten()
            .into_iter()
            .chain(interim)
            .flat_map(|plan| plan.audience.iter().copied())
            .filter(|team| !self.withdrawn_from.contains_key(team))
            .collect()
    }

    /// What stage pages call it.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match &self.life {
            Life::Proposed => Stage::Assessment,
            Life::Assessed => Stage::Decision,
            Life::Decided { .. } => Stage::Notice,
            Life::InForce { .. } => Stage::InForce,
            Life::Ended { .. } => Stage::Ended,
            Life::Destroyed(_) => Stage::Destroyed,
        }
    }

    /// The plan that staff are to follow today: the decided one in force, or the interim one while it is live.
    #[must_use]
    pub fn live_plan(&self, today: Date) -> Option<LivePlan<'_>> {
        match &self.life {
            Life::InForce { .. } => self.assessment.plan.as_ref().map(LivePlan::InForce),
            Life::Proposed | Life::Assessed | Life::Decided { .. } => match &self.interim {
                Some(Interim { stage: InterimStage::Live { lapses_on, .. }, plan, .. })
                    if today <= *lapses_on =>
                {
                    Some(LivePlan::Interim(plan))
                }
                _ => None,
            },
            Life::Ended { .. } | Life::Destroyed(_) => None,
        }
    }

    /// The last day of an entry from an old list that nobody has assessed: it ends by itself the day after.
    #[must_use]
    pub fn provisional_until(&self) -> Option<Date> {
        match (&self.origin, &self.life, &self.interim) {
            (Some(_), Life::Proposed, Some(Interim { stage: InterimStage::Live { lapses_on, .. }, .. })) => {
                Some(*lapses_on)
            }
            _ => None,
        }
    }

    /// The last date on which it may stand without a review; `None` unless it is in force.
    ///
    /// Policy 6.1: at most six months after the decision or the last review, sooner if the decider or reviewer said so; a
    /// change of plan never puts it off. A date that was decided stands when the policy changes, but for one beyond what a version
    /// adopted since allows: then it is due at that limit. No later version puts it off again.
    #[must_use]
    pub fn review_due(&self, register: &Register) -> Option<Date> {
        let (considered, decided) = self.considered()?;
        register
            .policies_adopted_since(considered.at)
            .map(|policy| latest_review(policy, self, considered.date()))
            .chain([decided])
            .min()
    }

    /// When it was last looked at: the last review or change, or the decision.
    #[must_use]
    pub fn last_considered(&self) -> Option<Date> {
        self.considered().map(|(moment, _)| moment.date())
    }

    /// The decision, review or change that was made last, and the date of the next review that it set.
    fn considered(&self) -> Option<(Moment, Date)> {
        let Life::InForce { decision, reviews, .. } = &self.life else { return None };
        let decided = std::iter::once((decision.moment, decision.review_on));
        let reviewed = reviews.iter().map(|review| (review.moment, review.next_on));
        let varied = self.variations.iter().map(|variation| (variation.moment, variation.review_on));
        // Of two in one moment the later step counts: a change after a review, a review after a decision.
        decided.chain(reviewed).chain(varied).max_by_key(|(moment, _)| moment.at)
    }

    /// When it ended, and whether there is a decision whose words can be kept apart from the rest.
    #[must_use]
    pub fn decided_and_ended(&self) -> Option<Moment> {
        let Life::Ended { moment, reason, words, .. } = &self.life else { return None };
        let apart = Locker::DecisionFile(self.id);
        let refused = *reason == EndReason::Refused && words.locker == apart;
        (refused || self.decision_is_apart()).then_some(*moment)
    }

    /// Whether it was approved, and the words of that lie apart from the rest.
    #[must_use]
    pub fn decision_is_apart(&self) -> bool {
        self.decision().is_some_and(|decision| decision.reasons.locker == Locker::DecisionFile(self.id))
    }

    /// The first of the incidents behind it that this account reported.
    #[must_use]
    pub fn report_of<'r>(&self, register: &'r Register, account: AccountId) -> Option<&'r Incident> {
        let mut incidents = self.incidents.iter().filter_map(|id| register.incident(*id));
        incidents.find(|incident| incident.reporter == account)
    }

    /// Whether this account reported one of the incidents behind it.
    #[must_use]
    pub fn is_reported_by(&self, register: &Register, account: AccountId) -> bool {
        self.report_of(register, account).is_some()
    }

    /// Refuses whoever reported one of the incidents behind it.
    pub(crate) fn not_reported_by(&self, register: &Register, moment: &Moment) -> Result<(), Refusal> {
        match moment.by {
            Actor::Account(account) if self.is_reported_by(register, account) => Err(Refusal::ReportedIt),
            _ => Ok(()),
        }
    }

    /// Whether it is a manager's own: they answer for it, or it belongs to their team.
    #[must_use]
    pub fn is_of(&self, register: &Register, account: &Account) -> bool {
        self.sponsor == account.id || self.concerns_team(register, account.team)
    }

    /// Whether a case of this measure belongs to a team: one of its incidents was reported from there, or it stood on the team's list.
    #[must_use]
    pub fn concerns_team(&self, register: &Register, team: TeamId) -> bool {
        let list = self.origin.and_then(|origin| register.import(origin.import));
        list.is_some_and(|list| list.team == team)
            || self
                .incidents
                .iter()
                .filter_map(|id| register.incident(*id))
                .any(|incident| incident.team == team)
    }
}

choices! {
    /// The stages of a life, as pages and filters name them.
    Stage {
        /// The tests are being answered.
        Assessment = "assessment", "Being assessed";
        /// Waits for a decision.
        Decision = "decision", "Waiting for a decision";
        /// Approved; the customer is to be told.
        Notice = "notice", "Waiting for the letter";
        /// In force.
        InForce = "in-force", "In force";
        /// Ended.
        Ended = "ended", "Ended";
        /// Its words are destroyed.
        Destroyed = "destroyed", "Destroyed";
    }
}

/// The plan that holds today, and why it does.
#[derive(Debug, Clone, Copy)]
pub enum LivePlan<'m> {
    /// Decided, and the customer dealt with.
    InForce(&'m Plan),
    /// Agreed by two people for the time being.
    Interim(&'m Plan),
}

impl<'m> LivePlan<'m> {
    /// The plan itself.
    #[must_use]
    pub const fn plan(&self) -> &'m Plan {
        match self {
            LivePlan::InForce(plan) | LivePlan::Interim(plan) => plan,
        }
    }
}

pub(crate) fn ask_interim(
    register: &Register,
    command: &AskInterim,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = people::permit(register, moment, Action::AskInterim)?;
    let incident = register.incident(command.incident).ok_or(Refusal::NoSuchFile)?;
    if account.extent(Action::AskInterim) == Extent::Team && account.team != incident.team {
        return Err(Refusal::OtherTeam);
    }
    incident.narrative.known().ok_or(Refusal::Destroyed)?;
    subject::kept(register, command.subject)?;
    let found = incident.triage.as_ref().and_then(|triage| triage.subject);
    if found.is_some_and(|found| register.one(found) != register.one(command.subject)) {
        return Err(Refusal::DifferentSubject);
    }
    people::answers_for(register, command.sponsor)?;
    let mut events = Vec::new();
    match register.open_measure(command.subject, Kind::Entry) {
        None => {
            if register.is_taken(File::Measure(command.measure)) {
                return Err(Refusal::ReferenceTaken);
            }
            events.push(Event::MeasureProposed {
                measure: command.measure,
                kind: Kind::Entry,
                subject: command.subject,
                sponsor: command.sponsor,
                incidents: vec![command.incident],
            });
        }
        Some(open) if open == command.measure => {
            let measure = register.measure(open).ok_or(Refusal::NoSuchFile)?;
            if measure.interim.is_some() {
                return Err(Refusal::AlreadyDone);
            }
            if !matches!(measure.life, Life::Proposed | Life::Assessed) {
                return Err(Refusal::WrongStage(measure.stage()));
            }
            if !measure.incidents.contains(&command.incident) {
                events.push(Event::IncidentJoined { measure: open, incident: command.incident });
            }
        }
        Some(open) => return Err(Refusal::MeasureAlreadyOpen(open)),
    }
    command.plan.check(register, Kind::Entry, moment.date())?;
    events.push(Event::InterimAsked {
        measure: command.measure,
        incident: command.incident,
        plan: command.plan.seal(command.measure),
        grounds: Particulars::new(Locker::Measure(command.measure), command.grounds.clone()),
    });
    Ok(events)
}

/// The interim marker that waits for a second person, if `moment` is by one.
fn interim_to_agree<'r>(
    register: &'r Register,
    measure: MeasureId,
    moment: &Moment,
) -> Result<(&'r Measure, &'r Interim), Refusal> {
    let measure = register.measure(measure).ok_or(Refusal::NoSuchFile)?;
    let interim = measure.interim.as_ref().ok_or(Refusal::NoInterim)?;
    if interim.stage != InterimStage::Asked || measure.is_over() {
        return Err(Refusal::AlreadyDone);
    }
    if interim.asked.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    let account = people::permit(register, moment, Action::AgreeInterim)?;
    if account.extent(Action::AgreeInterim) == Extent::Team && !measure.concerns_team(register, account.team)
    {
        return Err(Refusal::OtherTeam);
    }
    measure.not_reported_by(register, moment)?;
    Ok((measure, interim))
}

pub(crate) fn agree_interim(
    register: &Register,
    command: &AgreeInterim,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (measure, interim) = interim_to_agree(register, command.measure, moment)?;
    partner::may_be_told(register, &interim.plan.audience, moment.date())?;
    // Urgency is no reason to leave a child without the second safeguard. An age that nobody knows yet does not hold a marker up.
    if age_of(register, measure, moment.date()) == Age::Under {
        measure.assessment.under_age_allowed(&[interim.asked.by, moment.by])?;
    }
    Ok(vec![Event::InterimAgreed {
        measure: command.measure,
        lapses_on: register.policy().after(moment.date(), Figure::InterimLife),
    }])
}

pub(crate) fn refuse_interim(
    register: &Register,
    command: &RefuseInterim,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    interim_to_agree(register, command.measure, moment)?;
    Ok(vec![Event::InterimEnded { measure: command.measure }])
}

pub(crate) fn lapse_interim(
    register: &Register,
    command: &LapseInterim,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    match measure.interim.as_ref().map(|interim| interim.stage) {
        Some(InterimStage::Live { lapses_on, .. }) if moment.date() > lapses_on => {
            // An entry from an old list that nobody assessed rests on nothing: there is no case without its marker.
            let ended = measure.provisional_until().is_some().then(|| Event::MeasureEnded {
                measure: command.measure,
                reason: EndReason::NotAssessed,
                words: Particulars::new(
                    Locker::DecisionFile(command.measure),
                    Text::fixed("It came from an old list, and nobody assessed it in time."),
                ),
            });
            Ok(std::iter::once(Event::InterimEnded { measure: command.measure }).chain(ended).collect())
        }
        _ => Err(Refusal::NotDue),
    }
}

pub(crate) fn remove(
    register: &Register,
    command: &RemoveMeasure,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if measure.is_over() {
        return Err(Refusal::MeasureEnded);
    }
    // Whether a live measure is still justified is asked at a review, not settled by one person in passing.
    let at_once = moment.by != Actor::System && matches!(command.reason, EndReason::Error | EndReason::Death);
    let by_time = command.reason == EndReason::WatchClean
        && moment.by == Actor::System
        && measure.watch_ends(register.policy()).is_some_and(|end| moment.date() > end);
    if !at_once && !by_time {
        return Err(Refusal::ReviewFirst);
    }
    Ok(vec![Event::MeasureEnded {
        measure: command.measure,
        reason: command.reason,
        words: Particulars::new(Locker::DecisionFile(command.measure), command.words.clone()),
    }])
}

pub(crate) fn confirm_withdrawal(
    register: &Register,
    command: &ConfirmWithdrawal,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = people::permit(register, moment, Action::ConfirmWithdrawal)?;
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if account.extent(Action::ConfirmWithdrawal) == Extent::Team && account.team != command.team {
        return Err(Refusal::OtherTeam);
    }
    if !measure.awaits_withdrawal().contains(&command.team) {
        return Err(Refusal::NothingToConfirm);
    }
    Ok(vec![Event::WithdrawalConfirmed { measure: command.measure, team: command.team }])
}

impl Measure {
    /// The last day of a warning's watch period, once it is in force. Another incident begins the watch anew.
    #[must_use]
    pub fn watch_ends(&self, policy: &Policy) -> Option<Date> {
        match (&self.life, self.kind) {
            (Life::InForce { since, .. }, Kind::Warning) => {
                let last = self.joined.map_or(since.date(), |joined| joined.date().max(since.date()));
                Some(policy.after(last, Figure::WarningWatch))
            }
            _ => None,
        }
    }
}
