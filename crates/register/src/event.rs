//! Every event: what may come to be true. Facts only; words lie in particulars.
//!
//! When and by whom stands on the record around the event. What is written here is kept for ever: a field is never renamed or
//! given another meaning, and a new meaning is a new event.

use crate::appeal::{AppealOutcome, AppealWords, Lodged};
use crate::assessment::{Finding, Plan, Proportionality, Recommendation, Test};
use crate::contact::{Matter, Means, Treatment};
use crate::dispute::DisputeOutcome;
use crate::exclusion::Closeness;
use crate::glass::{Emergency, GlassFinding};
use crate::ids::{
    AccountId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId, RiskId, SubjectId, TeamId,
};
use crate::import::{Fingerprint, ListWords, SubjectFile};
use crate::incident::{Attachment, Facts, Identity, Narrative};
use crate::involved::{Involvement, Whom};
use crate::legal::LegalWords;
use crate::looks::LooksFinding;
use crate::measure::{EndReason, Kind};
use crate::meeting::MeetingOutcome;
use crate::notice::{Delivery, Letter, Occasion};
use crate::ombudsman::{ComplaintOutcome, Ombudsman};
use crate::partner::{AgreementWords, News, Relationship, Stock, Terms};
use crate::people::{AccountDetails, Contact, Grant, Newcomer, Role, Suspension};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{ChangeNumber, Code, Consulted, Council, Policy, Version};
use crate::retention::Ground;
use crate::review::Advice;
use crate::risk::{Answer, Rating, RiskWords, Sign};
use crate::subject::SubjectDetails;
use crate::training::Course;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What has come to be true.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the commands of the same name")]
pub enum Event {
    /// A register was set up.
    RegisterOpened { council: Particulars<Council>, policy: Particulars<Policy> },
    /// A changed policy was proposed.
    PolicyProposed {
        change: ChangeNumber,
        version: Version,
        effective: Date,
        policy: Particulars<Policy>,
        reasons: Particulars<Text>,
    },
    /// Somebody was consulted about a change.
    PolicyConsulted { change: ChangeNumber, consulted: Consulted, held_on: Date, words: Particulars<Text> },
    /// A change was endorsed by a second person.
    PolicyEndorsed { change: ChangeNumber, reasons: Particulars<Text> },
    /// A change was not endorsed, or its endorsement was taken back.
    PolicyRejected { change: ChangeNumber, reasons: Particulars<Text> },
    /// A change was taken back by whoever proposes.
    PolicyWithdrawn { change: ChangeNumber, reasons: Particulars<Text> },
    /// An endorsed change took force.
    PolicyAdopted { change: ChangeNumber },
    /// The policy and its protocol were reviewed, and nothing is to be changed.
    PolicyReviewed { words: Particulars<Text> },
    /// A team was opened.
    TeamOpened { team: TeamId, contact: Contact, name: Particulars<Text> },
    /// An account was opened.
    AccountOpened {
        account: AccountId,
        roles: BTreeSet<Role>,
        team: TeamId,
        details: Particulars<AccountDetails>,
    },
    /// An account has these roles, team and details from now on.
    AccountChanged {
        account: AccountId,
        roles: BTreeSet<Role>,
        team: TeamId,
        details: Particulars<AccountDetails>,
    },
    /// An account was closed for good.
    AccountClosed { account: AccountId },
    /// Something was asked for an account that a second person must agree to; `roles` only where roles were asked for.
    GrantAsked { account: AccountId, grant: Grant, roles: BTreeSet<Role> },
    /// An account was given something: by the second person, or by one where one is enough.
    GrantGiven { account: AccountId, grant: Grant, roles: BTreeSet<Role> },
    /// Somebody new was noted in a team: their manager says whether they need access.
    StarterNoted { account: AccountId, team: TeamId, from: Date, newcomer: Particulars<Newcomer> },
    /// A manager asked that somebody gets access.
    AccessAsked {
        account: AccountId,
        team: TeamId,
        roles: BTreeSet<Role>,
        from: Date,
        until: Option<Date>,
        newcomer: Particulars<Newcomer>,
    },
    /// Somebody does not get access, or does not need it.
    AccessNotGiven { account: AccountId, reasons: Particulars<Text> },
    /// An account ends by itself after this day.
    AccessLimited { account: AccountId, until: Date },
    /// Those who answer for the accounts of a team were asked who keeps access.
    ConfirmationAsked { team: TeamId },
    /// An account is still needed.
    AccessConfirmed { account: AccountId },
    /// Its holder works in another team from now on, with these of their roles.
    AccountMoved { account: AccountId, roles: BTreeSet<Role>, team: TeamId },
    /// An account may for now not be used.
    AccountSuspended { account: AccountId, why: Suspension },
    /// Somebody has read this version of the policy.
    PolicyAcknowledged { account: AccountId, version: Version },
    /// Somebody has passed a course.
    TrainingPassed { account: AccountId, course: Course, edition: u32 },
    /// Somebody keeps the code of conduct.
    ConductKept { account: AccountId },
    /// A risk of running the register was put on the council's own risk assessment.
    RiskRaised {
        risk: RiskId,
        sign: Option<Sign>,
        rating: Rating,
        words: Particulars<RiskWords>,
        answer: Particulars<Answer>,
    },
    /// A risk is judged so from now on.
    RiskAssessed { risk: RiskId, rating: Rating, answer: Particulars<Answer> },
    /// A risk was put on the corporate risk register.
    RiskTransferred { risk: RiskId, on: Date, words: Particulars<Text> },
    /// A risk was closed.
    RiskClosed { risk: RiskId, reasons: Particulars<Text> },
    /// A file about a person or premises was opened.
    SubjectOpened { subject: SubjectId, details: Particulars<SubjectDetails> },
    /// A subject is described so from now on.
    SubjectDescribed { subject: SubjectId, details: Particulars<SubjectDetails> },
    /// A subject needs this help.
    SupportNeedsRecorded { subject: SubjectId, needs: Particulars<Text> },
    /// Other people live or work in premises than before.
    OccupantsChanged { subject: SubjectId, since: Date, words: Particulars<Text> },
    /// Two files are about the same.
    SubjectsJoined { kept: SubjectId, joined: SubjectId, reasons: Particulars<Text> },
    /// Two files that were joined are not about the same.
    SubjectsParted { kept: SubjectId, joined: SubjectId, reasons: Particulars<Text> },
    /// Two files that look alike are not about the same.
    SubjectsKeptApart { one: SubjectId, other: SubjectId, reasons: Particulars<Text> },
    /// A list that a service kept was proposed to be taken in.
    ImportProposed {
        import: ImportId,
        team: TeamId,
        sponsor: AccountId,
        entries: u32,
        fingerprint: Fingerprint,
        words: Particulars<ListWords>,
    },
    /// A list was not taken in.
    ImportRefused { import: ImportId, reasons: Particulars<Text> },
    /// A row of a list became a provisional entry.
    EntryImported {
        measure: MeasureId,
        subject: SubjectId,
        import: ImportId,
        row: u32,
        file: SubjectFile,
        sponsor: AccountId,
        plan: Plan,
        lapses_on: Date,
        said: Particulars<Text>,
    },
    /// A list was taken in by a second person.
    ImportApproved { import: ImportId },
    /// A list was taken back whole: these lockers cannot be opened again.
    ImportUndone { import: ImportId, reasons: Particulars<Text>, lockers: Vec<Locker> },
    /// A list was destroyed where it had been kept.
    OldListDestroyed { import: ImportId, on: Date, words: Particulars<Text> },
    /// A team keeps no list of its own.
    NoListDeclared { team: TeamId },
    /// An organisation is called so and is this to the council from a day on; these teams are its own.
    PartnerKept {
        partner: PartnerId,
        relationship: Relationship,
        since: Date,
        teams: BTreeSet<TeamId>,
        name: Particulars<Text>,
    },
    /// A sharing agreement was proposed.
    AgreementProposed { partner: PartnerId, terms: Terms, words: Particulars<AgreementWords> },
    /// A sharing agreement was approved by a second person.
    AgreementApproved { partner: PartnerId, agreement: u32 },
    /// Whoever answers for a sharing agreement said that it is still right.
    AgreementConfirmed { partner: PartnerId, agreement: u32 },
    /// A sharing agreement ended before its time, or was not approved.
    AgreementEnded { partner: PartnerId, agreement: u32, reasons: Particulars<Text> },
    /// The list of a partner's own properties was loaded.
    StockLoaded { partner: PartnerId, count: u32, stock: Particulars<Stock> },
    /// What stands behind a marker was opened at once to somebody whose roles do not open it.
    GlassBroken { measure: MeasureId, danger: Emergency, words: Particulars<Text> },
    /// Somebody said what came of looking at it again.
    GlassReviewed { glass: u32, measure: MeasureId, finding: GlassFinding, words: Particulars<Text> },
    /// A reader was asked what looks of theirs were for.
    LooksQuestioned { reader: AccountId, looks: BTreeSet<u64>, words: Particulars<Text> },
    /// The reader said what they were for.
    LooksExplained { question: u32, words: Particulars<Text> },
    /// Somebody else said what came of them.
    LooksReviewed { reader: AccountId, looks: BTreeSet<u64>, finding: LooksFinding, words: Particulars<Text> },
    /// Somebody who is close to a subject was kept from its file.
    Excluded { subject: SubjectId, account: AccountId, closeness: Closeness, words: Particulars<Text> },
    /// Somebody may know of a subject's file again.
    ExclusionLifted { subject: SubjectId, account: AccountId, words: Particulars<Text> },
    /// A partner said that it has what was delivered of a marker, or has taken it off.
    MarkerReceived { partner: PartnerId, measure: MeasureId, news: News },
    /// A report was filed.
    IncidentReported {
        incident: IncidentId,
        reporter: AccountId,
        team: TeamId,
        facts: Facts,
        narrative: Particulars<Narrative>,
        told_by: Option<Particulars<Text>>,
        attachments: Vec<Attachment>,
        attachment_names: Option<Particulars<Vec<Text>>>,
    },
    /// A report was confirmed by a line manager.
    IncidentConfirmed { incident: IncidentId, words: Particulars<Text> },
    /// A report was added to.
    IncidentAddedTo { incident: IncidentId, words: Particulars<Text> },
    /// Somebody was named who was harmed by what was reported, or saw it.
    InvolvedNamed { incident: IncidentId, involvement: Involvement, who: Particulars<Whom> },
    /// It was decided where a report goes.
    IncidentTriaged {
        incident: IncidentId,
        subject: Option<SubjectId>,
        identity: Identity,
        measure: Option<MeasureId>,
        reasons: Particulars<Text>,
    },
    /// A measure is to be assessed.
    MeasureProposed {
        measure: MeasureId,
        kind: Kind,
        subject: SubjectId,
        sponsor: AccountId,
        incidents: Vec<IncidentId>,
    },
    /// An incident was added to a measure.
    IncidentJoined { measure: MeasureId, incident: IncidentId },
    /// An interim marker was asked for.
    InterimAsked { measure: MeasureId, incident: IncidentId, plan: Plan, grounds: Particulars<Text> },
    /// An interim marker was agreed by a second person and is live.
    InterimAgreed { measure: MeasureId, lapses_on: Date },
    /// An interim marker was not agreed, or lapsed.
    InterimEnded { measure: MeasureId },
    /// A threshold test was answered.
    TestAnswered { measure: MeasureId, test: Test, finding: Finding, reasons: Particulars<Text> },
    /// The plan was set.
    PlanSet { measure: MeasureId, plan: Plan },
    /// The proportionality record was written.
    ProportionalityWeighed { measure: MeasureId, record: Particulars<Proportionality> },
    /// The data protection officer answered for a young person.
    UnderAgeAllowed { measure: MeasureId, finding: Finding, reasons: Particulars<Text> },
    /// The assessment is complete.
    AssessmentCompleted { measure: MeasureId, recommendation: Recommendation },
    /// A measure was approved.
    MeasureApproved { measure: MeasureId, policy: Version, review_on: Date, reasons: Particulars<Text> },
    /// A measure was not approved.
    MeasureRefused { measure: MeasureId, policy: Version, reasons: Particulars<Text> },
    /// The letter was written.
    LetterWritten { measure: MeasureId, letter: Particulars<Letter> },
    /// The letter was approved by a second person.
    LetterApproved { measure: MeasureId },
    /// The letter was sent; the measure is in force.
    LetterSent { measure: MeasureId, sent_on: Date, delivery: Delivery },
    /// Somebody asked that the customer is not told for now.
    WithholdingAsked { measure: MeasureId, ground: Code, evidence: Particulars<Text> },
    /// A second person agreed that the customer is not told for now; the measure is in force.
    NoticeWithheld { measure: MeasureId, reasons: Particulars<Text> },
    /// A second person did not agree: the customer is to be told.
    WithholdingRefused { measure: MeasureId, reasons: Particulars<Text> },
    /// A review kept the measure.
    MeasureRetained {
        measure: MeasureId,
        next_on: Date,
        reasons: Particulars<Text>,
        still_withheld: Option<Particulars<Text>>,
    },
    /// The questions of a review were answered.
    ReviewAnswered { measure: MeasureId, advice: Advice, answers: Particulars<Vec<Text>> },
    /// A review found an entry no longer justified: the Governance Group decides.
    RemovalProposed { measure: MeasureId, reasons: Particulars<Text> },
    /// A member of the Governance Group asked that an entry comes off before the next meeting.
    RemovalAsked { measure: MeasureId, reasons: Particulars<Text> },
    /// The plan of a measure in force changed.
    MeasureVaried { measure: MeasureId, plan: Plan, review_on: Date, reasons: Particulars<Text> },
    /// Somebody else answers for a measure.
    SponsorChanged { measure: MeasureId, sponsor: AccountId },
    /// The customer was given a code to appeal with.
    AppealOpened { measure: MeasureId, code: Particulars<Text> },
    /// What a customer sent or said was logged.
    ContactLogged {
        measure: MeasureId,
        received_on: Date,
        means: Means,
        matter: Matter,
        treatment: Treatment,
        passed_to: Option<TeamId>,
        words: Particulars<Text>,
    },
    /// The team that a contact was passed to has answered; contacts are counted from nought.
    ContactAnswered { measure: MeasureId, contact: u32, words: Particulars<Text> },
    /// What a lawyer advised on a measure was kept, apart from its file.
    LegalAdviceKept { measure: MeasureId, asked_on: Date, words: Particulars<LegalWords> },
    /// A subject said what is wrong.
    DisputeRecorded { measure: MeasureId, received_on: Date, words: Particulars<Text> },
    /// What a subject said is wrong was answered.
    DisputeAnswered { measure: MeasureId, outcome: DisputeOutcome, reasons: Particulars<Text> },
    /// An appeal was lodged.
    AppealLodged { measure: MeasureId, lodged: Lodged, words: Particulars<AppealWords> },
    /// An appeal was given to an appeal officer.
    AppealAssigned { measure: MeasureId, officer: AccountId },
    /// An appeal was decided.
    AppealDecided { measure: MeasureId, outcome: AppealOutcome, reasons: Particulars<Text> },
    /// An appeal was withdrawn by the appellant.
    AppealWithdrawn { measure: MeasureId, words: Particulars<Text> },
    /// An ombudsman took up what the customer complains of.
    ComplaintRecorded {
        measure: MeasureId,
        ombudsman: Ombudsman,
        taken_up_on: Date,
        reference: Particulars<Text>,
    },
    /// A complaint to an ombudsman ended.
    ComplaintEnded {
        measure: MeasureId,
        outcome: ComplaintOutcome,
        ended_on: Date,
        found: Particulars<Text>,
        asks: Option<Particulars<Text>>,
    },
    /// A letter about what has become of a measure was written.
    OutcomeLetterWritten { measure: MeasureId, occasion: Occasion, letter: Particulars<Letter> },
    /// It was approved by a second person.
    OutcomeLetterApproved { measure: MeasureId, occasion: Occasion },
    /// It was sent.
    OutcomeLetterSent { measure: MeasureId, occasion: Occasion, sent_on: Date, delivery: Delivery },
    /// A team confirmed that it no longer follows a marker that was withdrawn.
    WithdrawalConfirmed { measure: MeasureId, team: TeamId },
    /// A meeting of the Governance Group was called.
    MeetingCalled { meeting: MeetingId, held_on: Date, chair: AccountId },
    /// A meeting was opened.
    MeetingOpened { meeting: MeetingId, chair: AccountId, present: BTreeSet<AccountId> },
    /// A meeting decided on a measure.
    MeetingDecided {
        meeting: MeetingId,
        measure: MeasureId,
        outcome: MeetingOutcome,
        aside: BTreeSet<AccountId>,
        reasons: Particulars<Text>,
    },
    /// A meeting asked somebody to do something.
    ActionAgreed { meeting: MeetingId, who: AccountId, by: Date, words: Particulars<Text> },
    /// What a meeting asked for was done; its actions are counted from nought.
    ActionDone { meeting: MeetingId, action: u32 },
    /// A meeting was closed.
    MeetingClosed { meeting: MeetingId, minutes: Particulars<Text> },
    /// A measure came off.
    MeasureEnded { measure: MeasureId, reason: EndReason, words: Particulars<Text> },
    /// Destruction was stopped, before holds had a ground and a day to be looked at again.
    HoldPlaced { measure: MeasureId, reasons: Particulars<Text> },
    /// Every hold was lifted, when only measures could be held.
    HoldsLifted { measure: MeasureId, reasons: Particulars<Text> },
    /// A file's destruction is stopped for this ground; it is looked at again on the day.
    FileHeld { file: File, ground: Ground, review_on: Date, reasons: Particulars<Text> },
    /// Every hold on a file was lifted.
    FileReleased { file: File, reasons: Particulars<Text> },
    /// A measure's words were destroyed but for its decision file, which is sealed: these lockers cannot be opened again.
    DecisionFileSealed { measure: MeasureId, lockers: Vec<Locker> },
    /// A file's words were destroyed: these lockers cannot be opened again.
    Destroyed { file: File, lockers: Vec<Locker> },
}

