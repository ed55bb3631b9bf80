//! `/teams/{team}/people`: who of a team has access and who waits for it; whoever answers for them says here who keeps it.

use crate::measures::{carry_out, moment, nowhere, would};
use crate::page::{Page, Section};
use crate::part::{Cell, Item};
use crate::work::late;
use crate::{access, accounts, words};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::command::AnswerForAccess;
use register::ids::{AccountId, TeamId};
use register::moment::Moment;
use register::people::{Account, Action, Answer, Extent, Standing, Team};
use register::state::Register;
use service::usage::Usage;
use std::collections::BTreeMap;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "teams/people.html")]
struct Screen {
    page: Page,
    /// By when those who are asked are to answer, and what becomes of an account that nobody answers for; empty where nobody is asked.
    asked: String,
    /// Everybody with an account.
    people: Vec<Vec<Cell>>,
    /// Those whom the reader answers for.
    answers: Vec<Question>,
    /// Who waits for access.
    requests: Vec<Vec<Cell>>,
    asks: bool,
}

/// Somebody who keeps access or not.
struct Question {
    field: String,
    name: String,
    hint: String,
    items: Vec<Item>,
}

const KEEPS: &str = "keeps";
const ENDS: &str = "ends";

/// Where it is.
pub fn address(team: TeamId) -> String {
    format!("/teams/{team}/people")
}

/// `GET /teams/{team}/people`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(team): Reference<TeamId>) -> Outcome {
    let team = of(&app, &who, team)?;
    draw(&app, &who, &team, Form::new(app.service.fresh_command())).await
}

/// `POST /teams/{team}/people`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(team): Reference<TeamId>,
    mut form: Form,
) -> Outcome {
    let team = of(&app, &who, team)?;
    let own = app.service.read(|register| people(register, team.id).map(|it| it.id).collect::<Vec<_>>());
    let answers: BTreeMap<AccountId, Answer> =
        own.into_iter().filter_map(|id| Some((id, read(form.value(&id.to_string()))?))).collect();
    match carry_out(&app, &who, &mut form, Some(AnswerForAccess { answers }), nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(team.id)).into_response()),
        None => draw(&app, &who, &team, form).await,
    }
}

/// A team whose people this reader may see; any other is not there for them.
fn of(app: &App, who: &SignedIn, id: TeamId) -> Result<Team, Problem> {
    let sees = [Action::ConfirmAccess, Action::ConfirmManagers, Action::ConfirmRegisterTeam];
    let widest = sees.iter().map(|action| who.account.extent(*action)).max();
    match widest {
        None | Some(Extent::Nothing | Extent::Own) => {
            return Err(Problem::NotPermitted(Action::ConfirmAccess));
        }
        Some(Extent::Team) if who.account.team != id => return Err(Problem::NotFound),
        Some(Extent::Team | Extent::All) => {}
    }
    app.service.read(|register| register.team(id).cloned()).ok_or(Problem::NotFound)
}

/// What the form sends for one account.
fn read(sent: &str) -> Option<Answer> {
    match sent {
        KEEPS => Some(Answer::Keeps),
        ENDS => Some(Answer::Ends),
        team => team.parse().ok().map(Answer::Moved),
    }
}

fn people(register: &Register, team: TeamId) -> impl Iterator<Item = &Account> {
    register.accounts().filter(move |it| it.team == team && it.standing != Standing::Closed)
}

async fn draw(app: &App, who: &SignedIn, team: &Team, form: Form) -> Outcome {
    let usage = app.service.usage().await?;
    let (now, today) = (moment(app, who), app.service.today());
    let asks = who.may(Action::AskAccess) && who.account.team == team.id;
    let (people, answers, requests, asked) = app.service.read(|register| {
        let mut people: Vec<&Account> = people(register, team.id).collect();
        // Those about whom somebody is asked first.
        people.sort_by_key(|account| (account.awaits.is_none(), account.name()));
        let asked = people.iter().filter_map(|account| account.answer_by(register.policy())).min();
        (
            people.iter().map(|account| row(register, account, &usage, today)).collect(),
            people.iter().filter_map(|account| question(register, account, &now)).collect(),
            access::of_team(register, team.id),
            asked.map(|by| words_of(register, by, today)).unwrap_or_default(),
        )
    });
    Page::of(app, who, team.name()).within(Section::Work).back_to("/").with(form).show(|page| Screen {
        page,
        asked,
        people,
        answers,
        requests,
        asks,
    })
}

fn words_of(register: &Register, by: Date, today: Date) -> String {
    let days = register.policy().figure(register::policy::Figure::AccessGrace);
    let late = late(by, today);
    let late = if late.is_empty() { late } else { format!(" ({})", late.to_lowercase()) };
    format!(
        "Say by {}{late} who still needs access. An account that nobody answers for is suspended {} later.",
        words::date(by),
        words::count(usize::try_from(days).unwrap_or(usize::MAX), "day", "days")
    )
}

fn row(register: &Register, account: &Account, usage: &Usage, today: Date) -> Vec<Cell> {
    let date = |date: Option<Date>| date.map_or_else(|| "Never".to_owned(), words::date);
    let waits = match (account.standing, account.answer_by(register.policy())) {
        (Standing::Suspended(why), _) => format!("Suspended: {}", why.label()),
        (_, Some(by)) => {
            let lapses = account.lapses_after(register.policy()).is_some_and(|last| today > last);
            let nobody = register.left_undone(account, &std::collections::BTreeSet::new());
            match nobody.filter(|_| lapses) {
                Some(action) => format!(
                    "Answer now. Not suspended, because nobody else could do this: {}",
                    action.label().to_lowercase()
                ),
                None => format!("Answer by {}\n{}", words::date(by), late(by, today)),
            }
        }
        _ => "Has access".to_owned(),
    };
    let waits = match account.until {
        Some(until) => format!("{waits}\nLast day {}", words::date(until)),
        None => waits,
    };
    vec![
        Cell::text(account.name()),
        Cell::text(accounts::roles(account)),
        Cell::text(date(usage.last_check(account.id))),
        Cell::text(date(account.confirmed.map(|moment| moment.date()))),
        Cell::text(waits),
    ]
}

/// The question about somebody whom the reader answers for.
fn question(register: &Register, account: &Account, now: &Moment) -> Option<Question> {
    let keeps = AnswerForAccess { answers: [(account.id, Answer::Keeps)].into() };
    if !would(register, now, keeps) {
        return None;
    }
    let moved = Item::of_teams(register).into_iter().filter(|team| team.value != account.team.to_string());
    let moved = moved.map(|team| Item::new(team.value, format!("Has moved to {}", team.label)));
    let keeps = match account.standing {
        Standing::Suspended(_) => "Needs access: give it back",
        _ => "Still needs access",
    };
    let answers = [Item::new(KEEPS, keeps), Item::new(ENDS, "No longer needs it: end it now")];
    let roles = accounts::roles(account);
    let hint = match register.misuse(account.id) {
        Some(found) => format!("{roles}. Misuse was found on {}", words::date(found.date())),
        None => roles,
    };
    Some(Question {
        field: account.id.to_string(),
        name: account.name(),
        hint,
        items: answers.into_iter().chain(moved).collect(),
    })
}
