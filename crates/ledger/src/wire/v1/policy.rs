//! The council and its policy.
//!
//! A policy is stored whole, with every figure, also those that have their default: a default that a later release changes must
//! not change what an adopted policy said. This shape names the figures of its time; the newest keeps them as a list.

use crate::wire::shape::{Shape, Words, Written, facts, object, part};
use jiff::civil::Date;
use register::policy::{self, Code, Consulted, Figure, List, Version};
use std::collections::BTreeMap;

facts! {
    /// No facts. Particulars: `council`, [`Council`], and `policy`, [`Policy`].
    "register.opened", 1: RegisterOpened {}
}

facts! {
    /// Particulars: `policy`, [`Policy`](crate::wire::v2::policy::Policy) of version 2, and `reasons`, [`Words`].
    "policy.proposed", 1: PolicyProposed {
        change: u32,
        version: u32,
        effective: Written<Date>,
    }
}

facts! {
    /// Particulars: `words`, [`Words`].
    "policy.consulted", 1: PolicyConsulted {
        change: u32,
        consulted: Written<Consulted>,
        held_on: Written<Date>,
    }
}

facts! {
    /// Particulars: `reasons`, [`Words`].
    "policy.endorsed", 1: PolicyEndorsed {
        change: u32,
    }
}

facts! {
    /// Particulars: `reasons`, [`Words`].
    "policy.rejected", 1: PolicyRejected {
        change: u32,
    }
}

facts! {
    /// Particulars: `reasons`, [`Words`].
    "policy.withdrawn", 1: PolicyWithdrawn {
        change: u32,
    }
}

facts! {
    /// No particulars.
    "policy.adopted", 1: PolicyAdopted {
        change: u32,
    }
}

facts! {
    /// No facts. Particulars: `words`, [`Words`].
    "policy.reviewed", 1: PolicyReviewed {}
}

part! {
    /// Who keeps the register.
    Council of policy::Council {
        name: Words,
        register_name: Words,
        address: Vec<Words>,
        duty_desk: Desk,
        appeals_desk: Desk,
        data_protection_desk: Desk,
    }
}

part! {
    /// Whom people ring or write to.
    Desk of policy::Desk {
        name: Words,
        phone: Words,
        email: Words,
    }
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

object! {
    /// The lists of codes.
    Lists {
        behaviours: Vec<Term>,
        precautions: Vec<Term>,
        restrictions: Vec<Term>,
        withholding_grounds: Vec<Term>,
    }
}

part! {
    /// A code and what it means.
    Term of policy::Term {
        code: Written<Code>,
        words: String,
    }
}

macro_rules! figures {
    ($($field:ident is $figure:ident,)*) => {
        object! {
            /// The figures of the first release, each in the unit that the register gives it: months, working days, days or years.
            Figures { $($field: u32,)* }
        }

        /// Each figure with its value.
        fn figures_of(figures: &Figures) -> impl Iterator<Item = (Figure, u32)> {
            [$((Figure::$figure, figures.$field),)*].into_iter()
        }

        impl Figures {
            fn store(policy: &policy::Policy) -> Self {
                Self { $($field: policy.figure(Figure::$figure),)* }
            }
        }
    };
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
    retain_incident is RetainIncident,
    draft_life is DraftLife,
}

fn terms(policy: &policy::Policy, list: List) -> Vec<Term> {
    policy.terms(list).iter().map(Term::store).collect()
}

impl Lists {
    /// The lists of a policy.
    pub(in crate::wire) fn of(policy: &policy::Policy) -> Self {
        Self {
            behaviours: terms(policy, List::Behaviour),
            precautions: terms(policy, List::Precaution),
            restrictions: terms(policy, List::Restriction),
            withholding_grounds: terms(policy, List::WithholdingGround),
        }
    }

    /// As a policy holds them.
    pub(in crate::wire) fn into_lists(self) -> BTreeMap<List, Vec<policy::Term>> {
        BTreeMap::from([
            (List::Behaviour, self.behaviours.restore()),
            (List::Precaution, self.precautions.restore()),
            (List::Restriction, self.restrictions.restore()),
            (List::WithholdingGround, self.withholding_grounds.restore()),
        ])
    }
}

impl Shape for Policy {
    type Domain = policy::Policy;

    fn store(policy: &policy::Policy) -> Self {
        Self {
            version: policy.version.0,
            effective: Written(policy.effective),
            name: Words::store(&policy.name),
            figures: Figures::store(policy),
            lists: Lists::of(policy),
        }
    }

    fn restore(self) -> policy::Policy {
        policy::Policy::new(
            Version(self.version),
            self.effective.restore(),
            self.name.restore(),
            figures_of(&self.figures).collect(),
            self.lists.into_lists(),
        )
    }
}
