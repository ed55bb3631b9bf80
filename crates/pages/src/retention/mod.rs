//! `/retention`: what will be destroyed when, what is held, and what was destroyed; and how long a file is kept, for the page of every
//! file.

pub mod certificates;
pub mod hold;

use crate::page::{Page, under};
use crate::part::{Cell, Row};
use crate::words;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::calendar;
use register::ids::File;
use register::people::Action;
use register::retention::{
    Category, Clock, Forecast, Hold, Stands, Stop, clock, files, forecast, held_for, hold_on,
    holds_by_review, placed,
};
use register::state::Register;
use service::access::Look;
use std::collections::BTreeMap;
use web::{App, Outcome, SignedIn};

/// The categories of measures, with what is kept of them longest.
const MEASURES: &[Category] =
    &[Category::Entry, Category::Restriction, Category::Warning, Category::DecisionFile];

/// How far ahead the months are shown one by one.
const MONTHS: u32 = 24;

/// The address of a file of a customer, or of something done with it.
pub fn address_of(file: File, act: &str) -> String {
    let place = match file {
        File::Incident(_) => "incidents",
        File::Measure(_) => "measures",
        File::Subject(_) => "subjects",
        File::Account(_) => "accounts",
        File::Meeting(_) => "meetings",
        File::Accesses(_) => return "/access-log".to_owned(),
        File::Import(_) => "imports",
        File::Team(_) => return crate::teams::lists::ADDRESS.to_owned(),
        File::Partner(_) => "partners",
        File::Policy => return "/policy".to_owned(),
    };
    under(format!("/{place}/{file}"), act)
}

/// How long a file is kept and what stops its destruction: what the page of every file says of it.
pub fn kept(register: &Register, file: File) -> Vec<Row> {
    let Some(clock) = clock(register, file) else { return Vec::new() };
    let mut rows =
        vec![Row::new("Kept as", clock.category.label()), Row::new("Kept until", until(register, clock))];
    rows.extend(placed(register, file).iter().map(|hold| hold_row(register, hold)));
    // What holds it may be placed on another file: that is said without its words.
    if placed(register, file).is_empty() {
        rows.extend(match (hold_on(register, file), held_for(register, file)) {
            (Some(hold), _) => {
                let ground = hold.ground.label().to_lowercase();
                Some(Row::new("Held with another file", format!("For {ground}")))
            }
            (None, Some(_)) => Some(Row::new("Held", "While an ombudsman has a complaint about it")),
            (None, None) => None,
        });
    }
    rows
}

fn hold_row(register: &Register, hold: &Hold) -> Row {
    let reasons = service::papers::text(&hold.reasons);
    Row::new(
        format!("Hold since {}", words::date(hold.moment.date())),
        format!(
            "{}\n{reasons}\nTo be looked at again by {}",
            hold.ground.label(),
            words::date(hold.review_by(register))
        ),
    )
}

/// "4 May 2027: register entry, 6 months after it ended".
fn until(register: &Register, clock: Clock) -> String {
    let Clock { category, stands } = clock;
    let (time, from) = (category.keeping().in_words(register), category.counted_from());
    let kept_as = lower(category.label());
    let time_after = if time.is_empty() { String::new() } else { format!("{time} after {from}") };
    match stands {
        Stands::Runs { last, longer: Some(_), .. } => format!(
            "{}: {kept_as}, as long as a measure that rests on it. Its own time, {time_after}, is over by then",
            words::date(last)
        ),
        Stands::Runs { last, .. } if time.is_empty() => {
            format!("{}: {kept_as}, no longer than anything about them", words::date(last))
        }
        Stands::Runs { last, .. } => format!("{}: {kept_as}, {time_after}", words::date(last)),
        Stands::Stopped(Stop::Live) if category == Category::Meeting => {
            format!("Until it closes, and {time_after}")
        }
        Stands::Stopped(Stop::Live) => format!("While it lives, and {time_after}"),
        Stands::Stopped(Stop::WaitsForTriage) => format!("Its time has not begun: {time_after}"),
        Stands::Stopped(Stop::Appeal) => format!("Until its appeal is decided, and {time_after}"),
        Stands::Stopped(Stop::Held(_)) => "A hold stops its destruction".to_owned(),
        Stands::Stopped(Stop::RestsOn(_)) => {
            format!("As long as a measure that rests on it, and at least {time_after}")
        }
        Stands::Stopped(Stop::KeptFor(_)) => "As long as anything about them is kept".to_owned(),
        Stands::Gone(on) => format!("Destroyed on {}, because its time had come", words::date(on)),
    }
}

fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Where the certificate of a file lies, for a reader who may see it.
pub fn certificate_of(register: &Register, who: &SignedIn, file: File) -> Option<String> {
    register.certificate(file)?;
    who.may(Action::ReadRetention).then(|| format!("/retention/certificates/{file}"))
}

#[derive(Template)]
#[template(path = "retention/index.html")]
struct Screen {
    page: Page,
    shown: Shown,
}

/// What the page says.
struct Shown {
    foreseen: usize,
    until: String,
    held: usize,
    destroyed: usize,
    overdue: Vec<Vec<Cell>>,
    months: Vec<Bar>,
    later: usize,
    categories: Vec<Line>,
    holds: Vec<Vec<Cell>>,
    /// Sealed decision files, for whoever may open them; `None` for everybody else.
    sealed: Option<Vec<Vec<Cell>>>,
}

