//! `/ready/policy`: the policy in force, in short, and that somebody has read it.

use crate::measures::{carry_out, nowhere};
use crate::page::Page;
use crate::words;
use askama::Template;
use axum::extract::State;
use register::command::AcknowledgePolicy;
use register::policy::Version;
use web::session::READY;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "ready/policy.html")]
struct Screen {
    page: Page,
    name: String,
    version: u32,
    since: String,
}

/// `GET /ready/policy`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /ready/policy`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    let version = form.value("version").parse().ok().map(Version);
    let asking = version.map(|version| AcknowledgePolicy { version });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => super::onwards(),
        None => draw(&app, &who, form),
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let (name, version, since) = app.service.read(|register| {
        let policy = register.policy();
        (policy.name.as_str().to_owned(), policy.version.0, words::date(policy.effective))
    });
    Page::of(app, who, "Read the policy").back_to(READY).with(form).show(|page| Screen {
        page,
        name,
        version,
        since,
    })
}
