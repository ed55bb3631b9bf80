//! The policy with the time for which decision files are kept, sealed.

use crate::wire::shape::{Shape, Words, Written, facts, object};
use crate::wire::v1::policy::{Lists, figures};
use jiff::civil::Date;
use register::policy::{self, Figure, Version};

facts! {
    /// No facts. Particulars: `council`, [`Council`](crate::wire::v1::policy::Council), and `policy`, [`Policy`].
    "register.opened", 2: RegisterOpened {}
}

object! {
    /// One adopted version of the policy.
    Policy {
        version: u32,
        effective: Written<Date>,
        name: Words,
        figures: Figures,
        lists: Lists,
    }
}

figures! {
    review_interval is ReviewInterval,
    red_review_interval is RedReviewInterval,
    review_notice is ReviewNotice,
    interim_life is InterimLife,
    triage is Triage,
    assess is Assess,
    decide is Decide,
    notify is Notify,
    appeal_lodge is AppealLodge,
    appeal_decide is AppealDecide,
    warning_watch is WarningWatch,
    age_threshold is AgeThreshold,
    retain_measure is RetainMeasure,
    sealed_decision_file is SealedDecisionFile,
    retain_incident is RetainIncident,
    draft_life is DraftLife,
}

// A figure that the register gains needs a new version of this shape.
const _: () = assert!(Figures::NUMBER == Figure::ALL.len());

impl Shape for Policy {
    type Domain = policy::Policy;

    fn store(policy: &policy::Policy) -> Self {
        Self {
            version: policy.version.0,
            effective: Written(policy.effective),
            name: Words::store(&policy.name),
            figures: Figures::of(policy),
            lists: Lists::store(policy),
        }
    }

    fn restore(self) -> policy::Policy {
        policy::Policy::new(
            Version(self.version),
            self.effective.restore(),
            self.name.restore(),
            self.figures.own(),
            self.lists.restore(),
        )
    }
}
