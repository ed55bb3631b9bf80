//! Recovery codes on pages: shown once, to whoever has just shown that it is they, and no way past an authenticator app for those who decide.

use super::browser::{Answer, Browser};
use super::council::{PASSWORD, TestCouncil, email, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::ids::TeamId;
use register::people::Role;
use service::clock::Clock;
use totp_rs::{Builder, Secret};

const HERE: &str = "/account/recovery-codes";

/// The codes that a page shows.
fn codes(page: &Answer) -> Vec<String> {
    let list = page.body.split("<ol").nth(1).and_then(|rest| rest.split("</ol>").next()).unwrap_or_default();
    let shown = list.split("<strong>").skip(1);
    shown.map(|rest| rest.split('<').next().expect("a code").to_owned()).collect()
}

/// Makes codes in a session of its own.
async fn made(council: &TestCouncil, role: Role) -> Vec<String> {
    codes(&council.signed_in(role).await.post(HERE, &[]).await)
}

/// A browser in which the password was given, and a recovery code is asked for.
async fn halfway(council: &TestCouncil, role: Role, next: &str) -> Browser {
    let mut browser = council.browser();
    browser.post("/sign-in", &[("email", &email(role)), ("password", PASSWORD), ("next", next)]).await;
    browser
}

fn later(council: &TestCouncil, minutes: i64) {
    council.clock.set(council.clock.now() + SignedDuration::from_mins(minutes));
}

#[tokio::test]
async fn ten_codes_are_made_after_a_fresh_proof_and_shown_once() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    assert!(officer.get("/account").await.body.contains("href=\"/account/recovery-codes\""));
    assert!(officer.get(HERE).await.body.contains("You have no recovery codes."));
    later(&council, 11);
    let asked = officer.post(HERE, &[]).await;
    assert!(asked.body.contains("Show that it is you") && codes(&asked).is_empty());
    assert!(officer.get(HERE).await.body.contains("You have no recovery codes."), "nothing was made");

    let proof = council.service.demonstration_code(id(Role::Officer)).await.expect("code");
    let page = officer.post(HERE, &[("proof", &proof)]).await;
    let first = codes(&page);
    assert_eq!((page.status, first.len()), (StatusCode::OK, 10));
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(page.body.contains("They are not shown again"));
    let again = officer.get(HERE).await;
    assert!(
        again.body.contains("You have 10 recovery codes left, made at 2:14pm on 24 November 2026"),
        "{}",
        again.body
    );
    assert!(first.iter().all(|code| !again.body.contains(code)));
    let second = codes(&officer.post(HERE, &[]).await);
    assert!(first.iter().all(|code| !second.contains(code)));
}

