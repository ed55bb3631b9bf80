//! The council's own sign-on, with a provider on this machine that tells the truth: what lies do is tested where tokens are read.

use super::browser::{Answer, Browser};
use super::council::{TestCouncil, email, id};
use super::log::{Log, line};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use directory::{Emails, Provider, Settings};
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use register::command::{AgreeGrant, ChangeAccount, CloseAccount};
use register::ids::TeamId;
use register::people::{Grant, Role};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use web::app::Transport;

/// A provider: the token for each code, and the key that signs.
struct Directory {
    issuer: String,
    tokens: Arc<Mutex<HashMap<String, String>>>,
    secret: Vec<u8>,
    provider: Provider,
}

async fn exchange(
    State(tokens): State<Arc<Mutex<HashMap<String, String>>>>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let token = tokens.lock().expect("lock").remove(&form["code"]).ok_or(StatusCode::BAD_REQUEST)?;
    Ok(Json(json!({"id_token": token})))
}

impl Directory {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("port");
        let issuer = format!("http://{}", listener.local_addr().expect("address"));
        let (chance, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let secret = EcdsaKeyPair::generate_pkcs8(algorithm, &chance).expect("key").as_ref().to_vec();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, &secret, &chance).expect("key");
        let public = key.public_key().as_ref();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let key = json!({"kty": "EC", "crv": "P-256", "kid": "one", "x": part(&public[1..33]), "y": part(&public[33..])});
        let description = json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
        });
        let tokens = Arc::new(Mutex::new(HashMap::new()));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(async move || Json(description.clone())))
            .route("/keys", get(async move || Json(json!({"keys": [key.clone()]}))))
            .route("/token", post(exchange))
            .with_state(tokens.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let settings = Settings {
            issuer: issuer.clone(),
            client_id: "register".to_owned(),
            client_secret: "a secret".to_owned().into(),
            scopes: Vec::new(),
            return_to: "http://127.0.0.1/sign-in/council/return".to_owned(),
            emails: Emails::Verified,
        };
        Self { issuer, tokens, secret, provider: Provider::new(settings).expect("provider") }
    }

    fn browser(&self, council: &TestCouncil) -> Browser {
        let app = council.app(Transport::Loopback).signing_in_by(Some(self.provider.clone()));
        Browser::new(crate::router(app))
    }

    fn sign(&self, council: &TestCouncil, mut claims: Value) -> String {
        let made = council.service.now().as_second();
        claims["iss"] = json!(self.issuer);
        claims["aud"] = json!("register");
        claims["iat"] = json!(made);
        claims["exp"] = json!(made + 120);
        let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::ES256) };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ec_der(&self.secret)).expect("token")
    }

    /// Somebody signs in at the provider; gives the address that their browser comes back to.
    fn let_in(&self, council: &TestCouncil, left: &Answer, subject: &str, email: &str) -> String {
        let place = left.leads_to().expect("the provider's page").to_owned();
        let part = |name: &str| {
            let rest = place.split(&format!("{name}=")).nth(1).expect("part");
            rest.split('&').next().expect("value").to_owned()
        };
        let claims = json!({
            "sub": subject, "sid": format!("session of {subject}"), "nonce": part("nonce"),
            "email": email, "email_verified": true,
        });
        let code = part("state");
        self.tokens.lock().expect("lock").insert(code.clone(), self.sign(council, claims));
        format!("/sign-in/council/return?code={code}&state={code}")
    }

    async fn sign_in(
        &self,
        council: &TestCouncil,
        browser: &mut Browser,
        subject: &str,
        email: &str,
    ) -> Answer {
        let left = browser.get("/sign-in/council?next=%2Faccount").await;
        let back = self.let_in(council, &left, subject, email);
        browser.get(&back).await
    }

    /// The whole way in: at the provider, and then with the code of the account of this role, which is set up where there is none yet.
    async fn comes_in(
        &self,
        council: &TestCouncil,
        browser: &mut Browser,
        subject: &str,
        role: Role,
    ) -> Answer {
        let half = self.sign_in(council, browser, subject, &email(role)).await;
        let step = half.leads_to().and_then(|place| place.split('?').next()).expect("a step").to_owned();
        assert!(step == "/sign-in/second-factor" || step == "/sign-in/set-up", "{step}");
        assert_eq!(browser.get("/").await.leads_to(), Some(&*step), "half a session opens nothing");
        let code = council.service.demonstration_code(id(role)).await.expect("code");
        council.clock.set(council.service.now() + SignedDuration::from_secs(30));
        browser.post(&step, &[("code", &code), ("next", "/account")]).await
    }

    async fn sign_out(&self, council: &TestCouncil, claims: Value) -> (String, Answer) {
        let mut claims = claims;
        claims["events"] = json!({"http://schemas.openid.net/event/backchannel-logout": {}});
        let token = self.sign(council, claims);
        let answer = self.tell(council, &token).await;
        (token, answer)
    }

    async fn tell(&self, council: &TestCouncil, token: &str) -> Answer {
        self.browser(council).post("/sign-in/council/logout", &[("logout_token", token)]).await
    }
}

