//! Removal and retention: a measure comes off, its words are kept for a while, and then nothing of them is left.

use crate::cases::*;
use crate::support::*;
use jiff::civil::{Date, date};
use register::command::*;
use register::ids::{File, IncidentId};
use register::incident::{Injury, Route};
use register::measure::{EndReason, Kind, Life, Stage};
use register::notice::Notice;
use register::personal::Locker;
use register::refusal::Refusal;

/// Whether time alone asks today for these words to be destroyed, and gets it.
fn goes(world: &mut World, file: File, today: Date) -> bool {
    world.on(today);
    let asked = register::due::due(&world.register, today)
        .iter()
        .any(|command| matches!(command, Command::Destroy(destroy) if destroy.file == file));
    let done = world.clone().ask_as(register::moment::Actor::System, &Destroy { file }.into()).is_ok();
    assert_eq!(asked, done, "what is due is carried out, and nothing else is");
    done
}

#[test]
fn an_error_or_a_death_ends_a_measure_at_once_and_nothing_else_does_without_its_procedure() {
    for reason in EndReason::ALL {
        let mut world = World::opened();
        let measure = world.in_force(Kind::Entry);
        let remove = remove(measure, *reason);
        match reason {
            EndReason::Error | EndReason::Death => {
                world.does(REGISTRAR, remove);
                assert!(world.marker(measure).is_none());
            }
            _ => {
                assert_eq!(world.refused(REGISTRAR, remove), Refusal::ReviewFirst);
            }
        }
    }
}

#[test]
fn the_system_ends_nothing_but_a_warning_whose_watch_has_passed() {
    for reason in EndReason::ALL {
        let mut world = World::opened();
        let entry = world.in_force(Kind::Entry);
        assert_eq!(world.system_refused(remove(entry, *reason)), Refusal::ReviewFirst);
    }
}

#[test]
fn a_warning_is_watched_for_six_months_and_ends_by_itself_the_day_after() {
    let mut world = World::opened();
    world.on(date(2026, 8, 31));
    let measure = world.in_force(Kind::Warning);
    world.on(date(2027, 2, 28));
    world.day_passes();
    assert_eq!(world.stage(measure), Stage::InForce);
    world.on(date(2027, 3, 1));
    world.day_passes();
    assert!(matches!(world.measure(measure).life, Life::Ended { reason: EndReason::WatchClean, .. }));
}

#[test]
fn what_was_decided_and_how_the_customer_was_told_stays_on_the_file_until_it_is_destroyed() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    let kept = world.measure(measure);
    assert!(kept.decision().is_some_and(|decision| decision.reasons.known().is_some()));
    assert!(matches!(kept.notice(), Some((Notice::Sent { letter, .. }, _)) if letter.known().is_some()));
    let Life::Ended { words, .. } = &kept.life else { panic!("not ended") };
    assert!(words.known().is_some());
    let measure = world.destroyed(Kind::Entry);
    let gone = world.measure(measure);
    assert!(gone.decision().is_none() && gone.notice().is_none() && gone.reviews().is_empty());
}

#[test]
fn why_a_measure_was_not_approved_stays_on_the_file() {
    let mut world = World::opened();
    let measure = world.assessed(Kind::Entry);
    world.does(DECIDER, refuse(measure));
    let Life::Ended { reason: EndReason::Refused, words, .. } = &world.measure(measure).life else {
        panic!("not refused")
    };
    assert!(words.known().is_some());
}

#[test]
fn a_measure_is_removed_once() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    assert_eq!(world.refused(REGISTRAR, remove(measure, EndReason::Death)), Refusal::MeasureEnded);
}

#[test]
fn the_words_of_a_measure_are_kept_six_months_after_it_ended_and_not_a_day_longer() {
    let mut world = World::opened();
    world.on(date(2026, 8, 31));
    let measure = world.ended(Kind::Entry);
    let file = File::Measure(measure);
    assert!(!goes(&mut world, file, date(2027, 2, 27)));
    assert!(!goes(&mut world, file, date(2027, 2, 28)));
    assert!(goes(&mut world, file, date(2027, 3, 1)));
    assert!(goes(&mut world, file, date(2029, 3, 1)), "a scheduler that was stopped still finds it");
}

#[test]
fn nothing_is_destroyed_by_hand_or_while_it_lives() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    world.on(date(2030, 1, 1));
    for file in
        [File::Measure(measure), File::Incident(incident), File::Subject(subject), File::Account(OFFICER)]
    {
        assert_eq!(world.system_refused(Destroy { file }), Refusal::NotDue);
        assert_eq!(world.refused(PROTECTION, Destroy { file }), Refusal::OnlyByTime);
    }
}

