//! Particulars: everything in an event that could identify or describe somebody, and the locker each part lies in.
//!
//! Facts (references, dates, codes) stay in the log for ever; particulars can be destroyed, one locker at a time. Nothing here
//! can be printed by accident: `Debug` shows neither text nor particulars, and there is no `Display`.

use crate::ids::{AccessMonth, AccountId, IncidentId, MeasureId, MeetingId, SubjectId};
use std::fmt;

/// The unit that can be erased: one key, one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locker {
    /// The council's own words: its name and desks, its teams, its policy. Not about any customer.
    Council,
    /// Who somebody is who uses the register.
    Account(AccountId),
    /// Who or where a subject is.
    Subject(SubjectId),
    /// A subject's support needs, kept apart from any danger.
    Support(SubjectId),
    /// What was said to have happened.
    Incident(IncidentId),
    /// Who told the council, where it was not the account that filed the report.
    Reporter(IncidentId),
    /// Whom an incident was done to.
    Harmed(IncidentId),
    /// Who saw or heard an incident.
    Witnesses(IncidentId),
    /// The files attached to an incident.
    Evidence(IncidentId),
    /// The words of an assessment, a plan and an interim marker. Records of the first release have a measure's other words here, too.
    Measure(MeasureId),
    /// The words of a decision, its letters, its reviews and its end: what can be kept longer, sealed, to answer for it.
    DecisionFile(MeasureId),
    /// What lawyers advised on a measure: privileged.
    LegalAdvice(MeasureId),
    /// What was said at a meeting of the Governance Group, beside its decisions.
    Meeting(MeetingId),
    /// What was asked and shown in a month of the access log.
    Accesses(AccessMonth),
}

/// How many bits of a locker's number are the reference it belongs to.
const REFERENCE_BITS: u32 = 40;

impl Locker {
    /// The locker's number in the ledger: what kind it is above the 40 bits of whose it is.
    #[must_use]
    pub const fn number(self) -> u64 {
        let (kind, bits) = match self {
            Locker::Council => (0, 0),
            Locker::Account(id) => (1, id.bits()),
            Locker::Subject(id) => (2, id.bits()),
            Locker::Support(id) => (3, id.bits()),
            Locker::Incident(id) => (4, id.bits()),
            Locker::Reporter(id) => (5, id.bits()),
            Locker::Evidence(id) => (6, id.bits()),
            Locker::Measure(id) => (7, id.bits()),
            Locker::Accesses(month) => (8, month.number()),
            Locker::DecisionFile(id) => (9, id.bits()),
            Locker::Meeting(id) => (10, id.bits()),
            Locker::Harmed(id) => (11, id.bits()),
            Locker::Witnesses(id) => (12, id.bits()),
            Locker::LegalAdvice(id) => (13, id.bits()),
        };
        kind << REFERENCE_BITS | bits
    }

    /// The locker with this number, or `None` if no locker of the register has it.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        let bits = number & ((1 << REFERENCE_BITS) - 1);
        match number >> REFERENCE_BITS {
            0 if bits == 0 => Some(Locker::Council),
            1 => Some(Locker::Account(AccountId::from_bits(bits))),
            2 => Some(Locker::Subject(SubjectId::from_bits(bits))),
            3 => Some(Locker::Support(SubjectId::from_bits(bits))),
            4 => Some(Locker::Incident(IncidentId::from_bits(bits))),
            5 => Some(Locker::Reporter(IncidentId::from_bits(bits))),
            6 => Some(Locker::Evidence(IncidentId::from_bits(bits))),
            7 => Some(Locker::Measure(MeasureId::from_bits(bits))),
            8 => match AccessMonth::from_number(bits) {
                Some(month) => Some(Locker::Accesses(month)),
                None => None,
            },
            9 => Some(Locker::DecisionFile(MeasureId::from_bits(bits))),
            10 => Some(Locker::Meeting(MeetingId::from_bits(bits))),
            11 => Some(Locker::Harmed(IncidentId::from_bits(bits))),
            12 => Some(Locker::Witnesses(IncidentId::from_bits(bits))),
            13 => Some(Locker::LegalAdvice(MeasureId::from_bits(bits))),
            _ => None,
        }
    }
}

