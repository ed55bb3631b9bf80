//! Making a database, opening it as it must be opened, and counting it again before it is used.

use crate::rows;
use crate::trouble::{is_damage, not_written};
use ledger::head_file::Signatures;
use ledger::recount::Recount;
use ledger::{Contents, Damage, Digest, Finding, HeadFiles, Log, Micros, StoreError, Tail, Tails};
use rusqlite::{Connection, Error, OpenFlags};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

/// The newest schema that this program knows.
const SCHEMA: u32 = 1;
/// Marks the file as ours: `psr1`.
const APPLICATION: u32 = 0x7073_7231;
/// Marks a file whose register has been moved elsewhere: `psr0`.
const SHUT: u32 = 0x7073_7230;
/// Memory for pages that the writer comes back to, in KiB as SQLite wants it (64 MiB).
const CACHE: &str = "-65536";
/// How long a writer waits for another process.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Reads what others have appended since.
pub(crate) fn catch_up(tails: &mut Tails, connection: &Connection, log: Log) -> Result<(), StoreError> {
    let tail = tails.of_mut(log);
    let (size, recorded_at) = last(connection, log).map_err(|error| not_written(&error))?;
    tail.recorded_at = recorded_at;
    if size < tail.tree.size() {
        let positions = size + 1..=tail.tree.size();
        return Err(StoreError::Damaged(vec![Finding { log, positions, damage: Damage::RolledBack }]));
    }
    if size > tail.tree.size() {
        let mut missing = None;
        leaves(connection, log, tail.tree.size(), |position, leaf| {
            if position == tail.tree.size() + 1 {
                tail.tree.push(leaf);
            } else {
                missing.get_or_insert(tail.tree.size() + 1..=position.saturating_sub(1));
            }
        })
        .map_err(|error| not_written(&error))?;
        if let Some(positions) = missing {
            return Err(StoreError::Damaged(vec![Finding { log, positions, damage: Damage::Missing }]));
        }
    }
    Ok(())
}

/// The position and time of a log's last record.
fn last(connection: &Connection, log: Log) -> rusqlite::Result<(u64, Micros)> {
    let mut statement = connection.prepare_cached(
        "select position, recorded_at from record where log = ?1 order by position desc limit 1",
    )?;
    let mut found = statement.query([log.number()])?;
    Ok(match found.next()? {
        Some(row) => (row.get::<_, i64>(0)?.cast_unsigned(), Micros(row.get(1)?)),
        None => (0, Micros::default()),
    })
}

fn leaves(
    connection: &Connection,
    log: Log,
    after: u64,
    mut each: impl FnMut(u64, Digest),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "select position, leaf from record where log = ?1 and position > ?2 order by position",
    )?;
    let mut found = statement.query((log.number(), rows::signed(after)))?;
    while let Some(row) = found.next()? {
        each(row.get::<_, i64>(0)?.cast_unsigned(), rows::leaf(row, 1)?);
    }
    Ok(())
}

/// Makes the file and its tables.
pub(crate) fn create(path: &Path) -> Result<(), StoreError> {
    let not_there =
        |reason: &dyn std::fmt::Display| StoreError::NotThere(format!("{}: {reason}", path.display()));
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| not_there(&error))?;
    let make = || {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.execute_batch(&format!(
            "begin; {} pragma application_id = {APPLICATION}; pragma user_version = {SCHEMA}; commit;",
            include_str!("schema.sql")
        ))
    };
    make().map_err(|error| not_written(&error))?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(|error| not_there(&error))
}

/// A connection that writes, with every setting that durability and erasure rest on read back.
pub(crate) fn writing(path: &Path) -> Result<Connection, StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let set = |name: &str, value: &str, wanted: &str| {
        let found = connection
            .pragma_update(None, name, value)
            .and_then(|()| connection.pragma_query_value(None, name, |row| row.get_ref(0).map(spelt)))
            .map_err(|error| not_written(&error))?;
        if found == wanted {
            Ok(())
        } else {
            Err(StoreError::Unavailable(format!("{name} is {found} and must be {wanted}")))
        }
    };
    set("journal_mode", "wal", "wal")?;
    set("synchronous", "full", "2")?;
    set("secure_delete", "on", "1")?;
    set("foreign_keys", "on", "1")?;
    set("cell_size_check", "on", "1")?;
    set("cache_size", CACHE, CACHE)?;
    Ok(connection)
}

