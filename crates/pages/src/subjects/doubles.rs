//! `/subjects/doubles`: files that may be about the same person or place, and that nobody has settled yet.

use super::address;
use crate::compare;
use crate::page::{Page, Section};
use crate::part::Cell;
use askama::Template;
use axum::extract::State;
use register::ids::SubjectId;
use register::people::Action;
use register::state::Register;
use register::subject::Subject;
use service::access::Look;
use web::{App, Outcome, SignedIn};

/// Pairs shown at once.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "subjects/doubles.html")]
struct Screen {
    page: Page,
    pairs: Vec<Vec<Cell>>,
}

/// `GET /subjects/doubles`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::DescribeSubject)?;
    let look = Look::Search("Files that may be about the same".to_owned());
    app.service.look(who.id(), look, |_| ()).await?;
    let doubles = app.service.doubles(MOST).await?;
    let pairs = app.service.read(|register| {
        let heading = |id| register.subject(id).map(Subject::heading).unwrap_or_default();
        let knows = |subject| !register.is_excluded(who.id(), subject);
        let known = doubles.iter().filter(|(one, other, _)| knows(*one) && knows(*other));
        let pairs = known.map(|(one, other, hit)| {
            vec![
                Cell::link(
                    format!("{} and {}", heading(*one), heading(*other)),
                    address(*one, &format!("compare/{other}")),
                ),
                Cell::text(compare::sure(hit)),
                Cell::text(open(register, *one, *other)),
            ]
        });
        pairs.collect()
    });
    Page::of(&app, &who, "Files that may be about the same")
        .within(Section::Work)
        .back_to("/")
        .show(|page| Screen { page, pairs })
}

/// What is open about either, in short.
fn open(register: &Register, one: SubjectId, other: SubjectId) -> String {
    let measures = register.measures_about(one).chain(register.measures_about(other));
    let open = measures.filter(|measure| !measure.is_over());
    let open: Vec<String> = open.map(|measure| measure.kind.label().to_owned()).collect();
    if open.is_empty() { "Nothing open".to_owned() } else { open.join(", ") }
}
