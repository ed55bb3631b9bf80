//! How single values are written down, and the three ways to declare a stored shape.
//!
//! A value is stored as one piece of text ([`Written`]), as free text ([`Words`]), as a whole number, or as a list or object of
//! these; an answer that was not given is an explicit `null` ([`Nullable`]). What is read must be exactly what would be written:
//! a reference in small letters or a date without hyphens was not written by this program and is refused.

use jiff::civil::{Date, Time};
use register::appeal::{AppealOutcome, Appellant, Ground as AppealGround, Way};
use register::assessment::{Band, Finding, Recommendation, Test};
use register::contact::{Every, Matter, Means, Place, Replies, Treatment};
use register::dispute::DisputeOutcome;
use register::exclusion::Closeness;
use register::glass::{Emergency, GlassFinding};
use register::ids::{
    AccessMonth, AccountId, AttachmentId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId,
    RiskId, SubjectId, TeamId,
};
use register::import::{Fingerprint, SubjectFile};
use register::incident::{Channel, Danger, Identity, Injury, Media, Police, Protection};
use register::involved::Involvement;
use register::looks::LooksFinding;
use register::measure::{EndReason, Kind};
use register::meeting::MeetingOutcome;
use register::notice::{Content, Delivery, Occasion};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::partner::{News, Properties, Relationship, Shared};
use register::people::{Contact, Grant, Role, Suspension};
use register::personal::Text;
use register::policy::{Clause, Code, Consulted, Figure};
use register::retention::Ground;
use register::review::Advice;
use register::risk::{Control, Impact, Likelihood, Sign};
use register::subject::{AgeBand, NameKind};
use register::training::Course;
use register::view::Purpose;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// What lies on disk for a type of the register, and the way there and back.
pub(super) trait Shape: Serialize + DeserializeOwned {
    /// The type of the register that it stands for.
    type Domain;
    /// As it is stored.
    fn store(domain: &Self::Domain) -> Self;
    /// As the register knows it.
    fn restore(self) -> Self::Domain;
}

/// The facts of one kind and version of event.
pub(super) trait Facts: Serialize + DeserializeOwned {
    /// What the ledger calls it.
    const KIND: &'static str;
    /// Which shape of it.
    const VERSION: u16;
}

/// What may stand in facts. [`Words`] may not, and nor may a `String`: facts outlive every erasure.
pub(super) trait Factual {}

impl Factual for u32 {}
impl Factual for u64 {}
impl<T: Form> Factual for Written<T> {}
impl<S: Factual> Factual for Nullable<S> {}
impl<S: Factual> Factual for Vec<S> {}

/// A reference, date, time, key or code: one piece of text with exactly one spelling.
pub(super) trait Form: Sized {
    /// The one spelling.
    fn write(&self) -> Cow<'_, str>;
    /// What a spelling means; need not refuse other spellings, since the caller compares.
    fn read(text: &str) -> Option<Self>;
}

/// A value stored as its one spelling.
pub(super) struct Written<T>(pub(super) T);

impl<T: Form> Serialize for Written<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.write())
    }
}

impl<'de, T: Form> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::read(&text).filter(|value| value.write() == text).map(Self).ok_or_else(|| {
            D::Error::custom("not a reference, date, key or code of this field as it would be written")
        })
    }
}

impl<T: Form + Clone> Shape for Written<T> {
    type Domain = T;
    fn store(domain: &T) -> Self {
        Self(domain.clone())
    }
    fn restore(self) -> T {
        self.0
    }
}

/// Free text. Only ever in particulars.
pub(super) struct Words(Text);

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = String::deserialize(deserializer)?;
        match Text::new(&stored) {
            Ok(text) if text.as_str() == stored => Ok(Self(text)),
            _ => Err(D::Error::custom("not text as the register keeps it")),
        }
    }
}

impl Shape for Words {
    type Domain = Text;
    fn store(domain: &Text) -> Self {
        Self(domain.clone())
    }
    fn restore(self) -> Text {
        self.0
    }
}

/// A value or an explicit `null`. Unlike a bare `Option`, which serde fills in, the field must be there.
#[derive(Serialize, Deserialize)]
pub(super) struct Nullable<S>(pub(super) Option<S>);

impl<S: Shape> Shape for Nullable<S> {
    type Domain = Option<S::Domain>;
    fn store(domain: &Option<S::Domain>) -> Self {
        Self(domain.as_ref().map(S::store))
    }
    fn restore(self) -> Option<S::Domain> {
        self.0.map(S::restore)
    }
}

impl<S: Shape> Shape for Vec<S> {
    type Domain = Vec<S::Domain>;
    fn store(domain: &Vec<S::Domain>) -> Self {
        domain.iter().map(S::store).collect()
    }
    fn restore(self) -> Vec<S::Domain> {
        self.into_iter().map(S::restore).collect()
    }
}

/// Stands in the facts for particulars that an event need not have, so that absent and lost are told apart.
#[derive(Clone, Copy)]
pub(super) struct Sealed;

impl Form for Sealed {
    fn write(&self) -> Cow<'_, str> {
        Cow::Borrowed("sealed")
    }
    fn read(text: &str) -> Option<Self> {
        (text == "sealed").then_some(Self)
    }
}

macro_rules! stored_as_itself {
    ($($type:ty),*) => { $(impl Shape for $type {
        type Domain = $type;
        fn store(domain: &$type) -> Self { domain.clone() }
        fn restore(self) -> $type { self }
    })* };
}
stored_as_itself!(u32, u64, String);

