//! Who may do what: one table. Pages draw it, the documents print it, and tests try every cell through the web.
//!
//! The table says how far a role reaches. What depends on the case itself (own report, own decision) is a rule beside the act
//! and refuses in `decide`.

use super::Role;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $label:literal;)*) => {
        /// Something that can be done with the register.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// Every action, in the order of the who-can-do-what page.
            pub const ALL: &[Action] = &[$(Action::$name,)*];

            /// What pages call it, beginning with a verb.
            #[must_use]
            pub const fn label(self) -> &'static str { match self { $(Action::$name => $label,)* } }
        }
    };
}

actions! {
    /// Ask before contact; acknowledge the precautions.
    Check = "Check before contact";
    /// Check for somebody who rings, who is told what they would have been shown.
    CheckFor = "Check for somebody who rings";
    /// Check a list of planned visits in one go.
    Screen = "Check a list of planned visits";
    /// File a report of what happened.
    ReportIncident = "Report an incident";
    /// Open an incident's file.
    ReadIncident = "Read an incident’s file";
    /// Confirm a report of one's own team, or add to it.
    ConfirmIncident = "Confirm or add to a report";
    /// See who reported, and who was named as harmed or as a witness.
    SeeReporter = "See who reported, was harmed or saw it";
    /// Decide where a report goes.
    Triage = "Triage a report";
    /// Open a subject's file.
    ReadSubject = "Read a subject’s file";
    /// Open or correct a subject.
    DescribeSubject = "Open or correct a subject";
    /// Stage and propose a list that a service kept, and take it back.
    Import = "Take in a list that a service kept";
    /// Approve or refuse a list that somebody else proposed.
    ApproveImport = "Approve a list that is taken in";
    /// Certify that a list was destroyed where it had been kept.
    CertifyOldList = "Certify that an old list was destroyed";
    /// Declare that a team keeps no list of its own.
    DeclareNoList = "Declare that a team keeps no list";
    /// See which teams have declared that they keep no list, and whose old lists are still to be destroyed.
    ReadDeclarations = "See which teams keep no list";
    /// Ask for an interim marker.
    AskInterim = "Ask for an interim marker";
    /// Agree or refuse an interim marker that somebody else asked for, with its whole file before one.
    AgreeInterim = "Agree an interim marker";
    /// Open a measure's file.
    ReadMeasure = "Read a measure’s file";
    /// Take everything behind a measure as one document. It is for whoever decides, reviews or hears an appeal, and for those who bring it
    /// before them or before an ombudsman; no line manager, who brings one team's case, carries the whole of it away.
    TakeBundle = "Take the evidence bundle of a measure";
    /// Answer the threshold tests.
    Assess = "Assess a measure";
    /// Allow a measure about somebody under the age threshold.
    AllowUnderAge = "Allow a measure about a young person";
    /// Approve or refuse a measure.
    Decide = "Decide a measure";
    /// Write the letter and record that it was sent.
    WriteLetter = "Write and send a letter";
    /// Approve a letter that somebody else wrote.
    ApproveLetter = "Approve a letter";
    /// Ask that a customer is not told for now.
    WithholdNotice = "Ask to withhold a notice";
    /// Agree that a customer is not told for now.
    AgreeWithholding = "Agree to withhold a notice";
    /// Answer the questions of a review and advise.
    AnswerReview = "Answer the questions of a review";
    /// Reconsider a live measure.
    Review = "Decide a review";
    /// Log what a customer whose contact is limited sent or said, and what was answered.
    LogContact = "Log the contact of a customer whose contact is limited";
    /// Keep what a lawyer advised on a measure.
    KeepLegalAdvice = "Keep legal advice on a measure";
    /// Read it. It is for those who ask for it and those who decide on it; whoever hears an appeal, or sits on the Governance Group, looks at the
    /// measure afresh and not through the council's lawyers.
    ReadLegalAdvice = "Read legal advice on a measure";
    /// Keep what a subject says is wrong beside a measure.
    RecordDispute = "Record what a customer says is wrong";
    /// Answer it.
    AnswerDispute = "Answer what a customer says is wrong";
    /// Record appeals and give them to somebody uninvolved.
    HandleAppeal = "Record and assign an appeal";
    /// Decide an appeal.
    DecideAppeal = "Decide an appeal";
    /// Record that an ombudsman has a complaint, and how it ended.
    RecordComplaint = "Record what an ombudsman takes up and finds";
    /// Call, open and close meetings of the Governance Group, and record what they decide.
    KeepMeetings = "Call and record a meeting";
    /// Sit on the Governance Group.
    Meet = "Sit on the Governance Group";
    /// Confirm for a team that a marker is withdrawn.
    ConfirmWithdrawal = "Confirm that a marker is withdrawn";
    /// Take a measure off at once.
    Remove = "Remove a measure";
    /// Stop destruction, or let it run again.
    Hold = "Place or lift a hold";
    /// Open a decision file that is kept, sealed, after the rest of a measure was destroyed.
    ReadDecisionFile = "Open a sealed decision file";
    /// Read what will be destroyed when, what is held, and the certificates of what was destroyed.
    ReadRetention = "Read what will be destroyed and what was";
    /// Read and save how much was reported, decided, reviewed, appealed against and checked. It is for those who open every file, to whom a
    /// small number tells nothing more, and for the auditor, who is shown no name to put to one; no line manager or appeal officer, who
    /// open files of their own alone, reads off a number of one how another's case ended.
    ReadNumbers = "Read the register in numbers";
    /// Read the council's own risk assessment of the register.
    ReadRisks = "Read the register’s risk assessment";
    /// Raise, judge, transfer and close the council's own risks of running the register.
    KeepRisks = "Keep the register’s risk assessment";
    /// Say who works for the council now, as its directory of staff has it.
    TellStaff = "Say who works for the council";
    /// Open, change and close accounts and teams.
    ManageAccounts = "Manage accounts and teams";
    /// Ask that somebody of one's team gets access, or say that somebody new needs none.
    AskAccess = "Ask for a team’s access";
    /// Say who of one's team keeps access.
    ConfirmAccess = "Say who of a team keeps access";
    /// Say which line managers keep access, and who of a team that has no line manager.
    ConfirmManagers = "Say which line managers keep access";
    /// Say who of the register team keeps access.
    ConfirmRegisterTeam = "Say who of the register team keeps access";
    /// Keep the organisations that are partners, their agreements and their lists of properties.
    KeepPartners = "Keep partners and their agreements";
    /// Approve a sharing agreement that somebody else proposed.
    ApproveAgreement = "Approve a sharing agreement";
    /// Say once a year that a sharing agreement is still right; whoever does not keep partners, only one they answer for.
    ConfirmAgreement = "Confirm a sharing agreement every year";
    /// Open what stands behind one marker, with danger at hand, for an hour.
    BreakGlass = "Break the glass with danger at hand";
    /// Say what came of a glass that somebody else broke.
    ReviewGlass = "Look again at a glass that was broken";
    /// Ask somebody else what looks were for, and say what came of them.
    ReviewLooks = "Ask about looks that stand out, and close them";
    /// Say who is too close to whom a file is about, and let them know of it again.
    ExcludeFromFiles = "Exclude somebody from a file";
    /// Read the markers delivered to one's organisation, and say that it has them.
    ReceiveMarkers = "Receive the markers of one’s own properties";
    /// End a sharing agreement at once.
    EndAgreement = "End a sharing agreement";
    /// Propose a change of the policy, log who was consulted, record its annual review.
    ProposePolicy = "Propose a change of the policy";
    /// Endorse or reject a change of the policy that somebody else proposed.
    EndorsePolicy = "Endorse a change of the policy";
    /// See who goes to customers and does not check.
    ReadCoverage = "See who visits and does not check";
    /// Read how much each of a team looks, and never at whom.
    ReadTeamLooks = "Read how much a team looks";
    /// Read who looked at what.
    ReadAccessLog = "Read the access log";
}

