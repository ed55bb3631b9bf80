//! A partner is told of the markers of its own properties as they come: shown with a row on disk, received, and withdrawn until taken off.

use super::browser::Answer;
use super::cases::{At, HERE, uprn};
use super::council::{TestCouncil, id};
use super::partners::{ends, telling_of};
use axum::http::StatusCode;
use register::partner::Shared;
use register::people::Role;
use service::access::{AccessFilter, AccessKind};

/// How many rows say that a marker was delivered.
async fn rows(council: &TestCouncil) -> usize {
    let by = id(Role::DataProtection);
    let rows = council.service.accesses(by, AccessFilter::default(), 500).await.expect("rows");
    rows.iter().filter(|row| row.kind == AccessKind::Delivered && row.by == Some(id(Role::Partner))).count()
}

fn receipt(answer: &Answer) -> Vec<(&'static str, String)> {
    vec![("measure", answer.hidden("measure")), ("edition", answer.hidden("edition"))]
}

#[tokio::test]
async fn a_marker_is_delivered_received_and_when_the_agreement_ends_withdrawn() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InterimLive).await;
    telling_of(&council, uprn(case), Shared::ALL).await;
    let mut worker = council.signed_in(Role::Partner).await;
    assert!(worker.get("/").await.body.contains("<strong>1 to confirm</strong>"));
    assert_eq!(rows(&council).await, 0, "a number shows nobody");

    let shown = worker.get("/deliveries").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("New") && shown.body.contains("9 Far Lane, Fenbridge"), "{}", shown.body);
    for word in ["what-happened", "audience-reasons", "grounds", "main-name"] {
        assert!(
            !shown.body.contains(&super::cases::word(HERE, word)),
            "what to do, and nothing of the file: {word}"
        );
    }
    assert_eq!(rows(&council).await, 1, "the row stands before the page");

    let fields = receipt(&shown);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let forged = worker.post("/deliveries", &[fields[0], ("edition", "17")]).await;
    assert!(forged.body.contains("has changed since it was shown"), "{}", forged.body);
    let received = worker.post("/deliveries", &fields).await;
    assert_eq!(received.leads_to(), Some("/deliveries"));
    assert!(worker.get("/deliveries").await.body.contains("Nothing new waits for you"));

    ends(&council).await;
    let withdrawn = worker.get("/deliveries").await;
    assert!(withdrawn.body.contains("There is no marker here for you any more"), "{}", withdrawn.body);
    assert!(!withdrawn.body.contains("psr-precautions"), "what is withdrawn is not told again");
    let keeper = council.signed_in(Role::RegisterTeam).await.get("/partners/P-0000-0001").await;
    assert!(keeper.body.contains("1 withdrawn, not received yet"), "{}", keeper.body);
    let fields = receipt(&withdrawn);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    worker.post("/deliveries", &fields).await;
    assert!(worker.get("/deliveries").await.body.contains("Nothing new waits for you"));
    assert!(
        !worker.get("/").await.body.contains("Markers of your properties"),
        "nothing is delivered any more"
    );
}

#[tokio::test]
async fn the_councils_own_and_a_partner_that_only_asks_are_delivered_nothing() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InterimLive).await;
    telling_of(&council, uprn(case), &[Shared::Precautions]).await;
    for role in Role::of_people() {
        let mut browser = council.signed_in(*role).await;
        let shown = browser.get("/deliveries").await;
        match role {
            Role::Partner => assert!(shown.body.contains("Nothing new waits for you")),
            _ => assert_ne!(shown.status, StatusCode::OK, "{role:?}"),
        }
    }
}
