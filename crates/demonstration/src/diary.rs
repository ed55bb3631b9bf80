//! Working time: when a step of a case falls in somebody's day.

use crate::chance::Chance;
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar::{days_after, instant, is_working_day, working_days_after};

/// Minutes after midnight at which a day's work begins, and the latest at which a piece of it does.
const FIRST: u32 = 8 * 60 + 45;
const LAST: u32 = 15 * 60;

/// Where a case has come to: each step is after the one before, on working days and in working hours.
#[derive(Debug, Clone)]
pub(crate) struct Diary {
    date: Date,
    minute: u32,
}

impl Diary {
    /// Opened in the morning of this day or, if nobody works then, of the next on which somebody does.
    pub(crate) fn open(date: Date) -> Self {
        let date = if is_working_day(date) { date } else { working_days_after(date, 1) };
        Self { date, minute: FIRST }
    }

    pub(crate) const fn date(&self) -> Date {
        self.date
    }

    /// Some minutes later the same day.
    pub(crate) fn soon(&mut self, chance: &mut Chance) -> Timestamp {
        self.minute += chance.between(2, 8);
        self.now()
    }

    /// That many working days later, at any time of that day.
    pub(crate) fn after(&mut self, days: u32, chance: &mut Chance) -> Timestamp {
        self.on(working_days_after(self.date, days), chance)
    }

    /// On this working day, at any time of it.
    pub(crate) fn on(&mut self, date: Date, chance: &mut Chance) -> Timestamp {
        *self = Self { date, minute: chance.between(FIRST, LAST) };
        self.now()
    }

    fn now(&self) -> Timestamp {
        let (hour, minute) = (self.minute / 60, self.minute % 60);
        let at = |part: u32| i8::try_from(part).unwrap_or(0);
        instant(self.date.at(at(hour), at(minute), 0, 0)).unwrap_or(Timestamp::MIN)
    }
}

/// The `days`th working day before `date`; the day itself is not counted.
pub(crate) fn working_days_before(date: Date, days: u32) -> Date {
    (0..days).fold(date, |day, _| working_day_by(days_before(day, 1)))
}

/// This day, or the last working day before it.
pub(crate) fn working_day_by(date: Date) -> Date {
    if is_working_day(date) { date } else { working_day_by(days_before(date, 1)) }
}

/// `days` calendar days earlier.
pub(crate) fn days_before(date: Date, days: u32) -> Date {
    date.saturating_sub(jiff::Span::new().days(i64::from(days.min(300_000))))
}

/// As many calendar days later, or earlier where the number is negative.
pub(crate) fn days_from(date: Date, days: i32) -> Date {
    if days < 0 { days_before(date, days.unsigned_abs()) } else { days_after(date, days.unsigned_abs()) }
}
