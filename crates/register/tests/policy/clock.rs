//! The clock of each file, holds with a day to look at them again, certificates, and the forecast.

use crate::cases::*;
use crate::support::*;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use register::calendar;
use register::command::*;
use register::event::Event;
use register::ids::{AccessMonth, File, IncidentId};
use register::incident::{Injury, Route};
use register::measure::{EndReason, Kind, Life, Stage};
use register::moment::Actor;
use register::notice::Notice;
use register::people::Action;
use register::personal::{Locker, Personal};
use register::policy;
use register::refusal::Refusal;
use register::retention::{Category, CertifiedFigure, Clock, Ground, Stands, Stop, clock, forecast};
use std::collections::BTreeSet;

impl World {
    fn clock(&self, file: File) -> Clock {
        clock(&self.register, file).expect("a clock")
    }
}

fn stops(world: &World, file: File) -> Stop {
    match world.clock(file).stands {
        Stands::Stopped(stop) => stop,
        other => panic!("{file}: {other:?}"),
    }
}

fn runs(world: &World, file: File) -> (Date, Date) {
    match world.clock(file).stands {
        Stands::Runs { since, last, .. } => (since, last),
        other => panic!("{file}: {other:?}"),
    }
}

#[test]
fn the_clock_of_a_measure_starts_when_it_ends() {
    for (kind, category) in [
        (Kind::Entry, Category::Entry),
        (Kind::Restriction, Category::Restriction),
        (Kind::Warning, Category::Warning),
    ] {
        let mut world = World::opened();
        let measure = world.in_force(kind);
        let file = File::Measure(measure);
        assert_eq!(world.clock(file).category, category);
        assert_eq!(stops(&world, file), Stop::Live);
        world.on(date(2026, 11, 4));
        world.does(DECIDER, remove(measure, EndReason::Error));
        assert_eq!(runs(&world, file), (date(2026, 11, 4), date(2027, 5, 4)));
        assert_eq!(world.clock(file).category.keeping().in_words(&world.register), "6 months");
        world.on(date(2027, 5, 5));
        world.day_passes();
        assert_eq!(world.clock(file).stands, Stands::Gone(date(2027, 5, 5)));
    }
}

#[test]
fn the_clock_of_an_incident_is_its_own_and_says_what_stops_it() {
    let mut world = World::opened();
    let incident = world.reported();
    let file = File::Incident(incident);
    assert_eq!(stops(&world, file), Stop::WaitsForTriage);
    world.does(REGISTRAR, triage(incident, None, Route::LogOnly));
    assert_eq!(runs(&world, file), (date(2026, 3, 2), date(2027, 3, 2)));

    let measure = world.in_force(Kind::Entry);
    let behind = File::Incident(world.measure(measure).incidents[0]);
    assert_eq!(stops(&world, behind), Stop::RestsOn(measure));
    assert_eq!(
        stops(&world, File::Subject(world.measure(measure).subject)),
        Stop::KeptFor(File::Measure(measure))
    );
    world.on(date(2026, 12, 1));
    world.does(DECIDER, remove(measure, EndReason::Error));
    let Stands::Runs { since, last, longer } = world.clock(behind).stands else { panic!("stopped") };
    assert_eq!((since, last), (date(2026, 3, 2), date(2027, 6, 1)), "as long as the measure’s words");
    assert_eq!(longer, Some(measure));
}

#[test]
fn the_record_of_a_reportable_injury_is_kept_as_the_law_says_whatever_the_policy_does() {
    let mut world = World::opened();
    let incident = IncidentId::from_bits(77);
    let mut report = report(incident, world.today());
    report.facts.injury = Injury::Reportable;
    world.does(OFFICER, report);
    world.does(REGISTRAR, triage(incident, None, Route::LogOnly));
    let clock = world.clock(File::Incident(incident));
    assert_eq!(clock.category, Category::Injury);
    assert_eq!(clock.category.keeping().in_words(&world.register), "3 years");
    assert_eq!(clock.destroy_on(), Some(date(2029, 3, 3)));
}

