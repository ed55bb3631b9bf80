//! `/ready`: what somebody reads, learns and agrees to before they use the register, and again when it is due.

pub mod conduct;
pub mod passkey;
pub mod policy;
pub mod questions;
pub mod training;

use crate::page::Page;
use crate::part::{Step as Line, Tag};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::people::{self, Readiness, Step};
use register::policy::Desk;
use register::training::Course;
use web::session::READY;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "ready/index.html")]
struct Screen {
    page: Page,
    steps: Vec<Line>,
    /// Whom to ring instead of checking, where the register cannot be used yet.
    ring: Option<Desk>,
}

/// `GET /ready`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let today = app.service.today();
    let steps = app.service.read(|register| people::steps(register, &who.account, today));
    if steps.iter().all(|(_, readiness)| *readiness == Readiness::Ready) {
        return Ok(Redirect::to("/").into_response());
    }
    let barred = steps.iter().any(|(_, readiness)| matches!(readiness, Readiness::Barred(_)));
    let ring = duty_desk(&app).filter(|_| barred);
    let steps = steps.into_iter().map(|(step, readiness)| line(step, readiness)).collect();
    Page::of(&app, &who, "Before you use the register").show(|page| Screen { page, steps, ring })
}

/// Whom to ring in doubt.
fn duty_desk(app: &App) -> Option<Desk> {
    app.service.read(|register| register.council().map(|council| council.duty_desk.clone()))
}

fn line(step: Step, readiness: Readiness) -> Line {
    let (label, hint, address) = match step {
        Step::Policy => ("Read the policy", "Two minutes", "/ready/policy"),
        Step::Training(Course::Staff) => {
            ("Training", "Ten short cards and eight questions: ten minutes", "/ready/training")
        }
        Step::Training(Course::Members) => {
            ("Introduction for members", "Two pages and four questions: five minutes", "/ready/training")
        }
        Step::Conduct => ("Code of conduct", "One minute", "/ready/conduct"),
    };
    let status = match readiness {
        Readiness::Ready => Tag::new("Done", ""),
        Readiness::Renew { by, .. } => Tag::new(format!("By {}", words::date(by)), "yellow"),
        Readiness::Barred(_) => Tag::new("To do", "blue"),
    };
    let address = (readiness != Readiness::Ready).then(|| address.to_owned());
    Line { label: label.to_owned(), hint: hint.to_owned(), address, status }
}

/// What somebody is late with, in a sentence.
pub fn late_with(app: &App, who: &SignedIn) -> Option<String> {
    let today = app.service.today();
    let readiness = app.service.read(|register| people::readiness(register, &who.account, today));
    let Readiness::Renew { step, by, .. } = readiness else { return None };
    let what = match step {
        Step::Policy => "The policy has changed: read it",
        Step::Training(_) => "Your training is due again: renew it",
        Step::Conduct => "Confirm the code of conduct",
    };
    Some(format!("{what} by {}. After that you cannot check.", words::date(by)))
}

/// On to what is left to do, or home.
fn onwards() -> Outcome {
    Ok(Redirect::to(READY).into_response())
}
