//! A register that is filled with what another database holds, in one transaction: whole, or not at all.

use crate::connection::Connections;
use crate::rows::{self};
use crate::transaction::{Commits, Transaction};
use crate::{Settings, open, writer};
use async_trait::async_trait;
use futures_util::future::try_join3;
use ledger::{Filling, Item, StoreError, Stored, Tails, WrappedKey};
use tokio_postgres::types::Type;

/// A register being filled. The tables are made in the same transaction, so they are not seen before all is in them.
pub struct PostgresFilling {
    transaction: Transaction,
    tails: Tails,
}

impl PostgresFilling {
    /// Begins one.
    ///
    /// # Errors
    /// When there is a register in the database already, or it cannot be reached.
    pub async fn begin(settings: &Settings) -> Result<Self, StoreError> {
        let commits = Commits::new(Connections::new(settings)?, settings.commit_wait);
        let transaction = commits.begin().await?;
        transaction
            .batch_execute(
                "set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0",
            )
            .await
            .map_err(crate::Trouble::from)?;
        open::create(&transaction).await?;
        Ok(Self { transaction, tails: Tails::default() })
    }
}

#[async_trait]
impl Filling for PostgresFilling {
    async fn records(&mut self, records: Vec<Stored>) -> Result<(), StoreError> {
        for Stored { record, .. } in &records {
            let tail = self.tails.of_mut(record.log);
            tail.tree.push(record.leaf);
            tail.recorded_at = record.recorded_at;
        }
        try_join3(
            writer::insert_records(&self.transaction, &records),
            writer::insert_particulars(&self.transaction, &records),
            writer::note_erasures(&self.transaction, &records),
        )
        .await?;
        Ok(())
    }

    async fn keys(&mut self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        Ok(writer::insert_keys(&self.transaction, &keys).await?)
    }

    async fn items(&mut self, items: Vec<Item>) -> Result<(), StoreError> {
        let text = |of: fn(&Item) -> &str| items.iter().map(of).collect::<Vec<_>>();
        let expiries: Vec<Option<i64>> = items.iter().map(|item| item.expires_at.map(|at| at.0)).collect();
        let versions: Vec<i64> = items.iter().map(|item| rows::signed(item.version)).collect();
        let bodies: Vec<&[u8]> = items.iter().map(|item| item.body.as_slice()).collect();
        self.transaction
            .execute_typed(
                "insert into item select * from unnest($1, $2, $3, $4, $5, $6)",
                &[
                    (&text(|item| &item.kind), Type::TEXT_ARRAY),
                    (&text(|item| &item.key), Type::TEXT_ARRAY),
                    (&text(|item| &item.owner), Type::TEXT_ARRAY),
                    (&expiries, Type::INT8_ARRAY),
                    (&versions, Type::INT8_ARRAY),
                    (&bodies, Type::BYTEA_ARRAY),
                ],
            )
            .await
            .map_err(crate::Trouble::from)?;
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<(), StoreError> {
        writer::move_head(&self.transaction, &self.tails).await?;
        Ok(self.transaction.commit().await?)
    }
}
