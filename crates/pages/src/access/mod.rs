//! `/access`: access that is asked for somebody new, from noting them to giving or refusing it.

pub mod ask;
pub mod note;

use crate::measures::{carry_out, moment, would};
use crate::page::{Page, Section, under};
use crate::part::{Cell, Row};
use crate::{teams, words};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{DeclineAccess, RefuseAccess};
use register::ids::{AccountId, File, TeamId};
use register::people::{Action, Progress, Request, Role, Team};
use register::personal::Text;
use register::refusal::Refusal;
use register::state::Register;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "access/file.html")]
struct Screen {
    page: Page,
    rows: Vec<Row>,
    /// Where a manager asks for it.
    ask: Option<String>,
    /// Where a manager says that it is not needed.
    decline: Option<String>,
    /// Where it is given.
    give: Option<String>,
    /// Where it is refused.
    refuse: Option<String>,
}

/// Where a request is, or what is done about it.
pub fn address(account: AccountId, act: &str) -> String {
    under(format!("/access/{account}"), act)
}

/// `GET /access/{account}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    draw(&app, &who, id, Form::new(app.service.fresh_command()))
}

/// `POST /access/{account}/decline`
pub async fn decline(
    State(app): State<App>,
    who: SignedIn,
    Reference(account): Reference<AccountId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::AskAccess)?;
    let team = seen(&app, &who, account)?;
    let reasons = form.text("decline-reasons", "Say why they do not need access");
    let asking = reasons.map(|reasons| DeclineAccess { account, reasons });
    match carry_out(&app, &who, &mut form, asking, |_: &Refusal| "decline-reasons").await? {
        Some(_) => Ok(Redirect::to(&teams::people::address(team)).into_response()),
        None => draw(&app, &who, account, form),
    }
}

/// `POST /access/{account}/refuse`
pub async fn refuse(
    State(app): State<App>,
    who: SignedIn,
    Reference(account): Reference<AccountId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::ManageAccounts)?;
    seen(&app, &who, account)?;
    let reasons = form.text("refuse-reasons", "Say why access is not given");
    let asking = reasons.map(|reasons| RefuseAccess { account, reasons });
    match carry_out(&app, &who, &mut form, asking, |_: &Refusal| "refuse-reasons").await? {
        Some(_) => Ok(Redirect::to(&address(account, "")).into_response()),
        None => draw(&app, &who, account, form),
    }
}

/// The team of somebody new, where this reader is shown them.
fn seen(app: &App, who: &SignedIn, id: AccountId) -> Result<TeamId, Problem> {
    who.reaches(app, File::Account(id))?;
    app.service.read(|register| register.team_of_newcomer(id)).ok_or(Problem::NotFound)
}

fn draw(app: &App, who: &SignedIn, id: AccountId, form: Form) -> Outcome {
    let team = seen(app, who, id)?;
    let now = moment(app, who);
    let some = || Text::new("-").ok();
    let (title, rows, declines, refuses, asks) = app.service.read(|register| {
        let request = register.request(id);
        let open = register.account(id);
        let title = request.map(Request::name).or_else(|| open.map(register::people::Account::name));
        let rows = request.map_or_else(|| roleless(register, team), |request| rows(register, request));
        let declines =
            some().is_some_and(|reasons| would(register, &now, DeclineAccess { account: id, reasons }));
        let refuses =
            some().is_some_and(|reasons| would(register, &now, RefuseAccess { account: id, reasons }));
        let asked = request.is_some_and(|request| request.progress != Progress::Noted);
        (title.unwrap_or_default(), rows, declines, refuses, declines && !asked)
    });
    let back = if who.may(Action::AskAccess) { teams::people::address(team) } else { "/work".to_owned() };
    Page::of(app, who, title).within(Section::Work).back_to(back).with(form).show(|page| Screen {
        page,
        rows,
        ask: asks.then(|| format!("/access/ask?for={id}")),
        decline: declines.then(|| address(id, "decline")),
        give: refuses.then(|| format!("/accounts/new?for={id}")),
        refuse: refuses.then(|| address(id, "refuse")),
    })
}

/// An account that was opened without a role.
fn roleless(register: &Register, team: TeamId) -> Vec<Row> {
    vec![
        Row::new("Team", register.team(team).map(Team::name).unwrap_or_default()),
        Row::new("How far it is", "Opened by the council’s directory, without access to anything"),
    ]
}

/// What was asked for somebody new.
pub fn rows(register: &Register, request: &Request) -> Vec<Row> {
    let of = request.newcomer.known();
    let mut rows = vec![
        Row::new("Name", request.name()),
        Row::new("Work email address", of.map(|of| of.email.as_str()).unwrap_or_default()),
        Row::new("Team", register.team(request.team).map(Team::name).unwrap_or_default()),
        Row::new("What they do", of.and_then(|of| of.work.as_ref()).map(Text::as_str).unwrap_or_default()),
        Row::new("Starts", words::date(request.from)),
    ];
    if let Some((_, wanted)) = request.asked() {
        let roles: Vec<&str> = wanted.roles.iter().map(|role| Role::label(*role)).collect();
        let until = wanted.until.map_or_else(|| "No last day".to_owned(), words::date);
        rows.extend([Row::new("Asked for as", roles.join(", ")), Row::new("Until", until)]);
    }
    rows.push(Row::new("How far it is", progress(register, request)));
    rows
}

/// How far it is, in words.
fn progress(register: &Register, request: &Request) -> String {
    let by = request.answer_by(register.policy()).map(words::date).unwrap_or_default();
    match &request.progress {
        Progress::Noted => format!("Their manager says by {by} whether they need access"),
        Progress::Asked(..) => format!("Asked for, answered by {by}"),
        Progress::Given(moment) => format!("Given on {}", words::date(moment.date())),
        Progress::NotGiven(moment, reasons) => {
            let why = reasons.known().map_or("The reasons are destroyed", Text::as_str);
            format!("Not given on {}\n{why}", words::date(moment.date()))
        }
    }
}

/// What was asked for a team's people and is not an account yet, newest first.
pub fn of_team(register: &Register, team: TeamId) -> Vec<Vec<Cell>> {
    let given = |request: &&Request| matches!(request.progress, Progress::Given(_));
    let mut requests: Vec<&Request> =
        register.requests().filter(|request| request.team == team && !given(request)).collect();
    requests.sort_by_key(|request| std::cmp::Reverse(request.begun.at));
    let row = |request: &Request| {
        vec![
            Cell::link(request.name(), address(request.account, "")),
            Cell::text(words::date(request.from)),
            Cell::text(progress(register, request)),
        ]
    };
    requests.into_iter().map(row).collect()
}
