//! Rows to values and back. What is read is not judged: a damaged value becomes one that does not verify.

use ledger::{
    Body, CommandId, Digest, Epoch, Item, Kept, Locker, Log, Micros, Record, SealedParticular, WrappedKey,
};
use rusqlite::{Connection, OptionalExtension as _, Result, Row};

/// The columns that [`record`] reads.
pub(crate) const RECORD: &str = "log, position, recorded_at, command, part, actor, kind, version, facts, erases, particulars_digest, leaf";

/// The columns that [`particular`] reads; attachments stay where they are.
pub(crate) const PARTICULAR: &str =
    "position, field, locker, kept, digest, sealed is null, case when kept = 0 then sealed end";

/// A 64-bit number as SQLite keeps it.
pub(crate) const fn signed(number: u64) -> i64 {
    number.cast_signed()
}

fn number(row: &Row<'_>, column: usize) -> Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

fn small<T: TryFrom<i64> + Default>(row: &Row<'_>, column: usize) -> Result<T> {
    row.get::<_, i64>(column).map(|value| T::try_from(value).unwrap_or_default())
}

pub(crate) fn text(row: &Row<'_>, column: usize) -> Result<String> {
    Ok(String::from_utf8_lossy(row.get_ref(column)?.as_bytes()?).into_owned())
}

fn digest(row: &Row<'_>, column: usize) -> Result<Digest> {
    Ok(Digest(row.get_ref(column)?.as_bytes()?.try_into().unwrap_or_default()))
}

/// The leaf in the last of a row's columns.
pub(crate) fn leaf(row: &Row<'_>, column: usize) -> Result<Digest> {
    digest(row, column)
}

pub(crate) fn record(log: Log, row: &Row<'_>) -> Result<Record> {
    Ok(Record {
        log,
        position: number(row, 1)?,
        recorded_at: Micros(row.get(2)?),
        command: CommandId(row.get_ref(3)?.as_bytes()?.try_into().unwrap_or_default()),
        part: small(row, 4)?,
        actor: text(row, 5)?,
        kind: text(row, 6)?,
        version: small(row, 7)?,
        facts: row.get(8)?,
        erases: Locker::unpacked(row.get_ref(9)?.as_bytes()?),
        particulars_digest: digest(row, 10)?,
        leaf: digest(row, 11)?,
    })
}

/// A particular, and the position it belongs to.
pub(crate) fn particular(row: &Row<'_>) -> Result<(u64, SealedParticular)> {
    let kept = if row.get::<_, i64>(3)? == 0 { Kept::Beside } else { Kept::Apart };
    let body = match (row.get::<_, i64>(5)?, row.get::<_, Option<Vec<u8>>>(6)?) {
        (0, Some(sealed)) => Body::Sealed(sealed),
        (0, None) => Body::Apart,
        _ => Body::Erased,
    };
    let particular = SealedParticular {
        field: text(row, 1)?,
        locker: Locker(number(row, 2)?),
        kept,
        digest: digest(row, 4)?,
        body,
    };
    Ok((number(row, 0)?, particular))
}

pub(crate) fn locker(row: &Row<'_>) -> Result<Locker> {
    number(row, 0).map(Locker)
}

pub(crate) fn wrapped_key(row: &Row<'_>) -> Result<WrappedKey> {
    Ok(WrappedKey { locker: locker(row)?, epoch: Epoch(small(row, 1)?), wrapped: row.get(2)? })
}

/// Reads the columns `kind, key, owner, expires_at, version, body`.
pub(crate) fn read_item(row: &Row<'_>) -> Result<Item> {
    Ok(Item {
        kind: text(row, 0)?,
        key: text(row, 1)?,
        owner: text(row, 2)?,
        expires_at: row.get::<_, Option<i64>>(3)?.map(Micros),
        version: number(row, 4)?,
        body: row.get(5)?,
    })
}

pub(crate) fn item(connection: &Connection, kind: &str, key: &str) -> Result<Option<Item>> {
    connection
        .prepare_cached(
            "select kind, key, owner, expires_at, version, body from item where kind = ?1 and key = ?2",
        )?
        .query_row([kind, key], read_item)
        .optional()
}

/// Where a command's records stand.
pub(crate) fn positions(connection: &Connection, log: Log, command: CommandId) -> Result<Vec<u64>> {
    connection
        .prepare_cached("select position from record where log = ?1 and command = ?2 order by position")?
        .query_map((log.number(), command.0), |row| number(row, 0))?
        .collect()
}

pub(crate) fn insert_record(connection: &Connection, record: &Record) -> Result<()> {
    connection
        .prepare_cached("insert into record values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")?
        .execute((
            record.log.number(),
            signed(record.position),
            record.recorded_at.0,
            record.command.0,
            record.part,
            &record.actor,
            &record.kind,
            record.version,
            &record.facts,
            Locker::packed(&record.erases),
            record.particulars_digest.0,
            record.leaf.0,
        ))?;
    Ok(())
}

/// Inserts a particular of a record: with its sealed bytes, or what is left without them.
pub(crate) fn insert_particular(
    connection: &Connection,
    record: &Record,
    particular: &SealedParticular,
    sealed: Option<&[u8]>,
) -> Result<()> {
    connection.prepare_cached("insert into particular values (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute((
        record.log.number(),
        signed(record.position),
        &particular.field,
        signed(particular.locker.0),
        particular.kept.number(),
        particular.digest.0,
        sealed,
    ))?;
    Ok(())
}

/// Notes that a record erases a locker.
pub(crate) fn insert_erasure(connection: &Connection, locker: Locker, by: &Record) -> Result<()> {
    connection
        .prepare_cached("insert into erasure values (?1, ?2, ?3) on conflict do nothing")?
        .execute((signed(locker.0), by.log.number(), signed(by.position)))?;
    Ok(())
}
