//! What holds a plan, with what its restrictions come to.

use super::assessment::Plan;
use crate::wire::shape::{Written, facts};
use jiff::civil::Date;
use register::ids::{IncidentId, MeasureId};

facts! {
    /// Particulars: `plan_words`, [`PlanWords`](super::assessment::PlanWords), and `grounds`, words.
    "interim.asked", 2: InterimAsked {
        measure: Written<MeasureId>,
        incident: Written<IncidentId>,
        plan: Plan,
    }
}

facts! {
    /// Particulars: `plan_words`, [`PlanWords`](super::assessment::PlanWords), and `reasons`, words.
    "measure.varied", 2: MeasureVaried {
        measure: Written<MeasureId>,
        plan: Plan,
        review_on: Written<Date>,
    }
}
