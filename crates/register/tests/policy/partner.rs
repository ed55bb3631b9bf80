//! Partners: nothing is shared without an agreement in force, and under one only what it names.

use crate::support::*;
use jiff::civil::date;
use register::calendar;
use register::command::*;
use register::ids::{AccountId, File, PartnerId};
use register::measure::Kind;
use register::moment::Actor;
use register::partner::{
    AgreementWords, Properties, Property, Question, Relationship, Search, Shared, Standing, Terms, Uncovered,
};
use register::people::{Action, Role};
use register::policy::Figure;
use register::refusal::Refusal;
use register::view::{self, Candidate, Certainty, Marker, Purpose, Verdict};
use std::cell::Cell;

pub const HOMES: PartnerId = PartnerId::from_bits(1);
/// A property of the partner's own.
pub const OWN: u64 = 100_090_000_001;

pub fn keep(teams: &[register::ids::TeamId]) -> KeepPartner {
    KeepPartner {
        partner: HOMES,
        name: text("Fenside Homes"),
        relationship: Relationship::Joint,
        since: date(2026, 3, 2),
        teams: teams.iter().copied().collect(),
    }
}

pub fn agreement(change: impl FnOnce(&mut Terms)) -> ProposeAgreement {
    let mut terms = Terms {
        starts: date(2026, 3, 2),
        ends: date(2029, 3, 1),
        shares: [Shared::Precautions, Shared::Restrictions, Shared::Reviewed, Shared::Ring].into(),
        purposes: [Purpose::Visit, Purpose::Call].into(),
        properties: Properties::All,
        answers: MANAGER,
    };
    change(&mut terms);
    let words = AgreementWords {
        document: text("Agreement 14 of 2 March 2026"),
        signed_here: text("Head of housing"),
        signed_there: text("Director of homes"),
    };
    ProposeAgreement { partner: HOMES, terms, words }
}

pub const APPROVE: ApproveAgreement = ApproveAgreement { partner: HOMES, agreement: 0 };
pub const CONFIRM: ConfirmAgreement = ConfirmAgreement { partner: HOMES, agreement: 0 };

pub fn end() -> EndAgreement {
    EndAgreement { partner: HOMES, agreement: 0, reasons: text("The homes were sold") }
}

/// A world whose lift engineers work for a partner under this agreement.
pub fn agreed(change: impl FnOnce(&mut Terms)) -> World {
    let mut world = World::opened();
    world.does(REGISTRAR, keep(&[LIFTS]));
    world.does(REGISTRAR, agreement(change));
    world.does(PROTECTION, APPROVE);
    world
}

pub fn property(lines: &str) -> Property {
    Property { lines: text(lines), postcode: None }
}

/// An entry in force that the partner's workers are told of as well.
pub fn told_to_partner(world: &mut World, kind: Kind) -> register::ids::MeasureId {
    let measure = world.in_force(kind);
    let mut plan = plan(kind);
    plan.audience.push(LIFTS);
    plan.words.audience_reasons.push(text("Nightjar: the lift is inspected."));
    world.does(DECIDER, VaryMeasure { measure, plan, reasons: text("Nightjar: the lift.") });
    measure
}

/// What the partner's worker is told about a subject that fits for certain.
fn told(world: &World, measure: register::ids::MeasureId, purpose: Purpose, uprn: Option<u64>) -> Verdict {
    let account = world.register.account(PARTNER).expect("an account");
    let subject = world.measure(measure).subject;
    let look_up = |_: Search<'_>| vec![Candidate { subject, certainty: Certainty::Match }];
    let moment = world.moment(Actor::Account(PARTNER));
    view::verdict(&world.register, account, Question { purpose, uprn }, look_up, &moment)
}

fn marker(verdict: Verdict) -> Marker {
    match verdict {
        Verdict::Marker(mut markers) => markers.pop().expect("a marker"),
        other => panic!("a marker, not {other:?}"),
    }
}

fn not_covered(world: &World, why: Uncovered) -> Verdict {
    Verdict::NotCovered(why, view::duty_desk(&world.register))
}

#[test]
fn an_agreement_is_approved_by_the_data_protection_officer_and_not_by_whoever_proposed_it() {
    let mut world = World::opened();
    world.does(REGISTRAR, keep(&[LIFTS]));
    world.does(REGISTRAR, agreement(|_| ()));
    for nobody in [REGISTRAR, DECIDER, MANAGER] {
        assert_eq!(world.refused(nobody, APPROVE), Refusal::NotPermitted(Action::ApproveAgreement));
    }
    world.does(PROTECTION, APPROVE);
    assert_eq!(world.refused(PROTECTION, APPROVE), Refusal::AlreadyDone);
}

