//! Lists of planned visits, from the file to the answers.

use super::browser::{Answer, Browser};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::people::Role;
use register::view::Purpose;
use service::access::{AccessFilter, AccessKind};
use service::screening::ScreeningId;

const PASTED: &str = "Repairs, week 49\r\n\r\nTenant\tProperty\tVisit date\tOperative\tNotes\r\n\
    Ann Other\t4 Mill Lane, Fenmarsh\t27/11/2026\tWren\tgate code\r\n\
    Bob Else\t5 Mill Lane, Fenmarsh\t31/02/2026\tWren\t\r\n\
    Cy Third\t#REF!\t27/11/2026\tLark\t\r\n\
    \t\t27/11/2026\tLark\t\r\n\
    =Dee Fourth\t7 Mill Lane, Fenmarsh\t1/1/2020\tLark\t\r\n";

async fn pasted(browser: &mut Browser, list: &str) -> Answer {
    browser.post("/screening", &[("purpose", "visit"), ("pasted", list)]).await
}

fn leads_to(answer: &Answer) -> String {
    answer.leads_to().unwrap_or_else(|| panic!("{}: {}", answer.status, answer.body)).to_owned()
}

#[tokio::test]
async fn a_pasted_list_is_read_by_its_headings_and_every_row_is_accounted_for() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let columns = leads_to(&pasted(&mut officer, PASTED).await);
    let page = officer.get(&columns).await;
    for said in [
        "value=\"3\"",
        "Column A: Tenant",
        "Ann Other · Bob Else · Cy Third",
        "<option value=\"officer\" selected>Who goes</option>",
        "5 rows",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let chosen = [
        ("sheet", "0"),
        ("heading", "3"),
        ("column-0", "name"),
        ("column-1", "address"),
        ("column-2", "day"),
        ("column-3", "officer"),
        ("column-4", ""),
    ];
    let list = leads_to(&officer.post(&columns, &chosen).await);
    let screening: ScreeningId = list.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a list");
    council.service.screen(screening).await.expect("screened");

    let page = officer.get(&list).await;
    for said in [
        "1 of 1 checked",
        "None found (1)",
        "This is not an all-clear",
        "“31/02/2026” is no day such as 3/12/2026",
        "Address shows #REF!",
        "Enter a name, an address or another detail of whom you will contact",
        "1 January 2020 has passed",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("Ann Other"), "what asks for nothing is shown when it is asked for");
    let shown = officer.get(&format!("{list}?group=none-found")).await;
    assert!(shown.body.contains("Ann Other, 4 Mill Lane, Fenmarsh"));
    let saved = officer.get(&format!("{list}/answers.csv")).await;
    let lines: Vec<&str> = saved.body.lines().collect();
    assert_eq!(lines.len(), 6, "{}", saved.body);
    assert!(lines.iter().any(|line| line.starts_with("4,2026-11-27,Wren,") && line.contains("None found")));
    assert!(lines.iter().any(|line| line.starts_with("6,") && line.contains("Address shows #REF!")));

    // Each row that was checked is a check of theirs, and each reading of the answers a look.
    let rows = council
        .service
        .accesses(
            id(Role::Auditor),
            AccessFilter { account: Some(id(Role::Officer)), ..AccessFilter::default() },
            50,
        )
        .await
        .expect("rows");
    let of = |kind| rows.iter().filter(|row| row.kind == kind).count();
    assert_eq!((of(AccessKind::Check), of(AccessKind::Screening)), (1, 3));
    assert!(rows.iter().any(|row| row.kind == AccessKind::Check && row.purpose == Some(Purpose::Visit)));
}

#[tokio::test]
async fn columns_that_somebody_chose_are_remembered_for_a_list_with_the_same_headings() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let list = "Wer\tWo\r\nAnn Other\t4 Mill Lane\r\n";
    let columns = leads_to(&pasted(&mut officer, list).await);
    assert!(officer.get(&columns).await.body.contains("Column A"), "nothing is recognised");
    let refused = officer.post(&columns, &[("heading", "1"), ("column-0", "officer")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Choose a column with a name, an address or another detail"));
    let chosen = [("heading", "1"), ("column-0", "name"), ("column-1", "address")];
    // Without a day in the list or for all of it, no row can be checked: a visit has one.
    let refused = officer.post(&columns, &chosen).await;
    assert!(
        refused.body.contains("No row of the list can be checked: row 2: Enter the day of the visit"),
        "{}",
        refused.body
    );
    let day = [("day-day", "27"), ("day-month", "11"), ("day-year", "2026")];
    let with_day = [[("purpose", "visit"), ("pasted", list)].as_slice(), day.as_slice()].concat();
    let columns = leads_to(&officer.post("/screening", &with_day).await);
    leads_to(&officer.post(&columns, &chosen).await);
    let columns = leads_to(&officer.post("/screening", &with_day).await);
    let page = officer.get(&columns).await;
    assert!(page.body.contains("<option value=\"address\" selected>Address</option>"), "{}", page.body);
}

#[tokio::test]
async fn what_is_no_list_is_said_at_its_field_and_nobody_reads_anothers() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let nothing = officer.post("/screening", &[("purpose", "visit")]).await;
    assert!(nothing.body.contains("href=\"#file\">Choose a file, or paste the list"));
    let binary = pasted(&mut officer, "\u{1}\u{2}").await;
    assert!(binary.body.contains("save it as CSV, XLSX or ODS"), "{}", binary.body);
    let columns = leads_to(&pasted(&mut officer, PASTED).await);
    let mut manager = council.signed_in(Role::LineManager).await;
    assert_eq!(manager.get(&columns).await.status, StatusCode::NOT_FOUND);
    let chosen = [("heading", "3"), ("column-0", "name"), ("column-1", "address"), ("column-2", "day")];
    let list = leads_to(&officer.post(&columns, &chosen).await);
    for place in ["", "/answers.csv", "/rounds"] {
        assert_eq!(manager.get(&format!("{list}{place}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.get(&format!("{list}{place}")).await.status, StatusCode::OK);
    }
    let mut member = council.signed_in(Role::Member).await;
    assert_eq!(member.get("/screening").await.status, StatusCode::FORBIDDEN);
}
