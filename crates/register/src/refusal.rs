//! Refusals: which rule stopped what was asked, in words that can be shown to the person, with the clause behind it.
//!
//! A refusal is an answer, not a fault: nothing was changed, and what was typed is kept by whoever asked.

use crate::assessment::{Part, Test};
use crate::contact::{Detail, Place};
use crate::ids::{File, ImportId, MeasureId};
use crate::import::MOST_ENTRIES;
use crate::measure::Stage;
use crate::people::Action;
use crate::policy::{Clause, Code, Figure, LONGEST_CLAUSE, LONGEST_WORDS, List};
use crate::review::Question;
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt;

/// The rule that stopped it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The roles of this account do not allow the action.
    NotPermitted(Action),
    /// The register has not been set up.
    NotOpened,
    /// The register was set up before.
    AlreadyOpened,
    /// A figure of the policy would leave its bounds.
    OutOfBounds(Figure),
    /// The red band would be reviewed later than the rest.
    RedReviewedLater,
    /// A list of the policy would be empty.
    ListEmpty(List),
    /// A list of the policy would have a code twice.
    CodeTwice(List, Code),
    /// A code of the policy would mean nothing, or far too much.
    CodeWords(List, Code),
    /// A code of an alleged offence would be gone.
    OffenceCode(Code),
    /// Something live rests on a code that would be gone.
    CodeInUse(List, Code),
    /// A clause of letters would say nothing, or far too much.
    ClauseWords(Clause),
    /// A clause of letters would leave out what the customer is owed.
    ClauseMustSay(Clause, Cow<'static, str>),
    /// A clause of letters would have a blank that nothing fills in.
    ClauseBlank(Clause, String),
    /// An endorsed change takes the code out.
    CodeGoing(Code),
    /// It is what is in force already.
    NothingChanges,
    /// Another change is not settled yet.
    ChangeOpen,
    /// No change of this number waits.
    NoChange,
    /// Nobody was consulted about the change.
    NotConsulted,
    /// The day on which it is to take force has passed or lies too far ahead.
    EffectiveDate {
        /// The latest day that may be chosen.
        latest: Date,
    },
    /// A fresh reference is already in use; draw another.
    ReferenceTaken,
    /// No such file, or not for this reader to know.
    NoSuchFile,
    /// No such account.
    NoSuchAccount,
    /// No such team.
    NoSuchTeam,
    /// The words of the file are destroyed.
    Destroyed,
    /// Only the passing of time does this.
    OnlyByTime,
    /// It is not due yet.
    NotDue,
    /// It was done before.
    AlreadyDone,
    /// Another team has this name.
    TeamNameTaken,
    /// Another account has this mail address.
    EmailTaken,
    /// An account needs a role.
    NoRole,
    /// Administrators never read a file.
    AdministratorReads,
    /// Nobody changes their own roles.
    OwnRoles,
    /// Nobody closes their own account.
    OwnAccount,
    /// Nobody asks or agrees what their own account is given.
    OwnGrant,
    /// Nothing of the kind waits for this account.
    NothingAsked,
    /// The account is closed.
    AccountClosed,
    /// The account is suspended.
    AccountSuspended,
    /// A manager asks for no role that does more than ask and tell.
    RolesBeyondAsking,
    /// A contractor's access is for a time.
    NoLastDay,
    /// The last day lies before the first, or has passed.
    LastDay,
    /// No answer was given for anybody.
    NothingAnswered,
    /// Nobody answers for their own account.
    OwnAccess,
    /// Another version of the policy is in force by now.
    AnotherPolicy,
    /// A question of the training has no answer.
    QuestionsLeft,
    /// Too few answers were right.
    NotPassed {
        /// So many were right.
        right: usize,
        /// Of so many.
        of: usize,
    },
    /// It would leave nobody who may do it.
    NobodyElse(Action),
    /// A person's file needs a name.
    SubjectWithoutName,
    /// A person does not become premises, nor premises a person.
    SubjectKindChanged,
    /// It cannot have happened after today.
    HappenedInFuture,
    /// At least one behaviour.
    NoBehaviour,
    /// Not a code of the policy in force.
    UnknownCode(Code),
    /// Nobody triages, confirms or approves their own report.
    OwnReport,
    /// The incident is another team's.
    OtherTeam,
    /// It was triaged before.
    AlreadyTriaged,
    /// No measure without saying whom it is about.
    SubjectNotIdentified,
    /// A measure of this kind about this subject is already open.
    MeasureAlreadyOpen(MeasureId),
    /// The measure is about another subject.
    DifferentSubject,
    /// The measure has ended.
    MeasureEnded,
    /// The measure is at another stage.
    WrongStage(Stage),
    /// There is no interim marker to agree.
    NoInterim,
    /// The same person cannot do both parts.
    SecondPersonNeeded,
    /// Whoever reported it takes no part in deciding it.
    ReportedIt,
    /// Whoever assessed it does not decide it.
    AssessedIt,
    /// Whoever assessed it has since reported an incident behind it.
    AssessorReported,
    /// The right person has not been established.
    IdentityDoubtful,
    /// A part of the assessment is missing.
    AssessmentMissing(Part),
    /// A threshold test does not hold.
    TestFails(Test),
    /// The subject's age has not been established.
    AgeUnknown,
    /// The subject is under age and the data protection officer has not agreed.
    UnderAge,
    /// The plan lacks what this kind of measure needs.
    PlanWithout(List),
    /// There is no plan.
    NoPlan,
    /// A test that a measure of this kind is not put to.
    TestNotAsked(Test),
    /// A restriction does not say what it comes to.
    LimitWithout(Detail),
    /// Nobody can be kept from there.
    NeverLimited(Place),
    /// The limits leave no way to be in touch.
    CutOff,
    /// The contact of this customer is not limited.
    NotLimited,
    /// The account deals neither with the case nor with the customer.
    NotOfThisCase,
    /// What was not answered before is not left.
    OnItsMerits,
    /// The plan does not say that messages are left.
    ToBeAnswered,
    /// What the subject said before is not answered yet.
    DisputeOpen,
    /// Only premises have occupants.
    NotPremises,
    /// An entry names the teams that are told.
    NoAudience,
    /// Each team of the audience once, with a reason.
    AudienceWithoutReason,
    /// The summary is too long.
    SummaryTooLong,
    /// The review date has passed or lies too far ahead.
    ReviewDate {
        /// The latest date that may be chosen.
        latest: Date,
    },
    /// Not telling the customer has not been decided afresh.
    WithholdingNotReconsidered,
    /// The subject has no current address.
    NoAddress,
    /// The explanation names somebody who reported, was harmed or saw it.
    LetterNamesProtected,
    /// No letter has been written.
    NoLetter,
    /// The letter has not been approved by a second person.
    LetterNotApproved,
    /// The address changed after the letter was written.
    AddressChanged,
    /// The letter was not sent before it was approved, nor after today.
    SentDate,
    /// Nobody has asked to withhold the notice.
    NoWithholding,
    /// Whether it is still justified is asked at a review.
    ReviewFirst,
    /// A question of the review has no answer.
    QuestionMissing(Question),
    /// The questions of the review have not been answered.
    ReviewNotAnswered,
    /// Its removal waits for the Governance Group.
    WithGovernanceGroup,
    /// The plan is the one that holds already.
    NothingVaried,
    /// An appeal against it waits for a decision.
    AppealOpen,
    /// No appeal waits.
    NoAppeal,
    /// An appeal says on what grounds.
    NoGround,
    /// An appeal arrives after the decision and not after today.
    AppealDate,
    /// Who appeals for the customer is not said.
    NoRepresentative,
    /// The account does not hear appeals.
    NotAnAppealOfficer,
    /// Whoever took part does not hear the appeal.
    TookPart,
    /// The appeal has not been given to anybody.
    AppealNotAssigned,
    /// The appeal was given to somebody else.
    OthersAppeal,
    /// Only a late appeal may go unheard.
    AppealInTime,
    /// An ombudsman looks at what an appeal was decided about, and only where it was not upheld.
    NoAppealDecided,
    /// An ombudsman has a complaint about it already.
    ComplaintOpen,
    /// No ombudsman ever had a complaint about it.
    NoComplaint,
    /// How the complaint ended was recorded before.
    ComplaintEnded,
    /// The day lies before what it follows from, or after today.
    ComplaintDate,
    /// A meeting is not called for a day that has passed.
    MeetingDate,
    /// Another meeting is called and not yet over.
    MeetingCalled,
    /// The account does not sit on the Governance Group.
    NotAMember,
    /// Too few members.
    NoQuorum {
        /// How many the policy asks for.
        needed: u32,
    },
    /// The chair takes no part.
    NoChair,
    /// The meeting does not sit.
    NotSitting,
    /// A member who had a hand in the measure has not stood aside.
    StandAside,
    /// The Governance Group decides on entries only.
    NotAnEntry,
    /// It was not removed between meetings, or a meeting has looked at it.
    NothingToRatify,
    /// What is to be done by a day that has passed.
    ActionDate,
    /// The agenda is not finished.
    AgendaLeft {
        /// How many items wait.
        left: usize,
    },
    /// Nobody has asked to remove it before the next meeting.
    NoRemoval,
    /// No letter of this occasion is owed.
    NoLetterOwed,
    /// The team was not shown it, or has confirmed already.
    NothingToConfirm,
    /// A hold stops destruction.
    Held,
    /// There is no hold.
    NoHold,
    /// The risk was closed.
    RiskClosed,
    /// Something is to be done about a risk, and nobody says what.
    NoRiskAction,
    /// The deadline has passed.
    DeadlinePassed,
    /// A list of a service would bring nothing.
    NothingToTakeIn,
    /// A list of a service would bring more than is taken in at once.
    TooManyEntries,
    /// What is approved is not what was proposed.
    NotAsProposed,
    /// A row of a list cannot become an entry.
    InRow(u32, Box<Refusal>),
    /// A list that nobody assessed puts no child on the register.
    ChildOnList,
    /// The list was not taken in, or was taken back before.
    NothingToUndo,
    /// Somebody has gone on from what the list brought.
    GoneOn(File),
    /// The list has not been taken in.
    NotTakenIn,
    /// The list was not destroyed before it was taken in, nor after today.
    OldListDate,
    /// A list of the team is still to be destroyed.
    OldListStands(ImportId),
    /// A partner whose team is to be told has no agreement in force.
    NoAgreement,
    /// An agreement ends after it begins.
    AgreementDates,
    /// An agreement shares at least what to do, for some purpose.
    SharesNothing,
    /// Whoever answers for an agreement, or keeps partners, confirms it.
    OthersAgreement,
    /// The agreement has not begun, or is over.
    NotInForce,
    /// Three times in thirty days is no emergency any more.
    GlassTooOften,
    /// Neither whoever broke a glass nor their manager says what came of it.
    OwnGlass,
    /// Nobody asks about their own looks or closes them.
    OwnLooks,
    /// A line manager does not ask about the looks of their own people or close them.
    ManagesReader,
    /// No question of this number was put to them.
    NoQuestion,
    /// The question was answered before.
    QuestionAnswered,
    /// No look was named.
    NoLooks,
    /// Nobody excludes themselves: they would learn what to look for.
    OwnExclusion,
    /// They are not excluded from this file, or by another that is joined to it.
    NotExcluded,
    /// Markers are delivered for a partner's own properties alone.
    DeliversElsewhere,
    /// What was delivered is no longer what is told.
    ToldOtherwise,
    /// The team is another partner's.
    OthersTeam,
    /// A partner's workers open no file.
    PartnerReads,
    /// A program's role with another.
    ProgramAlone,
    /// A person is given a program's secret, or a program what a person signs in with.
    NotSuchAnAccount,
    /// The directory of staff tells of an account that is no person's.
    NotOfStaff,
    /// There is no incident yet.
    WithoutIncident,
    /// The files are joined already.
    AlreadyJoined,
    /// The file is not joined to another.
    NotJoined,
}

