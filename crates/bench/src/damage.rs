//! Damages copies of a demonstration register in every way that a disk or a thief can, and sees that each is reported.
//!
//! A flipped bit may lie where nothing is kept. That is proved, not assumed: every row of every table, and every index, is
//! compared with the original's.

use crate::persona;
use crate::place::Place;
use crate::program::{self, Outside, Server, Verified};
use anyhow::{Context, Result, bail, ensure};
use register::people::Role;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

/// What is deleted, from which table, and which row of it.
const DELETIONS: [(&str, &str, &str); 5] = [
    ("a record in the middle", "record", "log = 1 and position = 1000"),
    ("the last record", "record", "log = 1 and position = (select max(position) from record where log = 1)"),
    ("a row of the access log", "record", "log = 2 and position = 2"),
    (
        "a particular",
        "particular",
        "(log, position) = (select log, position from particular where log = 1 order by position desc limit 1)",
    ),
    (
        "a key",
        "vault",
        "locker = (select locker from particular where log = 1 and sealed is not null order by position limit 1)",
    ),
];

/// What came of single damages.
#[derive(Debug, Default)]
struct Tally {
    /// A record is named.
    records: u32,
    /// A page, an index or something beside the records is named.
    beside: u32,
    /// The file as a whole is named: it is no database any more.
    file: u32,
    /// Nothing is reported, and no row and no index differs from the original's.
    nothing_changed: u32,
    example: Option<String>,
    example_beside: Option<String>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { records, beside, file, nothing_changed, .. } = self;
        write!(
            f,
            "{records} named by a record, {beside} by a page, an index or an item, {file} by the file; \
             {nothing_changed} fell where nothing is kept"
        )
    }
}

