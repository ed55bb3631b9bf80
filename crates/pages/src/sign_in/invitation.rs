//! `/sign-in/invitation`: somebody new, or locked out, chooses a password with the code that was handed to them.

use super::refuse;
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use web::{App, Form, Outcome};

#[derive(Template)]
#[template(path = "sign_in/invitation.html")]
struct Screen {
    page: Page,
}

/// `GET /sign-in/invitation`
pub async fn show(State(app): State<App>) -> Outcome {
    draw(&app, Form::default())
}

/// `POST /sign-in/invitation`
pub async fn send(State(app): State<App>, mut form: Form) -> Outcome {
    let code = form.text("code", "Enter the invitation code");
    if form.value("password").is_empty() {
        form.mistake("password", "Choose a password");
    }
    if let (Some(code), true) = (code, form.is_well()) {
        match app
            .service
            .accept_invitation(code.as_str(), form.value("other-half"), form.value("password"))
            .await
        {
            Ok(_) => return Ok(Redirect::to("/sign-in?new-password=yes").into_response()),
            Err(refused) => refuse(&mut form, "code", refused)?,
        }
    }
    draw(&app, form)
}

fn draw(app: &App, form: Form) -> Outcome {
    Page::open(app, "Choose a password").back_to("/sign-in").with(form).show(|page| Screen { page })
}
