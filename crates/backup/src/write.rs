//! Writing archives beside a register in use: on a connection of their own, a page at a time, holding nobody up.
//!
//! What an archive holds of the logs ends at a head that was read. If somebody erased something while it was being read, the
//! record of it is taken in too, so that no archive lacks words without saying why.

use crate::card::Recipient;
use crate::folder::{Folder, Set};
use crate::name::{Name, SetName, second};
use crate::piece::{Closing, Items, Opening, Piece, SHAPE};
use crate::sealed::Writer;
use crate::{BackupError, files};
use ledger::{
    Digest, Epoch, Head, Item, Keyring, Locker, Lockers, Log, Micros, Store, StoreError, read_whole,
};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::PathBuf;
use tokio::sync::mpsc;

/// Records read at a time.
const PAGE: u32 = 500;
/// Keys in a piece.
const KEYS: usize = 10_000;
/// Pieces that wait to be written.
const AHEAD: usize = 4;

/// Whether an archive stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// It begins a set: everything is in it.
    Full,
    /// It holds what was added since the archive before it.
    Increment,
}

/// An archive that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub name: Name,
    /// Whether it stands by itself.
    pub extent: Extent,
    /// How long it is, in bytes.
    pub bytes: u64,
}

/// Writes archives of a register, one after another.
#[derive(Debug)]
pub struct Backups {
    folder: Folder,
    recipient: Recipient,
    last: Option<Last>,
}

/// What this program wrote last, and the items as they were then.
#[derive(Debug)]
struct Last {
    name: Name,
    items: Seen,
}

/// Items by kind and key, each with what tells whether it changed.
type Seen = BTreeMap<(String, String), (u64, Option<Micros>, Digest)>;

fn seen(items: &[Item]) -> Seen {
    let seen = |item: &Item| {
        ((item.kind.clone(), item.key.clone()), (item.version, item.expires_at, Digest::of(&item.body)))
    };
    items.iter().map(seen).collect()
}

/// From where an archive goes on.
#[derive(Debug, Clone)]
struct From {
    set: SetName,
    number: u32,
    register: u64,
    access: u64,
}

impl From {
    const fn after(&self, log: Log) -> u64 {
        match log {
            Log::Register => self.register,
            Log::Access => self.access,
        }
    }

    const fn extent(&self) -> Extent {
        if self.number == 0 { Extent::Full } else { Extent::Increment }
    }
}

impl Backups {
    /// Backups in a folder, to be opened by whoever holds the recipient's card.
    #[must_use]
    pub const fn new(folder: Folder, recipient: Recipient) -> Self {
        Self { folder, recipient, last: None }
    }

    /// Writes what is new, and says what it was; nothing where this program wrote the newest archive and nothing changed since. The
    /// first of a UTC day and of a new master key begins a set.
    ///
    /// # Errors
    /// When the register cannot be read or the archive not be written; those before it are as they were.
    pub async fn write(
        &mut self,
        store: &dyn Store,
        keyring: &Keyring,
        now: Micros,
    ) -> Result<Option<Written>, BackupError> {
        let held = tokio::task::spawn_blocking({
            let folder = self.folder.clone();
            move || folder.hold()
        });
        let held = held.await.map_err(|_| BackupError::Interrupted)??;
        let epoch = plumbing_epoch(store).await?;
        let newest = self.folder.sets()?.pop();
        let from = self.going_on(store, newest.as_ref(), epoch, now).await?;
        let newest = newest.and_then(|set| set.archives.last().cloned());
        let last = self.last.as_ref().filter(|last| Some(&last.name) == newest.as_ref());
        let before = last.filter(|_| from.extent() == Extent::Increment).map(|last| &last.items);
        if let Some(before) = before
            && *before == seen(&store.all_items().await?)
            && heads(store).await?.iter().all(|(log, head)| head.size == from.after(*log))
        {
            return Ok(None);
        }
        let path = self.folder.unfinished(from.set, from.number, now);
        let (pieces, to_write) = mpsc::channel(AHEAD);
        let writing = tokio::task::spawn_blocking({
            let (path, recipient) = (path.clone(), self.recipient.clone());
            move || put(path, &recipient, to_write)
        });
        let gathering = Gathering { store, keyring, from: &from, epoch, pieces };
        let gathered = gathering.run(before).await;
        let put = writing.await.map_err(|_| BackupError::Interrupted)?;
        // A fault of the writer is the reason why nobody took the pieces.
        let ((until, mark, items), bytes) = match (gathered, put) {
            (Ok(gathered), Ok(bytes)) => (gathered, bytes),
            (Err(error), Ok(_) | Err(BackupError::Interrupted)) | (_, Err(error)) => {
                drop(fs::remove_file(&path));
                return Err(error);
            }
        };
        let [register, access] = until;
        let name = Name { set: from.set, number: from.number, written: second(now), register, access, mark };
        self.folder.settle(&path, &name)?;
        drop(held);
        self.last = Some(Last { name: name.clone(), items });
        Ok(Some(Written { name, extent: from.extent(), bytes }))
    }

