//! Subjects: whom or what a file is about. One file for each person and each premises.
//!
//! Whether somebody is on the register is not here: that is a measure about the subject. Support needs are kept apart, in a
//! locker of their own, so that a hearing loss is never read as a danger.

use crate::choice::choices;
use crate::command::{ChangeOccupants, DescribeSubject, OpenSubject, RecordSupportNeeds};
use crate::event::Event;
use crate::ids::{File, SubjectId};
use crate::moment::Moment;
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::retention::Hold;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// What a name is to its bearer.
    NameKind {
        /// The name letters are addressed to.
        Main = "main", "Full name";
        /// Another name in use.
        Alias = "alias", "Also known as";
        /// A name no longer in use.
        Former = "former", "Former name";
    }
}

choices! {
    /// An estimate where the date of birth is not known.
    AgeBand {
        /// Under the age of majority, or looks so.
        Child = "child", "Under 18";
        /// 18 to 24.
        Young = "young", "18 to 24";
        /// 25 to 64.
        Adult = "adult", "25 to 64";
        /// 65 or over.
        Older = "older", "65 or over";
    }
}

/// A name of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// What it is to them.
    pub kind: NameKind,
    /// The whole name as they write it, in their order.
    pub full: Text,
}

/// What is known of when a person was born.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Born {
    /// The date of birth.
    On(Date),
    /// Only about how old.
    Band(AgeBand),
    /// Nothing.
    Unknown,
}

/// An address, and when it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As written, lines separated by line breaks or commas, without the postcode.
    pub lines: Text,
    /// UK postcode, where known.
    pub postcode: Option<Text>,
    /// Unique property reference number, where known.
    pub uprn: Option<u64>,
    /// First day it held, where known.
    pub from: Option<Date>,
    /// Last day it held; `None` while it still does.
    pub until: Option<Date>,
}

impl Address {
    /// The address as the lines of an envelope.
    #[must_use]
    pub fn envelope(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .lines
            .as_str()
            .split(['\n', ','])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        lines.extend(self.postcode.iter().map(|postcode| postcode.as_str().to_owned()));
        lines
    }
}

/// A reference to the same subject in another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherReference {
    /// Which system, such as "Housing rents".
    pub system: Text,
    /// The reference there.
    pub value: Text,
}

/// Who a person is and how they can be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// All names; the first is the one letters are addressed to.
    pub names: Vec<PersonName>,
    /// Date of birth or about how old.
    pub born: Born,
    /// Addresses now and before.
    pub addresses: Vec<Address>,
    /// Telephone numbers.
    pub phones: Vec<Text>,
    /// Mail addresses.
    pub emails: Vec<Text>,
    /// Names of social media accounts.
    pub social: Vec<Text>,
    /// References in other systems.
    pub references: Vec<OtherReference>,
}

/// Which place a file is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Premises {
    /// What the place is, such as "ground-floor flat with yard".
    pub description: Text,
    /// Where it is.
    pub address: Address,
}

/// What makes a subject recognisable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectDetails {
    /// A person.
    Person(Person),
    /// Premises.
    Premises(Premises),
}

impl SubjectDetails {
    /// What files call the subject: the main name, or the first line of the address.
    #[must_use]
    pub fn heading(&self) -> &str {
        match self {
            SubjectDetails::Person(person) => person.names.first().map_or("", |name| name.full.as_str()),
            SubjectDetails::Premises(premises) => premises.address.lines.as_str(),
        }
    }

    /// Whether both are people, or both premises: a person is no place.
    #[must_use]
    pub fn is_like(&self, other: &SubjectDetails) -> bool {
        matches!(
            (self, other),
            (SubjectDetails::Person(_), SubjectDetails::Person(_))
                | (SubjectDetails::Premises(_), SubjectDetails::Premises(_))
        )
    }

    /// Every address, current and former.
    #[must_use]
    pub fn addresses(&self) -> &[Address] {
        match self {
            SubjectDetails::Person(person) => &person.addresses,
            SubjectDetails::Premises(premises) => std::slice::from_ref(&premises.address),
        }
    }

    /// Where a letter to the subject goes today: the first address that still holds.
    #[must_use]
    pub fn current_address(&self) -> Option<&Address> {
        self.addresses().iter().find(|address| address.until.is_none())
    }

