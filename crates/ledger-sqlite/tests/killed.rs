//! Killed at any moment: whatever was acknowledged is there afterwards, and the ledger is sound.
//!
//! The test starts itself again as the victim. `PSR_KILLS` says how many rounds; 20 unless told.

#![expect(clippy::unwrap_used, reason = "tests")]

use ledger::{
    CommandId, Draft, Epoch, Expected, HeadFiles, Keyring, Keys, Ledger, Log, Micros, Noted, OsEntropy,
    Particular, verify,
};
use ledger_sqlite::SqliteStore;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const VICTIM: &str = "PSR_VICTIM_DIRECTORY";

async fn ledger(directory: &Path) -> Ledger {
    let keyring = Keyring::open(&directory.join("keyring")).unwrap();
    let heads = HeadFiles::open(&directory.join("heads"), &keyring).unwrap();
    let store = SqliteStore::open(&directory.join("register.db"), heads).unwrap();
    Ledger::open(Arc::new(store), keyring, Box::new(OsEntropy)).await.unwrap()
}

fn random() -> u64 {
    getrandom::u64().unwrap()
}

/// Eight tasks append to both logs and print each record that is acknowledged, until the process is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn victim() {
    let Some(directory) = std::env::var_os(VICTIM).map(PathBuf::from) else { return };
    let ledger = Arc::new(ledger(&directory).await);
    for task in 0..8 {
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move {
            loop {
                let command = CommandId(((u128::from(random())) << 64 | u128::from(random())).to_be_bytes());
                let log = if task % 2 == 0 { Log::Register } else { Log::Access };
                let draft = Draft {
                    command,
                    part: 0,
                    actor: "system".to_owned(),
                    kind: "noted".to_owned(),
                    version: 1,
                    facts: b"fact".to_vec(),
                    particulars: vec![Particular::beside("words", task, vec![7; 200])],
                    erases: Vec::new(),
                };
                let appended = ledger.append(log, Expected::Anywhere, Micros(0), vec![draft]).await.unwrap();
                let position = appended.records[0].position;
                let line = format!("ack {log} {position} {:032x}\n", u128::from_be_bytes(command.0));
                std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
            }
        });
    }
    std::future::pending::<()>().await;
}

/// Starts the victim, kills it after a random while, and says what it acknowledged.
fn kill_one(directory: &Path) -> BTreeSet<String> {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "victim", "--nocapture"])
        .env(VICTIM, directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map_while(Result::ok);
    let is_acknowledgement = |line: &String| line.starts_with("ack ") && line.len() > 40;
    let first = lines.find(is_acknowledgement);
    let reader = thread::spawn(move || lines.filter(is_acknowledgement).collect::<BTreeSet<_>>());
    thread::sleep(Duration::from_millis(random() % 150));
    victim.kill().unwrap();
    victim.wait().unwrap();
    let mut acknowledged = reader.join().unwrap();
    acknowledged.extend(first);
    acknowledged
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let rounds = std::env::var("PSR_KILLS").map_or(20, |rounds| rounds.parse().unwrap());
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    let keyring =
        Keyring::create(&path("keyring"), "psr.example", Epoch::new(2026, 11), &mut OsEntropy).unwrap();
    let heads = HeadFiles::create(&path("heads"), &keyring).unwrap();
    drop(SqliteStore::create(&path("register.db"), heads.clone()).unwrap());
    let mut acknowledged = BTreeSet::new();
    for round in 0..rounds {
        let here = kill_one(place.path());
        assert!(!here.is_empty(), "round {round}: the victim acknowledged nothing");
        acknowledged.extend(here);
        let ledger = ledger(place.path()).await;
        let mut present = BTreeSet::new();
        for log in Log::ALL {
            let read = ledger.read(log, 0, u32::MAX).await.unwrap();
            present.extend(read.iter().map(|opened| {
                let command = u128::from_be_bytes(opened.record.command.0);
                format!("ack {log} {} {command:032x}", opened.record.position)
            }));
        }
        let lost: Vec<_> = acknowledged.difference(&present).collect();
        assert!(lost.is_empty(), "round {round}: lost {lost:?}");
        let store = SqliteStore::inspect(&path("register.db")).unwrap();
        assert_eq!(
            verify(&store, &Noted::in_files(&heads).unwrap(), Keys::Held(&keyring)).await.unwrap().findings,
            []
        );
    }
    eprintln!("{rounds} kills, {} acknowledged, none lost", acknowledged.len());
}
