//! What whoever oversees looks is shown: what stands out and why, what was not answered, and a draw that nobody can foresee.

use super::cases::{SUBJECT, mark, next_month};
use super::{council, now, open, somebody, visit};
use jiff::SignedDuration;
use register::ids::{AccountId, File};
use register::people::Role;
use service::Service;
use service::access::{AccessFilter, AccessKind, Look};
use service::check::{Asked, Described};
use service::oversight::homes::Home;
use service::oversight::rules::Reason;
use service::oversight::{BACK, Overseen};

async fn overseen(service: &Service) -> Overseen {
    service.oversee(somebody(Role::DataProtection)).await.expect("overseen")
}

/// Why an officer's looks stand out.
fn reasons(overseen: &Overseen, by: AccountId) -> Vec<Reason> {
    overseen.alerts.iter().filter(|alert| alert.by == by).flat_map(|alert| alert.reasons.clone()).collect()
}

fn at(address: &str) -> Asked {
    let description = Described { address: Some(address.to_owned()), ..Described::default() };
    Asked { description, ..visit("") }
}

#[tokio::test]
async fn a_visit_with_a_job_number_is_explained_and_ones_own_street_is_asked_about_all_the_same() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let home = Home { lines: "12 Otter Lane, Fenmarsh".to_owned(), postcode: None };
    service.keep_home(officer, Some(&home)).await.expect("kept");
    service.check(officer, Asked { job: Some("R-77".into()), ..at("3 Fen Road") }).await.expect("an answer");
    let before = overseen(service).await;
    assert_eq!((before.looks, before.explained), (1, 1));
    assert_eq!(reasons(&before, officer), []);

    service.check(officer, at("14 Otter Lane")).await.expect("an answer");
    let after = overseen(service).await;
    assert_eq!((after.looks, after.explained), (2, 1));
    assert_eq!(reasons(&after, officer), [Reason::OwnStreet, Reason::NothingPlanned]);

    service.keep_home(officer, None).await.expect("forgotten");
    assert_eq!(reasons(&overseen(service).await, officer), []);
}

#[tokio::test]
async fn whoever_looks_themselves_up_is_named_and_a_look_of_last_month_no_more() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let own = service.read(|register| register.account(officer).expect("account").name());
    service.check(officer, visit(&own)).await.expect("an answer");
    assert!(reasons(&overseen(service).await, officer).contains(&Reason::Themselves));
    running.clock.set(now() + BACK + SignedDuration::from_hours(1));
    assert_eq!(overseen(service).await.looks, 0);
}

#[tokio::test]
async fn whoever_reported_what_a_file_rests_on_has_a_part_in_it() {
    let running = council(0).await;
    let service = &running.service;
    mark(service).await;
    let (reporter, stranger) = (somebody(Role::Officer), somebody(Role::Member));
    running.clock.set(now() + SignedDuration::from_hours(13));
    for reader in [reporter, stranger] {
        service.look(reader, Look::File(File::Subject(SUBJECT)), |_| ()).await.expect("looked");
    }
    let overseen = overseen(service).await;
    assert_eq!(reasons(&overseen, reporter), []);
    assert_eq!(reasons(&overseen, stranger), [Reason::OffHours, Reason::NothingPlanned]);

    let checked = service.check(reporter, next_month()).await.expect("an answer");
    let filter = AccessFilter { file: Some(File::Subject(SUBJECT)), ..AccessFilter::default() };
    let rows = service.accesses(somebody(Role::Auditor), filter, 99).await.expect("rows");
    assert!(
        rows.iter().any(|row| row.position == checked.check),
        "a check that showed a marker is a look at whom it marks"
    );
}

#[tokio::test]
async fn what_was_not_answered_is_there_at_once_and_the_draw_is_the_same_for_everybody_and_after_a_restart() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    for number in 0..61 {
        let asked = at(&format!("{number} Fen Road"));
        assert_eq!(service.check(officer, asked).await.is_ok(), number < 60);
    }
    let first = overseen(service).await;
    assert_eq!(
        first.refused.iter().map(|row| (row.by, row.kind)).collect::<Vec<_>>(),
        [(Some(officer), AccessKind::OverBudget)]
    );
    let drawn = |overseen: &Overseen| overseen.sample.iter().map(|row| row.position).collect::<Vec<_>>();
    let again = open(running.directory.path(), &running.clock).await;
    assert_eq!(drawn(&overseen(&again).await), drawn(&first));
    assert!(first.sample.len() < 20, "one in twenty of sixty-one");
}
