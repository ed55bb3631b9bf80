//! What an account was given and what waits for a second person, in words; and `/accounts/{account}/roles/agree`.

use super::address;
use crate::part::name_of;
use crate::words;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::{SignedDuration, Timestamp};
use register::command::AgreeGrant;
use register::ids::{AccountId, CommandId};
use register::moment::{Actor, Moment};
use register::people::{Account, Grant, Role};
use register::state::Register;
use web::{App, Form, Outcome, Reference, SignedIn};

/// How long the home page reminds somebody of what their account was given.
const REMINDED: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Something that waits for a second person.
pub struct Waiting {
    /// What, who asked for it and when.
    pub line: String,
    /// Where this reader may agree, if they may.
    pub agree: Option<Act>,
}

/// A form of one button.
pub struct Act {
    /// Where it is sent.
    pub address: String,
    /// Names its asking.
    pub command: CommandId,
}

impl Act {
    /// A form that asks once, however often it is sent.
    pub fn new(app: &App, address: String) -> Self {
        Self { address, command: app.service.fresh_command() }
    }
}

/// What waits for an account, as one who manages accounts is shown it.
pub fn waiting(app: &App, register: &Register, account: &Account, moment: &Moment) -> Vec<Waiting> {
    let waiting = Grant::ALL.iter().filter_map(|grant| {
        let asked = account.grants.asked(*grant, moment.at)?;
        let roles: Vec<&str> = asked.roles.iter().map(|role| Role::label(*role)).collect();
        let what = if roles.is_empty() {
            grant.label().to_owned()
        } else {
            format!("{}: {}", grant.label(), roles.join(", "))
        };
        let agree = AgreeGrant { account: account.id, grant: *grant };
        let may = register::decide(register, &agree.into(), moment).is_ok();
        Some(Waiting {
            line: format!("{what}. Asked for by {}", signed(register, asked.moment)),
            agree: may.then(|| Act::new(app, address(account.id, &format!("{}/agree", place(*grant))))),
        })
    });
    waiting.collect()
}

const fn place(grant: Grant) -> &'static str {
    match grant {
        Grant::Roles => "roles",
        // Whichever lets in whoever or whatever has the account.
        Grant::Password | Grant::Secret => "invitation",
        Grant::SecondFactor => "second-factor",
    }
}

/// What an account was given, the newest last, each with who did it: its holder is told, so that nobody does it unseen.
pub fn given(register: &Register, account: &Account) -> Vec<(Timestamp, String)> {
    let mut lines: Vec<(Timestamp, String)> = Grant::ALL
        .iter()
        .filter_map(|grant| {
            let given = account.grants.given(*grant)?;
            let by = signed(register, given.moment);
            let line = match &given.asked {
                None => format!("{}, by {by}", grant.label()),
                Some(asked) => {
                    let asked = name_of(register, asked.moment.by);
                    format!("{}, asked for by {asked} and agreed by {by}", grant.label())
                }
            };
            Some((given.moment.at, line))
        })
        .collect();
    lines.sort();
    lines
}

/// Of these, what somebody is reminded of when they sign in.
pub fn reminders(register: &Register, account: &Account, now: Timestamp) -> Vec<String> {
    given(register, account)
        .into_iter()
        .filter(|(at, _)| now.duration_since(*at) <= REMINDED)
        .map(|(_, line)| line)
        .collect()
}

fn signed(register: &Register, moment: Moment) -> String {
    let by = match moment.by {
        Actor::System => "whoever runs the machine".to_owned(),
        by => name_of(register, by),
    };
    format!("{by} at {}", words::moment(moment.at))
}

/// `POST /accounts/{account}/roles/agree`
pub async fn agree_roles(
    State(app): State<App>,
    who: SignedIn,
    Reference(account): Reference<AccountId>,
    form: Form,
) -> Outcome {
    super::managed(&app, &who, account)?;
    let command = form.command(app.service.fresh_command());
    who.asks(&app, &form, command, AgreeGrant { account, grant: Grant::Roles }).await??;
    Ok(Redirect::to(&address(account, "")).into_response())
}
