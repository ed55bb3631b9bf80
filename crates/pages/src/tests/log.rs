//! What the log tells whoever watches for attacks: who showed who they are or failed to, and who was turned away, by reference and never by name.

#[path = "../../../passkey/tests/device/mod.rs"]
mod device;

use super::council::{PASSWORD, TestCouncil, email, id};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use device::{Device, ORIGIN};
use jiff::SignedDuration;
use passkey::{Kind, Making, Site};
use register::ids::AccountId;
use register::people::Role;
use serde_json::Value;
use service::clock::Clock;
use service::sign_in::{AskedFor, TRIES, Used};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// The log of this test's own thread, as a collector reads it.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("sound").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

impl Log {
    /// Keeps what is logged for as long as the guard lives.
    pub fn kept() -> (Self, impl Drop) {
        let log = Self::default();
        let lines = tracing_subscriber::fmt().json().with_writer(log.clone());
        (log, tracing::subscriber::set_default(lines.finish()))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("sound").clone()).expect("text")
    }

    fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// Outcome, step, account and reason of every line about signing in since this was last asked.
    pub fn sign_ins(&self) -> Vec<[String; 4]> {
        let lines = self.lines().into_iter().map(|line| line["fields"].clone());
        let sign_ins = lines.filter(|fields| fields["message"] == "signing in");
        let told = |fields: Value| ["security", "by", "account", "reason"].map(|field| said(&fields[field]));
        let told = sign_ins.map(told).collect();
        self.0.lock().expect("sound").clear();
        told
    }
}

fn said(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_owned()
}

pub fn line(security: &str, by: &str, account: Option<AccountId>, reason: &str) -> [String; 4] {
    let account = account.map_or_else(|| "-".to_owned(), |account| account.to_string());
    [security.to_owned(), by.to_owned(), account, reason.to_owned()]
}

#[tokio::test]
async fn whoever_signs_in_or_fails_to_is_a_line_of_the_log_with_their_reference_alone() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    let (address, account) = (email(Role::Officer), Some(id(Role::Officer)));
    let mut browser = council.browser();
    let (log, _kept) = Log::kept();
    let mut said = String::new();

    browser
        .post("/sign-in", &[("email", "zebedee@quillfeather.example"), ("password", "canary in a mine")])
        .await;
    assert!(log.text().contains("signing in"), "{}", log.text());
    said.push_str(&log.text());
    assert_eq!(log.sign_ins(), [line("refused", "password", None, "NotRight")]);

    for _ in 0..TRIES {
        browser.post("/sign-in", &[("email", &address), ("password", "canary in a mine")]).await;
    }
    said.push_str(&log.text());
    assert_eq!(log.sign_ins(), vec![line("refused", "password", account, "NotRight"); TRIES]);
    browser.post("/sign-in", &[("email", &address), ("password", PASSWORD)]).await;
    assert_eq!(log.sign_ins(), [line("refused", "password", account, "TooMany")], "a lock-out");

    council.clock.set(council.clock.now() + SignedDuration::from_mins(6));
    browser.post("/sign-in", &[("email", &address), ("password", PASSWORD)]).await;
    browser.post("/sign-in/second-factor", &[("code", "000000")]).await;
    let code = council.service.demonstration_code(id(Role::Officer)).await.expect("code");
    browser.post("/sign-in/second-factor", &[("code", &code)]).await;
    said.push_str(&log.text());
    assert_eq!(
        log.sign_ins(),
        [
            line("accepted", "password", account, "-"),
            line("refused", "code", account, "CodeNotRight"),
            line("accepted", "code", account, "-"),
        ]
    );

    browser.post("/account/proof", &[("proof", "000000")]).await;
    assert!(log.sign_ins().is_empty(), "a proof that still counts is not asked for again");
    council.clock.set(council.clock.now() + SignedDuration::from_mins(11));
    browser.post("/account/proof", &[("proof", "000000")]).await;
    assert_eq!(log.sign_ins(), [line("refused", "proof", account, "CodeNotRight")]);
    browser.post("/sign-in/invitation", &[("code", "canary"), ("password", "canary in a mine")]).await;
    said.push_str(&log.text());
    assert_eq!(log.sign_ins(), [line("refused", "invitation", None, "InvitationNotRight")]);

    for personal in ["canary", "quillfeather", "000000", &code, &address, Role::Officer.label(), PASSWORD] {
        assert!(!said.contains(personal), "{personal}: {said}");
    }
}

#[tokio::test]
async fn a_passkey_that_is_used_is_a_line_of_the_log_whether_it_is_believed_or_not() {
    let council = TestCouncil::open().await;
    let (service, officer, site) = (&council.service, id(Role::Officer), Site::at(ORIGIN).expect("a site"));
    let token = council.signed_in(Role::Officer).await.cookie.expect("signed in").replace("psr=", "");
    let asking = service.passkey_asking(AskedFor::Session(&token)).await.expect("asked");
    let mut device = Device::honest(Kind::Es256, asking);
    let (client, attested) = (device.client(), device.attested());
    let making = Making { client: &client, attested: &attested };
    service.keep_passkey(&site, officer, &token, "Phone", making).await.expect("kept");
    device = device.signing();
    let (log, _kept) = Log::kept();
    for (asked_for, by) in [(AskedFor::SignIn, "passkey"), (AskedFor::Session(&token), "proof")] {
        device.asking = service.passkey_asking(asked_for).await.expect("asked");
        device.count += 1;
        let id = passkey::to_text(&device.id);
        let used = Used { id, client: device.client(), device: device.word(), signature: device.signature() };
        for _ in 0..2 {
            let _once = match asked_for {
                AskedFor::SignIn => service.sign_in_by_passkey(&site, &used).await.map(|_| ()),
                AskedFor::Session(token) => service.prove_by_passkey(&site, token, &used).await,
            };
        }
        let refused = line("refused", by, Some(officer), "PasskeyNotRight");
        assert_eq!(log.sign_ins(), [line("accepted", by, Some(officer), "-"), refused]);
    }
}

#[tokio::test]
async fn whoever_is_turned_away_is_a_line_of_the_log_that_says_who_and_why() {
    let council = TestCouncil::open().await.staffed().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let (log, _kept) = Log::kept();
    assert_eq!(officer.get("/access-log").await.status, StatusCode::FORBIDDEN);
    assert_eq!(officer.get("/subjects/S-0000-0000").await.status, StatusCode::NOT_FOUND);
    let elsewhere = Request::post("/teams/new").header("sec-fetch-site", "cross-site");
    let elsewhere = officer.send(elsewhere.body(Body::empty()).expect("request")).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);

    let refused = log.lines().into_iter().filter(|line| line["fields"]["message"] == "turned away");
    let told = |line: Value| {
        assert_eq!(line["fields"]["security"], "refused");
        [&line["fields"]["reason"], &line["span"]["route"], &line["span"]["account"]].map(said)
    };
    let told: Vec<_> = refused.map(told).collect();
    let own = id(Role::Officer).to_string();
    assert_eq!(
        told,
        [
            ["not-permitted", "/access-log", &*own],
            ["out-of-reach", "/subjects/{subject}", &*own],
            // Nobody is asked who they are before it is known that the form is ours.
            ["from-elsewhere", "/teams/new", "-"],
        ]
    );
}
