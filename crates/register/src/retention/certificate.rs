//! Certificates of destruction: what is left of a file to prove that its words went in their time. References, dates, codes and
//! numbers only: nothing about anybody.

use super::{Category, Clock, Stands, clock};
use crate::ids::File;
use crate::moment::Moment;
use crate::policy::Version;
use crate::state::Register;
use jiff::civil::Date;

/// What a destruction leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificate {
    /// Whose words they were.
    pub file: File,
    /// What the file was kept as; `None` for an account.
    pub category: Option<Category>,
    /// The London date its time was counted from, and the last day it was to be kept.
    pub kept: Option<(Date, Date)>,
    /// The version of the policy whose figure applied.
    pub policy: Version,
    /// How long that version says; empty where the file was kept with the rest.
    pub figure: Figure,
    /// When it was destroyed.
    pub destroyed: Moment,
    /// How many lockers can no longer be opened.
    pub lockers: usize,
    /// Where the record of it stands in the log.
    pub position: u64,
}

/// The time that applied, as the policy or the law counted it then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A figure of the policy, with its value in that version.
    Policy(crate::policy::Figure, u32),
    /// A time that the law sets, in months.
    Law(u32),
    /// None of its own: it was kept as long as what depended on it.
    WithTheRest,
}

impl Certificate {
    /// Made just before the words go, from what the register still knows.
    pub(crate) fn before(
        register: &Register,
        file: File,
        lockers: usize,
        destroyed: Moment,
        position: u64,
    ) -> Self {
        let clock: Option<Clock> = clock(register, file);
        let kept = match clock.map(|clock| clock.stands) {
            Some(Stands::Runs { since, last, .. }) => Some((since, last)),
            _ => None,
        };
        let figure = match clock.map(|clock| clock.category.keeping()) {
            Some(super::Keeping::Policy(figure)) => Figure::Policy(figure, register.policy().figure(figure)),
            Some(super::Keeping::Law(months)) => Figure::Law(months),
            Some(super::Keeping::WithTheRest) | None => Figure::WithTheRest,
        };
        Self {
            file,
            category: clock.map(|clock| clock.category),
            kept,
            policy: register.policy().version,
            figure,
            destroyed,
            lockers,
            position,
        }
    }

    /// How many days after the first possible day it was destroyed: more than a few tells of a scheduler that stood still.
    #[must_use]
    pub fn days_late(&self) -> u32 {
        let late = self.kept.and_then(|(_, last)| last.until(self.destroyed.date()).ok());
        late.and_then(|span| u32::try_from(span.get_days() - 1).ok()).unwrap_or(0)
    }
}
