//! Items: one statement each, in a transaction of its own, whichever node asks.

use crate::rows::{self, ITEM, signed};
use crate::transaction::{Commits, insisting};
use crate::trouble::Trouble;
use ledger::{Item, Micros, Present, StoreError};
use std::sync::Arc;
use tokio_postgres::types::Type;

/// Where items are written.
pub(crate) struct Items(pub Arc<Commits>);

impl Items {
    pub async fn put(&self, item: &Item, expected: Present) -> Result<u64, Trouble> {
        const INSERT: &str = "insert into item values ($1, $2, $3, $4, 1, $5) on conflict";
        let (expected, sql) = match expected {
            Present::Whatever => (
                0,
                format!(
                    "{INSERT} (kind, key) do update set owner = excluded.owner, expires_at = excluded.expires_at,
                     version = item.version + 1, body = excluded.body where $6 = 0 returning version"
                ),
            ),
            Present::Nothing | Present::Version(0) => {
                (0, format!("{INSERT} do nothing returning version + $6"))
            }
            Present::Version(version) => (
                signed(version),
                "update item set owner = $3, expires_at = $4, version = version + 1, body = $5
                 where kind = $1 and key = $2 and version = $6 returning version"
                    .to_owned(),
            ),
        };
        let expires_at = item.expires_at.map(|at| at.0);
        insisting(async || {
            let transaction = self.0.begin().await?;
            let put = transaction
                .query_typed_opt(
                    &sql,
                    &[
                        (&item.kind, Type::TEXT),
                        (&item.key, Type::TEXT),
                        (&item.owner, Type::TEXT),
                        (&expires_at, Type::INT8),
                        (&item.body, Type::BYTEA),
                        (&expected, Type::INT8),
                    ],
                )
                .await?;
            let outcome = match put {
                Some(row) => Ok(rows::number(&row, 0)?),
                None => {
                    let there = transaction
                        .query_typed_opt(
                            "select version from item where kind = $1 and key = $2",
                            &[(&item.kind, Type::TEXT), (&item.key, Type::TEXT)],
                        )
                        .await?;
                    let version = there.map(|row| rows::number(&row, 0)).transpose()?.unwrap_or_default();
                    Err(StoreError::ItemMoved { version })
                }
            };
            transaction.commit().await?;
            Ok(outcome)
        })
        .await?
        .map_err(Trouble::from)
    }

    pub async fn take(&self, kind: &str, key: &str) -> Result<Option<Item>, Trouble> {
        let sql = format!("delete from item where kind = $1 and key = $2 returning {ITEM}");
        insisting(async || {
            let transaction = self.0.begin().await?;
            let taken = transaction.query_typed_opt(&sql, &[(&kind, Type::TEXT), (&key, Type::TEXT)]).await?;
            transaction.commit().await?;
            Ok(taken.as_ref().map(rows::item).transpose()?)
        })
        .await
    }

    pub async fn sweep(&self, now: Micros) -> Result<u64, Trouble> {
        insisting(async || {
            let transaction = self.0.begin().await?;
            let swept = transaction
                .execute_typed("delete from item where expires_at <= $1", &[(&now.0, Type::INT8)])
                .await?;
            transaction.commit().await?;
            Ok(swept)
        })
        .await
    }
}
