//! Every refusal is provoked: the match makes a new one fail to compile until it stands here with its case.

use crate::cases::*;
use crate::delivery;
use crate::exclusion;
use crate::glass;
use crate::looks;
use crate::partner;
use crate::policy_change::Changing;
use crate::support::*;
use jiff::civil::date;
use register::appeal::{AppealOutcome, Appellant};
use register::assessment::{Finding, Part, Recommendation, Test};
use register::command::*;
use register::contact::{Every, Matter, Most, Place};
use register::ids::{AccountId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId, RiskId, TeamId};
use register::incident::{Identity, Route};
use register::measure::{EndReason, Kind, Stage};
use register::meeting::MeetingOutcome;
use register::notice::Occasion;
use register::ombudsman::ComplaintOutcome;
use register::people::{AccountDetails, Action, Answer as Keeping, Contact, Grant, Newcomer, Role, Told};
use register::policy::{ChangeNumber, Clause, Figure, List, Policy, Version};
use register::refusal::Refusal;
use register::review::{Advice, Question};
use register::risk::{Control, Rating};
use register::subject::{AgeBand, Born, Premises, SubjectDetails};
use register::training::Course;
use std::collections::BTreeSet;

/// Names every refusal once, and makes the compiler ask for the ones left out.
macro_rules! refusals {
    ($($refusal:ident $({ $($fields:tt)* })? $(($($inner:tt)*))?;)*) => {
        const REFUSALS: &[&str] = &[$(stringify!($refusal),)*];

        fn name(refusal: &Refusal) -> &'static str {
            match refusal { $(Refusal::$refusal $({ $($fields)* })? $(($($inner)*))? => stringify!($refusal),)* }
        }
    };
}

refusals! {
    NotPermitted(_); NotOpened; AlreadyOpened;
    OutOfBounds(_); RedReviewedLater; ListEmpty(_); CodeTwice(..); CodeWords(..); OffenceCode(_); ClauseWords(_); ClauseMustSay(..); ClauseBlank(..); CodeInUse(..); CodeGoing(_);
    NothingChanges; ChangeOpen; NoChange; NotConsulted; EffectiveDate { .. };
    ReferenceTaken; NoSuchFile; NoSuchAccount; NoSuchTeam; Destroyed; OnlyByTime;
    NotDue; AlreadyDone; TeamNameTaken; EmailTaken; NoRole; AdministratorReads; ProgramAlone; NotSuchAnAccount; NotOfStaff; OwnRoles; OwnAccount; OwnGrant; NothingAsked;
    AccountClosed; AccountSuspended; RolesBeyondAsking; NoLastDay; LastDay; NothingAnswered; OwnAccess; NobodyElse(_); AnotherPolicy; QuestionsLeft; NotPassed { .. };
    SubjectWithoutName; SubjectKindChanged; HappenedInFuture; NoBehaviour; UnknownCode(_); OwnReport; OtherTeam;
    AlreadyTriaged; SubjectNotIdentified; MeasureAlreadyOpen(_); DifferentSubject; MeasureEnded; WrongStage(_); NoInterim;
    SecondPersonNeeded; ReportedIt; AssessedIt; AssessorReported; IdentityDoubtful; AssessmentMissing(_); TestFails(_);
    AgeUnknown; UnderAge; PlanWithout(_); NoPlan; TestNotAsked(_); LimitWithout(_); NeverLimited(_); CutOff; NotLimited;
    NotOfThisCase; OnItsMerits; ToBeAnswered; DisputeOpen; NotPremises; NoAudience; AudienceWithoutReason; SummaryTooLong; ReviewDate { .. };
    WithholdingNotReconsidered; NoAddress; LetterNamesProtected; NoLetter; LetterNotApproved; AddressChanged; SentDate;
    NoWithholding; ReviewFirst; QuestionMissing(_); ReviewNotAnswered; WithGovernanceGroup; NothingVaried; AppealOpen; NoAppeal;
    NoGround; AppealDate; NoRepresentative; NotAnAppealOfficer; TookPart; AppealNotAssigned; OthersAppeal; AppealInTime;
    NoAppealDecided; ComplaintOpen; NoComplaint; ComplaintEnded; ComplaintDate;
    MeetingDate; MeetingCalled; NotAMember; NoQuorum { .. }; NoChair; NotSitting; StandAside; NotAnEntry; NothingToRatify;
    ActionDate; AgendaLeft { .. }; NoRemoval; NoLetterOwed; NothingToConfirm; Held; NoHold;
    RiskClosed; NoRiskAction; DeadlinePassed;
    NothingToTakeIn; TooManyEntries; NotAsProposed; InRow(..); ChildOnList; NothingToUndo; GoneOn(_); NotTakenIn; OldListDate;
    NoAgreement; AgreementDates; SharesNothing; OthersAgreement; NotInForce; OthersTeam; PartnerReads;
    DeliversElsewhere; ToldOtherwise; OwnExclusion; NotExcluded; GlassTooOften; OwnGlass;
    OwnLooks; ManagesReader; NoQuestion; QuestionAnswered; NoLooks;
    OldListStands(_); WithoutIncident; AlreadyJoined; NotJoined;
}

