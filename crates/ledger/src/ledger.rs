//! The ledger as the register uses it: a store, the keys to it, and the rule that nothing unsound is read in silence.

use crate::checkpoint::Verifiers;
use crate::damage::{Damage, Finding};
use crate::digest::Canonical;
use crate::entropy::Entropy;
use crate::keyring::{Epoch, Keyring, KeyringError};
use crate::plumbing::{Item, Present};
use crate::proof::Proofs;
use crate::record::{
    Body, CommandId, Draft, Locker, Log, Micros, Record, SealedParticular, Stored, particulars_digest,
};
use crate::seal::{self, DoesNotOpen, Key, OnceKey, Place, SealError};
use crate::store::{Appended, Batch, Expected, Lockers, Store, StoreError};
use crate::tree::Head;
use crate::vault::{State, Vault};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// How often an append is sealed again because another process gave a new locker its key first.
const ATTEMPTS: u32 = 5;

/// No record stands after this: databases count in 63 bits.
const LAST: u64 = i64::MAX.cast_unsigned();

/// Why the ledger did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The store did not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The particulars could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The keyring cannot be used.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// Lockers have content and no key, and no record erased them.
    #[error("no key for the content of lockers {}", .0.iter().map(Locker::to_string).collect::<Vec<_>>().join(", "))]
    KeysMissing(Vec<Locker>),
    /// A record is not sound.
    #[error(transparent)]
    Damaged(#[from] Finding),
    /// An item's body does not open.
    #[error("an item of kind {0} does not open")]
    ItemSealed(String),
}

/// What a particular says now.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// The plaintext.
    Known(Vec<u8>),
    /// An attachment, to be asked for by its name.
    Apart,
    /// Destroyed with its locker.
    Erased,
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Content::Known(_) => "Known(…)",
            Content::Apart => "Apart",
            Content::Erased => "Erased",
        })
    }
}

/// A particular, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedParticular {
    /// Which part of the record.
    pub field: String,
    /// The locker it lies in.
    pub locker: Locker,
    /// What it says.
    pub content: Content,
}

/// A record that was found sound, with its particulars opened, in the order of their fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The record.
    pub record: Record,
    /// Its particulars.
    pub particulars: Vec<OpenedParticular>,
}

/// An open ledger. Shared by reference; every method may be called from many tasks at once.
pub struct Ledger {
    store: Arc<dyn Store>,
    keyring: RwLock<Keyring>,
    vault: RwLock<Vault>,
    entropy: Mutex<Box<dyn Entropy>>,
    proofs: Proofs,
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ledger(…)")
    }
}

impl LedgerError {
    /// Whether the store could not be reached or written, and nothing else is wrong: what is tried again later may succeed.
    #[must_use]
    pub const fn is_outage(&self) -> bool {
        matches!(self, Self::Store(StoreError::Full | StoreError::Unavailable(_) | StoreError::Unknown(_)))
    }
}

impl Ledger {
    /// Opens the ledger in a store, with every locker's key.
    ///
    /// # Errors
    /// [`LedgerError::KeysMissing`] when content has no key and was not erased, and [`LedgerError::Keyring`] when a key does not
    /// unwrap: a fault to be put right, never a reason to start without.
    pub async fn open(
        store: Arc<dyn Store>,
        keyring: Keyring,
        entropy: Box<dyn Entropy>,
    ) -> Result<Self, LedgerError> {
        let mut vault = Vault::default();
        vault.forget(store.erased().await?);
        vault.learn(&keyring, &store.keys(Lockers::All).await?)?;
        let keyless = store.keyless().await?;
        if !keyless.is_empty() {
            return Err(LedgerError::KeysMissing(keyless));
        }
        let ledger = Self {
            store,
            keyring: RwLock::new(keyring),
            vault: RwLock::new(vault),
            entropy: Mutex::new(entropy),
            proofs: Proofs::default(),
        };
        ledger.make_plumbing_locker().await?;
        Ok(ledger)
    }

