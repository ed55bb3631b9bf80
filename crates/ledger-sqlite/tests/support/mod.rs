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
            Tampering::AlterFacts(position) => {
                at("update record set facts = x'00' where log = 1 and position = ?1", position);
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
            Tampering::AlterSealed(position) => {
                at("update particular set sealed = x'00' where log = 1 and position = ?1", position);
            }
            Tampering::EmptySealed(position) => {
                at("update particular set sealed = null where log = 1 and position = ?1", position);
            }
            Tampering::RemoveKey(locker) => at("delete from vault where locker = ?1", locker.0),
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
