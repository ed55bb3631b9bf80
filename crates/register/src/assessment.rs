//! Assessment: the ten threshold tests, the plan, and the proportionality record behind a measure.
//!
//! Every test is answered by a person in words; none can be skipped, and a measure is approved only where all ten hold. An
//! assessment is never edited once complete.

use crate::calendar;
use crate::choice::choices;
use crate::command::{AllowUnderAge, AnswerTest, CompleteAssessment, SetPlan, WeighProportionality};
use crate::contact::Limits;
use crate::event::Event;
use crate::ids::{MeasureId, SubjectId, TeamId};
use crate::incident::{Identity, known_codes};
use crate::measure::{Kind, Life, Measure};
use crate::moment::{Actor, Moment};
use crate::partner;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Code, Figure, List, Policy};
use crate::refusal::Refusal;
use crate::state::Register;
use crate::subject::{AgeBand, Born, SubjectDetails};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

choices! {
    /// The threshold tests, each worded so that a measure needs it to hold.
    Test {
        /// A marker rests on a specific incident, accurately recorded.
        SpecificIncident = "specific-incident", "There is a specific incident, accurately recorded";
        /// The right person or place.
        RightSubject = "right-subject", "This is the right person or place";
        /// Fact and opinion are told apart.
        FactNotOpinion = "fact-not-opinion", "It rests on fact, with its source, not on opinion or hearsay";
        /// Serious, credible and continuing.
        Serious = "serious", "The risk is serious, credible and continuing";
        /// Not a way to silence a complaint.
        NotChallenge = "not-challenge", "It does not answer legitimate challenge or criticism";
        /// Disability, vulnerability, adjustments, capacity, children.
        NeedsConsidered = "needs-considered", "Disability, vulnerability, adjustments and age have been considered";
        /// The danger is this subject's own.
        PersonOrPlace = "person-or-place", "The danger comes from this person or place and not from another";
        /// The least that keeps people safe.
        LeastIntrusive = "least-intrusive", "Nothing less would keep people safe";
        /// The customer is still served.
        StillServed = "still-served", "The customer can still get every service";
        /// Only those who will meet the customer are told.
        WhoMustKnow = "who-must-know", "Only teams that will meet the customer are told";
        /// The complaint behind it was dealt with.
        HandledFully = "handled-fully", "What the customer complained about was handled properly and in full";
        /// Nothing is open.
        NothingOpen = "nothing-open", "Nothing that the customer raised is still to be answered";
        /// Another way to have it settled.
        OtherRoute = "other-route", "The customer has been told of every other way to have it settled";
        /// Across services.
        JoinedUp = "joined-up", "Every service that deals with the customer was asked, and one of them leads";
        /// First by agreement.
        TriedAgreement = "tried-agreement", "It was tried first to settle it by agreement";
        /// What it does to staff and services.
        EffectShown = "effect-shown", "The effect on staff and services is shown by evidence";
    }
}

/// How many tests every kind of measure is asked; those after them are asked only where contact is to be limited.
const ASKED_OF_ALL: usize = 10;

impl Kind {
    /// The tests that a measure of this kind is put to, in the order of the task list.
    #[must_use]
    pub fn tests(self) -> &'static [Test] {
        match self {
            Kind::Restriction => Test::ALL,
            Kind::Warning | Kind::Entry => Test::ALL.split_at(ASKED_OF_ALL).0,
        }
    }
}

impl Test {
    /// What the assessor is asked to consider.
    #[must_use]
    pub const fn guidance(self) -> &'static str {
        match self {
            Test::SpecificIncident => {
                "Which incident, on which date? Is the record of it accurate and made at the time?"
            }
            Test::RightSubject => {
                "How do we know? What else fits: address, date of birth, reference? Could it be somebody else of the same name or household?"
            }
            Test::FactNotOpinion => "Who saw or heard it themselves? What is second hand? What supports it?",
            Test::Serious => "What harm could come of it, how likely is it, and why would it happen again?",
            Test::NotChallenge => {
                "Was the customer complaining, recording or criticising? Forcefulness or persistence alone is not a danger."
            }
            Test::NeedsConsidered => {
                "Could a disability, a communication need or a crisis explain it? Has an adjustment been offered? Is the person a child, or is a child affected?"
            }
            Test::PersonOrPlace => {
                "Is it the person, somebody else in the household, an animal or the building? Nobody is listed for what another did."
            }
            Test::LeastIntrusive => "Which lesser steps were weighed, and why is each not enough?",
            Test::StillServed => "How will the customer reach each service they need, also urgently?",
            Test::WhoMustKnow => "Which teams will meet the customer, and why? Everybody else is left out.",
            Test::HandledFully => {
                "Was each complaint answered, at every stage, and was the customer told why? What did we get wrong ourselves?"
            }
            Test::NothingOpen => {
                "Is there a message, a request or new evidence in the log of contacts that nobody has looked at yet?"
            }
            Test::OtherRoute => {
                "Is there a statutory appeal, a tribunal, an insurance claim or an ombudsman that could settle it, and does the customer know?"
            }
            Test::JoinedUp => {
                "Which other services hear from this customer, what do they say, and who leads? Does social care know of needs?"
            }
            Test::TriedAgreement => {
                "Who spoke with the customer about how to go on, when, and what was agreed or refused?"
            }
            Test::EffectShown => {
                "How many contacts in which time, how many hours, and what does it do to the people who deal with them?"
            }
        }
    }
}