    /// Where the next archive begins: after the newest one, or at the beginning where that is of another day, of another master
    /// key, or of a log that went on otherwise.
    async fn going_on(
        &self,
        store: &dyn Store,
        newest: Option<&Set>,
        epoch: Epoch,
        now: Micros,
    ) -> Result<From, BackupError> {
        let begun = SetName::after(newest.map(|set| set.name), now, epoch);
        let full = From { set: begun, number: 0, register: 0, access: 0 };
        let Some((set, last)) = newest.and_then(|set| Some((set, set.archives.last()?))) else {
            return Ok(full);
        };
        let is_another = set.name.day() < begun.day() || set.name.epoch() != epoch;
        if is_another || mark(store, [last.register, last.access]).await?.as_deref() != Some(&last.mark) {
            return Ok(full);
        }
        let number = last.number + 1;
        Ok(From { set: set.name, number, register: last.register, access: last.access })
    }
}

/// Under whose key the keys of the lockers are wrapped now.
async fn plumbing_epoch(store: &dyn Store) -> Result<Epoch, BackupError> {
    let keys = store.keys(Lockers::These(vec![Locker::PLUMBING])).await?;
    let none = || StoreError::NoKey(Locker::PLUMBING);
    Ok(keys.first().map(|key| key.epoch).ok_or_else(none)?)
}

/// Both heads; the access log's first, so that what it refers to is in the register's.
async fn heads(store: &dyn Store) -> Result<[(Log, Head); 2], BackupError> {
    let access = store.head(Log::Access).await?;
    Ok([(Log::Register, store.head(Log::Register).await?), (Log::Access, access)])
}

/// What tells two logs of these sizes apart; nothing where one is shorter.
async fn mark(store: &dyn Store, sizes: [u64; 2]) -> Result<Option<String>, BackupError> {
    let mut last = Vec::new();
    for (log, size) in Log::ALL.into_iter().zip(sizes) {
        if let Some(before) = size.checked_sub(1) {
            match store.leaves(log, before, 1).await?.first() {
                Some(leaf) => last.extend(leaf.0),
                None => return Ok(None),
            }
        }
    }
    let [one, two, three, four, ..] = Digest::of(&last).0;
    Ok(Some(format!("{:08x}", u32::from_be_bytes([one, two, three, four]))))
}

/// Writes pieces as they come, and says how many bytes it were.
fn put(path: PathBuf, recipient: &Recipient, mut pieces: mpsc::Receiver<Piece>) -> Result<u64, BackupError> {
    let mut writer = Writer::begin(&path, recipient).map_err(files(&path))?;
    let mut is_whole = false;
    while let Some(piece) = pieces.blocking_recv() {
        is_whole = matches!(piece, Piece::Closing(_));
        writer.write(&piece).map_err(files(&path))?;
    }
    if !is_whole {
        return Err(BackupError::Interrupted);
    }
    writer.finish().map_err(files(&path))?;
    fs::metadata(&path).map(|written| written.len()).map_err(files(&path))
}

/// One archive being read from a register.
struct Gathering<'a> {
    store: &'a dyn Store,
    keyring: &'a Keyring,
    from: &'a From,
    epoch: Epoch,
    pieces: mpsc::Sender<Piece>,
}

