//! `/policy/charts`: how a case and a review run, drawn from the tables that the simulation holds to what the register does.

use super::drawing::{Drawing, drawing};
use crate::page::Page;
use crate::part::Cell;
use askama::Template;
use axum::extract::State;
use register::course::{self, Chart, Step};
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "policy/charts.html")]
struct Screen {
    page: Page,
    charts: Vec<Drawn>,
}

/// A chart with its text.
struct Drawn {
    key: &'static str,
    title: &'static str,
    about: &'static str,
    arrows_title: String,
    besides_title: String,
    drawing: Drawing,
    told: Vec<Vec<Cell>>,
    besides: Vec<Vec<Cell>>,
}

/// `GET /policy/charts`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let charts = course::charts().iter().map(drawn).collect();
    Page::of(&app, &who, "How it runs").back_to("/policy").show(|page| Screen { page, charts })
}

fn drawn(chart: &Chart) -> Drawn {
    let drawing = drawing(chart);
    let mut told: Vec<(usize, Vec<Cell>)> = Vec::new();
    let mut besides = Vec::new();
    for step in &chart.steps {
        match drawing.number_of(step) {
            Some(number) => told.push((number, row(chart, step, Some(number)))),
            None => besides.push(row(chart, step, None)),
        }
    }
    told.sort_by_key(|(number, _)| *number);
    let told = told.into_iter().map(|(_, row)| row).collect();
    Drawn {
        key: chart.key,
        title: chart.title,
        about: chart.about,
        arrows_title: format!("{}: every arrow", chart.title),
        besides_title: format!("{}: what else may happen", chart.title),
        drawing,
        told,
        besides,
    }
}

/// A step in words; with the number of its arrow first where it is drawn.
fn row(chart: &Chart, step: &Step, number: Option<usize>) -> Vec<Cell> {
    let state = |index: usize| chart.states.get(index).copied().unwrap_or_default();
    let cells = [
        Cell::text(state(step.from)),
        Cell::text(step.says),
        Cell::text(step.who().join(", ")),
        Cell::text(if step.from == step.to { "Stays there" } else { state(step.to) }),
    ];
    number.map(|number| Cell::text(number.to_string())).into_iter().chain(cells).collect()
}
