//! Who visits and does not check, and whose access waits for an answer, counted by hand from what was recorded, beside the figures of the pages.

use crate::recorded::{recorded, until};
use demonstration::{Seed, Stage, checks};
use jiff::ToSpan;
use jiff::civil::Date;
use register::calendar::london;
use register::command::Command;
use register::due;
use register::ids::{AccountId, TeamId};
use register::people::{Action, Contact, Covered, Role, Standing, coverage};
use std::collections::{BTreeMap, BTreeSet};

/// The first part of the council's staff list, as it is written: `[team | visits]`, then a line for each person.
const STAFF: &str = include_str!("../../data/accounts.txt");

/// The teams of the staff list that visit or in which members work, with how many people each has there.
fn written_down() -> BTreeMap<String, usize> {
    let mut teams = BTreeMap::new();
    let mut open: Option<(String, bool)> = None;
    for line in STAFF.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (name, contact) = heading.split_once(" | ").unwrap_or((heading, ""));
            open = Some((name.to_owned(), contact == "visits"));
        } else if let Some((team, visits)) = &open {
            let is_member =
                line.split(" | ").nth(1).is_some_and(|roles| roles.split(", ").any(|role| role == "member"));
            if *visits || is_member {
                *teams.entry(team.clone()).or_insert(0) += 1;
            }
        }
    }
    teams
}

#[test]
fn who_visits_and_who_checks_agrees_with_a_count_by_hand() {
    let stage = recorded(1, until());
    let register = stage.register();
    let today = london(until());
    let mut last: BTreeMap<AccountId, Date> = BTreeMap::new();
    for check in checks(register, Seed(1), until()) {
        let on = london(check.at);
        last.entry(check.by).and_modify(|day| *day = (*day).max(on)).or_insert(on);
    }
    let figures = coverage(register, |account| last.get(&account).copied(), today);

    // By hand: one person after the other, by what stands about them in the register.
    let since = today.checked_sub(90.days()).expect("a day");
    let mut by_hand: BTreeMap<TeamId, [usize; 3]> = BTreeMap::new();
    for team in register.teams() {
        let own: Vec<_> = register.accounts().filter(|account| account.team == team.id).collect();
        let visits = team.contact == Contact::Visits;
        if !visits && !own.iter().any(|account| account.roles.contains(&Role::Member)) {
            continue;
        }
        let mut counts = [0; 3];
        let no_check = [Role::Auditor, Role::Administrator, Role::PolicyOwner, Role::CabinetMember];
        let checks = |role: &Role| !no_check.contains(role);
        let still = own.iter().filter(|account| account.standing != Standing::Closed);
        for account in still.filter(|account| account.roles.iter().any(checks)) {
            counts[0] += 1;
            if account.standing == Standing::Open {
                match last.get(&account.id) {
                    Some(day) if *day >= since => counts[1] += 1,
                    Some(_) => {}
                    None => counts[2] += 1,
                }
            }
        }
        by_hand.insert(team.id, counts);
    }
    let listed: BTreeSet<String> = written_down().into_keys().collect();
    let named: BTreeSet<String> =
        figures.iter().filter_map(|of| Some(register.team(of.team)?.name())).collect();
    assert_eq!(named, listed, "the teams of the staff list that visit, and the members'");
    let mut checking = 0;
    for of in &figures {
        let [people, check, never] = by_hand[&of.team];
        let waiting = register.requests().filter(|request| request.team == of.team).count();
        let team = register.team(of.team).map(|team| team.name()).unwrap_or_default();
        assert!(
            (people..=people + waiting).contains(&of.visitors.len()),
            "{team}: {people} people, {:?}",
            of.visitors
        );
        assert_eq!(of.count(Covered::NotReady), 0, "{team}: everybody in it has learnt");
        assert_eq!(of.count(Covered::Checks), check, "{team} checks");
        assert_eq!(of.count(Covered::Never), never, "{team} never checked");
        checking += check;
    }
    assert!(checking > 5, "somebody checks: {checking}");
    assert!(figures.iter().any(|of| of.count(Covered::Never) > 0), "and somebody does not");
}

#[test]
fn whose_access_waits_for_an_answer_agrees_with_a_count_by_hand() {
    let stage = recorded(1, until());
    let register = stage.register();
    let today = london(until());
    // By hand: through everything that was asked, in its order.
    let mut waits: BTreeSet<AccountId> = BTreeSet::new();
    let mut team_of: BTreeMap<AccountId, TeamId> = BTreeMap::new();
    for (command, _) in &stage.asked {
        match command {
            Command::OpenAccount(opened) => {
                team_of.insert(opened.account, opened.team);
            }
            Command::ChangeAccount(changed) => {
                team_of.insert(changed.account, changed.team);
            }
            Command::AskConfirmations(asked) => {
                waits.extend(team_of.iter().filter(|(_, team)| **team == asked.team).map(|(id, _)| *id));
            }
            Command::AnswerForAccess(answered) => {
                for account in answered.answers.keys() {
                    waits.remove(account);
                }
            }
            Command::CloseAccount(closed) => {
                waits.remove(&closed.account);
                team_of.remove(&closed.account);
            }
            _ => {}
        }
    }
    let awaits: BTreeSet<AccountId> =
        register.accounts().filter(|account| account.awaits.is_some()).map(|account| account.id).collect();
    assert_eq!(awaits, waits);
    assert!(!waits.is_empty(), "somebody waits to be answered for");
    // What has lapsed is no work of its own: it is given back by whoever asks for it.
    let lapsed = |account: &AccountId| {
        register.account(*account).is_some_and(|it| matches!(it.standing, Standing::Suspended(_)))
    };
    waits.retain(|account| !lapsed(account));
    // Each team with somebody who waits is work for whoever answers.
    let asked = |action| {
        matches!(action, Action::ConfirmAccess | Action::ConfirmManagers | Action::ConfirmRegisterTeam)
    };
    let work: BTreeSet<String> = due::work(register, today)
        .into_iter()
        .filter(|task| asked(task.action))
        .map(|task| task.file.to_string())
        .collect();
    let teams: BTreeSet<String> =
        waits.iter().map(|account| register::ids::File::Team(team_of[account]).to_string()).collect();
    assert_eq!(work, teams);
}
