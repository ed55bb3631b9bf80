//! Passwords as their holders meet them: typed unseen, changed by whoever knows the present one, and good for as long as nobody changes them.

use super::browser::{Answer, Browser};
use super::council::{PASSWORD, TestCouncil, email, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::people::Role;
use service::clock::Clock;
use service::sign_in::TRIES;

const NEW: &str = "thimble orbit lantern";
const HERE: &str = "/account/password";

async fn changes(browser: &mut Browser, present: &str, new: &str) -> Answer {
    browser.post(HERE, &[("present", present), ("password", new)]).await
}

async fn signs_in(council: &TestCouncil, password: &str) -> Answer {
    council.browser().post("/sign-in", &[("email", &email(Role::Officer)), ("password", password)]).await
}

fn later(council: &TestCouncil, minutes: i64) {
    council.clock.set(council.clock.now() + SignedDuration::from_mins(minutes));
}

#[tokio::test]
async fn whoever_knows_their_password_changes_it_and_every_other_session_of_theirs_ends() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let (mut elsewhere, mut other) =
        (council.signed_in(Role::Officer).await, council.signed_in(Role::LineManager).await);
    assert!(officer.get("/account").await.body.contains(&format!("href=\"{HERE}\"")));
    assert_eq!(officer.get(HERE).await.status, StatusCode::OK);

    let done = changes(&mut officer, PASSWORD, NEW).await;
    assert_eq!(done.leads_to(), Some("/account?new-password=yes"), "{}", done.body);
    assert!(officer.get("/account?new-password=yes").await.body.contains("Your password is saved"));
    assert_eq!(elsewhere.get("/").await.leads_to(), Some("/sign-in"));
    assert_eq!(other.get("/").await.status, StatusCode::OK, "nobody else’s");
    assert_eq!(signs_in(&council, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(signs_in(&council, NEW).await.leads_to(), Some("/sign-in/second-factor"));
}

#[tokio::test]
async fn without_the_present_password_or_with_a_poor_one_nothing_is_changed_and_nothing_is_sent_back() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    for (present, new, says) in [
        ("", NEW, "<a href=\"#present\">Enter the password you have now"),
        ("another lantern gravel", NEW, "<a href=\"#present\">The password you have now is not right"),
        (PASSWORD, "", "<a href=\"#password\">Choose a password"),
        (PASSWORD, "too short", "<a href=\"#password\">Choose a password of at least 12 characters"),
        (PASSWORD, "passwordpassword", "<a href=\"#password\">Choose a password that is harder to guess"),
        (PASSWORD, "the Fenbridge Council 26", "<a href=\"#password\">Choose a password that does not hold"),
        (PASSWORD, "officer-of-the-lantern", "<a href=\"#password\">Choose a password that does not hold"),
    ] {
        let refused = changes(&mut officer, present, new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(refused.body.contains(says), "{says}: {}", refused.body);
        for typed in [present, new] {
            assert!(typed.is_empty() || !refused.body.contains(&format!("\"{typed}\"")), "{typed}");
        }
    }
    assert_eq!(signs_in(&council, PASSWORD).await.leads_to(), Some("/sign-in/second-factor"));
}

#[tokio::test]
async fn a_password_is_changed_only_by_whoever_lately_showed_that_it_is_they_and_no_page_carries_one() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    later(&council, 11);
    for asked in [officer.get(HERE).await, changes(&mut officer, PASSWORD, NEW).await] {
        assert_eq!(asked.status, StatusCode::FORBIDDEN);
        assert!(asked.body.contains("Show that it is you"));
        assert!(!asked.body.contains(PASSWORD) && !asked.body.contains(NEW));
        assert_eq!(asked.hidden("next"), HERE);
    }
    let code = council.service.demonstration_code(id(Role::Officer)).await.expect("code");
    let shown = officer.post("/account/proof", &[("next", HERE), ("proof", &code)]).await;
    assert_eq!(shown.leads_to(), Some(HERE));
    assert_eq!(changes(&mut officer, PASSWORD, NEW).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_the_present_password_is_stopped_as_guessing_at_sign_in_is() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    for guess in 0..TRIES {
        changes(&mut officer, &format!("lantern gravel {guess}"), NEW).await;
    }
    assert!(changes(&mut officer, PASSWORD, NEW).await.body.contains("Too many tries"));
    assert!(signs_in(&council, PASSWORD).await.body.contains("Too many tries"), "one count for both");
    later(&council, 6);
    assert_eq!(changes(&mut officer, PASSWORD, NEW).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_password_is_good_for_years_if_nobody_changes_it() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    later(&council, 10 * 365 * 24 * 60);
    assert_eq!(signs_in(&council, PASSWORD).await.leads_to(), Some("/sign-in/second-factor"));
}

/// Managers of passwords fill in what says that it is a password, and whoever pastes is not kept from it: no page and no script knows of it.
#[tokio::test]
async fn a_password_is_typed_unseen_can_be_shown_and_is_filled_in_or_pasted_freely() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    for (page, kept) in [
        (council.browser().get("/sign-in").await, &["current-password"][..]),
        (council.browser().get("/sign-in/invitation").await, &["new-password"]),
        (officer.get(HERE).await, &["current-password", "new-password"]),
    ] {
        let fields = || page.body.split("<input").filter(|field| field.contains("password-input__input"));
        assert_eq!(fields().count(), kept.len());
        for (field, kept) in fields().zip(kept) {
            let field = field.split('>').next().expect("a field");
            assert!(field.contains("type=\"password\"") && !field.contains("maxlength"), "{field}");
            assert!(field.contains(&format!("autocomplete=\"{kept}\"")), "{field}");
        }
        assert_eq!(page.body.matches("aria-label=\"Show password\"").count(), kept.len());
        assert!(!page.body.contains("onpaste"));
    }
    for script in ["psr.js", "addresses.js", "passkeys.js", "govuk-frontend.js", "moj-frontend.js"] {
        let script = council.browser().get(&format!("{}/{script}", *web::assets::BASE)).await;
        assert_eq!(script.status, StatusCode::OK, "make the assets first: script/assets");
        assert!(!script.body.contains("paste"));
    }
}
