//! Access for somebody new: their manager asks, and whoever manages accounts gives it or says why not.
//!
//! A request goes by the reference of the account that it may become, so that whoever gives access opens just that account. One may
//! begin before its manager: somebody new was noted, and their manager says whether they need access.

use super::{Role, permit_for};
use crate::command::{AskAccess, DeclineAccess, NoteStarter, RefuseAccess};
use crate::event::Event;
use crate::ids::{AccountId, TeamId};
use crate::moment::Moment;
use crate::people::Action;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Whom access is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// Their name.
    pub name: Text,
    /// Their work mail address.
    pub email: Text,
    /// What they do.
    pub work: Option<Text>,
}

/// What a manager asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The roles, none of which does more than ask and tell.
    pub roles: BTreeSet<Role>,
    /// From this day.
    pub from: Date,
    /// The last day, where it is for a time only.
    pub until: Option<Date>,
}

/// How far a request has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Somebody new was noted: their manager says whether they need access.
    Noted,
    /// Their manager has asked.
    Asked(Moment, Wanted),
    /// They have it.
    Given(Moment),
    /// They do not get it, or do not need it.
    NotGiven(Moment, Particulars<Text>),
}

/// Access for somebody new.
#[derive(Debug, Clone)]
pub struct Request {
    /// The account that it becomes.
    pub account: AccountId,
    /// The team they work in.
    pub team: TeamId,
    /// When it began and by whom.
    pub begun: Moment,
    /// The day they start.
    pub from: Date,
    /// Whom it is for.
    pub newcomer: Particulars<Newcomer>,
    /// How far it has come.
    pub progress: Progress,
}

impl Request {
    /// Their name, or the reference once it is destroyed.
    #[must_use]
    pub fn name(&self) -> String {
        self.newcomer.known().map_or_else(|| self.account.to_string(), |of| of.name.as_str().to_owned())
    }

    /// What was asked for and waits for an answer.
    #[must_use]
    pub const fn asked(&self) -> Option<(Moment, &Wanted)> {
        match &self.progress {
            Progress::Asked(moment, wanted) => Some((*moment, wanted)),
            _ => None,
        }
    }

    /// The day by which the next person is to answer: its manager whether access is needed, then whoever gives it. Nobody who starts later
    /// needs it sooner. `None` once it is answered.
    #[must_use]
    pub fn answer_by(&self, policy: &Policy) -> Option<Date> {
        match &self.progress {
            Progress::Noted => Some(policy.after(self.begun.date(), Figure::StarterAnswer)),
            Progress::Asked(moment, wanted) => {
                Some(policy.after(moment.date(), Figure::GiveAccess).max(wanted.from))
            }
            Progress::Given(_) | Progress::NotGiven(..) => None,
        }
    }
}

impl Register {
    /// The team in which somebody new works: one for whom access was asked or who was noted, or whose account has no role.
    #[must_use]
    pub fn team_of_newcomer(&self, id: AccountId) -> Option<TeamId> {
        let request = self.request(id).map(|request| request.team);
        request.or_else(|| self.without_role().find(|it| it.id == id).map(|account| account.team))
    }

    /// Accounts that were opened without a role, and of whom nobody has said whether they need one: a directory knows who somebody is, and
    /// not what they need.
    pub fn without_role(&self) -> impl Iterator<Item = &super::Account> {
        self.accounts().filter(|account| {
            account.roles.is_empty()
                && !account.is_program()
                && account.standing == super::Standing::Open
                && self.request(account.id).is_none()
        })
    }
}

pub(crate) fn note(register: &Register, command: &NoteStarter) -> Result<Vec<Event>, Refusal> {
    if register.account(command.account).is_some() || register.request(command.account).is_some() {
        return Err(Refusal::ReferenceTaken);
    }
    register.team(command.team).ok_or(Refusal::NoSuchTeam)?;
    super::email_is_free(register, command.account, &command.newcomer.email)?;
    Ok(vec![Event::StarterNoted {
        account: command.account,
        team: command.team,
        from: command.from,
        newcomer: Particulars::new(Locker::Account(command.account), command.newcomer.clone()),
    }])
}

pub(crate) fn ask(register: &Register, command: &AskAccess, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    permit_for(register, moment, Action::AskAccess, command.team)?;
    match (register.request(command.account), register.account(command.account)) {
        // Noted before, or opened without a role.
        (Some(request), _) if request.progress == Progress::Noted => same_team(request.team, command.team)?,
        (None, Some(account)) if account.roles.is_empty() && !account.is_program() => {
            same_team(account.team, command.team)?
        }
        (None, None) => {}
        _ => return Err(Refusal::ReferenceTaken),
    }
    if command.roles.is_empty() {
        return Err(Refusal::NoRole);
    }
    if !command.roles.iter().all(|role| role.is_check_only()) {
        return Err(Refusal::RolesBeyondAsking);
    }
    if command.roles.contains(&Role::Contractor) && command.until.is_none() {
        return Err(Refusal::NoLastDay);
    }
    if command.until.is_some_and(|until| until < command.from.max(moment.date())) {
        return Err(Refusal::LastDay);
    }
    super::email_is_free(register, command.account, &command.newcomer.email)?;
    Ok(vec![Event::AccessAsked {
        account: command.account,
        team: command.team,
        roles: command.roles.clone(),
        from: command.from,
        until: command.until,
        newcomer: Particulars::new(Locker::Account(command.account), command.newcomer.clone()),
    }])
}

fn same_team(one: TeamId, other: TeamId) -> Result<(), Refusal> {
    if one == other { Ok(()) } else { Err(Refusal::OtherTeam) }
}

pub(crate) fn decline(
    register: &Register,
    command: &DeclineAccess,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let request = register.request(command.account);
    let team = request.map(|request| request.team);
    let roleless = || register.without_role().find(|account| account.id == command.account);
    let team = team.or_else(|| roleless().map(|account| account.team)).ok_or(Refusal::NoSuchFile)?;
    permit_for(register, moment, Action::AskAccess, team)?;
    if request.is_some_and(|request| matches!(request.progress, Progress::Given(_) | Progress::NotGiven(..)))
    {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![not_given(command.account, &command.reasons)])
}

pub(crate) fn refuse(register: &Register, command: &RefuseAccess) -> Result<Vec<Event>, Refusal> {
    let request = register.request(command.account).ok_or(Refusal::NoSuchFile)?;
    request.asked().ok_or(Refusal::NothingAsked)?;
    Ok(vec![not_given(command.account, &command.reasons)])
}

fn not_given(account: AccountId, reasons: &Text) -> Event {
    Event::AccessNotGiven { account, reasons: Particulars::new(Locker::Account(account), reasons.clone()) }
}

/// The last day of an account that is opened as it was asked for, where it is for a time only.
pub(super) fn for_a_time(register: &Register, account: AccountId) -> Option<Event> {
    let (_, wanted) = register.request(account)?.asked()?;
    wanted.until.map(|until| Event::AccessLimited { account, until })
}
