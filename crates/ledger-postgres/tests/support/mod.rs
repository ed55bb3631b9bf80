//! A PostgreSQL database that the contract's tests can open, damage and put back.

#![expect(clippy::expect_used, reason = "tests")]
#![allow(dead_code, reason = "each test takes what it needs")]

pub mod node;

use async_trait::async_trait;
use ledger::contract::{Database, Tampering};
use ledger::{HeadFiles, Record, Store, StoreError};
use ledger_postgres::testing::Server;
use ledger_postgres::{PostgresFilling, PostgresStore, Settings};
use ledger_sqlite::SqliteStore;
use std::path::Path;
use std::sync::Arc;

pub struct Postgres {
    server: Server,
    pub settings: Settings,
}

impl Postgres {
    pub fn new() -> Self {
        Self::on(Server::shared())
    }

    pub fn on(server: Server) -> Self {
        let settings = server.database();
        Self { server, settings }
    }

    /// Says something to the database, past everything that the store does.
    pub fn sql(&self, sql: &str) -> String {
        let (_, name) = self.settings.url.rsplit_once("dbname=").expect("a name");
        self.server.sql(name, sql)
    }
}

/// Bytes as SQL has them.
fn bytes(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("'\\x{digits}'::bytea")
}

/// The head row as it has to be for the records that are left.
const RESIZED: &str =
    "update head set register_size = (select coalesce(max(position), 0) from record where log = 1);";

/// The column with this bit flipped, counted round and round.
fn flipped(column: &str, bit: u64) -> String {
    let bit = format!("({} % (length({column}) * 8))", bit % (1 << 32));
    format!("{column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))")
}

#[async_trait]
impl Database for Postgres {
    async fn create(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(PostgresStore::create(&self.settings, heads).await?))
    }

    async fn open(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(PostgresStore::open(&self.settings, heads).await?))
    }

    async fn inspect(&self) -> Arc<dyn Store> {
        Arc::new(PostgresStore::inspect(&self.settings).await.expect("a database"))
    }

    async fn tamper(&self, tampering: Tampering) {
        let remove = |table: &str, position: u64| {
            format!("delete from {table} where log = 1 and position = {position};")
        };
        let set = |table: &str, value: &str, position: u64| {
            format!("update {table} set {value} where log = 1 and position = {position};")
        };
        let sql = match tampering {
            Tampering::FlipFacts(position, bit) => set("record", &flipped("facts", bit), position),
            Tampering::AlterLeaf(position) => set("record", &format!("leaf = {}", bytes(&[0; 32])), position),
            // Whoever removes the last record says so in the head row too.
            Tampering::RemoveRecord(position) => {
                format!("{}{}{RESIZED}", remove("particular", position), remove("record", position))
            }
            Tampering::RemoveParticular(position) => remove("particular", position),
            Tampering::FlipSealed(position, bit) => set("particular", &flipped("sealed", bit), position),
            Tampering::EmptySealed(position) => set("particular", "sealed = null", position),
            Tampering::RemoveKey(locker) => format!("delete from vault where locker = {};", locker.0),
            Tampering::FlipKey(locker, bit) => {
                format!("update vault set {} where locker = {};", flipped("wrapped", bit), locker.0)
            }
            Tampering::SwapRecords(one, other) => {
                let aside = i64::MAX.cast_unsigned();
                let moves = [(one, aside), (other, one), (aside, other)];
                let moved = |(from, to): (u64, u64)| {
                    let to = format!("position = {to}");
                    set("record", &to, from) + &set("particular", &to, from)
                };
                let unbound =
                    "alter table particular drop constraint if exists particular_log_position_fkey;";
                unbound.to_owned() + &moves.map(moved).concat()
            }
            Tampering::CutAfter(position) => {
                let cut =
                    |table: &str| format!("delete from {table} where log = 1 and position > {position};");
                format!("{}{}{RESIZED}", cut("particular"), cut("record"))
            }
            Tampering::Rewrite(record) => {
                let Record { facts, recorded_at, leaf, position, .. } = *record;
                let (facts, leaf) = (bytes(&facts), bytes(&leaf.0));
                set(
                    "record",
                    &format!("facts = {facts}, recorded_at = {}, leaf = {leaf}", recorded_at.0),
                    position,
                )
            }
        };
        self.sql(&sql);
    }

    async fn restore(&self, backup: &Path) {
        self.sql("drop table ledger, head, particular, record, erasure, vault, item");
        let backup = SqliteStore::inspect(backup).expect("a backup");
        let filling = PostgresFilling::begin(&self.settings).await.expect("an empty database");
        ledger::copy(&backup, Box::new(filling)).await.expect("copied");
    }
}
