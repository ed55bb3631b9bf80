//! The council's own risks of running the register.

use crate::wire::shape::{Nullable, Words, Written, facts, part, part_of_facts};
use jiff::civil::Date;
use register::ids::RiskId;
use register::risk::{self, Control, Impact, Likelihood, Sign};

part_of_facts! {
    /// How a risk is judged; no `deadline` where what is done is ongoing.
    Rating of risk::Rating {
        impact: Written<Impact>,
        likelihood: Written<Likelihood>,
        control: Written<Control>,
        deadline: Nullable<Written<Date>>,
    }
}

facts! {
    /// Particulars: `words`, [`RiskWords`], and `answer`, [`Answer`].
    "risk.raised", 1: RiskRaised {
        risk: Written<RiskId>,
        sign: Nullable<Written<Sign>>,
        rating: Rating,
    }
}

facts! {
    /// Particulars: `answer`, [`Answer`].
    "risk.assessed", 1: RiskAssessed {
        risk: Written<RiskId>,
        rating: Rating,
    }
}

facts! {
    /// Particulars: `words`, [`Words`].
    "risk.transferred", 1: RiskTransferred {
        risk: Written<RiskId>,
        on: Written<Date>,
    }
}

facts! {
    /// Particulars: `reasons`, [`Words`].
    "risk.closed", 1: RiskClosed {
        risk: Written<RiskId>,
    }
}

part! {
    /// What a risk is and whose.
    RiskWords of risk::RiskWords {
        what: Words,
        owner: Words,
    }
}

part! {
    /// Why a risk is judged as it is, what is done, and by whom.
    Answer of risk::Answer {
        reasons: Words,
        action: Nullable<Words>,
        officer: Words,
    }
}
