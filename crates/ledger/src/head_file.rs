//! The head that is remembered outside the database: one file of signed checkpoints for each log.
//!
//! A checkpoint is on disk here before an append is acknowledged. A database that is behind this file, or differs from it, has
//! lost or rewritten something, and says so at start. A database that is ahead of it merely crashed between its own commit and
//! this file's. The directory belongs on another disk than the database's, or at least outside what is restored with it.

use crate::checkpoint::{self, NotACheckpoint, Signer};
use crate::keyring::Keyring;
use crate::record::Log;
use crate::tree::Head;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// How many of the latest checkpoints are kept; of those before, one for each stretch of as many records.
const KEPT: u64 = 1_000;
/// More bytes than a checkpoint has.
const NOTE: u64 = 300;
/// Lines of one checkpoint: origin, size, root, an empty one, the signature.
const LINES: usize = 5;

/// Why the outside head cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadFileError {
    /// There is none where one is expected. Without it a rolled-back database would go unnoticed.
    #[error("no head file at {0}")]
    Absent(PathBuf),
    /// There is one already; it is never overwritten.
    #[error("{0} exists already and is not overwritten")]
    Exists(PathBuf),
    /// A checkpoint in it is not one.
    #[error("{path}: the checkpoint that begins on line {line} cannot be trusted: {reason}")]
    Untrusted {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: NotACheckpoint,
    },
    /// No space is left for it.
    #[error("no space is left for {0}")]
    Full(PathBuf),
    /// The file system refused.
    #[error("{path}: {reason}")]
    Files {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
}

/// Which checkpoints' signatures are checked when a head file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signatures {
    /// The last one's: enough to start.
    Last,
    /// Every one's.
    All,
}

/// The head files of both logs. Several processes may have them open.
#[derive(Debug, Clone)]
pub struct HeadFiles {
    directory: PathBuf,
    register: Signer,
    access: Signer,
}

impl HeadFiles {
    /// Makes empty head files for a new register, or for a database that is trusted as it stands (a restored one).
    ///
    /// # Errors
    /// When there are some already, or the directory cannot be written.
    pub fn create(directory: &Path, keyring: &Keyring) -> Result<Self, HeadFileError> {
        let heads = Self::at(directory, keyring);
        fs::create_dir_all(directory).map_err(files(directory))?;
        for log in Log::ALL {
            let path = heads.path(log);
            OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| {
                match error.kind() {
                    io::ErrorKind::AlreadyExists => HeadFileError::Exists(path.clone()),
                    _ => files(&path)(error),
                }
            })?;
        }
        sync(directory)?;
        Ok(heads)
    }

    /// The head files that are there.
    ///
    /// # Errors
    /// When one is absent.
    pub fn open(directory: &Path, keyring: &Keyring) -> Result<Self, HeadFileError> {
        let heads = Self::at(directory, keyring);
        match Log::ALL.map(|log| heads.path(log)).into_iter().find(|path| !path.exists()) {
            Some(absent) => Err(HeadFileError::Absent(absent)),
            None => Ok(heads),
        }
    }

    /// Holds the files against every other process and thread until dropped.
    ///
    /// # Errors
    /// When the lock cannot be taken.
    pub fn lock(&self) -> Result<HeldHeadFiles<'_>, HeadFileError> {
        let path = self.directory.join("lock");
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(files(&path))?;
        lock.lock().map_err(files(&path))?;
        Ok(HeldHeadFiles { heads: self, _lock: lock })
    }

    /// Who signs the checkpoints of `log`.
    #[must_use]
    pub const fn signer(&self, log: Log) -> &Signer {
        match log {
            Log::Register => &self.register,
            Log::Access => &self.access,
        }
    }

    fn at(directory: &Path, keyring: &Keyring) -> Self {
        Self {
            directory: directory.to_owned(),
            register: keyring.signer(Log::Register),
            access: keyring.signer(Log::Access),
        }
    }

    fn path(&self, log: Log) -> PathBuf {
        self.directory.join(format!("{log}.checkpoints"))
    }
}

/// The head files, held by one process.
#[derive(Debug)]
pub struct HeldHeadFiles<'a> {
    heads: &'a HeadFiles,
    _lock: File,
}

