//! Planned visits: who is told that an answer changed, that nothing else is told, and what they are shown when they ask.

use super::checks::{HOUSING, MEASURE, mark};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::command::ChangeAccount;
use register::ids::TeamId;
use register::people::Role;
use service::screening::ScreeningId;

const ASKED: &[(&str, &str)] = &[
    ("purpose", "visit"),
    ("day-day", "1"),
    ("day-month", "12"),
    ("day-year", "2026"),
    ("name", "Shavon Kestrelwood"),
    ("address", "4 Mill Lane"),
];
const NOTICE: &str = "of your planned visits has changed since you asked";
const SECRETS: [&str; 5] = ["Siobhan", "two people", "Nightjar", "960199", "Marker"];

#[tokio::test]
async fn whoever_asked_is_told_that_the_answer_changed_and_how_only_when_they_ask() {
    let council = TestCouncil::open().await;
    let mut member = council.signed_in(Role::Member).await;
    let empty = member.get("/check/planned").await;
    assert!(empty.body.contains("You have asked about no visit that is still to be made."));
    let answer = member.post("/check", ASKED).await;
    assert!(answer.body.contains("If this answer changes before the end of 1 December 2026"));
    let watched = member.get("/check/planned").await;
    assert!(watched.body.contains("Visit on 1 December 2026") && watched.body.contains("Stop watching"));
    assert!(!member.get("/").await.body.contains(NOTICE));

    mark(&council, HOUSING).await;
    council.service.bring_up_watches().await.expect("brought up");
    for page in ["/", "/check", "/check/planned"] {
        let page = member.get(page).await;
        assert!(page.body.contains(NOTICE) || page.body.contains("Changed at 2:03pm on 24 November 2026"));
        for secret in SECRETS.iter().copied().chain([MEASURE.to_string().as_str()]) {
            assert!(!page.body.contains(secret), "{secret}");
        }
    }
    let mut officer = council.signed_in(Role::Officer).await;
    assert!(!officer.get("/").await.body.contains(NOTICE), "nobody else is told");

    let listed = member.get("/check/planned").await.body;
    let action = listed.split("action=\"/check/planned/").nth(1).and_then(|rest| rest.split('"').next());
    let see = format!("/check/planned/{}", action.expect("a button"));
    for other in [&mut officer] {
        assert_eq!(other.post(&see, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&format!("{see}/stop"), &[]).await.status, StatusCode::NOT_FOUND);
    }
    let answer = member.post(&see, &[]).await;
    assert!(answer.body.contains("<li>Do not visit alone: two people</li>"), "{}", answer.body);
    assert!(answer.body.contains(&format!("Quote {MEASURE}")));
    assert!(!member.get("/").await.body.contains(NOTICE));
    assert_eq!(member.post(&see, &[]).await.status, StatusCode::NOT_FOUND, "it goes on from the new check");

    let listed = member.get("/check/planned").await.body;
    let stop = listed.split("action=\"").find(|rest| rest.starts_with("/check/planned/")).expect("a button");
    let stop = stop.split('"').next().expect("an address");
    assert_eq!(member.post(stop, &[]).await.leads_to(), Some("/check/planned"));
    assert!(!member.get("/check/planned").await.body.contains("Visit on 1 December 2026"));
}

#[tokio::test]
async fn whoever_may_not_ask_so_any_more_is_asked_for_what_is_missing() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let by_name: Vec<_> = ASKED.iter().copied().filter(|(field, _)| *field != "address").collect();
    officer.post("/check", &by_name).await;
    let listed = officer.get("/check/planned").await.body;
    let check = listed.split("action=\"/check/planned/").nth(1).and_then(|rest| rest.split('/').next());
    let see = format!("/check/planned/{}", check.expect("a button"));
    let details = council.service.read(|register| {
        register.account(id(Role::Officer)).and_then(|it| it.details.known().cloned()).expect("details")
    });
    let change = ChangeAccount {
        account: id(Role::Officer),
        roles: [Role::Contractor].into(),
        team: TeamId::from_bits(1),
        details,
    };
    let service = &council.service;
    service.execute(id(Role::RegisterTeam), service.fresh_command(), change).await.expect("changed");
    let mut contractor = council.browser_of(id(Role::Officer)).await;
    let answer = contractor.post(&see, &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Enter a second detail as well as the name"));
    assert!(answer.body.contains("value=\"Shavon Kestrelwood\""), "what was asked is kept");
}

#[tokio::test]
async fn a_list_shows_prints_and_saves_what_holds_now() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let pasted = "Tenant\tProperty\tVisit date\r\nShavon Kestrelwood\t4 Mill Lane\t1/12/2026\r\n\
        Ann Other\t99 Nowhere Road\t1/12/2026\r\n";
    let columns = officer.post("/screening", &[("purpose", "visit"), ("pasted", pasted)]).await;
    let chosen = [("heading", "1"), ("column-0", "name"), ("column-1", "address"), ("column-2", "day")];
    let list = officer.post(columns.leads_to().expect("columns"), &chosen).await;
    let list = list.leads_to().expect("a list").to_owned();
    let screening: ScreeningId = list.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a list");
    council.service.screen(screening).await.expect("screened");
    assert!(officer.get(&list).await.body.contains("None found (2)"));

    mark(&council, HOUSING).await;
    // Whoever prints before anything is found prints what holds now all the same.
    let rounds = officer.get(&format!("{list}/rounds")).await.body;
    assert!(rounds.contains("Do not visit alone: two people"), "{rounds}");
    assert!(rounds.contains("Changed since you asked: 2:03pm on 24 November 2026"));
    let page = officer.get(&list).await.body;
    for said in ["Changed since you asked (1)", "Do these things (1)", "None found (1)"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let saved = officer.get(&format!("{list}/answers.csv")).await.body;
    let changed = saved.lines().filter(|line| line.ends_with("2:03pm on 24 November 2026")).count();
    assert_eq!(changed, 1, "{saved}");
    assert!(!officer.get("/").await.body.contains(NOTICE));
}