impl Gathering<'_> {
    /// Gives what the logs come to with it, their mark, and the items that were there.
    async fn run(self, before: Option<&Seen>) -> Result<([u64; 2], String, Seen), BackupError> {
        let items = if before.is_some() { Items::Changed } else { Items::All };
        let From { set, number, register, access } = self.from.clone();
        let opening = Opening { shape: SHAPE, set: set.to_string(), number, register, access, items };
        self.give(Piece::Opening(opening)).await?;
        let mut at = [register, access];
        let mut lockers = HashSet::from([Locker::PLUMBING]);
        let until = loop {
            let until = heads(self.store).await?;
            for ((log, head), at) in until.into_iter().zip(&mut at) {
                self.records(log, *at, head.size, &mut lockers).await?;
                *at = head.size;
            }
            self.keys(&lockers).await?;
            if !self.erased_since(at).await? {
                break until;
            }
        };
        let items = self.items(before).await?;
        let sign = |(log, head): (Log, Head)| self.keyring.signer(log).sign(head);
        let closing = Closing {
            register: at[0],
            access: at[1],
            checkpoints: until.map(sign).concat(),
            keyring: self.keyring.carried().as_str().to_owned(),
        };
        let mark = mark(self.store, at).await?.ok_or(StoreError::Moved { size: at[0] })?;
        self.give(Piece::Closing(closing)).await?;
        Ok((at, mark, items))
    }

    async fn give(&self, piece: Piece) -> Result<(), BackupError> {
        self.pieces.send(piece).await.map_err(|_| BackupError::Interrupted)
    }

    async fn records(
        &self,
        log: Log,
        after: u64,
        until: u64,
        lockers: &mut HashSet<Locker>,
    ) -> Result<(), BackupError> {
        let mut at = after;
        while at < until {
            let mut page = read_whole(self.store, log, at, PAGE).await?;
            page.retain(|stored| stored.record.position <= until);
            at = page.last().ok_or(StoreError::Moved { size: at })?.record.position;
            lockers.extend(page.iter().flat_map(|it| &it.particulars).map(|particular| particular.locker));
            self.give(Piece::Records(page.into_iter().map(Into::into).collect())).await?;
        }
        Ok(())
    }

    /// The keys of the lockers; every one there is, for a full archive.
    async fn keys(&self, lockers: &HashSet<Locker>) -> Result<(), BackupError> {
        let which = match self.from.extent() {
            Extent::Full => Lockers::All,
            Extent::Increment => Lockers::These(lockers.iter().copied().collect()),
        };
        let mut keys = self.store.keys(which).await?;
        let renewed = |epoch| BackupError::Renewed(epoch);
        for key in &keys {
            if !self.keyring.holds(key.epoch) || (key.locker == Locker::PLUMBING && key.epoch != self.epoch) {
                return Err(renewed(key.epoch));
            }
        }
        while !keys.is_empty() {
            let rest = keys.split_off(keys.len().min(KEYS));
            self.give(Piece::Keys(keys.into_iter().map(Into::into).collect())).await?;
            keys = rest;
        }
        Ok(())
    }

    /// Whether something was erased by a record after these sizes: it may be lacking in what was read.
    async fn erased_since(&self, sizes: [u64; 2]) -> Result<bool, BackupError> {
        for (log, size) in Log::ALL.into_iter().zip(sizes) {
            let mut at = size;
            loop {
                let page = self.store.read(log, at, PAGE).await?;
                if page.iter().any(|stored| !stored.record.erases.is_empty()) {
                    return Ok(true);
                }
                match page.last() {
                    Some(last) => at = last.record.position,
                    None => break,
                }
            }
        }
        Ok(false)
    }

    /// The items there are, or those that are not as they were before.
    async fn items(&self, before: Option<&Seen>) -> Result<Seen, BackupError> {
        let mut items = self.store.all_items().await?;
        let now = seen(&items);
        if let Some(before) = before {
            items.retain(|item| {
                let key = (item.kind.clone(), item.key.clone());
                before.get(&key) != now.get(&key)
            });
            let gone: Vec<_> = before.keys().filter(|key| !now.contains_key(*key)).cloned().collect();
            self.give(Piece::Gone(gone)).await?;
        }
        self.give(Piece::Items(items.into_iter().map(Into::into).collect())).await?;
        Ok(now)
    }
}