#[test]
fn a_report_is_held_without_any_measure_and_the_hold_says_for_whom() {
    let mut world = World::opened();
    let incident = world.reported();
    let file = File::Incident(incident);
    let hold = world.hold(file);
    world.does(PROTECTION, hold);
    world.does(REGISTRAR, triage(incident, None, Route::LogOnly));
    assert_eq!(stops(&world, file), Stop::Held(Ground::Ombudsman));
    world.on(date(2030, 1, 1));
    assert!(world.nothing_is_due());
    assert_eq!(world.system_refused(Destroy { file }), Refusal::Held);
    world.does(PROTECTION, lift(file));
    world.day_passes();
    assert_eq!(world.clock(file).stands, Stands::Gone(date(2030, 1, 1)));
}

#[test]
fn a_hold_on_a_subject_keeps_everything_about_them() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    let incident = world.measure(measure).incidents[0];
    let subject = File::Subject(world.measure(measure).subject);
    let hold = world.hold(subject);
    world.does(PROTECTION, hold);
    world.on(date(2032, 1, 1));
    assert!(world.nothing_is_due());
    for file in [File::Measure(measure), File::Incident(incident), subject] {
        assert_eq!(world.system_refused(Destroy { file }), Refusal::Held);
    }
    world.does(PROTECTION, lift(subject));
    world.day_passes_whole();
    assert_eq!(world.stage(measure), Stage::Destroyed);
}

#[test]
fn no_hold_is_for_ever() {
    let mut world = World::opened();
    let file = File::Measure(world.ended(Kind::Entry));
    let latest = date(2026, 9, 2);
    for wrong in [world.today(), date(2026, 9, 3)] {
        assert_eq!(world.refused(PROTECTION, hold_until(file, wrong)), Refusal::ReviewDate { latest });
    }
    world.does(PROTECTION, hold_until(file, latest));
    let waits = |world: &World| {
        let tasks = register::due::work(&world.register, world.today());
        tasks.into_iter().find(|task| task.action == Action::Hold).map(|task| (task.file, task.by))
    };
    assert_eq!(waits(&world), None);
    world.on(date(2026, 8, 3));
    assert_eq!(waits(&world), Some((file, latest)));
    // Looked at again: the same ground with another day is the same hold.
    world.does(PROTECTION, hold_until(file, date(2027, 2, 3)));
    assert_eq!(waits(&world), None);
    assert_eq!(register::retention::placed(&world.register, file).len(), 1);
    let court = HoldFile { ground: Ground::Court, ..hold_until(file, date(2026, 12, 1)) };
    world.does(PROTECTION, court);
    assert_eq!(register::retention::placed(&world.register, file).len(), 2);
    world.does(PROTECTION, lift(file));
    assert_eq!(waits(&world), None);
}

#[test]
fn only_the_data_protection_officer_places_a_hold_and_never_on_an_account() {
    let mut world = World::opened();
    let file = File::Measure(world.ended(Kind::Entry));
    let hold = world.hold(file);
    assert_eq!(world.refused(REGISTRAR, hold), Refusal::NotPermitted(Action::Hold));
    let hold = world.hold(File::Account(OFFICER));
    assert_eq!(world.refused(PROTECTION, hold), Refusal::NoSuchFile);
}

