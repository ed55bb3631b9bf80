//! `/policy`: the policy in force with every figure, its bounds and its source, every list, and how it came to be so.
//!
//! Whoever signs in may read it: nobody has to guess by which rules they are bound.

pub mod charts;
mod drawing;
pub mod proposal;
pub mod propose;
pub mod review;

use crate::measures::told;
use crate::page::Page;
use crate::part::{Cell, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::people::Action;
use register::policy::{Change, Clause, Course, Figure, List, Policy};
use register::state::Register;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "policy/index.html")]
struct Screen {
    page: Page,
    now: Vec<Row>,
    figures: Vec<Vec<Cell>>,
    lists: Vec<(&'static str, Vec<Vec<Cell>>)>,
    clauses: Vec<Vec<Cell>>,
    versions: Vec<Vec<Cell>>,
    changes: Vec<Settled>,
    reviews: Vec<Vec<Cell>>,
    has_open_change: bool,
    proposes: bool,
}

/// A change that is settled, as the history shows it.
struct Settled {
    title: String,
    changed: String,
    asked: String,
    rows: Vec<Row>,
    differences: Vec<Vec<Cell>>,
    consultations: Vec<Vec<Cell>>,
}

/// `GET /policy`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let proposes = who.may(Action::ProposePolicy);
    let screen = app.service.read(|register| Screen {
        page: Page::bare(),
        now: now(register),
        figures: figures(register.policy()),
        lists: List::ALL.iter().map(|list| (list.label(), terms(register.policy(), *list))).collect(),
        clauses: clauses(register.policy()),
        versions: versions(register),
        changes: register
            .changes()
            .iter()
            .rev()
            .filter(|change| !change.is_open())
            .map(|change| settled(register, change))
            .collect(),
        reviews: reviews(register),
        has_open_change: register.open_change().is_some(),
        proposes,
    });
    Page::of(&app, &who, "Policy").show(|page| Screen { page, ..screen })
}

fn now(register: &Register) -> Vec<Row> {
    let policy = register.policy();
    let next = policy.after(register.policy_considered(), Figure::PolicyReview);
    vec![
        Row::new("Name", policy.name.as_str()),
        Row::new("Version", policy.version.0.to_string()),
        Row::new("In force since", words::date(policy.effective)),
        Row::new("To be reviewed by", words::date(next)),
    ]
}

/// A figure's value with its unit.
pub(super) fn counted(figure: Figure, value: u32) -> String {
    format!("{value} {}", figure.unit().label(value))
}

fn figures(policy: &Policy) -> Vec<Vec<Cell>> {
    Figure::ALL
        .iter()
        .map(|figure| {
            let bound = figure.bound();
            vec![
                Cell::text(figure.label()),
                Cell::text(counted(*figure, policy.figure(*figure))),
                Cell::text(counted(*figure, figure.default_value())),
                Cell::text(format!("{} to {}: {}", bound.least, bound.most, bound.rule)),
                Cell::text(figure.source()),
            ]
        })
        .collect()
}

fn terms(policy: &Policy, list: List) -> Vec<Vec<Cell>> {
    policy
        .terms(list)
        .iter()
        .map(|term| vec![Cell::text(term.code.as_str()), Cell::text(term.words.clone())])
        .collect()
}

/// What a clause must hold, in words for whoever writes it; nothing where it may say anything.
fn must_hold(clause: Clause) -> String {
    let blanks = clause.blanks().iter().map(|blank| format!("{} ({})", blank.in_braces(), blank.label()));
    let words = clause.must_say().iter().map(|word| format!("“{word}”"));
    let all: Vec<String> = blanks.chain(words).collect();
    if all.is_empty() { String::new() } else { format!("Must hold {}", all.join(", ")) }
}

fn clauses(policy: &Policy) -> Vec<Vec<Cell>> {
    Clause::ALL
        .iter()
        .map(|clause| {
            vec![
                Cell::text(clause.label()),
                Cell::text(policy.clause(*clause)),
                Cell::text(must_hold(*clause)),
                Cell::text(reading_age(policy.clause(*clause))),
            ]
        })
        .collect()
}

/// The age at which a text is read with ease.
fn reading_age(text: &str) -> String {
    documents::reading_age(text).map(|age| age.to_string()).unwrap_or_default()
}

fn versions(register: &Register) -> Vec<Vec<Cell>> {
    let people = |change: Option<&Change>| match change {
        None => ("Set up with the register".to_owned(), String::new()),
        Some(change) => (
            name_of(register, change.proposed.by),
            change.endorsement().map(|answer| name_of(register, answer.moment.by)).unwrap_or_default(),
        ),
    };
    register
        .policies()
        .iter()
        .rev()
        .map(|adopted| {
            let version = adopted.policy.version;
            let change = register
                .changes()
                .iter()
                .find(|change| change.version == version && matches!(change.course, Course::Adopted { .. }));
            let (proposed, endorsed) = people(change);
            vec![
                Cell::text(version.0.to_string()),
                Cell::text(words::date(adopted.policy.effective)),
                Cell::text(proposed),
                Cell::text(endorsed),
            ]
        })
        .collect()
}

