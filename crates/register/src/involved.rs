//! People harmed and witnesses: whom an incident was done to, and who saw or heard it.
//!
//! Either may be in more danger than whoever reported it, so each kind lies in a locker of its own, shown to those who are shown the reporter and to nobody
//! else. The register team or the reporter's line manager names them, after the report. That somebody was named is a fact; who it is never is.

use crate::choice::choices;
use crate::command::NameInvolved;
use crate::event::Event;
use crate::ids::{AccountId, IncidentId};
use crate::incident;
use crate::moment::Moment;
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::state::Register;

choices! {
    /// What somebody is to an incident.
    Involvement {
        /// It was done to them, or it hurt them.
        Harmed = "harmed", "Harmed by it";
        /// They saw or heard it.
        Witness = "witness", "Saw or heard it";
    }
}

impl Involvement {
    /// Where the words about people of this kind lie.
    #[must_use]
    pub const fn locker(self, incident: IncidentId) -> Locker {
        match self {
            Involvement::Harmed => Locker::Harmed(incident),
            Involvement::Witness => Locker::Witnesses(incident),
        }
    }
}

/// Who somebody is who was harmed or saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// One of those who use the register.
    Staff(AccountId),
    /// Somebody else.
    Other {
        /// What they are called.
        name: Text,
        /// How to reach them.
        reach: Text,
    },
}

/// Somebody who was harmed or saw it.
#[derive(Debug, Clone)]
pub struct Involved {
    /// Named when and by whom.
    pub moment: Moment,
    /// What they are to the incident.
    pub involvement: Involvement,
    /// Who they are.
    pub who: Particulars<Whom>,
}

impl Involved {
    /// What they are called, while it is still held.
    #[must_use]
    pub fn name<'r>(&'r self, register: &'r Register) -> Option<&'r Text> {
        match self.who.known()? {
            Whom::Staff(account) => Some(&register.account(*account)?.details.known()?.name),
            Whom::Other { name, .. } => Some(name),
        }
    }
}

pub(crate) fn name(
    register: &Register,
    command: &NameInvolved,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let incident = incident::of_own_team(register, command.incident, moment)?;
    incident.narrative.known().ok_or(Refusal::Destroyed)?;
    if let Whom::Staff(account) = command.who {
        let somebodys = register.account(account).filter(|account| !account.is_program());
        somebodys.ok_or(Refusal::NoSuchAccount)?;
    }
    // Named before or not: to refuse it would tell a manager, who is not shown who was named.
    let locker = command.involvement.locker(command.incident);
    Ok(vec![Event::InvolvedNamed {
        incident: command.incident,
        involvement: command.involvement,
        who: Particulars::new(locker, command.who.clone()),
    }])
}
