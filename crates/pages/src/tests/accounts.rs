//! Opening, inviting, changing and closing accounts.

use super::council::{PASSWORD, TestCouncil, email, id};
use axum::http::StatusCode;
use register::ids::TeamId;
use register::people::{Role, Standing};

#[tokio::test]
async fn somebody_new_is_given_an_account_chooses_a_password_and_signs_in() {
    let council = TestCouncil::open().await;
    let mut manager = council.signed_in(Role::Administrator).await;

    let command = manager.get("/teams/new").await.hidden("command");
    let team = [("command", command.as_str()), ("name", "Parks"), ("contact", "outside")];
    assert_eq!(manager.post("/teams/new", &team).await.leads_to(), Some("/teams"));
    let parks = council.service.read(|register| {
        register.teams().find(|team| team.name() == "Parks").map(|team| team.id.to_string()).expect("team")
    });

    let command = manager.get("/accounts/new").await.hidden("command");
    let typed = [
        ("command", command.as_str()),
        ("name", "Ann O’Neill"),
        ("email", "Ann@Fenbridge.example"),
        ("team", &parks),
        ("roles", "officer"),
    ];
    let first = manager.post("/accounts/new", &typed).await;
    let place = first.leads_to().expect("account").to_owned();
    let again = manager.post("/accounts/new", &typed).await;
    assert_eq!(again.leads_to(), Some(place.as_str()), "a form sent twice opens one account");
    assert_eq!(council.service.read(|register| register.accounts().count()), Role::ALL.len() + 1);

    let page = manager.post(&format!("{place}/invitation"), &[]).await;
    let code =
        page.body.split("<strong>").last().and_then(|rest| rest.split('<').next()).expect("code").to_owned();

    let mut ann = council.browser();
    let short = ann.post("/sign-in/invitation", &[("code", &code), ("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = ann.post("/sign-in/invitation", &[("code", &code), ("password", PASSWORD)]).await;
    assert_eq!(chosen.leads_to(), Some("/sign-in?new-password=yes"));
    let used = ann.post("/sign-in/invitation", &[("code", &code), ("password", PASSWORD)]).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "an invitation is good once");
    let inside = ann.post("/sign-in", &[("email", "ann@fenbridge.example"), ("password", PASSWORD)]).await;
    assert_eq!(inside.leads_to(), Some("/sign-in/set-up"));
    let account = place.trim_start_matches("/accounts/").parse().expect("reference");
    let code = council.service.demonstration_code(account).await.expect("code");
    assert_eq!(ann.post("/sign-in/set-up", &[("code", &code)]).await.leads_to(), Some("/"));
    assert_eq!(ann.get("/").await.leads_to(), Some("/ready"), "she learns first what she needs to know");
    council.ready(account).await;
    assert!(ann.get("/").await.body.contains("Ann O’Neill, Parks"));
}

#[tokio::test]
async fn a_change_of_roles_counts_at_the_next_request() {
    let council = TestCouncil::open().await;
    let mut auditor = council.signed_in(Role::Auditor).await;
    assert_eq!(auditor.get("/access-log").await.status, StatusCode::OK);
    let mut manager = council.signed_in(Role::Administrator).await;
    let place = format!("/accounts/{}/change", id(Role::Auditor));
    let page = manager.get(&place).await;
    assert!(page.body.contains("value=\"auditor\" checked"));
    let team = TeamId::from_bits(1).to_string();
    let email = email(Role::Auditor);
    let command = page.hidden("command");
    let typed = [
        ("command", command.as_str()),
        ("name", "Was auditor"),
        ("email", &email),
        ("team", &team),
        ("roles", "officer"),
    ];
    assert_eq!(manager.post(&place, &typed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(auditor.get("/access-log").await.leads_to(), Some("/ready"), "an officer has more to learn");
    council.ready(id(Role::Auditor)).await;
    assert_eq!(auditor.get("/access-log").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_raises_their_own_roles_closes_their_own_account_or_invites_themselves() {
    let council = TestCouncil::open().await;
    let mut manager = council.signed_in(Role::RegisterTeam).await;
    let own = format!("/accounts/{}", id(Role::RegisterTeam));
    let (team, email) = (TeamId::from_bits(1).to_string(), email(Role::RegisterTeam));
    let typed = [
        ("name", "Me"),
        ("email", email.as_str()),
        ("team", &team),
        ("roles", "register-team"),
        ("roles", "decision-maker"),
    ];
    let raised = manager.post(&format!("{own}/change"), &typed).await;
    assert_eq!(raised.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(raised.body.contains("You cannot change your own roles"));
    assert_eq!(manager.post(&format!("{own}/close"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(manager.post(&format!("{own}/invitation"), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(manager.post(&format!("{own}/second-factor"), &[]).await.status, StatusCode::FORBIDDEN);
    let standing = council
        .service
        .read(|register| register.account(id(Role::RegisterTeam)).map(|account| account.standing));
    assert_eq!(standing, Some(Standing::Open));
}

#[tokio::test]
async fn a_closed_account_is_listed_last_and_nothing_more_can_be_done_with_it() {
    let council = TestCouncil::open().await;
    let mut manager = council.signed_in(Role::Administrator).await;
    let place = format!("/accounts/{}", id(Role::Auditor));
    let page = manager.get(&format!("{place}/close")).await;
    assert!(page.body.contains("Close the account of Auditor?"));
    let command = page.hidden("command");
    assert_eq!(
        manager.post(&format!("{place}/close"), &[("command", &command)]).await.leads_to(),
        Some("/accounts")
    );
    let page = manager.get(&place).await;
    assert!(page.body.contains("Closed") && !page.body.contains("invitation"));
    assert_eq!(manager.post(&format!("{place}/invitation"), &[]).await.status, StatusCode::CONFLICT);
}
