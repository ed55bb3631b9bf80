//! Somebody of the directory: as SCIM writes them, and as the register knows them.

use super::trouble::ScimTrouble;
use register::people::{Account, AccountDetails, Grant, Role, Standing, Working};
use register::personal::Text;
use register::state::Register;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The schema of a user.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The schema of what an employer knows of one.
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Characters of a name or an address, as on the page of accounts.
const LONGEST: usize = 254;

/// An account that the directory may know of: somebody's, and not closed for good.
pub fn is_known(account: &Account) -> bool {
    account.standing != Standing::Closed && !account.is_program()
}

/// Every role that somebody has, and those that the directory asked for and that still wait.
pub fn roles(account: &Account, now: jiff::Timestamp) -> BTreeSet<Role> {
    let waiting = account.grants.asked(Grant::Roles, now).map(|asked| asked.roles.clone());
    account.roles.iter().copied().chain(waiting.into_iter().flatten()).collect()
}

/// An account as SCIM writes it.
pub fn written(register: &Register, account: &Account, now: jiff::Timestamp) -> Value {
    let details = account.details.known();
    let email = details.map(|details| details.email.as_str()).unwrap_or_default();
    let phone = details.and_then(|details| details.phone.as_ref());
    let phones: Vec<Value> = phone
        .iter()
        .map(|phone| json!({ "value": phone.as_str(), "type": "work", "primary": true }))
        .collect();
    let team = register.team(account.team).map(register::people::Team::name).unwrap_or_default();
    let groups: Vec<Value> = roles(account, now)
        .into_iter()
        .map(|role| json!({ "value": role.key(), "display": role.label(), "$ref": format!("/scim/v2/Groups/{}", role.key()) }))
        .collect();
    json!({
        "schemas": [USER, ENTERPRISE],
        "id": account.id.to_string(),
        "userName": email,
        "displayName": account.name(),
        "name": { "formatted": account.name() },
        "emails": [{ "value": email, "type": "work", "primary": true }],
        "phoneNumbers": phones,
        "active": account.standing == Standing::Open,
        "groups": groups,
        ENTERPRISE: { "department": team },
        "meta": {
            "resourceType": "User",
            "created": account.opened.at.to_string(),
            "location": format!("/scim/v2/Users/{}", account.id),
        },
    })
}

/// Somebody as they were sent.
pub struct Sent {
    /// Who they are, and their team; their roles are told by groups.
    pub working: Working,
    /// Whether they work here.
    pub active: bool,
}

/// Reads somebody as they were sent; what the register does not keep is passed over.
///
/// # Errors
/// The attribute that cannot be taken.
pub fn read(register: &Register, sent: &Value) -> Result<Sent, ScimTrouble> {
    let user = sent.as_object().ok_or_else(|| ScimTrouble::syntax("a user must be an object"))?;
    let email = said(user, "userName").ok_or_else(|| ScimTrouble::value("userName must be given"))?;
    let is_address =
        email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    if !is_address || email.contains(char::is_whitespace) {
        return Err(ScimTrouble::value("userName must be the work email address"));
    }
    let department = attribute(user, ENTERPRISE)
        .and_then(Value::as_object)
        .and_then(|of_employer| said(of_employer, "department"))
        .ok_or_else(|| ScimTrouble::value("department must be given: the name of the team"))?;
    let team = register.teams().find(|team| team.name().eq_ignore_ascii_case(&department));
    let team = team.ok_or_else(|| {
        ScimTrouble::value(
            "department must be the name of a team of the register: whoever keeps it opens the team first",
        )
    })?;
    let phones =
        attribute(user, "phoneNumbers").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let phone = phones.iter().filter_map(Value::as_object).find_map(|phone| said(phone, "value"));
    let details = AccountDetails {
        name: text("displayName", name(user).unwrap_or_else(|| email.clone()))?,
        email: text("userName", email)?,
        phone: phone.map(|phone| text("phoneNumbers", phone)).transpose()?,
    };
    let active = active(user)?;
    Ok(Sent { working: Working { roles: None, team: team.id, details }, active })
}

fn name(user: &Map<String, Value>) -> Option<String> {
    let parts = attribute(user, "name").and_then(Value::as_object);
    let both = || {
        let parts = parts?;
        let both: Vec<String> =
            ["givenName", "familyName"].into_iter().filter_map(|part| said(parts, part)).collect();
        (!both.is_empty()).then(|| both.join(" "))
    };
    said(user, "displayName").or_else(|| said(parts?, "formatted")).or_else(both)
}

/// Whether somebody works here; some directories write it as a text.
fn active(user: &Map<String, Value>) -> Result<bool, ScimTrouble> {
    let wrong = || ScimTrouble::value("active must be true or false");
    match attribute(user, "active") {
        None | Some(Value::Null) => Ok(true),
        Some(Value::Bool(active)) => Ok(*active),
        Some(Value::String(active)) => active.to_ascii_lowercase().parse().map_err(|_| wrong()),
        Some(_) => Err(wrong()),
    }
}

fn text(attribute: &str, typed: String) -> Result<Text, ScimTrouble> {
    if typed.chars().count() > LONGEST {
        return Err(ScimTrouble::value(format!("{attribute} must have at most {LONGEST} characters")));
    }
    Text::new(&typed).map_err(|_| ScimTrouble::value(format!("{attribute} must not be blank")))
}

/// An attribute, whose name may be written with any capitals (RFC 7643, 2.1).
pub fn attribute<'v>(of: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    of.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn said(of: &Map<String, Value>, name: &str) -> Option<String> {
    let said = attribute(of, name)?.as_str()?.trim();
    (!said.is_empty()).then(|| said.to_owned())
}
