//! `/check`: what somebody asks before contact. Nothing that is asked ever stands in an address.

pub mod acknowledge;
pub mod answer;
pub mod planned;
pub mod receipt;

use crate::addresses::{self, Place, Settled};
use crate::page::{Page, Section};
use crate::part::Item;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::ids::AccountId;
use register::people::{Account, Action, Extent};
use register::view::{Purpose, Ring};
use service::check::{Asked, Asker, CannotSay, Described, NotEnough, Why};
use service::{Fault, Over};
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "check/index.html")]
struct Screen {
    page: Page,
    purposes: Vec<Item>,
    /// Whether something is given or wrong among what is folded away at first.
    more_is_open: bool,
    screens: bool,
    /// Whether whoever is signed in checks for those who ring.
    checks_for: bool,
    /// What is told of planned visits.
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "check/over_budget.html")]
struct OverBudget {
    page: Page,
    ring: Ring,
    telephone: String,
    /// When they are answered again.
    again: &'static str,
}

/// What may be asked with, in the order of the form: field, label, most characters.
const DETAILS: [(&str, &str, usize); 9] = [
    ("name", "Name", 200),
    ("address", "Address", 500),
    ("postcode", "Postcode", 10),
    ("born", "Date of birth", 50),
    ("phone", "Phone number", 50),
    ("email", "Email address", 254),
    ("social", "Name on social media", 200),
    ("uprn", "Property reference (UPRN)", 20),
    ("reference", "Reference in another system", 100),
];

/// Most characters of the reference of a job or case.
const MOST_OF_A_JOB: usize = 100;

/// How many of them are not folded away.
const FIRST: usize = 3;

/// What a chosen address fills.
const PLACE: Place<'_> = Place { lines: "address", postcode: Some("postcode"), uprn: Some("uprn") };

/// `GET /check`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::Check)?;
    let form = Form::default().with("purpose", Purpose::Visit.key()).with_date("day", app.service.today());
    draw(&app, &who, form).await
}

/// `POST /check`
pub async fn send(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    who.must(Action::Check)?;
    let mut form = match addresses::settle(&app, form, [PLACE]) {
        Settled::Asks(form) => return draw(&app, &who, form).await,
        Settled::Goes(form) => form,
    };
    let rang = rang(&mut form, &app, &who)?;
    let asked = read(&mut form, &app, &who, rang.flatten());
    let (Some(asked), Some(rang)) = (asked, rang) else { return draw(&app, &who, form).await };
    answered(&app, &who, rang, &asked).await
}

/// Whoever rang, by their work mail address, where somebody is asked for; `None` where nobody has it who may check.
fn rang(form: &mut Form, app: &App, who: &SignedIn) -> Result<Option<Option<AccountId>>, Problem> {
    let Some(typed) = form.optional_text_within("rang", 254) else { return Ok(None) };
    let Some(typed) = typed else { return Ok(Some(None)) };
    who.must(Action::CheckFor)?;
    let may = |account: &&Account| {
        account.extent(Action::Check) > Extent::Nothing && !account.is_program() && account.id != who.id()
    };
    let found = app
        .service
        .read(|register| register.account_by_email(typed.as_str()).filter(may).map(|account| account.id));
    if found.is_none() {
        form.mistake(
            "rang",
            "Enter the work email address of somebody else who has an account and may check",
        );
    }
    Ok(found.map(Some))
}

/// Answers what was asked before, where it is still enough to ask with; otherwise asks for what is missing.
pub async fn ask(app: &App, who: &SignedIn, asked: Asked) -> Outcome {
    let Err(not_enough) = enough(app, who, None, &asked) else {
        return answered(app, who, None, &asked).await;
    };
    let mut form = Form::default().with("purpose", asked.purpose.key());
    if let Some(day) = asked.day {
        form = form.with_date("day", day);
    }
    for ((field, ..), typed) in DETAILS.iter().zip(typed(&asked.description)) {
        if let Some(typed) = typed {
            form = form.with(field, typed);
        }
    }
    if let Some(job) = &asked.job {
        form = form.with("job", job);
    }
    let (field, anchor) = place_of(&form, not_enough);
    form.mistake_at(field, anchor, not_enough.to_string());
    draw(app, who, form).await
}

/// Whether whoever is signed in, or rang, may ask it so.
fn enough(app: &App, who: &SignedIn, rang: Option<AccountId>, asked: &Asked) -> Result<(), NotEnough> {
    app.service.read(|register| {
        let account = rang.and_then(|rang| register.account(rang)).unwrap_or(&who.account);
        asked.enough(register, account)
    })
}

