//! `/numbers/{table}/table.csv`: the table behind a plot, to save (RFC 4180).

use super::{asked, months, tables};
use crate::csv;
use axum::extract::{Path, State};
use register::numbers::Table;
use register::people::Action;
use service::access::Look;
use web::form::Filter;
use web::{App, Outcome, Problem, SignedIn};

/// `GET /numbers/{table}/table.csv?from=2025-12&to=2026-11`
pub async fn save(
    State(app): State<App>,
    who: SignedIn,
    Path(key): Path<String>,
    Filter(form): Filter,
) -> Outcome {
    who.must(Action::ReadNumbers)?;
    let today = app.service.today();
    let months = app.service.read(|register| months(register, today));
    let (_, period) = asked(form, &months, today);
    let period = period.ok_or(Problem::NotFound)?;
    let usage = app.service.usage().await?;
    let found = app.service.look(who.id(), Look::Numbers, |register| {
        tables(register, &usage, period).into_iter().find(|table| table.key == key)
    });
    let table = found.await?.ok_or(Problem::NotFound)?;
    Ok(csv::file(&format!("{}-{}-{}", table.key, period.from(), period.to()), written(&table)))
}

/// The table in lines, its heads first and all of it last.
fn written(table: &Table) -> String {
    let number = |number: &Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let line = |first: &str, rest: Vec<String>| {
        csv::line(std::iter::once(first).chain(rest.iter().map(String::as_str)))
    };
    let heads = line(table.each, table.heads.clone());
    let rows =
        table.rows.iter().map(|row| line(&row.of.to_string(), row.numbers.iter().map(number).collect()));
    let whole = line("All", table.whole.iter().map(number).collect());
    std::iter::once(heads).chain(rows).chain([whole]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use register::numbers::{Layout, Of, Row};

    #[test]
    fn a_table_is_saved_line_by_line_and_no_name_in_it_is_a_formula() {
        let row = |of: &str, numbers: [Option<usize>; 2]| Row {
            of: Of::Name(of.to_owned()),
            numbers: numbers.into(),
        };
        let table = Table {
            key: "teams".to_owned(),
            title: String::new(),
            about: String::new(),
            each: "Team",
            heads: vec!["Checks".to_owned(), "Of these, \"possible\"".to_owned()],
            drawn: Vec::new(),
            layout: Layout::Stacked,
            rows: vec![row("Housing, repairs", [Some(3), Some(0)]), row("=cmd|x", [Some(0), None])],
            whole: vec![Some(3), Some(0)],
        };
        assert_eq!(
            written(&table),
            "Team,Checks,\"Of these, \"\"possible\"\"\"\r\n\"Housing, repairs\",3,0\r\n'=cmd|x,0,\r\nAll,3,0\r\n"
        );
    }
}
