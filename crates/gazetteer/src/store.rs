//! The list as one file: written beside and renamed into place, and read by whoever asks for suggestions.
//!
//! Addresses are numbered in the order in which people look through a street, so that the full-text index, which answers in the
//! order of these numbers, gives the first few without sorting all that match.

use crate::address::{Address, Standing};
use crate::read::{Export, Fault, Listed, Reading, Tally};
use crate::{query, words};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, params};
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// "PSRg", by which the file is known to be ours.
const APPLICATION: i64 = 0x5053_5267;
/// The shape of the file. Another shape is not read: the list is loaded again.
const SHAPE: i64 = 1;

const TABLES: &str = "
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE address (place INTEGER PRIMARY KEY, uprn INTEGER NOT NULL, lines TEXT NOT NULL, postcode TEXT);
    CREATE TABLE ended (uprn INTEGER PRIMARY KEY);
    CREATE VIRTUAL TABLE words USING fts5(
        house, text, content = '', detail = 'column', columnsize = 0, prefix = '1 2 3', tokenize = 'ascii');";

/// Why there are no suggestions although there is a list.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Something else, or of another version.
    #[error("the gazetteer is not one that this version reads: load it again")]
    OfAnotherShape,
    /// Damaged, or the disk.
    #[error("the gazetteer cannot be read: load it again")]
    Database(#[from] rusqlite::Error),
    /// The disk.
    #[error("the gazetteer cannot be opened")]
    Disk(#[from] io::Error),
}

/// Why a list was not loaded. The one that stands is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum NotLoaded {
    /// Nothing in the files can be offered.
    #[error("there is no live address in these files ({0} rows were read)")]
    NoAddress(u64),
    /// Far fewer than stand.
    #[error(
        "there are {found} addresses in these files, and {standing} in the list that is loaded: give all files of the export at once"
    )]
    FarFewer {
        /// In the files.
        found: u64,
        /// In the list that stands.
        standing: u64,
    },
    /// The file could not be written.
    #[error("the gazetteer could not be written")]
    Database(#[from] rusqlite::Error),
    /// The file could not be put in place.
    #[error("the gazetteer could not be put in place")]
    Disk(#[from] io::Error),
}

/// What to do with a list of less than half as many addresses as the one that stands: one tile of an export is such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shrinking {
    /// Leave the one that stands.
    Refuse,
    /// Take it.
    Allow,
}

/// What was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// Addresses that are now offered.
    pub addresses: u64,
    /// Property references that were offered before and are no longer live.
    pub newly_ended: u64,
    /// Every row that was not taken.
    pub faults: Vec<Fault>,
    /// What the rest of the rows came to.
    pub tally: Tally,
}

/// The list that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Addresses that are offered.
    pub addresses: u64,
    /// Property references that are known and no longer live.
    pub ended: u64,
    /// When it was loaded, as whoever loaded it wrote that.
    pub loaded_at: String,
    /// The files that it was loaded from.
    pub files: String,
    /// The rows of them that were not taken.
    pub faults: u64,
}

/// The list in a file, which may be absent and may be replaced at any time; by default there is none. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    path: Arc<PathBuf>,
    open: Arc<Mutex<Option<Open>>>,
}

/// The file that is open, and what it was told by.
#[derive(Debug)]
struct Open {
    connection: Connection,
    stamp: Stamp,
}

/// What tells one file from another that was renamed over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    seconds: i64,
    nanoseconds: i64,
}

impl From<Metadata> for Stamp {
    fn from(file: Metadata) -> Self {
        Self {
            device: file.dev(),
            inode: file.ino(),
            size: file.size(),
            seconds: file.mtime(),
            nanoseconds: file.mtime_nsec(),
        }
    }
}