#[test]
fn a_destruction_leaves_a_certificate_and_nothing_about_anybody() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    assert!(world.register.certificates().is_empty());
    world.on(date(2026, 9, 3));
    world.day_passes_whole();
    world.on(date(2027, 3, 20));
    world.day_passes_whole();
    world.on(date(2027, 3, 21));
    world.day_passes_whole();
    let certificate = |file| *world.register.certificate(file).expect("a certificate");
    let of_measure = certificate(File::Measure(measure));
    assert_eq!(of_measure.category, Some(Category::Entry));
    assert_eq!(of_measure.kept, Some((date(2026, 3, 2), date(2026, 9, 2))));
    assert_eq!(of_measure.figure, CertifiedFigure::Policy(policy::Figure::RetainMeasure, 6));
    assert_eq!(of_measure.policy, policy::Version(1));
    assert_eq!((of_measure.lockers, of_measure.days_late()), (3, 0));
    assert_eq!(of_measure.destroyed.by, Actor::System);
    let of_incident = certificate(File::Incident(incident));
    assert_eq!((of_incident.lockers, of_incident.days_late()), (5, 17), "the scheduler stood still");
    let of_subject = certificate(File::Subject(subject));
    assert_eq!(of_subject.category, Some(Category::Subject));
    assert_eq!(
        of_subject.kept,
        Some((date(2027, 3, 20), date(2027, 3, 20))),
        "as long as the last file about them"
    );
    assert_eq!(of_subject.days_late(), 0);
    assert_eq!(world.register.certificates().len(), 3);
    let position = usize::try_from(of_measure.position).expect("position");
    assert!(matches!(
        &world.log[position].0,
        Event::Destroyed { file, .. } if *file == File::Measure(measure)
    ));
    let printed = format!("{:?}", world.register.certificates());
    for word in ["Tellwright", SUBJECT_WORD, SECRET_WORD] {
        assert!(!printed.contains(word));
    }
}

#[test]
fn a_register_that_is_read_again_without_the_destroyed_words_has_the_same_certificates() {
    let mut world = World::opened();
    world.ended(Kind::Entry);
    for day in [date(2027, 3, 20), date(2027, 3, 21)] {
        world.on(day);
        world.day_passes_whole();
    }
    assert_eq!(world.register.certificates().len(), 3);
    let mut again = World::empty();
    for (position, (event, moment)) in world.log.iter().enumerate() {
        let mut event = event.clone();
        match &mut event {
            Event::IncidentReported { narrative, .. } => narrative.content = Personal::Erased,
            Event::SubjectOpened { details, .. } => details.content = Personal::Erased,
            _ => {}
        }
        again.register.apply(&event, *moment, position as u64);
    }
    assert_eq!(again.register.certificates(), world.register.certificates());
    assert!(again.register.certificates().iter().all(|certificate| certificate.kept.is_some()));
}

fn keeps_decision_files() -> World {
    World::opened_with([(policy::Figure::SealedDecisionFile, 15)].into())
}

#[test]
fn a_decision_file_is_kept_only_where_the_policy_says_so() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    world.on(date(2026, 9, 3));
    world.day_passes();
    assert!(world.measure(measure).sealed.is_none());
    assert!(matches!(world.clock(File::Measure(measure)).stands, Stands::Gone(_)));
}

#[test]
fn a_sealed_decision_file_outlives_everything_else_about_the_customer_by_nine_months() {
    let mut world = keeps_decision_files();
    let measure = world.ended(Kind::Entry);
    let file = File::Measure(measure);
    let incident = world.measure(measure).incidents[0];
    let subject = world.measure(measure).subject;
    world.on(date(2026, 9, 3));
    world.day_passes_whole();
    assert_eq!(world.stage(measure), Stage::Destroyed, "to everybody else it is gone");
    let kept = world.measure(measure);
    assert!(kept.assessment.plan.is_none() && kept.decision().is_none() && kept.interim.is_none());
    let sealed = kept.sealed.as_ref().expect("a decision file");
    let Life::Ended { words, before, .. } = sealed.life.as_ref() else { panic!("not as it ended") };
    assert!(words.known().is_some());
    let Life::InForce { decision, notice: Notice::Sent { letter, .. }, .. } = before.as_ref() else {
        panic!("not in force")
    };
    assert!(decision.reasons.known().is_some() && letter.known().is_some());
    assert_eq!(
        world.register.certificate(file).map(|it| (it.category, it.lockers)),
        Some((Some(Category::Entry), 2))
    );
    assert!(world.register.erased().contains(&Locker::Measure(measure)));

    // The rest does not wait for it.
    assert_eq!(runs(&world, File::Incident(incident)).1, date(2027, 3, 2));
    world.on(date(2027, 3, 3));
    world.day_passes_whole();
    assert!(world.register.erased().contains(&Locker::Incident(incident)));
    world.on(date(2027, 3, 4));
    world.day_passes_whole();
    assert!(world.register.erased().contains(&Locker::Subject(subject)));

    assert_eq!(world.clock(file).category, Category::DecisionFile);
    assert_eq!(runs(&world, file), (date(2026, 3, 2), date(2027, 6, 2)));
    let hold = world.hold(file);
    world.does(PROTECTION, hold);
    world.on(date(2027, 6, 3));
    assert_eq!(world.system_refused(Destroy { file }), Refusal::Held);
    world.does(PROTECTION, lift(file));
    world.day_passes_whole();
    assert!(world.measure(measure).sealed.is_none());
    assert!(world.register.erased().contains(&Locker::DecisionFile(measure)));
    assert_eq!(world.clock(file).stands, Stands::Gone(date(2027, 6, 3)));
    assert_eq!(world.register.certificate(file).map(|it| it.category), Some(Some(Category::DecisionFile)));
    let printed = format!("{:?}", world.register);
    assert!(!printed.contains(&format!("locker: {:?}, content: Known", Locker::DecisionFile(measure))));
}

