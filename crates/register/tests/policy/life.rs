//! The life of a measure: what each command does to it at each stage. Every cell of the table is tried, also those that refuse.

use crate::cases::*;
use crate::support::*;
use register::assessment::{Finding, Test};
use register::command::*;
use register::ids::{File, MeasureId};
use register::measure::{EndReason, Kind, Stage};
use register::meeting::MeetingOutcome;
use register::moment::Actor;
use register::refusal::Refusal;
use register::review::Advice;

const STAGES: &[Stage] = Stage::ALL;

/// An entry at this stage, and for the stages before it is in force everything done that its next step needs.
fn entry_at(stage: Stage) -> (World, MeasureId) {
    let mut world = World::opened();
    let measure = match stage {
        Stage::Assessment => {
            let measure = world.proposed(Kind::Entry);
            world.answered(measure);
            measure
        }
        Stage::Decision => world.assessed(Kind::Entry),
        Stage::Notice => world.approved_letter(Kind::Entry),
        Stage::InForce => world.reviewable(Kind::Entry),
        Stage::Ended => world.ended(Kind::Entry),
        Stage::Destroyed => world.destroyed(Kind::Entry),
    };
    (world, measure)
}

/// By whom, what, and at which stages it is done and leads where; at every other stage it is refused.
type Row = (Actor, Command, &'static [(Stage, Stage)]);

fn rows(world: &World, measure: MeasureId) -> Vec<Row> {
    use Stage::{Assessment, Decision, Destroyed, Ended, InForce, Notice};
    let by = Actor::Account;
    let register_plan = || plan(Kind::Entry);
    let plan = SetPlan { measure, plan: register_plan() };
    let record = WeighProportionality { measure, record: proportionality() };
    let allow = AllowUnderAge { measure, finding: Finding::Holds, reasons: reasons() };
    let mut changed = register_plan();
    changed.precautions.push(code("ADV"));
    let vary = VaryMeasure { measure, plan: changed, reasons: reasons() };
    vec![
        (by(REGISTRAR), answer(measure, Test::Serious, Finding::Holds).into(), &[(Assessment, Assessment)]),
        (by(REGISTRAR), plan.into(), &[(Assessment, Assessment)]),
        (by(REGISTRAR), record.into(), &[(Assessment, Assessment)]),
        (by(PROTECTION), allow.into(), &[(Assessment, Assessment), (Decision, Decision)]),
        (by(REGISTRAR), complete(measure).into(), &[(Assessment, Decision)]),
        (by(DECIDER), world.approve(measure).into(), &[(Decision, Notice)]),
        (by(DECIDER), refuse(measure).into(), &[(Decision, Ended)]),
        (by(REGISTRAR), write(measure).into(), &[(Notice, Notice)]),
        (by(REGISTRAR), world.sent(measure).into(), &[(Notice, InForce)]),
        (by(DECIDER), withhold(measure).into(), &[(Notice, Notice)]),
        (by(DECIDER), world.retain(measure).into(), &[(InForce, InForce)]),
        (by(MANAGER), answers(measure, Advice::Keep).into(), &[(InForce, InForce)]),
        (by(DECIDER), take_off(measure).into(), &[(InForce, InForce)]),
        (by(DECIDER), vary.into(), &[(InForce, InForce)]),
        (by(GOVERNOR), AskRemoval { measure, reasons: reasons() }.into(), &[(InForce, InForce)]),
        (by(REGISTRAR), lodge(measure, world.today()).into(), &[(InForce, InForce)]),
        (
            by(REGISTRAR),
            ChangeSponsor { measure, sponsor: DECIDER }.into(),
            &[(Assessment, Assessment), (Decision, Decision), (Notice, Notice), (InForce, InForce)],
        ),
        (by(MANAGER), ConfirmWithdrawal { measure, team: HOUSING }.into(), &[(Ended, Ended)]),
        (
            by(REGISTRAR),
            remove(measure, EndReason::Error).into(),
            &[(Assessment, Ended), (Decision, Ended), (Notice, Ended), (InForce, Ended)],
        ),
        (Actor::System, remove(measure, EndReason::WatchClean).into(), &[]),
        (
            by(PROTECTION),
            world.hold(File::Measure(measure)).into(),
            &[
                (Assessment, Assessment),
                (Decision, Decision),
                (Notice, Notice),
                (InForce, InForce),
                (Ended, Ended),
            ],
        ),
        (Actor::System, Destroy { file: File::Measure(measure) }.into(), &[(Ended, Destroyed)]),
    ]
}

#[test]
fn each_command_is_carried_out_at_its_stages_and_refused_at_every_other() {
    for stage in STAGES {
        let (mut world, measure) = entry_at(*stage);
        world.on(register::calendar::months_after(world.today(), 7));
        for (by, command, leads) in rows(&world, measure) {
            let mut world = world.clone();
            let asked = world.ask_as(by, &command);
            let then = leads.iter().find(|(from, _)| from == stage).map_or(*stage, |(_, to)| *to);
            let case = format!("{} at {stage:?}", command.name());
            assert_eq!(asked.is_ok(), leads.iter().any(|(from, _)| from == stage), "{case}: {asked:?}");
            assert_eq!(world.stage(measure), then, "{case}");
        }
    }
}

#[test]
fn an_approval_is_refused_at_every_stage_but_its_own_with_the_stage_it_is_at() {
    for stage in STAGES.iter().filter(|stage| **stage != Stage::Decision) {
        let (mut world, measure) = entry_at(*stage);
        let approve = world.approve(measure);
        assert_eq!(world.refused(DECIDER, approve), Refusal::WrongStage(*stage));
    }
}

#[test]
fn the_whole_course_from_report_to_nothing_left() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let mut course = vec![world.stage(measure)];
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    course.push(world.stage(measure));
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
    course.push(world.stage(measure));
    world.does(REGISTRAR, write(measure));
    world.does(SECOND_REGISTRAR, approve_letter(measure));
    let sent = world.sent(measure);
    world.does(REGISTRAR, sent);
    course.push(world.stage(measure));
    world.does(MANAGER, answers(measure, Advice::Remove));
    world.does(DECIDER, take_off(measure));
    let meeting = world.sitting();
    let remove = world.at_meeting(meeting, measure, MeetingOutcome::Remove);
    world.does(REGISTRAR, remove);
    course.push(world.stage(measure));
    world.on(register::calendar::months_after(world.today(), 7));
    world.day_passes();
    course.push(world.stage(measure));
    assert_eq!(course, STAGES);
}
