//! Plays the history: every step in its order, and each morning what time alone asks for.

use crate::chance::Seed;
use crate::partners;
use crate::plots;
use crate::stage::Stage;
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar::{days_after, instant, london};
use register::due::due;
use register::moment::{Actor, Moment};
use std::fmt;

/// What stopped a performance. In memory nothing does: a refusal is a mistake in the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped<Stop> {
    /// The command's name.
    pub command: &'static str,
    /// When and by whom it was asked.
    pub moment: Moment,
    /// Why it stopped.
    pub why: Stop,
}

impl<Stop: fmt::Display> fmt::Display for Stopped<Stop> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the demonstration stopped at {} of {}: {}", self.command, self.moment.at, self.why)
    }
}

impl<Stop: fmt::Debug + fmt::Display> std::error::Error for Stopped<Stop> {}

/// Plays three years of a fictional council into an empty register, up to `until`. The same seed and `until` give the same.
///
/// # Errors
/// [`Stopped`] at the first command that could not be carried out; what came before it has happened.
pub fn play<S: Stage>(stage: &mut S, seed: Seed, until: Timestamp) -> Result<(), Stopped<S::Stop>> {
    let mut steps = plots::story(seed, until).into_iter().peekable();
    let mut day = steps.peek().map_or(Date::MAX, |step| step.moment.date());
    while day <= london(until) {
        if let Some(at) = early(day).filter(|at| *at <= until) {
            let moment = Moment { at, by: Actor::System };
            for command in due(stage.register(), day) {
                let name = command.name();
                stage.perform(command, moment).map_err(|why| Stopped { command: name, moment, why })?;
            }
        }
        while let Some(step) = steps.next_if(|step| step.moment.date() <= day) {
            let (command, moment) = (step.command.name(), step.moment);
            for (attachment, bytes) in step.files {
                stage.attach(attachment, bytes);
            }
            stage.perform(step.command, moment).map_err(|why| Stopped { command, moment, why })?;
        }
        for (command, moment) in partners::receipts(stage.register(), day, london(until)) {
            let name = command.name();
            stage.perform(command, moment).map_err(|why| Stopped { command: name, moment, why })?;
        }
        day = days_after(day, 1);
    }
    Ok(())
}

/// Before anybody is at work.
fn early(day: Date) -> Option<Timestamp> {
    instant(day.at(6, 0, 0, 0))
}
