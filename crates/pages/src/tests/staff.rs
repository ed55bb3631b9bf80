//! The directory of staff tells who works here, as directories do (SCIM 2.0), and what follows is the register's to decide.

use super::council::{TestCouncil, id};
use super::programs::{Program, read};
use axum::http::{Method, StatusCode};
use register::command::AgreeGrant;
use register::ids::AccountId;
use register::people::{Grant, Role, Standing};
use serde_json::{Value, json};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

fn amy() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "userName": "amy.dell@fenbridge.example",
        "name": { "givenName": "Amy", "familyName": "Dell" },
        "title": "Housing officer",
        "phoneNumbers": [{ "value": "01632 960555", "type": "work" }],
        "active": true,
        ENTERPRISE: { "department": "housing", "employeeNumber": "77" },
    })
}

async fn added(directory: &mut Program) -> (AccountId, String) {
    let answer = directory.sends(Method::POST, "/scim/v2/Users", Some(&amy())).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let user = read(&answer);
    let id = user["id"].as_str().expect("an id");
    assert_eq!(answer.headers["location"].to_str().expect("a place"), format!("/scim/v2/Users/{id}"));
    (id.parse().expect("an account"), format!("/scim/v2/Users/{id}"))
}

fn patch(operations: Value) -> Value {
    json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations })
}

