//! What customers whose contact is limited send or say, and what subjects say is wrong.

use crate::wire::shape::{Nullable, Written, facts};
use jiff::civil::Date;
use register::contact::{Matter, Means, Treatment};
use register::dispute::DisputeOutcome;
use register::ids::{MeasureId, TeamId};

facts! {
    /// Particulars: `words`, words.
    "contact.logged", 1: ContactLogged {
        measure: Written<MeasureId>,
        received_on: Written<Date>,
        means: Written<Means>,
        matter: Written<Matter>,
        treatment: Written<Treatment>,
        passed_to: Nullable<Written<TeamId>>,
    }
}

facts! {
    /// `contact` is counted from nought. Particulars: `words`, words.
    "contact.answered", 1: ContactAnswered {
        measure: Written<MeasureId>,
        contact: u32,
    }
}

facts! {
    /// Particulars: `words`, words.
    "dispute.recorded", 1: DisputeRecorded {
        measure: Written<MeasureId>,
        received_on: Written<Date>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "dispute.answered", 1: DisputeAnswered {
        measure: Written<MeasureId>,
        outcome: Written<DisputeOutcome>,
    }
}
