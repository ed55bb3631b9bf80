//! Programs: let in by two people like whoever reads, alone with their role; and the directory of staff that tells who works here.

use crate::support::*;
use register::command::{
    AgreeGrant, AnswerForAccess, AskAccess, AskGrant, ChangeAccount, OpenAccount, TellStaff,
};
use register::event::Event;
use register::ids::{AccountId, TeamId};
use register::people::{
    Account, Answer, Grant, Newcomer, Readiness, Role, Standing, Suspension, Told, Working, readiness, steps,
};
use register::refusal::Refusal;
use std::collections::BTreeSet;

const NEW: AccountId = AccountId::from_bits(700);

fn account(world: &World, id: AccountId) -> &Account {
    world.register.account(id).expect("an account")
}

fn told(roles: Option<&[Role]>, team: TeamId) -> TellStaff {
    let roles = roles.map(|roles| roles.iter().copied().collect::<BTreeSet<_>>());
    let details = holder(NEW, "Dunnock Tellwright");
    TellStaff { account: NEW, told: Told::Works(Working { roles, team, details }) }
}

fn opening(role: Role, team: TeamId) -> OpenAccount {
    OpenAccount { account: NEW, roles: [role].into(), team, details: holder(NEW, "Repairs jobs") }
}

#[test]
fn a_program_is_let_in_by_two_people_and_then_needs_no_training() {
    let mut world = World::opened();
    world.does(REGISTRAR, opening(Role::System, HOUSING));
    assert!(account(&world, NEW).roles.is_empty() && account(&world, NEW).is_program());
    let agree = AgreeGrant { account: NEW, grant: Grant::Roles };
    assert_eq!(world.refused(REGISTRAR, agree.clone()), Refusal::SecondPersonNeeded);
    world.does(ADMINISTRATOR, agree);
    let program = account(&world, NEW);
    assert!(program.roles == [Role::System].into() && program.takes_two());
    assert_eq!(readiness(&world.register, program, world.today()), Readiness::Ready);
    assert!(steps(&world.register, program, world.today()).is_empty());
}

#[test]
fn a_program_holds_a_secret_that_two_people_make_and_nothing_that_a_person_signs_in_with() {
    let mut world = World::opened();
    for grant in [Grant::Password, Grant::SecondFactor] {
        assert_eq!(world.refused(REGISTRAR, AskGrant { account: SYSTEM, grant }), Refusal::NotSuchAnAccount);
    }
    let (account, grant) = (SYSTEM, Grant::Secret);
    world.does(REGISTRAR, AskGrant { account, grant });
    assert_eq!(world.refused(REGISTRAR, AgreeGrant { account, grant }), Refusal::SecondPersonNeeded);
    let given = world.does(ADMINISTRATOR, AgreeGrant { account, grant });
    assert!(matches!(given.as_slice(), [Event::GrantGiven { grant: Grant::Secret, .. }]));
}

#[test]
fn a_program_becomes_no_person_and_a_person_no_program() {
    let mut world = World::opened();
    let change = |account, role| ChangeAccount {
        account,
        roles: [role].into(),
        team: LIFTS,
        details: holder(account, "Somebody"),
    };
    for (id, role) in [(SYSTEM, Role::Officer), (OFFICER, Role::System), (DIRECTORY, Role::Administrator)] {
        assert_eq!(world.refused(REGISTRAR, change(id, role)), Refusal::NotSuchAnAccount, "{role:?}");
    }
    // Nor while it still waits for the second person, or was left to wait for too long.
    world.does(REGISTRAR, opening(Role::Directory, HOUSING));
    assert_eq!(world.refused(SECOND_REGISTRAR, change(NEW, Role::Officer)), Refusal::NotSuchAnAccount);
    let asks = AskAccess {
        account: NEW,
        team: HOUSING,
        roles: [Role::Officer].into(),
        from: world.today(),
        until: None,
        newcomer: Newcomer { name: text("Repairs jobs"), email: text("jobs@example.org"), work: None },
    };
    assert_eq!(world.refused(MANAGER, asks), Refusal::ReferenceTaken);
    assert!(world.register.without_role().next().is_none(), "nobody is asked what a program needs");
}

#[test]
fn a_manager_answers_for_a_program_of_their_team_and_moves_it_nowhere() {
    let mut world = World::opened();
    world.does(REGISTRAR, opening(Role::System, HOUSING));
    world.does(ADMINISTRATOR, AgreeGrant { account: NEW, grant: Grant::Roles });
    let moved = AnswerForAccess { answers: [(NEW, Answer::Moved(PLANNING))].into() };
    assert_eq!(world.refused(MANAGER, moved), Refusal::NotSuchAnAccount);
    world.does(MANAGER, AnswerForAccess { answers: [(NEW, Answer::Ends)].into() });
    assert_eq!(account(&world, NEW).standing, Standing::Closed);
}