impl Refusal {
    /// Where the rule comes from.
    #[must_use]
    pub fn clause(&self) -> &'static str {
        match self {
            Refusal::OutOfBounds(figure) => figure.bound().rule,
            Refusal::RedReviewedLater => {
                "The more is asked of the customer, the sooner it is looked at again"
            }
            Refusal::OffenceCode(_) => "UK GDPR art. 10: what tells of an alleged offence is known as such",
            Refusal::ClauseMustSay(..) => {
                "UK GDPR arts. 12 and 14, and the ombudsman’s guidance: what a letter owes its customer"
            }
            Refusal::NotConsulted => "Cabinet report 2020, 5.2: staff and their unions are consulted",
            Refusal::EffectiveDate { .. }
            | Refusal::NothingChanges
            | Refusal::ChangeOpen
            | Refusal::NoChange => {
                "Cabinet report 2020, recommendation 2: updated by the manager in consultation with the Cabinet Member"
            }
            Refusal::NotPermitted(_)
            | Refusal::AdministratorReads
            | Refusal::OwnRoles
            | Refusal::OwnAccount
            | Refusal::OwnGrant
            | Refusal::OwnAccess
            | Refusal::RolesBeyondAsking
            | Refusal::NobodyElse(_)
            | Refusal::NotOfThisCase
            | Refusal::OtherTeam => "Cabinet report 2020: clear roles and responsibilities",
            Refusal::OwnReport
            | Refusal::SecondPersonNeeded
            | Refusal::ReportedIt
            | Refusal::AssessedIt
            | Refusal::AssessorReported
            | Refusal::NotAnAppealOfficer
            | Refusal::TookPart
            | Refusal::OthersAppeal
            | Refusal::StandAside
            | Refusal::LetterNotApproved => "No one decides alone",
            Refusal::NothingToTakeIn
            | Refusal::TooManyEntries
            | Refusal::NotTakenIn
            | Refusal::OldListDate
            | Refusal::OldListStands(_) => {
                "Cabinet report 2020, risk of lists held elsewhere: one register, not one per service"
            }
            Refusal::NoAgreement
            | Refusal::AgreementDates
            | Refusal::SharesNothing
            | Refusal::OthersAgreement
            | Refusal::NotInForce
            | Refusal::DeliversElsewhere
            | Refusal::ToldOtherwise
            | Refusal::OthersTeam
            | Refusal::PartnerReads => "Cabinet report 2020, 5.1: arrangements for data sharing",
            Refusal::NotAsProposed => "No one decides alone",
            Refusal::InRow(_, because) => because.clause(),
            Refusal::ChildOnList => "Children are not listed without a second safeguard",
            Refusal::WithoutIncident
            | Refusal::IdentityDoubtful
            | Refusal::SubjectNotIdentified
            | Refusal::AssessmentMissing(_)
            | Refusal::TestFails(_)
            | Refusal::TestNotAsked(_)
            | Refusal::LimitWithout(_)
            | Refusal::PlanWithout(_)
            | Refusal::NoPlan => {
                "Cabinet report 2020, legal implications: last resort, necessary and proportionate"
            }
            Refusal::NeverLimited(_) | Refusal::CutOff => {
                "Cabinet report 2020, corporate implications: whoever is sanctioned still reaches services"
            }
            Refusal::NotLimited | Refusal::OnItsMerits | Refusal::ToBeAnswered => {
                "Cabinet report 2020, 3.1: persistent complaints are dealt with fairly, each on its merits"
            }
            Refusal::DisputeOpen => "UK GDPR art. 16: what is wrong is put right",
            Refusal::AgeUnknown | Refusal::UnderAge => "Children are not listed without a second safeguard",
            Refusal::NoAudience | Refusal::AudienceWithoutReason => {
                "Clift v Slough [2010] EWCA Civ 1484: told only to those who will meet the customer"
            }
            Refusal::AppealOpen
            | Refusal::NoAppeal
            | Refusal::NoGround
            | Refusal::AppealDate
            | Refusal::NoRepresentative
            | Refusal::AppealNotAssigned
            | Refusal::AppealInTime => "Cabinet report 2020: a customer’s right of appeal",
            Refusal::NoAppealDecided
            | Refusal::ComplaintOpen
            | Refusal::NoComplaint
            | Refusal::ComplaintEnded
            | Refusal::ComplaintDate => {
                "Local Government Act 1974, s. 26: the ombudsman looks at it once the council has had its say"
            }
            Refusal::MeetingDate
            | Refusal::MeetingCalled
            | Refusal::NotAMember
            | Refusal::NoQuorum { .. }
            | Refusal::NoChair
            | Refusal::NotSitting
            | Refusal::NotAnEntry
            | Refusal::NothingToRatify
            | Refusal::WithGovernanceGroup
            | Refusal::ActionDate
            | Refusal::AgendaLeft { .. }
            | Refusal::NoRemoval => {
                "Cabinet report 2020, 6.2: removals are discussed by the Governance Group"
            }
            Refusal::GlassTooOften | Refusal::OwnGlass | Refusal::OwnLooks | Refusal::ManagesReader => {
                "No one decides alone"
            }
            Refusal::NoQuestion | Refusal::QuestionAnswered | Refusal::NoLooks => {
                "UK GDPR art. 5(2): whoever looks answers for it, once"
            }
            Refusal::OwnExclusion | Refusal::NotExcluded => {
                "UK GDPR art. 5(1)(f): nobody who could use it against somebody knows of it"
            }
            Refusal::NothingToConfirm => "UK GDPR art. 19: those who were told are told that it is over",
            Refusal::ReviewDate { .. }
            | Refusal::ReviewFirst
            | Refusal::QuestionMissing(_)
            | Refusal::ReviewNotAnswered
            | Refusal::NothingVaried => {
                "Cabinet report 2020, 6.1: each entry is reviewed at least six monthly"
            }
            Refusal::WithholdingNotReconsidered
            | Refusal::NoWithholding
            | Refusal::NoAddress
            | Refusal::NoLetter
            | Refusal::NoLetterOwed
            | Refusal::AddressChanged
            | Refusal::SentDate => "UK GDPR art. 14: the customer is told",
            Refusal::LetterNamesProtected => "DPA 2018 sch. 2 para. 16: third parties are protected",
            Refusal::Held | Refusal::NotDue | Refusal::OnlyByTime | Refusal::Destroyed => {
                "UK GDPR art. 5(1)(e): kept no longer than needed"
            }
            Refusal::NotOpened
            | Refusal::AlreadyOpened
            | Refusal::ListEmpty(_)
            | Refusal::CodeTwice(..)
            | Refusal::CodeWords(..)
            | Refusal::CodeInUse(..)
            | Refusal::ClauseWords(_)
            | Refusal::ClauseBlank(..)
            | Refusal::CodeGoing(_)
            | Refusal::ReferenceTaken
            | Refusal::NoSuchFile
            | Refusal::NoSuchAccount
            | Refusal::NoSuchTeam
            | Refusal::AlreadyDone
            | Refusal::TeamNameTaken
            | Refusal::EmailTaken
            | Refusal::NoRole
            | Refusal::ProgramAlone
            | Refusal::NotSuchAnAccount
            | Refusal::NotOfStaff
            | Refusal::NothingAsked
            | Refusal::AccountClosed
            | Refusal::AccountSuspended
            | Refusal::NoLastDay
            | Refusal::LastDay
            | Refusal::NothingAnswered
            | Refusal::AnotherPolicy
            | Refusal::QuestionsLeft
            | Refusal::NotPassed { .. }
            | Refusal::SubjectWithoutName
            | Refusal::SubjectKindChanged
            | Refusal::NotPremises
            | Refusal::HappenedInFuture
            | Refusal::NoBehaviour
            | Refusal::UnknownCode(_)
            | Refusal::AlreadyTriaged
            | Refusal::MeasureAlreadyOpen(_)
            | Refusal::DifferentSubject
            | Refusal::MeasureEnded
            | Refusal::WrongStage(_)
            | Refusal::NoInterim
            | Refusal::SummaryTooLong
            | Refusal::NoHold
            | Refusal::NothingToUndo
            | Refusal::GoneOn(_)
            | Refusal::AlreadyJoined
            | Refusal::NotJoined
            | Refusal::RiskClosed => "The register keeps one true version",
            Refusal::NoRiskAction | Refusal::DeadlinePassed => "Cabinet report 2020: risk assessment",
        }
    }
}

