//! Rows of the access log that could not be written when a check was answered from memory: each is on disk, sealed, before the answer is
//! given, and goes to the ledger as soon as that can be written again.
//!
//! Each program that serves has a file of its own. It has its size from the beginning, so that a full disk leaves room for it. It holds a mark, then for each row its length and its
//! sealed bytes; a length of nothing ends it. Whatever was cut short by the end of the machine was not answered.

use crate::access::{FactsV1, Sealed};
use crate::fault::Fault;
use ledger::Ledger;
use serde::{Deserialize, Serialize};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, OpenOptionsExt as _};
use std::path::Path;

/// What the file begins with.
const MARK: &[u8; 8] = b"psr spl1";
/// How large it is, in bytes: some thousands of rows, more than a council checks in a day.
const SIZE: u64 = 4 * 1024 * 1024;
/// No more programs serve one register from one folder.
const MOST: u32 = 64;
/// What its rows are sealed as.
const ROWS: &str = "spool";

/// A row that waits to be written.
#[derive(Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The name under which it is written, however often that is tried.
    pub(crate) command: u128,
    /// The account of whoever asked.
    pub(crate) by: u64,
    pub(crate) facts: FactsV1,
    pub(crate) sealed: Sealed,
}

/// Why there is no spool, or a row was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The file could not be read or written.
    #[error("the spool cannot be used")]
    File(#[from] io::Error),
    /// Another program has it.
    #[error("other programs have every spool")]
    Taken,
    /// It is no spool.
    #[error("the spool is another file")]
    NotASpool,
    /// It is full of rows that wait.
    #[error("the spool is full")]
    Full,
}

/// The open file.
pub(crate) struct Spool {
    file: File,
    /// Where the next row goes.
    end: u64,
}

