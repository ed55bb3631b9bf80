//! Totals: how much there is of what, counted once for every page, pack and report that shows a number.

use crate::measure::{InterimStage, Kind, Life};
use crate::notice::Notice;
use crate::review::Nearness;
use crate::state::Register;
use jiff::civil::Date;

/// How the register stands on a London date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Entries in force.
    pub entries: usize,
    /// Restrictions in force.
    pub restrictions: usize,
    /// Warnings in force.
    pub warnings: usize,
    /// Measures being assessed, or that wait for a decision or a letter.
    pub on_the_way: usize,
    /// Interim markers that are shown.
    pub interim: usize,
    /// Measures in force whose review is overdue.
    pub overdue: usize,
    /// Measures in force whose customer has not been told.
    pub untold: usize,
    /// Appeals that wait for a decision.
    pub appeals: usize,
    /// Entries that are proposed to come off.
    pub proposed_removals: usize,
    /// Reports that wait for triage.
    pub untriaged: usize,
}

impl Totals {
    /// Each number with what it is called, in the order pages and packs show them.
    #[must_use]
    pub fn named(&self) -> [(&'static str, usize); 10] {
        [
            ("Entries in force", self.entries),
            ("Restrictions in force", self.restrictions),
            ("Warnings in force", self.warnings),
            ("Being assessed, decided or written to", self.on_the_way),
            ("Interim markers shown", self.interim),
            ("Reviews overdue", self.overdue),
            ("Customers not told", self.untold),
            ("Appeals waiting", self.appeals),
            ("Removals proposed", self.proposed_removals),
            ("Reports waiting for triage", self.untriaged),
        ]
    }
}

/// Counts the register as it stands on `today`.
#[must_use]
pub fn totals(register: &Register, today: Date) -> Totals {
    let mut totals = Totals {
        untriaged: register.incidents().filter(|incident| incident.triage.is_none()).count(),
        ..Totals::default()
    };
    for measure in register.measures() {
        match &measure.life {
            Life::Proposed | Life::Assessed | Life::Decided { .. } => totals.on_the_way += 1,
            Life::InForce { notice, .. } => {
                match measure.kind {
                    Kind::Entry => totals.entries += 1,
                    Kind::Restriction => totals.restrictions += 1,
                    Kind::Warning => totals.warnings += 1,
                }
                totals.untold += usize::from(matches!(notice, Notice::Withheld(_)));
            }
            Life::Ended { .. } | Life::Destroyed(_) => {}
        }
        let shown = measure.interim.as_ref().is_some_and(
            |interim| matches!(interim.stage, InterimStage::Live { lapses_on, .. } if today <= lapses_on),
        );
        totals.interim += usize::from(shown && !measure.is_over());
        totals.overdue += usize::from(measure.review_nearness(register, today) == Some(Nearness::Overdue));
        totals.appeals += usize::from(measure.open_appeal().is_some());
        totals.proposed_removals += usize::from(measure.removal.is_some());
    }
    totals
}
