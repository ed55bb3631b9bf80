//! Nodes of one register: each with connections and head files of its own, all with one keyring.

use ledger::{
    Appended, CommandId, Draft, Epoch, Expected, HeadFiles, Item, Keyring, Keys, Ledger, LedgerError, Log,
    Micros, Noted, OsEntropy, Particular, Present, Report, StoreError, verify,
};
use ledger_postgres::{PostgresStore, Settings};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

pub struct Council {
    directory: TempDir,
    pub settings: Settings,
}

impl Council {
    /// A council with a new register in an empty database.
    pub async fn begin(settings: &Settings) -> Self {
        let council =
            Self { directory: tempfile::tempdir().expect("a directory"), settings: settings.clone() };
        Keyring::create(&council.path("keyring"), "psr.example", Epoch::new(2026, 11), &mut OsEntropy)
            .expect("a keyring");
        PostgresStore::create(settings, council.heads("first")).await.expect("a register");
        council
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn keyring(&self) -> Keyring {
        Keyring::open(&self.path("keyring")).expect("the keyring")
    }

    /// The head files of a node.
    pub fn heads(&self, node: &str) -> HeadFiles {
        let (directory, keyring) = (self.path(node), self.keyring());
        HeadFiles::open(&directory, &keyring)
            .or_else(|_| HeadFiles::create(&directory, &keyring))
            .expect("head files")
    }

    /// Starts a node.
    pub async fn node(&self, name: &str) -> Arc<Ledger> {
        let store = PostgresStore::open(&self.settings, self.heads(name)).await.expect("the register");
        let ledger = Ledger::open(Arc::new(store), self.keyring(), Box::new(OsEntropy)).await;
        Arc::new(ledger.expect("the ledger"))
    }

    pub async fn verify(&self, node: &str) -> Report {
        let store = PostgresStore::inspect(&self.settings).await.expect("the register");
        let noted = Noted::in_files(&self.heads(node)).expect("heads");
        verify(&store, &noted, Keys::Held(&self.keyring())).await.expect("a report")
    }
}

pub fn command(number: u64) -> CommandId {
    CommandId(u128::from(number).to_be_bytes())
}

/// A draft with words in a locker.
pub fn draft(number: u64) -> Draft {
    Draft {
        command: command(number),
        part: 0,
        actor: "system".to_owned(),
        kind: "noted".to_owned(),
        version: 1,
        facts: format!("fact {number}").into_bytes(),
        particulars: vec![Particular::beside("words", number % 7, b"words".to_vec())],
        erases: Vec::new(),
    }
}

/// Appends one draft wherever the log ends.
pub async fn append(ledger: &Ledger, log: Log, draft: Draft) -> Result<Appended, LedgerError> {
    ledger.append(log, Expected::Anywhere, Micros(0), vec![draft]).await
}

/// Puts a small thing that does not expire.
pub async fn put(ledger: &Ledger, key: &str) -> Result<u64, LedgerError> {
    ledger.put_item(Item::new("draft", key, "A-1", None, b"words".to_vec()), Present::Whatever).await
}

/// Whether nobody knows whether it was written.
pub fn is_unknown<T>(outcome: &Result<T, LedgerError>) -> bool {
    matches!(outcome, Err(LedgerError::Store(StoreError::Unknown(_))))
}