#[tokio::test]
async fn somebody_new_is_found_by_their_address_moves_and_leaves() {
    let council = TestCouncil::open().await.staffed().await;
    let mut directory = Program::of(&council, Role::Directory).await;
    let none = directory
        .sends(Method::GET, "/scim/v2/Users?filter=userName%20eq%20%22amy.dell@fenbridge.example%22", None)
        .await;
    assert_eq!(read(&none)["totalResults"], 0);
    let (account, place) = added(&mut directory).await;
    let found = directory
        .sends(Method::GET, "/scim/v2/Users?filter=userName+eq+%22AMY.dell@fenbridge.example%22", None)
        .await;
    let found = read(&found)["Resources"][0].clone();
    assert_eq!((&found["displayName"], &found["active"]), (&json!("Amy Dell"), &json!(true)));
    assert_eq!(found[ENTERPRISE]["department"], "Housing");
    let twice = directory.sends(Method::POST, "/scim/v2/Users", Some(&amy())).await;
    assert_eq!((twice.status, &read(&twice)["scimType"]), (StatusCode::CONFLICT, &json!("uniqueness")));

    // As two well-known directories write it: with a path, and without one.
    let moves = patch(
        json!([{ "op": "Replace", "path": format!("{ENTERPRISE}:department"), "value": "Customer Relations" }]),
    );
    let moved = directory.sends(Method::PATCH, &place, Some(&moves)).await;
    assert_eq!(read(&moved)[ENTERPRISE]["department"], "Customer Relations", "{}", moved.body);
    let named = patch(json!([
        { "op": "replace", "value": { "displayName": "Amy Dell-Reed", format!("{ENTERPRISE}:department"): "Housing" } },
        { "op": "add", "path": "phoneNumbers[type eq \"work\"].value", "value": "01632 960556" },
    ]));
    let named = read(&directory.sends(Method::PATCH, &place, Some(&named)).await);
    assert_eq!(
        (&named["displayName"], &named["phoneNumbers"][0]["value"]),
        (&json!("Amy Dell-Reed"), &json!("01632 960556"))
    );

    let standing = || council.service.read(|register| register.account(account).expect("there").standing);
    let leaves = patch(json!([{ "op": "Replace", "path": "active", "value": "False" }]));
    let left = read(&directory.sends(Method::PATCH, &place, Some(&leaves)).await);
    assert_eq!(left["active"], false);
    assert!(matches!(standing(), Standing::Suspended(_)));
    let back = patch(json!([{ "op": "replace", "value": { "active": true } }]));
    assert_eq!(read(&directory.sends(Method::PATCH, &place, Some(&back)).await)["active"], true);
    assert_eq!(standing(), Standing::Open);
    assert_eq!(directory.sends(Method::DELETE, &place, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(standing(), Standing::Closed);
    assert_eq!(directory.sends(Method::GET, &place, None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_leaver_is_out_of_every_session_with_the_next_request() {
    let council = TestCouncil::open().await.staffed().await;
    let mut directory = Program::of(&council, Role::Directory).await;
    let mut officer = council.signed_in(Role::Officer).await;
    assert_eq!(officer.get("/check").await.status, StatusCode::OK);
    let place = format!("/scim/v2/Users/{}", id(Role::Officer));
    let leaves = patch(json!([{ "op": "replace", "path": "active", "value": false }]));
    assert_eq!(directory.sends(Method::PATCH, &place, Some(&leaves)).await.status, StatusCode::OK);
    assert!(officer.get("/check").await.leads_to().is_some_and(|place| place.starts_with("/sign-in")));
}

#[tokio::test]
async fn a_group_gives_a_role_at_once_or_when_somebody_agrees_and_takes_it_at_once() {
    let council = TestCouncil::open().await.staffed().await;
    let mut directory = Program::of(&council, Role::Directory).await;
    let (account, _) = added(&mut directory).await;
    let roles = || council.service.read(|register| register.account(account).expect("there").roles.clone());
    assert!(roles().is_empty(), "their manager says what they need");
    let groups = read(
        &directory
            .sends(Method::GET, "/scim/v2/Groups?filter=displayName%20eq%20%22decision%20maker%22", None)
            .await,
    );
    assert_eq!(groups["Resources"][0]["id"], "decision-maker");
    let joins =
        patch(json!([{ "op": "Add", "path": "members", "value": [{ "value": account.to_string() }] }]));
    for group in ["officer", "decision-maker"] {
        let answer = directory.sends(Method::PATCH, &format!("/scim/v2/Groups/{group}"), Some(&joins)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    assert_eq!(roles(), [Role::Officer].into(), "what reads waits for a person");
    let waits = read(&directory.sends(Method::GET, "/scim/v2/Groups/decision-maker", None).await);
    assert!(waits["members"].to_string().contains(&account.to_string()), "and is not asked for again");
    council.does(id(Role::Administrator), AgreeGrant { account, grant: Grant::Roles }).await;
    assert_eq!(roles(), [Role::Officer, Role::DecisionMaker].into());
    let leaves = patch(json!([{ "op": "remove", "path": format!("members[value eq \"{account}\"]") }]));
    directory.sends(Method::PATCH, "/scim/v2/Groups/decision-maker", Some(&leaves)).await;
    assert_eq!(roles(), [Role::Officer].into());
    let nobody = json!({ "displayName": "Officer", "members": [] });
    let officers = directory.sends(Method::PUT, "/scim/v2/Groups/officer", Some(&nobody)).await;
    assert_eq!(read(&officers)["members"], json!([]));
    assert!(roles().is_empty());
}

#[tokio::test]
async fn no_program_and_nothing_but_people_and_their_roles_is_the_directorys() {
    let council = TestCouncil::open().await.staffed().await;
    let mut directory = Program::of(&council, Role::Directory).await;
    let all = read(&directory.sends(Method::GET, "/scim/v2/Users?count=200", None).await);
    let listed = all["Resources"].to_string();
    for program in [Role::System, Role::Directory] {
        assert!(!listed.contains(&id(program).to_string()));
        let place = format!("/scim/v2/Users/{}", id(program));
        for (method, body) in [(Method::GET, None), (Method::PUT, Some(amy())), (Method::DELETE, None)] {
            assert_eq!(directory.sends(method, &place, body.as_ref()).await.status, StatusCode::NOT_FOUND);
        }
        let group = format!("/scim/v2/Groups/{}", register_key(program));
        assert_eq!(directory.sends(Method::GET, &group, None).await.status, StatusCode::NOT_FOUND);
    }
    // Two on a page, and the rest on others.
    let page = read(&directory.sends(Method::GET, "/scim/v2/Users?startIndex=2&count=2", None).await);
    assert_eq!((&page["itemsPerPage"], &page["startIndex"]), (&json!(2), &json!(2)));
    let department = |name: &str| {
        let mut user = amy();
        user[ENTERPRISE]["department"] = json!(name);
        user
    };
    let nameless = json!({ "userName": "amy", ENTERPRISE: { "department": "Housing" } });
    for (method, place, body, kind) in [
        (Method::POST, "/scim/v2/Users", department("Astronomy"), "invalidValue"),
        (Method::POST, "/scim/v2/Users", nameless, "invalidValue"),
        (Method::POST, "/scim/v2/Users", json!([]), "invalidSyntax"),
        (Method::POST, "/scim/v2/Groups", json!({ "displayName": "Officer" }), "uniqueness"),
        (Method::POST, "/scim/v2/Groups", json!({ "displayName": "Astronomers" }), "mutability"),
        (Method::DELETE, "/scim/v2/Groups/officer", json!({}), "mutability"),
        (
            Method::PATCH,
            "/scim/v2/Groups/officer",
            patch(json!([{ "op": "add", "path": "colour", "value": 1 }])),
            "invalidPath",
        ),
        (Method::PATCH, "/scim/v2/Groups/officer", patch(json!([{ "op": "dance" }])), "invalidSyntax"),
        (Method::GET, "/scim/v2/Users?filter=title%20co%20%22x%22", json!({}), "invalidFilter"),
    ] {
        let answer = directory.sends(method, place, Some(&body)).await;
        assert_eq!(read(&answer)["scimType"], kind, "{place}: {}", answer.body);
    }
    for place in ["ServiceProviderConfig", "ResourceTypes", "ResourceTypes/User", "Schemas"] {
        let answer = directory.sends(Method::GET, &format!("/scim/v2/{place}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{place}");
    }
}

fn register_key(role: Role) -> &'static str {
    web::form::Choice::key(role)
}
