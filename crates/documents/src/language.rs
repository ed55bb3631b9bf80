//! The languages a document can be written in, and the few words a rendering adds of its own.

use jiff::civil::Date;

/// The language of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// British English.
    #[default]
    English,
    /// Welsh.
    Welsh,
}

impl Language {
    /// The language tag of BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en-GB",
            Language::Welsh => "cy",
        }
    }

    /// A date as it is written in a letter: `24 November 2026`.
    pub fn date(self, date: Date) -> String {
        let month = usize::try_from(date.month()).ok().and_then(|m| self.months().get(m.saturating_sub(1)));
        format!("{} {} {}", date.day(), month.copied().unwrap_or_default(), date.year())
    }

    pub(crate) fn code(self) -> &'static str {
        self.tag().split_once('-').map_or(self.tag(), |(code, _)| code)
    }

    pub(crate) fn region(self) -> Option<&'static str> {
        self.tag().split_once('-').map(|(_, region)| region)
    }

    pub(crate) fn date_label(self) -> &'static str {
        match self {
            Language::English => "Date",
            Language::Welsh => "Dyddiad",
        }
    }

    pub(crate) fn reference_label(self) -> &'static str {
        match self {
            Language::English => "Our reference",
            Language::Welsh => "Ein cyfeirnod",
        }
    }

    /// What stands before each number of "Page 2 of 3".
    pub(crate) fn page_words(self) -> (&'static str, &'static str) {
        match self {
            Language::English => ("Page", "of"),
            Language::Welsh => ("Tudalen", "o"),
        }
    }

    fn months(self) -> &'static [&'static str; 12] {
        match self {
            Language::English => &[
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
            Language::Welsh => &[
                "Ionawr",
                "Chwefror",
                "Mawrth",
                "Ebrill",
                "Mai",
                "Mehefin",
                "Gorffennaf",
                "Awst",
                "Medi",
                "Hydref",
                "Tachwedd",
                "Rhagfyr",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_written_out() {
        assert_eq!(Language::English.date(date(2026, 1, 1)), "1 January 2026");
        assert_eq!(Language::Welsh.date(date(2026, 12, 31)), "31 Rhagfyr 2026");
    }
}
