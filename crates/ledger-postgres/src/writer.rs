//! The one task of a node that appends. It takes what waits, does all of it in one transaction under the register's lock, notes the
//! new heads outside, and only then answers each.

use crate::plan::{Changes, Standing};
use crate::rows::{self, log_number, signed};
use crate::tails::{Leaves, caught_up, note};
use crate::transaction::{Commits, Given, Transaction, insisting};
use crate::trouble::Trouble;
use futures_util::future::{try_join_all, try_join5};
use ledger::{Appended, Batch, Body, Epoch, HeadFiles, Locker, Log, StoreError, Stored, Tails, WrappedKey};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::types::Type;

/// The most batches in one transaction.
const GROUP: usize = 256;

/// Locks the register against every other writer until the transaction ends, and says where its logs end.
pub(crate) const LOCK: &str = "select register_size, register_recorded_at, access_size, access_recorded_at from head where id = 1 for update";

type Reply = oneshot::Sender<Result<Appended, StoreError>>;

/// The task that appends, as others see it.
pub(crate) struct Writer(mpsc::UnboundedSender<(Batch, Reply)>);

impl Writer {
    /// Starts where the logs end; `confirmed` is carried on with each commit that was confirmed.
    pub fn start(
        commits: Arc<Commits>,
        heads: HeadFiles,
        tails: Tails,
        confirmed: Arc<Mutex<Tails>>,
    ) -> Self {
        let (queue, waiting) = mpsc::unbounded_channel();
        let desk = Desk { commits, heads, noted: tails.clone(), tails, confirmed };
        tokio::spawn(desk.serve(waiting));
        Self(queue)
    }

    /// Appends a batch, and returns when it is durable. Whoever stops waiting does not stop it.
    pub async fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        let (reply, answer) = oneshot::channel();
        let ended = || StoreError::Unknown("the writer ended".to_owned());
        self.0.send((batch, reply)).map_err(|_| ended())?;
        answer.await.unwrap_or_else(|_| Err(ended()))
    }
}

/// What the task has in front of it.
struct Desk {
    commits: Arc<Commits>,
    heads: HeadFiles,
    tails: Tails,
    /// How far the heads are noted outside.
    noted: Tails,
    confirmed: Arc<Mutex<Tails>>,
}

impl Desk {
    async fn serve(mut self, mut waiting: mpsc::UnboundedReceiver<(Batch, Reply)>) {
        let mut group = Vec::new();
        while waiting.recv_many(&mut group, GROUP).await > 0 {
            let (batches, replies): (Vec<_>, Vec<_>) = group.drain(..).unzip();
            let answers = self.carry_out_all(&batches).await;
            for (reply, answer) in replies.into_iter().zip(answers) {
                drop(reply.send(answer));
            }
        }
    }

    /// One transaction for all; where one of them holds what the database does not take, one for each.
    async fn carry_out_all(&mut self, batches: &[Batch]) -> Vec<Result<Appended, StoreError>> {
        let trouble = match self.carry_out(batches).await {
            Ok(answers) => return answers,
            Err(trouble) => trouble,
        };
        let mut answers = Vec::with_capacity(batches.len());
        if batches.len() > 1 && trouble.is_about_the_data() {
            for one in batches {
                let answer = self.carry_out(std::slice::from_ref(one)).await;
                answers.push(answer.map_err(StoreError::from).and_then(|mut one| one.remove(0)));
            }
        } else {
            answers.resize(batches.len(), Err(trouble.into()));
        }
        answers
    }

