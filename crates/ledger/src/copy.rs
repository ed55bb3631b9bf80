//! A whole ledger, taken from one database into another as it stands: nothing is opened, sealed or decided again.

use crate::digest::{Canonical, Digest};
use crate::keyring::WrappedKey;
use crate::plumbing::Item;
use crate::record::{Body, Log, SealedParticular, Stored};
use crate::store::{Lockers, Store, StoreError};
use crate::tree::{Frontier, Head};
use async_trait::async_trait;
use std::fmt;

/// Records read at a time.
const PAGE: u32 = 500;

/// A new database that is being filled with what another holds. It is there as a whole once it is finished, and otherwise not at
/// all: dropped or killed before, it leaves nothing that could be taken for a ledger.
#[async_trait]
pub trait Filling: Send {
    /// Takes in the next records of a log, with what is left of what was sealed beside them: attachments too.
    async fn records(&mut self, records: Vec<Stored>) -> Result<(), StoreError>;

    /// Takes in the keys of lockers.
    async fn keys(&mut self, keys: Vec<WrappedKey>) -> Result<(), StoreError>;

    /// Takes in items, with their versions.
    async fn items(&mut self, items: Vec<Item>) -> Result<(), StoreError>;

    /// Ends it: all is durable when this returns.
    async fn finish(self: Box<Self>) -> Result<(), StoreError>;
}

/// What a database holds, in few words. Two that hold the same ledger have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// The register log's head.
    pub register: Head,
    /// The access log's head.
    pub access: Head,
    /// Over every record, every sealed byte beside it, every key and every item.
    pub digest: Digest,
}

impl fmt::Display for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digest.fmt(f)
    }
}

/// Reads everything a database holds, and says what that is.
///
/// # Errors
/// [`StoreError::Moved`] when somebody appended meanwhile; and when it cannot be read.
pub async fn contents(of: &dyn Store) -> Result<Contents, StoreError> {
    copy(of, Box::new(Nowhere)).await
}

/// Copies everything from one database into another, and says what it was.
///
/// # Errors
/// [`StoreError::Moved`] when somebody appended meanwhile, and then the other database is left unmade; and when one of them cannot
/// be read or written.
pub async fn copy(from: &dyn Store, mut into: Box<dyn Filling>) -> Result<Contents, StoreError> {
    let mut digest = Digest::default();
    let mut heads = Vec::new();
    for log in Log::ALL {
        let mut tree = Frontier::default();
        loop {
            let page = read_whole(from, log, tree.size(), PAGE).await?;
            if page.is_empty() {
                break;
            }
            for stored in &page {
                tree.push(stored.record.leaf);
                digest = over(digest, &of_record(stored));
            }
            into.records(page).await?;
        }
        heads.push(tree.head());
    }
    let mut keys = from.keys(Lockers::All).await?;
    keys.sort_by_key(|key| key.locker);
    for WrappedKey { locker, epoch, wrapped } in &keys {
        digest =
            over(digest, &Canonical::tagged("psr key 1").u64(locker.0).u32(epoch.0).bytes(wrapped).finish());
    }
    into.keys(keys).await?;
    let items = from.all_items().await?;
    for item in &items {
        digest = over(digest, &of_item(item));
    }
    into.items(items).await?;
    let [register, access] = heads.as_slice() else { return Err(StoreError::Moved { size: 0 }) };
    for (log, read) in [(Log::Register, register), (Log::Access, access)] {
        let now = from.head(log).await?;
        if now != *read {
            return Err(StoreError::Moved { size: now.size });
        }
    }
    into.finish().await?;
    Ok(Contents { register: *register, access: *access, digest })
}

/// At most `limit` records after position `after`, with the sealed bytes of their attachments.
///
/// # Errors
/// When they cannot be read.
pub async fn read_whole(
    from: &dyn Store,
    log: Log,
    after: u64,
    limit: u32,
) -> Result<Vec<Stored>, StoreError> {
    let mut page = from.read(log, after, limit).await?;
    for stored in &mut page {
        fetch_attachments(from, stored).await?;
    }
    Ok(page)
}

/// Puts the sealed bytes of attachments where a page leaves them out.
async fn fetch_attachments(from: &dyn Store, stored: &mut Stored) -> Result<(), StoreError> {
    for apart in stored.particulars.iter_mut().filter(|particular| particular.body == Body::Apart) {
        let owner = from.attachment(&apart.field).await?;
        let is_it = |found: &SealedParticular| found.kept == apart.kept && found.field == apart.field;
        if let Some(found) = owner.and_then(|owner| owner.particulars.into_iter().find(is_it)) {
            apart.body = found.body;
        }
    }
    Ok(())
}

fn over(before: Digest, next: &[u8]) -> Digest {
    Digest::of_all(&[&before.0, next])
}

fn of_record(stored: &Stored) -> Vec<u8> {
    let canonical =
        Canonical::tagged("psr stored 1").bytes(&stored.record.leaf.0).count(stored.particulars.len());
    let particulars = stored.particulars.iter().fold(canonical, |canonical, particular| {
        let canonical = canonical.bytes(particular.field.as_bytes()).u64(particular.locker.0);
        match &particular.body {
            Body::Sealed(sealed) => canonical.byte(1).bytes(&Digest::of(sealed).0),
            Body::Apart | Body::Erased => canonical.byte(0),
        }
    });
    particulars.finish()
}

fn of_item(item: &Item) -> Vec<u8> {
    let canonical = Canonical::tagged("psr kept item 1")
        .bytes(item.kind.as_bytes())
        .bytes(item.key.as_bytes())
        .bytes(item.owner.as_bytes())
        .u64(item.version)
        .bytes(&item.body);
    match item.expires_at {
        Some(at) => canonical.byte(1).i64(at.0).finish(),
        None => canonical.byte(0).finish(),
    }
}

/// Takes in everything and keeps nothing.
struct Nowhere;

#[async_trait]
impl Filling for Nowhere {
    async fn records(&mut self, _: Vec<Stored>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn keys(&mut self, _: Vec<WrappedKey>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn items(&mut self, _: Vec<Item>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}
