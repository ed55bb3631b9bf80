//! Sessions while the register's store cannot be read: those that it was lately seen to hold go on, so that memory can warn whoever has one of a
//! danger (decision 44). Nothing else is opened by them: every other page reads or writes the store first.

use super::{IDLE, Session, Stage, StoredSession};
use crate::Service;
use jiff::{SignedDuration, Timestamp};
use register::ids::AccountId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One that the store has not been seen to hold for longer is over: it may have been ended elsewhere meanwhile.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// The most that are remembered: many times those who work at once.
const MOST: usize = 20_000;

/// The sessions that were seen, by what is kept of their tokens.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, Seen>>);

/// A whole session as it was last seen.
#[derive(Clone, Copy)]
struct Seen {
    session: Session,
    single_handed: bool,
    /// When it was used last.
    used: Timestamp,
    /// When the store was last seen to hold it.
    held: Timestamp,
}

impl Sessions {
    fn of(&self) -> MutexGuard<'_, HashMap<String, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers one that the store holds now.
    pub(super) fn saw(&self, key: &str, session: Session, stored: &StoredSession, now: Timestamp) {
        if session.stage != Stage::Full {
            return;
        }
        let mut seen = self.of();
        if seen.len() >= MOST {
            seen.retain(|_, seen| now.duration_since(seen.used) <= IDLE);
        }
        if seen.len() < MOST {
            let single_handed = stored.single_handed;
            seen.insert(key.to_owned(), Seen { session, single_handed, used: now, held: now });
        }
    }

    /// Forgets one that has ended.
    pub(super) fn forget(&self, key: &str) {
        self.of().remove(key);
    }

    /// Forgets all of somebody's.
    pub(super) fn forget_all_of(&self, account: AccountId) {
        self.of().retain(|_, seen| seen.session.account != account);
    }
}

impl Service {
    /// The session of which this is kept, as it was last seen. Roles and standing are those that memory knows.
    pub(super) fn session_from_memory(&self, key: &str) -> Option<Session> {
        let now = self.now();
        let mut seen = self.inner.sessions.of();
        let held = seen.get_mut(key)?;
        let is_over = now.duration_since(held.held) > KNOWN_FOR
            || super::is_over(held.session.signed_in, held.used, now)
            || !self.may_go_on(held.session.account, held.single_handed);
        if is_over {
            seen.remove(key);
            return None;
        }
        held.used = now;
        Some(held.session)
    }
}
