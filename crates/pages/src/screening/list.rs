//! `/screening/{list}`: the answers to a list, grouped by what to do.

use super::{address, progress};
use crate::check::answer::footing;
use crate::page::{Page, Section};
use crate::part::{Cell, Link, Row};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use register::people::Action;
use service::access::Look;
use service::check::{Shown, VerdictKind};
use service::screening::{List, Screened, ScreeningId};
use web::form::Filter;
use web::{App, Outcome, Problem, SignedIn};

/// Visits of one page of one group.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "screening/list.html")]
struct Screen {
    page: Page,
    name: String,
    begun: String,
    purpose: &'static str,
    kept_until: String,
    is_done: bool,
    progress: String,
    checked: usize,
    visits: usize,
    /// Visits whose answer changed after they were checked.
    changed: Vec<Vec<Cell>>,
    changed_title: String,
    groups: Vec<Group>,
    not_checked: String,
    left_out: Vec<Vec<Cell>>,
    here: String,
}

/// The visits that ask for the same.
struct Group {
    key: &'static str,
    title: String,
    what_to_do: &'static str,
    /// Visits with something to do before them, each with its title and what is to be known of it.
    cards: Vec<(String, Vec<Row>)>,
    /// Visits without.
    rows: Vec<Vec<Cell>>,
    more: Option<Link>,
    before: Option<Link>,
}

/// The groups, most urgent first.
const GROUPS: [(VerdictKind, &str, &str, &str); 3] = [
    (
        VerdictKind::Marker,
        "marker",
        "Do these things",
        "Follow the precautions. Whoever goes acknowledges them at the check of the day.",
    ),
    (
        VerdictKind::Possible,
        "possible",
        "Ring before you go",
        "Something on the register is close to what the list says. Ring to be sure.",
    ),
    (
        VerdictKind::NoneFound,
        "none-found",
        "None found",
        "This is not an all-clear: the register knows only what has been reported.",
    ),
];

/// `GET /screening/{list}?group=marker&from=100`
pub async fn show(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<ScreeningId>,
    Filter(form): Filter,
) -> Outcome {
    who.must(Action::Screen)?;
    let list = opened(&app, &who, id).await?;
    let from = form.value("from").parse::<usize>().unwrap_or(0);
    let changed = app.service.changed_visits(&list).await?;
    let mut groups = Vec::new();
    for (kind, key, title, what_to_do) in GROUPS {
        let from = if form.value("group") == key { from } else { 0 };
        let all = list.tally.of(kind);
        if all == 0 {
            continue;
        }
        // Nothing found is most of a list and asks for nothing: its visits are shown when they are asked for.
        let is_open = kind != VerdictKind::NoneFound || form.value("group") == key;
        let screened =
            if is_open { app.service.screened(&list, &[kind], from, MOST).await? } else { Vec::new() };
        let to = from + screened.len();
        let at = |from: usize, label: String| Link {
            address: format!("{}?group={key}&from={from}", address(&list, "")),
            label,
        };
        let (cards, rows) = match kind {
            VerdictKind::NoneFound => (Vec::new(), screened.iter().map(row).collect()),
            VerdictKind::Marker | VerdictKind::Possible => (screened.iter().map(card).collect(), Vec::new()),
        };
        groups.push(Group {
            key,
            title: format!("{title} ({all})"),
            what_to_do,
            cards,
            rows,
            more: (to < all).then(|| {
                let next = (all - to).min(MOST);
                let label = match to {
                    0 if next == all => "Show these visits".to_owned(),
                    0 => format!("Show the first {next}"),
                    _ => format!("Show the next {next}"),
                };
                at(to, label)
            }),
            before: (from > 0).then(|| at(from.saturating_sub(MOST), "Show those before".to_owned())),
        });
    }
    let left_out =
        list.left_out.iter().map(|left| vec![Cell::text(left.row.to_string()), Cell::text(left.why.clone())]);
    Page::of(&app, &who, list.name.clone()).within(Section::Check).back_to("/screening").show(|page| Screen {
        page,
        name: list.name.clone(),
        begun: words::moment(list.begun),
        purpose: list.purpose().label(),
        kept_until: words::date(register::calendar::london(list.until)),
        is_done: list.is_done(),
        progress: progress(&list),
        checked: list.tally.checked(),
        visits: list.visits,
        changed: changed.iter().map(now).collect(),
        changed_title: format!("Changed since you asked ({})", changed.len()),
        groups,
        not_checked: format!("Not checked ({})", list.left_out.len()),
        left_out: left_out.collect(),
        here: address(&list, ""),
    })
}

