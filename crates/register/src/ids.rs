//! References: every file, account and team is known by a short random reference that can be read aloud.
//!
//! A reference is 40 random bits written in Crockford's base 32 as two groups of four, after a letter that says what it names
//! (`I-7K3M-92QX`). It reveals neither order nor number. Fresh bits come in from outside; a reference already taken is refused
//! by `decide`, so the caller draws again.

use jiff::civil::Date;
use std::fmt::{self, Write};
use std::str::FromStr;

const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
const BITS: u64 = (1 << 40) - 1;

/// The text was not a reference of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAReference;

impl fmt::Display for NotAReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a reference: one letter and eight letters or digits are expected, such as I-7K3M-92QX",
        )
    }
}

impl std::error::Error for NotAReference {}

fn write_reference(f: &mut fmt::Formatter<'_>, prefix: char, bits: u64) -> fmt::Result {
    f.write_char(prefix)?;
    f.write_char('-')?;
    for group in 0..8u32 {
        if group == 4 {
            f.write_char('-')?;
        }
        let digit = usize::try_from((bits >> (35 - 5 * group)) & 31).unwrap_or(0);
        f.write_char(ALPHABET.get(digit).copied().unwrap_or('0'))?;
    }
    Ok(())
}

/// Reads a reference as people write it: any case, spaces or hyphens anywhere, O for 0, I or L for 1.
fn read_reference(text: &str, prefix: char) -> Result<u64, NotAReference> {
    let mut letters =
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase());
    if letters.next() != Some(prefix) {
        return Err(NotAReference);
    }
    let mut bits = 0;
    let mut count = 0;
    for letter in letters {
        let letter = match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|c| *c == letter).ok_or(NotAReference)?;
        bits = bits << 5 | u64::try_from(digit).map_err(|_| NotAReference)?;
        count += 1;
        if count > 8 {
            return Err(NotAReference);
        }
    }
    if count == 8 { Ok(bits) } else { Err(NotAReference) }
}

macro_rules! reference {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// Takes the lowest 40 of the given random bits.
            #[must_use]
            pub const fn from_bits(bits: u64) -> Self {
                Self(bits & BITS)
            }

            /// The 40 bits.
            #[must_use]
            pub const fn bits(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_reference(f, $prefix, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_reference(f, $prefix, self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAReference;
            fn from_str(text: &str) -> Result<Self, NotAReference> {
                read_reference(text, $prefix).map(Self)
            }
        }
    };
}

reference!(
    /// A subject: a person or premises.
    SubjectId,
    'S'
);
reference!(
    /// An incident.
    IncidentId,
    'I'
);
reference!(
    /// A measure: warning, restriction or entry.
    MeasureId,
    'M'
);
reference!(
    /// An account of somebody who uses the register.
    AccountId,
    'A'
);
reference!(
    /// A team, or the members of the council, or a partner's workers.
    TeamId,
    'T'
);
reference!(
    /// A risk that the council keeps of running the register.
    RiskId,
    'R'
);
reference!(
    /// A file attached to an incident.
    AttachmentId,
    'F'
);

reference!(
    /// A meeting of the Governance Group.
    MeetingId,
    'G'
);
reference!(
    /// A list that a service kept, and that is taken in.
    ImportId,
    'L'
);
reference!(
    /// Another organisation whose workers meet the council's customers.
    PartnerId,
    'P'
);
reference!(
    /// The code of a letter, with which its customer appeals on the public page. It opens nothing else.
    AppealCode,
    'K'
);

/// Names one asking, so that a form sent twice is carried out once. 128 random bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub u128);

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for CommandId {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

/// A calendar month of the access log: `access-log-2026-11`. What was asked and shown in it is destroyed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccessMonth(u64);

impl AccessMonth {
    /// The month of a London date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(u64::from(date.year().unsigned_abs()) * 100 + u64::from(date.month().unsigned_abs()))
    }

    /// Year and month as one number: 202611.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The month with this number, or `None` if it is none.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        let (year, month) = (number / 100, number % 100);
        if year <= 9_999 && 1 <= month && month <= 12 { Some(Self(number)) } else { None }
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        let (year, month) = (i16::try_from(self.0 / 100), i8::try_from(self.0 % 100));
        let first = Date::new(year.unwrap_or_default(), month.unwrap_or_default(), 1);
        first.map_or(Date::MAX, Date::last_of_month)
    }

    /// The month after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(if self.0 % 100 == 12 { self.0 + 89 } else { self.0 + 1 })
    }
}

