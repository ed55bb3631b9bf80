//! Transitions: every command about a measure at every stage of its life, and the forbidden transitions by their names.
//!
//! Forbidden are: in force without a person's decision, in force without a review to come, taken off and still shown, an assessment
//! edited once it was handed on (all four here), and destroyed while a hold or an appeal stands (`removal_and_retention`, `appeal`).
//!
//! The table is compared with what happens, whole. A new command is not in it and fails the test: either it is [`ELSEWHERE`], or it
//! gets its line in [`asked`] and its row; the test prints the table as it should then be, to be read before it is copied.

use crate::cases::*;
use crate::support::*;
use register::appeal::AppealOutcome;
use register::assessment::{Finding, Test};
use register::command::*;
use register::dispute::DisputeOutcome;
use register::ids::{File, IncidentId, MeasureId, MeetingId};
use register::incident::Route;
use register::measure::{EndReason, Kind, Stage};
use register::meeting::MeetingOutcome;
use register::moment::Actor;
use register::ombudsman::ComplaintOutcome;
use register::people::Action;
use register::refusal::Refusal;
use register::review::Advice;
use register::view::{Certainty, Purpose, Verdict};

/// Commands that do nothing to a measure that is there; what takes an entry from a list out again is in `import`.
const ELSEWHERE: &[&str] = &[
    "OpenRegister",
    "OpenTeam",
    "OpenAccount",
    "ChangeAccount",
    "CloseAccount",
    "TellStaff",
    "AskGrant",
    "AgreeGrant",
    "NoteStarter",
    "AskAccess",
    "DeclineAccess",
    "RefuseAccess",
    "AskConfirmations",
    "AnswerForAccess",
    "LapseAccess",
    "AcknowledgePolicy",
    "TakeTraining",
    "KeepConduct",
    "OpenSubject",
    "DescribeSubject",
    "RecordSupportNeeds",
    "ReportIncident",
    "ConfirmIncident",
    "AddToIncident",
    "NameInvolved",
    "ProposePolicy",
    "LogConsultation",
    "EndorsePolicy",
    "RejectPolicy",
    "WithdrawPolicy",
    "AdoptPolicy",
    "ReviewPolicy",
    "RaiseRisk",
    "AssessRisk",
    "TransferRisk",
    "CloseRisk",
    "CallMeeting",
    "OpenMeeting",
    "AgreeAction",
    "CompleteAction",
    "CloseMeeting",
    "ChangeOccupants",
    "JoinSubjects",
    "PartSubjects",
    "KeepApart",
    "ProposeImport",
    "RefuseImport",
    "ApproveImport",
    "UndoImport",
    "CertifyOldList",
    "DeclareNoList",
    "KeepPartner",
    "ProposeAgreement",
    "ApproveAgreement",
    "ConfirmAgreement",
    "EndAgreement",
    "LoadStock",
    "ReceiveMarker",
    "ExcludeFromFile",
    "LiftExclusion",
    "BreakGlass",
    "ReviewGlass",
    "QuestionLooks",
    "ExplainLooks",
    "ReviewLooks",
];

