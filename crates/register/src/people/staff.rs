//! The council's directory of staff: a program that tells who works for the council, who has moved and who has left.
//!
//! It knows who somebody is, and not what they need: an account that it opens without a role waits for its manager, and a role that does more
//! than ask and tell waits for somebody who agrees, as if a person had asked for it. A leaver is out at once.

use super::{
    Account, AccountDetails, Grant, Role, Standing, Suspension, fits, grant, more_roles, with_more_roles,
};
use crate::command::TellStaff;
use crate::event::Event;
use crate::ids::{AccountId, TeamId};
use crate::moment::Moment;
use crate::personal::{Locker, Particulars};
use crate::refusal::Refusal;
use crate::state::Register;
use std::collections::BTreeSet;

/// What the directory tells of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// They work for the council.
    Works(Working),
    /// They do not any more, or not for now.
    Left,
    /// They have left for good.
    Gone,
}

/// Somebody who works for the council, as the directory has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// The roles that it gives them; `None` where it says nothing of roles.
    pub roles: Option<BTreeSet<Role>>,
    /// Their team.
    pub team: TeamId,
    /// Who they are.
    pub details: AccountDetails,
}

pub(crate) fn tell(register: &Register, command: &TellStaff, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    let account = register.account(command.account);
    if account.is_some_and(Account::is_program) {
        return Err(Refusal::NotOfStaff);
    }
    match (&command.told, account) {
        (Told::Left, Some(account)) => leaves(account),
        (Told::Gone, Some(account)) if account.standing == Standing::Closed => Err(Refusal::AccountClosed),
        (Told::Gone, Some(account)) => Ok(vec![Event::AccountClosed { account: account.id }]),
        (Told::Left | Told::Gone, None) => Err(Refusal::NoSuchAccount),
        (Told::Works(working), known) => works(register, command.account, known, working, moment),
    }
}

fn leaves(account: &Account) -> Result<Vec<Event>, Refusal> {
    match account.standing {
        Standing::Closed => Err(Refusal::AccountClosed),
        Standing::Suspended(Suspension::Left) => Err(Refusal::NothingChanges),
        Standing::Open | Standing::Suspended(Suspension::Lapsed) => {
            Ok(vec![Event::AccountSuspended { account: account.id, why: Suspension::Left }])
        }
    }
}

fn works(
    register: &Register,
    id: AccountId,
    known: Option<&Account>,
    working: &Working,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let Working { roles, team, details } = working;
    let team = *team;
    if known.is_some_and(|known| known.standing == Standing::Closed) {
        return Err(Refusal::AccountClosed);
    }
    if roles.iter().flatten().any(|role| role.is_program()) {
        return Err(Refusal::NotOfStaff);
    }
    // Whoever moves takes along what asks and tells; the rest is agreed to anew.
    let had = known.filter(|known| known.team == team).map(|known| &known.roles);
    let wanted = roles.as_ref().or(known.map(|known| &known.roles)).cloned().unwrap_or_default();
    // It is given nothing more before somebody has said that it is still needed.
    let lapsed = known.filter(|known| known.standing == Standing::Suspended(Suspension::Lapsed));
    if lapsed.is_some_and(|lapsed| !wanted.is_subset(&lapsed.roles) || lapsed.team != team) {
        return Err(Refusal::AccountSuspended);
    }
    if wanted.is_empty() {
        register.team(team).ok_or(Refusal::NoSuchTeam)?;
    } else {
        fits(register, &wanted, team)?;
    }
    super::email_is_free(register, id, &details.email)?;
    let at_once = grant::at_once(&wanted, had);
    let words = || Particulars::new(Locker::Account(id), details.clone());
    let Some(known) = known else {
        let opened = Event::AccountOpened { account: id, roles: at_once.clone(), team, details: words() };
        return Ok(with_more_roles(opened, id, &at_once, &wanted));
    };
    let mut events = Vec::new();
    if known.standing == Standing::Suspended(Suspension::Left) {
        events.push(Event::AccessConfirmed { account: id });
    }
    let stays = known.roles == at_once && known.team == team && known.details.known() == Some(details);
    if !stays {
        let changed = Event::AccountChanged { account: id, roles: at_once.clone(), team, details: words() };
        events.extend(with_more_roles(changed, id, &at_once, &wanted));
    } else if known.grants.asked(Grant::Roles, moment.at).is_none_or(|asked| asked.roles != wanted) {
        events.extend(more_roles(id, &at_once, &wanted));
    }
    if events.is_empty() { Err(Refusal::NothingChanges) } else { Ok(events) }
}
