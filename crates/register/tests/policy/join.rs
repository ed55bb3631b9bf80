//! One version of each subject: two files about the same are joined, which moves nothing and can be taken back.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::assessment::{Finding, Test};
use register::command::*;
use register::event::Event;
use register::ids::{File, MeasureId, SubjectId};
use register::incident::{Identity, Route};
use register::measure::{EndReason, Kind, Stage};
use register::people::Action;
use register::personal::Locker;
use register::refusal::Refusal;
use register::retention::{Stands, Stop, clock};
use register::subject::{AgeBand, Born, Premises, SubjectDetails};
use register::view::{Certainty, Purpose, Verdict};

impl World {
    /// Another file about somebody with an entry in force, not joined yet: the entry, whom it is about, and the other file.
    fn twins(&mut self) -> (MeasureId, SubjectId, SubjectId) {
        let measure = self.in_force(Kind::Entry);
        (measure, self.measure(measure).subject, self.subject())
    }

    fn premises(&mut self) -> SubjectId {
        let yard = Premises { description: text("yard"), address: address("5 Mill Lane") };
        self.subject_described(SubjectDetails::Premises(yard))
    }

    /// What everybody is answered about these.
    fn answers(&self, subjects: &[SubjectId]) -> Vec<Verdict> {
        let mut answers = Vec::new();
        for (account, ..) in CAST {
            for subject in subjects {
                for purpose in Purpose::ALL {
                    answers.push(self.check(*account, *subject, Certainty::Match, *purpose));
                }
            }
        }
        answers
    }

    fn stands(&self, file: File) -> Stands {
        clock(&self.register, file).expect("a clock").stands
    }
}

#[test]
fn a_check_that_finds_either_of_two_joined_files_answers_for_both() {
    for swapped in [false, true] {
        let mut world = World::opened();
        let (measure, subject, other) = world.twins();
        assert_eq!(world.check(OFFICER, other, Certainty::Match, Purpose::Visit), Verdict::NoneFound);
        let (kept, joined) = if swapped { (other, subject) } else { (subject, other) };
        world.does(REGISTRAR, join(kept, joined));
        for found in [subject, other] {
            let verdict = world.check(OFFICER, found, Certainty::Match, Purpose::Visit);
            assert!(
                matches!(&verdict, Verdict::Marker(markers) if markers.len() == 1 && markers[0].measure == measure)
            );
            assert!(world.register.measures_about(found).any(|about| about.id == measure));
        }
        assert_eq!((world.register.one(subject), world.register.one(other)), (kept, kept));
        assert_eq!(world.register.same(joined), [kept, joined], "the one that goes on first");
    }
}

#[test]
fn a_second_entry_about_somebody_joined_is_refused_as_already_open() {
    let mut world = World::opened();
    let (measure, subject, other) = world.twins();
    world.does(REGISTRAR, join(other, subject));
    let incident = world.reported();
    let new = MeasureId::from_bits(77);
    let refusal = Refusal::MeasureAlreadyOpen(measure);
    assert_eq!(world.refused(REGISTRAR, propose(incident, other, new, Kind::Entry)), refusal);
    assert_eq!(world.refused(MANAGER, ask_interim(new, incident, other)), refusal);
    let import = world.list_proposed(1);
    let row = listed(2, register::import::RowSubject::Known(other), new);
    assert_eq!(world.refused(DECIDER, approve_list(import, vec![row])), Refusal::InRow(2, Box::new(refusal)));
    world.does(REGISTRAR, propose(incident, other, new, Kind::Warning));
}

#[test]
fn what_was_reported_of_either_file_joins_the_measure_about_the_other() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let (subject, other) = (world.measure(measure).subject, world.subject());
    let incident = world.reported();
    let found =
        TriageIncident { identity: Identity::Certain, ..triage(incident, Some(other), Route::Join(measure)) };
    assert_eq!(world.refused(REGISTRAR, found.clone()), Refusal::DifferentSubject);
    world.does(REGISTRAR, join(subject, other));
    world.does(REGISTRAR, found);
    assert!(world.register.incidents_about(subject).any(|about| about.id == incident));
    world.does(REGISTRAR, answer(measure, Test::RightSubject, Finding::Holds));
    let (new, incident) = (MeasureId::from_bits(77), world.reported());
    world.does(REGISTRAR, triage(incident, Some(other), Route::LogOnly));
    let stranger = world.subject();
    assert_eq!(world.refused(MANAGER, ask_interim(new, incident, stranger)), Refusal::DifferentSubject);
    world.does(MANAGER, ask_interim(measure, incident, subject));
}