/// What each command comes to at each stage, for an entry: done and still at this stage, on to another, or refused by name.
const TABLE: &str = "\
command | Assessment | Decision | Notice | InForce | Ended | Destroyed
TriageIncident | done | done | done | done | MeasureEnded | MeasureEnded
AskInterim | done | done | WrongStage | WrongStage | ReferenceTaken | ReferenceTaken
AgreeInterim | done | done | NoInterim | NoInterim | NoInterim | NoInterim
RefuseInterim | done | done | NoInterim | NoInterim | NoInterim | NoInterim
LapseInterim | done | done | NotDue | NotDue | NotDue | NotDue
AnswerTest | done | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage
SetPlan | done | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage
WeighProportionality | done | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage
AllowUnderAge | done | done | WrongStage | WrongStage | WrongStage | WrongStage
CompleteAssessment | -> Decision | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage
Decide | WrongStage | -> Notice | WrongStage | WrongStage | WrongStage | WrongStage
WriteLetter | WrongStage | WrongStage | done | WrongStage | WrongStage | WrongStage
ApproveLetter | WrongStage | WrongStage | done | WrongStage | WrongStage | WrongStage
RecordLetterSent | WrongStage | WrongStage | -> InForce | WrongStage | WrongStage | WrongStage
WithholdNotice | WrongStage | WrongStage | done | WrongStage | WrongStage | WrongStage
AgreeWithholding | WrongStage | WrongStage | -> InForce | WrongStage | WrongStage | WrongStage
RefuseWithholding | WrongStage | WrongStage | done | WrongStage | WrongStage | WrongStage
AnswerReview | WrongStage | WrongStage | WrongStage | done | WrongStage | WrongStage
ReviewMeasure | WrongStage | WrongStage | WrongStage | done | WrongStage | WrongStage
VaryMeasure | WrongStage | WrongStage | WrongStage | done | WrongStage | WrongStage
ChangeSponsor | done | done | done | done | MeasureEnded | MeasureEnded
LogContact | NotLimited | NotLimited | NotLimited | NotLimited | MeasureEnded | MeasureEnded
AnswerContact | NotLimited | NotLimited | NotLimited | NotLimited | MeasureEnded | MeasureEnded
KeepLegalAdvice | done | done | done | done | done | Destroyed
RecordDispute | done | done | done | done | done | Destroyed
AnswerDispute | done | done | done | done | done | AlreadyDone
LodgeAppeal | WrongStage | WrongStage | WrongStage | done | WrongStage | WrongStage
AssignAppeal | NoAppeal | NoAppeal | NoAppeal | done | NoAppeal | NoAppeal
DecideAppeal | NoAppeal | NoAppeal | NoAppeal | -> Ended | NoAppeal | NoAppeal
WithdrawAppeal | NoAppeal | NoAppeal | NoAppeal | done | NoAppeal | NoAppeal
RecordComplaint | NoAppealDecided | NoAppealDecided | NoAppealDecided | done | NoAppealDecided | Destroyed
EndComplaint | NoComplaint | NoComplaint | NoComplaint | done | NoComplaint | NoComplaint
DecideAtMeeting | WrongStage | WrongStage | WrongStage | -> Ended | WrongStage | WrongStage
AskRemoval | WrongStage | WrongStage | WrongStage | done | WrongStage | WrongStage
AgreeRemoval | WrongStage | WrongStage | WrongStage | -> Ended | WrongStage | WrongStage
ConfirmWithdrawal | NothingToConfirm | NothingToConfirm | NothingToConfirm | NothingToConfirm | done | NothingToConfirm
RemoveMeasure | -> Ended | -> Ended | -> Ended | -> Ended | MeasureEnded | MeasureEnded
HoldFile | done | done | done | done | done | Destroyed
LiftHold | done | done | done | done | done | NoHold
Destroy | NotDue | NotDue | NotDue | NotDue | -> Destroyed | NotDue";

/// An entry as it comes to this stage, half a year after it was reported, by those who may.
fn entry_at(stage: Stage) -> (World, MeasureId) {
    let mut world = World::opened();
    let measure = match stage {
        Stage::Assessment => {
            let measure = world.proposed(Kind::Entry);
            world.answered(measure);
            measure
        }
        Stage::Decision => world.assessed(Kind::Entry),
        Stage::Notice => world.decided(Kind::Entry),
        Stage::InForce => world.in_force(Kind::Entry),
        Stage::Ended => world.ended(Kind::Entry),
        Stage::Destroyed => world.destroyed(Kind::Entry),
    };
    world.on(register::calendar::months_after(world.today(), 7));
    (world, measure)
}

