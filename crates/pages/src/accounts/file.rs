//! `/accounts/{account}`: who somebody is to the register, and what happened to the account.

use super::address;
use super::grants::{Act, Waiting, waiting};
use crate::measures;
use crate::page::{Page, Section};
use crate::part::{Happened, Row};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::ids::{AccountId, File};
use register::people::{Account, Standing, Team};
use register::state::Register;
use service::access::Look;
use web::{App, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "accounts/file.html")]
struct Screen {
    page: Page,
    rows: Vec<Row>,
    happened: Vec<Happened>,
    waiting: Vec<Waiting>,
    acts: Option<Acts>,
    is_program: bool,
}

/// Where the acts on an open account of somebody else lead.
struct Acts {
    invitation: Act,
    takes_two: bool,
    second_factor: String,
    close: String,
    /// Whether a program has it, and what lets it in is a secret.
    is_program: bool,
    has_secret: bool,
}

/// `GET /accounts/{account}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<AccountId>) -> Outcome {
    let account = super::managed(&app, &who, id)?;
    let moment = measures::moment(&app, &who);
    let shown = |register: &Register| {
        (rows(register, &account), happened(register, id), waiting(&app, register, &account, &moment))
    };
    let (rows, happened, waiting) = app.service.look(who.id(), Look::File(File::Account(id)), shown).await?;
    let is_anothers = account.standing != Standing::Closed && id != who.id();
    let has_secret = account.is_program() && app.service.has_secret(id).await?;
    let acts = is_anothers.then(|| Acts {
        invitation: Act::new(&app, address(id, "invitation")),
        takes_two: account.takes_two(),
        second_factor: address(id, "second-factor"),
        close: address(id, "close"),
        is_program: account.is_program(),
        has_secret,
    });
    Page::of(&app, &who, account.name()).within(Section::Accounts).back_to("/accounts").show(|page| Screen {
        page,
        rows,
        happened,
        waiting,
        acts,
        is_program: account.is_program(),
    })
}

fn rows(register: &Register, account: &Account) -> Vec<Row> {
    let team = register.team(account.team).map(Team::name).unwrap_or_default();
    let details = account.details.known();
    let rows = vec![
        Row::new("Name", account.name()),
        Row::new("Email address", details.map(|details| details.email.as_str()).unwrap_or_default()),
        Row::new(
            "Telephone",
            details
                .and_then(|details| details.phone.as_ref())
                .map(|phone| phone.as_str())
                .unwrap_or_default(),
        ),
        Row::new("Team", team),
        Row::new("Roles", super::roles(account)),
    ];
    let change = address(account.id, "change");
    let mut rows: Vec<Row> = match account.standing {
        Standing::Open | Standing::Suspended(_) => rows.into_iter().map(|row| row.change(&change)).collect(),
        Standing::Closed => rows,
    };
    rows.push(Row::new("Account", super::standing(account.standing)));
    rows.extend(account.until.map(|until| Row::new("Last day", words::date(until))));
    rows.push(Row::new("Reference", account.id.to_string()));
    rows
}

fn happened(register: &Register, id: AccountId) -> Vec<Happened> {
    let newest_first = register.timeline(File::Account(id)).iter().rev();
    newest_first.map(|happening| Happened::new(register, happening.title, happening.moment)).collect()
}
