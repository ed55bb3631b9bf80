//! `/measures/{measure}/decision`: approve or refuse, with the whole file before the decider.

use super::told::{self, Told};
use super::{About, about, address, carry_out, opened, page, reached};
use crate::page::Page;
use crate::part::{Cell, Item, Row};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::alike::{Appealed, PastCase, alike};
use register::assessment::{Age, Band, age_of};
use register::command::Decide;
use register::decision::{Outcome as Way, latest_review};
use register::ids::MeasureId;
use register::measure::{Life, Measure};
use register::people::Action;
use register::policy::{Code, List};
use register::refusal::Refusal;
use register::state::Register;
use register::view::Disclosure;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/decision.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    shown: Shown,
    ways: Vec<Item>,
}

struct Shown {
    recommended: Vec<Row>,
    incidents: Vec<Told>,
    tests: Vec<Row>,
    plan: Vec<Row>,
    weighed: Vec<Row>,
    interim: Vec<Row>,
    disputes: Vec<Row>,
    contact: Vec<Row>,
    alike: Vec<Vec<Cell>>,
    latest: String,
}

/// `GET /measures/{measure}/decision`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Decide)?;
    reached(&app, &who, id)?;
    let latest = app.service.read(|register| latest(register, id, app.service.today()));
    let form = Form::new(app.service.fresh_command()).with_date("review", latest.ok_or(Problem::NotFound)?);
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/decision`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Decide)?;
    reached(&app, &who, measure)?;
    let asking = read(&mut form, measure);
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn read(form: &mut Form, measure: MeasureId) -> Option<Decide> {
    let outcome = form.choice::<Way>("outcome", "Choose approve or refuse");
    let review_on = match outcome {
        Some(Way::Approve) => form.date("review", "the date of the first review").map(Some),
        _ => Some(None),
    };
    let reasons = form.text("reasons", "Enter your reasons");
    Some(Decide { measure, outcome: outcome?, review_on: review_on?, reasons: reasons? })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::ReviewDate { .. } => "review",
        _ => "",
    }
}

fn latest(register: &Register, id: MeasureId, today: Date) -> Option<Date> {
    register.measure(id).map(|measure| latest_review(register.policy(), measure, today))
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, disclosure) = (app.service.today(), reached(app, who, id)?);
    let is_well = form.is_well();
    let (about, shown) = opened(app, who, id, |register, measure| {
        if is_well && !matches!(measure.life, Life::Assessed) {
            return Err(Problem::Refused(Refusal::WrongStage(measure.stage())));
        }
        let age = age_of(register, measure, today);
        Ok((about(register, measure, today), shown(register, measure, age, disclosure, today)))
    })
    .await??;
    page(app, who, id, "Decide this measure").with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "decision"),
        shown,
        ways: Item::all::<Way>(),
    })
}

fn shown(register: &Register, measure: &Measure, age: Age, disclosure: Disclosure, today: Date) -> Shown {
    let assessment = &measure.assessment;
    let mut recommended = Vec::new();
    if let Some((moment, recommendation)) = &assessment.completed {
        recommended.push(Row::new("Recommended", recommendation.label()));
        recommended.push(Row::new("By", told::signed(register, measure, *moment, disclosure)));
    }
    match (age, &assessment.under_age) {
        (Age::Under, None) => recommended.push(Row::new(
            "Age safeguard",
            "This person is under age, and the data protection officer has not answered yet",
        )),
        (_, Some(answer)) => recommended.push(Row::new(
            "Age safeguard",
            format!("{}\n{}", answer.finding.label(), told::text(&answer.reasons)),
        )),
        (Age::Unknown, None) => recommended.push(Row::new("Age", "Nobody has said how old this person is")),
        (Age::Over, None) => {}
    }
    let interim =
        measure.interim.as_ref().map(|interim| told::interim(register, measure, interim, disclosure));
    Shown {
        recommended,
        incidents: told::incidents(register, measure, disclosure),
        tests: told::tests(assessment),
        plan: assessment.plan.as_ref().map(|plan| told::plan(register, plan)).unwrap_or_default(),
        weighed: assessment.proportionality.as_ref().map(told::proportionality).unwrap_or_default(),
        interim: interim.unwrap_or_default(),
        disputes: told::disputes(register, measure),
        contact: told::contact(measure, today),
        alike: alike(register, measure).iter().map(|past| past_case(register, past)).collect(),
        latest: format!(
            "Needed to approve. At the latest {}",
            words::date(latest_review(register.policy(), measure, today))
        ),
    }
}

/// A comparable case, in words that tell nobody whose it was.
fn past_case(register: &Register, past: &PastCase) -> Vec<Cell> {
    let behaviours: Vec<Code> = past.behaviours.iter().cloned().collect();
    let asks = [(List::Precaution, &past.asks.precautions), (List::Restriction, &past.asks.restrictions)];
    let in_line = |list, codes: &[Code]| told::codes(register, list, codes).replace('\n', "; ");
    let asks: Vec<String> = asks
        .into_iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(list, codes)| in_line(list, codes))
        .collect();
    let decided = match past.outcome {
        Way::Approve => "Approved",
        Way::Refuse => "Refused",
    };
    let appeals: Vec<&str> = past.appeals.iter().map(|appealed| came_of(*appealed)).collect();
    let or_none = |said: String| Cell::text(if said.is_empty() { "None".to_owned() } else { said });
    vec![
        Cell::text(format!("{decided}, {}", past.decided_in.first().strftime("%B %Y"))),
        Cell::text(in_line(List::Behaviour, &behaviours)),
        Cell::text(past.asks.band.map_or("Not chosen", Band::label)),
        or_none(asks.join("; ")),
        or_none(appeals.join("; ")),
    ]
}

/// What came of an appeal.
const fn came_of(appealed: Appealed) -> &'static str {
    match appealed {
        Appealed::Waits => "Waits for a decision",
        Appealed::Withdrawn => "Withdrawn",
        Appealed::Decided(outcome) => outcome.label(),
    }
}
