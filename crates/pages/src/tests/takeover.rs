//! Nobody who manages accounts gets into another's account alone, and nobody unseen (decision 0006).

use super::browser::{Answer, Browser};
use super::cases::REGISTRAR;
use super::council::{PASSWORD, TestCouncil, email, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::ids::{AccountId, TeamId};
use register::people::{Grant, Role};
use service::clock::Clock;

/// What stands in the panel of a page that shows a code.
fn code_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK);
    answer.body.split("<strong>").last().and_then(|rest| rest.split('<').next()).expect("code").to_owned()
}

async fn chooses(council: &TestCouncil, code: &str, other: &str, password: &str) -> Answer {
    let typed = [("code", code), ("other-half", other), ("password", password)];
    council.browser().post("/sign-in/invitation", &typed).await
}

async fn signs_in(council: &TestCouncil, email: &str, password: &str) -> (Browser, Answer) {
    let mut browser = council.browser();
    let answer = browser.post("/sign-in", &[("email", email), ("password", password)]).await;
    (browser, answer)
}

/// Signs in with [`NEW`] for the first time, and sets up the second factor.
async fn sets_up(council: &TestCouncil, email: &str, account: AccountId) -> Browser {
    let (mut browser, answer) = signs_in(council, email, NEW).await;
    assert_eq!(answer.leads_to(), Some("/sign-in/set-up"));
    let code = council.service.demonstration_code(account).await.expect("code");
    assert_eq!(browser.post("/sign-in/set-up", &[("code", &code)]).await.leads_to(), Some("/"));
    browser
}

/// The address at which a page lets its reader agree to something.
fn agreeable(answer: &Answer, what: &str) -> bool {
    answer.body.contains(&format!("/{what}/agree\""))
}

async fn agrees(browser: &mut Browser, account: AccountId, what: &str) -> Answer {
    let place = format!("/accounts/{account}");
    let page = browser.get(&place).await;
    let form = page.body.split(&format!("action=\"{place}/{what}/agree\"")).nth(1).unwrap_or_default();
    let command = form.split("name=\"command\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let command = command.unwrap_or_default().to_owned();
    browser.post(&format!("{place}/{what}/agree"), &[("command", &command)]).await
}

const NEW: &str = "thimble orbit kettle";

#[tokio::test]
async fn one_person_alone_gets_no_code_that_opens_an_account_which_decides() {
    let council = TestCouncil::open().await;
    let mut owner = council.signed_in(Role::DecisionMaker).await;
    let mut manager = council.signed_in(Role::Administrator).await;
    let account = id(Role::DecisionMaker);
    let place = format!("/accounts/{account}");

    let half = code_of(&manager.post(&format!("{place}/invitation"), &[]).await);
    for other in ["", half.as_str(), "AAAAAAAAAAAAAAAA"] {
        let answer = chooses(&council, &half, other, NEW).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "half a code is none");
    }
    assert!(!agreeable(&manager.get(&place).await, "invitation"));
    let alone = manager.post(&format!("{place}/invitation/agree"), &[]).await;
    assert_eq!(alone.status, StatusCode::CONFLICT);
    assert!(alone.body.contains("a second person must do this"));
    let itself = owner.post(&format!("{place}/invitation/agree"), &[]).await;
    assert_eq!(itself.status, StatusCode::FORBIDDEN, "whoever manages no accounts agrees to nothing");
    assert_eq!(owner.get("/").await.status, StatusCode::OK, "nothing has happened to the owner");
}

#[tokio::test]
async fn an_asking_is_not_agreed_to_under_its_own_name() {
    let council = TestCouncil::open().await;
    let mut manager = council.signed_in(Role::Administrator).await;
    let account = id(Role::DecisionMaker);
    let command = council.service.fresh_command().to_string();
    let sent = [("command", command.as_str())];
    manager.post(&format!("/accounts/{account}/invitation"), &sent).await;
    // The service has carried out something under this name before; it must not take that for an agreement.
    let again = manager.post(&format!("/accounts/{account}/invitation/agree"), &sent).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let mut second = council.signed_in(Role::RegisterTeam).await;
    let anothers = second.post(&format!("/accounts/{account}/invitation/agree"), &sent).await;
    assert_eq!(anothers.status, StatusCode::CONFLICT, "another’s name for an asking is taken");
    let given = council.service.read(|register| {
        register.account(account).map(|account| account.grants.given(Grant::Password).is_some())
    });
    assert_eq!(given, Some(false));
}

