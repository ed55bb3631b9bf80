//! Passkeys where there is no browser: what is no passkey opens nothing, at whatever address it is sent.

use super::council::{TestCouncil, id};
use crate::router;
use axum::http::StatusCode;
use passkey::Site;
use register::people::Role;
use web::app::Transport;

use super::browser::Browser;

const ADDRESS: &str = "https://register.fenbridge.example";

fn browser(council: &TestCouncil) -> Browser {
    let site = Site::at(ADDRESS).expect("a site");
    Browser::new(router(council.app(Transport::Loopback).at(Some(site))))
}

#[tokio::test]
async fn what_is_no_passkey_signs_nobody_in() {
    let council = TestCouncil::open().await;
    let asked = browser(&council).get("/sign-in").await;
    assert!(
        asked.body.contains("data-passkey=\"get\"")
            && asked.body.contains("data-site=\"register.fenbridge.example\"")
    );
    let long = "A".repeat(50_000);
    for (key, client, device, signature) in [
        ("", "", "", ""),
        ("AAAA", "", "", ""),
        ("AAAA", "e30", "AAAA", "AAAA"),
        ("AAAA", "not base64!", "%%%", "==="),
        (&long, &long, &long, &long),
    ] {
        let mut nobody = browser(&council);
        let fields = [
            ("passkey-id", key),
            ("passkey-client", client),
            ("passkey-device", device),
            ("passkey-signature", signature),
            ("next", "/work"),
        ];
        let answer = nobody.post("/sign-in/passkey", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("The passkey was not recognised"), "{}", answer.body);
        assert_eq!(nobody.get("/").await.leads_to(), Some("/sign-in"));
    }
}

#[tokio::test]
async fn where_the_address_is_not_known_no_passkey_is_offered_made_or_taken() {
    let council = TestCouncil::open().await;
    assert!(!council.browser().get("/sign-in").await.body.contains("data-passkey"));
    let mut officer = council.signed_in(Role::Officer).await;
    assert!(officer.get("/account/passkeys").await.body.contains("has not set its address"));
    let made = [("name", "Phone"), ("made-client", "e30"), ("made-device", "oA")];
    assert_eq!(officer.post("/account/passkeys", &made).await.status, StatusCode::NOT_FOUND);
    let used = [
        ("passkey-id", "AAAA"),
        ("passkey-client", "e30"),
        ("passkey-device", "AA"),
        ("passkey-signature", "AA"),
    ];
    let answer = council.browser().post("/sign-in/passkey", &used).await;
    assert!(answer.body.contains("The passkey was not recognised"));
    assert_eq!(council.service.passkeys(id(Role::Officer)).await.expect("passkeys"), []);
}

#[tokio::test]
async fn whoever_holds_a_role_that_takes_a_passkey_opens_nothing_by_a_code_but_what_everybody_needs() {
    let council = TestCouncil::open().await;
    let roles = [Role::DecisionMaker, Role::Administrator];
    let site = Site::at(ADDRESS).expect("a site");
    let app = council.app(Transport::Loopback).at(Some(site)).by_passkey_for(roles.into());
    let served = router(app);
    for role in Role::of_people() {
        let takes = roles.contains(role);
        let cookie = council.signed_in(*role).await.cookie;
        let mut browser = Browser::new(served.clone());
        browser.cookie = cookie;
        for closed in ["/", "/work", "/account", "/account/password", "/check", "/account/recovery-codes"] {
            let led = browser.get(closed).await.leads_to() == Some("/ready/passkey");
            assert_eq!(led, takes, "{role:?} at {closed}");
        }
        let sent = browser.post("/account/proof", &[("proof", "123456"), ("next", "/work")]).await;
        assert_eq!(sent.leads_to() == Some("/ready/passkey"), takes, "{role:?}");
        if takes {
            for open in ["/help", "/policy", "/incidents/new", "/account/passkeys"] {
                assert_eq!(browser.get(open).await.leads_to(), None, "{role:?} at {open}");
            }
            let page = browser.get("/ready/passkey").await;
            assert!(
                page.body.contains("You have none yet") && page.body.contains(role.label()),
                "{}",
                page.body
            );
            let garbled = browser.post("/ready/passkey", &[("passkey-id", "AAAA")]).await;
            assert!(garbled.body.contains("The passkey was not recognised"), "{}", garbled.body);
        } else {
            assert_eq!(browser.get("/ready/passkey").await.leads_to(), Some("/ready"));
        }
    }
}
