//! People who use the register: accounts, their roles, their teams, and what each role may do.
//!
//! Passwords, second factors and sessions are not here: they are plumbing of the service.

mod coverage;
mod grant;
mod keeping;
mod permission;
mod ready;
mod request;
mod staff;

pub use coverage::{Coverage, Covered, Visitor, coverage};
pub use grant::{Asked, Given, Grant, Grants, WAITS};
pub(crate) use grant::{agree, ask};
pub use keeping::Answer;
pub(crate) use keeping::{answer, ask_confirmations, lapse, lapsing, to_be_asked};
pub use permission::{Action, Extent, PERMISSIONS, extent_of};
pub use ready::{Learnt, Readiness, Step, course_for, course_of, readiness, steps};
pub(crate) use ready::{acknowledge, keep_conduct, train};
pub use request::{Newcomer, Progress, Request, Wanted};
pub(crate) use request::{ask as ask_access, decline, note, refuse};
pub(crate) use staff::tell;
pub use staff::{Told, Working};

use crate::choice::choices;
use crate::command::{ChangeAccount, CloseAccount, OpenAccount, OpenTeam};
use crate::event::Event;
use crate::ids::{AccountId, PartnerId, TeamId};
use crate::moment::{Actor, Moment};
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;

choices! {
    /// What somebody is to the register. An account may have several.
    Role {
        /// Employed by the council; checks and reports.
        Officer = "officer", "Officer";
        /// Works for the council under contract; checks and reports.
        Contractor = "contractor", "Contractor";
        /// An elected member (councillor).
        Member = "member", "Member";
        /// Answers for a team and its staff.
        LineManager = "line-manager", "Line manager";
        /// Customer Relations: keeps the register.
        RegisterTeam = "register-team", "Register team";
        /// Head of service or director: decides measures.
        DecisionMaker = "decision-maker", "Decision maker";
        /// Sits on the Governance Group.
        GovernanceGroup = "governance-group", "Governance Group";
        /// Hears appeals.
        AppealOfficer = "appeal-officer", "Appeal officer";
        /// Works for an organisation with a sharing agreement.
        Partner = "partner", "Partner organisation";
        /// Data protection officer.
        DataProtection = "data-protection", "Data protection officer";
        /// Customer services manager: proposes changes of the policy.
        PolicyOwner = "policy-owner", "Customer services manager";
        /// Cabinet member: endorses changes of the policy.
        CabinetMember = "cabinet-member", "Cabinet member";
        /// Reads logs.
        Auditor = "auditor", "Auditor";
        /// Configures; never reads a file.
        Administrator = "administrator", "System administrator";
        /// A program of the council or of a partner, which asks before contact and receives markers.
        System = "system", "Connected system";
        /// The program that tells who works for the council, and who no longer does.
        Directory = "directory", "Directory of staff";
    }
}

impl Role {
    /// Whether this role only asks and tells: one person alone may let in whoever has no other.
    #[must_use]
    pub const fn is_check_only(self) -> bool {
        matches!(self, Role::Officer | Role::Contractor | Role::Member | Role::Partner)
    }

    /// Whether a program has this role, and no person.
    #[must_use]
    pub const fn is_program(self) -> bool {
        matches!(self, Role::System | Role::Directory)
    }

    /// Whether whoever works for a partner may have it: no role that opens files.
    #[must_use]
    pub const fn is_for_partners(self) -> bool {
        self.is_check_only() || matches!(self, Role::System)
    }

    /// Every role that a person may have.
    pub fn of_people() -> impl Iterator<Item = &'static Role> {
        Self::ALL.iter().filter(|role| !role.is_program())
    }
}

/// Who an account belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountDetails {
    /// The person's name.
    pub name: Text,
    /// Work mail address, which is also the name to sign in with; compared without case.
    pub email: Text,
    /// Work telephone.
    pub phone: Option<Text>,
}

choices! {
    /// Why an account may for now not be used.
    Suspension {
        /// Its manager was asked whether it is still needed, and nobody answered.
        Lapsed = "lapsed", "Nobody confirmed in time that it is still needed";
        /// The council's directory of staff says that its holder has left.
        Left = "left", "The directory of staff says that they have left";
    }
}

/// Whether an account may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// May sign in.
    Open,
    /// May not be used for now; everything it has stays its own.
    Suspended(Suspension),
    /// Closed for good.
    Closed,
}