impl Spool {
    /// Opens every spool of a folder that no other program has; one more is made where each has its program. The first is free for good as
    /// long as it is held.
    pub(crate) fn all_free_in(folder: &Path) -> Result<Vec<Self>, SpoolError> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut free = Vec::new();
        for number in 1..=MOST {
            let path = folder.join(number.to_string());
            if !free.is_empty() && !path.try_exists()? {
                break;
            }
            match Self::open(&path) {
                Ok(spool) => free.push(spool),
                Err(SpoolError::Taken) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(free)
    }

    /// Opens a spool, or makes it with all the room it will ever take.
    pub(crate) fn open(path: &Path) -> Result<Self, SpoolError> {
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(SpoolError::Taken),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let length = file.metadata()?.len();
        let mut mark = [0; MARK.len()];
        if length >= SIZE {
            file.read_exact(&mut mark)?;
            if &mark != MARK {
                return Err(SpoolError::NotASpool);
            }
        } else {
            // One that was begun and not finished has its mark last.
            file.seek(SeekFrom::Start(0))?;
            io::copy(&mut io::repeat(0).take(SIZE), &mut file)?;
            file.sync_all()?;
            file.write_all_at(MARK, 0)?;
            file.sync_all()?;
        }
        let mut spool = Self { file, end: start() };
        while let Some(next) = spool.row_at(spool.end)?.map(|(_, next)| next) {
            spool.end = next;
        }
        Ok(spool)
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.end == start()
    }

    /// Keeps a row: on disk when this returns.
    pub(crate) fn keep(&mut self, sealed: &[u8]) -> Result<(), SpoolError> {
        let length = u32::try_from(sealed.len()).map_err(|_| SpoolError::Full)?;
        let next = self.end + 4 + u64::from(length);
        // The length after it stays nothing.
        if next + 4 > SIZE {
            return Err(SpoolError::Full);
        }
        self.file.write_all_at(sealed, self.end + 4)?;
        self.file.write_all_at(&0_u32.to_be_bytes(), next)?;
        self.file.sync_data()?;
        self.file.write_all_at(&length.to_be_bytes(), self.end)?;
        self.file.sync_data()?;
        self.end = next;
        Ok(())
    }

    /// Everything that waits, in the order in which it was kept.
    pub(crate) fn waiting(&self) -> Result<Vec<Vec<u8>>, SpoolError> {
        let (mut rows, mut at) = (Vec::new(), start());
        while let Some((row, next)) = self.row_at(at)? {
            rows.push(row);
            at = next;
        }
        Ok(rows)
    }

    /// Forgets what waited: all of it has been written.
    pub(crate) fn empty(&mut self) -> Result<(), SpoolError> {
        self.file.write_all_at(&0_u32.to_be_bytes(), start())?;
        self.file.sync_data()?;
        self.end = start();
        Ok(())
    }

    /// The row at a place, and where the next one stands.
    fn row_at(&self, at: u64) -> Result<Option<(Vec<u8>, u64)>, SpoolError> {
        let mut length = [0; 4];
        self.file.read_exact_at(&mut length, at)?;
        let length = u32::from_be_bytes(length);
        let next = at + 4 + u64::from(length);
        if length == 0 || next + 4 > SIZE {
            return Ok(None);
        }
        let mut row = vec![0; usize::try_from(length).map_err(|_| SpoolError::NotASpool)?];
        self.file.read_exact_at(&mut row, at + 4)?;
        Ok(Some((row, next)))
    }
}

const fn start() -> u64 {
    MARK.len() as u64
}

/// A row, sealed as it lies in the spool.
pub(crate) fn sealed(ledger: &Ledger, row: &Waiting) -> Result<Vec<u8>, Fault> {
    Ok(ledger.seal_aside(ROWS, &serde_json::to_vec(row)?)?)
}

/// A row from the spool.
pub(crate) fn opened(ledger: &Ledger, sealed: &[u8]) -> Result<Waiting, Fault> {
    Ok(serde_json::from_slice(&ledger.open_aside(ROWS, sealed)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_waits_in_its_order_through_the_end_of_the_process_until_it_is_emptied() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("spool");
        let mut spool = Spool::open(&path).expect("a spool");
        assert!(spool.is_empty());
        for row in [&b"first"[..], b"second", b"third"] {
            spool.keep(row).expect("kept");
        }
        assert!(matches!(Spool::open(&path), Err(SpoolError::Taken)));
        drop(spool);
        let mut spool = Spool::open(&path).expect("again");
        assert_eq!(spool.waiting().expect("rows"), [&b"first"[..], b"second", b"third"]);
        spool.empty().expect("emptied");
        spool.keep(b"fourth").expect("kept");
        drop(spool);
        let spool = Spool::open(&path).expect("again");
        assert_eq!(
            spool.waiting().expect("rows"),
            [b"fourth"],
            "nothing of what was there before comes back"
        );
        assert_eq!(std::fs::metadata(&path).expect("a file").len(), SIZE);
    }

    #[test]
    fn each_program_has_a_file_of_its_own_and_the_next_to_start_finds_what_another_left() {
        let folder = tempfile::tempdir().expect("folder");
        let mut first = Spool::all_free_in(folder.path()).expect("spools");
        let mut second = Spool::all_free_in(folder.path()).expect("spools");
        assert_eq!((first.len(), second.len()), (1, 1));
        second[0].keep(b"left").expect("kept");
        first[0].keep(b"held").expect("kept");
        drop(second);
        let third = Spool::all_free_in(folder.path()).expect("spools");
        assert_eq!(third.iter().map(|it| it.waiting().expect("rows")).collect::<Vec<_>>(), [[b"left"]]);
        drop((first, third));
        assert_eq!(Spool::all_free_in(folder.path()).expect("spools").len(), 2);
    }

    #[test]
    fn a_full_spool_keeps_what_it_has_and_says_so() {
        let folder = tempfile::tempdir().expect("folder");
        let mut spool = Spool::open(&folder.path().join("spool")).expect("a spool");
        let row = vec![7; 300_000];
        let mut kept = 0;
        while spool.keep(&row).is_ok() {
            kept += 1;
        }
        assert_eq!(kept, 13);
        assert!(matches!(spool.keep(&row), Err(SpoolError::Full)));
        assert_eq!(spool.waiting().expect("rows").len(), kept);
    }

    #[test]
    fn another_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("spool");
        std::fs::write(&path, vec![1; 5_000_000]).expect("a file");
        assert!(matches!(Spool::open(&path), Err(SpoolError::NotASpool)));
        assert_eq!(std::fs::read(&path).expect("the file"), vec![1; 5_000_000]);
    }
}
