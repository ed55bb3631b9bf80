//! `/accounts`: everybody who may sign in, and those who once could.

pub mod change;
pub mod close;
pub mod details;
pub mod file;
pub mod grants;
pub mod invitation;
pub mod new;
pub mod second_factor;

use crate::page::{Page, Section, under};
use crate::part::Cell;
use askama::Template;
use axum::extract::State;
use jiff::Timestamp;
use register::ids::AccountId;
use register::people::{Account, Action, Grant, Role, Standing};
use register::refusal::Refusal;
use web::{App, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "accounts/index.html")]
struct Screen {
    page: Page,
    accounts: Vec<Vec<Cell>>,
}

/// `GET /accounts`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ManageAccounts)?;
    let now = app.service.now();
    let mut accounts: Vec<(Standing, String, Vec<Cell>)> = app.service.read(|register| {
        register
            .accounts()
            .map(|account| {
                let team = register.team(account.team).map(register::people::Team::name).unwrap_or_default();
                let row = vec![
                    Cell::link(account.name(), address(account.id, "")),
                    Cell::text(roles(account)),
                    Cell::text(team),
                    Cell::text(if waits(account, now) { WAITS } else { standing(account.standing) }),
                ];
                (account.standing, account.name(), row)
            })
            .collect()
    });
    accounts.sort_by(|one, other| {
        (one.0 == Standing::Closed, &one.1).cmp(&(other.0 == Standing::Closed, &other.1))
    });
    let accounts = accounts.into_iter().map(|(_, _, row)| row).collect();
    Page::of(&app, &who, "Accounts").within(Section::Accounts).show(|page| Screen { page, accounts })
}

/// The address of an account, or of something done with it.
fn address(account: AccountId, act: &str) -> String {
    under(format!("/accounts/{account}"), act)
}

/// An account that whoever is signed in may manage.
fn managed(app: &App, who: &SignedIn, id: AccountId) -> Result<Account, Problem> {
    who.must(Action::ManageAccounts)?;
    app.service.read(|register| register.account(id).cloned()).ok_or(Problem::NotFound)
}

/// An open account other than one's own: nobody hands themselves a password or a second factor.
fn anothers(app: &App, who: &SignedIn, id: AccountId) -> Result<Account, Problem> {
    let account = managed(app, who, id)?;
    match account.standing {
        Standing::Open => {}
        Standing::Suspended(_) => return Err(Problem::Refused(Refusal::AccountSuspended)),
        Standing::Closed => return Err(Problem::Refused(Refusal::AccountClosed)),
    }
    if id == who.id() {
        return Err(Problem::NotPermitted(Action::ManageAccounts));
    }
    Ok(account)
}

/// The roles of an account, in words.
pub fn roles(account: &Account) -> String {
    account.roles.iter().map(|role| Role::label(*role)).collect::<Vec<_>>().join(", ")
}

/// What the list says of an account that waits for a second person.
const WAITS: &str = "Waits for a second person";

fn waits(account: &Account, now: Timestamp) -> bool {
    let mut grants = Grant::ALL.iter();
    account.standing == Standing::Open && grants.any(|grant| account.grants.asked(*grant, now).is_some())
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "Open",
        Standing::Suspended(_) => "Suspended",
        Standing::Closed => "Closed",
    }
}
