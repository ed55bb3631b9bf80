//! The independent ways in which a description can be come upon, so that no one error loses it.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::address::Postcode;
use crate::few::Few;
use crate::profile::Slot;
use crate::spelling::Word;

/// One thing that leads to those who share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Route {
    Given(Word),
    Family(Word),
    RunTogether(u64),
    Born(i16, u8, u8),
    Postcode(Postcode),
    /// Anything named in an address.
    Phrase(Word),
    /// A house or flat number with anything named in the address.
    House(Word, u16),
    Uprn(u64),
    Phone(u64),
    Mail(Word),
    Handle(u64),
    Reference(u64),
}

/// Who is found by which route, each list in the order of its slots.
///
/// What a word leads to lies at the place of the word. Other routes are kept by a digest of 64 bits: two that shared one would only propose
/// someone needlessly, for what is proposed is compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Routes {
    /// By the words of names: those who bear it as a given name, and as a family name.
    bearers: Vec<[Few; 2]>,
    /// By the named parts of addresses: those who live there.
    living: Vec<Few>,
    others: FxHashMap<u64, Few>,
    /// How many lists are not empty.
    used: usize,
}

fn digest(route: Route) -> u64 {
    FxBuildHasher.hash_one(route)
}

impl Routes {
    pub(crate) fn add(&mut self, route: Route, slot: Slot) {
        let list = match route {
            Route::Given(word) => grown(&mut self.bearers, word).map(|[given, _]| given),
            Route::Family(word) => grown(&mut self.bearers, word).map(|[_, family]| family),
            Route::Phrase(word) => grown(&mut self.living, word),
            other => Some(self.others.entry(digest(other)).or_default()),
        };
        if let Some(list) = list {
            self.used += usize::from(list.is_empty());
            list.add(slot);
        }
    }

    pub(crate) fn remove(&mut self, route: Route, slot: Slot) {
        let list = match route {
            Route::Given(word) => self.bearers.get_mut(word.place()).map(|[given, _]| given),
            Route::Family(word) => self.bearers.get_mut(word.place()).map(|[_, family]| family),
            Route::Phrase(word) => self.living.get_mut(word.place()),
            other => self.others.get_mut(&digest(other)),
        };
        let Some(list) = list.filter(|list| !list.is_empty()) else { return };
        list.remove(slot);
        if list.is_empty() {
            self.used -= 1;
            self.others.remove(&digest(route));
        }
    }

    pub(crate) fn found(&self, route: Route) -> &[Slot] {
        let list = match route {
            Route::Given(word) => self.bearers.get(word.place()).map(|[given, _]| given),
            Route::Family(word) => self.bearers.get(word.place()).map(|[_, family]| family),
            Route::Phrase(word) => self.living.get(word.place()),
            other => self.others.get(&digest(other)),
        };
        list.map_or(&[], Few::as_slice)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.used == 0
    }
}

/// What lies at the place of a word, in a table made long enough.
fn grown<T: Default>(table: &mut Vec<T>, word: Word) -> Option<&mut T> {
    if table.len() <= word.place() {
        table.resize_with(word.place() + 1, T::default);
    }
    table.get_mut(word.place())
}