choices! {
    /// Whether a test holds.
    Finding {
        /// It holds.
        Holds = "holds", "Yes";
        /// It does not.
        Fails = "fails", "No";
    }
}

choices! {
    /// How grave the risk is, chosen by a person with reasons; never computed.
    Band {
        /// Low-level abuse that continues.
        Advisory = "advisory", "Advisory";
        /// A credible threat or intimidation.
        Amber = "amber", "Amber";
        /// Assault, weapon, or a credible serious threat.
        Red = "red", "Red";
    }
}

choices! {
    /// What the assessor recommends.
    Recommendation {
        /// Start the measure as planned.
        Approve = "approve", "Approve the measure";
        /// Do not start it.
        Refuse = "refuse", "No measure";
    }
}

/// What a person answered to one test.
#[derive(Debug, Clone)]
pub struct Answer {
    /// When and by whom.
    pub moment: Moment,
    /// Whether it holds.
    pub finding: Finding,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// The words of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWords {
    /// Why this band.
    pub band_reasons: Text,
    /// What happened, in at most [`PlanWords::LONGEST_SUMMARY`] plain characters, without adjectives.
    pub summary: Text,
    /// Why each team of the audience will meet the customer, in the order of the teams.
    pub audience_reasons: Vec<Text>,
    /// How the customer still reaches every service.
    pub service_route: Text,
    /// Whom the customer may turn to, and how to reach them, where contact is limited.
    pub point_of_contact: Option<Text>,
    /// When the customer may be in touch, where that is limited.
    pub times: Option<Text>,
    /// Whom staff ring before contact.
    pub ring_name: Text,
    /// The number they ring.
    pub ring_phone: Text,
}

impl PlanWords {
    /// Characters of a summary.
    pub const LONGEST_SUMMARY: usize = 300;
}

/// A plan as asked for: what staff must do, what the customer may not, and who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// How grave the risk is.
    pub band: Band,
    /// What staff must do.
    pub precautions: Vec<Code>,
    /// How the customer's contact is limited.
    pub restrictions: Vec<Code>,
    /// The teams that are shown the marker.
    pub audience: Vec<TeamId>,
    /// What the restrictions come to.
    pub limits: Limits,
    /// Its words.
    pub words: PlanWords,
}

impl Proposal {
    /// Refuses a plan that a measure of this kind cannot have.
    pub(crate) fn check(&self, register: &Register, kind: Kind, today: Date) -> Result<(), Refusal> {
        known_codes(register, List::Precaution, &self.precautions)?;
        known_codes(register, List::Restriction, &self.restrictions)?;
        for list in kind.needs() {
            let codes = if *list == List::Precaution { &self.precautions } else { &self.restrictions };
            if codes.is_empty() {
                return Err(Refusal::PlanWithout(*list));
            }
        }
        if kind == Kind::Entry && self.audience.is_empty() {
            return Err(Refusal::NoAudience);
        }
        let distinct: BTreeSet<_> = self.audience.iter().collect();
        if distinct.len() != self.audience.len() || self.words.audience_reasons.len() != self.audience.len() {
            return Err(Refusal::AudienceWithoutReason);
        }
        if self.audience.iter().any(|team| register.team(*team).is_none()) {
            return Err(Refusal::NoSuchTeam);
        }
        partner::may_be_told(register, &self.audience, today)?;
        if self.words.summary.as_str().chars().count() > PlanWords::LONGEST_SUMMARY {
            return Err(Refusal::SummaryTooLong);
        }
        Limits::check(self, kind)
    }

