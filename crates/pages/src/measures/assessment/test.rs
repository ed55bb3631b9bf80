//! `/measures/{measure}/assessment/{test}`: one threshold test, with what to consider.

use super::still_open;
use crate::measures::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use register::assessment::{Finding, Test};
use register::command::AnswerTest;
use register::ids::MeasureId;
use register::people::Action;
use register::personal::Text;
use web::form::Choice;
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "measures/assessment/test.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    number: String,
    label: &'static str,
    guidance: &'static str,
    findings: Vec<Item>,
}

/// `GET /measures/{measure}/assessment/{test}`
pub async fn show(State(app): State<App>, who: SignedIn, Path(place): Path<(String, String)>) -> Outcome {
    who.must(Action::Assess)?;
    let (id, test) = read_place(&place)?;
    let form = Form::new(app.service.fresh_command());
    let form = opened(&app, &who, id, |_, measure| match measure.assessment.answers.get(&test) {
        None => form,
        Some(answer) => form
            .with("finding", Choice::key(answer.finding))
            .with("reasons", answer.reasons.known().map(Text::as_str).unwrap_or_default()),
    })
    .await?;
    draw(&app, &who, id, test, form).await
}

/// `POST /measures/{measure}/assessment/{test}`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Path(place): Path<(String, String)>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Assess)?;
    let (measure, test) = read_place(&place)?;
    reached(&app, &who, measure)?;
    let finding = form.choice::<Finding>("finding", "Choose yes or no");
    let reasons = form.text("reasons", "Enter your reasons");
    let asking =
        finding.zip(reasons).map(|(finding, reasons)| AnswerTest { measure, test, finding, reasons });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "assessment")).into_response()),
        None => draw(&app, &who, measure, test, form).await,
    }
}

fn read_place((measure, test): &(String, String)) -> Result<(MeasureId, Test), Problem> {
    let measure = measure.parse().map_err(|_| Problem::NotFound)?;
    Ok((measure, Test::from_key(test).ok_or(Problem::NotFound)?))
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, test: Test, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let (about, number) = opened(app, who, id, |register, measure| {
        if is_well {
            still_open(measure)?;
        }
        let asked = measure.kind.tests();
        let place = asked.iter().position(|listed| *listed == test).ok_or(Problem::NotFound)?;
        let number = format!("Test {} of {}", place + 1, asked.len());
        Ok::<_, Problem>((about(register, measure, today), number))
    })
    .await??;
    page(app, who, id, test.label()).back_to(address(id, "assessment")).with(form).show(|page| Screen {
        page,
        about,
        action: address(id, &format!("assessment/{}", test.key())),
        number,
        label: test.label(),
        guidance: test.guidance(),
        findings: Item::all::<Finding>(),
    })
}
