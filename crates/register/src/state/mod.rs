//! The register in memory: what every event so far has made of it.
//!
//! Only [`Register::apply`](Register::apply) changes it. It is total: any event from any log leaves it in a state, and an event
//! about something unknown changes nothing.

mod apply;

use crate::exclusion::Exclusion;
use crate::glass::Glass;
use crate::ids::{
    AccessMonth, AccountId, AttachmentId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId,
    RiskId, SubjectId, TeamId,
};
use crate::import::Import;
use crate::incident::Incident;
use crate::join::Joins;
use crate::looks::{LooksQuestion, LooksReview};
use crate::measure::{Kind, Measure};
use crate::meeting::Meeting;
use crate::moment::{Actor, Moment};
use crate::numbers::Tally;
use crate::partner::Partner;
use crate::people::{Account, Request, Team};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Adopted, Change, ChangeNumber, Code, Council, List, Policy, PolicyReview};
use crate::retention::Certificate;
use crate::risk::Risk;
use crate::subject::Subject;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// One line of a file's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening {
    /// When and by whom.
    pub moment: Moment,
    /// What, as [`Event::title`](crate::event::Event::title) puts it.
    pub title: &'static str,
    /// Where in the log it stands.
    pub position: u64,
}

/// The whole register.
#[derive(Debug, Clone, Default)]
pub struct Register {
    council: Option<Particulars<Council>>,
    policies: Vec<Adopted>,
    changes: Vec<Change>,
    policy_reviews: Vec<PolicyReview>,
    teams: BTreeMap<TeamId, Team>,
    accounts: BTreeMap<AccountId, Account>,
    accounts_by_email: BTreeMap<String, AccountId>,
    requests: BTreeMap<AccountId, Request>,
    subjects: BTreeMap<SubjectId, Subject>,
    incidents: BTreeMap<IncidentId, Incident>,
    incidents_by_subject: BTreeMap<SubjectId, BTreeSet<IncidentId>>,
    incidents_by_attachment: BTreeMap<AttachmentId, IncidentId>,
    measures: BTreeMap<MeasureId, Measure>,
    meetings: BTreeMap<MeetingId, Meeting>,
    measures_by_subject: BTreeMap<SubjectId, BTreeSet<MeasureId>>,
    measures_by_incident: BTreeMap<IncidentId, BTreeSet<MeasureId>>,
    risks: BTreeMap<RiskId, Risk>,
    imports: BTreeMap<ImportId, Import>,
    partners: BTreeMap<PartnerId, Partner>,
    joins: Joins,
    pub(crate) glasses: Vec<Glass>,
    pub(crate) looks_questions: Vec<LooksQuestion>,
    pub(crate) looks_reviews: Vec<LooksReview>,
    pub(crate) misuse: BTreeMap<AccountId, Moment>,
    pub(crate) exclusions: BTreeMap<SubjectId, BTreeMap<AccountId, Exclusion>>,
    timelines: BTreeMap<File, Vec<Happening>>,
    certificates: Vec<Certificate>,
    tallies: Vec<Tally>,
    erased: BTreeSet<Locker>,
}

/// The policy of a register that has none yet: every default, so that a question of it always has an answer.
static NO_POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::first(Date::MIN, Text::fixed("the policy")));

