//! `/screening`: a list of planned visits, checked in one go. It comes as a file or pasted, and its columns are chosen next.

pub mod columns;
pub mod list;
pub mod rounds;
pub mod save;

use crate::page::{Page, Section, under};
use crate::part::{Cell, Item};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::people::Action;
use register::view::Purpose;
use service::screening::{List, Upload};
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "screening/index.html")]
struct Screen {
    page: Page,
    purposes: Vec<Item>,
    lists: Vec<Vec<Cell>>,
}

/// `GET /screening`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::Screen)?;
    let form = Form::default().with("purpose", Purpose::Visit.key()).with_date("day", app.service.today());
    draw(&app, &who, form).await
}

/// `POST /screening`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::Screen)?;
    let Some(upload) = read(&mut form, &app) else { return draw(&app, &who, form).await };
    let upload = app.service.keep_upload(who.id(), &upload).await?;
    Ok(Redirect::to(&format!("/screening/columns/{upload}")).into_response())
}

fn read(form: &mut Form, app: &App) -> Option<Upload> {
    let purpose = form.choice::<Purpose>("purpose", "Choose what will be done");
    let day = form.optional_date("day", "the day of the visits");
    if let Some(Some(day)) = day
        && day < app.service.today()
    {
        form.mistake_at("day", "day-day", "The day of the visits must be today or later");
    }
    let (name, sheets) = crate::columns::brought(form)?;
    if !form.problems().is_empty() {
        return None;
    }
    Some(Upload { name, purpose: purpose?.key().to_owned(), day: day?, sheets })
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let lists = app.service.screenings(who.id()).await?;
    let lists = lists.iter().map(row).collect();
    Page::of(app, who, "Check a list of planned visits")
        .within(Section::Check)
        .back_to("/check")
        .with(form)
        .show(|page| Screen { page, purposes: Item::all::<Purpose>(), lists })
}

/// A list that was checked, in short.
fn row(list: &List) -> Vec<Cell> {
    let state = if list.is_done() { list.visits.to_string() } else { progress(list) };
    vec![
        Cell::link(&list.name, address(list, "")),
        Cell::text(words::moment(list.begun)),
        Cell::text(state),
        Cell::text(list.tally.marker.to_string()),
        Cell::text(list.tally.possible.to_string()),
        Cell::text(list.tally.none_found.to_string()),
    ]
}

/// How far a list has come.
fn progress(list: &List) -> String {
    format!("{} of {}", list.tally.checked(), list.visits)
}

/// Where something of a list stands.
fn address(list: &List, act: &str) -> String {
    under(format!("/screening/{}", list.id), act)
}
