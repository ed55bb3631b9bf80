//! `/subjects/{subject}/change`: corrects who or where a subject is.

use super::details::{self, AddressPlace, Fields, SubjectKind};
use super::{address, opened};
use crate::addresses::{self, Settled};
use crate::measures::carry_out;
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::DescribeSubject;
use register::ids::SubjectId;
use register::people::Action;
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "subjects/change.html")]
struct Screen {
    page: Page,
    action: String,
    fields: Fields,
}

/// `GET /subjects/{subject}/change`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let form = Form::new(app.service.fresh_command());
    let (form, kind) = opened(&app, &who, id, |_, subject| {
        let details = subject.details.known().ok_or(Problem::Refused(Refusal::Destroyed))?;
        Ok::<_, Problem>((details::filled(form, details), SubjectKind::from(details)))
    })
    .await??;
    draw(&app, &who, id, kind, form)
}

/// `POST /subjects/{subject}/change`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(subject): Reference<SubjectId>,
    form: Form,
) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let kind =
        opened(&app, &who, subject, |_, subject| subject.details.known().map(SubjectKind::from)).await?;
    let kind = kind.ok_or(Problem::Refused(Refusal::Destroyed))?;
    let places = details::addresses(&form, kind);
    let mut form = match addresses::settle(&app, form, places.iter().map(AddressPlace::place)) {
        Settled::Asks(form) => return draw(&app, &who, subject, kind, form),
        Settled::Goes(form) => form,
    };
    if details::wants_room(&form) {
        return draw(&app, &who, subject, kind, details::with_room(form));
    }
    let asking = details::read(&mut form, kind, app.service.today())
        .map(|details| DescribeSubject { subject, details });
    match carry_out(&app, &who, &mut form, asking, details::field_of).await? {
        Some(_) => Ok(Redirect::to(&address(subject, "")).into_response()),
        None => draw(&app, &who, subject, kind, form),
    }
}

fn draw(app: &App, who: &SignedIn, id: SubjectId, kind: SubjectKind, form: Form) -> Outcome {
    let fields = details::fields(&form, kind);
    Page::of(app, who, "Correct a file")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen { page, action: address(id, "change"), fields })
}
