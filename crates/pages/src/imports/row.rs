//! `/imports/{import}/rows/{row}`: one row of a list beside what it may be the same as, and what is to become of it.

use super::{address, working};
use crate::compare::{self, Side};
use crate::page::{Page, Section};
use crate::part::{Cell, Item, Row};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::ImportId;
use service::imports::{Batch, Choice, Compared, Other};
use web::{App, Form, Outcome, Problem, References, SignedIn};

/// Characters of why a row is left out.
const LONGEST_WHY: usize = 500;

#[derive(Template)]
#[template(path = "imports/row.html")]
struct Screen {
    page: Page,
    title: String,
    said: Vec<Row>,
    alike: Vec<Pair>,
    choices: Vec<Item>,
}

/// What the row is compared with.
struct Pair {
    title: String,
    heads: [String; 4],
    rows: Vec<Vec<Cell>>,
}

/// What the form sends for a row that is about nobody the register knows.
const NEW: &str = "new";
/// What it sends for a row that is left out.
const LEFT_OUT: &str = "left-out";

/// Which list, and which of its rows.
type At = References<ImportId, u32>;

/// `GET /imports/{import}/rows/{row}`
pub async fn show(State(app): State<App>, who: SignedIn, References(id, number): At) -> Outcome {
    let batch = working(&app, &who, id).await?;
    let row = batch.row(number).ok_or(Problem::NotFound)?;
    let form = match &row.choice {
        Choice::Undecided => Form::default(),
        Choice::New => Form::default().with("choice", NEW),
        Choice::Subject(bits) => Form::default().with("choice", value(Other::subject(*bits))),
        Choice::Row(other) => Form::default().with("choice", value(Other::Row(*other))),
        Choice::LeftOut(why) => Form::default().with("choice", LEFT_OUT).with("why", why),
    };
    draw(&app, &who, &batch, number, form)
}

/// `POST /imports/{import}/rows/{row}`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    References(id, number): At,
    mut form: Form,
) -> Outcome {
    let mut batch = working(&app, &who, id).await?;
    let row = batch.row(number).filter(|row| row.fault.is_none()).ok_or(Problem::NotFound)?;
    let alike = app.service.row_alike(&batch, row)?;
    let Some(choice) = read(&mut form, &alike) else { return draw(&app, &who, &batch, number, form) };
    batch.choose(number, choice);
    app.service.keep_import(&batch).await?;
    // On to the next that somebody must look at.
    let next = batch.rows.iter().find(|row| row.fault.is_none() && row.choice == Choice::Undecided);
    let next = next.map_or_else(|| address(id, ""), |row| address(id, &format!("rows/{}", row.number)));
    Ok(Redirect::to(&next).into_response())
}

fn read(form: &mut Form, alike: &[Compared]) -> Option<Choice> {
    let sent = form.value("choice").to_owned();
    let same = alike.iter().find(|compared| value(compared.other) == sent).map(|compared| compared.other);
    match (same, sent.as_str()) {
        (Some(Other::Subject(subject)), _) => Some(Choice::Subject(subject.bits())),
        (Some(Other::Row(number)), _) => Some(Choice::Row(number)),
        (None, NEW) => Some(Choice::New),
        (None, LEFT_OUT) => {
            let why = form.text_within("why", "Enter why it is left out", LONGEST_WHY)?;
            Some(Choice::LeftOut(why.as_str().to_owned()))
        }
        (None, _) => {
            form.mistake("choice", "Choose what is to become of this row");
            None
        }
    }
}

/// What the form sends for something that the row is the same as.
fn value(other: Other) -> String {
    match other {
        Other::Subject(subject) => subject.to_string(),
        Other::Row(number) => format!("row-{number}"),
    }
}

fn draw(app: &App, who: &SignedIn, batch: &Batch, number: u32, form: Form) -> Outcome {
    let row = batch.row(number).filter(|row| row.fault.is_none()).ok_or(Problem::NotFound)?;
    let id = batch.id().ok_or(Problem::NotFound)?;
    let alike = app.service.row_alike(batch, row)?;
    let title = format!("Row {number} of {}", batch.name);
    let own = Side::of_row(format!("Row {number}"), &row.described);
    let mut choices = Vec::new();
    let knows = |compared: &&Compared| match compared.other {
        Other::Subject(subject) => !app.service.read(|register| register.is_excluded(who.id(), subject)),
        Other::Row(_) => true,
    };
    let pairs = alike.iter().filter(knows).filter_map(|compared| {
        let other = side(app, batch, compared.other)?;
        let label = format!("It is about the same as: {}", other.title);
        choices.push(Item::new(value(compared.other), label).hint(compare::sure(&compared.hit)));
        Some(Pair {
            title: format!("{}: {}", compare::sure(&compared.hit), other.title),
            heads: ["Detail".into(), own.title.clone(), other.title.clone(), "How they agree".into()],
            rows: compare::rows(&own, &other, Some(&compared.hit)),
        })
    });
    let alike: Vec<Pair> = pairs.collect();
    choices.push(Item::new(NEW, "It is about somebody else, or somewhere else: open a file"));
    choices.push(Item::new(LEFT_OUT, "Leave it out, and say why below"));
    let told = compare::rows(&own, &Side::of_row("", &Default::default()), None);
    let said = told.into_iter().filter_map(|cells| {
        let [label, said, ..] = cells.as_slice() else { return None };
        Some(Row::new(&label.text, &said.text))
    });
    let said = said.chain(row.said.iter().map(|(heading, text)| Row::new(heading, text))).collect();
    Page::of(app, who, title.clone())
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen { page, title, said, alike, choices })
}

fn side(app: &App, batch: &Batch, other: Other) -> Option<Side> {
    match other {
        Other::Row(number) => Some(Side::of_row(format!("Row {number}"), &batch.row(number)?.described)),
        Other::Subject(id) => app.service.read(|register| {
            let subject = register.subject(id)?;
            let title = format!("{} ({id})", subject.heading());
            Some(Side::of_file(title, subject.details.known()?))
        }),
    }
}
