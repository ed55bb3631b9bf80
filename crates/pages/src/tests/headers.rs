//! What every response carries, whatever was asked and however it ended.

use super::browser::{Answer, Browser};
use super::cases::{At, HERE};
use super::council::TestCouncil;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use jiff::SignedDuration;
use register::people::Role;
use service::clock::Clock;
use web::app::Transport;

fn carries_everything(answer: &Answer, place: &str) {
    let header =
        |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';"), "{place}");
    assert!(!policy.contains("unsafe"), "{place}");
    for named in ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"] {
        assert!(policy.contains(named), "{place}: {named}");
    }
    let kind = header("content-type");
    let is_words = kind.starts_with("text/") || answer.body.contains("<html");
    assert!(!is_words || kind.ends_with("; charset=utf-8"), "{place}: {kind}");
    // Neither what answers nor which version of it is anybody's business.
    assert!(["server", "x-powered-by", "via"].iter().all(|told| header(told).is_empty()), "{place}");
    assert!(!answer.body.contains(env!("CARGO_PKG_VERSION")), "{place}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{place}");
    assert_eq!(header("referrer-policy"), "same-origin", "{place}");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{place}");
    assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{place}");
    assert!(header("permissions-policy").contains("geolocation=()"), "{place}");
    if !place.starts_with("/assets/") {
        assert_eq!(header("cache-control"), "no-store", "{place}");
    }
}

#[tokio::test]
async fn every_page_and_every_failure_carries_the_headers() {
    let council = TestCouncil::open().await;
    let mut administrator = council.signed_in(Role::Administrator).await;
    let found = [
        "/",
        "/account",
        "/accounts",
        "/accounts/new",
        "/teams",
        "/permissions",
        "/help",
        "/health",
        "/sign-in",
    ];
    for place in found {
        let answer = administrator.get(place).await;
        assert_eq!(answer.status, StatusCode::OK, "{place}");
        carries_everything(&answer, place);
    }
    for (place, status) in [
        ("/nowhere", StatusCode::NOT_FOUND),
        ("/accounts/A-0000-0000", StatusCode::NOT_FOUND),
        ("/accounts/%ff", StatusCode::NOT_FOUND),
        ("/accounts/..%2f..%2fetc", StatusCode::NOT_FOUND),
        ("/assets/x/%ff", StatusCode::NOT_FOUND),
        ("/assets/x/..%2f..%2fCargo.toml", StatusCode::NOT_FOUND),
        ("/council.css", StatusCode::NOT_FOUND),
        ("/access-log", StatusCode::FORBIDDEN),
        ("/sign-out", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = administrator.get(place).await;
        assert_eq!(answer.status, status, "{place}");
        assert!(answer.body.contains("<h1"), "{place}");
        carries_everything(&answer, place);
    }
    let mistaken = administrator.post("/teams/new", &[]).await;
    assert_eq!(mistaken.status, StatusCode::UNPROCESSABLE_ENTITY);
    carries_everything(&mistaken, "/teams/new");
}

#[tokio::test]
async fn a_form_from_another_site_or_of_an_unknown_method_changes_nothing() {
    let council = TestCouncil::open().await;
    let mut browser = council.signed_in(Role::Administrator).await;
    let before = council.service.position();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let request = Request::post("/teams/new")
            .header("host", "psr.example")
            .header(name, value)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("name=Evil&contact=outside"))
            .expect("request");
        let answer = browser.send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(answer.body.contains("came from another site"));
        carries_everything(&answer, "/teams/new");
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let request = Request::builder()
            .method(method.clone())
            .uri("/teams/new")
            .header("sec-fetch-site", "same-origin");
        let answer = browser.send(request.body(Body::empty()).expect("request")).await;
        assert!(answer.status.is_client_error(), "{method}");
        carries_everything(&answer, "/teams/new");
    }
    assert_eq!(council.service.position(), before);
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host_and_browsers_are_told_to_insist() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    let mut browser = Browser::new(crate::router(council.app(Transport::Tls)));
    let email = super::council::email(Role::Officer);
    let answer = browser.post("/sign-in", &[("email", &email), ("password", super::council::PASSWORD)]).await;
    let cookie = answer.headers["set-cookie"].to_str().expect("text");
    assert!(cookie.starts_with("__Host-psr="));
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{part}");
    }
    assert!(!cookie.contains("Domain"));
    assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in/second-factor"), "and is sent back");
    let sheet = format!("{}/psr.css", *web::assets::BASE);
    for place in ["/sign-in", "/", "/nowhere", "/health", &sheet] {
        let insists = &browser.get(place).await.headers["strict-transport-security"];
        assert_eq!(insists, "max-age=31536000; includeSubDomains", "{place}");
    }
}

