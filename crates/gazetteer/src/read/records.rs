//! Rows of several kinds, the kind first: LLPG exports in the Data Transfer Format of BS 7666, and OS AddressBase Premium.
//!
//! Both have the same kinds with the same first fields. Where they part, a field is told by what stands in it. An address is put
//! together as BS 7666-2 has it: organisation, secondary object (a flat), primary object (a building), street, locality, town.
//! What is offered is decided by logical status, which custodians keep; end dates are not read.

use super::rows::Row;
use super::{At, FaultKind, Language, Life, Property, Reading, Source, Street, Trailer, Written};
use crate::address::{Numbers, Parts};
use crate::words;

/// Every kind of record of DTF 7.3, DTF 8.1 and AddressBase Premium.
const KINDS: [&str; 16] =
    ["10", "11", "12", "13", "14", "15", "21", "22", "23", "24", "28", "29", "30", "31", "32", "99"];

pub(super) fn is_record(row: &Row) -> bool {
    row.len() > 2 && KINDS.contains(&row.get(0).as_ref())
}

/// Files that were taken apart by kind have headings.
pub(super) fn is_heading(row: &Row) -> bool {
    words::folded(&row.get(0)) == "record identifier"
}

/// Whether a header says that its file holds no more than what changed.
pub(super) fn is_change_only(row: &Row) -> bool {
    row.get(0) == "10" && row.get(8) == "C"
}

impl Reading {
    /// Takes one record.
    pub(super) fn record(&mut self, row: &Row, at: &At, trailer: &mut Trailer) -> Result<(), FaultKind> {
        let is_deleted = row.get(1) == "D";
        match row.get(0).as_ref() {
            "15" => self.street(row),
            "21" => self.blpu(row, is_deleted),
            "24" if !is_deleted => self.lpi(row, at),
            "28" if !is_deleted => self.delivery_point(row, at),
            "31" if !is_deleted && row.get(8).is_empty() => {
                let uprn = uprn(row)?;
                self.property(uprn).organisation = row.get(5).into_owned();
                Ok(())
            }
            "99" => {
                *trailer = Trailer::Seen;
                Ok(())
            }
            kind if KINDS.contains(&kind) || super::records::is_heading(row) => Ok(()),
            kind => Err(FaultKind::Record(kind.chars().take(20).collect())),
        }
    }

    /// 15: the name of a street, in one language.
    fn street(&mut self, row: &Row) -> Result<(), FaultKind> {
        let usrn = row.number(3, 8).ok_or(FaultKind::Usrn)?;
        let name = row.get(4).into_owned();
        if name.is_empty() {
            return Err(FaultKind::Short(row.len()));
        }
        let after = [row.get(5), row.get(6)].map(std::borrow::Cow::into_owned).to_vec();
        self.streets.insert((usrn, language(&row.get(8))), Street { name, after });
        Ok(())
    }

    /// 21: a basic land and property unit, whether it is live, and its postcode.
    fn blpu(&mut self, row: &Row, is_deleted: bool) -> Result<(), FaultKind> {
        let uprn = uprn(row)?;
        let is_live = !is_deleted && life(&row.get(4))?.is_some();
        // AddressBase has the postcode here, LLPG exports with each address.
        let postcode = Some(row.get(20)).filter(|field| words::is_postcode(field));
        let property = self.property(uprn);
        property.ended |= !is_live;
        if let Some(postcode) = postcode {
            property.postcode = postcode.into_owned();
        }
        Ok(())
    }

    /// 24: a land and property identifier, one way to write the address.
    fn lpi(&mut self, row: &Row, at: &At) -> Result<(), FaultKind> {
        const LAST: usize = 21;
        let uprn = uprn(row)?;
        let Some(life) = life(&row.get(6))? else {
            self.property(uprn);
            return Ok(());
        };
        if row.len() <= LAST {
            return Err(FaultKind::Short(row.len()));
        }
        let usrn = row.number(LAST, 8).ok_or(FaultKind::Usrn)?;
        let postcode = Some(row.get(24)).filter(|field| words::is_postcode(field));
        let (postcode, town) = match postcode {
            Some(postcode) => (postcode.into_owned(), row.get(25).into_owned()),
            None => (String::new(), String::new()),
        };
        let inside = Object::of(row, 11);
        let building = Object::of(row, 16);
        let parts = Parts { after: vec![town], postcode, ..in_building(&inside, &building) };
        let written = Written {
            life,
            language: language(&row.get(5)),
            from: Source::InStreet { usrn, parts },
            at: at.clone(),
        };
        self.property(uprn).written.push(written);
        Ok(())
    }

    /// 28: how Royal Mail writes it. The postcode stands one field later in older supplies.
    fn delivery_point(&mut self, row: &Row, at: &At) -> Result<(), FaultKind> {
        let uprn = uprn(row)?;
        let postcode = [15, 16].into_iter().find(|at| words::is_postcode(&row.get(*at)));
        let Some(postcode) = postcode else { return Err(FaultKind::Short(row.len())) };
        let field = |back: usize| row.get(postcode.saturating_sub(back)).into_owned();
        let parts = table_parts(
            [field(10), field(8), field(7)],
            &field(6),
            [field(5), field(4)],
            vec![field(3), field(2), field(1)],
            field(0),
        );
        let written = Written {
            life: Life::Delivery,
            language: Language::English,
            from: Source::Parts(parts),
            at: at.clone(),
        };
        self.property(uprn).written.push(written);
        Ok(())
    }

