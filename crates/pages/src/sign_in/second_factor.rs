//! `/sign-in/second-factor`: the six digits that the person's authenticator app shows.

use super::{Halfway, begin, halfway, refuse};
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use web::form::Filter;
use web::passkey::{self, Asking};
use web::session::SECOND_FACTOR;
use web::{App, Form, Outcome};

#[derive(Template)]
#[template(path = "sign_in/second_factor.html")]
struct Screen {
    page: Page,
    passkey: Option<Asking>,
    demonstration_code: Option<String>,
}

/// `GET /sign-in/second-factor`
pub async fn show(State(app): State<App>, headers: HeaderMap, Filter(form): Filter) -> Outcome {
    let half = halfway(&app, &headers, SECOND_FACTOR).await?;
    draw(&app, &half, Form::default().with("next", form.value("next"))).await
}

/// `POST /sign-in/second-factor`
pub async fn send(State(app): State<App>, headers: HeaderMap, mut form: Form) -> Outcome {
    let half = halfway(&app, &headers, SECOND_FACTOR).await?;
    if let (Some(site), Some(used)) = (&app.site, passkey::used(&form)) {
        match app.service.second_factor_by_passkey(site, &half.token, &used).await {
            Ok(token) => return begin(&app, &headers, &form, &token, None).await,
            Err(refused) => refuse(&mut form, "code", refused)?,
        }
    } else if let Some(code) = form.text("code", "Enter the six digits your authenticator app shows") {
        match app.service.second_factor(&half.token, code.as_str()).await {
            Ok(token) => return begin(&app, &headers, &form, &token, None).await,
            Err(refused) => refuse(&mut form, "code", refused)?,
        }
    }
    draw(&app, &half, form).await
}

async fn draw(app: &App, half: &Halfway, form: Form) -> Outcome {
    let passkey = passkey::within(app, half.account, half.token.as_str()).await?;
    let demonstration_code = app.service.demonstration_code(half.account).await;
    Page::open(app, "Enter your code").back_to("/sign-in").with(form).show(|page| Screen {
        page,
        passkey,
        demonstration_code,
    })
}