#[test]
fn who_an_incident_was_about_is_established_by_any_file_about_the_same() {
    let mut world = World::opened();
    let measure = MeasureId::from_bits(77);
    let (subject, other) = (world.subject(), world.subject());
    let incident = world.reported();
    world.does(MANAGER, ask_interim(measure, incident, subject));
    world.does(REGISTRAR, triage(incident, Some(other), Route::LogOnly));
    let right = answer(measure, Test::RightSubject, Finding::Holds);
    assert_eq!(world.refused(REGISTRAR, right.clone()), Refusal::IdentityDoubtful);
    world.does(REGISTRAR, join(subject, other));
    world.does(REGISTRAR, right);
}

#[test]
fn nobody_answers_for_what_was_reported_of_a_file_that_is_joined_with_theirs_no_longer() {
    let mut world = World::opened();
    let measure = MeasureId::from_bits(77);
    let (subject, other) = (world.subject(), world.subject());
    let incident = world.reported();
    world.does(REGISTRAR, join(subject, other));
    world.does(MANAGER, ask_interim(measure, incident, subject));
    world.does(REGISTRAR, triage(incident, Some(other), Route::LogOnly));
    world.answered(measure);
    let mut parted = world.clone();
    parted.does(REGISTRAR, part(other));
    assert_eq!(parted.refused(REGISTRAR, complete(measure)), Refusal::IdentityDoubtful);
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    let mut parted = world.clone();
    parted.does(REGISTRAR, part(other));
    assert_eq!(parted.refused(DECIDER, approve.clone()), Refusal::IdentityDoubtful);
    parted.does(DECIDER, refuse(measure));
    world.does(DECIDER, approve);
}

#[test]
fn a_join_taken_back_leaves_both_files_as_they_were() {
    let mut world = World::opened();
    let (_, subject, other) = world.twins();
    let reported = world.reported();
    world.does(REGISTRAR, triage(reported, Some(other), Route::LogOnly));
    let printed = |world: &World| {
        let of = |subject| {
            let measures: Vec<_> = world.register.measures_about(subject).map(|it| it.id).collect();
            let incidents: Vec<_> = world.register.incidents_about(subject).map(|it| it.id).collect();
            let (one, same) = (world.register.one(subject), world.register.same(subject));
            format!("{:?}{measures:?}{incidents:?}{one:?}{same:?}", world.register.subject(subject))
        };
        (of(subject), of(other), world.answers(&[subject, other]))
    };
    let before = printed(&world);
    for (kept, joined) in [(subject, other), (other, subject)] {
        world.does(REGISTRAR, join(kept, joined));
        assert_ne!(printed(&world), before);
        assert!(world.register.is_joined(kept) && world.register.is_joined(joined));
        assert_eq!(world.register.joined_to(joined), Some(kept));
        assert_eq!(world.refused(REGISTRAR, part(kept)), Refusal::NotJoined, "it goes on");
        world.does(REGISTRAR, part(joined));
        assert_eq!(printed(&world), before);
        assert!(!world.register.is_joined(kept) && !world.register.is_joined(joined));
    }
}

#[test]
fn parting_asks_for_an_early_look_at_whatever_stands_as_joining_does() {
    let mut world = World::opened();
    let (measure, subject, other) = world.twins();
    world.does(REGISTRAR, join(subject, other));
    world.does(MANAGER, answers(measure, register::review::Advice::Keep));
    let retain = world.retain(measure);
    world.does(DECIDER, retain);
    assert!(world.measure(measure).stirred.is_none());
    world.does(REGISTRAR, part(other));
    let stirred = world.measure(measure).stirred.map(|(stir, _)| stir);
    assert_eq!(stirred, Some(register::review::Stir::Joined));
}

