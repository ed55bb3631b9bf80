//! Which column holds what. Headings are recognised by what people call them; whatever is not recognised somebody chooses.

use crate::{Row, Sheet};
use std::collections::BTreeMap;

/// Rows from the top in which the headings are looked for: titles and notes may stand above them.
pub const DEEPEST: usize = 20;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $label:literal, [$($heading:literal),*];)*) => {
        /// What a column of a list can hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $($(#[$doc])* $name,)* }

        impl Column {
            /// Every one, in the order in which pages offer them.
            pub const ALL: &[Column] = &[$(Column::$name,)*];

            /// Its stable key in forms and remembered choices.
            #[must_use]
            pub const fn key(self) -> &'static str { match self { $(Column::$name => $key,)* } }

            /// What pages call it.
            #[must_use]
            pub const fn label(self) -> &'static str { match self { $(Column::$name => $label,)* } }

            /// What people call it, folded: small letters and digits with single spaces.
            const fn headings(self) -> &'static [&'static str] { match self { $(Column::$name => &[$($heading),*],)* } }

            /// The column with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|column| column.key() == key)
            }
        }
    };
}

columns! {
    /// A whole name.
    Name = "name", "Name", ["name", "full name", "customer", "customer name", "client", "client name", "tenant", "tenant name",
        "resident", "service user", "occupier", "person", "contact", "contact name", "who"];
    /// Forenames.
    Forename = "forename", "Forename", ["forename", "forenames", "first name", "firstname", "first names", "given name", "given names", "christian name"];
    /// A surname.
    Surname = "surname", "Surname", ["surname", "last name", "lastname", "family name", "second name"];
    /// An address, whole or in parts: several columns of it are put together.
    Address = "address", "Address", ["address", "full address", "property", "property address", "site", "site address", "location", "premises",
        "home address", "visit address", "address 1", "address 2", "address 3", "address 4", "address line 1", "address line 2",
        "address line 3", "address line 4", "house", "house number", "house no", "flat", "street", "road", "town", "locality", "village", "city"];
    /// A postcode.
    Postcode = "postcode", "Postcode", ["postcode", "post code", "pcode", "zip", "pc"];
    /// A property's reference.
    Uprn = "uprn", "UPRN", ["uprn", "property reference", "property ref", "llpg reference"];
    /// A date of birth.
    Born = "born", "Date of birth", ["date of birth", "dob", "d o b", "birth date", "birthday", "born"];
    /// A telephone number.
    Phone = "phone", "Phone", ["phone", "phone number", "telephone", "telephone number", "tel", "tel no", "mobile", "mobile number", "contact number", "landline"];
    /// A mail address.
    Email = "email", "Email", ["email", "e mail", "email address", "mail"];
    /// A reference in another system.
    Reference = "reference", "Reference", ["reference", "ref", "case", "case number", "case ref", "case reference", "job", "job number", "job ref", "job no",
        "order number", "account number", "id", "crm reference", "tenancy reference"];
    /// The day of a visit.
    Day = "day", "Day of the visit", ["day", "date", "visit date", "date of visit", "visit", "appointment", "appointment date", "planned date", "due", "scheduled", "scheduled date", "when"];
    /// Who goes.
    Officer = "officer", "Who goes", ["officer", "visiting officer", "engineer", "operative", "surveyor", "inspector", "staff", "staff member",
        "worker", "allocated to", "assigned to", "visited by", "round", "crew"];
    /// What a service wrote of somebody: why they are on its list. Several columns of it are all kept.
    Said = "said", "What it says of them", ["reason", "reasons", "reason for warning", "details", "detail", "notes", "note", "comments", "comment", "remarks",
        "what happened", "incident", "incident details", "description", "risk", "hazard", "nature of risk", "warning", "warnings", "alert", "marker", "flag",
        "behaviour", "history", "further information"];
    /// What a service asks its staff to do.
    Precaution = "precaution", "What staff are to do", ["precaution", "precautions", "action", "actions", "action required", "control", "controls",
        "control measure", "control measures", "measures", "what to do", "instructions", "advice", "visit type", "visiting", "code", "alert code", "warning code"];
    /// The day somebody was put on a list.
    Since = "since", "On the list since", ["since", "date", "date added", "added", "added on", "date entered", "entered", "date of incident", "incident date",
        "date listed", "start date", "start", "from", "created"];
}

