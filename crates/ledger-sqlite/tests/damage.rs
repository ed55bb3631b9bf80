//! What SQLite does not notice and the ledger does: flipped bits in the file and in the write-ahead log, settings that were
//! changed, a schema from the future, and what erasure leaves in the file.

#![expect(clippy::unwrap_used, reason = "tests")]

use ledger::{
    Body, CommandId, Damage, Draft, Epoch, Expected, HeadFiles, Item, Keyring, Keys, Ledger, Locker, Log,
    Micros, Noted, OsEntropy, Particular, Present, Report, Store, StoreError, verify,
};
use ledger_sqlite::SqliteStore;
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let keyring =
            Keyring::create(&place.path("keyring"), "psr.example", Epoch::new(2026, 11), &mut OsEntropy)
                .unwrap();
        HeadFiles::create(&place.path("heads"), &keyring).unwrap();
        drop(SqliteStore::create(&place.path("register.db"), place.heads()).unwrap());
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn keyring(&self) -> Keyring {
        Keyring::open(&self.path("keyring")).unwrap()
    }

    fn heads(&self) -> HeadFiles {
        HeadFiles::open(&self.path("heads"), &self.keyring()).unwrap()
    }

    fn open(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::open(&self.path("register.db"), self.heads())
    }

    async fn ledger(&self) -> Ledger {
        Ledger::open(Arc::new(self.open().unwrap()), self.keyring(), Box::new(OsEntropy)).await.unwrap()
    }

    async fn verify(&self, store: &SqliteStore) -> Result<Report, StoreError> {
        verify(store, &Noted::in_files(&self.heads())?, Keys::Held(&self.keyring())).await
    }

    /// A ledger with this many records, each with words in one of ten lockers.
    async fn filled(records: u64) -> (Self, Ledger) {
        let place = Self::new();
        let ledger = place.ledger().await;
        for number in 1..=records {
            let draft = draft(number, number % 10);
            ledger.append(Log::Register, Expected::Anywhere, Micros(0), vec![draft]).await.unwrap();
        }
        (place, ledger)
    }
}

fn draft(number: u64, locker: u64) -> Draft {
    Draft {
        command: CommandId(u128::from(number).to_be_bytes()),
        part: 0,
        actor: "system".to_owned(),
        kind: "noted".to_owned(),
        version: 1,
        facts: number.to_be_bytes().to_vec(),
        particulars: vec![Particular::beside("words", locker, vec![7; 100])],
        erases: Vec::new(),
    }
}

#[tokio::test]
async fn a_flipped_bit_in_the_write_ahead_log_is_found_at_the_start() {
    let (place, ledger) = Place::filled(40).await;
    let (database, log) = (place.path("register.db"), place.path("register.db-wal"));
    let (sound_database, sound_log) = (fs::read(&database).unwrap(), fs::read(&log).unwrap());
    drop(ledger);
    for round in 0..40 {
        let mut bytes = sound_log.clone();
        let byte = 32 + (bytes.len() - 32) * round / 40;
        bytes[byte] ^= 1 << (round % 8);
        drop(fs::remove_file(place.path("register.db-shm")));
        fs::write(&database, &sound_database).unwrap();
        fs::write(&log, bytes).unwrap();
        let opened = place.open().map(|_| ());
        assert!(
            matches!(opened, Err(StoreError::Damaged(_) | StoreError::NotThere(_))),
            "byte {byte}: {opened:?}"
        );
    }
}

/// The whole of finding 2 of the assurance study: SQLite's own check sees few of these.
#[tokio::test]
async fn a_flipped_bit_in_the_database_is_found_or_changed_no_record() {
    let (place, ledger) = Place::filled(200).await;
    let sound = place.path("sound.db");
    ledger.store().backup(&sound).await.unwrap();
    let before = ledger.store().read(Log::Register, 0, 1_000).await.unwrap();
    drop(ledger);
    let database = place.path("register.db");
    let mut found = 0;
    for round in 0..150_usize {
        let mut bytes = fs::read(&sound).unwrap();
        let byte = 4_096 + (round * 7_919_317) % (bytes.len() - 4_096);
        bytes[byte] ^= 1 << (round % 8);
        for suffix in ["-wal", "-shm"] {
            drop(fs::remove_file(place.path(&format!("register.db{suffix}"))));
        }
        fs::write(&database, bytes).unwrap();
        let Ok(store) = SqliteStore::inspect(&database) else {
            found += 1;
            continue;
        };
        match place.verify(&store).await {
            Ok(report) if report.findings.is_empty() => {
                let now = store.read(Log::Register, 0, 1_000).await.unwrap();
                assert_eq!(now, before, "byte {byte} changed what is read, and nothing was found");
            }
            Ok(_) | Err(_) => found += 1,
        }
    }
    assert!(found > 75, "only {found} of 150 flips were found: the test no longer bites");
}

