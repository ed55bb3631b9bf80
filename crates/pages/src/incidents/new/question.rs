//! What the question pages of a report have in common: each shows its part of the draft, keeps what was typed, says what is wrong
//! with it, and leads on.

use super::draft::Draft;
use super::{address, check, report};
use super::{contact, danger, evidence, harm, needs, what, when, who, you};
use crate::addresses::{self, FIND, Place, Settled};
use crate::page::{Page, Section};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{MethodRouter, get};
use jiff::civil::Date;
use register::ids::CommandId;
use register::policy::{List, Term};
use web::{App, Form, Outcome, Reference, SignedIn};

/// One page of questions.
pub trait Question {
    /// The last part of its address.
    const PLACE: &'static str;
    /// The title of the page.
    const TITLE: &'static str;
    /// The fields of the draft that are its.
    const FIELDS: &'static [&'static str];
    /// Those of them that a chosen address fills.
    const ADDRESSES: &'static [Place<'static>] = &[];
    /// What is read from them.
    type Answer: Send;

    /// Reads its fields and says everything that is wrong with them.
    fn read(form: &mut Form, known: &Known) -> Option<Self::Answer>;

    /// Its page.
    fn screen(page: Page, known: &Known) -> impl Template;

    /// A page to go to first, where the answer asks for one.
    fn detour(_answer: &Self::Answer) -> Option<&'static str> {
        None
    }
}

/// The questions in their order.
const ORDER: [&str; 9] = [
    danger::Question::PLACE,
    when::Question::PLACE,
    who::Question::PLACE,
    what::Question::PLACE,
    harm::Question::PLACE,
    needs::Question::PLACE,
    contact::Question::PLACE,
    evidence::Question::PLACE,
    you::Question::PLACE,
];

/// What questions need to know beside what was typed.
pub struct Known {
    /// The London date.
    pub today: Date,
    /// The behaviours of the policy.
    pub behaviours: Vec<Term>,
}

impl Known {
    /// As of now.
    pub fn of(app: &App) -> Self {
        let behaviours = app.service.read(|register| register.policy().terms(List::Behaviour).to_vec());
        Self { today: app.service.today(), behaviours }
    }
}

/// Shows a question and takes its answer.
pub fn asks<Q: Question + 'static>() -> MethodRouter<App> {
    get(show::<Q>).post(send::<Q>)
}

/// `GET /incidents/new/{report}/…`
pub async fn show<Q: Question>(
    State(app): State<App>,
    who: SignedIn,
    Reference(report): Reference<CommandId>,
) -> Outcome {
    let draft = Draft::open(&app, &who, report).await?;
    draw::<Q>(&app, &who, &draft, draft.form())
}

/// `POST /incidents/new/{report}/…`: what was typed is kept before anything is said about it.
async fn send<Q: Question>(
    State(app): State<App>,
    who: SignedIn,
    Reference(report): Reference<CommandId>,
    sent: Form,
) -> Outcome {
    let mut draft = Draft::open(&app, &who, report).await?;
    let settled = addresses::settle(&app, sent, Q::ADDRESSES.iter().copied());
    let (Settled::Asks(sent) | Settled::Goes(sent)) = &settled;
    draft.take(Q::FIELDS, sent);
    draft.keep(&app, &who).await?;
    let mut form = draft.form();
    if let Settled::Asks(sent) = &settled {
        let form = form.with(FIND, sent.value(FIND));
        return draw::<Q>(&app, &who, &draft, form);
    }
    match Q::read(&mut form, &Known::of(&app)) {
        Some(answer) => Ok(Redirect::to(&onward::<Q>(&app, &draft, &answer)).into_response()),
        None => draw::<Q>(&app, &who, &draft, form),
    }
}

/// The page of a question, with the whole draft and what is wrong with it.
pub fn draw<Q: Question>(app: &App, who: &SignedIn, draft: &Draft, form: Form) -> Outcome {
    let known = Known::of(app);
    let back = match report::read(&mut draft.form(), &known) {
        Ok(_) => address(draft.report, check::PLACE),
        Err(_) => before(Q::PLACE).map_or_else(|| "/".to_owned(), |place| address(draft.report, place)),
    };
    Page::of(app, who, Q::TITLE)
        .within(Section::Report)
        .back_to(back)
        .with(form)
        .show(|page| Q::screen(page, &known))
}

/// Where an answered question leads: to the answers once all are given, before that to the next question.
pub fn onward<Q: Question>(app: &App, draft: &Draft, answer: &Q::Answer) -> String {
    let place = Q::detour(answer).unwrap_or_else(|| after::<Q>(app, draft));
    address(draft.report, place)
}

/// The page after a question, its detour left aside.
pub fn after<Q: Question>(app: &App, draft: &Draft) -> &'static str {
    if report::read(&mut draft.form(), &Known::of(app)).is_ok() {
        return check::PLACE;
    }
    ORDER.iter().skip_while(|place| **place != Q::PLACE).nth(1).copied().unwrap_or(check::PLACE)
}

fn before(place: &str) -> Option<&'static str> {
    ORDER.iter().take_while(|listed| **listed != place).last().copied()
}
