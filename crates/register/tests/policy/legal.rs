//! Legal advice: kept by the register team apart from the file, read by few, drawn on by nothing, sealed into nothing.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::ids::{File, MeasureId};
use register::legal;
use register::measure::Kind;
use register::people::{Action, Role};
use register::personal::Locker;
use register::policy::Figure;
use register::refusal::Refusal;

fn readers(world: &World, measure: MeasureId) -> Vec<Role> {
    let reads = |role: &&Role| {
        let account = world.register.accounts().find(|account| account.roles.iter().eq([**role].iter()));
        account.is_some_and(|account| legal::readable(&world.register, account, measure).is_some())
    };
    Role::ALL.iter().filter(reads).copied().collect()
}

#[test]
fn the_register_team_keeps_legal_advice_and_nobody_else_does() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let today = world.today();
    for by in [DECIDER, PROTECTION, MANAGER, APPEALS, GOVERNOR] {
        let refusal = Refusal::NotPermitted(Action::KeepLegalAdvice);
        assert_eq!(world.refused(by, legal_advice(measure, today)), refusal);
    }
    world.does(REGISTRAR, legal_advice(measure, today));
    let [kept] = world.measure(measure).legal_advice.as_slice() else { panic!("one piece of advice") };
    assert_eq!((kept.asked_on, kept.words.locker), (today, Locker::LegalAdvice(measure)));
}

#[test]
fn no_advice_was_asked_for_tomorrow() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let tomorrow = world.today().tomorrow().expect("date");
    assert_eq!(world.refused(REGISTRAR, legal_advice(measure, tomorrow)), Refusal::HappenedInFuture);
}

#[test]
fn it_is_read_by_the_register_team_by_those_who_decide_and_by_the_data_protection_officer() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    assert_eq!(readers(&world, measure), [Role::RegisterTeam, Role::DecisionMaker, Role::DataProtection]);
    let subject = world.measure(measure).subject;
    world.does(PROTECTION, crate::exclusion::exclude(subject, DECIDER));
    let decider = world.register.account(DECIDER).expect("an account");
    assert!(legal::readable(&world.register, decider, measure).is_none(), "nobody who is excluded");
}

#[test]
fn it_is_destroyed_with_the_words_of_the_measure_and_is_no_part_of_its_sealed_decision_file() {
    let mut world = World::opened_with([(Figure::SealedDecisionFile, 15)].into());
    let measure = world.ended(Kind::Entry);
    let today = world.today();
    world.does(REGISTRAR, legal_advice(measure, today));
    world.on(date(2026, 9, 3));
    world.day_passes();
    assert!(world.measure(measure).sealed.is_some(), "the decision is kept");
    assert!(world.register.erased().contains(&Locker::LegalAdvice(measure)));
    assert!(world.measure(measure).legal_advice.is_empty() && readers(&world, measure).is_empty());
    assert_eq!(world.refused(REGISTRAR, legal_advice(measure, today)), Refusal::Destroyed);
}

#[test]
fn it_goes_with_everything_where_no_decision_file_is_kept() {
    let mut world = World::opened();
    let measure = world.ended(Kind::Entry);
    let today = world.today();
    world.does(REGISTRAR, legal_advice(measure, today));
    world.on(date(2026, 9, 3));
    world.day_passes();
    assert!(world.register.certificates().iter().any(|it| it.file == File::Measure(measure)));
    assert!(world.register.erased().contains(&Locker::LegalAdvice(measure)));
    assert!(world.measure(measure).legal_advice.is_empty());
}
