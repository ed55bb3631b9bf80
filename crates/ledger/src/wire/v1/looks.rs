//! Looks that stand out: what a reader is asked about them, what they say, and what comes of it.

use crate::wire::shape::{Written, facts};
use register::ids::AccountId;
use register::looks::LooksFinding;

facts! {
    /// Particulars: `words`, words.
    "looks.questioned", 1: LooksQuestioned {
        reader: Written<AccountId>,
        looks: Vec<u64>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "looks.explained", 1: LooksExplained {
        question: u32,
    }
}

facts! {
    /// Particulars: `words`, words.
    "looks.reviewed", 1: LooksReviewed {
        reader: Written<AccountId>,
        looks: Vec<u64>,
        finding: Written<LooksFinding>,
    }
}
