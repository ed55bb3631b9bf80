//! Every command: what a person, or the passing of time, may ask of the register.
//!
//! A command carries fresh references and typed answers; who asks and when comes beside it as a [`Moment`](crate::moment::Moment).

use crate::assessment::{Finding, Proportionality, Proposal, Recommendation, Test};
use crate::decision::Outcome;
use crate::ids::{AccountId, File, IncidentId, MeasureId, SubjectId, TeamId};
use crate::incident::{Attachment, Facts, Identity, Narrative, Route};
use crate::measure::EndReason;
use crate::notice::Delivery;
use crate::people::{AccountDetails, Action, Contact, Grant, Role};
use crate::personal::Text;
use crate::policy::{ChangeNumber, Code, Consulted, Council, Figure, List, Policy, Term};
use crate::review::ReviewOutcome;
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
    /// Only the system itself.
    System,
}

use Permission::{Account, AccountOrSystem, System};

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
    CloseAccount(Account(Action::ManageAccounts)) {
        /// Which.
        account: AccountId,
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
    /// Writes the letter of an approved measure.
    WriteLetter(Account(Action::WriteLetter)) {
        /// Which measure.
        measure: MeasureId,
        /// What happened and why it matters, to the customer, in neutral words and without naming anybody else.
        explanation: Text,
    }
    /// Approves a letter that somebody else wrote.
    ApproveLetter(Account(Action::ApproveLetter)) {
        /// Which measure.
        measure: MeasureId,
    }
    /// Records that an approved letter was sent; the measure is in force from then.
    RecordLetterSent(Account(Action::WriteLetter)) {
        /// Which measure.
        measure: MeasureId,
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
    /// Reconsiders a measure in force.
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
    /// Takes a measure off at once: error, death, an appeal upheld, or a watch period that passed.
    RemoveMeasure(AccountOrSystem(Action::Remove)) {
        /// Which measure.
        measure: MeasureId,
        /// Why.
        reason: EndReason,
        /// In words.
        words: Text,
    }
    /// Stops a measure's destruction.
    HoldMeasure(Account(Action::Hold)) {
        /// Which measure.
        measure: MeasureId,
        /// For whom or what.
        reasons: Text,
    }
    /// Lifts every hold on a measure.
    LiftHold(Account(Action::Hold)) {
        /// Which measure.
        measure: MeasureId,
        /// Why.
        reasons: Text,
    }
    /// Destroys the words of a file whose time has come.
    Destroy(System) {
        /// Which file.
        file: File,
    }
}
