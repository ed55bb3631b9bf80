//! `/measures|incidents|subjects/{file}/hold`: stops destruction for an ombudsman, a court or a request for information, until a day on
//! which it is looked at again; lifts it.

use super::{address_of, kept};
use crate::measures::{self, About};
use crate::page::{Page, Section};
use crate::part::{Item, Row};
use crate::{subjects, words};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::command::{Command, HoldFile, LiftHold};
use register::ids::{File, IncidentId, MeasureId, SubjectId};
use register::people::Action;
use register::policy::Figure;
use register::refusal::Refusal;
use register::retention::{Ground, placed};
use register::state::Register;
use service::access::Look;
use std::str::FromStr;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "retention/hold.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    what: &'static str,
    kept: Vec<Row>,
    is_held: bool,
    grounds: Vec<Item>,
    /// The latest day on which it may be looked at again, in words.
    latest: String,
}

/// What can be held.
pub trait Held: FromStr + Copy + Send + Sync + 'static {
    /// Its file.
    fn file(self) -> File;
}

impl Held for MeasureId {
    fn file(self) -> File {
        File::Measure(self)
    }
}

impl Held for IncidentId {
    fn file(self) -> File {
        File::Incident(self)
    }
}

impl Held for SubjectId {
    fn file(self) -> File {
        File::Subject(self)
    }
}

/// `GET /…/{file}/hold`
pub async fn show<T: Held>(State(app): State<App>, who: SignedIn, Reference(id): Reference<T>) -> Outcome {
    who.must(Action::Hold)?;
    draw(&app, &who, id.file(), Form::new(app.service.fresh_command())).await
}

/// `POST /…/{file}/hold`
pub async fn send<T: Held>(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<T>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Hold)?;
    let file = id.file();
    who.reaches(&app, file)?;
    let asking: Option<Command> = if form.value("act") == "lift" {
        form.text("lift-reasons", "Enter why the hold is lifted")
            .map(|reasons| LiftHold { file, reasons }.into())
    } else {
        read(&mut form, file).map(Command::from)
    };
    match measures::carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address_of(file, "")).into_response()),
        None => draw(&app, &who, file, form).await,
    }
}

fn read(form: &mut Form, file: File) -> Option<HoldFile> {
    let ground = form.choice::<Ground>("ground", "Choose for whom it is held");
    let reasons = form.text("reasons", "Enter what for");
    let review_on = form.date("review", "the date it is looked at again");
    Some(HoldFile { file, ground: ground?, review_on: review_on?, reasons: reasons? })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::ReviewDate { .. } => "review",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, file: File, form: Form) -> Outcome {
    who.reaches(app, file)?;
    let today = app.service.today();
    let (about, kept, is_held, latest) = app
        .service
        .look(who.id(), Look::File(file), |register| {
            let latest = register.policy().after(today, Figure::ReviewInterval);
            (
                about(register, file, today),
                kept(register, file),
                !placed(register, file).is_empty(),
                format!("No later than {}. No hold is for ever", words::date(latest)),
            )
        })
        .await?;
    Page::of(app, who, "Hold").within(Section::Work).back_to(address_of(file, "")).with(form).show(|page| {
        Screen {
            page,
            about: about.unwrap_or_else(|| About { name: file.to_string(), facts: vec![], tags: vec![] }),
            action: address_of(file, "hold"),
            what: match file {
                File::Subject(_) => "this file and every measure and incident about the same subject",
                File::Measure(_) => "this measure, the incidents behind it and the subject’s file",
                _ => "this report",
            },
            kept,
            is_held,
            grounds: Item::all::<Ground>(),
            latest,
        }
    })
}

/// The bar of a file that can be held.
fn about(register: &Register, file: File, today: Date) -> Option<About> {
    match file {
        File::Measure(id) => register.measure(id).map(|measure| measures::about(register, measure, today)),
        File::Subject(id) => register.subject(id).map(|subject| subjects::file::about(register, subject)),
        File::Incident(id) => register.incident(id).map(|incident| About {
            name: format!("Incident {id}"),
            facts: vec![Row::new("Happened", words::date(incident.facts.happened_on))],
            tags: vec![],
        }),
        File::Account(_)
        | File::Meeting(_)
        | File::Accesses(_)
        | File::Import(_)
        | File::Partner(_)
        | File::Team(_)
        | File::Policy => None,
    }
}
