//! `/policy/review`: records that the policy and its protocol were reviewed and nothing is to be changed.

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ReviewPolicy;
use register::people::Action;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "policy/review.html")]
struct Screen {
    page: Page,
}

/// `GET /policy/review`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ProposePolicy)?;
    if app.service.read(|register| register.open_change().is_some()) {
        return Ok(Redirect::to("/policy/proposal").into_response());
    }
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /policy/review`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ProposePolicy)?;
    let command = form.command(app.service.fresh_command());
    let Some(words) = form.text("words", "Enter what was looked at, and why nothing is to be changed") else {
        return draw(&app, &who, form);
    };
    let answer = who.asks(&app, &form, command, ReviewPolicy { words }).await?;
    match form.answered(answer, |_| "")? {
        Some(_) => Ok(Redirect::to("/policy").into_response()),
        None => draw(&app, &who, form),
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    Page::of(app, who, "Review the policy").back_to("/policy").with(form).show(|page| Screen { page })
}