impl Gazetteer {
    /// The list in this file, whether there is one yet or not.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: Arc::new(path.into()), open: Arc::default() }
    }

    /// Whether there is a list.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.path.exists()
    }

    /// Addresses that what was typed may mean, the likeliest first, at most `most`. None where there is no list.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Address>, Unreadable> {
        let questions = query::questions(typed);
        let at_most = i64::try_from(most).unwrap_or(i64::MAX);
        self.with(Vec::new(), |connection| {
            let mut found: Vec<(i64, Address)> = Vec::new();
            let mut statement = connection.prepare_cached(
                "SELECT place, uprn, lines, postcode FROM words JOIN address ON place = words.rowid
                 WHERE words MATCH ?1 ORDER BY words.rowid LIMIT ?2",
            )?;
            for question in &questions {
                let rows = statement.query_map(params![question, at_most], |row| {
                    Ok((row.get(0)?, address(reference(row, 1)?, row.get(2)?, row.get(3)?)))
                })?;
                for row in rows {
                    let (place, address) = row?;
                    if found.len() < most && !found.iter().any(|(known, _)| *known == place) {
                        found.push((place, address));
                    }
                }
                if found.len() >= most {
                    break;
                }
            }
            Ok(found.into_iter().map(|(_, address)| address).collect())
        })
    }

    /// What the list knows of a property reference.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn standing(&self, uprn: u64) -> Result<Standing, Unreadable> {
        let key = key(uprn);
        self.with(Standing::Unknown, |connection| {
            let mut live =
                connection.prepare_cached("SELECT uprn, lines, postcode FROM address WHERE uprn = ?1")?;
            let found =
                live.query_row([key], |row| Ok(address(reference(row, 0)?, row.get(1)?, row.get(2)?)));
            if let Some(address) = found.optional()? {
                return Ok(Standing::Live(address));
            }
            let mut ended = connection.prepare_cached("SELECT 1 FROM ended WHERE uprn = ?1")?;
            Ok(if ended.exists([key])? { Standing::Ended } else { Standing::Unknown })
        })
    }

    /// The list that stands, if there is one.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn about(&self) -> Result<Option<About>, Unreadable> {
        self.with(None, |connection| {
            let count = |table| {
                connection
                    .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
                    .map(i64::unsigned_abs)
            };
            let value = |key| {
                connection
                    .query_row("SELECT value FROM about WHERE key = ?1", [key], |row| row.get::<_, String>(0))
            };
            Ok(Some(About {
                addresses: count("address")?,
                ended: count("ended")?,
                loaded_at: value("loaded at")?,
                files: value("files")?,
                faults: value("faults")?.parse().unwrap_or_default(),
            }))
        })
    }

    /// Asks the file that stands now; `absent` where there is none.
    fn with<T>(
        &self,
        absent: T,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Unreadable> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = match fs::metadata(self.path.as_path()) {
            Ok(file) => Stamp::from(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                *open = None;
                return Ok(absent);
            }
            Err(error) => return Err(error.into()),
        };
        let open = match &mut *open {
            Some(open) if open.stamp == stamp => open,
            stale => stale.insert(Open { connection: opened(&self.path)?, stamp }),
        };
        Ok(ask(&open.connection)?)
    }

    /// Puts what was read in the place of the list that stands. `now` is written into it for whoever asks when it was loaded.
    ///
    /// A running server sees the old list or the new one, never half of either.
    ///
    /// # Errors
    /// [`NotLoaded`]; the list that stands is as it was.
    pub fn load(&self, reading: Reading, now: &str, shrinking: Shrinking) -> Result<Loaded, NotLoaded> {
        let files = reading.files().join(", ");
        let Export { mut listed, mut ended, faults, tally } = reading.finish();
        let found = listed.len() as u64;
        if listed.is_empty() {
            return Err(NotLoaded::NoAddress(tally.rows));
        }
        // One that cannot be read is replaced like one that is not there.
        let before = self.known().unwrap_or_default();
        let standing = before.live.len() as u64;
        if shrinking == Shrinking::Refuse && found < standing / 2 {
            return Err(NotLoaded::FarFewer { found, standing });
        }
        let now_live: BTreeSet<u64> = listed.iter().map(|listed| listed.uprn).collect();
        let gone: Vec<u64> = before.live.difference(&now_live).copied().collect();
        let newly_ended = gone.len() as u64;
        ended.extend(gone);
        ended.extend(before.ended);
        ended.retain(|uprn| !now_live.contains(uprn));
        listed.sort_by_cached_key(|listed| (listed.parts.order(), listed.uprn));

        let partial = self.path.with_extension("partial");
        discard(&partial)?;
        let about = [("loaded at", now), ("files", &files), ("faults", &faults.len().to_string())];
        write(&partial, &listed, &ended, &about)?;
        let file = File::open(&partial)?;
        file.sync_all()?;
        fs::rename(&partial, self.path.as_path())?;
        if let Some(directory) = self.path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            File::open(directory)?.sync_all()?;
        }
        Ok(Loaded { addresses: found, newly_ended, faults, tally })
    }

    /// The property references of the list that stands.
    fn known(&self) -> Result<Known, Unreadable> {
        self.with(Known::default(), |connection| {
            let all = |table| {
                let mut statement = connection.prepare(&format!("SELECT uprn FROM {table}"))?;
                statement.query_map([], |row| reference(row, 0))?.collect::<rusqlite::Result<BTreeSet<u64>>>()
            };
            Ok(Known { live: all("address")?, ended: all("ended")? })
        })
    }
}

