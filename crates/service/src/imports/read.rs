//! Rows of a service's list, read for whom they describe; what cannot be read says why, and is kept.

use super::batch::{Choice, Row};
use crate::check::Described;
use crate::random;
use jiff::Span;
use jiff::civil::Date;
use register::assessment::{Age, age_by};
use register::personal::{NotText, Text};
use register::policy::{Figure, Policy};
use register::subject::{
    Address, Born, NameKind, OtherReference, Person, PersonName, Premises, SubjectDetails,
};
use sheet::{Column, Columns, Sheet, day};

/// Characters of one detail of somebody: what is longer is a note in the wrong column.
const LONGEST_DETAIL: usize = 300;

/// Every row below the headings, none left out.
#[must_use]
pub fn read(sheet: &Sheet, columns: &Columns, policy: &Policy, today: Date) -> Vec<Row> {
    columns.rows(sheet).map(|row| one(sheet, columns, row, policy, today)).collect()
}

fn one(sheet: &Sheet, columns: &Columns, row: &sheet::Row, policy: &Policy, today: Date) -> Row {
    let described = Described::of_row(row, columns);
    let said = [Column::Said, Column::Precaution, Column::Since];
    let said = said.into_iter().flat_map(|column| columns.parts(sheet, row, column));
    let broken =
        columns.faults(row).next().map(|(column, fault)| format!("{} shows {fault}", column.label()));
    let fault = broken.or_else(|| match details(&described, today) {
        Err(why) => Some(why),
        Ok(details) => (age_by(policy, Some(&details), today) == Age::Under).then(|| {
            let threshold = policy.figure(Figure::AgeThreshold);
            format!(
                "Under {threshold}: nobody so young is taken over from a list. Report what happened instead"
            )
        }),
    });
    Row {
        number: row.number,
        described,
        said: said.map(|(heading, text)| (heading.to_owned(), text.to_owned())).collect(),
        asks: columns.text(row, Column::Precaution),
        fault,
        choice: Choice::New,
        others: 0,
        fresh: [u64::from_be_bytes(random()), u64::from_be_bytes(random())],
    }
}

/// What a file is to say of whom a row describes, read on a day.
///
/// # Errors
/// What is wrong with the row, in words for whoever brought the list.
pub(super) fn details(described: &Described, today: Date) -> Result<SubjectDetails, String> {
    let name = detail("name", described.name.as_deref())?;
    let lines = detail("address", described.address.as_deref())?;
    let postcode = detail("postcode", described.postcode.as_deref())?;
    let uprn = match described.uprn.as_deref() {
        None => None,
        Some(typed) => Some(
            typed.trim().parse::<u64>().map_err(|_| format!("“{typed}” is no UPRN: a UPRN is a number"))?,
        ),
    };
    let lines = lines.or_else(|| postcode.clone());
    let address = lines.map(|lines| Address { lines, postcode, uprn, from: None, until: None });
    let several = |text: Option<Text>| text.into_iter().collect::<Vec<_>>();
    let reference = detail("reference", described.reference.as_deref())?;
    match (name, address) {
        (Some(full), address) => Ok(SubjectDetails::Person(Person {
            names: vec![PersonName { kind: NameKind::Main, full }],
            born: born(described.born.as_deref(), today)?,
            addresses: address.into_iter().collect(),
            phones: several(detail("phone number", described.phone.as_deref())?),
            emails: several(detail("email address", described.email.as_deref())?),
            social: Vec::new(),
            references: reference
                .and_then(|value| {
                    Some(OtherReference { system: Text::optional("The service’s own list")?, value })
                })
                .into_iter()
                .collect(),
        })),
        (None, Some(address)) => Ok(SubjectDetails::Premises(Premises {
            description: Text::optional("As on the service’s own list").ok_or("It has no description")?,
            address,
        })),
        (None, None) => Err("There is neither a name nor an address".to_owned()),
    }
}

fn detail(what: &str, typed: Option<&str>) -> Result<Option<Text>, String> {
    match typed.map(Text::new) {
        None | Some(Err(NotText::Blank)) => Ok(None),
        Some(Ok(text)) if text.as_str().chars().count() <= LONGEST_DETAIL => Ok(Some(text)),
        Some(_) => Err(format!("The {what} is longer than {LONGEST_DETAIL} characters")),
    }
}

/// A date of birth. A year alone says too little for a file, and is no mistake.
fn born(typed: Option<&str>, today: Date) -> Result<Born, String> {
    let Some(typed) = typed else { return Ok(Born::Unknown) };
    match day::parse(typed) {
        Some(born) if born <= today => Ok(Born::On(born)),
        // Two figures of a year mean the century in which it was a birth.
        Some(born) => match born.checked_sub(Span::new().years(100)) {
            Ok(before) if !typed.contains(&born.year().to_string()) => Ok(Born::On(before)),
            _ => Err(format!("“{typed}” is a date of birth in the future")),
        },
        None => match matching::Born::parse(typed) {
            Some(matching::Born::Years { .. } | matching::Born::Month { .. }) => Ok(Born::Unknown),
            Some(matching::Born::Day { .. }) | None => {
                Err(format!("“{typed}” is no date of birth such as 27/3/1971"))
            }
        },
    }
}
