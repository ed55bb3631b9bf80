//! Plumbing by type: sessions, credentials and drafts, which the ledger keeps sealed and sweeps when their time has come.

use crate::access::{at, micros};
use crate::clock::Clock;
use crate::fault::Fault;
use jiff::Timestamp;
use ledger::{Item, Ledger, LedgerError, Present, StoreError};
use register::ids::AccountId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How often a change is tried again because another process changed the same thing first. Each time that is somebody else's success: with a
/// hundred at once on two nodes the last of them may be the last for long. Whoever waits for it does so only as long as for any answer.
const ROUNDS: usize = 1_000;

/// A kind of thing on the shelf, and its type.
pub(crate) struct Kind<T> {
    name: &'static str,
    of: PhantomData<fn() -> T>,
}

impl<T> Kind<T> {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, of: PhantomData }
    }
}

/// A thing as it was read, to be put again only where nobody has put or dropped it since.
pub(crate) struct Held<T> {
    pub(crate) thing: T,
    key: String,
    owner: String,
    until: Option<ledger::Micros>,
    version: u64,
}

impl<T> Held<T> {
    /// Under which key it lies.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

fn held<T: DeserializeOwned>(item: Item) -> Result<Held<T>, Fault> {
    let thing = serde_json::from_slice(&item.body)?;
    let Item { key, owner, expires_at: until, version, .. } = item;
    Ok(Held { thing, key, owner, until, version })
}

/// Things under short keys.
pub(crate) struct Shelf {
    ledger: Arc<Ledger>,
    clock: Arc<dyn Clock>,
    /// Those who change the same thing at once go on one at a time.
    revising: Mutex<()>,
}

impl Shelf {
    pub(crate) fn new(ledger: Arc<Ledger>, clock: Arc<dyn Clock>) -> Self {
        Self { ledger, clock, revising: Mutex::new(()) }
    }

    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        kind: &Kind<T>,
        key: &str,
    ) -> Result<Option<T>, Fault> {
        let item = self.ledger.item(kind.name, key, micros(self.clock.now())).await?;
        Ok(item.map(|item| serde_json::from_slice(&item.body)).transpose()?)
    }

    pub(crate) async fn put<T: Serialize>(
        &self,
        kind: &Kind<T>,
        key: &str,
        owner: Option<AccountId>,
        until: Option<Timestamp>,
        thing: &T,
    ) -> Result<(), Fault> {
        let owner = owner.map(|owner| owner.to_string()).unwrap_or_default();
        let item = Item::new(kind.name, key, &owner, until.map(micros), serde_json::to_vec(thing)?);
        self.ledger.put_item(item, Present::Whatever).await?;
        Ok(())
    }

    /// Changes a thing, or begins it, and says what the change comes to. Whoever else changes it at the same time, in this process or
    /// another, no change is lost.
    pub(crate) async fn revise<T: Default + Serialize + DeserializeOwned, R>(
        &self,
        kind: &Kind<T>,
        key: &str,
        until: Timestamp,
        change: impl Fn(&mut T) -> R,
    ) -> Result<R, Fault> {
        let mut behind_others = None;
        let mut expired = Present::Nothing;
        for _ in 0..ROUNDS {
            let item = self.ledger.item(kind.name, key, micros(self.clock.now())).await?;
            let mut thing =
                item.as_ref().map(|item| serde_json::from_slice(&item.body)).transpose()?.unwrap_or_default();
            let said = change(&mut thing);
            let body = serde_json::to_vec(&thing)?;
            if item.as_ref().is_some_and(|item| item.body == body) {
                return Ok(said);
            }
            let present = item.map_or(expired, |item| Present::Version(item.version));
            match self
                .ledger
                .put_item(Item::new(kind.name, key, "", Some(micros(until)), body), present)
                .await
            {
                Ok(_) => return Ok(said),
                // One that has expired is there until it is swept.
                Err(LedgerError::Store(StoreError::ItemMoved { version })) => {
                    expired = Present::Version(version);
                }
                Err(error) => return Err(error.into()),
            }
            if behind_others.is_none() {
                behind_others = Some(self.revising.lock().await);
            }
        }
        Err(Fault::because("other processes changed a thing faster than this one"))
    }

    /// A thing, to be put back.
    pub(crate) async fn held<T: DeserializeOwned>(
        &self,
        kind: &Kind<T>,
        key: &str,
    ) -> Result<Option<Held<T>>, Fault> {
        self.ledger.item(kind.name, key, micros(self.clock.now())).await?.map(held).transpose()
    }

    /// Everything of a kind that an owner has.
    pub(crate) async fn all_owned<T: DeserializeOwned>(
        &self,
        kind: &Kind<T>,
        owner: AccountId,
    ) -> Result<Vec<Held<T>>, Fault> {
        let items = self.ledger.items(kind.name, &owner.to_string(), micros(self.clock.now())).await?;
        items.into_iter().map(held).collect()
    }

    /// Puts a thing that was read back as it is now, unless somebody has put or dropped it meanwhile; says whether it did.
    pub(crate) async fn put_back<T: Serialize>(&self, kind: &Kind<T>, held: Held<T>) -> Result<bool, Fault> {
        let body = serde_json::to_vec(&held.thing)?;
        let item = Item::new(kind.name, &held.key, &held.owner, held.until, body);
        match self.ledger.put_item(item, Present::Version(held.version)).await {
            Ok(_) => Ok(true),
            Err(LedgerError::Store(StoreError::ItemMoved { .. })) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a thing away and gives it to one of those who ask.
    pub(crate) async fn take<T: DeserializeOwned>(
        &self,
        kind: &Kind<T>,
        key: &str,
    ) -> Result<Option<T>, Fault> {
        let item = self.ledger.take_item(kind.name, key, micros(self.clock.now())).await?;
        Ok(item.map(|item| serde_json::from_slice(&item.body)).transpose()?)
    }

    pub(crate) async fn drop<T>(&self, kind: &Kind<T>, key: &str) -> Result<(), Fault> {
        self.ledger.take_item(kind.name, key, micros(self.clock.now())).await?;
        Ok(())
    }

    /// The keys of an owner's things and until when each is kept.
    pub(crate) async fn owned<T>(
        &self,
        kind: &Kind<T>,
        owner: AccountId,
    ) -> Result<Vec<(String, Option<Timestamp>)>, Fault> {
        let items = self.ledger.items(kind.name, &owner.to_string(), micros(self.clock.now())).await?;
        Ok(items.into_iter().map(|item| (item.key, item.expires_at.map(at))).collect())
    }

    /// Everything of a kind that is nobody's own.
    pub(crate) async fn common<T: DeserializeOwned>(&self, kind: &Kind<T>) -> Result<Vec<T>, Fault> {
        let items = self.ledger.items(kind.name, "", micros(self.clock.now())).await?;
        Ok(items.iter().map(|item| serde_json::from_slice(&item.body)).collect::<Result<_, _>>()?)
    }

    pub(crate) async fn drop_owned<T>(&self, kind: &Kind<T>, owner: AccountId) -> Result<(), Fault> {
        for (key, _) in self.owned(kind, owner).await? {
            self.drop(kind, &key).await?;
        }
        Ok(())
    }
}
