//! `/scim/v2/Users`: who works for the council.

use super::person::{self, is_known, written};
use super::trouble::ScimTrouble;
use super::{Asked, Body, Outcome, Sought, answer, change, equal_to, must, page, tell};
use crate::caller::Caller;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use register::ids::AccountId;
use register::people::{Account, Standing, Suspension, Told};
use serde_json::Value;
use web::App;

/// `GET /scim/v2/Users`
pub async fn list(
    State(app): State<App>,
    caller: Asked<Caller>,
    query: Result<Query<Sought>, QueryRejection>,
) -> Outcome {
    must(&caller?)?;
    let sought = super::sought(query)?;
    let by_name = sought.filter.as_deref().map(|filter| equal_to(filter, &["userName", "emails.value"]));
    let by_name = by_name.transpose()?.map(|(_, name)| name);
    let now = app.service.now();
    let found = app.service.read(|register| {
        let fits = |account: &&Account| match (&by_name, account.details.known()) {
            (None, _) => true,
            (Some(name), details) => {
                details.is_some_and(|details| details.email.as_str().eq_ignore_ascii_case(name))
            }
        };
        let known = register.accounts().filter(|account| is_known(account)).filter(fits);
        known.map(|account| written(register, account, now)).collect()
    });
    Ok(page(found, &sought))
}

/// `GET /scim/v2/Users/{user}`
pub async fn show(State(app): State<App>, caller: Asked<Caller>, Path(user): Path<String>) -> Outcome {
    must(&caller?)?;
    let account = found(&app, &user)?;
    Ok(shown(&app, account.id, StatusCode::OK))
}

/// `POST /scim/v2/Users`
pub async fn add(State(app): State<App>, caller: Asked<Caller>, body: Body) -> Outcome {
    let caller = caller?;
    must(&caller)?;
    let sent = app.service.read(|register| person::read(register, &body?.0))?;
    let account = AccountId::from_bits(app.service.fresh());
    tell(&app, &caller, account, Told::Works(sent.working)).await?;
    if !sent.active {
        tell(&app, &caller, account, Told::Left).await?;
    }
    let place = format!("/scim/v2/Users/{account}");
    Ok(([(LOCATION, place)], shown(&app, account, StatusCode::CREATED)).into_response())
}

/// `PUT /scim/v2/Users/{user}`
pub async fn put(
    State(app): State<App>,
    caller: Asked<Caller>,
    Path(user): Path<String>,
    body: Body,
) -> Outcome {
    let caller = caller?;
    must(&caller)?;
    let account = found(&app, &user)?;
    becomes(&app, &caller, &account, &body?.0).await
}

/// `PATCH /scim/v2/Users/{user}`
pub async fn patch(
    State(app): State<App>,
    caller: Asked<Caller>,
    Path(user): Path<String>,
    body: Body,
) -> Outcome {
    let caller = caller?;
    must(&caller)?;
    let account = found(&app, &user)?;
    let body = body?.0;
    let now = app.service.now();
    let mut user = app.service.read(|register| written(register, &account, now));
    for change in change::changes(&body)? {
        change::carry_out(&mut user, &change)?;
    }
    becomes(&app, &caller, &account, &user).await
}

/// `DELETE /scim/v2/Users/{user}`: they have left for good.
pub async fn remove(State(app): State<App>, caller: Asked<Caller>, Path(user): Path<String>) -> Outcome {
    let caller = caller?;
    must(&caller)?;
    let account = found(&app, &user)?;
    tell(&app, &caller, account.id, Told::Gone).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Tells what somebody is now. Whoever has left has left before anything else of the message is looked at.
async fn becomes(app: &App, caller: &Caller, account: &Account, sent: &Value) -> Outcome {
    let sent = app.service.read(|register| person::read(register, sent))?;
    match (sent.active, account.standing) {
        (false, Standing::Suspended(Suspension::Left)) => {}
        (false, _) => tell(app, caller, account.id, Told::Left).await?,
        (true, _) => tell(app, caller, account.id, Told::Works(sent.working)).await?,
    }
    Ok(shown(app, account.id, StatusCode::OK))
}

fn found(app: &App, user: &str) -> Result<Account, ScimTrouble> {
    let account = user.parse().ok().and_then(|id| app.service.read(|register| register.account(id).cloned()));
    account.filter(is_known).ok_or_else(ScimTrouble::not_found)
}

fn shown(app: &App, account: AccountId, status: StatusCode) -> axum::response::Response {
    let now = app.service.now();
    let written = app.service.read(|register| {
        register.account(account).map(|account| written(register, account, now)).unwrap_or_default()
    });
    answer(status, &written)
}