/// How far a permission reaches. Ordered: each reaches further than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Not at all.
    Nothing,
    /// Only what one filed oneself.
    Own,
    /// Only what concerns one's own team.
    Team,
    /// Everything of its kind.
    All,
}

impl Extent {
    /// What the who-can-do-what page says.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Extent::Nothing => "No",
            Extent::Own => "Own reports",
            Extent::Team => "Own team",
            Extent::All => "Yes",
        }
    }
}

use Action as A;
use Extent::{All, Own, Team};
use Role as R;

/// Every cell that is not "No".
pub const PERMISSIONS: &[(Action, &[(Role, Extent)])] = &[
    (
        A::Check,
        &[
            (R::Officer, All),
            (R::Contractor, All),
            (R::Member, All),
            (R::LineManager, All),
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::AppealOfficer, All),
            (R::Partner, All),
            (R::DataProtection, All),
            (R::System, All),
        ],
    ),
    (A::CheckFor, &[(R::RegisterTeam, All)]),
    (A::Screen, &[(R::Officer, All), (R::LineManager, All), (R::RegisterTeam, All)]),
    (
        A::ReportIncident,
        &[
            (R::Officer, All),
            (R::Contractor, All),
            (R::Member, All),
            (R::LineManager, All),
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::AppealOfficer, All),
            (R::Partner, All),
            (R::DataProtection, All),
        ],
    ),
    (
        A::ReadIncident,
        &[
            (R::Officer, Own),
            (R::Contractor, Own),
            (R::Member, Own),
            (R::Partner, Own),
            (R::LineManager, Team),
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::AppealOfficer, All),
            (R::DataProtection, All),
        ],
    ),
    (A::ConfirmIncident, &[(R::LineManager, Team), (R::RegisterTeam, All)]),
    (A::SeeReporter, &[(R::RegisterTeam, All), (R::DataProtection, All)]),
    (A::Triage, &[(R::RegisterTeam, All)]),
    (
        A::ReadSubject,
        &[
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::AppealOfficer, All),
            (R::DataProtection, All),
        ],
    ),
    (A::DescribeSubject, &[(R::RegisterTeam, All)]),
    (A::Import, &[(R::RegisterTeam, All)]),
    (A::ApproveImport, &[(R::RegisterTeam, All), (R::DecisionMaker, All)]),
    (A::CertifyOldList, &[(R::LineManager, Team), (R::RegisterTeam, All)]),
    (A::DeclareNoList, &[(R::LineManager, Team), (R::DecisionMaker, Team)]),
    (
        A::ReadDeclarations,
        &[
            (R::LineManager, Team),
            (R::DecisionMaker, All),
            (R::RegisterTeam, All),
            (R::GovernanceGroup, All),
            (R::DataProtection, All),
        ],
    ),
    (A::AskInterim, &[(R::LineManager, Team), (R::RegisterTeam, All), (R::DecisionMaker, All)]),
    (A::AgreeInterim, &[(R::LineManager, Team), (R::RegisterTeam, All), (R::DecisionMaker, All)]),
    (
        A::ReadMeasure,
        &[
            (R::LineManager, Team),
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::AppealOfficer, All),
            (R::DataProtection, All),
        ],
    ),
    (
        A::TakeBundle,
        &[
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::AppealOfficer, All),
            (R::DataProtection, All),
        ],
    ),
    (A::Assess, &[(R::RegisterTeam, All)]),
    (A::AllowUnderAge, &[(R::DataProtection, All)]),
    (A::Decide, &[(R::DecisionMaker, All)]),
    (A::WriteLetter, &[(R::RegisterTeam, All)]),
    (A::ApproveLetter, &[(R::RegisterTeam, All), (R::DecisionMaker, All)]),
    (A::WithholdNotice, &[(R::DecisionMaker, All)]),
    (A::AgreeWithholding, &[(R::DataProtection, All)]),
    (A::AnswerReview, &[(R::LineManager, Team), (R::RegisterTeam, All)]),
    (A::Review, &[(R::DecisionMaker, All)]),
    (
        A::LogContact,
        &[(R::Officer, Team), (R::LineManager, Team), (R::Contractor, Team), (R::RegisterTeam, All)],
    ),
    (A::KeepLegalAdvice, &[(R::RegisterTeam, All)]),
    (A::ReadLegalAdvice, &[(R::RegisterTeam, All), (R::DecisionMaker, All), (R::DataProtection, All)]),
    (A::RecordDispute, &[(R::RegisterTeam, All), (R::DataProtection, All)]),
    (A::AnswerDispute, &[(R::DataProtection, All)]),
    (A::HandleAppeal, &[(R::RegisterTeam, All)]),
    (A::DecideAppeal, &[(R::AppealOfficer, All)]),
    (A::RecordComplaint, &[(R::RegisterTeam, All), (R::DataProtection, All)]),
    (A::KeepMeetings, &[(R::RegisterTeam, All), (R::GovernanceGroup, All)]),
    (A::Meet, &[(R::GovernanceGroup, All)]),
    (A::ConfirmWithdrawal, &[(R::LineManager, Team), (R::RegisterTeam, All)]),
    (A::Remove, &[(R::RegisterTeam, All), (R::DecisionMaker, All), (R::GovernanceGroup, All)]),
    (A::Hold, &[(R::DataProtection, All)]),
    (A::ReadDecisionFile, &[(R::DataProtection, All)]),
    (A::ReadRetention, &[(R::RegisterTeam, All), (R::GovernanceGroup, All), (R::DataProtection, All)]),
    (
        A::ReadNumbers,
        &[
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::DataProtection, All),
            (R::Auditor, All),
        ],
    ),
    (A::ReadRisks, &[(R::RegisterTeam, All), (R::GovernanceGroup, All), (R::DataProtection, All)]),
    (A::KeepRisks, &[(R::RegisterTeam, All), (R::DataProtection, All)]),
    (A::TellStaff, &[(R::Directory, All)]),
    (A::ManageAccounts, &[(R::RegisterTeam, All), (R::Administrator, All)]),
    (A::AskAccess, &[(R::LineManager, Team)]),
    (A::ConfirmAccess, &[(R::LineManager, Team)]),
    (A::ConfirmManagers, &[(R::RegisterTeam, All)]),
    (A::ConfirmRegisterTeam, &[(R::DecisionMaker, All), (R::Administrator, All)]),
    (A::KeepPartners, &[(R::RegisterTeam, All)]),
    (A::ApproveAgreement, &[(R::DataProtection, All)]),
    (A::ConfirmAgreement, &[(R::LineManager, All), (R::RegisterTeam, All), (R::DecisionMaker, All)]),
    (A::BreakGlass, &[(R::LineManager, All)]),
    (A::ReviewGlass, &[(R::RegisterTeam, All), (R::DataProtection, All)]),
    (A::ReviewLooks, &[(R::DataProtection, All), (R::Auditor, All)]),
    (A::ExcludeFromFiles, &[(R::RegisterTeam, All), (R::DataProtection, All)]),
    (A::ReceiveMarkers, &[(R::Partner, Team), (R::System, Team)]),
    (A::EndAgreement, &[(R::RegisterTeam, All), (R::DataProtection, All)]),
    (A::ProposePolicy, &[(R::PolicyOwner, All)]),
    (A::EndorsePolicy, &[(R::CabinetMember, All)]),
    (
        A::ReadCoverage,
        &[
            (R::LineManager, Team),
            (R::RegisterTeam, All),
            (R::DecisionMaker, All),
            (R::GovernanceGroup, All),
            (R::DataProtection, All),
        ],
    ),
    (A::ReadTeamLooks, &[(R::LineManager, Team), (R::DataProtection, All)]),
    (A::ReadAccessLog, &[(R::DataProtection, All), (R::Auditor, All)]),
];

