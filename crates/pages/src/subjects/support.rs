//! `/subjects/{subject}/support`: what helps a subject. It is kept apart from everything that could read as a danger.

use super::{address, opened};
use crate::measures::{carry_out, nowhere};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::RecordSupportNeeds;
use register::ids::SubjectId;
use register::people::Action;
use register::personal::Text;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "subjects/support.html")]
struct Screen {
    page: Page,
    action: String,
}

/// `GET /subjects/{subject}/support`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let form = Form::new(app.service.fresh_command());
    let form = opened(&app, &who, id, |_, subject| {
        let needs = subject.support.as_ref().and_then(|needs| needs.known()).map(Text::as_str);
        form.with("needs", needs.unwrap_or_default())
    })
    .await?;
    draw(&app, &who, id, form)
}

/// `POST /subjects/{subject}/support`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(subject): Reference<SubjectId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let asking = form.text("needs", "Enter what helps").map(|needs| RecordSupportNeeds { subject, needs });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(subject, "")).into_response()),
        None => draw(&app, &who, subject, form),
    }
}

fn draw(app: &App, who: &SignedIn, id: SubjectId, form: Form) -> Outcome {
    Page::of(app, who, "Support needs")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen { page, action: address(id, "support") })
}
