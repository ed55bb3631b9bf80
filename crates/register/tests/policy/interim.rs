//! Interim markers: two people put one up at once, and it lapses by itself.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::assessment::{Finding, Test};
use register::command::*;
use register::ids::MeasureId;
use register::incident::Route;
use register::measure::{EndReason, InterimStage, Kind, Stage};
use register::people::{Grant, Role};
use register::refusal::Refusal;
use register::subject::{AgeBand, Born, SubjectDetails};
use register::view::Footing;

const NEW: MeasureId = MeasureId::from_bits(77);

#[test]
fn an_interim_marker_is_shown_only_once_a_second_person_agrees() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    assert_eq!(world.marker(measure), None);
    world.does(DECIDER, AgreeInterim { measure });
    assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(Footing::Interim));
}

#[test]
fn whoever_asked_does_not_agree_and_neither_does_whoever_reported() {
    let mut world = World::opened();
    let incident = world.reported_by(DECIDER);
    let subject = world.subject();
    world.does(REGISTRAR, ask_interim(NEW, incident, subject));
    assert_eq!(world.refused(REGISTRAR, AgreeInterim { measure: NEW }), Refusal::SecondPersonNeeded);
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure: NEW }), Refusal::ReportedIt);
    assert_eq!(world.refused(DECIDER, RefuseInterim { measure: NEW }), Refusal::ReportedIt);
    world.does(SECOND_DECIDER, AgreeInterim { measure: NEW });
}

#[test]
fn the_incident_behind_an_interim_marker_stands_behind_the_measure_so_its_reporter_does_not_agree() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let subject = world.measure(measure).subject;
    let incident = world.reported_by(DECIDER);
    world.does(REGISTRAR, ask_interim(measure, incident, subject));
    assert!(world.measure(measure).incidents.contains(&incident));
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure }), Refusal::ReportedIt);
}

#[test]
fn an_interim_marker_is_not_put_on_anybody_but_whom_triage_found() {
    let mut world = World::opened();
    let found = world.subject();
    let other = world.subject();
    let incident = world.reported();
    world.does(REGISTRAR, propose(incident, found, NEW, Kind::Entry));
    let measure = MeasureId::from_bits(78);
    assert_eq!(world.refused(REGISTRAR, ask_interim(measure, incident, other)), Refusal::DifferentSubject);
}

#[test]
fn ten_working_days_over_easter_are_the_last_day_and_the_next_shows_nothing() {
    let mut world = World::opened();
    world.on(date(2026, 3, 27)); // Friday; Good Friday is 3 April, Easter Monday 6 April
    let measure = world.interim_live();
    let lapses_on = date(2026, 4, 14);
    let InterimStage::Live { lapses_on: last, .. } =
        world.measure(measure).interim.as_ref().expect("interim").stage
    else {
        panic!("not live")
    };
    assert_eq!(last, lapses_on);
    for (day, shown) in [(date(2026, 4, 13), true), (lapses_on, true), (date(2026, 4, 15), false)] {
        world.on(day);
        assert_eq!(world.marker(measure).is_some(), shown, "{day}");
    }
}

#[test]
fn a_lapsed_marker_is_not_shown_although_nothing_recorded_that_it_lapsed() {
    let mut world = World::opened();
    let measure = world.interim_live();
    world.at = "2026-03-16T23:59:00Z".parse().expect("timestamp");
    assert!(world.marker(measure).is_some());
    world.at = "2026-03-17T00:00:00Z".parse().expect("timestamp");
    assert!(world.marker(measure).is_none());
}

#[test]
fn in_summer_time_a_marker_lapses_at_midnight_in_london() {
    let mut world = World::opened();
    world.on(date(2026, 6, 1));
    let measure = world.interim_live(); // last day Monday 15 June
    world.at = "2026-06-15T22:59:00Z".parse().expect("timestamp");
    assert!(world.marker(measure).is_some());
    world.at = "2026-06-15T23:00:00Z".parse().expect("timestamp");
    assert!(world.marker(measure).is_none());
}

#[test]
fn time_records_that_it_lapsed_the_day_after_and_no_sooner() {
    let mut world = World::opened();
    let measure = world.interim_live();
    world.on(date(2026, 3, 16));
    assert_eq!(world.system_refused(LapseInterim { measure }), Refusal::NotDue);
    world.on(date(2026, 3, 17));
    world.day_passes();
    assert!(matches!(world.measure(measure).interim.as_ref().expect("interim").stage, InterimStage::Over(_)));
    assert_eq!(world.stage(measure), Stage::Assessment);
    assert_eq!(world.system_refused(LapseInterim { measure }), Refusal::NotDue);
}

#[test]
fn nobody_lapses_a_marker_by_hand() {
    let mut world = World::opened();
    let measure = world.interim_live();
    assert_eq!(world.refused(DECIDER, LapseInterim { measure }), Refusal::OnlyByTime);
}

