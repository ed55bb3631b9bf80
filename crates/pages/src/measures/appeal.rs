//! `/measures/{measure}/appeal`: recorded where it did not come through the public page, given to somebody who took no part,
//! decided by them, or taken back by the customer.

use super::plan::{self, Choices};
use super::told::{self, Told};
use super::{About, about, address, carry_out, nowhere, opened, page, reached};
use crate::page::Page;
use crate::part::{Item, Row};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::appeal::{Appeal, AppealOutcome, AppealStage, AppealWords, Appellant, Ground, Lodged, Way};
use register::command::{AssignAppeal, DecideAppeal, LodgeAppeal, WithdrawAppeal};
use register::ids::{AccountId, MeasureId};
use register::measure::{Life, Measure};
use register::moment::Actor;
use register::people::{Action, Extent};
use register::refusal::Refusal;
use register::state::Register;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/appeal.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    appeals: Vec<Told>,
    /// To record an appeal.
    lodges: bool,
    ways: Vec<Item>,
    appellants: Vec<Item>,
    grounds: Vec<Item>,
    /// To give it to somebody.
    assigns: Vec<Item>,
    withdraws: bool,
    /// To decide it, with the file before one.
    decides: bool,
    outcomes: Vec<Item>,
    plan: Vec<Row>,
    incidents: Vec<Told>,
    decision: Vec<Row>,
    disputes: Vec<Row>,
    complaints: Vec<Told>,
    choices: Choices,
}

web::choices! {
    /// What a form of this page asks.
    Act {
        Lodge = "lodge", "Record the appeal";
        Assign = "assign", "Give it to them";
        Decide = "decide", "Record the decision";
        Withdraw = "withdraw", "Record that it is taken back";
    }
}

/// `GET /measures/{measure}/appeal`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    let begun = opened(&app, &who, id, |_, measure| measure.assessment.plan.clone()).await?;
    let form = Form::new(app.service.fresh_command()).with_date("received", app.service.today());
    let form = if who.may(Action::DecideAppeal) { plan::filled(&app, form, begun.as_ref()) } else { form };
    draw(&app, &who, id, form).await
}

/// `POST /measures/{measure}/appeal`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    reached(&app, &who, measure)?;
    let done = match form.choice::<Act>("act", "Choose what you want to do") {
        Some(Act::Lodge) => {
            let asking = lodging(&mut form, measure);
            carry_out(&app, &who, &mut form, asking, lodging_field).await?
        }
        Some(Act::Assign) => {
            let officer = form.reference::<AccountId>("officer", "Choose who hears the appeal");
            let asking = officer.map(|officer| AssignAppeal { measure, officer });
            carry_out(&app, &who, &mut form, asking, |_| "officer").await?
        }
        Some(Act::Decide) => {
            let asking = deciding(&app, &mut form, measure);
            carry_out(&app, &who, &mut form, asking, deciding_field).await?
        }
        Some(Act::Withdraw) => {
            let words = form.text("withdrawn", "Enter what the customer said");
            let asking = words.map(|words| WithdrawAppeal { measure, words });
            carry_out(&app, &who, &mut form, asking, nowhere).await?
        }
        None => None,
    };
    match done {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn lodging(form: &mut Form, measure: MeasureId) -> Option<LodgeAppeal> {
    let received_on = form.date("received", "the date it arrived");
    let way = form.choice::<Way>("way", "Choose how it arrived");
    let appellant = form.choice::<Appellant>("appellant", "Choose who appeals");
    let (grounds, words) = statement(form);
    let lodged = Lodged { received_on: received_on?, way: way?, appellant: appellant?, grounds: grounds? };
    Some(LodgeAppeal { measure, lodged, words: words? })
}

/// What the appellant says, asked alike here and on the public page.
pub fn statement(form: &mut Form) -> (Option<std::collections::BTreeSet<Ground>>, Option<AppealWords>) {
    let grounds = form.choices::<Ground>("grounds", "Choose at least one reason");
    let case = form.text("case", "Enter why the decision is wrong");
    let why_late = form.optional_text("why-late");
    let representative = form.optional_text("representative");
    let words = case.zip(why_late).zip(representative);
    (grounds, words.map(|((case, why_late), representative)| AppealWords { case, why_late, representative }))
}

/// The field that a refusal of an appeal is about.
pub const fn lodging_field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoGround => "grounds",
        Refusal::AppealDate => "received",
        Refusal::NoRepresentative => "representative",
        _ => "",
    }
}

