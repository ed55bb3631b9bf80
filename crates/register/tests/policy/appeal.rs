//! Appeal: a customer is heard, in time, by somebody who took no part, and what is decided happens at once.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::appeal::{AppealOutcome, AppealStage, Appellant, Way};
use register::command::*;
use register::incident::Route;
use register::measure::{EndReason, Kind, Life, Stage};
use register::moment::Actor;
use register::notice::Occasion;
use register::people::{Action, Grant, Role};
use register::refusal::Refusal;
use register::view::Challenge;

/// Opens to somebody the role of an appeal officer beside what they are.
fn also_hears_appeals(world: &mut World, account: register::ids::AccountId, role: Role) {
    let known = world.register.account(account).expect("an account");
    let (team, details) = (known.team, known.details.known().expect("details").clone());
    let roles = [role, Role::AppealOfficer].into();
    world.does(ADMINISTRATOR, ChangeAccount { account, roles, team, details });
    let second = if account == REGISTRAR { SECOND_REGISTRAR } else { REGISTRAR };
    world.does(second, AgreeGrant { account, grant: Grant::Roles });
}

#[test]
fn every_kind_of_measure_is_appealed_against_and_only_while_it_is_in_force() {
    for kind in Kind::ALL {
        let mut world = World::opened();
        let decided = world.decided(*kind);
        let today = world.today();
        assert_eq!(world.refused(REGISTRAR, lodge(decided, today)), Refusal::WrongStage(Stage::Notice));
        let measure = world.appealed(*kind);
        assert!(world.measure(measure).open_appeal().is_some());
        assert_eq!(world.refused(REGISTRAR, lodge(measure, today)), Refusal::AppealOpen);
    }
}

#[test]
fn the_customer_lodges_an_appeal_through_the_public_page_and_nobody_else_does() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let mut online = lodge(measure, world.today());
    online.lodged.way = Way::Online;
    assert_eq!(world.refused(DECIDER, online.clone()), Refusal::NotPermitted(Action::HandleAppeal));
    world.system(online);
    assert_eq!(world.measure(measure).open_appeal().map(|appeal| appeal.moment.by), Some(Actor::System));
}

#[test]
fn an_appeal_says_on_what_grounds_when_it_arrived_and_who_speaks_for_the_customer() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry); // decided on 2 March
    world.on(date(2026, 3, 9));
    let mut groundless = lodge(measure, world.today());
    groundless.lodged.grounds.clear();
    assert_eq!(world.refused(REGISTRAR, groundless), Refusal::NoGround);
    for day in [date(2026, 3, 1), date(2026, 3, 10)] {
        assert_eq!(world.refused(REGISTRAR, lodge(measure, day)), Refusal::AppealDate);
    }
    let mut spoken_for = lodge(measure, world.today());
    spoken_for.lodged.appellant = Appellant::Representative;
    assert_eq!(world.refused(REGISTRAR, spoken_for.clone()), Refusal::NoRepresentative);
    spoken_for.words.representative = Some(text("Nightjar: a neighbour"));
    world.does(REGISTRAR, spoken_for);
}

#[test]
fn whoever_took_any_part_does_not_hear_the_appeal() {
    for (account, role) in [
        (REGISTRAR, Role::RegisterTeam),        // triaged, assessed and wrote
        (SECOND_REGISTRAR, Role::RegisterTeam), // approved the letter
        (DECIDER, Role::DecisionMaker),         // decided
        (MANAGER, Role::LineManager),           // answers for it
        (OFFICER, Role::Officer),               // reported
    ] {
        let mut world = World::opened();
        let measure = world.appealed(Kind::Entry);
        also_hears_appeals(&mut world, account, role);
        let by = if account == REGISTRAR { SECOND_REGISTRAR } else { REGISTRAR };
        let assign = AssignAppeal { measure, officer: account };
        assert_eq!(world.refused(by, assign), Refusal::TookPart, "{role:?}");
        let assign = AssignAppeal { measure, officer: GOVERNOR };
        assert_eq!(world.refused(by, assign), Refusal::NotAnAppealOfficer);
        world.does(by, AssignAppeal { measure, officer: APPEALS });
    }
}

#[test]
fn nobody_gives_an_appeal_to_themselves() {
    let mut world = World::opened();
    let measure = world.appealed(Kind::Entry);
    let roles = [Role::RegisterTeam, Role::AppealOfficer].into();
    let details = holder(SECOND_APPEALS, "Goosander Tellwright");
    world.does(ADMINISTRATOR, ChangeAccount { account: SECOND_APPEALS, roles, team: RELATIONS, details });
    world.does(REGISTRAR, AgreeGrant { account: SECOND_APPEALS, grant: Grant::Roles });
    let assign = AssignAppeal { measure, officer: SECOND_APPEALS };
    assert_eq!(world.refused(SECOND_APPEALS, assign), Refusal::SecondPersonNeeded);
}

