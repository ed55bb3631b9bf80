//! `/oversight`: the looks of the last weeks that stand out, with the reasons; what was not answered; and a few drawn by lot.
//!
//! Shown is who looked, when, why and at which file, never what was asked.

use crate::access_log::cells;
use crate::page::{Page, Section};
use crate::part::{Cell, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::moment::Actor;
use register::people::Action;
use register::state::Register;
use service::oversight::Overseen;
use service::oversight::rules::{Alert, Reason};
use web::{App, Outcome, SignedIn};

/// Rows of each table, at most.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "oversight.html")]
struct Screen {
    page: Page,
    since: String,
    figures: Vec<Row>,
    alerts: Vec<Vec<Cell>>,
    denied: Vec<Vec<Cell>>,
    refused: Vec<Vec<Cell>>,
    sample: Vec<Vec<Cell>>,
}

/// `GET /oversight`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReadAccessLog)?;
    let overseen = app.service.oversee(who.id()).await?;
    let (alerts, denied, refused, sample) = app.service.read(|register| {
        let rows = |rows: &[service::access::AccessRow]| -> Vec<Vec<Cell>> {
            rows.iter().take(ROWS).map(|row| cells(register, row)).collect()
        };
        let alerts = overseen.alerts.iter().take(ROWS).map(|alert| of_alert(register, &overseen, alert));
        (alerts.collect(), rows(&overseen.denied), rows(&overseen.refused), rows(&overseen.sample))
    });
    Page::of(&app, &who, "Looks that stand out").within(Section::AccessLog).back_to("/access-log").show(
        |page| Screen {
            page,
            since: words::moment(overseen.since),
            figures: figures(&overseen),
            alerts,
            denied,
            refused,
            sample,
        },
    )
}

fn figures(overseen: &Overseen) -> Vec<Row> {
    vec![
        Row::new("Checks, searches and files opened", overseen.looks.to_string()),
        Row::new("Explained by what the register knows", overseen.explained.to_string()),
        Row::new("Stand out", overseen.alerts.len().to_string()),
        Row::new("Not answered", overseen.refused.len().to_string()),
    ]
}

/// One reader's looks at one thing: who, when, at what, why it stands out, and the rows.
fn of_alert(register: &Register, overseen: &Overseen, alert: &Alert) -> Vec<Cell> {
    let looks = || alert.looks.iter().filter_map(|position| overseen.row(*position));
    let mut about: Vec<String> = looks()
        .flat_map(|row| row.about.clone().into_iter().chain(row.markers.iter().map(ToString::to_string)))
        .collect();
    about.sort();
    about.dedup();
    let about = if about.is_empty() { "Nobody on the register".to_owned() } else { about.join("\n") };
    let reasons: Vec<&str> = alert.reasons.iter().copied().map(Reason::label).collect();
    let rows: Vec<String> = alert.looks.iter().map(ToString::to_string).collect();
    let rows = match rows.as_slice() {
        [first, .., last] if rows.len() > 5 => format!("{} from {first} to {last}", rows.len()),
        few => few.join(", "),
    };
    vec![
        Cell::text(name_of(register, Actor::Account(alert.by))),
        Cell::text(words::moment(alert.last)),
        Cell::text(about),
        Cell::text(reasons.join("\n")),
        Cell::text(rows),
    ]
}
