//! Sealing, erasure, attachments and epochs.

use super::*;
use crate::{Body, Content, Keyring, KeyringError, LedgerError, Locker, Lockers, SealError};

/// What the record at `position` of the register log says in `words`.
async fn words_at(ledger: &Ledger, position: u64) -> Content {
    let mut read = ledger.read(Log::Register, position - 1, 1).await.unwrap();
    read[0].particulars.remove(0).content
}

fn known(words: &str) -> Content {
    Content::Known(words.into())
}

fn erasing(number: u64, locker: u64) -> Draft {
    Draft { kind: "erased".to_owned(), erases: vec![Locker(locker)], ..draft(number) }
}

pub async fn what_is_sealed_is_read_again_as_it_was(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let several = Draft {
        particulars: vec![
            Particular::beside("narrative", 2, b"he shouted".to_vec()),
            Particular::beside("details", 1, Vec::new()),
        ],
        ..draft(1)
    };
    append_each(&ledger, [several, draft_with(2, 1, "again")]).await;
    drop(ledger);
    let read = outside.again(database).await.read(Log::Register, 0, 10).await.unwrap();
    let contents: Vec<_> =
        read[0].particulars.iter().map(|found| (found.field.as_str(), &found.content)).collect();
    assert_eq!(contents, [("details", &known("")), ("narrative", &known("he shouted"))]);
    assert_eq!(read[1].particulars[0].content, known("again"));
    assert_eq!(read[1].record.facts, b"fact 2");
}

