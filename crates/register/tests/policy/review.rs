//! Review: every live measure is looked at again in time, and one that is not says so.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::command::*;
use register::incident::Route;
use register::measure::{EndReason, Kind, Life, Stage};
use register::people::Action;
use register::refusal::Refusal;
use register::view::Footing;

#[test]
fn a_marker_is_current_on_its_review_date_and_says_overdue_from_the_next_day() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry); // decided on 2 March, to be reviewed by 2 September
    for (today, footing) in [
        (date(2026, 9, 1), Footing::InForce),
        (date(2026, 9, 2), Footing::InForce),
        (date(2026, 9, 3), Footing::ReviewOverdue),
        (date(2028, 9, 3), Footing::ReviewOverdue),
    ] {
        world.on(today);
        world.day_passes();
        assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(footing), "{today}");
    }
}

#[test]
fn a_review_waits_as_work_from_thirty_days_before_it_is_due() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    world.on(date(2026, 8, 2));
    assert!(world.waiting(measure).is_empty());
    world.on(date(2026, 8, 3));
    assert_eq!(world.waiting(measure), ["Review this measure"]);
    world.on(date(2027, 8, 3));
    assert_eq!(world.waiting(measure), ["Review this measure"]);
}

#[test]
fn a_measure_is_kept_for_at_most_six_months_from_the_review_and_not_from_the_date_it_was_due() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    world.on(date(2026, 8, 10));
    let refusal = Refusal::ReviewDate { latest: date(2027, 2, 10) };
    assert_eq!(world.refused(DECIDER, retain(measure, date(2027, 2, 11))), refusal);
    assert_eq!(world.refused(DECIDER, retain(measure, date(2026, 8, 10))), refusal);
    let without = ReviewMeasure { next_on: None, ..world.retain(measure) };
    assert_eq!(world.refused(DECIDER, without), refusal);
    world.does(DECIDER, retain(measure, date(2027, 2, 10)));
    assert_eq!(world.measure(measure).review_due(&world.register), Some(date(2027, 2, 10)));
    assert_eq!(world.measure(measure).last_considered(), Some(date(2026, 8, 10)));
}

#[test]
fn a_review_takes_the_measure_off_where_nobody_gives_reasons_to_keep_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    world.does(GOVERNOR, take_off(measure));
    assert!(matches!(world.measure(measure).life, Life::Ended { reason: EndReason::NotJustified, .. }));
    assert!(world.marker(measure).is_none());
}

#[test]
fn where_the_customer_was_not_told_every_review_says_afresh_why_not() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    let retain = world.retain(measure);
    assert_eq!(world.refused(DECIDER, retain.clone()), Refusal::WithholdingNotReconsidered);
    world.does(DECIDER, ReviewMeasure { still_withheld: Some(reasons()), ..retain.clone() });
    let Life::InForce { reviews, .. } = &world.measure(measure).life else { panic!("not in force") };
    assert!(reviews.last().is_some_and(|review| review.still_withheld.is_some()));
    assert_eq!(world.refused(DECIDER, retain), Refusal::WithholdingNotReconsidered);
}

#[test]
fn whoever_reported_does_not_review() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let subject = world.measure(measure).subject;
    let incident = world.reported_by(GOVERNOR);
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    let retain = world.retain(measure);
    assert_eq!(world.refused(GOVERNOR, retain.clone()), Refusal::ReportedIt);
    assert_eq!(world.refused(GOVERNOR, take_off(measure)), Refusal::ReportedIt);
    world.does(DECIDER, retain);
}

#[test]
fn only_a_measure_in_force_is_reviewed_and_only_by_those_who_may() {
    let mut world = World::opened();
    let decided = world.decided(Kind::Entry);
    let early = world.retain(decided);
    assert_eq!(world.refused(DECIDER, early), Refusal::WrongStage(Stage::Notice));
    let measure = world.in_force(Kind::Entry);
    let retain = world.retain(measure);
    assert_eq!(world.refused(REGISTRAR, retain), Refusal::NotPermitted(Action::Review));
}
