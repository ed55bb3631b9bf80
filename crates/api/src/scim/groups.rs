//! `/scim/v2/Groups`: the roles that people may have, each with whoever has it or is to have it.

use super::change::{self, Act, Change};
use super::person::{self, is_known};
use super::trouble::ScimTrouble;
use super::{Body, Directory, Outcome, Sought, answer, equal_to, page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use register::ids::AccountId;
use register::people::{Account, Role, Told, Working};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use web::App;

/// The schema of a group.
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// What is said where a group would begin or end.
const FIXED: &str = "the groups are the roles of the register: none is added, renamed or taken away";

fn written(app: &App, role: Role) -> Value {
    let members: Vec<Value> = members(app, role)
        .into_iter()
        .map(|id| json!({ "value": id.to_string(), "$ref": format!("/scim/v2/Users/{id}"), "type": "User" }))
        .collect();
    json!({
        "schemas": [GROUP],
        "id": role.key(),
        "displayName": role.label(),
        "members": members,
        "meta": { "resourceType": "Group", "location": format!("/scim/v2/Groups/{}", role.key()) },
    })
}

fn members(app: &App, role: Role) -> BTreeSet<AccountId> {
    let now = app.service.now();
    app.service.read(|register| {
        let has = |account: &&Account| is_known(account) && person::roles(account, now).contains(&role);
        register.accounts().filter(has).map(|account| account.id).collect()
    })
}

fn found(group: &str) -> Result<Role, ScimTrouble> {
    Role::from_key(group).filter(|role| !role.is_program()).ok_or_else(ScimTrouble::not_found)
}

/// `GET /scim/v2/Groups`
pub async fn list(State(app): State<App>, _: Directory, sought: Sought) -> Outcome {
    let by_name = sought.filter.as_deref().map(|filter| equal_to(filter, &["displayName"])).transpose()?;
    let fits = |role: &&Role| by_name.as_ref().is_none_or(|name| role.label().eq_ignore_ascii_case(name));
    let found = Role::of_people().filter(fits).map(|role| written(&app, *role)).collect();
    Ok(page(found, &sought))
}

/// `POST /scim/v2/Groups`
pub async fn add(_: Directory, body: Body) -> Outcome {
    let body = body?.0;
    let name =
        body.as_object().and_then(|group| person::attribute(group, "displayName")).and_then(Value::as_str);
    let name = name.ok_or_else(|| ScimTrouble::value("displayName must be given"))?;
    match Role::of_people().find(|role| role.label().eq_ignore_ascii_case(name)) {
        Some(role) => Err(ScimTrouble::taken(format!("this group is there: its id is {}", role.key()))),
        None => Err(ScimTrouble::fixed(FIXED)),
    }
}

/// `GET /scim/v2/Groups/{group}`
pub async fn show(State(app): State<App>, _: Directory, Path(group): Path<String>) -> Outcome {
    Ok(answer(StatusCode::OK, &written(&app, found(&group)?)))
}

/// `PUT /scim/v2/Groups/{group}`
pub async fn put(
    State(app): State<App>,
    directory: Directory,
    Path(group): Path<String>,
    body: Body,
) -> Outcome {
    let (role, body) = (found(&group)?, body?.0);
    let wanted = body.as_object().and_then(|group| person::attribute(group, "members"));
    let wanted = wanted.map(named).transpose()?.unwrap_or_default();
    become_members(&app, &directory, role, &wanted).await
}

/// `PATCH /scim/v2/Groups/{group}`
pub async fn patch(
    State(app): State<App>,
    directory: Directory,
    Path(group): Path<String>,
    body: Body,
) -> Outcome {
    let (role, body) = (found(&group)?, body?.0);
    let mut wanted = members(&app, role);
    for change in change::changes(&body)? {
        follow(&mut wanted, &change)?;
    }
    become_members(&app, &directory, role, &wanted).await
}

/// `DELETE /scim/v2/Groups/{group}`
pub async fn remove(_: Directory, Path(group): Path<String>) -> Outcome {
    found(&group)?;
    Err(ScimTrouble::fixed(FIXED))
}

/// Carries a change out on who is to be in a group.
fn follow(wanted: &mut BTreeSet<AccountId>, change: &Change<'_>) -> Result<(), ScimTrouble> {
    let path = change.path.unwrap_or_default();
    let (name, filter) = path.split_once('[').unwrap_or((path, ""));
    // Without a path the value names what it sets.
    let value = match (name, change.value) {
        ("", Some(Value::Object(set))) => match person::attribute(set, "members") {
            Some(members) => Some(members),
            None => return Ok(()),
        },
        (name, value) if name.eq_ignore_ascii_case("members") => value,
        // Some directories send the name again with the members.
        (name, _) if ["displayName", "externalId"].iter().any(|kept| kept.eq_ignore_ascii_case(name)) => {
            return Ok(());
        }
        _ => return Err(ScimTrouble::path(path)),
    };
    let one = filter.split('"').nth(1).map(reference).transpose()?;
    let named = value.map(named).transpose()?.unwrap_or_default();
    match (change.act, one) {
        (Act::Remove, Some(one)) => drop(wanted.remove(&one)),
        (Act::Remove, None) if named.is_empty() => wanted.clear(),
        (Act::Remove, None) => wanted.retain(|id| !named.contains(id)),
        (Act::Set, _) => {
            if change.replaces {
                wanted.clear();
            }
            wanted.extend(named);
        }
    }
    Ok(())
}

fn reference(id: &str) -> Result<AccountId, ScimTrouble> {
    id.parse().map_err(|_| ScimTrouble::value("members must be users of the register, by their id"))
}

/// The users that a list of members names.
fn named(members: &Value) -> Result<BTreeSet<AccountId>, ScimTrouble> {
    let wrong = || ScimTrouble::value("members must be a list of users, each with its id as value");
    let members = members.as_array().ok_or_else(wrong)?;
    let id = |member: &Value| {
        let id =
            member.as_object().and_then(|member| person::attribute(member, "value")).and_then(Value::as_str);
        reference(id.ok_or_else(wrong)?)
    };
    members.iter().map(id).collect()
}

/// Gives the role to whoever is to have it and has not, and takes it from whoever has it and is not to.
async fn become_members(
    app: &App,
    directory: &Directory,
    role: Role,
    wanted: &BTreeSet<AccountId>,
) -> Outcome {
    let now = members(app, role);
    for id in now.symmetric_difference(wanted) {
        let at = app.service.now();
        let account = app.service.read(|register| register.account(*id).cloned()).filter(is_known);
        let account =
            account.ok_or_else(|| ScimTrouble::value(format!("{id} is no user of the register")))?;
        let mut roles = person::roles(&account, at);
        if !roles.remove(&role) {
            roles.insert(role);
        }
        // Whose name is destroyed is nobody whom the directory still knows.
        let details = account.details.known().cloned().ok_or_else(ScimTrouble::not_found)?;
        let working = Working { roles: Some(roles), team: account.team, details };
        directory.tells(app, account.id, Told::Works(working)).await?;
    }
    Ok(answer(StatusCode::OK, &written(app, role)))
}
