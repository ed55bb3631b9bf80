//! The lockers' keys in memory: which there are, which are erased, and what is sealed and opened with them.
//!
//! A key that was drawn for a new locker counts only once the store has it: until then it lies in the [`Sealed`] it was drawn
//! for, and is forgotten with it when the append fails.

use crate::entropy::Entropy;
use crate::keyring::{Keyring, KeyringError, WrappedKey};
use crate::record::{Draft, Locker, Log, SealedDraft};
use crate::seal::{self, Key, SealError};
use std::collections::{HashMap, HashSet};

/// The keys of the lockers.
#[derive(Debug, Default)]
pub(crate) struct Vault {
    keys: HashMap<Locker, Key>,
    erased: HashSet<Locker>,
}

/// What there is of a locker. The third is a fault, never a reason to purge.
pub(crate) enum State<'a> {
    Open(&'a Key),
    Erased,
    Missing,
}

/// Drafts that are sealed, and the keys that were drawn for it.
pub(crate) struct Sealed {
    pub records: Vec<SealedDraft>,
    pub wrapped: Vec<WrappedKey>,
    drawn: HashMap<Locker, Key>,
}

impl Vault {
    pub fn state(&self, locker: Locker) -> State<'_> {
        match self.keys.get(&locker) {
            _ if self.erased.contains(&locker) => State::Erased,
            Some(key) => State::Open(key),
            None => State::Missing,
        }
    }

    pub fn learn(&mut self, keyring: &Keyring, wrapped: &[WrappedKey]) -> Result<(), KeyringError> {
        for key in wrapped {
            if !self.erased.contains(&key.locker) {
                self.keys.insert(key.locker, keyring.unwrap(key)?);
            }
        }
        Ok(())
    }

    pub fn forget(&mut self, lockers: impl IntoIterator<Item = Locker>) {
        for locker in lockers {
            self.keys.remove(&locker);
            self.erased.insert(locker);
        }
    }

    /// Takes in the keys drawn for an append that succeeded.
    pub fn adopt(&mut self, drawn: Drawn) {
        self.keys.extend(drawn.0);
    }

    /// Seals drafts, drawing a key for each locker that has none.
    pub fn seal(
        &self,
        keyring: &Keyring,
        log: Log,
        drafts: Vec<Draft>,
        entropy: &mut dyn Entropy,
    ) -> Result<Sealed, SealError> {
        let mut drawn = HashMap::new();
        let mut wrapped = Vec::new();
        for locker in drafts.iter().flat_map(|draft| &draft.particulars).map(|particular| particular.locker) {
            if locker == Locker::PLUMBING {
                return Err(SealError::Reserved(locker));
            }
            if let (State::Missing, false) = (self.state(locker), drawn.contains_key(&locker)) {
                let key = Key::draw(entropy)?;
                wrapped.push(keyring.wrap(locker, &key, entropy)?);
                drawn.insert(locker, key);
            }
        }
        let key_of = |locker| match self.state(locker) {
            State::Open(key) => Ok(key),
            State::Erased => Err(SealError::Erased(locker)),
            State::Missing => drawn.get(&locker).ok_or(SealError::Erased(locker)),
        };
        let records = drafts
            .into_iter()
            .map(|draft| seal::seal(log, draft, key_of, entropy))
            .collect::<Result<_, _>>()?;
        Ok(Sealed { records, wrapped, drawn })
    }

    /// Every key, wrapped anew under the keyring's present epoch.
    pub fn rewrap(&self, keyring: &Keyring, entropy: &mut dyn Entropy) -> Result<Vec<WrappedKey>, SealError> {
        self.keys.iter().map(|(locker, key)| keyring.wrap(*locker, key, entropy)).collect()
    }
}

/// Keys drawn for an append that may yet fail.
pub(crate) struct Drawn(HashMap<Locker, Key>);

impl Sealed {
    pub fn into_parts(self) -> (Vec<SealedDraft>, Vec<WrappedKey>, Drawn) {
        (self.records, self.wrapped, Drawn(self.drawn))
    }
}
