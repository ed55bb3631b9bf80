//! Totals: one count for every page and paper, the same as counting file by file through what each file says of itself.

use crate::cases::*;
use crate::support::*;
use register::command::*;
use register::measure::{EndReason, Kind, Stage};
use register::meeting::{Topic, agenda};
use register::review::Advice;
use register::totals::{Totals, totals};

/// The same numbers, from what each file says of its stage and from the work that waits.
fn counted(world: &World) -> Totals {
    let today = world.today();
    let measures = || world.register.measures();
    let live = |kind: Kind| measures().filter(|m| m.kind == kind && m.stage() == Stage::InForce).count();
    let on_the_way = [Stage::Assessment, Stage::Decision, Stage::Notice];
    let waiting = |what: &str| {
        let tasks = register::due::work(&world.register, today);
        tasks.iter().filter(|task| task.what == what).count()
    };
    Totals {
        entries: live(Kind::Entry),
        restrictions: live(Kind::Restriction),
        warnings: live(Kind::Warning),
        on_the_way: measures().filter(|m| on_the_way.contains(&m.stage())).count(),
        interim: measures().filter(|m| m.stage() != Stage::InForce && m.live_plan(today).is_some()).count(),
        overdue: measures().filter(|m| m.review_due(&world.register).is_some_and(|due| due < today)).count(),
        untold: measures()
            .filter(|m| m.stage() == Stage::InForce)
            .filter(|m| matches!(m.notice(), Some((register::notice::Notice::Withheld(_), _))))
            .count(),
        appeals: waiting("Give this appeal to somebody") + waiting("Decide this appeal"),
        proposed_removals: measures().filter(|m| m.removal.is_some()).count(),
        untriaged: waiting("Triage this report"),
    }
}

/// A register with something of everything.
fn full() -> World {
    let mut world = World::opened();
    for kind in Kind::ALL {
        world.in_force(*kind);
        world.proposed(*kind);
        world.decided(*kind);
        world.ended(*kind);
    }
    world.withheld(Kind::Entry);
    world.interim_live();
    world.appealed(Kind::Restriction);
    world.assigned(Kind::Entry);
    world.removal_proposed();
    world.reported();
    world
}

#[test]
fn every_number_is_what_counting_file_by_file_gives_on_every_day() {
    let mut world = full();
    for months in [0, 1, 4, 7, 14] {
        world.on(register::calendar::months_after(world.today(), months));
        assert_eq!(totals(&world.register, world.today()), counted(&world), "{}", world.today());
        world.day_passes_whole();
        assert_eq!(totals(&world.register, world.today()), counted(&world), "{}", world.today());
    }
}

#[test]
fn the_pack_of_a_meeting_lists_as_many_as_the_totals_say() {
    let mut world = full();
    let meeting = world.called();
    for months in [0, 7] {
        world.on(register::calendar::months_after(world.today(), months));
        let totals = totals(&world.register, world.today());
        let meeting = world.register.meeting(meeting).expect("a meeting");
        let agenda = agenda(&world.register, meeting, world.today());
        let entries = |topic| agenda.of(topic).count();
        assert_eq!(entries(Topic::ProposedRemoval), totals.proposed_removals);
        assert_eq!(entries(Topic::Interim), totals.interim);
        assert_eq!(entries(Topic::Withheld), totals.untold);
        assert_eq!(entries(Topic::Appeal), totals.appeals);
    }
}

#[test]
fn what_ends_leaves_the_totals_at_once() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    assert_eq!(totals(&world.register, world.today()).entries, 1);
    world.does(MANAGER, answers(measure, Advice::Keep));
    world.does(REGISTRAR, RemoveMeasure { measure, reason: EndReason::Error, words: reasons() });
    assert_eq!(totals(&world.register, world.today()), Totals::default());
}
