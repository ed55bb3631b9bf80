//! Every command: what a person, or the passing of time, may ask of the register.
//!
//! A command carries fresh references and typed answers; who asks and when comes beside it as a [`Moment`](crate::moment::Moment).

use crate::appeal::{AppealOutcome, AppealWords, Lodged};
use crate::assessment::{Finding, Proportionality, Proposal, Recommendation, Test};
use crate::contact::{Matter, Means, Treatment};
use crate::decision::Outcome;
use crate::dispute::DisputeOutcome;
use crate::exclusion::Closeness;
use crate::glass::{Emergency, GlassFinding};
use crate::ids::{
    AccountId, AppealCode, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId, RiskId, SubjectId,
    TeamId,
};
use crate::import::{Fingerprint, ListWords, Taken};
use crate::incident::{Attachment, Facts, Identity, Narrative, Route};
use crate::involved::{Involvement, Whom};
use crate::legal::LegalWords;
use crate::looks::LooksFinding;
use crate::measure::EndReason;
use crate::meeting::MeetingOutcome;
use crate::notice::{Delivery, Occasion};
use crate::ombudsman::{ComplaintOutcome, Ombudsman};
use crate::partner::{AgreementWords, Relationship, Stock, Terms};
use crate::people::{AccountDetails, Action, Answer as Keeping, Contact, Grant, Newcomer, Role, Told};
use crate::personal::Text;
use crate::policy::{ChangeNumber, Clause, Code, Consulted, Council, Figure, List, Policy, Term, Version};
use crate::retention::Ground;
use crate::review::{Advice, Question, ReviewOutcome};
use crate::risk::{Answer, Rating, RiskWords, Sign};
use crate::subject::SubjectDetails;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident ($permission:expr) { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone)]
            pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

            impl From<$name> for Command {
                fn from(command: $name) -> Self { Command::$name(Box::new(command)) }
            }
        )*

        /// Everything that can be asked of the register.
        #[derive(Debug, Clone)]
        pub enum Command { $($(#[$doc])* $name(Box<$name>),)* }

        impl Command {
            /// The name of every command, in the order of the policy's course.
            pub const NAMES: &[&str] = &[$(stringify!($name),)*];

            /// Who may ask the command of this name at all.
            #[must_use]
            pub fn permission_of(name: &str) -> Option<Permission> {
                match name { $(stringify!($name) => Some($permission),)* _ => None }
            }

            /// Who may ask it at all. Rules of the case itself come after.
            #[must_use]
            pub const fn permission(&self) -> Permission {
                match self { $(Command::$name(_) => $permission,)* }
            }

            /// The command's name, for logs and tests.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $(Command::$name(_) => stringify!($name),)* }
            }
        }
    };
}

/// Who may ask a command at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Accounts whose roles allow the action.
    Account(Action),
    /// The same, and the system itself: to set up a register, or when time alone asks for it.
    AccountOrSystem(Action),
    /// Anybody whose account can be used: the rule of the act says for whom.
    Holder,
    /// Only the system itself.
    System,
}

use Permission::{Account, AccountOrSystem, Holder, System};

