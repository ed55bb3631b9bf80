//! `/measures/{measure}/interim`: the record of an interim marker; a second person agrees it, or refuses it, seeing all of it first.

use super::letter::{Drawn, printed};
use super::told::{self, Told};
use super::{About, about, address, carry_out, moment, nowhere, opened, page, reached, would};
use crate::page::Page;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{AgreeInterim, Command, RefuseInterim};
use register::ids::MeasureId;
use register::people::Action;
use register::policy::Figure;
use register::refusal::Refusal;
use service::letters::interim_record;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/interim.html")]
struct Screen {
    page: Page,
    about: About,
    record: Option<Drawn>,
    pdf: String,
    incidents: Vec<Told>,
    agree: Option<String>,
    refuse: Option<String>,
    /// Why it can only be refused, if so.
    only_refuse: String,
    warning: String,
}

/// `GET /measures/{measure}/interim`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::ReadMeasure)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `GET /measures/{measure}/interim.pdf`
pub async fn pdf(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    let today = app.service.today();
    let record = opened(&app, &who, id, |register, measure| interim_record(register, measure, today)).await?;
    let record = record.ok_or(Problem::NotFound)?;
    printed(&app, record, &format!("interim-marker-{id}.pdf")).await
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
    let (about, record, incidents, agrees, refuses, last_day) = opened(app, who, id, |register, measure| {
        measure.interim.as_ref().ok_or(Problem::Refused(Refusal::NoInterim))?;
        Ok::<_, Problem>((
            about(register, measure, today),
            interim_record(register, measure, today),
            told::incidents(register, measure, disclosure),
            register::decide(register, &AgreeInterim { measure: id }.into(), &moment).map(|_| ()),
            would(register, &moment, RefuseInterim { measure: id }),
            words::date(register.policy().after(today, Figure::InterimLife)),
        ))
    })
    .await??;
    let only_refuse = match &agrees {
        Err(refusal) if refuses => refusal.to_string(),
        _ => String::new(),
    };
    page(app, who, id, "Interim marker").with(form).show(|page| Screen {
        page,
        about,
        record: record.as_ref().map(Drawn::of),
        pdf: address(id, "interim.pdf"),
        incidents,
        agree: agrees.is_ok().then(|| address(id, "interim/agree")),
        refuse: refuses.then(|| address(id, "interim/refuse")),
        only_refuse,
        warning: format!(
            "If you agree, the teams above are shown the precautions at once. It lapses by itself after {last_day} unless a \
             decision is made."
        ),
    })
}