/// A connection that only reads.
pub(crate) fn reading(path: &Path) -> Result<Connection, StoreError> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn connect(path: &Path, access: OpenFlags) -> Result<Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::NotThere(format!("no database at {}", path.display())));
    }
    let check = || {
        let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(64);
        connection.pragma_update(None, "trusted_schema", "off")?;
        let application: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let schema: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok((connection, application, schema))
    };
    match check() {
        Err(error) if is_damage(&error) => Err(unreadable(Log::Register, 0, &error)),
        Err(error) => Err(not_written(&error)),
        Ok((_, _, schema)) if schema > SCHEMA => {
            Err(StoreError::NewerSchema { found: schema, known: SCHEMA })
        }
        Ok((_, SHUT, _)) => {
            Err(StoreError::NotThere(format!("the register in {} has been moved", path.display())))
        }
        Ok((_, application, _)) if application != APPLICATION => {
            Err(StoreError::NotThere(format!("{} is not a ledger", path.display())))
        }
        Ok((connection, ..)) => Ok(connection),
    }
}

/// Marks the file and refuses every record from now on, also of whoever has it open.
pub(crate) fn shut(path: &Path, moved: &Contents) -> Result<(), StoreError> {
    let connection = writing(path)?;
    let failed = |error: Error| not_written(&error);
    connection.execute_batch("begin immediate").map_err(failed)?;
    for (log, there) in [(Log::Register, moved.register), (Log::Access, moved.access)] {
        let (size, _) = last(&connection, log).map_err(failed)?;
        if size != there.size {
            return Err(StoreError::Moved { size });
        }
    }
    connection
        .execute_batch(&format!(
            "create trigger register_moved before insert on record
             begin select raise(abort, 'this register has been moved'); end;
             pragma application_id = {SHUT}; commit;"
        ))
        .map_err(failed)
}

/// A setting as it is read back, whether SQLite answers in words or in numbers.
fn spelt(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        other => String::from_utf8_lossy(other.as_bytes().unwrap_or_default()).into_owned(),
    }
}

/// What to say when the database cannot be read after a position.
pub(crate) fn unreadable(log: Log, after: u64, error: &Error) -> StoreError {
    let positions = after + 1..=after + 1;
    StoreError::Damaged(vec![Finding { log, positions, damage: Damage::Unreadable(error.to_string()) }])
}

/// Grows both trees from the stored leaves and compares them with every head noted outside. A database that is ahead was not
/// noted in time before a crash, and is noted now.
pub(crate) fn recount(connection: &Connection, heads: &HeadFiles) -> Result<Tails, StoreError> {
    let mut tails = Tails::default();
    let mut findings = Vec::new();
    for log in Log::ALL {
        // Not held while counting: what others append meanwhile is in the database before it is noted.
        let noted = heads.lock()?.read(log, Signatures::Last)?;
        let mut recount = Recount::new(log, [noted]);
        let read = leaves(connection, log, 0, |position, leaf| recount.push(position, leaf));
        read.map_err(|error| {
            if is_damage(&error) { unreadable(log, recount.position(), &error) } else { not_written(&error) }
        })?;
        let (tree, found) = recount.finish();
        findings.extend(found);
        *tails.of_mut(log) = Tail { tree, recorded_at: Micros::default() };
    }
    if !findings.is_empty() {
        return Err(StoreError::Damaged(findings));
    }
    let mut held = heads.lock()?;
    for log in Log::ALL {
        catch_up(&mut tails, connection, log)?;
        let head = tails.of(log).tree.head();
        if held.read(log, Signatures::Last)?.last().map_or(0, |noted| noted.size) < head.size {
            held.append(log, head)?;
        }
    }
    Ok(tails)
}
