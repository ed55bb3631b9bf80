//! A list as somebody brings it, and what each of its columns holds: recognised by its headings, remembered, or chosen. Lists of visits
//! and of customers ask it alike.

use crate::part::Item;
use sheet::{Column, Columns, NotASheet, Row, Sheet};
use web::Form;

/// Characters of a list's name.
const LONGEST_NAME: usize = 100;

/// The file that was chosen or, where none was, what was pasted: its name and its sheets.
pub fn brought(form: &mut Form) -> Option<(String, Vec<Sheet>)> {
    let pasted = form.value("pasted").to_owned();
    let file = form.take_files("file").into_iter().next();
    let (name, found) = match file {
        Some(file) => (named(&file.name), sheet::read(&file.bytes)),
        None if pasted.trim().is_empty() => {
            form.mistake("file", "Choose a file, or paste the list");
            return None;
        }
        None => ("Pasted list".to_owned(), sheet::read(pasted.as_bytes())),
    };
    let sheets = found.map_err(|fault: NotASheet| form.mistake("file", fault.to_string())).ok()?;
    Some((name, sheets))
}

/// What a list is called after its file, as far as a page has room.
fn named(file: &str) -> String {
    let name: String = file.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    if name.trim().is_empty() { "List".to_owned() } else { name }
}

/// Rows that show what a column holds.
const EXAMPLES: usize = 3;

/// What the form says of a column that is not read.
const NOT_USED: &str = "not-used";

/// The first of the fields, where a mistake about all of them stands.
pub const FIRST: &str = "column-0";

/// What there is to choose from.
pub struct Fields {
    /// Rows below the headings.
    pub rows: usize,
    /// The sheets of the file.
    pub sheets: Vec<Item>,
    /// Each column.
    pub columns: Vec<Asked>,
    /// What a column may hold.
    pub choices: Vec<Item>,
}

/// A column as it is asked about.
pub struct Asked {
    /// Its field.
    pub field: String,
    /// Its letter and heading.
    pub label: String,
    /// What stands in it.
    pub examples: String,
}

/// The sheet that most likely holds the list, and its number.
pub fn longest(sheets: &[Sheet]) -> Option<(usize, &Sheet)> {
    sheets.iter().enumerate().max_by_key(|(_, sheet)| sheet.rows.len())
}

/// The form as first shown.
pub fn filled(form: Form, number: usize, sheet: &Sheet, columns: &Columns) -> Form {
    let form = form.with("sheet", number).with("heading", columns.heading);
    (0..width(sheet)).fold(form, |form, place| {
        form.with(&field(place), columns.of.get(&place).map_or(NOT_USED, |column| column.key()))
    })
}

/// Reads the form: the sheet with its number, and what its columns hold. `needed`: one of these must be among them.
pub fn read<'s>(
    form: &mut Form,
    sheets: &'s [Sheet],
    needed: &[Column],
    ask: &str,
) -> Option<(usize, &'s Sheet, Columns)> {
    let (number, sheet) = chosen(form, sheets)?;
    let Ok(heading) = form.value("heading").trim().parse::<u32>() else {
        form.mistake("heading", "The row of headings must be a number, or 0 where there is none");
        return None;
    };
    let of =
        (0..width(sheet)).filter_map(|place| Some((place, Column::from_key(form.value(&field(place)))?)));
    let columns = Columns { heading, of: of.collect() };
    if !needed.iter().any(|column| columns.has(*column)) {
        form.mistake(FIRST, ask);
        return None;
    }
    Some((number, sheet, columns))
}

/// What there is to choose from, for the sheet that the form names.
pub fn fields(form: &Form, sheets: &[Sheet], among: &[Column]) -> Option<Fields> {
    let (_, sheet) = chosen(form, sheets)?;
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
        .chain(among.iter().map(|column| Item::new(column.key(), column.label())));
    let named = |(number, sheet): (usize, &Sheet)| {
        Item::new(number, format!("{} ({} rows)", sheet.name, sheet.rows.len()))
    };
    let sheets = sheets.iter().enumerate().map(named).collect();
    Some(Fields { rows: below.len(), sheets, columns, choices: choices.collect() })
}

fn field(place: usize) -> String {
    format!("column-{place}")
}

/// How many columns a sheet has.
fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
}

fn chosen<'s>(form: &Form, sheets: &'s [Sheet]) -> Option<(usize, &'s Sheet)> {
    let number = form.value("sheet").parse::<usize>().unwrap_or(0);
    sheets.get(number).map(|sheet| (number, sheet)).or_else(|| sheets.first().map(|sheet| (0, sheet)))
}

/// What a spreadsheet calls a column: A to Z, then AA.
fn letters(place: usize) -> String {
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
    match place / 26 {
        0 => letter(place).to_string(),
        more => format!("{}{}", letter(more - 1), letter(place)),
    }
}
