//! `/measures/{measure}/contacts`: what a customer whose contact is limited sent or said, and what was done with it; and
//! `…/contacts/new`, where it is logged, also by those who deal with the customer and never see the file.

use super::told;
use super::{About, about, address, carry_out, opened, page, reached};
use crate::page::{Page, Section};
use crate::part::{Cell, Item, Row};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use register::command::{AnswerContact, LogContact};
use register::contact::{Matter, Means, Received, Treatment};
use register::ids::{File, MeasureId, TeamId};
use register::measure::Measure;
use register::people::Action;
use register::refusal::Refusal;
use register::state::Register;
use register::view::Disclosure;
use web::form::with_capital;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/contacts/index.html")]
struct Screen {
    page: Page,
    about: About,
    limits: Vec<String>,
    counted: Vec<Row>,
    exceeded: bool,
    waiting: Vec<Waiting>,
    rows: Vec<Vec<Cell>>,
    log: Option<String>,
}

/// What still has to be answered, and where its answer is recorded.
struct Waiting {
    action: String,
    field: String,
    asks: String,
    about: String,
    by: String,
}

/// `GET /measures/{measure}/contacts`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/contacts/{contact}`
pub async fn answer(
    State(app): State<App>,
    who: SignedIn,
    Path((measure, contact)): Path<(String, u32)>,
    mut form: Form,
) -> Outcome {
    who.must(Action::LogContact)?;
    let measure = measure.parse().map_err(|_| Problem::NotFound)?;
    reached(&app, &who, measure)?;
    let asking = form.text(&field(contact), "Enter what was answered, and when").map(|words| AnswerContact {
        measure,
        contact,
        words,
    });
    match carry_out(&app, &who, &mut form, asking, super::nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "contacts")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn field(contact: u32) -> String {
    format!("answer-{contact}")
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let screen = opened(app, who, id, |register, measure| {
        let logs = may_log(register, measure, who);
        let numbered = (0..).zip(&measure.contacts);
        let waiting = numbered.filter(|(_, contact)| logs && contact.waits() && !measure.is_over());
        let plan = measure.plan_in_force();
        Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            limits: plan.map(|plan| plan.limits.in_words(plan.words.known())).unwrap_or_default(),
            counted: told::contact(measure, today),
            exceeded: measure.allowance(today).is_some_and(|allowance| allowance.is_exceeded()),
            waiting: waiting.map(|(number, contact)| of(register, measure, number, contact)).collect(),
            rows: measure.contacts.iter().rev().map(|contact| row(register, contact)).collect(),
            log: logs.then(|| address(id, "contacts/new")),
        }
    })
    .await?;
    page(app, who, id, "Contact").with(form).show(|page| Screen { page, ..screen })
}

fn of(register: &Register, measure: &Measure, number: u32, contact: &Received) -> Waiting {
    let team = contact.passed_to.map(|team| told::team(register, team)).unwrap_or_default();
    let on = words::date(contact.received_on);
    Waiting {
        action: address(measure.id, &format!("contacts/{number}")),
        field: field(number),
        asks: format!("What did {team} answer to the contact of {on}?"),
        about: format!("{}: {}", contact.matter.label(), told::text(&contact.words)),
        by: format!("With {team}, to be answered by {}.", words::date(contact.answer_by(register.policy()))),
    }
}

fn row(register: &Register, contact: &Received) -> Vec<Cell> {
    let done = match (contact.passed_to, &contact.answered) {
        (Some(team), None) => format!("With {}, not answered yet", told::team(register, team)),
        (Some(_), Some((moment, said))) => {
            format!("Answered on {}: {}", words::date(moment.date()), told::text(said))
        }
        (None, _) => contact.treatment.label().to_owned(),
    };
    vec![
        Cell::text(words::date(contact.received_on)),
        Cell::text(with_capital(contact.means.label())),
        Cell::text(contact.matter.label()),
        Cell::text(told::text(&contact.words)),
        Cell::text(done),
    ]
}

/// Whether whoever is signed in may log what this customer sends.
pub fn may_log(register: &Register, measure: &Measure, who: &SignedIn) -> bool {
    let account = register.account(who.id());
    let knows = !register.is_excluded(who.id(), measure.subject);
    knows && measure.logs_contact() && account.is_some_and(|account| measure.is_logged_by(register, account))
}

