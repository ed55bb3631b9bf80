//! Measures: their life from proposal to end, interim markers, decisions, reviews and holds.

use super::assessment::Plan;
use crate::wire::shape::{Nullable, Sealed, Written, facts};
use jiff::civil::Date;
use register::ids::{AccountId, IncidentId, MeasureId, SubjectId, TeamId};
use register::measure::{EndReason, Kind};
use register::review::Advice;

facts! {
    /// No particulars.
    "measure.proposed", 1: MeasureProposed {
        measure: Written<MeasureId>,
        kind: Written<Kind>,
        subject: Written<SubjectId>,
        sponsor: Written<AccountId>,
        incidents: Vec<Written<IncidentId>>,
    }
}

facts! {
    /// No particulars.
    "measure.incident-joined", 1: IncidentJoined {
        measure: Written<MeasureId>,
        incident: Written<IncidentId>,
    }
}

facts! {
    /// Particulars: `plan_words`, [`PlanWords`](super::assessment::PlanWords), and `grounds`, words.
    "interim.asked", 1: InterimAsked {
        measure: Written<MeasureId>,
        incident: Written<IncidentId>,
        plan: Plan,
    }
}

facts! {
    /// No particulars.
    "interim.agreed", 1: InterimAgreed {
        measure: Written<MeasureId>,
        lapses_on: Written<Date>,
    }
}

facts! {
    /// No particulars.
    "interim.ended", 1: InterimEnded {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// `policy` is the version decided under. Particulars: `reasons`, words.
    "measure.approved", 1: MeasureApproved {
        measure: Written<MeasureId>,
        policy: u32,
        review_on: Written<Date>,
    }
}

facts! {
    /// `policy` is the version decided under. Particulars: `reasons`, words.
    "measure.refused", 1: MeasureRefused {
        measure: Written<MeasureId>,
        policy: u32,
    }
}

facts! {
    /// Particulars: `reasons`, words; where the facts say so `still_withheld`, words.
    "measure.retained", 1: MeasureRetained {
        measure: Written<MeasureId>,
        next_on: Written<Date>,
        still_withheld: Nullable<Written<Sealed>>,
    }
}

facts! {
    /// Particulars: `answers`, a list of words in the order of the questions.
    "review.answered", 1: ReviewAnswered {
        measure: Written<MeasureId>,
        advice: Written<Advice>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "removal.proposed", 1: RemovalProposed {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "removal.asked", 1: RemovalAsked {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// Particulars: `plan_words`, [`PlanWords`](super::assessment::PlanWords), and `reasons`, words.
    "measure.varied", 1: MeasureVaried {
        measure: Written<MeasureId>,
        plan: Plan,
        review_on: Written<Date>,
    }
}

facts! {
    /// No particulars.
    "measure.sponsor-changed", 1: SponsorChanged {
        measure: Written<MeasureId>,
        sponsor: Written<AccountId>,
    }
}

facts! {
    /// No particulars.
    "withdrawal.confirmed", 1: WithdrawalConfirmed {
        measure: Written<MeasureId>,
        team: Written<TeamId>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "measure.ended", 1: MeasureEnded {
        measure: Written<MeasureId>,
        reason: Written<EndReason>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "hold.placed", 1: HoldPlaced {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "hold.lifted", 1: HoldsLifted {
        measure: Written<MeasureId>,
    }
}
