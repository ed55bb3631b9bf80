//! What somebody tries who means harm and has a browser: each here was tried by hand first.

use super::cases::{AWAY, At, HERE, MANAGER_AWAY, uprn, word};
use super::council::{PASSWORD, TestCouncil, email, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::ids::CommandId;
use register::incident::Danger;
use register::people::Role;
use service::clock::Clock;
use service::sign_in::TRIES;

#[tokio::test]
async fn a_code_is_good_once_even_in_another_session() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::DecisionMaker).await;
    let typed = [("email", email(Role::DecisionMaker)), ("password", PASSWORD.to_owned())];
    let typed: Vec<(&str, &str)> = typed.iter().map(|(field, value)| (*field, value.as_str())).collect();
    let (mut one, mut other) = (council.browser(), council.browser());
    one.post("/sign-in", &typed).await;
    other.post("/sign-in", &typed).await;
    let code = council.service.demonstration_code(id(Role::DecisionMaker)).await.expect("code");
    let first = one.post("/sign-in/second-factor", &[("code", &code)]).await;
    assert_eq!(first.leads_to(), Some("/"));
    let replayed = other.post("/sign-in/second-factor", &[("code", &code)]).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.get("/").await.leads_to(), Some("/sign-in/second-factor"));
}

#[tokio::test]
async fn a_guesser_is_stopped_however_the_address_is_spelt_and_whether_there_is_one() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    let known = email(Role::Officer);
    for spelt in [known.as_str(), "nobody@fenbridge.example"] {
        let spellings =
            [spelt.to_owned(), spelt.to_uppercase(), format!(" {spelt} "), format!("\u{0}{spelt}")];
        let mut browser = council.browser();
        for spelling in spellings.iter().cycle().take(TRIES) {
            let answer = browser.post("/sign-in", &[("email", spelling), ("password", "not this one")]).await;
            assert!(answer.body.contains("The email address or password is not right"), "{spelling}");
        }
        for spelling in &spellings {
            let answer = browser.post("/sign-in", &[("email", spelling), ("password", PASSWORD)]).await;
            assert!(answer.body.contains("Too many tries"), "{spelling}");
        }
    }
}

#[tokio::test]
async fn a_session_that_somebody_else_chose_is_never_signed_in() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    let mut victim = council.browser();
    victim.cookie = Some("psr=chosen-by-somebody-else".to_owned());
    victim.post("/sign-in", &[("email", &email(Role::Officer)), ("password", PASSWORD)]).await;
    assert!(!victim.cookie.as_deref().unwrap_or_default().contains("chosen"));
    let mut attacker = council.browser();
    attacker.cookie = Some("psr=chosen-by-somebody-else".to_owned());
    assert_eq!(attacker.get("/").await.leads_to(), Some("/sign-in"));
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site_at_any_step() {
    let council = TestCouncil::open().await;
    council.signed_in(Role::Officer).await;
    let mail = email(Role::Officer);
    for next in
        ["//evil.example", "/\\evil.example", "https://evil.example/", "/\r\nX: y", "/%0d%0a/../sign-in"]
    {
        let mut browser = council.browser();
        let sent = [("email", mail.as_str()), ("password", PASSWORD), ("next", next)];
        let half = browser.post("/sign-in", &sent).await;
        assert!(half.leads_to().is_some_and(|place| place.starts_with("/sign-in/second-factor")), "{next}");
        let code = council.service.demonstration_code(id(Role::Officer)).await.expect("code");
        council.clock.set(council.clock.now() + SignedDuration::from_secs(30));
        let whole = browser.post("/sign-in/second-factor", &[("code", &code), ("next", next)]).await;
        let place = whole.leads_to().expect("somewhere").to_owned();
        assert!(place == "/" || place == next && next.starts_with("/%"), "{place}");
        assert!(!half.headers.contains_key("x") && !whole.headers.contains_key("x"));
    }
}

#[tokio::test]
async fn fields_that_no_page_has_change_nothing() {
    let council = TestCouncil::open().await.staffed().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let begun = officer.post("/incidents/new", &[("danger", "no")]).await;
    let report = begun.leads_to().and_then(|place| place.strip_suffix("/when")).expect("report").to_owned();
    let case = council.case(HERE, At::Reported).await;
    // A file of somebody else's report, as a draft lists its own; an answer of another page; another reporter.
    let file = format!("{} text/plain 12 stolen.txt", case.attachment);
    let sent = [
        ("evidence", "None"),
        ("file", file.as_str()),
        ("danger", "called"),
        ("reporter", "A-0000-0001"),
        ("team", "T-0000-0002"),
    ];
    officer.post(&format!("{report}/evidence"), &sent).await;
    let evidence = officer.get(&format!("{report}/evidence")).await;
    assert!(!evidence.body.contains("stolen.txt"));
    let danger = officer.get(&format!("{report}/danger")).await;
    let is_chosen = |key: &str| danger.body.contains(&format!("value=\"{key}\" checked"));
    assert!(is_chosen(Danger::No.key()) && !is_chosen(Danger::Called.key()));
}

