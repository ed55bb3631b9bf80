//! `/subjects/{subject}/occupants`: other people live or work in a place than before, so whether it is still dangerous is asked afresh.

use super::{address, opened};
use crate::measures::carry_out;
use crate::page::{Page, Section};
use crate::part::Row;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ChangeOccupants;
use register::ids::SubjectId;
use register::people::Action;
use register::refusal::Refusal;
use register::subject::SubjectDetails;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "subjects/occupants.html")]
struct Screen {
    page: Page,
    action: String,
    /// The place that stays, whoever lives there.
    place: Vec<Row>,
    /// Where its property reference is given, if it has none and there is a list to choose from.
    change: Option<String>,
}

/// `GET /subjects/{subject}/occupants`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let form = Form::new(app.service.fresh_command()).with_date("since", app.service.today());
    draw(&app, &who, id, form).await
}

/// `POST /subjects/{subject}/occupants`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(subject): Reference<SubjectId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let since = form.date("since", "the date since when other people are there");
    let words = form.text("words", "Enter who left, who came, and how you know");
    let asking = since.zip(words).map(|(since, words)| ChangeOccupants { subject, since, words });
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(subject, "")).into_response()),
        None => draw(&app, &who, subject, form).await,
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::HappenedInFuture => "since",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, id: SubjectId, form: Form) -> Outcome {
    let premises = opened(app, who, id, |_, subject| match subject.details.known() {
        Some(SubjectDetails::Premises(premises)) => Ok(premises.clone()),
        _ => Err(Problem::NotFound),
    });
    let premises = premises.await??;
    let mut place = vec![Row::new("Address", premises.address.envelope().join("\n"))];
    place.extend(premises.address.uprn.map(|uprn| Row::new("Property reference (UPRN)", uprn.to_string())));
    let has_none = premises.address.uprn.is_none() && app.gazetteer.is_loaded();
    Page::of(app, who, "Other people live there now")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen {
            page,
            action: address(id, "occupants"),
            place,
            change: has_none.then(|| address(id, "change")),
        })
}