/// A month as a bar, in parts of the longest one, and in numbers.
struct Bar {
    month: String,
    /// In hundredths of the longest: measures, then incidents, then subjects, then the register's own records.
    parts: [Part; 4],
    total: usize,
}

/// One kind of file in a bar.
struct Part {
    kind: &'static str,
    number: usize,
    from: usize,
    width: usize,
}

/// A category with its time, and how many of its files stand how.
struct Line {
    category: &'static str,
    time: String,
    foreseen: usize,
    waiting: usize,
    held: usize,
}

/// `GET /retention`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReadRetention)?;
    let today = app.service.today();
    let opens = who.may(Action::ReadDecisionFile);
    let look = Look::Retention(None);
    let shown = app
        .service
        .look(who.id(), look, |register| shown(register, today, opens.then(|| sealed(register))))
        .await?;
    Page::of(&app, &who, "What will be destroyed").back_to("/").show(|page| Screen { page, shown })
}

/// Every sealed decision file, the one that goes soonest first.
fn sealed(register: &Register) -> Vec<Vec<Cell>> {
    let mut sealed: Vec<_> = register
        .measures()
        .filter_map(|measure| {
            Some((clock(register, File::Measure(measure.id)), measure.sealed.as_ref()?, measure))
        })
        .collect();
    sealed.sort_by_key(|(_, sealed, measure)| (sealed.ended.at, measure.id));
    sealed
        .into_iter()
        .map(|(clock, sealed, measure)| {
            let until = clock.and_then(|clock| clock.destroy_on()).map(calendar::day_before);
            vec![
                Cell::link(measure.id.to_string(), address_of(File::Measure(measure.id), "decision-file")),
                Cell::text(measure.kind.label()),
                Cell::text(words::date(sealed.ended.date())),
                Cell::text(until.map_or_else(|| "Held".to_owned(), words::date)),
            ]
        })
        .collect()
}

fn shown(register: &Register, today: Date, sealed: Option<Vec<Vec<Cell>>>) -> Shown {
    let forecast = forecast(register, today);
    let holds = holds_by_review(register);
    let end = calendar::day_before(calendar::months_after(today.first_of_month(), MONTHS));
    let within = forecast.until(end);
    Shown {
        foreseen: within,
        until: words::date(end),
        held: holds.len(),
        destroyed: register.certificates().len(),
        overdue: forecast
            .overdue
            .iter()
            .map(|(day, file)| {
                vec![Cell::link(file.to_string(), address_of(*file, "")), Cell::text(words::date(*day))]
            })
            .collect(),
        months: bars(&forecast),
        later: forecast.expected.len() - within,
        categories: lines(register, &forecast),
        sealed,
        holds: holds
            .iter()
            .map(|(file, hold)| {
                let by = hold.review_by(register);
                let late = if by < today { ": late" } else { "" };
                vec![
                    Cell::link(file.to_string(), address_of(*file, "")),
                    Cell::text(hold.ground.label()),
                    Cell::text(words::date(hold.moment.date())),
                    Cell::text(format!("{}{late}", words::date(by))),
                ]
            })
            .collect(),
    }
}

fn bars(forecast: &Forecast) -> Vec<Bar> {
    let months = forecast.months(MONTHS);
    let longest = months.iter().map(register::retention::Month::total).max().unwrap_or(0).max(1);
    months
        .iter()
        .map(|month| {
            let mut from = 0;
            let parts = [
                ("measures", MEASURES),
                ("incidents", &[Category::Incident, Category::Injury][..]),
                ("subjects", &[Category::Subject, Category::Unused][..]),
                ("records", &[Category::Meeting, Category::Accesses][..]),
            ]
            .map(|(kind, of)| {
                let number = of.iter().filter_map(|category| month.counts.get(category)).sum::<usize>();
                let (begins, ends) = (from * 100 / longest, (from + number) * 100 / longest);
                from += number;
                Part { kind, number, from: begins, width: ends - begins }
            });
            Bar { month: month.first.strftime("%B %Y").to_string(), parts, total: month.total() }
        })
        .collect()
}

fn lines(register: &Register, forecast: &Forecast) -> Vec<Line> {
    let mut stopped: BTreeMap<Category, (usize, usize)> = BTreeMap::new();
    let foreseen: std::collections::BTreeSet<File> =
        forecast.expected.iter().map(|expected| expected.file).collect();
    for file in files(register, forecast.today) {
        let Some(clock) = clock(register, file) else { continue };
        let (waiting, held) = stopped.entry(clock.category).or_default();
        match clock.stands {
            Stands::Stopped(Stop::Held(_)) => *held += 1,
            Stands::Stopped(_) if !foreseen.contains(&file) => *waiting += 1,
            _ => {}
        }
    }
    Category::ALL
        .iter()
        .map(|category| {
            let (waiting, held) = stopped.get(category).copied().unwrap_or_default();
            let time = category.keeping().in_words(register);
            Line {
                category: category.label(),
                time: match time.is_empty() {
                    true => "As long as anything about them".to_owned(),
                    false => format!("{time} after {}", category.counted_from()),
                },
                foreseen: forecast.expected.iter().filter(|it| it.category == *category).count(),
                waiting,
                held,
            }
        })
        .collect()
}
