//! People: accounts, roles and teams.

use crate::cases::*;
use crate::support::*;
use register::command::*;
use register::ids::{AccountId, TeamId};
use register::people::{Action, Contact, Grant, Role, Standing};
use register::policy::Policy;
use register::refusal::Refusal;

const NEW: AccountId = AccountId::from_bits(77);

fn opening(roles: &[Role]) -> OpenAccount {
    OpenAccount {
        account: NEW,
        roles: roles.iter().copied().collect(),
        team: HOUSING,
        details: holder(NEW, "Dunlin Tellwright"),
    }
}

fn changing(account: AccountId, roles: &[Role]) -> ChangeAccount {
    ChangeAccount {
        account,
        roles: roles.iter().copied().collect(),
        team: HOUSING,
        details: holder(account, "Dunlin Tellwright"),
    }
}

#[test]
fn a_register_is_set_up_once_and_nothing_is_asked_of_it_before() {
    let mut world = World::empty();
    let early = OpenTeam { team: HOUSING, name: text("Housing"), contact: Contact::Visits };
    assert_eq!(world.system_refused(early), Refusal::NotOpened);
    let policy = Policy::first(world.today(), text("Policy"));
    let open = OpenRegister { council: council(), policy };
    world.system(open.clone());
    assert_eq!(world.system_refused(open), Refusal::AlreadyOpened);
}

#[test]
fn an_account_needs_a_role_and_a_team_that_exists() {
    let mut world = World::opened();
    assert_eq!(world.refused(ADMINISTRATOR, opening(&[])), Refusal::NoRole);
    let nowhere = OpenAccount { team: TeamId::from_bits(99), ..opening(&[Role::Officer]) };
    assert_eq!(world.refused(ADMINISTRATOR, nowhere), Refusal::NoSuchTeam);
    world.does(ADMINISTRATOR, opening(&[Role::Officer]));
    assert_eq!(world.refused(ADMINISTRATOR, opening(&[Role::Officer])), Refusal::ReferenceTaken);
}

#[test]
fn an_administrator_has_no_role_that_reads() {
    let mut world = World::opened();
    let both = opening(&[Role::Administrator, Role::Officer]);
    assert_eq!(world.refused(ADMINISTRATOR, both), Refusal::AdministratorReads);
}

#[test]
fn no_two_open_accounts_share_a_mail_address_whatever_its_case() {
    let mut world = World::opened();
    let mut twin = opening(&[Role::Officer]);
    twin.details.email = text("ACCOUNT1@council.example");
    assert_eq!(world.refused(ADMINISTRATOR, twin.clone()), Refusal::EmailTaken);
    world.does(ADMINISTRATOR, CloseAccount { account: OFFICER });
    world.does(ADMINISTRATOR, twin);
}

#[test]
fn no_two_teams_share_a_name_or_a_reference() {
    let mut world = World::opened();
    let named = |team, name| OpenTeam { team, name: text(name), contact: Contact::Visits };
    let fresh = TeamId::from_bits(77);
    assert_eq!(world.refused(ADMINISTRATOR, named(fresh, "housing REPAIRS")), Refusal::TeamNameTaken);
    assert_eq!(world.refused(ADMINISTRATOR, named(HOUSING, "Parks")), Refusal::ReferenceTaken);
    world.does(ADMINISTRATOR, named(fresh, "Parks"));
}

#[test]
fn nobody_changes_the_own_roles_or_closes_the_own_account() {
    let mut world = World::opened();
    let more = changing(REGISTRAR, &[Role::RegisterTeam, Role::DecisionMaker]);
    assert_eq!(world.refused(REGISTRAR, more), Refusal::OwnRoles);
    assert_eq!(world.refused(REGISTRAR, CloseAccount { account: REGISTRAR }), Refusal::OwnAccount);
    world.does(REGISTRAR, changing(REGISTRAR, &[Role::RegisterTeam]));
}

#[test]
fn a_closed_account_does_nothing_and_is_not_opened_again() {
    let mut world = World::opened();
    world.does(ADMINISTRATOR, CloseAccount { account: OFFICER });
    assert_eq!(world.register.account(OFFICER).expect("account").standing, Standing::Closed);
    let report = report(register::ids::IncidentId::from_bits(77), world.today());
    assert_eq!(world.refused(OFFICER, report), Refusal::NotPermitted(Action::ReportIncident));
    let reopen = changing(OFFICER, &[Role::Officer]);
    assert_eq!(world.refused(ADMINISTRATOR, reopen), Refusal::AccountClosed);
    assert_eq!(world.refused(ADMINISTRATOR, CloseAccount { account: OFFICER }), Refusal::AccountClosed);
    assert!(world.register.account_by_email("account1@council.example").is_none());
}

#[test]
fn an_unknown_account_is_neither_changed_nor_closed_and_may_ask_for_nothing() {
    let mut world = World::opened();
    let nobody = AccountId::from_bits(999_999);
    assert_eq!(world.refused(ADMINISTRATOR, changing(nobody, &[Role::Officer])), Refusal::NoSuchFile);
    assert_eq!(world.refused(ADMINISTRATOR, CloseAccount { account: nobody }), Refusal::NoSuchFile);
    let report = report(register::ids::IncidentId::from_bits(77), world.today());
    assert_eq!(world.refused(nobody, report), Refusal::NotPermitted(Action::ReportIncident));
}

