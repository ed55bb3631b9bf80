//! Lists that services kept: one person proposes to take one in, another approves, and each row is provisional until it is assessed.

use crate::cases::*;
use crate::support::*;
use jiff::civil::{Date, date};
use register::appeal::AppealOutcome;
use register::assessment::{Finding, Test};
use register::calendar;
use register::command::*;
use register::due::Task;
use register::ids::{File, ImportId, IncidentId, MeasureId, SubjectId};
use register::import::{Course, Fingerprint, RowSubject};
use register::incident::Route;
use register::measure::{EndReason, Kind, Life, Stage};
use register::notice::Occasion;
use register::people::{Action, Grant, Role};
use register::personal::Locker;
use register::reach::reach;
use register::refusal::Refusal;
use register::retention::forecast;
use register::subject::{AgeBand, Born, Person, Premises, SubjectDetails};
use register::totals::totals;
use register::view::{Certainty, Disclosure, Footing, Purpose, Verdict};

/// Somebody who is seventeen on the day the tests begin.
const SEVENTEEN: Born = Born::On(date(2008, 3, 3));

impl World {
    /// The work about a file.
    fn work_about(&self, file: File) -> Vec<Task> {
        let tasks = register::due::work(&self.register, self.today());
        tasks.into_iter().filter(|task| task.file == file).collect()
    }

    /// Approves a list of these by somebody else than its proposer, in vain.
    fn not_taken_in(&mut self, about: Vec<RowSubject>) -> Refusal {
        let rows = self.rows(about);
        let import = self.list_proposed(u32::try_from(rows.len()).expect("a few"));
        let refusal = self.refused(SECOND_REGISTRAR, approve_list(import, rows));
        let import = self.register.import(import).expect("a list");
        assert!(matches!(import.course, Course::Proposed) && import.measures.is_empty());
        refusal
    }

    /// Everything the register says of its files, and what everybody is answered about everybody.
    fn as_it_is(&self) -> String {
        let subjects: Vec<_> = self.register.subjects().collect();
        let measures: Vec<_> = self.register.measures().collect();
        let incidents: Vec<_> = self.register.incidents().collect();
        let lines: Vec<_> =
            subjects.iter().map(|subject| self.register.timeline(File::Subject(subject.id))).collect();
        let clock = |file| register::retention::clock(&self.register, file);
        let clocks: Vec<_> = subjects.iter().map(|subject| clock(File::Subject(subject.id))).collect();
        let mut answers = Vec::new();
        for (account, ..) in CAST {
            for subject in &subjects {
                for certainty in [Certainty::Match, Certainty::Possible] {
                    for purpose in Purpose::ALL {
                        answers.push(self.check(*account, subject.id, certainty, *purpose));
                    }
                }
            }
        }
        let totals = totals(&self.register, self.today());
        format!("{subjects:#?}{measures:#?}{incidents:#?}{lines:#?}{clocks:#?}{answers:#?}{totals:#?}")
    }

    /// Reports an incident about the subject of a measure and adds it to that.
    fn incident_joins(&mut self, measure: MeasureId) -> IncidentId {
        let (incident, subject) = (self.reported(), self.measure(measure).subject);
        self.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
        incident
    }
}

fn in_row(because: Refusal) -> Refusal {
    Refusal::InRow(2, Box::new(because))
}

#[test]
fn nothing_of_a_list_is_live_before_a_second_person_has_approved_it() {
    let mut world = World::opened();
    let known = world.subject();
    let before = world.as_it_is();
    let rows = world.rows(vec![RowSubject::Known(known)]);
    let import = world.list_proposed(1);
    assert_eq!(world.as_it_is(), before);
    assert_eq!(world.check(OFFICER, known, Certainty::Match, Purpose::Visit), Verdict::NoneFound);
    world.does(SECOND_REGISTRAR, approve_list(import, rows));
    assert!(matches!(
        world.check(OFFICER, known, Certainty::Match, Purpose::Visit),
        Verdict::Marker(markers) if markers.len() == 1
    ));
}

