//! Reading everything again and saying what is wrong, and where. It changes nothing, and goes on after what it finds.

use crate::ahead::Ahead;
use crate::damage::{Damage, Finding};
use crate::digest::Digest;
use crate::keyring::Keyring;
use crate::noted::Noted;
use crate::record::{Body, Kept, Locker, Log, Micros, SealedParticular, Stored, particulars_digest};
use crate::recount::Recount;
use crate::store::{Lockers, Store, StoreError};
use crate::tree::Head;
use std::collections::{HashMap, HashSet};

/// Records read at a time.
const PAGE: u32 = 2_000;

/// What a verification read, and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The register log's head.
    pub register: Head,
    /// The access log's head.
    pub access: Head,
    /// Everything that is wrong; empty when the ledger is sound.
    pub findings: Vec<Finding>,
}

/// The keys of the register that is verified.
#[derive(Debug, Clone, Copy)]
pub enum Keys<'a> {
    /// At hand: whether they open what is locked is asked too.
    Held(&'a Keyring),
    /// With somebody else. What is sealed is held against its digests all the same.
    Elsewhere,
}

/// Verifies both logs, everything that is sealed beside them, and the lockers' keys, against each other and against the heads
/// noted outside; that every item of the plumbing opens; and what the database itself checks.
///
/// # Errors
/// When the store cannot be reached. Damage is not an error but a finding.
pub async fn verify(store: &dyn Store, noted: &Noted, keys: Keys<'_>) -> Result<Report, StoreError> {
    let mut inspection = Inspection::default();
    let faults = Ahead::begin(store.faults()).await;
    let register = inspection.log(store, noted, Log::Register).await?;
    let access = inspection.log(store, noted, Log::Access).await?;
    inspection.whole(faults.finish().await.map(|faults| faults.into_iter().map(Damage::Faulty).collect()))?;
    let lockers = inspection.lockers(store, keys).await;
    inspection.whole(lockers.map(|()| Vec::new()))?;
    if let Keys::Held(keyring) = keys {
        let items = inspection.items(store, keyring).await;
        inspection.whole(items)?;
    }
    inspection.findings.sort_by_key(|finding| (finding.log, *finding.positions.start()));
    Ok(Report { register, access, findings: inspection.findings })
}

/// Where something stands.
type Place = (Log, u64);

#[derive(Default)]
struct Inspection {
    findings: Vec<Finding>,
    /// Lockers with sealed content, and where it was met first.
    filled: HashMap<Locker, Place>,
    /// Lockers without some content that was recorded in them.
    emptied: Vec<(Place, String, Locker)>,
    /// Lockers that records erase.
    erased: HashMap<Locker, Place>,
}

impl Inspection {
    async fn log(&mut self, store: &dyn Store, noted: &Noted, log: Log) -> Result<Head, StoreError> {
        let mut recount = Recount::new(log, noted.of(log));
        let mut recorded_at = Micros(i64::MIN);
        let mut page = store.read(log, 0, PAGE).await;
        loop {
            let records = match page {
                Err(StoreError::Damaged(_)) => self.up_to_the_damage(store, log, recount.position()).await?,
                sound => sound?,
            };
            let Some(last) = records.last().map(|stored| stored.record.position) else {
                let (tree, mut found) = recount.finish();
                if self
                    .findings
                    .iter()
                    .any(|known| known.log == log && matches!(known.damage, Damage::Unreadable(_)))
                {
                    // Where nothing can be read, nothing is known to be lost.
                    found.retain(|finding| finding.damage != Damage::RolledBack);
                }
                self.findings.append(&mut found);
                return Ok(tree.head());
            };
            let next = Ahead::begin(store.read(log, last, PAGE)).await;
            for stored in &records {
                let record = &stored.record;
                recount.push(record.position, record.leaf);
                if record.recorded_at < recorded_at {
                    self.find((log, record.position), Damage::BackInTime);
                }
                recorded_at = record.recorded_at;
                self.record(stored);
                self.attachments(store, stored).await?;
            }
            page = next.finish().await;
        }
    }

    /// The records that can be read after a position, one by one; none when the next one cannot.
    async fn up_to_the_damage(
        &mut self,
        store: &dyn Store,
        log: Log,
        after: u64,
    ) -> Result<Vec<Stored>, StoreError> {
        let mut readable: Vec<Stored> = Vec::new();
        loop {
            let last = readable.last().map_or(after, |stored| stored.record.position);
            match store.read(log, last, 1).await {
                Ok(one) if !one.is_empty() => readable.extend(one),
                Err(StoreError::Damaged(unreadable)) if readable.is_empty() => {
                    self.findings.extend(unreadable);
                    return Ok(readable);
                }
                Ok(_) | Err(StoreError::Damaged(_)) => return Ok(readable),
                Err(error) => return Err(error),
            }
        }
    }

