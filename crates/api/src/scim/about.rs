//! What of the standard is there, as a directory asks before it begins (RFC 7643, 5 to 7).

use super::groups::GROUP;
use super::person::{ENTERPRISE, USER};
use super::trouble::ScimTrouble;
use super::{Directory, Outcome, PAGE, Sought, answer, page};
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// `GET /scim/v2/ServiceProviderConfig`
pub async fn service(_: Directory) -> Outcome {
    let no = json!({ "supported": false });
    Ok(answer(
        StatusCode::OK,
        &json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": { "supported": true },
            "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
            "filter": { "supported": true, "maxResults": PAGE },
            "changePassword": no,
            "sort": no,
            "etag": no,
            "authenticationSchemes": [{
                "type": "oauthbearertoken",
                "name": "Token of a program",
                "description": "A token with the scope staff, from /api/v1/token",
                "primary": true,
            }],
            "meta": { "resourceType": "ServiceProviderConfig", "location": "/scim/v2/ServiceProviderConfig" },
        }),
    ))
}

fn all() -> Sought {
    Sought { filter: None, start_index: None, count: None }
}

fn of_kinds() -> [Value; 2] {
    let kind = |name: &str, place: &str, schema: &str| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": name,
            "name": name,
            "endpoint": place,
            "schema": schema,
            "meta": { "resourceType": "ResourceType", "location": format!("/scim/v2/ResourceTypes/{name}") },
        })
    };
    let mut user = kind("User", "/Users", USER);
    if let Some(user) = user.as_object_mut() {
        user.insert("schemaExtensions".to_owned(), json!([{ "schema": ENTERPRISE, "required": true }]));
    }
    [user, kind("Group", "/Groups", GROUP)]
}

/// `GET /scim/v2/ResourceTypes`
pub async fn kinds(_: Directory) -> Outcome {
    Ok(page(of_kinds().into(), &all()))
}

/// `GET /scim/v2/ResourceTypes/{kind}`
pub async fn kind(_: Directory, Path(kind): Path<String>) -> Outcome {
    one(&of_kinds(), &kind)
}

/// What is kept of each kind.
fn of_schemas() -> [Value; 3] {
    let text = |name: &str, required: bool, says: &str| {
        json!({
            "name": name, "type": "string", "multiValued": false, "description": says, "required": required,
            "caseExact": false, "mutability": "readWrite", "returned": "default", "uniqueness": "none",
        })
    };
    let several = |name: &str, mutability: &str, says: &str| {
        let value = text("value", true, "What it is");
        json!({
            "name": name, "type": "complex", "multiValued": true, "description": says, "required": false,
            "mutability": mutability, "returned": "default", "subAttributes": [value],
        })
    };
    let schema = |id: &str, name: &str, says: &str, attributes: Vec<Value>| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
            "id": id, "name": name, "description": says, "attributes": attributes,
            "meta": { "resourceType": "Schema", "location": format!("/scim/v2/Schemas/{id}") },
        })
    };
    let mut user_name = text("userName", true, "The work email address, with which they sign in");
    if let Some(user_name) = user_name.as_object_mut() {
        user_name.insert("uniqueness".to_owned(), "server".into());
    }
    let active = json!({
        "name": "active", "type": "boolean", "multiValued": false, "description": "Whether they work for the council",
        "required": false, "mutability": "readWrite", "returned": "default",
    });
    let user = vec![
        user_name,
        text("displayName", false, "The full name"),
        active,
        several("phoneNumbers", "readWrite", "The work telephone"),
        several("groups", "readOnly", "The roles that they have or are to have"),
    ];
    let group = vec![
        text("displayName", true, "The role"),
        several("members", "readWrite", "Whoever has the role or is to have it"),
    ];
    let employer = vec![text("department", true, "The name of their team in the register")];
    [
        schema(USER, "User", "Somebody with an account", user),
        schema(GROUP, "Group", "A role", group),
        schema(ENTERPRISE, "EnterpriseUser", "What the council knows of somebody", employer),
    ]
}

/// `GET /scim/v2/Schemas`
pub async fn schemas(_: Directory) -> Outcome {
    Ok(page(of_schemas().into(), &all()))
}

/// `GET /scim/v2/Schemas/{schema}`
pub async fn schema(_: Directory, Path(schema): Path<String>) -> Outcome {
    one(&of_schemas(), &schema)
}

fn one(all: &[Value], id: &str) -> Outcome {
    let found = all.iter().find(|it| it.get("id").and_then(Value::as_str) == Some(id));
    found.map(|it| answer(StatusCode::OK, it)).ok_or_else(ScimTrouble::not_found)
}