commands! {
    /// Sets up a new register with its council and first policy.
    OpenRegister(System) {
        /// Who keeps it.
        council: Council,
        /// The policy it starts under.
        policy: Policy,
    }
    /// Proposes a changed policy, whole, from a day on.
    ProposePolicy(Account(Action::ProposePolicy)) {
        /// The policy's name, cited in every letter.
        name: Text,
        /// Every figure; one that is not given has its default.
        figures: BTreeMap<Figure, u32>,
        /// Every list of codes.
        lists: BTreeMap<List, Vec<Term>>,
        /// Every clause of letters; one that is not given has its default.
        clauses: BTreeMap<Clause, Text>,
        /// The day from which it is to be in force.
        effective: Date,
        /// Why.
        reasons: Text,
    }
    /// Logs who was consulted about a proposed change.
    LogConsultation(Account(Action::ProposePolicy)) {
        /// Which change.
        change: ChangeNumber,
        /// Who was consulted, or what was read.
        consulted: Consulted,
        /// On which day.
        held_on: Date,
        /// What was asked, what they said, and what came of it.
        words: Text,
    }
    /// Endorses a change that somebody else proposed; it takes force on its day by itself.
    EndorsePolicy(Account(Action::EndorsePolicy)) {
        /// Which change.
        change: ChangeNumber,
        /// Why.
        reasons: Text,
    }
    /// Does not endorse a change, or takes the endorsement back before its day.
    RejectPolicy(Account(Action::EndorsePolicy)) {
        /// Which change.
        change: ChangeNumber,
        /// Why.
        reasons: Text,
    }
    /// Takes back a proposed change before it is endorsed.
    WithdrawPolicy(Account(Action::ProposePolicy)) {
        /// Which change.
        change: ChangeNumber,
        /// Why.
        reasons: Text,
    }
    /// Records that an endorsed change took force on its day.
    AdoptPolicy(System) {
        /// Which change.
        change: ChangeNumber,
    }
    /// Records that the policy and its protocol were reviewed and nothing is to be changed.
    ReviewPolicy(Account(Action::ProposePolicy)) {
        /// What was looked at, and why nothing is to be changed.
        words: Text,
    }
    /// Opens a team.
    OpenTeam(AccountOrSystem(Action::ManageAccounts)) {
        /// Fresh.
        team: TeamId,
        /// What it is called; no two teams alike.
        name: Text,
        /// How it meets customers.
        contact: Contact,
    }
    /// Opens an account.
    OpenAccount(AccountOrSystem(Action::ManageAccounts)) {
        /// Fresh.
        account: AccountId,
        /// Its roles.
        roles: BTreeSet<Role>,
        /// Its team.
        team: TeamId,
        /// Who it belongs to.
        details: AccountDetails,
    }
    /// Changes an account's roles, team or details.
    ChangeAccount(Account(Action::ManageAccounts)) {
        /// Which.
        account: AccountId,
        /// Its roles from now on.
        roles: BTreeSet<Role>,
        /// Its team from now on.
        team: TeamId,
        /// Who it belongs to.
        details: AccountDetails,
    }
    /// Closes an account for good.
    CloseAccount(AccountOrSystem(Action::ManageAccounts)) {
        /// Which.
        account: AccountId,
    }
    /// Says who works for the council, who has moved and who has left, as its directory of staff has it.
    TellStaff(Account(Action::TellStaff)) {
        /// Whose account; a fresh one for somebody new.
        account: AccountId,
        /// What is told.
        told: Told,
    }
    /// Asks that an account is given a password or a second factor anew; given at once where one person is enough.
    AskGrant(AccountOrSystem(Action::ManageAccounts)) {
        /// Which account.
        account: AccountId,
        /// What it is given.
        grant: Grant,
    }
    /// Agrees, as a second person, to what somebody else asked for an account.
    AgreeGrant(Account(Action::ManageAccounts)) {
        /// Which account.
        account: AccountId,
        /// What it is given.
        grant: Grant,
    }
    /// Notes somebody new, so that their manager says whether they need access.
    NoteStarter(Account(Action::ManageAccounts)) {
        /// Fresh: the account that it may become.
        account: AccountId,
        /// The team they will work in.
        team: TeamId,
        /// The day they start.
        from: Date,
        /// Who they are.
        newcomer: Newcomer,
    }
    /// Asks that somebody of one's team gets access.
    AskAccess(Account(Action::AskAccess)) {
        /// Fresh, or somebody who was noted, or whose account has no role.
        account: AccountId,
        /// The team they work in.
        team: TeamId,
        /// The roles; none that does more than ask and tell.
        roles: BTreeSet<Role>,
        /// From this day.
        from: Date,
        /// The last day, where it is for a time only.
        until: Option<Date>,
        /// Who they are.
        newcomer: Newcomer,
    }
    /// Says that somebody of one's team needs no access, or takes the request back.
    DeclineAccess(Account(Action::AskAccess)) {
        /// Whose.
        account: AccountId,
        /// Why.
        reasons: Text,
    }
    /// Does not give access that a manager asked for.
    RefuseAccess(Account(Action::ManageAccounts)) {
        /// Whose.
        account: AccountId,
        /// Why.
        reasons: Text,
    }
    /// Asks those who answer for the accounts of a team who of them keeps access.
    AskConfirmations(System) {
        /// Which team.
        team: TeamId,
    }
    /// Answers for accounts: who keeps access, whose ends, who has moved to another team.
    AnswerForAccess(Holder) {
        /// What is said of each.
        answers: BTreeMap<AccountId, Keeping>,
    }
    /// Suspends an account that nobody answered for in time.
    LapseAccess(System) {
        /// Which.
        account: AccountId,
    }
    /// Says that one has read the policy in force.
    AcknowledgePolicy(Holder) {
        /// The version that was read.
        version: Version,
    }
    /// Hands in the answers to the questions of one's training.
    TakeTraining(Holder) {
        /// The number that the questions were drawn with.
        sheet: u64,
        /// The answer to each question, by its place in the course; never kept.
        answers: BTreeMap<usize, usize>,
    }
    /// Says that one keeps the code of conduct.
    KeepConduct(Holder) {
    }
    /// Puts a risk of running the register on the council's own risk assessment.
    RaiseRisk(AccountOrSystem(Action::KeepRisks)) {
        /// Fresh.
        risk: RiskId,
        /// What tells whether it is coming true, where the register can.
        sign: Option<Sign>,
        /// How it is judged.
        rating: Rating,
        /// What it is and whose.
        words: RiskWords,
        /// Why it is judged so, what is done, and by whom.
        answer: Answer,
    }
    /// Judges a risk afresh; what was judged before stays.
    AssessRisk(Account(Action::KeepRisks)) {
        /// Which.
        risk: RiskId,
        /// How it is judged from now on.
        rating: Rating,
        /// Why, what is done, and by whom.
        answer: Answer,
    }
    /// Records that a risk was put on the corporate risk register.
    TransferRisk(Account(Action::KeepRisks)) {
        /// Which.
        risk: RiskId,
        /// The day it was.
        on: Date,
        /// Under which reference, and why.
        words: Text,
    }
    /// Closes a risk that there is no longer.
    CloseRisk(Account(Action::KeepRisks)) {
        /// Which.
        risk: RiskId,
        /// Why.
        reasons: Text,
    }
    /// Opens a file about a person or premises.
    OpenSubject(Account(Action::DescribeSubject)) {
        /// Fresh.
        subject: SubjectId,
        /// Who or where it is.
        details: SubjectDetails,
    }
    /// Replaces what is known of who or where a subject is.
    DescribeSubject(Account(Action::DescribeSubject)) {
        /// Which.
        subject: SubjectId,
        /// From now on.
        details: SubjectDetails,
    }
    /// Records help that a subject needs.
    RecordSupportNeeds(Account(Action::DescribeSubject)) {
        /// Which.
        subject: SubjectId,
        /// What helps.
        needs: Text,
    }
    /// Records that other people live or work in premises than before.
    ChangeOccupants(Account(Action::DescribeSubject)) {
        /// Which premises.
        subject: SubjectId,
        /// Since this day.
        since: Date,
        /// Who left, who came, and how it is known.
        words: Text,
    }
    /// Joins two files about the same person or place; the one kept goes on.
    JoinSubjects(Account(Action::DescribeSubject)) {
        /// The file that goes on.
        kept: SubjectId,
        /// The file that is joined to it.
        joined: SubjectId,
        /// How it is known that they are the same.
        reasons: Text,
    }
    /// Takes a join back: both files are as they were.
    PartSubjects(Account(Action::DescribeSubject)) {
        /// The file that was joined to another.
        joined: SubjectId,
        /// Why they are not the same after all.
        reasons: Text,
    }
    /// Records that two files which look alike are not about the same.
    KeepApart(Account(Action::DescribeSubject)) {
        /// The one.
        one: SubjectId,
        /// The other.
        other: SubjectId,
        /// How it is known.
        reasons: Text,
    }
    /// Proposes to take in a list that a service kept, as it is staged.
    ProposeImport(Account(Action::Import)) {
        /// Fresh.
        import: ImportId,
        /// Whose list it was.
        team: TeamId,
        /// The manager who answers for its entries.
        sponsor: AccountId,
        /// How many entries it is to bring.
        entries: u32,
        /// What is staged.
        fingerprint: Fingerprint,
        /// What it is and where it was kept.
        words: ListWords,
    }
    /// Does not take in a list that was proposed.
    RefuseImport(Account(Action::ApproveImport)) {
        /// Which.
        import: ImportId,
        /// Why.
        reasons: Text,
    }
    /// Takes in a list that somebody else proposed: each row becomes a provisional entry.
    ApproveImport(Account(Action::ApproveImport)) {
        /// Which.
        import: ImportId,
        /// What was staged.
        fingerprint: Fingerprint,
        /// Its rows.
        rows: Vec<Taken>,
    }
    /// Takes a whole list back, while nobody has gone on from any of it.
    UndoImport(Account(Action::Import)) {
        /// Which.
        import: ImportId,
        /// Why.
        reasons: Text,
    }
    /// Certifies that the list itself was destroyed, wherever it was kept.
    CertifyOldList(Account(Action::CertifyOldList)) {
        /// Which.
        import: ImportId,
        /// On which day.
        on: Date,
        /// How, and what became of its copies.
        words: Text,
    }
    /// Declares that a team keeps no list of its own.
    DeclareNoList(Account(Action::DeclareNoList)) {
        /// Which team.
        team: TeamId,
    }
    /// Names another organisation, says what it is to the council from a day on, and which teams are its workers.
    KeepPartner(Account(Action::KeepPartners)) {
        /// Fresh, or that of one that is known.
        partner: PartnerId,
        /// What it is called.
        name: Text,
        /// What it is to the council.
        relationship: Relationship,
        /// From which day on.
        since: Date,
        /// The teams that are its own from now on, beside those that are.
        teams: BTreeSet<TeamId>,
    }
    /// Proposes a sharing agreement with a partner.
    ProposeAgreement(Account(Action::KeepPartners)) {
        /// With whom.
        partner: PartnerId,
        /// What it allows.
        terms: Terms,
        /// The document behind it.
        words: AgreementWords,
    }
    /// Approves an agreement that somebody else proposed.
    ApproveAgreement(Account(Action::ApproveAgreement)) {
        /// With whom.
        partner: PartnerId,
        /// Which: agreements are counted from nought.
        agreement: u32,
    }
    /// Confirms, once a year, that an agreement is still right.
    ConfirmAgreement(Account(Action::ConfirmAgreement)) {
        /// With whom.
        partner: PartnerId,
        /// Which.
        agreement: u32,
    }
    /// Ends an agreement at once, or does not approve one.
    EndAgreement(Account(Action::EndAgreement)) {
        /// With whom.
        partner: PartnerId,
        /// Which.
        agreement: u32,
        /// Why.
        reasons: Text,
    }
    /// Loads the list of a partner's own properties, whole.
    LoadStock(Account(Action::KeepPartners)) {
        /// Whose.
        partner: PartnerId,
        /// Every property.
        stock: Stock,
    }
    /// Opens what stands behind one marker, at once and for an hour.
    BreakGlass(Account(Action::BreakGlass)) {
        /// Which measure's.
        measure: MeasureId,
        /// Why.
        danger: Emergency,
        /// For which job, and what is known.
        words: Text,
    }
    /// Says what came of looking again at a glass that was broken.
    ReviewGlass(Account(Action::ReviewGlass)) {
        /// Which: they are counted from nought.
        glass: u32,
        /// What came of it.
        finding: GlassFinding,
        /// In words.
        words: Text,
    }
    /// Asks a reader what looks were for.
    QuestionLooks(Account(Action::ReviewLooks)) {
        /// Whose they were.
        reader: AccountId,
        /// Which rows of the access log.
        looks: BTreeSet<u64>,
        /// What is asked.
        words: Text,
    }
    /// Says what one's own looks were for.
    ExplainLooks(Holder) {
        /// Which question: they are counted from nought.
        question: u32,
        /// What they were for.
        words: Text,
    }
    /// Says what came of looks that stood out.
    ReviewLooks(Account(Action::ReviewLooks)) {
        /// Whose they were.
        reader: AccountId,
        /// Which rows of the access log.
        looks: BTreeSet<u64>,
        /// What came of it.
        finding: LooksFinding,
        /// In words.
        words: Text,
    }
    /// Keeps somebody who is close to a subject from its file.
    ExcludeFromFile(Account(Action::ExcludeFromFiles)) {
        /// From whose.
        subject: SubjectId,
        /// Whom.
        account: AccountId,
        /// Why.
        closeness: Closeness,
        /// In words.
        words: Text,
    }
    /// Lets somebody know of a subject's file again.
    LiftExclusion(Account(Action::ExcludeFromFiles)) {
        /// Of whose.
        subject: SubjectId,
        /// Whom.
        account: AccountId,
        /// Why.
        words: Text,
    }
    /// Says for a partner that it has what was delivered of a marker, or has taken it off.
    ReceiveMarker(Account(Action::ReceiveMarkers)) {
        /// Which measure.
        measure: MeasureId,
        /// Which delivery of it, as shown.
        edition: u64,
    }
    /// Files a report.
    ReportIncident(Account(Action::ReportIncident)) {
        /// Fresh.
        incident: IncidentId,
        /// Dates and codes.
        facts: Facts,
        /// What happened.
        narrative: Narrative,
        /// Who told the reporter, where somebody else saw it.
        told_by: Option<Text>,
        /// Files with their names; their bytes travel beside the command.
        attachments: Vec<(Attachment, Text)>,
    }
    /// A line manager confirms a report of the team.
    ConfirmIncident(Account(Action::ConfirmIncident)) {
        /// Which.
        incident: IncidentId,
        /// What was confirmed, and how the reporter is supported.
        words: Text,
    }
    /// Adds to a report.
    AddToIncident(Account(Action::ConfirmIncident)) {
        /// Which.
        incident: IncidentId,
        /// What is added.
        words: Text,
    }
    /// Names somebody who was harmed by what was reported, or saw it.
    NameInvolved(Account(Action::ConfirmIncident)) {
        /// Which.
        incident: IncidentId,
        /// What they are to it.
        involvement: Involvement,
        /// Who they are.
        who: Whom,
    }
    /// Decides where a report goes.
    TriageIncident(Account(Action::Triage)) {
        /// Which.
        incident: IncidentId,
        /// Whom it is about; needed for every route but logging.
        subject: Option<SubjectId>,
        /// How sure the register team is.
        identity: Identity,
        /// Where it goes.
        route: Route,
        /// Why.
        reasons: Text,
    }
    /// Asks for an interim marker on immediate risk.
    AskInterim(Account(Action::AskInterim)) {
        /// Fresh, or the subject's entry that is being assessed.
        measure: MeasureId,
        /// The incident that shows the risk.
        incident: IncidentId,
        /// About whom.
        subject: SubjectId,
        /// The manager who answers for it.
        sponsor: AccountId,
        /// What staff must do, and who is shown it.
        plan: Proposal,
        /// Why it cannot wait.
        grounds: Text,
    }
    /// Agrees an interim marker that somebody else asked for.
    AgreeInterim(Account(Action::AgreeInterim)) {
        /// Which.
        measure: MeasureId,
    }
    /// Refuses an interim marker that somebody else asked for.
    RefuseInterim(Account(Action::AgreeInterim)) {
        /// Which.
        measure: MeasureId,
    }
    /// Records that an interim marker has lapsed.
    LapseInterim(System) {
        /// Which.
        measure: MeasureId,
    }
    /// Answers one threshold test; a later answer replaces an earlier one until the assessment is complete.
    AnswerTest(Account(Action::Assess)) {
        /// Which measure.
        measure: MeasureId,
        /// Which test.
        test: Test,
        /// Whether it holds.
        finding: Finding,
        /// Why.
        reasons: Text,
    }
    /// Sets what staff must do, what the customer may not, and who is told.
    SetPlan(Account(Action::Assess)) {
        /// Which measure.
        measure: MeasureId,
        /// The plan.
        plan: Proposal,
    }
    /// Writes the proportionality record.
    WeighProportionality(Account(Action::Assess)) {
        /// Which measure.
        measure: MeasureId,
        /// The record.
        record: Proportionality,
    }
    /// The data protection officer says whether a measure about a young person may go on.
    AllowUnderAge(Account(Action::AllowUnderAge)) {
        /// Which measure.
        measure: MeasureId,
        /// Whether it may.
        finding: Finding,
        /// Why.
        reasons: Text,
    }
    /// Hands a complete assessment to be decided.
    CompleteAssessment(Account(Action::Assess)) {
        /// Which measure.
        measure: MeasureId,
        /// What the assessor recommends.
        recommendation: Recommendation,
    }
    /// Approves or refuses a measure.
    Decide(Account(Action::Decide)) {
        /// Which measure.
        measure: MeasureId,
        /// Which way.
        outcome: Outcome,
        /// When it is first to be reviewed; needed to approve.
        review_on: Option<Date>,
        /// Why.
        reasons: Text,
    }
    /// Writes a letter to the customer: of the decision, or of what has become of it since.
    WriteLetter(Account(Action::WriteLetter)) {
        /// Which measure.
        measure: MeasureId,
        /// Of what it tells.
        occasion: Occasion,
        /// Fresh: printed in the letter, to appeal with, unless its customer has one.
        code: AppealCode,
        /// What happened and why it matters, to the customer, in neutral words and without naming anybody else.
        explanation: Text,
    }
    /// Approves a letter that somebody else wrote.
    ApproveLetter(Account(Action::ApproveLetter)) {
        /// Which measure.
        measure: MeasureId,
        /// Of what it tells.
        occasion: Occasion,
    }
    /// Records that an approved letter was sent; a decided measure is in force from then.
    RecordLetterSent(Account(Action::WriteLetter)) {
        /// Which measure.
        measure: MeasureId,
        /// Of what it tells.
        occasion: Occasion,
        /// The day it was sent.
        sent_on: Date,
        /// How.
        delivery: Delivery,
    }
    /// Asks that the customer is not told for now.
    WithholdNotice(Account(Action::WithholdNotice)) {
        /// Which measure.
        measure: MeasureId,
        /// On which ground of the policy.
        ground: Code,
        /// What shows it.
        evidence: Text,
    }
    /// Agrees that the customer is not told for now; the measure is in force from then.
    AgreeWithholding(Account(Action::AgreeWithholding)) {
        /// Which measure.
        measure: MeasureId,
        /// Why the second person agrees.
        reasons: Text,
    }
    /// Does not agree that the customer is not told: the register team writes to them.
    RefuseWithholding(Account(Action::AgreeWithholding)) {
        /// Which measure.
        measure: MeasureId,
        /// Why the second person does not agree.
        reasons: Text,
    }
    /// Answers the questions of a review and advises what it should come to.
    AnswerReview(Account(Action::AnswerReview)) {
        /// Which measure.
        measure: MeasureId,
        /// What is advised.
        advice: Advice,
        /// An answer to every question.
        answers: BTreeMap<Question, Text>,
    }
    /// Reconsiders a measure in force, once its questions are answered by somebody else.
    ReviewMeasure(Account(Action::Review)) {
        /// Which measure.
        measure: MeasureId,
        /// Keep or remove.
        outcome: ReviewOutcome,
        /// When it is next due; needed to keep.
        next_on: Option<Date>,
        /// Positive reasons to keep, or reasons to remove.
        reasons: Text,
        /// Where the customer has not been told: why not telling is still right.
        still_withheld: Option<Text>,
    }
    /// Changes what staff must do, what the customer may not, or who is told, of a measure in force.
    VaryMeasure(Account(Action::Review)) {
        /// Which measure.
        measure: MeasureId,
        /// The plan from now on.
        plan: Proposal,
        /// Why.
        reasons: Text,
    }
    /// Names somebody else to answer for a measure.
    ChangeSponsor(Account(Action::Assess)) {
        /// Which measure.
        measure: MeasureId,
        /// Who answers for it from now on.
        sponsor: AccountId,
    }
    /// Logs what a customer whose contact is limited sent or said, and what was done with it.
    LogContact(Account(Action::LogContact)) {
        /// Which measure.
        measure: MeasureId,
        /// The day it came.
        received_on: Date,
        /// How.
        means: Means,
        /// About what.
        matter: Matter,
        /// What was done.
        treatment: Treatment,
        /// The team that is to answer it, where it is passed on.
        passed_to: Option<TeamId>,
        /// What it was about, and what was said.
        words: Text,
    }
    /// Records what was answered to a contact that had been passed on.
    AnswerContact(Account(Action::LogContact)) {
        /// Which measure.
        measure: MeasureId,
        /// Which contact, counted from nought.
        contact: u32,
        /// What was answered.
        words: Text,
    }
    /// Keeps what a lawyer advised on a measure, apart from its file.
    KeepLegalAdvice(Account(Action::KeepLegalAdvice)) {
        /// Which measure.
        measure: MeasureId,
        /// The day it was asked for.
        asked_on: Date,
        /// What was advised.
        words: LegalWords,
    }
    /// Keeps what a subject says is wrong beside the measure.
    RecordDispute(Account(Action::RecordDispute)) {
        /// Which measure.
        measure: MeasureId,
        /// The day it reached the council.
        received_on: Date,
        /// In the subject's own words.
        words: Text,
    }
    /// Answers what a subject says is wrong.
    AnswerDispute(Account(Action::AnswerDispute)) {
        /// Which measure.
        measure: MeasureId,
        /// What came of it.
        outcome: DisputeOutcome,
        /// Why.
        reasons: Text,
    }
    /// Records an appeal, or lodges it where the customer typed it on the public page.
    LodgeAppeal(AccountOrSystem(Action::HandleAppeal)) {
        /// Against which measure.
        measure: MeasureId,
        /// Dates and codes.
        lodged: Lodged,
        /// What the appellant says.
        words: AppealWords,
    }
    /// Gives an appeal to an appeal officer who took no part.
    AssignAppeal(Account(Action::HandleAppeal)) {
        /// Against which measure.
        measure: MeasureId,
        /// To whom.
        officer: AccountId,
    }
    /// Decides an appeal; its effect is carried out at once.
    DecideAppeal(Account(Action::DecideAppeal)) {
        /// Against which measure.
        measure: MeasureId,
        /// Which way.
        outcome: AppealOutcome,
        /// The plan from now on, where it is upheld in part.
        plan: Option<Proposal>,
        /// Why.
        reasons: Text,
    }
    /// Records that the appellant does not go on.
    WithdrawAppeal(Account(Action::HandleAppeal)) {
        /// Against which measure.
        measure: MeasureId,
        /// What they said.
        words: Text,
    }
    /// Records that an ombudsman has taken up what the customer complains of.
    RecordComplaint(Account(Action::RecordComplaint)) {
        /// About which measure.
        measure: MeasureId,
        /// Who took it up.
        ombudsman: Ombudsman,
        /// On which day.
        taken_up_on: Date,
        /// The reference that they gave it.
        reference: Text,
    }
    /// Records how a complaint to an ombudsman ended.
    EndComplaint(Account(Action::RecordComplaint)) {
        /// About which measure.
        measure: MeasureId,
        /// Which way.
        outcome: ComplaintOutcome,
        /// On which day.
        ended_on: Date,
        /// What the ombudsman found.
        found: Text,
        /// What they ask the council to do, if anything.
        asks: Option<Text>,
    }
    /// Sets the next meeting of the Governance Group.
    CallMeeting(Account(Action::KeepMeetings)) {
        /// Fresh.
        meeting: MeetingId,
        /// The day it is held.
        held_on: Date,
        /// Who chairs it.
        chair: AccountId,
    }
    /// Opens a meeting with the members present.
    OpenMeeting(Account(Action::KeepMeetings)) {
        /// Which.
        meeting: MeetingId,
        /// Who chairs it after all.
        chair: AccountId,
        /// The members present, the chair among them.
        present: BTreeSet<AccountId>,
    }
    /// Records what a meeting decides on one measure.
    DecideAtMeeting(Account(Action::KeepMeetings)) {
        /// Which meeting.
        meeting: MeetingId,
        /// Which measure.
        measure: MeasureId,
        /// What.
        outcome: MeetingOutcome,
        /// The members who stood aside.
        aside: BTreeSet<AccountId>,
        /// Why.
        reasons: Text,
        /// When it is next to be reviewed; needed to keep.
        next_on: Option<Date>,
        /// Where the customer has not been told: why not telling is still right.
        still_withheld: Option<Text>,
    }
    /// Records what a meeting asks somebody to do.
    AgreeAction(Account(Action::KeepMeetings)) {
        /// Which meeting.
        meeting: MeetingId,
        /// Who is to do it.
        who: AccountId,
        /// By when.
        by: Date,
        /// What.
        words: Text,
    }
    /// Records that what a meeting asked for is done.
    CompleteAction(Account(Action::KeepMeetings)) {
        /// Which meeting.
        meeting: MeetingId,
        /// Which of its actions, counted from nought.
        action: u32,
    }
    /// Closes a meeting that has decided everything it had to.
    CloseMeeting(Account(Action::KeepMeetings)) {
        /// Which.
        meeting: MeetingId,
        /// What else was said.
        minutes: Text,
    }
    /// Asks that an entry comes off before the next meeting.
    AskRemoval(Account(Action::Meet)) {
        /// Which measure.
        measure: MeasureId,
        /// Why it should not wait.
        reasons: Text,
    }
    /// Agrees that an entry comes off before the next meeting; the chair is one of the two.
    AgreeRemoval(Account(Action::Meet)) {
        /// Which measure.
        measure: MeasureId,
        /// Why the second person agrees.
        reasons: Text,
    }
    /// Confirms for a team that it no longer follows a marker that was withdrawn.
    ConfirmWithdrawal(Account(Action::ConfirmWithdrawal)) {
        /// Which measure.
        measure: MeasureId,
        /// For which team.
        team: TeamId,
    }
    /// Takes a measure off at once: error, death, or a watch period that passed.
    RemoveMeasure(AccountOrSystem(Action::Remove)) {
        /// Which measure.
        measure: MeasureId,
        /// Why.
        reason: EndReason,
        /// In words.
        words: Text,
    }
    /// Stops a file's destruction; the same again for the same ground looks at it afresh.
    HoldFile(Account(Action::Hold)) {
        /// Which measure, incident or subject.
        file: File,
        /// For whom.
        ground: Ground,
        /// When it is to be looked at again.
        review_on: Date,
        /// For whom or what, in words.
        reasons: Text,
    }
    /// Lifts every hold on a file.
    LiftHold(Account(Action::Hold)) {
        /// Which measure, incident or subject.
        file: File,
        /// Why.
        reasons: Text,
    }
    /// Destroys the words of a file whose time has come.
    Destroy(System) {
        /// Which file.
        file: File,
    }
}