#[test]
fn whoever_proposed_a_list_does_not_approve_it_and_may_take_the_proposal_back() {
    let mut world = World::opened();
    let stranger = world.stranger(GROWN);
    let (import, rows) = (world.list_proposed(1), world.rows(vec![stranger]));
    assert_eq!(world.refused(REGISTRAR, approve_list(import, rows.clone())), Refusal::SecondPersonNeeded);
    let wrong_person = world.refused(MANAGER, approve_list(import, rows.clone()));
    assert_eq!(wrong_person, Refusal::NotPermitted(Action::ApproveImport));
    world.does(REGISTRAR, RefuseImport { import, reasons: reasons() });
    assert_eq!(world.refused(DECIDER, approve_list(import, rows)), Refusal::AlreadyDone);
    let (import, _) = world.provisional();
    let refuse = RefuseImport { import, reasons: reasons() };
    assert_eq!(world.refused(DECIDER, refuse), Refusal::AlreadyDone, "what is taken in is taken back whole");
}

#[test]
fn what_is_approved_is_what_was_proposed() {
    let mut world = World::opened();
    let (one, other) = (world.stranger(GROWN), world.stranger(GROWN));
    let (import, rows) = (world.list_proposed(1), world.rows(vec![one, other]));
    let approve = |rows: &[_]| approve_list(import, rows.to_vec());
    assert_eq!(world.refused(DECIDER, approve(&rows)), Refusal::NotAsProposed, "a row too many");
    assert_eq!(world.refused(DECIDER, approve(&[])), Refusal::NotAsProposed, "a row too few");
    let changed = ApproveImport { fingerprint: Fingerprint([8; 32]), ..approve(&rows[..1]) };
    assert_eq!(world.refused(DECIDER, changed), Refusal::NotAsProposed, "other rows");
    world.does(DECIDER, approve(&rows[..1]));
}

#[test]
fn a_list_brings_something_and_no_more_than_two_thousand_entries_and_somebody_answers_for_them() {
    let mut world = World::opened();
    let import = ImportId::from_bits(77);
    let list = propose_list(import, 2_000);
    let nobody = register::ids::AccountId::from_bits(99);
    let without = ProposeImport { sponsor: nobody, ..list.clone() };
    assert_eq!(world.refused(REGISTRAR, without), Refusal::NoSuchAccount);
    let nowhere = ProposeImport { team: register::ids::TeamId::from_bits(99), ..list.clone() };
    assert_eq!(world.refused(REGISTRAR, nowhere), Refusal::NoSuchTeam);
    assert_eq!(world.refused(REGISTRAR, propose_list(import, 0)), Refusal::NothingToTakeIn);
    assert_eq!(world.refused(REGISTRAR, propose_list(import, 2_001)), Refusal::TooManyEntries);
    world.does(REGISTRAR, list.clone());
    assert_eq!(world.refused(REGISTRAR, list), Refusal::ReferenceTaken);
}

#[test]
fn whoever_was_to_answer_for_a_list_is_still_there_when_it_is_approved() {
    let mut world = World::opened();
    let stranger = world.stranger(GROWN);
    let (import, rows) = (world.list_proposed(1), world.rows(vec![stranger]));
    world.does(ADMINISTRATOR, CloseAccount { account: MANAGER });
    assert_eq!(world.refused(DECIDER, approve_list(import, rows)), Refusal::AccountClosed);
}

#[test]
fn a_provisional_entry_is_shown_to_its_audience_and_everybody_else_is_told_to_ring() {
    let mut world = World::opened();
    let (_, measure) = world.provisional();
    let subject = world.measure(measure).subject;
    assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(Footing::Provisional));
    let elsewhere = world.check(ANOTHER_OFFICER, subject, Certainty::Match, Purpose::Visit);
    assert!(matches!(elsewhere, Verdict::Possible(_)), "{elsewhere:?}");
    assert_eq!(world.stage(measure), Stage::Assessment);
    assert_eq!(totals(&world.register, world.today()).interim, 1);
}

#[test]
fn an_entry_from_a_list_belongs_to_the_team_that_kept_it() {
    let mut world = World::opened();
    let stranger = world.stranger(GROWN);
    let (import, rows) = (ImportId::from_bits(77), world.rows(vec![stranger]));
    let measure = rows.first().expect("a row").measure;
    // Whoever answers for a measure opens its file in any case.
    world.does(REGISTRAR, ProposeImport { sponsor: DECIDER, ..propose_list(import, 1) });
    world.does(SECOND_REGISTRAR, approve_list(import, rows));
    let opens = |account, file| {
        let account = world.register.account(account).expect("an account");
        reach(&world.register, account, file) > Disclosure::Nothing
    };
    for file in [File::Measure(measure), File::Import(import), File::Team(HOUSING)] {
        assert!(opens(MANAGER, file) && !opens(OTHER_MANAGER, file) && !opens(OFFICER, file), "{file}");
        assert!(opens(REGISTRAR, file) && opens(DECIDER, file) && !opens(AUDITOR, file), "{file}");
    }
    assert!(!opens(PROTECTION, File::Import(import)) && opens(PROTECTION, File::Team(HOUSING)));
}