    async fn carry_out(&mut self, batches: &[Batch]) -> Result<Vec<Result<Appended, StoreError>>, Trouble> {
        note(&self.heads, &mut self.noted, &self.tails).await?;
        let (answers, tails) = insisting(|| self.transact(batches)).await?;
        self.tails = tails;
        self.confirmed.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&self.tails);
        note(&self.heads, &mut self.noted, &self.tails).await.map_err(|error| match error {
            StoreError::Full => StoreError::Unknown("no space is left for the head file".to_owned()),
            other => other,
        })?;
        Ok(answers)
    }

    /// Looks, decides, writes, commits.
    async fn transact(
        &self,
        batches: &[Batch],
    ) -> Result<(Vec<Result<Appended, StoreError>>, Tails), Trouble> {
        let (transaction, mut standing) = self.look(batches).await?;
        let mut changes = Changes::default();
        let answers = batches.iter().map(|batch| standing.decide(batch, &mut changes)).collect();
        write(&transaction, &changes, &standing.tails).await?;
        transaction.commit().await?;
        Ok((answers, standing.tails))
    }

    /// Takes the lock and reads what the batches could meet.
    async fn look(&self, batches: &[Batch]) -> Result<(Transaction, Standing), Trouble> {
        let drafts = || batches.iter().flat_map(|batch| &batch.records);
        let particulars = || drafts().flat_map(|draft| &draft.particulars);
        let commands: Vec<&[u8]> = drafts().map(|draft| draft.command.0.as_slice()).collect();
        let keys = batches.iter().flat_map(|batch| &batch.keys).map(|key| key.locker);
        let lockers: Vec<i64> = keys
            .chain(particulars().map(|particular| particular.locker))
            .map(|locker| signed(locker.0))
            .collect();
        let names: Vec<&str> = particulars().map(|particular| particular.field.as_str()).collect();
        let after = Log::ALL.map(|log| signed(self.tails.of(log).tree.size()));
        let [register, access] = &after;
        let commands: &[Given<'_>] = &[(&commands, Type::BYTEA_ARRAY)];
        let lockers: &[Given<'_>] = &[(&lockers, Type::INT8_ARRAY)];
        let (transaction, [lock, recorded, keyed, erased, newest, attachments, register, access]) = self
            .commits
            .begin_asking([
                (LOCK, &[]),
                (
                    "select log, command, part, position from record
                         where log in (1, 2) and command = any($1) order by position",
                    commands,
                ),
                ("select locker from vault where locker = any($1)", lockers),
                ("select locker from erasure where locker = any($1)", lockers),
                ("select max(epoch) from vault", &[]),
                (
                    "select field from particular where kept = 1 and field = any($1)",
                    &[(&names, Type::TEXT_ARRAY)],
                ),
                (
                    "select position, leaf from record where log = 1 and position > $1 order by position",
                    &[(register, Type::INT8)],
                ),
                (
                    "select position, leaf from record where log = 2 and position > $1 order by position",
                    &[(access, Type::INT8)],
                ),
            ])
            .await?;
        let lock = lock.first().ok_or_else(|| StoreError::Unavailable("the head row is gone".to_owned()))?;
        let mut standing = Standing {
            tails: caught_up(&self.tails, lock, &Leaves { register, access })?,
            ..Standing::default()
        };
        for row in &recorded {
            if let Some(log) = rows::log(row.try_get(0)?) {
                let parts = standing.recorded.entry((log, rows::command(row, 1)?)).or_default();
                parts.push((rows::small(row, 2)?, rows::number(row, 3)?));
            }
        }
        standing.keyed = keyed.iter().map(rows::locker).collect::<Result<_, _>>()?;
        standing.erased = erased.iter().map(rows::locker).collect::<Result<_, _>>()?;
        standing.newest = match newest.first() {
            Some(row) => row.try_get::<_, Option<i64>>(0)?.map(|epoch| Epoch(epoch.try_into().unwrap_or(0))),
            None => None,
        };
        standing.attachments = attachments.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        Ok((transaction, standing))
    }
}

/// Writes all changes. All is sent at once, and the database does it in this order.
async fn write(transaction: &Transaction, changes: &Changes, tails: &Tails) -> Result<(), Trouble> {
    if changes.records.is_empty() && changes.keys.is_empty() {
        return Ok(());
    }
    try_join5(
        insert_keys(transaction, &changes.keys),
        insert_records(transaction, &changes.records),
        insert_particulars(transaction, &changes.records),
        erase(transaction, &changes.records),
        move_head(transaction, tails),
    )
    .await?;
    Ok(())
}

/// Says in the head row where the logs end.
pub(crate) async fn move_head(transaction: &Transaction, tails: &Tails) -> Result<(), Trouble> {
    let [register, access] = Log::ALL.map(|log| tails.of(log));
    let sizes = [signed(register.tree.size()), signed(access.tree.size())];
    transaction
        .execute_typed(
            "update head set register_size = $1, register_recorded_at = $2, access_size = $3, access_recorded_at = $4
             where id = 1",
            &[
                (&sizes[0], Type::INT8),
                (&register.recorded_at.0, Type::INT8),
                (&sizes[1], Type::INT8),
                (&access.recorded_at.0, Type::INT8),
            ],
        )
        .await?;
    Ok(())
}

/// Inserts keys of lockers that have none.
pub(crate) async fn insert_keys(transaction: &Transaction, keys: &[WrappedKey]) -> Result<(), Trouble> {
    if keys.is_empty() {
        return Ok(());
    }
    let lockers: Vec<i64> = keys.iter().map(|key| signed(key.locker.0)).collect();
    let epochs: Vec<i64> = keys.iter().map(|key| key.epoch.0.into()).collect();
    let wrapped: Vec<&[u8]> = keys.iter().map(|key| key.wrapped.as_slice()).collect();
    transaction
        .execute_typed(
            "insert into vault select * from unnest($1, $2, $3)",
            &[(&lockers, Type::INT8_ARRAY), (&epochs, Type::INT8_ARRAY), (&wrapped, Type::BYTEA_ARRAY)],
        )
        .await?;
    Ok(())
}

/// Inserts records, without what is sealed beside them.
pub(crate) async fn insert_records(transaction: &Transaction, stored: &[Stored]) -> Result<(), Trouble> {
    let records: Vec<_> = stored.iter().map(|stored| &stored.record).collect();
    if records.is_empty() {
        return Ok(());
    }
    let numbers =
        |of: fn(&ledger::Record) -> i64| records.iter().map(|record| of(record)).collect::<Vec<_>>();
    let bytes =
        |of: fn(&ledger::Record) -> &[u8]| records.iter().map(|record| of(record)).collect::<Vec<_>>();
    let erased: Vec<Vec<u8>> = records.iter().map(|record| Locker::packed(&record.erases)).collect();
    transaction
        .execute_typed(
            "insert into record select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            &[
                (&numbers(|record| log_number(record.log)), Type::INT8_ARRAY),
                (&numbers(|record| signed(record.position)), Type::INT8_ARRAY),
                (&numbers(|record| record.recorded_at.0), Type::INT8_ARRAY),
                (&bytes(|record| &record.command.0), Type::BYTEA_ARRAY),
                (&numbers(|record| record.part.into()), Type::INT8_ARRAY),
                (&records.iter().map(|record| record.actor.as_str()).collect::<Vec<_>>(), Type::TEXT_ARRAY),
                (&records.iter().map(|record| record.kind.as_str()).collect::<Vec<_>>(), Type::TEXT_ARRAY),
                (&numbers(|record| record.version.into()), Type::INT8_ARRAY),
                (&bytes(|record| &record.facts), Type::BYTEA_ARRAY),
                (&erased, Type::BYTEA_ARRAY),
                (&bytes(|record| &record.particulars_digest.0), Type::BYTEA_ARRAY),
                (&bytes(|record| &record.leaf.0), Type::BYTEA_ARRAY),
            ],
        )
        .await?;
    Ok(())
}