/// How far `role` may do `action`.
#[must_use]
pub fn extent_of(role: Role, action: Action) -> Extent {
    PERMISSIONS
        .iter()
        .find(|(listed, _)| *listed == action)
        .and_then(|(_, roles)| roles.iter().find(|(listed, _)| *listed == role))
        .map_or(Extent::Nothing, |(_, extent)| *extent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_row_and_no_role_stands_in_it_twice() {
        for action in Action::ALL {
            let rows: Vec<_> = PERMISSIONS.iter().filter(|(listed, _)| listed == action).collect();
            assert_eq!(rows.len(), 1, "{action:?}");
            let mut roles: Vec<_> = rows[0].1.iter().map(|(role, _)| *role).collect();
            roles.sort_unstable();
            roles.dedup();
            assert_eq!(roles.len(), rows[0].1.len(), "{action:?}");
        }
    }

    #[test]
    fn an_administrator_reads_no_file_and_an_auditor_only_logs_and_numbers() {
        for action in Action::ALL {
            let administrator = extent_of(Role::Administrator, *action) > Extent::Nothing;
            let manages = matches!(action, Action::ManageAccounts | Action::ConfirmRegisterTeam);
            assert_eq!(administrator, manages, "{action:?}");
            let auditor = extent_of(Role::Auditor, *action) > Extent::Nothing;
            let oversees =
                matches!(action, Action::ReadAccessLog | Action::ReviewLooks | Action::ReadNumbers);
            assert_eq!(auditor, oversees, "{action:?}");
        }
    }

    #[test]
    fn whoever_changes_the_policy_opens_no_file_and_neither_does_both_parts_of_it() {
        for action in Action::ALL {
            let proposes = extent_of(Role::PolicyOwner, *action) > Extent::Nothing;
            assert_eq!(proposes, *action == Action::ProposePolicy, "{action:?}");
            let endorses = extent_of(Role::CabinetMember, *action) > Extent::Nothing;
            assert_eq!(endorses, *action == Action::EndorsePolicy, "{action:?}");
        }
        assert!(!Role::PolicyOwner.is_check_only() && !Role::CabinetMember.is_check_only());
    }

    #[test]
    fn a_program_asks_receives_and_tells_who_works_and_opens_nothing() {
        for action in Action::ALL {
            let system = extent_of(Role::System, *action) > Extent::Nothing;
            assert_eq!(system, matches!(action, Action::Check | Action::ReceiveMarkers), "{action:?}");
            let directory = extent_of(Role::Directory, *action) > Extent::Nothing;
            assert_eq!(directory, *action == Action::TellStaff, "{action:?}");
        }
    }

    #[test]
    fn whoever_takes_an_evidence_bundle_may_open_every_file_that_it_draws_on() {
        for role in Role::ALL.iter().filter(|role| extent_of(**role, Action::TakeBundle) > Extent::Nothing) {
            for file in [Action::ReadIncident, Action::ReadSubject, Action::ReadMeasure] {
                assert_eq!(extent_of(*role, file), Extent::All, "{role:?}, {file:?}");
            }
        }
    }

    #[test]
    fn nobody_who_only_checks_may_read_a_subject_or_a_measure() {
        for role in Role::ALL.iter().filter(|role| role.is_check_only()) {
            assert_eq!(extent_of(*role, Action::ReadSubject), Extent::Nothing);
            assert_eq!(extent_of(*role, Action::ReadMeasure), Extent::Nothing);
            assert_eq!(extent_of(*role, Action::SeeReporter), Extent::Nothing);
        }
    }
}
