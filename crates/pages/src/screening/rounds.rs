//! `/screening/{list}/rounds`: what each of those who go is to know, on a page of their own, to print.

use super::list::{changed, described, opened, what_to_do};
use crate::page::{Page, Section};
use crate::part::Cell;
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use register::people::Action;
use service::check::VerdictKind;
use service::screening::{Screened, ScreeningId};
use std::collections::BTreeMap;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "screening/rounds.html")]
struct Screen {
    page: Page,
    name: String,
    as_of: String,
    is_done: bool,
    rounds: Vec<(String, Vec<Vec<Cell>>)>,
}

/// `GET /screening/{list}/rounds`
pub async fn show(State(app): State<App>, who: SignedIn, Path(id): Path<ScreeningId>) -> Outcome {
    who.must(Action::Screen)?;
    let list = opened(&app, &who, id).await?;
    // What asks for nothing is not printed: a sheet of paper without a name on it would read as an all-clear. Nor is a list that is not done.
    let printed: &[VerdictKind] =
        if list.is_done() { &[VerdictKind::Marker, VerdictKind::Possible] } else { &[] };
    let screened = app.service.screened(&list, printed, 0, usize::MAX).await?;
    let mut rounds: BTreeMap<String, Vec<Vec<Cell>>> = BTreeMap::new();
    for screened in &screened {
        let officer = screened.visit.officer.clone().unwrap_or_else(|| "Not given".to_owned());
        rounds.entry(officer).or_default().push(row(screened));
    }
    Page::of(&app, &who, "Rounds to print").within(Section::Check).back_to(super::address(&list, "")).show(
        |page| Screen {
            page,
            name: list.name.clone(),
            as_of: words::moment(app.service.now()),
            is_done: list.is_done(),
            rounds: rounds.into_iter().collect(),
        },
    )
}

fn row(screened: &Screened) -> Vec<Cell> {
    let mut lines = what_to_do(&screened.shown);
    lines.extend(changed(screened));
    vec![
        Cell::text(screened.visit.day.map(words::date).unwrap_or_default()),
        Cell::text(described(screened)),
        Cell::text(lines.join("\n")),
    ]
}