    fn record(&mut self, stored: &Stored) {
        let record = &stored.record;
        let place = (record.log, record.position);
        if record.leaf != record.computed_leaf() {
            self.find(place, Damage::Altered);
        }
        if record.particulars_digest != particulars_digest(&stored.particulars) {
            self.find(place, Damage::ParticularsDiffer);
        }
        for locker in &record.erases {
            self.erased.entry(*locker).or_insert(place);
        }
        for particular in stored.particulars.iter().filter(|particular| particular.body != Body::Apart) {
            self.particular(place, particular);
        }
    }

    /// Attachments are read one at a time.
    async fn attachments(&mut self, store: &dyn Store, stored: &Stored) -> Result<(), StoreError> {
        let place = (stored.record.log, stored.record.position);
        for apart in stored.particulars.iter().filter(|particular| particular.body == Body::Apart) {
            let found = store.attachment(&apart.field).await?.and_then(|owner| {
                owner
                    .particulars
                    .into_iter()
                    .find(|found| found.kept == Kept::Apart && found.field == apart.field)
            });
            match found {
                Some(attachment) if attachment.body != Body::Apart => self.particular(place, &attachment),
                _ => self.find(place, Damage::ParticularsDiffer),
            }
        }
        Ok(())
    }

    fn particular(&mut self, place: Place, particular: &SealedParticular) {
        match &particular.body {
            Body::Sealed(sealed) => {
                self.filled.entry(particular.locker).or_insert(place);
                if Digest::of(sealed) != particular.digest {
                    self.find(place, Damage::SealedAltered(particular.field.clone()));
                }
            }
            Body::Apart | Body::Erased => {
                self.emptied.push((place, particular.field.clone(), particular.locker));
            }
        }
    }

    /// Compares what the records erase and fill with the keys there are.
    async fn lockers(&mut self, store: &dyn Store, held: Keys<'_>) -> Result<(), StoreError> {
        let mut keys = HashSet::new();
        for wrapped in store.keys(Lockers::All).await? {
            if matches!(held, Keys::Held(keyring) if keyring.unwrap(&wrapped).is_err()) {
                let place = self.filled.get(&wrapped.locker).copied().unwrap_or((Log::Register, 0));
                self.find(place, Damage::KeyUnreadable(wrapped.locker));
            }
            keys.insert(wrapped.locker);
        }
        let refused: HashSet<Locker> = store.erased().await?.into_iter().collect();
        for (locker, place) in self.erased.clone() {
            if keys.contains(&locker) || self.filled.contains_key(&locker) || !refused.contains(&locker) {
                self.find(place, Damage::NotErased(locker));
            }
        }
        for (locker, place) in self.filled.clone() {
            if !keys.contains(&locker) && !self.erased.contains_key(&locker) {
                self.find(place, Damage::KeyMissing(locker));
            }
        }
        for (place, field, locker) in std::mem::take(&mut self.emptied) {
            if !self.erased.contains_key(&locker) {
                self.find(place, Damage::SealedMissing { field, locker });
            }
        }
        Ok(())
    }

    /// Every item must open. Without the plumbing's key none can, which is found with the keys.
    async fn items(&self, store: &dyn Store, keyring: &Keyring) -> Result<Vec<Damage>, StoreError> {
        let items = store.all_items().await?;
        let wrapped = store.keys(Lockers::These(vec![Locker::PLUMBING])).await?;
        let Some(Ok(key)) = wrapped.first().map(|wrapped| keyring.unwrap(wrapped)) else {
            return Ok(Vec::new());
        };
        let altered = items.into_iter().filter(|item| key.open(&item.aad(), &item.body).is_err());
        Ok(altered.map(|item| Damage::ItemAltered { kind: item.kind, key: item.key }).collect())
    }

    /// Takes in what was found beside the records, also where it could not be read to the end.
    fn whole(&mut self, found: Result<Vec<Damage>, StoreError>) -> Result<(), StoreError> {
        match found {
            Ok(found) => found.into_iter().for_each(|damage| self.find((Log::Register, 0), damage)),
            Err(StoreError::Damaged(found)) => self.findings.extend(found),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn find(&mut self, (log, position): Place, damage: Damage) {
        self.findings.push(Finding { log, positions: position..=position, damage });
    }
}
