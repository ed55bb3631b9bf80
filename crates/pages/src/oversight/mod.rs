//! `/oversight`: the looks of the last weeks that stand out, with the reasons; what was not answered; and a few drawn by lot. Each leads to
//! where its reader is asked and it is closed.
//!
//! Shown is who looked, when, why and at which file, never what was asked.

pub mod decoys;
pub mod item;

use crate::access_log::cells;
use crate::page::{Page, Section};
use crate::part::{Cell, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::looks::LooksReview;
use register::moment::Actor;
use register::people::Action;
use register::state::Register;
use service::access::AccessRow;
use service::oversight::Overseen;
use service::oversight::queue::Item;
use service::oversight::rules::{Alert, Reason};
use std::collections::BTreeSet;
use std::fmt::Display;
use web::{App, Outcome, SignedIn};

/// Where it is.
pub const HERE: &str = "/oversight";
/// Rows of each table, at most.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "oversight/list.html")]
struct Screen {
    page: Page,
    since: String,
    figures: Vec<Row>,
    lists: Lists,
    /// Whether whoever reads keeps the decoys, too.
    keeps_decoys: bool,
}

/// What waits, and what is closed.
struct Lists {
    alerts: Vec<Vec<Cell>>,
    denied: Vec<Vec<Cell>>,
    refused: Vec<Vec<Cell>>,
    sample: Vec<Vec<Cell>>,
    /// What readers were asked about and stands in none of those any more.
    asked: Vec<Vec<Cell>>,
    closed: Vec<Vec<Cell>>,
}

/// `GET /oversight`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReadAccessLog)?;
    let overseen = app.service.oversee(who.id()).await?;
    let lists = app.service.read(|register| {
        let rows = |rows: &[AccessRow]| -> Vec<Vec<Cell>> {
            overseen.open_rows(rows).take(ROWS).map(|row| of_row(register, row)).collect()
        };
        let closed = register.looks_reviews().iter().rev();
        Lists {
            alerts: overseen.open_alerts().take(ROWS).map(|it| of_alert(register, &overseen, it)).collect(),
            denied: rows(&overseen.denied),
            refused: rows(&overseen.refused),
            sample: rows(&overseen.sample),
            asked: overseen.asked_before().iter().map(|item| of_item(register, item)).collect(),
            closed: closed.take(ROWS).map(|review| of_review(register, review)).collect(),
        }
    });
    Page::of(&app, &who, "Looks that stand out").within(Section::AccessLog).back_to("/access-log").show(
        |page| Screen {
            page,
            since: words::moment(overseen.since),
            figures: figures(&overseen),
            lists,
            keeps_decoys: who.may(Action::ReviewLooks),
        },
    )
}

fn figures(overseen: &Overseen) -> Vec<Row> {
    let open = [&overseen.denied, &overseen.refused, &overseen.sample].map(|rows| overseen.open_rows(rows));
    let open = overseen.open_alerts().count() + open.into_iter().map(Iterator::count).sum::<usize>();
    vec![
        Row::new("Checks, searches and files opened", overseen.looks.to_string()),
        Row::new("Explained by what the register knows", overseen.explained.to_string()),
        Row::new("Stand out", overseen.alerts.len().to_string()),
        Row::new("Not answered", overseen.refused.len().to_string()),
        Row::new("To be closed", (open + overseen.asked_before().len()).to_string()),
    ]
}

/// A row in words, which leads to where it is closed, and how far that is.
fn of_row(register: &Register, row: &AccessRow) -> Vec<Cell> {
    let mut cells = cells(register, row);
    cells.pop();
    let looks = [row.position].into();
    cells.extend([Cell::text(stage(register, &looks)), link(&looks)]);
    cells
}

/// One reader's looks at one thing: who, when, at what, why it stands out, and the rows.
fn of_alert(register: &Register, overseen: &Overseen, alert: &Alert) -> Vec<Cell> {
    let looks = alert.looks.iter().copied().collect();
    vec![
        Cell::text(name_of(register, Actor::Account(alert.by))),
        Cell::text(words::moment(alert.last)),
        Cell::text(about(overseen, alert.looks.iter().copied())),
        Cell::text(reasons(&alert.reasons)),
        Cell::text(stage(register, &looks)),
        link(&looks),
    ]
}

fn of_item(register: &Register, item: &Item) -> Vec<Cell> {
    vec![
        Cell::text(name_of(register, Actor::Account(item.by))),
        Cell::text(stage(register, &item.looks)),
        link(&item.looks),
    ]
}

fn of_review(register: &Register, review: &LooksReview) -> Vec<Cell> {
    vec![
        Cell::text(words::moment(review.moment.at)),
        Cell::text(name_of(register, Actor::Account(review.reader))),
        Cell::text(review.finding.label()),
        Cell::text(name_of(register, review.moment.by)),
        link(&review.looks),
    ]
}

/// The files that some looks were at.
fn about(overseen: &Overseen, looks: impl Iterator<Item = u64>) -> String {
    let rows = looks.filter_map(|look| overseen.row(look));
    let files: BTreeSet<String> = rows
        .flat_map(|row| row.about.clone().into_iter().chain(row.markers.iter().map(ToString::to_string)))
        .collect();
    let files: Vec<String> = files.into_iter().collect();
    if files.is_empty() { "Nobody on the register".to_owned() } else { files.join("\n") }
}

fn reasons(reasons: &BTreeSet<Reason>) -> String {
    let labels: Vec<&str> = reasons.iter().copied().map(Reason::label).collect();
    labels.join("\n")
}

/// How far it is with some looks: whether their reader was asked, and has answered.
fn stage(register: &Register, looks: &BTreeSet<u64>) -> &'static str {
    let asked = register.looks_questions().filter(|(_, question)| !question.looks.is_disjoint(looks)).last();
    match asked.map(|(_, question)| question.answer.is_some()) {
        None => "Not asked yet",
        Some(false) => "Asked",
        Some(true) => "Answered",
    }
}

/// Some looks by their rows, which lead to where they are closed.
fn link(looks: &BTreeSet<u64>) -> Cell {
    match looks.last() {
        Some(newest) => Cell::link(named(looks), address(newest)),
        None => Cell::text(named(looks)),
    }
}

/// Some looks by their rows, in few words.
fn named(looks: &BTreeSet<u64>) -> String {
    let rows: Vec<String> = looks.iter().map(ToString::to_string).collect();
    match rows.as_slice() {
        [one] => format!("Row {one}"),
        [first, .., last] if rows.len() > 5 => format!("{} rows from {first} to {last}", rows.len()),
        few => format!("Rows {}", few.join(", ")),
    }
}

/// Where the item is whose newest look this is.
fn address(look: impl Display) -> String {
    format!("{HERE}/{look}")
}
