//! Programs that ask beside the pages: let in by a secret of two halves, out at once, told what their role is told, and on no page.

use super::browser::{Answer, Browser};
use super::cases::{At, HERE, PLANTED, Secret, uprn, word};
use super::council::{TestCouncil, id};
use super::partners::{ends, telling_of};
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Method, Request, StatusCode};
use jiff::SignedDuration;
use register::command::{AnswerForAccess, CloseAccount};
use register::partner::Shared;
use register::people::{Answer as Keeping, Role};
use serde_json::{Value, json};
use service::access::{AccessFilter, AccessKind};
use service::clock::Clock;
use service::programs::TOKEN_LIFE;

/// A program and the token it holds.
pub struct Program {
    pub browser: Browser,
    pub token: String,
}

pub fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

async fn asks_for_token(browser: &mut Browser, fields: &str) -> Answer {
    let request = Request::post("/api/v1/token").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    browser.send(request.body(Body::from(fields.to_owned())).expect("request")).await
}

fn fields_of(role: Role, secret: &str) -> String {
    format!("grant_type=client_credentials&client_id={}&client_secret={secret}", id(role))
}

impl Program {
    /// The program with this role, with a token for everything that it may.
    pub async fn of(council: &TestCouncil, role: Role) -> Self {
        let secret = council.secret_of(role).await;
        let mut browser = council.with_programs();
        let given = asks_for_token(&mut browser, &fields_of(role, &secret)).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
        let token = read(&given)["access_token"].as_str().expect("a token").to_owned();
        Self { browser, token }
    }

    pub async fn sends(&mut self, method: Method, place: &str, body: Option<&Value>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(place)
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
            .header(CONTENT_TYPE, "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.browser.send(request.body(body).expect("request")).await
    }

    async fn checks(&mut self, about: Value) -> Answer {
        let question = json!({ "purpose": "visit", "day": "2026-11-24", "job": "J-17", "about": about });
        self.sends(Method::POST, "/api/v1/checks", Some(&question)).await
    }
}

#[tokio::test]
async fn a_token_is_given_for_both_halves_of_a_secret_and_for_nothing_less() {
    let council = TestCouncil::open().await;
    let secret = council.secret_of(Role::System).await;
    let (first, second) = secret.split_once('.').expect("two halves");
    let mut browser = council.with_programs();
    let swapped = format!("{second}.{first}");
    for right in [&secret, &swapped] {
        let given = asks_for_token(&mut browser, &fields_of(Role::System, right)).await;
        let given = read(&given);
        assert_eq!((&given["token_type"], &given["expires_in"]), (&json!("Bearer"), &json!(3600)));
        assert_eq!(given["scope"], "check markers");
    }
    let longer = format!("{secret}.{first}.x");
    for wrong in [first, second, "", ".", &longer, &secret[1..], &secret.to_uppercase()] {
        let given = asks_for_token(&mut browser, &fields_of(Role::System, wrong)).await;
        assert_eq!(
            (given.status, &read(&given)["error"]),
            (StatusCode::UNAUTHORIZED, &json!("invalid_client"))
        );
    }
    // Another's account, a person's, nobody's, and what no token is given for.
    for (fields, error) in [
        (fields_of(Role::Directory, &secret), "invalid_client"),
        (fields_of(Role::Officer, &secret), "invalid_client"),
        (
            format!("grant_type=client_credentials&client_id=A-0000-0000&client_secret={secret}"),
            "invalid_client",
        ),
        ("grant_type=client_credentials".to_owned(), "invalid_client"),
        (
            fields_of(Role::System, &secret).replace("client_credentials", "password"),
            "unsupported_grant_type",
        ),
        (format!("{}&scope=staff", fields_of(Role::System, &secret)), "invalid_scope"),
        (format!("{}&scope=everything", fields_of(Role::System, &secret)), "invalid_scope"),
        ("client_id=x".to_owned(), "invalid_request"),
        (format!("{0}&{0}", fields_of(Role::System, &secret)), "invalid_request"),
    ] {
        let given = asks_for_token(&mut browser, &fields).await;
        assert_eq!(read(&given)["error"], error, "{fields}");
    }
    let narrow =
        asks_for_token(&mut browser, &format!("{}&scope=markers", fields_of(Role::System, &secret))).await;
    let mut narrow =
        Program { browser, token: read(&narrow)["access_token"].as_str().expect("a token").to_owned() };
    let answer = narrow.checks(json!({ "uprn": "100023336956" })).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.headers["www-authenticate"], "Bearer error=\"insufficient_scope\", scope=\"check\"");
}