/// What a command is asked after, where the stage allows it, and the command itself with everything filled in.
fn asked(name: &str, world: &World, measure: MeasureId, fresh: IncidentId) -> Vec<(Actor, Command)> {
    let by = Actor::Account;
    let subject = world.measure(measure).subject;
    let approved =
        [(by(REGISTRAR), write(measure).into()), (by(SECOND_REGISTRAR), approve_letter(measure).into())];
    let interim = (by(MANAGER), ask_interim(measure, fresh, subject).into());
    let withheld = (by(DECIDER), withhold(measure).into());
    let [written, approval] = approved;
    let file = File::Measure(measure);
    let held = (by(PROTECTION), world.hold(file).into());
    let answers = (by(MANAGER), answers(measure, Advice::Keep).into());
    let lodged = (by(SECOND_REGISTRAR), lodge(measure, world.today()).into());
    let assigned = (by(SECOND_REGISTRAR), AssignAppeal { measure, officer: APPEALS }.into());
    let turned_down = (by(APPEALS), decide_appeal(measure, AppealOutcome::NotUpheld).into());
    let removal = (by(SECOND_GOVERNOR), AskRemoval { measure, reasons: reasons() }.into());
    let meeting = world.register.meetings().next().map_or(MeetingId::from_bits(1), |meeting| meeting.id);
    match name {
        "TriageIncident" => vec![(by(REGISTRAR), triage(fresh, Some(subject), Route::Join(measure)).into())],
        "AskInterim" => vec![interim],
        "AgreeInterim" => vec![interim, (by(DECIDER), AgreeInterim { measure }.into())],
        "RefuseInterim" => vec![interim, (by(DECIDER), RefuseInterim { measure }.into())],
        "LapseInterim" => vec![
            interim,
            (by(DECIDER), AgreeInterim { measure }.into()),
            (Actor::System, LapseInterim { measure }.into()),
        ],
        "AnswerTest" => vec![(by(REGISTRAR), answer(measure, Test::Serious, Finding::Holds).into())],
        "SetPlan" => vec![(by(REGISTRAR), SetPlan { measure, plan: plan(Kind::Entry) }.into())],
        "WeighProportionality" => {
            vec![(by(REGISTRAR), WeighProportionality { measure, record: proportionality() }.into())]
        }
        "AllowUnderAge" => vec![(by(PROTECTION), allow_under_age(measure, Finding::Holds).into())],
        "CompleteAssessment" => vec![(by(REGISTRAR), complete(measure).into())],
        "Decide" => vec![(by(DECIDER), world.approve(measure).into())],
        "WriteLetter" => vec![written],
        "ApproveLetter" => vec![written, approval],
        "RecordLetterSent" => vec![written, approval, (by(REGISTRAR), world.sent(measure).into())],
        "WithholdNotice" => vec![withheld],
        "AgreeWithholding" => vec![withheld, (by(PROTECTION), agree_withholding(measure).into())],
        "RefuseWithholding" => vec![withheld, (by(PROTECTION), refuse_withholding(measure).into())],
        "ReviewMeasure" => vec![answers, (by(DECIDER), world.retain(measure).into())],
        "RemoveMeasure" => vec![(by(REGISTRAR), remove(measure, EndReason::Error).into())],
        "AnswerReview" => vec![answers],
        "VaryMeasure" => {
            let mut changed = plan(Kind::Entry);
            changed.precautions.push(code("ADV"));
            vec![(by(DECIDER), VaryMeasure { measure, plan: changed, reasons: reasons() }.into())]
        }
        "ChangeSponsor" => vec![(by(REGISTRAR), ChangeSponsor { measure, sponsor: DECIDER }.into())],
        "LogContact" => vec![(by(OFFICER), log(measure, world.today()).into())],
        "AnswerContact" => vec![(by(REGISTRAR), answer_contact(measure, 0).into())],
        "KeepLegalAdvice" => vec![(by(REGISTRAR), legal_advice(measure, world.today()).into())],
        "RecordDispute" => vec![(by(REGISTRAR), dispute(measure, world.today()).into())],
        "AnswerDispute" => vec![
            (by(REGISTRAR), dispute(measure, world.today()).into()),
            (by(PROTECTION), answer_dispute(measure, DisputeOutcome::Stands).into()),
        ],
        "LodgeAppeal" => vec![lodged],
        "AssignAppeal" => vec![lodged, assigned],
        "DecideAppeal" => {
            vec![lodged, assigned, (by(APPEALS), decide_appeal(measure, AppealOutcome::Upheld).into())]
        }
        "WithdrawAppeal" => {
            vec![lodged, (by(REGISTRAR), WithdrawAppeal { measure, words: reasons() }.into())]
        }
        "RecordComplaint" => {
            vec![lodged, assigned, turned_down, (by(REGISTRAR), complaint(measure, world.today()).into())]
        }
        "EndComplaint" => vec![
            lodged,
            assigned,
            turned_down,
            (by(REGISTRAR), complaint(measure, world.today()).into()),
            (by(REGISTRAR), end_complaint(measure, ComplaintOutcome::Fault, world.today()).into()),
        ],
        "AskRemoval" => vec![removal],
        "AgreeRemoval" => vec![removal, (by(GOVERNOR), AgreeRemoval { measure, reasons: reasons() }.into())],
        "ConfirmWithdrawal" => {
            vec![(by(MANAGER), ConfirmWithdrawal { measure, team: HOUSING }.into())]
        }
        "DecideAtMeeting" => vec![
            (by(REGISTRAR), OpenMeeting { meeting, ..open_meeting(meeting) }.into()),
            (by(REGISTRAR), world.at_meeting(meeting, measure, MeetingOutcome::Remove).into()),
        ],
        "HoldFile" => vec![held],
        "LiftHold" => vec![held, (by(PROTECTION), lift(file).into())],
        "Destroy" => vec![(Actor::System, Destroy { file: File::Measure(measure) }.into())],
        other => panic!("{other} is not in the table of transitions: say what it does at each stage"),
    }
}