#[test]
fn two_months_are_the_last_day_of_a_provisional_entry_and_the_next_shows_nothing() {
    let mut world = World::opened();
    world.on(date(2026, 12, 31));
    let (_, measure) = world.provisional();
    for (today, shown) in [(date(2027, 2, 27), true), (date(2027, 2, 28), true), (date(2027, 3, 1), false)] {
        world.on(today);
        assert_eq!(
            world.marker(measure).is_some(),
            shown,
            "{today}, although nothing recorded that it lapsed"
        );
    }
}

#[test]
fn an_entry_that_nobody_assessed_lapses_and_its_audience_confirms_that_it_is_withdrawn() {
    let mut world = World::opened();
    let (_, measure) = world.provisional();
    let assess = world.work_about(File::Measure(measure));
    assert_eq!(assess.len(), 1);
    assert_eq!((assess[0].what, assess[0].by), ("Assess this measure", date(2026, 5, 2)));
    world.on(date(2026, 5, 2));
    assert_eq!(world.system_refused(LapseInterim { measure }), Refusal::NotDue);
    world.on(date(2026, 5, 3));
    world.day_passes();
    let Life::Ended { reason, words, .. } = &world.measure(measure).life else { panic!("not ended") };
    assert!(*reason == EndReason::NotAssessed && words.known().is_some());
    assert_eq!(world.waiting(measure), ["Confirm that a marker is withdrawn"]);
    world.does(MANAGER, ConfirmWithdrawal { measure, team: HOUSING });
    assert!(world.waiting(measure).is_empty());
}

#[test]
fn an_entry_whose_assessment_was_begun_and_not_completed_lapses_too() {
    let mut world = World::opened();
    let (_, measure) = world.provisional();
    world.incident_joins(measure);
    world.answered(measure);
    world.on(date(2026, 5, 3));
    world.day_passes();
    assert!(matches!(world.measure(measure).life, Life::Ended { reason: EndReason::NotAssessed, .. }));
}

#[test]
fn of_an_entry_assessed_in_time_only_the_marker_lapses_while_its_decision_waits() {
    let mut world = World::opened();
    let (_, measure) = world.provisional();
    world.incident_joins(measure);
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    world.on(date(2026, 5, 3));
    world.day_passes();
    assert_eq!((world.stage(measure), world.marker(measure)), (Stage::Decision, None));
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
}

#[test]
fn time_alone_ends_an_entry_only_where_it_came_from_a_list() {
    let mut world = World::opened();
    let measure = world.interim_live();
    world.on(date(2026, 5, 3));
    world.day_passes();
    assert_eq!(world.stage(measure), Stage::Assessment);
    let (_, provisional) = world.provisional();
    assert_eq!(world.refused(DECIDER, remove(provisional, EndReason::NotAssessed)), Refusal::ReviewFirst);
}

#[test]
fn what_time_alone_does_to_an_entry_that_nobody_assesses_is_foreseen() {
    let mut world = World::opened();
    let (_, measure) = world.provisional();
    let subject = world.measure(measure).subject;
    let foreseen = forecast(&world.register, world.today()).expected;
    let of = |file| foreseen.iter().find(|it| it.file == file).map(|it| it.on);
    assert_eq!(of(File::Measure(measure)), Some(date(2026, 11, 4)), "six months after it lapsed on 3 May");
    assert_eq!(of(File::Subject(subject)), Some(date(2026, 11, 5)));
    for day in [date(2026, 5, 3), date(2026, 11, 4), date(2026, 11, 5)] {
        world.on(day);
        world.day_passes();
    }
    assert_eq!(world.stage(measure), Stage::Destroyed);
    assert!(world.register.subject(subject).is_some_and(|subject| !is_known(&subject.details.content)));
}

