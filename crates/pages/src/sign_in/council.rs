//! `/sign-in/council`: to the council's own sign-on and back, and what it says when somebody has signed out there.

use super::{go_on, turn_away};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use directory::{Provider, Refused, Returned};
use service::sign_in::{SignIn, SignInRefused};
use web::form::Filter;
use web::session::{self, safe_place, with_next};
use web::{App, Form, Outcome, Problem};

/// Where people leave for the council's sign-on; it leads on to `next`.
pub fn address(next: &str) -> String {
    let here = "/sign-in/council";
    if next.is_empty() { here.to_owned() } else { with_next(here, next) }
}

/// `GET /sign-in/council`. A link and not a form: the pages let no form lead to another site.
pub async fn leave(State(app): State<App>, Filter(form): Filter) -> Outcome {
    let council = council(&app)?;
    let form = Form::default().with("next", form.value("next"));
    match council.depart(app.service.now()).await {
        Ok(departure) => {
            let held = app.service.departed(departure.kept, safe_place(form.value("next"))).await?;
            Ok(session::depart(&held, app.settings.transport, &departure.address))
        }
        Err(refused) => turn_away(&app, form, "", not_believed(refused)).await,
    }
}

/// `GET /sign-in/council/return`
pub async fn come_back(State(app): State<App>, headers: HeaderMap, Filter(asked): Filter) -> Outcome {
    let council = council(&app)?;
    let given = |name: &str| Some(asked.value(name).to_owned()).filter(|value| !value.is_empty());
    let returned =
        Returned { code: given("code"), state: given("state"), iss: given("iss"), error: given("error") };
    let held = session::departure(&headers, app.settings.transport);
    let mut form = Form::default();
    match arrive(&app, council, held, returned, &mut form).await {
        Ok(signed_in) => go_on(&app, &headers, &form, &signed_in).await,
        Err(refused) => turn_away(&app, form, "", refused).await,
    }
}

async fn arrive(
    app: &App,
    council: &Provider,
    held: Option<String>,
    returned: Returned,
    form: &mut Form,
) -> Result<SignIn, SignInRefused> {
    let (kept, next) = app.service.returned(&held.ok_or(SignInRefused::Expired)?).await?;
    *form = Form::default().with("next", &next);
    let arrival = council.arrive(kept, returned, app.service.now()).await.map_err(not_believed)?;
    app.service.sign_in_by_council(council.issuer(), &arrival).await
}

/// `POST /sign-in/council/logout`: from the provider itself, without a browser (Back-Channel Logout 1.0, 2.5).
pub async fn logout(State(app): State<App>, form: Form) -> Outcome {
    let council = council(&app)?;
    let taken = match council.logout(form.value("logout_token"), app.service.now()).await {
        Ok(logout) => app.service.council_logout(council.issuer(), &logout).await?,
        Err(refused) => {
            tracing::warn!(%refused, "a logout of the council's sign-on");
            false
        }
    };
    Ok(if taken { StatusCode::OK.into_response() } else { not_taken() })
}

fn not_taken() -> Response {
    let body = r#"{"error":"invalid_request"}"#;
    (StatusCode::BAD_REQUEST, [(CONTENT_TYPE, "application/json")], body).into_response()
}

fn council(app: &App) -> Result<&Provider, Problem> {
    app.council.as_ref().ok_or(Problem::NotFound)
}

/// The rule goes to the log; the person is told what to do.
fn not_believed(refused: Refused) -> SignInRefused {
    tracing::warn!(%refused, "the council's sign-on");
    SignInRefused::CouncilSignOn
}
