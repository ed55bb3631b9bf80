//! `/access-log`: who looked at what, newest first. Reading it is a look of its own.

use crate::page::{Page, Section};
use crate::part::{Cell, Item, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::ids::File;
use register::moment::Actor;
use register::people::Action;
use register::retention::Category;
use register::state::Register;
use service::access::{AccessFilter, AccessRow};
use web::form::Filter;
use web::{App, Form, Outcome, SignedIn};

/// Rows on a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "access_log.html")]
struct Screen {
    page: Page,
    people: Vec<Item>,
    rows: Vec<Vec<Cell>>,
    kept: String,
    newest: Option<String>,
    older: Option<String>,
}

/// `GET /access-log?file=I-…&account=A-…&before=…`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(mut form): Filter) -> Outcome {
    who.must(Action::ReadAccessLog)?;
    let filter = read(&mut form);
    let rows = match &filter {
        Some(filter) => app.service.accesses(who.id(), filter.clone(), ROWS).await?,
        None => Vec::new(),
    };
    let older =
        (rows.len() == ROWS).then(|| rows.last().map(|row| address(&form, Some(row.position)))).flatten();
    let newest = (!form.value("before").is_empty()).then(|| address(&form, None));
    let (people, rows, kept) = app.service.read(|register| {
        (
            Item::of_accounts(register.accounts()),
            rows.iter().map(|row| cells(register, row)).collect(),
            Category::Accesses.keeping().in_words(register),
        )
    });
    Page::of(&app, &who, "Access log").within(Section::AccessLog).with(form).show(|page| Screen {
        page,
        people,
        rows,
        kept,
        newest,
        older,
    })
}

fn read(form: &mut Form) -> Option<AccessFilter> {
    let typed = form.value("file").trim().to_owned();
    let file = typed.parse::<File>().ok();
    if file.is_none() && !typed.is_empty() {
        form.mistake("file", "Enter the reference of a file, such as I-7K3M-92QX");
        return None;
    }
    let account = form.optional_reference("account", "Choose a person from the list");
    Some(AccessFilter { file, account: account?, before: form.value("before").parse().ok() })
}

/// A row in words: when, who, what, about what, and which row it is.
pub fn cells(register: &Register, row: &AccessRow) -> Vec<Cell> {
    let by =
        row.by.map_or_else(|| "the register itself".to_owned(), |id| name_of(register, Actor::Account(id)));
    let what = match (row.purpose, row.day) {
        (Some(purpose), Some(day)) => {
            format!("{}: {} on {}", row.kind.label(), purpose.label().to_lowercase(), words::date(day))
        }
        (Some(purpose), None) => format!("{}: {}", row.kind.label(), purpose.label().to_lowercase()),
        (None, _) => row.kind.label().to_owned(),
    };
    let verdict = row.verdict.map(|verdict| verdict.label().to_owned());
    let markers = row.markers.iter().map(ToString::to_string);
    let errand = row.errand.map(|errand| errand.label().to_owned());
    let rang = row.rang.map(|rang| format!("for {}, who rang", name_of(register, Actor::Account(rang))));
    let from_memory = row.from_memory.then(|| "answered from memory".to_owned());
    let about = row.about.clone().into_iter().chain(verdict).chain(markers).chain(errand).chain(rang);
    let about: Vec<String> = about.chain(from_memory).collect();
    vec![
        Cell::text(words::moment(row.at)),
        Cell::text(by),
        Cell::text(what),
        Cell::text(about.join(", ")),
        Cell::text(row.position.to_string()),
    ]
}

/// This page with the same filter, from another row on. References are nothing about anybody.
fn address(form: &Form, before: Option<u64>) -> String {
    let mut query = web::form::Typed::default();
    for field in ["file", "account"] {
        if !form.value(field).is_empty() {
            query.add(field, form.value(field));
        }
    }
    if let Some(before) = before {
        query.add("before", &before.to_string());
    }
    format!("/access-log?{}", query.to_urlencoded())
}
