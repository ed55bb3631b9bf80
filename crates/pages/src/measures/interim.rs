//! `/measures/{measure}/interim`: a second person agrees an interim marker, or refuses it, seeing all of it first.

use super::told::{self, Told};
use super::{About, about, address, carry_out, moment, nowhere, opened, page, reached, would};
use crate::page::Page;
use crate::part::Row;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{AgreeInterim, Command, RefuseInterim};
use register::ids::MeasureId;
use register::people::Action;
use register::policy::Figure;
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/interim.html")]
struct Screen {
    page: Page,
    about: About,
    interim: Vec<Row>,
    incidents: Vec<Told>,
    agree: Option<String>,
    refuse: String,
    warning: String,
}

/// `GET /measures/{measure}/interim`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::AgreeInterim)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/interim/agree`
pub async fn agree(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    form: Form,
) -> Outcome {
    settle(&app, &who, measure, form, AgreeInterim { measure }.into()).await
}

/// `POST /measures/{measure}/interim/refuse`
pub async fn refuse(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    form: Form,
) -> Outcome {
    settle(&app, &who, measure, form, RefuseInterim { measure }.into()).await
}

async fn settle(app: &App, who: &SignedIn, id: MeasureId, mut form: Form, command: Command) -> Outcome {
    who.must(Action::AgreeInterim)?;
    reached(app, who, id)?;
    match carry_out(app, who, &mut form, Some(command), nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(id, "")).into_response()),
        None => draw(app, who, id, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, moment, disclosure) = (app.service.today(), moment(app, who), reached(app, who, id)?);
    let (about, interim, incidents, may, last_day) = opened(app, who, id, |register, measure| {
        let interim = measure.interim.as_ref().ok_or(Problem::Refused(Refusal::NoInterim))?;
        Ok::<_, Problem>((
            about(register, measure, today),
            told::interim(register, measure, interim, disclosure),
            told::incidents(register, measure, disclosure),
            would(register, &moment, AgreeInterim { measure: id }),
            words::date(register.policy().after(today, Figure::InterimLife)),
        ))
    })
    .await??;
    page(app, who, id, "Interim marker").with(form).show(|page| Screen {
        page,
        about,
        interim,
        incidents,
        agree: may.then(|| address(id, "interim/agree")),
        refuse: address(id, "interim/refuse"),
        warning: format!(
            "If you agree, the teams above are shown the precautions at once. It lapses by itself after {last_day} unless a \
             decision is made."
        ),
    })
}
