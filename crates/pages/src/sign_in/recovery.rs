//! `/sign-in/recovery`: a recovery code in place of the second factor, for whoever has lost it.

use super::{begin, begin_at, halfway, refuse};
use crate::page::Page;
use crate::recovery_codes;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use service::sign_in::Recovered;
use web::form::Filter;
use web::session::{SECOND_FACTOR, SET_UP, safe_place, with_next};
use web::{App, Form, Outcome};

#[derive(Template)]
#[template(path = "sign_in/recovery.html")]
struct Screen {
    page: Page,
}

/// Where people give one; it leads on to `next`.
pub fn address(next: &str) -> String {
    let here = "/sign-in/recovery";
    if next.is_empty() { here.to_owned() } else { with_next(here, next) }
}

/// `GET /sign-in/recovery`
pub async fn show(State(app): State<App>, headers: HeaderMap, Filter(form): Filter) -> Outcome {
    halfway(&app, &headers, SECOND_FACTOR).await?;
    draw(&app, Form::default().with("next", form.value("next")))
}

/// `POST /sign-in/recovery`
pub async fn send(State(app): State<App>, headers: HeaderMap, mut form: Form) -> Outcome {
    let half = halfway(&app, &headers, SECOND_FACTOR).await?;
    if let Some(code) = form.text("code", "Enter one of your recovery codes") {
        match app.service.recover(&half.token, code.as_str()).await {
            Ok(Recovered::SignedIn(token)) => {
                let place = recovery_codes::leading_to(form.value("next"));
                return begin_at(&app, &headers, &token, &place).await;
            }
            Ok(Recovered::ReplaceSecondFactor(token)) => {
                return begin(&app, &headers, &form, &token, Some(SET_UP)).await;
            }
            Err(refused) => refuse(&mut form, "code", refused)?,
        }
    }
    draw(&app, form)
}

fn draw(app: &App, form: Form) -> Outcome {
    let back = safe_place(form.value("next"));
    let back = if back == "/" { SECOND_FACTOR.to_owned() } else { with_next(SECOND_FACTOR, back) };
    Page::open(app, "Use a recovery code").back_to(back).with(form).show(|page| Screen { page })
}