/// The list, if it is theirs, with each answer that changed given again; that it is opened is itself a row of the access log.
pub(super) async fn opened(app: &App, who: &SignedIn, id: ScreeningId) -> Result<List, Problem> {
    let list = app.service.screening(who.id(), id).await?.ok_or(Problem::NotFound)?;
    app.service.look(who.id(), Look::Screening, |_| ()).await?;
    Ok(app.service.answer_anew(list).await?)
}

/// Whom or where, as the list says it.
pub(super) fn described(screened: &Screened) -> String {
    screened.visit.description.given().join(", ")
}

/// That an answer changed after it was given, and when.
pub(super) fn changed(screened: &Screened) -> Option<String> {
    screened.changed.map(|at| format!("Changed since you asked: {}", words::moment(at)))
}

/// What is to be done, a line each.
pub(super) fn what_to_do(shown: &Shown) -> Vec<String> {
    match shown {
        Shown::NoneFound => vec!["None found. This is not an all-clear.".to_owned()],
        Shown::Possible { ring: [name, phone] } => vec![format!("Ring {name} on {phone} before you go.")],
        Shown::CannotSay { ring: [name, phone] } => {
            vec![format!("Nobody could say. Ring {name} on {phone} before you go.")]
        }
        Shown::NotCovered { ring: [name, phone], .. } => {
            vec![format!(
                "No sharing agreement covers this. Nobody looked. Ring {name} on {phone} before you go."
            )]
        }
        Shown::Marker { markers } => markers
            .iter()
            .flat_map(|marker| {
                let [name, phone] = &marker.ring;
                let ring = format!("Ring {name} on {phone} if in doubt, and quote {}.", marker.measure);
                let footing =
                    Some(footing(marker.footing)).filter(|said| !said.is_empty()).map(str::to_owned);
                marker.precautions.iter().chain(&marker.restrictions).cloned().chain(footing).chain([ring])
            })
            .collect(),
    }
}

/// A visit with something to do before it.
fn card(screened: &Screened) -> (String, Vec<Row>) {
    let visit = &screened.visit;
    let mut rows = vec![
        Row::new("What to do", what_to_do(&screened.shown).join("\n")),
        Row::new("Day", visit.day.map(words::date).unwrap_or_default()),
        Row::new("Who goes", visit.officer.clone().unwrap_or_default()),
        Row::new("Check", screened.check.to_string()),
    ];
    rows.extend(screened.changed.map(|at| Row::new("Changed since you asked", words::moment(at))));
    (format!("Row {}: {}", visit.row, described(screened)), rows)
}

/// A visit whose answer changed, in short.
fn now(screened: &Screened) -> Vec<Cell> {
    let visit = &screened.visit;
    let kind = screened.shown.kind();
    let title = GROUPS.iter().find(|(of, ..)| *of == kind).map(|(_, _, title, _)| *title);
    vec![
        Cell::text(visit.row.to_string()),
        Cell::text(described(screened)),
        Cell::text(visit.day.map(words::date).unwrap_or_default()),
        Cell::text(title.unwrap_or_default()),
        Cell::text(screened.changed.map(words::moment).unwrap_or_default()),
    ]
}

fn row(screened: &Screened) -> Vec<Cell> {
    let visit = &screened.visit;
    vec![
        Cell::text(visit.row.to_string()),
        Cell::text(described(screened)),
        Cell::text(visit.day.map(words::date).unwrap_or_default()),
        Cell::text(visit.officer.clone().unwrap_or_default()),
        Cell::text(
            std::iter::once(screened.check.to_string())
                .chain(changed(screened))
                .collect::<Vec<_>>()
                .join("\n"),
        ),
    ]
}
