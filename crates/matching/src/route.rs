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
/// Routes are kept by a digest of 64 bits. Two that shared one would only propose someone needlessly: what is proposed is compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Routes {
    lists: FxHashMap<u64, Few>,
}

fn digest(route: Route) -> u64 {
    FxBuildHasher.hash_one(route)
}

impl Routes {
    pub(crate) fn add(&mut self, route: Route, slot: Slot) {
        self.lists.entry(digest(route)).or_default().add(slot);
    }

    pub(crate) fn remove(&mut self, route: Route, slot: Slot) {
        let digest = digest(route);
        if let Some(list) = self.lists.get_mut(&digest) {
            list.remove(slot);
            if list.is_empty() {
                self.lists.remove(&digest);
            }
        }
    }

    pub(crate) fn found(&self, route: Route) -> &[Slot] {
        self.lists.get(&digest(route)).map_or(&[], Few::as_slice)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}
