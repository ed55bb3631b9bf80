//! Receipts: whoever was shown an answer, or may open a letter, can prove it to anybody; they hold nothing that their taker was not shown.

use super::browser::Browser;
use super::cases::{AWAY, At, Case, DECIDER, HERE, OFFICER_HERE, REGISTRAR, word};
use super::checks::{HOUSING, mark};
use super::council::{TestCouncil, id};
use super::programs::Program;
use axum::http::{Method, StatusCode};
use ledger::receipt::{Receipt, Stated};
use register::people::Role;
use serde_json::{Value, json};
use service::access::{AccessFilter, AccessKind};

/// Asks a check about the one marked, and gives the answer with its number and code.
async fn ask(browser: &mut Browser) -> (u64, String) {
    let asked = [("purpose", "call"), ("name", "Siobhan Kestrelwood"), ("address", "4 Mill Lane")];
    let page = browser.post("/check", &asked).await.body;
    assert!(page.contains("psr-verdict--marker"), "{page}");
    let told = page.split(" Check ").nth(1).and_then(|rest| rest.split('.').next()).expect("a number");
    let (number, code) = told.split_once(", ").expect("a code");
    (number.parse().expect("a number"), code.to_owned())
}

/// What a saved receipt proves to whoever has the public keys.
fn proved(council: &TestCouncil, receipt: &str) -> Vec<Stated> {
    Receipt::read(receipt).expect("a receipt").proves(&council.verifiers()).expect("a proof").records
}

fn facts(stated: &Stated) -> Value {
    serde_json::from_str(&stated.facts).expect("facts")
}

#[tokio::test]
async fn whoever_asked_proves_what_was_shown_and_when_and_the_receipt_holds_nobodys_name() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let mut officer = council.signed_in(Role::Officer).await;
    let (check, code) = ask(&mut officer).await;
    let place = format!("/check/receipts/{check}");
    let saved = officer.get(&place).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert!(saved.headers["content-disposition"].to_str().is_ok_and(|how| how.starts_with("attachment")));
    assert!(!saved.body.contains("Kestrelwood") && !saved.body.contains("Mill Lane"), "{}", saved.body);

    let records = proved(&council, &saved.body);
    let [stated] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((stated.position, stated.code.to_string()), (check, code));
    assert_eq!(stated.actor, id(Role::Officer).to_string());
    assert_eq!(facts(stated)["verdict"], "marker");
    let [(asked, nothing), (shown, answer)] = stated.particulars.as_slice() else { panic!("{stated:?}") };
    assert_eq!((asked.as_str(), nothing, shown.as_str()), ("asked", &None, "shown"));
    let answer = String::from_utf8(answer.clone().expect("opened")).expect("words");
    assert!(answer.contains("Do not visit alone: two people"), "{answer}");
    assert!(!answer.contains("Kestrelwood") && !answer.contains("Nightjar"), "{answer}");
}

#[tokio::test]
async fn nobody_takes_the_receipt_of_anothers_check_and_each_that_is_taken_leaves_a_trace() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let mut officer = council.signed_in(Role::Officer).await;
    let (check, _) = ask(&mut officer).await;
    let place = format!("/check/receipts/{check}");
    for role in [Role::Member, Role::Contractor, Role::DataProtection, Role::Administrator] {
        let taken = council.signed_in(role).await.get(&place).await;
        assert_ne!(taken.status, StatusCode::OK, "{role:?}");
        assert!(!taken.body.contains("opening"), "{role:?}");
    }
    assert_eq!(
        council.browser().get(&place).await.leads_to().map(|to| to.starts_with("/sign-in")),
        Some(true)
    );
    for other in ["0", "999999", "x"] {
        assert_eq!(
            officer.get(&format!("/check/receipts/{other}")).await.status,
            StatusCode::NOT_FOUND,
            "{other}"
        );
    }
    assert_eq!(officer.get(&place).await.status, StatusCode::OK);
    let rows = council.service.accesses(id(Role::Auditor), AccessFilter::default(), 100).await.expect("rows");
    let taken: Vec<_> = rows.iter().filter(|row| row.kind == AccessKind::Receipt).collect();
    assert_eq!(taken.iter().map(|row| row.by).collect::<Vec<_>>(), [Some(id(Role::Officer))]);
}

#[tokio::test]
async fn a_program_takes_the_receipt_of_its_own_check_and_of_no_other() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let (check, _) = ask(&mut council.signed_in(Role::Officer).await).await;
    let mut program = Program::of(&council, Role::System).await;
    let others = program.sends(Method::GET, &format!("/api/v1/checks/{check}/receipt"), None).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let question = json!({ "purpose": "visit", "day": "2026-11-24", "job": "J-17", "about": { "address": "4 Mill Lane, Fenbridge", "postcode": "FB1 2AB" } });
    let answer = program.sends(Method::POST, "/api/v1/checks", Some(&question)).await;
    let answer: Value = serde_json::from_str(&answer.body).expect("an answer");
    let place = format!("/api/v1/checks/{}/receipt", answer["check"]);
    let taken = program.sends(Method::GET, &place, None).await;
    let records = proved(&council, &taken.body);
    let [stated] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(answer["code"], stated.code.to_string());
    let names: Vec<_> = stated.particulars.iter().map(|(name, it)| (name.as_str(), it.is_some())).collect();
    assert_eq!(names, [("asked", false), ("job", false), ("shown", true)]);
}

#[tokio::test]
async fn a_letter_that_was_sent_is_proved_word_for_word_and_one_that_was_not_has_no_receipt() {
    let council = TestCouncil::open().await.staffed().await;
    let place = |case: Case| format!("/measures/{}/letter.json", case.measure);
    let approved = council.case(AWAY, At::Approved).await;
    let case = council.case(HERE, At::InForce).await;
    let mut registrar = council.browser_of(REGISTRAR).await;
    assert_eq!(registrar.get(&place(approved)).await.status, StatusCode::NOT_FOUND);
    let page = registrar.get(&format!("/measures/{}/letter", case.measure)).await;
    assert!(page.body.contains(&place(case)), "{}", page.body);
    let saved = registrar.get(&place(case)).await;
    let records = proved(&council, &saved.body);
    let [written, sent] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((written.kind.as_str(), sent.kind.as_str()), ("letter.written", "letter.sent"));
    assert!(written.position < sent.position);
    for stated in [written, sent] {
        assert_eq!(facts(stated)["measure"], case.measure.to_string());
    }
    assert!(facts(sent)["sent_on"].is_string());
    let letter = written.particulars.first().and_then(|(_, opened)| opened.clone()).expect("opened");
    let letter = String::from_utf8(letter).expect("words");
    assert!(letter.contains(&word(HERE, "explanation")), "{letter}");
    assert!(!letter.contains(&word(HERE, "reporter")), "{letter}");

    let mut reporter = council.browser_of(OFFICER_HERE).await;
    assert_ne!(reporter.get(&place(case)).await.status, StatusCode::OK);
    assert_eq!(council.browser_of(DECIDER).await.get(&place(case)).await.status, StatusCode::OK);
}
