//! `/risks/new`: raises a risk of running the register.

use super::{Judging, address, field_of, judged};
use crate::measures::carry_out;
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::RaiseRisk;
use register::ids::RiskId;
use register::people::Action;
use register::risk::{RiskWords, Sign};
use web::form::reference_bits;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "risks/new.html")]
struct Screen {
    page: Page,
    signs: Vec<Item>,
    judging: Judging,
}

/// `GET /risks/new`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::KeepRisks)?;
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

/// `POST /risks/new`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::KeepRisks)?;
    let risk = RiskId::from_bits(reference_bits(form.command(app.service.fresh_command())));
    let what = form.text("what", "Enter what may happen");
    let owner = form.text("owner", "Enter who answers for it");
    let judged = judged(&mut form);
    let sign = form.optional_choice::<Sign>("sign");
    let asking = what.zip(owner).zip(judged).zip(sign).map(|(((what, owner), (rating, answer)), sign)| {
        RaiseRisk { risk, sign, rating, words: RiskWords { what, owner }, answer }
    });
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(risk, "")).into_response()),
        None => draw(&app, &who, form),
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    Page::of(app, who, "Raise a risk").back_to("/risks").with(form).show(|page| Screen {
        page,
        signs: Item::all::<Sign>(),
        judging: Judging::all(),
    })
}
