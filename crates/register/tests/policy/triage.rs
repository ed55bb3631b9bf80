//! Triage: somebody of the register team who did not report it says whom it is about and where it goes.

use crate::cases::*;
use crate::support::*;
use register::command::*;
use register::event::Event;
use register::ids::{AccountId, IncidentId, MeasureId, SubjectId};
use register::incident::Route;
use register::measure::{EndReason, Kind, Stage};
use register::refusal::Refusal;

const NEW: MeasureId = MeasureId::from_bits(77);

#[test]
fn a_report_may_be_kept_as_a_record_only_and_nothing_else_follows() {
    let mut world = World::opened();
    let incident = world.reported();
    let events = world.does(REGISTRAR, triage(incident, None, Route::LogOnly));
    assert!(matches!(events.as_slice(), [Event::IncidentTriaged { measure: None, .. }]));
}

#[test]
fn a_report_is_triaged_once() {
    let mut world = World::opened();
    let incident = world.reported();
    world.does(REGISTRAR, triage(incident, None, Route::LogOnly));
    let again = triage(incident, None, Route::LogOnly);
    assert_eq!(world.refused(SECOND_REGISTRAR, again), Refusal::AlreadyTriaged);
}

#[test]
fn nobody_triages_the_own_report() {
    let mut world = World::opened();
    let incident = world.reported_by(REGISTRAR);
    let log = triage(incident, None, Route::LogOnly);
    assert_eq!(world.refused(REGISTRAR, log.clone()), Refusal::OwnReport);
    world.does(SECOND_REGISTRAR, log);
}

#[test]
fn a_measure_is_proposed_only_about_a_subject_with_a_file() {
    let mut world = World::opened();
    let incident = world.reported();
    let route = Route::Propose { measure: NEW, kind: Kind::Entry, sponsor: MANAGER };
    assert_eq!(
        world.refused(REGISTRAR, triage(incident, None, route.clone())),
        Refusal::SubjectNotIdentified
    );
    let nobody = SubjectId::from_bits(999_999);
    assert_eq!(world.refused(REGISTRAR, triage(incident, Some(nobody), route)), Refusal::NoSuchFile);
}

#[test]
fn there_is_one_open_measure_of_a_kind_about_a_subject_and_other_kinds_stand_beside_it() {
    let mut world = World::opened();
    let subject = world.subject();
    let open = world.proposed_about(subject, Kind::Entry);
    let incident = world.reported();
    assert_eq!(
        world.refused(REGISTRAR, propose(incident, subject, NEW, Kind::Entry)),
        Refusal::MeasureAlreadyOpen(open)
    );
    world.does(REGISTRAR, propose(incident, subject, NEW, Kind::Warning));
}

#[test]
fn once_a_measure_has_ended_another_may_be_proposed() {
    let mut world = World::opened();
    let ended = world.ended(Kind::Entry);
    let subject = world.measure(ended).subject;
    let next = world.proposed_about(subject, Kind::Entry);
    assert_eq!(world.stage(next), Stage::Assessment);
}

#[test]
fn another_incident_joins_the_measure_about_the_same_subject() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let subject = world.measure(measure).subject;
    let incident = world.reported();
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    assert!(world.measure(measure).incidents.contains(&incident));
}

#[test]
fn an_incident_does_not_join_a_measure_about_somebody_else_or_one_that_has_ended() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    let incident = world.reported();
    let other = world.subject();
    let subject = world.measure(measure).subject;
    let join = |subject| triage(incident, Some(subject), Route::Join(measure));
    assert_eq!(world.refused(REGISTRAR, join(other)), Refusal::DifferentSubject);
    assert_eq!(world.refused(REGISTRAR, join(subject)), Refusal::MeasureEnded);
}

#[test]
fn a_sponsor_has_an_open_account() {
    let mut world = World::opened();
    let incident = world.reported();
    let subject = world.subject();
    let sponsored = |sponsor: AccountId| {
        triage(incident, Some(subject), Route::Propose { measure: NEW, kind: Kind::Entry, sponsor })
    };
    let nobody = AccountId::from_bits(999_999);
    assert_eq!(world.refused(REGISTRAR, sponsored(nobody)), Refusal::NoSuchAccount);
    world.does(ADMINISTRATOR, CloseAccount { account: MANAGER });
    assert_eq!(world.refused(REGISTRAR, sponsored(MANAGER)), Refusal::AccountClosed);
}

#[test]
fn nothing_new_is_about_a_subject_whose_words_are_destroyed() {
    let mut world = World::opened();
    let subject = world.subject();
    world.on(jiff::civil::date(2026, 5, 1));
    world.day_passes();
    let incident = world.reported();
    let measure = NEW;
    assert_eq!(
        world.refused(REGISTRAR, propose(incident, subject, measure, Kind::Entry)),
        Refusal::Destroyed
    );
    assert_eq!(world.refused(MANAGER, ask_interim(measure, incident, subject)), Refusal::Destroyed);
    assert_eq!(
        world.refused(REGISTRAR, RecordSupportNeeds { subject, needs: reasons() }),
        Refusal::Destroyed
    );
}

#[test]
fn a_warning_is_watched_anew_from_each_incident_that_joins_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Warning);
    let subject = world.measure(measure).subject;
    world.on(jiff::civil::date(2026, 8, 1));
    let incident = world.reported();
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    world.on(jiff::civil::date(2026, 9, 10));
    let clean = remove(measure, EndReason::WatchClean);
    assert_eq!(world.system_refused(clean.clone()), Refusal::ReviewFirst);
    world.on(jiff::civil::date(2027, 2, 2));
    world.system(clean);
}

#[test]
fn an_unknown_report_is_not_triaged() {
    let mut world = World::opened();
    let nothing = IncidentId::from_bits(999_999);
    assert_eq!(world.refused(REGISTRAR, triage(nothing, None, Route::LogOnly)), Refusal::NoSuchFile);
}
