//! Decision: a named person who neither reported nor assessed it approves or refuses, with a review date.

use crate::cases::*;
use crate::support::*;
use jiff::civil::{Date, date};
use register::assessment::{Band, Finding, Recommendation, Test};
use register::command::*;
use register::ids::{AccountId, MeasureId, SubjectId};
use register::incident::Route;
use register::measure::{EndReason, Kind, Life, Stage};
use register::people::{Action, Grant, Role};
use register::refusal::Refusal;
use register::subject::{AgeBand, Born, Premises, SubjectDetails};

/// Gives somebody other roles.
pub fn becomes(world: &mut World, account: AccountId, roles: &[Role]) {
    let team = world.register.account(account).expect("account").team;
    let details = holder(account, "Dunlin Tellwright");
    world.does(
        ADMINISTRATOR,
        ChangeAccount { account, roles: roles.iter().copied().collect(), team, details },
    );
    let by = if account == SECOND_REGISTRAR { REGISTRAR } else { SECOND_REGISTRAR };
    if world
        .register
        .account(account)
        .is_some_and(|account| account.grants.asked(Grant::Roles, world.at).is_some())
    {
        world.does(by, AgreeGrant { account, grant: Grant::Roles });
    }
}

#[test]
fn whoever_reported_does_not_decide() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let subject = world.measure(measure).subject;
    let incident = world.reported_by(DECIDER);
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve.clone()), Refusal::ReportedIt);
    assert_eq!(world.refused(DECIDER, refuse(measure)), Refusal::ReportedIt);
    world.does(SECOND_DECIDER, approve);
}

#[test]
fn whoever_answered_even_one_test_does_not_decide() {
    let mut world = World::opened();
    becomes(&mut world, DECIDER, &[Role::DecisionMaker, Role::RegisterTeam]);
    let measure = world.proposed(Kind::Entry);
    world.does(DECIDER, answer(measure, Test::Serious, Finding::Fails));
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve.clone()), Refusal::AssessedIt);
    world.does(SECOND_DECIDER, approve);
}

#[test]
fn an_assessment_by_somebody_who_has_since_reported_another_incident_is_not_approved() {
    let mut world = World::opened();
    let measure = world.assessed(Kind::Entry);
    let subject = world.measure(measure).subject;
    let incident = world.reported_by(REGISTRAR);
    world.does(SECOND_REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve), Refusal::AssessorReported);
    world.does(DECIDER, refuse(measure));
}

#[test]
fn a_refusal_ends_the_measure_and_an_approval_cites_the_policy() {
    let mut world = World::opened();
    let refused = world.assessed(Kind::Entry);
    world.does(DECIDER, refuse(refused));
    assert!(matches!(world.measure(refused).life, Life::Ended { reason: EndReason::Refused, .. }));
    let approved = world.decided(Kind::Entry);
    let decision = world.measure(approved).decision().expect("decision");
    assert_eq!(decision.policy, world.register.policy().version);
}

#[test]
fn a_measure_whose_tests_do_not_all_hold_is_not_approved_whatever_was_recommended() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    world.answered(measure);
    world.does(REGISTRAR, answer(measure, Test::NotChallenge, Finding::Fails));
    world.does(REGISTRAR, CompleteAssessment { measure, recommendation: Recommendation::Refuse });
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve), Refusal::TestFails(Test::NotChallenge));
}

/// The entry decided on `today` with a first review on `review_on`: whether it is approved.
fn approved(band: Band, today: Date, review_on: Date) -> Result<(), Refusal> {
    let mut world = World::opened();
    world.on(today);
    let measure = world.proposed(Kind::Entry);
    world.answered(measure);
    let mut plan = plan(Kind::Entry);
    plan.band = band;
    world.does(REGISTRAR, SetPlan { measure, plan });
    world.does(REGISTRAR, complete(measure));
    let command = approve(measure, review_on).into();
    world.ask_as(register::moment::Actor::Account(DECIDER), &command).map(|_| ())
}

#[test]
fn the_first_review_is_after_today_and_at_most_six_months_ahead() {
    let today = date(2026, 3, 2);
    let latest = date(2026, 9, 2);
    let refusal = Err(Refusal::ReviewDate { latest });
    assert_eq!(approved(Band::Amber, today, date(2026, 3, 1)), refusal);
    assert_eq!(approved(Band::Amber, today, today), refusal);
    assert_eq!(approved(Band::Amber, today, date(2026, 3, 3)), Ok(()));
    assert_eq!(approved(Band::Amber, today, date(2026, 9, 1)), Ok(()));
    assert_eq!(approved(Band::Amber, today, latest), Ok(()));
    assert_eq!(approved(Band::Amber, today, date(2026, 9, 3)), refusal);
}

