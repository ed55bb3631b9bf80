//! What a changed policy would do to what stands today, counted before anybody adopts it.
//!
//! Every date is asked of the rules that run, once under the policy in force and once under the proposed one: an effect cannot
//! say other than what will happen.

use super::Policy;
use crate::assessment::{Age, age_of};
use crate::due;
use crate::ids::File;
use crate::measure::InterimStage;
use crate::people::Action;
use crate::retention;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many dates of one kind move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shift {
    /// Dates that come nearer.
    pub sooner: usize,
    /// Dates that go further away.
    pub later: usize,
    /// Of those that come nearer: how many have come by the day it takes force and would not have.
    pub at_once: usize,
}

impl Shift {
    /// Whether nothing moves.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.sooner == 0 && self.later == 0
    }

    fn add(&mut self, before: Option<Date>, after: Option<Date>, effective: Date, has_come: Come) {
        let (Some(before), Some(after)) = (before, after) else { return };
        let come = |date: Date| match has_come {
            Come::WhenPassed => date < effective,
            Come::OnTheDay => date <= effective,
        };
        self.sooner += usize::from(after < before);
        self.later += usize::from(after > before);
        self.at_once += usize::from(come(after) && !come(before));
    }
}

/// When a date has come: a last day once it has passed, a first day on the day itself.
#[derive(Clone, Copy)]
enum Come {
    WhenPassed,
    OnTheDay,
}

/// What a changed policy would move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effect {
    /// Reviews of measures in force, none of which is put off; at once: overdue on the day it takes force.
    pub reviews: Shift,
    /// Watch periods of warnings; at once: ended on the day it takes force.
    pub watches: Shift,
    /// Words of measures that have ended; at once: destroyed on the day it takes force.
    pub measure_files: Shift,
    /// Words of incidents; at once: destroyed on the day it takes force.
    pub incident_files: Shift,
    /// Words of meetings and months of the access log; at once: destroyed on the day it takes force.
    pub other_files: Shift,
    /// Other work that waits for somebody; at once: overdue on the day it takes force.
    pub work: Shift,
    /// Interim markers live today. Each keeps its last day: two people decided it, and it is days away.
    pub interim_markers: usize,
    /// Measures not yet decided about somebody who would be under the age threshold and is not now.
    pub second_safeguard: usize,
}

impl Effect {
    /// Whether nothing that stands would move.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.reviews.is_nothing()
            && self.watches.is_nothing()
            && self.measure_files.is_nothing()
            && self.incident_files.is_nothing()
            && self.other_files.is_nothing()
            && self.work.is_nothing()
            && self.second_safeguard == 0
    }
}

/// What `proposed` would move of what stands on `today`, were it to take force on its day.
#[must_use]
pub fn effect(register: &Register, proposed: &Policy, today: Date) -> Effect {
    let under = register.under(proposed.clone());
    let (now, then) = (register.policy(), proposed);
    let effective = proposed.effective;
    let mut effect = Effect::default();
    for measure in register.measures() {
        let (due, new_due) = (measure.review_due(register), measure.review_due(&under));
        effect.reviews.add(due, new_due, effective, Come::WhenPassed);
        let (ends, new_ends) = (measure.watch_ends(now), measure.watch_ends(then));
        effect.watches.add(ends, new_ends, effective, Come::WhenPassed);
        let file = File::Measure(measure.id);
        let (gone, new_gone) = (destroy_on(register, file), destroy_on(&under, file));
        effect.measure_files.add(gone, new_gone, effective, Come::OnTheDay);
        let interim = measure.interim.as_ref().filter(|_| measure.live_plan(today).is_some());
        let live = interim.is_some_and(|interim| matches!(interim.stage, InterimStage::Live { .. }));
        effect.interim_markers += usize::from(live);
        let undecided = measure.decision().is_none() && !measure.is_over();
        let ages = (age_of(register, measure, today), age_of(&under, measure, today));
        effect.second_safeguard += usize::from(undecided && ages == (Age::Over, Age::Under));
    }
    for incident in register.incidents().filter(|incident| incident.narrative.known().is_some()) {
        let file = File::Incident(incident.id);
        let (gone, new_gone) = (destroy_on(register, file), destroy_on(&under, file));
        effect.incident_files.add(gone, new_gone, effective, Come::OnTheDay);
    }
    let others =
        retention::files(register, today).filter(|file| matches!(file, File::Meeting(_) | File::Accesses(_)));
    for file in others {
        let (gone, new_gone) = (destroy_on(register, file), destroy_on(&under, file));
        effect.other_files.add(gone, new_gone, effective, Come::OnTheDay);
    }
    let before = deadlines(register, today);
    let after = deadlines(&under, today);
    for (task, by) in &before {
        effect.work.add(Some(*by), after.get(task).copied(), effective, Come::WhenPassed);
    }
    effect
}

/// When the words of a file are destroyed, while its clock runs.
fn destroy_on(register: &Register, file: File) -> Option<Date> {
    retention::clock(register, file)?.destroy_on()
}

/// Whether a task follows from the date of a review.
fn is_of_review(task: &due::Task) -> bool {
    matches!(task.action, Action::AnswerReview | Action::Review) || due::is_escalated_review(task)
}

/// By when each task that waits is to be done, but for reviews, which are counted by themselves, and the policy's own.
fn deadlines(register: &Register, today: Date) -> BTreeMap<(File, &'static str), Date> {
    due::work(register, today)
        .into_iter()
        .filter(|task| !is_of_review(task) && task.file != File::Policy)
        .map(|task| ((task.file, task.what), task.by))
        .collect()
}
