//! `/incidents/{incident}/interim`: asks for a marker at once, on immediate risk. A second person must agree.

use super::address;
use crate::measures::plan::{self, Choices as PlanChoices};
use crate::measures::told::{self, Told};
use crate::page::{Page, Section};
use crate::part::Item;
use crate::subjects::chosen::{self, Choices, Chosen};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::AskInterim;
use register::ids::{File, IncidentId, MeasureId, SubjectId};
use register::incident::Described;
use register::measure::Kind;
use register::people::Action;
use register::refusal::Refusal;
use register::view::Disclosure;
use service::access::Look;
use web::form::reference_bits;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "incidents/interim.html")]
struct Screen {
    page: Page,
    action: String,
    report: Told,
    /// None where triage has said whom it is about, or this reader may not search.
    choices: Option<Choices>,
    is_known: bool,
    plan: PlanChoices,
    sponsors: Vec<Item>,
}

/// `GET /incidents/{incident}/interim`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<IncidentId>) -> Outcome {
    who.must(Action::AskInterim)?;
    let (_, described, _) = report(&app, &who, id).await?;
    let form = chosen::begun(Form::new(app.service.fresh_command()), described.as_ref());
    draw(&app, &who, id, plan::filled(&app, form, None)).await
}

/// `POST /incidents/{incident}/interim`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(incident): Reference<IncidentId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::AskInterim)?;
    let (_, _, known) = report(&app, &who, incident).await?;
    if chosen::wants_search(&form) {
        return draw(&app, &who, incident, form).await;
    }
    let command = form.command(app.service.fresh_command());
    let chosen = match known {
        Some(subject) => Some(Chosen::Known(subject)),
        None if who.may(Action::ReadSubject) => chosen::read(&mut form, command),
        None => {
            form.mistake("", "The register team must first say whom this is about. Ring them");
            None
        }
    };
    let sponsor = form.reference("sponsor", "Choose the manager who answers for it");
    let grounds = form.text("grounds", "Enter why it cannot wait");
    let plan = plan::read(&app, &mut form);
    let (Some(chosen), Some(sponsor), Some(grounds), Some(plan)) = (chosen, sponsor, grounds, plan) else {
        return draw(&app, &who, incident, form).await;
    };
    let settled = chosen::settled(&app, &who, &mut form, command, chosen).await?;
    let Some(subject) = settled.flatten() else {
        if form.is_well() {
            form.mistake("subject", "Choose whom or what this is about");
        }
        return draw(&app, &who, incident, form).await;
    };
    let open = app.service.read(|register| register.open_measure(subject, Kind::Entry));
    let measure = open.unwrap_or_else(|| MeasureId::from_bits(reference_bits(command)));
    let asking = AskInterim { measure, incident, subject, sponsor, plan, grounds };
    let answer = who.asks(&app, &form, command, asking).await?;
    match form.answered(answer, plan::field_of)? {
        Some(_) => Ok(Redirect::to(&asked(&app, &who, incident, measure)).into_response()),
        None => draw(&app, &who, incident, form).await,
    }
}

/// Where somebody goes who has asked: to the measure, where they may open it.
fn asked(app: &App, who: &SignedIn, incident: IncidentId, measure: MeasureId) -> String {
    match app.service.reach(who.id(), File::Measure(measure)) {
        Disclosure::Nothing => address(incident, ""),
        _ => crate::measures::address(measure, ""),
    }
}

type Report = (Told, Option<Described>, Option<SubjectId>);

/// The report in short and whom triage found it to be about, after the look is on disk.
async fn report(app: &App, who: &SignedIn, id: IncidentId) -> Result<Report, Problem> {
    let file = File::Incident(id);
    let disclosure = who.reaches(app, file)?;
    let shown = app.service.look(who.id(), Look::File(file), |register| {
        let incident = register.incident(id)?;
        let described = incident.narrative.known().map(|narrative| narrative.subject.clone());
        let subject = incident.triage.as_ref().and_then(|triage| triage.subject);
        Some((told::told(register, incident, disclosure), described, subject))
    });
    shown.await?.ok_or(Problem::NotFound)
}

async fn draw(app: &App, who: &SignedIn, id: IncidentId, form: Form) -> Outcome {
    let (report, described, known) = report(app, who, id).await?;
    if described.is_none() && form.is_well() {
        return Err(Problem::Refused(Refusal::Destroyed));
    }
    let choices = match known {
        None if who.may(Action::ReadSubject) => Some(chosen::choices(app, who, &form, None).await?),
        _ => None,
    };
    let plan = plan::choices(app);
    let sponsors = app.service.read(super::triage::sponsors);
    Page::of(app, who, "Ask for an interim marker")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen {
            page,
            action: address(id, "interim"),
            report,
            choices,
            is_known: known.is_some(),
            plan,
            sponsors,
        })
}
