//! `/scim/v2/Users`: who works for the council.

use super::person::{self, is_known, written};
use super::trouble::ScimTrouble;
use super::{Body, Directory, Outcome, Sought, answer, change, equal_to, page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use register::ids::AccountId;
use register::people::{Account, Standing, Suspension, Told};
use serde_json::Value;
use web::App;

/// `GET /scim/v2/Users`
pub async fn list(State(app): State<App>, _: Directory, sought: Sought) -> Outcome {
    let by_name = sought.filter.as_deref().map(|filter| equal_to(filter, &["userName", "emails.value"]));
    let by_name = by_name.transpose()?;
    let now = app.service.now();
    let found = app.service.read(|register| {
        let fits = |account: &&Account| {
            by_name.as_ref().is_none_or(|name| {
                let details = account.details.known();
                details.is_some_and(|details| details.email.as_str().eq_ignore_ascii_case(name))
            })
        };
        let known = register.accounts().filter(|account| is_known(account)).filter(fits);
        known.map(|account| written(register, account, now)).collect()
    });
    Ok(page(found, &sought))
}

/// `GET /scim/v2/Users/{user}`
pub async fn show(State(app): State<App>, _: Directory, Path(user): Path<String>) -> Outcome {
    let account = found(&app, &user)?;
    Ok(shown(&app, account.id, StatusCode::OK))
}

/// `POST /scim/v2/Users`
pub async fn add(State(app): State<App>, directory: Directory, body: Body) -> Outcome {
    let sent = app.service.read(|register| person::read(register, &body?.0))?;
    let account = AccountId::from_bits(app.service.fresh());
    directory.tells(&app, account, Told::Works(sent.working)).await?;
    if !sent.active {
        directory.tells(&app, account, Told::Left).await?;
    }
    let place = format!("/scim/v2/Users/{account}");
    Ok(([(LOCATION, place)], shown(&app, account, StatusCode::CREATED)).into_response())
}

/// `PUT /scim/v2/Users/{user}`
pub async fn put(
    State(app): State<App>,
    directory: Directory,
    Path(user): Path<String>,
    body: Body,
) -> Outcome {
    let account = found(&app, &user)?;
    becomes(&app, &directory, &account, &body?.0).await
}

/// `PATCH /scim/v2/Users/{user}`
pub async fn patch(
    State(app): State<App>,
    directory: Directory,
    Path(user): Path<String>,
    body: Body,
) -> Outcome {
    let account = found(&app, &user)?;
    let body = body?.0;
    let now = app.service.now();
    let mut user = app.service.read(|register| written(register, &account, now));
    for change in change::changes(&body)? {
        change::carry_out(&mut user, &change)?;
    }
    becomes(&app, &directory, &account, &user).await
}

/// `DELETE /scim/v2/Users/{user}`: they have left for good.
pub async fn remove(State(app): State<App>, directory: Directory, Path(user): Path<String>) -> Outcome {
    let account = found(&app, &user)?;
    directory.tells(&app, account.id, Told::Gone).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Tells what somebody is now. Whoever has left has left before anything else of the message is looked at.
async fn becomes(app: &App, directory: &Directory, account: &Account, sent: &Value) -> Outcome {
    let sent = app.service.read(|register| person::read(register, sent))?;
    match (sent.active, account.standing) {
        (false, Standing::Suspended(Suspension::Left)) => {}
        (false, _) => directory.tells(app, account.id, Told::Left).await?,
        (true, _) => directory.tells(app, account.id, Told::Works(sent.working)).await?,
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
