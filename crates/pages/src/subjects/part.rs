//! `/subjects/{subject}/part`: takes back that a file was joined to another.

use super::{address, opened};
use crate::measures::{carry_out, nowhere};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::PartSubjects;
use register::ids::SubjectId;
use register::people::Action;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "subjects/part.html")]
struct Screen {
    page: Page,
    joined: String,
    kept: String,
}

/// `GET /subjects/{subject}/part`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    who.must(Action::DescribeSubject)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /subjects/{subject}/part`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(joined): Reference<SubjectId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let reasons = form.text("reasons", "Enter why they are not about the same after all");
    let asking = reasons.map(|reasons| PartSubjects { joined, reasons });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(joined, "")).into_response()),
        None => draw(&app, &who, joined, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: SubjectId, form: Form) -> Outcome {
    let (joined, kept) = opened(app, who, id, |register, _| {
        let kept = register.joined_to(id)?;
        Some((super::compare::titled(register, id), super::compare::titled(register, kept)))
    })
    .await?
    .ok_or(Problem::NotFound)?;
    Page::of(app, who, "Take the joining back")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen { page, joined, kept })
}
