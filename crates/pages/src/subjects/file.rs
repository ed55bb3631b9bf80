//! `/subjects/{subject}`: who or where it is, what helps them, and what the register holds about them.

use super::{address, opened};
use crate::measures::told::actor_among;
use crate::measures::{self, About};
use crate::page::{Page, Section};
use crate::part::{Cell, Happened, Row, Tag};
use crate::{addresses, retention, words};
use askama::Template;
use axum::extract::State;
use register::ids::{File, SubjectId};
use register::people::Action;
use register::personal::Text;
use register::policy::List;
use register::state::{Happening, Register};
use register::subject::{Address, Born, Person, Subject, SubjectDetails};
use register::view::Disclosure;
use web::{App, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "subjects/file.html")]
struct Screen {
    page: Page,
    about: About,
    rows: Vec<Row>,
    /// The other files about the same, each with where its joining is taken back.
    joined: Vec<Vec<Cell>>,
    /// The property reference of the address that holds, where the council's list no longer has it.
    ended: Option<u64>,
    support: String,
    kept: Vec<Row>,
    hold: Option<String>,
    exclusions: Option<String>,
    certificate: Option<String>,
    looks: Option<Looks>,
    measures: Vec<Vec<Cell>>,
    incidents: Vec<Vec<Cell>>,
    happened: Vec<Happened>,
    change: Option<String>,
    occupants: Option<String>,
    help: Option<String>,
}

/// Where it stands who looked.
struct Looks {
    log: String,
    /// For the subject, to read and for programs.
    extract: String,
    data: String,
}

/// `GET /subjects/{subject}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    let (describes, holds) = (who.may(Action::DescribeSubject), who.may(Action::Hold));
    let excludes = who.may(Action::ExcludeFromFiles);
    let reads_accesses = who.may(Action::ReadAccessLog);
    let disclosure = app.service.reach(who.id(), File::Subject(id));
    let screen = opened(&app, &who, id, |register, subject| {
        let may_change = describes && subject.details.known().is_some();
        let is_a_place = matches!(subject.details.known(), Some(SubjectDetails::Premises(_)));
        let mut rows = subject.details.known().map(rows).unwrap_or_default();
        rows.extend(subject.occupants.iter().filter_map(|occupants| {
            let words = occupants.words.known()?;
            Some(Row::new(format!("Other people since {}", words::date(occupants.since)), words.as_str()))
        }));
        Screen {
            page: Page::bare(),
            about: about(register, subject),
            rows,
            joined: joined(register, id, describes),
            ended: subject
                .details
                .known()
                .and_then(SubjectDetails::current_address)
                .and_then(|address| addresses::has_ended(&app.gazetteer, address.uprn?)),
            support: subject
                .support
                .as_ref()
                .map(|needs| service::papers::text(needs).to_owned())
                .unwrap_or_default(),
            kept: retention::kept(register, File::Subject(id)),
            hold: (holds && subject.details.known().is_some()).then(|| address(id, "hold")),
            exclusions: excludes.then(|| address(id, "exclusions")),
            certificate: retention::certificate_of(register, &who, File::Subject(id)),
            looks: reads_accesses.then(|| Looks {
                log: format!("/access-log?file={id}"),
                extract: address(id, "looks.pdf"),
                data: address(id, "looks.json"),
            }),
            measures: of_measures(register, id),
            incidents: of_incidents(register, id),
            happened: happened(register, id, disclosure),
            change: may_change.then(|| address(id, "change")),
            occupants: (may_change && is_a_place).then(|| address(id, "occupants")),
            help: may_change.then(|| address(id, "support")),
        }
    })
    .await?;
    Page::of(&app, &who, screen.about.name.clone())
        .in_tab(format!("Subject {id}"))
        .within(Section::Work)
        .back_to("/work")
        .show(|page| Screen { page, ..screen })
}

/// The files that this one is joined with.
fn joined(register: &Register, id: SubjectId, parts: bool) -> Vec<Vec<Cell>> {
    let others = register.same(id).into_iter().filter(|other| *other != id);
    others
        .map(|other| {
            let joined = [id, other].into_iter().find(|file| register.joined_to(*file).is_some());
            vec![
                Cell::link(super::compare::titled(register, other), address(other, "")),
                match joined.filter(|_| parts) {
                    Some(joined) => Cell::link("Take it back", address(joined, "part")),
                    None => Cell::text(""),
                },
            ]
        })
        .collect()
}