/// No approved measure is without a plan, so no letter can lack one: the refusal guards the letter against a damaged log.
const CANNOT_OCCUR: &[&str] = &["NoPlan"];

fn planned(world: &mut World, change: impl FnOnce(&mut register::assessment::Proposal)) -> Refusal {
    let measure = world.proposed(Kind::Entry);
    let mut plan = plan(Kind::Entry);
    change(&mut plan);
    world.refused(REGISTRAR, SetPlan { measure, plan })
}

fn proposed(world: &mut World, change: impl FnOnce(&mut ProposePolicy)) -> Refusal {
    let mut asked = world.policy_as_it_is();
    change(&mut asked);
    world.refused(POLICY_OWNER, asked)
}

fn worded(world: &mut World, clause: Clause, words: &str) -> Refusal {
    proposed(world, |asked| drop(asked.clauses.insert(clause, text(words))))
}

/// A list with a child on it is approved in vain.
fn child_on_list(world: &mut World) -> Refusal {
    let child = world.stranger(Born::Band(AgeBand::Child));
    let (import, rows) = (world.list_proposed(1), world.rows(vec![child]));
    world.refused(SECOND_REGISTRAR, approve_list(import, rows))
}

fn account(account: AccountId, roles: &[Role], team: TeamId) -> OpenAccount {
    let details = holder(account, "Dunlin Tellwright");
    OpenAccount { account, roles: roles.iter().copied().collect(), team, details }
}

