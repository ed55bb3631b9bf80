//! `/incidents/{incident}/triage`: whom a report is about, and where it goes.

use super::address;
use crate::measures::told::{self, Told};
use crate::page::{Page, Section};
use crate::part::Item;
use crate::subjects::chosen::{self, Choices};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::TriageIncident;
use register::ids::{AccountId, CommandId, File, IncidentId, MeasureId, SubjectId};
use register::incident::{Described, Identity, Route};
use register::measure::Kind;
use register::people::{Action, Role};
use register::personal::Text;
use register::refusal::Refusal;
use register::state::Register;
use service::access::Look;
use web::form::{Choice, reference_bits};
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "incidents/triage.html")]
struct Screen {
    page: Page,
    action: String,
    report: Told,
    described: String,
    choices: Choices,
    identities: Vec<Item>,
    ways: Vec<Item>,
    kinds: Vec<Item>,
    sponsors: Vec<Item>,
}

web::choices! {
    /// Where a report can go.
    Way {
        LogOnly = "log", "Keep it as a health and safety record only";
        Propose = "propose", "Propose a measure, to be assessed";
        Join = "join", "Add it to the measure that is already open about them";
    }
}

/// `GET /incidents/{incident}/triage`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<IncidentId>) -> Outcome {
    who.must(Action::Triage)?;
    let (_, described, identity) = report(&app, &who, id).await?;
    let form = chosen::begun(Form::new(app.service.fresh_command()), described.as_ref());
    draw(&app, &who, id, form.with("identity", Choice::key(identity))).await
}

/// `POST /incidents/{incident}/triage`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(incident): Reference<IncidentId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Triage)?;
    if chosen::wants_search(&form) {
        return draw(&app, &who, incident, form).await;
    }
    let command = form.command(app.service.fresh_command());
    let chosen = chosen::read(&mut form, command);
    let read = read(&mut form);
    let (Some(chosen), Some(read)) = (chosen, read) else { return draw(&app, &who, incident, form).await };
    let Some(subject) = chosen::settled(&app, &who, &mut form, command, chosen).await? else {
        return draw(&app, &who, incident, form).await;
    };
    let Some(route) = app.service.read(|register| route(register, &mut form, command, subject, &read)) else {
        return draw(&app, &who, incident, form).await;
    };
    let asking = TriageIncident { incident, subject, identity: read.identity, route, reasons: read.reasons };
    let answer = who.asks(&app, &form, command, asking).await?;
    match form.answered(answer, field_of)? {
        Some(_) => Ok(Redirect::to(&address(incident, "")).into_response()),
        None => draw(&app, &who, incident, form).await,
    }
}

struct Read {
    identity: Identity,
    way: Way,
    kind: Option<Kind>,
    sponsor: Option<AccountId>,
    reasons: Text,
}

fn read(form: &mut Form) -> Option<Read> {
    let identity = form.choice("identity", "Choose how sure you are who it was");
    let way = form.choice::<Way>("way", "Choose where the report goes");
    let kind = match way {
        Some(Way::Propose | Way::Join) => form.choice("kind", "Choose which kind of measure").map(Some),
        _ => Some(None),
    };
    let sponsor = match way {
        Some(Way::Propose) => form.reference("sponsor", "Choose the manager who answers for it").map(Some),
        _ => Some(None),
    };
    let reasons = form.text("reasons", "Enter your reasons");
    Some(Read { identity: identity?, way: way?, kind: kind?, sponsor: sponsor?, reasons: reasons? })
}

fn route(
    register: &Register,
    form: &mut Form,
    command: CommandId,
    subject: Option<SubjectId>,
    read: &Read,
) -> Option<Route> {
    match (read.way, read.kind, read.sponsor) {
        (Way::LogOnly, ..) => Some(Route::LogOnly),
        (Way::Propose, Some(kind), Some(sponsor)) => {
            Some(Route::Propose { measure: MeasureId::from_bits(reference_bits(command)), kind, sponsor })
        }
        (Way::Join, Some(kind), _) => {
            let open = subject.and_then(|subject| register.open_measure(subject, kind));
            if open.is_none() {
                form.mistake("kind", "There is none of this kind open about them. Propose one instead");
            }
            open.map(Route::Join)
        }
        (Way::Propose | Way::Join, ..) => None,
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SubjectNotIdentified | Refusal::DifferentSubject | Refusal::Destroyed => "subject",
        Refusal::MeasureAlreadyOpen(_) => "way",
        Refusal::NoSuchAccount | Refusal::AccountClosed => "sponsor",
        _ => "",
    }
}

/// The report in short, after the look is on disk.
async fn report(
    app: &App,
    who: &SignedIn,
    id: IncidentId,
) -> Result<(Told, Option<Described>, Identity), Problem> {
    let file = File::Incident(id);
    let disclosure = who.reaches(app, file)?;
    let shown = app.service.look(who.id(), Look::File(file), |register| {
        let incident = register.incident(id)?;
        let described = incident.narrative.known().map(|narrative| narrative.subject.clone());
        Some((told::told(register, incident, disclosure), described, incident.facts.identity))
    });
    shown.await?.ok_or(Problem::NotFound)
}

async fn draw(app: &App, who: &SignedIn, id: IncidentId, form: Form) -> Outcome {
    let (report, described, _) = report(app, who, id).await?;
    let is_triaged = app.service.read(|register| register.incident(id).is_some_and(|i| i.triage.is_some()));
    if is_triaged && form.is_well() {
        return Err(Problem::Refused(Refusal::AlreadyTriaged));
    }
    let choices = chosen::choices(app, who, &form, Some("Nobody knows: only log it")).await?;
    let described = described.map(|described| {
        let all = [described.name, described.address, described.other, described.how_identified];
        all.iter().flatten().map(Text::as_str).collect::<Vec<_>>().join("; ")
    });
    let sponsors = app.service.read(sponsors);
    Page::of(app, who, format!("Triage {id}")).within(Section::Work).back_to(address(id, "")).with(form).show(
        |page| Screen {
            page,
            action: address(id, "triage"),
            report,
            described: described.unwrap_or_default(),
            choices,
            identities: Item::all::<Identity>(),
            ways: Item::all::<Way>(),
            kinds: Item::all::<Kind>(),
            sponsors,
        },
    )
}

/// Every line manager who can answer for a measure.
pub fn sponsors(register: &Register) -> Vec<Item> {
    Item::of_accounts(register.accounts().filter(|account| {
        account.standing == register::people::Standing::Open && account.roles.contains(&Role::LineManager)
    }))
}
