//! Who gets in, and how far.

use super::council::{PASSWORD, TestCouncil, email, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::command::CloseAccount;
use register::people::Role;
use service::clock::Clock;

#[tokio::test]
async fn nobody_sees_a_page_without_signing_in_and_everybody_is_sent_back_to_where_they_were_going() {
    let council = TestCouncil::open().await;
    let mut browser = council.browser();
    for place in ["/accounts", "/accounts/new", "/teams", "/permissions", "/access-log", "/account"] {
        let answer = browser.get(place).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{place}");
        let next = format!("/sign-in?next={}", place.replace('/', "%2F"));
        assert_eq!(answer.leads_to(), Some(next.as_str()));
    }
    assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"));
    assert_eq!(browser.post("/teams/new", &[]).await.leads_to(), Some("/sign-in"));
    for place in ["/sign-in", "/help", "/accessibility"] {
        assert_eq!(browser.get(place).await.status, StatusCode::OK, "{place}");
    }
}

#[tokio::test]
async fn a_password_alone_opens_nothing_to_anybody_whatever_their_role() {
    let council = TestCouncil::open().await;
    for role in Role::of_people() {
        council.signed_in(*role).await;
        let mut halfway = council.browser();
        let sent = [("email", &*email(*role)), ("password", PASSWORD)];
        assert_eq!(halfway.post("/sign-in", &sent).await.leads_to(), Some("/sign-in/second-factor"));
        for place in ["/", "/check", "/account"] {
            assert_eq!(halfway.get(place).await.leads_to(), Some("/sign-in/second-factor"), "{place}");
        }
    }
}

#[tokio::test]
async fn a_right_code_opens_a_session_with_a_token_of_its_own() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    let mut halfway = council.browser();
    halfway.post("/sign-in", &[("email", &*email(Role::Officer)), ("password", PASSWORD)]).await;
    let half_token = halfway.cookie.clone();

    let wrong = halfway.post("/sign-in/second-factor", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("The code is not right"));

    let code = council.service.demonstration_code(id(Role::Officer)).await.expect("code");
    assert!(halfway.get("/sign-in/second-factor").await.body.contains(&code));
    assert_eq!(halfway.post("/sign-in/second-factor", &[("code", &code)]).await.leads_to(), Some("/"));
    assert_ne!(halfway.cookie, half_token);
    assert_eq!(halfway.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_has_no_second_factor_yet_sets_one_up_before_anything_else() {
    let council = TestCouncil::open().await;
    let account = id(Role::RegisterTeam);
    council.service.set_password(account, PASSWORD).await.expect("password");
    council.ready(account).await;
    let mut browser = council.browser();
    let email = email(Role::RegisterTeam);
    let sent = [("email", email.as_str()), ("password", PASSWORD), ("next", "/teams")];
    assert_eq!(browser.post("/sign-in", &sent).await.leads_to(), Some("/sign-in/set-up?next=%2Fteams"));
    assert_eq!(browser.get("/teams").await.leads_to(), Some("/sign-in/set-up"));

    let page = browser.get("/sign-in/set-up?next=%2Fteams").await;
    assert!(page.body.contains("otpauth://totp/"));
    let picture = browser.get("/sign-in/set-up/picture.svg").await;
    assert_eq!(picture.headers["content-type"], "image/svg+xml");
    assert!(picture.body.contains("<svg"));

    let code = council.service.demonstration_code(account).await.expect("code");
    let next = page.hidden("next");
    let answer = browser.post("/sign-in/set-up", &[("code", &code), ("next", &next)]).await;
    assert_eq!(answer.leads_to(), Some("/teams"));
    assert_eq!(browser.get("/teams").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_read_alike_and_the_password_is_not_sent_back() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    let mut browser = council.browser();
    let known = browser
        .post("/sign-in", &[("email", &email(Role::Officer)), ("password", "not the one it is")])
        .await;
    let unknown = browser
        .post("/sign-in", &[("email", "nobody@fenbridge.example"), ("password", "not the one it is")])
        .await;
    for answer in [&known, &unknown] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("<title>Error: Sign in"));
        assert!(answer.body.contains("The email address or password is not right"));
        assert!(!answer.body.contains("not the one it is"));
    }
    assert!(browser.cookie.is_none());
}

#[tokio::test]
async fn a_session_that_was_signed_out_is_over_even_if_its_cookie_is_kept() {
    let council = TestCouncil::open().await;
    let mut browser = council.signed_in(Role::Officer).await;
    let kept = browser.cookie.clone();
    let out = browser.post("/sign-out", &[]).await;
    assert_eq!(out.leads_to(), Some("/sign-in"));
    assert!(out.headers.contains_key("clear-site-data"));
    browser.cookie = kept;
    assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"));
}

/// Nothing that happens to a clock revives a session or lets one live longer; a night on which the clocks change is a night.
#[tokio::test]
async fn no_clock_that_is_put_back_or_on_keeps_a_session_alive() {
    let council = TestCouncil::open().await;
    let year = SignedDuration::from_hours(24 * 365);
    for put in [-year, year, SignedDuration::from_hours(-2), SignedDuration::from_mins(-2)] {
        let mut browser = council.signed_in(Role::Officer).await;
        let before = council.clock.now();
        council.clock.set(before + put);
        assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"), "{put}");
        // As housekeeping does every minute.
        let now = ledger::Micros(council.clock.now().as_microsecond());
        council.service.ledger().sweep(now).await.expect("swept");
        council.clock.set(before);
        assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"), "{put}: it is over for good");
        council.clock.set(before + SignedDuration::from_mins(1));
    }
    let mut put_right = council.signed_in(Role::Officer).await;
    council.clock.set(council.clock.now() - SignedDuration::from_secs(5));
    assert_eq!(put_right.get("/").await.status, StatusCode::OK, "a clock that was put right");
    // Over both nights, in London: an hour is an hour.
    for night in ["2027-03-28T00:50:00Z", "2027-10-31T00:50:00Z"] {
        council.clock.set(night.parse().expect("timestamp"));
        let mut browser = council.signed_in(Role::Officer).await;
        council.clock.set(council.clock.now() + SignedDuration::from_mins(14));
        assert_eq!(browser.get("/").await.status, StatusCode::OK, "{night}");
        council.clock.set(council.clock.now() + SignedDuration::from_mins(16));
        assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"), "{night}");
    }
}

#[tokio::test]
async fn a_session_left_alone_is_over_and_so_is_that_of_a_closed_account() {
    let council = TestCouncil::open().await;
    let mut idle = council.signed_in(Role::Officer).await;
    council.clock.set(council.clock.now() + SignedDuration::from_mins(16));
    assert_eq!(idle.get("/").await.leads_to(), Some("/sign-in"));

    let mut leaver = council.signed_in(Role::Contractor).await;
    assert_eq!(leaver.get("/").await.status, StatusCode::OK);
    let close = CloseAccount { account: id(Role::Contractor) };
    let command = council.service.fresh_command();
    council.service.execute(id(Role::Administrator), command, close).await.expect("closed");
    assert_eq!(leaver.get("/").await.leads_to(), Some("/sign-in"));
}
