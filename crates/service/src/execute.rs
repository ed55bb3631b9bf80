//! The one write path: decide, seal, append, apply. Nothing else changes the register.

use crate::access::{at, micros};
use crate::fault::{Failure, Fault};
use crate::live::{Live, written};
use crate::record::{self, Recorded, Upload};
use crate::{OTHERS, Service};
use jiff::Timestamp;
use ledger::tree::Head;
use ledger::{Appended, Expected, LedgerError, Log, StoreError};
use register::command::Command;
use register::event::Event;
use register::ids::{AccountId, CommandId};
use register::moment::{Actor, Moment};
use register::refusal::Refusal;
use std::panic::AssertUnwindSafe;
use std::sync::PoisonError;
use std::time::Instant;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// The position of its last record.
    pub position: u64,
    /// When it was recorded.
    pub at: Timestamp,
}

/// How often a decision is made again because another process decided something first.
const ROUNDS: usize = 32;

/// Records read at a time when replaying.
const REPLAY: u32 = 2_000;

impl Service {
    /// Carries out a command. What it comes to is on disk when this returns; sent twice under one id, it is done once.
    ///
    /// # Errors
    /// The refusal of the rule that stops it, or a fault.
    pub async fn execute(
        &self,
        by: AccountId,
        id: CommandId,
        command: impl Into<Command>,
    ) -> Result<Done, Failure> {
        self.carry_out(Actor::Account(by), id, &command.into(), &[]).await
    }

    /// The same, with the files that belong to it.
    ///
    /// # Errors
    /// As [`Service::execute`].
    pub async fn execute_with(
        &self,
        by: AccountId,
        id: CommandId,
        command: impl Into<Command>,
        uploads: Vec<Upload>,
    ) -> Result<Done, Failure> {
        self.carry_out(Actor::Account(by), id, &command.into(), &uploads).await
    }

    /// Carries out a command of the system's own: setting up, and what time alone asks for.
    ///
    /// # Errors
    /// As [`Service::execute`].
    pub async fn execute_as_system(&self, command: impl Into<Command>) -> Result<Done, Failure> {
        self.carry_out(Actor::System, self.fresh_command(), &command.into(), &[]).await
    }