async fn answered(app: &App, who: &SignedIn, rang: Option<AccountId>, asked: &Asked) -> Outcome {
    match app.service.check(Asker { by: who.id(), rang }, asked.clone()).await {
        Ok(answer) => Ok(Redirect::to(&answer::address(answer.check)).into_response()),
        Err(CannotSay { why: Why::Over(over), ring, .. }) => over_budget(app, who, over, ring),
        Err(CannotSay { remembered: Some(known), .. }) => answer::from_memory(app, who, rang, asked, *known),
        Err(_) => Err(Problem::Fault(Fault::because("a check could not be answered"))),
    }
}

/// Whoever has asked about too many is told so, and who checks for them: never anything that could be read as an answer.
fn over_budget(app: &App, who: &SignedIn, over: Over, ring: Ring) -> Outcome {
    let again = match over {
        Over::Soon => "in ten minutes",
        Over::Day => "tomorrow at this time",
    };
    let telephone = words::telephone(&ring.phone);
    let drawn = Page::of(app, who, "Cannot say").within(Section::Check).show(|page| OverBudget {
        page,
        ring,
        telephone,
        again,
    })?;
    Ok((StatusCode::TOO_MANY_REQUESTS, drawn).into_response())
}

/// What was typed, in the order of [`DETAILS`].
fn typed(description: &Described) -> [&Option<String>; DETAILS.len()] {
    [
        &description.name,
        &description.address,
        &description.postcode,
        &description.born,
        &description.phone,
        &description.email,
        &description.social,
        &description.uprn,
        &description.reference,
    ]
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let more_is_open = DETAILS
        .iter()
        .skip(FIRST)
        .any(|(field, ..)| !form.value(field).is_empty() || form.problem(field).is_some());
    let screens = who.may(Action::Screen);
    let notice = planned::notice(app, who).await;
    Page::of(app, who, "Check before contact").within(Section::Check).with(form).show(|page| Screen {
        page,
        purposes: Item::all::<Purpose>(),
        more_is_open,
        screens,
        checks_for: who.may(Action::CheckFor),
        notice,
    })
}

fn read(form: &mut Form, app: &App, who: &SignedIn, rang: Option<AccountId>) -> Option<Asked> {
    let purpose = form.choice::<Purpose>("purpose", "Choose what you will do");
    let day = match purpose {
        Some(purpose) if purpose.goes() => day(form, app.service.today()),
        _ => Some(None),
    };
    let description = described(form);
    let job = form.optional_text_within("job", MOST_OF_A_JOB);
    let job = job.map(|job| job.map(|job| job.as_str().to_owned()));
    let asked = Asked { purpose: purpose?, day: day?, description: description?, job: job? };
    match enough(app, who, rang, &asked) {
        Ok(()) => Some(asked),
        Err(not_enough) => {
            let (field, anchor) = place_of(form, not_enough);
            form.mistake_at(field, anchor, not_enough.to_string());
            None
        }
    }
}

fn day(form: &mut Form, today: Date) -> Option<Option<Date>> {
    let day = form.optional_date("day", "the day of the visit or meeting")?;
    if day.is_some_and(|day| day < today) {
        form.mistake_at("day", "day-day", "The day of the visit or meeting must be today or later");
        return None;
    }
    Some(day)
}

fn described(form: &mut Form) -> Option<Described> {
    let given = DETAILS.map(|(field, _, most)| {
        let text = form.optional_text_within(field, most)?;
        Some(text.map(|text| text.as_str().to_owned()))
    });
    let [name, address, postcode, born, phone, email, social, uprn, reference] = given;
    let described = Described {
        name: name?,
        born: born?,
        address: address?,
        postcode: postcode?,
        uprn: uprn?,
        phone: phone?,
        email: email?,
        social: social?,
        reference: reference?,
    };
    if described.born.is_some() && described.question().born.is_none() {
        form.mistake("born", "Enter a date of birth such as 27 3 1971, or a year such as 1971");
        return None;
    }
    Some(described)
}

/// The field, and the input in it, that a question is not enough at.
fn place_of(form: &Form, not_enough: NotEnough) -> (&'static str, &'static str) {
    let holds_wildcard = |field: &str| form.value(field).contains(['*', '%']);
    let field = match not_enough {
        NotEnough::Nothing => "name",
        NotEnough::NameAlone | NotEnough::PlaceAlone => "address",
        NotEnough::NoJob => return ("job", "job"),
        NotEnough::NoDay => return ("day", "day-day"),
        NotEnough::Wildcard => {
            DETAILS.iter().map(|(field, ..)| *field).find(|field| holds_wildcard(field)).unwrap_or("name")
        }
    };
    (field, field)
}
