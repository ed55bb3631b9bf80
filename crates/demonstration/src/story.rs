//! A history before it is played: what is asked, by whom and when.

use crate::chance::{Chance, Seed};
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar::london;
use register::command::Command;
use register::ids::{AccountId, AttachmentId, MeasureId, TeamId};
use register::moment::{Actor, Moment};

/// One thing that somebody asks.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) moment: Moment,
    pub(crate) command: Command,
    /// The bytes of the files that come with it.
    pub(crate) files: Vec<(AttachmentId, Vec<u8>)>,
}

/// Everything that people ask until a moment. What time alone asks for is added when it is played.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) seed: Seed,
    until: Timestamp,
    steps: Vec<Step>,
    numbers: u32,
    /// Entries that a review proposed to remove.
    removals: Vec<Proposed>,
}

/// An entry that a review proposed to remove.
#[derive(Debug)]
pub(crate) struct Proposed {
    /// On which day.
    pub(crate) on: Date,
    /// Which.
    pub(crate) measure: MeasureId,
    /// The teams that were told of it.
    pub(crate) audience: Vec<TeamId>,
}

impl Story {
    pub(crate) const fn new(seed: Seed, until: Timestamp) -> Self {
        Self { seed, until, steps: Vec::new(), numbers: 0, removals: Vec::new() }
    }

    /// The London date on which the story stops.
    pub(crate) fn today(&self) -> Date {
        london(self.until)
    }

    pub(crate) fn chance(&self, name: &str) -> Chance {
        Chance::of(self.seed, name)
    }

    /// The next in a row of numbers, for what no two people share.
    pub(crate) const fn next_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    pub(crate) fn system(&mut self, at: Timestamp, command: impl Into<Command>) {
        self.add(Moment { at, by: Actor::System }, command.into(), Vec::new());
    }

    pub(crate) fn asks(&mut self, at: Timestamp, by: AccountId, command: impl Into<Command>) {
        self.add(Moment { at, by: Actor::Account(by) }, command.into(), Vec::new());
    }

    pub(crate) fn asks_with(
        &mut self,
        at: Timestamp,
        by: AccountId,
        command: impl Into<Command>,
        files: Vec<(AttachmentId, Vec<u8>)>,
    ) {
        self.add(Moment { at, by: Actor::Account(by) }, command.into(), files);
    }

    /// A review proposed that the Governance Group removes an entry.
    pub(crate) fn proposes_removal(&mut self, proposed: Proposed) {
        self.removals.push(proposed);
    }

    /// The entries proposed for removal by the end of a day and not yet handed over.
    pub(crate) fn removals_by(&mut self, day: Date) -> Vec<Proposed> {
        let (by, later) =
            std::mem::take(&mut self.removals).into_iter().partition(|proposed| proposed.on <= day);
        self.removals = later;
        by
    }

    /// What would come after the end has not happened.
    fn add(&mut self, moment: Moment, command: Command, files: Vec<(AttachmentId, Vec<u8>)>) {
        if moment.at <= self.until {
            self.steps.push(Step { moment, command, files });
        }
    }

    /// Every step, oldest first.
    pub(crate) fn in_order(mut self) -> Vec<Step> {
        self.steps.sort_by_key(|step| step.moment.at);
        self.steps
    }
}