/// Something that could identify or describe somebody: known, or destroyed. A page must say which.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal<T> {
    /// Still held.
    Known(T),
    /// Destroyed with its locker.
    Erased,
}

impl<T> Personal<T> {
    /// The content, if it is still held.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Personal::Known(content) => Some(content),
            Personal::Erased => None,
        }
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Personal::Known(_) => "Known(…)",
            Personal::Erased => "Erased",
        })
    }
}

/// Part of an event that is sealed beside the log in a locker of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particulars<T> {
    /// Where it lies.
    pub locker: Locker,
    /// What it says, unless it has been destroyed.
    pub content: Personal<T>,
}

impl<T> Particulars<T> {
    /// Content that goes into `locker`.
    pub const fn new(locker: Locker, content: T) -> Self {
        Self { locker, content: Personal::Known(content) }
    }

    /// The content, if it is still held.
    pub const fn known(&self) -> Option<&T> {
        self.content.known()
    }

    /// Forgets the content if it lies in `locker`.
    pub(crate) fn forget(&mut self, locker: Locker) {
        if self.locker == locker {
            self.content = Personal::Erased;
        }
    }
}

/// What somebody typed: trimmed, never empty, at most [`Text::LONGEST`] characters, no control characters but line breaks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(String);

/// Why typed text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotText {
    /// Nothing but white space.
    Blank,
    /// More characters than [`Text::LONGEST`].
    TooLong,
}

impl Text {
    /// Characters, not bytes.
    pub const LONGEST: usize = 20_000;

    /// Takes what was typed.
    ///
    /// # Errors
    /// [`NotText`] when nothing is left after trimming, or it is too long to be one answer.
    pub fn new(typed: &str) -> Result<Self, NotText> {
        let clean: String =
            typed.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let clean = clean.trim();
        if clean.is_empty() {
            Err(NotText::Blank)
        } else if clean.chars().count() > Self::LONGEST {
            Err(NotText::TooLong)
        } else {
            Ok(Self(clean.to_owned()))
        }
    }

    /// The text, or `None` where nothing was typed or far too much.
    #[must_use]
    pub fn optional(typed: &str) -> Option<Self> {
        Self::new(typed).ok()
    }

    /// Words of the program itself.
    pub(crate) fn fixed(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// A word that the program itself made, such as a reference.
    pub(crate) fn of(word: &str) -> Self {
        Self(word.to_owned())
    }

    /// As typed, trimmed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locker_is_found_again_by_its_number() {
        let bits = 0xff_ffff_ffff;
        for locker in [
            Locker::Council,
            Locker::Account(AccountId::from_bits(bits)),
            Locker::Subject(SubjectId::from_bits(bits)),
            Locker::Support(SubjectId::from_bits(bits)),
            Locker::Incident(IncidentId::from_bits(bits)),
            Locker::Reporter(IncidentId::from_bits(bits)),
            Locker::Evidence(IncidentId::from_bits(bits)),
            Locker::Measure(MeasureId::from_bits(bits)),
            Locker::DecisionFile(MeasureId::from_bits(bits)),
            Locker::Meeting(MeetingId::from_bits(bits)),
            Locker::Harmed(IncidentId::from_bits(bits)),
            Locker::Witnesses(IncidentId::from_bits(bits)),
            Locker::LegalAdvice(MeasureId::from_bits(bits)),
            Locker::Accesses(AccessMonth::of(jiff::civil::date(2026, 11, 26))),
        ] {
            assert_eq!(Locker::from_number(locker.number()), Some(locker));
        }
        assert_eq!(Locker::from_number(u64::MAX), None);
    }

    #[test]
    fn nothing_personal_is_printed() {
        let text = Text::new("Nightjar").expect("text");
        let printed = format!("{text:?} {:?}", Particulars::new(Locker::Council, text.clone()));
        assert!(!printed.contains("Nightjar"));
    }
}