#[tokio::test]
async fn two_people_let_the_owner_back_in_who_is_shown_who_they_were() {
    let council = TestCouncil::open().await;
    let mut owner = council.signed_in(Role::DecisionMaker).await;
    let mut first = council.signed_in(Role::Administrator).await;
    let mut second = council.signed_in(Role::RegisterTeam).await;
    let account = id(Role::DecisionMaker);
    let one = code_of(&first.post(&format!("/accounts/{account}/invitation"), &[]).await);
    assert!(second.get("/accounts").await.body.contains("Waits for a second person"));
    let other = code_of(&agrees(&mut second, account, "invitation").await);

    let half = chooses(&council, &other, "", NEW).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY, "nor is the other half a code");
    let short = chooses(&council, &other, &one, "short").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = chooses(&council, &other, &one, NEW).await;
    assert_eq!(chosen.leads_to(), Some("/sign-in?new-password=yes"), "in any order");
    assert_eq!(owner.get("/").await.leads_to(), Some("/sign-in"), "every session is over");
    assert_eq!(chooses(&council, &one, &other, NEW).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once");

    let (mut back, answer) = signs_in(&council, &email(Role::DecisionMaker), NEW).await;
    assert_eq!(answer.leads_to(), Some("/sign-in/second-factor"), "an invitation is no way past the code");
    let code = council.service.demonstration_code(account).await.expect("code");
    back.post("/sign-in/second-factor", &[("code", &code)]).await;
    for place in ["/", "/account"] {
        let page = back.get(place).await.body;
        assert!(page.contains("asked for by System administrator and agreed by Register team"), "{place}");
    }
    let log = council.signed_in(Role::Auditor).await.get("/access-log").await.body;
    assert_eq!(log.matches("Invitation for an account").count(), 2);
}

#[tokio::test]
async fn a_second_factor_is_not_reset_by_one_person_nor_twice_by_one_agreement() {
    let council = TestCouncil::open().await;
    let account = id(Role::DecisionMaker);
    let mut owner = council.signed_in(Role::DecisionMaker).await;
    let mut first = council.signed_in(Role::RegisterTeam).await;
    let mut second = council.signed_in(Role::Administrator).await;
    let place = format!("/accounts/{account}/second-factor");
    assert!(first.get(&place).await.body.contains("must agree first"));
    first.post(&place, &[]).await;
    assert_eq!(first.post(&format!("{place}/agree"), &[]).await.status, StatusCode::CONFLICT);
    let (_, still) = signs_in(&council, &email(Role::DecisionMaker), PASSWORD).await;
    assert_eq!(still.leads_to(), Some("/sign-in/second-factor"));
    assert_eq!(owner.get("/").await.status, StatusCode::OK);

    let command = council.service.fresh_command().to_string();
    let agreed = second.post(&format!("{place}/agree"), &[("command", &command)]).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.get("/").await.leads_to(), Some("/sign-in"), "every session is over");
    let (mut owner, again) = signs_in(&council, &email(Role::DecisionMaker), PASSWORD).await;
    assert_eq!(again.leads_to(), Some("/sign-in/set-up"));
    let code = council.service.demonstration_code(account).await.expect("code");
    assert_eq!(owner.post("/sign-in/set-up", &[("code", &code)]).await.leads_to(), Some("/"));
    second.post(&format!("{place}/agree"), &[("command", &command)]).await;
    assert_eq!(owner.get("/").await.status, StatusCode::OK, "the same form again resets nothing");
}

