//! Grants: what an account is given so that somebody may act with it: roles, a password, a second factor.
//!
//! Whoever manages accounts could otherwise act as anybody: decide as the decision maker, or read what an administrator never
//! may. So one person asks and another agrees wherever an account does more than ask and tell; where it does not, one person is
//! enough, and the account's holder is shown who it was.

use super::{Account, Role, Standing};
use crate::choice::choices;
use crate::command::{AgreeGrant, AskGrant};
use crate::event::Event;
use crate::ids::AccountId;
use crate::moment::{Actor, Moment};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

choices! {
    /// What an account is given.
    Grant {
        /// Roles that do more than ask and tell.
        Roles = "roles", "More roles";
        /// An invitation to choose a password.
        Password = "password", "Invitation to choose a password";
        /// The secret that a program shows it is itself with.
        Secret = "secret", "Secret of a program";
        /// Its second factor is forgotten, and set up again at the next sign-in.
        SecondFactor = "second-factor", "Reset of the second factor";
    }
}

/// How long something that was asked for waits for a second person.
pub const WAITS: SignedDuration = SignedDuration::from_hours(72);

/// Something that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// By whom and when.
    pub moment: Moment,
    /// Where in the log it stands.
    pub position: u64,
    /// The roles the account is to have, where roles are asked for.
    pub roles: BTreeSet<Role>,
}

/// Something that an account was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// By whom and when: the second person, or the only one where one is enough.
    pub moment: Moment,
    /// Where in the log it stands.
    pub position: u64,
    /// What was asked before it; none where one person was enough.
    pub asked: Option<Asked>,
}

/// What waits for an account, and what it was given last.
#[derive(Debug, Clone, Default)]
pub struct Grants {
    asked: BTreeMap<Grant, Asked>,
    given: BTreeMap<Grant, Given>,
}

impl Grants {
    /// What was asked for and still waits at this instant.
    #[must_use]
    pub fn asked(&self, grant: Grant, at: Timestamp) -> Option<&Asked> {
        self.asked.get(&grant).filter(|asked| at.duration_since(asked.moment.at) <= WAITS)
    }

    /// What was given last.
    #[must_use]
    pub fn given(&self, grant: Grant) -> Option<&Given> {
        self.given.get(&grant)
    }

    /// The roles that were asked for last, whether anybody may still agree to them or not.
    pub(super) fn wanted(&self) -> &BTreeSet<Role> {
        static NONE: BTreeSet<Role> = BTreeSet::new();
        self.asked.get(&Grant::Roles).map_or(&NONE, |asked| &asked.roles)
    }

    pub(crate) fn ask(&mut self, grant: Grant, asked: Asked) {
        self.asked.insert(grant, asked);
    }

    pub(crate) fn give(&mut self, grant: Grant, moment: Moment, position: u64) {
        let asked = self.asked.remove(&grant);
        self.given.insert(grant, Given { moment, position, asked });
    }

    pub(crate) fn withdraw(&mut self, grant: Grant) {
        self.asked.remove(&grant);
    }
}

impl Account {
    /// Whether a grant to it takes two people: it does more than ask and tell, or somebody has asked that it should.
    ///
    /// What was asked counts even when nobody agreed in time, so that a password is not handed over first and the roles after it.
    #[must_use]
    pub fn takes_two(&self) -> bool {
        !self.is_check_only() || self.grants.wanted().iter().any(|role| !role.is_check_only())
    }
}

/// The roles that an account has at once where `wanted` are asked for by a person: none that does more than ask and tell, but
/// those it has.
pub(super) fn at_once(wanted: &BTreeSet<Role>, had: Option<&BTreeSet<Role>>) -> BTreeSet<Role> {
    let may = |role: &Role| role.is_check_only() || had.is_some_and(|had| had.contains(role));
    wanted.iter().copied().filter(may).collect()
}

/// An open account that is not the own one.
fn anothers<'r>(register: &'r Register, id: AccountId, moment: &Moment) -> Result<&'r Account, Refusal> {
    let account = register.account(id).ok_or(Refusal::NoSuchFile)?;
    match account.standing {
        Standing::Open => {}
        Standing::Suspended(_) => return Err(Refusal::AccountSuspended),
        Standing::Closed => return Err(Refusal::AccountClosed),
    }
    if moment.by == Actor::Account(id) {
        return Err(Refusal::OwnGrant);
    }
    Ok(account)
}

pub(crate) fn ask(register: &Register, command: &AskGrant, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    let account = anothers(register, command.account, moment)?;
    // Roles are asked for by opening or changing the account, where they are named.
    if command.grant == Grant::Roles {
        return Err(Refusal::NothingAsked);
    }
    // Whoever is no person chooses no password, and whoever is one holds no secret of a program.
    if account.is_program() != (command.grant == Grant::Secret) {
        return Err(Refusal::NotSuchAnAccount);
    }
    let (account, grant, roles) = (account.id, command.grant, BTreeSet::new());
    // Whoever runs the machine acts as the system: they hold the keys to everything as it is.
    let is_enough = moment.by == Actor::System || !register.account(account).is_some_and(Account::takes_two);
    Ok(vec![if is_enough {
        Event::GrantGiven { account, grant, roles }
    } else {
        Event::GrantAsked { account, grant, roles }
    }])
}

pub(crate) fn agree(
    register: &Register,
    command: &AgreeGrant,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = anothers(register, command.account, moment)?;
    let asked = account.grants.asked(command.grant, moment.at).ok_or(Refusal::NothingAsked)?;
    if asked.moment.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    // The team may have become a partner's since they were asked for.
    if command.grant == Grant::Roles {
        super::fits(register, &asked.roles, account.team)?;
    }
    Ok(vec![Event::GrantGiven { account: account.id, grant: command.grant, roles: asked.roles.clone() }])
}