macro_rules! spelled_by_display {
    ($($type:ty),*) => { $(impl Form for $type {
        fn write(&self) -> Cow<'_, str> { Cow::Owned(self.to_string()) }
        fn read(text: &str) -> Option<Self> { text.parse().ok() }
    })* };
}
spelled_by_display!(
    SubjectId,
    ImportId,
    IncidentId,
    MeasureId,
    AccountId,
    TeamId,
    AttachmentId,
    MeetingId,
    PartnerId,
    AccessMonth,
    RiskId,
    Date,
    Time
);

macro_rules! spelled_by_key {
    ($($type:ty),*) => { $(impl Form for $type {
        fn write(&self) -> Cow<'_, str> { Cow::Borrowed(self.key()) }
        fn read(text: &str) -> Option<Self> { Self::from_key(text) }
    })* };
}
spelled_by_key!(
    Advice,
    AgeBand,
    AppealGround,
    AppealOutcome,
    Appellant,
    Band,
    Clause,
    Channel,
    ComplaintOutcome,
    Consulted,
    Content,
    Control,
    Course,
    Danger,
    Delivery,
    DisputeOutcome,
    EndReason,
    Every,
    Figure,
    Finding,
    Grant,
    Ground,
    Identity,
    Impact,
    Injury,
    Involvement,
    Kind,
    Likelihood,
    Matter,
    Means,
    Media,
    MeetingOutcome,
    NameKind,
    Occasion,
    Ombudsman,
    Place,
    Police,
    Properties,
    Protection,
    Purpose,
    Recommendation,
    Closeness,
    Emergency,
    GlassFinding,
    LooksFinding,
    News,
    Relationship,
    Replies,
    Role,
    Shared,
    Sign,
    SubjectFile,
    Suspension,
    Test,
    Treatment,
    Way
);

/// Sixty-four hexadecimal digits.
impl Form for Fingerprint {
    fn write(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.iter().map(|byte| format!("{byte:02x}")).collect())
    }
    fn read(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl Form for Code {
    fn write(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
    fn read(text: &str) -> Option<Self> {
        Self::new(text)
    }
}

impl Form for Contact {
    fn write(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Contact::Visits => "visits",
            Contact::AtOffice => "at-office",
        })
    }
    fn read(text: &str) -> Option<Self> {
        match text {
            "visits" => Some(Contact::Visits),
            "at-office" => Some(Contact::AtOffice),
            _ => None,
        }
    }
}

impl Form for File {
    fn write(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
    fn read(text: &str) -> Option<Self> {
        match text.chars().next()? {
            'S' => text.parse().map(File::Subject).ok(),
            'I' => text.parse().map(File::Incident).ok(),
            'M' => text.parse().map(File::Measure).ok(),
            'A' => text.parse().map(File::Account).ok(),
            'G' => text.parse().map(File::Meeting).ok(),
            'L' => text.parse().map(File::Import).ok(),
            'T' => text.parse().map(File::Team).ok(),
            'P' => text.parse().map(File::Partner).ok(),
            'a' => text.parse().map(File::Accesses).ok(),
            'p' if text == "policy" => Some(File::Policy),
            _ => None,
        }
    }
}

/// A stored object: every field must be there, and no other.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(::serde::Serialize, ::serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::wire) struct $name { $(pub(in crate::wire) $field: $type,)* }
    };
}

/// The facts of a kind and version. The compiler refuses a field that could hold free text.
macro_rules! facts {
    ($(#[$doc:meta])* $kind:literal, $version:literal: $name:ident { $($field:ident: $type:ty,)* }) => {
        $crate::wire::shape::object!($(#[$doc])* $name { $($field: $type,)* });
        $crate::wire::shape::factual!($($type)*);
        impl $crate::wire::shape::Facts for $name {
            const KIND: &'static str = $kind;
            const VERSION: u16 = $version;
        }
    };
}

/// Refuses to compile where one of the types could hold free text.
macro_rules! factual {
    () => {};
    ($($type:ty)+) => {
        const _: () = {
            const fn factual<T: $crate::wire::shape::Factual>() {}
            $(factual::<$type>();)+
        };
    };
}

/// A part with the same fields as a type of the register. A field that the register gains or loses no longer compiles: then
/// this shape is converted by hand, and a new version has the new field.
macro_rules! part {
    ($(#[$doc:meta])* $name:ident of $domain:path { $($field:ident: $type:ty,)* }) => {
        $crate::wire::shape::object!($(#[$doc])* $name { $($field: $type,)* });
        impl $crate::wire::shape::Shape for $name {
            type Domain = $domain;
            fn store(domain: &$domain) -> Self {
                let $domain { $($field,)* } = domain;
                Self { $($field: $crate::wire::shape::Shape::store($field),)* }
            }
            fn restore(self) -> $domain {
                $domain { $($field: $crate::wire::shape::Shape::restore(self.$field),)* }
            }
        }
    };
}

/// A [`part!`] that may stand in facts.
macro_rules! part_of_facts {
    ($(#[$doc:meta])* $name:ident of $domain:path { $($field:ident: $type:ty,)* }) => {
        $crate::wire::shape::part!($(#[$doc])* $name of $domain { $($field: $type,)* });
        $crate::wire::shape::factual!($($type)*);
        impl $crate::wire::shape::Factual for $name {}
    };
}

pub(super) use {facts, factual, object, part, part_of_facts};
