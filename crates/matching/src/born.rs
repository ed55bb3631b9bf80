//! Dates of birth, whole or in part, and how people type them.

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
            [year, month, day] if year.len() == 4 => {
                Self::day(year.parse().ok()?, u32::from(month_number(month)?), ordinal(day)?)
            }
            [first, second, year] => match (ordinal(first), month_number(second)) {
                (Some(day), Some(month)) => Self::day(full_year(year)?.into_u32(), u32::from(month), day),
                (None, _) => {
                    Self::day(full_year(year)?.into_u32(), u32::from(month_number(first)?), ordinal(second)?)
                }
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

trait IntoU32 {
    fn into_u32(self) -> u32;
}

impl IntoU32 for i16 {
    fn into_u32(self) -> u32 {
        u32::from(self.unsigned_abs())
    }
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
