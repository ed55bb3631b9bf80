//! Subjects: who or where they are, and the help they need.

use crate::wire::shape::{Nullable, Shape, Words, Written, facts, part};
use jiff::civil::Date;
use register::exclusion::Closeness;
use register::glass::{Emergency, GlassFinding};
use register::ids::{AccountId, MeasureId, SubjectId};
use register::subject::{self, AgeBand, NameKind};
use serde::{Deserialize, Serialize};

facts! {
    /// Particulars: `details`, [`SubjectDetails`].
    "subject.opened", 1: SubjectOpened {
        subject: Written<SubjectId>,
    }
}

facts! {
    /// Particulars: `details`, [`SubjectDetails`].
    "subject.described", 1: SubjectDescribed {
        subject: Written<SubjectId>,
    }
}

facts! {
    /// Particulars: `needs`, [`Words`].
    "subject.support-recorded", 1: SupportNeedsRecorded {
        subject: Written<SubjectId>,
    }
}

/// An object with the one field `person` or `premises`.
#[derive(Serialize, Deserialize)]
pub(in crate::wire) enum SubjectDetails {
    #[serde(rename = "person")]
    Person(Person),
    #[serde(rename = "premises")]
    Premises(Premises),
}

impl Shape for SubjectDetails {
    type Domain = subject::SubjectDetails;
    fn store(domain: &subject::SubjectDetails) -> Self {
        match domain {
            subject::SubjectDetails::Person(person) => Self::Person(Person::store(person)),
            subject::SubjectDetails::Premises(premises) => Self::Premises(Premises::store(premises)),
        }
    }
    fn restore(self) -> subject::SubjectDetails {
        match self {
            Self::Person(person) => subject::SubjectDetails::Person(person.restore()),
            Self::Premises(premises) => subject::SubjectDetails::Premises(premises.restore()),
        }
    }
}

part! {
    /// A person.
    Person of subject::Person {
        names: Vec<PersonName>,
        born: Born,
        addresses: Vec<Address>,
        phones: Vec<Words>,
        emails: Vec<Words>,
        social: Vec<Words>,
        references: Vec<OtherReference>,
    }
}

part! {
    /// One of a person's names.
    PersonName of subject::PersonName {
        kind: Written<NameKind>,
        full: Words,
    }
}

/// `{"on": date}`, `{"band": key}` or `"unknown"`.
#[derive(Serialize, Deserialize)]
pub(in crate::wire) enum Born {
    #[serde(rename = "on")]
    On(Written<Date>),
    #[serde(rename = "band")]
    Band(Written<AgeBand>),
    #[serde(rename = "unknown")]
    Unknown,
}

impl Shape for Born {
    type Domain = subject::Born;
    fn store(domain: &subject::Born) -> Self {
        match domain {
            subject::Born::On(date) => Self::On(Written(*date)),
            subject::Born::Band(band) => Self::Band(Written(*band)),
            subject::Born::Unknown => Self::Unknown,
        }
    }
    fn restore(self) -> subject::Born {
        match self {
            Self::On(date) => subject::Born::On(date.restore()),
            Self::Band(band) => subject::Born::Band(band.restore()),
            Self::Unknown => subject::Born::Unknown,
        }
    }
}

part! {
    /// An address and when it held.
    Address of subject::Address {
        lines: Words,
        postcode: Nullable<Words>,
        uprn: Nullable<u64>,
        from: Nullable<Written<Date>>,
        until: Nullable<Written<Date>>,
    }
}

part! {
    /// A reference in another system.
    OtherReference of subject::OtherReference {
        system: Words,
        value: Words,
    }
}

part! {
    /// A place.
    Premises of subject::Premises {
        description: Words,
        address: Address,
    }
}

facts! {
    /// Particulars: `words`, words.
    "subject.occupants-changed", 1: OccupantsChanged {
        subject: Written<SubjectId>,
        since: Written<Date>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "glass.broken", 1: GlassBroken {
        measure: Written<MeasureId>,
        danger: Written<Emergency>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "glass.reviewed", 1: GlassReviewed {
        glass: u32,
        measure: Written<MeasureId>,
        finding: Written<GlassFinding>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "subject.excluded", 1: Excluded {
        subject: Written<SubjectId>,
        account: Written<AccountId>,
        closeness: Written<Closeness>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "subject.exclusion-lifted", 1: ExclusionLifted {
        subject: Written<SubjectId>,
        account: Written<AccountId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "subjects.joined", 1: SubjectsJoined {
        kept: Written<SubjectId>,
        joined: Written<SubjectId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "subjects.parted", 1: SubjectsParted {
        kept: Written<SubjectId>,
        joined: Written<SubjectId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "subjects.kept-apart", 1: SubjectsKeptApart {
        one: Written<SubjectId>,
        other: Written<SubjectId>,
    }
}
