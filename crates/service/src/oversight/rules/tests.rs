//! The rules, one by one, and on ordinary days in which a few people look at what they have no business with.

use super::*;
use register::calendar::instant;

const READER: AccountId = AccountId::from_bits(1);
const COLLEAGUE: AccountId = AccountId::from_bits(2);

fn at(day: i8, hour: i8) -> Timestamp {
    let minute = jiff::civil::date(2026, 11, day).at(hour, 0, 0, 0);
    instant(minute).expect("an hour of November")
}

fn reader(role: Role, name: &str, home: &str) -> Reader {
    let home = (!home.is_empty()).then(|| Place::read(home, None));
    Reader { roles: BTreeSet::from([role]), name: Some(name.to_owned()), home }
}

fn known() -> Known {
    let readers = [
        (READER, reader(Role::Officer, "Wren Ottershaw", "12 Mill Lane, Fenmarsh")),
        (COLLEAGUE, reader(Role::Officer, "Ida Smith", "")),
    ];
    Known::of(readers.into(), std::iter::empty(), Vec::new())
}

fn about(name: &str, place: &str) -> About {
    let places = if place.is_empty() { Vec::new() } else { vec![Place::read(place, None)] };
    About { names: vec![name.to_owned()], places, key: format!("{name} {place}") }
}

/// A visit on a Tuesday morning that nothing explains.
fn look(about: About) -> Looked {
    Looked {
        position: 1,
        at: at(24, 10),
        by: READER,
        kind: AccessKind::Check,
        purpose: Some(Purpose::Visit),
        errand: None,
        part: Part::HasNone,
        about,
    }
}

fn reasons(look: &Looked) -> Vec<Reason> {
    Judge::default().judge(look, &known()).reasons.into_iter().collect()
}

#[test]
fn what_is_on_a_list_or_a_case_of_ones_own_is_explained_and_stands_out_for_nothing() {
    let unexplained = look(about("Ann Other", "4 Fen Road, Fenmarsh"));
    assert_eq!(reasons(&unexplained), [Reason::NothingPlanned]);
    let late = Looked { at: at(24, 23), ..unexplained.clone() };
    assert_eq!(reasons(&late), [Reason::OffHours, Reason::NothingPlanned]);
    assert_eq!(reasons(&Looked { errand: Some(Errand::List), ..late.clone() }), []);
    assert_eq!(reasons(&Looked { part: Part::Has, ..late.clone() }), []);
    assert_eq!(
        reasons(&Looked { errand: Some(Errand::Job), ..late }),
        [Reason::OffHours],
        "anybody can type one"
    );
}

#[test]
fn what_is_the_readers_own_stands_out_whatever_it_was_for() {
    let listed = |about| Looked { errand: Some(Errand::List), ..look(about) };
    for (name, place, reason) in [
        ("Wren Ottershaw", "", Reason::Themselves),
        ("Tom Ottershaw", "", Reason::RareSurname),
        ("ida smith", "", Reason::Colleague),
        ("Ann Other", "12 Mill Lane", Reason::OwnAddress),
        ("Ann Other", "14, Mill Lane, Fenmarsh", Reason::OwnStreet),
        ("Ann Other", "14 Mill Lane, Fenmarsh", Reason::OwnStreet),
    ] {
        assert_eq!(reasons(&listed(about(name, place))), [reason], "{name} {place}");
    }
    let of_a_smith = Looked { by: COLLEAGUE, ..listed(about("Bob Smith", "")) };
    assert_eq!(reasons(&of_a_smith), [Reason::Surname]);
}

#[test]
fn a_third_day_on_the_same_person_stands_out_and_so_does_what_follows_a_refusal() {
    let mut judge = Judge::default();
    let known = known();
    let mut on = |day, kind| {
        let look = Looked { at: at(day, 10), kind, ..look(about("Ann Other", "")) };
        judge.judge(&look, &known).reasons.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(on(16, AccessKind::Check), [Reason::NothingPlanned]);
    assert_eq!(on(17, AccessKind::Check), [Reason::NothingPlanned]);
    assert_eq!(on(18, AccessKind::OverBudget), [Reason::NothingPlanned, Reason::Again]);
    assert_eq!(on(18, AccessKind::Check), [Reason::NothingPlanned, Reason::Again, Reason::AfterRefusal]);
}

#[test]
fn a_walk_along_many_things_is_one_alert_and_hides_no_other() {
    let (mut judge, known) = (Judge::default(), known());
    let walk =
        (0..60).map(|number| Looked { position: number, ..look(about("", &format!("{number} Fen Road"))) });
    let own = Looked { position: 60, at: at(23, 10), ..look(about("Wren Ottershaw", "")) };
    let judged: Vec<Judged> =
        std::iter::once(own).chain(walk).map(|look| judge.judge(&look, &known)).collect();
    let alerts = alerts(&judged);
    let looks: Vec<usize> = alerts.iter().map(|alert| alert.looks.len()).collect();
    assert_eq!(looks, [1, 30]);
}

#[test]
fn a_councillor_needs_no_job_number_for_a_visit_and_works_in_the_evening() {
    let mut known = known();
    known.readers.insert(READER, reader(Role::Member, "Wren Ottershaw", ""));
    let evening = Looked { at: at(22, 20), ..look(about("Ann Other", "")) };
    assert_eq!(Judge::default().judge(&evening, &known).reasons, BTreeSet::new());
    let call = Looked { purpose: Some(Purpose::Call), ..evening };
    assert_eq!(Judge::default().judge(&call, &known).reasons, BTreeSet::from([Reason::NothingPlanned]));
}

#[test]
fn no_reason_but_what_is_wholly_the_readers_own_is_an_alert_by_itself() {
    use Reason as R;
    let all = [
        R::OwnStreet,
        R::RareSurname,
        R::Surname,
        R::Colleague,
        R::OffHours,
        R::NothingPlanned,
        R::Again,
        R::AfterRefusal,
        R::Many,
    ];
    assert!(all.iter().all(|reason| reason.weight() < ALERT && reason.weight() * 2 >= ALERT));
    assert!([R::Decoy, R::Themselves, R::OwnAddress].iter().all(|reason| reason.weight() >= ALERT));
}

mod days;
