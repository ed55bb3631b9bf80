//! A provider on this machine that lies in every way we know of: nothing that it makes up is believed, one row a lie.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not get fails it"
)]

use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::response::Redirect;
use axum::routing::{any, get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use directory::{Emails, NotAProvider, Provider, Refused, Returned, Settings};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A key that tokens are signed with.
struct Key {
    secret: Vec<u8>,
    public: Vec<u8>,
}

impl Key {
    fn make() -> Self {
        let chance = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let secret = EcdsaKeyPair::generate_pkcs8(algorithm, &chance).expect("key").as_ref().to_vec();
        let public = EcdsaKeyPair::from_pkcs8(algorithm, &secret, &chance).expect("key");
        let public = public.public_key().as_ref().to_vec();
        Self { secret, public }
    }

    fn published(&self, name: &str) -> Value {
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (x, y) = (part(&self.public[1..33]), part(&self.public[33..65]));
        json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": name, "x": x, "y": y})
    }
}

/// What the provider answers with, changed by each lie.
struct Said {
    description: Value,
    keys: Value,
    /// The token for each code, with the challenge that its verifier has to meet; a code is good once.
    codes: HashMap<String, (String, String)>,
    /// What is told of the person beside the token.
    person: Value,
    asked_for_keys: u32,
}

type Shared = Arc<Mutex<Said>>;

struct Hostile {
    issuer: String,
    said: Shared,
    key: Key,
    provider: Provider,
}

fn now() -> Timestamp {
    "2026-11-24T14:03:00Z".parse().expect("timestamp")
}

async fn exchange(
    State(said): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let proof = format!("Basic {}", STANDARD.encode("register:a+secret%2B"));
    let (challenge, token) =
        said.lock().expect("lock").codes.remove(&form["code"]).ok_or(StatusCode::BAD_REQUEST)?;
    let met = URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes())) == challenge;
    let known = headers.get(AUTHORIZATION).is_some_and(|sent| *sent == *proof);
    if met && known {
        Ok(Json(json!({"id_token": token, "access_token": "access-1"})))
    } else {
        Err(StatusCode::BAD_REQUEST)
    }
}

async fn describe_person(State(said): State<Shared>, headers: HeaderMap) -> Result<Json<Value>, StatusCode> {
    let known = headers.get(AUTHORIZATION).is_some_and(|sent| *sent == *"Bearer access-1");
    if known { Ok(Json(said.lock().expect("lock").person.clone())) } else { Err(StatusCode::UNAUTHORIZED) }
}

impl Hostile {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("port");
        let issuer = format!("http://{}", listener.local_addr().expect("address"));
        let key = Key::make();
        let description = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
        });
        let keys = json!({"keys": [key.published("one"), {"kty": "of a later day", "kid": "odd"}]});
        let (codes, person) = (HashMap::new(), Value::Null);
        let said = Arc::new(Mutex::new(Said { description, keys, codes, person, asked_for_keys: 0 }));
        let describe =
            |State(said): State<Shared>| async move { Json(said.lock().expect("lock").description.clone()) };
        let publish = |State(said): State<Shared>| async move {
            let mut said = said.lock().expect("lock");
            said.asked_for_keys += 1;
            Json(said.keys.clone())
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(publish))
            .route("/token", post(exchange))
            .route("/person", get(describe_person))
            .route(
                "/away/{*place}",
                any(|Path(place): Path<String>| async move { Redirect::temporary(&format!("/{place}")) }),
            )
            .with_state(said.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let provider = Provider::new(settings(&issuer)).expect("provider");
        Self { issuer, said, key, provider }
    }

    fn sign(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &EncodingKey::from_ec_der(&self.key.secret)).expect("token")
    }

    fn id_claims(&self) -> Value {
        let made = now().as_second();
        json!({
            "iss": self.issuer, "aud": "register", "sub": "s-1", "sid": "session-1", "iat": made, "exp": made + 300,
            "email": "amy.dell@fenbridge.example", "email_verified": true,
        })
    }

    fn logout_claims(&self) -> Value {
        let made = now().as_second();
        json!({
            "iss": self.issuer, "aud": "register", "sub": "s-1", "sid": "session-1", "iat": made, "exp": made + 120,
            "jti": "message-1", "events": {LOGOUT: {}},
        })
    }

    /// One sign-in, in which the provider and whoever stands between do as `lie` says.
    async fn sign_in(&self, lie: impl FnOnce(&mut Attempt<'_>)) -> Result<directory::Arrival, Refused> {
        let departure = self.provider.depart(now()).await?;
        let asked: HashMap<String, String> =
            form_urlencoded::parse(departure.address.split_once('?').expect("question").1.as_bytes())
                .into_owned()
                .collect();
        assert_eq!(asked["code_challenge_method"], "S256");
        let mut claims = self.id_claims();
        claims["nonce"] = json!(asked["nonce"]);
        let mut attempt = Attempt {
            hostile: self,
            header: header("one", "JWT"),
            claims,
            challenge: asked["code_challenge"].clone(),
            token: None,
            returned: Returned {
                code: Some("code-1".to_owned()),
                state: Some(asked["state"].clone()),
                ..Returned::default()
            },
        };
        lie(&mut attempt);
        let token = attempt.token.unwrap_or_else(|| self.sign(&attempt.header, &attempt.claims));
        self.said.lock().expect("lock").codes.insert("code-1".to_owned(), (attempt.challenge, token));
        self.provider.arrive(departure.kept, attempt.returned, now()).await
    }
}