/// An index that lost a row hides what was done before: a form would be done twice. No record differs.
#[tokio::test]
async fn a_flipped_bit_in_an_index_is_found_and_the_index_named() {
    let (place, ledger) = Place::filled(200).await;
    drop(ledger);
    let database = place.path("register.db");
    let page: usize = Connection::open(&database)
        .unwrap()
        .query_row("select rootpage from sqlite_schema where name = 'sqlite_autoindex_record_2'", [], |row| {
            row.get::<_, u32>(0)
        })
        .unwrap()
        .try_into()
        .unwrap();
    let mut bytes = fs::read(&database).unwrap();
    // What was put in first lies at the end of its page.
    bytes[page * 4_096 - 3] ^= 1;
    fs::write(&database, bytes).unwrap();
    let store = SqliteStore::inspect(&database).unwrap();
    let report = place.verify(&store).await.unwrap();
    let said: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|said| said.contains("sqlite_autoindex_record_2")), "{said:?}");
}

#[tokio::test]
async fn an_item_that_was_altered_is_named_by_its_kind_and_key() {
    let (place, ledger) = Place::filled(1).await;
    let item = Item::new("session", "one", "somebody", None, b"a token".to_vec());
    ledger.put_item(item, Present::Nothing).await.unwrap();
    drop(ledger);
    let connection = Connection::open(place.path("register.db")).unwrap();
    connection.execute_batch("update item set owner = 'somebody else'").unwrap();
    let store = SqliteStore::inspect(&place.path("register.db")).unwrap();
    let report = place.verify(&store).await.unwrap();
    let said: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["beside the records: what is kept of kind session under \"one\" was altered"]);
}

#[tokio::test]
async fn an_altered_record_is_named_by_its_position() {
    let (place, ledger) = Place::filled(30).await;
    drop(ledger);
    let connection = Connection::open(place.path("register.db")).unwrap();
    connection
        .execute_batch("drop trigger record_stands; update record set actor = 'x' where position = 17")
        .unwrap();
    let store = SqliteStore::inspect(&place.path("register.db")).unwrap();
    let report = place.verify(&store).await.unwrap();
    let found: Vec<_> =
        report.findings.iter().map(|finding| (finding.positions.clone(), finding.damage.clone())).collect();
    assert_eq!(found, [(17..=17, Damage::Altered)]);
}

#[tokio::test]
async fn no_row_of_a_record_can_be_changed_or_removed_by_ordinary_means() {
    let (place, _ledger) = Place::filled(2).await;
    let connection = Connection::open(place.path("register.db")).unwrap();
    for sql in [
        "update record set actor = 'x'",
        "delete from record",
        "update particular set sealed = null",
        "update particular set sealed = x'00'",
        "delete from particular",
        "delete from vault",
    ] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}");
    }
}

#[tokio::test]
async fn what_is_erased_is_overwritten_in_the_file_and_its_log() {
    let (place, ledger) = Place::filled(20).await;
    let stored = ledger.store().read(Log::Register, 0, 1).await.unwrap().remove(0);
    let Body::Sealed(sealed) = stored.particulars[0].body.clone() else { panic!("not sealed") };
    let held = || {
        ["register.db", "register.db-wal"]
            .iter()
            .filter_map(|name| fs::read(place.path(name)).ok())
            .any(|bytes| bytes.windows(sealed.len()).any(|window| window == sealed))
    };
    assert!(held());
    let erasing = Draft { particulars: Vec::new(), erases: vec![Locker(1)], ..draft(1_000, 0) };
    ledger.append(Log::Register, Expected::Anywhere, Micros(0), vec![erasing]).await.unwrap();
    assert!(!held());
}

#[tokio::test]
async fn a_database_from_a_newer_program_is_refused_in_words() {
    let place = Place::new();
    Connection::open(place.path("register.db")).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let refused = place.open().map(|_| ()).unwrap_err();
    assert_eq!(refused, StoreError::NewerSchema { found: 2, known: 1 });
    assert!(refused.to_string().contains("newer program"));
}

#[tokio::test]
async fn another_file_is_not_taken_for_a_ledger() {
    let place = Place::new();
    let other = place.path("other.db");
    Connection::open(&other).unwrap().execute_batch("create table t (a)").unwrap();
    assert!(matches!(SqliteStore::open(&other, place.heads()).map(|_| ()), Err(StoreError::NotThere(_))));
    let absent = place.path("absent.db");
    assert!(matches!(SqliteStore::open(&absent, place.heads()).map(|_| ()), Err(StoreError::NotThere(_))));
    assert!(!absent.exists());
}

#[tokio::test]
async fn an_empty_database_in_place_of_a_filled_one_does_not_open() {
    let (place, ledger) = Place::filled(3).await;
    drop(ledger);
    for name in ["register.db", "register.db-wal", "register.db-shm"] {
        drop(fs::remove_file(place.path(name)));
    }
    let made = SqliteStore::create(&place.path("register.db"), place.heads()).map(|_| ());
    assert!(
        matches!(&made, Err(StoreError::Damaged(findings)) if findings[0].positions == (1..=3)),
        "{made:?}"
    );
}