impl HeldHeadFiles<'_> {
    /// The checkpoints that are kept of `log`, oldest first. A last one that a crash cut short is not among them: it was never
    /// relied upon.
    ///
    /// # Errors
    /// When the file cannot be read, or a checkpoint cannot be trusted.
    pub fn read(&self, log: Log, signatures: Signatures) -> Result<Vec<Head>, HeadFileError> {
        let path = self.heads.path(log);
        let text = read(&path)?;
        let verifier = self.heads.signer(log).verifier();
        let notes: Vec<String> = notes(&text).collect();
        let last = notes.len().saturating_sub(1);
        notes
            .iter()
            .enumerate()
            .map(|(index, note)| {
                if index == last || signatures == Signatures::All {
                    verifier.verify(note)
                } else {
                    checkpoint::parse(note)
                }
                .map_err(|reason| {
                    let line = index * LINES + 1;
                    HeadFileError::Untrusted { path: path.clone(), line, reason }
                })
            })
            .collect()
    }

    /// Notes that `log` has come to `head`: signed, and on disk when this returns.
    ///
    /// # Errors
    /// [`HeadFileError::Full`] leaves the file as it was. Any other failure leaves in doubt what is on disk.
    pub fn append(&mut self, log: Log, head: Head) -> Result<(), HeadFileError> {
        let path = self.heads.path(log);
        let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(files(&path))?;
        let mut end = file.seek(SeekFrom::End(0)).map_err(files(&path))?;
        if end > large(head.size) || torn(&mut file, end).map_err(files(&path))? {
            file = self.thin_out(log)?;
            end = file.seek(SeekFrom::End(0)).map_err(files(&path))?;
        }
        let note = self.heads.signer(log).sign(head);
        file.write_all(note.as_bytes()).and_then(|()| file.sync_data()).map_err(|error| {
            match (error.kind(), file.set_len(end)) {
                (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, Ok(())) => {
                    HeadFileError::Full(path.clone())
                }
                _ => files(&path)(error),
            }
        })
    }

    /// Rewrites the file with the latest checkpoints, and of the older ones enough to say where damage lies.
    fn thin_out(&mut self, log: Log) -> Result<File, HeadFileError> {
        let path = self.heads.path(log);
        let text = read(&path)?;
        let partial = path.with_extension("partial");
        let mut file = File::create(&partial).map_err(files(&partial))?;
        file.write_all(thinned(&text).as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&partial, &path))
            .map_err(files(&path))?;
        sync(&self.heads.directory)?;
        Ok(file)
    }
}

/// How many bytes make a file worth thinning out: twice what would be left.
const fn large(size: u64) -> u64 {
    2 * NOTE * (KEPT + size / KEPT)
}

/// The last checkpoints and one of each former stretch, whole ones only.
fn thinned(text: &str) -> String {
    let notes: Vec<String> = notes(text).collect();
    let size = |note: &String| checkpoint::parse(note).map_or(0, |head| head.size);
    let recent = notes.len().saturating_sub(usize::try_from(KEPT).unwrap_or(usize::MAX));
    let (older, latest) = notes.split_at(recent);
    let sparse: BTreeMap<u64, &String> = older.iter().map(|note| (size(note) / KEPT, note)).collect();
    sparse.into_values().chain(latest).map(String::as_str).collect()
}

/// The whole checkpoints of a file, one after another.
fn notes(text: &str) -> impl Iterator<Item = String> {
    let lines: Vec<&str> = text.split_inclusive('\n').filter(|line| line.ends_with('\n')).collect();
    lines.chunks_exact(LINES).map(|lines| lines.concat()).collect::<Vec<_>>().into_iter()
}

/// Whether the file ends in the middle of a checkpoint, as a crash may leave it.
fn torn(file: &mut File, end: u64) -> io::Result<bool> {
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(end.saturating_sub(NOTE)))?;
    file.read_to_end(&mut tail)?;
    let tail = String::from_utf8_lossy(&tail);
    let whole =
        tail.ends_with('\n') && tail.lines().next_back().is_some_and(|line| line.starts_with('\u{2014}'));
    Ok(end > 0 && !whole)
}

