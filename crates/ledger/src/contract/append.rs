//! Order, idempotency, time, and several writers at once.

use super::*;
use crate::witness::{Advance, Disbelief};
use crate::{Digest, Head, LedgerError, checkpoint, tree};
use std::collections::BTreeSet;

pub async fn records_stand_in_one_order_without_gaps_whoever_appends(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = Arc::new(outside.begin(database).await);
    let writers = (0..8).map(|writer| {
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move {
            let mut positions = Vec::new();
            for number in 0..25 {
                let draft = draft_with(writer * 1_000 + number, writer, "words");
                let appended =
                    ledger.append(Log::Register, Expected::Anywhere, now(number), vec![draft]).await.unwrap();
                positions.extend(appended.records.iter().map(|record| record.position));
            }
            positions
        })
    });
    let mut acknowledged = BTreeSet::new();
    for writer in writers.collect::<Vec<_>>() {
        acknowledged.extend(writer.await.unwrap());
    }
    assert_eq!(acknowledged, (1..=200).collect());
    let read = ledger.read(Log::Register, 0, 1_000).await.unwrap();
    assert_eq!(
        read.iter().map(|opened| opened.record.position).collect::<Vec<_>>(),
        (1..=200).collect::<Vec<_>>()
    );
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn an_append_that_expects_another_end_is_told_where_the_log_ends(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    append_each(&ledger, [draft(1), draft(2)]).await;
    for expected in [0, 1, 3] {
        let refused = ledger.append(Log::Register, Expected::Size(expected), now(0), vec![draft(3)]).await;
        assert_eq!(refused, Err(StoreError::Moved { size: 2 }.into()));
    }
    let head = ledger.head(Log::Register).await.unwrap();
    for other in [Head { root: Digest::of(b"another history"), ..head }, Head { size: 1, ..head }] {
        let refused = ledger.append(Log::Register, Expected::Head(other), now(0), vec![draft(3)]).await;
        assert_eq!(refused, Err(StoreError::Moved { size: 2 }.into()));
    }
    ledger.append(Log::Register, Expected::Head(head), now(0), vec![draft(3)]).await.unwrap();
    let appended = ledger.append(Log::Register, Expected::Size(3), now(0), vec![draft(4)]).await.unwrap();
    assert_eq!(appended.register, ledger.head(Log::Register).await.unwrap());
}

pub async fn of_eight_who_decide_on_the_same_state_one_is_recorded(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = Arc::new(outside.begin(database).await);
    let deciders = (0..8).map(|decider| {
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move {
            ledger.append(Log::Register, Expected::Size(0), now(0), vec![draft(decider)]).await
        })
    });
    let mut recorded = 0;
    for decider in deciders.collect::<Vec<_>>() {
        match decider.await.unwrap() {
            Ok(_) => recorded += 1,
            Err(error) => assert_eq!(error, StoreError::Moved { size: 1 }.into()),
        }
    }
    assert_eq!(recorded, 1);
}

pub async fn a_command_sent_twice_is_recorded_once(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let twice = vec![draft(1), Draft { part: 1, ..draft(1) }];
    assert!(ledger.command(Log::Register, command(1)).await.unwrap().is_empty());
    ledger.append(Log::Register, Expected::Size(0), now(0), twice.clone()).await.unwrap();
    let again = ledger.append(Log::Register, Expected::Size(0), now(0), twice).await;
    assert_eq!(again, Err(StoreError::AlreadyRecorded { positions: vec![1, 2] }.into()));
    assert_eq!(ledger.command(Log::Register, command(1)).await.unwrap(), [1, 2]);
    assert!(ledger.command(Log::Access, command(1)).await.unwrap().is_empty());
    assert_eq!(ledger.size(Log::Register).await.unwrap(), 2);
}

pub async fn a_command_sent_twice_at_once_is_recorded_once(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = Arc::new(outside.begin(database).await);
    let senders = (0..8).map(|_| {
        let ledger = Arc::clone(&ledger);
        tokio::spawn(
            async move { ledger.append(Log::Access, Expected::Anywhere, now(0), vec![draft(1)]).await },
        )
    });
    let mut recorded = 0;
    for sender in senders.collect::<Vec<_>>() {
        match sender.await.unwrap() {
            Ok(_) => recorded += 1,
            Err(error) => assert_eq!(error, StoreError::AlreadyRecorded { positions: vec![1] }.into()),
        }
    }
    assert_eq!(recorded, 1);
}

