//! What answers a form is read at an address of its own, so that no browser keeps with a page what was typed for it.

use super::browser::{Answer, Browser};
use super::council::{TestCouncil, id};
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use register::people::Role;
use service::clock::Clock as _;

const MISTAKEN: &str = "purpose=call&name=Quillfeather&born=last+May";

/// A form as a browser sends it from a page, or a script does.
async fn sends(browser: &mut Browser, place: &str, fields: &str, mode: &str) -> Answer {
    let request = Request::post(place)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("sec-fetch-mode", mode);
    browser.send(request.body(Body::from(fields.to_owned())).expect("request")).await
}

/// Where the answer to a form is read.
async fn led(browser: &mut Browser, place: &str, fields: &str) -> String {
    let answer = sends(browser, place, fields, "navigate").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.body, "");
    assert!(answer.headers.get(CONTENT_LENGTH).is_none_or(|length| length == "0"));
    answer.leads_to().expect("an address").to_owned()
}

#[tokio::test]
async fn a_form_that_is_not_taken_is_shown_again_at_an_address_without_what_was_typed() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let place = led(&mut officer, "/check", MISTAKEN).await;
    assert!(place.starts_with("/check?answer=") && !place.contains("Quillfeather"), "{place}");
    for _ in 0..2 {
        let page = officer.get(&place).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            page.body.contains("value=\"Quillfeather\"")
                && page.body.contains("Enter a date of birth such as")
        );
        assert_eq!(page.headers.get("cache-control").expect("a header"), "no-store");
    }
    // What is put right there goes to the same address, and its mistakes stand under a number of their own.
    let next = led(&mut officer, &place, MISTAKEN).await;
    assert!(next.starts_with("/check?answer=") && next != place && next.matches("answer=").count() == 1);
    let with_more = led(&mut officer, "/subjects/new?kind=premises", "name=").await;
    assert!(with_more.starts_with("/subjects/new?kind=premises&answer="), "{with_more}");
}

#[tokio::test]
async fn nobody_reads_it_in_another_session_or_after_a_quarter_of_an_hour() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let place = led(&mut officer, "/check", MISTAKEN).await;
    let mut elsewhere = council.signed_in(Role::Officer).await;
    let mut member = council.signed_in(Role::Member).await;
    for other in [&mut elsewhere, &mut member] {
        let page = other.get(&place).await;
        assert_eq!(page.status, StatusCode::OK, "the form, as it is at first");
        assert!(!page.body.contains("Quillfeather"));
    }
    let stranger = council.browser().get(&place).await;
    assert!(stranger.leads_to().is_some_and(|leads| leads.starts_with("/sign-in")), "{}", stranger.status);
    for _ in 0..3 {
        assert!(officer.get(&place).await.body.contains("Quillfeather"));
        council.clock.set(council.clock.now() + SignedDuration::from_mins(5));
    }
    let page = officer.get(&place).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Quillfeather"));
}

#[tokio::test]
async fn scripts_strangers_and_whoever_is_handed_a_secret_are_answered_where_they_asked() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let by_script = sends(&mut officer, "/check", MISTAKEN, "cors").await;
    assert_eq!(by_script.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut stranger = council.browser();
    let refused = sends(&mut stranger, "/sign-in", "email=&password=", "navigate").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let mut administrator = council.signed_in(Role::Administrator).await;
    let invitation = format!("/accounts/{}/invitation", id(Role::Member));
    let command = administrator.get(&format!("/accounts/{}", id(Role::Member))).await.hidden("command");
    let code = sends(&mut administrator, &invitation, &format!("command={command}"), "navigate").await;
    assert_eq!(code.status, StatusCode::OK);
    assert!(code.body.contains("is not shown again"));
    let codes = sends(&mut officer, "/account/recovery-codes", "", "navigate").await;
    assert_eq!(codes.status, StatusCode::OK, "recovery codes");
}

#[tokio::test]
async fn what_is_refused_is_read_with_the_status_it_had() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    for (place, status) in [
        ("/accounts/new", StatusCode::FORBIDDEN),
        ("/glass/9999", StatusCode::METHOD_NOT_ALLOWED),
        ("/check/acknowledge", StatusCode::NOT_FOUND),
    ] {
        let leads = led(&mut officer, place, "check=999").await;
        assert_eq!(officer.get(&leads).await.status, status, "{place}");
    }
}