fn reviews(register: &Register) -> Vec<Vec<Cell>> {
    register
        .policy_reviews()
        .iter()
        .rev()
        .map(|review| {
            vec![
                Cell::text(words::date(review.moment.date())),
                Cell::text(name_of(register, review.moment.by)),
                Cell::text(told::text(&review.words)),
            ]
        })
        .collect()
}

fn settled(register: &Register, change: &Change) -> Settled {
    let answered = |what: &str, answer: &register::policy::Answer| {
        Row::new(
            what,
            format!(
                "{}, {}\n{}",
                name_of(register, answer.moment.by),
                words::date(answer.moment.date()),
                told::text(&answer.reasons)
            ),
        )
    };
    let (fate, answer) = match &change.course {
        Course::Adopted { endorsed, .. } => ("adopted", Some(answered("Endorsed", endorsed))),
        Course::Endorsed(endorsed) => ("endorsed", Some(answered("Endorsed", endorsed))),
        Course::Rejected(answer) => ("rejected", Some(answered("Rejected", answer))),
        Course::Withdrawn(answer) => ("withdrawn", Some(answered("Withdrawn", answer))),
        Course::Proposed => ("proposed", None),
    };
    Settled {
        title: format!("Change {}, {fate}", change.number),
        changed: format!("What change {} would change", change.number),
        asked: format!("Who was consulted on change {}", change.number),
        rows: proposed(register, change).into_iter().chain(answer).collect(),
        differences: differences(before(register, change), change.policy.known()),
        consultations: consultations(register, change),
    }
}

/// Who proposed a change, when, why, and from when on it is to be in force.
pub(super) fn proposed(register: &Register, change: &Change) -> Vec<Row> {
    vec![
        Row::new(
            "Proposed",
            format!("{}, {}", name_of(register, change.proposed.by), words::date(change.proposed.date())),
        ),
        Row::new("Reasons", told::text(&change.reasons)),
        Row::new("In force from", words::date(change.effective)),
    ]
}

/// Who was consulted, oldest first.
pub(super) fn consultations(register: &Register, change: &Change) -> Vec<Vec<Cell>> {
    change
        .consultations
        .iter()
        .map(|consultation| {
            vec![
                Cell::text(consultation.consulted.label()),
                Cell::text(words::date(consultation.held_on)),
                Cell::text(told::text(&consultation.words)),
                Cell::text(name_of(register, consultation.moment.by)),
            ]
        })
        .collect()
}

/// The version that a change would have followed.
pub(super) fn before<'r>(register: &'r Register, change: &Change) -> Option<&'r Policy> {
    let versions = register.policies().iter().map(|adopted| &adopted.policy);
    versions.rev().find(|policy| policy.version < change.version)
}

/// What one policy says otherwise than another: what it is about, before, and after.
pub(super) fn differences(before: Option<&Policy>, after: Option<&Policy>) -> Vec<Vec<Cell>> {
    let Some((before, after)) = before.zip(after) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut row = |what: String, before: String, after: String| {
        if before != after {
            rows.push(vec![Cell::text(what), Cell::text(before), Cell::text(after)]);
        }
    };
    row("Name".to_owned(), before.name.as_str().to_owned(), after.name.as_str().to_owned());
    for figure in Figure::ALL {
        row(
            figure.label().to_owned(),
            counted(*figure, before.figure(*figure)),
            counted(*figure, after.figure(*figure)),
        );
    }
    for clause in Clause::ALL {
        let worded = |policy: &Policy| {
            let words = policy.clause(*clause);
            format!("{words}\nReading age: {}", reading_age(words))
        };
        row(format!("Letters: {}", clause.label()), worded(before), worded(after));
    }
    for list in List::ALL {
        let (had, has) = (before.terms(*list), after.terms(*list));
        let meant = |policy: &Policy, code| policy.words(*list, code).unwrap_or("Not there").to_owned();
        let added = has.iter().filter(|term| !before.has(*list, &term.code));
        for term in had.iter().chain(added) {
            row(
                format!("{}: {}", list.label(), term.code),
                meant(before, &term.code),
                meant(after, &term.code),
            );
        }
        let order = |terms: &[register::policy::Term], other: &Policy| {
            let codes = terms.iter().filter(|term| other.has(*list, &term.code));
            codes.map(|term| term.code.as_str()).collect::<Vec<_>>().join(", ")
        };
        row(format!("{}: order", list.label()), order(had, after), order(has, before));
    }
    rows
}
