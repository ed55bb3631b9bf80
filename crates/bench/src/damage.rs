//! Damages copies of a demonstration register in every way that a disk or a thief can, and sees that each is reported.
//!
//! A flipped bit may lie where no row is kept. That is proved, not assumed: every row of every table is compared with the
//! original's.

use crate::persona;
use crate::place::Place;
use crate::program::{self, Server, Verified};
use anyhow::{Context, Result, bail, ensure};
use register::people::Role;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

/// Tables that are history; the last, `item`, holds sessions and drafts, which are sealed and not part of it.
const TABLES: [&str; 5] = ["record", "particular", "erasure", "vault", "item"];

/// What came of single damages.
#[derive(Debug, Default)]
struct Tally {
    placed: u32,
    unreadable: u32,
    no_row_changed: u32,
    beside_history: u32,
}

/// Flips so many single bits, and does the rest once each.
pub fn drill(flips: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let original = Place::new(path("original"));
    program::make_demonstration(&original)?;
    let officer = persona::with_role(Role::Officer)?.email;
    let earlier = original.copy_to(&path("earlier"))?;

    let killed = Server::start(&original, "info")?;
    for name in ["Anna Petrowska", "Bill Horsfall", "Nobody Atall"] {
        let ended = program::check(&original, &officer, name)?;
        ensure!(matches!(ended, Some(0 | 10 | 11)), "a check ended with {ended:?}");
    }
    killed.kill()?;
    let with_log = original.copy_to(&path("with-log"))?;
    ensure!(fs::metadata(with_log.write_ahead_log())?.len() > 0, "the killed server left no write-ahead log");

    let copy = original.copy_to(&path("control"))?;
    ensure!(program::verify(&copy)? == Verified::Sound, "control: an undamaged copy is not sound");
    ensure!(program::refusal_to_serve(&copy)?.is_none(), "control: an undamaged copy is not served");
    // Serving and stopping brought the log into the file.
    let plain = copy;
    let clean = Connection::open(plain.database())?;
    clean.pragma_update(None, "wal_checkpoint", "truncate").ok();
    drop(clean);

    let mut in_file = Tally::default();
    let mut in_log = Tally::default();
    for seed in 0..flips {
        let copy = plain.copy_to(&path("flipped"))?;
        let at = flip(&copy.database(), seed)?;
        in_file.count(&plain, &copy, &format!("bit {at} of the database"))?;
        let copy = with_log.copy_to(&path("flipped"))?;
        fs::remove_file(copy.data.join("register.db-shm")).ok();
        let at = flip(&copy.write_ahead_log(), seed)?;
        in_log.count(&with_log, &copy, &format!("bit {at} of the write-ahead log"))?;
    }

    let deletions = [
        ("a record in the middle", "delete from record where log = 1 and position = 1000"),
        (
            "the last record",
            "delete from record where log = 1 and position = (select max(position) from record where log = 1)",
        ),
        ("a row of the access log", "delete from record where log = 2 and position = 2"),
        (
            "a particular",
            "delete from particular where (log, position) = (select log, position from particular where log = 1 order by position desc limit 1)",
        ),
        (
            "a key",
            "delete from vault where locker = (select locker from particular where log = 1 and sealed is not null limit 1)",
        ),
    ];
    let mut deleted = 0;
    for (what, statement) in deletions {
        let copy = plain.copy_to(&path("deleted"))?;
        delete(&copy, statement)?;
        let places = placed(&copy).with_context(|| what.to_owned())?;
        ensure!(program::refusal_to_serve(&copy)?.is_some(), "{what} deleted, and it is served");
        println!("  {what} deleted: {}", places.first().map_or("", String::as_str));
        deleted += 1;
    }

    let copy = original.copy_to(&path("rolled-back"))?;
    for name in ["register.db-wal", "register.db-shm"] {
        fs::remove_file(copy.data.join(name)).ok();
    }
    fs::copy(earlier.database(), copy.database())?;
    let places = placed(&copy).context("an earlier file put back")?;
    ensure!(program::refusal_to_serve(&copy)?.is_some(), "an earlier file is served");
    println!("  the whole file of an earlier time: {}", places.first().map_or("", String::as_str));

    println!(
        "  {flips} bits of the database: {in_file:?}\n  {flips} bits of the write-ahead log: {in_log:?}"
    );
    println!(
        "damage: {} flipped bits, {deleted} deletions and 1 roll-back: none that changed a record went unseen; an \
         undamaged copy passes",
        2 * flips
    );
    Ok(())
}

impl Tally {
    fn count(&mut self, whole: &Place, damaged: &Place, what: &str) -> Result<()> {
        match program::verify(damaged)? {
            Verified::Damaged(places) if !places.is_empty() => self.placed += 1,
            Verified::Damaged(_) => bail!("{what}: damage without a place"),
            Verified::Unreadable(_) => self.unreadable += 1,
            Verified::Sound => {
                let (before, after) = (rows(whole)?, rows(damaged)?);
                let changed: Vec<_> =
                    TABLES.into_iter().filter(|table| before.get(table) != after.get(table)).collect();
                match changed.as_slice() {
                    [] => self.no_row_changed += 1,
                    ["item"] => self.beside_history += 1,
                    _ => bail!("{what}: rows of {changed:?} changed, and psr verify says that all is sound"),
                }
            }
        }
        Ok(())
    }
}

/// Where the damage is, by `psr verify`.
fn placed(place: &Place) -> Result<Vec<String>> {
    match program::verify(place)? {
        Verified::Damaged(places) if !places.is_empty() => Ok(places),
        other => bail!("psr verify: {other:?}"),
    }
}

/// Flips one bit of a file, and says which.
fn flip(path: &Path, seed: u32) -> Result<usize> {
    let mut bytes = fs::read(path)?;
    let mut hasher = DefaultHasher::new();
    (seed, "flip").hash(&mut hasher);
    let at = usize::try_from(hasher.finish())? % (bytes.len() * 8);
    let byte = bytes.get_mut(at / 8).context("an empty file")?;
    *byte ^= 1 << (at % 8);
    fs::write(path, bytes)?;
    Ok(at)
}

/// Deletes rows as somebody would who owns the database: past its triggers.
fn delete(place: &Place, statement: &str) -> Result<()> {
    let connection = Connection::open(place.database())?;
    connection.execute_batch(
        "pragma foreign_keys = off; drop trigger record_stays; drop trigger particular_stays; drop trigger key_stays",
    )?;
    ensure!(connection.execute(statement, [])? > 0, "nothing was deleted");
    Ok(())
}

/// A digest of every row of each table, in the order of its key.
fn rows(place: &Place) -> Result<BTreeMap<&'static str, u64>> {
    let connection = Connection::open_with_flags(place.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut digests = BTreeMap::new();
    for table in TABLES {
        let mut statement = connection.prepare(&format!("select * from {table} not indexed"))?;
        let columns = statement.column_count();
        let mut hasher = DefaultHasher::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => 0.hash(&mut hasher),
                    ValueRef::Integer(number) => number.hash(&mut hasher),
                    ValueRef::Real(number) => number.to_bits().hash(&mut hasher),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.hash(&mut hasher),
                }
            }
        }
        digests.insert(table, hasher.finish());
    }
    Ok(digests)
}
