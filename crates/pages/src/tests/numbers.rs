//! The register in numbers as people read it: the same on the page, in the saved table, at a meeting and in the totals.

use super::cases::{AWAY, At, DECIDER, HERE, PLANTED, REGISTRAR, word};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::command::CallMeeting;
use register::ids::MeetingId;
use register::people::Role;
use register::totals::totals;
use service::access::{AccessFilter, AccessKind};

/// The words of a page without its markup.
fn words(page: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            c if !inside => words.push(c),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn full() -> TestCouncil {
    let council = TestCouncil::open().await.staffed().await;
    for at in [At::Reported, At::Proposed, At::Decided, At::InForce, At::Withheld, At::Appealed, At::Ended] {
        council.case(HERE, at).await;
    }
    council
}

#[tokio::test]
async fn the_page_the_meeting_and_the_saved_tables_say_what_the_totals_say() {
    let council = full().await;
    let today = council.service.today();
    let meeting = MeetingId::from_bits(77);
    let chair = id(Role::GovernanceGroup);
    council.does(REGISTRAR, CallMeeting { meeting, held_on: today, chair }).await;
    let totals = council.service.read(|register| totals(register, today));
    assert_eq!((totals.entries, totals.untold, totals.appeals, totals.untriaged), (3, 1, 1, 1));

    let mut browser = council.signed_in(Role::GovernanceGroup).await;
    let page = words(&browser.get("/numbers").await.body);
    let at_meeting = words(&browser.get(&format!("/meetings/{meeting}")).await.body);
    for (what, many) in totals.named() {
        assert!(page.contains(&format!("{many} {what}")), "{what} on the page");
        assert!(at_meeting.contains(&format!("{what} {many}")), "{what} at the meeting");
    }
    let standing = browser.get("/numbers/standing/table.csv?from=2026-11&to=2026-11").await;
    let row = format!(
        "2026-11,{},{},{},{}\r\n",
        totals.entries, totals.restrictions, totals.warnings, totals.on_the_way
    );
    assert!(standing.body.contains(&row), "{}", standing.body);
    let shown = words(&browser.get("/numbers?from=2026-11&to=2026-11").await.body);
    assert!(shown.contains(&format!(
        "November 2026, so far {} {} {} {}",
        totals.entries, totals.restrictions, totals.warnings, totals.on_the_way
    )));
    assert!(at_meeting.contains("Entries that no check has shown since the last meeting"));
    assert!(at_meeting.contains(
        "Team Checks Marker Possible None found Customer Relations 0 0 0 0 Fenland Homes 0 0 0 0 Housing 0 0 0 0 All 0 0 0 0"
    ));
}

#[tokio::test]
async fn months_that_are_none_are_said_to_be_and_nothing_is_saved_of_them() {
    let council = full().await;
    let mut browser = council.signed_in(Role::DataProtection).await;
    for query in [
        "from=2026-12&to=2026-11",
        "from=1999-01&to=2026-11",
        "from=yesterday",
        "to=%00",
        "from=9998-01&to=9999-12",
        "from=0001-01&to=0002-01",
    ] {
        let page = browser.get(&format!("/numbers?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains("Choose a first month before the last"), "{query}");
        let saved = browser.get(&format!("/numbers/reports/table.csv?{query}")).await;
        assert_eq!(saved.status, StatusCode::NOT_FOUND, "{query}");
    }
    assert_eq!(browser.get("/numbers/nothing/table.csv").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn reading_and_saving_numbers_leaves_a_trace_each() {
    let council = full().await;
    let mut browser = council.signed_in(Role::Auditor).await;
    browser.get("/numbers").await;
    let saved = browser.get("/numbers/teams/table.csv").await;
    assert_eq!(saved.headers["content-type"], "text/csv; charset=utf-8");
    assert!(
        saved.headers["content-disposition"].to_str().expect("ascii").contains("teams-2025-12-2026-11.csv")
    );
    let auditor = id(Role::Auditor);
    let filter = AccessFilter { account: Some(auditor), ..AccessFilter::default() };
    let rows = council.service.accesses(auditor, filter, 100).await.expect("rows");
    assert_eq!(rows.iter().filter(|row| row.kind == AccessKind::Numbers).count(), 2);
}

#[tokio::test]
async fn a_decider_is_shown_comparable_cases_and_nothing_that_tells_whose_they_were() {
    let council = full().await;
    let case = council.case(AWAY, At::Assessed).await;
    let mut decider = council.browser_of(DECIDER).await;
    let page = decider.get(&format!("/measures/{}/decision", case.measure)).await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, past) = page.body.split_once("Comparable past cases").expect("a part of the page");
    let (past, _) = past.split_once("Your decision").expect("the next part");
    assert!(
        words(past).contains("Approved, November 2026 Threat to people, property or the council Amber Do not visit alone: two people"),
        "{past}"
    );
    assert!(words(past).contains("Waits for a decision"));
    for (planted, _) in PLANTED {
        assert!(!past.contains(&word(HERE, planted)), "{planted}");
    }
    let references = council.service.read(|register| {
        let measures = register.measures().map(|measure| measure.id.to_string());
        let subjects = register.subjects().map(|subject| subject.id.to_string());
        measures.chain(subjects).collect::<Vec<_>>()
    });
    assert!(references.iter().all(|reference| !past.contains(reference.as_str())));
}
