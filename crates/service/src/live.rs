//! The state in memory: the register and its matching index, always at one position of the log.

use crate::describe;
use crate::history::History;
use crate::record::Recorded;
use crate::watch::touched::Touched;
use matching::{Index, Settings};
use register::event::Event;
use register::ids::AccountId;
use register::moment::{Actor, Moment};
use register::personal::Locker;
use register::state::Register;

/// Everything that answers a question without asking the database.
pub(crate) struct Live {
    pub(crate) register: Register,
    pub(crate) index: Index,
    /// What may have changed an answer, and when.
    pub(crate) touched: Touched,
    /// How many records of the register's log are in it.
    pub(crate) position: u64,
    /// And which.
    pub(crate) history: History,
}

impl Live {
    pub(crate) fn empty() -> Self {
        Self {
            register: Register::default(),
            index: Index::new(Settings::default()),
            touched: Touched::default(),
            position: 0,
            history: History::default(),
        }
    }

    /// Takes in the events that come next; some may have been taken in already by another task.
    pub(crate) fn take_all(&mut self, events: &[Recorded]) {
        for Recorded { event, moment, position, leaf } in events {
            if *position == self.position + 1 {
                self.take(event, *moment, *position);
                self.history.push(*leaf);
            }
        }
    }

    /// Takes in the event of one record.
    fn take(&mut self, event: &Event, moment: Moment, position: u64) {
        self.register.apply(event, moment, position);
        match event {
            Event::SubjectOpened { subject, details } | Event::SubjectDescribed { subject, details } => {
                match details.known() {
                    Some(known) => {
                        self.index.insert(
                            describe::key(*subject),
                            &describe::describe(known, moment.date().year()),
                        );
                    }
                    None => self.index.remove(describe::key(*subject)),
                }
            }
            Event::RegisterOpened { .. } | Event::PolicyAdopted { .. } => {
                let settings = describe::settings(self.register.policy());
                if self.index.answers_by(settings) {
                    self.touched.take_all(&self.register, moment.at, position);
                }
            }
            _ => {}
        }
        for locker in event.destroys() {
            if let Locker::Subject(subject) = locker {
                self.index.remove(describe::key(*subject));
            }
        }
        self.touched.take(&self.register, event, moment.at, position);
        self.position = position;
    }
}

/// Who a record says acted.
pub(crate) fn actor(written: &str) -> Option<Actor> {
    match written {
        SYSTEM => Some(Actor::System),
        account => account.parse::<AccountId>().ok().map(Actor::Account),
    }
}

/// How a record writes who acted.
pub(crate) fn written(actor: Actor) -> String {
    match actor {
        Actor::System => SYSTEM.to_owned(),
        Actor::Account(account) => account.to_string(),
    }
}

const SYSTEM: &str = "system";
