//! The independent ways in which a description can be come upon, so that no one error loses it.

use rustc_hash::FxHashMap;

use crate::address::Postcode;
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
#[derive(Debug, Clone, Default)]
pub(crate) struct Routes {
    lists: FxHashMap<Route, Vec<Slot>>,
}

impl Routes {
    pub(crate) fn add(&mut self, route: Route, slot: Slot) {
        let list = self.lists.entry(route).or_default();
        if let Err(at) = list.binary_search(&slot) {
            list.insert(at, slot);
        }
    }

    pub(crate) fn remove(&mut self, route: Route, slot: Slot) {
        if let Some(list) = self.lists.get_mut(&route) {
            if let Ok(at) = list.binary_search(&slot) {
                list.remove(at);
            }
            if list.is_empty() {
                self.lists.remove(&route);
            }
        }
    }

    pub(crate) fn found(&self, route: Route) -> &[Slot] {
        self.lists.get(&route).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}
