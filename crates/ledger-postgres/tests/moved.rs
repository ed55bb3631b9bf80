//! A register that is moved from one database to another: the same there, whole or not at all, and shut where it was.

#![expect(clippy::expect_used, reason = "tests")]

mod support;

use async_trait::async_trait;
use ledger::{
    Content, Draft, Expected, Filling, Item, Keyring, Keys, Ledger, LedgerError, Locker, Log, Micros, Noted,
    OsEntropy, Particular, SealError, Store, StoreError, Stored, WrappedKey, contents, copy,
};
use ledger_postgres::testing::Server;
use ledger_postgres::{PostgresFilling, PostgresStore, Settings};
use ledger_sqlite::{SqliteFilling, SqliteStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use support::node::{Council, append, command, draft, put};
use tempfile::TempDir;

/// A register in a file, with something of every kind in it, and a database to move it to.
struct Before {
    directory: TempDir,
    settings: Settings,
    ledger: Arc<Ledger>,
    _server: Server,
}

impl Before {
    async fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let path = |name: &str| directory.path().join(name);
        let epoch = ledger::Epoch::new(2026, 11);
        let keyring = Keyring::create(&path("keyring"), "psr.example", epoch, &mut OsEntropy).expect("keys");
        let heads = ledger::HeadFiles::create(&path("heads"), &keyring).expect("head files");
        let store = SqliteStore::create(&path("register.db"), heads).expect("a file");
        let ledger = Ledger::open(Arc::new(store), keyring, Box::new(OsEntropy)).await.expect("a ledger");
        for number in 0..1_200 {
            let log = if number % 3 == 0 { Log::Access } else { Log::Register };
            append(&ledger, log, draft(number)).await.expect("recorded");
        }
        let picture = Particular::attachment("F-1", 100, vec![7; 100_000]);
        let filed = Draft { particulars: vec![picture], ..draft(2_000) };
        append(&ledger, Log::Register, filed).await.expect("recorded");
        let gone = Draft { erases: vec![Locker(3)], particulars: Vec::new(), ..draft(2_001) };
        append(&ledger, Log::Register, gone).await.expect("recorded");
        for key in ["a", "B", "b", "a"] {
            put(&ledger, key).await.expect("put");
        }
        let server = Server::shared();
        let settings = server.database();
        Self { directory, settings, ledger: Arc::new(ledger), _server: server }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn file(&self) -> Arc<dyn Store> {
        Arc::clone(self.ledger.store())
    }

    async fn filling(&self) -> Box<PostgresFilling> {
        Box::new(PostgresFilling::begin(&self.settings).await.expect("an empty database"))
    }

    async fn opened(&self) -> Result<Ledger, LedgerError> {
        let keyring = Keyring::open(&self.path("keyring"))?;
        let heads = ledger::HeadFiles::open(&self.path("heads"), &keyring).map_err(StoreError::from)?;
        let store = PostgresStore::open(&self.settings, heads).await?;
        Ledger::open(Arc::new(store), keyring, Box::new(OsEntropy)).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_moved_there_and_back_is_the_same() {
    let before = Before::new().await;
    let was = copy(&*before.file(), before.filling().await).await.expect("copied");
    assert_eq!(contents(&*before.file()).await, Ok(was));
    let there = PostgresStore::inspect(&before.settings).await.expect("the register");
    assert_eq!(contents(&there).await, Ok(was));
    let back = before.path("back.db");
    copy(&there, Box::new(SqliteFilling::begin(&back).expect("a file"))).await.expect("copied");
    assert_eq!(contents(&SqliteStore::inspect(&back).expect("the file")).await, Ok(was));
    assert_eq!(there.all_items().await, before.file().all_items().await);

    let ledger = before.opened().await.expect("it goes on there");
    assert_eq!(ledger.attachment("F-1").await, Ok(Some(Content::Known(vec![7; 100_000]))));
    let read = ledger.read(Log::Register, 0, 100).await.expect("records");
    let erased = read.iter().find(|opened| opened.record.command == command(10)).expect("in locker 3");
    assert_eq!(erased.particulars[0].content, Content::Erased);
    append(&ledger, Log::Register, draft(3_000)).await.expect("recorded");
    let shut = append(&ledger, Log::Register, draft(10)).await;
    assert_eq!(shut, Err(SealError::Erased(Locker(3)).into()));
    put(&ledger, "a").await.expect("put");
    assert_ne!(contents(&**ledger.store()).await.expect("what is there"), was);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_was_cut_off_leaves_nothing_and_is_made_again() {
    let before = Before::new().await;
    let page = before.file().read(Log::Register, 0, 100).await.expect("records");
    let mut cut = before.filling().await;
    cut.records(page.clone()).await.expect("taken in");
    drop(cut);
    assert_eq!(PostgresStore::is_there(&before.settings).await, Ok(false));
    let was = copy(&*before.file(), before.filling().await).await.expect("copied");

    let file = before.path("other.db");
    let mut cut = SqliteFilling::begin(&file).expect("a file");
    cut.records(page).await.expect("taken in");
    // As a kill would leave it: nothing tidies up.
    std::mem::forget(cut);
    assert!(!file.exists());
    let again = SqliteFilling::begin(&file).expect("begun again");
    assert_eq!(copy(&*before.file(), Box::new(again)).await, Ok(was));
    assert!(file.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_that_holds_a_register_is_not_filled() {
    let before = Before::new().await;
    copy(&*before.file(), before.filling().await).await.expect("copied");
    let again = PostgresFilling::begin(&before.settings).await;
    assert!(matches!(again, Err(StoreError::NotThere(_))));
    assert!(matches!(SqliteFilling::begin(&before.path("register.db")), Err(StoreError::NotThere(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_that_was_moved_away_takes_nothing_more_from_whoever_has_it_open() {
    let before = Before::new().await;
    let moved = copy(&*before.file(), before.filling().await).await.expect("copied");
    let there = before.opened().await.expect("it goes on there");

    let path = before.path("register.db");
    append(&before.ledger, Log::Access, draft(5_000)).await.expect("the file was not shut yet");
    assert_eq!(SqliteStore::shut(&path, &moved), Err(StoreError::Moved { size: moved.access.size + 1 }));
    let moved = contents(&*before.file()).await.expect("what is there");
    SqliteStore::shut(&path, &moved).expect("shut");
    let refused = append(&before.ledger, Log::Register, draft(5_004)).await;
    assert!(matches!(refused, Err(LedgerError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    assert!(matches!(SqliteStore::inspect(&path), Err(StoreError::NotThere(_))));

    let moved = contents(&**there.store()).await.expect("what is there");
    append(&there, Log::Register, draft(5_002)).await.expect("the database was not shut yet");
    let more = PostgresStore::shut(&before.settings, &moved).await;
    assert_eq!(more, Err(StoreError::Moved { size: moved.register.size + 1 }));
    let moved = contents(&**there.store()).await.expect("what is there");
    PostgresStore::shut(&before.settings, &moved).await.expect("shut");
    let refused = append(&there, Log::Register, draft(5_003)).await;
    assert!(matches!(refused, Err(LedgerError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    assert!(matches!(before.opened().await, Err(LedgerError::Store(StoreError::NotThere(_)))));
}

/// Somebody records something just before the copy ends.
struct Interrupted(Box<PostgresFilling>, Arc<Ledger>);

#[async_trait]
impl Filling for Interrupted {
    async fn records(&mut self, records: Vec<Stored>) -> Result<(), StoreError> {
        self.0.records(records).await
    }

    async fn keys(&mut self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        append(&self.1, Log::Register, draft(9_000)).await.expect("recorded");
        self.0.keys(keys).await
    }

    async fn items(&mut self, items: Vec<Item>) -> Result<(), StoreError> {
        self.0.items(items).await
    }

    async fn finish(self: Box<Self>) -> Result<(), StoreError> {
        self.0.finish().await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_recorded_while_it_is_copied_stops_the_copy() {
    let before = Before::new().await;
    let size = before.ledger.size(Log::Register).await.expect("a size");
    let filling = Box::new(Interrupted(before.filling().await, Arc::clone(&before.ledger)));
    assert_eq!(copy(&*before.file(), filling).await, Err(StoreError::Moved { size: size + 1 }));
    assert_eq!(PostgresStore::is_there(&before.settings).await, Ok(false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_register_in_use_is_as_of_one_moment() {
    let before = Before::new().await;
    copy(&*before.file(), before.filling().await).await.expect("copied");
    let ledger = Arc::new(before.opened().await.expect("it goes on there"));
    let busy = Arc::clone(&ledger);
    let busy = tokio::spawn(async move {
        for number in 10_000.. {
            if append(&busy, Log::Register, draft(number * 7)).await.is_err() {
                break;
            }
        }
    });
    let backup: &Path = &before.path("backup.db");
    ledger.store().backup(backup).await.expect("a backup");
    busy.abort();
    let keyring = Keyring::open(&before.path("keyring")).expect("keys");
    let heads = ledger::HeadFiles::create(&before.path("restored"), &keyring).expect("head files");
    let restored = SqliteStore::open(backup, heads.clone()).expect("a register");
    let noted = Noted::in_files(&heads).expect("heads");
    assert_eq!(ledger::verify(&restored, &noted, Keys::Held(&keyring)).await.expect("a report").findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_of_several_pages_with_attachments_is_verified_to_its_end() {
    let server = Server::shared();
    let council = Council::begin(&server.database()).await;
    let ledger = council.node("one").await;
    for page in 0..5 {
        let picture = Particular::attachment(&format!("F-{page}"), 100, vec![7; 50_000]);
        let mut drafts: Vec<_> = (0..900).map(|number| draft(page * 1_000 + number)).collect();
        drafts[0].particulars.push(picture);
        ledger.append(Log::Register, Expected::Anywhere, Micros(0), drafts).await.expect("recorded");
    }
    let verified = tokio::time::timeout(Duration::from_secs(30), council.verify("one")).await;
    let report = verified.expect("it came to its end");
    assert_eq!((report.register.size, report.findings), (4_500, Vec::new()));
}
