//! Decoys: addresses at which nobody lives and nobody is on file. No visit leads there, so that whoever asks about one walks along addresses, or
//! tries what the register knows. An answer tells nothing of it, no marker is made up for it, and no page but its own shows it (decision 42).
//!
//! They are plumbing, sealed. One that is taken back is kept for as long as the looks at it are overseen.

use super::rules::Place;
use super::{BACK, FOR_EVER};
use crate::access::Look;
use crate::fault::Fault;
use crate::{Service, shelf};
use jiff::Timestamp;
use register::ids::AccountId;
use register::state::Register;
use serde::{Deserialize, Serialize};

/// The most that stand at once: a few are hit by every walk, and more are hit by slips.
pub const MOST_DECOYS: usize = 10;

const DECOYS: shelf::Kind<Vec<Decoy>> = shelf::Kind::new("decoys");
const ALL: &str = "all";

/// An address that somebody makes a decoy of.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// House number, street and town.
    pub lines: String,
    /// The postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// A property reference that no property has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uprn: Option<u64>,
}

impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wanted(…)")
    }
}

impl Wanted {
    /// The place, as looks are compared with it.
    fn place(&self) -> Place {
        let uprn = self.uprn.map(|uprn| uprn.to_string());
        Place::read(&self.lines, self.postcode.as_deref()).numbered(uprn.as_deref())
    }
}

/// An address at which nobody lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoy {
    /// Which.
    #[serde(flatten)]
    pub address: Wanted,
    by: u64,
    /// Since when.
    pub placed: Timestamp,
    /// Until when, where it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_back: Option<Timestamp>,
}

impl Decoy {
    /// Who placed it.
    #[must_use]
    pub const fn by(&self) -> AccountId {
        AccountId::from_bits(self.by)
    }

    /// The place, as looks are compared with it.
    pub(super) fn place(&self) -> Place {
        self.address.place()
    }

    /// Whether it stood at an instant.
    pub(super) fn stood(&self, at: Timestamp) -> bool {
        self.placed <= at && self.taken_back.is_none_or(|until| at < until)
    }
}

/// Why no decoy was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecoyRefused {
    /// Nobody could tell one house from the next.
    #[error("Enter a house number and a street: a decoy is one address")]
    NotOneAddress,
    /// Whoever is there would be taken for a decoy.
    #[error("Somebody on the register is at this address. Choose one at which nobody is")]
    SomebodyIsThere,
    /// It is one already.
    #[error("This address is a decoy already")]
    Known,
    /// There are enough.
    #[error("There are ten decoys. Take one back first")]
    Enough,
}

impl Service {
    /// The decoys that stand, oldest first. To read them is a row of the access log.
    ///
    /// # Errors
    /// A fault.
    pub async fn decoys(&self, by: AccountId) -> Result<Vec<Decoy>, Fault> {
        let mut decoys = self.every_decoy().await?;
        decoys.retain(|decoy| decoy.taken_back.is_none());
        self.look(by, Look::Accesses, |_| ()).await?;
        Ok(decoys)
    }

    /// Makes a decoy of an address.
    ///
    /// # Errors
    /// A fault, or, within, why it was not placed.
    pub async fn place_decoy(
        &self,
        by: AccountId,
        wanted: &Wanted,
    ) -> Result<Result<(), DecoyRefused>, Fault> {
        let decoy = Decoy { address: wanted.clone(), by: by.bits(), placed: self.now(), taken_back: None };
        let place = decoy.place();
        if !place.is_one_address() {
            return Ok(Err(DecoyRefused::NotOneAddress));
        }
        if self.read(|register| is_anybodys(register, &place)) {
            return Ok(Err(DecoyRefused::SomebodyIsThere));
        }
        let placed = self.revise_decoys(|decoys| {
            let mut standing = decoys.iter().filter(|decoy| decoy.taken_back.is_none());
            if standing.clone().any(|other| other.place().is(&place)) {
                Err(DecoyRefused::Known)
            } else if standing.by_ref().count() >= MOST_DECOYS {
                Err(DecoyRefused::Enough)
            } else {
                decoys.push(decoy.clone());
                Ok(())
            }
        });
        placed.await
    }

    /// Takes a decoy back; says whether there was one placed at that instant.
    ///
    /// # Errors
    /// A fault.
    pub async fn take_decoy_back(&self, placed: Timestamp) -> Result<bool, Fault> {
        let now = self.now();
        let taken = self.revise_decoys(|decoys| {
            let stands = |decoy: &&mut Decoy| decoy.placed == placed && decoy.taken_back.is_none();
            decoys.iter_mut().find(stands).map(|decoy| decoy.taken_back = Some(now)).is_some()
        });
        taken.await
    }

    /// Those that stand, and those that stood when a look that is still overseen was made.
    pub(super) async fn every_decoy(&self) -> Result<Vec<Decoy>, Fault> {
        Ok(self.inner.shelf.get(&DECOYS, ALL).await?.unwrap_or_default())
    }

    async fn revise_decoys<R>(&self, change: impl Fn(&mut Vec<Decoy>) -> R) -> Result<R, Fault> {
        let now = self.now();
        let revised = self.inner.shelf.revise(&DECOYS, ALL, now + FOR_EVER, |decoys: &mut Vec<Decoy>| {
            decoys.retain(|decoy| decoy.taken_back.is_none_or(|until| now.duration_since(until) <= BACK));
            change(decoys)
        });
        revised.await
    }
}

/// Whether anybody on file is, or was, at a place.
fn is_anybodys(register: &Register, place: &Place) -> bool {
    let mut on_file = register.subjects().filter_map(|subject| subject.details.known());
    on_file.any(|details| details.addresses().iter().any(|address| super::place(address).is(place)))
}
