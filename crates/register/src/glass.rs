//! Breaking the glass: a manager on duty, with somebody of theirs at a door, opens what stands behind one marker that their roles do not open.
//!
//! It opens at once, for an hour, to nobody else and for nothing else, and shuts by itself: whether it stands is worked out from the moment it was
//! broken. Two kinds of people are told at once, as work, and one of them says what came of it. Who reported is not behind it.

use crate::choice::choices;
use crate::command::{BreakGlass, ReviewGlass};
use crate::event::Event;
use crate::ids::{AccountId, MeasureId};
use crate::moment::{Actor, Moment};
use crate::people::{self, Action};
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::{SignedDuration, Timestamp};

/// How long it stands open.
pub const LASTS: SignedDuration = SignedDuration::from_mins(60);
/// How often one person breaks it within [`WITHIN`].
pub const MOST: usize = 3;
/// The time in which they are counted.
pub const WITHIN: SignedDuration = SignedDuration::from_hours(24 * 30);

choices! {
    /// Why it is broken.
    Emergency {
        /// Somebody is there now.
        There = "there-now", "One of our people is with the customer now";
        /// Somebody is on the way, or is expected within the hour.
        Soon = "within-the-hour", "One of our people will be within the hour";
        /// A threat was made and people must be kept away.
        Threat = "threat", "A threat was made, and I decide who goes anywhere";
    }
}

choices! {
    /// What came of looking at it again.
    GlassFinding {
        /// It was needed.
        Needed = "needed", "It was needed";
        /// It was meant well, and another way would have done.
        OtherWay = "other-way", "Another way would have done: it was talked about";
        /// It was misuse, and is dealt with as that.
        Misuse = "misuse", "It was misuse: it goes on as a data breach";
    }
}

/// One breaking of the glass.
#[derive(Debug, Clone)]
pub struct Glass {
    /// Whose marker.
    pub measure: MeasureId,
    /// When and by whom.
    pub broken: Moment,
    /// Why.
    pub danger: Emergency,
    /// In words, with the job it is for.
    pub words: Particulars<Text>,
    /// What came of looking at it again.
    pub review: Option<(Moment, GlassFinding, Particulars<Text>)>,
}

impl Glass {
    /// Whether it still stands open.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.broken.at);
        age >= SignedDuration::ZERO && age < LASTS
    }
}

impl Register {
    /// Every breaking of the glass, oldest first, by its number.
    pub fn glasses(&self) -> impl Iterator<Item = (u32, &Glass)> {
        (0..).zip(&self.glasses)
    }

    /// One of them.
    #[must_use]
    pub fn glass(&self, number: u32) -> Option<&Glass> {
        self.glasses.get(usize::try_from(number).ok()?)
    }

    /// The measure behind a glass that somebody broke, while it stands open to them.
    #[must_use]
    pub fn behind_glass(&self, account: AccountId, number: u32, now: Timestamp) -> Option<MeasureId> {
        let glass = self.glass(number).filter(|glass| glass.is_open(now))?;
        let own = glass.broken.by == Actor::Account(account);
        let may = self.account(account)?.extent(Action::BreakGlass) > people::Extent::Nothing;
        let subject = self.measure(glass.measure)?.subject;
        (own && may && !self.is_excluded(account, subject)).then_some(glass.measure)
    }
}

pub(crate) fn break_it(
    register: &Register,
    command: &BreakGlass,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = people::permit(register, moment, Action::BreakGlass)?;
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if register.is_excluded(account.id, measure.subject) || measure.live_plan(moment.date()).is_none() {
        // Nothing stands behind it for anybody to be warned by, or not for them.
        return Err(Refusal::NoSuchFile);
    }
    let lately = register.glasses().filter(|(_, glass)| {
        glass.broken.by == moment.by && moment.at.duration_since(glass.broken.at) < WITHIN
    });
    if lately.count() >= MOST {
        return Err(Refusal::GlassTooOften);
    }
    Ok(vec![Event::GlassBroken {
        measure: command.measure,
        danger: command.danger,
        words: Particulars::new(Locker::Measure(command.measure), command.words.clone()),
    }])
}

pub(crate) fn review(
    register: &Register,
    command: &ReviewGlass,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = people::permit(register, moment, Action::ReviewGlass)?;
    let glass = register.glass(command.glass).ok_or(Refusal::NoSuchFile)?;
    if glass.review.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    let Actor::Account(breaker) = glass.broken.by else { return Err(Refusal::NoSuchFile) };
    let manages = register.account(breaker).is_some_and(|breaker| account.manages(breaker));
    if breaker == account.id || manages {
        return Err(Refusal::OwnGlass);
    }
    Ok(vec![Event::GlassReviewed {
        glass: command.glass,
        measure: glass.measure,
        finding: command.finding,
        // About whoever broke it, and kept when the customer's file is no more.
        words: Particulars::new(Locker::Account(breaker), command.words.clone()),
    }])
}
