//! Dispute: what a subject says is wrong stays beside the entry, is answered in a month, and brings the review forward.

use crate::cases::*;
use crate::outcome::letter;
use crate::support::*;
use jiff::civil::date;
use register::dispute::DisputeOutcome;
use register::measure::{EndReason, Kind};
use register::notice::{Content, Occasion};
use register::people::Action;
use register::refusal::Refusal;
use register::view::Challenge;

#[test]
fn a_dispute_is_answered_within_a_month_by_the_data_protection_officer() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let today = world.today(); // 2 March
    world.does(REGISTRAR, dispute(measure, today));
    let work = register::due::work(&world.register, today);
    let task = work.iter().find(|task| task.action == Action::AnswerDispute).expect("work");
    assert_eq!(task.by, date(2026, 4, 2));
    let stands = answer_dispute(measure, DisputeOutcome::Stands);
    for by in [REGISTRAR, DECIDER, MANAGER] {
        assert_eq!(world.refused(by, stands.clone()), Refusal::NotPermitted(Action::AnswerDispute));
    }
    world.does(PROTECTION, stands.clone());
    assert_eq!(world.refused(PROTECTION, stands), Refusal::AlreadyDone);
}

#[test]
fn whoever_wrote_a_dispute_down_does_not_answer_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let today = world.today();
    world.does(PROTECTION, dispute(measure, today));
    let stands = answer_dispute(measure, DisputeOutcome::Stands);
    assert_eq!(world.refused(PROTECTION, stands), Refusal::SecondPersonNeeded);
}

#[test]
fn one_dispute_waits_at_a_time_and_none_from_tomorrow() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let today = world.today();
    let tomorrow = today.tomorrow().expect("date");
    assert_eq!(world.refused(REGISTRAR, dispute(measure, tomorrow)), Refusal::HappenedInFuture);
    world.does(REGISTRAR, dispute(measure, today));
    assert_eq!(world.refused(REGISTRAR, dispute(measure, today)), Refusal::DisputeOpen);
    world.does(PROTECTION, answer_dispute(measure, DisputeOutcome::InPart));
    world.does(REGISTRAR, dispute(measure, today));
    assert_eq!(world.measure(measure).disputes.len(), 2);
}

#[test]
fn a_marker_says_that_it_is_disputed_and_holds_meanwhile() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let today = world.today();
    world.does(REGISTRAR, dispute(measure, today));
    assert_eq!(world.marker(measure).map(|marker| marker.challenge), Some(Challenge::Disputed));
    world.does(PROTECTION, answer_dispute(measure, DisputeOutcome::Stands));
    assert_eq!(world.marker(measure).map(|marker| marker.challenge), Some(Challenge::None));
    assert!(world.measure(measure).disputes[0].words.known().is_some(), "the words stay beside the entry");
}

#[test]
fn the_answer_is_told_in_a_letter() {
    for (outcome, says) in [
        (DisputeOutcome::Corrected, "You were right, and we have put it right"),
        (DisputeOutcome::InPart, "You were right in part"),
        (DisputeOutcome::Stands, "what you told us stays beside it"),
    ] {
        let mut world = World::opened();
        let measure = world.in_force(Kind::Entry);
        let today = world.today();
        world.does(REGISTRAR, dispute(measure, today));
        world.does(PROTECTION, answer_dispute(measure, outcome));
        world.does(REGISTRAR, write_of(measure, Occasion::DisputeAnswered));
        let letter = letter(&world, measure, Occasion::DisputeAnswered);
        let told = letter.sections.iter().find(|section| section.content == Content::Outcome).expect("told");
        assert!(told.paragraphs[0].contains("On 2 March 2026 you told us"), "{:?}", told.paragraphs);
        assert!(told.paragraphs[0].contains(says), "{:?}", told.paragraphs);
    }
}

#[test]
fn what_a_subject_said_is_destroyed_with_the_rest() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let today = world.today();
    world.does(REGISTRAR, dispute(measure, today));
    world.does(REGISTRAR, remove(measure, EndReason::Error));
    world.on(register::calendar::months_after(today, 7));
    world.day_passes();
    assert!(world.measure(measure).disputes.is_empty());
    assert_eq!(world.refused(REGISTRAR, dispute(measure, today)), Refusal::Destroyed);
}