impl Register {
    /// Whether it has been set up.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.council.is_some()
    }

    /// Who keeps it.
    #[must_use]
    pub fn council(&self) -> Option<&Council> {
        self.council.as_ref().and_then(Particulars::known)
    }

    /// The policy in force: the latest adopted.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        self.policies.last().map_or(&NO_POLICY, |adopted| &adopted.policy)
    }

    /// Every version there has been, oldest first; the last is in force.
    #[must_use]
    pub fn policies(&self) -> &[Adopted] {
        &self.policies
    }

    /// Every version adopted at an instant or after it.
    pub fn policies_adopted_since(&self, at: Timestamp) -> impl Iterator<Item = &Policy> {
        self.policies
            .iter()
            .rev()
            .take_while(move |adopted| adopted.moment.at >= at)
            .map(|adopted| &adopted.policy)
    }

    /// Every change that was proposed, oldest first.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The change that is not settled yet: there is at most one.
    #[must_use]
    pub fn open_change(&self) -> Option<&Change> {
        self.changes.last().filter(|change| change.is_open())
    }

    /// The number of the next change.
    #[must_use]
    pub fn next_change(&self) -> ChangeNumber {
        ChangeNumber(self.changes.last().map_or(1, |change| change.number.0.saturating_add(1)))
    }

    /// Every review of the policy that changed nothing, oldest first.
    #[must_use]
    pub fn policy_reviews(&self) -> &[PolicyReview] {
        &self.policy_reviews
    }

    /// When somebody last asked whether the policy still fits: it was adopted, or reviewed without change.
    #[must_use]
    pub fn policy_considered(&self) -> Date {
        let adopted = self.policy().effective;
        self.policy_reviews.last().map_or(adopted, |review| review.moment.date().max(adopted))
    }

    /// What a code means: in the policy in force, or in the latest version that had it. Files outlive a code.
    #[must_use]
    pub fn words(&self, list: List, code: &Code) -> Option<&str> {
        self.policies.iter().rev().find_map(|adopted| adopted.policy.words(list, code))
    }

    /// The same register under another policy: to ask what that would change.
    #[must_use]
    pub fn under(&self, policy: Policy) -> Self {
        let mut under = self.clone();
        under.policies.push(Adopted { policy, moment: Moment { at: Timestamp::MAX, by: Actor::System } });
        under
    }

    /// A team.
    #[must_use]
    pub fn team(&self, id: TeamId) -> Option<&Team> {
        self.teams.get(&id)
    }

    /// Every team, by reference.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values()
    }

    /// An account.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// The account that signs in with this mail address, whatever its case.
    #[must_use]
    pub fn account_by_email(&self, email: &str) -> Option<&Account> {
        self.accounts.get(self.accounts_by_email.get(&email.trim().to_lowercase())?)
    }

    /// Every account, by reference.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// What was asked for somebody new, by the account that it becomes.
    #[must_use]
    pub fn request(&self, id: AccountId) -> Option<&Request> {
        self.requests.get(&id)
    }

    /// Everything that was asked for somebody new, by reference.
    pub fn requests(&self) -> impl Iterator<Item = &Request> {
        self.requests.values()
    }

    /// A subject.
    #[must_use]
    pub fn subject(&self, id: SubjectId) -> Option<&Subject> {
        self.subjects.get(&id)
    }

    /// Every subject, by reference.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.values()
    }

    /// The London date a subject's file was opened.
    #[must_use]
    pub fn opened_on(&self, id: SubjectId) -> Option<Date> {
        self.timeline(File::Subject(id)).first().map(|happening| happening.moment.date())
    }

    /// An incident.
    #[must_use]
    pub fn incident(&self, id: IncidentId) -> Option<&Incident> {
        self.incidents.get(&id)
    }

    /// Every incident, by reference.
    pub fn incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.values()
    }

    /// The incidents that triage found to be about a subject, or about one that it is joined with.
    pub fn incidents_about(&self, subject: SubjectId) -> impl Iterator<Item = &Incident> {
        let of = move |subject| self.incidents_by_subject.get(&subject).into_iter().flatten();
        self.same(subject).into_iter().flat_map(of).filter_map(|id| self.incidents.get(id))
    }

    /// The incident a file was attached to.
    #[must_use]
    pub fn incident_of(&self, attachment: AttachmentId) -> Option<&Incident> {
        self.incidents.get(self.incidents_by_attachment.get(&attachment)?)
    }

    /// A measure.
    #[must_use]
    pub fn measure(&self, id: MeasureId) -> Option<&Measure> {
        self.measures.get(&id)
    }

    /// Every measure, by reference.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.measures.values()
    }

    /// A meeting of the Governance Group.
    #[must_use]
    pub fn meeting(&self, id: MeetingId) -> Option<&Meeting> {
        self.meetings.get(&id)
    }

    /// Every meeting, by reference.
    pub fn meetings(&self) -> impl Iterator<Item = &Meeting> {
        self.meetings.values()
    }

    /// The months of the access log from that on in which the register was set up, without end.
    pub fn access_months(&self) -> impl Iterator<Item = AccessMonth> {
        let first = self.policies.first().map(|adopted| AccessMonth::of(adopted.moment.date()));
        std::iter::successors(first, |month| Some(month.next()))
    }

    /// The measures about a subject, or about one that it is joined with, whatever their stage.
    pub fn measures_about(&self, subject: SubjectId) -> impl Iterator<Item = &Measure> {
        let of = move |subject| self.measures_by_subject.get(&subject).into_iter().flatten();
        self.same(subject).into_iter().flat_map(of).filter_map(|id| self.measures.get(id))
    }

    /// Whether a reference is somebody's or was: where the file was taken out with its list, its locker cannot be opened again.
    pub(crate) fn is_taken(&self, file: File) -> bool {
        match file {
            File::Subject(id) => {
                self.subjects.contains_key(&id) || self.erased.contains(&Locker::Subject(id))
            }
            File::Measure(id) => {
                self.measures.contains_key(&id) || self.erased.contains(&Locker::Measure(id))
            }
            _ => false,
        }
    }

    /// The measures that rest on an incident.
    pub fn measures_resting_on(&self, incident: IncidentId) -> impl Iterator<Item = &Measure> {
        self.measures_by_incident.get(&incident).into_iter().flatten().filter_map(|id| self.measures.get(id))
    }

    /// The measure of this kind about this subject that has not ended: there is at most one.
    #[must_use]
    pub fn open_measure(&self, subject: SubjectId, kind: Kind) -> Option<MeasureId> {
        self.measures_about(subject)
            .find(|measure| measure.kind == kind && !measure.is_over())
            .map(|measure| measure.id)
    }

    /// A risk of the council's own.
    #[must_use]
    pub fn risk(&self, id: RiskId) -> Option<&Risk> {
        self.risks.get(&id)
    }

    /// Every risk of the council's own, by reference.
    pub fn risks(&self) -> impl Iterator<Item = &Risk> {
        self.risks.values()
    }

    /// Which files are about the same.
    pub(crate) const fn joins(&self) -> &Joins {
        &self.joins
    }

    /// A list that a service kept.
    #[must_use]
    pub fn import(&self, id: ImportId) -> Option<&Import> {
        self.imports.get(&id)
    }

    /// Every list that a service kept, by reference.
    pub fn imports(&self) -> impl Iterator<Item = &Import> {
        self.imports.values()
    }

    /// Another organisation.
    #[must_use]
    pub fn partner(&self, id: PartnerId) -> Option<&Partner> {
        self.partners.get(&id)
    }

    /// Every other organisation, by reference.
    pub fn partners(&self) -> impl Iterator<Item = &Partner> {
        self.partners.values()
    }

    /// What every destruction left behind, oldest first.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// What the destruction of a file left behind.
    #[must_use]
    pub fn certificate(&self, file: File) -> Option<&Certificate> {
        self.certificates.iter().rev().find(|certificate| certificate.file == file)
    }

    /// Everything that was counted, oldest first.
    #[must_use]
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    /// What happened to a file, oldest first.
    #[must_use]
    pub fn timeline(&self, file: File) -> &[Happening] {
        self.timelines.get(&file).map_or(&[], Vec::as_slice)
    }

    /// The lockers whose keys are destroyed.
    #[must_use]
    pub const fn erased(&self) -> &BTreeSet<Locker> {
        &self.erased
    }
}
