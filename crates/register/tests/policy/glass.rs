//! Breaking the glass: at once, for an hour, for one marker; seen by two kinds of people, and looked at again by one of them.

use crate::support::*;
use jiff::SignedDuration;
use register::command::*;
use register::due;
use register::glass::{Emergency, GlassFinding, LASTS, MOST, WITHIN};
use register::ids::{AccountId, File, MeasureId};
use register::measure::Kind;
use register::people::Action;
use register::reach::reach;
use register::refusal::Refusal;
use register::view::Disclosure;

pub fn break_it(measure: MeasureId) -> BreakGlass {
    BreakGlass { measure, danger: Emergency::There, words: text("Nightjar: job 4711") }
}

pub fn review(glass: u32) -> ReviewGlass {
    ReviewGlass { glass, finding: GlassFinding::Needed, words: text("Nightjar: she was fetched out") }
}

/// Who sees that a glass waits to be looked at.
fn told(world: &World) -> Vec<Action> {
    let tasks = due::work(&world.register, world.today());
    tasks.iter().filter(|task| task.what.contains("glass")).map(|task| task.action).collect()
}

fn opens(world: &World, by: AccountId) -> bool {
    world.register.behind_glass(by, 0, world.at).is_some()
}

#[test]
fn it_opens_at_once_to_one_person_and_shuts_by_itself_to_the_second() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let manager = world.register.account(OTHER_MANAGER).expect("an account").clone();
    assert_eq!(reach(&world.register, &manager, File::Measure(measure)), Disclosure::Nothing);
    assert!(!opens(&world, OTHER_MANAGER));
    world.does(OTHER_MANAGER, break_it(measure));
    assert!(opens(&world, OTHER_MANAGER));
    for other in [OFFICER, MANAGER, REGISTRAR, ADMINISTRATOR, PROTECTION] {
        assert!(!opens(&world, other), "to nobody else");
    }
    assert_eq!(
        reach(&world.register, &manager, File::Measure(measure)),
        Disclosure::Nothing,
        "no other page opens"
    );
    world.at += LASTS - SignedDuration::from_secs(1);
    assert!(opens(&world, OTHER_MANAGER));
    world.at += SignedDuration::from_secs(1);
    assert!(!opens(&world, OTHER_MANAGER), "an hour later it is shut");
    world.at -= SignedDuration::from_hours(2);
    assert!(!opens(&world, OTHER_MANAGER), "no clock opens it again");
}

#[test]
fn two_kinds_of_people_see_it_at_once_until_one_of_them_says_what_came_of_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    for nobody in [OFFICER, MEMBER, PARTNER, REGISTRAR, ADMINISTRATOR, AUDITOR] {
        assert_eq!(world.refused(nobody, break_it(measure)), Refusal::NotPermitted(Action::BreakGlass));
    }
    world.does(OTHER_MANAGER, break_it(measure));
    assert_eq!(told(&world), [Action::ReviewGlass]);
    for who in [REGISTRAR, PROTECTION] {
        let account = world.register.account(who).expect("an account");
        assert!(account.extent(Action::ReviewGlass) > register::people::Extent::Nothing);
    }
    world.on(register::calendar::months_after(world.today(), 1));
    assert_eq!(told(&world), [Action::ReviewGlass, Action::Meet], "and then the Governance Group");
    assert_eq!(world.refused(OTHER_MANAGER, review(0)), Refusal::NotPermitted(Action::ReviewGlass));
    world.does(PROTECTION, review(0));
    assert!(told(&world).is_empty());
    assert_eq!(world.refused(REGISTRAR, review(0)), Refusal::AlreadyDone);
}

#[test]
fn it_opens_no_file_that_they_are_excluded_from_and_none_that_no_marker_stands_on() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let made_up = MeasureId::from_bits(4_711);
    assert_eq!(world.refused(OTHER_MANAGER, break_it(made_up)), Refusal::NoSuchFile);
    let assessed = world.assessed(Kind::Entry);
    assert_eq!(
        world.refused(OTHER_MANAGER, break_it(assessed)),
        Refusal::NoSuchFile,
        "nobody is warned of it yet"
    );
    let subject = world.measure(measure).subject;
    world.does(PROTECTION, crate::exclusion::exclude(subject, OTHER_MANAGER));
    assert_eq!(world.refused(OTHER_MANAGER, break_it(measure)), Refusal::NoSuchFile);
    world.does(SECOND_REGISTRAR, crate::exclusion::lift(subject, OTHER_MANAGER));
    world.does(OTHER_MANAGER, break_it(measure));
    world.does(PROTECTION, crate::exclusion::exclude(subject, OTHER_MANAGER));
    assert!(!opens(&world, OTHER_MANAGER), "what is open shuts");
}

#[test]
fn three_times_in_thirty_days_is_enough() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    for _ in 0..MOST {
        world.does(OTHER_MANAGER, break_it(measure));
    }
    assert_eq!(world.refused(OTHER_MANAGER, break_it(measure)), Refusal::GlassTooOften);
    world.at += WITHIN;
    world.does(OTHER_MANAGER, break_it(measure));
}
