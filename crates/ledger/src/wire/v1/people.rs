//! Teams and accounts.

use crate::wire::shape::{Nullable, Words, Written, facts, part};
use register::ids::{AccountId, TeamId};
use register::people::{self, Contact, Grant, Role};

facts! {
    /// Particulars: `name`, [`Words`].
    "team.opened", 1: TeamOpened {
        team: Written<TeamId>,
        contact: Written<Contact>,
    }
}

facts! {
    /// Particulars: `details`, [`AccountDetails`].
    "account.opened", 1: AccountOpened {
        account: Written<AccountId>,
        roles: Vec<Written<Role>>,
        team: Written<TeamId>,
    }
}

facts! {
    /// Particulars: `details`, [`AccountDetails`].
    "account.changed", 1: AccountChanged {
        account: Written<AccountId>,
        roles: Vec<Written<Role>>,
        team: Written<TeamId>,
    }
}

facts! {
    /// No particulars.
    "account.closed", 1: AccountClosed {
        account: Written<AccountId>,
    }
}

facts! {
    /// No particulars. `roles` is empty unless roles are asked for.
    "account.grant-asked", 1: GrantAsked {
        account: Written<AccountId>,
        grant: Written<Grant>,
        roles: Vec<Written<Role>>,
    }
}

facts! {
    /// No particulars. `roles` is empty unless roles are given.
    "account.grant-given", 1: GrantGiven {
        account: Written<AccountId>,
        grant: Written<Grant>,
        roles: Vec<Written<Role>>,
    }
}

part! {
    /// Whose account it is.
    AccountDetails of people::AccountDetails {
        name: Words,
        email: Words,
        phone: Nullable<Words>,
    }
}