#[derive(Default)]
struct Known {
    live: BTreeSet<u64>,
    ended: BTreeSet<u64>,
}

fn address(uprn: u64, lines: String, postcode: Option<String>) -> Address {
    Address { uprn, lines, postcode }
}

/// References have at most twelve digits, so none is too great for the database.
fn reference(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get(column).map(i64::unsigned_abs)
}

fn key(uprn: u64) -> i64 {
    i64::try_from(uprn).unwrap_or(i64::MAX)
}

/// A file that is never changed in its place, so nothing needs to be locked.
fn opened(path: &Path) -> Result<Connection, Unreadable> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("application_id")? != APPLICATION || number("user_version")? != SHAPE {
        return Err(Unreadable::OfAnotherShape);
    }
    Ok(connection)
}

fn discard(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn write(
    path: &Path,
    listed: &[Listed],
    ended: &BTreeSet<u64>,
    about: &[(&str, &str)],
) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    // What is cut off is thrown away, so nothing is kept to go back to.
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", SHAPE)?;
    connection.execute_batch(TABLES)?;
    let transaction = connection.transaction()?;
    {
        let mut address = transaction.prepare("INSERT INTO address VALUES (?1, ?2, ?3, ?4)")?;
        let mut index = transaction.prepare("INSERT INTO words (rowid, house, text) VALUES (?1, ?2, ?3)")?;
        for (place, Listed { uprn, parts, others }) in (1_i64..).zip(listed) {
            let postcode = Some(words::spaced(&parts.postcode)).filter(|postcode| !postcode.is_empty());
            let postcode = postcode.map(|postcode| postcode.to_uppercase());
            address.execute(params![place, key(*uprn), parts.lines(), postcode])?;
            let every = || std::iter::once(parts).chain(others);
            let house: BTreeSet<String> = every().flat_map(|parts| parts.house_words()).collect();
            let all: BTreeSet<String> = every().flat_map(|parts| parts.all_words()).collect();
            let joined = |words: BTreeSet<String>| words.into_iter().collect::<Vec<_>>().join(" ");
            index.execute(params![place, joined(house), joined(all)])?;
        }
        let mut gone = transaction.prepare("INSERT INTO ended VALUES (?1)")?;
        for uprn in ended {
            gone.execute([key(*uprn)])?;
        }
        let mut value = transaction.prepare("INSERT INTO about VALUES (?1, ?2)")?;
        for (key, text) in about {
            value.execute([key, text])?;
        }
        transaction.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
        transaction.execute("CREATE UNIQUE INDEX address_uprn ON address (uprn)", [])?;
    }
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)
}
