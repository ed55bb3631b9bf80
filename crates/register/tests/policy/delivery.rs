//! Deliveries: a partner has the markers of its own properties as they are, and is chased until it has taken off what is withdrawn.

use crate::cases::GROWN;
use crate::partner::{HOMES, OWN, agreed, end, property, told_to_partner};
use crate::support::*;
use jiff::civil::Date;
use register::calendar;
use register::command::*;
use register::due;
use register::event::Event;
use register::ids::{File, MeasureId};
use register::measure::{EndReason, Kind};
use register::partner::{self, News, Owed, Properties, Shared};
use register::people::Action;
use register::policy::{Figure, List};
use register::refusal::Refusal;
use register::subject::{Address, Person, SubjectDetails};

/// A world whose lift engineers' own home houses somebody with an entry that they are told of.
pub fn delivered() -> (World, MeasureId) {
    let mut world = agreed(|terms| {
        terms.properties = Properties::Stock;
        terms.shares.insert(Shared::Delivered);
    });
    world.does(REGISTRAR, LoadStock { partner: HOMES, stock: [(OWN, property("4 Mill Lane"))].into() });
    let measure = told_to_partner(&mut world, Kind::Entry);
    lives_at(&mut world, measure, Some(OWN));
    (world, measure)
}

fn lives_at(world: &mut World, measure: MeasureId, uprn: Option<u64>) {
    let subject = world.measure(measure).subject;
    let home = Address { uprn, ..address("4 Mill Lane") };
    let details = SubjectDetails::Person(Person { addresses: vec![home], ..person(GROWN) });
    world.does(REGISTRAR, DescribeSubject { subject, details });
}

fn owed(world: &World) -> Vec<Owed> {
    let partner = world.register.partner(HOMES).expect("a partner");
    partner::owed(&world.register, partner, world.today())
}

fn news(world: &World) -> Vec<News> {
    owed(world).iter().map(|owed| owed.news).collect()
}

/// The partner says that it has whatever was delivered.
fn receives(world: &mut World) {
    for owed in owed(world) {
        world.does(PARTNER, ReceiveMarker { measure: owed.measure, edition: owed.edition() });
    }
}

/// Who is asked to chase the partner, for what, and by when it was due.
fn chased(world: &World) -> Vec<(&'static str, Action, Date)> {
    let tasks = due::work(&world.register, world.today());
    let about = tasks.iter().filter(|task| task.file == File::Partner(HOMES));
    about.map(|task| (task.what, task.action, task.by)).collect()
}

#[test]
fn a_new_marker_of_its_own_property_is_owed_until_the_partner_says_that_it_has_it() {
    let (mut world, measure) = delivered();
    let waits = owed(&world);
    let told = waits[0].told.as_ref().expect("what is told");
    assert_eq!((waits.len(), waits[0].measure, waits[0].news), (1, measure, News::New));
    assert_eq!(told.places, [OWN].into());
    assert!(!told.precautions.is_empty());
    receives(&mut world);
    assert_eq!(news(&world), []);
    let again = ReceiveMarker { measure, edition: waits[0].edition() };
    assert_eq!(world.refused(PARTNER, again), Refusal::NothingToConfirm);
}

#[test]
fn nobody_but_the_partner_says_that_it_has_a_marker() {
    let (mut world, measure) = delivered();
    let receipt = ReceiveMarker { measure, edition: owed(&world)[0].edition() };
    for other in [REGISTRAR, MANAGER, OFFICER, PROTECTION] {
        assert_eq!(world.refused(other, receipt.clone()), Refusal::NotPermitted(Action::ReceiveMarkers));
    }
}

#[test]
fn what_is_told_otherwise_is_owed_again_and_what_was_not_shown_is_not_confirmed() {
    let (mut world, measure) = delivered();
    let shown = owed(&world)[0].edition();
    let mut other = plan(Kind::Entry);
    other.precautions =
        world.register.policy().terms(List::Precaution).iter().map(|it| it.code.clone()).collect();
    other.audience.push(LIFTS);
    other.words.audience_reasons.push(text("Nightjar: the lift is inspected."));
    let vary = VaryMeasure { measure, plan: other, reasons: text("Nightjar: more is asked.") };
    world.does(DECIDER, vary);
    let outdated = ReceiveMarker { measure, edition: shown };
    assert_eq!(world.refused(PARTNER, outdated), Refusal::ToldOtherwise);
    assert_eq!(news(&world), [News::New], "it never had the first");
    receives(&mut world);
    let less = {
        let mut plan = plan(Kind::Entry);
        plan.audience.push(LIFTS);
        plan.words.audience_reasons.push(text("Nightjar: the lift is inspected."));
        plan
    };
    world.does(DECIDER, VaryMeasure { measure, plan: less, reasons: text("Nightjar: less will do.") });
    assert_eq!(news(&world), [News::Changed]);
    receives(&mut world);
    assert_eq!(news(&world), []);
}

