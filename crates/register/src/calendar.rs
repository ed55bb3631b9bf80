//! Dates as a council counts them: London dates, calendar months, and working days of England and Wales.
//!
//! Instants are kept in UTC; every rule about days is worked out here in `Europe/London`. The time zone and the bank holidays
//! are compiled in, so nothing is read from the machine.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static LONDON: TimeZone = jiff::tz::get!("Europe/London");

/// Kept in `data/bank-holidays.txt` with its source; a line that is not a date is left out, and a test reads every line.
static BANK_HOLIDAYS: LazyLock<BTreeSet<Date>> = LazyLock::new(|| {
    include_str!("../data/bank-holidays.txt")
        .lines()
        .filter_map(|line| line.split(' ').next()?.parse().ok())
        .collect()
});

/// The London date at an instant.
#[must_use]
pub fn london(at: Timestamp) -> Date {
    LONDON.to_datetime(at).date()
}

/// The London civil date and time at an instant, to show to people.
#[must_use]
pub fn london_time(at: Timestamp) -> jiff::civil::DateTime {
    LONDON.to_datetime(at)
}

/// The instant of a London civil date and time. In the repeated hour of October the earlier is meant, as people say it.
#[must_use]
pub fn instant(civil: jiff::civil::DateTime) -> Option<Timestamp> {
    LONDON.to_ambiguous_timestamp(civil).compatible().ok()
}

/// The same day `months` calendar months later, or the last day of that month (31 August and six months: 28 or 29 February).
#[must_use]
pub fn months_after(date: Date, months: u32) -> Date {
    date.saturating_add(Span::new().months(i64::from(months).min(12_000)))
}

/// `days` calendar days later.
#[must_use]
pub fn days_after(date: Date, days: u32) -> Date {
    date.saturating_add(SignedDuration::from_hours(i64::from(days).min(4_000_000) * 24))
}

/// The calendar day before.
#[must_use]
pub fn day_before(date: Date) -> Date {
    date.saturating_sub(Span::new().days(1))
}

/// Whether a council works on this day: Monday to Friday and no bank holiday.
#[must_use]
pub fn is_working_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !BANK_HOLIDAYS.contains(&date)
}

/// The `days`th working day after `date`; the day itself is not counted.
#[must_use]
pub fn working_days_after(date: Date, days: u32) -> Date {
    let mut day = date;
    let mut left = days;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return day }; // the end of the calendar
        day = next;
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// How many working days lie after one date, up to and including another; none where that comes first.
#[must_use]
pub fn working_days_between(after: Date, until: Date) -> usize {
    after
        .series(Span::new().days(1))
        .skip(1)
        .take_while(|day| *day <= until)
        .filter(|day| is_working_day(*day))
        .count()
}

/// Whole years from `born` to `on`; someone born on 29 February is a year older on 1 March.
#[must_use]
pub fn age(born: Date, on: Date) -> u32 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    let years = i32::from(on.year()) - i32::from(born.year()) - i32::from(!had_birthday);
    u32::try_from(years).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_line_of_the_bank_holidays_is_a_date() {
        let lines = include_str!("../data/bank-holidays.txt").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(BANK_HOLIDAYS.len(), lines);
    }

    #[test]
    fn ten_working_days_from_the_friday_before_christmas_2026_step_over_the_holidays() {
        // Christmas Day 2026 is a Friday, Boxing Day is kept on Monday 28 December, New Year's Day is a Friday.
        assert_eq!(working_days_after(date(2026, 12, 18), 10), date(2027, 1, 6));
    }

    #[test]
    fn the_working_days_to_the_day_so_many_working_days_after_a_date_are_that_many() {
        for (from, days) in [(date(2026, 12, 18), 10), (date(2026, 11, 26), 0), (date(2026, 11, 28), 1)] {
            let to = working_days_after(from, days);
            assert_eq!(working_days_between(from, to), days as usize, "{from}");
        }
        assert_eq!(working_days_between(date(2026, 11, 26), date(2026, 11, 20)), 0);
        assert_eq!(working_days_between(date(2026, 11, 27), date(2026, 11, 29)), 0, "a weekend is no work");
    }

    #[test]
    fn six_months_from_the_end_of_august_end_with_february() {
        assert_eq!(months_after(date(2026, 8, 31), 6), date(2027, 2, 28));
        assert_eq!(months_after(date(2027, 8, 31), 6), date(2028, 2, 29));
    }

    #[test]
    fn just_before_midnight_utc_in_summer_is_already_the_next_day_in_london() {
        let at: Timestamp = "2026-06-30T23:30:00Z".parse().expect("timestamp");
        assert_eq!(london(at), date(2026, 7, 1));
    }

    #[test]
    fn a_person_is_eighteen_on_the_birthday_and_not_the_day_before() {
        assert_eq!(age(date(2008, 5, 3), date(2026, 5, 2)), 17);
        assert_eq!(age(date(2008, 5, 3), date(2026, 5, 3)), 18);
        assert_eq!(age(date(2008, 2, 29), date(2026, 2, 28)), 17);
    }
}
