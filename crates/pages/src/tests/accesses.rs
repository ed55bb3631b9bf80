//! The access log as the auditor reads it.

use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::people::Role;

#[tokio::test]
async fn a_look_at_a_file_is_found_by_its_reference_and_reading_the_log_is_a_look_too() {
    let council = TestCouncil::open().await;
    let member = id(Role::Member).to_string();
    council.signed_in(Role::Administrator).await.get(&format!("/accounts/{member}")).await;
    let mut auditor = council.signed_in(Role::Auditor).await;

    let page = auditor.get("/access-log").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("File opened") && page.body.contains(&member));
    assert!(auditor.get("/access-log").await.body.contains("Access log read"));

    let filtered = auditor.get(&format!("/access-log?file={}", member.to_lowercase())).await;
    assert!(filtered.body.contains("File opened") && !filtered.body.contains("Access log read"));
    let officer = id(Role::Officer).to_string();
    assert!(auditor.get(&format!("/access-log?account={officer}")).await.body.contains("No rows fit."));
    let mistaken = auditor.get("/access-log?file=Nightjar").await;
    assert_eq!(mistaken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(mistaken.body.contains("Enter the reference of a file"));
}
