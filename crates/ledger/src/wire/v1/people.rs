//! Teams and accounts.

use crate::wire::shape::{Nullable, Words, Written, facts, part};
use jiff::civil::Date;
use register::ids::{AccountId, TeamId};
use register::people::{self, Contact, Grant, Role, Suspension};
use register::training::Course;

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

facts! {
    /// Particulars: `newcomer`, [`Newcomer`].
    "access.starter-noted", 1: StarterNoted {
        account: Written<AccountId>,
        team: Written<TeamId>,
        from: Written<Date>,
    }
}

facts! {
    /// Particulars: `newcomer`, [`Newcomer`].
    "access.asked", 1: AccessAsked {
        account: Written<AccountId>,
        team: Written<TeamId>,
        roles: Vec<Written<Role>>,
        from: Written<Date>,
        until: Nullable<Written<Date>>,
    }
}

facts! {
    /// Particulars: `reasons`, [`Words`].
    "access.not-given", 1: AccessNotGiven {
        account: Written<AccountId>,
    }
}

facts! {
    /// No particulars.
    "access.limited", 1: AccessLimited {
        account: Written<AccountId>,
        until: Written<Date>,
    }
}

facts! {
    /// No particulars.
    "access.confirmation-asked", 1: ConfirmationAsked {
        team: Written<TeamId>,
    }
}

facts! {
    /// No particulars.
    "access.confirmed", 1: AccessConfirmed {
        account: Written<AccountId>,
    }
}

facts! {
    /// No particulars.
    "account.moved", 1: AccountMoved {
        account: Written<AccountId>,
        roles: Vec<Written<Role>>,
        team: Written<TeamId>,
    }
}

facts! {
    /// No particulars.
    "account.suspended", 1: AccountSuspended {
        account: Written<AccountId>,
        why: Written<Suspension>,
    }
}

facts! {
    /// No particulars.
    "policy.acknowledged", 1: PolicyAcknowledged {
        account: Written<AccountId>,
        version: u32,
    }
}

facts! {
    /// No particulars: what somebody answered is not kept.
    "training.passed", 1: TrainingPassed {
        account: Written<AccountId>,
        course: Written<Course>,
        edition: u32,
    }
}

facts! {
    /// No particulars.
    "conduct.kept", 1: ConductKept {
        account: Written<AccountId>,
    }
}

part! {
    /// Whom access is asked for.
    Newcomer of people::Newcomer {
        name: Words,
        email: Words,
        work: Nullable<Words>,
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