pub async fn nothing_stored_shows_what_was_sealed(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    append_each(&ledger, [draft_with(1, 1, "Nightjar"), draft_with(2, 1, "Nightjar")]).await;
    let stored = ledger.store().read(Log::Register, 0, 10).await.unwrap();
    let bodies: Vec<_> = stored
        .iter()
        .map(|stored| match &stored.particulars[0].body {
            Body::Sealed(sealed) => sealed.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(bodies.iter().all(|body| !body.windows(8).any(|window| window == b"Nightjar")));
    assert_ne!(bodies[0], bodies[1], "the same words sealed twice look alike");
    let backup = outside.path("copy");
    ledger.store().backup(&backup).await.unwrap();
    assert!(!std::fs::read(backup).unwrap().windows(8).any(|window| window == b"Nightjar"));
}

pub async fn a_locker_met_first_by_two_processes_has_one_key(database: &dyn Database) {
    let outside = Outside::new();
    let one = outside.begin(database).await;
    let other = outside.again(database).await;
    append_each(&one, [draft_with(1, 1, "first")]).await;
    append_each(&other, [draft_with(2, 1, "second")]).await;
    assert_eq!(words_at(&one, 2).await, known("second"));
    assert_eq!(words_at(&other, 1).await, known("first"));
}

pub async fn an_erased_locker_is_empty_and_shut_for_ever_and_the_ledger_still_verifies(
    database: &dyn Database,
) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let server = outside.again(database).await;
    append_each(&ledger, [draft_with(1, 1, "of one"), draft_with(2, 2, "of another")]).await;
    append_each(&ledger, [erasing(3, 1)]).await;
    assert_eq!(words_at(&ledger, 1).await, Content::Erased);
    assert_eq!(words_at(&ledger, 2).await, known("of another"));
    assert_eq!(ledger.store().erased().await.unwrap(), [Locker(1)]);
    assert_eq!(ledger.store().keys(Lockers::These(vec![Locker(1)])).await.unwrap(), []);
    for ledger in [ledger, server, outside.again(database).await] {
        let filled =
            ledger.append(Log::Access, Expected::Anywhere, now(0), vec![draft_with(4, 1, "more")]).await;
        let shut = [SealError::Erased(Locker(1)).into(), StoreError::Erased(Locker(1)).into()];
        assert!(shut.contains(filled.as_ref().unwrap_err()), "{filled:?}");
        assert_eq!(words_at(&ledger, 1).await, Content::Erased);
    }
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn an_attachment_is_read_by_its_name_until_its_locker_is_erased(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let picture = vec![7; 300_000];
    let with = Draft {
        particulars: vec![
            Particular::attachment("F-1", 1, picture.clone()),
            Particular::beside("words", 2, b"see the picture".to_vec()),
        ],
        ..draft(1)
    };
    append_each(&ledger, [with]).await;
    assert_eq!(words_at(&ledger, 1).await, Content::Apart);
    assert_eq!(ledger.attachment("F-1").await.unwrap(), Some(Content::Known(picture)));
    assert_eq!(ledger.attachment("words").await.unwrap(), None);
    assert_eq!(outside.verify(database).await.findings, []);
    append_each(&ledger, [erasing(2, 1)]).await;
    assert_eq!(ledger.attachment("F-1").await.unwrap(), Some(Content::Erased));
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn a_name_is_given_to_one_attachment_only(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let with = |number| Draft {
        particulars: vec![Particular::attachment("F-1", 1, b"bytes".to_vec())],
        ..draft(number)
    };
    append_each(&ledger, [with(1)]).await;
    let again = ledger.append(Log::Register, Expected::Anywhere, now(0), vec![with(2)]).await;
    assert!(matches!(again, Err(LedgerError::Store(StoreError::NotUnique(_)))), "{again:?}");
}

pub async fn a_new_epoch_leaves_everything_readable_and_the_former_key_destroyed(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    append_each(&ledger, [draft_with(1, 1, "before"), draft_with(2, 2, "to be erased"), erasing(3, 2)]).await;
    let former = outside.path("keyring").join("epoch-202611");
    assert!(former.exists());
    ledger.begin_epoch(Epoch::new(2026, 12)).await.unwrap();
    assert!(!former.exists());
    append_each(&ledger, [draft_with(4, 3, "after")]).await;
    drop(ledger);
    let again = outside.again(database).await;
    assert_eq!(words_at(&again, 1).await, known("before"));
    assert_eq!(words_at(&again, 4).await, known("after"));
    let keys = again.store().keys(Lockers::All).await.unwrap();
    assert!(keys.iter().all(|key| key.epoch == Epoch::new(2026, 12)));
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn a_change_of_epochs_that_was_interrupted_is_ended(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    append_each(&ledger, [draft_with(1, 1, "before")]).await;
    drop(ledger);
    // The new key was written, and then the machine stopped; of a still older key, only zeros were left.
    let (month, former) = (Epoch::new(2026, 12), outside.path("keyring").join("epoch-202611"));
    let older = outside.path("keyring").join("epoch-202610");
    std::fs::copy(&former, &older).unwrap();
    std::fs::write(&older, [0; 45]).unwrap();
    Keyring::open(&outside.path("keyring")).unwrap().begin(month, &mut Chance).unwrap();
    let again = outside.again(database).await;
    assert!(former.exists() && !older.exists());
    assert!(again.keep_epoch(month).await.unwrap());
    assert!(!former.exists());
    assert_eq!(words_at(&again, 1).await, known("before"));
    assert!(!again.keep_epoch(month).await.unwrap());
    assert!(!again.keep_epoch(Epoch::new(2026, 11)).await.unwrap(), "no month comes back");
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn a_process_that_missed_a_new_epoch_goes_on(database: &dyn Database) {
    let outside = Outside::new();
    let one = outside.begin(database).await;
    let other = outside.again(database).await;
    one.begin_epoch(Epoch::new(2026, 12)).await.unwrap();
    append_each(&one, [draft_with(1, 1, "new epoch")]).await;
    append_each(&other, [draft_with(2, 2, "missed it")]).await;
    assert_eq!(words_at(&other, 1).await, known("new epoch"));
    assert_eq!(words_at(&one, 2).await, known("missed it"));
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn a_locker_without_its_key_stops_the_start(database: &dyn Database) {
    let outside = Outside::new();
    append_each(&outside.begin(database).await, [draft_with(1, 1, "words")]).await;
    let store = database.open(outside.heads()).await.unwrap();
    let stranger = Keyring::create(&outside.path("stranger"), "psr.example", EPOCH, &mut Chance).unwrap();
    let opened = Ledger::open(Arc::clone(&store), stranger, Box::new(Chance)).await;
    assert!(matches!(opened, Err(LedgerError::Keyring(KeyringError::DoesNotUnwrap(_)))), "{opened:?}");
    database.tamper(Tampering::RemoveKey(Locker(1))).await;
    let opened = Ledger::open(store, outside.keyring(), Box::new(Chance)).await;
    assert_eq!(opened.err(), Some(LedgerError::KeysMissing(vec![Locker(1)])));
}
