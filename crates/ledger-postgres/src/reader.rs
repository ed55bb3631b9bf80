//! What is read, each from one connection.

use crate::rows::{self, ITEM, PARTICULAR, RECORD, log_number, signed};
use crate::trouble::{Trouble, words};
use futures_util::future::try_join;
use ledger::{Body, CommandId, Digest, Item, Locker, Lockers, Log, SealedParticular, Stored, WrappedKey};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error, Row};

/// At most `limit` records after a position, with what is sealed beside them.
pub(crate) async fn read(client: &Client, log: Log, after: u64, limit: u32) -> Result<Vec<Stored>, Trouble> {
    let (number, from, limit) = (log_number(log), signed(after), i64::from(limit));
    let given = [(&number as _, Type::INT8), (&from as _, Type::INT8), (&limit as _, Type::INT8)];
    let records =
        format!("select {RECORD} from record where log = $1 and position > $2 order by position limit $3");
    let particulars = format!(
        "select {PARTICULAR} from particular where log = $1 and position > $2 and position <= (
             select max(position) from (
                 select position from record where log = $1 and position > $2 order by position limit $3
             ) as page
         ) order by position"
    );
    // Records never change, so those whose particulars come a moment later are there in full.
    let read = try_join(client.query_typed(&records, &given), client.query_typed(&particulars, &given)).await;
    let (records, particulars) = read.map_err(|error| Trouble::from(error).at(log, after + 1))?;
    Ok(together(log, &records, &particulars)?)
}

/// At most `limit` leaves after a position, as they are stored.
pub(crate) async fn leaves(
    client: &Client,
    log: Log,
    after: u64,
    limit: u32,
) -> Result<Vec<Digest>, Trouble> {
    let (number, from, limit) = (log_number(log), signed(after), i64::from(limit));
    let given = [(&number as _, Type::INT8), (&from as _, Type::INT8), (&limit as _, Type::INT8)];
    let leaves = "select leaf from record where log = $1 and position > $2 order by position limit $3";
    let leaves =
        client.query_typed(leaves, &given).await.map_err(|error| Trouble::from(error).at(log, after + 1))?;
    Ok(leaves.iter().map(|row| rows::digest(row, 0)).collect::<Result<_, _>>()?)
}

/// Gives each record its particulars.
fn together(log: Log, records: &[Row], particulars: &[Row]) -> Result<Vec<Stored>, Error> {
    let mut stored = Vec::with_capacity(records.len());
    let mut particulars = particulars.iter().map(rows::particular).peekable();
    for row in records {
        let record = rows::record(log, row)?;
        let mut beside = Vec::new();
        while let Some(next) = particulars.next_if(|next| match next {
            Ok((position, _)) => *position <= record.position,
            Err(_) => true,
        }) {
            let (position, particular) = next?;
            if position == record.position {
                beside.push(particular);
            }
        }
        beside.sort_by(|one, other| one.field.cmp(&other.field));
        stored.push(Stored { record, particulars: beside });
    }
    Ok(stored)
}

/// Where a command's records stand.
pub(crate) async fn positions(client: &Client, log: Log, command: CommandId) -> Result<Vec<u64>, Trouble> {
    let rows = client
        .query_typed(
            "select position from record where log = $1 and command = $2 order by position",
            &[(&log_number(log), Type::INT8), (&command.0.as_slice(), Type::BYTEA)],
        )
        .await?;
    Ok(rows.iter().map(|row| rows::number(row, 0)).collect::<Result<_, _>>()?)
}

/// The record that has the attachment of this name, with its bytes.
pub(crate) async fn attachment(client: &Client, name: &str) -> Result<Option<Stored>, Trouble> {
    let found = client
        .query_typed_opt(
            "select log, position, sealed from particular where field = $1 and kept = 1",
            &[(&name, Type::TEXT)],
        )
        .await?;
    let Some(row) = found else { return Ok(None) };
    let (Some(log), position) = (rows::log(row.try_get(0)?), rows::number(&row, 1)?) else { return Ok(None) };
    let mut stored = read(client, log, position.saturating_sub(1), 1).await?.pop();
    if let Some(sealed) = row.try_get::<_, Option<Vec<u8>>>(2)? {
        let is_it =
            |particular: &&mut SealedParticular| particular.field == name && particular.body == Body::Apart;
        let attachment = stored.iter_mut().flat_map(|stored| &mut stored.particulars).find(is_it);
        if let Some(attachment) = attachment {
            attachment.body = Body::Sealed(sealed);
        }
    }
    Ok(stored)
}

