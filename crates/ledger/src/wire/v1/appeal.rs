//! Appeals, and the complaints to an ombudsman that follow them.

use crate::wire::shape::{Factual, Nullable, Sealed, Shape, Words, Written, facts, factual, object, part};
use jiff::civil::Date;
use register::appeal::{self, AppealOutcome, Appellant, Ground, Way};
use register::ids::{AccountId, MeasureId};
use register::ombudsman::{ComplaintOutcome, Ombudsman};

facts! {
    /// Particulars: `code`, words.
    "appeal.opened", 1: AppealOpened {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// Particulars: `words`, [`AppealWords`].
    "appeal.lodged", 1: AppealLodged {
        measure: Written<MeasureId>,
        lodged: Lodged,
    }
}

object! {
    /// What was lodged; the grounds in the order of their list.
    Lodged {
        received_on: Written<Date>,
        way: Written<Way>,
        appellant: Written<Appellant>,
        grounds: Vec<Written<Ground>>,
    }
}
factual!(Written<Date> Written<Way> Written<Appellant> Vec<Written<Ground>>);
impl Factual for Lodged {}

impl Shape for Lodged {
    type Domain = appeal::Lodged;
    fn store(domain: &appeal::Lodged) -> Self {
        let appeal::Lodged { received_on, way, appellant, grounds } = domain;
        Self {
            received_on: Written(*received_on),
            way: Written(*way),
            appellant: Written(*appellant),
            grounds: grounds.iter().copied().map(Written).collect(),
        }
    }
    fn restore(self) -> appeal::Lodged {
        appeal::Lodged {
            received_on: self.received_on.restore(),
            way: self.way.restore(),
            appellant: self.appellant.restore(),
            grounds: self.grounds.restore().into_iter().collect(),
        }
    }
}

part! {
    /// What the appellant said.
    AppealWords of appeal::AppealWords {
        case: Words,
        why_late: Nullable<Words>,
        representative: Nullable<Words>,
    }
}

facts! {
    /// No particulars.
    "appeal.assigned", 1: AppealAssigned {
        measure: Written<MeasureId>,
        officer: Written<AccountId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "appeal.decided", 1: AppealDecided {
        measure: Written<MeasureId>,
        outcome: Written<AppealOutcome>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "appeal.withdrawn", 1: AppealWithdrawn {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// Particulars: `reference`, words.
    "complaint.recorded", 1: ComplaintRecorded {
        measure: Written<MeasureId>,
        ombudsman: Written<Ombudsman>,
        taken_up_on: Written<Date>,
    }
}

facts! {
    /// Particulars: `found`, words; where the facts say so `asks`, words.
    "complaint.ended", 1: ComplaintEnded {
        measure: Written<MeasureId>,
        outcome: Written<ComplaintOutcome>,
        ended_on: Written<Date>,
        asks: Nullable<Written<Sealed>>,
    }
}