/// What a month of the access log is called, before its year and month.
const ACCESS_LOG: &str = "access-log-";

impl fmt::Display for AccessMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ACCESS_LOG}{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

impl FromStr for AccessMonth {
    type Err = NotAReference;
    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let (year, month) =
            text.strip_prefix(ACCESS_LOG).and_then(|text| text.split_once('-')).ok_or(NotAReference)?;
        let month = format!("{year}{month}").parse().ok().and_then(Self::from_number);
        // Written in one way only.
        month.filter(|month| month.to_string() == text).ok_or(NotAReference)
    }
}

/// A file of the register that has a timeline of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    /// A person's or premises' file.
    Subject(SubjectId),
    /// An incident's file.
    Incident(IncidentId),
    /// A measure's file.
    Measure(MeasureId),
    /// An account's file.
    Account(AccountId),
    /// A meeting's papers.
    Meeting(MeetingId),
    /// What was asked and shown in a month of the access log.
    Accesses(AccessMonth),
    /// A list that a service kept.
    Import(ImportId),
    /// A team, and its word that it keeps no list of its own.
    Team(TeamId),
    /// Another organisation, and the agreements with it.
    Partner(PartnerId),
    /// The policy, of which there is one.
    Policy,
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            File::Subject(id) => fmt::Display::fmt(id, f),
            File::Incident(id) => fmt::Display::fmt(id, f),
            File::Measure(id) => fmt::Display::fmt(id, f),
            File::Account(id) => fmt::Display::fmt(id, f),
            File::Meeting(id) => fmt::Display::fmt(id, f),
            File::Accesses(month) => fmt::Display::fmt(month, f),
            File::Import(id) => fmt::Display::fmt(id, f),
            File::Team(id) => fmt::Display::fmt(id, f),
            File::Partner(id) => fmt::Display::fmt(id, f),
            File::Policy => f.write_str("policy"),
        }
    }
}

impl FromStr for File {
    type Err = NotAReference;
    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let incident = text.parse().map(File::Incident);
        let subject = || text.parse().map(File::Subject);
        let measure = || text.parse().map(File::Measure);
        let account = || text.parse().map(File::Account);
        let meeting = || text.parse().map(File::Meeting);
        let accesses = || text.parse().map(File::Accesses);
        let import = || text.parse().map(File::Import);
        let team = || text.parse().map(File::Team);
        let partner = || text.parse().map(File::Partner);
        let of_customers = incident.or_else(|_| subject()).or_else(|_| measure());
        let of_the_register =
            account().or_else(|_| meeting()).or_else(|_| import()).or_else(|_| team()).or_else(|_| partner());
        of_customers.or(of_the_register).or_else(|_| accesses())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_back_as_people_write_it() {
        let id = IncidentId::from_bits(0x12_3456_789a);
        let written = id.to_string();
        assert_eq!(written.parse(), Ok(id));
        assert_eq!(written.to_lowercase().replace('-', " ").parse(), Ok(id));
        assert_eq!(written.replace('1', "l").replace('0', "o").parse(), Ok(id));
    }

    #[test]
    fn a_month_of_the_access_log_is_written_in_one_way() {
        let month = AccessMonth::of(jiff::civil::date(2026, 12, 5));
        assert_eq!(month.to_string(), "access-log-2026-12");
        assert_eq!("access-log-2026-12".parse(), Ok(File::Accesses(month)));
        assert_eq!(month.last_day(), jiff::civil::date(2026, 12, 31));
        assert_eq!(month.next().to_string(), "access-log-2027-01");
        for other in ["access-log-2026-13", "access-log-2026-1", "access-log-02026-12", "access-log-2026"] {
            assert_eq!(other.parse::<AccessMonth>(), Err(NotAReference));
        }
    }

    #[test]
    fn a_reference_of_another_kind_or_length_is_not_taken() {
        let id = IncidentId::from_bits(7);
        assert_eq!(id.to_string().parse::<MeasureId>(), Err(NotAReference));
        assert_eq!("I-0000-000".parse::<IncidentId>(), Err(NotAReference));
        assert_eq!("I-0000-00000".parse::<IncidentId>(), Err(NotAReference));
        assert_eq!("I-0000-000U".parse::<IncidentId>(), Err(NotAReference));
        assert_eq!("".parse::<IncidentId>(), Err(NotAReference));
    }
}