    /// The plan with its words in the measure's locker.
    pub(crate) fn seal(&self, measure: MeasureId) -> Plan {
        Plan {
            band: self.band,
            precautions: self.precautions.clone(),
            restrictions: self.restrictions.clone(),
            audience: self.audience.clone(),
            limits: self.limits.clone(),
            words: Particulars::new(Locker::Measure(measure), self.words.clone()),
        }
    }
}

/// What staff must do, what the customer may not, and who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How grave the risk is.
    pub band: Band,
    /// What staff must do.
    pub precautions: Vec<Code>,
    /// How the customer's contact is limited.
    pub restrictions: Vec<Code>,
    /// The teams that are shown the marker.
    pub audience: Vec<TeamId>,
    /// What the restrictions come to.
    pub limits: Limits,
    /// Its words.
    pub words: Particulars<PlanWords>,
}

impl Plan {
    /// Whether a team is told: one of the audience, or any where none is named.
    #[must_use]
    pub fn is_told_to(&self, team: TeamId) -> bool {
        self.audience.is_empty() || self.audience.contains(&team)
    }
}

/// The proportionality record (Human Rights Act 1998, article 8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proportionality {
    /// What the measure is for.
    pub aim: Text,
    /// Why it is necessary for that.
    pub necessity: Text,
    /// Less intrusive options and why each was not enough.
    pub alternatives: Text,
    /// What it does to the person.
    pub effect: Text,
    /// What keeps that effect as small as it can be.
    pub safeguards: Text,
}

/// Everything answered so far.
#[derive(Debug, Clone, Default)]
pub struct Assessment {
    /// The latest answer to each test.
    pub answers: BTreeMap<Test, Answer>,
    /// The plan, once there is one.
    pub plan: Option<Plan>,
    /// The proportionality record, once written.
    pub proportionality: Option<Particulars<Proportionality>>,
    /// The data protection officer's consent, where the person is under age.
    pub under_age: Option<Answer>,
    /// Completed by whom, recommending what.
    pub completed: Option<(Moment, Recommendation)>,
    /// Everyone who answered, planned, weighed or completed: none of them may decide.
    pub assessors: BTreeSet<Actor>,
}

impl Assessment {
    /// The first part that is still to be done, in the order of the task list.
    #[must_use]
    pub fn missing(&self, kind: Kind) -> Option<Part> {
        kind.tests()
            .iter()
            .find(|test| !self.answers.contains_key(test))
            .map(|test| Part::Test(*test))
            .or_else(|| self.plan.is_none().then_some(Part::Plan))
            .or_else(|| self.proportionality.is_none().then_some(Part::Proportionality))
    }

    /// Refuses a young person's measure unless the data protection officer agreed, who is none of those acting now.
    pub(crate) fn under_age_allowed(&self, acting: &[Actor]) -> Result<(), Refusal> {
        match &self.under_age {
            Some(Answer { finding: Finding::Holds, moment, .. }) if acting.contains(&moment.by) => {
                Err(Refusal::SecondPersonNeeded)
            }
            Some(Answer { finding: Finding::Holds, .. }) => Ok(()),
            _ => Err(Refusal::UnderAge),
        }
    }

    /// The first test that does not hold.
    #[must_use]
    pub fn failing(&self) -> Option<Test> {
        self.answers.iter().find(|(_, answer)| answer.finding == Finding::Fails).map(|(test, _)| *test)
    }
}

/// A part of an assessment, as the task list shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// One of the ten tests.
    Test(Test),
    /// The plan.
    Plan,
    /// The proportionality record.
    Proportionality,
}

/// What is known of a subject's age against the policy's threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// At or over the threshold, or premises.
    Over,
    /// Under it.
    Under,
    /// Not known.
    Unknown,
}

/// How old the subject of a measure is today, as the age gate reads it.
#[must_use]
pub fn age_of(register: &Register, measure: &Measure, today: Date) -> Age {
    age_of_subject(register, measure.subject, today)
}

/// The same of a subject: every file about the same is asked, and one that tells of a child is believed.
pub(crate) fn age_of_subject(register: &Register, subject: SubjectId, today: Date) -> Age {
    let told = |file| {
        let details = register.subject(file).and_then(|subject| subject.details.known());
        age_by(register.policy(), details, today)
    };
    let ages: Vec<Age> = register.same(subject).into_iter().map(told).collect();
    [Age::Under, Age::Over].into_iter().find(|age| ages.contains(age)).unwrap_or(Age::Unknown)
}