#[test]
fn an_appeal_officer_who_takes_part_after_all_no_longer_decides() {
    let mut world = World::opened();
    let measure = world.assigned(Kind::Entry);
    let subject = world.measure(measure).subject;
    let roles = [Role::Officer, Role::AppealOfficer].into();
    let details = holder(APPEALS, "Gadwall Tellwright");
    world.does(ADMINISTRATOR, ChangeAccount { account: APPEALS, roles, team: PLANNING, details });
    let incident = world.reported_by(APPEALS);
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    assert_eq!(world.refused(APPEALS, decide_appeal(measure, AppealOutcome::Upheld)), Refusal::TookPart);
    world.does(REGISTRAR, AssignAppeal { measure, officer: SECOND_APPEALS });
    world.does(SECOND_APPEALS, decide_appeal(measure, AppealOutcome::Upheld));
}

#[test]
fn only_the_officer_who_was_given_an_appeal_decides_it() {
    let mut world = World::opened();
    let measure = world.appealed(Kind::Entry);
    let upheld = || decide_appeal(measure, AppealOutcome::Upheld);
    assert_eq!(world.refused(APPEALS, upheld()), Refusal::AppealNotAssigned);
    world.does(REGISTRAR, AssignAppeal { measure, officer: APPEALS });
    assert_eq!(world.refused(REGISTRAR, AssignAppeal { measure, officer: APPEALS }), Refusal::AlreadyDone);
    assert_eq!(world.refused(SECOND_APPEALS, upheld()), Refusal::OthersAppeal);
    assert_eq!(world.refused(DECIDER, upheld()), Refusal::NotPermitted(Action::DecideAppeal));
    world.does(APPEALS, upheld());
    assert_eq!(world.refused(APPEALS, upheld()), Refusal::NoAppeal);
}

#[test]
fn an_upheld_appeal_ends_the_measure_in_the_same_moment_and_each_team_that_was_told_confirms_it() {
    let mut world = World::opened();
    let measure = world.assigned(Kind::Entry);
    assert_eq!(world.marker(measure).map(|marker| marker.challenge), Some(Challenge::UnderAppeal));
    world.does(APPEALS, decide_appeal(measure, AppealOutcome::Upheld));
    assert!(world.marker(measure).is_none());
    assert!(matches!(world.measure(measure).life, Life::Ended { reason: EndReason::AppealUpheld, .. }));
    assert_eq!(world.waiting(measure), ["Confirm that a marker is withdrawn", "Write an outcome letter"]);
    let confirm = ConfirmWithdrawal { measure, team: HOUSING };
    assert_eq!(world.refused(OTHER_MANAGER, confirm.clone()), Refusal::OtherTeam);
    let planning = ConfirmWithdrawal { measure, team: PLANNING };
    assert_eq!(world.refused(OTHER_MANAGER, planning), Refusal::NothingToConfirm);
    world.does(MANAGER, confirm.clone());
    assert_eq!(world.refused(REGISTRAR, confirm), Refusal::NothingToConfirm);
    world.told(measure, Occasion::AppealOutcome);
    assert!(world.waiting(measure).is_empty());
}

#[test]
fn an_appeal_upheld_in_part_changes_the_plan_and_nothing_less_will_do() {
    let mut world = World::opened();
    let measure = world.assigned(Kind::Entry);
    let in_part = decide_appeal(measure, AppealOutcome::InPart);
    assert_eq!(world.refused(APPEALS, in_part.clone()), Refusal::NothingVaried);
    let same = DecideAppeal { plan: Some(plan(Kind::Entry)), ..in_part.clone() };
    assert_eq!(world.refused(APPEALS, same), Refusal::NothingVaried);
    let mut less = plan(Kind::Entry);
    less.precautions = vec![code("ADV")];
    world.does(APPEALS, DecideAppeal { plan: Some(less), ..in_part });
    let marker = world.marker(measure).expect("it stands");
    assert_eq!(marker.precautions[0].code, code("ADV"));
    assert_eq!(marker.challenge, Challenge::None);
    assert_eq!(world.waiting(measure), ["Write an outcome letter"], "one letter tells both");
}