#[tokio::test]
async fn who_has_an_account_signs_in_with_the_councils_directory_and_goes_where_they_were_going() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let mut browser = directory.browser(&council);
    assert!(browser.get("/sign-in").await.body.contains("Sign in with Fenbridge Council"));
    council.ready(id(Role::Officer)).await;
    let back = directory.comes_in(&council, &mut browser, "s-1", Role::Officer).await;
    assert_eq!(back.leads_to(), Some("/account"));
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    // From now on it is the provider's name for the person that counts, and not the mail address.
    let mut again = directory.browser(&council);
    assert_eq!(
        directory.sign_in(&council, &mut again, "s-1", "new.name@fenbridge.example").await.leads_to(),
        Some("/sign-in/second-factor?next=%2Faccount")
    );
    let mut successor = directory.browser(&council);
    let refused = directory.sign_in(&council, &mut successor, "s-2", &email(Role::Officer)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "an address that passed to somebody else");
}

#[tokio::test]
async fn signing_in_makes_nobody_an_account() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let before = council.service.position();
    let mut browser = directory.browser(&council);
    let refused = directory.sign_in(&council, &mut browser, "s-9", "nobody@fenbridge.example").await;
    assert!(refused.body.contains("You have no account in this register"));
    assert_eq!(council.service.position(), before);
}

#[tokio::test]
async fn whom_the_councils_directory_brings_is_a_line_of_the_log_whether_they_come_in_or_not() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let (officer, mut browser) = (Some(id(Role::Officer)), directory.browser(&council));
    let (log, _kept) = Log::kept();
    directory.sign_in(&council, &mut browser, "s-9", "nobody@fenbridge.example").await;
    assert_eq!(log.sign_ins(), [line("refused", "council", None, "NotKnown")]);
    directory.comes_in(&council, &mut browser, "s-1", Role::Officer).await;
    let came = [line("accepted", "council", officer, "-"), line("accepted", "code", officer, "-")];
    assert_eq!(log.sign_ins(), came);
}

#[tokio::test]
async fn a_directory_alone_lets_nobody_read_or_decide() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let decider = email(Role::DecisionMaker);
    let mut browser = directory.browser(&council);
    let refused = directory.sign_in(&council, &mut browser, "s-3", &decider).await;
    assert!(refused.body.contains("Your roles need a code of your own"));
    council.signed_in(Role::DecisionMaker).await;
    let mut browser = directory.browser(&council);
    directory.comes_in(&council, &mut browser, "s-3", Role::DecisionMaker).await;
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    // What was signed in over the council's sign-on stays its own after the code.
    directory.sign_out(&council, json!({"jti": "m-1", "sub": "s-3"})).await;
    assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"));
}

