//! A new file that is filled with what another database holds. Until it is finished it lies beside its place, under another name.

use crate::trouble::Trouble;
use crate::{open, rows};
use async_trait::async_trait;
use ledger::{Body, Filling, Item, StoreError, Stored, WrappedKey};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file being filled.
pub struct SqliteFilling {
    connection: Option<Connection>,
    partial: PathBuf,
    path: PathBuf,
}

impl SqliteFilling {
    /// Begins one for `path`. What is left of one that was interrupted is begun again.
    ///
    /// # Errors
    /// When there is a file already, or none can be made.
    pub fn begin(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::NotThere(format!("{} exists already", path.display())));
        }
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        match fs::remove_file(&partial) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(not_there(&partial, &error)),
            _ => open::create(&partial)?,
        }
        let connection = open::writing(&partial)?;
        let begin = "pragma synchronous = off; begin immediate";
        connection.execute_batch(begin).map_err(|error| StoreError::from(Trouble::from(error)))?;
        Ok(Self { connection: Some(connection), partial, path: path.to_owned() })
    }

    /// Works on the file where waiting for the disk holds nobody up.
    async fn fill(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<()> + Send + 'static,
    ) -> Result<(), StoreError> {
        let ended = || StoreError::Unavailable("filling the file was interrupted".to_owned());
        let connection = self.connection.take().ok_or_else(ended)?;
        let worked = tokio::task::spawn_blocking(move || {
            let done = work(&connection);
            (connection, done)
        });
        let (connection, done) = worked.await.map_err(|_| ended())?;
        self.connection = Some(connection);
        done.map_err(|error| Trouble::from(error).into())
    }

    /// Puts the file in its place, unless something came there meanwhile.
    fn settle(&self) -> io::Result<()> {
        File::open(&self.partial)?.sync_all()?;
        fs::hard_link(&self.partial, &self.path)?;
        fs::remove_file(&self.partial)?;
        let directory = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
    }
}

#[async_trait]
impl Filling for SqliteFilling {
    async fn records(&mut self, records: Vec<Stored>) -> Result<(), StoreError> {
        self.fill(move |connection| {
            for Stored { record, particulars } in &records {
                rows::insert_record(connection, record)?;
                for particular in particulars {
                    let sealed = match &particular.body {
                        Body::Sealed(sealed) => Some(sealed.as_slice()),
                        Body::Apart | Body::Erased => None,
                    };
                    rows::insert_particular(connection, record, particular, sealed)?;
                }
                for locker in &record.erases {
                    rows::insert_erasure(connection, *locker, record)?;
                }
            }
            Ok(())
        })
        .await
    }

    async fn keys(&mut self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        self.fill(move |connection| {
            let mut insert = connection.prepare_cached("insert into vault values (?1, ?2, ?3)")?;
            for WrappedKey { locker, epoch, wrapped } in &keys {
                insert.execute((rows::signed(locker.0), epoch.0, wrapped))?;
            }
            Ok(())
        })
        .await
    }

    async fn items(&mut self, items: Vec<Item>) -> Result<(), StoreError> {
        self.fill(move |connection| {
            let mut insert = connection.prepare_cached("insert into item values (?1, ?2, ?3, ?4, ?5, ?6)")?;
            for Item { kind, key, owner, expires_at, version, body } in &items {
                let expires_at = expires_at.map(|at| at.0);
                insert.execute((kind, key, owner, expires_at, rows::signed(*version), body))?;
            }
            Ok(())
        })
        .await
    }

    async fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        self.fill(|connection| {
            connection.execute_batch("commit")?;
            connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
        })
        .await?;
        // Closed, the file stands alone.
        drop(self.connection.take());
        self.settle().map_err(|error| not_there(&self.path, &error))
    }
}

impl Drop for SqliteFilling {
    fn drop(&mut self) {
        self.connection = None;
        drop(fs::remove_file(&self.partial));
    }
}

fn not_there(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::NotThere(format!("{}: {error}", path.display())),
    }
}
