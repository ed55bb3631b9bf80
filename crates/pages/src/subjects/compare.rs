//! `/subjects/{subject}/compare/{other}`: two files side by side: joined where they are about the same, kept apart where they are not.

use super::{address, opened};
use crate::compare::{self, Side};
use crate::measures::{carry_out, nowhere};
use crate::page::{Page, Section};
use crate::part::{Cell, Item};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{JoinSubjects, KeepApart};
use register::ids::SubjectId;
use register::people::Action;
use register::state::Register;
use web::{App, Form, Outcome, Problem, References, SignedIn};

#[derive(Template)]
#[template(path = "subjects/compare.html")]
struct Screen {
    page: Page,
    sure: &'static str,
    heads: [String; 4],
    rows: Vec<Vec<Cell>>,
    choices: Vec<Item>,
}

/// What the form sends for files that are not about the same.
const APART: &str = "apart";

/// Which two files.
type At = References<SubjectId, SubjectId>;

/// `GET /subjects/{subject}/compare/{other}`
pub async fn show(State(app): State<App>, who: SignedIn, References(one, other): At) -> Outcome {
    who.must(Action::DescribeSubject)?;
    draw(&app, &who, one, other, Form::new(app.service.fresh_command())).await
}

/// `POST /subjects/{subject}/compare/{other}`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    References(one, other): At,
    mut form: Form,
) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let choice = form.value("choice").to_owned();
    let goes_on = [one, other].into_iter().find(|id| id.to_string() == choice);
    if goes_on.is_none() && choice != APART {
        form.mistake("choice", "Choose whether they are about the same");
    }
    let reasons = form.text("reasons", "Enter how you know").filter(|_| form.is_well());
    let done = match goes_on {
        Some(kept) => {
            let joined = if kept == one { other } else { one };
            let asking = reasons.map(|reasons| JoinSubjects { kept, joined, reasons });
            carry_out(&app, &who, &mut form, asking, nowhere).await?.map(|_| address(kept, ""))
        }
        None => {
            let asking = reasons.map(|reasons| KeepApart { one, other, reasons });
            carry_out(&app, &who, &mut form, asking, nowhere).await?.map(|_| "/subjects/doubles".to_owned())
        }
    };
    match done {
        Some(next) => Ok(Redirect::to(&next).into_response()),
        None => draw(&app, &who, one, other, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, one: SubjectId, other: SubjectId, form: Form) -> Outcome {
    let left = side(app, who, one).await?;
    let right = side(app, who, other).await?;
    let hit = app.service.how_alike(one, other)?;
    let sure = hit.as_ref().map_or("Hardly alike", compare::sure);
    let choices = vec![
        Item::new(one, format!("They are about the same, and {} goes on", left.title)),
        Item::new(other, format!("They are about the same, and {} goes on", right.title)),
        Item::new(APART, "They are not about the same"),
    ];
    let rows = compare::rows(&left, &right, hit.as_ref());
    let heads = ["Detail".to_owned(), left.title, right.title, "How they agree".to_owned()];
    Page::of(app, who, "Two files side by side")
        .within(Section::Work)
        .back_to("/subjects/doubles")
        .with(form)
        .show(|page| Screen { page, sure, heads, rows, choices })
}

/// A file that can still be compared, after the look is on disk.
async fn side(app: &App, who: &SignedIn, id: SubjectId) -> Result<Side, Problem> {
    let side = opened(app, who, id, |register, subject| {
        let title = titled(register, id);
        subject.details.known().map(|details| Side::of_file(title, details))
    });
    side.await?.ok_or(Problem::NotFound)
}

/// What a file is called where two stand side by side.
pub fn titled(register: &Register, id: SubjectId) -> String {
    let heading = register.subject(id).map(register::subject::Subject::heading);
    format!("{} ({id})", heading.unwrap_or_default())
}
