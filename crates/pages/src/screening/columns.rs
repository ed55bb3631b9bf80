//! `/screening/columns/{upload}`: what each column of a list holds. Recognised by its headings, remembered, or chosen.

use crate::columns::{self, Fields};
use crate::page::{Page, Section};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::people::Action;
use register::view;
use service::check::Described;
use service::screening::{LeftOut, ScreeningId, Upload, Visit};
use sheet::{Column, Columns, Row, Sheet, day};
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "screening/columns.html")]
struct Screen {
    page: Page,
    name: String,
    list: Fields,
}

/// `GET /screening/columns/{upload}`
pub async fn show(State(app): State<App>, who: SignedIn, Path(id): Path<ScreeningId>) -> Outcome {
    who.must(Action::Screen)?;
    let upload = app.service.upload(who.id(), id).await?.ok_or(Problem::NotFound)?;
    let (number, sheet) = columns::longest(&upload.sheets).ok_or(Problem::NotFound)?;
    let remembered = app.service.remembered_columns(who.id(), sheet).await?;
    let known = remembered.or_else(|| Columns::recognise(sheet, Column::OF_VISITS)).unwrap_or_default();
    draw(&app, &who, &upload, columns::filled(Form::default(), number, sheet, &known))
}

/// `POST /screening/columns/{upload}`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<ScreeningId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Screen)?;
    let upload = app.service.upload(who.id(), id).await?.ok_or(Problem::NotFound)?;
    let needed: Vec<Column> = Column::OF_VISITS.iter().copied().filter(tells_who).collect();
    let ask = "Choose a column with a name, an address or another detail of whom is visited";
    let Some((_, sheet, columns)) = columns::read(&mut form, &upload.sheets, &needed, ask) else {
        return draw(&app, &who, &upload, form);
    };
    let (visits, left_out) = visits(sheet, &columns, &upload, &app, &who);
    if visits.is_empty() {
        let why =
            left_out.first().map_or_else(String::new, |left| format!(": row {}: {}", left.row, left.why));
        form.mistake(columns::FIRST, format!("No row of the list can be checked{why}"));
        return draw(&app, &who, &upload, form);
    }
    app.service.remember_columns(who.id(), sheet, &columns).await?;
    if app.service.begin_screening(who.id(), id, &upload, visits, left_out).await?.is_err() {
        let ring = app.service.read(view::duty_desk);
        form.mistake(
            columns::FIRST,
            format!(
                "With this list you would check more in one day than the register answers one person. Nothing of it was checked. \
                 Ring {} on {}: they check it for you. This says nothing about whether there is a danger",
                ring.name,
                words::telephone(&ring.phone)
            ),
        );
        return draw(&app, &who, &upload, form);
    }
    app.service.screen_meanwhile(id);
    Ok(Redirect::to(&format!("/screening/{id}")).into_response())
}

const fn tells_who(column: &Column) -> bool {
    !matches!(column, Column::Day | Column::Officer)
}

/// Every row below the headings: as a visit, or with why it cannot be checked.
fn visits(
    sheet: &Sheet,
    columns: &Columns,
    upload: &Upload,
    app: &App,
    who: &SignedIn,
) -> (Vec<Visit>, Vec<LeftOut>) {
    let today = app.service.today();
    let (mut visits, mut left_out) = (Vec::new(), Vec::new());
    for row in columns.rows(sheet) {
        let visit = visit(row, columns, upload, today).and_then(|visit| {
            let asked = visit.asked(upload.purpose());
            let enough = app.service.read(|register| asked.enough(register, &who.account));
            enough.map_err(|not_enough| not_enough.to_string())?;
            Ok(visit)
        });
        match visit {
            Ok(visit) => visits.push(visit),
            Err(why) => left_out.push(LeftOut { row: row.number, why }),
        }
    }
    (visits, left_out)
}

fn visit(row: &Row, columns: &Columns, upload: &Upload, today: Date) -> Result<Visit, String> {
    if let Some((column, fault)) = columns.faults(row).next() {
        return Err(format!("{} shows {fault}", column.label()));
    }
    let text = |column| columns.text(row, column);
    let day = match text(Column::Day) {
        None => upload.day,
        Some(typed) => {
            let day = day::parse(&typed).ok_or_else(|| format!("“{typed}” is no day such as 3/12/2026"))?;
            if day < today {
                return Err(format!("{} has passed", words::date(day)));
            }
            Some(day)
        }
    };
    let description = Described::of_row(row, columns);
    if let Some(born) = &description.born
        && description.question().born.is_none()
    {
        return Err(format!("“{born}” is no date of birth such as 27/3/1971"));
    }
    Ok(Visit { row: row.number, officer: text(Column::Officer), day, description })
}

fn draw(app: &App, who: &SignedIn, upload: &Upload, form: Form) -> Outcome {
    let list = columns::fields(&form, &upload.sheets, Column::OF_VISITS).ok_or(Problem::NotFound)?;
    Page::of(app, who, "What the columns hold")
        .within(Section::Check)
        .back_to("/screening")
        .with(form)
        .show(|page| Screen { page, name: upload.name.clone(), list })
}
