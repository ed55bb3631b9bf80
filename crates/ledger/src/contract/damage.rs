//! Tampering, roll-back and loss: each is found, in its place.

use super::*;
use crate::{Damage, Finding, HeadFileError, LedgerError, Locker, Micros};

/// Ten records, each with words in a locker of its own.
async fn ten(outside: &Outside, database: &dyn Database) {
    let ledger = outside.begin(database).await;
    append_each(&ledger, (1..=10).map(|number| draft_with(number, number, "words"))).await;
}

fn at(positions: std::ops::RangeInclusive<u64>, damage: Damage) -> Finding {
    Finding { log: Log::Register, positions, damage }
}

pub async fn each_damage_is_found_in_its_place(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let backup = outside.path("sound");
    let store = database.open(outside.heads()).await.unwrap();
    store.backup(&backup).await.unwrap();
    let mut forged = store.read(Log::Register, 5, 1).await.unwrap().remove(0).record;
    forged.facts = b"another decision".to_vec();
    forged.recorded_at = Micros(forged.recorded_at.0 + 1);
    forged.leaf = forged.computed_leaf();
    drop(store);
    let gone = |position| Damage::SealedMissing { field: "words".to_owned(), locker: Locker(position) };
    let cases = [
        (Tampering::AlterFacts(3), vec![at(3..=3, Damage::Altered)]),
        (Tampering::AlterLeaf(3), vec![at(3..=3, Damage::Altered), at(3..=3, Damage::RootDiffers)]),
        (Tampering::RemoveRecord(4), vec![at(4..=4, Damage::Missing)]),
        (Tampering::RemoveRecord(10), vec![at(10..=10, Damage::RolledBack)]),
        (Tampering::RemoveParticular(7), vec![at(7..=7, Damage::ParticularsDiffer)]),
        (Tampering::AlterSealed(8), vec![at(8..=8, Damage::SealedAltered("words".to_owned()))]),
        (Tampering::EmptySealed(9), vec![at(9..=9, gone(9))]),
        (Tampering::RemoveKey(Locker(2)), vec![at(2..=2, Damage::KeyMissing(Locker(2)))]),
        (
            Tampering::Rewrite(Box::new(forged)),
            vec![at(6..=6, Damage::RootDiffers), at(7..=7, Damage::BackInTime)],
        ),
    ];
    for (tampering, expected) in cases {
        database.restore(&backup).await;
        assert_eq!(outside.verify(database).await.findings, []);
        database.tamper(tampering.clone()).await;
        let findings = outside.verify(database).await.findings;
        assert_eq!(findings, expected, "{tampering:?}");
    }
}

pub async fn an_unsound_record_is_not_read_in_silence(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let ledger = outside.again(database).await;
    for tampering in [Tampering::EmptySealed(9), Tampering::AlterSealed(6), Tampering::AlterFacts(3)] {
        let (Tampering::EmptySealed(at) | Tampering::AlterSealed(at) | Tampering::AlterFacts(at)) = tampering
        else {
            continue;
        };
        database.tamper(tampering.clone()).await;
        let read = ledger.read(Log::Register, 0, 10).await;
        assert!(
            matches!(&read, Err(LedgerError::Damaged(finding)) if finding.positions == (at..=at)),
            "{tampering:?}: {read:?}"
        );
        assert!(ledger.read(Log::Register, 0, u32::try_from(at).unwrap() - 1).await.is_ok());
    }
}

pub async fn a_database_put_back_to_an_older_state_does_not_open(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let backup = outside.path("older");
    let ledger = outside.again(database).await;
    ledger.store().backup(&backup).await.unwrap();
    append_each(&ledger, (11..=13).map(draft)).await;
    drop(ledger);
    database.restore(&backup).await;
    let opened = database.open(outside.heads()).await.map(|_| ());
    assert_eq!(opened, Err(StoreError::Damaged(vec![at(11..=13, Damage::RolledBack)])));
    let missing: Vec<_> = outside.verify(database).await.findings;
    assert_eq!(missing, [at(11..=13, Damage::RolledBack)]);
}

pub async fn a_missing_head_file_is_not_overlooked(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let path = outside.path("heads").join("register.checkpoints");
    std::fs::remove_file(&path).unwrap();
    let opened = HeadFiles::open(&outside.path("heads"), &outside.keyring());
    assert_eq!(opened.err(), Some(HeadFileError::Absent(path)));
}

pub async fn a_backup_holds_everything(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let backup = outside.path("backup");
    let ledger = outside.again(database).await;
    let before = ledger.read(Log::Register, 0, 100).await.unwrap();
    ledger.store().backup(&backup).await.unwrap();
    assert!(ledger.store().backup(&backup).await.is_err(), "a backup overwrote another");
    drop(ledger);
    database.restore(&backup).await;
    assert_eq!(outside.again(database).await.read(Log::Register, 0, 100).await.unwrap(), before);
    assert_eq!(outside.verify(database).await.findings, []);
}