#[test]
fn no_child_is_taken_over_from_a_list() {
    for born in [Born::Band(AgeBand::Child), SEVENTEEN] {
        let mut world = World::opened();
        let stranger = world.stranger(born);
        assert_eq!(world.not_taken_in(vec![stranger]), in_row(Refusal::ChildOnList));
        let known = world.subject_described(somebody(born));
        assert_eq!(world.not_taken_in(vec![RowSubject::Known(known)]), in_row(Refusal::ChildOnList));
        let twin = world.subject_described(somebody(Born::Unknown));
        world.does(REGISTRAR, join(twin, known));
        assert_eq!(
            world.not_taken_in(vec![RowSubject::Known(twin)]),
            in_row(Refusal::ChildOnList),
            "another file about the same person says so"
        );
    }
    let mut world = World::opened();
    world.on(date(2026, 3, 3));
    let of_age = world.stranger(SEVENTEEN);
    world.taken_in(vec![of_age]);
}

#[test]
fn a_place_and_somebody_whose_age_no_list_told_are_taken_in() {
    let mut world = World::opened();
    let yard = Premises { description: text("yard"), address: address("5 Mill Lane") };
    let place = RowSubject::New(SubjectId::from_bits(77), SubjectDetails::Premises(yard));
    let unknown = world.stranger(Born::Unknown);
    let (_, measures) = world.taken_in(vec![place, unknown]);
    assert!(measures.iter().all(|measure| world.marker(*measure).is_some()));
    world.incident_joins(measures[1]);
    world.answered(measures[1]);
    assert_eq!(
        world.refused(REGISTRAR, complete(measures[1])),
        Refusal::AgeUnknown,
        "asked before it is decided"
    );
}

#[test]
fn nobody_comes_on_the_register_from_a_list_without_an_incident_in_the_end() {
    let mut world = World::opened();
    let (_, measure) = world.provisional();
    let right = answer(measure, Test::RightSubject, Finding::Holds);
    assert_eq!(world.refused(REGISTRAR, right.clone()), Refusal::IdentityDoubtful);
    world.answered_but(measure, Test::RightSubject);
    assert_eq!(world.refused(REGISTRAR, complete(measure)), Refusal::WithoutIncident);
    world.incident_joins(measure);
    world.does(REGISTRAR, right);
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
    assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(Footing::Provisional));
    world.told_of(measure);
    assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(Footing::InForce));
}

#[test]
fn a_row_whose_incident_nobody_can_name_is_refused_by_whoever_decides() {
    let mut world = World::opened();
    let (_, measure) = world.provisional();
    world.answered_but(measure, Test::RightSubject);
    let recommendation = register::assessment::Recommendation::Refuse;
    world.does(REGISTRAR, CompleteAssessment { measure, recommendation });
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve), Refusal::TestFails(Test::RightSubject));
    world.does(DECIDER, refuse(measure));
    assert!(world.marker(measure).is_none());
}

#[test]
fn a_row_about_somebody_with_an_open_entry_is_refused_and_one_about_somebody_known_is_not() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let subject = world.measure(measure).subject;
    let refusal = world.not_taken_in(vec![RowSubject::Known(subject)]);
    assert_eq!(refusal, in_row(Refusal::MeasureAlreadyOpen(measure)));
    let warned = world.proposed(Kind::Warning);
    let subject = world.measure(warned).subject;
    let (import, _) = world.taken_in(vec![RowSubject::Known(subject)]);
    assert!(world.register.import(import).is_some_and(|import| import.opened.is_empty()));
}

#[test]
fn each_row_is_a_reference_and_a_person_of_its_own_and_none_is_taken_in_where_one_is_refused() {
    let mut world = World::opened();
    let (known, twin) = (world.subject(), world.subject());
    world.does(REGISTRAR, join(known, twin));
    let about = vec![RowSubject::Known(known), RowSubject::Known(twin)];
    let refusal = world.not_taken_in(about);
    assert_eq!(refusal, Refusal::InRow(3, Box::new(Refusal::ReferenceTaken)), "two files about one person");
    let taken = RowSubject::New(known, somebody(GROWN));
    assert_eq!(world.not_taken_in(vec![taken]), in_row(Refusal::ReferenceTaken));
    let nobody = RowSubject::Known(SubjectId::from_bits(999));
    assert_eq!(world.not_taken_in(vec![nobody]), in_row(Refusal::NoSuchFile));
    let nameless = SubjectDetails::Person(Person { names: Vec::new(), ..person(GROWN) });
    let nameless = RowSubject::New(SubjectId::from_bits(77), nameless);
    assert_eq!(world.not_taken_in(vec![nameless]), in_row(Refusal::SubjectWithoutName));
    let fine = world.stranger(GROWN);
    let mut rows = world.rows(vec![fine, RowSubject::Known(known)]);
    rows[1].plan.audience.clear();
    let import = world.list_proposed(2);
    let refusal = world.refused(DECIDER, approve_list(import, rows.clone()));
    assert_eq!(refusal, Refusal::InRow(3, Box::new(Refusal::NoAudience)));
    assert_eq!(refusal.to_string(), format!("Row 3: {}", Refusal::NoAudience));
    rows[1] = listed(3, RowSubject::Known(known), rows[0].measure);
    let refusal = world.refused(DECIDER, approve_list(import, rows));
    assert_eq!(refusal, Refusal::InRow(3, Box::new(Refusal::ReferenceTaken)));
    assert_eq!(world.register.measures().count(), 0);
}

