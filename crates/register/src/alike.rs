//! Comparable past cases: what was decided where somebody was proposed for the same kind of measure over the same behaviours.
//!
//! It helps deciders to decide alike and says nothing about anybody: no name, no reference, no words, and a month for a date. A
//! customer's own other measures are no comparison, and a case that was destroyed is used for nothing.

use crate::appeal::{Appeal, AppealOutcome, AppealStage};
use crate::assessment::Band;
use crate::decision::{Asks, Outcome};
use crate::measure::{EndReason, Life, Measure};
use crate::moment::Moment;
use crate::numbers::Month;
use crate::policy::Code;
use crate::state::Register;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The most cases that are compared with.
const MOST: usize = 5;

/// A case that was decided, without anything that tells whose it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCase {
    /// What was done, from the policies' behaviours.
    pub behaviours: BTreeSet<Code>,
    /// What was approved, or would have been.
    pub asks: Asks,
    /// Which way it was decided.
    pub outcome: Outcome,
    /// In which month.
    pub decided_in: Month,
    /// What came of each appeal against it, oldest first.
    pub appeals: Vec<Appealed>,
}

/// What came of an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appealed {
    /// It waits for a decision.
    Waits,
    /// The appellant took it back.
    Withdrawn,
    /// It was decided.
    Decided(AppealOutcome),
}

impl Appealed {
    fn of(appeal: &Appeal) -> Self {
        match appeal.stage {
            AppealStage::Lodged | AppealStage::Assigned { .. } => Self::Waits,
            AppealStage::Withdrawn { .. } => Self::Withdrawn,
            AppealStage::Decided { outcome, .. } => Self::Decided(outcome),
        }
    }
}

/// The decided cases that are most like a measure: of the same kind and with a behaviour in common, about somebody else. Those of its
/// band come first, then those with more of their behaviours in common, then the latest.
#[must_use]
pub fn alike(register: &Register, measure: &Measure) -> Vec<PastCase> {
    let behaviours = behaviours(register, measure);
    let band = band(measure);
    let mut found: Vec<_> = register
        .measures()
        .filter(|other| {
            other.kind == measure.kind && register.one(other.subject) != register.one(measure.subject)
        })
        .filter_map(|other| {
            let (outcome, moment, asks) = decided(other)?;
            let theirs = self::behaviours(register, other);
            let shared = theirs.intersection(&behaviours).count();
            let in_common = shared * 1000 / theirs.union(&behaviours).count().max(1);
            let past = PastCase {
                behaviours: theirs,
                outcome,
                decided_in: Month::of(moment.date()),
                appeals: other.appeals.iter().map(Appealed::of).collect(),
                asks,
            };
            let same_band = band.is_some() && past.asks.band == band;
            (shared > 0).then_some((Reverse((same_band, in_common, moment.at)), other.id, past))
        })
        .collect();
    found.sort_by_key(|(likeness, id, _)| (*likeness, *id));
    found.into_iter().take(MOST).map(|(.., past)| past).collect()
}

/// The behaviours of the reports behind a measure whose words are still there.
fn behaviours(register: &Register, measure: &Measure) -> BTreeSet<Code> {
    let incidents = measure.incidents.iter().filter_map(|id| register.incident(*id));
    let kept = incidents.filter(|incident| incident.narrative.known().is_some());
    kept.flat_map(|incident| incident.facts.behaviours.iter().cloned()).collect()
}

fn band(measure: &Measure) -> Option<Band> {
    measure.assessment.plan.as_ref().map(|plan| plan.band)
}

/// Which way, when and on what a measure was decided, unless it is destroyed.
fn decided(measure: &Measure) -> Option<(Outcome, Moment, Asks)> {
    if let Some(decision) = measure.decision() {
        return Some((Outcome::Approve, decision.moment, decision.asks.clone()));
    }
    match &measure.life {
        Life::Ended { moment, reason: EndReason::Refused, .. } => {
            Some((Outcome::Refuse, *moment, Asks::of(measure.assessment.plan.as_ref())))
        }
        _ => None,
    }
}
