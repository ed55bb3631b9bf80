//! Where somebody is signed in: they see it, and end what they do not know, from any of their sessions and nobody else's.

use super::browser::{Answer, Browser};
use super::council::{TestCouncil, id};
use axum::body::Body;
use axum::http::header::USER_AGENT;
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use register::people::Role;
use service::clock::Clock;

const HERE: &str = "/account/sessions";

/// The numbers of the sessions that a page lets its reader end.
fn numbers(page: &Answer) -> Vec<String> {
    let fields = page.body.split("name=\"number\" value=\"").skip(1);
    fields.map(|rest| rest.split('"').next().expect("value").to_owned()).collect()
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.status == StatusCode::OK
}

#[tokio::test]
async fn somebody_ends_a_session_they_left_elsewhere_and_it_is_out_at_its_next_request() {
    let council = TestCouncil::open().await;
    let mut here = council.signed_in(Role::Officer).await;
    council.clock.set(council.clock.now() + SignedDuration::from_mins(1));
    let mut elsewhere = council.signed_in(Role::Officer).await;
    assert!(here.get("/account").await.body.contains("href=\"/account/sessions\""));
    let page = here.get(HERE).await;
    assert_eq!(page.status, StatusCode::OK);
    for told in [
        "2:03pm on 24 November 2026",
        "2:04pm on 24 November 2026",
        "the one you are using now",
        "ends every other session",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let [number] = numbers(&page).try_into().expect("one to end: the other is this one");
    for (browser, name) in [(&here, "here"), (&elsewhere, "elsewhere")] {
        let token = browser.cookie.as_deref().and_then(|it| it.split_once('=')).expect("cookie").1;
        assert!(!page.body.contains(token), "{name}: nothing that signs in");
    }

    let mut another = council.signed_in(Role::Contractor).await;
    assert_eq!(
        another.post(&format!("{HERE}/end"), &[("number", &number)]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(here.post(&format!("{HERE}/end"), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(is_in(&mut elsewhere).await);
    assert_eq!(here.post(&format!("{HERE}/end"), &[("number", &number)]).await.leads_to(), Some(HERE));
    assert_eq!(elsewhere.get("/").await.leads_to(), Some("/sign-in"));
    assert!(is_in(&mut here).await);
    assert!(numbers(&here.get(HERE).await).is_empty());
}

#[tokio::test]
async fn all_but_this_one_end_however_long_ago_somebody_showed_that_it_is_they() {
    let council = TestCouncil::open().await;
    let mut here = council.signed_in(Role::RegisterTeam).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(council.signed_in(Role::RegisterTeam).await);
    }
    let mut another = council.signed_in(Role::Officer).await;
    council.clock.set(council.clock.now() + SignedDuration::from_mins(11));
    assert!(here.get(HERE).await.body.contains("End all but this one"));
    assert_eq!(here.post(&format!("{HERE}/end-others"), &[]).await.leads_to(), Some(HERE));
    for other in &mut others {
        assert!(!is_in(other).await);
    }
    assert!(is_in(&mut here).await && is_in(&mut another).await);
    assert!(!here.get(HERE).await.body.contains("End all but this one"));
}

#[tokio::test]
async fn a_session_is_called_by_its_device_and_nothing_else_of_what_the_browser_says_is_kept() {
    let council = TestCouncil::open().await;
    let mut here = council.signed_in(Role::Officer).await;
    let says = "Mozilla/5.0 (Linux; Android 10; K-serial-4711) Chrome/131.0.6778.86 Mobile Safari/537.36 <b>";
    let mut phone = council.browser();
    for stage in ["/sign-in", "/sign-in/second-factor"] {
        let code = council.service.demonstration_code(id(Role::Officer)).await.expect("code");
        let email = super::council::email(Role::Officer);
        let form =
            format!("email={email}&password={}&code={code}", super::council::PASSWORD.replace(' ', "+"));
        let request = Request::post(stage)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(USER_AGENT, says);
        phone.send(request.body(Body::from(form)).expect("request")).await;
        if stage == "/sign-in" {
            assert!(here.get(HERE).await.body.contains("Not signed in: waits for the second factor"));
        }
    }
    let page = here.get(HERE).await.body;
    assert!(page.contains("Chrome on Android"), "{page}");
    assert!(!page.contains("4711") && !page.contains("6778") && !page.contains("<b>"), "{page}");
    assert!(is_in(&mut phone).await);
}