#[test]
fn a_list_taken_back_leaves_the_register_as_it_was() {
    let mut world = World::opened();
    let known = world.subject();
    world.proposed_about(known, Kind::Restriction);
    let before = world.as_it_is();
    let stranger = world.stranger(GROWN);
    let opened = stranger.id();
    let (import, measures) = world.taken_in(vec![RowSubject::Known(known), stranger]);
    assert_ne!(world.as_it_is(), before);
    world.does(REGISTRAR, undo(import));
    assert_eq!(world.as_it_is(), before);
    for file in measures.iter().map(|measure| File::Measure(*measure)).chain([File::Subject(opened)]) {
        assert!(world.register.timeline(file).is_empty(), "{file}");
    }
    let list = world.register.import(import).expect("that it was there remains");
    assert!(matches!(list.course, Course::Undone { .. }) && list.measures == measures);
    let titles: Vec<_> =
        world.register.timeline(File::Import(import)).iter().map(|line| line.title).collect();
    let last = "List of a service taken back";
    assert_eq!(titles, ["List of a service proposed", "List of a service taken in", last]);
    assert_eq!(world.refused(REGISTRAR, undo(import)), Refusal::NothingToUndo);
    world.taken_in(vec![RowSubject::Known(known)]);
}

#[test]
fn the_words_of_a_list_taken_back_are_destroyed_and_its_references_are_not_given_again() {
    let mut world = World::opened();
    let known = world.subject();
    let stranger = world.stranger(GROWN);
    let opened = stranger.id();
    let (import, measures) = world.taken_in(vec![stranger, RowSubject::Known(known)]);
    world.does(REGISTRAR, undo(import));
    let erased = world.register.erased();
    assert!(erased.contains(&Locker::Subject(opened)) && erased.contains(&Locker::Support(opened)));
    assert!(!erased.contains(&Locker::Subject(known)), "who was known before is known still");
    for measure in &measures {
        assert!(
            erased.contains(&Locker::Measure(*measure)) && erased.contains(&Locker::DecisionFile(*measure))
        );
    }
    let again = OpenSubject { subject: opened, details: somebody(GROWN) };
    assert_eq!(world.refused(REGISTRAR, again), Refusal::ReferenceTaken);
    let incident = world.reported();
    let propose = propose(incident, known, measures[1], Kind::Entry);
    assert_eq!(world.refused(REGISTRAR, propose), Refusal::ReferenceTaken);
    assert_eq!(world.refused(MANAGER, ask_interim(measures[1], incident, known)), Refusal::ReferenceTaken);
    let import = world.list_proposed(1);
    let row = listed(2, RowSubject::Known(known), measures[1]);
    assert_eq!(world.refused(DECIDER, approve_list(import, vec![row])), in_row(Refusal::ReferenceTaken));
}

/// What somebody may do with an entry or the file opened for it, and which of the two they have gone on from then.
type Goes = fn(&mut World, MeasureId, SubjectId) -> File;

