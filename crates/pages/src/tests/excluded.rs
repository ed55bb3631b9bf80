//! Somebody who is too close to a subject: on every page as if there were no such file, at a check as many others, and seen when they try.

use super::browser::{Answer, Browser};
use super::cases::{AWAY, At, Case, HERE, PLANTED, Secret, plan, uprn, word};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::command::{ExcludeFromFile, VaryMeasure};
use register::exclusion::Closeness;
use register::people::Role;
use register::personal::Text;
use std::time::Duration;

async fn excluded(council: &TestCouncil, case: Case, role: Role) {
    let words = Text::new("Her former husband").expect("text");
    let account = id(role);
    let by = if role == Role::DataProtection { Role::RegisterTeam } else { Role::DataProtection };
    let exclude =
        ExcludeFromFile { subject: case.subject, account, closeness: Closeness::DomesticAbuse, words };
    council.does(id(by), exclude).await;
}

/// Every address about a case that opens to somebody.
fn places(case: Case) -> Vec<String> {
    let (subject, measure, incident) = (case.subject, case.measure, case.incident);
    let mut places: Vec<String> =
        ["", "/change", "/support", "/hold", "/looks.pdf", "/looks.json", "/exclusions", "/part"]
            .iter()
            .map(|act| format!("/subjects/{subject}{act}"))
            .collect();
    let of_measures = [
        "",
        "/assessment",
        "/decision",
        "/letter",
        "/letter.pdf",
        "/letter.json",
        "/bundle.pdf",
        "/appeal",
        "/contacts",
        "/contacts/new",
        "/dispute",
        "/vary",
        "/sponsor",
        "/review",
        "/remove",
        "/removal",
        "/withhold",
        "/hold",
        "/interim",
        "/interim.pdf",
        "/ombudsman",
    ];
    places.extend(of_measures.iter().map(|act| format!("/measures/{measure}{act}")));
    places
        .extend(["", "/triage", "/interim", "/hold"].iter().map(|act| format!("/incidents/{incident}{act}")));
    places.push(format!("/incidents/{incident}/files/{}", case.attachment));
    places
}

/// No word that was planted in the case, whatever secret it is.
fn says_nothing(answer: &str, what: &str) {
    for (field, secret) in PLANTED.iter().filter(|(_, secret)| *secret != Secret::Marker) {
        assert!(!answer.contains(&word(HERE, field)), "{what} shows {field} ({secret:?})");
    }
}

#[tokio::test]
async fn to_whoever_is_excluded_every_page_is_as_if_there_were_no_such_file() {
    let readers = [
        Role::RegisterTeam,
        Role::DecisionMaker,
        Role::GovernanceGroup,
        Role::AppealOfficer,
        Role::DataProtection,
        Role::LineManager,
    ];
    let mut opened = 0;
    for role in readers {
        let council = TestCouncil::open().await.staffed().await;
        let case = council.case(HERE, At::InForce).await;
        // References of the same form that were never given.
        let made_up = Case {
            subject: "S-0000-ZZZZ".parse().expect("a reference"),
            measure: "M-0000-ZZZZ".parse().expect("a reference"),
            incident: "I-0000-ZZZZ".parse().expect("a reference"),
            ..case
        };
        let mut browser = council.signed_in(role).await;
        for place in places(case) {
            opened += usize::from(browser.get_bytes(&place).await.0 == StatusCode::OK);
        }
        excluded(&council, case, role).await;
        for (place, other) in places(case).iter().zip(places(made_up)) {
            let (there, nowhere) = (browser.get(place).await, browser.get(&other).await);
            assert_eq!(there.status, nowhere.status, "{role:?} {place}");
            assert_eq!(there.body, nowhere.body, "{role:?} {place}: to the byte");
        }
        for place in [
            "/",
            "/work",
            "/incidents",
            "/meetings",
            "/withdrawals",
            "/subjects/doubles",
            "/retention",
            "/numbers",
            "/account",
        ] {
            says_nothing(&browser.get(place).await.body, &format!("{role:?} {place}"));
        }
    }
    assert!(opened > 30, "{opened}: before, the files opened");
}

async fn visit(browser: &mut Browser, uprn: u64) -> Answer {
    let uprn = uprn.to_string();
    let asked = [
        ("purpose", "visit"),
        ("day-day", "24"),
        ("day-month", "11"),
        ("day-year", "2026"),
        ("uprn", &*uprn),
        ("job", "J-17"),
    ];
    browser.post("/check", &asked).await
}

/// An answer without what was asked, the number and the code of the check and the name of the form.
fn masked(answer: &Answer, uprn: u64) -> String {
    let number = answer.body.split("Quote check ").nth(1).and_then(|rest| rest.split('.').next());
    let number = number.expect("the number of the check").to_owned();
    let code = answer.body.split(&format!("Check {number}, ")).nth(1).and_then(|rest| rest.split('.').next());
    let code = code.expect("the code of the check").to_owned();
    let masks = [
        (uprn.to_string(), "UPRN"),
        (format!("heck {number}"), "heck N"),
        (format!("/check/receipts/{number}"), "/check/receipts/N"),
        (code, "CODE"),
    ];
    masks.iter().fold(answer.body.trim_end().to_owned(), |body, (own, mask)| body.replace(own, mask))
}

#[tokio::test]
async fn a_check_answers_them_as_it_answers_about_anybody_elses_and_tells_those_who_oversee() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InForce).await;
    // Another that the officer's team is not told of.
    let outside = council.case(AWAY, At::InForce).await;
    let mut told_away = plan(AWAY);
    told_away.audience = vec![AWAY];
    told_away.words.audience_reasons.truncate(1);
    let reasons = Text::new("Nobody here meets her").expect("text");
    let vary = VaryMeasure { measure: outside.measure, plan: told_away, reasons };
    council.does(id(Role::DecisionMaker), vary).await;
    let mut officer = council.signed_in(Role::Officer).await;
    assert!(visit(&mut officer, uprn(case)).await.body.contains("psr-verdict--marker"));
    excluded(&council, case, Role::Officer).await;
    let (theirs, others) = (visit(&mut officer, uprn(case)).await, visit(&mut officer, uprn(outside)).await);
    assert_eq!(masked(&theirs, uprn(case)), masked(&others, uprn(outside)), "to the byte");
    assert_eq!(theirs.body.len(), others.body.len(), "and to the length");
    says_nothing(&theirs.body, "the answer");

    officer.get(&format!("/incidents/{}", case.incident)).await;
    let mut protection = council.signed_in(Role::DataProtection).await;
    let mut seen = String::new();
    // It is written beside the answer: within a minute at the latest, and here at once.
    for _ in 0..100 {
        seen = protection.get("/oversight").await.body;
        if seen.contains("Asked about a file they are excluded from")
            && seen.contains(&case.incident.to_string())
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(seen.contains(&case.subject.to_string()), "the check: {seen}");
    assert!(seen.contains(&case.incident.to_string()), "the file");
    assert!(!seen.contains(&outside.subject.to_string()), "nothing of anybody else's");
}