/// Newest first. Whoever reported is not told by what else they did in the case.
fn happened(register: &Register, id: SubjectId, disclosure: Disclosure) -> Vec<Happened> {
    let line = |happening: &Happening| {
        let of_measures = register.measures_about(id).flat_map(|measure| &measure.incidents);
        let of_measures = of_measures.filter_map(|incident| register.incident(*incident));
        let incidents = register.incidents_about(id).chain(of_measures);
        Happened {
            by: actor_among(register, incidents, happening.moment.by, disclosure),
            ..Happened::new(register, happening.title, happening.moment)
        }
    };
    register.timeline(File::Subject(id)).iter().rev().map(line).collect()
}

/// The bar of a subject.
pub fn about(register: &Register, subject: &Subject) -> About {
    let (name, kind) = match subject.details.known() {
        Some(details @ SubjectDetails::Person(_)) => (details.heading().to_owned(), "Person"),
        Some(details @ SubjectDetails::Premises(_)) => (details.heading().to_owned(), "Place"),
        None => (format!("{} (particulars destroyed)", subject.id), "Destroyed"),
    };
    let mut facts = vec![Row::new("Subject", subject.id.to_string()), Row::new("Kind", kind)];
    if let Some(SubjectDetails::Person(Person { born, .. })) = subject.details.known() {
        facts.push(Row::new("Born", self::born(*born)));
    }
    let tags = register
        .measures_about(subject.id)
        .filter(|measure| !measure.is_over())
        .map(|measure| {
            let Tag { label, colour } = measures::stage(measure.stage());
            Tag::new(format!("{}: {}", measure.kind.label(), label.to_lowercase()), colour)
        })
        .collect();
    About { name, facts, tags }
}

/// When somebody was born, or about how old they are.
pub fn born(born: Born) -> String {
    match born {
        Born::On(date) => words::date(date),
        Born::Band(band) => format!("About {}", band.label()),
        Born::Unknown => "Not known".to_owned(),
    }
}

fn rows(details: &SubjectDetails) -> Vec<Row> {
    let joined = |texts: &[Text]| texts.iter().map(Text::as_str).collect::<Vec<_>>().join("\n");
    match details {
        SubjectDetails::Premises(premises) => {
            let mut rows = vec![Row::new("What it is", premises.description.as_str())];
            rows.push(Row::new("Where", written(&premises.address)));
            rows
        }
        SubjectDetails::Person(person) => {
            let mut rows: Vec<Row> =
                person.names.iter().map(|name| Row::new(name.kind.label(), name.full.as_str())).collect();
            rows.push(Row::new("Born", born(person.born)));
            rows.extend(person.addresses.iter().map(|address| {
                let key = if address.until.is_none() { "Address now" } else { "Address before" };
                Row::new(key, written(address))
            }));
            let references: Vec<String> = person
                .references
                .iter()
                .map(|other| format!("{}: {}", other.system.as_str(), other.value.as_str()))
                .collect();
            rows.extend([
                Row::new("Telephone", joined(&person.phones)),
                Row::new("Email", joined(&person.emails)),
                Row::new("Social media", joined(&person.social)),
                Row::new("References", references.join("\n")),
            ]);
            rows
        }
    }
}

/// An address with when it held and its property reference.
fn written(address: &Address) -> String {
    let mut lines = address.envelope();
    let held = match (address.from, address.until) {
        (Some(from), Some(until)) => format!("From {} to {}", words::date(from), words::date(until)),
        (Some(from), None) => format!("Since {}", words::date(from)),
        (None, Some(until)) => format!("Until {}", words::date(until)),
        (None, None) => String::new(),
    };
    lines.extend(Some(held).filter(|held| !held.is_empty()));
    lines.extend(address.uprn.map(|uprn| format!("UPRN {uprn}")));
    lines.join("\n")
}

fn of_measures(register: &Register, id: SubjectId) -> Vec<Vec<Cell>> {
    register
        .measures_about(id)
        .map(|measure| {
            vec![
                Cell::link(measure.id.to_string(), measures::address(measure.id, "")),
                Cell::text(measure.kind.label()),
                Cell::text(measure.stage().label()),
                Cell::text(measure.review_due(register).map(words::date).unwrap_or_default()),
            ]
        })
        .collect()
}

fn of_incidents(register: &Register, id: SubjectId) -> Vec<Vec<Cell>> {
    register
        .incidents_about(id)
        .map(|incident| {
            let done = measures::told::codes(register, List::Behaviour, &incident.facts.behaviours);
            vec![
                Cell::link(incident.id.to_string(), format!("/incidents/{}", incident.id)),
                Cell::text(words::date(incident.facts.happened_on)),
                Cell::text(done.replace('\n', "; ")),
            ]
        })
        .collect()
}