fn deciding(app: &App, form: &mut Form, measure: MeasureId) -> Option<DecideAppeal> {
    let outcome = form.choice::<AppealOutcome>("outcome", "Choose the outcome");
    let reasons = form.text("reasons", "Enter your reasons");
    let plan = match outcome {
        Some(AppealOutcome::InPart) => Some(plan::read(app, form)?),
        _ => None,
    };
    Some(DecideAppeal { measure, outcome: outcome?, plan, reasons: reasons? })
}

const fn deciding_field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::AppealInTime | Refusal::NothingVaried => "outcome",
        other => plan::field_of(other),
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, disclosure) = (app.service.today(), reached(app, who, id)?);
    let choices = plan::choices(app);
    let screen = opened(app, who, id, |register, measure| {
        let open = measure.open_appeal();
        let handles = who.may(Action::HandleAppeal);
        let in_force = matches!(measure.life, Life::InForce { .. });
        let hears = open.and_then(Appeal::officer) == Some(who.id());
        Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            action: address(id, "appeal"),
            appeals: measure.appeals.iter().rev().map(|appeal| told(register, measure, appeal)).collect(),
            lodges: handles && in_force && open.is_none(),
            ways: Item::all::<Way>().into_iter().filter(|way| way.value != Way::Online.key()).collect(),
            appellants: Item::all::<Appellant>(),
            grounds: Item::all::<Ground>(),
            assigns: if handles && open.is_some() { uninvolved(register, measure) } else { Vec::new() },
            withdraws: handles && open.is_some(),
            decides: hears,
            outcomes: outcomes(register, measure),
            plan: measure.assessment.plan.as_ref().map(|plan| told::plan(register, plan)).unwrap_or_default(),
            incidents: told::incidents(register, measure, disclosure),
            decision: told::decision(register, measure),
            disputes: told::disputes(register, measure),
            complaints: told::complaints(register, measure),
            choices,
        }
    })
    .await?;
    if screen.appeals.is_empty() && !screen.lodges && form.is_well() {
        who.must(Action::HandleAppeal)?;
        return Err(Problem::Refused(Refusal::NoAppeal));
    }
    page(app, who, id, "Appeal").with(form).show(|page| Screen { page, ..screen })
}

/// Whoever hears appeals and had no hand in this.
fn uninvolved(register: &Register, measure: &Measure) -> Vec<Item> {
    let took_part = measure.took_part(register);
    Item::of_accounts(register.accounts().filter(|account| {
        account.extent(Action::DecideAppeal) > Extent::Nothing
            && !took_part.contains(&Actor::Account(account.id))
    }))
}

/// The outcomes that may be chosen: only a late appeal may go unheard.
fn outcomes(register: &Register, measure: &Measure) -> Vec<Item> {
    let late = measure
        .open_appeal()
        .is_some_and(|appeal| measure.is_late(appeal.lodged.received_on, register.policy()));
    AppealOutcome::ALL
        .iter()
        .filter(|outcome| late || **outcome != AppealOutcome::NotHeard)
        .map(|outcome| Item::new(outcome.key(), outcome.label()))
        .collect()
}

/// An appeal, row by row.
fn told(register: &Register, measure: &Measure, appeal: &Appeal) -> Told {
    let lodged = &appeal.lodged;
    let late = if measure.is_late(lodged.received_on, register.policy()) { ", late" } else { ", in time" };
    let grounds: Vec<&str> = lodged.grounds.iter().map(|ground| ground.label()).collect();
    let mut rows = vec![
        Row::new("Arrived", format!("{}{late}", words::date(lodged.received_on))),
        Row::new("How", lodged.way.label()),
        Row::new("Who appeals", lodged.appellant.label()),
        Row::new("Grounds", grounds.join("\n")),
    ];
    if let Some(words) = appeal.words.known() {
        rows.push(Row::new("In their words", words.case.as_str()));
        rows.extend(words.why_late.iter().map(|words| Row::new("Why it is late", words.as_str())));
        rows.extend(words.representative.iter().map(|words| Row::new("Represented by", words.as_str())));
    }
    rows.push(Row::new("How far it is", told::appeal_stage(register, appeal)));
    match &appeal.stage {
        AppealStage::Decided { reasons, .. } => rows.push(Row::new("Reasons", told::text(reasons))),
        AppealStage::Withdrawn { words, .. } => rows.push(Row::new("What they said", told::text(words))),
        AppealStage::Lodged | AppealStage::Assigned { .. } => {}
    }
    Told { title: format!("Appeal of {}", words::date(lodged.received_on)), address: String::new(), rows }
}
