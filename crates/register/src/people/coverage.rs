//! Coverage: whoever goes to customers and is not warned, because they have no access, may not use it yet, or do not check.
//!
//! It is worked out from the accounts, the requests for access and the day on which each person last checked, which whoever asks brings along.

use super::{
    Account, Action, Contact, Extent, Progress, Readiness, Role, Standing, Team, extent_of, readiness,
};
use crate::choice::choices;
use crate::ids::{AccountId, TeamId};
use crate::policy::Figure;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeMap;

choices! {
    /// How somebody who goes to customers stands with the register.
    Covered {
        /// They may use it, and checked lately.
        Checks = "checks", "Checks";
        /// They may use it, and have not checked for longer than the policy says.
        NotLately = "not-lately", "Not checked lately";
        /// They may use it, and have never checked.
        Never = "never", "Never checked";
        /// They have an account and have yet to read the policy or pass the training.
        NotReady = "not-ready", "Policy or training not done";
        /// They wait for access, or it is suspended.
        NoAccess = "no-access", "No access";
    }
}

/// Somebody who goes to customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor {
    /// The account that they have, or that their request may become.
    pub account: AccountId,
    /// How they stand.
    pub covered: Covered,
    /// When they last checked.
    pub last: Option<Date>,
}

/// Who of one team goes to customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Which team.
    pub team: TeamId,
    /// Everybody, in the order of the accounts.
    pub visitors: Vec<Visitor>,
}

impl Coverage {
    /// How many stand so.
    #[must_use]
    pub fn count(&self, covered: Covered) -> usize {
        self.visitors.iter().filter(|visitor| visitor.covered == covered).count()
    }

    /// How many of a hundred check lately; a hundred where nobody goes.
    #[must_use]
    pub fn percent(&self) -> usize {
        (self.count(Covered::Checks) * 100).checked_div(self.visitors.len()).unwrap_or(100)
    }
}

/// Whether a team goes to customers: it is said of it, or members of the council work in it, who visit residents.
fn goes_out(register: &Register, team: &Team) -> bool {
    let member = |account: &Account| account.team == team.id && account.roles.contains(&Role::Member);
    team.contact == Contact::Visits || register.accounts().any(member)
}

/// Every team that goes to customers, with everybody in it who would be warned by a check. `last` says when somebody last checked.
#[must_use]
pub fn coverage(register: &Register, last: impl Fn(AccountId) -> Option<Date>, today: Date) -> Vec<Coverage> {
    let mut visitors: BTreeMap<TeamId, Vec<Visitor>> =
        register.teams().filter(|team| goes_out(register, team)).map(|team| (team.id, Vec::new())).collect();
    let policy = register.policy();
    // By the roles: whoever is suspended may do nothing, and goes to customers all the same.
    let would_check = |account: &&Account| {
        let checks = |role: &Role| extent_of(*role, Action::Check) > Extent::Nothing;
        let may_check = account.roles.iter().any(checks) && !account.is_program();
        account.standing != Standing::Closed && may_check
    };
    for account in register.accounts().filter(would_check) {
        let last = last(account.id);
        let covered = match (account.standing, readiness(register, account, today), last) {
            (Standing::Suspended(_) | Standing::Closed, ..) => Covered::NoAccess,
            (_, Readiness::Barred(_), _) => Covered::NotReady,
            (.., None) => Covered::Never,
            (.., Some(day)) if policy.after(day, Figure::CheckedLately) < today => Covered::NotLately,
            (.., Some(_)) => Covered::Checks,
        };
        if let Some(of_team) = visitors.get_mut(&account.team) {
            of_team.push(Visitor { account: account.id, covered, last });
        }
    }
    for request in register.requests() {
        let waits = matches!(request.progress, Progress::Noted | Progress::Asked(..));
        if let Some(of_team) = visitors.get_mut(&request.team).filter(|_| waits) {
            of_team.push(Visitor { account: request.account, covered: Covered::NoAccess, last: None });
        }
    }
    visitors.into_iter().map(|(team, visitors)| Coverage { team, visitors }).collect()
}
