//! `/sign-in/second-factor`: the six digits that the person's authenticator app shows.

use super::{begin, halfway, refuse};
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use register::ids::AccountId;
use service::sign_in::Stage;
use web::form::Filter;
use web::{App, Form, Outcome};

#[derive(Template)]
#[template(path = "sign_in/second_factor.html")]
struct Screen {
    page: Page,
    demonstration_code: Option<String>,
}

/// `GET /sign-in/second-factor`
pub async fn show(State(app): State<App>, headers: HeaderMap, Filter(form): Filter) -> Outcome {
    let half = halfway(&app, &headers, Stage::SecondFactor).await?;
    draw(&app, half.account, Form::default().with("next", form.value("next"))).await
}

/// `POST /sign-in/second-factor`
pub async fn send(State(app): State<App>, headers: HeaderMap, mut form: Form) -> Outcome {
    let half = halfway(&app, &headers, Stage::SecondFactor).await?;
    if let Some(code) = form.text("code", "Enter the six digits your authenticator app shows") {
        match app.service.second_factor(&half.token, code.as_str()).await {
            Ok(token) => return Ok(begin(&app, &form, &token, None)),
            Err(refused) => refuse(&mut form, "code", refused)?,
        }
    }
    draw(&app, half.account, form).await
}

async fn draw(app: &App, account: AccountId, form: Form) -> Outcome {
    let demonstration_code = app.service.demonstration_code(account).await;
    Page::open(app, "Enter your code")
        .back_to("/sign-in")
        .with(form)
        .show(|page| Screen { page, demonstration_code })
}
