//! Dates of birth, whole or in part: how people type them, and how two agree.

use std::fmt;

use crate::weight::Weights;

/// When someone was born, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Born {
    /// A whole date. Not checked against the calendar: what was written down is what is compared.
    Day {
        /// Four digits.
        year: i16,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// A month of a year.
    Month {
        /// Four digits.
        year: i16,
        /// 1 to 12.
        month: u8,
    },
    /// Some time between two years, both included: a known year, or an age band.
    Years {
        /// The earliest.
        from: i16,
        /// The latest.
        to: i16,
    },
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl From<jiff::civil::Date> for Born {
    fn from(date: jiff::civil::Date) -> Self {
        Self::Day { year: date.year(), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
    }
}

impl Born {
    /// Reads what people type: `3/7/1981`, `03.07.81`, `3 Jul 1981`, `1981-07-03`, `03071981`, `July 1981`, `1981`. Day comes before month.
    ///
    /// A year of two digits up to 20 is of this century, any other of the last. `None` when it does not read as a date.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let mut pieces: Vec<&str> =
            lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
        pieces.retain(|piece| !matches!(*piece, "of" | "the" | "born" | "dob"));
        match *pieces.as_slice() {
            [whole] if whole.len() == 8 => {
                let number: u32 = whole.parse().ok()?;
                if (1900..2100).contains(&(number / 10_000)) && (1..=12).contains(&(number / 100 % 100)) {
                    Self::day(number / 10_000, number / 100 % 100, number % 100)
                } else {
                    Self::day(number % 10_000, number / 10_000 % 100, number / 1_000_000)
                }
            }
            [year] => {
                let year = full_year(year)?;
                Some(Self::Years { from: year, to: year })
            }
            [month, year] => {
                let month = month_number(month)?;
                (1..=12).contains(&month).then_some(Self::Month { year: full_year(year)?, month })
            }
            [year, month, day] if year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()) => {
                Self::day(year.parse().ok()?, u32::from(month_number(month)?), ordinal(day)?)
            }
            [first, second, year] => match (ordinal(first), month_number(second)) {
                (Some(day), Some(month)) => {
                    Self::day(u32::from(full_year(year)?.unsigned_abs()), u32::from(month), day)
                }
                (None, _) => Self::day(
                    u32::from(full_year(year)?.unsigned_abs()),
                    u32::from(month_number(first)?),
                    ordinal(second)?,
                ),
                _ => None,
            },
            _ => None,
        }
    }

    fn day(year: u32, month: u32, day: u32) -> Option<Self> {
        let (month, day) = if month > 12 && day <= 12 { (day, month) } else { (month, day) };
        let plausible = (1880..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        plausible.then_some(Self::Day {
            year: i16::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }
}

impl fmt::Display for Born {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day { year, month, day } => write!(out, "{day}/{month}/{year}"),
            Self::Month { year, month } => write!(out, "{month}/{year}"),
            Self::Years { from, to } if from == to => write!(out, "{from}"),
            Self::Years { from, to } => write!(out, "{from} to {to}"),
        }
    }
}

/// How two dates of birth agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BornLikeness {
    Unknown,
    Different,
    /// Two parts of three agree, and the third is no slip.
    TwoOfThree,
    /// Within the years known.
    Within,
    /// Day and month exchanged, or one part off by a slip.
    Slip,
    Month,
    Same,
}

impl BornLikeness {
    pub(crate) fn weight(self, weights: &Weights) -> f64 {
        match self {
            Self::Unknown => 0.0,
            Self::Different => weights.born_differs,
            Self::TwoOfThree => weights.born_two_of_three,
            Self::Within => weights.born_within,
            Self::Slip => weights.born_slip,
            Self::Month => weights.born_month,
            Self::Same => weights.born_same,
        }
    }
}

