//! Meetings of the Governance Group.

use crate::wire::shape::{Written, facts};
use jiff::civil::Date;
use register::ids::{AccountId, MeasureId, MeetingId};
use register::meeting::MeetingOutcome;

facts! {
    /// No particulars.
    "meeting.called", 1: MeetingCalled {
        meeting: Written<MeetingId>,
        held_on: Written<Date>,
        chair: Written<AccountId>,
    }
}

facts! {
    /// No particulars.
    "meeting.opened", 1: MeetingOpened {
        meeting: Written<MeetingId>,
        chair: Written<AccountId>,
        present: Vec<Written<AccountId>>,
    }
}

facts! {
    /// Particulars: `reasons`, words, in the locker of the measure.
    "meeting.decided", 1: MeetingDecided {
        meeting: Written<MeetingId>,
        measure: Written<MeasureId>,
        outcome: Written<MeetingOutcome>,
        aside: Vec<Written<AccountId>>,
    }
}

facts! {
    /// Particulars: `words`, words.
    "meeting.action-agreed", 1: ActionAgreed {
        meeting: Written<MeetingId>,
        who: Written<AccountId>,
        by: Written<Date>,
    }
}

facts! {
    /// No particulars. `action` counts the actions of the meeting from nought.
    "meeting.action-done", 1: ActionDone {
        meeting: Written<MeetingId>,
        action: u32,
    }
}

facts! {
    /// Particulars: `minutes`, words.
    "meeting.closed", 1: MeetingClosed {
        meeting: Written<MeetingId>,
    }
}
