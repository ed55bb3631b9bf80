//! `/measures/{measure}/legal-advice`: what lawyers advised. It is privileged: a page of its own, a look of its own, and no part of any paper.

use super::{About, about, address, carry_out, moment, page, reached, would};
use crate::page::Page;
use crate::part::{Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::KeepLegalAdvice;
use register::ids::MeasureId;
use register::legal::{self, LegalAdvice, LegalWords};
use register::people::Action;
use register::refusal::Refusal;
use register::state::Register;
use service::access::Look;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/legal.html")]
struct Screen {
    page: Page,
    about: About,
    /// Newest first.
    advice: Vec<Kept>,
    keeps: bool,
}

/// One piece of advice.
struct Kept {
    title: String,
    rows: Vec<Row>,
}

/// `GET /measures/{measure}/legal-advice`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    let form = Form::new(app.service.fresh_command()).with_date("asked", app.service.today());
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/legal-advice`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepLegalAdvice)?;
    reached(&app, &who, measure)?;
    let asking = read(&mut form, measure);
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "legal-advice")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn read(form: &mut Form, measure: MeasureId) -> Option<KeepLegalAdvice> {
    let asked_on = form.date("asked", "the date it was asked for");
    let asked_by = form.text_within("asked-by", "Enter who asked for it", 500);
    let given_by = form.text_within("given-by", "Enter who gave it", 500);
    let advice = form.text("advice", "Enter what was advised");
    let words = LegalWords { asked_by: asked_by?, given_by: given_by?, advice: advice? };
    Some(KeepLegalAdvice { measure, asked_on: asked_on?, words })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::HappenedInFuture => "asked",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    who.must(Action::ReadLegalAdvice)?;
    let (today, moment) = (app.service.today(), moment(app, who));
    let readable = |register: &Register| legal::readable(register, &who.account, id).is_some();
    if !app.service.read(readable) {
        return Err(Problem::NotFound);
    }
    let screen = app.service.look(who.id(), Look::LegalAdvice(id), |register| {
        let measure = legal::readable(register, &who.account, id)?;
        let words = register::personal::Text::optional("words to be given")?;
        let words = LegalWords { asked_by: words.clone(), given_by: words.clone(), advice: words };
        Some(Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            advice: measure.legal_advice.iter().rev().map(|advice| kept(register, advice)).collect(),
            keeps: would(register, &moment, KeepLegalAdvice { measure: id, asked_on: today, words }),
        })
    });
    let screen = screen.await?.ok_or(Problem::NotFound)?;
    page(app, who, id, "Legal advice").with(form).show(|page| Screen { page, ..screen })
}

fn kept(register: &Register, advice: &LegalAdvice) -> Kept {
    let title = format!("Asked for on {}", words::date(advice.asked_on));
    let on = words::date(advice.moment.date());
    let kept = Row::new("Kept by", format!("{}, {on}", name_of(register, advice.moment.by)));
    let rows = match advice.words.known() {
        None => vec![Row::new("Advice", super::DESTROYED), kept],
        Some(words) => vec![
            Row::new("Asked for by", words.asked_by.as_str()),
            Row::new("Given by", words.given_by.as_str()),
            Row::new("Advice", words.advice.as_str()),
            kept,
        ],
    };
    Kept { title, rows }
}
