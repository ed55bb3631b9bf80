//! Changes of a user as SCIM tells them (RFC 7644, 3.5.2): carried out on what was written, which is then read as if it were sent.

use super::person::ENTERPRISE;
use super::trouble::ScimTrouble;
use serde_json::{Map, Value};

/// The most changes that are taken at once.
const MOST: usize = 200;

/// What one change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Adds it, or takes it for what was there.
    Set,
    /// Takes it away.
    Remove,
}

/// One change.
pub struct Change<'b> {
    /// What it does.
    pub act: Act,
    /// Whether what was there goes: a group's members are added to or replaced.
    pub replaces: bool,
    /// Where; nowhere in particular is the whole.
    pub path: Option<&'b str>,
    /// With what.
    pub value: Option<&'b Value>,
}

/// The changes of a message.
///
/// # Errors
/// What of it cannot be read.
pub fn changes(body: &Value) -> Result<Vec<Change<'_>>, ScimTrouble> {
    let of = |value: &'_ Map<String, Value>, name| super::person::attribute(value, name).cloned();
    let message = body.as_object().ok_or_else(|| ScimTrouble::syntax("a change must be an object"))?;
    let operations = super::person::attribute(message, "Operations").and_then(Value::as_array);
    let operations = operations.ok_or_else(|| ScimTrouble::syntax("Operations must be given"))?;
    if operations.len() > MOST {
        return Err(ScimTrouble::syntax(format!("at most {MOST} operations are taken at once")));
    }
    let change = |operation: &'_ Value| -> Result<Act, ScimTrouble> {
        let operation = operation.as_object().and_then(|operation| of(operation, "op"));
        match operation.as_ref().and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
            Some("add" | "replace") => Ok(Act::Set),
            Some("remove") => Ok(Act::Remove),
            _ => Err(ScimTrouble::syntax("op must be add, replace or remove")),
        }
    };
    operations
        .iter()
        .map(|operation| {
            let act = change(operation)?;
            let fields = operation.as_object().ok_or_else(|| ScimTrouble::syntax("op must be given"))?;
            let part = |name| super::person::attribute(fields, name);
            let replaces =
                part("op").and_then(Value::as_str).is_some_and(|op| op.eq_ignore_ascii_case("replace"));
            Ok(Change { act, replaces, path: part("path").and_then(Value::as_str), value: part("value") })
        })
        .collect()
}

/// Carries a change out on a user as it is written.
///
/// # Errors
/// What cannot be changed so.
pub fn carry_out(user: &mut Value, change: &Change<'_>) -> Result<(), ScimTrouble> {
    match (change.path, change.value) {
        (Some(path), value) => set(user, path, value.filter(|_| change.act == Act::Set)),
        // Without a path the value names what it sets, each by a path of its own.
        (None, Some(Value::Object(several))) if change.act == Act::Set => {
            several.iter().try_for_each(|(path, value)| match value {
                Value::Object(inner) if path.eq_ignore_ascii_case(ENTERPRISE) => inner
                    .iter()
                    .try_for_each(|(name, value)| set(user, &format!("{ENTERPRISE}:{name}"), Some(value))),
                _ => set(user, path, Some(value)),
            })
        }
        (None, _) => Err(ScimTrouble::syntax("a change without a path must have an object as its value")),
    }
}

/// Sets what a path leads to, or takes it away.
fn set(user: &mut Value, path: &str, value: Option<&Value>) -> Result<(), ScimTrouble> {
    let wrong = || ScimTrouble::path(path);
    let is_employers =
        path.get(..ENTERPRISE.len()).is_some_and(|start| start.eq_ignore_ascii_case(ENTERPRISE));
    let (object, rest) = if is_employers {
        let rest = path.get(ENTERPRISE.len()..).and_then(|rest| rest.strip_prefix(':')).ok_or_else(wrong)?;
        (within(user, ENTERPRISE), rest)
    } else {
        let core = super::person::USER;
        let is_core = path.get(..core.len()).is_some_and(|start| start.eq_ignore_ascii_case(core));
        let rest =
            if is_core { path.get(core.len()..).and_then(|rest| rest.strip_prefix(':')) } else { Some(path) };
        (user.as_object_mut(), rest.ok_or_else(wrong)?)
    };
    let object = object.ok_or_else(wrong)?;
    match (rest.split_once('['), rest.split_once('.')) {
        // One of several, by a filter: there is one of each here, whatever it is filtered by.
        (Some((name, filtered)), _) => {
            let (_, after) = filtered.split_once(']').ok_or_else(wrong)?;
            let part = after.strip_prefix('.').unwrap_or("value");
            let key = key_of(object, name);
            match value {
                Some(value) if part.eq_ignore_ascii_case("value") => {
                    object.insert(key, Value::Array(vec![serde_json::json!({ "value": value })]));
                }
                // What else is said of it is not kept.
                Some(_) => {}
                None => drop(object.remove(&key)),
            }
        }
        (None, Some((name, part))) => {
            let key = key_of(object, name);
            let inner = object.entry(key).or_insert_with(|| Value::Object(Map::new()));
            let inner = inner.as_object_mut().ok_or_else(wrong)?;
            put(inner, part, value);
        }
        (None, None) => put(object, rest, value),
    }
    Ok(())
}

fn put(object: &mut Map<String, Value>, name: &str, value: Option<&Value>) {
    let key = key_of(object, name);
    match value {
        Some(value) => drop(object.insert(key, value.clone())),
        None => drop(object.remove(&key)),
    }
}

/// The name as it is written there, whatever its capitals are here.
fn key_of(object: &Map<String, Value>, name: &str) -> String {
    object.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned().unwrap_or_else(|| name.to_owned())
}

fn within<'u>(user: &'u mut Value, name: &str) -> Option<&'u mut Map<String, Value>> {
    let user = user.as_object_mut()?;
    let key = key_of(user, name);
    user.entry(key).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}