#[tokio::test]
async fn an_officer_who_lost_their_phone_signs_in_with_a_code_and_is_told_how_many_are_left() {
    let council = TestCouncil::open().await;
    let codes = made(&council, Role::Officer).await;
    let mut browser = halfway(&council, Role::Officer, "/check").await;
    let page = browser.get("/sign-in/second-factor?next=%2Fcheck").await;
    assert!(page.body.contains("href=\"/sign-in/recovery?next=%2Fcheck\""), "{}", page.body);
    let page = browser.get("/sign-in/recovery?next=%2Fcheck").await;
    assert_eq!(page.hidden("next"), "/check");
    for (wrong, says) in [("", "Enter one of your recovery codes"), ("AAAA", "not right, or was used before")]
    {
        let answer = browser.post("/sign-in/recovery", &[("code", wrong), ("next", "/check")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(says) && answer.body.contains("<title>Error: "), "{wrong}");
        assert_eq!(answer.hidden("next"), "/check");
    }
    let kept = browser.cookie.clone();
    let answer = browser.post("/sign-in/recovery", &[("code", &codes[0]), ("next", "/check")]).await;
    let place = answer.leads_to().expect("a place").to_owned();
    assert_ne!(browser.cookie, kept, "under a token of its own");
    let told = browser.get(&place).await.body;
    assert!(
        told.contains("You are signed in. 9 recovery codes left") && told.contains("href=\"/check\""),
        "{told}"
    );
    assert_eq!(browser.get("/check").await.status, StatusCode::OK);

    // It lets in and proves nothing: it makes neither codes nor passkeys.
    let asked = browser.post(HERE, &[]).await;
    assert!(asked.body.contains("Show that it is you"));
    let asked = browser.post(HERE, &[("proof", &codes[1])]).await;
    assert!(asked.body.contains("The code is not right"));

    let mut again = halfway(&council, Role::Officer, "").await;
    let answer = again.post("/sign-in/recovery", &[("code", &codes[0])]).await;
    assert!(answer.body.contains("was used before"));
    let evil = [("code", codes[2].as_str()), ("next", "//evil.example")];
    let place = again.post("/sign-in/recovery", &evil).await.leads_to().expect("a place").to_owned();
    assert!(place.starts_with(HERE) && !place.contains("evil"), "{place}");
    assert!(!again.get(&format!("{HERE}?next=//evil.example")).await.body.contains("evil.example\""));
}

#[tokio::test]
async fn for_whoever_does_more_than_ask_and_tell_a_code_leads_to_a_new_app_and_nowhere_else() {
    let council = TestCouncil::open().await;
    for role in Role::of_people().copied().filter(|role| !role.is_check_only()) {
        let mut before = council.signed_in(role).await;
        let codes = codes(&before.post(HERE, &[]).await);
        let mut browser = halfway(&council, role, "/account").await;
        let answer = browser.post("/sign-in/recovery", &[("code", &codes[0]), ("next", "/account")]).await;
        assert_eq!(answer.leads_to(), Some("/sign-in/set-up?next=%2Faccount"), "{role:?}");
        for place in ["/", "/account", "/work", HERE, "/account/passkeys"] {
            assert_eq!(browser.get(place).await.leads_to(), Some("/sign-in/set-up"), "{role:?} at {place}");
        }
        for place in ["/sign-in/second-factor", "/sign-in/recovery"] {
            assert_eq!(browser.get(place).await.leads_to(), Some("/sign-in/set-up"), "{role:?} at {place}");
        }
        let page = browser.get("/sign-in/set-up?next=%2Faccount").await;
        assert!(page.body.contains("in place of the one you lost"));
        assert_eq!(browser.get("/sign-in/set-up/picture.svg").await.status, StatusCode::OK);
        let secret = page.body.split("into the app: <strong>").nth(1).and_then(|rest| rest.split('<').next());
        let secret = Secret::try_from_base32(secret.expect("secret").replace(' ', "")).expect("a secret");
        let app =
            Builder::new().with_secret(secret).with_account_name("anybody".to_owned()).build().expect("app");
        let old = council.service.demonstration_code(id(role)).await.expect("code");
        let refused = browser.post("/sign-in/set-up", &[("code", &old)]).await;
        assert!(refused.body.contains("The code is not right"), "{role:?}: the old app");
        assert_eq!(before.get("/account").await.status, StatusCode::OK, "{role:?}: nothing is over yet");

        let shows =
            app.generate(u64::try_from(council.clock.now().as_second()).expect("after 1970")).to_string();
        let answer = browser.post("/sign-in/set-up", &[("code", &shows), ("next", "/account")]).await;
        assert_eq!(answer.leads_to(), Some("/account/recovery-codes?next=%2Faccount"));
        let told = browser.get("/account/recovery-codes?next=%2Faccount").await.body;
        assert!(told.contains("You have no recovery codes left"), "{told}");
        assert_eq!(browser.get("/account").await.status, StatusCode::OK);
        assert_eq!(before.get("/account").await.leads_to(), Some("/sign-in?next=%2Faccount"), "{role:?}");
    }
}

#[tokio::test]
async fn a_session_begun_with_a_code_is_over_once_the_account_does_more_than_ask_and_tell() {
    let council = TestCouncil::open().await;
    let codes = made(&council, Role::Officer).await;
    let mut recovered = halfway(&council, Role::Officer, "").await;
    recovered.post("/sign-in/recovery", &[("code", &codes[0])]).await;
    let mut with_app = council.signed_in(Role::Officer).await;
    let mut first = council.signed_in(Role::Administrator).await;
    let mut second = council.signed_in(Role::RegisterTeam).await;
    let (place, email) = (format!("/accounts/{}", id(Role::Officer)), email(Role::Officer));
    let team = TeamId::from_bits(1).to_string();
    let typed = [
        ("name", "Officer"),
        ("email", &*email),
        ("team", &*team),
        ("roles", "officer"),
        ("roles", "data-protection"),
    ];
    first.post(&format!("{place}/change"), &typed).await;
    assert_eq!(recovered.get("/account").await.status, StatusCode::OK, "nobody has agreed");
    let command = council.service.fresh_command().to_string();
    let agreed = second.post(&format!("{place}/roles/agree"), &[("command", &command)]).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER);
    assert_eq!(with_app.get("/account").await.status, StatusCode::OK);
    assert_eq!(recovered.get("/account").await.leads_to(), Some("/sign-in?next=%2Faccount"));
}