#[test]
fn an_appeal_that_is_not_upheld_leaves_the_measure_as_it_was_and_says_so_with_the_ombudsman() {
    let mut world = World::opened();
    let measure = world.assigned(Kind::Restriction);
    world.does(APPEALS, decide_appeal(measure, AppealOutcome::NotUpheld));
    assert_eq!(world.stage(measure), Stage::InForce);
    world.does(REGISTRAR, write_of(measure, Occasion::AppealOutcome));
    let letter = world.measure(measure).owed_letter(Occasion::AppealOutcome).and_then(|owed| owed.letter());
    let words = format!("{:?}", letter.and_then(|letter| letter.known()).expect("a letter"));
    assert!(words.contains("Our decision stands") && words.contains("www.lgo.org.uk"), "{words}");
}

#[test]
fn an_appeal_is_in_time_for_twenty_working_days_and_only_a_late_one_may_go_unheard() {
    let mut world = World::opened();
    let first = world.in_force(Kind::Entry); // sent on Monday 2 March: 30 March is the twentieth working day
    assert_eq!(world.measure(first).appeal_closes(world.register.policy()), Some(date(2026, 3, 30)));
    for (received, late) in [(date(2026, 3, 30), false), (date(2026, 3, 31), true)] {
        let mut world = world.clone();
        world.on(received);
        world.does(REGISTRAR, lodge(first, received));
        world.does(REGISTRAR, AssignAppeal { measure: first, officer: APPEALS });
        let unheard = decide_appeal(first, AppealOutcome::NotHeard);
        if late {
            world.does(APPEALS, unheard);
            assert_eq!(world.stage(first), Stage::InForce);
        } else {
            assert_eq!(world.refused(APPEALS, unheard), Refusal::AppealInTime);
        }
    }
}

#[test]
fn a_customer_who_was_never_told_is_never_late() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    world.on(date(2028, 3, 1));
    let today = world.today();
    world.does(REGISTRAR, lodge(measure, today));
    world.does(REGISTRAR, AssignAppeal { measure, officer: APPEALS });
    let unheard = decide_appeal(measure, AppealOutcome::NotHeard);
    assert_eq!(world.refused(APPEALS, unheard), Refusal::AppealInTime);
}

#[test]
fn the_letter_of_a_review_that_kept_a_measure_lets_its_customer_appeal_anew() {
    let mut world = World::opened();
    let measure = world.reviewable(Kind::Entry);
    world.on(date(2026, 8, 3));
    let retain = world.retain(measure);
    world.does(DECIDER, retain);
    world.told(measure, Occasion::Kept);
    assert_eq!(world.measure(measure).appeal_closes(world.register.policy()), Some(date(2026, 9, 1)));
}

#[test]
fn an_appeal_is_acknowledged_within_five_working_days_and_decided_within_twenty() {
    let mut world = World::opened();
    let measure = world.appealed(Kind::Entry);
    let by = |world: &World, action: Action| {
        let tasks = register::due::work(&world.register, world.today());
        tasks.iter().find(|task| task.action == action).map(|task| task.by)
    };
    assert_eq!(by(&world, Action::WriteLetter), Some(date(2026, 3, 9)));
    assert_eq!(by(&world, Action::HandleAppeal), Some(date(2026, 3, 9)));
    world.told(measure, Occasion::AppealReceived);
    world.does(REGISTRAR, AssignAppeal { measure, officer: APPEALS });
    assert_eq!(by(&world, Action::WriteLetter), None);
    assert_eq!(by(&world, Action::DecideAppeal), Some(date(2026, 3, 30)));
}

#[test]
fn nothing_is_destroyed_while_an_appeal_waits_even_where_the_measure_has_ended() {
    let mut world = World::opened();
    let measure = world.assigned(Kind::Entry);
    world.does(REGISTRAR, remove(measure, EndReason::Error));
    world.on(date(2030, 1, 1));
    world.day_passes();
    assert_eq!(world.stage(measure), Stage::Ended);
    world.does(APPEALS, decide_appeal(measure, AppealOutcome::Upheld));
    world.day_passes();
    assert_eq!(world.stage(measure), Stage::Destroyed);
    assert!(world.measure(measure).appeals.is_empty(), "its words are gone");
}

#[test]
fn a_customer_may_go_back_on_an_appeal_and_lodge_another() {
    let mut world = World::opened();
    let measure = world.appealed(Kind::Entry);
    let withdraw = WithdrawAppeal { measure, words: reasons() };
    world.does(REGISTRAR, withdraw.clone());
    assert_eq!(world.refused(REGISTRAR, withdraw), Refusal::NoAppeal);
    assert!(matches!(world.measure(measure).appeals[0].stage, AppealStage::Withdrawn { .. }));
    assert!(world.waiting(measure).is_empty());
    let again = lodge(measure, world.today());
    world.does(REGISTRAR, again);
}
