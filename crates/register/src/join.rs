//! One version of each subject: two files about the same person or place are joined, and a join can be taken back.
//!
//! A join is a relation between files and moves nothing: each keeps its words in its own locker, a check that finds either answers
//! for both, and taking it back leaves both as they were.

use crate::command::{JoinSubjects, KeepApart, PartSubjects};
use crate::event::Event;
use crate::ids::SubjectId;
use crate::personal::{Locker, Particulars};
use crate::refusal::Refusal;
use crate::state::Register;
use crate::subject::kept;
use std::collections::{BTreeMap, BTreeSet};

/// Which files are about the same, and which were found not to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Joins {
    /// The file that goes on, of one that was joined to it.
    into: BTreeMap<SubjectId, SubjectId>,
    /// The same, the other way round.
    of: BTreeMap<SubjectId, BTreeSet<SubjectId>>,
    apart: BTreeSet<(SubjectId, SubjectId)>,
}

/// A pair in one order.
fn pair(one: SubjectId, other: SubjectId) -> (SubjectId, SubjectId) {
    (one.min(other), one.max(other))
}

impl Joins {
    /// Joins two files that are not about the same yet: there is never a ring.
    pub(crate) fn join(&mut self, kept: SubjectId, joined: SubjectId) {
        if self.one(kept) == self.one(joined) {
            return;
        }
        self.part(joined);
        self.into.insert(joined, kept);
        self.of.entry(kept).or_default().insert(joined);
        self.apart.remove(&pair(kept, joined));
    }

    pub(crate) fn part(&mut self, joined: SubjectId) {
        if let Some(kept) = self.into.remove(&joined)
            && let Some(others) = self.of.get_mut(&kept)
        {
            others.remove(&joined);
            if others.is_empty() {
                self.of.remove(&kept);
            }
        }
    }

    /// Forgets a file that was taken out, and is joined with no other.
    pub(crate) fn forget(&mut self, subject: SubjectId) {
        self.apart.retain(|(one, other)| *one != subject && *other != subject);
    }

    pub(crate) fn keep_apart(&mut self, one: SubjectId, other: SubjectId) {
        self.apart.insert(pair(one, other));
    }

    /// The file that goes on.
    fn one(&self, subject: SubjectId) -> SubjectId {
        let mut one = subject;
        while let Some(kept) = self.into.get(&one) {
            one = *kept;
        }
        one
    }

    fn all(&self, one: SubjectId, found: &mut Vec<SubjectId>) {
        found.push(one);
        for joined in self.of.get(&one).into_iter().flatten() {
            self.all(*joined, found);
        }
    }
}

impl Register {
    /// The file that goes on for a subject: its own, unless it was joined to another.
    #[must_use]
    pub fn one(&self, subject: SubjectId) -> SubjectId {
        self.joins().one(subject)
    }

    /// Every file about the same as this one, itself included, the one that goes on first.
    #[must_use]
    pub fn same(&self, subject: SubjectId) -> Vec<SubjectId> {
        let mut found = Vec::new();
        self.joins().all(self.joins().one(subject), &mut found);
        found
    }

    /// Whether a file is joined with any other.
    #[must_use]
    pub fn is_joined(&self, subject: SubjectId) -> bool {
        self.joins().into.contains_key(&subject) || self.joins().of.contains_key(&subject)
    }

    /// The file that this one was joined to.
    #[must_use]
    pub fn joined_to(&self, subject: SubjectId) -> Option<SubjectId> {
        self.joins().into.get(&subject).copied()
    }

    /// Whether somebody found that two files are not about the same.
    #[must_use]
    pub fn is_apart(&self, one: SubjectId, other: SubjectId) -> bool {
        self.joins().apart.contains(&pair(one, other))
    }
}

/// Two files that could be about the same.
fn comparable(register: &Register, one: SubjectId, other: SubjectId) -> Result<(), Refusal> {
    let (one_is, other_is) = (kept(register, one)?, kept(register, other)?);
    if !one_is.is_like(other_is) {
        return Err(Refusal::SubjectKindChanged);
    }
    if register.one(one) == register.one(other) {
        return Err(Refusal::AlreadyJoined);
    }
    Ok(())
}

pub(crate) fn join(register: &Register, command: &JoinSubjects) -> Result<Vec<Event>, Refusal> {
    comparable(register, command.kept, command.joined)?;
    // What goes on is the head of its own: a join taken back then parts exactly what it joined.
    if register.joined_to(command.kept).is_some() || register.joined_to(command.joined).is_some() {
        return Err(Refusal::AlreadyJoined);
    }
    Ok(vec![Event::SubjectsJoined {
        kept: command.kept,
        joined: command.joined,
        reasons: Particulars::new(Locker::Subject(command.joined), command.reasons.clone()),
    }])
}

pub(crate) fn part(register: &Register, command: &PartSubjects) -> Result<Vec<Event>, Refusal> {
    kept(register, command.joined)?;
    let goes_on = register.joined_to(command.joined).ok_or(Refusal::NotJoined)?;
    // Nothing new is written into the timeline of a file whose words are gone.
    kept(register, goes_on)?;
    Ok(vec![Event::SubjectsParted {
        kept: goes_on,
        joined: command.joined,
        reasons: Particulars::new(Locker::Subject(command.joined), command.reasons.clone()),
    }])
}

pub(crate) fn keep_apart(register: &Register, command: &KeepApart) -> Result<Vec<Event>, Refusal> {
    comparable(register, command.one, command.other)?;
    if register.is_apart(command.one, command.other) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::SubjectsKeptApart {
        one: command.one,
        other: command.other,
        reasons: Particulars::new(Locker::Subject(command.one), command.reasons.clone()),
    }])
}
