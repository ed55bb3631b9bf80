//! Access asked for, given, confirmed, lapsed and given back, as those who do it see it.

use super::council::{PASSWORD, SECRET, TestCouncil, email, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::ids::TeamId;
use register::people::{Action, Role, Standing};

const HERE: TeamId = TeamId::from_bits(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Moves the clock and carries out what is due each day.
async fn days_pass(council: &TestCouncil, days: i32) {
    for _ in 0..days {
        council.clock.set(council.service.now() + DAY);
        council.service.carry_out_due().await.expect("carried out");
    }
}

const NEWCOMER: &[(&str, &str)] = &[
    ("name", "Ann Other"),
    ("email", "ann@fenbridge.example"),
    ("work", "Mends roofs"),
    ("role", "contractor"),
    ("from-day", "24"),
    ("from-month", "11"),
    ("from-year", "2026"),
];
const UNTIL: &[(&str, &str)] = &[("until-day", "31"), ("until-month", "3"), ("until-year", "2027")];

#[tokio::test]
async fn a_manager_asks_the_register_team_gives_and_the_manager_sees_how_far_it_is() {
    let council = TestCouncil::open().await;
    let mut manager = council.signed_in(Role::LineManager).await;
    let without_end = manager.post("/access/ask", NEWCOMER).await;
    assert_eq!(without_end.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without_end.body.contains("Enter the last day") && without_end.body.contains("Mends roofs"));
    let asked = manager.post("/access/ask", &[NEWCOMER, UNTIL].concat()).await;
    assert_eq!(asked.leads_to(), Some(&*format!("/teams/{HERE}/people")));
    assert!(manager.get(&format!("/teams/{HERE}/people")).await.body.contains("Asked for, answered by"));

    let mut registrar = council.signed_in(Role::RegisterTeam).await;
    assert!(registrar.get("/work").await.body.contains("Give or refuse access"));
    let request = council.service.read(|register| register.requests().next().map(|it| it.account));
    let request = request.expect("a request");
    assert!(registrar.get(&format!("/access/{request}")).await.body.contains("Mends roofs"));
    let page = registrar.get(&format!("/accounts/new?for={request}")).await;
    assert!(page.body.contains("What was asked for") && page.body.contains("ann@fenbridge.example"));
    let team = HERE.to_string();
    let account = [
        ("for", &*request.to_string()),
        ("name", "Ann Other"),
        ("email", "ann@fenbridge.example"),
        ("team", &team),
        ("roles", "contractor"),
    ];
    let opened = registrar.post("/accounts/new", &account).await;
    assert_eq!(opened.leads_to(), Some(&*format!("/accounts/{request}")));
    assert!(registrar.get(&format!("/accounts/{request}")).await.body.contains("31 March 2027"));
    let people = manager.get(&format!("/teams/{HERE}/people")).await.body;
    assert!(people.contains("Ann Other") && people.contains("Last day 31 March 2027"));
    assert!(!people.contains("Asked for, answered by"));
}

#[tokio::test]
async fn somebody_new_is_noted_and_their_manager_says_that_they_need_no_access() {
    let council = TestCouncil::open().await;
    let mut registrar = council.signed_in(Role::RegisterTeam).await;
    let team = HERE.to_string();
    let noted = [&NEWCOMER[..2], &NEWCOMER[4..], &[("team", &*team)]].concat();
    let noted = registrar.post("/access/note", &noted).await;
    let place = noted.leads_to().expect("noted").to_owned();
    let mut manager = council.signed_in(Role::LineManager).await;
    assert!(manager.get("/work").await.body.contains("Say whether somebody new needs access"));
    assert!(manager.get(&place).await.body.contains("They need access"));
    let why = [("decline-reasons", "Works in the depot")];
    let empty = manager.post(&format!("{place}/decline"), &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let declined = manager.post(&format!("{place}/decline"), &why).await;
    assert_eq!(declined.status, StatusCode::SEE_OTHER);
    assert!(registrar.get(&place).await.body.contains("Works in the depot"));
    let mut officer = council.signed_in(Role::Officer).await;
    assert_eq!(officer.get(&place).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_account_that_nobody_confirms_lapses_is_told_whom_to_ring_and_is_given_back_by_one_answer() {
    let council = TestCouncil::open().await;
    days_pass(&council, 93).await;
    let people = format!("/teams/{HERE}/people");
    let mut manager = council.signed_in(Role::LineManager).await;
    assert!(manager.get("/work").await.body.contains("Say who of your team keeps access"));
    assert!(manager.get(&people).await.body.contains("who still needs access"));
    days_pass(&council, 14 + 28 + 3).await;
    let standing = council.service.read(|register| register.account(id(Role::Officer)).map(|it| it.standing));
    assert!(matches!(standing, Some(Standing::Suspended(_))));
    let credentials = [("email", &*email(Role::Officer)), ("password", PASSWORD)];
    let officer = id(Role::Officer);
    council.service.demonstration_credential(officer, PASSWORD, SECRET).await.expect("credential");
    let mut browser = council.browser();
    let refused = browser.post("/sign-in", &credentials).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("01632 960101"), "whom to ring");
    let wrong = browser.post("/sign-in", &[("email", &*email(Role::Officer)), ("password", "wrong")]).await;
    assert!(!wrong.body.contains("suspended"), "nobody else learns that it is");

    // The last who decides and the last who manages accounts are left.
    let left = council.service.read(|register| {
        let open = register.accounts().filter(|it| it.standing == Standing::Open);
        open.filter(|it| it.extent(Action::Decide) > register::people::Extent::Nothing).count()
    });
    assert_eq!(left, 1);
    // Its manager and the register team have lapsed, too: a decision maker gives the register team back, which gives back the rest.
    let mut decider = council.signed_in(Role::DecisionMaker).await;
    let again = decider.post(&people, &[(&*id(Role::RegisterTeam).to_string(), "keeps")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    let mut registrar = council.signed_in(Role::RegisterTeam).await;
    let given = registrar.post(&people, &[(&*id(Role::Officer).to_string(), "keeps")]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    let mut officer = council.browser();
    assert_eq!(officer.post("/sign-in", &credentials).await.leads_to(), Some("/sign-in/second-factor"));
}

#[tokio::test]
async fn nobody_answers_for_themselves_and_an_empty_page_of_answers_is_told_so() {
    let council = TestCouncil::open().await;
    let mut manager = council.signed_in(Role::LineManager).await;
    let people = format!("/teams/{HERE}/people");
    let own = manager.post(&people, &[(&*id(Role::LineManager).to_string(), "keeps")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.body.contains("Somebody else answers for it"));
    assert!(manager.post(&people, &[]).await.body.contains("Answer for at least one person"));
    assert_eq!(manager.get("/teams/T-0000-0002/people").await.status, StatusCode::NOT_FOUND);
}
