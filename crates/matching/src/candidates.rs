//! Who is worth comparing: the union of the routes a question opens.

use rustc_hash::FxHashSet;

use crate::asked::Asked;
use crate::born::Born;
use crate::name::AskedName;
use crate::profile::Slot;
use crate::route::{Route, Routes};
use crate::spelling::{Closeness, Near, Word};

/// The most that one word of a name may propose alone.
const ALONE: usize = 400;
/// A street or village with more people is looked into only by the number of the house, or where a street and a village meet.
const FEW: usize = 24;

/// Every slot that some route proposes, in order, each once.
pub(crate) fn candidates(asked: &Asked<'_>, routes: &Routes) -> Vec<Slot> {
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
    route: fn(Word) -> Route,
) -> impl Iterator<Item = &'a [Slot]> {
    name.units
        .get(unit)
        .into_iter()
        .flat_map(|unit| &unit.near)
        .map(move |near| routes.found(route(near.word)))
}

fn by_name(asked: &Asked<'_>, routes: &Routes, found: &mut Vec<Slot>) {
    let Some(name) = &asked.name else { return };
    found.extend(
        asked.run_together.map(|digest| routes.found(Route::RunTogether(digest))).into_iter().flatten(),
    );
    if name.units.len() == 1 {
        found.extend(bearers(name, 0, routes, Route::Family).flatten().take(ALONE));
        found.extend(bearers(name, 0, routes, Route::Given).flatten().take(ALONE));
        return;
    }
    for reading in &name.readings {
        let family =
            || reading.family.into_iter().flat_map(|unit| bearers(name, unit, routes, Route::Family));
        let given = || reading.given.into_iter().flat_map(|unit| bearers(name, unit, routes, Route::Given));
        if reading.given.is_none_or(|unit| name.is_initial(unit)) {
            found.extend(family().flatten().take(ALONE));
        } else if reading.family.is_none() {
            found.extend(given().flatten().take(ALONE));
        } else if count(family()) < count(given()) {
            both(family(), given(), found);
        } else {
            both(given(), family(), found);
        }
    }
}

fn count<'a>(lists: impl Iterator<Item = &'a [Slot]>) -> usize {
    lists.map(<[Slot]>::len).sum()
}

/// Those who are in some list of the few and in some list of the many.
fn both<'a>(
    few: impl Iterator<Item = &'a [Slot]>,
    many: impl Iterator<Item = &'a [Slot]>,
    found: &mut Vec<Slot>,
) {
    let few: FxHashSet<Slot> = few.flatten().copied().collect();
    if !few.is_empty() {
        found.extend(many.flatten().copied().filter(|slot| few.contains(slot)));
    }
}

fn by_place(asked: &Asked<'_>, routes: &Routes, found: &mut Vec<Slot>) {
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
        both(place.streets().map(people), place.areas().map(people), found);
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