/// Inserts what is sealed beside records, or what is left of it.
pub(crate) async fn insert_particulars(transaction: &Transaction, stored: &[Stored]) -> Result<(), Trouble> {
    let particulars: Vec<_> = stored
        .iter()
        .flat_map(|stored| stored.particulars.iter().map(|particular| (&stored.record, particular)))
        .collect();
    if particulars.is_empty() {
        return Ok(());
    }
    let sealed: Vec<Option<&[u8]>> = particulars
        .iter()
        .map(|(_, particular)| match &particular.body {
            Body::Sealed(sealed) => Some(sealed.as_slice()),
            Body::Apart | Body::Erased => None,
        })
        .collect();
    let column = |of: fn(&ledger::Record, &ledger::SealedParticular) -> i64| {
        particulars.iter().map(|(record, particular)| of(record, particular)).collect::<Vec<_>>()
    };
    let digests: Vec<&[u8]> =
        particulars.iter().map(|(_, particular)| particular.digest.0.as_slice()).collect();
    transaction
        .execute_typed(
            "insert into particular select * from unnest($1, $2, $3, $4, $5, $6, $7)",
            &[
                (&column(|record, _| log_number(record.log)), Type::INT8_ARRAY),
                (&column(|record, _| signed(record.position)), Type::INT8_ARRAY),
                (
                    &particulars.iter().map(|(_, particular)| particular.field.as_str()).collect::<Vec<_>>(),
                    Type::TEXT_ARRAY,
                ),
                (&column(|_, particular| signed(particular.locker.0)), Type::INT8_ARRAY),
                (&column(|_, particular| particular.kept.number().into()), Type::INT8_ARRAY),
                (&digests, Type::BYTEA_ARRAY),
                (&sealed, Type::BYTEA_ARRAY),
            ],
        )
        .await?;
    Ok(())
}

/// Destroys what the records erase.
async fn erase(transaction: &Transaction, stored: &[Stored]) -> Result<(), Trouble> {
    let erased = note_erasures(transaction, stored).await?;
    if erased.is_empty() {
        return Ok(());
    }
    let lockers: &[Given<'_>] = &[(&erased, Type::INT8_ARRAY)];
    try_join_all(
        [
            "update particular set sealed = null where locker = any($1) and sealed is not null",
            "delete from vault where locker = any($1)",
        ]
        .map(|sql| transaction.execute_typed(sql, lockers)),
    )
    .await?;
    Ok(())
}

/// Notes which lockers the records erase, and says which.
pub(crate) async fn note_erasures(transaction: &Transaction, stored: &[Stored]) -> Result<Vec<i64>, Trouble> {
    let erasures: Vec<(Locker, Log, u64)> = stored
        .iter()
        .map(|stored| &stored.record)
        .flat_map(|record| record.erases.iter().map(|locker| (*locker, record.log, record.position)))
        .collect();
    let lockers: Vec<i64> = erasures.iter().map(|(locker, ..)| signed(locker.0)).collect();
    if !lockers.is_empty() {
        let logs: Vec<i64> = erasures.iter().map(|(_, log, _)| log_number(*log)).collect();
        let positions: Vec<i64> = erasures.iter().map(|(.., position)| signed(*position)).collect();
        transaction
            .execute_typed(
                "insert into erasure select * from unnest($1, $2, $3) on conflict do nothing",
                &[(&lockers, Type::INT8_ARRAY), (&logs, Type::INT8_ARRAY), (&positions, Type::INT8_ARRAY)],
            )
            .await?;
    }
    Ok(lockers)
}