/// What a part of an assessment is called in a sentence.
fn part(part: Part) -> &'static str {
    match part {
        Part::Test(test) => test.label(),
        Part::Plan => "the plan",
        Part::Proportionality => "the proportionality record",
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotPermitted(action) => {
                write!(f, "Your role does not allow this: {}. Ask your manager or the register team", action.label())
            }
            Refusal::NotOpened => f.write_str("This register has not been set up yet"),
            Refusal::AlreadyOpened => f.write_str("This register has already been set up"),
            Refusal::OutOfBounds(figure) => {
                let (bound, unit) = (figure.bound(), figure.unit());
                let (least, most) = (bound.least, bound.most);
                write!(f, "{} must be between {least} and {most} {}", figure.label(), unit.label(most))
            }
            Refusal::RedReviewedLater => write!(
                f,
                "{} must be no longer than {}",
                Figure::RedReviewInterval.label(),
                Figure::ReviewInterval.label().to_lowercase()
            ),
            Refusal::ListEmpty(list) => write!(f, "{} must have at least one code", list.label()),
            Refusal::CodeTwice(list, code) => write!(f, "{} must have {code} only once", list.label()),
            Refusal::CodeWords(list, code) => {
                write!(f, "{} must say what {code} means, in at most {LONGEST_WORDS} characters", list.label())
            }
            Refusal::OffenceCode(code) => {
                write!(f, "{} must keep {code}: it tells of an alleged offence", List::Behaviour.label())
            }
            Refusal::CodeInUse(list, code) => write!(
                f,
                "{} must keep {code} for now: a measure or report that is not settled rests on it",
                list.label()
            ),
            Refusal::ClauseWords(clause) => {
                write!(f, "The clause “{}” must say something, in at most {LONGEST_CLAUSE} characters", clause.label())
            }
            Refusal::ClauseMustSay(clause, what) => write!(f, "The clause “{}” must say “{what}”", clause.label()),
            Refusal::ClauseBlank(clause, name) => {
                write!(f, "The clause “{}” must not have {{{name}}}: nothing fills it in", clause.label())
            }
            Refusal::CodeGoing(code) => {
                write!(f, "{code} is about to leave the policy. Choose another from the list")
            }
            Refusal::NothingChanges => f.write_str("This is what the policy says already. Change something, or record that it was reviewed"),
            Refusal::ChangeOpen => f.write_str("A change of the policy is already on its way. It must be settled first"),
            Refusal::NoChange => f.write_str("There is no such change to settle. It may have been settled meanwhile"),
            Refusal::NotConsulted => f.write_str("Log who was consulted before this is endorsed"),
            Refusal::EffectiveDate { latest } => write!(
                f,
                "The day from which it is in force must be today or later, and no later than {}",
                latest.strftime("%-d %B %Y")
            ),
            Refusal::ReferenceTaken => f.write_str("The reference drawn for this was already in use. Try again"),
            Refusal::NoSuchFile => f.write_str("There is no such file"),
            Refusal::NoSuchAccount => f.write_str("There is no such account"),
            Refusal::NoSuchTeam => f.write_str("There is no such team. Choose one from the list"),
            Refusal::Destroyed => f.write_str("This file has been destroyed because its time had come"),
            Refusal::OnlyByTime => f.write_str("Nobody can do this by hand: it happens when its time has come"),
            Refusal::NotDue => f.write_str("This is not due yet"),
            Refusal::AlreadyDone => f.write_str("This has already been done"),
            Refusal::TeamNameTaken => f.write_str("Another team already has this name"),
            Refusal::EmailTaken => f.write_str("Another account already uses this email address"),
            Refusal::NoRole => f.write_str("Choose at least one role"),
            Refusal::AdministratorReads => {
                f.write_str("A system administrator never reads a file, so has no other role")
            }
            Refusal::OwnRoles => f.write_str("You cannot change your own roles. Ask somebody else who manages accounts"),
            Refusal::OwnAccount => f.write_str("You cannot close your own account. Ask somebody else who manages accounts"),
            Refusal::OwnGrant => {
                f.write_str("This is your own account. Ask two other people who manage accounts")
            }
            Refusal::NothingAsked => {
                f.write_str("Nobody has asked for this, or it was asked for more than three days ago. Ask for it again")
            }
            Refusal::NoAgreement => f.write_str(
                "One of these teams works for a partner that has no sharing agreement in force, so nobody may tell it",
            ),
            Refusal::AgreementDates => f.write_str("The agreement must end after it begins"),
            Refusal::SharesNothing => {
                f.write_str("The agreement must share at least what to do, and name at least one purpose")
            }
            Refusal::OthersAgreement => f.write_str("Somebody else answers for this agreement"),
            Refusal::NotInForce => f.write_str("This agreement has not begun, or is over"),
            Refusal::GlassTooOften => f.write_str(
                "You have broken the glass three times in thirty days. Ring the duty desk: they tell you what you need",
            ),
            Refusal::OwnGlass => {
                f.write_str("Somebody else than whoever broke it, and not their manager, says what came of it")
            }
            Refusal::OwnLooks => f.write_str("Somebody else asks about your looks, and says what came of them"),
            Refusal::ManagesReader => f.write_str(
                "You manage whoever looked. Somebody else asks about their looks, and says what came of them",
            ),
            Refusal::NoQuestion => f.write_str("You were asked no such question"),
            Refusal::QuestionAnswered => {
                f.write_str("You have answered this. Tell the data protection officer if you want to add to it")
            }
            Refusal::NoLooks => f.write_str("No look was named"),
            Refusal::OwnExclusion => f.write_str("Somebody else says that you are too close to a file"),
            Refusal::NotExcluded => f.write_str("This person is not excluded from this file"),
            Refusal::DeliversElsewhere => f.write_str(
                "Markers are delivered without asking for the partner’s own properties only. Choose its own properties, or do not share them without asking",
            ),
            Refusal::ToldOtherwise => {
                f.write_str("What is told of this marker has changed since it was shown to you. Read it again, then confirm it")
            }
            Refusal::OthersTeam => f.write_str("This team belongs to another partner"),
            Refusal::PartnerReads => {
                f.write_str("The workers of a partner check and report only. Nobody among them has a role that reads files")
            }
            Refusal::ProgramAlone => f.write_str("The account of a program has one role: open another for another"),
            Refusal::NotSuchAnAccount => f.write_str(
                "A program has an account of its own: it is not turned into a person’s or moved, and no person is given its secret",
            ),
            Refusal::NotOfStaff => f.write_str("The directory of staff tells of people, and of no program"),
            Refusal::AccountClosed => f.write_str("This account is closed"),
            Refusal::AccountSuspended => f.write_str("This account is suspended"),
            Refusal::RolesBeyondAsking => {
                f.write_str("You can ask for roles that check and report. Ask the register team for any other")
            }
            Refusal::NoLastDay => f.write_str("Enter the last day: a contractor’s access is for a time"),
            Refusal::LastDay => f.write_str("The last day must not lie before the first, nor in the past"),
            Refusal::NothingAnswered => f.write_str("Answer for at least one person"),
            Refusal::AnotherPolicy => f.write_str("The policy has changed since you opened this page. Read what is in force now"),
            Refusal::QuestionsLeft => f.write_str("Answer every question"),
            Refusal::NotPassed { right, of } => {
                write!(f, "Too few answers are right: {right} of {of}. Read why, and try again with other questions")
            }
            Refusal::OwnAccess => f.write_str("This is your own account. Somebody else answers for it"),
            Refusal::NobodyElse(action) => {
                write!(f, "Nobody else could do this: {}", action.label().to_lowercase())
            }
            Refusal::SubjectWithoutName => f.write_str("Enter at least one name for this person"),
            Refusal::SubjectKindChanged => {
                f.write_str("A person’s file cannot become a place’s file, or the other way round. Open a new file")
            }
            Refusal::HappenedInFuture => f.write_str("The date must be today or in the past"),
            Refusal::NoBehaviour => f.write_str("Choose at least one kind of behaviour"),
            Refusal::UnknownCode(code) => write!(f, "{code} is not in the policy now in force. Choose from the list"),
            Refusal::OwnReport => f.write_str("You reported this yourself, so somebody else must deal with it"),
            Refusal::OtherTeam => f.write_str("This was reported by another team"),
            Refusal::AlreadyTriaged => f.write_str("This report has already been triaged"),
            Refusal::SubjectNotIdentified => f.write_str("Say whom or what place this is about before you propose a measure"),
            Refusal::MeasureAlreadyOpen(open) => {
                write!(f, "There is already one about this subject, {open}. Add the incident to it instead")
            }
            Refusal::DifferentSubject => f.write_str("That measure is about somebody else"),
            Refusal::MeasureEnded => f.write_str("This measure has ended"),
            Refusal::WrongStage(stage) => {
                write!(f, "This cannot be done now. The measure is at this stage: {}", stage.label())
            }
            Refusal::NoInterim => f.write_str("Nobody has asked for an interim marker"),
            Refusal::SecondPersonNeeded => f.write_str("You did the first part, so a second person must do this"),
            Refusal::ReportedIt => f.write_str("You reported an incident behind this, so somebody else must deal with it"),
            Refusal::AssessedIt => f.write_str("You took part in assessing this, so somebody else must decide it"),
            Refusal::AssessorReported => f.write_str(
                "Somebody who assessed this has since reported an incident behind it. Refuse it, and have it assessed by somebody else",
            ),
            Refusal::IdentityDoubtful => {
                f.write_str("Nobody has established who this was. Triage must say that it is certain or likely first")
            }
            Refusal::AssessmentMissing(missing) => write!(f, "The assessment is not complete: {}", part(*missing)),
            Refusal::TestFails(test) => write!(f, "A measure needs every test to hold. This one does not: {}", test.label()),
            Refusal::AgeUnknown => f.write_str("Say at least about how old this person is, on their file, before you go on"),
            Refusal::UnderAge => f.write_str("This person is under 18. The data protection officer must agree first"),
            Refusal::PlanWithout(List::Restriction) => f.write_str("Choose at least one restriction"),
            Refusal::PlanWithout(_) => f.write_str("Choose at least one precaution"),
            Refusal::NoPlan => f.write_str("There is no plan yet"),
            Refusal::TestNotAsked(test) => {
                write!(f, "This is not asked of a measure of this kind: {}", test.label())
            }
            Refusal::LimitWithout(detail) => write!(f, "Say what the restriction comes to: {}", detail.label()),
            Refusal::NeverLimited(place) => {
                write!(f, "Nobody can be kept from this: {}. Take it out", place.label())
            }
            Refusal::CutOff => f.write_str("This leaves the customer no way to be in touch. Leave at least one open"),
            Refusal::NotLimited => f.write_str("This customer’s contact is not limited, so there is nothing to log"),
            Refusal::NotOfThisCase => f.write_str("Your team does not deal with this customer"),
            Refusal::OnItsMerits => f.write_str(
                "This is not what was answered before: answer it, or pass it on to the team that will",
            ),
            Refusal::ToBeAnswered => f.write_str(
                "The limits do not say that messages are left without an answer: answer it, or pass it on",
            ),
            Refusal::DisputeOpen => f.write_str("What the customer said before waits for its answer. Answer that first"),
            Refusal::NotPremises => f.write_str("This file is about a person. Correct the address instead"),
            Refusal::NoAudience => f.write_str("Choose at least one team that will meet this customer"),
            Refusal::AudienceWithoutReason => {
                f.write_str("For each team that is told, say once why it will meet this customer")
            }
            Refusal::SummaryTooLong => f.write_str("The summary must be 300 characters or less"),
            Refusal::ReviewDate { latest } => {
                write!(f, "The review date must be after today and no later than {}", latest.strftime("%-d %B %Y"))
            }
            Refusal::WithholdingNotReconsidered => {
                f.write_str("The customer has not been told. Say why not telling is still right, or write to them")
            }
            Refusal::NoAddress => f.write_str("There is no current address to write to. Add one to the file, or ask to withhold the notice"),
            Refusal::LetterNamesProtected => {
                f.write_str("The explanation names somebody who reported this, was harmed by it or saw it. Take the name out")
            }
            Refusal::NoLetter => f.write_str("No letter has been written yet"),
            Refusal::LetterNotApproved => f.write_str("A second person must approve the letter before it is sent"),
            Refusal::AddressChanged => {
                f.write_str("The address has changed since the letter was written. Write it again to the new address")
            }
            Refusal::SentDate => f.write_str("The date sent must be on or after the day it was approved, and not after today"),
            Refusal::NoWithholding => f.write_str("Nobody has asked to withhold this notice"),
            Refusal::QuestionMissing(question) => write!(f, "Answer every question: {}", question.label()),
            Refusal::ReviewNotAnswered => f.write_str(
                "The questions of this review have not been answered yet. Whoever answers for the measure answers them first",
            ),
            Refusal::WithGovernanceGroup => {
                f.write_str("Its removal has been proposed. The Governance Group decides at its next meeting")
            }
            Refusal::NothingVaried => f.write_str("Say what changes: this is what holds already"),
            Refusal::AppealOpen => f.write_str("An appeal against this is already waiting for a decision. Add to it instead"),
            Refusal::NoAppeal => f.write_str("No appeal against this is waiting"),
            Refusal::NoGround => f.write_str("Choose at least one reason for the appeal"),
            Refusal::AppealDate => {
                f.write_str("The day the appeal arrived must be on or after the decision, and not after today")
            }
            Refusal::NoRepresentative => f.write_str("Say who appeals for the customer and how to reach them"),
            Refusal::NotAnAppealOfficer => f.write_str("Choose somebody who hears appeals"),
            Refusal::TookPart => f.write_str(
                "This person had a hand in the case, so cannot hear the appeal. Give it to somebody who took no part",
            ),
            Refusal::AppealNotAssigned => f.write_str("This appeal has not been given to an appeal officer yet"),
            Refusal::OthersAppeal => f.write_str("This appeal was given to somebody else"),
            Refusal::AppealInTime => f.write_str("This appeal arrived in time, so it must be heard"),
            Refusal::NoAppealDecided => f.write_str(
                "An ombudsman looks at this once an appeal against it was decided, and only if it was not upheld",
            ),
            Refusal::ComplaintOpen => {
                f.write_str("An ombudsman already has a complaint about this. Record first how that one ended")
            }
            Refusal::NoComplaint => f.write_str("No ombudsman has taken up a complaint about this"),
            Refusal::ComplaintEnded => f.write_str("How this complaint ended is recorded already"),
            Refusal::ComplaintDate => f.write_str(
                "The day must not be after today, nor before the appeal was decided or the complaint was taken up",
            ),
            Refusal::MeetingDate => f.write_str("The day of the meeting must be today or later"),
            Refusal::MeetingCalled => f.write_str("A meeting is already called. Hold and close that one first"),
            Refusal::NotAMember => f.write_str("Choose only people who sit on the Governance Group"),
            Refusal::NoQuorum { needed } => {
                write!(f, "At least {needed} members must decide, without those who stand aside")
            }
            Refusal::NoChair => f.write_str("Whoever chairs the Governance Group must be one of them"),
            Refusal::NotSitting => f.write_str("This meeting is not open"),
            Refusal::StandAside => f.write_str(
                "A member who is present reported, assessed, decided or answers for this, and must stand aside",
            ),
            Refusal::NotAnEntry => f.write_str("The Governance Group decides on entries only. Review this instead"),
            Refusal::NothingToRatify => f.write_str("This was not removed between meetings, or a meeting has looked at it"),
            Refusal::ActionDate => f.write_str("The day it is to be done by must be today or later"),
            Refusal::AgendaLeft { left: 1 } => f.write_str("One item still waits for this meeting’s decision"),
            Refusal::AgendaLeft { left } => write!(f, "{left} items still wait for this meeting’s decision"),
            Refusal::NoRemoval => f.write_str("Nobody has asked to remove this before the next meeting"),
            Refusal::NoLetterOwed => f.write_str("No letter of this kind is waiting to be written"),
            Refusal::NothingToConfirm => {
                f.write_str("This team was not shown the marker, or has confirmed already")
            }
            Refusal::ReviewFirst => {
                f.write_str("Whether a measure is still justified is decided at a review. Only an error or a death ends it at once")
            }
            Refusal::Held => f.write_str("A hold stops this from being destroyed"),
            Refusal::NoHold => f.write_str("There is no hold to lift"),
            Refusal::RiskClosed => f.write_str("This risk has been closed. Raise it again if it has come back"),
            Refusal::NoRiskAction => {
                f.write_str("Say what is done about this risk, or accept it as it is")
            }
            Refusal::NothingToTakeIn => f.write_str("No row of this list can become an entry, so there is nothing to take in"),
            Refusal::TooManyEntries => {
                write!(f, "A list brings at most {MOST_ENTRIES} entries at once. Take it in in parts")
            }
            Refusal::NotAsProposed => f.write_str(
                "This is not what was proposed: the list was changed meanwhile. Read it again before you approve it",
            ),
            Refusal::InRow(row, because) => write!(f, "Row {row}: {because}"),
            Refusal::ChildOnList => f.write_str(
                "This person is under 18. Nobody under 18 is taken over from a list: report what happened, and have it assessed",
            ),
            Refusal::NothingToUndo => f.write_str("This list is not on the register, so there is nothing to take back"),
            Refusal::GoneOn(file) => write!(
                f,
                "Somebody has already gone on from {file}, so the list cannot be taken back whole. End what is wrong by itself",
            ),
            Refusal::NotTakenIn => f.write_str("This list is not on the register, so it must not be destroyed"),
            Refusal::OldListDate => {
                f.write_str("The day it was destroyed must be on or after the day it was taken in, and not after today")
            }
            Refusal::OldListStands(import) => write!(
                f,
                "There is still a list of this team, {import}. It is taken in and certified to be destroyed before you declare that there is none",
            ),
            Refusal::WithoutIncident => f.write_str(
                "There is no incident behind this yet. Have what happened reported, and add the report to it",
            ),
            Refusal::AlreadyJoined => f.write_str(
                "One of these files is joined to another already. Join the file that goes on, or take that back first",
            ),
            Refusal::NotJoined => f.write_str("This file is not joined to another"),
            Refusal::DeadlinePassed => f.write_str("The deadline must be today or later. Leave it out if the action is ongoing"),
        }
    }
}

impl std::error::Error for Refusal {}
