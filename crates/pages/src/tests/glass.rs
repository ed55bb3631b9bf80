//! Breaking the glass: opens at once, shuts on time, is seen at once by two kinds of people, and shows nobody who reported.

use super::cases::{At, HERE, PLANTED, Secret, word};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::people::Role;
use service::access::{AccessFilter, AccessKind};
use service::clock::Clock;

fn fields(measure: &str) -> Vec<(&str, &str)> {
    vec![("measure", measure), ("danger", "there-now"), ("words", "Job 4711: she does not answer")]
}

#[tokio::test]
async fn it_opens_at_once_shuts_on_time_and_waits_for_somebody_elses_word() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InterimLive).await;
    let measure = case.measure.to_string();
    let mut manager = council.signed_in(Role::LineManager).await;
    let broken = manager.post("/glass/new", &fields(&measure)).await;
    assert_eq!(broken.leads_to(), Some("/glass/0"), "{}", broken.body);
    let behind = manager.get("/glass/0").await;
    assert_eq!(behind.status, StatusCode::OK);
    assert!(
        behind.body.contains(&word(HERE, "what-happened")) && behind.body.contains(&word(HERE, "summary"))
    );
    for (field, _) in PLANTED.iter().filter(|(_, secret)| *secret == Secret::Reporter) {
        assert!(!behind.body.contains(&word(HERE, field)), "who reported is not behind it: {field}");
    }
    // Two kinds of people see it at once, and nobody else opens it.
    for role in [Role::DataProtection, Role::RegisterTeam] {
        let mut browser = council.signed_in(role).await;
        for place in ["/", "/work"] {
            assert!(browser.get(place).await.body.contains("The glass was broken"), "{role:?} {place}");
        }
        assert!(browser.get("/glass").await.body.contains("Job 4711"), "{role:?}");
    }
    for role in Role::of_people().filter(|role| **role != Role::LineManager) {
        let other = council.signed_in(*role).await.get("/glass/0").await;
        assert_ne!(other.status, StatusCode::OK, "{role:?}");
    }
    let rows =
        council.service.accesses(id(Role::DataProtection), AccessFilter::default(), 500).await.expect("rows");
    let opened = rows.iter().filter(|row| row.kind == AccessKind::Glass);
    assert_eq!(opened.filter(|row| row.by == Some(id(Role::LineManager))).count(), 1, "each look is a row");

    let mut officer = council.signed_in(Role::DataProtection).await;
    let said = [("glass", "0"), ("finding", "needed"), ("words", "She was fetched out")];
    assert_eq!(officer.post("/glass", &said).await.leads_to(), Some("/glass"));
    let again = officer.post("/glass", &said).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER, "once");
    assert!(!officer.get("/work").await.body.contains("The glass was broken"));

    // An hour later it is shut; the manager was about, so that the session is not.
    for minutes in [14, 14, 14, 14] {
        council.clock.set(council.clock.now() + SignedDuration::from_mins(minutes));
        assert_eq!(manager.get("/glass/0").await.status, StatusCode::OK, "it stands open for an hour");
    }
    council.clock.set(council.clock.now() + SignedDuration::from_mins(4));
    assert_eq!(manager.get("/glass/0").await.status, StatusCode::NOT_FOUND, "to the minute");
}

#[tokio::test]
async fn a_reference_that_was_never_given_is_said_to_be_none_and_what_was_typed_is_kept() {
    let council = TestCouncil::open().await.staffed().await;
    let mut manager = council.signed_in(Role::LineManager).await;
    let refused = manager.post("/glass/new", &fields("M-0000-ZZZZ")).await;
    assert!(refused.body.contains("No marker in force has this reference"), "{}", refused.body);
    assert!(refused.body.contains("Job 4711: she does not answer"));
    assert_eq!(manager.get("/glass/0").await.status, StatusCode::NOT_FOUND);
}