#[test]
fn the_customer_is_told_of_the_sealed_decision_file_where_there_will_be_one() {
    for (mut world, told) in [(World::opened(), false), (keeps_decision_files(), true)] {
        let measure = world.in_force(Kind::Entry);
        let Some((Notice::Sent { letter, .. }, _)) = world.measure(measure).notice() else {
            panic!("no letter")
        };
        let letter = format!("{:?}", letter.known().expect("letter").sections);
        assert_eq!(letter.contains("sealed") && letter.contains("15 months"), told);
        assert!(letter.contains("for 6 months after it ends"));
    }
}

#[test]
fn what_nobody_decided_leaves_no_decision_file() {
    let mut world = keeps_decision_files();
    let measure = world.proposed(Kind::Entry);
    world.does(REGISTRAR, remove(measure, EndReason::Error));
    world.on(date(2026, 9, 3));
    world.day_passes();
    assert!(world.measure(measure).sealed.is_none());
    assert!(matches!(world.clock(File::Measure(measure)).stands, Stands::Gone(_)));
}

#[test]
fn why_a_measure_was_not_approved_is_kept_in_its_decision_file() {
    let mut world = keeps_decision_files();
    let measure = world.assessed(Kind::Entry);
    world.does(DECIDER, refuse(measure));
    world.on(date(2026, 9, 3));
    world.day_passes();
    let sealed = world.measure(measure).sealed.as_ref().expect("a decision file");
    assert!(matches!(sealed.life.as_ref(), Life::Ended { words, .. } if words.known().is_some()));
}

/// What is foreseen today, and what is destroyed when day after day passes and nobody does anything.
#[test]
fn what_is_foreseen_is_what_is_destroyed_when_nothing_but_time_goes_by() {
    let mut world = keeps_decision_files();
    world.in_force(Kind::Entry);
    world.in_force(Kind::Warning);
    // The watch period of this one passes too, but its words stay until somebody has decided the appeal.
    let appealed = world.in_force(Kind::Warning);
    let lodged = lodge(appealed, world.today());
    world.does(SECOND_REGISTRAR, lodged);
    let ended = world.ended(Kind::Restriction);
    let held = File::Measure(world.ended(Kind::Entry));
    let hold = world.hold(held);
    world.does(PROTECTION, hold);
    world.subject();
    world.reported();
    let logged = world.reported();
    world.does(REGISTRAR, triage(logged, None, Route::LogOnly));
    world.on(date(2026, 10, 1)); // the scheduler has stood still since the restriction's time came
    let foreseen = forecast(&world.register, world.today());
    assert_eq!(
        foreseen.overdue.iter().map(|(_, file)| *file).next(),
        Some(File::Subject(world.subject_unused()))
    );
    assert!(foreseen.overdue.contains(&(date(2026, 9, 3), File::Measure(ended))));
    let end = calendar::months_after(world.today(), 24);
    let months = foreseen.months(25);
    let shown = foreseen.until(calendar::months_after(world.today(), 24).last_of_month());
    assert_eq!(months.iter().map(register::retention::Month::total).sum::<usize>(), shown);
    let accesses = foreseen.expected.iter().filter(|it| it.category == Category::Accesses);
    assert_eq!(accesses.count(), 8, "March to October");
    let before = world.register.certificates().len();
    for day in world.today().series(1.day()).take_while(|day| *day <= end) {
        world.on(day);
        world.day_passes_whole();
    }
    let gone: BTreeSet<(Date, File)> =
        world.register.certificates().iter().skip(before).map(|it| (it.destroyed.date(), it.file)).collect();
    let expected = foreseen.expected.iter().filter(|it| it.on <= end);
    let expected: BTreeSet<(Date, File)> = expected.map(|it| (it.on, it.file)).collect();
    assert_eq!(gone, expected);
    assert_eq!(foreseen.until(end), gone.len());
    assert!(gone.len() >= 8, "{gone:?}");
}

