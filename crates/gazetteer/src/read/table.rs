//! One address in each row beneath a row of headings: OS AddressBase Core and Plus, and what councils save from their own systems.

use super::records::{Object, in_building, life, table_parts};
use super::rows::Row;
use super::{At, FaultKind, Language, Life, Reading, Source, Written};
use crate::address::{Numbers, Parts};
use crate::words;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $headings:expr;)*) => {
        /// Which column holds what, by its place.
        #[derive(Debug, Default)]
        pub(super) struct Columns { $($(#[$doc])* $name: Option<usize>,)* }

        impl Columns {
            fn recognised(headings: &[String]) -> Self {
                // Of several headings that mean the same the one that is listed first here is taken.
                let place = |wanted: &[&str]| {
                    wanted.iter().find_map(|wanted| headings.iter().position(|heading| heading == wanted))
                };
                Self { $($name: place(&$headings),)* }
            }
        }
    };
}

columns! {
    uprn: ["uprn"];
    /// The whole address in one.
    line: ["single line address", "full address", "address full", "address"];
    organisation: ["organisation name", "organisation", "rm organisation name", "la organisation"];
    inside: ["sub building name", "sub building"];
    building: ["building name"];
    number: ["building number", "house number"];
    sao_start: ["sao start number"];
    sao_suffix: ["sao start suffix"];
    sao_end: ["sao end number"];
    sao_end_suffix: ["sao end suffix"];
    sao_text: ["sao text", "saon"];
    pao_start: ["pao start number"];
    pao_suffix: ["pao start suffix"];
    pao_end: ["pao end number"];
    pao_end_suffix: ["pao end suffix"];
    pao_text: ["pao text", "paon"];
    dependent_street: ["dependent thoroughfare", "dependent thoroughfare name"];
    /// Royal Mail's name of the street.
    thoroughfare: ["thoroughfare", "thoroughfare name"];
    /// The council's own.
    street: ["street description", "street descriptor", "street name", "street"];
    village: ["double dependent locality"];
    locality: ["dependent locality", "locality", "locality name"];
    town: ["town name", "town", "post town"];
    postcode: ["postcode", "postcode locator", "post code"];
    status: ["lpi logical status", "blpu logical status", "logical status", "status"];
    language: ["language"];
    change: ["change type", "change code"];
}

impl Columns {
    /// The columns of a row of headings, if it is one: there must be a UPRN, and something of an address.
    pub(super) fn of(headings: &Row) -> Option<Self> {
        let headings: Vec<String> = (0..headings.len()).map(|at| words::folded(&headings.get(at))).collect();
        let columns = Self::recognised(&headings);
        let says_where = [columns.line, columns.street, columns.thoroughfare].iter().any(Option::is_some);
        (columns.uprn.is_some() && says_where).then_some(columns)
    }
}

impl Reading {
    /// Takes one row of a table.
    pub(super) fn table_row(&mut self, columns: &Columns, row: &Row, at: &At) -> Result<(), FaultKind> {
        let field = |column: Option<usize>| column.map(|at| row.get(at).into_owned()).unwrap_or_default();
        let uprn = columns.uprn.and_then(|at| row.number(at, 12)).filter(|uprn| *uprn > 0);
        let uprn = uprn.ok_or(FaultKind::Uprn)?;
        let life = if field(columns.change) == "D" { None } else { life_in_words(&field(columns.status))? };
        let Some(life) = life else {
            // Known, and not live unless another row says so.
            self.property(uprn);
            return Ok(());
        };
        let parts = parts(columns, &field).ok_or(FaultKind::NoAddress)?;
        let is_welsh = field(columns.language).eq_ignore_ascii_case("CYM");
        let language = if is_welsh { Language::Welsh } else { Language::English };
        let written = Written { life, language, from: Source::Parts(parts), at: at.clone() };
        self.property(uprn).written.push(written);
        Ok(())
    }
}

fn parts(columns: &Columns, field: &impl Fn(Option<usize>) -> String) -> Option<Parts> {
    let street = field(columns.street);
    let places = vec![field(columns.village), field(columns.locality), field(columns.town)];
    let postcode = field(columns.postcode);
    let organisation = field(columns.organisation);
    let line = field(columns.line);
    let has_objects = columns.pao_text.is_some() || columns.pao_start.is_some();
    let parts = if has_objects && !street.is_empty() {
        let inside = Object::new(
            &field(columns.sao_start),
            &field(columns.sao_suffix),
            &field(columns.sao_end),
            &field(columns.sao_end_suffix),
            &field(columns.sao_text),
        );
        let mut building = Object::new(
            &field(columns.pao_start),
            &field(columns.pao_suffix),
            &field(columns.pao_end),
            &field(columns.pao_end_suffix),
            &field(columns.pao_text),
        );
        if building.numbers.is_none()
            && let Some(numbers) = Numbers::read(&building.text)
        {
            building = Object { text: String::new(), numbers: Some(numbers) };
        }
        let mut parts = in_building(&inside, &building);
        if !organisation.is_empty() {
            parts.before.insert(0, organisation);
        }
        let after = places.into_iter().filter(|place| !place.is_empty()).collect();
        Parts { street, after, postcode, ..parts }
    } else if line.is_empty() {
        let thoroughfare = field(columns.thoroughfare);
        let street = if thoroughfare.is_empty() { street } else { thoroughfare };
        let before = [organisation, field(columns.inside), field(columns.building)];
        let streets = [field(columns.dependent_street), street];
        table_parts(before, &field(columns.number), streets, places, postcode)
    } else {
        Parts::of_line(&line, &postcode)
    };
    (!parts.lines().is_empty()).then_some(parts)
}

/// A status by its number or by its name; approved where the table has none.
fn life_in_words(status: &str) -> Result<Option<Life>, FaultKind> {
    let folded = words::folded(status);
    let begins = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    match () {
        () if folded.is_empty() || begins(&["approved", "live", "current"]) => Ok(Some(Life::Approved)),
        () if begins(&["provisional"]) => Ok(Some(Life::Provisional)),
        () if begins(&["alternative"]) => Ok(Some(Life::Alternative)),
        () if begins(&["histor", "reject", "candidate"]) => Ok(None),
        () => life(status),
    }
}