#[tokio::test]
async fn a_secret_that_one_person_made_alone_is_none() {
    let council = TestCouncil::open().await;
    let by = register::moment::Actor::Account(id(Role::RegisterTeam));
    let half =
        council.service.invite(by, council.service.fresh_command(), id(Role::System)).await.expect("a half");
    let service::sign_in::Invitation::Half(half) = half else { panic!("a whole") };
    let mut browser = council.with_programs();
    let given = asks_for_token(&mut browser, &fields_of(Role::System, &half)).await;
    assert_eq!(given.status, StatusCode::UNAUTHORIZED);
    let agreed = council
        .service
        .agree_invitation(id(Role::RegisterTeam), council.service.fresh_command(), id(Role::System))
        .await;
    assert!(agreed.is_err(), "nobody agrees with themselves");
    // A person signs in with nothing of a program, and a program with nothing of a person.
    let page =
        browser.post("/sign-in/invitation", &[("code", &half), ("password", "marmalade kettle orbit")]).await;
    assert!(page.leads_to().is_none(), "{}", page.body);
    council
        .service
        .demonstration_credential(id(Role::System), "marmalade kettle orbit", super::council::SECRET)
        .await
        .expect("kept");
    let signs_in = [("email", "system@fenbridge.example"), ("password", "marmalade kettle orbit")];
    assert!(browser.post("/sign-in", &signs_in).await.leads_to().is_none());
}

#[tokio::test]
async fn a_program_is_out_with_its_next_request_once_it_is_closed_or_has_a_new_secret_or_an_hour_has_passed()
{
    let council = TestCouncil::open().await;
    let good = |answer: &Answer| answer.status == StatusCode::OK;
    let mut program = Program::of(&council, Role::System).await;
    assert!(good(&program.checks(json!({ "uprn": "100023336956" })).await));

    council.clock.set(council.clock.now() + TOKEN_LIFE - SignedDuration::from_secs(1));
    assert!(good(&program.checks(json!({ "uprn": "100023336956" })).await));
    council.clock.set(council.clock.now() + SignedDuration::from_secs(1));
    assert_eq!(program.checks(json!({ "uprn": "100023336956" })).await.status, StatusCode::UNAUTHORIZED);

    let mut first = Program::of(&council, Role::System).await;
    let mut second = Program::of(&council, Role::System).await;
    assert_eq!(first.checks(json!({ "uprn": "100023336956" })).await.status, StatusCode::UNAUTHORIZED);
    assert!(good(&second.checks(json!({ "uprn": "100023336956" })).await));

    let ends = AnswerForAccess { answers: [(id(Role::System), Keeping::Ends)].into() };
    council.does(id(Role::RegisterTeam), ends).await;
    let refused = second.checks(json!({ "uprn": "100023336956" })).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(read(&refused)["type"], "urn:psr:token");

    let mut directory = Program::of(&council, Role::Directory).await;
    assert!(good(&directory.sends(Method::GET, "/scim/v2/Users", None).await));
    council.does(id(Role::Administrator), CloseAccount { account: id(Role::Directory) }).await;
    let refused = directory.sends(Method::GET, "/scim/v2/Users", None).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_partners_program_is_told_what_its_agreement_shares_for_as_long_as_it_holds() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InterimLive).await;
    let place = uprn(case);
    telling_of(&council, place, Shared::ALL).await;
    let mut program = Program::of(&council, Role::System).await;

    let answer = program.checks(json!({ "uprn": place.to_string() })).await;
    let found = read(&answer);
    assert_eq!(found["answer"], "marker", "{}", answer.body);
    assert!(!found["markers"][0]["precautions"].as_array().expect("a list").is_empty());
    assert!(found["markers"][0]["ring"]["phone"].as_str().is_some_and(|phone| !phone.is_empty()));
    for (field, secret) in PLANTED {
        assert!(*secret == Secret::Marker || !answer.body.contains(&word(HERE, field)), "{field} is told");
    }
    let elsewhere = program.checks(json!({ "uprn": "100023336956" })).await;
    assert_eq!(read(&elsewhere)["answer"], "not-covered");
    assert_eq!(elsewhere.body.len(), answer.body.len(), "what is found shows in no length");
    let by_name = program.checks(json!({ "name": "Robin Kestrel" })).await;
    assert_eq!(by_name.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Whoever reads it in their own system says so there.
    let check = found["check"].as_u64().expect("a number");
    let acknowledgement = format!("/api/v1/checks/{check}/acknowledgement");
    assert_eq!(program.sends(Method::POST, &acknowledgement, None).await.status, StatusCode::NO_CONTENT);
    let another = format!("/api/v1/checks/{}/acknowledgement", check + 1);
    assert_eq!(program.sends(Method::POST, &another, None).await.status, StatusCode::NOT_FOUND);

    // Every answer has its row, by the program, with its job.
    let by = id(Role::DataProtection);
    let rows = council.service.accesses(by, AccessFilter::default(), 500).await.expect("rows");
    let own = |kind| rows.iter().filter(|row| row.by == Some(id(Role::System)) && row.kind == kind).count();
    assert_eq!((own(AccessKind::Check), own(AccessKind::Acknowledged)), (2, 1));

    ends(&council).await;
    let after = program.checks(json!({ "uprn": place.to_string() })).await;
    assert_eq!(read(&after)["answer"], "not-covered", "with the next question");
}

