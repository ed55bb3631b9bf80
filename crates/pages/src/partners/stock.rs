//! `/partners/{partner}/stock`: loads the list of a partner's own properties, whole. One row that cannot be read, and nothing is loaded.

use super::{address, reached};
use crate::measures::carry_out;
use crate::page::{Page, Section};
use crate::part::Cell;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::LoadStock;
use register::ids::PartnerId;
use register::partner::{Property, Stock};
use register::people::Action;
use register::personal::Text;
use sheet::{Column, Columns, Row, Sheet};
use web::{App, Form, Outcome, Reference, SignedIn};

/// What a list of properties holds.
const COLUMNS: [Column; 3] = [Column::Uprn, Column::Address, Column::Postcode];
/// How many rows that cannot be read are shown at once.
const MOST_WRONG: usize = 50;

#[derive(Template)]
#[template(path = "partners/stock.html")]
struct Screen {
    page: Page,
    name: String,
    wrong: Vec<Vec<Cell>>,
    more: usize,
}

/// A row that cannot be read, and why.
struct Wrong {
    row: u32,
    why: String,
}

/// `GET /partners/{partner}/stock`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<PartnerId>) -> Outcome {
    who.must(Action::KeepPartners)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command()), &[])
}

/// `POST /partners/{partner}/stock`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(partner): Reference<PartnerId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepPartners)?;
    reached(&app, &who, partner)?;
    let Some((_, sheets)) = crate::columns::brought(&mut form) else {
        return draw(&app, &who, partner, form, &[]);
    };
    let columns = crate::columns::longest(&sheets)
        .and_then(|(_, sheet)| Some((sheet, Columns::recognise(sheet, &COLUMNS)?)))
        .filter(|(_, columns)| columns.has(Column::Uprn) && columns.has(Column::Address));
    let Some((sheet, columns)) = columns else {
        form.mistake(
            "file",
            "The list must have a row of headings, with one column “UPRN” and one “Address”",
        );
        return draw(&app, &who, partner, form, &[]);
    };
    let (stock, wrong) = read(sheet, &columns);
    if !wrong.is_empty() {
        form.mistake(
            "file",
            "Some rows cannot be read, so nothing was loaded. Mend them and bring the list again",
        );
        return draw(&app, &who, partner, form, &wrong);
    }
    let asking = Some(LoadStock { partner, stock });
    match carry_out(&app, &who, &mut form, asking, |_| "file").await? {
        Some(_) => Ok(Redirect::to(&address(partner, "")).into_response()),
        None => draw(&app, &who, partner, form, &[]),
    }
}

/// Every property of the list, and the rows that are none.
fn read(sheet: &Sheet, columns: &Columns) -> (Stock, Vec<Wrong>) {
    let (mut stock, mut wrong) = (Stock::new(), Vec::new());
    for row in columns.rows(sheet) {
        let property =
            property(row, columns).and_then(|(uprn, property)| match stock.insert(uprn, property) {
                None => Ok(()),
                Some(_) => Err(format!("UPRN {uprn} stands twice")),
            });
        wrong.extend(property.err().map(|why| Wrong { row: row.number, why }));
    }
    (stock, wrong)
}

fn property(row: &Row, columns: &Columns) -> Result<(u64, Property), String> {
    if let Some((column, fault)) = columns.faults(row).next() {
        return Err(format!("{} shows {fault}", column.label()));
    }
    let text = |column| columns.text(row, column);
    let uprn = text(Column::Uprn).ok_or("It has no UPRN")?;
    let number = uprn.parse().ok().filter(|number| (1..1_000_000_000_000).contains(number));
    let number =
        number.ok_or_else(|| format!("“{uprn}” is no UPRN: a UPRN is a number of up to 12 figures"))?;
    let lines = text(Column::Address).and_then(|lines| Text::optional(&lines)).ok_or("It has no address")?;
    let postcode = text(Column::Postcode).and_then(|postcode| Text::optional(&postcode));
    Ok((number, Property { lines, postcode }))
}

fn draw(app: &App, who: &SignedIn, id: PartnerId, form: Form, wrong: &[Wrong]) -> Outcome {
    let name = reached(app, who, id)?;
    let rows = wrong.iter().take(MOST_WRONG);
    let rows = rows.map(|wrong| vec![Cell::text(wrong.row.to_string()), Cell::text(wrong.why.clone())]);
    Page::of(app, who, "Load a list of properties")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen {
            page,
            name,
            wrong: rows.collect(),
            more: wrong.len().saturating_sub(MOST_WRONG),
        })
}
