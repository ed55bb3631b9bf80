//! A SQLite database that the contract's tests can open, damage and put back.

#![expect(clippy::expect_used, reason = "tests")]

use async_trait::async_trait;
use ledger::contract::{Database, Tampering};
use ledger::{HeadFiles, Store, StoreError};
use ledger_sqlite::SqliteStore;
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub struct Sqlite(TempDir);

impl Sqlite {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().join("register.db")
    }
}

/// Flips a bit of what a column holds in one row.
fn flip(connection: &Connection, (table, column): (&str, &str), (row, is): (&str, u64), bit: u64) {
    let row = format!("where {row} = {}", is.cast_signed());
    let mut bytes: Vec<u8> = connection
        .query_row(&format!("select {column} from {table} {row}"), [], |row| row.get(0))
        .expect("the row");
    let bits = bytes.len() as u64 * 8;
    let byte = usize::try_from(bit % bits / 8).expect("a place");
    *bytes.get_mut(byte).expect("a byte") ^= 1 << (bit % 8);
    let put = connection.execute(&format!("update {table} set {column} = ?1 {row}"), [bytes]);
    assert_eq!(put, Ok(1));
}

#[async_trait]
impl Database for Sqlite {
    async fn create(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqliteStore::create(&self.path(), heads)?))
    }

    async fn open(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqliteStore::open(&self.path(), heads)?))
    }

    async fn inspect(&self) -> Arc<dyn Store> {
        Arc::new(SqliteStore::inspect(&self.path()).expect("a database"))
    }

    async fn tamper(&self, tampering: Tampering) {
        let connection = Connection::open(self.path()).expect("the database");
        for trigger in ["record_stands", "record_stays", "particular_stands", "particular_stays", "key_stays"]
        {
            connection.execute_batch(&format!("drop trigger if exists {trigger}")).expect("dropped");
        }
        connection.execute_batch("pragma foreign_keys = off").expect("off");
        let at = |sql: &str, position: u64| {
            assert_ne!(connection.execute(sql, [position.cast_signed()]).expect(sql), 0, "{sql}");
        };
        match tampering {
            Tampering::FlipFacts(position, bit) => {
                flip(&connection, ("record", "facts"), ("log = 1 and position", position), bit);
            }
            Tampering::AlterLeaf(position) => {
                at("update record set leaf = zeroblob(32) where log = 1 and position = ?1", position);
            }
            Tampering::RemoveRecord(position) => {
                at("delete from particular where log = 1 and position = ?1", position);
                at("delete from record where log = 1 and position = ?1", position);
            }
            Tampering::RemoveParticular(position) => {
                at("delete from particular where log = 1 and position = ?1", position);
            }
            Tampering::FlipSealed(position, bit) => {
                flip(&connection, ("particular", "sealed"), ("log = 1 and position", position), bit);
            }
            Tampering::EmptySealed(position) => {
                at("update particular set sealed = null where log = 1 and position = ?1", position);
            }
            Tampering::RemoveKey(locker) => at("delete from vault where locker = ?1", locker.0),
            Tampering::FlipKey(locker, bit) => {
                flip(&connection, ("vault", "wrapped"), ("locker", locker.0), bit);
            }
            Tampering::SwapRecords(one, other) => {
                for table in ["record", "particular"] {
                    let moves = format!("update {table} set position = ?1 where log = 1 and position = ?2");
                    let aside = i64::MAX.cast_unsigned();
                    for (to, from) in [(aside, one), (one, other), (other, aside)] {
                        let moved = connection.execute(&moves, [to.cast_signed(), from.cast_signed()]);
                        assert_ne!(moved, Ok(0), "{moves}");
                    }
                }
            }
            Tampering::CutAfter(position) => {
                at("delete from particular where log = 1 and position > ?1", position);
                at("delete from record where log = 1 and position > ?1", position);
            }
            Tampering::Rewrite(record) => {
                let changed = connection.execute(
                    "update record set facts = ?1, recorded_at = ?2, leaf = ?3 where log = 1 and position = ?4",
                    params![record.facts, record.recorded_at.0, record.leaf.0, record.position.cast_signed()],
                );
                assert_eq!(changed, Ok(1));
            }
        }
    }

    async fn restore(&self, backup: &Path) {
        for suffix in ["-wal", "-shm"] {
            let mut path = self.path().into_os_string();
            path.push(suffix);
            drop(std::fs::remove_file(path));
        }
        std::fs::copy(backup, self.path()).expect("copied");
    }
}
