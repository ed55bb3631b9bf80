//! When something is asked or happened, and by whom.

use crate::ids::AccountId;
use jiff::Timestamp;
use jiff::civil::Date;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// Somebody with an account.
    Account(AccountId),
    /// The system itself: what falls due by time alone, and what the person who installs the register sets up.
    System,
}

/// An instant and who acts in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant, UTC.
    pub at: Timestamp,
    /// Who acts.
    pub by: Actor,
}

impl Moment {
    /// The London date of the instant: every rule about days reads this.
    #[must_use]
    pub fn date(&self) -> Date {
        crate::calendar::london(self.at)
    }

    /// Whether this account acts.
    #[must_use]
    pub fn is_by(&self, account: AccountId) -> bool {
        self.by == Actor::Account(account)
    }
}
