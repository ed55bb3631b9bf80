//! Who keeps access. Every quarter somebody answers for each account of a team: it stays, it ends, or its holder has moved. One that nobody
//! answers for in time is suspended by itself, and given back by one answer.
//!
//! Nobody answers for their own account. An account lapses only after its team was asked and the time to answer and the grace have passed,
//! so that a service that was down suspends nobody unasked; and never where it would leave nobody to decide, to approve letters or to
//! manage accounts.

use super::{Account, Role, Standing, Suspension};
use crate::command::{AnswerForAccess, AskConfirmations, LapseAccess};
use crate::event::Event;
use crate::ids::{AccountId, TeamId};
use crate::moment::Moment;
use crate::people::{Action, Extent, Team};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What somebody says of an account that they answer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is still needed.
    Keeps,
    /// It is not: its holder has left, or does other work.
    Ends,
    /// Its holder works in another team now, whose manager answers next.
    Moved(TeamId),
}

/// What the register cannot be left without.
const NEEDED: [Action; 3] = [Action::Decide, Action::ApproveLetter, Action::ManageAccounts];

impl Account {
    /// The day by which somebody is to answer for it, while nobody has.
    #[must_use]
    pub fn answer_by(&self, policy: &Policy) -> Option<Date> {
        self.awaits.map(|asked| policy.after(asked.date(), Figure::AnswerAccess))
    }

    /// The last day on which it can be used unless somebody answers for it.
    #[must_use]
    pub fn lapses_after(&self, policy: &Policy) -> Option<Date> {
        self.answer_by(policy).map(|by| policy.after(by, Figure::AccessGrace))
    }
}

impl Register {
    /// What whoever answers for an account must be allowed to do: nobody does for themselves, so a line manager's is another's to answer for,
    /// and the register team's is not the register team's. After misuse it is for whoever manages accounts, and not for the manager alone.
    #[must_use]
    pub fn answered_under(&self, account: &Account) -> Action {
        if account.roles.contains(&Role::RegisterTeam) {
            Action::ConfirmRegisterTeam
        } else if self.misuse(account.id).is_some() {
            Action::ManageAccounts
        } else if account.roles.contains(&Role::LineManager) || !self.has_manager(account.team) {
            Action::ConfirmManagers
        } else {
            Action::ConfirmAccess
        }
    }

    /// Whether somebody of the team answers for its people.
    #[must_use]
    pub fn has_manager(&self, team: TeamId) -> bool {
        let mut own = self.accounts().filter(|account| account.team == team);
        own.any(|account| account.extent(Action::ConfirmAccess) > Extent::Nothing)
    }

    /// The day on which a team is next asked who keeps access.
    #[must_use]
    pub fn asks_next(&self, team: &Team) -> Date {
        self.policy().after(team.asked.unwrap_or(team.opened).date(), Figure::ConfirmAccess)
    }

    /// What nobody else could do if this account, beside others, could not be used.
    #[must_use]
    pub fn left_undone(&self, account: &Account, beside: &BTreeSet<AccountId>) -> Option<Action> {
        let may = |account: &Account, action| account.extent(action) > Extent::Nothing;
        let others = || self.accounts().filter(|other| other.id != account.id && !beside.contains(&other.id));
        NEEDED.into_iter().find(|action| may(account, *action) && !others().any(|other| may(other, *action)))
    }
}

/// The teams that are asked today who keeps access.
pub(crate) fn to_be_asked(register: &Register, today: Date) -> impl Iterator<Item = TeamId> {
    register
        .teams()
        .filter(move |team| register.asks_next(team) <= today)
        .filter(|team| register.accounts().any(|it| it.team == team.id && it.standing == Standing::Open))
        .map(|team| team.id)
}

/// The accounts that lapse today, and none that would leave something undone.
pub(crate) fn lapsing(register: &Register, today: Date) -> BTreeSet<AccountId> {
    let mut lapsing = BTreeSet::new();
    for account in register.accounts().filter(|account| has_lapsed(register, account, today)) {
        if register.left_undone(account, &lapsing).is_none() {
            lapsing.insert(account.id);
        }
    }
    lapsing
}

fn has_lapsed(register: &Register, account: &Account, today: Date) -> bool {
    account.standing == Standing::Open
        && account.lapses_after(register.policy()).is_some_and(|last| today > last)
}

pub(crate) fn ask_confirmations(
    register: &Register,
    command: &AskConfirmations,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let mut due = to_be_asked(register, moment.date());
    if !due.any(|team| team == command.team) {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::ConfirmationAsked { team: command.team }])
}

pub(crate) fn answer(
    register: &Register,
    command: &AnswerForAccess,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if command.answers.is_empty() {
        return Err(Refusal::NothingAnswered);
    }
    let answered = command.answers.iter().map(|(id, answer)| {
        let account = register.account(*id).ok_or(Refusal::NoSuchAccount)?;
        may_answer(register, account, moment)?;
        follows(register, account, *answer)
    });
    answered.collect()
}

/// Refuses whoever does not answer for an account.
fn may_answer(register: &Register, account: &Account, moment: &Moment) -> Result<(), Refusal> {
    if moment.is_by(account.id) {
        return Err(Refusal::OwnAccess);
    }
    if account.standing == Standing::Closed {
        return Err(Refusal::AccountClosed);
    }
    super::permit_for(register, moment, register.answered_under(account), account.team)
}

fn follows(register: &Register, account: &Account, answer: Answer) -> Result<Event, Refusal> {
    let id = account.id;
    match answer {
        Answer::Keeps => Ok(Event::AccessConfirmed { account: id }),
        Answer::Ends => Ok(Event::AccountClosed { account: id }),
        Answer::Moved(team) => {
            register.team(team).ok_or(Refusal::NoSuchTeam)?;
            if team == account.team {
                return Err(Refusal::NothingChanges);
            }
            if account.is_program() {
                return Err(Refusal::NotSuchAnAccount);
            }
            // Whoever answers for somebody gives no other team a manager or a decision maker.
            let roles = super::grant::at_once(&account.roles, None);
            Ok(Event::AccountMoved { account: id, roles, team })
        }
    }
}

pub(crate) fn lapse(
    register: &Register,
    command: &LapseAccess,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = register.account(command.account).ok_or(Refusal::NoSuchAccount)?;
    if !has_lapsed(register, account, moment.date()) {
        return Err(Refusal::NotDue);
    }
    if let Some(action) = register.left_undone(account, &BTreeSet::new()) {
        return Err(Refusal::NobodyElse(action));
    }
    Ok(vec![Event::AccountSuspended { account: account.id, why: Suspension::Lapsed }])
}
