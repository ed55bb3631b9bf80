//! Exclusions: somebody among those who use the register who may know nothing of one subject's file, because they are close to whom it is
//! about, or are named in it.
//!
//! To them it is as if there were no such file, whatever their roles and on every way there. They are kept safe all the same: a check that finds
//! its marker tells them to ring, as it tells everybody from outside the audience, so that the answer proves nothing.

use crate::choice::choices;
use crate::command::{ExcludeFromFile, LiftExclusion};
use crate::event::Event;
use crate::ids::{AccountId, File, SubjectId};
use crate::moment::{Actor, Moment};
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::state::Register;
use crate::subject;

choices! {
    /// Why somebody is excluded.
    Closeness {
        /// Domestic abuse, by them or against them.
        DomesticAbuse = "domestic-abuse", "Domestic abuse";
        /// A relative, a partner or a former partner.
        Family = "family", "A relative, partner or former partner";
        /// A friend, neighbour or other tie.
        Tie = "tie", "A friend, neighbour or other close tie";
        /// Named in the file as a victim, a witness or otherwise.
        Named = "named", "Named in the file";
    }
}

/// One exclusion that stands.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// When and by whom.
    pub moment: Moment,
    /// Why.
    pub closeness: Closeness,
    /// In words.
    pub words: Particulars<Text>,
}

impl Register {
    /// Whether an account may know nothing of a subject: of its own file, or of any that is joined to it.
    #[must_use]
    pub fn is_excluded(&self, account: AccountId, subject: SubjectId) -> bool {
        let excludes = |id| self.exclusions.get(&id).is_some_and(|of| of.contains_key(&account));
        !self.exclusions.is_empty() && self.same(subject).into_iter().any(excludes)
    }

    /// Whether there is any file that an account may know nothing of.
    #[must_use]
    pub fn is_excluded_anywhere(&self, account: AccountId) -> bool {
        self.exclusions.values().any(|of| of.contains_key(&account))
    }

    /// Who may know nothing of a subject, by its own file alone, and why.
    pub fn excluded(&self, subject: SubjectId) -> impl Iterator<Item = (AccountId, &Exclusion)> {
        let of = self.exclusions.get(&subject).into_iter().flatten();
        of.map(|(account, exclusion)| (*account, exclusion))
    }

    /// Whether an account may know nothing of a file, because of whom it is about.
    #[must_use]
    pub fn is_excluded_from(&self, account: AccountId, file: File) -> bool {
        let subject = match file {
            File::Subject(subject) => Some(subject),
            File::Measure(measure) => self.measure(measure).map(|measure| measure.subject),
            File::Incident(incident) => {
                self.incident(incident).and_then(|incident| incident.triage.as_ref()?.subject)
            }
            File::Meeting(_)
            | File::Account(_)
            | File::Accesses(_)
            | File::Import(_)
            | File::Team(_)
            | File::Partner(_)
            | File::Policy => None,
        };
        subject.is_some_and(|subject| self.is_excluded(account, subject))
    }
}

pub(crate) fn exclude(
    register: &Register,
    command: &ExcludeFromFile,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    subject::kept(register, command.subject)?;
    register.account(command.account).ok_or(Refusal::NoSuchAccount)?;
    if moment.by == Actor::Account(command.account) {
        return Err(Refusal::OwnExclusion);
    }
    if register.is_excluded(command.account, command.subject) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::Excluded {
        subject: command.subject,
        account: command.account,
        closeness: command.closeness,
        words: Particulars::new(Locker::Subject(command.subject), command.words.clone()),
    }])
}

/// Lifted by somebody else than whoever it was recorded by: who was close may have talked to one of them.
pub(crate) fn lift(
    register: &Register,
    command: &LiftExclusion,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    register.subject(command.subject).ok_or(Refusal::NoSuchFile)?;
    let stands = register.excluded(command.subject).find(|(account, _)| *account == command.account);
    let (_, exclusion) = stands.ok_or(Refusal::NotExcluded)?;
    if exclusion.moment.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    Ok(vec![Event::ExclusionLifted {
        subject: command.subject,
        account: command.account,
        words: Particulars::new(Locker::Subject(command.subject), command.words.clone()),
    }])
}

/// Refuses, as if there were no such file, whatever somebody would do about a file that they are excluded from.
pub(crate) fn takes_no_part(register: &Register, events: &[Event], moment: &Moment) -> Result<(), Refusal> {
    let Actor::Account(account) = moment.by else { return Ok(()) };
    let mut files = events.iter().flat_map(Event::files);
    if files.any(|file| register.is_excluded_from(account, file)) { Err(Refusal::NoSuchFile) } else { Ok(()) }
}