    /// The store beneath.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// How many records the log has now, whoever wrote them.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn size(&self, log: Log) -> Result<u64, LedgerError> {
        Ok(self.head(log).await?.size)
    }

    /// The log's head, as the store has it now.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn head(&self, log: Log) -> Result<Head, LedgerError> {
        Ok(self.store.head(log).await?)
    }

    /// The log's head now as a signed checkpoint, to be printed, mailed and kept elsewhere.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn checkpoint(&self, log: Log) -> Result<String, LedgerError> {
        let head = self.store.head(log).await?;
        Ok(self.sign(log, head))
    }

    /// What the public needs to check the checkpoints of both logs.
    #[must_use]
    pub fn verifiers(&self) -> Verifiers {
        self.keyring().verifiers()
    }

    pub(crate) fn sign(&self, log: Log, head: Head) -> String {
        self.keyring().signer(log).sign(head)
    }

    /// What opens these sealed bytes and no others; nothing where their locker was erased.
    pub(crate) fn once_key(&self, locker: Locker, sealed: &[u8]) -> Option<OnceKey> {
        match self.vault().state(locker) {
            State::Open(key) => OnceKey::of(key, sealed).ok(),
            State::Erased | State::Missing => None,
        }
    }

    pub(crate) const fn proofs(&self) -> &Proofs {
        &self.proofs
    }

    /// Seals and appends drafts: all of them or none, durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when the log does not end where expected, [`StoreError::AlreadyRecorded`] when the command was
    /// carried out before; both within [`LedgerError::Store`].
    pub async fn append(
        &self,
        log: Log,
        expected: Expected,
        now: Micros,
        drafts: Vec<Draft>,
    ) -> Result<Appended, LedgerError> {
        let mut attempt = 1;
        loop {
            let sealed = self.vault().seal(&self.keyring(), log, drafts.clone(), &mut **self.entropy())?;
            let (records, keys, drawn) = sealed.into_parts();
            match self.store.append(Batch { log, expected, now, records, keys }).await {
                Ok(appended) => {
                    let mut vault = self.vault_mut();
                    vault.adopt(drawn);
                    vault.forget(appended.records.iter().flat_map(|record| record.erases.iter().copied()));
                    return Ok(appended);
                }
                Err(StoreError::HasKey(locker)) if attempt < ATTEMPTS => {
                    attempt += 1;
                    self.fetch_keys(vec![locker]).await?;
                }
                Err(StoreError::EpochEnded(_)) if attempt < ATTEMPTS => {
                    attempt += 1;
                    self.keyring_mut().read_again()?;
                }
                Err(error) => {
                    if let StoreError::Erased(locker) = error {
                        self.vault_mut().forget([locker]);
                    }
                    return Err(error.into());
                }
            }
        }
    }

    /// At most `limit` records after position `after`, each found sound and opened.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] with the place, when a record, its order, its particulars or their keys are not sound.
    pub async fn read(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Opened>, LedgerError> {
        if after > LAST {
            return Ok(Vec::new());
        }
        let stored = self.store.read(log, after, limit).await?;
        self.vault_mut().forget(stored.iter().flat_map(|stored| stored.record.erases.iter().copied()));
        self.catch_up_with_lockers(&stored).await?;
        let vault = self.vault();
        let mut opened = Vec::with_capacity(stored.len());
        for (position, stored) in (after + 1..).zip(stored) {
            if stored.record.position != position {
                let positions = position..=stored.record.position.saturating_sub(1);
                return Err(Finding { log, positions, damage: Damage::Missing }.into());
            }
            opened.push(open(&vault, stored)?);
        }
        Ok(opened)
    }

    /// Where the command's records stand in `log`; empty when it was never carried out.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn command(&self, log: Log, command: CommandId) -> Result<Vec<u64>, LedgerError> {
        Ok(self.store.command(log, command).await?)
    }

    /// An attachment by its name: what it says, or that it was erased; `None` if there never was one.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] when it, or the record it belongs to, is not sound.
    pub async fn attachment(&self, name: &str) -> Result<Option<Content>, LedgerError> {
        let Some(stored) = self.store.attachment(name).await? else { return Ok(None) };
        self.catch_up_with_lockers(std::slice::from_ref(&stored)).await?;
        let opened = open(&self.vault(), stored)?;
        Ok(opened
            .particulars
            .into_iter()
            .find(|particular| particular.field == name)
            .map(|found| found.content))
    }

    /// Puts an item, sealed, and says its new version.
    ///
    /// # Errors
    /// [`StoreError::ItemMoved`] when what is there is not what was expected.
    pub async fn put_item(&self, mut item: Item, expected: Present) -> Result<u64, LedgerError> {
        item.body = self.plumbing_key()?.seal(&item.aad(), &item.body, &mut **self.entropy())?;
        Ok(self.store.put_item(item, expected).await?)
    }

    /// Seals bytes that are kept beside the store until they can be put in it, as `what`. The store is not asked.
    ///
    /// # Errors
    /// When they cannot be sealed.
    pub fn seal_aside(&self, what: &str, plain: &[u8]) -> Result<Vec<u8>, LedgerError> {
        Ok(self.plumbing_key()?.seal(&aside(what), plain, &mut **self.entropy())?)
    }

    /// Opens what was sealed to be kept beside the store.
    ///
    /// # Errors
    /// [`LedgerError::ItemSealed`] where it is not what was sealed as `what`.
    pub fn open_aside(&self, what: &str, sealed: &[u8]) -> Result<Vec<u8>, LedgerError> {
        match self.plumbing_key()?.open(&aside(what), sealed) {
            Ok(mut opened) => Ok(std::mem::take(&mut *opened)),
            Err(DoesNotOpen) => Err(LedgerError::ItemSealed(what.to_owned())),
        }
    }

    /// An item, unless there is none or it has expired at `now`.
    ///
    /// # Errors
    /// When the store cannot be reached, or the item does not open.
    pub async fn item(&self, kind: &str, key: &str, now: Micros) -> Result<Option<Item>, LedgerError> {
        self.store
            .item(kind, key)
            .await?
            .filter(|item| item.lives_at(now))
            .map(|item| self.open_item(item))
            .transpose()
    }

    /// Removes an item and says what it was. Of two who take it at once, one gets it.
    ///
    /// # Errors
    /// When the store cannot be reached, or the item does not open.
    pub async fn take_item(&self, kind: &str, key: &str, now: Micros) -> Result<Option<Item>, LedgerError> {
        let taken = self.store.take_item(kind, key).await?;
        taken.filter(|item| item.lives_at(now)).map(|item| self.open_item(item)).transpose()
    }

    /// Every item of a kind and an owner that has not expired at `now`, by key.
    ///
    /// # Errors
    /// When the store cannot be reached, or an item does not open.
    pub async fn items(&self, kind: &str, owner: &str, now: Micros) -> Result<Vec<Item>, LedgerError> {
        let items = self.store.items(kind, owner).await?;
        items.into_iter().filter(|item| item.lives_at(now)).map(|item| self.open_item(item)).collect()
    }

    /// Removes the items that have expired at `now`, and says how many there were.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn sweep(&self, now: Micros) -> Result<u64, LedgerError> {
        Ok(self.store.sweep(now).await?)
    }

    /// Begins the epoch of this month when it has not begun, and ends a change of epochs that was interrupted. Says whether there was
    /// anything to do.
    ///
    /// # Errors
    /// As [`Self::begin_epoch`].
    pub async fn keep_epoch(&self, month: Epoch) -> Result<bool, LedgerError> {
        if self.keyring().keeps(month) {
            return Ok(false);
        }
        // Another process may have done it.
        self.keyring_mut().read_again()?;
        if self.keyring().keeps(month) {
            return Ok(false);
        }
        let epoch = self.keyring().epoch().max(month);
        self.begin_epoch(epoch).await?;
        Ok(true)
    }

    /// Begins an epoch: every key that is left is wrapped under the new epoch's key, then the former ones are destroyed. What
    /// was erased before becomes unreadable in every copy of the database. May be run again after any failure.
    ///
    /// # Errors
    /// When a key cannot be drawn, stored or destroyed; keys in use stay readable whatever fails.
    pub async fn begin_epoch(&self, epoch: Epoch) -> Result<(), LedgerError> {
        self.keyring_mut().begin(epoch, &mut **self.entropy())?;
        let mut attempt = 1;
        loop {
            let wrapped = self.store.keys(Lockers::All).await?;
            self.vault_mut().learn(&self.keyring(), &wrapped)?;
            let rewrapped = self.vault().rewrap(&self.keyring(), &mut **self.entropy())?;
            match self.store.rewrap(rewrapped).await {
                Ok(()) => return Ok(self.keyring_mut().destroy_former()?),
                Err(StoreError::HasKey(_)) if attempt < ATTEMPTS => attempt += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn open_item(&self, mut item: Item) -> Result<Item, LedgerError> {
        let opened = self.plumbing_key()?.open(&item.aad(), &item.body);
        let mut opened = opened.map_err(|DoesNotOpen| LedgerError::ItemSealed(item.kind.clone()))?;
        item.body = std::mem::take(&mut *opened);
        Ok(item)
    }

    fn plumbing_key(&self) -> Result<Key, LedgerError> {
        match self.vault().state(Locker::PLUMBING) {
            State::Open(key) => Ok(key.clone()),
            State::Erased | State::Missing => Err(LedgerError::KeysMissing(vec![Locker::PLUMBING])),
        }
    }

    async fn make_plumbing_locker(&self) -> Result<(), LedgerError> {
        if !matches!(self.vault().state(Locker::PLUMBING), State::Missing) {
            return Ok(());
        }
        let wrapped = {
            let key = Key::draw(&mut **self.entropy()).map_err(SealError::from)?;
            self.keyring().wrap(Locker::PLUMBING, &key, &mut **self.entropy())?
        };
        match self.store.add_keys(vec![wrapped]).await {
            Ok(()) | Err(StoreError::HasKey(_)) => self.fetch_keys(vec![Locker::PLUMBING]).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Learns what another process did to the lockers of these records: gave them their first key, or erased them.
    async fn catch_up_with_lockers(&self, stored: &[Stored]) -> Result<(), LedgerError> {
        let unknown: Vec<Locker> = {
            let vault = self.vault();
            let sealed = stored.iter().flat_map(|stored| &stored.particulars);
            sealed
                .filter(|particular| match vault.state(particular.locker) {
                    State::Missing => true,
                    State::Open(_) => particular.body == Body::Erased,
                    State::Erased => false,
                })
                .map(|particular| particular.locker)
                .collect()
        };
        if unknown.is_empty() { Ok(()) } else { self.fetch_keys(unknown).await }
    }

    async fn fetch_keys(&self, lockers: Vec<Locker>) -> Result<(), LedgerError> {
        let erased = self.store.erased().await?;
        let wrapped = self.store.keys(Lockers::These(lockers)).await?;
        let mut vault = self.vault_mut();
        vault.forget(erased);
        if wrapped.iter().any(|key| key.epoch > self.keyring().epoch()) {
            self.keyring_mut().read_again()?;
        }
        Ok(vault.learn(&self.keyring(), &wrapped)?)
    }

    fn vault(&self) -> RwLockReadGuard<'_, Vault> {
        self.vault.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn vault_mut(&self) -> RwLockWriteGuard<'_, Vault> {
        self.vault.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn keyring(&self) -> RwLockReadGuard<'_, Keyring> {
        self.keyring.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn keyring_mut(&self) -> RwLockWriteGuard<'_, Keyring> {
        self.keyring.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn entropy(&self) -> MutexGuard<'_, Box<dyn Entropy>> {
        self.entropy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What binds sealed bytes to what they are kept as.
fn aside(what: &str) -> Vec<u8> {
    Canonical::tagged("psr aside 1").bytes(what.as_bytes()).finish()
}

/// Checks a record against itself and opens its particulars.
fn open(vault: &Vault, stored: Stored) -> Result<Opened, Finding> {
    let Stored { record, particulars } = stored;
    let finding = |damage| Finding { log: record.log, positions: record.position..=record.position, damage };
    if record.leaf != record.computed_leaf() {
        return Err(finding(Damage::Altered));
    }
    if record.particulars_digest != particulars_digest(&particulars) {
        return Err(finding(Damage::ParticularsDiffer));
    }
    let particulars = particulars
        .into_iter()
        .map(|particular| open_particular(vault, &record, particular).map_err(finding))
        .collect::<Result<_, _>>()?;
    Ok(Opened { record, particulars })
}

fn open_particular(
    vault: &Vault,
    record: &Record,
    particular: SealedParticular,
) -> Result<OpenedParticular, Damage> {
    let SealedParticular { field, locker, kept, body, .. } = particular;
    let content = match (vault.state(locker), body) {
        (State::Erased, _) => Content::Erased,
        (State::Missing, _) => return Err(Damage::KeyMissing(locker)),
        (State::Open(_), Body::Erased) => return Err(Damage::SealedMissing { field, locker }),
        (State::Open(_), Body::Apart) => Content::Apart,
        (State::Open(key), Body::Sealed(sealed)) => {
            let place = Place {
                log: record.log,
                command: record.command,
                part: record.part,
                field: &field,
                locker,
                kept,
            };
            match seal::open(key, &place, &sealed) {
                Ok(plaintext) => Content::Known(plaintext),
                Err(DoesNotOpen) => return Err(Damage::SealedAltered(field)),
            }
        }
    };
    Ok(OpenedParticular { field, locker, content })
}