/// Flips so many single bits, and does the rest once each.
pub fn drill(flips: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let original = Place::new(path("original"));
    program::make_demonstration(&original)?;
    let earlier = original.copy_to(&path("earlier"))?;

    let killed = Server::start(&original, "info")?;
    let asked = [
        (Role::Officer, "Anna Petrowska"),
        (Role::Contractor, "Bill Horsfall"),
        (Role::LineManager, "Nobody Atall"),
    ];
    for (role, name) in asked {
        let ended = program::check(&original, &persona::with_role(role)?, name)?;
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

    let mut deleted = 0;
    for (what, table, from) in DELETIONS {
        let copy = plain.copy_to(&path("deleted"))?;
        let place = delete(&copy, table, from)?;
        let said = placed(&copy).with_context(|| what.to_owned())?;
        let found = said.iter().find(|said| said.starts_with(&format!("{place}: ")));
        let found =
            found.with_context(|| format!("{what} deleted at {place}, and only {said:?} is reported"))?;
        ensure!(program::refusal_to_serve(&copy)?.is_some(), "{what} deleted, and it is served");
        println!("  {what} deleted: {found}");
        deleted += 1;
    }

    let copy = original.copy_to(&path("rolled-back"))?;
    for name in ["register.db-wal", "register.db-shm"] {
        fs::remove_file(copy.data.join(name)).ok();
    }
    fs::copy(earlier.database(), copy.database())?;
    let said = placed(&copy).context("an earlier file put back")?;
    ensure!(
        said.iter().any(|said| said.contains("rolled back")),
        "an earlier file is not called so: {said:?}"
    );
    ensure!(program::refusal_to_serve(&copy)?.is_some(), "an earlier file is served");
    println!("  the whole file of an earlier time: {}", said.join("; "));

    // A copy served and stopped, so that the checks that were asked are in what is kept of it.
    let outside = Outside::of(&plain, &path("outside"))?;
    ensure!(outside.verify(&plain)? == Verified::Sound, "control: the copy is not sound to an outsider");
    let found = program::verify(&earlier)?;
    ensure!(
        found == Verified::Sound,
        "control: an earlier folder put back whole was told by what is in it: {found:?}"
    );
    let Verified::Damaged(said) = outside.verify(&earlier)? else {
        bail!("an earlier folder put back whole is not told by a checkpoint that was kept elsewhere");
    };
    ensure!(
        said.iter().all(|said| said.contains("rolled back")),
        "an earlier folder is not called so: {said:?}"
    );
    println!(
        "  the whole folder of an earlier time, by a checkpoint kept elsewhere alone: {}",
        said.join("; ")
    );

    for tally in [&in_file, &in_log] {
        for example in tally.example.iter().chain(&tally.example_beside) {
            println!("  {example}");
        }
    }
    println!("  {flips} bits of the database: {in_file}\n  {flips} bits of the write-ahead log: {in_log}");
    println!(
        "damage: {} flipped bits, {deleted} deletions and 1 roll-back: each reported with its place, but \
         {} bits where nothing is kept; an earlier folder with its heads by a kept checkpoint alone; an undamaged copy passes",
        2 * flips,
        in_file.nothing_changed + in_log.nothing_changed,
    );
    Ok(())
}

impl Tally {
    fn count(&mut self, whole: &Place, damaged: &Place, what: &str) -> Result<()> {
        match program::verify(damaged)? {
            Verified::Damaged(said) => {
                let Some(first) = said.first() else { bail!("{what}: damage without a place") };
                let is_record = said.iter().any(|said| said.contains(" log, record"));
                *(if is_record { &mut self.records } else { &mut self.beside }) += 1;
                let example = if is_record { &mut self.example } else { &mut self.example_beside };
                example.get_or_insert_with(|| format!("{what}: {first}"));
            }
            Verified::Unreadable(said) => {
                ensure!(said.contains(&damaged.database().display().to_string()), "{what}: only {said}");
                self.file += 1;
            }
            Verified::Sound => {
                let (before, after) = (rows(whole)?, rows(damaged)?);
                let changed: Vec<_> =
                    before.keys().filter(|table| before.get(*table) != after.get(*table)).collect();
                ensure!(
                    changed.is_empty(),
                    "{what}: {changed:?} differ, and psr verify says that all is sound"
                );
                self.nothing_changed += 1;
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

/// Deletes rows as somebody would who owns the database: past its triggers. Says which record they belonged to.
fn delete(place: &Place, table: &str, which: &str) -> Result<String> {
    let connection = Connection::open(place.database())?;
    connection.execute_batch(
        "pragma foreign_keys = off; drop trigger record_stays; drop trigger particular_stays; drop trigger key_stays",
    )?;
    let of = if table == "vault" {
        format!(
            "select log, min(position) from particular
             where sealed is not null and locker in (select locker from vault where {which}) and log = 1"
        )
    } else {
        format!("select log, position from {table} where {which} limit 1")
    };
    let (log, position): (u8, u64) =
        connection.query_row(&of, [], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
    ensure!(
        connection.execute(&format!("delete from {table} where {which}"), [])? > 0,
        "nothing was deleted"
    );
    let log = if log == 1 { "register" } else { "access" };
    Ok(format!("{log} log, record {position}"))
}

/// Every table and index with all that it holds, each read through itself.
const HELD: [(&str, &str, &str); 9] = [
    ("table record", "record", "not indexed"),
    ("table particular", "particular", "not indexed"),
    ("table erasure", "erasure", "not indexed"),
    ("table vault", "vault", "not indexed"),
    ("table item", "item", "not indexed"),
    ("index of commands", "record", "indexed by sqlite_autoindex_record_2"),
    ("index epoch", "vault", "indexed by epoch"),
    ("index owned", "item", "indexed by owned"),
    ("index content", "particular", "indexed by content where sealed is not null"),
];

/// A digest of every row of each table, and of each as its indexes give it.
fn rows(place: &Place) -> Result<BTreeMap<&'static str, u64>> {
    let connection = Connection::open_with_flags(place.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut digests = BTreeMap::new();
    for (name, table, how) in HELD {
        let mut statement = connection.prepare(&format!("select * from {table} {how}"))?;
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
        digests.insert(name, hasher.finish());
    }
    Ok(digests)
}