pub async fn a_batch_is_recorded_whole_or_not_at_all(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let clash = vec![draft_with(1, 5, "words"), draft(2), draft(2)];
    let refused = ledger.append(Log::Register, Expected::Anywhere, now(0), clash).await;
    assert!(matches!(refused, Err(LedgerError::Store(StoreError::NotUnique(_)))), "{refused:?}");
    assert_eq!(ledger.size(Log::Register).await.unwrap(), 0);
    append_each(&ledger, [draft_with(1, 5, "words")]).await;
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn time_never_runs_backwards_along_a_log(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let mut recorded = Vec::new();
    for (number, clock) in [5, 9, 3, 12].into_iter().enumerate() {
        let draft = draft(u64::try_from(number).unwrap());
        let appended = ledger.append(Log::Access, Expected::Anywhere, now(clock), vec![draft]).await.unwrap();
        recorded.push(appended.records[0].recorded_at);
    }
    assert_eq!(recorded, [now(5), now(9), now(9), now(12)]);
}

pub async fn an_access_record_says_how_far_the_register_had_come(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    for size in 0..3 {
        let looked =
            ledger.append(Log::Access, Expected::Anywhere, now(0), vec![draft(100 + size)]).await.unwrap();
        assert_eq!(looked.register.size, size);
        append_each(&ledger, [draft(size)]).await;
    }
}

pub async fn what_one_process_appends_another_reads_and_builds_upon(database: &dyn Database) {
    let outside = Outside::new();
    let server = outside.begin(database).await;
    append_each(&server, [draft_with(1, 1, "by the server")]).await;
    let command_line = outside.again(database).await;
    append_each(&command_line, [draft_with(2, 2, "by the command line")]).await;
    append_each(&server, [draft_with(3, 2, "by the server again")]).await;
    for ledger in [&server, &command_line] {
        let read = ledger.read(Log::Register, 0, 10).await.unwrap();
        assert_eq!(read.len(), 3);
        assert!(read.iter().all(|opened| matches!(opened.particulars[0].content, crate::Content::Known(_))));
    }
    assert_eq!(
        server.store().head(Log::Register).await.unwrap(),
        command_line.store().head(Log::Register).await.unwrap()
    );
    assert_eq!(outside.verify(database).await.findings, []);
}

pub async fn nothing_stands_after_the_end_however_far_after_it(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    append_each(&ledger, (0..3).map(draft)).await;
    for after in [3, 4, i64::MAX.cast_unsigned(), i64::MAX.cast_unsigned() + 1, u64::MAX] {
        assert_eq!(ledger.read(Log::Register, after, 10).await.unwrap(), [], "{after}");
    }
}

pub async fn a_store_opened_again_has_the_same_head(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    append_each(&ledger, (0..11).map(draft)).await;
    let before = ledger.store().head(Log::Register).await.unwrap();
    drop(ledger);
    let again = outside.again(database).await;
    assert_eq!(again.store().head(Log::Register).await.unwrap(), before);
    append_each(&again, [draft(11)]).await;
    assert_eq!(again.size(Log::Register).await.unwrap(), 12);
}

pub async fn a_checkpoint_can_be_checked_by_anyone(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    append_each(&ledger, (0..5).map(draft)).await;
    let note = ledger.checkpoint(Log::Register).await.unwrap();
    let verifier: checkpoint::Verifier = outside.keyring().signer(Log::Register).verifier();
    assert_eq!(verifier.verify(&note).unwrap(), ledger.store().head(Log::Register).await.unwrap());
    assert!(outside.keyring().signer(Log::Access).verifier().verify(&note).is_err());
}

pub async fn a_record_is_proved_to_be_in_the_log_whose_checkpoint_is_shown(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let verifier = ledger.verifiers().of(Log::Register).clone();
    for batch in [0..1, 1..300, 300..600] {
        ledger.append(Log::Register, Expected::Anywhere, now(0), parts(batch)).await.unwrap();
        let records = ledger.read(Log::Register, 0, u32::MAX).await.unwrap();
        let size = records.len() as u64;
        for position in [1, 2, 256, 257, 300, 511, 600].into_iter().filter(|position| *position <= size) {
            let shown = ledger.inclusion(Log::Register, position).await.unwrap().unwrap();
            let head = verifier.verify(&shown.checkpoint).unwrap();
            assert_eq!(head.size, size);
            let leaf = |position: u64| records[usize::try_from(position - 1).unwrap()].record.leaf;
            assert!(tree::includes(head, leaf(position), position - 1, &shown.proof), "{position} of {size}");
            let other = if position == 1 { size } else { 1 };
            let held = tree::includes(head, leaf(other), position - 1, &shown.proof);
            assert_eq!(held, size == 1, "{other} in the place of {position}");
        }
        assert_eq!(ledger.inclusion(Log::Register, size + 1).await, Ok(None));
        assert_eq!(ledger.inclusion(Log::Register, 0).await, Ok(None));
    }
}

/// Drafts of one command.
fn parts(numbers: std::ops::Range<u64>) -> Vec<Draft> {
    let first = numbers.start;
    let part = |number| Draft { part: u32::try_from(number - first).unwrap(), ..draft(first) };
    numbers.map(part).collect()
}

pub async fn a_checkpoint_is_proved_to_add_to_every_earlier_one(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let verifier = ledger.verifiers().of(Log::Register).clone();
    let first = ledger.advance(Log::Register, 0).await.unwrap();
    let mut seen = vec![first.believed(&verifier, None).unwrap()];
    for batch in [0..1, 1..2, 2..255, 255..256, 256..257, 257..700] {
        ledger.append(Log::Register, Expected::Anywhere, now(0), parts(batch)).await.unwrap();
        for head in &seen {
            let sent = ledger.advance(Log::Register, head.size).await.unwrap().to_string();
            let advance: Advance = sent.parse().unwrap();
            let now = advance.believed(&verifier, Some(*head)).unwrap();
            assert_eq!(now, ledger.store().head(Log::Register).await.unwrap());
        }
        seen.push(ledger.store().head(Log::Register).await.unwrap());
    }
    let advance = ledger.advance(Log::Register, 256).await.unwrap();
    let elsewhere = advance.believed(&verifier, seen.get(2).copied());
    assert_eq!(elsewhere, Err(Disbelief::Elsewhere { old: 256, seen: 2 }));
    let of_access = advance.believed(ledger.verifiers().of(Log::Access), None);
    assert_eq!(of_access, Err(checkpoint::NotACheckpoint::Origin.into()));
}

pub async fn a_history_that_was_rewritten_or_rolled_back_proves_nothing_to_a_witness(
    database: &dyn Database,
) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let verifier = ledger.verifiers().of(Log::Register).clone();
    append_each(&ledger, (1..=20).map(draft)).await;
    let earlier = outside.path("earlier");
    ledger.store().backup(&earlier).await.unwrap();
    append_each(&ledger, (21..=40).map(draft)).await;
    let seen = ledger.advance(Log::Register, 0).await.unwrap().believed(&verifier, None).unwrap();
    drop(ledger);

    // Whoever owns the machine puts an earlier database back, forgets the heads noted outside, and goes on from there.
    database.restore(&earlier).await;
    std::fs::write(outside.path("heads").join("register.checkpoints"), "").unwrap();
    let ledger = outside.again(database).await;
    let believed = ledger.advance(Log::Register, seen.size).await.unwrap().believed(&verifier, Some(seen));
    assert_eq!(believed, Err(Disbelief::RolledBack { seen: 40, now: 20 }));
    append_each(&ledger, (51..=80).map(draft)).await;
    let believed = ledger.advance(Log::Register, seen.size).await.unwrap().believed(&verifier, Some(seen));
    assert_eq!(believed, Err(Disbelief::Rewritten { seen: 40, now: 50 }));
}
