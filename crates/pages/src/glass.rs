//! `/glass`: a manager on duty opens what stands behind one marker, at once and for an hour; two kinds of people see that they did, and one of them
//! says what came of it.

use crate::measures::{carry_out, nowhere, told};
use crate::page::{Page, Section};
use crate::part::{Item, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::command::{BreakGlass, ReviewGlass};
use register::glass::{Emergency, Glass, GlassFinding, LASTS, MOST};
use register::ids::{File, MeasureId};
use register::measure::Measure;
use register::moment::Actor;
use register::people::{Action, Extent};
use register::personal::{Particulars, Text};
use register::policy::{Code, List};
use register::refusal::Refusal;
use register::state::Register;
use register::view::Disclosure;
use service::Failure;
use service::access::Look;
use web::{App, Form, Outcome, Problem, SignedIn};

const HERE: &str = "/glass";

#[derive(Template)]
#[template(path = "glass/new.html")]
struct New {
    page: Page,
    dangers: Vec<Item>,
    most: usize,
}

/// `GET /glass/new`
pub async fn new(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::BreakGlass)?;
    draw_new(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /glass/new`
pub async fn break_it(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::BreakGlass)?;
    let measure =
        form.reference::<MeasureId>("measure", "Enter the reference of the marker, such as M-7K3M-92QX");
    let danger = form.choice::<Emergency>("danger", "Choose what is happening");
    let words = form.text("words", "Enter for which job, and what you know");
    let asking = measure.zip(danger).zip(words).map(|((measure, danger), words)| BreakGlass {
        measure,
        danger,
        words,
    });
    // A reference that means nothing to them is a mistake of the form: somebody is in danger, and typed it by phone.
    let id = form.command(app.service.fresh_command());
    let Some(asking) = asking else { return draw_new(&app, &who, form) };
    match who.asks(&app, &form, id, asking).await? {
        Err(Failure::Refused(Refusal::NoSuchFile)) => {
            form.mistake(
                "measure",
                "No marker in force has this reference. Read it again, or ring the duty desk",
            );
            draw_new(&app, &who, form)
        }
        answer => match form.answered(answer, nowhere)? {
            None => draw_new(&app, &who, form),
            Some(_) => {
                let own = |glass: &Glass| glass.broken.by == Actor::Account(who.id());
                let number = app.service.read(|register| {
                    register.glasses().filter(|(_, glass)| own(glass)).map(|(number, _)| number).last()
                });
                let number = number.ok_or(Problem::NotFound)?;
                Ok(Redirect::to(&format!("{HERE}/{number}")).into_response())
            }
        },
    }
}

fn draw_new(app: &App, who: &SignedIn, form: Form) -> Outcome {
    Page::of(app, who, "Break the glass").back_to("/").with(form).show(|page| New {
        page,
        dangers: Item::all::<Emergency>(),
        most: MOST,
    })
}

#[derive(Template)]
#[template(path = "glass/open.html")]
struct Open {
    page: Page,
    measure: String,
    until: String,
    precautions: Vec<String>,
    restrictions: Vec<String>,
    ring: String,
    phone: String,
    telephone: String,
    why: Vec<Row>,
    incidents: Vec<told::Told>,
}

/// `GET /glass/{number}`
pub async fn show(State(app): State<App>, who: SignedIn, Path(number): Path<u32>) -> Outcome {
    who.must(Action::BreakGlass)?;
    let now = app.service.now();
    let behind = app.service.read(|register| register.behind_glass(who.id(), number, now));
    let measure = behind.ok_or(Problem::NotFound)?;
    let shown = app.service.look(who.id(), Look::Glass(measure), |register| {
        // Asked again after the row is on disk: it may have shut, or they may have been excluded meanwhile.
        register.behind_glass(who.id(), number, now)?;
        let until = register.glass(number).map(|glass| glass.broken.at + LASTS)?;
        let measure = register.measure(measure)?;
        Some((words::moment(until), opened(register, measure, app.service.today())?))
    });
    let (until, shown) = shown.await?.ok_or(Problem::NotFound)?;
    Page::of(&app, &who, "Behind the glass").back_to("/").show(|page| Open { page, until, ..shown })
}

/// What stands behind a marker; never who reported.
fn opened(register: &Register, measure: &Measure, today: Date) -> Option<Open> {
    let plan = measure.live_plan(today)?.plan();
    let said = |list: List, codes: &[Code]| -> Vec<String> {
        let each = codes.iter().map(|code| register.words(list, code).unwrap_or(code.as_str()).to_owned());
        each.collect()
    };
    let known = plan.words.known();
    let incidents = measure.incidents.iter().filter_map(|id| register.incident(*id));
    let (ring, phone) = known.map_or_else(Default::default, |words| {
        (words.ring_name.as_str().to_owned(), words.ring_phone.as_str().to_owned())
    });
    Some(Open {
        page: Page::bare(),
        measure: measure.id.to_string(),
        until: String::new(),
        precautions: said(List::Precaution, &plan.precautions),
        restrictions: said(List::Restriction, &plan.restrictions),
        telephone: words::telephone(&phone),
        ring,
        phone,
        why: known
            .map(|words| {
                vec![
                    Row::new("In short", words.summary.as_str()),
                    Row::new("Why it is judged so", words.band_reasons.as_str()),
                ]
            })
            .unwrap_or_default(),
        incidents: incidents
            .map(|incident| told::told(register, incident, Disclosure::Precautions))
            .collect(),
    })
}

#[derive(Template)]
#[template(path = "glass/review.html")]
struct Review {
    page: Page,
    waiting: Vec<Broken>,
    done: Vec<Broken>,
    findings: Vec<Item>,
}

/// One breaking of the glass, in words.
struct Broken {
    number: u32,
    title: String,
    rows: Vec<Row>,
    /// Whether whoever is signed in may say what came of it.
    reviews: bool,
}

/// `GET /glass`
pub async fn list(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReviewGlass)?;
    draw(&app, &who, Form::new(app.service.fresh_command())).await
}

/// `POST /glass`
pub async fn review(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ReviewGlass)?;
    let glass = form.value("glass").parse().map_err(|_| Problem::NotFound)?;
    let finding = form.choice::<GlassFinding>("finding", "Choose what came of it");
    let words = form.text("words", "Enter what you asked and heard");
    let asking = finding.zip(words).map(|(finding, words)| ReviewGlass { glass, finding, words });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(HERE).into_response()),
        None => draw(&app, &who, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let shown = app.service.look(who.id(), Look::Accesses, |register| {
        let knows = |glass: &Glass| {
            let file = File::Measure(glass.measure);
            !register.is_excluded_from(who.id(), file)
        };
        let known: Vec<(u32, &Glass)> = register.glasses().filter(|(_, glass)| knows(glass)).collect();
        let all = known.into_iter().rev().map(|(number, glass)| broken(register, who, number, glass));
        all.partition::<Vec<_>, _>(|(waits, _)| *waits)
    });
    let (waiting, done) = shown.await?;
    let bare = |all: Vec<(bool, Broken)>| all.into_iter().map(|(_, broken)| broken).collect();
    let (waiting, done) = (bare(waiting), bare(done));
    Page::of(app, who, "Glasses that were broken")
        .within(Section::Work)
        .back_to("/work")
        .with(form)
        .show(|page| Review { page, waiting, done, findings: Item::all::<GlassFinding>() })
}

/// One of them, and whether it still waits to be looked at.
fn broken(register: &Register, who: &SignedIn, number: u32, glass: &Glass) -> (bool, Broken) {
    let text =
        |words: &Particulars<Text>| words.known().map(|words| words.as_str().to_owned()).unwrap_or_default();
    let mut rows = vec![
        Row::new("By", name_of(register, glass.broken.by)),
        Row::new("At", words::moment(glass.broken.at)),
        Row::new("Open until", words::moment(glass.broken.at + LASTS)),
        Row::new("What was happening", glass.danger.label()),
        Row::new("In their words", text(&glass.words)),
    ];
    if let Some((moment, finding, said)) = &glass.review {
        rows.push(Row::new("What came of it", finding.label()));
        rows.push(Row::new("Looked at by", name_of(register, moment.by)));
        rows.push(Row::new("In words", text(said)));
    }
    let waits = glass.review.is_none();
    let reviews = waits
        && glass.broken.by != Actor::Account(who.id())
        && who.account.extent(Action::ReviewGlass) == Extent::All;
    (waits, Broken { number, title: glass.measure.to_string(), rows, reviews })
}
