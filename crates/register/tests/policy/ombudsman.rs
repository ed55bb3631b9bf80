//! Ombudsman: what an appeal did not settle is looked at from outside; nothing is destroyed meanwhile, and fault found is acted on.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::appeal::AppealOutcome;
use register::calendar::months_after;
use register::command::*;
use register::ids::File;
use register::measure::{EndReason, Kind, Stage};
use register::meeting::{Topic, agenda};
use register::ombudsman::ComplaintOutcome;
use register::people::Action;
use register::refusal::Refusal;
use register::retention::{Ground, Stands, Stop, clock};
use register::review::{Advice, Stir};

#[test]
fn an_ombudsman_looks_at_what_an_appeal_was_decided_about_unless_it_was_upheld() {
    let mut world = World::opened();
    let measure = world.assigned(Kind::Entry);
    let today = world.today();
    assert_eq!(world.refused(REGISTRAR, complaint(measure, today)), Refusal::NoAppealDecided);
    let mut less = plan(Kind::Entry);
    less.precautions = vec![code("ADV")];
    for outcome in AppealOutcome::ALL {
        let mut world = world.clone();
        if *outcome == AppealOutcome::NotHeard {
            world.does(REGISTRAR, WithdrawAppeal { measure, words: reasons() });
            world.on(date(2026, 6, 1));
            world.does(REGISTRAR, lodge(measure, date(2026, 6, 1)));
            world.does(REGISTRAR, AssignAppeal { measure, officer: APPEALS });
        }
        let plan = Some(less.clone());
        world.does(APPEALS, DecideAppeal { plan, ..decide_appeal(measure, *outcome) });
        let taken_up = complaint(measure, world.today());
        if *outcome == AppealOutcome::Upheld {
            assert_eq!(world.refused(REGISTRAR, taken_up), Refusal::NoAppealDecided);
        } else {
            world.does(REGISTRAR, taken_up);
            assert!(world.measure(measure).open_complaint().is_some(), "{outcome:?}");
        }
    }
}

#[test]
fn the_register_team_or_the_data_protection_officer_records_it_and_nobody_else() {
    let mut world = World::opened();
    let measure = world.turned_down(Kind::Entry);
    let today = world.today();
    for by in [DECIDER, MANAGER, APPEALS, GOVERNOR, OFFICER] {
        let refusal = world.refused(by, complaint(measure, today));
        assert_eq!(refusal, Refusal::NotPermitted(Action::RecordComplaint));
    }
    world.does(PROTECTION, complaint(measure, today));
    world.does(REGISTRAR, end_complaint(measure, ComplaintOutcome::Closed, today));
}

#[test]
fn one_complaint_is_open_at_a_time_and_ends_once() {
    let mut world = World::opened();
    let measure = world.turned_down(Kind::Restriction);
    let today = world.today();
    let ended = || end_complaint(measure, ComplaintOutcome::NoFault, today);
    assert_eq!(world.refused(REGISTRAR, ended()), Refusal::NoComplaint);
    world.does(REGISTRAR, complaint(measure, today));
    assert_eq!(world.refused(REGISTRAR, complaint(measure, today)), Refusal::ComplaintOpen);
    world.does(REGISTRAR, ended());
    assert_eq!(world.refused(REGISTRAR, ended()), Refusal::ComplaintEnded);
    world.does(REGISTRAR, complaint(measure, today));
    assert_eq!(world.measure(measure).complaints.len(), 2, "another ombudsman may look at it as well");
}

#[test]
fn a_complaint_is_taken_up_after_the_appeal_was_decided_and_ends_after_that_and_not_after_today() {
    let mut world = World::opened();
    let measure = world.turned_down(Kind::Entry); // decided on 2 March
    world.on(date(2026, 5, 4));
    for day in [date(2026, 3, 1), date(2026, 5, 5)] {
        assert_eq!(world.refused(REGISTRAR, complaint(measure, day)), Refusal::ComplaintDate);
    }
    world.does(REGISTRAR, complaint(measure, date(2026, 4, 13)));
    for day in [date(2026, 4, 12), date(2026, 5, 5)] {
        let ended = end_complaint(measure, ComplaintOutcome::Fault, day);
        assert_eq!(world.refused(REGISTRAR, ended), Refusal::ComplaintDate);
    }
    world.does(REGISTRAR, end_complaint(measure, ComplaintOutcome::Fault, date(2026, 4, 13)));
}

