//! A register made again from a set: read to its end before anything is made, then read once more to fill a database.
//!
//! A set says in its records what was erased. What an archive still holds of it is left out, so no word comes back that was gone
//! when the newest archive that is restored was written.

use crate::BackupError;
use crate::card::Card;
use crate::folder::{Folder, Set};
use crate::name::Name;
use crate::piece::{Closing, Items, Opening, Piece};
use crate::sealed::{self, Unreadable};
use jiff::Timestamp;
use ledger::checkpoint::Verifiers;
use ledger::{Body, Filling, Item, Keyring, KeyringError, Locker, Log, Noted, Stored, WrappedKey};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

/// Pieces that wait to be taken in.
const AHEAD: usize = 4;
/// Keys taken in at a time.
const KEYS: usize = 10_000;

/// A set that was read to its end and is whole.
pub struct Restoring {
    folder: Folder,
    archives: Vec<Name>,
    card: Card,
    keyring: Zeroizing<String>,
    checkpoints: Vec<String>,
    erased: HashSet<Locker>,
    keys: BTreeMap<Locker, WrappedKey>,
    items: BTreeMap<(String, String), Item>,
}

/// What was restored, before it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The newest archive that is in it.
    pub until: Name,
    /// How many archives are in it.
    pub archives: usize,
}

impl Restoring {
    /// Chooses the newest set that was begun at `at` or before, and reads its archives until then.
    ///
    /// # Errors
    /// The first archive that is missing, damaged, another's, or does not go on from the one before it.
    pub async fn begin(folder: Folder, card: Card, at: Option<Timestamp>) -> Result<Self, BackupError> {
        let archives = chosen(&folder, at)?;
        let reading = tokio::task::spawn_blocking(move || Self::read(folder, card, archives));
        reading.await.map_err(|_| BackupError::Interrupted)?
    }

    fn read(folder: Folder, card: Card, archives: Vec<Name>) -> Result<Self, BackupError> {
        let mut restoring = Self {
            folder,
            archives: Vec::new(),
            card,
            keyring: Zeroizing::default(),
            checkpoints: Vec::new(),
            erased: HashSet::new(),
            keys: BTreeMap::new(),
            items: BTreeMap::new(),
        };
        let mut until = [0, 0];
        for name in archives {
            let path = restoring.folder.file(&name);
            let took = restoring.take_in(&path, &name, &mut until);
            took.map_err(|reason| BackupError::Damaged { path, reason })?;
            restoring.archives.push(name);
        }
        for locker in &restoring.erased {
            restoring.keys.remove(locker);
        }
        Ok(restoring)
    }

    /// Takes in an archive's keys, items and erasures; its records are counted.
    fn take_in(&mut self, path: &Path, name: &Name, until: &mut [u64; 2]) -> Result<(), Unreadable> {
        let (mut at, mut put, mut gone) = (*until, Vec::new(), Vec::new());
        let Self { card, erased, keys, .. } = self;
        let (opening, closing) = sealed::read(path, card, |piece| {
            match piece {
                Piece::Records(shapes) => {
                    for shape in shapes {
                        let Stored { record, .. } = Stored::try_from(shape)?;
                        let [register, access] = &mut at;
                        let position = match record.log {
                            Log::Register => register,
                            Log::Access => access,
                        };
                        *position += 1;
                        if record.position != *position {
                            return Err(Unreadable::OutOfOrder);
                        }
                        erased.extend(record.erases);
                    }
                }
                Piece::Keys(shapes) => {
                    let shapes = shapes.into_iter().map(WrappedKey::from);
                    keys.extend(shapes.map(|key| (key.locker, key)));
                }
                Piece::Items(shapes) => put.extend(shapes.into_iter().map(Item::from)),
                Piece::Gone(names) => gone.extend(names),
                Piece::Opening(_) | Piece::Closing(_) => return Err(Unreadable::NoArchive),
            }
            Ok(())
        })?;
        let Opening { set, number, register, access, items, .. } = opening;
        if set != name.set.to_string() || number != name.number {
            return Err(Unreadable::OtherName);
        }
        if [register, access] != *until || [closing.register, closing.access] != at {
            return Err(Unreadable::OutOfOrder);
        }
        if at != [name.register, name.access] {
            return Err(Unreadable::OtherName);
        }
        *until = at;
        if items == Items::All {
            self.items.clear();
        }
        for item in gone {
            self.items.remove(&item);
        }
        for item in put {
            self.items.insert((item.kind.clone(), item.key.clone()), item);
        }
        let Closing { checkpoints, keyring, .. } = closing;
        self.checkpoints.push(checkpoints);
        self.keyring = Zeroizing::new(keyring);
        Ok(())
    }

