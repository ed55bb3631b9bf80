//! The disk fills up: nothing acknowledged is lost, reading goes on, and writing goes on when there is space again.

use ledger::{
    CommandId, Draft, Epoch, Expected, HeadFiles, Keyring, Keys, Ledger, LedgerError, Log, Micros, Noted,
    OsEntropy, StoreError, verify,
};
use ledger_sqlite::SqliteStore;
use std::fs;
use std::process::Command;
use std::sync::Arc;

fn draft(number: u64) -> Draft {
    Draft {
        command: CommandId(u128::from(number).to_be_bytes()),
        part: 0,
        actor: "system".to_owned(),
        kind: "noted".to_owned(),
        version: 1,
        facts: vec![7; 2_000],
        particulars: Vec::new(),
        erases: Vec::new(),
    }
}

#[tokio::test]
#[ignore = "mounts a small file system, which only root may"]
async fn a_full_disk_stops_writing_only_and_only_while_it_is_full() {
    let place = tempfile::tempdir().unwrap();
    let small = place.path().join("small");
    fs::create_dir(&small).unwrap();
    let mount =
        |arguments: &[&str]| Command::new("mount").args(arguments).arg(&small).status().unwrap().success();
    assert!(mount(&["-t", "tmpfs", "-o", "size=8m", "tmpfs"]));
    let keyring =
        Keyring::create(&place.path().join("keyring"), "psr.example", Epoch::new(2026, 11), &mut OsEntropy)
            .unwrap();
    let heads = HeadFiles::create(&place.path().join("heads"), &keyring).unwrap();
    let ballast = small.join("ballast");
    fs::write(&ballast, vec![0; 1_000_000]).unwrap();
    let store = Arc::new(SqliteStore::create(&small.join("register.db"), heads.clone()).unwrap());
    let ledger = Ledger::open(store, keyring, Box::new(OsEntropy)).await.unwrap();

    let mut acknowledged = 0;
    let append = |number| ledger.append(Log::Register, Expected::Anywhere, Micros(0), vec![draft(number)]);
    let refusal = loop {
        match append(acknowledged + 1).await {
            Ok(_) => acknowledged += 1,
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refusal, LedgerError::Store(StoreError::Full));
    assert!(acknowledged > 100);
    assert_eq!(ledger.read(Log::Register, 0, u32::MAX).await.unwrap().len() as u64, acknowledged);
    fs::remove_file(&ballast).unwrap();
    append(acknowledged + 1).await.unwrap();
    let keyring = Keyring::open(&place.path().join("keyring")).unwrap();
    let report =
        verify(&**ledger.store(), &Noted::in_files(&heads).unwrap(), Keys::Held(&keyring)).await.unwrap();
    assert_eq!((report.register.size, report.findings.len()), (acknowledged + 1, 0));
    drop(ledger);
    assert!(Command::new("umount").arg(&small).status().unwrap().success());
}
