//! Three nodes on one register, their connections cut again and again: the history of what they said is judged.
//!
//! The judge knows a register as a list that only grows. Whatever was acknowledged stands where it was said to stand, once, and
//! whoever asks afterwards sees it, on any node; what was not known stands once at most, and what was refused nowhere.

mod support;

use ledger::{LedgerError, Log, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::Postgres;
use support::node::{Council, append, draft};

/// What came of an append to the register log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    At(u64),
    Unknown,
    Refused,
}

/// What a node was asked, and said.
#[derive(Debug, Clone, Copy)]
enum Act {
    Append {
        number: u64,
        outcome: Outcome,
    },
    /// How many records there are: asked outright, or told with an acknowledged row of the access log.
    Size(u64),
}

#[derive(Debug, Clone, Copy)]
struct Event {
    act: Act,
    asked: Instant,
    answered: Instant,
}

impl Event {
    fn before(&self, other: &Self) -> bool {
        self.answered < other.asked
    }

    /// How many records there were at some moment between question and answer: at least.
    fn told(&self) -> Option<u64> {
        match self.act {
            Act::Append { outcome: Outcome::At(position), .. } => Some(position),
            Act::Size(size) => Some(size),
            Act::Append { .. } => None,
        }
    }
}

/// Everything that contradicts a register that is one list. `stands` says which numbers stand in the log, from position 1.
fn contradictions(history: &[Event], stands: &[u64]) -> Vec<String> {
    let mut found = Vec::new();
    let mut places: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for (position, number) in (1..).zip(stands) {
        places.entry(*number).or_default().push(position);
    }
    for event in history {
        let Act::Append { number, outcome } = event.act else { continue };
        let there = places.get(&number).map_or(&[][..], Vec::as_slice);
        let right = match outcome {
            Outcome::At(position) => there == [position],
            Outcome::Unknown => there.len() <= 1,
            Outcome::Refused => there.is_empty(),
        };
        if !right {
            found.push(format!("{number} was {outcome:?} and stands at {there:?}"));
        }
    }
    for later in history {
        for earlier in history.iter().filter(|earlier| earlier.before(later)) {
            let (Some(before), Some(after)) = (earlier.told(), later.told()) else { continue };
            let grown = matches!(later.act, Act::Append { .. });
            if after < before || (grown && after == before) {
                found.push(format!("{:?} was answered before {:?} was asked", earlier.act, later.act));
            }
        }
    }
    found
}

#[test]
fn the_judge_finds_what_contradicts_a_register() {
    let start = Instant::now();
    let at = |step: u64| start + Duration::from_secs(step);
    let event = |act, step: u64| Event { act, asked: at(step * 2), answered: at(step * 2 + 1) };
    let appended = |number, outcome, step| event(Act::Append { number, outcome }, step);
    let sound = [
        appended(7, Outcome::At(1), 0),
        event(Act::Size(1), 1),
        appended(8, Outcome::Unknown, 2),
        appended(9, Outcome::At(3), 3),
        appended(5, Outcome::Refused, 4),
    ];
    assert_eq!(contradictions(&sound, &[7, 8, 9]), [""; 0]);
    let lost = contradictions(&sound, &[8, 9]);
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert_eq!(contradictions(&sound, &[7, 8, 9, 8]).len(), 1, "twice");
    assert_eq!(contradictions(&sound, &[7, 8, 9, 5]).len(), 1, "refused, and yet there");
    let stale = [sound[0], sound[3], event(Act::Size(2), 4)];
    assert_eq!(contradictions(&stale, &[7, 8, 9]).len(), 1, "a node that had not heard");
    let swapped = [appended(7, Outcome::At(2), 0), appended(8, Outcome::At(1), 1)];
    assert_eq!(contradictions(&swapped, &[8, 7]).len(), 1, "an order that nobody saw");
}

fn outcome_of(position: Result<u64, LedgerError>) -> Outcome {
    match position {
        Ok(position) => Outcome::At(position),
        Err(LedgerError::Store(StoreError::Unknown(_))) => Outcome::Unknown,
        Err(LedgerError::Store(StoreError::Unavailable(_))) => Outcome::Refused,
        Err(other) => unreachable!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_nodes_whose_connections_are_cut_are_one_register() {
    let database = Postgres::new();
    let council = Council::begin(&database.settings).await;
    let nodes = [council.node("one").await, council.node("two").await, council.node("three").await];
    let end = Instant::now() + Duration::from_secs(8);
    let clients = (0..12).map(|client: u64| {
        let node = Arc::clone(&nodes[usize::try_from(client % 3).expect("small")]);
        tokio::spawn(async move {
            let mut history = Vec::new();
            for step in 0.. {
                let asked = Instant::now();
                if asked > end {
                    break;
                }
                let number = client * 100_000 + step;
                let act = match (client + step) % 4 {
                    0 | 1 => {
                        let appended = append(&node, Log::Register, draft(number)).await;
                        let position = appended.map(|appended| appended.records[0].position);
                        Some(Act::Append { number, outcome: outcome_of(position) })
                    }
                    2 => append(&node, Log::Access, draft(number))
                        .await
                        .ok()
                        .map(|row| Act::Size(row.register.size)),
                    _ => node.size(Log::Register).await.ok().map(Act::Size),
                };
                history.extend(act.map(|act| Event { act, asked, answered: Instant::now() }));
            }
            history
        })
    });
    let clients: Vec<_> = clients.collect();
    let mut cuts = 0;
    while Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let cut = database.sql(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'psr' and datname = current_database() and state <> 'idle' limit 1",
        );
        cuts += cut.lines().count();
    }
    let mut history = Vec::new();
    for client in clients {
        history.extend(client.await.expect("not panicked"));
    }
    let read = nodes[0].read(Log::Register, 0, u32::MAX).await.expect("the register");
    let stands: Vec<u64> = read
        .iter()
        .map(|opened| u64::try_from(u128::from_be_bytes(opened.record.command.0)).expect("a number"))
        .collect();
    let count = |wanted: fn(&Act) -> bool| history.iter().filter(|event| wanted(&event.act)).count();
    let acknowledged = count(|act| matches!(act, Act::Append { outcome: Outcome::At(_), .. }));
    let unknown = count(|act| matches!(act, Act::Append { outcome: Outcome::Unknown, .. }));
    let refused = count(|act| matches!(act, Act::Append { outcome: Outcome::Refused, .. }));
    let sizes = count(|act| matches!(act, Act::Size(_)));
    eprintln!(
        "{cuts} cuts: {acknowledged} acknowledged, {unknown} unknown, {refused} refused, {sizes} sizes told, {} records",
        stands.len()
    );
    assert!(cuts > 10 && acknowledged > 100 && unknown + refused > 0, "nothing happened");
    assert_eq!(contradictions(&history, &stands), [""; 0]);
    for node in ["one", "two", "three"] {
        assert_eq!(council.verify(node).await.findings, []);
    }
}
