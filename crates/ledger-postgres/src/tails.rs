//! Where the logs end: counted when the store is opened, carried on by whoever reads or writes, and noted outside.

use crate::connection::Connections;
use crate::rows::{self, log_number, signed};
use crate::trouble::Trouble;
use futures_util::TryStreamExt as _;
use ledger::head_file::Signatures;
use ledger::recount::Recount;
use ledger::{Damage, Finding, HeadFileError, HeadFiles, Log, Micros, StoreError, Tail, Tails};
use std::pin::pin;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Row};

/// Rows of positions and leaves, in order, of both logs.
pub(crate) struct Leaves {
    pub register: Vec<Row>,
    pub access: Vec<Row>,
}

impl Leaves {
    fn of(&self, log: Log) -> &[Row] {
        match log {
            Log::Register => &self.register,
            Log::Access => &self.access,
        }
    }
}

/// The tails with the leaves that came since, which must end where the head row says.
pub(crate) fn caught_up(tails: &Tails, head: &Row, leaves: &Leaves) -> Result<Tails, Trouble> {
    let mut tails = tails.clone();
    for (column, log) in [(0, Log::Register), (2, Log::Access)] {
        let tail = tails.of_mut(log);
        tail.recorded_at = Micros(head.try_get(column + 1)?);
        follow(log, tail, rows::number(head, column)?, leaves.of(log))?;
    }
    Ok(tails)
}

/// Carries a tail on to `size` records.
fn follow(log: Log, tail: &mut Tail, size: u64, leaves: &[Row]) -> Result<(), Trouble> {
    let damaged =
        |positions, damage| Err(StoreError::Damaged(vec![Finding { log, positions, damage }]).into());
    if size < tail.tree.size() {
        return damaged(size + 1..=tail.tree.size(), Damage::RolledBack);
    }
    for row in leaves {
        let position = rows::number(row, 0)?;
        let next = tail.tree.size() + 1;
        if position != next {
            return damaged(next..=position.saturating_sub(1), Damage::Missing);
        }
        tail.tree.push(rows::digest(row, 1)?);
    }
    match tail.tree.size() {
        reached if reached < size => damaged(reached + 1..=size, Damage::Missing),
        reached if reached > size => damaged(size + 1..=reached, Damage::RolledBack),
        _ => Ok(()),
    }
}

/// Reads what was appended since to a log, and where it ends, as of one moment.
pub(crate) async fn catch_up(client: &Client, log: Log, tail: &mut Tail) -> Result<(), Trouble> {
    let after = signed(tail.tree.size());
    let rows = client
        .query_typed(
            "select record.position, record.leaf, ends.at
             from (select coalesce(max(position), 0) as at from record where log = $1) ends
             left join record on record.log = $1 and record.position > $2 order by record.position",
            &[(&log_number(log), Type::INT8), (&after, Type::INT8)],
        )
        .await?;
    let Some(first) = rows.first() else { return Ok(()) };
    let is_new = first.try_get::<_, Option<i64>>(0)?.is_some();
    follow(log, tail, rows::number(first, 2)?, if is_new { &rows } else { &[] })
}

/// Grows both trees from the stored leaves and compares them with every head noted outside. A database that is ahead was not
/// noted in time before a crash, or others appended to it, and is noted now.
pub(crate) async fn recount(connections: &Connections, heads: &HeadFiles) -> Result<Tails, Trouble> {
    let connection = connections.get().await?;
    let mut tails = Tails::default();
    let mut findings = Vec::new();
    for log in Log::ALL {
        let noted = outside(heads, move |heads| heads.lock()?.read(log, Signatures::Last)).await?;
        let mut recount = Recount::new(log, [noted]);
        let leaves = connection.query_typed_raw(
            "select position, leaf from record where log = $1 order by position",
            [(log_number(log), Type::INT8)],
        );
        let mut leaves = pin!(leaves.await?);
        while let Some(row) = leaves.try_next().await? {
            recount.push(rows::number(&row, 0)?, rows::digest(&row, 1)?);
        }
        let (tree, found) = recount.finish();
        findings.extend(found);
        *tails.of_mut(log) = Tail { tree, recorded_at: Micros::default() };
    }
    if !findings.is_empty() {
        return Err(StoreError::Damaged(findings).into());
    }
    let mut noted = Tails::default();
    for log in Log::ALL {
        let last = outside(heads, move |heads| heads.lock()?.read(log, Signatures::Last)).await?;
        if last.iter().any(|head| head.size >= tails.of(log).tree.size()) {
            *noted.of_mut(log) = tails.of(log).clone();
        }
    }
    note(heads, &mut noted, &tails).await?;
    Ok(tails)
}

/// Notes outside how far the logs have come, where that is further than is noted.
pub(crate) async fn note(heads: &HeadFiles, noted: &mut Tails, tails: &Tails) -> Result<(), StoreError> {
    for log in Log::ALL {
        let tree = &tails.of(log).tree;
        if tree.size() > noted.of(log).tree.size() {
            let head = tree.head();
            outside(heads, move |heads| heads.lock()?.append(log, head)).await.map_err(
                |error| match error {
                    StoreError::HeadFile(HeadFileError::Full(_)) => StoreError::Full,
                    other => other,
                },
            )?;
            *noted.of_mut(log) = tails.of(log).clone();
        }
    }
    Ok(())
}

/// Works on the head files, which waits for other processes and for the disk.
async fn outside<T: Send + 'static>(
    heads: &HeadFiles,
    work: impl FnOnce(&HeadFiles) -> Result<T, HeadFileError> + Send + 'static,
) -> Result<T, StoreError> {
    let heads = heads.clone();
    let worked = tokio::task::spawn_blocking(move || work(&heads)).await;
    Ok(worked.map_err(|error| StoreError::Unknown(error.to_string()))??)
}