pub(crate) async fn keys(client: &Client, lockers: Lockers) -> Result<Vec<WrappedKey>, Trouble> {
    let rows = match lockers {
        Lockers::All => {
            client.query_typed("select locker, epoch, wrapped from vault order by locker", &[]).await?
        }
        Lockers::These(lockers) => {
            let lockers: Vec<i64> = lockers.iter().map(|locker| signed(locker.0)).collect();
            client
                .query_typed(
                    "select locker, epoch, wrapped from vault where locker = any($1)",
                    &[(&lockers, Type::INT8_ARRAY)],
                )
                .await?
        }
    };
    Ok(rows.iter().map(rows::wrapped_key).collect::<Result<_, _>>()?)
}

/// Lockers, as the first column of what is asked.
pub(crate) async fn lockers(client: &Client, sql: &str) -> Result<Vec<Locker>, Trouble> {
    Ok(client.query_typed(sql, &[]).await?.iter().map(rows::locker).collect::<Result<_, _>>()?)
}

pub(crate) async fn item(client: &Client, kind: &str, key: &str) -> Result<Option<Item>, Trouble> {
    let sql = format!("select {ITEM} from item where kind = $1 and key = $2");
    let found = client.query_typed_opt(&sql, &[(&kind, Type::TEXT), (&key, Type::TEXT)]).await?;
    Ok(found.as_ref().map(rows::item).transpose()?)
}

/// Every item of a kind and an owner, by key.
pub(crate) async fn items(client: &Client, kind: &str, owner: &str) -> Result<Vec<Item>, Trouble> {
    let sql = format!("select {ITEM} from item where kind = $1 and owner = $2");
    sorted(&client.query_typed(&sql, &[(&kind, Type::TEXT), (&owner, Type::TEXT)]).await?)
}

pub(crate) async fn all_items(client: &Client) -> Result<Vec<Item>, Trouble> {
    sorted(&client.query_typed(&format!("select {ITEM} from item"), &[]).await?)
}

/// In the order of their bytes, which is not that of every database.
fn sorted(rows: &[Row]) -> Result<Vec<Item>, Trouble> {
    let mut items: Vec<Item> = rows.iter().map(rows::item).collect::<Result<_, _>>()?;
    items.sort_by(|one, other| (&one.kind, &one.key).cmp(&(&other.kind, &other.key)));
    Ok(items)
}

/// What the engine finds wrong with the pages and indexes of the tables: checksums that did not fit, and, where the extension
/// `amcheck` is installed and may be used, every index held against its table. Nothing on an engine that has neither.
pub(crate) async fn faults(client: &Client) -> Result<Vec<String>, Trouble> {
    const MAY_CHECK: &str = "select p.oid from pg_proc p join pg_extension e on e.extname = 'amcheck'
        where p.proname = 'bt_index_check' and p.pronargs = 2 and has_function_privilege(p.oid, 'execute')";
    const INDEXES: &str = "select i.indexrelid::int8, c.relname::text from pg_index i
        join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
        where t.relname in ('record', 'particular', 'erasure', 'vault', 'item', 'head')
        and t.relnamespace = (select relnamespace from pg_class where oid = 'record'::regclass)";
    if client.query_typed(MAY_CHECK, &[]).await?.is_empty() {
        return Ok(Vec::new());
    }
    let mut faults = Vec::new();
    for row in client.query_typed(INDEXES, &[]).await? {
        let (index, name): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        let checked =
            client.query_typed("select bt_index_check($1::int8::oid, true)", &[(&index, Type::INT8)]).await;
        match checked {
            Err(error) if error.as_db_error().is_some() => faults.push(format!("{name}: {}", words(&error))),
            checked => drop(checked?),
        }
    }
    Ok(faults)
}