    /// The parts of one way to write a property's address; `None`, and a fault, where its street is not known.
    pub(super) fn named(&mut self, written: Written, property: &Property) -> Option<Parts> {
        let mut parts = match written.from {
            Source::Parts(parts) => parts,
            Source::InStreet { usrn, mut parts } => {
                let [own, other] = match written.language {
                    Language::English => [Language::English, Language::Welsh],
                    Language::Welsh => [Language::Welsh, Language::English],
                };
                let street = self.streets.get(&(usrn, own)).or_else(|| self.streets.get(&(usrn, other)));
                let Some(street) = street else {
                    self.fault(&written.at, FaultKind::NoStreet(usrn));
                    return None;
                };
                parts.street.clone_from(&street.name);
                let town = std::mem::take(&mut parts.after);
                parts.after = street.after.iter().filter(|part| !part.is_empty()).cloned().collect();
                let known = |town: &String| {
                    town.is_empty() || parts.after.iter().any(|part| part.eq_ignore_ascii_case(town))
                };
                let more: Vec<String> = town.into_iter().filter(|town| !known(town)).collect();
                parts.after.extend(more);
                parts
            }
        };
        let organisation = &property.organisation;
        if !organisation.is_empty()
            && !parts.before.iter().any(|part| part.eq_ignore_ascii_case(organisation))
        {
            parts.before.insert(0, organisation.clone());
        }
        if parts.postcode.is_empty() {
            parts.postcode.clone_from(&property.postcode);
        }
        Some(parts)
    }
}

pub(super) fn uprn(row: &Row) -> Result<u64, FaultKind> {
    row.number(3, 12).filter(|uprn| *uprn > 0).ok_or(FaultKind::Uprn)
}

fn language(code: &str) -> Language {
    if code.eq_ignore_ascii_case("CYM") { Language::Welsh } else { Language::English }
}

/// What a logical status means, or `None` for one that is not live: a candidate (5) is not yet an address, 7 and 9 were rejected, 8 is
/// historic.
pub(super) fn life(status: &str) -> Result<Option<Life>, FaultKind> {
    match status {
        "1" => Ok(Some(Life::Approved)),
        "3" => Ok(Some(Life::Alternative)),
        "6" => Ok(Some(Life::Provisional)),
        "5" | "7" | "8" | "9" => Ok(None),
        other => Err(FaultKind::Status(other.chars().take(30).collect())),
    }
}

/// An addressable object: a text, a number or a range, or both.
pub(super) struct Object {
    pub(super) text: String,
    pub(super) numbers: Option<Numbers>,
}

impl Object {
    /// From five fields: number and suffix of the start and of the end, and the text.
    fn of(row: &Row, first: usize) -> Self {
        let field = |at: usize| row.get(first + at);
        Self::new(&field(0), &field(1), &field(2), &field(3), &field(4))
    }

    pub(super) fn new(start: &str, suffix: &str, end: &str, end_suffix: &str, text: &str) -> Self {
        let first: Option<u32> = start.parse().ok().filter(|number| *number > 0);
        let last = end.parse().ok().filter(|last| *last > 0 && Some(*last) != first);
        let numbers = first.map(|first| Numbers {
            first,
            suffix: suffix.to_uppercase(),
            last: last.map(|last: u32| (last, end_suffix.to_uppercase())),
        });
        Self { text: words::spaced(text), numbers }
    }
}

/// A secondary object inside a primary one: "Flat 2, Kestrel House, 14". A bare number inside belongs to the name of its building:
/// "2 Kestrel House".
pub(super) fn in_building(inside: &Object, building: &Object) -> Parts {
    let inner = inside.numbers.as_ref().map(Numbers::written).unwrap_or_default();
    let inner = words::spaced(&format!("{} {inner}", inside.text));
    let is_bare = inside.text.is_empty() && !inner.is_empty();
    let mut before = match (is_bare, building.text.as_str()) {
        (true, name) if !name.is_empty() => vec![format!("{inner} {name}")],
        (_, name) => vec![inner, name.to_owned()],
    };
    before.retain(|part| !part.is_empty());
    Parts { before, number: building.numbers.clone(), ..Parts::default() }
}

/// The parts of an address as Royal Mail and tables have them: what stands before the number, the number, the streets, the places
/// after them, the postcode. A building that is named by its number ("14A", "14-16") has it as its number.
pub(super) fn table_parts(
    before: [String; 3],
    number: &str,
    [dependent, street]: [String; 2],
    after: Vec<String>,
    postcode: String,
) -> Parts {
    let [organisation, inside, mut building] = before;
    let mut number = Numbers::read(number);
    if number.is_none()
        && let Some(named) = Numbers::read(&building)
    {
        number = Some(named);
        building.clear();
    }
    let (street, beside) = if dependent.is_empty() { (street, String::new()) } else { (dependent, street) };
    let mut before = vec![organisation, inside, building];
    before.retain(|part| !part.is_empty());
    let mut places = vec![beside];
    places.extend(after);
    places.retain(|part| !part.is_empty());
    Parts { before, number, street, after: places, postcode }
}