/// What becomes of an entry at a stage when a command is asked, after what leads up to it.
fn outcome(name: &str, stage: Stage) -> String {
    let (mut world, measure) = entry_at(stage);
    let fresh = world.reported();
    world.called();
    let mut course = asked(name, &world, measure, fresh);
    let (by, command) = course.pop().expect("the command");
    for (by, before) in course {
        // What leads up to it may be refused at this stage as well; then the command meets that.
        let _ = world.ask_as(by, &before);
    }
    if name == "LapseInterim" {
        world.on(register::calendar::months_after(world.today(), 1));
    }
    match world.ask_as(by, &command) {
        Ok(_) if world.stage(measure) == stage => "done".to_owned(),
        Ok(_) => format!("-> {:?}", world.stage(measure)),
        Err(refusal) => {
            let name = format!("{refusal:?}");
            name.split(['(', ' ']).next().expect("a name").to_owned()
        }
    }
}

#[test]
fn every_command_about_a_measure_does_what_the_table_says_at_every_stage() {
    let heads = Stage::ALL.iter().map(|stage| format!("{stage:?}"));
    let mut table = vec![std::iter::once("command".to_owned()).chain(heads).collect::<Vec<_>>()];
    for name in Command::NAMES.iter().filter(|name| !ELSEWHERE.contains(name)) {
        let outcomes = Stage::ALL.iter().map(|stage| outcome(name, *stage));
        table.push(std::iter::once((*name).to_owned()).chain(outcomes).collect());
    }
    let lines: Vec<String> = table.iter().map(|cells| cells.join(" | ")).collect();
    let found = lines.join("\n");
    assert!(found == TABLE, "the table of what happens is:\n{found}");
}

#[test]
fn nothing_comes_in_force_without_a_persons_decision() {
    for (command, outcomes) in rows() {
        for (from, outcome) in Stage::ALL.iter().zip(outcomes) {
            let leads_on = outcome == "-> Notice" || outcome == "-> InForce";
            let before_the_decision = matches!(from, Stage::Assessment | Stage::Decision);
            assert!(
                !leads_on || !before_the_decision || command == "Decide",
                "{command} decides at {from:?}"
            );
        }
    }
    let mut world = World::opened();
    let measure = world.assessed(Kind::Entry);
    let approve = world.approve(measure);
    assert_eq!(world.system_refused(approve), Refusal::NotPermitted(Action::Decide));
}

#[test]
fn nothing_comes_in_force_without_a_review_to_come() {
    let mut world = World::opened();
    let measure = world.assessed(Kind::Entry);
    let latest = register::calendar::months_after(world.today(), 6);
    for review_on in [None, Some(world.today())] {
        let decide = Decide { review_on, ..world.approve(measure) };
        assert_eq!(world.refused(DECIDER, decide), Refusal::ReviewDate { latest });
    }
    let measure = world.in_force(Kind::Restriction);
    assert!(world.measure(measure).review_due(&world.register).is_some_and(|due| due > world.today()));
}

#[test]
fn what_is_taken_off_is_shown_to_nobody_from_that_moment() {
    for begun in [World::in_force, |world: &mut World, _| world.interim_live()] {
        let mut world = World::opened();
        let measure = begun(&mut world, Kind::Entry);
        let subject = world.measure(measure).subject;
        assert!(world.marker(measure).is_some());
        world.does(REGISTRAR, remove(measure, EndReason::Error));
        for (account, ..) in CAST {
            for purpose in Purpose::ALL {
                let verdict = world.check(*account, subject, Certainty::Match, *purpose);
                // A partner's worker without an agreement is told to ring, whoever is listed.
                let nothing = matches!(verdict, Verdict::NoneFound | Verdict::NotCovered(..));
                assert!(nothing, "{account:?} is shown what was taken off");
            }
        }
    }
}

#[test]
fn an_assessment_is_not_edited_once_it_was_handed_on() {
    for stage in Stage::ALL.iter().filter(|stage| **stage != Stage::Assessment) {
        let (mut world, measure) = entry_at(*stage);
        let edits: [Command; 4] = [
            answer(measure, Test::Serious, Finding::Fails).into(),
            SetPlan { measure, plan: plan(Kind::Entry) }.into(),
            WeighProportionality { measure, record: proportionality() }.into(),
            complete(measure).into(),
        ];
        for edit in edits {
            assert_eq!(world.refused(REGISTRAR, edit), Refusal::WrongStage(*stage));
        }
    }
}

/// The rows of [`TABLE`]: each command with what it comes to at each stage.
fn rows() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(" | ");
        cells.next().map(|command| (command, cells.collect()))
    })
}