#[tokio::test]
async fn a_return_belongs_to_one_browser_and_is_good_once_and_not_for_long() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let officer = email(Role::Officer);
    let mut victim = directory.browser(&council);
    let left = victim.get("/sign-in/council").await;
    let back = directory.let_in(&council, &left, "s-1", &officer);
    let held = victim.cookie.clone();
    for cookie in [None, Some("psr-council=made-up".to_owned())] {
        let mut thief = directory.browser(&council);
        thief.cookie = cookie;
        assert_eq!(thief.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut other = directory.browser(&council);
    other.get("/sign-in/council").await;
    assert_eq!(other.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY, "another browser's state");
    assert_eq!(victim.get(&back).await.leads_to(), Some("/sign-in/set-up"));
    victim.cookie = held;
    let back = directory.let_in(&council, &left, "s-1", &officer);
    assert_eq!(victim.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a state that was used");
    let mut late = directory.browser(&council);
    let left = late.get("/sign-in/council").await;
    council.clock.set(council.service.now() + SignedDuration::from_mins(11));
    let back = directory.let_in(&council, &left, "s-1", &officer);
    assert_eq!(late.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY, "too late");
}

#[tokio::test]
async fn who_signs_out_at_the_provider_is_out_here_and_a_message_counts_once() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let mut local = council.signed_in(Role::Officer).await;
    for told in [json!({"sub": "s-1"}), json!({"sid": "session of s-1"})] {
        let mut browser = directory.browser(&council);
        directory.comes_in(&council, &mut browser, "s-1", Role::Officer).await;
        let mut claims = told.clone();
        claims["jti"] = json!(format!("about {told}"));
        let mut elsewhere = claims.clone();
        elsewhere["sid"] = json!("another session");
        elsewhere["jti"] = json!(format!("not about {told}"));
        assert_eq!(directory.sign_out(&council, elsewhere).await.1.status, StatusCode::OK);
        assert_eq!(browser.get("/").await.status, StatusCode::OK, "{told}");
        let (token, answer) = directory.sign_out(&council, claims).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"), "{told}");
        directory.comes_in(&council, &mut browser, "s-1", Role::Officer).await;
        assert_eq!(directory.tell(&council, &token).await.status, StatusCode::BAD_REQUEST, "said again");
        assert_eq!(browser.get("/").await.status, StatusCode::OK);
    }
    assert_eq!(local.get("/").await.status, StatusCode::OK, "a password's session is not the provider's");
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_a_provider_that_is_down_keeps_nobody_out() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let officer = email(Role::Officer);
    let mut browser = directory.browser(&council);
    directory.comes_in(&council, &mut browser, "s-1", Role::Officer).await;
    let (command, close) = (council.service.fresh_command(), CloseAccount { account: id(Role::Officer) });
    council.service.execute(id(Role::Administrator), command, close).await.expect("closed");
    assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"));
    let refused = directory.sign_in(&council, &mut browser, "s-1", &officer).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let nobody = Settings {
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: "register".to_owned(),
        client_secret: "a secret".to_owned().into(),
        scopes: Vec::new(),
        return_to: String::new(),
        emails: Emails::Verified,
    };
    let down = Provider::new(nobody).expect("provider");
    let app = council.app(Transport::Loopback).signing_in_by(Some(down));
    let mut browser = Browser::new(crate::router(app));
    browser.cookie = council.signed_in(Role::LineManager).await.cookie;
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    let answer = browser.get("/sign-in/council").await;
    assert!(answer.body.contains("sign-on does not work at the moment"));
    assert!(answer.body.contains("name=\"password\""));
}

#[tokio::test]
async fn a_council_without_a_sign_on_of_its_own_has_no_such_pages() {
    let council = TestCouncil::open().await;
    let mut browser = council.browser();
    assert!(!browser.get("/sign-in").await.body.contains("Sign in with"));
    for place in ["/sign-in/council", "/sign-in/council/return?code=1&state=2"] {
        assert_eq!(browser.get(place).await.status, StatusCode::NOT_FOUND);
    }
}

/// Whoever runs the directory could set a second factor up for somebody who has none: it is as one that a single person gave.
#[tokio::test]
async fn a_second_factor_that_the_directory_alone_let_somebody_set_up_opens_no_account_that_takes_two() {
    let (council, directory) = (TestCouncil::open().await, Directory::open().await);
    let mut browser = directory.browser(&council);
    council.ready(id(Role::Officer)).await;
    directory.comes_in(&council, &mut browser, "s-1", Role::Officer).await;
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    let details = council.service.read(|register| {
        register.account(id(Role::Officer)).and_then(|account| account.details.known().cloned())
    });
    let roles = [Role::Officer, Role::DecisionMaker].into();
    let change = ChangeAccount {
        account: id(Role::Officer),
        roles,
        team: TeamId::from_bits(1),
        details: details.expect("details"),
    };
    council.does(id(Role::Administrator), change).await;
    let agree = AgreeGrant { account: id(Role::Officer), grant: Grant::Roles };
    council.does(id(Role::RegisterTeam), agree).await;
    assert_eq!(browser.get("/").await.leads_to(), Some("/sign-in"), "the session is over");
    let refused = directory.sign_in(&council, &mut browser, "s-1", &email(Role::Officer)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Your roles have grown"), "{}", refused.body);
}
