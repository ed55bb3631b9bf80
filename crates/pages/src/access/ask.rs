//! `/access/ask`: a line manager asks that somebody of their team gets access.

use crate::accounts::details::email;
use crate::measures::carry_out;
use crate::page::{Page, Section};
use crate::part::Item;
use crate::teams;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::command::AskAccess;
use register::ids::{AccountId, CommandId, File, TeamId};
use register::people::{Action, Newcomer, Role};
use register::refusal::Refusal;
use std::collections::BTreeSet;
use web::form::{Choice, Filter, reference_bits};
use web::{App, Form, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "access/ask.html")]
struct Screen {
    page: Page,
    roles: Vec<Item>,
}

/// The field that names somebody who was noted, or whose account has no role.
const FOR: &str = "for";

/// `GET /access/ask?for=…`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(sought): Filter) -> Outcome {
    who.must(Action::AskAccess)?;
    let form = Form::new(app.service.fresh_command()).with_date("from", app.service.today());
    let form = match noted(&app, &who, &sought)? {
        Some((account, newcomer, from)) => {
            let form = form.with(FOR, account).with("name", newcomer.name.as_str());
            form.with("email", newcomer.email.as_str()).with_date("from", from)
        }
        None => form,
    };
    draw(&app, &who, form)
}

/// `POST /access/ask`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::AskAccess)?;
    let noted = noted(&app, &who, &form)?.map(|(account, ..)| account);
    let command = form.command(app.service.fresh_command());
    let asking = read(&mut form, noted, command, who.account.team);
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&teams::people::address(who.account.team)).into_response()),
        None => draw(&app, &who, form),
    }
}

/// Somebody who was noted, or whose account has no role, as they are known.
fn noted(app: &App, who: &SignedIn, form: &Form) -> Result<Option<(AccountId, Newcomer, Date)>, Problem> {
    let Ok(id) = form.value(FOR).parse::<AccountId>() else { return Ok(None) };
    who.reaches(app, File::Account(id))?;
    Ok(app.service.read(|register| {
        if let Some(request) = register.request(id) {
            return Some((id, request.newcomer.known()?.clone(), request.from));
        }
        let account = register.account(id)?;
        let details = account.details.known()?;
        let (name, email) = (details.name.clone(), details.email.clone());
        Some((id, Newcomer { name, email, work: None }, account.opened.date()))
    }))
}

fn read(form: &mut Form, noted: Option<AccountId>, command: CommandId, team: TeamId) -> Option<AskAccess> {
    let name = form.text_within("name", "Enter their full name", 200);
    let email = email(form);
    let work = form.text_within("work", "Say what they do", 500);
    let role = form.choice::<Role>("role", "Choose whom they work for");
    let from = form.date("from", "the day they start");
    let until = form.optional_date("until", "the last day");
    Some(AskAccess {
        account: noted.unwrap_or_else(|| AccountId::from_bits(reference_bits(command))),
        team,
        roles: BTreeSet::from([role?]),
        from: from?,
        until: until?,
        newcomer: Newcomer { name: name?, email: email?, work: Some(work?) },
    })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::EmailTaken => "email",
        Refusal::RolesBeyondAsking | Refusal::NoRole => "role",
        Refusal::NoLastDay | Refusal::LastDay => "until-day",
        _ => "",
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let role = |role: Role, label: &str| Item::new(Choice::key(role), label);
    let roles = vec![
        role(Role::Officer, "The council"),
        role(Role::Contractor, "A contractor").hint("They need a last day"),
    ];
    Page::of(app, who, "Ask for access")
        .within(Section::Work)
        .back_to(teams::people::address(who.account.team))
        .with(form)
        .show(|page| Screen { page, roles })
}
