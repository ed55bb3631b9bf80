//! The two sides of one stored event: what is handed over to be sealed and chained, and what is read back.

use super::error::WireError;
use super::shape::{Facts, Nullable, Sealed, Shape, Written};
use register::personal::{Locker, Particulars, Personal};
use std::fmt;

/// An event as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// What happened, such as `incident.reported`. Written by hand and never derived from a name in the code.
    pub kind: &'static str,
    /// Which shape of that kind, from 1.
    pub version: u16,
    /// Compact JSON of references, dates, numbers, keys and codes; never free text. These bytes are what is chained.
    pub facts: Vec<u8>,
    /// What is sealed beside the log.
    pub particulars: Vec<EncodedParticular>,
}

/// One part of an event that goes into a locker. `Debug` does not show its content.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodedParticular {
    /// Which part of the event it is; no event has two of one name.
    pub field: &'static str,
    /// Where it goes.
    pub locker: Locker,
    /// JSON, not sealed yet.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for EncodedParticular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {:?}", self.field, self.locker)
    }
}

/// One part of an event as it came back from the ledger. Attachments are kept beside a report but are no part of its shape:
/// they are not handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsealed {
    /// Which part of the event it is.
    pub field: String,
    /// Where it lies or lay.
    pub locker: Locker,
    /// Its JSON, or that its locker was destroyed by a recorded erasure. One that is missing without an erasure is a fault of
    /// the store, and not handed over as erased.
    pub content: Personal<Vec<u8>>,
}

impl Encoded {
    pub(super) fn of<F: Facts>(facts: &F) -> Result<Self, WireError> {
        Ok(Self {
            kind: F::KIND,
            version: F::VERSION,
            facts: serde_json::to_vec(facts).map_err(|_| WireError::NotWritten { kind: F::KIND })?,
            particulars: Vec::new(),
        })
    }

    pub(super) fn sealed<S: Shape>(
        mut self,
        field: &'static str,
        particulars: &Particulars<S::Domain>,
    ) -> Result<Self, WireError> {
        let kind = self.kind;
        let content = particulars.known().ok_or(WireError::Erased { kind, field })?;
        let bytes = serde_json::to_vec(&S::store(content)).map_err(|_| WireError::NotWritten { kind })?;
        self.particulars.push(EncodedParticular { field, locker: particulars.locker, bytes });
        Ok(self)
    }

    /// For particulars that an event need not have; the facts then hold [`mark`] of them.
    pub(super) fn sealed_if_any<S: Shape>(
        self,
        field: &'static str,
        particulars: Option<&Particulars<S::Domain>>,
    ) -> Result<Self, WireError> {
        match particulars {
            Some(particulars) => self.sealed::<S>(field, particulars),
            None => Ok(self),
        }
    }
}

/// What the facts say of particulars that an event need not have.
pub(super) fn mark<T>(particulars: Option<&Particulars<T>>) -> Nullable<Written<Sealed>> {
    Nullable(particulars.map(|_| Written(Sealed)))
}

/// A stored event that is being read: each part is taken once, and none may be left.
pub(super) struct Reading<'a> {
    pub(super) kind: &'a str,
    pub(super) version: u16,
    pub(super) facts: &'a [u8],
    pub(super) particulars: Vec<Unsealed>,
}

impl Reading<'_> {
    pub(super) fn facts<F: Facts>(&self) -> Result<F, WireError> {
        serde_json::from_slice(self.facts).map_err(|error| WireError::Facts {
            kind: self.kind.to_owned(),
            version: self.version,
            error,
        })
    }

    pub(super) fn opened<S: Shape>(
        &mut self,
        field: &'static str,
    ) -> Result<Particulars<S::Domain>, WireError> {
        let found = self.particulars.iter().position(|unsealed| unsealed.field == field);
        let Some(Unsealed { locker, content, .. }) = found.map(|index| self.particulars.swap_remove(index))
        else {
            return Err(WireError::NoParticulars {
                kind: self.kind.to_owned(),
                version: self.version,
                field,
            });
        };
        let content = match content {
            Personal::Erased => Personal::Erased,
            Personal::Known(json) => {
                let shape: S = serde_json::from_slice(&json).map_err(|error| WireError::Particulars {
                    kind: self.kind.to_owned(),
                    version: self.version,
                    field,
                    column: error.column(),
                })?;
                Personal::Known(shape.restore())
            }
        };
        Ok(Particulars { locker, content })
    }

    pub(super) fn opened_if_any<S: Shape>(
        &mut self,
        mark: &Nullable<Written<Sealed>>,
        field: &'static str,
    ) -> Result<Option<Particulars<S::Domain>>, WireError> {
        mark.0.as_ref().map(|_| self.opened::<S>(field)).transpose()
    }

    /// # Errors
    /// [`WireError::Surplus`] where a part was not taken.
    pub(super) fn finish(self) -> Result<(), WireError> {
        match self.particulars.into_iter().next() {
            None => Ok(()),
            Some(surplus) => Err(WireError::Surplus {
                kind: self.kind.to_owned(),
                version: self.version,
                field: surplus.field,
            }),
        }
    }
}