/// How old whoever is described so is on a day, as the age gate of this policy reads it.
#[must_use]
pub fn age_by(policy: &Policy, details: Option<&SubjectDetails>, today: Date) -> Age {
    match details {
        Some(SubjectDetails::Premises(_)) => Age::Over,
        Some(SubjectDetails::Person(person)) => match person.born {
            Born::On(born) => {
                let threshold = policy.figure(Figure::AgeThreshold);
                if calendar::age(born, today) < threshold { Age::Under } else { Age::Over }
            }
            Born::Band(AgeBand::Child) => Age::Under,
            Born::Band(_) => Age::Over,
            Born::Unknown => Age::Unknown,
        },
        None => Age::Unknown,
    }
}

/// A measure whose assessment is open.
fn open(register: &Register, measure: MeasureId) -> Result<&Measure, Refusal> {
    let measure = register.measure(measure).ok_or(Refusal::NoSuchFile)?;
    match measure.life {
        Life::Proposed => Ok(measure),
        _ => Err(Refusal::WrongStage(measure.stage())),
    }
}

/// Refuses where nobody has said that an incident behind it was about its subject. A measure that an interim marker opened may be
/// assessed before its incident is triaged, or triage may have found that the incident was about somebody else.
///
/// Two files that were joined when a test was answered may be parted since: whoever completes and decides asks again.
pub(crate) fn established(register: &Register, measure: &Measure) -> Result<(), Refusal> {
    let mut triages = measure.incidents.iter().filter_map(|id| register.incident(*id)?.triage.as_ref());
    let is_its = triages.any(|triage| {
        triage.subject.is_some_and(|found| register.one(found) == register.one(measure.subject))
            && matches!(triage.identity, Identity::Certain | Identity::Likely)
    });
    if is_its { Ok(()) } else { Err(Refusal::IdentityDoubtful) }
}

/// As [`open`], by somebody who did not report an incident behind it.
fn open_to<'r>(register: &'r Register, measure: MeasureId, moment: &Moment) -> Result<&'r Measure, Refusal> {
    let measure = open(register, measure)?;
    measure.not_reported_by(register, moment)?;
    Ok(measure)
}

pub(crate) fn answer(
    register: &Register,
    command: &AnswerTest,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = open_to(register, command.measure, moment)?;
    if !measure.kind.tests().contains(&command.test) {
        return Err(Refusal::TestNotAsked(command.test));
    }
    if command.test == Test::RightSubject && command.finding == Finding::Holds {
        established(register, measure)?;
    }
    Ok(vec![Event::TestAnswered {
        measure: command.measure,
        test: command.test,
        finding: command.finding,
        reasons: Particulars::new(Locker::Measure(command.measure), command.reasons.clone()),
    }])
}

pub(crate) fn set_plan(
    register: &Register,
    command: &SetPlan,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = open_to(register, command.measure, moment)?;
    command.plan.check(register, measure.kind, moment.date())?;
    Ok(vec![Event::PlanSet { measure: command.measure, plan: command.plan.seal(command.measure) }])
}

pub(crate) fn weigh(
    register: &Register,
    command: &WeighProportionality,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    open_to(register, command.measure, moment)?;
    Ok(vec![Event::ProportionalityWeighed {
        measure: command.measure,
        record: Particulars::new(Locker::Measure(command.measure), command.record.clone()),
    }])
}

pub(crate) fn allow_under_age(
    register: &Register,
    command: &AllowUnderAge,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if !matches!(measure.life, Life::Proposed | Life::Assessed) {
        return Err(Refusal::WrongStage(measure.stage()));
    }
    measure.not_reported_by(register, moment)?;
    Ok(vec![Event::UnderAgeAllowed {
        measure: command.measure,
        finding: command.finding,
        reasons: Particulars::new(Locker::Measure(command.measure), command.reasons.clone()),
    }])
}

pub(crate) fn complete(
    register: &Register,
    command: &CompleteAssessment,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = open_to(register, command.measure, moment)?;
    if let Some(part) = measure.assessment.missing(measure.kind) {
        return Err(Refusal::AssessmentMissing(part));
    }
    if command.recommendation == Recommendation::Approve {
        // An old list may have named no incident at all: then there is none yet.
        if measure.incidents.is_empty() {
            return Err(Refusal::WithoutIncident);
        }
        if let Some(test) = measure.assessment.failing() {
            return Err(Refusal::TestFails(test));
        }
        established(register, measure)?;
        if age_of(register, measure, moment.date()) == Age::Unknown {
            return Err(Refusal::AgeUnknown);
        }
    }
    Ok(vec![Event::AssessmentCompleted { measure: command.measure, recommendation: command.recommendation }])
}
