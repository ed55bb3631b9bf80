//! Two descriptions side by side: what each says, detail by detail, and how they agree.

use crate::part::Cell;
use crate::subjects::file::born;
use matching::{Field, Hit};
use register::personal::Text;
use register::subject::SubjectDetails;
use service::check::Described;

/// One side of a comparison: what it is called, and what it says of each detail.
pub struct Side {
    /// What heads its column.
    pub title: String,
    /// What it says, in the order of [`DETAILS`].
    pub says: [String; DETAILS.len()],
}

/// What is compared, and which agreements speak of it.
const DETAILS: [(&str, &[Field]); 9] = [
    ("Name", &[Field::GivenName, Field::FamilyName]),
    ("Born", &[Field::Born]),
    ("Address", &[Field::Address]),
    ("UPRN", &[Field::Uprn]),
    ("Telephone", &[Field::Phone]),
    ("Email", &[Field::Email]),
    ("Social media", &[Field::Handle]),
    ("References", &[Field::Reference]),
    ("What the place is", &[]),
];

impl Side {
    /// A file.
    pub fn of_file(title: impl Into<String>, details: &SubjectDetails) -> Self {
        let joined = |texts: &[Text]| texts.iter().map(Text::as_str).collect::<Vec<_>>().join("\n");
        let addresses = details.addresses();
        let written = addresses.iter().map(|address| address.envelope().join(", "));
        let uprns = addresses.iter().filter_map(|address| Some(address.uprn?.to_string()));
        let (address, uprn) = (written.collect::<Vec<_>>().join("\n"), uprns.collect::<Vec<_>>().join("\n"));
        let says = match details {
            SubjectDetails::Person(person) => [
                person.names.iter().map(|name| name.full.as_str()).collect::<Vec<_>>().join("\n"),
                born(person.born),
                address,
                uprn,
                joined(&person.phones),
                joined(&person.emails),
                joined(&person.social),
                person.references.iter().map(|other| other.value.as_str()).collect::<Vec<_>>().join("\n"),
                String::new(),
            ],
            SubjectDetails::Premises(premises) => {
                let none = String::new;
                let what = premises.description.as_str().to_owned();
                [none(), none(), address, uprn, none(), none(), none(), none(), what]
            }
        };
        Self { title: title.into(), says }
    }

    /// A row of a list.
    pub fn of_row(title: impl Into<String>, row: &Described) -> Self {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let place = [&row.address, &row.postcode].into_iter().flatten().cloned().collect::<Vec<_>>();
        Self {
            title: title.into(),
            says: [
                said(&row.name),
                said(&row.born),
                place.join(", "),
                said(&row.uprn),
                said(&row.phone),
                said(&row.email),
                said(&row.social),
                said(&row.reference),
                String::new(),
            ],
        }
    }
}

/// The comparison as rows of a table: the detail, the one, the other, how they agree. What neither says is left out.
pub fn rows(one: &Side, other: &Side, hit: Option<&Hit>) -> Vec<Vec<Cell>> {
    let agreement = |fields: &[Field]| {
        let parts = hit.into_iter().flat_map(|hit| &hit.parts).filter(|part| fields.contains(&part.field));
        parts.map(|part| part.words).collect::<Vec<_>>().join("\n")
    };
    let sides = one.says.iter().zip(&other.says);
    DETAILS
        .iter()
        .zip(sides)
        .filter(|(_, (one, other))| !one.is_empty() || !other.is_empty())
        .map(|((label, fields), (one, other))| {
            let said = |text: &str| Cell::text(if text.is_empty() { "Not given" } else { text });
            vec![Cell::text(*label), said(one), said(other), Cell::text(agreement(fields))]
        })
        .collect()
}

/// How sure the comparison is, in words.
pub const fn sure(hit: &Hit) -> &'static str {
    match hit.band {
        matching::Band::Match => "Very likely the same",
        matching::Band::Possible => "May be the same",
    }
}