#[test]
fn fault_found_brings_the_review_forward_and_nothing_else_does() {
    for outcome in ComplaintOutcome::ALL {
        let mut world = World::opened();
        let measure = world.turned_down(Kind::Entry);
        let today = world.today();
        world.does(REGISTRAR, complaint(measure, today));
        world.does(REGISTRAR, end_complaint(measure, *outcome, today));
        let tasks = register::due::work(&world.register, today);
        let early = tasks.iter().find(|task| task.action == Action::AnswerReview);
        if *outcome == ComplaintOutcome::Fault {
            assert_eq!(world.measure(measure).stirred.map(|(stir, _)| stir), Some(Stir::Fault));
            assert_eq!(early.map(|task| task.by), Some(date(2026, 3, 16)), "ten working days");
            world.does(MANAGER, answers(measure, Advice::Keep));
            let retain = world.retain(measure);
            world.does(DECIDER, retain);
            assert!(world.measure(measure).stirred.is_none());
        } else {
            assert!(early.is_none() && world.measure(measure).stirred.is_none(), "{outcome:?}");
        }
    }
}

#[test]
fn nothing_is_destroyed_while_an_ombudsman_has_it_and_nobody_has_to_place_or_lift_that_hold() {
    let mut world = World::opened();
    let measure = world.turned_down(Kind::Entry);
    let incident = world.measure(measure).incidents[0];
    world.does(REGISTRAR, remove(measure, EndReason::Death));
    let today = world.today();
    world.does(REGISTRAR, complaint(measure, today));
    world.on(date(2030, 1, 1));
    for file in [File::Measure(measure), File::Incident(incident)] {
        let stands = clock(&world.register, file).expect("a clock").stands;
        assert_eq!(stands, Stands::Stopped(Stop::Held(Ground::Ombudsman)));
        assert_eq!(world.system_refused(Destroy { file }), Refusal::Held);
    }
    assert_eq!(world.refused(PROTECTION, lift(File::Measure(measure))), Refusal::NoHold);
    let today = world.today();
    world.does(REGISTRAR, end_complaint(measure, ComplaintOutcome::Fault, today));
    world.day_passes_whole();
    assert_eq!(world.stage(measure), Stage::Destroyed);
    assert!(world.measure(measure).complaints.is_empty(), "its words are gone");
    assert_eq!(world.refused(REGISTRAR, complaint(measure, today)), Refusal::Destroyed);
}

#[test]
fn after_half_a_year_somebody_asks_how_the_complaint_stands() {
    const ASK: &str = "Ask how the complaint to the ombudsman stands";
    let mut world = World::opened();
    let measure = world.turned_down(Kind::Restriction);
    let today = world.today();
    world.does(REGISTRAR, complaint(measure, today));
    assert!(!world.waiting(measure).contains(&ASK));
    world.on(months_after(today, 6));
    assert!(world.waiting(measure).contains(&ASK));
    let today = world.today();
    world.does(REGISTRAR, end_complaint(measure, ComplaintOutcome::Closed, today));
    assert!(!world.waiting(measure).contains(&ASK));
}

#[test]
fn the_governance_group_reads_what_an_ombudsman_has_and_what_ended_since_it_last_met() {
    let mut world = World::opened();
    let measure = world.turned_down(Kind::Restriction);
    let today = world.today();
    world.does(REGISTRAR, complaint(measure, today));
    let listed = |world: &World, meeting| {
        let meeting = world.register.meeting(meeting).expect("a meeting");
        let agenda = agenda(&world.register, meeting, world.today());
        agenda.of(Topic::Ombudsman).map(|item| (item.measure, item.on)).collect::<Vec<_>>()
    };
    let meeting = world.sitting();
    assert_eq!(listed(&world, meeting), [(measure, today)]);
    world.does(REGISTRAR, CloseMeeting { meeting, minutes: reasons() });
    world.on(date(2026, 5, 4));
    world.does(REGISTRAR, end_complaint(measure, ComplaintOutcome::NoFault, date(2026, 4, 30)));
    let meeting = world.sitting();
    assert_eq!(listed(&world, meeting), [(measure, date(2026, 5, 4))]);
    world.does(REGISTRAR, CloseMeeting { meeting, minutes: reasons() });
    world.on(date(2026, 8, 3));
    let meeting = world.called();
    assert!(listed(&world, meeting).is_empty());
}