#[test]
fn whatever_ends_what_the_partner_is_told_withdraws_what_it_has() {
    type Ends = fn(&mut World, MeasureId);
    let ways: [(&str, Ends); 5] = [
        ("the entry ends", |world, measure| {
            let words = text("Nightjar: the wrong person.");
            world.does(REGISTRAR, RemoveMeasure { measure, reason: EndReason::Error, words });
        }),
        ("the customer moves", |world, measure| lives_at(world, measure, Some(OWN + 1))),
        ("the home is sold", |world, _| {
            let stock = [(OWN + 7, property("6 Mill Lane"))].into();
            world.does(REGISTRAR, LoadStock { partner: HOMES, stock });
        }),
        ("the audience no longer names its team", |world, measure| {
            let plan = plan(Kind::Entry);
            world.does(DECIDER, VaryMeasure { measure, plan, reasons: text("Nightjar: the lift is done.") });
        }),
        ("the agreement ends", |world, _| {
            world.does(PROTECTION, end());
        }),
    ];
    for (way, ends) in ways {
        let (mut world, measure) = delivered();
        receives(&mut world);
        ends(&mut world, measure);
        assert_eq!(news(&world), [News::Withdrawn], "{way}");
        assert_eq!(owed(&world)[0].since, world.today(), "{way}: owed since today");
        let had = owed(&world)[0].told.clone().expect("what it has");
        assert_eq!(had.places, [OWN].into(), "{way}: it is told where, to find what it has");
        receives(&mut world);
        assert_eq!(news(&world), [], "{way}");
        let waits = world.measure(measure).awaits_withdrawal();
        assert!(!waits.contains(&LIFTS), "{way}: its teams have given their word by this");
    }
}

#[test]
fn a_marker_withdrawn_before_the_partner_had_it_is_owed_no_longer() {
    let (mut world, measure) = delivered();
    lives_at(&mut world, measure, None);
    assert_eq!(news(&world), []);
    let partner = world.register.partner(HOMES).expect("a partner");
    assert_eq!(partner::only_by_check(&world.register, partner, world.today()), 1, "and is told by a check");
}

#[test]
fn the_address_of_a_file_that_is_joined_counts_as_well() {
    let (mut world, measure) = delivered();
    lives_at(&mut world, measure, None);
    let kept = world.measure(measure).subject;
    let joined = world.subject();
    let home = Address { uprn: Some(OWN), ..address("4 Mill Lane") };
    let details = SubjectDetails::Person(Person { addresses: vec![home], ..person(GROWN) });
    world.does(REGISTRAR, DescribeSubject { subject: joined, details });
    assert_eq!(news(&world), []);
    world.does(REGISTRAR, JoinSubjects { kept, joined, reasons: text("Nightjar: the same") });
    assert_eq!(news(&world), [News::New]);
}

#[test]
fn an_agreement_that_does_not_deliver_owes_nothing() {
    let mut world = agreed(|terms| terms.properties = Properties::Stock);
    world.does(REGISTRAR, LoadStock { partner: HOMES, stock: [(OWN, property("4 Mill Lane"))].into() });
    let measure = told_to_partner(&mut world, Kind::Entry);
    lives_at(&mut world, measure, Some(OWN));
    assert_eq!(news(&world), []);
}

#[test]
fn what_a_partner_has_not_received_in_time_is_chased_and_a_withdrawn_one_goes_on_to_the_data_protection_officer()
 {
    let (mut world, measure) = delivered();
    let policy = world.register.policy().clone();
    let by = policy.after(world.today(), Figure::MarkerReceipt);
    world.on(by);
    assert_eq!(chased(&world), [], "it has until the end of the day");
    world.on(calendar::days_after(by, 1));
    assert_eq!(chased(&world), [("Chase a partner to receive a marker", Action::KeepPartners, by)]);
    receives(&mut world);
    assert_eq!(chased(&world), []);

    let words = text("Nightjar: the wrong person.");
    world.does(REGISTRAR, RemoveMeasure { measure, reason: EndReason::Error, words });
    let by = policy.after(world.today(), Figure::Withdraw);
    let withdrawn = ("Chase a partner to take off a withdrawn marker", Action::KeepPartners, by);
    world.on(calendar::days_after(by, 1));
    assert_eq!(chased(&world), [withdrawn]);
    world.on(calendar::days_after(by, 7));
    let late = "See to a withdrawn marker that a partner has not taken off";
    assert_eq!(chased(&world), [(late, Action::EndAgreement, by), withdrawn]);
    world.on(calendar::months_after(by, 3));
    assert!(chased(&world).contains(&withdrawn), "until somebody says that it is gone");
    let received = {
        let owed = owed(&world);
        world.does(PARTNER, ReceiveMarker { measure, edition: owed[0].edition() })
    };
    assert!(
        received
            .iter()
            .any(|event| matches!(event, Event::WithdrawalConfirmed { team, .. } if *team == LIFTS))
    );
    assert_eq!(chased(&world), []);
}
