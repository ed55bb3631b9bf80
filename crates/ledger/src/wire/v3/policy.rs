//! A policy with the clauses of its letters beside its figures and lists; one that a stored policy does not name is one that
//! nobody had worded when it was adopted, and has its default.

use crate::wire::shape::{Shape, Words, Written, facts, object};
use crate::wire::v2;
use register::policy::{self, Clause};

facts! {
    /// No facts. Particulars: `council`, [`Council`](crate::wire::v1::policy::Council), and `policy`, [`Policy`].
    "register.opened", 3: RegisterOpened {}
}

object! {
    /// One adopted version of the policy.
    Policy {
        rules: v2::policy::Policy,
        clauses: Vec<Worded>,
    }
}

object! {
    /// A clause and how the council words it.
    Worded {
        clause: Written<Clause>,
        words: Words,
    }
}

impl Shape for Policy {
    type Domain = policy::Policy;

    fn store(policy: &policy::Policy) -> Self {
        let clauses = policy.adopted_clauses().iter();
        Self {
            rules: v2::policy::Policy::store(policy),
            clauses: clauses
                .map(|(clause, words)| Worded { clause: Written(*clause), words: Words::store(words) })
                .collect(),
        }
    }

    fn restore(self) -> policy::Policy {
        let clauses =
            self.clauses.into_iter().map(|worded| (worded.clause.restore(), worded.words.restore()));
        self.rules.restore().with_clauses(clauses.collect())
    }
}
