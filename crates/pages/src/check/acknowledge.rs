//! `/check/acknowledge`: whoever asked says that they have read the precautions and will follow them.

use crate::page::{Page, Section};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::people::Action;
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "check/acknowledge.html")]
struct Screen {
    page: Page,
    check: u64,
    at: String,
    /// What the answer said to do, as the form carried it on.
    lines: Vec<String>,
}

/// `POST /check/acknowledge`
pub async fn send(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    who.must(Action::Check)?;
    let check = form.value("check").parse().map_err(|_| Problem::NotFound)?;
    app.service.acknowledge(who.id(), check).await?.ok_or(Problem::NotFound)?;
    let at = words::moment(app.service.now());
    let lines = form.typed().values("line").map(str::to_owned).collect();
    Page::of(&app, &who, "Acknowledged").within(Section::Check).show(|page| Screen { page, check, at, lines })
}