struct Attempt<'a> {
    hostile: &'a Hostile,
    header: Header,
    claims: Value,
    challenge: String,
    token: Option<String>,
    returned: Returned,
}

fn header(key: &str, kind: &str) -> Header {
    Header { kid: Some(key.to_owned()), typ: Some(kind.to_owned()), ..Header::new(Algorithm::ES256) }
}

fn settings(issuer: &str) -> Settings {
    Settings {
        issuer: issuer.to_owned(),
        client_id: "register".to_owned(),
        client_secret: "a secret+".to_owned().into(),
        scopes: vec!["email".to_owned()],
        return_to: "https://register.example/sign-in/council/return".to_owned(),
        emails: Emails::Verified,
    }
}

fn unsigned(claims: &Value, algorithm: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.", part(&json!({"alg": algorithm, "typ": "JWT", "kid": "one"})), part(claims))
}

/// Signed with what everybody knows, as though it were a secret.
fn signed_with_public_key(hostile: &Hostile, claims: &Value) -> String {
    let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::HS256) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(&hostile.key.public)).expect("token")
}

/// Signed by a key of somebody else under the provider's name for its own.
fn signed_by_stranger(header: &Header, claims: &Value) -> String {
    jsonwebtoken::encode(header, claims, &EncodingKey::from_ec_der(&Key::make().secret)).expect("token")
}

/// Signed, and then a claim exchanged.
fn altered(hostile: &Hostile, header: &Header, claims: &Value) -> String {
    let token = hostile.sign(header, claims);
    let mut other = claims.clone();
    other["sub"] = json!("s-2");
    let parts: Vec<&str> = token.split('.').collect();
    format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(other.to_string()), parts[2])
}

