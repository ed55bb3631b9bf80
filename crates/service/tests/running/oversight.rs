//! What whoever oversees looks is shown: what stands out and why, what was not answered, and a draw that nobody can foresee.

use super::cases::{SUBJECT, does, mark, next_month};
use super::{council, now, open, somebody, visit};
use jiff::SignedDuration;
use register::command::{QuestionLooks, ReviewLooks};
use register::ids::{AccountId, File};
use register::looks::LooksFinding;
use register::people::Role;
use register::personal::Text;
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

/// Says that looks were explained.
fn closes(reader: AccountId, looks: impl IntoIterator<Item = u64>) -> ReviewLooks {
    let words = Text::new("It is in the diary").expect("text");
    ReviewLooks { reader, looks: looks.into_iter().collect(), finding: LooksFinding::Explained, words }
}

#[tokio::test]
async fn an_item_is_open_until_every_look_of_it_is_closed_and_again_when_another_joins_it() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let own = service.read(|register| register.account(officer).expect("account").name());
    for _ in 0..2 {
        service.check(officer, visit(&own)).await.expect("an answer");
    }
    let before = overseen(service).await;
    let looks = before.alerts[0].looks.clone();
    let [first, second] = looks[..] else { panic!("two looks at one thing: {looks:?}") };
    assert_eq!(
        before.item(first).expect("an item").looks,
        [first].into(),
        "what came later is not closed with it"
    );
    assert_eq!(before.item(second).expect("an item").open, [first, second].into());

    does(service, Role::DataProtection, closes(officer, [first])).await;
    let half = overseen(service).await;
    assert_eq!((half.open_alerts().count(), half.item(second).expect("an item").open), (1, [second].into()));
    does(service, Role::DataProtection, closes(officer, [second])).await;
    assert_eq!(overseen(service).await.open_alerts().count(), 0);

    service.check(officer, visit(&own)).await.expect("an answer");
    let again = overseen(service).await;
    let third = *again.alerts[0].looks.last().expect("a look");
    assert_eq!(again.open_alerts().count(), 1);
    assert_eq!(again.item(third).expect("an item").open, [third].into());
}

#[tokio::test]
async fn what_a_reader_was_asked_stays_until_it_is_closed_and_they_are_told_when_they_looked_and_nobody_else()
{
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let own = service.read(|register| register.account(officer).expect("account").name());
    let look = service.check(officer, visit(&own)).await.expect("an answer").check;
    let words = Text::new("What was it for?").expect("text");
    does(service, Role::DataProtection, QuestionLooks { reader: officer, looks: [look].into(), words }).await;
    assert_eq!(service.when_looked(officer, &[look].into()).await.expect("when"), [now()]);
    assert_eq!(service.when_looked(somebody(Role::Member), &[look].into()).await.expect("when"), []);
    assert!(overseen(service).await.asked_before().is_empty(), "it stands among those that stand out");
    running.clock.set(now() + BACK + SignedDuration::from_hours(1));
    let later = overseen(service).await;
    assert!(later.alerts.is_empty());
    assert_eq!(later.asked_before().iter().map(|item| item.by).collect::<Vec<_>>(), [officer]);
    assert!(later.item(look).is_some());
    does(service, Role::DataProtection, closes(officer, [look])).await;
    assert!(overseen(service).await.asked_before().is_empty());
}
