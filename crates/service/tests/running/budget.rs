//! Nobody reads the register off: whoever walks along addresses is stopped, whichever way they try to come by another budget.

use super::{council, now, open, somebody, visit};
use jiff::SignedDuration;
use register::ids::AccountId;
use register::people::Role;
use service::access::{AccessFilter, AccessKind};
use service::check::{Asked, Described, VerdictKind, Why};
use service::screening::{Upload, Visit};
use service::{Over, Service};
use tokio::task::JoinSet;

/// What a role that only checks may ask in ten minutes and in a day.
pub(crate) const SOON: usize = 60;
const DAY: usize = 200;

fn about(number: usize) -> Asked {
    let uprn = format!("1000000{number:05}");
    let description = Described { uprn: Some(uprn), ..Described::default() };
    Asked { description, ..visit("") }
}

/// How many of these questions are answered, one after the other.
pub(crate) async fn answered(service: &Service, by: AccountId, numbers: std::ops::Range<usize>) -> usize {
    let mut answered = 0;
    for number in numbers {
        match service.check(by, about(number)).await {
            Ok(_) => answered += 1,
            Err(cannot) => {
                assert!(matches!(cannot.why, Why::Over(_)), "no fault");
                assert!(!cannot.ring.phone.is_empty());
            }
        }
    }
    answered
}

#[tokio::test]
async fn a_walk_over_five_thousand_addresses_is_stopped_and_every_step_is_a_row() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    // One every ten seconds: all of it within fourteen hours, and sixty in ten minutes.
    let mut soon = Vec::new();
    for number in 0..5_000 {
        running.clock.set(now() + SignedDuration::from_secs(10 * i64::try_from(number).expect("small")));
        if answered(service, officer, number..number + 1).await == 1 {
            soon.push(number);
        }
    }
    assert_eq!(soon.len(), DAY);
    assert!(soon.windows(SOON + 1).all(|some| some[SOON] - some[0] >= 60), "at most sixty in ten minutes");
    let filter = AccessFilter { account: Some(officer), ..AccessFilter::default() };
    let rows = service.accesses(somebody(Role::Auditor), filter, 9_000).await.expect("rows");
    let of = |kind| rows.iter().filter(|row| row.kind == kind).count();
    assert_eq!((of(AccessKind::Check), of(AccessKind::OverBudget)), (DAY, 5_000 - DAY));
    assert!(rows.iter().filter(|row| row.kind == AccessKind::OverBudget).all(|row| row.verdict.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_once_in_two_processes_come_to_no_more_than_one_budget() {
    let running = council(0).await;
    let officer = somebody(Role::Officer);
    let other = open(running.directory.path(), &running.clock).await;
    let mut race = JoinSet::new();
    for number in 0..100 {
        let service = if number % 2 == 0 { running.service.clone() } else { other.clone() };
        race.spawn(async move { answered(&service, officer, number..number + 1).await });
    }
    assert_eq!(race.join_all().await.into_iter().sum::<usize>(), SOON);
}

#[tokio::test]
async fn neither_a_restart_nor_a_clock_that_goes_back_gives_a_new_budget() {
    let running = council(0).await;
    let officer = somebody(Role::Officer);
    assert_eq!(answered(&running.service, officer, 0..SOON + 5).await, SOON);
    drop(running.service);
    let again = open(running.directory.path(), &running.clock).await;
    assert_eq!(answered(&again, officer, 100..105).await, 0);
    running.clock.set(now() - SignedDuration::from_hours(30));
    assert_eq!(answered(&again, officer, 100..105).await, 0);
    running.clock.set(now() + SignedDuration::from_mins(11));
    assert_eq!(answered(&again, officer, 100..105).await, 5);
}

#[tokio::test]
async fn a_question_asked_again_is_answered_though_the_budget_is_spent_and_another_person_has_their_own() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    assert_eq!(answered(service, officer, 0..SOON + 1).await, SOON);
    assert_eq!(answered(service, officer, 0..SOON).await, SOON);
    assert_eq!(answered(service, somebody(Role::Member), SOON..SOON + 1).await, 1);
    assert_eq!(answered(service, somebody(Role::RegisterTeam), 0..2 * SOON).await, 2 * SOON);
}

#[tokio::test]
async fn a_list_that_is_too_long_is_not_taken_in_at_all_and_spends_nothing_of_single_checks() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let upload = Upload { name: "Round".into(), purpose: "visit".into(), day: None, sheets: Vec::new() };
    let visits = |many| -> Vec<Visit> {
        let visit = |number| Visit {
            row: u32::try_from(number).expect("small"),
            officer: None,
            day: about(number).day,
            description: about(number).description,
        };
        (0..many).map(visit).collect()
    };
    let id = service.keep_upload(officer, &upload).await.expect("kept");
    let begun = service.begin_screening(officer, id, &upload, visits(2_001), Vec::new()).await;
    assert_eq!(begun.expect("no fault"), Err(Over::Day));
    assert!(service.screening(officer, id).await.expect("no fault").is_none());
    let begun = service.begin_screening(officer, id, &upload, visits(300), Vec::new()).await;
    assert_eq!(begun.expect("no fault"), Ok(()));
    service.screen(id).await.expect("screened");
    let list = service.screening(officer, id).await.expect("no fault").expect("a list");
    assert_eq!(list.tally.of(VerdictKind::NoneFound), 300);
    assert_eq!(answered(service, officer, 0..SOON).await, SOON);
}