/// An account as it now stands.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its reference.
    pub id: AccountId,
    /// What its holder may do follows from these.
    pub roles: BTreeSet<Role>,
    /// The team its holder works in.
    pub team: TeamId,
    /// Who the holder is.
    pub details: Particulars<AccountDetails>,
    /// Whether it may be used.
    pub standing: Standing,
    /// What waits for it, and what it was given.
    pub grants: Grants,
    /// When it was opened.
    pub opened: Moment,
    /// The last day on which it can be used, where it is for a time only.
    pub until: Option<Date>,
    /// When somebody last said that it is still needed.
    pub confirmed: Option<Moment>,
    /// Since when somebody is asked whether it is; none while nobody is.
    pub awaits: Option<Moment>,
    /// What its holder has learnt and said that they will keep.
    pub learnt: Learnt,
}

impl Account {
    /// The holder's name, or the reference once the name is destroyed.
    #[must_use]
    pub fn name(&self) -> String {
        self.details.known().map_or_else(|| self.id.to_string(), |details| details.name.as_str().to_owned())
    }

    /// Whether its holder is a line manager of somebody's team.
    #[must_use]
    pub fn manages(&self, other: &Account) -> bool {
        self.roles.contains(&Role::LineManager) && self.team == other.team
    }

    /// Whether its roles only ask and tell.
    #[must_use]
    pub fn is_check_only(&self) -> bool {
        self.roles.iter().all(|role| role.is_check_only())
    }

    /// Whether a program has it: nobody signs in to it, and nobody trains for it.
    #[must_use]
    pub fn is_program(&self) -> bool {
        let waiting = self.grants.wanted().iter().any(|role| role.is_program());
        waiting || self.roles.iter().any(|role| role.is_program())
    }

    /// How far this account may do `action`: the widest of its roles, nothing while suspended and once closed.
    #[must_use]
    pub fn extent(&self, action: Action) -> Extent {
        match self.standing {
            Standing::Suspended(_) | Standing::Closed => Extent::Nothing,
            Standing::Open => {
                self.roles.iter().map(|role| extent_of(*role, action)).max().unwrap_or(Extent::Nothing)
            }
        }
    }
}

/// Whether a team goes out to customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// Meets customers at their homes or elsewhere outside.
    Visits,
    /// Meets customers at council offices or remotely.
    AtOffice,
}

/// A team, the members of the council, or a partner's workers: what an audience is made of.
#[derive(Debug, Clone)]
pub struct Team {
    /// Its reference.
    pub id: TeamId,
    /// What it is called.
    pub name: Particulars<Text>,
    /// How it meets customers.
    pub contact: Contact,
    /// When it was opened.
    pub opened: Moment,
    /// When somebody last declared that it keeps no list of its own.
    pub declared: Option<Moment>,
    /// When it was last asked who keeps access.
    pub asked: Option<Moment>,
    /// The organisation whose workers it is made of; none where they are the council's own.
    pub partner: Option<PartnerId>,
}

impl Team {
    /// The team's name; its locker is the council's and is never destroyed.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.known().map_or_else(|| self.id.to_string(), |name| name.as_str().to_owned())
    }
}

/// The account behind a moment, if it may do `action` at all.
///
/// # Errors
/// [`Refusal::NotPermitted`] naming the action; also for an unknown or closed account.
pub fn permit<'r>(register: &'r Register, moment: &Moment, action: Action) -> Result<&'r Account, Refusal> {
    let Actor::Account(id) = moment.by else { return Err(Refusal::NotPermitted(action)) };
    match register.account(id) {
        Some(account) if account.extent(action) > Extent::Nothing => Ok(account),
        _ => Err(Refusal::NotPermitted(action)),
    }
}

/// Refuses whoever has no account that can be used.
pub(crate) fn holder(register: &Register, by: Actor) -> Result<(), Refusal> {
    match by {
        Actor::Account(id) => answers_for(register, id),
        Actor::System => Err(Refusal::NoSuchAccount),
    }
}

/// Refuses whoever may do `action` for their own team only, where it is another.
pub(crate) fn permit_for(
    register: &Register,
    moment: &Moment,
    action: Action,
    team: TeamId,
) -> Result<(), Refusal> {
    let account = permit(register, moment, action)?;
    match account.extent(action) {
        Extent::All => Ok(()),
        _ if account.team == team => Ok(()),
        _ => Err(Refusal::OtherTeam),
    }
}

/// Refuses a sponsor who cannot answer for anything: no account, or one that cannot be used.
pub(crate) fn answers_for(register: &Register, sponsor: AccountId) -> Result<(), Refusal> {
    match register.account(sponsor).ok_or(Refusal::NoSuchAccount)?.standing {
        Standing::Open => Ok(()),
        Standing::Suspended(_) => Err(Refusal::AccountSuspended),
        Standing::Closed => Err(Refusal::AccountClosed),
    }
}

pub(crate) fn open_team(register: &Register, command: &OpenTeam) -> Result<Vec<Event>, Refusal> {
    if register.team(command.team).is_some() {
        return Err(Refusal::ReferenceTaken);
    }
    let taken = register.teams().any(|team| team.name().eq_ignore_ascii_case(command.name.as_str()));
    if taken {
        return Err(Refusal::TeamNameTaken);
    }
    Ok(vec![Event::TeamOpened {
        team: command.team,
        contact: command.contact,
        name: Particulars::new(Locker::Council, command.name.clone()),
    }])
}