#[tokio::test]
async fn roles_that_read_or_decide_are_given_by_two_and_count_only_then() {
    let council = TestCouncil::open().await;
    let account = id(Role::Officer);
    let mut officer = council.signed_in(Role::Officer).await;
    let mut first = council.signed_in(Role::Administrator).await;
    let mut second = council.signed_in(Role::RegisterTeam).await;
    let (place, team, email) = (format!("/accounts/{account}"), TeamId::from_bits(1), email(Role::Officer));
    let team = team.to_string();
    let typed = [
        ("name", "Officer"),
        ("email", email.as_str()),
        ("team", &team),
        ("roles", "officer"),
        ("roles", "data-protection"),
    ];
    first.post(&format!("{place}/change"), &typed).await;
    assert!(first.get(&place).await.body.contains("More roles: Officer, Data protection officer"));
    assert_eq!(officer.get("/access-log").await.status, StatusCode::FORBIDDEN);
    assert_eq!(first.post(&format!("{place}/roles/agree"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(officer.get("/access-log").await.status, StatusCode::FORBIDDEN);
    assert_eq!(agrees(&mut second, account, "roles").await.status, StatusCode::SEE_OTHER);
    assert_eq!(officer.get("/access-log").await.status, StatusCode::OK);
}

#[tokio::test]
async fn somebody_made_up_by_one_person_does_not_grow_into_a_decision_maker() {
    let council = TestCouncil::open().await.staffed().await;
    let mut forger = council.signed_in(Role::Administrator).await;
    let team = TeamId::from_bits(1).to_string();
    let typed =
        [("name", "Dee Cole"), ("email", "dee@fenbridge.example"), ("team", &team), ("roles", "officer")];
    let opened = forger.post("/accounts/new", &typed).await;
    let place = opened.leads_to().expect("account").to_owned();
    let account: AccountId = place.trim_start_matches("/accounts/").parse().expect("reference");
    let code = code_of(&forger.post(&format!("{place}/invitation"), &[]).await);
    assert_eq!(
        chooses(&council, &code, "", NEW).await.status,
        StatusCode::SEE_OTHER,
        "one is enough to check"
    );
    let mut made_up = sets_up(&council, "dee@fenbridge.example", account).await;
    council.ready(account).await;
    assert!(made_up.get("/").await.body.contains("by System administrator"));

    let more = [typed[0], typed[1], typed[2], ("roles", "decision-maker")];
    forger.post(&format!("{place}/change"), &more).await;
    // Somebody believes that there is a Dee Cole, and agrees.
    let mut believer = council.signed_in(Role::RegisterTeam).await;
    assert_eq!(agrees(&mut believer, account, "roles").await.status, StatusCode::SEE_OTHER);
    assert_eq!(made_up.get("/work").await.leads_to(), Some("/sign-in?next=%2Fwork"));
    let (_, answer) = signs_in(&council, "dee@fenbridge.example", NEW).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Your roles have grown since you chose your password"));
    // Who knows the password only; a wrong one says what it always says.
    let (_, answer) = signs_in(&council, "dee@fenbridge.example", PASSWORD).await;
    assert!(!answer.body.contains("have grown"));

    // Two people let somebody in: what was set up under the code of one is gone with it.
    let one = code_of(&forger.post(&format!("{place}/invitation"), &[]).await);
    let other = code_of(&agrees(&mut believer, account, "invitation").await);
    assert_eq!(chooses(&council, &one, &other, PASSWORD).await.status, StatusCode::SEE_OTHER);
    let (_, answer) = signs_in(&council, "dee@fenbridge.example", PASSWORD).await;
    assert_eq!(answer.leads_to(), Some("/sign-in/set-up"));
}

#[tokio::test]
async fn a_second_factor_set_up_after_one_person_reset_it_opens_no_account_that_takes_two() {
    let council = TestCouncil::open().await;
    let (account, email) = (id(Role::Officer), email(Role::Officer));
    council.signed_in(Role::Officer).await;
    let mut first = council.signed_in(Role::RegisterTeam).await;
    let mut second = council.signed_in(Role::Administrator).await;
    first.post(&format!("/accounts/{account}/second-factor"), &[]).await;
    let (mut thief, answer) = signs_in(&council, &email, PASSWORD).await;
    assert_eq!(answer.leads_to(), Some("/sign-in/set-up"), "one is enough for an officer");
    let code = council.service.demonstration_code(account).await.expect("code");
    assert_eq!(thief.post("/sign-in/set-up", &[("code", &code)]).await.leads_to(), Some("/"));

    let team = TeamId::from_bits(1).to_string();
    let typed = [("name", "Officer"), ("email", &*email), ("team", &*team), ("roles", "decision-maker")];
    first.post(&format!("/accounts/{account}/change"), &typed).await;
    assert_eq!(agrees(&mut second, account, "roles").await.status, StatusCode::SEE_OTHER);
    assert_eq!(thief.get("/").await.leads_to(), Some("/sign-in"));
    let (_, answer) = signs_in(&council, &email, PASSWORD).await;
    assert!(answer.body.contains("Your roles have grown"));
}

#[tokio::test]
async fn a_password_handed_over_before_the_roles_are_agreed_takes_two_as_well() {
    let council = TestCouncil::open().await;
    let mut forger = council.signed_in(Role::RegisterTeam).await;
    let team = TeamId::from_bits(1).to_string();
    let typed = [
        ("name", "Dee Cole"),
        ("email", "dee@fenbridge.example"),
        ("team", team.as_str()),
        ("roles", "administrator"),
    ];
    let place = forger.post("/accounts/new", &typed).await.leads_to().expect("account").to_owned();
    assert!(forger.get(&place).await.body.contains("More roles: System administrator"));
    let half = code_of(&forger.post(&format!("{place}/invitation"), &[]).await);
    assert_eq!(chooses(&council, &half, "", NEW).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(forger.post(&format!("{place}/invitation/agree"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(forger.post(&format!("{place}/roles/agree"), &[]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_was_asked_lapses_and_an_old_form_makes_no_new_code() {
    let council = TestCouncil::open().await.staffed().await;
    let account = id(Role::DecisionMaker);
    let service = &council.service;
    let asked = register::moment::Actor::Account(REGISTRAR);
    service.invite(asked, service.fresh_command(), account).await.expect("asked");
    council.clock.set(council.clock.now() + SignedDuration::from_hours(73));
    let mut second = council.signed_in(Role::RegisterTeam).await;
    let late = second.post(&format!("/accounts/{account}/invitation/agree"), &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    // An officer's invitation, taken up; the form that made it is sent again.
    let place = format!("/accounts/{}/invitation", id(Role::Officer));
    let command = service.fresh_command().to_string();
    let code = code_of(&second.post(&place, &[("command", &command)]).await);
    let newer = code_of(&second.post(&place, &[("command", &command)]).await);
    assert_eq!(chooses(&council, &code, "", NEW).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(chooses(&council, &newer, "", NEW).await.status, StatusCode::SEE_OTHER);
    let unseen = second.post(&place, &[("command", &command)]).await;
    assert_eq!(unseen.status, StatusCode::CONFLICT, "no code without a record of its own");
}