/// How the asked date agrees with the one held.
pub(crate) fn compare(asked: Option<Born>, held: Option<Born>) -> BornLikeness {
    let (Some(asked), Some(held)) = (asked, held) else { return BornLikeness::Unknown };
    match (asked, held) {
        (Born::Day { year, month, day }, Born::Day { year: held_year, month: held_month, day: held_day }) => {
            compare_days((year, month, day), (held_year, held_month, held_day))
        }
        (
            Born::Month { year, month } | Born::Day { year, month, .. },
            Born::Month { year: held_year, month: held_month },
        )
        | (Born::Month { year, month }, Born::Day { year: held_year, month: held_month, .. }) => {
            if (year, month) == (held_year, held_month) {
                BornLikeness::Month
            } else {
                BornLikeness::Different
            }
        }
        (Born::Years { .. }, _) | (_, Born::Years { .. }) => {
            let (a, b) = (years(asked), years(held));
            if a.0 <= b.1 && b.0 <= a.1 {
                BornLikeness::Within
            } else if a.0 <= b.1.saturating_add(1) && b.0 <= a.1.saturating_add(1) {
                BornLikeness::Unknown
            } else {
                BornLikeness::Different
            }
        }
    }
}

fn years(born: Born) -> (i16, i16) {
    match born {
        Born::Day { year, .. } | Born::Month { year, .. } => (year, year),
        Born::Years { from, to } => (from, to),
    }
}

fn compare_days(asked: (i16, u8, u8), held: (i16, u8, u8)) -> BornLikeness {
    if asked == held {
        return BornLikeness::Same;
    }
    if asked == (held.0, held.2, held.1) {
        return BornLikeness::Slip;
    }
    let slip = match (asked.0 == held.0, asked.1 == held.1, asked.2 == held.2) {
        (false, true, true) => is_slip(asked.0.unsigned_abs(), held.0.unsigned_abs()),
        (true, false, true) => is_slip(asked.1.into(), held.1.into()),
        (true, true, false) => is_slip(asked.2.into(), held.2.into()),
        _ => return BornLikeness::Different,
    };
    if slip { BornLikeness::Slip } else { BornLikeness::TwoOfThree }
}

/// One or two off, one digit mistaken, or two neighbouring digits exchanged.
fn is_slip(a: u16, b: u16) -> bool {
    let digits = |number: u16| [number / 1000, number / 100 % 10, number / 10 % 10, number % 10];
    let (a_digits, b_digits) = (digits(a), digits(b));
    let differing = a_digits.iter().zip(&b_digits).filter(|(a, b)| a != b).count();
    let exchanged =
        a_digits.windows(2).zip(b_digits.windows(2)).any(|(a, b)| a != b && a.iter().eq(b.iter().rev()));
    a.abs_diff(b) <= 2 || differing == 1 || (differing == 2 && exchanged)
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 if year <= 20 => Some(2000 + year),
        2 => Some(1900 + year),
        4 if (1880..2100).contains(&year) => Some(year),
        _ => None,
    }
}

fn month_number(text: &str) -> Option<u8> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let position = MONTHS.iter().position(|month| text.len() >= 3 && text.starts_with(month))?;
    u8::try_from(position + 1).ok()
}

fn ordinal(text: &str) -> Option<u32> {
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Born, BornLikeness, compare};

    #[test]
    fn a_date_is_read_in_every_way_that_people_type_it() {
        let date = Some(Born::Day { year: 1981, month: 7, day: 3 });
        for text in [
            "3/7/1981",
            "03.07.81",
            "3 Jul 1981",
            "1981-07-03",
            "03071981",
            "19810703",
            "3rd of July 1981",
            "July 3, 1981",
        ] {
            assert_eq!(Born::parse(text), date, "{text}");
        }
        assert_eq!(Born::parse("July 1981"), Some(Born::Month { year: 1981, month: 7 }));
        assert_eq!(Born::parse("1981"), Some(Born::Years { from: 1981, to: 1981 }));
        assert_eq!(Born::parse("not known"), None);
    }

    #[test]
    fn a_day_and_month_exchanged_is_a_slip_and_another_generation_is_not() {
        let held = Born::parse("3/7/1981");
        assert_eq!(compare(Born::parse("7/3/1981"), held), BornLikeness::Slip);
        assert_eq!(compare(Born::parse("3/7/1991"), held), BornLikeness::Slip);
        assert_eq!(compare(Born::parse("3/7/1957"), held), BornLikeness::TwoOfThree);
        assert_eq!(compare(Born::parse("16/7/1981"), held), BornLikeness::TwoOfThree);
        assert_eq!(compare(Born::parse("12/7/1981"), Born::parse("21/7/1981")), BornLikeness::Slip);
        assert_eq!(compare(Born::parse("14/2/1957"), held), BornLikeness::Different);
        assert_eq!(compare(Born::parse("1981"), held), BornLikeness::Within);
    }
}