#[test]
fn what_was_asked_and_shown_is_kept_for_six_years_after_its_month() {
    let mut world = World::opened();
    let month = AccessMonth::of(world.today());
    let file = File::Accesses(month);
    assert_eq!(runs(&world, file), (date(2026, 3, 31), date(2032, 3, 31)));
    assert_eq!(world.clock(file).category.keeping().in_words(&world.register), "6 years");
    assert!(
        clock(&world.register, File::Accesses(AccessMonth::of(date(2026, 2, 28)))).is_none(),
        "not set up"
    );
    world.on(date(2032, 3, 31));
    assert_eq!(world.system_refused(Destroy { file }), Refusal::NotDue);
    world.day_passes_whole();
    assert!(world.register.certificate(file).is_none());
    world.on(date(2032, 4, 1));
    world.day_passes_whole();
    assert_eq!(world.clock(file).stands, Stands::Gone(date(2032, 4, 1)));
    assert!(world.register.erased().contains(&Locker::Accesses(month)));
    assert!(!world.register.erased().contains(&Locker::Accesses(month.next())));
    let certificate = world.register.certificate(file).expect("a certificate");
    assert_eq!(certificate.figure, CertifiedFigure::Policy(policy::Figure::RetainAccesses, 6));
    assert_eq!((certificate.lockers, certificate.days_late()), (1, 0));
}

#[test]
fn the_words_of_a_meeting_are_kept_for_a_time_after_it_closed() {
    let mut world = World::opened_with([(policy::Figure::RetainMeeting, 2)].into());
    let meeting = world.sitting();
    let file = File::Meeting(meeting);
    assert_eq!(stops(&world, file), Stop::Live);
    let agreed = AgreeAction { meeting, who: GOVERNOR, by: world.today(), words: text("Ring the wards") };
    world.does(REGISTRAR, agreed);
    world.does(REGISTRAR, CloseMeeting { meeting, minutes: text("All was quiet") });
    assert_eq!(runs(&world, file), (world.today(), calendar::months_after(world.today(), 24)));
    let hold = world.hold(file);
    assert_eq!(world.refused(PROTECTION, hold), Refusal::NoSuchFile);
    world.on(calendar::days_after(calendar::months_after(world.today(), 24), 1));
    world.day_passes_whole();
    assert!(matches!(world.clock(file).stands, Stands::Gone(_)));
    assert_eq!(world.refused(REGISTRAR, CompleteAction { meeting, action: 0 }), Refusal::Destroyed);
    let printed = format!("{:?}", world.register.meeting(meeting));
    assert_eq!(printed.matches("Erased").count(), 2, "{printed}");
    assert_eq!(world.register.certificate(file).map(|it| it.category), Some(Some(Category::Meeting)));
}

impl World {
    /// The one subject that nothing is about.
    fn subject_unused(&self) -> register::ids::SubjectId {
        let mut unused = self.register.subjects().filter(|subject| {
            Category::of(&self.register, File::Subject(subject.id)) == Some(Category::Unused)
        });
        unused.next().expect("an unused subject").id
    }
}