    /// Carries out a command of whoever acts; [`Service::execute`] is this for people, [`Service::execute_as_system`] for time.
    ///
    /// # Errors
    /// As [`Service::execute`].
    pub async fn carry_out(
        &self,
        by: Actor,
        id: CommandId,
        command: &Command,
        uploads: &[Upload],
    ) -> Result<Done, Failure> {
        let _one_at_a_time = self.inner.writing.lock().await;
        for _ in 0..ROUNDS {
            if let Some(done) = self.done_before(by, id).await? {
                return Ok(done);
            }
            let now = self.now();
            let (events, head) = {
                let live = self.sound()?;
                (register::decide(&live.register, command, &Moment { at: now, by })?, live.history.head())
            };
            let drafts = events
                .iter()
                .zip(0..)
                .map(|(event, part)| record::draft(by, id, part, event, uploads))
                .collect::<Result<Vec<_>, Fault>>()?;
            let expected = Expected::Head(head);
            match self.inner.ledger.append(Log::Register, expected, micros(now), drafts).await {
                Ok(appended) => return self.take_in(by, events, &appended),
                Err(LedgerError::Store(StoreError::Moved { .. })) => {
                    self.follow(head, self.inner.ledger.head(Log::Register).await?).await?;
                }
                Err(LedgerError::Store(StoreError::AlreadyRecorded { .. })) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Err(Fault::because("other processes decided faster than this one").into())
    }

    /// What this person did under this id before, if anything. Another's id is no way to learn what became of it.
    async fn done_before(&self, by: Actor, id: CommandId) -> Result<Option<Done>, Failure> {
        let id = ledger::CommandId(id.0.to_be_bytes());
        let positions = self.inner.ledger.command(Log::Register, id).await?;
        let Some(position) = positions.last().copied() else { return Ok(None) };
        self.catch_up().await?;
        let read = self.inner.ledger.read(Log::Register, position.saturating_sub(1), 1).await?;
        match read.first() {
            Some(opened) if opened.record.actor != written(by) => Err(Refusal::ReferenceTaken.into()),
            first => Ok(first.map(|opened| Done { position, at: at(opened.record.recorded_at) })),
        }
    }

    fn take_in(&self, by: Actor, events: Vec<Event>, appended: &Appended) -> Result<Done, Failure> {
        let last = appended.records.last().ok_or_else(|| Fault::because("nothing was recorded"))?;
        let done = Done { position: last.position, at: at(last.recorded_at) };
        let taken = events.into_iter().zip(&appended.records).map(|(event, record)| {
            let moment = Moment { at: at(record.recorded_at), by };
            Recorded { event, moment, position: record.position, leaf: record.leaf }
        });
        self.take_all(&taken.collect::<Vec<_>>())?;
        Ok(done)
    }

    /// Reads what was appended since, by whichever process, and takes it in.
    pub(crate) async fn catch_up(&self) -> Result<(), Fault> {
        loop {
            let position = self.sound()?.position;
            let read = self.read_events(position).await?;
            if read.is_empty() {
                self.is_up_to_date();
                return Ok(());
            }
            self.take_all(&read)?;
        }
    }

    /// Takes in everything up to where the log was `seen` to end after memory stood at `from`. A memory of another history is given up and
    /// read anew: it held what only a primary had, which died before anybody else had it.
    pub(crate) async fn follow(&self, from: Head, seen: Head) -> Result<(), Fault> {
        if self.sound()?.position < seen.size {
            self.catch_up().await?;
        }
        if from.size <= seen.size && self.sound()?.history.went_through(seen) {
            return Ok(());
        }
        tracing::error!(
            from = from.size,
            seen = seen.size,
            "memory is not of the log's history and is read anew"
        );
        self.begin_anew().await?;
        if self.sound()?.history.went_through(seen) {
            return Ok(());
        }
        Err(Fault::because("the log is not the one that it was seen to be"))
    }

    /// Reads what other processes have recorded, unless that was asked a moment ago: before somebody is let in.
    pub(crate) async fn heed_others(&self) -> Result<(), Fault> {
        // One asks for all who come meanwhile. What is left half made is read again by itself, and answers nobody until then.
        let Ok(mut asked) = self.inner.asked_others.try_lock() else { return Ok(()) };
        if asked.is_some_and(|at| at.elapsed() < OTHERS) || self.inner.live.is_poisoned() {
            return Ok(());
        }
        self.catch_up().await?;
        *asked = Some(Instant::now());
        Ok(())
    }

    /// The next events after a position, as the ledger has them.
    async fn read_events(&self, after: u64) -> Result<Vec<Recorded>, Fault> {
        let opened = self.inner.ledger.read(Log::Register, after, REPLAY).await?;
        opened.into_iter().map(record::event).collect()
    }

    /// Takes events in. Whatever fails in the middle of it leaves the lock poisoned, and the memory to be made anew.
    fn take_all(&self, events: &[Recorded]) -> Result<(), Fault> {
        let taken = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let Ok(mut live) = self.inner.live.write() else { return Err(Stopped::Before) };
            live.take_all(events);
            Ok(())
        }));
        taken.unwrap_or(Err(Stopped::Here)).map_err(|stopped| {
            self.mend_meanwhile();
            Fault::log(&stopped)
        })?;
        self.inner.recorded.notify_one();
        Ok(())
    }

    /// Begins to read the log again where what is in memory was left half made.
    pub(crate) fn mend_meanwhile(&self) {
        let service = self.clone();
        // Faults are logged where they are made; whoever asks next, or housekeeping, begins again.
        tokio::spawn(async move { service.mend().await });
    }

    /// Reads the whole log into a memory of its own and puts it in the place of one that was left half made.
    async fn mend(&self) -> Result<(), Fault> {
        let Ok(_one_at_a_time) = self.inner.mending.try_lock() else { return Ok(()) };
        if !self.inner.live.is_poisoned() {
            return Ok(());
        }
        self.read_anew().await
    }

    /// The same of one that is whole, and wrong. Whoever waits for it waits for one that is read already.
    async fn begin_anew(&self) -> Result<(), Fault> {
        let _one_at_a_time = self.inner.mending.lock().await;
        self.read_anew().await
    }

    async fn read_anew(&self) -> Result<(), Fault> {
        let mut anew = Live::empty();
        loop {
            let read = self.read_events(anew.position).await?;
            if read.is_empty() {
                break;
            }
            anew.take_all(&read);
        }
        *self.inner.live.write().unwrap_or_else(PoisonError::into_inner) = anew;
        self.inner.live.clear_poison();
        Ok(())
    }
}

/// Why events were not taken in.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("an event could not be taken in")]
    Here,
    #[error("an event before could not be taken in")]
    Before,
}

#[cfg(test)]
mod tests;
