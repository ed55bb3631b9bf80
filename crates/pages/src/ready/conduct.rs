//! `/ready/conduct`: the code of conduct, on one screen.

use crate::measures::{carry_out, nowhere};
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use register::command::KeepConduct;
use web::session::READY;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "ready/conduct.html")]
struct Screen {
    page: Page,
}

/// `GET /ready/conduct`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /ready/conduct`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    match carry_out(&app, &who, &mut form, Some(KeepConduct {}), nowhere).await? {
        Some(_) => super::onwards(),
        None => draw(&app, &who, form),
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    Page::of(app, who, "Code of conduct").back_to(READY).with(form).show(|page| Screen { page })
}
