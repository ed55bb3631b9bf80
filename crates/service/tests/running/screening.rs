//! A list of planned visits: every row answered as a check would be, once, whatever interrupts it.

use super::{council, now, open, somebody};
use ledger::Log;
use register::ids::AccountId;
use register::people::Role;
use register::view::Purpose;
use service::Service;
use service::access::{AccessFilter, AccessKind};
use service::check::{Described, VerdictKind};
use service::screening::{LeftOut, List, ScreeningId, Upload, Visit};
use std::collections::BTreeSet;
use std::time::Duration;

/// Visits to strangers, and in every hundredth row to somebody who is on the register.
fn visits(service: &Service, many: usize) -> Vec<Visit> {
    let listed: Vec<String> = service.read(|register| {
        let today = register::calendar::london(now());
        let live = register.measures().filter(|measure| measure.live_plan(today).is_some());
        live.filter_map(|measure| Some(register.subject(measure.subject)?.heading())).collect()
    });
    assert!(!listed.is_empty());
    (0..many)
        .map(|number| {
            let name = match number % 100 {
                0 => listed.iter().cycle().nth(number / 100).expect("somebody").clone(),
                _ => format!("Quentin Strangeways{number}"),
            };
            Visit {
                row: u32::try_from(number).expect("small") + 2,
                officer: Some(format!("Round {}", number % 3)),
                day: Some(register::calendar::london(now())),
                description: Described { name: Some(name), ..Described::default() },
            }
        })
        .collect()
}

pub async fn begun(service: &Service, by: AccountId, visits: &[Visit]) -> ScreeningId {
    let upload =
        Upload { name: "Round".to_owned(), purpose: "visit".to_owned(), day: None, sheets: Vec::new() };
    let id = service.keep_upload(by, &upload).await.expect("kept");
    let left_out = vec![LeftOut { row: 9_999, why: "Address shows #REF!".to_owned() }];
    service
        .begin_screening(by, id, &upload, visits.to_vec(), left_out)
        .await
        .expect("begun")
        .expect("within the budget");
    assert!(service.upload(by, id).await.expect("read").is_none(), "the upload is used up");
    id
}

pub async fn list(service: &Service, by: AccountId, id: ScreeningId) -> List {
    service.screening(by, id).await.expect("read").expect("a list")
}

const EVERY: [VerdictKind; 3] = [VerdictKind::Marker, VerdictKind::Possible, VerdictKind::NoneFound];

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_answered_row_by_row_as_checks_would_be() {
    let running = council(2_000).await;
    let (service, by) = (&running.service, somebody(Role::Officer));
    let planned = visits(service, 620);
    let id = begun(service, by, &planned).await;
    service.screen(id).await.expect("screened");

    let list = list(service, by, id).await;
    assert!(list.is_done());
    assert_eq!(list.tally.checked(), planned.len());
    assert!(list.tally.marker + list.tally.possible > 0, "somebody on the register is found");
    assert_eq!(list.left_out.len(), 1);
    let screened = service.screened(&list, &EVERY, 0, usize::MAX).await.expect("read");
    assert_eq!(
        screened.iter().map(|it| it.visit.row).collect::<Vec<_>>(),
        planned.iter().map(|it| it.row).collect::<Vec<_>>()
    );
    for it in screened.iter().step_by(50) {
        let single = service.check(by, it.visit.asked(Purpose::Visit)).await.expect("an answer");
        assert_eq!(it.shown, service::check::Shown::of(&single.verdict), "row {}", it.visit.row);
    }
    let markers = service.screened(&list, &[VerdictKind::Marker], 1, 2).await.expect("read");
    let all_markers = service.screened(&list, &[VerdictKind::Marker], 0, usize::MAX).await.expect("read");
    assert_eq!(all_markers.len(), list.tally.marker);
    assert_eq!(markers.first(), all_markers.get(1));
    // Nobody else is shown it.
    let other = somebody(Role::LineManager);
    assert!(service.screening(other, id).await.expect("read").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_interrupted_goes_on_and_no_row_is_checked_twice_or_passed_over() {
    let running = council(2_000).await;
    let by = somebody(Role::Officer);
    let planned = visits(&running.service, 1_600);
    let id = begun(&running.service, by, &planned).await;
    let before = running.service.ledger().size(Log::Access).await.expect("size");
    let mut interruptions = 0;
    for wait in (1..).map(|round: u64| Duration::from_millis(round * 40)) {
        // Every time by another process, which knows only what is on disk.
        let service = open(running.directory.path(), &running.clock).await;
        if list(&service, by, id).await.is_done() {
            break;
        }
        let going = {
            let service = service.clone();
            tokio::spawn(async move { service.screen(id).await })
        };
        tokio::time::sleep(wait).await;
        interruptions += usize::from(!going.is_finished());
        going.abort();
    }
    assert!(interruptions > 2, "{interruptions} interruptions");

    let service = open(running.directory.path(), &running.clock).await;
    let rows = service.ledger().size(Log::Access).await.expect("size") - before;
    assert_eq!(rows, planned.len() as u64, "one row a visit");
    let list = list(&service, by, id).await;
    assert_eq!(list.tally.checked(), planned.len());
    let screened = service.screened(&list, &EVERY, 0, usize::MAX).await.expect("read");
    let checks: BTreeSet<u64> = screened.iter().map(|it| it.check).collect();
    assert_eq!((screened.len(), checks.len()), (planned.len(), planned.len()));
    let auditor = somebody(Role::Auditor);
    let filter = AccessFilter { account: Some(by), ..AccessFilter::default() };
    let logged = service.accesses(auditor, filter, planned.len() * 2).await.expect("rows");
    assert_eq!(logged.iter().filter(|row| row.kind == AccessKind::Check).count(), planned.len());
}

#[tokio::test]
async fn housekeeping_goes_on_with_what_was_interrupted() {
    let running = council(2_000).await;
    let (service, by) = (&running.service, somebody(Role::Officer));
    let planned = visits(service, 30);
    let id = begun(service, by, &planned).await;
    service.resume_screenings().await.expect("resumed");
    assert!(list(service, by, id).await.is_done());
}
