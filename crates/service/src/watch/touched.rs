//! What may have changed an answer, and when: of each subject the last record about it, and the last of all.

use crate::describe;
use jiff::Timestamp;
use matching::Key;
use register::event::Event;
use register::ids::{File, SubjectId};
use register::personal::Locker;
use register::state::Register;
use std::collections::HashMap;

/// The last records that may have changed an answer.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Where the last about each subject stands.
    subjects: HashMap<SubjectId, u64>,
    /// Where the last of all stands, and when it was made.
    last: (u64, Timestamp),
}

/// What was touched after a position.
#[derive(Debug)]
pub(crate) struct Since {
    /// The subjects, as the matching index calls them. An answer that found nothing is changed by what is recorded about them and by
    /// nothing else; what the policy calls a precaution and what an account may see change only answers that found something. A policy that finds
    /// people otherwise touches them all.
    pub(crate) subjects: Vec<Key>,
    /// When the last of it happened.
    pub(crate) at: Timestamp,
}

impl Touched {
    /// Takes in a record that the register has taken in.
    pub(crate) fn take(&mut self, register: &Register, event: &Event, at: Timestamp, position: u64) {
        let last = (position, at);
        if matches!(event, Event::RegisterOpened { .. } | Event::PolicyAdopted { .. }) {
            self.last = last;
        }
        for file in event.files() {
            let subject = match file {
                File::Subject(subject) => Some(subject),
                File::Measure(measure) => register.measure(measure).map(|measure| measure.subject),
                File::Account(_) => None,
                File::Incident(_)
                | File::Meeting(_)
                | File::Accesses(_)
                | File::Import(_)
                | File::Partner(_)
                | File::Team(_)
                | File::Policy => continue,
            };
            // What is about one file answers for every file that it is joined with.
            let same = subject.into_iter().flat_map(|subject| register.same(subject));
            self.subjects.extend(same.map(|subject| (subject, position)));
            self.last = last;
        }
        for locker in event.destroys() {
            if let Locker::Subject(subject) = locker {
                self.subjects.insert(*subject, position);
            }
            self.last = last;
        }
    }

    /// Takes in that everybody is found otherwise from a record on.
    pub(crate) fn take_all(&mut self, register: &Register, at: Timestamp, position: u64) {
        self.subjects.extend(register.subjects().map(|subject| (subject.id, position)));
        self.last = (position, at);
    }

    /// What was touched after a position; `None` where nothing was.
    pub(crate) fn since(&self, position: u64) -> Option<Since> {
        let (last, at) = self.last;
        let touched = self.subjects.iter().filter(|(_, touched)| **touched > position);
        let subjects = || touched.map(|(subject, _)| describe::key(*subject)).collect();
        (last > position).then(|| Since { subjects: subjects(), at })
    }
}
