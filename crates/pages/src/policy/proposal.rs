//! `/policy/proposal`: the change that is on its way: what it changes, what that would do, who was consulted, and the answer.

use super::{before, consultations, differences, proposed};
use crate::measures::told;
use crate::page::Page;
use crate::part::{Cell, Item, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::command::{EndorsePolicy, LogConsultation, RejectPolicy, WithdrawPolicy};
use register::moment::Actor;
use register::people::Action;
use register::policy::{ChangeNumber, Consulted, Effect, Shift, effect};
use register::refusal::Refusal;
use register::state::Register;
use web::form::Choice;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "policy/proposal.html")]
struct Screen {
    page: Page,
    open: Option<Open>,
    consulted: Vec<Item>,
    proposes: bool,
}

/// The change that is open.
struct Open {
    number: ChangeNumber,
    rows: Vec<Row>,
    endorsed: Option<String>,
    differences: Vec<Vec<Cell>>,
    effect: Vec<String>,
    consultations: Vec<Vec<Cell>>,
    /// Whether its day has passed without an endorsement.
    is_late: bool,
    logs: bool,
    endorses: bool,
    rejects: bool,
    withdraws: bool,
    /// Why somebody who may endorse may not endorse this one.
    own: bool,
}

/// `GET /policy/proposal`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    draw(&app, &who, Form::new(app.service.fresh_command()))
}

web::choices! {
    /// What is asked of a change.
    Act {
        Consult = "consult", "consult";
        Endorse = "endorse", "endorse";
        Reject = "reject", "reject";
        Withdraw = "withdraw", "withdraw";
    }
}

impl Act {
    const fn action(self) -> Action {
        match self {
            Self::Consult | Self::Withdraw => Action::ProposePolicy,
            Self::Endorse | Self::Reject => Action::EndorsePolicy,
        }
    }
}

/// `POST /policy/proposal`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    if !who.may(Action::EndorsePolicy) {
        who.must(Action::ProposePolicy)?;
    }
    let command = form.command(app.service.fresh_command());
    let Some(act) = Act::from_key(form.value("act")) else {
        form.mistake("", "Choose what is to be done with the change");
        return draw(&app, &who, form);
    };
    who.must(act.action())?;
    let Ok(number) = form.value("change").parse() else {
        form.refused(&Refusal::NoChange);
        return draw(&app, &who, form);
    };
    let change = ChangeNumber(number);
    let asked: Option<register::command::Command> = match act {
        Act::Consult => consultation(&mut form, change).map(Into::into),
        Act::Endorse => form
            .text("endorse-reasons", "Enter why you endorse the change")
            .map(|reasons| EndorsePolicy { change, reasons }.into()),
        Act::Reject => form
            .text("reject-reasons", "Enter why you reject the change")
            .map(|reasons| RejectPolicy { change, reasons }.into()),
        Act::Withdraw => form
            .text("withdraw-reasons", "Enter why you withdraw the change")
            .map(|reasons| WithdrawPolicy { change, reasons }.into()),
    };
    let Some(asked) = asked else { return draw(&app, &who, form) };
    let answer = who.asks(&app, &form, command, asked).await?;
    let field = |refusal: &Refusal| match refusal {
        Refusal::HappenedInFuture => "held",
        _ => "",
    };
    match form.answered(answer, field)? {
        Some(_) if matches!(act, Act::Reject | Act::Withdraw) => Ok(Redirect::to("/policy").into_response()),
        Some(_) => Ok(Redirect::to("/policy/proposal").into_response()),
        None => draw(&app, &who, form),
    }
}

fn consultation(form: &mut Form, change: ChangeNumber) -> Option<LogConsultation> {
    let consulted = form.choice::<Consulted>("consulted", "Choose who was consulted");
    let held_on = form.date("held", "the day on which they were consulted");
    let said = form.text("said", "Enter what they said, and what came of it");
    Some(LogConsultation { change, consulted: consulted?, held_on: held_on?, words: said? })
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let today = app.service.today();
    let open = app.service.read(|register| open(register, who, today));
    let form = match &open {
        Some(open) if form.value("change").is_empty() => form.with("change", open.number),
        _ => form,
    };
    let proposes = who.may(Action::ProposePolicy);
    Page::of(app, who, "Change of the policy").back_to("/policy").with(form).show(|page| Screen {
        page,
        open,
        consulted: Item::all::<Consulted>(),
        proposes,
    })
}

fn open(register: &Register, who: &SignedIn, today: Date) -> Option<Open> {
    let change = register.open_change()?;
    let policy = change.policy.known()?;
    let endorsed = change.endorsement();
    let is_own = change.proposed.by == Actor::Account(who.id());
    let answers = who.may(Action::EndorsePolicy) && !is_own;
    let proposes = who.may(Action::ProposePolicy);
    Some(Open {
        number: change.number,
        rows: proposed(register, change),
        endorsed: endorsed.map(|answer| {
            format!(
                "Endorsed by {} on {}: {}",
                name_of(register, answer.moment.by),
                words::date(answer.moment.date()),
                told::text(&answer.reasons)
            )
        }),
        differences: differences(before(register, change), Some(policy)),
        effect: sentences(&effect(register, policy, today), change.effective),
        consultations: consultations(register, change),
        is_late: endorsed.is_none() && change.effective < today,
        logs: proposes && endorsed.is_none(),
        endorses: answers
            && endorsed.is_none()
            && !change.consultations.is_empty()
            && change.effective >= today,
        rejects: answers,
        withdraws: proposes && endorsed.is_none(),
        own: who.may(Action::EndorsePolicy) && is_own,
    })
}

/// An effect in sentences; none where nothing moves.
fn sentences(effect: &Effect, effective: Date) -> Vec<String> {
    let day = words::date(effective);
    let mut said = Vec::new();
    let mut shift = |shift: Shift, one: &str, many: &str, sooner: &str, later: &str, at_once: &str| {
        if shift.sooner > 0 {
            let and_at_once = match shift.at_once {
                0 => String::new(),
                number => format!(", {number} of them {at_once} {day}"),
            };
            said.push(format!("{} would {sooner}{and_at_once}", words::count(shift.sooner, one, many)));
        }
        if shift.later > 0 {
            said.push(format!("{} would {later}", words::count(shift.later, one, many)));
        }
    };
    shift(effect.reviews, "review", "reviews", "fall due sooner", "fall due later", "overdue on");
    shift(effect.watches, "warning", "warnings", "end sooner", "be watched for longer", "by");
    shift(
        effect.measure_files,
        "file of an ended measure",
        "files of ended measures",
        "be destroyed sooner",
        "be kept for longer",
        "by",
    );
    shift(
        effect.incident_files,
        "incident’s file",
        "incidents’ files",
        "be destroyed sooner",
        "be kept for longer",
        "by",
    );
    shift(
        effect.other_files,
        "meeting’s papers or month of the access log",
        "meetings’ papers or months of the access log",
        "be destroyed sooner",
        "be kept for longer",
        "by",
    );
    shift(effect.work, "other task", "other tasks", "fall due sooner", "fall due later", "overdue on");
    if effect.second_safeguard > 0 {
        said.push(format!(
            "{} not decided yet would need the second safeguard of a young person",
            words::count(effect.second_safeguard, "measure", "measures")
        ));
    }
    if effect.interim_markers > 0 && !said.is_empty() {
        said.push(format!(
            "{} now live would keep the last day that was agreed",
            words::count(effect.interim_markers, "interim marker", "interim markers")
        ));
    }
    said
}
