//! Days as people write them in lists. Day before month: these are lists of British councils.

use jiff::civil::Date;

/// The forms that are read, most telling first. Two figures of a year come last.
const FORMS: [&str; 14] = [
    "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y",
    "%d-%b-%Y", "%d-%b-%y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%d %b %y",
];

/// The day that a cell means, or `None` where it is not sure to mean one.
///
/// A weekday before it and a time after it are passed over: `Thu 3 Dec 2026`, `03/12/2026 09:30`.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let apart = text.replace(',', " ");
    let words = apart.split_whitespace().map(without_instant);
    let words: Vec<String> =
        words.filter(|word| !is_weekday(word) && !word.contains(':')).map(without_ordinal).collect();
    let text = &words.join(" ");
    // A year of two figures read as one of four is no year that anybody means.
    FORMS
        .iter()
        .filter_map(|form| Date::strptime(form, text).ok())
        .find(|day| (1900..2200).contains(&day.year()))
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches('.').to_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word))
}

/// The day of `2026-12-03T09:30:00`.
fn without_instant(word: &str) -> &str {
    word.split_once('T')
        .filter(|(day, _)| day.ends_with(|c: char| c.is_ascii_digit()))
        .map_or(word, |(day, _)| day)
}

/// `3rd` as `3`.
fn without_ordinal(word: &str) -> String {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    number.filter(|number| number.parse::<u8>().is_ok()).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_in_every_form_that_people_write() {
        for text in [
            "2026-12-03",
            "2026/12/03",
            "03/12/2026",
            "3/12/2026",
            "3-12-2026",
            "3.12.2026",
            "3 12 2026",
            "3 December 2026",
            "3 Dec 2026",
            "3-Dec-2026",
            "3-Dec-26",
            "03/12/26",
            "3.12.26",
            "Thu 3 Dec 2026",
            "Thursday, 3rd December 2026",
            "03/12/2026 09:30",
            "2026-12-03T09:30:00",
        ] {
            assert_eq!(parse(text), Some(date(2026, 12, 3)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_guessed() {
        for text in
            ["", "tomorrow", "12/2026", "31/02/2026", "12/31/2026", "2026", "3", "0/0/0", "03/12/0026"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
