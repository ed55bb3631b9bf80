//! The folder in which archives lie. Whoever writes into it makes new files and nothing else; pruning is for other hands.

use crate::name::{Name, SetName, second};
use crate::{BackupError, files};
use jiff::Timestamp;
use ledger::Micros;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Ends the name of what is being written, or was when the machine stopped.
const UNFINISHED: &str = ".partial";
/// Seconds.
const DAY: i64 = 24 * 60 * 60;
/// Held by whoever writes.
const LOCK: &str = "lock";

/// A folder of archives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

/// The archives of a set that are there, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Its name.
    pub name: SetName,
    /// Its archives.
    pub archives: Vec<Name>,
}

/// What pruning removed, and what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruned {
    /// Sets that are gone.
    pub gone: usize,
    /// Sets that are left.
    pub left: usize,
}

/// The folder, held against every other writer on this machine until dropped.
#[derive(Debug)]
pub struct Held {
    _lock: File,
}

impl Folder {
    /// The folder at a path, whether there is one yet or not.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where an archive lies.
    #[must_use]
    pub fn file(&self, name: &Name) -> PathBuf {
        self.0.join(name.to_string())
    }

    /// The sets that are there, the oldest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn sets(&self) -> Result<Vec<Set>, BackupError> {
        let mut sets: BTreeMap<SetName, Vec<Name>> = BTreeMap::new();
        for entry in fs::read_dir(&self.0).map_err(files(&self.0))? {
            let entry = entry.map_err(files(&self.0))?;
            if let Some(name) = entry.file_name().to_str().and_then(|name| name.parse::<Name>().ok()) {
                sets.entry(name.set).or_default().push(name);
            }
        }
        Ok(sets
            .into_iter()
            .map(|(name, mut archives)| {
                archives.sort();
                Set { name, archives }
            })
            .collect())
    }

    /// Removes the sets that were begun more than `days` days before `now`, whole, with what was left unfinished until then. The
    /// newest set stays, however old it is.
    ///
    /// # Errors
    /// When the folder cannot be read, or a file not be removed.
    pub fn prune(&self, days: u16, now: Micros) -> Result<Pruned, BackupError> {
        let sets = self.sets()?;
        let oldest = second(now).as_second() - i64::from(days) * DAY;
        let kept_from = sets.partition_point(|set| set.name.begun().as_second() < oldest);
        let gone = kept_from.min(sets.len().saturating_sub(1));
        for set in sets.iter().take(gone) {
            // The full one last: what is left of a pruning that is cut off is still whole from its beginning.
            for name in set.archives.iter().rev() {
                remove(&self.file(name))?;
            }
        }
        for entry in fs::read_dir(&self.0).map_err(files(&self.0))? {
            let entry = entry.map_err(files(&self.0))?;
            let path = entry.path();
            let changed = entry.metadata().and_then(|metadata| metadata.modified()).map_err(files(&path))?;
            let changed = Timestamp::try_from(changed).map_or(i64::MAX, Timestamp::as_second);
            let is_unfinished = path.as_os_str().to_string_lossy().ends_with(UNFINISHED);
            if is_unfinished && changed < second(now).as_second() - DAY {
                remove(&path)?;
            }
        }
        sync(&self.0)?;
        Ok(Pruned { gone, left: sets.len() - gone })
    }

    /// Makes the folder if there is none, and holds it.
    pub(crate) fn hold(&self) -> Result<Held, BackupError> {
        use std::os::unix::fs::DirBuilderExt as _;
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(files(&self.0))?;
        let path = self.0.join(LOCK);
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(files(&path))?;
        lock.lock().map_err(files(&path))?;
        Ok(Held { _lock: lock })
    }

    /// Where an archive is written until it is whole.
    pub(crate) fn unfinished(&self, set: SetName, number: u32, now: Micros) -> PathBuf {
        self.0.join(format!("{}.{}{UNFINISHED}", set.prefix(number), now.0))
    }

    /// Puts a whole archive in its place, over nothing.
    pub(crate) fn settle(&self, unfinished: &Path, name: &Name) -> Result<(), BackupError> {
        let path = self.file(name);
        fs::hard_link(unfinished, &path).map_err(files(&path))?;
        // Where nothing may be removed the second name stays: it costs no space, and pruning takes it away.
        drop(fs::remove_file(unfinished));
        sync(&self.0)
    }
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(files(path)(error)),
        _ => Ok(()),
    }
}

fn sync(folder: &Path) -> Result<(), BackupError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(files(folder))
}
