//! Lists that services kept, what they brought, and each team's word that it keeps none.

use super::retention::Locker;
use crate::wire::shape::{Words, Written, facts, part};
use crate::wire::v2::assessment::Plan;
use jiff::civil::Date;
use register::ids::{AccountId, ImportId, MeasureId, SubjectId, TeamId};
use register::import::{self, Fingerprint, SubjectFile};

facts! {
    /// Particulars: `words`, [`ListWords`].
    "import.proposed", 1: ImportProposed {
        import: Written<ImportId>,
        team: Written<TeamId>,
        sponsor: Written<AccountId>,
        entries: u32,
        fingerprint: Written<Fingerprint>,
    }
}

part! {
    /// What a list was and where it was kept.
    ListWords of import::ListWords {
        name: Words,
        kept: Words,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "import.refused", 1: ImportRefused {
        import: Written<ImportId>,
    }
}

facts! {
    /// Particulars: `plan_words`, [`PlanWords`](crate::wire::v2::assessment::PlanWords), and `said`, words.
    "entry.imported", 1: EntryImported {
        measure: Written<MeasureId>,
        subject: Written<SubjectId>,
        import: Written<ImportId>,
        row: u32,
        file: Written<SubjectFile>,
        sponsor: Written<AccountId>,
        plan: Plan,
        lapses_on: Written<Date>,
    }
}

facts! {
    /// No particulars.
    "import.approved", 1: ImportApproved {
        import: Written<ImportId>,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "import.undone", 1: ImportUndone {
        import: Written<ImportId>,
        lockers: Vec<Locker>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "old-list.destroyed", 1: OldListDestroyed {
        import: Written<ImportId>,
        on: Written<Date>,
    }
}

facts! {
    /// No particulars.
    "no-list.declared", 1: NoListDeclared {
        team: Written<TeamId>,
    }
}
