//! Who is worth comparing: the union of the routes a question opens.

use rustc_hash::FxHashSet;

use crate::asked::Asked;
use crate::born::Born;
use crate::name::AskedName;
use crate::profile::Slot;
use crate::route::{Route, Routes};
use crate::spelling::Closeness;

/// The most that one word of a name may propose alone.
const ALONE: usize = 400;
/// A street, or a town, this full is looked into only with a number.
const STREET: usize = 24;

/// Every slot that some route proposes, in order, each once.
pub(crate) fn candidates(asked: &Asked, routes: &Routes) -> Vec<Slot> {
    let mut found = Vec::new();
    by_name(asked, routes, &mut found);
    by_place(asked, routes, &mut found);
    by_identifier(asked, routes, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn bearers<'a>(
    name: &'a AskedName,
    unit: usize,
    routes: &'a Routes,
    route: fn(crate::spelling::Word) -> Route,
) -> impl Iterator<Item = Slot> + 'a {
    name.units
        .get(unit)
        .into_iter()
        .flat_map(|unit| unit.near.iter())
        .flat_map(move |near| routes.found(route(near.word)).iter().copied())
}

fn by_name(asked: &Asked, routes: &Routes, found: &mut Vec<Slot>) {
    let Some(name) = &asked.name else { return };
    found
        .extend(asked.run_together.map(Route::RunTogether).into_iter().flat_map(|route| routes.found(route)));
    if name.units.len() == 1 {
        found.extend(bearers(name, 0, routes, Route::Family).take(ALONE));
        found.extend(bearers(name, 0, routes, Route::Given).take(ALONE));
        return;
    }
    for (first, last, _) in name.readings() {
        if name.is_initial(first) {
            found.extend(bearers(name, last, routes, Route::Family).take(ALONE));
        } else {
            let given: FxHashSet<Slot> = bearers(name, first, routes, Route::Given).collect();
            found.extend(bearers(name, last, routes, Route::Family).filter(|slot| given.contains(slot)));
        }
    }
}

fn by_place(asked: &Asked, routes: &Routes, found: &mut Vec<Slot>) {
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
        let all = routes.found(Route::Phrase(street.word));
        if all.len() <= STREET && street.closeness < Closeness::TwoSlips {
            found.extend(all);
        }
    }
}

fn by_identifier(asked: &Asked, routes: &Routes, found: &mut Vec<Slot>) {
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
