//! Rows to values and back. What is read is not judged: a damaged value becomes one that does not verify.

use ledger::{
    Body, CommandId, Digest, Epoch, Item, Kept, Locker, Log, Micros, Record, SealedParticular, WrappedKey,
};
use tokio_postgres::{Error, Row};

/// The columns that [`record`] reads.
pub(crate) const RECORD: &str = "log, position, recorded_at, command, part, actor, kind, version, facts, erases, particulars_digest, leaf";

/// The columns that [`particular`] reads; attachments stay where they are.
pub(crate) const PARTICULAR: &str =
    "position, field, locker, kept, digest, sealed is null, case when kept = 0 then sealed end";

/// The columns that [`item`] reads.
pub(crate) const ITEM: &str = "kind, key, owner, expires_at, version, body";

/// A 64-bit number as the database keeps it.
pub(crate) const fn signed(number: u64) -> i64 {
    number.cast_signed()
}

/// A log's number as the database keeps it.
pub(crate) fn log_number(log: Log) -> i64 {
    log.number().into()
}

/// The log of a number; none has any other.
pub(crate) fn log(number: i64) -> Option<Log> {
    Log::ALL.into_iter().find(|log| log_number(*log) == number)
}

pub(crate) fn number(row: &Row, column: usize) -> Result<u64, Error> {
    row.try_get::<_, i64>(column).map(i64::cast_unsigned)
}

pub(crate) fn small<T: TryFrom<i64> + Default>(row: &Row, column: usize) -> Result<T, Error> {
    row.try_get::<_, i64>(column).map(|value| T::try_from(value).unwrap_or_default())
}

pub(crate) fn digest(row: &Row, column: usize) -> Result<Digest, Error> {
    Ok(Digest(bytes(row, column)?.try_into().unwrap_or_default()))
}

/// The attempt that a record belongs to.
pub(crate) fn command(row: &Row, column: usize) -> Result<CommandId, Error> {
    Ok(CommandId(bytes(row, column)?.try_into().unwrap_or_default()))
}

fn bytes(row: &Row, column: usize) -> Result<&[u8], Error> {
    row.try_get(column)
}

pub(crate) fn record(log: Log, row: &Row) -> Result<Record, Error> {
    Ok(Record {
        log,
        position: number(row, 1)?,
        recorded_at: Micros(row.try_get(2)?),
        command: command(row, 3)?,
        part: small(row, 4)?,
        actor: row.try_get(5)?,
        kind: row.try_get(6)?,
        version: small(row, 7)?,
        facts: row.try_get(8)?,
        erases: Locker::unpacked(bytes(row, 9)?),
        particulars_digest: digest(row, 10)?,
        leaf: digest(row, 11)?,
    })
}

/// A particular, and the position it belongs to.
pub(crate) fn particular(row: &Row) -> Result<(u64, SealedParticular), Error> {
    let kept = if row.try_get::<_, i64>(3)? == 0 { Kept::Beside } else { Kept::Apart };
    let body = match (row.try_get(5)?, row.try_get::<_, Option<Vec<u8>>>(6)?) {
        (false, Some(sealed)) => Body::Sealed(sealed),
        (false, None) => Body::Apart,
        (true, _) => Body::Erased,
    };
    let particular = SealedParticular {
        field: row.try_get(1)?,
        locker: Locker(number(row, 2)?),
        kept,
        digest: digest(row, 4)?,
        body,
    };
    Ok((number(row, 0)?, particular))
}

pub(crate) fn locker(row: &Row) -> Result<Locker, Error> {
    number(row, 0).map(Locker)
}

pub(crate) fn wrapped_key(row: &Row) -> Result<WrappedKey, Error> {
    Ok(WrappedKey { locker: locker(row)?, epoch: Epoch(small(row, 1)?), wrapped: row.try_get(2)? })
}

pub(crate) fn item(row: &Row) -> Result<Item, Error> {
    Ok(Item {
        kind: row.try_get(0)?,
        key: row.try_get(1)?,
        owner: row.try_get(2)?,
        expires_at: row.try_get::<_, Option<i64>>(3)?.map(Micros),
        version: number(row, 4)?,
        body: row.try_get(5)?,
    })
}
