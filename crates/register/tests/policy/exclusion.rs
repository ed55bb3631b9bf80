//! Exclusions: to whoever is too close to somebody there is no file, on no way and in no role; at the door they are told to ring.

use crate::support::*;
use register::command::*;
use register::exclusion::Closeness;
use register::ids::{AccountId, File, SubjectId};
use register::measure::Kind;
use register::meeting::agenda;
use register::reach::reach;
use register::refusal::Refusal;
use register::view::{self, Certainty, Disclosure, Purpose, Verdict};

pub fn exclude(subject: SubjectId, account: AccountId) -> ExcludeFromFile {
    ExcludeFromFile {
        subject,
        account,
        closeness: Closeness::DomesticAbuse,
        words: text("Nightjar: her husband"),
    }
}

pub fn lift(subject: SubjectId, account: AccountId) -> LiftExclusion {
    LiftExclusion { subject, account, words: text("Nightjar: another of that name") }
}

fn reached(world: &World, by: AccountId, file: File) -> Disclosure {
    reach(&world.register, world.register.account(by).expect("an account"), file)
}

#[test]
fn whoever_is_excluded_reaches_no_file_about_the_subject_whatever_their_role() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let (subject, incidents) = (world.measure(measure).subject, world.measure(measure).incidents.clone());
    let mut files = vec![File::Subject(subject), File::Measure(measure)];
    files.extend(incidents.into_iter().map(File::Incident));
    for account in [REGISTRAR, DECIDER, PROTECTION, GOVERNOR, MANAGER, OFFICER] {
        let before: Vec<Disclosure> = files.iter().map(|file| reached(&world, account, *file)).collect();
        assert!(before.iter().any(|level| *level > Disclosure::Nothing), "{account:?} reaches something");
        let by = if account == PROTECTION { REGISTRAR } else { PROTECTION };
        world.does(by, exclude(subject, account));
        for file in &files {
            assert_eq!(reached(&world, account, *file), Disclosure::Nothing, "{account:?}, {file:?}");
        }
        world.does(SECOND_REGISTRAR, lift(subject, account));
        let after: Vec<Disclosure> = files.iter().map(|file| reached(&world, account, *file)).collect();
        assert_eq!(after, before, "{account:?}: as it was");
    }
}

#[test]
fn at_the_door_they_are_told_to_ring_exactly_as_somebody_from_outside_the_audience() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let subject = world.measure(measure).subject;
    let outside = Verdict::Possible(view::duty_desk(&world.register));
    let marker = world.check(OFFICER, subject, Certainty::Match, Purpose::Visit);
    assert!(matches!(marker, Verdict::Marker(_)));
    world.does(PROTECTION, exclude(subject, OFFICER));
    for certainty in [Certainty::Match, Certainty::Possible] {
        assert_eq!(world.check(OFFICER, subject, certainty, Purpose::Visit), outside);
    }
    world.does(PROTECTION, exclude(subject, DECIDER));
    assert_eq!(
        world.check(DECIDER, subject, Certainty::Match, Purpose::Visit),
        outside,
        "whoever reads files"
    );
    let others = world.check(MANAGER, subject, Certainty::Match, Purpose::Visit);
    assert!(matches!(others, Verdict::Marker(_)), "others are shown it as before");
}

#[test]
fn they_take_no_part_and_are_refused_as_if_there_were_no_such_file() {
    let mut world = World::opened();
    let measure = world.assessed(Kind::Entry);
    let subject = world.measure(measure).subject;
    world.does(PROTECTION, exclude(subject, DECIDER));
    let decision = world.approve(measure);
    assert_eq!(world.refused(DECIDER, decision.clone()), Refusal::NoSuchFile);
    world.does(SECOND_REGISTRAR, lift(subject, DECIDER));
    world.does(DECIDER, decision);
}

#[test]
fn an_exclusion_holds_for_every_file_that_is_joined_and_is_lifted_by_a_second_person() {
    let mut world = World::opened();
    let (kept, joined) = (world.subject(), world.subject());
    world.does(PROTECTION, exclude(joined, REGISTRAR));
    assert_eq!(reached(&world, REGISTRAR, File::Subject(kept)), Disclosure::Everything);
    world.does(SECOND_REGISTRAR, JoinSubjects { kept, joined, reasons: text("Nightjar: the same") });
    assert_eq!(reached(&world, REGISTRAR, File::Subject(kept)), Disclosure::Nothing, "one and the same");
    assert_eq!(world.refused(PROTECTION, exclude(kept, REGISTRAR)), Refusal::AlreadyDone);
    assert_eq!(world.refused(PROTECTION, lift(joined, REGISTRAR)), Refusal::SecondPersonNeeded);
    assert_eq!(
        world.refused(REGISTRAR, lift(joined, REGISTRAR)),
        Refusal::NoSuchFile,
        "nobody lets themselves in"
    );
    world.does(SECOND_REGISTRAR, lift(joined, REGISTRAR));
    assert_eq!(reached(&world, REGISTRAR, File::Subject(kept)), Disclosure::Everything);
}

#[test]
fn a_member_of_the_governance_group_reads_an_agenda_without_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let meeting = world.called();
    let items = |world: &World, reader| {
        let meeting = world.register.meeting(meeting).expect("a meeting");
        let agenda = agenda(&world.register, meeting, world.today()).read_by(&world.register, reader);
        agenda.items.iter().filter(|item| item.measure == measure).count()
    };
    assert!(items(&world, GOVERNOR) > 0);
    world.does(PROTECTION, exclude(world.measure(measure).subject, GOVERNOR));
    assert_eq!(items(&world, GOVERNOR), 0);
    assert!(items(&world, SECOND_GOVERNOR) > 0);
}