#[test]
fn a_hold_stops_the_destruction_of_everything_behind_the_measure_until_it_is_lifted() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    let (file, hold) = (File::Measure(measure), world.hold(File::Measure(measure)));
    world.does(PROTECTION, hold);
    world.on(date(2030, 1, 1));
    assert!(world.nothing_is_due());
    assert_eq!(world.system_refused(Destroy { file: File::Measure(measure) }), Refusal::Held);
    assert_eq!(world.system_refused(Destroy { file: File::Incident(incident) }), Refusal::Held);
    assert_eq!(world.system_refused(Destroy { file: File::Subject(subject) }), Refusal::NotDue);
    world.does(PROTECTION, lift(file));
    assert_eq!(world.refused(PROTECTION, lift(file)), Refusal::NoHold);
    world.day_passes();
    assert_eq!(world.stage(measure), Stage::Destroyed);
    let again = world.hold(file);
    assert_eq!(world.refused(PROTECTION, again), Refusal::Destroyed);
}

#[test]
fn a_report_that_led_to_nothing_is_kept_a_year_and_a_reportable_injury_three() {
    for (injury, last) in [
        (Injury::None, date(2025, 2, 28)),
        (Injury::OverThreeDays, date(2025, 2, 28)),
        (Injury::Reportable, date(2027, 2, 28)),
    ] {
        let mut world = World::opened();
        world.on(date(2024, 2, 29));
        let incident = IncidentId::from_bits(77);
        let mut report = report(incident, world.today());
        report.facts.injury = injury;
        world.does(OFFICER, report);
        world.does(REGISTRAR, triage(incident, None, Route::LogOnly));
        assert!(!goes(&mut world, File::Incident(incident), last));
        assert!(goes(&mut world, File::Incident(incident), last.tomorrow().expect("date")));
    }
}

#[test]
fn a_report_that_nobody_triaged_is_not_lost() {
    let mut world = World::opened();
    let incident = world.reported();
    assert!(!goes(&mut world, File::Incident(incident), date(2040, 1, 1)));
}

#[test]
fn a_report_outlives_its_own_time_while_a_measure_rests_on_it() {
    let mut world = World::opened();
    let measure = world.reviewable(Kind::Restriction);
    let incident = world.measure(measure).incidents[0];
    assert!(!goes(&mut world, File::Incident(incident), date(2028, 1, 10)));
    world.does(DECIDER, take_off(measure));
    assert!(!goes(&mut world, File::Incident(incident), date(2028, 7, 10)));
    assert!(goes(&mut world, File::Incident(incident), date(2028, 7, 11)));
}

#[test]
fn a_subject_goes_when_nothing_about_it_is_left_and_nothing_of_it_remains() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    world.does(REGISTRAR, RecordSupportNeeds { subject, needs: reasons() });
    world.on(date(2026, 9, 3));
    world.day_passes();
    assert_eq!(world.stage(measure), Stage::Destroyed);
    assert!(!goes(&mut world, File::Subject(subject), date(2027, 3, 2)));
    world.on(date(2027, 3, 3));
    world.day_passes();
    assert!(!goes(&mut world, File::Subject(subject), date(2027, 3, 3)));
    world.on(date(2027, 3, 4));
    world.day_passes();
    let kept = world.register.subject(subject).expect("that it existed remains");
    assert!(!is_known(&kept.details.content) && kept.support.is_none());
    let kept = world.register.incident(incident).expect("that it existed remains");
    assert!(!is_known(&kept.narrative.content));
    let printed = format!("{:?}", world.register);
    for locker in [Locker::Measure(measure), Locker::Incident(incident), Locker::Subject(subject)] {
        assert!(world.register.erased().contains(&locker));
        assert!(!printed.contains(&format!("locker: {locker:?}, content: Known")));
    }
    world.on(date(2032, 1, 1));
    assert!(world.nothing_is_due());
}

#[test]
fn a_file_that_nothing_was_ever_about_is_kept_a_fortnight() {
    let mut world = World::opened();
    let subject = world.subject();
    assert!(!goes(&mut world, File::Subject(subject), date(2026, 3, 16)));
    assert!(goes(&mut world, File::Subject(subject), date(2026, 3, 17)));
}

#[test]
fn an_unknown_file_is_not_destroyed() {
    let mut world = World::opened();
    let file = File::Incident(IncidentId::from_bits(999_999));
    assert_eq!(world.system_refused(Destroy { file }), Refusal::NoSuchFile);
}
