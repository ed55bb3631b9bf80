//! The policy with its figures by name, so that the register can gain one without another shape.
//!
//! Every figure that the release knew which wrote it is there. One that came later is not, and means the default that it came with:
//! so a figure may not change its default once a release that has it is in use.

use crate::wire::shape::{Shape, Words, Written, facts, object};
use crate::wire::v1::policy::Lists;
use jiff::civil::Date;
use register::policy::{self, Figure, Version};

facts! {
    /// No facts. Particulars: `council`, [`Council`](crate::wire::v1::policy::Council), and `policy`, [`Policy`].
    "register.opened", 2: RegisterOpened {}
}

object! {
    /// One version of the policy, proposed or adopted.
    Policy {
        version: u32,
        effective: Written<Date>,
        name: Words,
        figures: Vec<FigureIs>,
        lists: Lists,
    }
}

object! {
    /// A figure, in the unit that the register gives it.
    FigureIs {
        figure: Written<Figure>,
        value: u32,
    }
}

impl Shape for Policy {
    type Domain = policy::Policy;

    fn store(policy: &policy::Policy) -> Self {
        let figures = Figure::ALL
            .iter()
            .map(|figure| FigureIs { figure: Written(*figure), value: policy.figure(*figure) });
        Self {
            version: policy.version.0,
            effective: Written(policy.effective),
            name: Words::store(&policy.name),
            figures: figures.collect(),
            lists: Lists::of(policy),
        }
    }

    fn restore(self) -> policy::Policy {
        // The register keeps the figures that differ from its defaults.
        let own = self
            .figures
            .into_iter()
            .map(|stored| (stored.figure.restore(), stored.value))
            .filter(|(figure, value)| *value != figure.default_value());
        policy::Policy::new(
            Version(self.version),
            self.effective.restore(),
            self.name.restore(),
            own.collect(),
            self.lists.into_terms(),
        )
    }
}
