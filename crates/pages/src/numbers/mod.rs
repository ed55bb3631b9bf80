//! `/numbers`: what was reported, decided, reviewed, appealed against and checked, month by month, each plot with its table.

mod drawing;
pub mod table;

use crate::page::{Page, Section};
use crate::part::Item;
use crate::words;
use askama::Template;
use axum::extract::State;
use drawing::{Drawing, drawing, figure};
use jiff::civil::Date;
use register::calendar::day_before;
use register::numbers::{self, Month, Of, Period, Table};
use register::people::Action;
use register::state::Register;
use register::totals::totals;
use service::access::Look;
use service::usage::Usage;
use web::form::{Filter, Typed};
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "numbers/index.html")]
struct Screen {
    page: Page,
    months: Vec<Item>,
    today: String,
    totals: Vec<(&'static str, usize)>,
    period: String,
    plots: Vec<Shown>,
}

/// A plot with its table.
struct Shown {
    key: String,
    title: String,
    about: String,
    /// The title with its period.
    caption: String,
    drawing: Drawing,
    /// Whether one of its shades is a pattern, which the picture has to bring with it.
    hatched: bool,
    each: &'static str,
    heads: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
    whole: Vec<String>,
    save: String,
}

/// What a row is called: in the picture, and in the table.
pub struct Label {
    /// `Nov 26`, or a name.
    pub brief: String,
    /// `November 2026`, or a name.
    pub full: String,
}

/// What a row is called.
pub fn label_of(of: &Of) -> Label {
    match of {
        Of::Month(month) => {
            let said = |form: &str| month.first().strftime(form).to_string();
            Label { brief: said("%b %y"), full: said("%B %Y") }
        }
        Of::Name(name) => Label { brief: name.clone(), full: name.clone() },
    }
}

/// `GET /numbers?from=2025-12&to=2026-11`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(form): Filter) -> Outcome {
    who.must(Action::ReadNumbers)?;
    let today = app.service.today();
    let months = app.service.read(|register| months(register, today));
    let (form, asked) = asked(form, &months, today);
    let period = asked.unwrap_or_else(|| Period::year_to(today));
    let usage = app.service.usage().await?;
    let look = app.service.look(who.id(), Look::Numbers, |register| {
        let plots = tables(register, &usage, period).into_iter().map(|table| shown(table, period, today));
        (totals(register, today).named().into(), plots.collect())
    });
    let (totals, plots) = look.await?;
    let months = months.into_iter().map(|month| Item::new(month, label_of(&Of::Month(month)).full)).collect();
    Page::of(&app, &who, "The register in numbers").within(Section::Numbers).with(form).show(|page| Screen {
        page,
        months,
        today: words::date(today),
        totals,
        period: said(period),
        plots,
    })
}

/// Every month that can be asked for, latest first: since the first that counted anything, and at least the last twelve.
fn months(register: &Register, today: Date) -> Vec<Month> {
    let first = register.tallies().first().map_or(today, |tally| tally.on);
    let (first, last) = (Month::of(first).min(Period::year_to(today).from()), Month::of(today));
    (0..).map(|back| last.back(back)).take_while(|month| *month >= first).collect()
}

/// Reads the period that is asked for, with the form as it then stands: the last twelve months where none is. `None` where it is none.
fn asked(form: Form, months: &[Month], today: Date) -> (Form, Option<Period>) {
    let year = Period::year_to(today);
    let chosen = [("from", year.from()), ("to", year.to())];
    let mut form = chosen.into_iter().fold(form, |form, (field, month)| {
        if form.value(field).is_empty() { form.with(field, month) } else { form }
    });
    let month = |field: &str| form.value(field).parse::<Month>().ok().filter(|month| months.contains(month));
    let period = month("from").zip(month("to")).and_then(|(from, to)| Period::new(from, to));
    if period.is_none() {
        let years = Period::MOST / 12;
        form.mistake("from", format!("Choose a first month before the last, at most {years} years from it"));
    }
    (form, period)
}

/// Every table of a period.
fn tables(register: &Register, usage: &Usage, period: Period) -> Vec<Table> {
    let before = day_before(period.from().first());
    numbers::tables(register, period)
        .into_iter()
        .chain([usage.by_month(period), usage.by_team(register, Some(before), period.to().last())])
        .collect()
}

/// `December 2025 to November 2026`
fn said(period: Period) -> String {
    let name = |month| label_of(&Of::Month(month)).full;
    if period.from() == period.to() {
        name(period.from())
    } else {
        format!("{} to {}", name(period.from()), name(period.to()))
    }
}

/// The numbers of a row, as they are read.
pub fn figures(numbers: &[Option<usize>]) -> Vec<String> {
    numbers.iter().map(|number| figure(*number)).collect()
}

fn shown(table: Table, period: Period, today: Date) -> Shown {
    let running = Of::Month(Month::of(today));
    let mut query = Typed::default();
    query.add("from", &period.from().to_string());
    query.add("to", &period.to().to_string());
    let rows = table.rows.iter().map(|row| {
        let name = label_of(&row.of).full;
        let name = if row.of == running { format!("{name}, so far") } else { name };
        (name, figures(&row.numbers))
    });
    Shown {
        caption: format!("{}, {}", table.title, said(period)),
        drawing: drawing(&table),
        hatched: table.drawn.len() > 3,
        rows: rows.collect(),
        whole: figures(&table.whole),
        save: format!("/numbers/{}/table.csv?{}", table.key, query.to_urlencoded()),
        each: table.each,
        key: table.key,
        title: table.title,
        about: table.about,
        heads: table.heads,
    }
}
