//! A mistake of ours in the middle of taking in an event: nobody is answered from what it leaves, and it is read again.

use crate::check::{Asked, Described};
use crate::clock::{Clock, HandClock};
use crate::live::Live;
use crate::{Reality, Service, describe};
use demonstration::{Seed, Steps, personas, play};
use jiff::Timestamp;
use ledger::{Epoch, HeadFiles, Keyring, Ledger, OsEntropy};
use ledger_sqlite::SqliteStore;
use register::ids::{AccountId, SubjectId};
use register::moment::Moment;
use register::people::Role;
use register::state::Register;
use register::view::{Purpose, Verdict};
use std::sync::Arc;
use std::time::Duration;

/// A register with somebody on it whom whoever is told of them finds by name, and who these are.
async fn marked(directory: &std::path::Path) -> (Service, AccountId, SubjectId, Asked) {
    let keyring =
        Keyring::create(&directory.join("keys"), "psr.example", Epoch(1), &mut OsEntropy).expect("keys");
    let heads = HeadFiles::create(&directory.join("heads"), &keyring).expect("heads");
    let store = SqliteStore::create(&directory.join("psr.db"), heads).expect("store");
    let ledger = Ledger::open(Arc::new(store), keyring, Box::new(OsEntropy)).await.expect("ledger");
    let end: Timestamp = "2026-11-24T10:00:00Z".parse().expect("timestamp");
    let clock = Arc::new(HandClock::at(end));
    let service =
        Service::start(Arc::new(ledger), Arc::clone(&clock) as Arc<dyn Clock>, Reality::Demonstration)
            .await
            .expect("service");
    let mut history = Steps::default();
    play(&mut history, Seed(1), end).expect("the history plays");
    let officer = personas().into_iter().find(|it| it.role == Role::Officer).expect("officer").account;
    let files = history.files.into_iter().map(|(attachment, bytes)| crate::Upload { attachment, bytes });
    let files: Vec<crate::Upload> = files.collect();
    for (command, moment) in &history.steps {
        clock.set(moment.at);
        let id = service.fresh_command();
        service.carry_out(moment.by, id, command, &files).await.expect("allowed");
        for (subject, asked) in service.read(|register| told_of(register, officer, moment)) {
            let answer = service.check(officer, asked.clone()).await.expect("an answer");
            if answer.verdict != Verdict::NoneFound {
                return (service, officer, subject, asked);
            }
        }
    }
    panic!("nobody is marked");
}

/// Those marked whom this account is shown, and how it asks for them.
fn told_of(register: &Register, by: AccountId, moment: &Moment) -> Vec<(SubjectId, Asked)> {
    let Some(account) = register.account(by) else { return Vec::new() };
    let marked = register.measures().filter(|measure| {
        let live = measure.live_plan(moment.date());
        measure.kind.answers(Purpose::Visit) && live.is_some_and(|it| it.plan().is_told_to(account.team))
    });
    let asked = marked.filter_map(|measure| {
        let name = Some(register.subject(measure.subject)?.heading());
        let description = Described { name, ..Described::default() };
        Some((
            measure.subject,
            Asked { purpose: Purpose::Visit, day: Some(moment.date()), description, job: None },
        ))
    });
    asked.collect()
}

/// Fails in the middle of taking in an event, as a mistake of ours would: the subject is out of the index and not in it again.
fn fails_half_way(service: &Service, subject: SubjectId) {
    let service = service.clone();
    let failed = std::thread::spawn(move || {
        let mut live = service.inner.live.write().expect("lock");
        live.index.remove(describe::key(subject));
        panic!("a mistake of ours");
    });
    assert!(failed.join().is_err());
}

#[tokio::test]
async fn nobody_is_answered_from_a_memory_that_was_left_half_made_and_it_is_made_anew() {
    let directory = tempfile::tempdir().expect("directory");
    let (service, officer, subject, asked) = marked(directory.path()).await;
    let shown = service.check(officer, asked.clone()).await.expect("an answer");
    assert_ne!(shown.verdict, Verdict::NoneFound);
    let (before, subjects) = (service.read(|register| format!("{register:?}")), service.live().index.len());

    fails_half_way(&service, subject);
    assert!(service.check(officer, asked.clone()).await.is_err(), "a check cannot say");
    let visit = crate::screening::Visit {
        row: 2,
        officer: None,
        day: asked.day,
        description: asked.description.clone(),
    };
    let upload = crate::screening::Upload {
        name: "Round".to_owned(),
        purpose: "visit".to_owned(),
        day: None,
        sheets: Vec::new(),
    };
    // It is read again meanwhile, and may be whole before a list is begun: then that one says nothing, and another is tried.
    let mut refused = None;
    for _ in 0..50 {
        fails_half_way_again(&service, subject);
        let list = service.keep_upload(officer, &upload).await.expect("kept");
        service
            .begin_screening(officer, list, &upload, vec![visit.clone()], Vec::new())
            .await
            .expect("begun")
            .expect("within the budget");
        fails_half_way_again(&service, subject);
        if service.screen(list).await.is_err() {
            refused = Some(list);
            break;
        }
    }
    let list = refused.expect("nor can a list be checked");

    for _ in 0..200 {
        if !service.inner.live.is_poisoned() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(service.live().index.len(), subjects);
    assert!(service.read(|register| format!("{register:?}")) == before, "it is the register that it was");
    let again = service.check(officer, asked).await.expect("an answer");
    assert_eq!(again.verdict, shown.verdict);
    service.screen(list).await.expect("screened");
    let list = service.screening(officer, list).await.expect("read").expect("a list");
    assert_eq!(list.tally.none_found, 0);
}

/// The same once more, whether or not it was mended meanwhile.
fn fails_half_way_again(service: &Service, subject: SubjectId) {
    if !service.inner.live.is_poisoned() {
        fails_half_way(service, subject);
    }
}

#[tokio::test]
async fn an_event_that_another_task_has_taken_in_is_not_taken_in_twice() {
    let directory = tempfile::tempdir().expect("directory");
    let (service, ..) = marked(directory.path()).await;
    let before = service.read(|register| format!("{register:?}"));
    let read = service.read_events(0).await.expect("read");
    service.take_all(&read).expect("taken in");
    assert!(service.read(|register| format!("{register:?}")) == before);
    let mut anew = Live::empty();
    anew.take_all(&read);
    anew.take_all(&read);
    assert_eq!(anew.position, read.len() as u64);
}