#[tokio::test]
async fn a_report_that_somebody_else_is_writing_is_not_there() {
    let council = TestCouncil::open().await.staffed().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let begun = officer.post("/incidents/new", &[("danger", "no")]).await;
    let report = begun.leads_to().and_then(|place| place.strip_suffix("/when")).expect("report").to_owned();
    officer.post(&format!("{report}/what"), &[("what", "Only for me"), ("behaviours", "THR")]).await;
    let mut other = council.signed_in(Role::RegisterTeam).await;
    for page in ["", "/danger", "/when", "/who", "/what", "/evidence", "/you", "/emergency", "/check"] {
        let place = format!("{report}{page}");
        assert_eq!(other.get(&place).await.status, StatusCode::NOT_FOUND, "{place}");
        if !page.is_empty() && page != "/check" {
            let answer = other.post(&place, &[("what", "Written over")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{place}");
        }
    }
    assert!(officer.get(&format!("{report}/what")).await.body.contains("Only for me"));
    // Begun under the same name, it is a draft of one's own, and the other's stays as it is.
    let key = report.rsplit('/').next().expect("key").to_owned();
    other.post("/incidents/new", &[("command", &key), ("danger", "no")]).await;
    assert!(!other.get(&format!("{report}/what")).await.body.contains("Only for me"));
    assert!(officer.get(&format!("{report}/what")).await.body.contains("Only for me"));
}

#[tokio::test]
async fn the_name_of_anothers_asking_does_nothing_and_tells_nothing() {
    let council = TestCouncil::open().await.staffed().await;
    let mut officer = council.signed_in(Role::RegisterTeam).await;
    let used = council.service.fresh_command();
    let subject = [("command", used.to_string())];
    let typed = [("command", subject[0].1.as_str()), ("kind", "person"), ("name-1", "Robin Kestrel")];
    assert_eq!(officer.post("/subjects/new", &typed).await.status, StatusCode::SEE_OTHER);
    let mut other = council.browser_of(super::cases::SECOND_REGISTRAR).await;
    let before = council.service.position();
    let answer = other.post("/subjects/new", &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("already in use"));
    assert_eq!(council.service.position(), before);
    assert!(CommandId(used.0).0 > 0);
}

#[tokio::test]
async fn opening_any_page_changes_nothing_in_the_register() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Written).await;
    let mut registrar = council.signed_in(Role::RegisterTeam).await;
    let before = council.service.position();
    for act in ["confirm", "add", "sent", "triage", "interim", ""] {
        registrar.get(&format!("/incidents/{}/{act}", case.incident)).await;
    }
    for act in ["interim/agree", "interim/refuse", "letter", "hold", "remove", "decision"] {
        registrar.get(&format!("/measures/{}/{act}", case.measure)).await;
    }
    for act in
        ["invitation", "invitation/agree", "second-factor", "second-factor/agree", "roles/agree", "close"]
    {
        let place = format!("/accounts/{}/{act}", id(Role::Officer));
        let query = format!("{place}?command={}", council.service.fresh_command());
        registrar.get(&query).await;
    }
    registrar.get("/sign-out").await;
    assert_eq!(council.service.position(), before);
    assert_eq!(registrar.get("/").await.status, StatusCode::OK);
}

/// A line manager reads the cases of the own team; being one opens no other team's marker (decision 0004).
#[tokio::test]
async fn a_manager_outside_the_audience_is_told_to_ring() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InForce).await;
    let mut manager = council.browser_of(MANAGER_AWAY).await;
    let uprn = uprn(case).to_string();
    let asked = [
        ("purpose", "visit"),
        ("day-day", "24"),
        ("day-month", "11"),
        ("day-year", "2026"),
        ("uprn", uprn.as_str()),
    ];
    let answer = manager.post("/check", &asked).await;
    assert!(answer.body.contains("psr-verdict--possible"));
    assert!(
        !answer.body.contains(&word(HERE, "ring-name")) && !answer.body.contains(&case.measure.to_string())
    );
}

/// How much waits in other teams is no line manager's business.
#[tokio::test]
async fn the_home_page_counts_only_what_its_reader_may_open() {
    let council = TestCouncil::open().await.staffed().await;
    council.case(AWAY, At::InterimAsked).await;
    let mut manager = council.signed_in(Role::LineManager).await;
    assert!(!manager.get("/").await.body.contains("Agree or refuse this interim marker"));
    council.case(HERE, At::InterimAsked).await;
    assert!(manager.get("/").await.body.contains("Agree or refuse this interim marker"));
}
