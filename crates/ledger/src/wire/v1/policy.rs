//! The council, and its policy as the first release stored it: read, and no longer written.
//!
//! A policy is stored whole, with every figure, also those that have their default: a default that a later release changes must
//! not change what an adopted policy said. Figures that came later were off.

use crate::wire::shape::{Shape, Words, Written, facts, object, part};
use jiff::civil::Date;
use register::policy::{self, Code, List, Version};
use std::collections::BTreeMap;

facts! {
    /// No facts. Particulars: `council`, [`Council`], and `policy`, [`Policy`].
    "register.opened", 1: RegisterOpened {}
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

impl Lists {
    /// Every list of a policy.
    pub(in crate::wire) fn store(policy: &policy::Policy) -> Self {
        Self {
            behaviours: terms(policy, List::Behaviour),
            precautions: terms(policy, List::Precaution),
            restrictions: terms(policy, List::Restriction),
            withholding_grounds: terms(policy, List::WithholdingGround),
        }
    }

    /// As the register knows them.
    pub(in crate::wire) fn restore(self) -> BTreeMap<List, Vec<policy::Term>> {
        let lists = [
            (List::Behaviour, self.behaviours.restore()),
            (List::Precaution, self.precautions.restore()),
            (List::Restriction, self.restrictions.restore()),
            (List::WithholdingGround, self.withholding_grounds.restore()),
        ];
        lists.into_iter().collect()
    }
}

part! {
    /// A code and what it means.
    Term of policy::Term {
        code: Written<Code>,
        words: String,
    }
}

/// The figures of a policy as a stored object, each in the unit that the register gives it: months, working days, days or years.
macro_rules! figures {
    ($($field:ident is $figure:ident,)*) => {
        $crate::wire::shape::object! {
            /// Every figure, each in the unit that the register gives it: months, working days, days or years.
            Figures { $($field: u32,)* }
        }

        impl Figures {
            /// How many there are.
            const NUMBER: usize = [$(::register::policy::Figure::$figure,)*].len();

            /// Every figure of a policy.
            fn of(policy: &::register::policy::Policy) -> Self {
                Self { $($field: policy.figure(::register::policy::Figure::$figure),)* }
            }

            /// Each figure with its value, where it differs from the register's default.
            fn own(&self) -> ::std::collections::BTreeMap<::register::policy::Figure, u32> {
                let all = [$((::register::policy::Figure::$figure, self.$field),)*];
                // The register keeps the figures that differ from its defaults.
                all.into_iter().filter(|(figure, value)| *value != figure.default_value()).collect()
            }
        }
    };
}
pub(in crate::wire) use figures;

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

// A figure may come later; none of these is ever taken away.
const _: () = assert!(Figures::NUMBER <= policy::Figure::ALL.len());

fn terms(policy: &policy::Policy, list: List) -> Vec<Term> {
    policy.terms(list).iter().map(Term::store).collect()
}

impl Shape for Policy {
    type Domain = policy::Policy;

    /// Only to read back what is written: the newest version is what is stored.
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
