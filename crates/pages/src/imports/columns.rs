//! `/imports/{import}/columns`: what each column of a service's list holds.

use super::{address, working};
use crate::columns::{self, Fields};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::ImportId;
use service::imports::Batch;
use sheet::{Column, Columns};
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "imports/columns.html")]
struct Screen {
    page: Page,
    name: String,
    list: Fields,
}

/// `GET /imports/{import}/columns`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<ImportId>) -> Outcome {
    let batch = working(&app, &who, id).await?;
    let (number, sheet) = columns::longest(&batch.sheets).ok_or(Problem::NotFound)?;
    let known = Columns::recognise(sheet, Column::OF_CUSTOMERS).unwrap_or_default();
    draw(&app, &who, id, &batch, columns::filled(Form::default(), number, sheet, &known))
}

/// `POST /imports/{import}/columns`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<ImportId>,
    mut form: Form,
) -> Outcome {
    let batch = working(&app, &who, id).await?;
    const NEEDED: &[Column] = &[Column::Name, Column::Surname, Column::Address, Column::Postcode];
    let ask = "Choose a column with a name or an address";
    let Some((number, _, columns)) = columns::read(&mut form, &batch.sheets, NEEDED, ask) else {
        return draw(&app, &who, id, &batch, form);
    };
    app.service.stage_import(batch, number, &columns).await?;
    Ok(Redirect::to(&address(id, "")).into_response())
}

fn draw(app: &App, who: &SignedIn, id: ImportId, batch: &Batch, form: Form) -> Outcome {
    let list = columns::fields(&form, &batch.sheets, Column::OF_CUSTOMERS).ok_or(Problem::NotFound)?;
    let back = if batch.rows.is_empty() { "/imports".to_owned() } else { address(id, "") };
    Page::of(app, who, "What the columns hold")
        .within(Section::Work)
        .back_to(back)
        .with(form)
        .show(|page| Screen { page, name: batch.name.clone(), list })
}
