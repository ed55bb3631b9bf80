//! What customers whose contact is limited send or say, what subjects say is wrong, and what lawyers advise.

use crate::wire::shape::{Nullable, Words, Written, facts, part};
use jiff::civil::Date;
use register::contact::{Matter, Means, Treatment};
use register::dispute::DisputeOutcome;
use register::ids::{MeasureId, TeamId};
use register::legal;

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

facts! {
    /// Particulars: `words`, [`LegalWords`].
    "legal-advice.kept", 1: LegalAdviceKept {
        measure: Written<MeasureId>,
        asked_on: Written<Date>,
    }
}

part! {
    /// What a lawyer advised.
    LegalWords of legal::LegalWords {
        asked_by: Words,
        given_by: Words,
        advice: Words,
    }
}