/// A case that ends in the refusal of this name.
fn provoke(refusal: &str) -> Refusal {
    let mut world = World::opened();
    let w = &mut world;
    let today = w.today();
    let fresh = w.fresh();
    let (new_incident, new_measure) = (IncidentId::from_bits(fresh), MeasureId::from_bits(fresh));
    let new_account = AccountId::from_bits(fresh);
    let (new_meeting, new_import) = (MeetingId::from_bits(fresh), ImportId::from_bits(fresh));
    match refusal {
        "NotPermitted" => w.refused(AUDITOR, report(new_incident, today)),
        "NotOpened" => {
            let team = OpenTeam { team: HOUSING, name: text("Housing"), contact: Contact::Visits };
            World::empty().system_refused(team)
        }
        "AlreadyOpened" => {
            let policy = Policy::first(today, text("Policy"));
            w.system_refused(OpenRegister { council: council(), policy })
        }
        "OutOfBounds" => proposed(w, |asked| asked.says(Figure::InterimLife, 21)),
        "RedReviewedLater" => proposed(w, |asked| asked.says(Figure::ReviewInterval, 2)),
        "ListEmpty" => proposed(w, |asked| drop(asked.lists.insert(List::Restriction, Vec::new()))),
        "CodeTwice" => proposed(w, |asked| {
            let terms = asked.lists.get_mut(&List::Precaution).expect("a list");
            terms.extend(terms.first().cloned());
        }),
        "CodeWords" => proposed(w, |asked| {
            let terms = asked.lists.get_mut(&List::Precaution).expect("a list");
            terms.iter_mut().for_each(|term| term.words.clear());
        }),
        "OffenceCode" => proposed(w, |asked| asked.without(List::Behaviour, "THR")),
        "ClauseWords" => worded(w, Clause::Help, &"long ".repeat(201)),
        "ClauseMustSay" => worded(w, Clause::Ombudsman, "Go elsewhere."),
        "ClauseBlank" => worded(w, Clause::AskSooner, "Ask {whoever} you like."),
        "CodeInUse" => {
            w.in_force(Kind::Entry);
            proposed(w, |asked| asked.without(List::Precaution, "NLV"))
        }
        "CodeGoing" => {
            let measure = w.proposed(Kind::Entry);
            let change = w.changed(|asked| asked.without(List::Precaution, "NLV"));
            w.endorsed(change);
            w.refused(REGISTRAR, SetPlan { measure, plan: plan(Kind::Entry) })
        }
        "NothingChanges" => proposed(w, |_| {}),
        "ChangeOpen" => {
            w.changed(|asked| asked.name = text("Another name"));
            proposed(w, |asked| asked.name = text("A third name"))
        }
        "NoChange" => w.refused(CABINET_MEMBER, RejectPolicy { change: ChangeNumber(1), reasons: reasons() }),
        "NotConsulted" => {
            let change = w.changed(|asked| asked.name = text("Another name"));
            w.refused(CABINET_MEMBER, EndorsePolicy { change, reasons: reasons() })
        }
        "EffectiveDate" => proposed(w, |asked| asked.effective = date(2026, 3, 1)),
        "ReferenceTaken" => w.refused(ADMINISTRATOR, account(OFFICER, &[Role::Officer], HOUSING)),
        "NoSuchFile" => w.refused(DECIDER, refuse(new_measure)),
        "NoSuchAccount" => {
            let (incident, subject) = (w.reported(), w.subject());
            let route = Route::Propose { measure: new_measure, kind: Kind::Entry, sponsor: new_account };
            w.refused(REGISTRAR, triage(incident, Some(subject), route))
        }
        "NoSuchTeam" => planned(w, |plan| plan.audience = vec![TeamId::from_bits(99)]),
        "Destroyed" => {
            let measure = w.destroyed(Kind::Entry);
            let hold = w.hold(File::Measure(measure));
            w.refused(PROTECTION, hold)
        }
        "OnlyByTime" => w.refused(PROTECTION, Destroy { file: File::Incident(new_incident) }),
        "NotDue" => {
            let incident = w.reported();
            w.system_refused(Destroy { file: File::Incident(incident) })
        }
        "AlreadyDone" => {
            let measure = w.interim_live();
            w.refused(SECOND_DECIDER, AgreeInterim { measure })
        }
        "TeamNameTaken" => {
            let team = TeamId::from_bits(fresh);
            w.refused(ADMINISTRATOR, OpenTeam { team, name: text("Planning"), contact: Contact::Visits })
        }
        "EmailTaken" => {
            let mut twin = account(new_account, &[Role::Officer], HOUSING);
            twin.details = holder(OFFICER, "Dunlin Tellwright");
            w.refused(ADMINISTRATOR, twin)
        }
        "NoRole" => w.refused(ADMINISTRATOR, account(new_account, &[], HOUSING)),
        "AdministratorReads" => {
            w.refused(ADMINISTRATOR, account(new_account, &[Role::Administrator, Role::Member], HOUSING))
        }
        "ProgramAlone" => {
            w.refused(ADMINISTRATOR, account(new_account, &[Role::System, Role::Officer], HOUSING))
        }
        "NotSuchAnAccount" => w.refused(ADMINISTRATOR, AskGrant { account: OFFICER, grant: Grant::Secret }),
        "NotOfStaff" => w.refused(DIRECTORY, TellStaff { account: SYSTEM, told: Told::Left }),
        "OwnRoles" => {
            let OpenAccount { account, roles, team, details } =
                account(ADMINISTRATOR, &[Role::DecisionMaker], RELATIONS);
            w.refused(ADMINISTRATOR, ChangeAccount { account, roles, team, details })
        }
        "OwnAccount" => w.refused(ADMINISTRATOR, CloseAccount { account: ADMINISTRATOR }),
        "OwnGrant" => w.refused(ADMINISTRATOR, AskGrant { account: ADMINISTRATOR, grant: Grant::Password }),
        "NothingAsked" => w.refused(ADMINISTRATOR, AgreeGrant { account: DECIDER, grant: Grant::Password }),
        "AccountClosed" => {
            w.does(ADMINISTRATOR, CloseAccount { account: OFFICER });
            w.refused(ADMINISTRATOR, CloseAccount { account: OFFICER })
        }
        "AccountSuspended" => {
            let account = w.lapsed(OFFICER);
            w.refused(ADMINISTRATOR, AskGrant { account, grant: Grant::Password })
        }
        "RolesBeyondAsking" => w.refused(MANAGER, asking(new_account, Role::Auditor, today)),
        "NoLastDay" => w.refused(MANAGER, asking(new_account, Role::Contractor, today)),
        "LastDay" => {
            let until = today.yesterday().ok();
            w.refused(MANAGER, AskAccess { until, ..asking(new_account, Role::Contractor, today) })
        }
        "NothingAnswered" => w.refused(MANAGER, AnswerForAccess { answers: [].into() }),
        "OwnAccess" => w.refused(MANAGER, AnswerForAccess { answers: [(MANAGER, Keeping::Keeps)].into() }),
        "NobodyElse" => {
            w.does(ADMINISTRATOR, CloseAccount { account: SECOND_DECIDER });
            w.lapsed(OFFICER);
            w.system_refused(LapseAccess { account: DECIDER })
        }
        "AnotherPolicy" => w.refused(OFFICER, AcknowledgePolicy { version: Version(99) }),
        "QuestionsLeft" => w.refused(OFFICER, TakeTraining { sheet: 1, answers: [].into() }),
        "NotPassed" => {
            let TakeTraining { sheet, answers } = sheet(Course::Staff);
            let answers = answers.into_iter().map(|(place, right)| (place, (right + 1) % 3)).collect();
            w.refused(OFFICER, TakeTraining { sheet, answers })
        }
        "SubjectWithoutName" => {
            let mut nameless = person(GROWN);
            nameless.names.clear();
            let (subject, details) = (w.subject(), SubjectDetails::Person(nameless));
            w.refused(REGISTRAR, DescribeSubject { subject, details })
        }
        "SubjectKindChanged" => {
            let yard = Premises { description: text("yard"), address: address("5 Mill Lane") };
            let (subject, details) = (w.subject(), SubjectDetails::Premises(yard));
            w.refused(REGISTRAR, DescribeSubject { subject, details })
        }
        "HappenedInFuture" => w.refused(OFFICER, report(new_incident, today.tomorrow().expect("date"))),
        "NoBehaviour" => {
            let mut blank = report(new_incident, today);
            blank.facts.behaviours.clear();
            w.refused(OFFICER, blank)
        }
        "UnknownCode" => planned(w, |plan| plan.precautions.push(code("XXX"))),
        "OwnReport" => {
            let incident = w.reported_by(REGISTRAR);
            w.refused(REGISTRAR, triage(incident, None, Route::LogOnly))
        }
        "OtherTeam" => {
            let incident = w.reported();
            w.refused(OTHER_MANAGER, AddToIncident { incident, words: reasons() })
        }
        "AlreadyTriaged" => {
            let incident = w.reported();
            w.does(REGISTRAR, triage(incident, None, Route::LogOnly));
            w.refused(REGISTRAR, triage(incident, None, Route::LogOnly))
        }
        "SubjectNotIdentified" => {
            let incident = w.reported();
            let route = Route::Propose { measure: new_measure, kind: Kind::Entry, sponsor: MANAGER };
            w.refused(REGISTRAR, triage(incident, None, route))
        }
        "MeasureAlreadyOpen" => {
            let measure = w.proposed(Kind::Entry);
            let (incident, subject) = (w.reported(), w.measure(measure).subject);
            w.refused(REGISTRAR, propose(incident, subject, new_measure, Kind::Entry))
        }
        "DifferentSubject" => {
            let (measure, incident, other) = (w.proposed(Kind::Entry), w.reported(), w.subject());
            w.refused(REGISTRAR, triage(incident, Some(other), Route::Join(measure)))
        }
        "MeasureEnded" => {
            let measure = w.ended(Kind::Entry);
            w.refused(REGISTRAR, remove(measure, EndReason::Death))
        }
        "WrongStage" => {
            let measure = w.proposed(Kind::Entry);
            w.refused(REGISTRAR, write(measure))
        }
        "NoInterim" => {
            let measure = w.proposed(Kind::Entry);
            w.refused(DECIDER, AgreeInterim { measure })
        }
        "TestNotAsked" => {
            let measure = w.proposed(Kind::Entry);
            w.refused(REGISTRAR, answer(measure, Test::HandledFully, Finding::Holds))
        }
        "LimitWithout" => planned(w, |plan| plan.restrictions = vec![code("SITE")]),
        "NeverLimited" => planned(w, |plan| plan.limits.places = [Place::Meetings].into()),
        "CutOff" => planned(w, |plan| plan.limits.most = Some(Most { contacts: 0, every: Every::Week })),
        "NotLimited" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(OFFICER, log(measure, today))
        }
        "NotOfThisCase" => {
            let measure = w.in_force(Kind::Restriction);
            w.refused(ANOTHER_OFFICER, log(measure, today))
        }
        "OnItsMerits" => {
            let measure = w.in_force(Kind::Restriction);
            w.refused(OFFICER, LogContact { matter: Matter::New, ..log(measure, today) })
        }
        "ToBeAnswered" => {
            let measure = w.proposed(Kind::Restriction);
            w.refused(OFFICER, log(measure, today))
        }
        "DisputeOpen" => {
            let measure = w.in_force(Kind::Entry);
            w.does(REGISTRAR, dispute(measure, today));
            w.refused(REGISTRAR, dispute(measure, today))
        }
        "NotPremises" => {
            let subject = w.subject();
            w.refused(REGISTRAR, ChangeOccupants { subject, since: today, words: reasons() })
        }
        "SecondPersonNeeded" => {
            let measure = w.interim_asked();
            w.refused(MANAGER, AgreeInterim { measure })
        }
        "ReportedIt" => {
            let measure = w.assessed(Kind::Entry);
            let (incident, subject) = (w.reported_by(DECIDER), w.measure(measure).subject);
            w.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
            w.refused(DECIDER, refuse(measure))
        }
        "AssessedIt" => {
            let measure = w.assessed(Kind::Entry);
            let OpenAccount { account, roles, team, details } =
                account(REGISTRAR, &[Role::DecisionMaker], RELATIONS);
            w.does(ADMINISTRATOR, ChangeAccount { account, roles, team, details });
            w.does(SECOND_REGISTRAR, AgreeGrant { account, grant: Grant::Roles });
            w.refused(REGISTRAR, refuse(measure))
        }
        "AssessorReported" => {
            let measure = w.assessed(Kind::Entry);
            let (incident, subject) = (w.reported_by(REGISTRAR), w.measure(measure).subject);
            w.does(SECOND_REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
            let approve = w.approve(measure);
            w.refused(DECIDER, approve)
        }
        "IdentityDoubtful" => {
            let (incident, subject) = (w.reported(), w.subject());
            let triage = propose(incident, subject, new_measure, Kind::Entry);
            w.does(REGISTRAR, TriageIncident { identity: Identity::Doubtful, ..triage });
            w.refused(REGISTRAR, answer(new_measure, Test::RightSubject, Finding::Holds))
        }
        "AssessmentMissing" => {
            let measure = w.proposed(Kind::Entry);
            let refusal = w.refused(REGISTRAR, complete(measure));
            assert_eq!(refusal, Refusal::AssessmentMissing(Part::Test(Test::SpecificIncident)));
            refusal
        }
        "TestFails" => {
            let measure = w.proposed(Kind::Entry);
            w.answered(measure);
            w.does(REGISTRAR, answer(measure, Test::Serious, Finding::Fails));
            w.does(REGISTRAR, CompleteAssessment { measure, recommendation: Recommendation::Refuse });
            let approve = w.approve(measure);
            w.refused(DECIDER, approve)
        }
        "AgeUnknown" => {
            let subject = w.subject_described(somebody(Born::Unknown));
            let measure = w.proposed_about(subject, Kind::Entry);
            w.answered(measure);
            w.refused(REGISTRAR, complete(measure))
        }
        "UnderAge" => {
            let subject = w.subject_described(somebody(Born::Band(AgeBand::Child)));
            let measure = w.assessed_about(subject, Kind::Entry);
            let approve = w.approve(measure);
            w.refused(DECIDER, approve)
        }
        "PlanWithout" => {
            let refusal = planned(w, |plan| plan.precautions.clear());
            assert_eq!(refusal, Refusal::PlanWithout(List::Precaution));
            refusal
        }
        "NoAudience" => planned(w, |plan| plan.audience.clear()),
        "AudienceWithoutReason" => planned(w, |plan| plan.words.audience_reasons.clear()),
        "SummaryTooLong" => planned(w, |plan| plan.words.summary = text(&"a".repeat(301))),
        "ReviewDate" => {
            let measure = w.assessed(Kind::Entry);
            w.refused(DECIDER, approve(measure, today))
        }
        "WithholdingNotReconsidered" => {
            let measure = w.withheld(Kind::Entry);
            w.does(MANAGER, answers(measure, Advice::Keep));
            let retain = w.retain(measure);
            w.refused(DECIDER, retain)
        }
        "NoAddress" => {
            let measure = w.decided(Kind::Entry);
            let mut homeless = person(GROWN);
            homeless.addresses.clear();
            let subject = w.measure(measure).subject;
            w.does(REGISTRAR, DescribeSubject { subject, details: SubjectDetails::Person(homeless) });
            w.refused(REGISTRAR, write(measure))
        }
        "LetterNamesProtected" => {
            let measure = w.decided(Kind::Entry);
            let explanation = text("Heron Tellwright reported you.");
            w.refused(REGISTRAR, WriteLetter { explanation, ..write(measure) })
        }
        "NoLetter" => {
            let measure = w.decided(Kind::Entry);
            w.refused(REGISTRAR, approve_letter(measure))
        }
        "LetterNotApproved" => {
            let measure = w.decided(Kind::Entry);
            w.does(REGISTRAR, write(measure));
            let sent = w.sent(measure);
            w.refused(REGISTRAR, sent)
        }
        "AddressChanged" => {
            let measure = w.approved_letter(Kind::Entry);
            let subject = w.measure(measure).subject;
            w.does(REGISTRAR, DescribeSubject { subject, details: living_at("9 Quay Road") });
            let sent = w.sent(measure);
            w.refused(REGISTRAR, sent)
        }
        "SentDate" => {
            let measure = w.approved_letter(Kind::Entry);
            let sent_on = date(2026, 3, 3);
            let sent = RecordLetterSent { sent_on, ..w.sent(measure) };
            w.refused(REGISTRAR, sent)
        }
        "NoWithholding" => {
            let measure = w.decided(Kind::Entry);
            w.refused(PROTECTION, agree_withholding(measure))
        }
        "ReviewFirst" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(DECIDER, remove(measure, EndReason::NotJustified))
        }
        "QuestionMissing" => {
            let measure = w.in_force(Kind::Entry);
            let mut answers = answers(measure, Advice::Keep);
            answers.answers.remove(&Question::Lesser);
            w.refused(MANAGER, answers)
        }
        "ReviewNotAnswered" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(DECIDER, take_off(measure))
        }
        "WithGovernanceGroup" => {
            let measure = w.removal_proposed();
            let retain = w.retain(measure);
            w.refused(DECIDER, retain)
        }
        "NothingVaried" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(DECIDER, VaryMeasure { measure, plan: plan(Kind::Entry), reasons: reasons() })
        }
        "AppealOpen" => {
            let measure = w.appealed(Kind::Entry);
            w.refused(REGISTRAR, lodge(measure, today))
        }
        "NoAppeal" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(REGISTRAR, AssignAppeal { measure, officer: APPEALS })
        }
        "NoGround" => {
            let measure = w.in_force(Kind::Entry);
            let mut lodge = lodge(measure, today);
            lodge.lodged.grounds.clear();
            w.refused(REGISTRAR, lodge)
        }
        "AppealDate" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(REGISTRAR, lodge(measure, today.tomorrow().expect("date")))
        }
        "NoRepresentative" => {
            let measure = w.in_force(Kind::Entry);
            let mut lodge = lodge(measure, today);
            lodge.lodged.appellant = Appellant::Representative;
            w.refused(REGISTRAR, lodge)
        }
        "NotAnAppealOfficer" => {
            let measure = w.appealed(Kind::Entry);
            w.refused(REGISTRAR, AssignAppeal { measure, officer: GOVERNOR })
        }
        "TookPart" => {
            let measure = w.appealed(Kind::Entry);
            let details = holder(DECIDER, "Merlin Tellwright");
            let roles: BTreeSet<_> = [Role::DecisionMaker, Role::AppealOfficer].into();
            w.does(ADMINISTRATOR, ChangeAccount { account: DECIDER, roles, team: RELATIONS, details });
            w.does(REGISTRAR, AgreeGrant { account: DECIDER, grant: Grant::Roles });
            w.refused(REGISTRAR, AssignAppeal { measure, officer: DECIDER })
        }
        "AppealNotAssigned" => {
            let measure = w.appealed(Kind::Entry);
            w.refused(APPEALS, decide_appeal(measure, AppealOutcome::Upheld))
        }
        "OthersAppeal" => {
            let measure = w.assigned(Kind::Entry);
            w.refused(SECOND_APPEALS, decide_appeal(measure, AppealOutcome::Upheld))
        }
        "AppealInTime" => {
            let measure = w.assigned(Kind::Entry);
            w.refused(APPEALS, decide_appeal(measure, AppealOutcome::NotHeard))
        }
        "NoAppealDecided" => {
            let measure = w.assigned(Kind::Entry);
            w.refused(REGISTRAR, complaint(measure, today))
        }
        "ComplaintOpen" => {
            let measure = w.turned_down(Kind::Entry);
            w.does(REGISTRAR, complaint(measure, today));
            w.refused(REGISTRAR, complaint(measure, today))
        }
        "NoComplaint" => {
            let measure = w.turned_down(Kind::Entry);
            w.refused(REGISTRAR, end_complaint(measure, ComplaintOutcome::Fault, today))
        }
        "ComplaintEnded" => {
            let measure = w.turned_down(Kind::Entry);
            w.does(REGISTRAR, complaint(measure, today));
            w.does(REGISTRAR, end_complaint(measure, ComplaintOutcome::Closed, today));
            w.refused(REGISTRAR, end_complaint(measure, ComplaintOutcome::Fault, today))
        }
        "ComplaintDate" => {
            let measure = w.turned_down(Kind::Entry);
            w.refused(REGISTRAR, complaint(measure, today.tomorrow().expect("date")))
        }
        "MeetingDate" => {
            let held_on = today.yesterday().expect("date");
            w.refused(REGISTRAR, CallMeeting { meeting: new_meeting, held_on, chair: GOVERNOR })
        }
        "MeetingCalled" => {
            w.called();
            w.refused(REGISTRAR, CallMeeting { meeting: new_meeting, held_on: today, chair: GOVERNOR })
        }
        "NotAMember" => {
            w.refused(REGISTRAR, CallMeeting { meeting: new_meeting, held_on: today, chair: DECIDER })
        }
        "NoQuorum" => {
            let meeting = w.called();
            let present = [GOVERNOR, SECOND_GOVERNOR].into();
            w.refused(REGISTRAR, OpenMeeting { present, ..open_meeting(meeting) })
        }
        "NoChair" => {
            let meeting = w.called();
            w.refused(REGISTRAR, OpenMeeting { chair: DECIDER, ..open_meeting(meeting) })
        }
        "NotSitting" => {
            let meeting = w.called();
            w.refused(REGISTRAR, CloseMeeting { meeting, minutes: reasons() })
        }
        "StandAside" => {
            let measure = w.removal_proposed();
            w.does(REGISTRAR, ChangeSponsor { measure, sponsor: THIRD_GOVERNOR });
            let meeting = w.sitting();
            let remove = w.at_meeting(meeting, measure, MeetingOutcome::Remove);
            w.refused(REGISTRAR, remove)
        }
        "NotAnEntry" => {
            let measure = w.reviewable(Kind::Restriction);
            let meeting = w.sitting();
            let keep = w.at_meeting(meeting, measure, MeetingOutcome::Keep);
            w.refused(REGISTRAR, keep)
        }
        "NothingToRatify" => {
            let measure = w.ended(Kind::Entry);
            let meeting = w.sitting();
            let ratify = w.at_meeting(meeting, measure, MeetingOutcome::Ratify);
            w.refused(REGISTRAR, ratify)
        }
        "ActionDate" => {
            let (meeting, by) = (w.sitting(), today.yesterday().expect("date"));
            w.refused(REGISTRAR, AgreeAction { meeting, who: MANAGER, by, words: reasons() })
        }
        "AgendaLeft" => {
            w.removal_proposed();
            let meeting = w.sitting();
            w.refused(REGISTRAR, CloseMeeting { meeting, minutes: reasons() })
        }
        "NoRemoval" => {
            let measure = w.removal_proposed();
            w.refused(GOVERNOR, AgreeRemoval { measure, reasons: reasons() })
        }
        "NoLetterOwed" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(REGISTRAR, write_of(measure, Occasion::Kept))
        }
        "NothingToConfirm" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(MANAGER, ConfirmWithdrawal { measure, team: HOUSING })
        }
        "Held" => {
            let measure = w.ended(Kind::Entry);
            let hold = w.hold(File::Measure(measure));
            w.does(PROTECTION, hold);
            w.system_refused(Destroy { file: File::Measure(measure) })
        }
        "NoHold" => {
            let measure = w.in_force(Kind::Entry);
            w.refused(PROTECTION, lift(File::Measure(measure)))
        }
        "RiskClosed" => {
            let risk = RiskId::from_bits(fresh);
            w.does(REGISTRAR, raise(risk, rating(Control::Accept), None));
            w.does(REGISTRAR, CloseRisk { risk, reasons: reasons() });
            w.refused(REGISTRAR, CloseRisk { risk, reasons: reasons() })
        }
        "NoRiskAction" => {
            w.refused(REGISTRAR, raise(RiskId::from_bits(fresh), rating(Control::Reduce), None))
        }
        "DeadlinePassed" => {
            let rating = Rating { deadline: today.yesterday().ok(), ..rating(Control::Accept) };
            w.refused(REGISTRAR, raise(RiskId::from_bits(fresh), rating, None))
        }
        "NothingToTakeIn" => w.refused(REGISTRAR, propose_list(new_import, 0)),
        "TooManyEntries" => w.refused(REGISTRAR, propose_list(new_import, 2_001)),
        "NotAsProposed" => {
            let import = w.list_proposed(1);
            w.refused(SECOND_REGISTRAR, approve_list(import, Vec::new()))
        }
        "InRow" => child_on_list(w),
        "ChildOnList" => match child_on_list(w) {
            Refusal::InRow(2, because) => *because,
            other => panic!("no row is named: {other}"),
        },
        "NothingToUndo" => {
            let import = w.list_proposed(1);
            w.refused(REGISTRAR, undo(import))
        }
        "GoneOn" => {
            let (import, measure) = w.provisional();
            w.does(REGISTRAR, answer(measure, Test::Serious, Finding::Holds));
            w.refused(REGISTRAR, undo(import))
        }
        "NotTakenIn" => {
            let import = w.list_proposed(1);
            w.refused(MANAGER, certify(import, today))
        }
        "OldListDate" => {
            let (import, _) = w.provisional();
            w.refused(MANAGER, certify(import, today.tomorrow().expect("date")))
        }
        "OldListStands" => {
            w.provisional();
            w.refused(MANAGER, DeclareNoList { team: HOUSING })
        }
        "NoAgreement" => {
            w.does(REGISTRAR, partner::keep(&[LIFTS]));
            planned(w, |plan| plan.audience = vec![LIFTS])
        }
        "AgreementDates" => {
            w.does(REGISTRAR, partner::keep(&[LIFTS]));
            w.refused(REGISTRAR, partner::agreement(|terms| terms.ends = terms.starts))
        }
        "SharesNothing" => {
            w.does(REGISTRAR, partner::keep(&[LIFTS]));
            w.refused(REGISTRAR, partner::agreement(|terms| terms.shares.clear()))
        }
        "OthersAgreement" | "NotInForce" => {
            w.does(REGISTRAR, partner::keep(&[LIFTS]));
            w.does(REGISTRAR, partner::agreement(|_| ()));
            w.refused(if refusal == "NotInForce" { MANAGER } else { OTHER_MANAGER }, partner::CONFIRM)
        }
        "OthersTeam" => {
            w.does(REGISTRAR, partner::keep(&[LIFTS]));
            let partner = PartnerId::from_bits(fresh);
            w.refused(REGISTRAR, KeepPartner { partner, ..partner::keep(&[LIFTS]) })
        }
        "DeliversElsewhere" => {
            w.does(REGISTRAR, partner::keep(&[LIFTS]));
            let everywhere = partner::agreement(|terms| {
                terms.shares.insert(register::partner::Shared::Delivered);
            });
            w.refused(REGISTRAR, everywhere)
        }
        "ToldOtherwise" => {
            let (mut world, measure) = delivery::delivered();
            world.refused(PARTNER, ReceiveMarker { measure, edition: 0 })
        }
        "GlassTooOften" => {
            let measure = w.in_force(Kind::Entry);
            for _ in 0..register::glass::MOST {
                w.does(OTHER_MANAGER, glass::break_it(measure));
            }
            w.refused(OTHER_MANAGER, glass::break_it(measure))
        }
        "OwnGlass" => {
            let measure = w.in_force(Kind::Entry);
            w.does(OTHER_MANAGER, glass::break_it(measure));
            crate::decision::becomes(w, OTHER_MANAGER, &[Role::LineManager, Role::RegisterTeam]);
            w.refused(OTHER_MANAGER, glass::review(0))
        }
        "OwnLooks" => w.refused(PROTECTION, looks::question(PROTECTION)),
        "ManagesReader" => {
            crate::decision::becomes(w, PROTECTION, &[Role::LineManager, Role::DataProtection]);
            let team = w.register.account(PROTECTION).expect("an account").team;
            let reader = w.register.accounts().find(|it| it.team == team && it.id != PROTECTION);
            let reader = reader.expect("somebody of the team").id;
            w.refused(PROTECTION, looks::review(reader))
        }
        "NoQuestion" => {
            w.does(PROTECTION, looks::question(OFFICER));
            w.refused(MEMBER, looks::explain(0))
        }
        "QuestionAnswered" => {
            w.does(PROTECTION, looks::question(OFFICER));
            w.does(OFFICER, looks::explain(0));
            w.refused(OFFICER, looks::explain(0))
        }
        "NoLooks" => w.refused(AUDITOR, ReviewLooks { looks: [].into(), ..looks::review(OFFICER) }),
        "OwnExclusion" => {
            let subject = w.subject();
            w.refused(REGISTRAR, exclusion::exclude(subject, REGISTRAR))
        }
        "NotExcluded" => {
            let subject = w.subject();
            w.refused(REGISTRAR, exclusion::lift(subject, MANAGER))
        }
        "PartnerReads" => w.refused(REGISTRAR, partner::keep(&[PLANNING])),
        "WithoutIncident" => {
            let (_, measure) = w.provisional();
            w.answered_but(measure, Test::RightSubject);
            w.refused(REGISTRAR, complete(measure))
        }
        "AlreadyJoined" => {
            let (one, other) = (w.subject(), w.subject());
            w.does(REGISTRAR, join(one, other));
            w.refused(REGISTRAR, join(one, other))
        }
        "NotJoined" => {
            let subject = w.subject();
            w.refused(REGISTRAR, part(subject))
        }
        other => panic!("no case provokes {other}"),
    }
}

