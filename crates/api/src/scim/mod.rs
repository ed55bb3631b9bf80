//! `/scim/v2`: the council's directory of staff tells who works here (SCIM 2.0: RFC 7643, RFC 7644).
//!
//! A user is an account of somebody, never one of a program. Groups are the roles that people may have: whoever is put into one has its role
//! at once, or as soon as somebody agrees. A user's department is their team. What follows from what is told is the register's to decide.

mod about;
mod change;
mod groups;
mod person;
mod trouble;
mod users;

use crate::body::Json;
use crate::caller::Caller;
use crate::trouble::Trouble;
use axum::Router;
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use register::command::TellStaff;
use register::ids::AccountId;
use register::people::Told;
use register::refusal::Refusal;
use serde::Deserialize;
use serde_json::{Value, json};
use service::Failure;
use service::programs::Scope;
use trouble::ScimTrouble;
use web::App;

/// What every answer of this kind is.
const KIND: &str = "application/scim+json";
/// The most that one page of a list holds.
const PAGE: usize = 200;

/// Every address of the directory.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/scim/v2/ServiceProviderConfig", get(about::service))
        .route("/scim/v2/ResourceTypes", get(about::kinds))
        .route("/scim/v2/ResourceTypes/{kind}", get(about::kind))
        .route("/scim/v2/Schemas", get(about::schemas))
        .route("/scim/v2/Schemas/{schema}", get(about::schema))
        .route("/scim/v2/Users", get(users::list).post(users::add))
        .route(
            "/scim/v2/Users/{user}",
            get(users::show).put(users::put).patch(users::patch).delete(users::remove),
        )
        .route("/scim/v2/Groups", get(groups::list).post(groups::add))
        .route(
            "/scim/v2/Groups/{group}",
            get(groups::show).put(groups::put).patch(groups::patch).delete(groups::remove),
        )
}

/// Something of the directory, or why not.
type Outcome = Result<Response, ScimTrouble>;

/// What is asked of a list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sought {
    filter: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
}

fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, KIND)], body.to_string()).into_response()
}

/// The directory of staff, which alone may ask here. As an argument of a handler it turns everybody else away.
struct Directory(Caller);

impl FromRequestParts<App> for Directory {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let caller = Caller::from_request_parts(parts, app).await?;
        caller.must(Scope::Staff)?;
        Ok(Self(caller))
    }
}

impl Directory {
    /// Tells the register. Told again what is so already, nothing changes, and that is no trouble.
    async fn tells(&self, app: &App, account: AccountId, told: Told) -> Result<(), ScimTrouble> {
        let command = app.service.fresh_command();
        match app.service.execute(self.0.id(), command, TellStaff { account, told }).await {
            Ok(_) | Err(Failure::Refused(Refusal::NothingChanges)) => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    }
}

impl FromRequestParts<App> for Sought {
    type Rejection = ScimTrouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ScimTrouble> {
        let query = Query::from_request_parts(parts, app).await;
        query
            .map(|Query(sought)| sought)
            .map_err(|_| ScimTrouble::value("startIndex and count must be numbers"))
    }
}

/// What was sent, looked at only once it is known whom it is about.
type Body = Result<Json<Value>, Trouble>;

/// Some of the resources, as a page of them.
fn page(all: Vec<Value>, sought: &Sought) -> Response {
    let start = usize::try_from(sought.start_index.unwrap_or(1)).unwrap_or(1).max(1);
    let count = sought.count.map_or(PAGE, |count| usize::try_from(count).unwrap_or(0)).min(PAGE);
    let total = all.len();
    let shown: Vec<Value> = all.into_iter().skip(start - 1).take(count).collect();
    answer(
        StatusCode::OK,
        &json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": shown.len(),
            "Resources": shown,
        }),
    )
}

/// The value that one of these attributes must have, of a filter of the one kind that is taken: `attribute eq "value"`.
fn equal_to(filter: &str, attributes: &[&str]) -> Result<String, ScimTrouble> {
    let cannot = || ScimTrouble::filter(attributes);
    let (attribute, rest) = filter.trim().split_once(' ').ok_or_else(cannot)?;
    let (operator, value) = rest.trim().split_once(' ').ok_or_else(cannot)?;
    let known = attributes.iter().any(|known| known.eq_ignore_ascii_case(attribute));
    if !known || !operator.eq_ignore_ascii_case("eq") {
        return Err(cannot());
    }
    let value: Value = serde_json::from_str(value.trim()).map_err(|_| cannot())?;
    value.as_str().map(str::to_owned).ok_or_else(cannot)
}