    /// Whom an envelope is addressed to: the main name, or the occupier, and the current address.
    #[must_use]
    pub fn envelope(&self) -> Vec<String> {
        let whom = match self {
            SubjectDetails::Person(_) => self.heading(),
            SubjectDetails::Premises(_) => "The occupier",
        };
        let mut lines = vec![whom.to_owned()];
        lines.extend(self.current_address().iter().flat_map(|address| address.envelope()));
        lines
    }
}

/// A subject as it now stands.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its reference.
    pub id: SubjectId,
    /// Who or where it is.
    pub details: Particulars<SubjectDetails>,
    /// When and by whom that was last said.
    pub described: Moment,
    /// Help the subject needs, such as an interpreter; never a danger.
    pub support: Option<Particulars<Text>>,
    /// Every time that other people came to live or work in premises, oldest first.
    pub occupants: Vec<Occupants>,
    /// Holds now placed on everything about it.
    pub holds: Vec<Hold>,
}

/// Other people live or work in premises than before.
#[derive(Debug, Clone)]
pub struct Occupants {
    /// Recorded when and by whom.
    pub moment: Moment,
    /// Since this day.
    pub since: Date,
    /// Who left, who came, and how it is known.
    pub words: Particulars<Text>,
}

impl Subject {
    /// A file just opened.
    pub(crate) const fn opened(
        id: SubjectId,
        details: Particulars<SubjectDetails>,
        described: Moment,
    ) -> Self {
        Self { id, details, described, support: None, occupants: Vec::new(), holds: Vec::new() }
    }

    /// What files call the subject, or its reference once its particulars are destroyed.
    #[must_use]
    pub fn heading(&self) -> String {
        self.details.known().map_or_else(|| self.id.to_string(), |details| details.heading().to_owned())
    }
}

pub(crate) fn open(register: &Register, command: &OpenSubject) -> Result<Vec<Event>, Refusal> {
    opening(register, command.subject, &command.details).map(|opened| vec![opened])
}

/// What opens a file about somebody or somewhere the register did not know.
pub(crate) fn opening(
    register: &Register,
    subject: SubjectId,
    details: &SubjectDetails,
) -> Result<Event, Refusal> {
    if register.is_taken(File::Subject(subject)) {
        return Err(Refusal::ReferenceTaken);
    }
    named(details)?;
    Ok(Event::SubjectOpened { subject, details: Particulars::new(Locker::Subject(subject), details.clone()) })
}

pub(crate) fn describe(register: &Register, command: &DescribeSubject) -> Result<Vec<Event>, Refusal> {
    let known = kept(register, command.subject)?;
    named(&command.details)?;
    if !known.is_like(&command.details) {
        return Err(Refusal::SubjectKindChanged);
    }
    Ok(vec![Event::SubjectDescribed {
        subject: command.subject,
        details: Particulars::new(Locker::Subject(command.subject), command.details.clone()),
    }])
}

pub(crate) fn record_support_needs(
    register: &Register,
    command: &RecordSupportNeeds,
) -> Result<Vec<Event>, Refusal> {
    kept(register, command.subject)?;
    Ok(vec![Event::SupportNeedsRecorded {
        subject: command.subject,
        needs: Particulars::new(Locker::Support(command.subject), command.needs.clone()),
    }])
}

/// A danger is somebody’s: when other people live in a place, whether there still is one is asked afresh.
pub(crate) fn change_occupants(
    register: &Register,
    command: &ChangeOccupants,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if !matches!(kept(register, command.subject)?, SubjectDetails::Premises(_)) {
        return Err(Refusal::NotPremises);
    }
    if command.since > moment.date() {
        return Err(Refusal::HappenedInFuture);
    }
    Ok(vec![Event::OccupantsChanged {
        subject: command.subject,
        since: command.since,
        words: Particulars::new(Locker::Subject(command.subject), command.words.clone()),
    }])
}

/// Who or where a subject is, while that is kept: nothing new is written into a file that was destroyed.
pub(crate) fn kept(register: &Register, subject: SubjectId) -> Result<&SubjectDetails, Refusal> {
    register.subject(subject).ok_or(Refusal::NoSuchFile)?.details.known().ok_or(Refusal::Destroyed)
}

fn named(details: &SubjectDetails) -> Result<(), Refusal> {
    match details {
        SubjectDetails::Person(person) if person.names.is_empty() => Err(Refusal::SubjectWithoutName),
        _ => Ok(()),
    }
}
