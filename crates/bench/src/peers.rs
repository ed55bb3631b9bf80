//! The nearest things that others offer, measured in the same run: what a figure is worth is its ratio to these.

use crate::crowd;
use anyhow::Result;
use rusqlite::Connection;
use std::path::Path;
use std::time::{Duration, Instant};

/// A database such as a careful programmer would open for an access log: a write-ahead log, synced at every commit.
fn synced(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

/// Bare rows of the size of an access row, inserted one by one: how many a second.
pub fn bare_rows(path: &Path, lasts: Duration) -> Result<f64> {
    let connection = synced(path)?;
    connection
        .execute_batch("create table row (position integer primary key, at integer, who text, facts blob)")?;
    let begun = Instant::now();
    let mut rows = 0_u32;
    while begun.elapsed() < lasts {
        connection.prepare_cached("insert into row values (null, ?1, ?2, ?3)")?.execute((
            1,
            "A-2222-2222",
            vec![7_u8; 600],
        ))?;
        rows += 1;
    }
    Ok(f64::from(rows) / begun.elapsed().as_secs_f64())
}

/// A full-text index of the same residents by trigrams, and a bare row for each question: how many a second. It answers with
/// the ten rows that share most trigrams; it neither weighs nor decides.
pub fn trigram_checks(path: &Path, residents: u64, lasts: Duration) -> Result<f64> {
    let mut connection = synced(path)?;
    connection.execute_batch(
        "create virtual table resident using fts5(words, tokenize = 'trigram');
         create table row (position integer primary key, at integer, who text, facts blob)",
    )?;
    let transaction = connection.transaction()?;
    for n in 0..residents {
        let words = crowd::words_of(n);
        transaction.prepare_cached("insert into resident values (?1)")?.execute([words])?;
    }
    transaction.commit()?;
    let begun = Instant::now();
    let mut asked = 0_u32;
    while begun.elapsed() < lasts {
        let question = crowd::question(u64::from(asked), residents).description;
        let query = trigrams(&question.given().join(" "));
        let mut search = connection
            .prepare_cached("select rowid from resident where words match ?1 order by rank limit 10")?;
        let found = search.query_map([query], |row| row.get::<_, i64>(0))?.count();
        connection.prepare_cached("insert into row values (null, ?1, ?2, ?3)")?.execute((
            i64::try_from(found)?,
            "A-2222-2222",
            vec![7_u8; 600],
        ))?;
        asked += 1;
    }
    Ok(f64::from(asked) / begun.elapsed().as_secs_f64())
}

/// A query for whatever shares any three letters in a row.
fn trigrams(words: &str) -> String {
    let letters: Vec<char> = words.to_lowercase().chars().filter(|letter| *letter != '"').collect();
    let three = letters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>()));
    three.collect::<Vec<_>>().join(" OR ")
}

/// How long SQLite's own check of a file takes.
pub fn integrity_check(path: &Path) -> Result<Duration> {
    let connection = Connection::open(path)?;
    let begun = Instant::now();
    let said: String = connection.query_row("pragma integrity_check", [], |row| row.get(0))?;
    anyhow::ensure!(said == "ok", "integrity_check: {said}");
    Ok(begun.elapsed())
}

/// How long SQLite takes to read a row of the access log by its key, on the average of these.
pub fn rows_by_key(path: &Path, positions: impl Iterator<Item = u64>) -> Result<Duration> {
    let connection = Connection::open(path)?;
    let mut statement = connection.prepare("select facts from record where log = 2 and position = ?1")?;
    let begun = Instant::now();
    let mut count = 0;
    for position in positions {
        let _facts: Vec<u8> = statement.query_row([position.cast_signed()], |row| row.get(0))?;
        count += 1;
    }
    Ok(begun.elapsed() / count)
}
