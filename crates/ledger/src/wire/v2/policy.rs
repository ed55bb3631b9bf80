//! A policy with its figures as a list, so that a figure more needs no new shape: one that a stored policy does not name is one
//! that nobody had set when it was adopted, and has its default.

use crate::wire::shape::{Shape, Words, Written, facts, object};
use crate::wire::v1::policy::Lists;
use jiff::civil::Date;
use register::policy::{self, Figure, Version};

facts! {
    /// No facts. Particulars: `council`, [`Council`](crate::wire::v1::policy::Council), and `policy`, [`Policy`].
    "register.opened", 2: RegisterOpened {}
}

facts! {
    /// Particulars: `policy`, [`Policy`](crate::wire::v3::policy::Policy) of version 3, and `reasons`, [`Words`].
    "policy.proposed", 2: PolicyProposed {
        change: u32,
        version: u32,
        effective: Written<Date>,
    }
}

object! {
    /// One adopted version of the policy, with every figure that was adopted, also those that had their default.
    Policy {
        version: u32,
        effective: Written<Date>,
        name: Words,
        figures: Vec<Setting>,
        lists: Lists,
    }
}

object! {
    /// A figure and its value, in the unit that the register gives it.
    Setting {
        figure: Written<Figure>,
        value: u32,
    }
}

impl Shape for Policy {
    type Domain = policy::Policy;

    fn store(policy: &policy::Policy) -> Self {
        let setting = |(figure, value)| Setting { figure: Written(figure), value };
        Self {
            version: policy.version.0,
            effective: Written(policy.effective),
            name: Words::store(&policy.name),
            figures: policy.adopted_figures().map(setting).collect(),
            lists: Lists::of(policy),
        }
    }

    fn restore(self) -> policy::Policy {
        let figures = self.figures.into_iter().map(|setting| (setting.figure.restore(), setting.value));
        policy::Policy::new(
            Version(self.version),
            self.effective.restore(),
            self.name.restore(),
            figures.collect(),
            self.lists.into_lists(),
        )
    }
}
