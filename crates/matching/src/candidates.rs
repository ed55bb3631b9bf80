//! Who is worth comparing: the union of the routes a question opens.

use crate::asked::Asked;
use crate::born::Born;
use crate::name::{End, Role};
use crate::profile::Slot;
use crate::route::{Route, Routes};
use crate::spelling::{Closeness, Near};

/// The most that one word of a name may propose alone.
const ALONE: usize = 400;
/// A street or village with more people is looked into only by the number of the house, or where a street and a village meet.
const FEW: usize = 24;

/// Every slot, of so many that there are, that some route proposes, in order, each once.
pub(crate) fn candidates(asked: &Asked<'_>, routes: &Routes, slots: usize) -> Vec<Slot> {
    let mut found = Vec::new();
    by_name(asked, slots, &mut found);
    by_place(asked, routes, slots, &mut found);
    by_identifier(asked, routes, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn by_name(asked: &Asked<'_>, slots: usize, found: &mut Vec<Slot>) {
    let Some(name) = &asked.name else { return };
    found.extend(asked.run_together);
    let end =
        |role, unit: Option<usize>| unit.and_then(|unit| name.units.get(unit)).map(|unit| unit.end(role));
    let some_of = |end: &End<'_>, found: &mut Vec<Slot>| {
        found.extend(end.close.iter().chain(&end.far).copied().flatten().take(ALONE));
    };
    if name.units.len() == 1 {
        for role in [Role::Family, Role::Given] {
            end(role, Some(0)).into_iter().for_each(|end| some_of(end, found));
        }
        return;
    }
    for reading in &name.readings {
        let is_initial = reading.given.is_some_and(|unit| name.is_initial(unit));
        match (end(Role::Given, reading.given), end(Role::Family, reading.family)) {
            (Some(given), Some(family)) if !is_initial => {
                both(&[&family.close, &family.far], &[&given.close], slots, found);
                both(&[&family.close], &[&given.far], slots, found);
            }
            (_, Some(end)) | (Some(end), None) => some_of(end, found),
            (None, None) => {}
        }
    }
}

/// Those who are in some list of the one and in some list of the other. Of a name, two slips at both ends are too far to look for.
fn both(some: &[&[&[Slot]]], others: &[&[&[Slot]]], slots: usize, found: &mut Vec<Slot>) {
    const BITS: usize = u64::BITS as usize;
    let none = |lists: &[&[&[Slot]]]| lists.iter().all(|lists| lists.is_empty());
    if none(some) || none(others) {
        return;
    }
    let mut marked = vec![0_u64; slots / BITS + 1];
    for slot in some.iter().copied().flatten().copied().flatten() {
        if let Some(bits) = marked.get_mut(*slot as usize / BITS) {
            *bits |= 1 << (slot % u64::BITS);
        }
    }
    let is_marked = |slot: &Slot| {
        marked.get(*slot as usize / BITS).is_some_and(|bits| bits >> (slot % u64::BITS) & 1 == 1)
    };
    found.extend(others.iter().copied().flatten().copied().flatten().copied().filter(is_marked));
}

fn by_place(asked: &Asked<'_>, routes: &Routes, slots: usize, found: &mut Vec<Slot>) {
    let Some(place) = &asked.place else { return };
    if let Some(postcode) = place.postcode {
        let exact = routes.found(Route::Postcode(postcode));
        found.extend(exact);
        if exact.is_empty() {
            for other in postcode.one_slip_away() {
                found.extend(routes.found(Route::Postcode(other)));
            }
        }
    }
    let houses = place.houses();
    for street in place.streets() {
        for house in &houses {
            found.extend(routes.found(Route::House(street.word, *house)));
        }
    }
    for near in place.streets().chain(place.areas()).filter(|near| near.closeness < Closeness::TwoSlips) {
        let all = routes.found(Route::Phrase(near.word));
        if all.len() <= FEW {
            found.extend(all);
        }
    }
    if houses.is_empty() {
        let people = |near: Near| routes.found(Route::Phrase(near.word));
        let streets: Vec<&[Slot]> = place.streets().map(people).collect();
        let areas: Vec<&[Slot]> = place.areas().map(people).collect();
        both(&[&streets], &[&areas], slots, found);
    }
}

fn by_identifier(asked: &Asked<'_>, routes: &Routes, found: &mut Vec<Slot>) {
    if let Some(Born::Day { year, month, day }) = asked.born {
        found.extend(routes.found(Route::Born(year, month, day)));
        found.extend(routes.found(Route::Born(year, day, month)));
    }
    let exact = [
        asked.uprn.map(Route::Uprn),
        asked.phone.map(Route::Phone),
        asked.handle.map(Route::Handle),
        asked.reference.map(Route::Reference),
    ];
    for route in exact.into_iter().flatten() {
        found.extend(routes.found(route));
    }
    for near in asked.mail.iter().flat_map(|mail| &mail.near) {
        found.extend(routes.found(Route::Mail(near.word)));
    }
}