#[tokio::test]
async fn a_partners_program_receives_markers_once_and_takes_off_what_is_withdrawn() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InterimLive).await;
    telling_of(&council, uprn(case), Shared::ALL).await;
    let mut program = Program::of(&council, Role::System).await;
    let waiting = read(&program.sends(Method::GET, "/api/v1/markers", None).await)["deliveries"].clone();
    let delivery = waiting[0].clone();
    assert_eq!((waiting.as_array().map(Vec::len), &delivery["news"]), (Some(1), &json!("new")));
    assert_eq!(delivery["places"], json!(["9 Far Lane, Fenbridge"]));

    let receipts = format!("/api/v1/markers/{}/receipts", delivery["marker"].as_str().expect("a reference"));
    let wrong = program.sends(Method::POST, &receipts, Some(&json!({ "edition": "17" }))).await;
    assert_eq!(wrong.status, StatusCode::CONFLICT, "{}", wrong.body);
    let receipt = json!({ "edition": delivery["edition"] });
    // Sent again under one name, as after an answer that was lost on the way, it is done once.
    for _ in 0..2 {
        let request = Request::post(&receipts)
            .header(AUTHORIZATION, format!("Bearer {}", program.token))
            .header(CONTENT_TYPE, "application/json")
            .header("idempotency-key", "receipt-1");
        let received =
            program.browser.send(request.body(Body::from(receipt.to_string())).expect("request")).await;
        assert_eq!(received.status, StatusCode::NO_CONTENT, "{}", received.body);
    }
    let again = program.sends(Method::POST, &receipts, Some(&receipt)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    ends(&council).await;
    let withdrawn = read(&program.sends(Method::GET, "/api/v1/markers", None).await)["deliveries"][0].clone();
    assert_eq!((&withdrawn["news"], &withdrawn["precautions"]), (&json!("withdrawn"), &json!([])));
    let receipt = json!({ "edition": withdrawn["edition"] });
    let off = program.sends(Method::POST, &receipts, Some(&receipt)).await;
    assert_eq!(off.status, StatusCode::NO_CONTENT, "{}", off.body);
}

#[tokio::test]
async fn no_cookie_opens_anything_of_programs_and_no_token_opens_a_page() {
    let council = TestCouncil::open().await.staffed().await;
    let program = Program::of(&council, Role::System).await;
    let mut person = council.signed_in(Role::RegisterTeam).await;
    let mut both = council.with_programs();
    both.cookie.clone_from(&person.cookie);
    for place in ["/api/v1/markers", "/scim/v2/Users", "/scim/v2/Groups", "/scim/v2/Schemas"] {
        assert_eq!(both.get(place).await.status, StatusCode::UNAUTHORIZED, "{place}");
    }
    assert_eq!(person.get("/accounts").await.status, StatusCode::OK);
    for place in ["/", "/check", "/accounts", "/deliveries", "/work", "/account"] {
        let request = Request::get(place).header(AUTHORIZATION, format!("Bearer {}", program.token));
        let answer = council.with_programs().send(request.body(Body::empty()).expect("request")).await;
        assert!(answer.leads_to().is_some_and(|place| place.starts_with("/sign-in")), "{place}");
    }
    // Nor does it in a cookie, as a session.
    let mut cookie = council.with_programs();
    cookie.cookie = Some(format!("psr={}", program.token));
    assert!(cookie.get("/check").await.leads_to().is_some());
}

