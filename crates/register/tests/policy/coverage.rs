//! Coverage: whoever goes to customers without access, without training or without checking is seen.

use crate::ready::learns;
use crate::support::*;
use jiff::ToSpan;
use jiff::civil::Date;
use register::command::*;
use register::ids::{AccountId, TeamId};
use register::people::{Coverage, Covered, Newcomer, Role, coverage};
use register::policy::Figure;
use register::training::Course;

fn of(world: &World, team: TeamId, last: impl Fn(AccountId) -> Option<Date>) -> Option<Coverage> {
    coverage(&world.register, last, world.today()).into_iter().find(|of| of.team == team)
}

fn stands(world: &World, account: AccountId, last: Option<Date>) -> Option<Covered> {
    let team = world.register.account(account).expect("an account").team;
    let all = of(world, team, |who| last.filter(|_| who == account))?;
    all.visitors.into_iter().find(|visitor| visitor.account == account).map(|visitor| visitor.covered)
}

#[test]
fn whoever_visits_checks_lately_or_is_seen_not_to() {
    let mut world = World::opened();
    assert_eq!(stands(&world, OFFICER, None), Some(Covered::NotReady), "policy and training come first");
    learns(&mut world, OFFICER, Course::Staff);
    let today = world.today();
    let days = world.register.policy().figure(Figure::CheckedLately);
    let ago = |days: u32| today.checked_sub(i64::from(days).days()).expect("a day");
    assert_eq!(stands(&world, OFFICER, None), Some(Covered::Never));
    assert_eq!(stands(&world, OFFICER, Some(today)), Some(Covered::Checks));
    assert_eq!(stands(&world, OFFICER, Some(ago(days))), Some(Covered::Checks), "to the last day");
    assert_eq!(stands(&world, OFFICER, Some(ago(days + 1))), Some(Covered::NotLately));
}

#[test]
fn members_of_the_council_are_among_those_who_visit_and_those_at_a_desk_are_not() {
    let mut world = World::opened();
    learns(&mut world, MEMBER, Course::Members);
    assert_eq!(stands(&world, MEMBER, None), Some(Covered::Never));
    let at_office = world.register.teams().find(|team| team.contact == register::people::Contact::AtOffice);
    let at_office = at_office.expect("a team at an office").id;
    let member = |account: &register::people::Account| account.roles.contains(&Role::Member);
    let has_members = world.register.accounts().any(|it| it.team == at_office && member(it));
    assert_eq!(of(&world, at_office, |_| None).is_some(), has_members);
}

#[test]
fn whoever_waits_for_access_or_lost_it_has_none_and_counts_all_the_same() {
    let mut world = World::opened();
    let account = AccountId::from_bits(901);
    let newcomer =
        Newcomer { name: text("Reed Tellwright"), email: text("reed@fenmarsh.example"), work: None };
    world.does(REGISTRAR, NoteStarter { account, team: HOUSING, from: world.today(), newcomer });
    let all = of(&world, HOUSING, |_| Some(world.today())).expect("a team that visits");
    assert_eq!(all.count(Covered::NoAccess), 1);
    assert!(all.percent() < 100);
    world.does(REGISTRAR, CloseAccount { account: OFFICER });
    assert_eq!(stands(&world, OFFICER, None), None, "whoever left visits nobody");
}
