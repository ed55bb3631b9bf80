//! `/sign-in/set-up`: the first sign-in of somebody, who sets up their second factor. The secret is shown as a picture to scan and as
//! text to type; the first code proves that it arrived. The same for whoever puts an app in place of a lost one, with a recovery code.

use super::{Halfway, begin, begin_at, halfway, refuse};
use crate::page::Page;
use crate::recovery_codes;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use qrcode::QrCode;
use qrcode::render::svg;
use service::sign_in::{Enrolment, SessionToken, SignInRefused, Stage};
use web::form::Filter;
use web::session::SET_UP;
use web::{App, Form, Outcome, Problem};

#[derive(Template)]
#[template(path = "sign_in/set_up.html")]
struct Screen {
    page: Page,
    secret: String,
    address: String,
    /// Whether it takes the place of one that was lost.
    replaces: bool,
}

/// `GET /sign-in/set-up`
pub async fn show(State(app): State<App>, headers: HeaderMap, Filter(form): Filter) -> Outcome {
    let half = halfway(&app, &headers, SET_UP).await?;
    draw(&app, &half, Form::default().with("next", form.value("next"))).await
}

/// `POST /sign-in/set-up`
pub async fn send(State(app): State<App>, headers: HeaderMap, mut form: Form) -> Outcome {
    let half = halfway(&app, &headers, SET_UP).await?;
    if let Some(code) = form.text("code", "Enter the six digits your authenticator app shows") {
        match app.service.confirm_second_factor(&half.token, code.as_str()).await {
            Ok(token) if replaces(&half) => {
                // The codes made before went with the app.
                let place = recovery_codes::leading_to(form.value("next"));
                return begin_at(&app, &headers, &token, &place).await;
            }
            Ok(token) => return begin(&app, &headers, &form, &token, None).await,
            Err(refused) => refuse(&mut form, "code", refused)?,
        }
    }
    draw(&app, &half, form).await
}

/// `GET /sign-in/set-up/picture.svg`: the secret as a QR code.
pub async fn picture(State(app): State<App>, headers: HeaderMap) -> Outcome {
    let half = halfway(&app, &headers, SET_UP).await?;
    let enrolment = enrolment(&app, &half.token).await?;
    let code = QrCode::new(enrolment.otpauth_uri).map_err(|_| Problem::NotFound)?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    Ok(([(CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}

fn replaces(half: &Halfway) -> bool {
    half.stage == Stage::ReplaceSecondFactor
}

async fn draw(app: &App, half: &Halfway, form: Form) -> Outcome {
    let Enrolment { secret_base32, otpauth_uri } = enrolment(app, &half.token).await?;
    let (secret, replaces) = (in_fours(&secret_base32), replaces(half));
    Page::open(app, "Set up your authenticator app").with(form).show(|page| Screen {
        page,
        secret,
        address: otpauth_uri,
        replaces,
    })
}

async fn enrolment(app: &App, token: &SessionToken) -> Result<Enrolment, Problem> {
    app.service.enrolment(token).await.map_err(|refused| match refused {
        SignInRefused::Fault(fault) => fault.into(),
        _ => Problem::NotFound,
    })
}

/// Groups of four are easier to type.
fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
