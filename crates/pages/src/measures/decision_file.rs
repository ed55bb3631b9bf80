//! `/measures/{measure}/decision-file`: what is kept, sealed, to answer for a decision after the rest of the measure was destroyed. Only
//! the data protection officer opens it, and no search leads here.

use super::file::ended;
use super::letter::Drawn;
use super::told::{self, Told};
use super::{About, about, opened, page};
use crate::page::Page;
use crate::part::Row;
use crate::retention::kept;
use askama::Template;
use axum::extract::State;
use register::ids::{File, MeasureId};
use register::measure::Measure;
use register::people::Action;
use register::state::Register;
use web::{App, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/decision_file.html")]
struct Screen {
    page: Page,
    about: About,
    kept: Vec<Row>,
    ended: Vec<Row>,
    decision: Vec<Row>,
    notice: Vec<Row>,
    reviews: Vec<Row>,
    since: Vec<Row>,
    complaints: Vec<Told>,
    letters: Vec<Sent>,
}

/// A letter that was sent.
struct Sent {
    title: &'static str,
    drawn: Drawn,
}

/// `GET /measures/{measure}/decision-file`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::ReadDecisionFile)?;
    let today = app.service.today();
    let shown = opened(&app, &who, id, |register, measure| {
        let sealed = measure.sealed.as_ref()?;
        let as_it_ended = Measure {
            life: sealed.life.as_ref().clone(),
            appeals: sealed.appeals.clone(),
            letters: sealed.letters.clone(),
            ..measure.clone()
        };
        Some(Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            kept: kept(register, File::Measure(id)),
            ended: ended(register, &as_it_ended),
            decision: told::decision(register, &as_it_ended),
            notice: told::notice(register, &as_it_ended),
            reviews: told::reviews(register, &as_it_ended),
            since: told::since(register, &as_it_ended),
            complaints: told::complaints(register, &as_it_ended),
            letters: letters(register, &as_it_ended),
        })
    })
    .await?;
    let shown = shown.ok_or(Problem::NotFound)?;
    page(&app, &who, id, "Sealed decision file").show(|page| Screen { page, ..shown })
}

/// Every letter that was sent, the decision's first.
fn letters(register: &Register, measure: &Measure) -> Vec<Sent> {
    let Some(council) = register.council() else { return Vec::new() };
    measure
        .letters_sent()
        .filter_map(|sent| {
            let drawn = Drawn::of(&service::letters::document(sent.letter.known()?, council));
            Some(Sent { title: sent.occasion.label(), drawn })
        })
        .collect()
}