impl Event {
    /// What a timeline calls it.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self {
            Event::RegisterOpened { .. } => "Register set up",
            Event::PolicyProposed { .. } => "Change of the policy proposed",
            Event::PolicyConsulted { .. } => "Consultation logged",
            Event::PolicyEndorsed { .. } => "Change of the policy endorsed",
            Event::PolicyRejected { .. } => "Change of the policy rejected",
            Event::PolicyWithdrawn { .. } => "Change of the policy withdrawn",
            Event::PolicyAdopted { .. } => "Changed policy in force",
            Event::PolicyReviewed { .. } => "Policy reviewed without change",
            Event::TeamOpened { .. } => "Team opened",
            Event::AccountOpened { .. } => "Account opened",
            Event::AccountChanged { .. } => "Account changed",
            Event::AccountClosed { .. } => "Account closed",
            Event::GrantAsked { grant: Grant::Roles, .. } => "More roles asked for",
            Event::GrantAsked { grant: Grant::Password, .. } => "Invitation asked for",
            Event::GrantAsked { grant: Grant::Secret, .. } => "Secret asked for",
            Event::GrantAsked { grant: Grant::SecondFactor, .. } => "Reset of the second factor asked for",
            Event::GrantGiven { grant: Grant::Roles, .. } => "More roles agreed",
            Event::GrantGiven { grant: Grant::Password, .. } => "Invitation made",
            Event::GrantGiven { grant: Grant::Secret, .. } => "Secret made",
            Event::GrantGiven { grant: Grant::SecondFactor, .. } => "Second factor reset",
            Event::StarterNoted { .. } => "Noted as new in the team",
            Event::AccessAsked { .. } => "Access asked for",
            Event::AccessNotGiven { .. } => "Access not given",
            Event::AccessLimited { .. } => "Account given a last day",
            Event::ConfirmationAsked { .. } => "Asked who keeps access",
            Event::AccessConfirmed { .. } => "Access still needed",
            Event::AccountMoved { .. } => "Moved to another team",
            Event::AccountSuspended { .. } => "Account suspended",
            Event::PolicyAcknowledged { .. } => "Policy read",
            Event::TrainingPassed { .. } => "Training passed",
            Event::ConductKept { .. } => "Code of conduct confirmed",
            Event::RiskRaised { .. } => "Risk raised",
            Event::RiskAssessed { .. } => "Risk judged afresh",
            Event::RiskTransferred { .. } => "Risk put on the corporate risk register",
            Event::RiskClosed { .. } => "Risk closed",
            Event::SubjectOpened { .. } => "File opened",
            Event::SubjectDescribed { .. } => "Details corrected",
            Event::SupportNeedsRecorded { .. } => "Support needs recorded",
            Event::IncidentReported { .. } => "Incident reported",
            Event::IncidentConfirmed { .. } => "Report confirmed by line manager",
            Event::IncidentAddedTo { .. } => "Report added to",
            Event::InvolvedNamed { involvement: Involvement::Harmed, .. } => "Somebody named who was harmed",
            Event::InvolvedNamed { involvement: Involvement::Witness, .. } => "Witness named",
            Event::IncidentTriaged { .. } => "Report triaged",
            Event::MeasureProposed { .. } => "Measure proposed",
            Event::IncidentJoined { .. } => "Incident added to the measure",
            Event::InterimAsked { .. } => "Interim marker asked for",
            Event::InterimAgreed { .. } => "Interim marker agreed",
            Event::InterimEnded { .. } => "Interim marker ended",
            Event::TestAnswered { .. } => "Threshold test answered",
            Event::PlanSet { .. } => "Plan set",
            Event::ProportionalityWeighed { .. } => "Proportionality weighed",
            Event::UnderAgeAllowed { .. } => "Age safeguard answered",
            Event::AssessmentCompleted { .. } => "Assessment completed",
            Event::MeasureApproved { .. } => "Measure approved",
            Event::MeasureRefused { .. } => "Measure not approved",
            Event::LetterWritten { .. } => "Letter written",
            Event::LetterApproved { .. } => "Letter approved",
            Event::LetterSent { .. } => "Letter sent: in force",
            Event::WithholdingAsked { .. } => "Withholding of the notice asked for",
            Event::NoticeWithheld { .. } => "Notice withheld by two people: in force",
            Event::WithholdingRefused { .. } => "Withholding of the notice not agreed",
            Event::MeasureRetained { .. } => "Reviewed and kept",
            Event::ReviewAnswered { .. } => "Questions of the review answered",
            Event::RemovalProposed { .. } => "Removal proposed to the Governance Group",
            Event::RemovalAsked { .. } => "Removal before the next meeting asked for",
            Event::MeasureVaried { .. } => "Changed",
            Event::SponsorChanged { .. } => "Somebody else answers for it",
            Event::AppealOpened { .. } => "Appeal code drawn",
            Event::ContactLogged { .. } => "Contact logged",
            Event::ContactAnswered { .. } => "Contact answered",
            Event::LegalAdviceKept { .. } => "Legal advice kept",
            Event::DisputeRecorded { .. } => "Disputed by its subject",
            Event::DisputeAnswered { .. } => "Dispute answered",
            Event::OccupantsChanged { .. } => "Occupants changed",
            Event::GlassBroken { .. } => "Glass broken",
            Event::GlassReviewed { .. } => "Breaking of the glass looked at again",
            Event::LooksQuestioned { .. } => "Asked what looks were for",
            Event::LooksExplained { .. } => "Looks explained",
            Event::LooksReviewed { .. } => "Looks closed",
            Event::Excluded { .. } => "Somebody excluded from the file",
            Event::ExclusionLifted { .. } => "Exclusion from the file lifted",
            Event::SubjectsJoined { .. } => "Two files joined",
            Event::SubjectsParted { .. } => "Joining of two files taken back",
            Event::SubjectsKeptApart { .. } => "Found not to be the same as another",
            Event::ImportProposed { .. } => "List of a service proposed",
            Event::ImportRefused { .. } => "List of a service not taken in",
            Event::EntryImported { .. } => "Provisional entry from a list of a service",
            Event::ImportApproved { .. } => "List of a service taken in",
            Event::ImportUndone { .. } => "List of a service taken back",
            Event::OldListDestroyed { .. } => "List destroyed where it had been kept",
            Event::NoListDeclared { .. } => "Declared that it keeps no list of its own",
            Event::PartnerKept { .. } => "Partner and its teams recorded",
            Event::AgreementProposed { .. } => "Sharing agreement proposed",
            Event::AgreementApproved { .. } => "Sharing agreement approved",
            Event::AgreementConfirmed { .. } => "Sharing agreement confirmed",
            Event::AgreementEnded { .. } => "Sharing agreement ended",
            Event::StockLoaded { .. } => "List of properties loaded",
            Event::MarkerReceived { news: News::New, .. } => "New marker received by a partner",
            Event::MarkerReceived { news: News::Changed, .. } => "Changed marker received by a partner",
            Event::MarkerReceived { news: News::Withdrawn, .. } => {
                "Withdrawal of a marker received by a partner"
            }
            Event::AppealLodged { .. } => "Appeal lodged",
            Event::AppealAssigned { .. } => "Appeal assigned",
            Event::AppealDecided { .. } => "Appeal decided",
            Event::AppealWithdrawn { .. } => "Appeal withdrawn by the customer",
            Event::ComplaintRecorded { .. } => "Complaint with an ombudsman",
            Event::ComplaintEnded { .. } => "Complaint to an ombudsman ended",
            Event::OutcomeLetterWritten { .. } => "Outcome letter written",
            Event::OutcomeLetterApproved { .. } => "Outcome letter approved",
            Event::OutcomeLetterSent { .. } => "Outcome letter sent",
            Event::WithdrawalConfirmed { .. } => "Withdrawal confirmed by a team",
            Event::MeetingCalled { .. } => "Meeting called",
            Event::MeetingOpened { .. } => "Meeting opened",
            Event::MeetingDecided { .. } => "Decided at a meeting",
            Event::ActionAgreed { .. } => "Action agreed",
            Event::ActionDone { .. } => "Action done",
            Event::MeetingClosed { .. } => "Meeting closed",
            Event::MeasureEnded { .. } => "Removed",
            Event::HoldPlaced { .. } | Event::FileHeld { .. } => "Hold placed",
            Event::HoldsLifted { .. } | Event::FileReleased { .. } => "Hold lifted",
            Event::DecisionFileSealed { .. } => "Words destroyed, decision file sealed",
            Event::Destroyed { .. } => "Words destroyed",
        }
    }

    /// The lockers that cannot be opened again from then on.
    #[must_use]
    pub fn destroys(&self) -> &[Locker] {
        match self {
            Event::Destroyed { lockers, .. }
            | Event::DecisionFileSealed { lockers, .. }
            | Event::ImportUndone { lockers, .. } => lockers,
            _ => &[],
        }
    }

    /// The files on whose timelines it appears.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        match self {
            // A broken glass and looks that stand out are about whoever looked, and stand on pages of their own.
            Event::GlassBroken { .. }
            | Event::GlassReviewed { .. }
            | Event::LooksQuestioned { .. }
            | Event::LooksExplained { .. }
            | Event::LooksReviewed { .. }
            | Event::RegisterOpened { .. }
            | Event::RiskRaised { .. }
            | Event::RiskAssessed { .. }
            | Event::RiskTransferred { .. }
            | Event::RiskClosed { .. } => Vec::new(),
            Event::PolicyProposed { .. }
            | Event::PolicyConsulted { .. }
            | Event::PolicyEndorsed { .. }
            | Event::PolicyRejected { .. }
            | Event::PolicyWithdrawn { .. }
            | Event::PolicyAdopted { .. }
            | Event::PolicyReviewed { .. } => vec![File::Policy],
            Event::TeamOpened { team, .. }
            | Event::NoListDeclared { team }
            | Event::ConfirmationAsked { team } => vec![File::Team(*team)],
            Event::PartnerKept { partner, .. }
            | Event::AgreementProposed { partner, .. }
            | Event::AgreementApproved { partner, .. }
            | Event::AgreementConfirmed { partner, .. }
            | Event::AgreementEnded { partner, .. }
            | Event::StockLoaded { partner, .. }
            // The file of the measure tells what the council did; who has it is told where the partner is kept.
            | Event::MarkerReceived { partner, .. } => vec![File::Partner(*partner)],
            Event::ImportProposed { import, .. }
            | Event::ImportRefused { import, .. }
            | Event::ImportApproved { import }
            | Event::ImportUndone { import, .. }
            | Event::OldListDestroyed { import, .. } => vec![File::Import(*import)],
            Event::SubjectsJoined { kept: one, joined: other, .. }
            | Event::SubjectsParted { kept: one, joined: other, .. }
            | Event::SubjectsKeptApart { one, other, .. } => {
                vec![File::Subject(*one), File::Subject(*other)]
            }
            Event::AccountOpened { account, .. }
            | Event::AccountChanged { account, .. }
            | Event::GrantAsked { account, .. }
            | Event::GrantGiven { account, .. }
            | Event::StarterNoted { account, .. }
            | Event::AccessAsked { account, .. }
            | Event::AccessNotGiven { account, .. }
            | Event::AccessLimited { account, .. }
            | Event::AccessConfirmed { account }
            | Event::PolicyAcknowledged { account, .. }
            | Event::TrainingPassed { account, .. }
            | Event::ConductKept { account }
            | Event::AccountMoved { account, .. }
            | Event::AccountSuspended { account, .. }
            | Event::AccountClosed { account } => vec![File::Account(*account)],
            Event::SubjectOpened { subject, .. }
            | Event::SubjectDescribed { subject, .. }
            | Event::OccupantsChanged { subject, .. }
            // On no page of the account: whoever manages it is not told.
            | Event::Excluded { subject, .. }
            | Event::ExclusionLifted { subject, .. }
            | Event::SupportNeedsRecorded { subject, .. } => vec![File::Subject(*subject)],
            Event::IncidentReported { incident, .. }
            | Event::IncidentConfirmed { incident, .. }
            | Event::IncidentAddedTo { incident, .. }
            | Event::InvolvedNamed { incident, .. } => vec![File::Incident(*incident)],
            Event::IncidentTriaged { incident, subject, .. } => {
                std::iter::once(File::Incident(*incident)).chain(subject.map(File::Subject)).collect()
            }
            Event::MeasureProposed { measure, subject, .. }
            | Event::EntryImported { measure, subject, .. } => {
                vec![File::Measure(*measure), File::Subject(*subject)]
            }
            Event::IncidentJoined { measure, incident } | Event::InterimAsked { measure, incident, .. } => {
                vec![File::Measure(*measure), File::Incident(*incident)]
            }
            Event::InterimAgreed { measure, .. }
            | Event::InterimEnded { measure }
            | Event::TestAnswered { measure, .. }
            | Event::PlanSet { measure, .. }
            | Event::ProportionalityWeighed { measure, .. }
            | Event::UnderAgeAllowed { measure, .. }
            | Event::AssessmentCompleted { measure, .. }
            | Event::MeasureApproved { measure, .. }
            | Event::MeasureRefused { measure, .. }
            | Event::LetterWritten { measure, .. }
            | Event::LetterApproved { measure }
            | Event::LetterSent { measure, .. }
            | Event::WithholdingAsked { measure, .. }
            | Event::NoticeWithheld { measure, .. }
            | Event::WithholdingRefused { measure, .. }
            | Event::MeasureRetained { measure, .. }
            | Event::ReviewAnswered { measure, .. }
            | Event::RemovalProposed { measure, .. }
            | Event::RemovalAsked { measure, .. }
            | Event::MeasureVaried { measure, .. }
            | Event::SponsorChanged { measure, .. }
            | Event::AppealOpened { measure, .. }
            | Event::ContactLogged { measure, .. }
            | Event::ContactAnswered { measure, .. }
            | Event::LegalAdviceKept { measure, .. }
            | Event::DisputeRecorded { measure, .. }
            | Event::DisputeAnswered { measure, .. }
            | Event::AppealLodged { measure, .. }
            | Event::AppealAssigned { measure, .. }
            | Event::AppealDecided { measure, .. }
            | Event::AppealWithdrawn { measure, .. }
            | Event::ComplaintRecorded { measure, .. }
            | Event::ComplaintEnded { measure, .. }
            | Event::OutcomeLetterWritten { measure, .. }
            | Event::OutcomeLetterApproved { measure, .. }
            | Event::OutcomeLetterSent { measure, .. }
            | Event::WithdrawalConfirmed { measure, .. }
            | Event::MeasureEnded { measure, .. }
            | Event::HoldPlaced { measure, .. }
            | Event::DecisionFileSealed { measure, .. }
            | Event::HoldsLifted { measure, .. } => vec![File::Measure(*measure)],
            Event::MeetingCalled { meeting, .. }
            | Event::MeetingOpened { meeting, .. }
            | Event::ActionAgreed { meeting, .. }
            | Event::ActionDone { meeting, .. }
            | Event::MeetingClosed { meeting, .. } => vec![File::Meeting(*meeting)],
            Event::MeetingDecided { meeting, measure, .. } => {
                vec![File::Meeting(*meeting), File::Measure(*measure)]
            }
            Event::FileHeld { file, .. }
            | Event::FileReleased { file, .. }
            | Event::Destroyed { file, .. } => vec![*file],
        }
    }
}
