//! Before a grave act somebody shows afresh that it is they: nothing is done before, and nothing that was typed is lost.

use super::browser::{Answer, Browser};
use super::cases::{At, Case, HERE};
use super::council::{PASSWORD, TestCouncil, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::measure::Stage;
use register::people::Role;
use service::clock::Clock;

const ASKED: &str = "Show that it is you";
const REASONS: &str = "He said he would \"wait\" for her & her <sister>";

async fn decides(browser: &mut Browser, case: Case, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("outcome", "approve"),
        ("reasons", REASONS),
        ("review-day", "24"),
        ("review-month", "2"),
        ("review-year", "2027"),
    ];
    fields.extend(more);
    browser.post(&format!("/measures/{}/decision", case.measure), &fields).await
}

fn stage(council: &TestCouncil, case: Case) -> Option<Stage> {
    council.service.read(|register| register.measure(case.measure).map(|measure| measure.stage()))
}

async fn code(council: &TestCouncil, role: Role) -> String {
    council.service.demonstration_code(id(role)).await.expect("code")
}

fn later(council: &TestCouncil, minutes: i64) {
    council.clock.set(council.clock.now() + SignedDuration::from_mins(minutes));
}

#[tokio::test]
async fn a_decision_waits_for_the_code_and_keeps_what_was_typed() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Assessed).await;
    let mut other = council.signed_in(Role::RegisterTeam).await;
    let mut decider = council.signed_in(Role::DecisionMaker).await;
    later(&council, 11);
    assert_eq!(other.get("/").await.status, StatusCode::OK);

    let asked = decides(&mut decider, case, &[]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(asked.body.contains(ASKED), "{}", asked.body);
    assert_eq!(asked.hidden("outcome"), "approve");
    assert!(
        asked.body.contains("He said he would &#34;wait&#34; for her &#38; her &#60;sister&#62;"),
        "{}",
        asked.body
    );
    let another = "MZXW6YTBOJRGC6RAMFXGI43PNVXXEZLB";
    council
        .service
        .demonstration_credential(id(Role::RegisterTeam), PASSWORD, another)
        .await
        .expect("credential");
    let theirs = code(&council, Role::RegisterTeam).await;
    for wrong in ["000000", "12", "", &theirs] {
        let again = decides(&mut decider, case, &[("proof", wrong)]).await;
        assert!(again.body.contains(ASKED) && again.body.contains("&#60;sister&#62;"), "{wrong}");
        assert_eq!(stage(&council, case), Some(Stage::Decision), "{wrong}: nothing was decided");
    }
    let own = code(&council, Role::DecisionMaker).await;
    let done = decides(&mut decider, case, &[("proof", &own)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(stage(&council, case), Some(Stage::Notice));
}

#[tokio::test]
async fn a_proof_counts_for_ten_minutes_for_its_own_session_and_its_code_for_once() {
    let council = TestCouncil::open().await.staffed().await;
    let cases = [
        council.case(HERE, At::Assessed).await,
        council.case(HERE, At::Assessed).await,
        council.case(HERE, At::Assessed).await,
    ];
    let mut decider = council.signed_in(Role::DecisionMaker).await;
    let mut elsewhere = council.signed_in(Role::DecisionMaker).await;
    later(&council, 11);
    let own = code(&council, Role::DecisionMaker).await;
    assert_eq!(decides(&mut decider, cases[0], &[("proof", &own)]).await.status, StatusCode::SEE_OTHER);
    later(&council, 9);
    assert_eq!(decides(&mut decider, cases[1], &[]).await.status, StatusCode::SEE_OTHER, "it still counts");
    later(&council, -9);
    let there = decides(&mut elsewhere, cases[2], &[]).await;
    assert!(there.body.contains(ASKED), "another session has shown nothing");
    let again = decides(&mut elsewhere, cases[2], &[("proof", &own)]).await;
    assert!(again.body.contains("The code is not right"), "a code is good once");
    later(&council, 11);
    assert!(decides(&mut decider, cases[2], &[]).await.body.contains(ASKED), "it is too long ago");
}

#[tokio::test]
async fn whoever_guesses_has_to_wait() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Assessed).await;
    let mut decider = council.signed_in(Role::DecisionMaker).await;
    later(&council, 11);
    for _ in 0..service::sign_in::TRIES {
        decides(&mut decider, case, &[("proof", "000000")]).await;
    }
    let own = code(&council, Role::DecisionMaker).await;
    let refused = decides(&mut decider, case, &[("proof", &own)]).await;
    assert!(refused.body.contains("Too many tries"), "{}", refused.body);
    assert_eq!(stage(&council, case), Some(Stage::Decision));
}

#[tokio::test]
async fn what_is_taken_away_waits_for_the_code_and_leads_there_after_it_and_nowhere_else() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InForce).await;
    let mut officer = council.signed_in(Role::DataProtection).await;
    later(&council, 11);
    for place in [
        format!("/measures/{}/bundle.pdf", case.measure),
        format!("/subjects/{}/looks.pdf", case.subject),
        format!("/subjects/{}/looks.json", case.subject),
    ] {
        let asked = officer.get(&place).await;
        assert!(asked.body.contains(ASKED), "{place}");
        assert_eq!(asked.hidden("next"), place);
    }
    let empty = officer.post("/account/proof", &[("next", "/work")]).await;
    assert!(empty.body.contains("Enter the six digits") && empty.body.contains(ASKED));
    let own = code(&council, Role::DataProtection).await;
    let evil = [("next", "//evil.example"), ("proof", &*own)];
    assert_eq!(officer.post("/account/proof", &evil).await.leads_to(), Some("/"));
    let bundle = format!("/measures/{}/bundle.pdf", case.measure);
    assert_eq!(officer.get_bytes(&bundle).await.0, StatusCode::OK);
}