    /// Makes the register's keyring again in a directory.
    ///
    /// # Errors
    /// When there is one, or the set carries none.
    pub fn keyring(&self, directory: &Path) -> Result<Keyring, KeyringError> {
        Keyring::restore(directory, &self.keyring)
    }

    /// The verifier keys of the keyring that the set carries.
    ///
    /// # Errors
    /// When it carries none.
    pub fn verifiers(&self) -> Result<Verifiers, KeyringError> {
        Keyring::carried_verifiers(&self.keyring)
    }

    /// Every checkpoint in the set, held against the card's verifier keys, or against the register's own where it has none.
    ///
    /// # Errors
    /// The first archive whose checkpoints are another register's.
    pub fn noted(&self, own: &Verifiers) -> Result<Noted, BackupError> {
        let verifiers = self.card.verifiers().unwrap_or(own);
        let mut all = String::new();
        for (name, text) in self.archives.iter().zip(&self.checkpoints) {
            if Noted::in_checkpoints(text, verifiers).is_err() || verifiers != own {
                let path = self.folder.file(name);
                return Err(BackupError::Damaged { path, reason: Unreadable::OtherRegister });
            }
            all.push_str(text);
        }
        Ok(Noted::in_checkpoints(&all, verifiers).unwrap_or_default())
    }

    /// Fills a new database with the set.
    ///
    /// # Errors
    /// When the archives cannot be read any more, or the database not be written.
    pub async fn fill(self, mut into: Box<dyn Filling>) -> Result<Restored, BackupError> {
        for name in &self.archives {
            self.fill_with(name, into.as_mut()).await?;
        }
        let Self { archives, keys, items, .. } = self;
        let mut keys = keys.into_values().peekable();
        while keys.peek().is_some() {
            into.keys(keys.by_ref().take(KEYS).collect()).await?;
        }
        into.items(items.into_values().collect()).await?;
        into.finish().await?;
        let number = archives.len();
        let until = archives.into_iter().next_back().ok_or(BackupError::Interrupted)?;
        Ok(Restored { archives: number, until })
    }

    /// Fills it with the records of one archive.
    async fn fill_with(&self, name: &Name, into: &mut dyn Filling) -> Result<(), BackupError> {
        let path = self.folder.file(name);
        let (records, mut to_fill) = mpsc::channel::<Vec<Stored>>(AHEAD);
        let reading = tokio::task::spawn_blocking({
            let (path, card) = (path.clone(), self.card.clone());
            move || {
                sealed::read(&path, &card, |piece| {
                    let Piece::Records(shapes) = piece else { return Ok(()) };
                    let page: Result<Vec<Stored>, _> = shapes.into_iter().map(Stored::try_from).collect();
                    // Whoever stopped taking them says why.
                    drop(records.blocking_send(page?));
                    Ok::<(), Unreadable>(())
                })
            }
        });
        while let Some(mut page) = to_fill.recv().await {
            for particular in page.iter_mut().flat_map(|stored| &mut stored.particulars) {
                if self.erased.contains(&particular.locker) {
                    particular.body = Body::Erased;
                }
            }
            into.records(page).await?;
        }
        let read = reading.await.map_err(|_| BackupError::Interrupted)?;
        read.map_err(|reason| BackupError::Damaged { path, reason })?;
        Ok(())
    }
}

/// The archives to be restored, none of them missing.
fn chosen(folder: &Folder, at: Option<Timestamp>) -> Result<Vec<Name>, BackupError> {
    let is_in_time = |moment: Timestamp| at.is_none_or(|at| moment <= at);
    let mut sets = folder.sets()?.into_iter().filter(|set| is_in_time(set.name.begun()));
    let Some(Set { name: set, mut archives }) = sets.next_back() else {
        let before = at.map(|at| at.to_string());
        return Err(BackupError::None { folder: folder.path().to_owned(), before });
    };
    archives.retain(|name| is_in_time(name.written));
    let mut before = set.to_string();
    for (number, name) in (0..).zip(&archives) {
        if name.number != number {
            let missing = set.prefix(number);
            return Err(BackupError::Missing { folder: folder.path().to_owned(), missing, before });
        }
        before = name.to_string();
    }
    Ok(archives)
}