#[test]
fn a_list_is_not_taken_back_once_somebody_has_gone_on_from_any_of_it() {
    let goes: [Goes; 12] = [
        |world, measure, _| {
            world.incident_joins(measure);
            File::Measure(measure)
        },
        |world, measure, _| {
            world.does(REGISTRAR, answer(measure, Test::Serious, Finding::Holds));
            File::Measure(measure)
        },
        |world, measure, _| {
            world.does(PROTECTION, allow_under_age(measure, Finding::Holds));
            File::Measure(measure)
        },
        |world, measure, _| {
            let hold = world.hold(File::Measure(measure));
            world.does(PROTECTION, hold);
            File::Measure(measure)
        },
        |world, measure, _| {
            let dispute = dispute(measure, world.today());
            world.does(REGISTRAR, dispute);
            File::Measure(measure)
        },
        |world, measure, _| {
            world.does(REGISTRAR, remove(measure, EndReason::Error));
            File::Measure(measure)
        },
        |world, measure, _| {
            world.on(date(2026, 5, 3));
            world.day_passes();
            File::Measure(measure)
        },
        |world, _, subject| {
            let hold = world.hold(File::Subject(subject));
            world.does(PROTECTION, hold);
            File::Subject(subject)
        },
        |world, _, subject| {
            world.does(REGISTRAR, RecordSupportNeeds { subject, needs: text("An interpreter.") });
            File::Subject(subject)
        },
        |world, _, subject| {
            let incident = world.reported();
            world.does(REGISTRAR, triage(incident, Some(subject), Route::LogOnly));
            File::Subject(subject)
        },
        |world, _, subject| {
            world.proposed_about(subject, Kind::Warning);
            File::Subject(subject)
        },
        |world, _, subject| {
            let other = world.subject();
            world.does(REGISTRAR, join(other, subject));
            File::Subject(subject)
        },
    ];
    for (case, goes_on) in goes.iter().enumerate() {
        let mut world = World::opened();
        let (fine, stranger) = (world.stranger(GROWN), world.stranger(GROWN));
        let subject = stranger.id();
        let (import, measures) = world.taken_in(vec![fine, stranger]);
        world.clone().does(REGISTRAR, undo(import));
        let file = goes_on(&mut world, measures[1], subject);
        let refusal = world.refused(REGISTRAR, undo(import));
        let Refusal::GoneOn(named) = refusal else { panic!("case {case}: {refusal}") };
        // What lapses, lapses with the rest of its list.
        let lapsed = matches!(world.measure(measures[0]).life, Life::Ended { .. });
        assert_eq!(named, if lapsed { File::Measure(measures[0]) } else { file }, "case {case}");
        assert!(refusal.to_string().contains(&named.to_string()), "case {case}: {refusal}");
        assert!(world.register.measure(measures[0]).is_some() && world.register.subject(subject).is_some());
    }
}

#[test]
fn other_occupants_of_a_place_from_a_list_keep_it_from_being_taken_back() {
    let mut world = World::opened();
    let yard = Premises { description: text("yard"), address: address("5 Mill Lane") };
    let subject = SubjectId::from_bits(77);
    let (import, _) = world.taken_in(vec![RowSubject::New(subject, SubjectDetails::Premises(yard))]);
    let since = world.today();
    world.does(REGISTRAR, ChangeOccupants { subject, since, words: reasons() });
    assert_eq!(world.refused(REGISTRAR, undo(import)), Refusal::GoneOn(File::Subject(subject)));
}

#[test]
fn after_a_join_that_was_taken_back_and_a_hold_that_was_lifted_a_list_can_be_taken_back() {
    let mut world = World::opened();
    let (other, third) = (world.subject(), world.subject());
    let measures: Vec<_> = world.register.measures().map(|measure| measure.id).collect();
    let (import, measure) = world.provisional();
    let subject = world.measure(measure).subject;
    world.does(REGISTRAR, join(other, subject));
    assert_eq!(world.refused(REGISTRAR, undo(import)), Refusal::GoneOn(File::Subject(subject)));
    world.does(REGISTRAR, part(subject));
    world.does(REGISTRAR, keep_apart(third, subject));
    let hold = world.hold(File::Measure(measure));
    world.does(PROTECTION, hold);
    world.does(PROTECTION, lift(File::Measure(measure)));
    world.does(REGISTRAR, undo(import));
    assert!(world.register.subject(subject).is_none() && !world.register.is_apart(third, subject));
    assert_eq!(world.register.measures().map(|measure| measure.id).collect::<Vec<_>>(), measures);
    assert_eq!(world.check(OFFICER, other, Certainty::Match, Purpose::Visit), Verdict::NoneFound);
}

