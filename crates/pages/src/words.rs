//! Dates, times and numbers as the GOV.UK style writes them.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use register::calendar;

/// `3 May 2026`.
pub fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `2:03pm`, `9am`, `midday`, `midnight`.
pub fn time(time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let clock = match hour % 12 {
        0 => 12,
        other => other,
    };
    let half = if hour < 12 { "am" } else { "pm" };
    match (hour, minute) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (_, 0) => format!("{clock}{half}"),
        _ => format!("{clock}:{minute:02}{half}"),
    }
}

/// `2:03pm on 3 May 2026`, London time.
pub fn moment(at: Timestamp) -> String {
    let london = calendar::london_time(at);
    format!("{} on {}", time(london.time()), date(london.date()))
}

/// `1 report`, `2 reports`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A telephone number as a `tel:` address takes it: digits, and a plus at the start.
pub fn telephone(printed: &str) -> String {
    printed
        .chars()
        .enumerate()
        .filter(|(i, c)| c.is_ascii_digit() || (*i == 0 && *c == '+'))
        .map(|(_, c)| c)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date as day, time as clock};

    #[test]
    fn dates_and_times_read_as_people_say_them() {
        assert_eq!(date(day(2026, 5, 3)), "3 May 2026");
        assert_eq!(time(clock(14, 3, 0, 0)), "2:03pm");
        assert_eq!(time(clock(9, 0, 0, 0)), "9am");
        assert_eq!(time(clock(0, 5, 0, 0)), "12:05am");
        assert_eq!(time(clock(12, 0, 0, 0)), "midday");
    }

    #[test]
    fn a_moment_in_summer_is_told_in_london_time() {
        let at = "2026-06-30T23:30:00Z".parse().expect("timestamp");
        assert_eq!(moment(at), "12:30am on 1 July 2026");
    }

    #[test]
    fn a_telephone_number_can_be_rung() {
        assert_eq!(telephone("01632 960 101"), "01632960101");
        assert_eq!(telephone("+44 (0)1632"), "+4401632");
    }
}