#[test]
fn a_measure_does_not_name_a_partner_without_an_agreement_in_force() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let mut plan = plan(Kind::Entry);
    plan.audience.push(LIFTS);
    plan.words.audience_reasons.push(text("Nightjar: the lift is inspected."));
    let set = SetPlan { measure, plan };
    world.does(REGISTRAR, set.clone());
    world.does(REGISTRAR, keep(&[LIFTS]));
    assert_eq!(world.refused(REGISTRAR, set.clone()), Refusal::NoAgreement);
    world.does(REGISTRAR, agreement(|_| ()));
    assert_eq!(world.refused(REGISTRAR, set.clone()), Refusal::NoAgreement, "proposed is not approved");
    world.does(PROTECTION, APPROVE);
    world.does(REGISTRAR, set.clone());
    world.does(PROTECTION, end());
    assert_eq!(world.refused(REGISTRAR, set), Refusal::NoAgreement);
}

#[test]
fn without_an_agreement_nobody_looks_and_the_worker_is_told_to_ring() {
    let mut world = agreed(|_| ());
    let measure = told_to_partner(&mut world, Kind::Entry);
    assert!(matches!(told(&world, measure, Purpose::Visit, None), Verdict::Marker(_)));
    world.does(REGISTRAR, end());
    let looked = Cell::new(false);
    let account = world.register.account(PARTNER).expect("an account");
    let question = Question { purpose: Purpose::Visit, uprn: None };
    let look_up = |_: Search<'_>| {
        looked.set(true);
        Vec::new()
    };
    let moment = world.moment(Actor::Account(PARTNER));
    let verdict = view::verdict(&world.register, account, question, look_up, &moment);
    assert_eq!(verdict, not_covered(&world, Uncovered::NoAgreement), "never anything like an all-clear");
    assert!(!looked.get(), "whoever is listed, nobody looked");
}

#[test]
fn a_partners_worker_whose_team_belongs_to_no_partner_has_no_agreement() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    assert_eq!(told(&world, measure, Purpose::Visit, None), not_covered(&world, Uncovered::NoAgreement));
}

#[test]
fn outside_its_stock_and_its_purposes_every_answer_is_the_same_whether_listed_or_not() {
    let mut world = agreed(|terms| terms.properties = Properties::Stock);
    let listed = told_to_partner(&mut world, Kind::Entry);
    let outside = not_covered(&world, Uncovered::OutsideScope);
    assert_eq!(told(&world, listed, Purpose::Visit, Some(OWN)), outside, "no list, no properties");
    world.does(REGISTRAR, LoadStock { partner: HOMES, stock: [(OWN, property("4 Mill Lane"))].into() });
    for uprn in (0..1_000).map(|number| OWN + 1 + number) {
        assert_eq!(told(&world, listed, Purpose::Visit, Some(uprn)), outside);
    }
    assert_eq!(told(&world, listed, Purpose::Visit, None), outside);
    assert_eq!(told(&world, listed, Purpose::Correspondence, Some(OWN)), outside);
    assert_eq!(marker(told(&world, listed, Purpose::Visit, Some(OWN))).measure, listed);
}

#[test]
fn inside_its_stock_the_property_is_looked_up_as_the_partner_wrote_it_and_nothing_else() {
    let mut world = agreed(|terms| terms.properties = Properties::Stock);
    world.does(REGISTRAR, LoadStock { partner: HOMES, stock: [(OWN, property("4 Mill Lane"))].into() });
    let account = world.register.account(PARTNER).expect("an account");
    let moment = world.moment(Actor::Account(PARTNER));
    let question = Question { purpose: Purpose::Visit, uprn: Some(OWN) };
    let look_up = |search: Search<'_>| {
        assert_eq!(search, Search::Property(OWN, &property("4 Mill Lane")));
        Vec::new()
    };
    assert_eq!(view::verdict(&world.register, account, question, look_up, &moment), Verdict::NoneFound);
}

#[test]
fn a_marker_is_cut_to_what_the_agreement_shares() {
    let only_what_to_do = |terms: &mut Terms| terms.shares = [Shared::Precautions].into();
    let mut world = agreed(only_what_to_do);
    let measure = told_to_partner(&mut world, Kind::Entry);
    let shown = marker(told(&world, measure, Purpose::Visit, None));
    assert!(!shown.precautions.is_empty());
    assert_eq!((shown.last_considered, shown.ring), (None, view::duty_desk(&world.register)));
    let limits = told_to_partner(&mut world, Kind::Restriction);
    let verdict = told(&world, limits, Purpose::Call, None);
    assert_eq!(
        verdict,
        Verdict::Possible(view::duty_desk(&world.register)),
        "what is not shared is asked for"
    );
}

