//! Review: the dated reconsideration of a live measure. It goes unless somebody gives positive reasons to keep it.

use crate::choice::choices;
use crate::command::ReviewMeasure;
use crate::decision::check_review_date;
use crate::event::Event;
use crate::measure::{EndReason, Life, Measure};
use crate::moment::Moment;
use crate::notice::Notice;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::Figure;
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// What a review may come to. Varying a measure is a decision of its own.
    ReviewOutcome {
        /// Kept, for positive reasons.
        Retain = "retain", "Keep";
        /// Taken off.
        Remove = "remove", "Remove";
    }
}

choices! {
    /// How near the next review of a measure in force is.
    Nearness {
        /// Nobody has to think of it yet.
        Ahead = "ahead", "In force, review ahead";
        /// It is work that waits.
        Soon = "soon", "Review due soon";
        /// It has not been done in time: shown as overdue wherever the measure is shown.
        Overdue = "overdue", "Review overdue";
    }
}

impl Measure {
    /// How near its next review is on `today`; `None` unless it is in force.
    #[must_use]
    pub fn review_nearness(&self, register: &Register, today: Date) -> Option<Nearness> {
        let due = self.review_due(register)?;
        Some(if today > due {
            Nearness::Overdue
        } else if register.policy().after(today, Figure::ReviewNotice) >= due {
            Nearness::Soon
        } else {
            Nearness::Ahead
        })
    }
}

/// A review that kept the measure.
#[derive(Debug, Clone)]
pub struct Review {
    /// When and by whom.
    pub moment: Moment,
    /// The next one is due by this date.
    pub next_on: Date,
    /// Why it is still justified.
    pub reasons: Particulars<Text>,
    /// Where the customer has not been told: why not telling was still right.
    pub still_withheld: Option<Particulars<Text>>,
}

pub(crate) fn review(
    register: &Register,
    command: &ReviewMeasure,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    let Life::InForce { notice, .. } = &measure.life else {
        return Err(Refusal::WrongStage(measure.stage()));
    };
    measure.not_reported_by(register, moment)?;
    let reasons = Particulars::new(Locker::Measure(command.measure), command.reasons.clone());
    match command.outcome {
        ReviewOutcome::Remove => Ok(vec![Event::MeasureEnded {
            measure: command.measure,
            reason: EndReason::NotJustified,
            words: reasons,
        }]),
        ReviewOutcome::Retain => {
            // A customer who was not told is not left untold by habit: why is decided afresh each time.
            if matches!(notice, Notice::Withheld(_)) && command.still_withheld.is_none() {
                return Err(Refusal::WithholdingNotReconsidered);
            }
            let next_on = command.next_on.ok_or(Refusal::ReviewDate {
                latest: crate::decision::latest_review(register.policy(), measure, moment.date()),
            })?;
            check_review_date(register, measure, next_on, moment)?;
            Ok(vec![Event::MeasureRetained {
                measure: command.measure,
                next_on,
                reasons,
                still_withheld: command
                    .still_withheld
                    .clone()
                    .map(|words| Particulars::new(Locker::Measure(command.measure), words)),
            }])
        }
    }
}
