//! Notices: letters, and decisions not to tell for now.

use crate::wire::shape::{Written, facts, part};
use jiff::civil::Date;
use register::ids::MeasureId;
use register::notice::{self, Content, Delivery, Occasion};
use register::policy::Code;

facts! {
    /// Particulars: `letter`, [`Letter`].
    "letter.written", 1: LetterWritten {
        measure: Written<MeasureId>,
    }
}

part! {
    /// The whole text of a letter.
    Letter of notice::Letter {
        measure: Written<MeasureId>,
        title: String,
        addressee: Vec<String>,
        dated: Written<Date>,
        sections: Vec<Section>,
    }
}

part! {
    /// One content of a letter.
    Section of notice::Section {
        content: Written<Content>,
        paragraphs: Vec<String>,
    }
}

facts! {
    /// No particulars.
    "letter.approved", 1: LetterApproved {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// No particulars.
    "letter.sent", 1: LetterSent {
        measure: Written<MeasureId>,
        sent_on: Written<Date>,
        delivery: Written<Delivery>,
    }
}

facts! {
    /// Particulars: `evidence`, words.
    "withholding.asked", 1: WithholdingAsked {
        measure: Written<MeasureId>,
        ground: Written<Code>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "withholding.agreed", 1: NoticeWithheld {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "withholding.refused", 1: WithholdingRefused {
        measure: Written<MeasureId>,
    }
}

facts! {
    /// Particulars: `letter`, [`Letter`].
    "outcome-letter.written", 1: OutcomeLetterWritten {
        measure: Written<MeasureId>,
        occasion: Written<Occasion>,
    }
}

facts! {
    /// No particulars.
    "outcome-letter.approved", 1: OutcomeLetterApproved {
        measure: Written<MeasureId>,
        occasion: Written<Occasion>,
    }
}

facts! {
    /// No particulars.
    "outcome-letter.sent", 1: OutcomeLetterSent {
        measure: Written<MeasureId>,
        occasion: Written<Occasion>,
        sent_on: Written<Date>,
        delivery: Written<Delivery>,
    }
}