#[tokio::test]
async fn every_answer_says_what_it_is_and_words_how_they_are_written() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InForce).await;
    let mut officer = council.signed_in(Role::DataProtection).await;
    for (place, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/nowhere", "text/html; charset=utf-8"),
        ("/health", "application/json"),
        (&format!("{}/psr.css", *web::assets::BASE), "text/css; charset=utf-8"),
        (&format!("{}/psr.js", *web::assets::BASE), "text/javascript; charset=utf-8"),
        (&format!("/subjects/{}/looks.pdf", case.subject), "application/pdf"),
        (&format!("/subjects/{}/looks.json", case.subject), "application/json"),
        (&format!("/measures/{}/bundle.pdf", case.measure), "application/pdf"),
    ] {
        let answer = officer.get(place).await;
        assert_eq!(answer.headers["content-type"], kind, "{place}");
        carries_everything(&answer, place);
    }
}

#[tokio::test]
async fn whatever_watches_the_program_is_told_that_it_is_ready_and_nothing_of_the_register() {
    let council = TestCouncil::open().await;
    assert_eq!(council.browser().get("/health").await.body, "{\"ready\":true,\"written\":true}");
}

#[tokio::test]
async fn who_has_not_signed_in_sends_words_and_nothing_large() {
    let council = TestCouncil::open().await;
    let much = "a".repeat(web::form::STRANGERS_BODY);
    for place in [
        "/sign-in",
        "/sign-in/passkey",
        "/sign-in/second-factor",
        "/sign-in/set-up",
        "/sign-in/invitation",
        "/sign-in/council/logout",
        "/appeal",
    ] {
        let answer = council.browser().post(place, &[("next", &much)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{place}");
    }
    // Anybody else is sent to sign in before a byte is read.
    let unread = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let request = Request::post("/incidents/new").header("sec-fetch-site", "same-origin");
    let answer = council.browser().send(request.body(unread).expect("request")).await;
    assert_eq!(answer.leads_to(), Some("/sign-in"));
    let mut officer = council.signed_in(Role::Officer).await;
    let answer = officer.post("/account/home", &[("lines", &much)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "a field has its own bounds");
}

#[tokio::test]
async fn whoever_is_signed_in_can_sign_out_on_every_page_and_nobody_else_is_offered_it() {
    const OUT: &str = "action=\"/sign-out\"";
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    for place in ["/", "/account", "/help", "/nowhere", "/access-log", "/check/nowhere", "/sign-out"] {
        assert!(officer.get(place).await.body.contains(OUT), "{place}");
    }
    for place in ["/sign-in", "/help", "/nowhere", "/check/nowhere"] {
        assert!(!council.browser().get(place).await.body.contains(OUT), "{place}");
    }
    council.clock.set(council.clock.now() + SignedDuration::from_mins(11));
    let asked = officer.get("/account/password").await;
    assert!(asked.body.contains("Show that it is you") && asked.body.contains(OUT));
    assert_eq!(officer.post("/sign-out", &[]).await.leads_to(), Some("/sign-in"));
}

#[tokio::test]
async fn a_style_sheet_may_be_kept_for_as_long_as_its_address_names_its_content() {
    let council = TestCouncil::open().await;
    assert!(web::assets::are_made(), "make the assets first: script/assets");
    let mut browser = council.browser();
    let place = format!("{}/psr.css", *web::assets::BASE);
    let kept = browser.get(&place).await;
    assert_eq!(kept.headers["content-type"], "text/css; charset=utf-8");
    assert_eq!(kept.headers["cache-control"], "public, max-age=31536000, immutable");
    carries_everything(&kept, &place);
    assert_eq!(browser.get("/assets/00000000/psr.css").await.headers["cache-control"], "no-cache");
}