#[test]
fn the_directory_says_who_is_new_and_their_manager_what_they_need() {
    let mut world = World::opened();
    world.does(DIRECTORY, told(None, HOUSING));
    assert!(account(&world, NEW).roles.is_empty());
    assert_eq!(world.register.without_role().map(|account| account.id).collect::<Vec<_>>(), [NEW]);
    assert_eq!(world.refused(DIRECTORY, told(None, HOUSING)), Refusal::NothingChanges);
    assert_eq!(world.refused(DIRECTORY, told(None, TeamId::from_bits(99))), Refusal::NoSuchTeam);
}

#[test]
fn a_role_that_the_directory_gives_is_had_at_once_or_waits_for_somebody_who_agrees() {
    let mut world = World::opened();
    world.does(DIRECTORY, told(Some(&[Role::Officer, Role::DecisionMaker]), HOUSING));
    assert_eq!(account(&world, NEW).roles, [Role::Officer].into());
    // Told again, nobody is asked again; and nobody but a person agrees.
    let again = told(Some(&[Role::Officer, Role::DecisionMaker]), HOUSING);
    assert_eq!(world.refused(DIRECTORY, again.clone()), Refusal::NothingChanges);
    world.does(ADMINISTRATOR, AgreeGrant { account: NEW, grant: Grant::Roles });
    assert_eq!(account(&world, NEW).roles, [Role::Officer, Role::DecisionMaker].into());
    assert_eq!(world.refused(DIRECTORY, again), Refusal::NothingChanges);
    // It says nothing of roles: they stay. It takes one away: it is gone.
    assert_eq!(world.refused(DIRECTORY, told(None, HOUSING)), Refusal::NothingChanges);
    world.does(DIRECTORY, told(Some(&[Role::Officer]), HOUSING));
    assert_eq!(account(&world, NEW).roles, [Role::Officer].into());
    assert_eq!(world.refused(DIRECTORY, told(Some(&[Role::System]), HOUSING)), Refusal::NotOfStaff);
}

#[test]
fn a_mover_keeps_what_asks_and_tells_and_the_rest_is_agreed_to_anew() {
    let mut world = World::opened();
    world.does(DIRECTORY, told(Some(&[Role::Officer, Role::LineManager]), HOUSING));
    world.does(ADMINISTRATOR, AgreeGrant { account: NEW, grant: Grant::Roles });
    world.does(DIRECTORY, told(None, PLANNING));
    let moved = account(&world, NEW);
    assert_eq!((&moved.roles, moved.team), (&BTreeSet::from([Role::Officer]), PLANNING));
    let asked = moved.grants.asked(Grant::Roles, world.at).expect("asked");
    assert_eq!(asked.roles, [Role::Officer, Role::LineManager].into());
}

#[test]
fn a_leaver_is_out_at_once_and_let_in_again_when_the_directory_says_so() {
    let mut world = World::opened();
    world.does(DIRECTORY, told(Some(&[Role::Officer]), HOUSING));
    let left = TellStaff { account: NEW, told: Told::Left };
    world.does(DIRECTORY, left.clone());
    assert_eq!(account(&world, NEW).standing, Standing::Suspended(Suspension::Left));
    assert_eq!(world.refused(DIRECTORY, left.clone()), Refusal::NothingChanges);
    world.does(DIRECTORY, told(None, HOUSING));
    assert_eq!(account(&world, NEW).standing, Standing::Open);
    world.does(DIRECTORY, TellStaff { account: NEW, told: Told::Gone });
    assert_eq!(world.refused(DIRECTORY, left), Refusal::AccountClosed);
    assert_eq!(world.refused(DIRECTORY, told(None, HOUSING)), Refusal::AccountClosed);
    let nobody = TellStaff { account: AccountId::from_bits(701), told: Told::Left };
    assert_eq!(world.refused(DIRECTORY, nobody), Refusal::NoSuchAccount);
}

#[test]
fn access_that_nobody_confirmed_is_given_nothing_more_by_the_directory() {
    let mut world = World::opened();
    let account = world.lapsed(OFFICER);
    let details = holder(account, "Heron Tellwright");
    let told = |roles: &[Role]| TellStaff {
        account,
        told: Told::Works(Working {
            roles: Some(roles.iter().copied().collect()),
            team: HOUSING,
            details: details.clone(),
        }),
    };
    assert_eq!(world.refused(DIRECTORY, told(&[Role::Officer, Role::Member])), Refusal::AccountSuspended);
    assert_eq!(world.refused(DIRECTORY, told(&[Role::Officer])), Refusal::NothingChanges);
}