#[test]
fn a_persons_file_has_a_name_and_stays_a_persons_file() {
    let mut world = World::opened();
    let subject = world.subject();
    let mut nameless = person(GROWN);
    nameless.names.clear();
    let details = register::subject::SubjectDetails::Person(nameless);
    assert_eq!(world.refused(REGISTRAR, DescribeSubject { subject, details }), Refusal::SubjectWithoutName);
    let premises = register::subject::Premises { description: text("yard"), address: address("5 Mill Lane") };
    let details = register::subject::SubjectDetails::Premises(premises);
    assert_eq!(world.refused(REGISTRAR, DescribeSubject { subject, details }), Refusal::SubjectKindChanged);
    let taken = OpenSubject { subject, details: somebody(GROWN) };
    assert_eq!(world.refused(REGISTRAR, taken), Refusal::ReferenceTaken);
}

#[test]
fn whoever_may_not_ask_is_refused_before_anything_else_is_looked_at() {
    let mut world = World::opened();
    let measure = register::ids::MeasureId::from_bits(999_999);
    let approve = world.approve(measure);
    assert_eq!(world.refused(OFFICER, approve.clone()), Refusal::NotPermitted(Action::Decide));
    assert_eq!(world.refused(DECIDER, approve), Refusal::NoSuchFile);
}

fn roles(world: &World, account: AccountId) -> Vec<Role> {
    world.register.account(account).expect("account").roles.iter().copied().collect()
}

#[test]
fn roles_that_read_or_decide_count_once_a_second_person_agreed() {
    let mut world = World::opened();
    world.does(ADMINISTRATOR, opening(&[Role::Officer, Role::DecisionMaker]));
    assert_eq!(roles(&world, NEW), [Role::Officer]);
    let agree = AgreeGrant { account: NEW, grant: Grant::Roles };
    assert_eq!(world.refused(ADMINISTRATOR, agree.clone()), Refusal::SecondPersonNeeded);
    assert_eq!(world.refused(DECIDER, agree.clone()), Refusal::NotPermitted(Action::ManageAccounts));
    world.does(REGISTRAR, agree.clone());
    assert_eq!(roles(&world, NEW), [Role::Officer, Role::DecisionMaker]);
    assert_eq!(world.refused(REGISTRAR, agree), Refusal::NothingAsked, "agreed once");
    world.does(ADMINISTRATOR, changing(NEW, &[Role::Officer]));
    assert_eq!(roles(&world, NEW), [Role::Officer], "roles are taken away at once");
}

#[test]
fn whoever_an_account_belongs_to_asks_and_agrees_nothing_for_it() {
    let mut world = World::opened();
    world.does(ADMINISTRATOR, AskGrant { account: REGISTRAR, grant: Grant::Password });
    let agree = AgreeGrant { account: REGISTRAR, grant: Grant::Password };
    assert_eq!(world.refused(REGISTRAR, agree.clone()), Refusal::OwnGrant);
    let own = AskGrant { account: REGISTRAR, grant: Grant::SecondFactor };
    assert_eq!(world.refused(REGISTRAR, own), Refusal::OwnGrant);
    world.does(SECOND_REGISTRAR, agree);
}

#[test]
fn one_person_is_enough_for_whoever_only_asks_and_tells_and_not_once_more_was_asked() {
    let mut world = World::opened();
    let ask = AskGrant { account: OFFICER, grant: Grant::Password };
    world.does(ADMINISTRATOR, ask.clone());
    let given = |world: &World| {
        world.register.account(OFFICER).and_then(|account| account.grants.given(Grant::Password).cloned())
    };
    assert!(given(&world).expect("given").moment.is_by(ADMINISTRATOR));
    world.does(ADMINISTRATOR, changing(OFFICER, &[Role::Officer, Role::Auditor]));
    world.at += jiff::SignedDuration::from_hours(24 * 30);
    world.does(ADMINISTRATOR, ask);
    assert!(given(&world).expect("given").asked.is_none(), "nothing new was given");
    world.does(REGISTRAR, AgreeGrant { account: OFFICER, grant: Grant::Password });
    assert!(given(&world).expect("given").moment.is_by(REGISTRAR));
}

#[test]
fn what_waits_for_a_second_person_lapses_after_three_days() {
    let mut world = World::opened();
    let (account, grant) = (DECIDER, Grant::SecondFactor);
    world.does(ADMINISTRATOR, AskGrant { account, grant });
    world.at += jiff::SignedDuration::from_hours(73);
    assert_eq!(world.refused(REGISTRAR, AgreeGrant { account, grant }), Refusal::NothingAsked);
    world.does(ADMINISTRATOR, AskGrant { account, grant });
    world.does(REGISTRAR, AgreeGrant { account, grant });
}

#[test]
fn whoever_runs_the_machine_gives_alone() {
    let mut world = World::opened();
    world.system(opening(&[Role::DecisionMaker]));
    assert_eq!(roles(&world, NEW), [Role::DecisionMaker]);
    world.system(AskGrant { account: NEW, grant: Grant::Password });
    let given =
        world.register.account(NEW).and_then(|account| account.grants.given(Grant::Password).cloned());
    assert_eq!(given.expect("given").moment.by, register::moment::Actor::System);
    let roles = AskGrant { account: NEW, grant: Grant::Roles };
    assert_eq!(
        world.system_refused(roles),
        Refusal::NothingAsked,
        "roles are named where an account is opened"
    );
}
