//! What is asked before contact, and whether it is enough to ask with.

use crate::access::Errand;
use jiff::civil::Date;
use register::partner::{Asks, Question, Search};
use register::people::{Account, Role};
use register::state::Register;
use register::view::Purpose;
use serde::{Deserialize, Serialize};
use sheet::{Column, Columns, Row};

/// What a stored key says is done; a visit, which asks for the most care, where it says nothing that is known.
pub(crate) fn purpose_of(key: &str) -> Purpose {
    Purpose::from_key(key).unwrap_or(Purpose::Visit)
}

/// A question as it was typed. Nothing in it is trusted to be well formed: matching reads it as people write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Why.
    pub purpose: Purpose,
    /// The day of the visit.
    pub day: Option<Date>,
    /// Any of what whoever asks may know.
    pub description: Described,
    /// The reference of the job or case it is for, where whoever asks gave one.
    pub job: Option<String>,
}

/// Whom or what is asked about.
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Described {
    /// A name, whole or in part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Date of birth, or part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
    /// As much of the address as is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The postcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Unique property reference number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uprn: Option<String>,
    /// A telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A name on social media.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub social: Option<String>,
    /// A reference in another system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl std::fmt::Debug for Described {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Described(…)")
    }
}

/// Why a question cannot be answered as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotEnough {
    /// Nothing was given.
    #[error("Enter a name, an address or another detail of whom you will contact")]
    Nothing,
    /// A wildcard is a way to browse.
    #[error("Enter the name or address itself, without * or %")]
    Wildcard,
    /// A name alone, from somebody who may not search by name at large.
    #[error("Enter a second detail as well as the name: an address, postcode, date of birth or phone number")]
    NameAlone,
    /// A partner's worker asks about places.
    #[error(
        "Enter the address or UPRN of the job and nothing about a person: your organisation may ask about its addresses only"
    )]
    PlaceAlone,
    /// A partner's worker asks for a job, and a program for whoever has one.
    #[error("Enter the reference of the job")]
    NoJob,
    /// A visit has a day.
    #[error("Enter the day of the visit")]
    NoDay,
}

impl Described {
    /// What a row of a list says of whom or where it is about.
    #[must_use]
    pub fn of_row(row: &Row, columns: &Columns) -> Self {
        let text = |column| columns.text(row, column);
        let parts: Vec<String> = [Column::Forename, Column::Surname].into_iter().filter_map(text).collect();
        Self {
            name: text(Column::Name).or_else(|| (!parts.is_empty()).then(|| parts.join(" "))),
            born: text(Column::Born),
            address: text(Column::Address),
            postcode: text(Column::Postcode),
            uprn: text(Column::Uprn),
            phone: text(Column::Phone),
            email: text(Column::Email),
            social: None,
            reference: text(Column::Reference),
        }
    }

    /// What was given, without the blanks.
    #[must_use]
    pub fn given(&self) -> Vec<&str> {
        [
            &self.name,
            &self.born,
            &self.address,
            &self.postcode,
            &self.uprn,
            &self.phone,
            &self.email,
            &self.social,
            &self.reference,
        ]
        .into_iter()
        .filter_map(|typed| typed.as_deref())
        .map(str::trim)
        .filter(|typed| !typed.is_empty())
        .collect()
    }

    /// As much of it as somebody may search with.
    #[must_use]
    pub fn within(&self, search: Search<'_>) -> Self {
        match search {
            Search::Described => self.clone(),
            Search::Place => Self {
                address: self.address.clone(),
                postcode: self.postcode.clone(),
                uprn: self.uprn.clone(),
                ..Self::default()
            },
            Search::Property(uprn, property) => Self {
                address: Some(property.lines.as_str().to_owned()),
                postcode: property.postcode.as_ref().map(|postcode| postcode.as_str().to_owned()),
                uprn: Some(uprn.to_string()),
                ..Self::default()
            },
        }
    }

    /// Whether it gives an address or a property, and nothing about a person.
    fn is_a_place(&self) -> bool {
        let place = self.within(Search::Place);
        let about_anybody = Self { reference: None, ..self.clone() }.given().len() > place.given().len();
        (place.address.is_some() || place.uprn.is_some()) && !about_anybody
    }

    /// The same question, as matching takes it.
    #[must_use]
    pub fn question(&self) -> matching::Question {
        matching::Question {
            name: self.name.clone(),
            born: self.born.as_deref().and_then(matching::Born::parse),
            address: self.address.clone(),
            postcode: self.postcode.clone(),
            uprn: self.uprn.clone(),
            phone: self.phone.clone(),
            email: self.email.clone(),
            handle: self.social.clone(),
            reference: self.reference.clone(),
            text: None,
        }
    }
}

impl Asked {
    /// What it is for, as far as whoever asks said.
    pub(crate) fn errand(&self) -> Option<Errand> {
        self.job.as_ref().map(|_| Errand::Job)
    }

    /// What is asked, as far as an agreement is about it.
    #[must_use]
    pub fn question(&self) -> Question {
        let uprn = self.description.uprn.as_deref().and_then(|typed| typed.trim().parse().ok());
        Question { purpose: self.purpose, uprn }
    }

    /// Whether this account may ask it so: something is given, no wildcard, a day for a visit, a second detail beside a
    /// name from members and contractors, and a place alone from the workers of a partner.
    ///
    /// # Errors
    /// [`NotEnough`], in words that say what to add.
    pub fn enough(&self, register: &Register, account: &Account) -> Result<(), NotEnough> {
        let given = self.description.given();
        if given.is_empty() {
            return Err(NotEnough::Nothing);
        }
        if given.iter().any(|typed| typed.contains(['*', '%'])) {
            return Err(NotEnough::Wildcard);
        }
        if Asks::of(register, account) == Asks::Place && !self.description.is_a_place() {
            return Err(NotEnough::PlaceAlone);
        }
        let is_for_a_job = account.is_program() || Asks::of(register, account) == Asks::Place;
        if is_for_a_job && self.job.is_none() {
            return Err(NotEnough::NoJob);
        }
        let narrow = [Role::Member, Role::Contractor];
        let named = self.description.name.as_deref().is_some_and(|name| !name.trim().is_empty());
        if named && given.len() < 2 && account.roles.iter().all(|role| narrow.contains(role)) {
            return Err(NotEnough::NameAlone);
        }
        if self.purpose == Purpose::Visit && self.day.is_none() {
            return Err(NotEnough::NoDay);
        }
        Ok(())
    }
}