#[test]
fn a_partner_is_told_only_where_the_audience_names_its_team() {
    let mut world = agreed(|_| ());
    let measure = world.in_force(Kind::Entry);
    let verdict = told(&world, measure, Purpose::Visit, None);
    assert_eq!(verdict, Verdict::Possible(view::duty_desk(&world.register)));
}

#[test]
fn an_agreement_that_nobody_confirms_is_asked_for_escalated_and_then_covers_nothing_until_somebody_does() {
    let mut world = agreed(|_| ());
    let measure = told_to_partner(&mut world, Kind::Entry);
    let policy = world.register.policy().clone();
    let due = date(2027, 3, 2);
    let last = policy.after(due, Figure::ConfirmationGrace);
    let asked = |world: &World| -> Vec<_> {
        let tasks = register::due::work(&world.register, world.today()).into_iter();
        let of = tasks.filter(|task| task.file == File::Partner(HOMES));
        of.map(|task| (task.what, task.action, task.by)).collect()
    };
    assert_eq!(asked(&world), []);
    let confirm = ("Confirm a sharing agreement", Action::ConfirmAgreement, due);
    world.on(calendar::day_before(due));
    assert_eq!(asked(&world), [confirm]);
    world.on(last);
    let escalated = ("See to an agreement that nobody confirmed", Action::ApproveAgreement, due);
    assert_eq!(asked(&world), [confirm, escalated]);
    assert!(matches!(told(&world, measure, Purpose::Visit, None), Verdict::Marker(_)), "in its grace");
    world.on(last.tomorrow().expect("a day"));
    assert_eq!(told(&world, measure, Purpose::Visit, None), not_covered(&world, Uncovered::NoAgreement));
    assert_eq!(world.refused(OTHER_MANAGER, CONFIRM), Refusal::OthersAgreement);
    world.does(MANAGER, CONFIRM);
    assert!(matches!(told(&world, measure, Purpose::Visit, None), Verdict::Marker(_)));
}

#[test]
fn an_agreement_covers_its_first_and_its_last_day_and_none_beside_them() {
    let world = agreed(|terms| {
        terms.starts = date(2026, 3, 10);
        terms.ends = date(2026, 9, 10);
    });
    let partner = world.register.partner(HOMES).expect("a partner");
    let standing = |day| partner.agreements[0].standing(world.register.policy(), day);
    assert_eq!(standing(date(2026, 3, 9)), Standing::Ahead);
    assert_eq!(standing(date(2026, 3, 10)), Standing::InForce);
    assert_eq!(standing(date(2026, 9, 10)), Standing::InForce);
    assert_eq!(standing(date(2026, 9, 11)), Standing::Expired);
}

#[test]
fn what_a_partner_is_to_the_council_is_dated_and_its_history_stays() {
    let mut world = World::opened();
    world.does(REGISTRAR, keep(&[]));
    let later = KeepPartner { relationship: Relationship::Processor, since: date(2026, 6, 1), ..keep(&[]) };
    world.does(REGISTRAR, later);
    let partner = world.register.partner(HOMES).expect("a partner");
    assert_eq!(partner.relationship(date(2026, 5, 31)), Some(Relationship::Joint));
    assert_eq!(partner.relationship(date(2026, 6, 1)), Some(Relationship::Processor));
    assert_eq!(partner.relationships.len(), 2);
}

#[test]
fn nobody_who_works_for_a_partner_has_a_role_that_opens_files() {
    let mut world = World::opened();
    assert_eq!(world.refused(REGISTRAR, keep(&[PLANNING])), Refusal::PartnerReads);
    world.does(REGISTRAR, keep(&[LIFTS]));
    let reader = AccountId::from_bits(world.fresh());
    let roles = [Role::RegisterTeam].into();
    let open =
        OpenAccount { account: reader, roles, team: LIFTS, details: holder(reader, "Dunlin Tellwright") };
    assert_eq!(world.refused(REGISTRAR, open), Refusal::PartnerReads);
}

#[test]
fn roles_that_were_asked_for_are_not_given_once_the_team_is_a_partners() {
    let mut world = World::opened();
    let details = holder(PARTNER, "Pintail Tellwright");
    let roles = [Role::Partner, Role::LineManager].into();
    world.does(ADMINISTRATOR, ChangeAccount { account: PARTNER, roles, team: LIFTS, details });
    world.does(REGISTRAR, keep(&[LIFTS]));
    let agree = AgreeGrant { account: PARTNER, grant: register::people::Grant::Roles };
    assert_eq!(world.refused(REGISTRAR, agree), Refusal::PartnerReads);
}
