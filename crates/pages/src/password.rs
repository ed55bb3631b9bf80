//! `/account/password`: whoever is signed in changes their password. They show first that it is they, by something they hold.

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use service::sign_in::SignInRefused;
use web::{App, Form, Outcome, SignedIn};

const HERE: &str = "/account/password";

#[derive(Template)]
#[template(path = "password.html")]
struct Screen {
    page: Page,
}

/// `GET /account/password`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    // Beforehand, and never between: the page that asks for a proof carries along what was typed, and no page carries a password.
    who.proves_before(&app, HERE).await?;
    draw(&app, &who, Form::default())
}

/// `POST /account/password`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.proves_before(&app, HERE).await?;
    for (field, ask) in [("present", "Enter the password you have now"), ("password", "Choose a password")] {
        if form.value(field).is_empty() {
            form.mistake(field, ask);
        }
    }
    if !form.is_well() {
        return draw(&app, &who, form);
    }
    match app.service.change_password(&who.token, form.value("present"), form.value("password")).await {
        Ok(()) => Ok(Redirect::to("/account?new-password=yes").into_response()),
        Err(SignInRefused::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            let (field, says) = match refused {
                SignInRefused::Password(refused) => ("password", refused.to_string()),
                SignInRefused::NotRight => ("present", "The password you have now is not right".to_owned()),
                other => ("present", other.to_string()),
            };
            form.mistake(field, says);
            draw(&app, &who, form)
        }
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    Page::of(app, who, "Change your password").back_to("/account").with(form).show(|page| Screen { page })
}
