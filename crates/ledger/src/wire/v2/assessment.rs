//! Plans that say what their restrictions come to.

use crate::wire::shape::{Factual, Nullable, Shape, Words, Written, facts, factual, object, part};
use register::assessment::{self, Band};
use register::contact::{self, Every, Means, Place, Replies};
use register::ids::{MeasureId, TeamId};
use register::personal::Particulars;
use register::policy::Code;

facts! {
    /// Particulars: `plan_words`, [`PlanWords`].
    "assessment.plan-set", 2: PlanSet {
        measure: Written<MeasureId>,
        plan: Plan,
    }
}

object! {
    /// A plan without its words.
    Plan {
        band: Written<Band>,
        precautions: Vec<Written<Code>>,
        restrictions: Vec<Written<Code>>,
        audience: Vec<Written<TeamId>>,
        limits: Limits,
    }
}
factual!(Written<Band> Vec<Written<Code>> Vec<Written<TeamId>> Limits);
impl Factual for Plan {}

impl Plan {
    pub(in crate::wire) fn store(plan: &assessment::Plan) -> Self {
        let assessment::Plan { band, precautions, restrictions, audience, limits, words: _ } = plan;
        Self {
            band: Written(*band),
            precautions: Shape::store(precautions),
            restrictions: Shape::store(restrictions),
            audience: Shape::store(audience),
            limits: Shape::store(limits),
        }
    }

    pub(in crate::wire) fn restore(self, words: Particulars<assessment::PlanWords>) -> assessment::Plan {
        assessment::Plan {
            band: self.band.restore(),
            precautions: self.precautions.restore(),
            restrictions: self.restrictions.restore(),
            audience: self.audience.restore(),
            limits: self.limits.restore(),
            words,
        }
    }
}

object! {
    /// What restrictions come to; each list in the order of its choices.
    Limits {
        means: Vec<Written<Means>>,
        most: Nullable<Most>,
        replies: Written<Replies>,
        places: Vec<Written<Place>>,
    }
}
factual!(Vec<Written<Means>> Nullable<Most> Written<Replies> Vec<Written<Place>>);
impl Factual for Limits {}

impl Shape for Limits {
    type Domain = contact::Limits;

    fn store(limits: &contact::Limits) -> Self {
        let contact::Limits { means, most, replies, places } = limits;
        Self {
            means: means.iter().copied().map(Written).collect(),
            most: Shape::store(most),
            replies: Written(*replies),
            places: places.iter().copied().map(Written).collect(),
        }
    }

    fn restore(self) -> contact::Limits {
        contact::Limits {
            means: self.means.restore().into_iter().collect(),
            most: self.most.restore(),
            replies: self.replies.restore(),
            places: self.places.restore().into_iter().collect(),
        }
    }
}

part! {
    /// How often somebody may be in touch.
    Most of contact::Most {
        contacts: u32,
        every: Written<Every>,
    }
}
factual!(u32 Written<Every>);
impl Factual for Most {}

part! {
    /// The words of a plan; `audience_reasons` in the order of the audience.
    PlanWords of assessment::PlanWords {
        band_reasons: Words,
        summary: Words,
        audience_reasons: Vec<Words>,
        service_route: Words,
        point_of_contact: Nullable<Words>,
        times: Nullable<Words>,
        ring_name: Words,
        ring_phone: Words,
    }
}