#[test]
fn a_marker_is_asked_for_once_and_agreed_or_refused_once() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    world.does(DECIDER, RefuseInterim { measure });
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure }), Refusal::AlreadyDone);
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    assert_eq!(world.refused(MANAGER, ask_interim(measure, incident, subject)), Refusal::AlreadyDone);
}

#[test]
fn a_second_marker_about_the_same_subject_goes_to_the_measure_that_is_open() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    let subject = world.measure(measure).subject;
    let incident = world.reported();
    assert_eq!(
        world.refused(MANAGER, ask_interim(NEW, incident, subject)),
        Refusal::MeasureAlreadyOpen(measure)
    );
}

#[test]
fn a_measure_without_a_marker_has_none_to_agree() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure }), Refusal::NoInterim);
}

#[test]
fn a_manager_asks_only_for_the_own_team_and_needs_precautions_and_an_audience() {
    let mut world = World::opened();
    let incident = world.reported();
    let subject = world.subject();
    assert_eq!(world.refused(OTHER_MANAGER, ask_interim(NEW, incident, subject)), Refusal::OtherTeam);
    let mut nobody_told = ask_interim(NEW, incident, subject);
    nobody_told.plan.audience.clear();
    nobody_told.plan.words.audience_reasons.clear();
    assert_eq!(world.refused(MANAGER, nobody_told), Refusal::NoAudience);
}

#[test]
fn a_marker_falls_with_the_decision_not_to_start_the_measure() {
    let mut world = World::opened();
    let measure = world.interim_live();
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    assert!(world.marker(measure).is_some());
    world.does(SECOND_DECIDER, refuse(measure));
    assert!(world.marker(measure).is_none());
    assert_eq!(world.waiting(measure), ["Confirm that a marker is withdrawn"]);
}

#[test]
fn a_marker_gives_way_to_the_entry_once_that_is_in_force() {
    let mut world = World::opened();
    let measure = world.interim_live();
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    world.does(SECOND_DECIDER, approve);
    assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(Footing::Interim));
    world.does(SECOND_DECIDER, withhold(measure));
    world.does(PROTECTION, agree_withholding(measure));
    assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(Footing::InForce));
}

#[test]
fn until_its_incident_is_triaged_nobody_has_said_that_it_is_the_right_person() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    let right = answer(measure, Test::RightSubject, Finding::Holds);
    assert_eq!(world.refused(REGISTRAR, right), Refusal::IdentityDoubtful);
}

#[test]
fn a_marker_on_the_wrong_person_comes_off_at_once() {
    let mut world = World::opened();
    let measure = world.interim_live();
    world.does(REGISTRAR, remove(measure, EndReason::Error));
    assert!(world.marker(measure).is_none());
}

#[test]
fn a_marker_on_a_child_waits_for_the_data_protection_officer_however_urgent_it_is() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    let subject = world.measure(measure).subject;
    let details = SubjectDetails::Person(person(Born::Band(AgeBand::Child)));
    world.does(REGISTRAR, DescribeSubject { subject, details });
    assert!(world.waiting(measure).contains(&"Answer for a young person"));
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure }), Refusal::UnderAge);
    world.does(PROTECTION, allow_under_age(measure, Finding::Fails));
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure }), Refusal::UnderAge);
    world.does(PROTECTION, allow_under_age(measure, Finding::Holds));
    world.does(DECIDER, AgreeInterim { measure });
    assert!(world.marker(measure).is_some());
}

#[test]
fn one_person_in_two_roles_does_not_agree_a_marker_on_a_child_and_be_the_second_safeguard_too() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    let subject = world.measure(measure).subject;
    let details = SubjectDetails::Person(person(Born::Band(AgeBand::Child)));
    world.does(REGISTRAR, DescribeSubject { subject, details });
    let roles = [Role::DecisionMaker, Role::DataProtection].into();
    let details = holder(DECIDER, "Merlin Tellwright");
    world.does(ADMINISTRATOR, ChangeAccount { account: DECIDER, roles, team: RELATIONS, details });
    world.does(REGISTRAR, AgreeGrant { account: DECIDER, grant: Grant::Roles });
    world.does(DECIDER, allow_under_age(measure, Finding::Holds));
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure }), Refusal::SecondPersonNeeded);
    world.does(SECOND_DECIDER, AgreeInterim { measure });
}

#[test]
fn a_line_manager_agrees_only_to_what_concerns_the_own_team() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    assert_eq!(world.refused(OTHER_MANAGER, AgreeInterim { measure }), Refusal::OtherTeam);
    assert_eq!(world.refused(OTHER_MANAGER, RefuseInterim { measure }), Refusal::OtherTeam);
}