#[test]
fn a_list_taken_back_counts_as_measures_that_came_off_and_the_months_before_stay_as_they_were() {
    let mut world = World::opened();
    let (import, _) = world.provisional();
    assert_eq!(totals(&world.register, world.today()).on_the_way, 1);
    world.does(REGISTRAR, undo(import));
    assert_eq!(totals(&world.register, world.today()), register::totals::Totals::default());
    let period = register::numbers::Period::year_to(world.today());
    let plot = register::numbers::PLOTS.iter().find(|plot| plot.key == "standing").expect("a plot");
    let table = register::numbers::table(&world.register, plot, period);
    let place = table.heads.iter().position(|head| head == "Being assessed, decided or written to");
    let now = table.rows.last().and_then(|row| row.numbers[place.expect("a column")]);
    assert_eq!(now, Some(0));
}

#[test]
fn a_list_is_certified_to_be_destroyed_once_it_was_taken_in_on_a_day_between() {
    let mut world = World::opened();
    let stranger = world.stranger(GROWN);
    let (import, rows) = (world.list_proposed(1), world.rows(vec![stranger]));
    let early = certify(import, world.today());
    assert_eq!(world.refused(MANAGER, early), Refusal::NotTakenIn, "before, the old list is all there is");
    world.on(date(2026, 3, 4));
    world.does(DECIDER, approve_list(import, rows));
    world.on(date(2026, 3, 9));
    for on in [date(2026, 3, 3), date(2026, 3, 10)] {
        assert_eq!(world.refused(MANAGER, certify(import, on)), Refusal::OldListDate, "{on}");
    }
    assert_eq!(world.refused(OTHER_MANAGER, certify(import, date(2026, 3, 4))), Refusal::OtherTeam);
    let unknown = certify(ImportId::from_bits(77), date(2026, 3, 4));
    assert_eq!(world.refused(MANAGER, unknown), Refusal::NoSuchFile);
    for on in [date(2026, 3, 4), date(2026, 3, 9)] {
        world.clone().does(REGISTRAR, certify(import, on));
        world.clone().does(MANAGER, certify(import, on));
    }
    world.does(MANAGER, certify(import, date(2026, 3, 9)));
    assert_eq!(world.refused(MANAGER, certify(import, date(2026, 3, 9))), Refusal::AlreadyDone);
}

#[test]
fn a_list_that_was_taken_back_or_refused_is_not_destroyed() {
    let mut world = World::opened();
    let (import, _) = world.provisional();
    world.does(REGISTRAR, undo(import));
    let today = world.today();
    assert_eq!(world.refused(MANAGER, certify(import, today)), Refusal::NotTakenIn);
    let import = world.list_proposed(1);
    world.does(DECIDER, RefuseImport { import, reasons: reasons() });
    assert_eq!(world.refused(MANAGER, certify(import, today)), Refusal::NotTakenIn);
}

#[test]
fn a_list_is_not_taken_back_once_it_was_destroyed_where_it_had_been_kept() {
    let mut world = World::opened();
    let (import, measure) = world.provisional();
    let today = world.today();
    world.does(MANAGER, certify(import, today));
    assert_eq!(world.refused(REGISTRAR, undo(import)), Refusal::GoneOn(File::Import(import)));
    assert!(world.marker(measure).is_some(), "nobody is forgotten");
}

/// What a list asks for, of whom, and by when.
fn asked(world: &World, import: ImportId) -> Vec<(&'static str, Action, Date)> {
    let tasks = world.work_about(File::Import(import)).into_iter();
    tasks.map(|task| (task.what, task.action, task.by)).collect()
}

#[test]
fn a_list_waits_for_its_second_person_and_then_for_the_certificate() {
    let mut world = World::opened();
    let stranger = world.stranger(GROWN);
    let (import, rows) = (world.list_proposed(1), world.rows(vec![stranger]));
    let approve = ("Approve or refuse a list of a service", Action::ApproveImport, date(2026, 3, 4));
    assert_eq!(asked(&world, import), [approve]);
    world.does(DECIDER, approve_list(import, rows));
    let certified = ("Certify that an old list was destroyed", Action::CertifyOldList, date(2026, 3, 16));
    assert_eq!(asked(&world, import), [certified], "ten working days");
    let today = world.today();
    world.clone().does(REGISTRAR, undo(import));
    world.does(MANAGER, certify(import, today));
    assert!(asked(&world, import).is_empty());
    let refused = world.list_proposed(1);
    world.does(DECIDER, RefuseImport { import: refused, reasons: reasons() });
    assert!(asked(&world, refused).is_empty());
    let (undone, _) = world.provisional();
    world.does(REGISTRAR, undo(undone));
    assert!(asked(&world, undone).is_empty());
}

