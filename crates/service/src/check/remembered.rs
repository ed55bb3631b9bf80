//! A check while the register's store cannot be reached or written: what memory knows of a danger is told, as of when it last was up to date.
//!
//! Memory may warn; it never says that nothing was found. Another process may have recorded a marker that this one has not read, so where
//! memory has nothing the answer is still that nobody can say, and to ring. The row that would have been written first lies in the spool
//! before anything is told.

use super::shown::rung;
use super::{Asked, Asker, Shown, row};
use crate::access::{self, FactsV1};
use crate::budget::{Over, Spends, Way};
use crate::fault::Fault;
use crate::spool::{self, Spool, SpoolError, Waiting};
use crate::{Service, random, shelf};
use jiff::{SignedDuration, Timestamp};
use ledger::CommandId;
use register::ids::AccountId;
use register::moment::{Actor, Moment};
use register::view::{self, Verdict};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is written to see whether it can be.
const PROBE: shelf::Kind<Timestamp> = shelf::Kind::new("probe");

/// Memory that has not been up to date for longer tells nothing.
const OLDEST: SignedDuration = SignedDuration::from_hours(24);
/// Nobody waits for the spool longer.
const LONGEST: Duration = Duration::from_secs(2);
/// How often it is tried whether an outage is over.
const EVERY: Duration = Duration::from_secs(5);

/// What memory knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// When it was last up to date.
    pub as_of: Timestamp,
    /// What is shown: markers, that somebody is to be rung, or that nobody can say.
    pub shown: Shown,
    /// What to quote, until the check has its number.
    pub quote: String,
}

impl Service {
    /// What memory knows of whom is asked about. `None` where there is no spool to keep the row in, or memory is too old or not whole.
    pub(super) async fn remembered(&self, asker: Asker, asked: &Asked) -> Result<Option<Remembered>, Over> {
        self.inner.outage.store(true, Ordering::Relaxed);
        let Some(spool) = self.inner.spool.get() else { return Ok(None) };
        let Some((waiting, remembered)) = self.known(asker, asked)? else { return Ok(None) };
        let kept = async {
            let sealed = spool::sealed(&self.inner.ledger, &waiting)?;
            let spool = Arc::clone(spool);
            let kept = tokio::task::spawn_blocking(move || locked(&spool).keep(&sealed));
            tokio::time::timeout(LONGEST, kept)
                .await
                .map_err(|elapsed| Fault::log(&elapsed))??
                .map_err(Fault::from)
        };
        match kept.await {
            Ok(()) => {
                tracing::warn!(quote = remembered.quote, "a check was answered from memory");
                Ok(Some(remembered))
            }
            Err(_logged) => Ok(None),
        }
    }

    fn known(&self, asker: Asker, asked: &Asked) -> Result<Option<(Waiting, Remembered)>, Over> {
        // Asked for before what is in memory: that may only be newer.
        let (now, as_of) = (self.now(), self.up_to_date_at());
        let moment = Moment { at: now, by: Actor::Account(asker.by) };
        let found =
            self.sound().and_then(|live| Ok((live.verdict(asker.told(), asked, &moment)?, live.position)));
        let Ok((verdict, position)) = found else { return Ok(None) };
        if now.duration_since(as_of) > OLDEST {
            return Ok(None);
        }
        let shown = match verdict {
            Verdict::NoneFound => Shown::CannotSay { ring: rung(&self.read(view::duty_desk)) },
            known => Shown::of(&known),
        };
        self.spend_from_memory(
            asker.by,
            Way::OneByOne,
            &[Spends { asked: &asked.description, shown: shown.measures() }],
        )?;
        let Ok((facts, sealed)) = row(asked, asked.errand(), &shown, position) else { return Ok(None) };
        let facts = FactsV1 {
            rang: asker.rang.map(|rang| rang.to_string()),
            from_memory: Some(access::micros(now).0),
            ..facts
        };
        let waiting = Waiting { command: u128::from_be_bytes(random()), by: asker.by.bits(), facts, sealed };
        let [a, b, c, d]: [u8; 4] = random();
        let quote = format!("{:04X}-{:04X}", u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        Ok(Some((waiting, Remembered { as_of, shown, quote })))
    }

    /// Writes what waits in the spool to the access log, each row once however often this is tried, and says how many there were.
    ///
    /// # Errors
    /// A fault: what was not written waits on.
    pub async fn replay_spool(&self) -> Result<usize, Fault> {
        match self.inner.spool.get() {
            Some(spool) => self.replay(spool).await,
            None => Ok(0),
        }
    }

    async fn replay(&self, spool: &Mutex<Spool>) -> Result<usize, Fault> {
        let mut written = 0;
        // Whoever checks meanwhile is kept behind what was read.
        loop {
            let rows = locked(spool).waiting()?;
            for sealed in rows.iter().skip(written) {
                let row = spool::opened(&self.inner.ledger, sealed)?;
                let (name, by) = (CommandId(row.command.to_be_bytes()), AccountId::from_bits(row.by));
                self.write_accesses(by, name, vec![(row.facts, row.sealed)]).await?;
            }
            written = rows.len();
            let mut spool = locked(spool);
            if spool.waiting()?.len() == written {
                spool.empty()?;
                return Ok(written);
            }
        }
    }

    /// Finds out, while there is an outage, whether it is over, and writes what waits; for as long as it is polled.
    pub(crate) async fn keep_spool(&self) {
        loop {
            tokio::time::sleep(EVERY).await;
            let waits = self.inner.spool.get().is_some_and(|spool| !locked(spool).is_empty());
            if !waits && !self.inner.outage.load(Ordering::Relaxed) {
                continue;
            }
            // Faults are logged where they are made; it is tried again.
            if let Ok(written) = self.replayed().await {
                self.inner.outage.store(false, Ordering::Relaxed);
                tracing::info!(
                    written,
                    "the register is written again; checks answered from memory are in the access log"
                );
            }
        }
    }

    async fn replayed(&self) -> Result<usize, Fault> {
        let now = self.now();
        self.inner.shelf.put(&PROBE, "", None, Some(now + OLDEST), &now).await?;
        self.catch_up().await?;
        self.replay_spool().await
    }

    /// Whether the register can be written, as far as is known.
    #[must_use]
    pub fn is_written(&self) -> bool {
        !self.inner.outage.load(Ordering::Relaxed)
    }

    /// Keeps rows of checks in a file of this folder while the register cannot be written: one of its own, where several programs serve one
    /// register. What waits there from before, in any file that no other program has, is written now, or once it can be.
    ///
    /// # Errors
    /// A fault where the folder cannot be used.
    pub async fn keeps_spool_in(&self, folder: &Path) -> Result<(), Fault> {
        let mut left = Vec::new();
        for spool in Spool::all_free_in(folder)? {
            let spool = Arc::new(Mutex::new(spool));
            if self.inner.spool.set(Arc::clone(&spool)).is_err() {
                left.push(spool);
            }
        }
        let own = self.inner.spool.get().ok_or_else(|| Fault::log(&SpoolError::Taken))?;
        for spool in left.iter().chain([own]) {
            match self.replay(spool).await {
                Ok(0) => {}
                Ok(written) => {
                    tracing::info!(
                        written,
                        "checks answered from memory before the start are in the access log"
                    );
                }
                Err(_logged) => self.inner.outage.store(true, Ordering::Relaxed),
            }
        }
        Ok(())
    }
}

fn locked(spool: &Mutex<Spool>) -> MutexGuard<'_, Spool> {
    spool.lock().unwrap_or_else(PoisonError::into_inner)
}
