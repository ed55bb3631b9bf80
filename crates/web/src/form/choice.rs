//! Closed lists of answers: radios, checkboxes and selects read and show them by key and label.

use register::appeal::{AppealOutcome, Appellant, Ground as AppealGround, Way};
use register::assessment::{Band, Finding, Recommendation, Test};
use register::contact::{Every, Matter, Means, Place, Replies, Treatment};
use register::decision::Outcome;
use register::dispute::DisputeOutcome;
use register::exclusion::Closeness;
use register::glass::{Emergency, GlassFinding};
use register::incident::{Channel, Danger, Identity, Injury, Police, Protection};
use register::involved::Involvement;
use register::looks::LooksFinding;
use register::measure::{EndReason, Kind, Stage};
use register::meeting::MeetingOutcome;
use register::notice::{Delivery, Occasion};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::partner::{Properties, Relationship, Shared};
use register::people::Role;
use register::policy::Consulted;
use register::retention::Ground;
use register::review::{Advice, ReviewOutcome};
use register::risk::{Control, Impact, Likelihood, Sign};
use register::subject::{AgeBand, NameKind};
use register::view::Purpose;

/// A closed list of answers. Pages may make their own; the register's are all here.
pub trait Choice: Copy + Ord + 'static {
    /// Every answer, in the order pages offer them.
    const ALL: &'static [Self];
    /// What forms send.
    fn key(self) -> &'static str;
    /// What pages say.
    fn label(self) -> &'static str;

    /// The answer with this key.
    #[must_use]
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.key() == key)
    }
}

macro_rules! choices_of_the_register {
    ($($name:ty),* $(,)?) => {
        $(impl Choice for $name {
            const ALL: &'static [Self] = <$name>::ALL;
            fn key(self) -> &'static str { <$name>::key(self) }
            fn label(self) -> &'static str { <$name>::label(self) }
        })*
    };
}

choices_of_the_register! {
    Advice, AgeBand, AppealGround, AppealOutcome, Appellant, Band, Channel, Closeness, ComplaintOutcome, Consulted, Control, Danger, Delivery, DisputeOutcome, EndReason, Emergency, Every, Finding, GlassFinding, LooksFinding,
    Ground, Identity, Impact, Injury, Involvement, Kind, Likelihood, Matter, Means, MeetingOutcome, NameKind, Occasion, Ombudsman, Outcome, Place, Police, Properties, Protection, Purpose,
    Relationship, Shared,
    Recommendation, Replies, ReviewOutcome, Role, Sign, Stage, Test, Treatment, Way,
}

/// Declares a closed list of a page's own answers: each with what forms send and what pages say.
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* $visible:vis $name:ident { $($(#[$item_doc:meta])* $item:ident = $key:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        $visible enum $name { $($(#[$item_doc])* $item,)* }

        impl $crate::form::Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$item,)*];
            fn key(self) -> &'static str { match self { $(Self::$item => $key,)* } }
            fn label(self) -> &'static str { match self { $(Self::$item => $label,)* } }
        }
    };
}