type Lie = fn(&mut Attempt<'_>);

const LIES: &[(&str, Lie, Refused)] = &[
    ("no algorithm", |it| it.token = Some(unsigned(&it.claims, "none")), Refused::Algorithm),
    ("no signature", |it| it.token = Some(unsigned(&it.claims, "ES256")), Refused::Signature),
    (
        "HS256 with the public key",
        |it| it.token = Some(signed_with_public_key(it.hostile, &it.claims)),
        Refused::Algorithm,
    ),
    ("another family of algorithms", |it| it.token = Some(unsigned(&it.claims, "RS256")), Refused::Algorithm),
    (
        "a stranger's key",
        |it| it.token = Some(signed_by_stranger(&it.header, &it.claims)),
        Refused::Signature,
    ),
    (
        "an altered claim",
        |it| it.token = Some(altered(it.hostile, &it.header, &it.claims)),
        Refused::Signature,
    ),
    ("a key nobody published", |it| it.header.kid = Some("two".to_owned()), Refused::Key),
    ("no token", |it| it.token = Some("nothing".to_owned()), Refused::Algorithm),
    ("another audience", |it| it.claims["aud"] = json!("elsewhere"), Refused::Audience),
    ("no audience", |it| it.claims["aud"] = json!([]), Refused::Audience),
    (
        "several audiences and no party",
        |it| it.claims["aud"] = json!(["register", "elsewhere"]),
        Refused::Audience,
    ),
    ("another party", |it| it.claims["azp"] = json!("elsewhere"), Refused::Audience),
    ("another issuer", |it| it.claims["iss"] = json!("https://elsewhere.example"), Refused::Issuer),
    ("no issuer", |it| it.claims["iss"] = Value::Null, Refused::Issuer),
    ("another nonce", |it| it.claims["nonce"] = json!("another"), Refused::Nonce),
    ("no nonce", |it| it.claims["nonce"] = Value::Null, Refused::Nonce),
    ("expired", |it| it.claims["exp"] = json!(now().as_second() - 61), Refused::Time),
    ("never expiring", |it| it.claims["exp"] = Value::Null, Refused::Time),
    ("not yet valid", |it| it.claims["nbf"] = json!(now().as_second() + 61), Refused::Time),
    ("made long ago", |it| it.claims["iat"] = json!(now().as_second() - 901), Refused::Time),
    ("made in the future", |it| it.claims["iat"] = json!(now().as_second() + 61), Refused::Time),
    ("made at no time", |it| it.claims["iat"] = json!(i64::MAX), Refused::Time),
    ("nobody", |it| it.claims["sub"] = json!(""), Refused::Nobody),
    ("a name without end", |it| it.claims["sub"] = json!("x".repeat(256)), Refused::Nobody),
    ("a logout token", |it| it.header.typ = Some("logout+jwt".to_owned()), Refused::Kind),
    ("a token that tells of a logout", |it| it.claims["events"] = json!({LOGOUT: {}}), Refused::Kind),
    ("no state", |it| it.returned.state = None, Refused::State),
    ("another browser's state", |it| it.returned.state = Some("another".to_owned()), Refused::State),
    (
        "another provider's answer",
        |it| it.returned.iss = Some("https://elsewhere.example".to_owned()),
        Refused::MixedUp,
    ),
    ("an error", |it| it.returned.error = Some("access_denied".to_owned()), Refused::Declined),
    ("no code", |it| it.returned.code = None, Refused::Declined),
    ("a code of nobody", |it| it.returned.code = Some("made up".to_owned()), Refused::Code),
    ("a code of another sign-in", |it| it.challenge = "another".to_owned(), Refused::Code),
];

#[tokio::test]
async fn no_lie_signs_anybody_in() {
    let hostile = Hostile::open().await;
    for (lie, tell, refused) in LIES {
        assert_eq!(hostile.sign_in(tell).await, Err(*refused), "{lie}");
    }
}

#[tokio::test]
async fn who_tells_the_truth_is_believed() {
    let hostile = Hostile::open().await;
    let arrival = hostile.sign_in(|_| ()).await.expect("signed in");
    assert_eq!((arrival.subject.as_str(), arrival.session.as_deref()), ("s-1", Some("session-1")));
    assert_eq!(arrival.email.as_deref(), Some("amy.dell@fenbridge.example"));
    assert_eq!(format!("{arrival:?}"), "Arrival(…)");
    let tolerated: &[Lie] = &[
        |it| it.claims["exp"] = json!(now().as_second() - 59),
        |it| it.claims["iat"] = json!(now().as_second() - 300),
        |it| it.claims["aud"] = json!(["register"]),
        |it| it.claims["azp"] = json!("register"),
        |it| it.returned.iss = Some(it.hostile.issuer.clone()),
    ];
    for truth in tolerated {
        assert!(hostile.sign_in(truth).await.is_ok());
    }
}

#[tokio::test]
async fn a_mail_address_counts_only_where_the_provider_stands_for_it() {
    let hostile = Hostile::open().await;
    for (verified, counts) in [
        (json!(true), true),
        (json!("true"), true),
        (json!(false), false),
        (json!("false"), false),
        (json!(1), false),
        (Value::Null, false),
    ] {
        let arrival =
            hostile.sign_in(|it| it.claims["email_verified"] = verified.clone()).await.expect("signed in");
        assert_eq!(arrival.email.is_some(), counts, "{verified}");
    }
}

#[tokio::test]
async fn a_mail_address_that_is_told_beside_the_token_counts_for_the_person_of_the_token_alone() {
    let hostile = Hostile::open().await;
    hostile.said.lock().expect("lock").description["userinfo_endpoint"] =
        json!(format!("{}/person", hostile.issuer));
    let address = "amy.dell@fenbridge.example";
    for (person, counts) in [
        (json!({"sub": "s-1", "email": address, "email_verified": true}), Ok(Some(address.to_owned()))),
        (json!({"sub": "s-1", "email": address, "email_verified": false}), Ok(None)),
        (json!({"sub": "s-1", "email": address}), Ok(None)),
        (json!({"sub": "s-1"}), Ok(None)),
        (json!({"sub": "s-2", "email": address, "email_verified": true}), Err(Refused::SomebodyElse)),
        (json!({"email": address, "email_verified": true}), Err(Refused::SomebodyElse)),
        (json!("nothing"), Err(Refused::Unreadable)),
    ] {
        hostile.said.lock().expect("lock").person = person.clone();
        let arrival = hostile.sign_in(|it| it.claims["email"] = Value::Null).await;
        assert_eq!(arrival.map(|arrival| arrival.email), counts, "{person}");
        // A token that names the address itself is asked nothing more about.
        assert!(hostile.sign_in(|_| ()).await.is_ok(), "{person}");
    }
}

#[tokio::test]
async fn a_code_is_good_once() {
    let hostile = Hostile::open().await;
    assert!(hostile.sign_in(|_| ()).await.is_ok());
    let departure = hostile.provider.depart(now()).await.expect("departure");
    let state =
        departure.address.split("state=").nth(1).and_then(|rest| rest.split('&').next()).map(str::to_owned);
    let returned = Returned { code: Some("code-1".to_owned()), state, ..Returned::default() };
    assert_eq!(hostile.provider.arrive(departure.kept, returned, now()).await, Err(Refused::Code));
}

#[tokio::test]
async fn who_promises_to_name_itself_must() {
    let hostile = Hostile::open().await;
    hostile.said.lock().expect("lock").description["authorization_response_iss_parameter_supported"] =
        json!(true);
    assert_eq!(hostile.sign_in(|_| ()).await, Err(Refused::MixedUp));
    assert!(hostile.sign_in(|it| it.returned.iss = Some(it.hostile.issuer.clone())).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_describes_itself_otherwise_is_not_asked() {
    for (what, other) in [
        ("issuer", "https://elsewhere.example"),
        ("token_endpoint", "http://elsewhere.example/token"),
        ("jwks_uri", "http://127.0.0.1.elsewhere.example/keys"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("userinfo_endpoint", "http://elsewhere.example/person"),
    ] {
        let hostile = Hostile::open().await;
        hostile.said.lock().expect("lock").description[what] = json!(other);
        assert_eq!(hostile.provider.depart(now()).await.err(), Some(Refused::Discovery), "{what}");
    }
}

#[tokio::test]
async fn a_provider_that_sends_us_elsewhere_is_not_followed() {
    for (what, path) in [("jwks_uri", "keys"), ("token_endpoint", "token")] {
        let hostile = Hostile::open().await;
        hostile.said.lock().expect("lock").description[what] =
            json!(format!("{}/away/{path}", hostile.issuer));
        assert!(hostile.sign_in(|_| ()).await.is_err(), "{what}");
        let said = hostile.said.lock().expect("lock");
        let asked = if what == "jwks_uri" { said.asked_for_keys > 0 } else { said.codes.is_empty() };
        assert!(!asked, "{what}: nobody was asked where it led");
    }
    let hostile = Hostile::open().await;
    hostile.said.lock().expect("lock").description["userinfo_endpoint"] =
        json!(format!("{}/away/person", hostile.issuer));
    hostile.said.lock().expect("lock").person =
        json!({"sub": "s-1", "email": "amy.dell@fenbridge.example", "email_verified": true});
    let arrival = hostile.sign_in(|it| it.claims["email"] = Value::Null).await;
    assert_ne!(arrival.ok().and_then(|it| it.email).as_deref(), Some("amy.dell@fenbridge.example"));
}

#[tokio::test]
async fn renewed_keys_are_found_and_made_up_ones_do_not_make_us_ask_without_end() {
    let hostile = Hostile::open().await;
    assert!(hostile.sign_in(|_| ()).await.is_ok());
    let renewed = json!({"keys": [hostile.key.published("two")]});
    hostile.said.lock().expect("lock").keys = renewed;
    let later = now() + SignedDuration::from_secs(31);
    let token = |name: &str| hostile.sign(&header(name, "logout+jwt"), &hostile.logout_claims());
    assert!(hostile.provider.logout(&token("two"), later).await.is_ok());
    for _ in 0..20 {
        assert_eq!(hostile.provider.logout(&token("made up"), later).await, Err(Refused::Key));
    }
    assert_eq!(hostile.provider.logout(&token("one"), later).await, Err(Refused::Key), "the former key");
    assert_eq!(hostile.said.lock().expect("lock").asked_for_keys, 2);
}

#[tokio::test]
async fn no_lie_signs_anybody_out() {
    let hostile = Hostile::open().await;
    let right = || (header("one", "logout+jwt"), hostile.logout_claims());
    let (kind, claims) = right();
    let logout = hostile.provider.logout(&hostile.sign(&kind, &claims), now()).await.expect("logout");
    assert_eq!((logout.subject.as_deref(), logout.message.as_str()), (Some("s-1"), "message-1"));
    let lies: &[(&str, Value, Refused)] = &[
        ("events", Value::Null, Refused::Kind),
        ("events", json!({"another": {}}), Refused::Kind),
        ("events", json!({LOGOUT: true}), Refused::Kind),
        ("nonce", json!("a nonce"), Refused::Kind),
        ("jti", Value::Null, Refused::Kind),
        ("iss", json!("https://elsewhere.example"), Refused::Issuer),
        ("aud", json!("elsewhere"), Refused::Audience),
        ("iat", json!(now().as_second() - 901), Refused::Time),
        ("exp", json!(now().as_second() - 61), Refused::Time),
    ];
    for (claim, value, refused) in lies {
        let (kind, mut claims) = right();
        claims[*claim] = value.clone();
        let told = hostile.provider.logout(&hostile.sign(&kind, &claims), now()).await;
        assert_eq!(told, Err(*refused), "{claim}: {value}");
    }
    let (kind, mut nobody) = right();
    nobody["sub"] = Value::Null;
    nobody["sid"] = Value::Null;
    assert_eq!(hostile.provider.logout(&hostile.sign(&kind, &nobody), now()).await, Err(Refused::Nobody));
    let forged = [
        (hostile.sign(&header("one", "JWT"), &hostile.id_claims()), Refused::Kind, "an ID token"),
        (hostile.sign(&header("one", "at+jwt"), &claims), Refused::Kind, "an access token"),
        (unsigned(&claims, "none"), Refused::Algorithm, "no algorithm"),
        (signed_with_public_key(&hostile, &claims), Refused::Algorithm, "HS256 with the public key"),
        (signed_by_stranger(&kind, &claims), Refused::Signature, "a stranger's key"),
        (altered(&hostile, &kind, &claims), Refused::Signature, "an altered claim"),
    ];
    for (token, refused, lie) in forged {
        assert_eq!(hostile.provider.logout(&token, now()).await, Err(refused), "{lie}");
    }
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_to_be() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("port");
    let issuer = format!("http://{}", listener.local_addr().expect("address"));
    drop(listener);
    let provider = Provider::new(settings(&issuer)).expect("provider");
    assert_eq!(provider.depart(now()).await.err(), Some(Refused::Unreachable));
}

#[test]
fn only_a_provider_behind_tls_or_on_this_machine_is_taken() {
    for issuer in [
        "http://login.example",
        "http://localhost.elsewhere.example",
        "http://127.0.0.1@elsewhere.example",
        "http://127.0.0.1:80@elsewhere.example",
        "ftp://x",
    ] {
        assert_eq!(Provider::new(settings(issuer)).err(), Some(NotAProvider::NotHttps), "{issuer}");
    }
    assert!(Provider::new(settings("https://login.example/tenant/v2.0")).is_ok());
    let shown = format!("{:?}", Provider::new(settings("https://login.example")));
    assert!(!shown.contains("secret"), "{shown}");
}