#[test]
fn six_months_from_31_august_end_with_february_also_in_a_leap_year() {
    assert_eq!(approved(Band::Amber, date(2026, 8, 31), date(2027, 2, 28)), Ok(()));
    assert_eq!(
        approved(Band::Amber, date(2026, 8, 31), date(2027, 3, 1)),
        Err(Refusal::ReviewDate { latest: date(2027, 2, 28) })
    );
    assert_eq!(approved(Band::Amber, date(2027, 8, 31), date(2028, 2, 29)), Ok(()));
    assert_eq!(
        approved(Band::Amber, date(2027, 8, 31), date(2028, 3, 1)),
        Err(Refusal::ReviewDate { latest: date(2028, 2, 29) })
    );
}

#[test]
fn the_red_band_is_looked_at_again_within_three_months() {
    assert_eq!(approved(Band::Red, date(2026, 3, 2), date(2026, 6, 2)), Ok(()));
    assert_eq!(
        approved(Band::Red, date(2026, 3, 2), date(2026, 6, 3)),
        Err(Refusal::ReviewDate { latest: date(2026, 6, 2) })
    );
}

#[test]
fn an_approval_without_a_review_date_is_refused() {
    let mut world = World::opened();
    let measure = world.assessed(Kind::Entry);
    let without = Decide { review_on: None, ..world.approve(measure) };
    assert_eq!(world.refused(DECIDER, without), Refusal::ReviewDate { latest: date(2026, 9, 2) });
}

#[test]
fn only_a_decision_maker_decides() {
    let mut world = World::opened();
    let measure = world.assessed(Kind::Entry);
    let approve = world.approve(measure);
    for (account, ..) in CAST.iter().filter(|(_, _, role, _)| *role != Role::DecisionMaker) {
        assert_eq!(world.refused(*account, approve.clone()), Refusal::NotPermitted(Action::Decide));
    }
    assert_eq!(world.system_refused(approve), Refusal::NotPermitted(Action::Decide));
}

fn entry_about(world: &mut World, born: Born) -> (SubjectId, MeasureId) {
    let subject = world.subject_described(somebody(born));
    (subject, world.assessed_about(subject, Kind::Entry))
}

#[test]
fn the_day_before_the_eighteenth_birthday_it_takes_the_data_protection_officer_and_on_the_day_it_does_not() {
    for (born, under) in [(date(2008, 3, 3), true), (date(2008, 3, 2), false), (date(2008, 3, 1), false)] {
        let mut world = World::opened();
        let (_, measure) = entry_about(&mut world, Born::On(born));
        let approve = world.approve(measure);
        if under {
            assert_eq!(world.refused(DECIDER, approve.clone()), Refusal::UnderAge);
            world.does(PROTECTION, allow_under_age(measure, Finding::Holds));
        }
        world.does(DECIDER, approve);
    }
}

#[test]
fn somebody_born_on_leap_day_comes_of_age_on_the_first_of_march() {
    for (today, under) in [(date(2026, 2, 28), true), (date(2026, 3, 1), false)] {
        let mut world = World::opened();
        world.on(today);
        let (_, measure) = entry_about(&mut world, Born::On(date(2008, 2, 29)));
        let approve = world.approve(measure).into();
        let asked = world.ask_as(register::moment::Actor::Account(DECIDER), &approve);
        assert_eq!(asked.is_err_and(|refusal| refusal == Refusal::UnderAge), under, "{today}");
    }
}

#[test]
fn a_young_person_is_not_listed_where_the_data_protection_officer_says_no() {
    let mut world = World::opened();
    let (_, measure) = entry_about(&mut world, Born::Band(AgeBand::Child));
    world.does(PROTECTION, allow_under_age(measure, Finding::Fails));
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve), Refusal::UnderAge);
}

#[test]
fn the_safeguard_for_a_young_person_is_a_second_person_who_did_not_report() {
    let mut world = World::opened();
    becomes(&mut world, DECIDER, &[Role::DecisionMaker, Role::DataProtection]);
    let (subject, measure) = entry_about(&mut world, Born::Band(AgeBand::Child));
    world.does(DECIDER, allow_under_age(measure, Finding::Holds));
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve.clone()), Refusal::SecondPersonNeeded);
    let incident = world.reported_by(PROTECTION);
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    assert_eq!(world.refused(PROTECTION, allow_under_age(measure, Finding::Holds)), Refusal::ReportedIt);
    world.does(SECOND_DECIDER, approve);
}

#[test]
fn an_age_that_is_no_longer_known_stops_the_approval() {
    let mut world = World::opened();
    let (subject, measure) = entry_about(&mut world, GROWN);
    world.does(REGISTRAR, DescribeSubject { subject, details: somebody(Born::Unknown) });
    let approve = world.approve(measure);
    assert_eq!(world.refused(DECIDER, approve), Refusal::AgeUnknown);
}

#[test]
fn premises_have_no_age() {
    let mut world = World::opened();
    let premises =
        Premises { description: text("ground-floor flat"), address: address("4 Mill Lane, Fenmarsh") };
    let subject = world.subject_described(SubjectDetails::Premises(premises));
    let measure = world.assessed_about(subject, Kind::Entry);
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
    assert_eq!(world.stage(measure), Stage::Notice);
}