fn logs(app: &App, who: &SignedIn, id: MeasureId) -> bool {
    app.service.read(|register| register.measure(id).is_some_and(|measure| may_log(register, measure, who)))
}

#[derive(Template)]
#[template(path = "measures/contacts/new.html")]
struct New {
    page: Page,
    action: String,
    means: Vec<Item>,
    matters: Vec<Item>,
    treatments: Vec<Item>,
    teams: Vec<Item>,
}

/// `GET /measures/{measure}/contacts/new`
pub async fn new(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::LogContact)?;
    let form = Form::new(app.service.fresh_command()).with_date("received", app.service.today());
    draw_new(&app, &who, id, form)
}

/// `POST /measures/{measure}/contacts/new`
pub async fn log(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::LogContact)?;
    let asking = read(&mut form, measure);
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) if reads(&app, &who, measure) => {
            Ok(Redirect::to(&address(measure, "contacts")).into_response())
        }
        Some(_) => Ok(Redirect::to(&address(measure, "contacts/logged")).into_response()),
        None => draw_new(&app, &who, measure, form),
    }
}

fn read(form: &mut Form, measure: MeasureId) -> Option<LogContact> {
    let received_on = form.date("received", "the date it came");
    let means = form.choice::<Means>("means", "Choose how it came");
    let matter = form.choice::<Matter>("matter", "Choose what it was about");
    let words = form.text("words", "Enter what it was about, in short");
    let treatment = form.choice::<Treatment>("treatment", "Choose what was done with it");
    let passed_to = match treatment {
        Some(Treatment::PassedOn) => {
            form.reference::<TeamId>("team", "Choose the team that will answer it").map(Some)
        }
        _ => Some(None),
    };
    Some(LogContact {
        measure,
        received_on: received_on?,
        means: means?,
        matter: matter?,
        treatment: treatment?,
        passed_to: passed_to?,
        words: words?,
    })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::HappenedInFuture => "received",
        Refusal::NoSuchTeam => "team",
        Refusal::OnItsMerits | Refusal::ToBeAnswered => "treatment",
        _ => "",
    }
}

/// Whether whoever is signed in may open the file, too.
fn reads(app: &App, who: &SignedIn, id: MeasureId) -> bool {
    app.service.reach(who.id(), File::Measure(id)) > Disclosure::Nothing
}

/// A form that shows nothing of the file: whoever fills it in was told of the limits by a check.
fn draw_new(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    if !logs(app, who, id) {
        return Err(Problem::NotFound);
    }
    let meaning = |matter: &Matter| match matter {
        Matter::Same => "It has been answered before, and nothing is new",
        Matter::Linked => "A document, a fact or a request that nobody has looked at",
        Matter::New => "It is judged on its own merits, like anybody’s",
        Matter::Urgent => "It is answered the same day",
        Matter::Right => "No limit touches it",
    };
    let (section, back) = match reads(app, who, id) {
        true => (Section::Work, address(id, "contacts")),
        false => (Section::Check, "/check".to_owned()),
    };
    let teams = app.service.read(Item::of_teams);
    Page::of(app, who, "Log a contact").within(section).back_to(back).with(form).show(|page| New {
        page,
        action: address(id, "contacts/new"),
        means: Means::ALL.iter().map(|means| Item::new(means.key(), with_capital(means.label()))).collect(),
        matters: Matter::ALL
            .iter()
            .map(|matter| Item::new(matter.key(), matter.label()).hint(meaning(matter)))
            .collect(),
        treatments: Item::all::<Treatment>(),
        teams,
    })
}

#[derive(Template)]
#[template(path = "measures/contacts/logged.html")]
struct Logged {
    page: Page,
    again: String,
}

/// `GET /measures/{measure}/contacts/logged`
pub async fn logged(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::LogContact)?;
    if !logs(&app, &who, id) {
        return Err(Problem::NotFound);
    }
    Page::of(&app, &who, "Contact logged")
        .within(Section::Check)
        .show(|page| Logged { page, again: address(id, "contacts/new") })
}