#[test]
fn each_team_says_in_its_first_month_and_then_yearly_that_it_keeps_no_list() {
    let mut world = World::opened();
    let what = "Declare that your team keeps no list of its own";
    let asked = |world: &World| {
        let tasks = world.work_about(File::Team(PLANNING)).into_iter();
        tasks.map(|task| (task.what, task.action, task.by)).collect::<Vec<_>>()
    };
    assert_eq!(world.register.declaration_due(PLANNING), Some(date(2026, 4, 2)));
    world.on(date(2026, 3, 3));
    assert_eq!(asked(&world), [(what, Action::DeclareNoList, date(2026, 4, 2))], "thirty days before");
    world.does(OTHER_MANAGER, DeclareNoList { team: PLANNING });
    assert_eq!(world.register.declaration_due(PLANNING), Some(date(2027, 3, 3)));
    assert_eq!(world.register.declaration_due(HOUSING), Some(date(2026, 4, 2)), "each team for itself");
    world.on(date(2027, 1, 31));
    assert!(asked(&world).is_empty());
    world.on(date(2027, 2, 1));
    assert_eq!(asked(&world), [(what, Action::DeclareNoList, date(2027, 3, 3))]);
    world.on(date(2028, 2, 1));
    assert_eq!(
        asked(&world),
        [(what, Action::DeclareNoList, date(2027, 3, 3))],
        "it stays until somebody says so"
    );
}

#[test]
fn a_team_speaks_for_itself_and_not_while_a_list_of_it_stands() {
    let mut world = World::opened();
    let housing = DeclareNoList { team: HOUSING };
    assert_eq!(world.refused(OTHER_MANAGER, housing.clone()), Refusal::OtherTeam);
    assert_eq!(world.refused(REGISTRAR, housing.clone()), Refusal::NotPermitted(Action::DeclareNoList));
    let nowhere = DeclareNoList { team: register::ids::TeamId::from_bits(99) };
    assert_eq!(world.refused(MANAGER, nowhere), Refusal::NoSuchTeam);
    let waiting = world.list_proposed(1);
    assert_eq!(world.refused(MANAGER, housing.clone()), Refusal::OldListStands(waiting));
    world.does(REGISTRAR, RefuseImport { import: waiting, reasons: reasons() });
    let (import, _) = world.provisional();
    assert_eq!(world.refused(MANAGER, housing.clone()), Refusal::OldListStands(import));
    world.does(OTHER_MANAGER, DeclareNoList { team: PLANNING });
    let today = world.today();
    world.does(MANAGER, certify(import, today));
    world.does(MANAGER, housing);
}

#[test]
fn whoever_proposed_approved_or_certified_a_list_hears_no_appeal_against_an_entry_from_it() {
    let mut world = World::opened();
    let roles = [Role::RegisterTeam, Role::AppealOfficer].into();
    let details = holder(APPEALS, "Gadwall Tellwright");
    world.does(ADMINISTRATOR, ChangeAccount { account: APPEALS, roles, team: PLANNING, details });
    world.does(REGISTRAR, AgreeGrant { account: APPEALS, grant: Grant::Roles });
    let stranger = world.stranger(GROWN);
    let (import, rows) = (ImportId::from_bits(77), world.rows(vec![stranger]));
    let measure = rows[0].measure;
    world.does(APPEALS, propose_list(import, 1));
    world.does(SECOND_REGISTRAR, approve_list(import, rows));
    world.incident_joins(measure);
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
    world.told_of(measure);
    let lodge = lodge(measure, world.today());
    world.does(REGISTRAR, lodge);
    let assign = |officer| AssignAppeal { measure, officer };
    assert_eq!(world.refused(SECOND_REGISTRAR, assign(APPEALS)), Refusal::TookPart);
    world.does(SECOND_REGISTRAR, assign(SECOND_APPEALS));
    world.does(SECOND_APPEALS, decide_appeal(measure, AppealOutcome::Upheld));
    world.told(measure, Occasion::AppealOutcome);
}

#[test]
fn a_longer_life_of_provisional_entries_puts_off_none_that_is_on_the_register() {
    let mut world =
        World::opened_with([(register::policy::Figure::ProvisionalLife, 1)].into_iter().collect());
    let (_, measure) = world.provisional();
    assert_eq!(world.measure(measure).provisional_until(), Some(calendar::months_after(world.today(), 1)));
}
