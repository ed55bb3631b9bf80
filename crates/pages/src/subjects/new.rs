//! `/subjects/new`: opens a file about a person or a place.

use super::details::{self, AddressPlace, Fields, SubjectKind};
use crate::addresses::{self, Settled};
use crate::measures::carry_out;
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::OpenSubject;
use register::ids::SubjectId;
use register::people::Action;
use web::form::{Choice, Filter, reference_bits};
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "subjects/new.html")]
struct Screen {
    page: Page,
    fields: Fields,
}

/// `GET /subjects/new?kind=premises`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(filter): Filter) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let form = Form::new(app.service.fresh_command());
    draw(&app, &who, form.with("kind", kind(&filter).key()))
}

/// `POST /subjects/new`
pub async fn send(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let places = details::addresses(&form, kind(&form));
    let mut form = match addresses::settle(&app, form, places.iter().map(AddressPlace::place)) {
        Settled::Asks(form) => return draw(&app, &who, form),
        Settled::Goes(form) => form,
    };
    if details::wants_room(&form) {
        return draw(&app, &who, details::with_room(form));
    }
    let subject = SubjectId::from_bits(reference_bits(form.command(app.service.fresh_command())));
    let kind = kind(&form);
    let asking =
        details::read(&mut form, kind, app.service.today()).map(|details| OpenSubject { subject, details });
    match carry_out(&app, &who, &mut form, asking, details::field_of).await? {
        Some(_) => Ok(Redirect::to(&super::address(subject, "")).into_response()),
        None => draw(&app, &who, form),
    }
}

fn kind(form: &Form) -> SubjectKind {
    SubjectKind::from_key(form.value("kind")).unwrap_or(SubjectKind::Person)
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let fields = details::fields(&form, kind(&form));
    Page::of(app, who, "Open a file")
        .within(Section::Work)
        .back_to("/work")
        .with(form)
        .show(|page| Screen { page, fields })
}