impl Column {
    /// What a list of planned visits can hold.
    pub const OF_VISITS: &[Self] = &[
        Self::Name,
        Self::Forename,
        Self::Surname,
        Self::Address,
        Self::Postcode,
        Self::Uprn,
        Self::Born,
        Self::Phone,
        Self::Email,
        Self::Reference,
        Self::Day,
        Self::Officer,
    ];

    /// What a list can hold that a service kept of customers.
    pub const OF_CUSTOMERS: &[Self] = &[
        Self::Name,
        Self::Forename,
        Self::Surname,
        Self::Address,
        Self::Postcode,
        Self::Uprn,
        Self::Born,
        Self::Phone,
        Self::Email,
        Self::Reference,
        Self::Said,
        Self::Precaution,
        Self::Since,
    ];

    /// Whether several columns of a list may hold parts of it.
    const fn comes_in_parts(self) -> bool {
        matches!(self, Self::Address | Self::Said | Self::Precaution)
    }
}

/// Where the headings stand and what each column holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The number of the row of headings; 0 where there is none.
    pub heading: u32,
    /// What each column holds, by its place from 0. Several may hold parts of one thing.
    pub of: BTreeMap<usize, Column>,
}

impl Columns {
    /// Recognises the headings of a sheet that can hold these: the row, not far from the top, that says what most columns hold.
    #[must_use]
    pub fn recognise(sheet: &Sheet, among: &[Column]) -> Option<Self> {
        let near = sheet.rows.iter().take(DEEPEST).map(|row| Self::by_headings(row, among));
        // Of those that say the most, the first: `max_by_key` gives the last.
        let best = near.rev().max_by_key(|columns| columns.of.len())?;
        (!best.of.is_empty()).then_some(best)
    }

    /// What a row says if it is one of headings. One that stands twice is taken where it stands first, but for what comes in parts.
    fn by_headings(row: &Row, among: &[Column]) -> Self {
        let mut of = BTreeMap::new();
        for (place, _) in row.cells.iter().enumerate() {
            let Some(heading) = row.text(place).map(folded) else { continue };
            let meant = among.iter().copied().find(|column| column.headings().contains(&heading.as_str()));
            if let Some(column) = meant
                && (column.comes_in_parts() || !of.values().any(|other| *other == column))
            {
                of.insert(place, column);
            }
        }
        Self { heading: row.number, of }
    }

    /// The rows below the headings.
    pub fn rows<'s>(&self, sheet: &'s Sheet) -> impl Iterator<Item = &'s Row> + use<'s> {
        let heading = self.heading;
        sheet.rows.iter().filter(move |row| row.number > heading)
    }

    /// What a row holds of one thing; its parts put together where it has several columns, with commas between those of an address.
    #[must_use]
    pub fn text(&self, row: &Row, column: Column) -> Option<String> {
        let between = if column == Column::Address { ", " } else { " " };
        let places = self.of.iter().filter(|(_, of)| **of == column).map(|(place, _)| *place);
        let parts: Vec<&str> = places.filter_map(|place| row.text(place)).collect();
        (!parts.is_empty()).then(|| parts.join(between))
    }

    /// What a row holds of one thing, column by column, each under its heading.
    #[must_use]
    pub fn parts<'s>(&self, sheet: &'s Sheet, row: &'s Row, column: Column) -> Vec<(&'s str, &'s str)> {
        let headings = sheet.rows.iter().find(|row| row.number == self.heading);
        let places = self.of.iter().filter(|(_, of)| **of == column).map(|(place, _)| *place);
        let heading = |place| headings.and_then(|row| row.text(place)).unwrap_or(column.label());
        places.filter_map(|place| Some((heading(place), row.text(place)?))).collect()
    }

    /// The faults in those cells of a row that are read: what each was to hold, and what it shows.
    pub fn faults<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (Column, &'r str)> {
        self.of.iter().filter_map(|(place, column)| Some((*column, row.fault(*place)?)))
    }

    /// Whether some column holds this.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.of.values().any(|of| *of == column)
    }
}

/// Small letters and digits with single spaces, as headings are compared.
fn folded(heading: &str) -> String {
    let apart: String = heading.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    apart.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
