//! What is acknowledged, and what is not: a standby that does not answer, a connection that is cut, a server that dies.

mod support;

use ledger::{LedgerError, Log, StoreError};
use ledger_postgres::testing::Server;
use ledger_postgres::{PostgresStore, Settings};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::node::{Council, append, command, draft, is_unknown, put};

/// Whose commit waits for a standby.
const WAITING: &str = "from pg_stat_activity where wait_event = 'SyncRep'";

/// From now on every commit waits for a standby that is not there; or no longer does.
fn standby(server: &Server, name: &str) {
    server.sql("postgres", &format!("alter system set synchronous_standby_names = '{name}'"));
    server.sql("postgres", "select pg_reload_conf()");
    // Whoever is told later is not told at all.
    std::thread::sleep(Duration::from_millis(300));
}

async fn until(server: &Server, question: &str, answer: &str) {
    let patience = Instant::now();
    while server.sql("postgres", question).trim() != answer {
        assert!(patience.elapsed() < Duration::from_secs(20), "{question} is not {answer}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn patient_for(wait: u64, settings: Settings) -> Settings {
    Settings { commit_wait: Duration::from_millis(wait), ..settings }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_wait_for_the_standby_somebody_cancelled_is_no_acknowledgement() {
    let server = Server::own(&[]);
    let council = Council::begin(&patient_for(3_000, server.database())).await;
    let node = council.node("one").await;
    append(&node, Log::Register, draft(1)).await.expect("recorded");
    standby(&server, "absent");
    let waiter = Arc::clone(&node);
    let waiting = tokio::spawn(async move { append(&waiter, Log::Register, draft(2)).await });
    until(&server, &format!("select count(*) {WAITING}"), "1").await;
    server.sql("postgres", &format!("select pg_cancel_backend(pid) {WAITING}"));
    let outcome = waiting.await.expect("not panicked");
    assert!(is_unknown(&outcome), "{outcome:?}");

    // It is there, and a standby that took over would not have it: so nobody is told yet that it was recorded.
    assert_eq!(node.size(Log::Register).await, Ok(2));
    let told = node.command(Log::Register, command(2)).await;
    assert!(is_unknown(&told), "{told:?}");
    standby(&server, "");
    assert_eq!(node.command(Log::Register, command(2)).await, Ok(vec![2]));
    let again = append(&node, Log::Register, draft(2)).await;
    assert_eq!(again, Err(StoreError::AlreadyRecorded { positions: vec![2] }.into()));
    assert_eq!(council.verify("one").await.findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_for_a_standby_longer_than_was_set_and_the_next_can_write() {
    let server = Server::own(&[]);
    let council = Council::begin(&patient_for(700, server.database())).await;
    let node = council.node("one").await;
    standby(&server, "absent");
    for outcome in [append(&node, Log::Access, draft(1)).await.map(|_| 0), put(&node, "a").await] {
        assert!(is_unknown(&outcome), "{outcome:?}");
    }
    let asked = Instant::now();
    assert!(is_unknown(&append(&node, Log::Register, draft(2)).await));
    let waited = asked.elapsed();
    assert!(waited > Duration::from_millis(700) && waited < Duration::from_secs(4), "{waited:?}");
    standby(&server, "");
    append(&node, Log::Register, draft(3)).await.expect("the lock is free");
    assert_eq!(council.verify("one").await.findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_server_dies() {
    let server = Server::own(&[]);
    let council = Council::begin(&server.database()).await;
    let node = council.node("one").await;
    let mut acknowledged = BTreeSet::new();
    for round in 0..3 {
        let writers = (0..4).map(|writer| {
            let node = Arc::clone(&node);
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                for number in 0.. {
                    let number = (round * 4 + writer) * 100_000 + number;
                    match append(&node, Log::Register, draft(number)).await {
                        Ok(appended) => {
                            acknowledged.extend(
                                appended.records.iter().map(|record| (record.position, record.command)),
                            );
                        }
                        Err(LedgerError::Store(StoreError::Unavailable(_) | StoreError::Unknown(_))) => break,
                        Err(other) => return Err(other),
                    }
                }
                Ok(acknowledged)
            })
        });
        let writers: Vec<_> = writers.collect();
        tokio::time::sleep(Duration::from_millis(400)).await;
        server.crash();
        let before = acknowledged.len();
        for writer in writers {
            acknowledged.extend(writer.await.expect("not panicked").expect("nothing but the crash"));
        }
        assert!(acknowledged.len() > before, "nothing was acknowledged");
        let read = node.read(Log::Register, 0, u32::MAX).await.expect("it serves again");
        let present = read.iter().map(|opened| (opened.record.position, opened.record.command)).collect();
        assert!(
            acknowledged.is_subset(&present),
            "round {round}: lost {:?}",
            acknowledged.difference(&present)
        );
        assert_eq!(council.verify("one").await.findings, []);
    }
}

#[tokio::test]
async fn a_server_that_does_not_sync_is_not_trusted_with_a_register() {
    let server = Server::own(&["fsync=off"]);
    let council = tempfile::tempdir().expect("a directory");
    let keyring = ledger::Keyring::create(
        &council.path().join("keyring"),
        "psr.example",
        ledger::Epoch::new(2026, 11),
        &mut ledger::OsEntropy,
    );
    let heads = ledger::HeadFiles::create(&council.path().join("heads"), &keyring.expect("a keyring"));
    let made = PostgresStore::create(&server.database(), heads.expect("head files")).await;
    assert_eq!(made.err(), Some(StoreError::Unavailable("fsync is off and must be on".to_owned())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_database_does_not_take_stops_nobody_else() {
    let council = Council::begin(&Server::shared().database()).await;
    let node = council.node("one").await;
    let unwritable = |number| ledger::Draft { actor: "nul \0".to_owned(), ..draft(number) };
    let appends = (0..20).map(|number| {
        let node = Arc::clone(&node);
        let draft = if number % 5 == 0 { unwritable(number) } else { draft(number) };
        tokio::spawn(async move { (number, append(&node, Log::Register, draft).await) })
    });
    for appended in appends.collect::<Vec<_>>() {
        let (number, outcome) = appended.await.expect("not panicked");
        assert_eq!(outcome.is_ok(), number % 5 != 0, "{number}: {outcome:?}");
    }
    assert_eq!(node.size(Log::Register).await, Ok(16));
    assert_eq!(council.verify("one").await.findings, []);
}
