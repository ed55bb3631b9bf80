//! `/screening/columns/{upload}`: what each column of a list holds. Recognised by its headings, remembered, or chosen.

use crate::page::{Page, Section};
use crate::part::Item;
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::people::Action;
use service::check::Described;
use service::screening::{LeftOut, ScreeningId, Upload, Visit};
use sheet::{Column, Columns, Row, Sheet, day};
use web::{App, Form, Outcome, Problem, SignedIn};

/// Rows that show what a column holds.
const EXAMPLES: usize = 3;

/// What the form says of a column that is not read.
const NOT_USED: &str = "not-used";

#[derive(Template)]
#[template(path = "screening/columns.html")]
struct Screen {
    page: Page,
    name: String,
    rows: usize,
    sheets: Vec<Item>,
    columns: Vec<Asked>,
    choices: Vec<Item>,
}

/// A column as it is asked about.
struct Asked {
    field: String,
    label: String,
    examples: String,
}

/// `GET /screening/columns/{upload}`
pub async fn show(State(app): State<App>, who: SignedIn, Path(id): Path<ScreeningId>) -> Outcome {
    who.must(Action::Screen)?;
    let upload = app.service.upload(who.id(), id).await?.ok_or(Problem::NotFound)?;
    let longest = upload.sheets.iter().enumerate().max_by_key(|(_, sheet)| sheet.rows.len());
    let Some((number, sheet)) = longest else { return Err(Problem::NotFound) };
    let remembered = app.service.remembered_columns(who.id(), sheet).await?;
    let columns = remembered.or_else(|| Columns::recognise(sheet)).unwrap_or_default();
    let form = Form::default().with("sheet", number).with("heading", columns.heading);
    let form = (0..width(sheet)).fold(form, |form, place| {
        form.with(&field(place), columns.of.get(&place).map_or(NOT_USED, |column| column.key()))
    });
    draw(&app, &who, &upload, form)
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
    let Some((sheet, columns)) = read(&mut form, &upload) else { return draw(&app, &who, &upload, form) };
    let (visits, left_out) = visits(sheet, &columns, &upload, app.service.today(), &who);
    if visits.is_empty() {
        let why =
            left_out.first().map_or_else(String::new, |left| format!(": row {}: {}", left.row, left.why));
        form.mistake("column-0", format!("No row of the list can be checked{why}"));
        return draw(&app, &who, &upload, form);
    }
    app.service.remember_columns(who.id(), sheet, &columns).await?;
    app.service.begin_screening(who.id(), id, &upload, visits, left_out).await?;
    app.service.screen_meanwhile(id);
    Ok(Redirect::to(&format!("/screening/{id}")).into_response())
}

fn field(place: usize) -> String {
    format!("column-{place}")
}

/// How many columns a sheet has.
fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
}

fn chosen<'u>(form: &Form, upload: &'u Upload) -> Option<&'u Sheet> {
    let number = form.value("sheet").parse::<usize>().unwrap_or(0);
    upload.sheets.get(number).or_else(|| upload.sheets.first())
}

fn read<'u>(form: &mut Form, upload: &'u Upload) -> Option<(&'u Sheet, Columns)> {
    let sheet = chosen(form, upload)?;
    let Ok(heading) = form.value("heading").trim().parse::<u32>() else {
        form.mistake("heading", "The row of headings must be a number, or 0 where there is none");
        return None;
    };
    let of =
        (0..width(sheet)).filter_map(|place| Some((place, Column::from_key(form.value(&field(place)))?)));
    let columns = Columns { heading, of: of.collect() };
    let tells_who = |column: &&Column| !matches!(column, Column::Day | Column::Officer);
    if !Column::ALL.iter().filter(tells_who).any(|column| columns.has(*column)) {
        form.mistake(
            &field(0),
            "Choose a column with a name, an address or another detail of whom is visited",
        );
        return None;
    }
    Some((sheet, columns))
}

/// Every row below the headings: as a visit, or with why it cannot be checked.
fn visits(
    sheet: &Sheet,
    columns: &Columns,
    upload: &Upload,
    today: Date,
    who: &SignedIn,
) -> (Vec<Visit>, Vec<LeftOut>) {
    let (mut visits, mut left_out) = (Vec::new(), Vec::new());
    for row in columns.rows(sheet) {
        let visit = visit(row, columns, upload, today).and_then(|visit| {
            visit
                .asked(upload.purpose())
                .enough(&who.account)
                .map_err(|not_enough| not_enough.to_string())?;
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
    let parts = [text(Column::Forename), text(Column::Surname)];
    let in_parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = text(Column::Name).or_else(|| (!in_parts.is_empty()).then_some(in_parts));
    let born = text(Column::Born);
    let description = Described {
        name,
        born,
        address: text(Column::Address),
        postcode: text(Column::Postcode),
        uprn: text(Column::Uprn),
        phone: text(Column::Phone),
        email: text(Column::Email),
        social: None,
        reference: text(Column::Reference),
    };
    if let Some(born) = &description.born
        && description.question().born.is_none()
    {
        return Err(format!("“{born}” is no date of birth such as 27/3/1971"));
    }
    Ok(Visit { row: row.number, officer: text(Column::Officer), day, description })
}

fn draw(app: &App, who: &SignedIn, upload: &Upload, form: Form) -> Outcome {
    let Some(sheet) = chosen(&form, upload) else { return Err(Problem::NotFound) };
    let heading = form.value("heading").parse::<u32>().unwrap_or(0);
    let headings = sheet.rows.iter().find(|row| row.number == heading);
    let below: Vec<&Row> = sheet.rows.iter().filter(|row| row.number > heading).collect();
    let columns = (0..width(sheet)).map(|place| {
        let letter = letters(place);
        let label = headings
            .and_then(|row| row.text(place))
            .map_or_else(|| format!("Column {letter}"), |heading| format!("Column {letter}: {heading}"));
        let examples: Vec<&str> = below.iter().filter_map(|row| row.text(place)).take(EXAMPLES).collect();
        Asked { field: field(place), label, examples: examples.join(" · ") }
    });
    let columns = columns.collect();
    let choices = std::iter::once(Item::new(NOT_USED, "Not used"))
        .chain(Column::ALL.iter().map(|column| Item::new(column.key(), column.label())));
    let choices = choices.collect();
    let sheets = upload
        .sheets
        .iter()
        .enumerate()
        .map(|(number, sheet)| Item::new(number, format!("{} ({} rows)", sheet.name, sheet.rows.len())));
    let sheets = sheets.collect();
    Page::of(app, who, "What the columns hold")
        .within(Section::Check)
        .back_to("/screening")
        .with(form)
        .show(|page| Screen { page, name: upload.name.clone(), rows: below.len(), sheets, columns, choices })
}

/// What a spreadsheet calls a column: A to Z, then AA.
fn letters(place: usize) -> String {
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
    match place / 26 {
        0 => letter(place).to_string(),
        more => format!("{}{}", letter(more - 1), letter(place)),
    }
}