#[test]
fn a_person_and_a_place_are_not_joined_and_neither_is_a_file_with_itself() {
    let mut world = World::opened();
    let (somebody, place, yard) = (world.subject(), world.premises(), world.premises());
    assert_eq!(world.refused(REGISTRAR, join(somebody, place)), Refusal::SubjectKindChanged);
    assert_eq!(world.refused(REGISTRAR, join(place, somebody)), Refusal::SubjectKindChanged);
    assert_eq!(world.refused(REGISTRAR, join(place, place)), Refusal::AlreadyJoined);
    let nobody = SubjectId::from_bits(999);
    assert_eq!(world.refused(REGISTRAR, join(place, nobody)), Refusal::NoSuchFile);
    assert_eq!(world.refused(MANAGER, join(place, yard)), Refusal::NotPermitted(Action::DescribeSubject));
    world.does(REGISTRAR, join(place, yard));
}

#[test]
fn files_are_joined_one_after_another_and_each_join_is_taken_back_by_itself() {
    let mut world = World::opened();
    let [a, b, c, d] = [world.subject(), world.subject(), world.subject(), world.subject()];
    world.does(REGISTRAR, join(b, c));
    assert_eq!(
        world.refused(REGISTRAR, join(a, c)),
        Refusal::AlreadyJoined,
        "the one that goes on is joined"
    );
    assert_eq!(world.refused(REGISTRAR, join(c, a)), Refusal::AlreadyJoined);
    world.does(REGISTRAR, join(a, b));
    world.does(REGISTRAR, join(a, d));
    assert_eq!(
        world.refused(REGISTRAR, join(c, d)),
        Refusal::AlreadyJoined,
        "they are about the same already"
    );
    for one in [a, b, c, d] {
        assert_eq!(world.register.same(one), [a, b, c, d]);
    }
    world.does(REGISTRAR, part(b));
    assert_eq!(world.register.same(c), [b, c], "what was joined before stays joined");
    assert_eq!(world.register.same(d), [a, d]);
    assert_eq!(world.refused(REGISTRAR, part(b)), Refusal::NotJoined);
    world.does(REGISTRAR, part(c));
    assert_eq!(world.register.same(c), [c]);
}

#[test]
fn a_hold_on_one_file_keeps_everything_about_the_joined() {
    for swapped in [false, true] {
        let mut world = World::opened();
        let (measure, subject, other) = world.twins();
        let incident = world.measure(measure).incidents[0];
        let (kept, joined) = if swapped { (other, subject) } else { (subject, other) };
        world.does(REGISTRAR, join(kept, joined));
        world.does(REGISTRAR, remove(measure, EndReason::Error));
        let hold = world.hold(File::Subject(other));
        world.does(PROTECTION, hold);
        world.on(date(2032, 1, 1));
        assert!(
            register::due::due(&world.register, world.today())
                .iter()
                .all(|due| matches!(due, Command::AskConfirmations(_))
                    || matches!(due, Command::Destroy(destroy) if matches!(destroy.file, File::Accesses(_))))
        );
        for file in
            [File::Measure(measure), File::Incident(incident), File::Subject(subject), File::Subject(other)]
        {
            assert!(matches!(world.stands(file), Stands::Stopped(Stop::Held(_))), "{file}");
            assert_eq!(world.system_refused(Destroy { file }), Refusal::Held, "{file}");
        }
        world.does(REGISTRAR, part(joined));
        assert!(matches!(world.stands(File::Measure(measure)), Stands::Runs { .. }), "it was the other’s");
        assert!(matches!(world.stands(File::Subject(other)), Stands::Stopped(Stop::Held(_))));
    }
}

#[test]
fn a_file_that_nothing_is_about_is_held_with_the_file_that_it_is_joined_with() {
    let mut world = World::opened();
    let (one, other) = (world.subject(), world.subject());
    world.does(REGISTRAR, join(one, other));
    let hold = world.hold(File::Subject(other));
    world.does(PROTECTION, hold);
    world.on(date(2026, 6, 1));
    world.day_passes_whole();
    let known = |subject| world.register.subject(subject).is_some_and(|it| is_known(&it.details.content));
    assert!(known(one) && known(other));
}

#[test]
fn a_joined_file_is_kept_as_long_as_anything_about_any_of_them_is() {
    let mut world = World::opened();
    let (measure, subject, other) = world.twins();
    let incident = world.measure(measure).incidents[0];
    world.does(REGISTRAR, join(subject, other));
    world.does(REGISTRAR, remove(measure, EndReason::Error));
    assert_eq!(world.stands(File::Subject(other)), Stands::Stopped(Stop::KeptFor(File::Measure(measure))));
    world.on(date(2026, 9, 3));
    world.day_passes_whole();
    assert_eq!(world.stage(measure), Stage::Destroyed);
    assert_eq!(world.stands(File::Subject(other)), Stands::Stopped(Stop::KeptFor(File::Incident(incident))));
    world.on(date(2027, 3, 3));
    world.day_passes_whole();
    world.on(date(2027, 3, 4));
    world.day_passes_whole();
    for gone in [subject, other] {
        assert!(world.register.erased().contains(&Locker::Subject(gone)));
    }
}