#[test]
fn every_refusal_that_can_occur_is_provoked_by_a_case() {
    for refusal in REFUSALS.iter().filter(|refusal| !CANNOT_OCCUR.contains(refusal)) {
        assert_eq!(name(&provoke(refusal)), *refusal);
    }
}

#[test]
fn every_refusal_says_what_to_do_in_a_sentence_and_names_its_clause() {
    for refusal in REFUSALS.iter().filter(|refusal| !CANNOT_OCCUR.contains(refusal)) {
        let refusal = provoke(refusal);
        let words = refusal.to_string();
        assert!(words.chars().next().is_some_and(char::is_uppercase) && words.len() > 15, "{words}");
        assert!(!refusal.clause().is_empty());
        assert!(
            !words.contains("Tellwright") && !words.contains(SECRET_WORD) && !words.contains(SUBJECT_WORD)
        );
    }
}

#[test]
fn a_refusal_at_the_wrong_stage_names_the_stage() {
    assert_eq!(provoke("WrongStage"), Refusal::WrongStage(Stage::Assessment));
    assert_eq!(provoke("NotPermitted"), Refusal::NotPermitted(Action::ReportIncident));
}

fn asking(account: AccountId, role: Role, today: jiff::civil::Date) -> AskAccess {
    let AccountDetails { name, email, .. } = holder(account, "Dunlin Tellwright");
    let newcomer = Newcomer { name, email, work: None };
    AskAccess { account, team: HOUSING, roles: [role].into(), from: today, until: None, newcomer }
}