#[tokio::test]
async fn what_cannot_be_read_is_told_as_programs_read_it_and_is_never_an_answer() {
    let council = TestCouncil::open().await.staffed().await;
    let mut program = Program::of(&council, Role::System).await;
    let question =
        json!({ "purpose": "visit", "day": "2026-11-24", "job": "J-17", "about": { "uprn": "1" } });
    let changed = |field: &str, value: Value| {
        let mut changed = question.clone();
        changed[field] = value;
        changed
    };
    for (body, status) in [
        (changed("purpose", json!("curiosity")), StatusCode::BAD_REQUEST),
        (changed("day", json!("24 November")), StatusCode::BAD_REQUEST),
        (changed("roles", json!(["administrator"])), StatusCode::BAD_REQUEST),
        (changed("about", json!({ "uprn": "1", "account": "A-1" })), StatusCode::BAD_REQUEST),
        (changed("about", json!({})), StatusCode::UNPROCESSABLE_ENTITY),
        (changed("about", json!({ "address": "*" })), StatusCode::UNPROCESSABLE_ENTITY),
        (changed("about", json!({ "address": "x".repeat(501) })), StatusCode::UNPROCESSABLE_ENTITY),
        (changed("day", Value::Null), StatusCode::UNPROCESSABLE_ENTITY),
        (changed("job", json!(" ")), StatusCode::UNPROCESSABLE_ENTITY),
        (changed("job", json!("J".repeat(101))), StatusCode::UNPROCESSABLE_ENTITY),
        (json!([]), StatusCode::BAD_REQUEST),
        (changed("job", json!("J".repeat(70_000))), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let answer = program.sends(Method::POST, "/api/v1/checks", Some(&body)).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert!(!answer.body.contains("none-found") && read(&answer)["title"].is_string());
    }
    for (method, place, status) in [
        (Method::GET, "/api/v1/checks", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "/api/v1/nothing", StatusCode::NOT_FOUND),
        (Method::POST, "/api/v1/checks/x/acknowledgement", StatusCode::NOT_FOUND),
        (Method::GET, "/scim/v2/Users", StatusCode::FORBIDDEN),
    ] {
        let answer = program.sends(method, place, None).await;
        assert_eq!(
            (answer.status, answer.headers["content-type"].to_str().unwrap_or_default()),
            (status, "application/problem+json"),
            "{place}"
        );
    }
}

#[tokio::test]
async fn what_programs_may_ask_is_described_and_every_address_of_it_is_there() {
    let council = TestCouncil::open().await;
    let mut browser = council.with_programs();
    let description = read(&browser.get("/api/openapi.json").await);
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let paths = description["paths"].as_object().expect("paths");
    assert_eq!(paths.len(), 7);
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let place =
                path.replace("{check}", "1").replace("{marker}", "M-0000-0000").replace("{log}", "register");
            let request = Request::builder().method(method).uri(&place);
            let answer = browser.send(request.body(Body::empty()).expect("request")).await;
            let there = ![StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED].contains(&answer.status);
            assert!(there, "{path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn every_program_is_a_witness_of_both_logs_and_nobody_without_a_token_is() {
    let council = TestCouncil::open().await;
    let mut program = Program::of(&council, Role::Directory).await;
    for log in ["register", "access"] {
        let first = program.sends(Method::GET, &format!("/api/v1/checkpoints/{log}"), None).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        assert_eq!(first.headers["content-type"], "text/plain; charset=utf-8");
        let mut lines = first.body.lines();
        assert_eq!((lines.next(), lines.next()), (Some("old 0"), Some("")), "{}", first.body);
        assert!(lines.next().is_some_and(|origin| origin.ends_with(&format!("/{log}"))), "{}", first.body);
        let size: u64 = lines.next().and_then(|size| size.parse().ok()).expect("a size");
        let next = program.sends(Method::GET, &format!("/api/v1/checkpoints/{log}?old=1"), None).await;
        assert_eq!(next.body.starts_with("old 1\n"), size > 0, "{}", next.body);
        let beyond = format!("/api/v1/checkpoints/{log}?old={}", size + 1_000_000);
        let beyond = program.sends(Method::GET, &beyond, None).await;
        assert!(!beyond.body.contains(&(size + 1_000_000).to_string()), "{}", beyond.body);
        let before = program.browser.get(&format!("/api/v1/checkpoints/{log}")).await;
        assert_eq!(before.status, StatusCode::UNAUTHORIZED);
    }
    for (place, status) in [
        ("/api/v1/checkpoints/nothing", StatusCode::NOT_FOUND),
        ("/api/v1/checkpoints/register?old=-1", StatusCode::BAD_REQUEST),
        ("/api/v1/checkpoints/register?old=x", StatusCode::BAD_REQUEST),
        ("/api/v1/checkpoints/register?new=1", StatusCode::BAD_REQUEST),
    ] {
        let answer = program.sends(Method::GET, place, None).await;
        assert_eq!(answer.status, status, "{place}: {}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
    }
}
