//! Dates and times of day as people type them, in the three parts of the GOV.UK date input.

use super::Form;
use jiff::civil::{Date, Time};

/// The first letters are enough.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Form {
    /// A date from `field-day`, `field-month` and `field-year`. `what` completes "Enter …": "the date it happened".
    pub fn date(&mut self, field: &str, what: &str) -> Option<Date> {
        match self.optional_date(field, what)? {
            Some(date) => Some(date),
            None => {
                self.mistake_at(field, &part(field, "day"), format!("Enter {what}"));
                None
            }
        }
    }

    /// A date that may be left out whole, but not in part.
    pub fn optional_date(&mut self, field: &str, what: &str) -> Option<Option<Date>> {
        let typed = |name| self.value(&part(field, name)).trim().to_lowercase();
        let (day, month, year) = (typed("day"), typed("month"), typed("year"));
        let missing: Vec<&str> = [("day", &day), ("month", &month), ("year", &year)]
            .into_iter()
            .filter(|(_, typed)| typed.is_empty())
            .map(|(name, _)| name)
            .collect();
        let mut wrong = |name: &str, says: String| {
            self.mistake_at(field, &part(field, name), format!("{} {says}", with_capital(what)));
            None
        };
        match missing.as_slice() {
            [] => {}
            ["day", "month", "year"] => return Some(None),
            [one] => return wrong(one, format!("must include a {one}")),
            [first, second, ..] => return wrong(first, format!("must include a {first} and {second}")),
        }
        if year.len() != 4 || !year.chars().all(|c| c.is_ascii_digit()) {
            return wrong("year", "must include a year of 4 numbers".to_owned());
        }
        let Some(month_number) = month_number(&month) else {
            return wrong("month", "must include a real month, such as 3 or March".to_owned());
        };
        let date = day
            .parse()
            .ok()
            .zip(year.parse().ok())
            .and_then(|(day, year)| Date::new(year, month_number, day).ok());
        match date {
            Some(date) => Some(Some(date)),
            None => wrong("day", "must be a real date".to_owned()),
        }
    }

    /// A time of day that may be left out: `14:03`, `2.03pm`, `2pm`.
    pub fn optional_time(&mut self, field: &str, what: &str) -> Option<Option<Time>> {
        if self.value(field).trim().is_empty() {
            return Some(None);
        }
        match time_of_day(self.value(field)) {
            Some(time) => Some(Some(time)),
            None => {
                let message = format!("{} must be a time, such as 9:30am or 14:05", with_capital(what));
                self.nothing_from(field, &message)
            }
        }
    }

    /// The form with a date in the three parts of `field`.
    #[must_use]
    pub fn with_date(self, field: &str, date: Date) -> Self {
        self.with(&part(field, "day"), date.day())
            .with(&part(field, "month"), date.month())
            .with(&part(field, "year"), date.year())
    }
}

fn part(field: &str, name: &str) -> String {
    format!("{field}-{name}")
}

fn month_number(typed: &str) -> Option<i8> {
    if let Ok(number) = typed.parse() {
        return (1..=12).contains(&number).then_some(number);
    }
    let start = typed.get(..3)?;
    let index = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(index + 1).ok()
}

fn time_of_day(typed: &str) -> Option<Time> {
    let typed: String = typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let (clock, afternoon) = if let Some(clock) = typed.strip_suffix("pm") {
        (clock, Some(true))
    } else if let Some(clock) = typed.strip_suffix("am") {
        (clock, Some(false))
    } else {
        (typed.as_str(), None)
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute.parse().ok()?),
        Some(_) => return None,
        None if afternoon.is_some() => (clock, 0),
        None => return None,
    };
    let hour: i8 = hour.parse().ok()?;
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// Words as the beginning of a sentence.
#[must_use]
pub fn with_capital(what: &str) -> String {
    let mut letters = what.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Typed;
    use jiff::civil::date;

    fn read(day: &str, month: &str, year: &str) -> (Option<Date>, String) {
        let typed = format!("on-day={day}&on-month={month}&on-year={year}");
        let mut form = Form::from(Typed::from_urlencoded(typed.as_bytes()));
        let date = form.date("on", "the date it happened");
        let said =
            form.problems().first().map(|p| format!("{}: {}", p.anchor, p.message)).unwrap_or_default();
        (date, said)
    }

    #[test]
    fn a_date_is_read_with_its_month_as_a_number_or_a_name() {
        assert_eq!(read("3", "5", "2026").0, Some(date(2026, 5, 3)));
        assert_eq!(read(" 03 ", "May", "2026").0, Some(date(2026, 5, 3)));
        assert_eq!(read("29", "feb", "2028").0, Some(date(2028, 2, 29)));
    }

    #[test]
    fn the_part_of_a_date_that_is_wrong_is_named() {
        assert_eq!(read("", "", "").1, "on-day: Enter the date it happened");
        assert_eq!(read("3", "", "2026").1, "on-month: The date it happened must include a month");
        assert_eq!(read("", "5", "").1, "on-day: The date it happened must include a day and year");
        assert_eq!(read("3", "5", "26").1, "on-year: The date it happened must include a year of 4 numbers");
        assert_eq!(
            read("3", "13", "2026").1,
            "on-month: The date it happened must include a real month, such as 3 or March"
        );
        assert_eq!(read("29", "2", "2026").1, "on-day: The date it happened must be a real date");
        assert_eq!(read("x", "2", "2026").1, "on-day: The date it happened must be a real date");
        assert_eq!(read("3", "é", "2026").0, None);
    }

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        let read = |typed: &str| time_of_day(typed).map(|time| (time.hour(), time.minute()));
        assert_eq!(read("14:03"), Some((14, 3)));
        assert_eq!(read("2.03 pm"), Some((14, 3)));
        assert_eq!(read("12am"), Some((0, 0)));
        assert_eq!(read("12:30pm"), Some((12, 30)));
        assert_eq!(read("25:00"), None);
        assert_eq!(read("13pm"), None);
        assert_eq!(read("half past two"), None);
        assert_eq!(read("14"), None);
    }

    #[test]
    fn a_date_shown_in_a_form_is_read_back() {
        let mut form = Form::default().with_date("on", date(2026, 12, 1));
        assert_eq!(form.date("on", "the date"), Some(date(2026, 12, 1)));
    }
}