/// A garbled file is text that is no checkpoint.
fn read(path: &Path) -> Result<String, HeadFileError> {
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).map_err(files(path))
}

fn files(path: &Path) -> impl FnOnce(io::Error) -> HeadFileError + '_ {
    move |error| HeadFileError::Files { path: path.to_owned(), reason: error.to_string() }
}

fn sync(directory: &Path) -> Result<(), HeadFileError> {
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(files(directory))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::entropy::OsEntropy;
    use crate::keyring::Epoch;
    use tempfile::TempDir;

    fn heads() -> (TempDir, HeadFiles) {
        let place = tempfile::tempdir().unwrap();
        let keyring = Keyring::create(
            &place.path().join("keyring"),
            "psr.example",
            Epoch::new(2026, 11),
            &mut OsEntropy,
        )
        .unwrap();
        let heads = HeadFiles::create(&place.path().join("heads"), &keyring).unwrap();
        (place, heads)
    }

    fn head(size: u64) -> Head {
        Head { size, root: Digest::of(&size.to_be_bytes()) }
    }

    fn sizes(heads: &HeadFiles) -> Vec<u64> {
        let read = heads.lock().unwrap().read(Log::Register, Signatures::All).unwrap();
        read.iter().map(|head| head.size).collect()
    }

    #[test]
    fn what_is_noted_is_read_again_for_its_own_log_only() {
        let (_place, heads) = heads();
        for size in [1, 2, 5] {
            heads.lock().unwrap().append(Log::Register, head(size)).unwrap();
        }
        assert_eq!(sizes(&heads), [1, 2, 5]);
        assert_eq!(heads.lock().unwrap().read(Log::Access, Signatures::All), Ok(Vec::new()));
    }

    #[test]
    fn a_checkpoint_cut_short_by_a_crash_is_passed_over_and_the_next_one_follows_the_last_whole_one() {
        let (_place, heads) = heads();
        let path = heads.path(Log::Register);
        heads.lock().unwrap().append(Log::Register, head(1)).unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        for cut in 1..whole.len() {
            let Some(part) = whole.get(..cut) else { continue };
            fs::write(&path, format!("{whole}{part}")).unwrap();
            assert_eq!(sizes(&heads), [1], "cut at {cut}");
            heads.lock().unwrap().append(Log::Register, head(2)).unwrap();
            assert_eq!(sizes(&heads), [1, 2], "cut at {cut}");
        }
    }

    #[test]
    fn an_altered_checkpoint_is_named_by_its_line() {
        let (_place, heads) = heads();
        for size in 1..=3 {
            heads.lock().unwrap().append(Log::Register, head(size)).unwrap();
        }
        let path = heads.path(Log::Register);
        let altered = fs::read_to_string(&path).unwrap().replace("\n3\n", "\n2\n");
        fs::write(&path, altered).unwrap();
        let read = heads.lock().unwrap().read(Log::Register, Signatures::Last);
        assert_eq!(read, Err(HeadFileError::Untrusted { path, line: 11, reason: NotACheckpoint::Signature }));
    }

    #[test]
    fn a_long_file_keeps_the_latest_and_one_of_each_earlier_stretch() {
        let note =
            |size| format!("psr.example/register\n{size}\n{}\n\n\u{2014} signed\n", "A".repeat(43) + "=");
        let text: String = (1..=4_500).map(note).collect();
        let kept: Vec<u64> =
            notes(&thinned(&text)).map(|note| checkpoint::parse(&note).unwrap().size).collect();
        assert_eq!(kept[..4], [999, 1_999, 2_999, 3_500]);
        assert_eq!(kept[4..], (3_501..=4_500).collect::<Vec<_>>());
    }

    #[test]
    fn head_files_are_neither_overwritten_nor_missed() {
        let (place, _heads) = heads();
        let keyring = Keyring::open(&place.path().join("keyring")).unwrap();
        let there = place.path().join("heads");
        assert!(matches!(HeadFiles::create(&there, &keyring), Err(HeadFileError::Exists(_))));
        let absent = place.path().join("elsewhere");
        assert!(matches!(HeadFiles::open(&absent, &keyring), Err(HeadFileError::Absent(_))));
    }
}