pub(crate) fn open_account(
    register: &Register,
    command: &OpenAccount,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if register.account(command.account).is_some() {
        return Err(Refusal::ReferenceTaken);
    }
    fits(register, &command.roles, command.team)?;
    email_is_free(register, command.account, &command.details.email)?;
    let roles = match moment.by {
        Actor::System => command.roles.clone(),
        Actor::Account(_) => grant::at_once(&command.roles, None),
    };
    let opened = Event::AccountOpened {
        account: command.account,
        roles: roles.clone(),
        team: command.team,
        details: Particulars::new(Locker::Account(command.account), command.details.clone()),
    };
    let mut events = with_more_roles(opened, command.account, &roles, &command.roles);
    events.extend(request::for_a_time(register, command.account));
    Ok(events)
}

/// What happens at once, and the roles that a second person must agree to.
fn with_more_roles(
    event: Event,
    account: AccountId,
    at_once: &BTreeSet<Role>,
    wanted: &BTreeSet<Role>,
) -> Vec<Event> {
    std::iter::once(event).chain(more_roles(account, at_once, wanted)).collect()
}

/// The roles that a second person must agree to, where there are any.
fn more_roles(account: AccountId, at_once: &BTreeSet<Role>, wanted: &BTreeSet<Role>) -> Option<Event> {
    let (grant, roles) = (Grant::Roles, wanted.clone());
    (at_once != wanted).then_some(Event::GrantAsked { account, grant, roles })
}

pub(crate) fn change_account(
    register: &Register,
    command: &ChangeAccount,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = register.account(command.account).ok_or(Refusal::NoSuchFile)?;
    match account.standing {
        Standing::Closed => return Err(Refusal::AccountClosed),
        // It is given nothing more before somebody has said that it is still needed.
        Standing::Suspended(_) if !command.roles.is_subset(&account.roles) => {
            return Err(Refusal::AccountSuspended);
        }
        Standing::Open | Standing::Suspended(_) => {}
    }
    if moment.by == Actor::Account(command.account) && command.roles != account.roles {
        return Err(Refusal::OwnRoles);
    }
    if command.roles.iter().any(|role| role.is_program()) != account.is_program() {
        return Err(Refusal::NotSuchAnAccount);
    }
    fits(register, &command.roles, command.team)?;
    email_is_free(register, command.account, &command.details.email)?;
    let roles = grant::at_once(&command.roles, Some(&account.roles));
    let changed = Event::AccountChanged {
        account: command.account,
        roles: roles.clone(),
        team: command.team,
        details: Particulars::new(Locker::Account(command.account), command.details.clone()),
    };
    let mut events = with_more_roles(changed, command.account, &roles, &command.roles);
    events.extend(request::for_a_time(register, command.account));
    Ok(events)
}

pub(crate) fn close_account(
    register: &Register,
    command: &CloseAccount,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = register.account(command.account).ok_or(Refusal::NoSuchFile)?;
    if account.standing == Standing::Closed {
        return Err(Refusal::AccountClosed);
    }
    if moment.by == Actor::Account(command.account) {
        return Err(Refusal::OwnAccount);
    }
    if moment.by == Actor::System && account.until.is_none_or(|until| moment.date() <= until) {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::AccountClosed { account: command.account }])
}

/// Refuses roles that nobody may have, or nobody of that team.
fn fits(register: &Register, roles: &BTreeSet<Role>, team: TeamId) -> Result<(), Refusal> {
    if roles.is_empty() {
        return Err(Refusal::NoRole);
    }
    // Administrators configure and never read a file: the role does not mix with one that does.
    if roles.contains(&Role::Administrator) && roles.len() > 1 {
        return Err(Refusal::AdministratorReads);
    }
    // A program is no person, and does one thing: what it holds opens nothing else.
    if roles.iter().any(|role| role.is_program()) && roles.len() > 1 {
        return Err(Refusal::ProgramAlone);
    }
    let team = register.team(team).ok_or(Refusal::NoSuchTeam)?;
    // What a partner's worker sees is what an agreement shares: no role that opens files goes with it.
    match team.partner.is_some() && roles.iter().any(|role| !role.is_for_partners()) {
        true => Err(Refusal::PartnerReads),
        false => Ok(()),
    }
}

fn email_is_free(register: &Register, except: AccountId, email: &Text) -> Result<(), Refusal> {
    match register.account_by_email(email.as_str()) {
        Some(other) if other.id != except => Err(Refusal::EmailTaken),
        _ => Ok(()),
    }
}