#[test]
fn nothing_more_is_written_into_joined_files_whose_words_are_destroyed() {
    let mut world = World::opened();
    let gone = world.subject();
    world.on(date(2026, 3, 10));
    let (kept, left) = (world.subject(), world.subject());
    world.does(REGISTRAR, join(gone, left));
    world.on(date(2026, 3, 17));
    world.day_passes_whole();
    assert!(world.register.erased().contains(&Locker::Subject(gone)), "it was opened a week before");
    assert_eq!(world.refused(REGISTRAR, join(kept, gone)), Refusal::Destroyed);
    assert_eq!(world.refused(REGISTRAR, keep_apart(kept, gone)), Refusal::Destroyed);
    assert_eq!(world.refused(REGISTRAR, part(left)), Refusal::Destroyed);
    world.on(date(2026, 3, 25));
    world.day_passes_whole();
    assert_eq!(world.refused(REGISTRAR, part(left)), Refusal::Destroyed);
}

#[test]
fn two_files_that_look_alike_are_found_to_be_apart_until_somebody_joins_them_after_all() {
    let mut world = World::opened();
    let [one, other, third] = [world.subject(), world.subject(), world.subject()];
    let apart = world.does(REGISTRAR, keep_apart(other, one));
    assert!(matches!(apart[..], [Event::SubjectsKeptApart { .. }]));
    assert!(world.register.is_apart(one, other) && world.register.is_apart(other, one));
    assert!(!world.register.is_apart(one, third));
    assert_eq!(world.refused(REGISTRAR, keep_apart(one, other)), Refusal::AlreadyDone);
    let place = world.premises();
    assert_eq!(world.refused(REGISTRAR, keep_apart(one, place)), Refusal::SubjectKindChanged);
    world.does(REGISTRAR, join(one, other));
    assert!(!world.register.is_apart(one, other));
    assert_eq!(world.refused(REGISTRAR, keep_apart(one, other)), Refusal::AlreadyJoined);
    for file in [one, other] {
        assert_eq!(world.register.timeline(File::Subject(file)).len(), 3, "opened, apart, joined");
    }
}

#[test]
fn a_child_is_a_child_whichever_file_about_them_says_so() {
    let mut world = World::opened();
    let measure = world.interim_asked();
    let subject = world.measure(measure).subject;
    let details = SubjectDetails::Person(person(Born::Unknown));
    world.does(REGISTRAR, DescribeSubject { subject, details });
    let other = world.subject_described(somebody(Born::Band(AgeBand::Child)));
    world.clone().does(DECIDER, AgreeInterim { measure });
    world.does(REGISTRAR, join(subject, other));
    assert_eq!(world.refused(DECIDER, AgreeInterim { measure }), Refusal::UnderAge);
    world.does(REGISTRAR, part(other));
    world.does(DECIDER, AgreeInterim { measure });
}

#[test]
fn an_age_that_another_file_about_the_same_tells_is_known() {
    let mut world = World::opened();
    let subject = world.subject_described(somebody(Born::Unknown));
    let measure = world.proposed_about(subject, Kind::Entry);
    world.answered(measure);
    assert_eq!(world.refused(REGISTRAR, complete(measure)), Refusal::AgeUnknown);
    let other = world.subject();
    world.does(REGISTRAR, join(other, subject));
    world.does(REGISTRAR, complete(measure));
}

#[test]
fn another_case_of_somebody_joined_is_no_case_alike() {
    let mut world = World::opened();
    let (measure, _, other) = world.twins();
    let again = world.assessed_about(other, Kind::Entry);
    let alike = |world: &World| register::alike::alike(&world.register, world.measure(again));
    assert_eq!(alike(&world).len(), 1);
    let subject = world.measure(measure).subject;
    world.does(REGISTRAR, join(subject, other));
    assert!(alike(&world).is_empty());
}
