//! Assessments: answers, plans, the proportionality record.

use crate::wire::shape::{Factual, Shape, Words, Written, facts, factual, object, part};
use register::assessment::{self, Band, Finding, Recommendation, Test};
use register::ids::{MeasureId, TeamId};
use register::personal::Particulars;
use register::policy::Code;

facts! {
    /// Particulars: `reasons`, [`Words`].
    "assessment.test-answered", 1: TestAnswered {
        measure: Written<MeasureId>,
        test: Written<Test>,
        finding: Written<Finding>,
    }
}

facts! {
    /// Particulars: `plan_words`, [`PlanWords`].
    "assessment.plan-set", 1: PlanSet {
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
    }
}
factual!(Written<Band> Vec<Written<Code>> Vec<Written<TeamId>>);
impl Factual for Plan {}

impl Plan {
    pub(in crate::wire) fn store(plan: &assessment::Plan) -> Self {
        let assessment::Plan { band, precautions, restrictions, audience, words: _ } = plan;
        Self {
            band: Written(*band),
            precautions: Shape::store(precautions),
            restrictions: Shape::store(restrictions),
            audience: Shape::store(audience),
        }
    }

    pub(in crate::wire) fn restore(self, words: Particulars<assessment::PlanWords>) -> assessment::Plan {
        assessment::Plan {
            band: self.band.restore(),
            precautions: self.precautions.restore(),
            restrictions: self.restrictions.restore(),
            audience: self.audience.restore(),
            words,
        }
    }
}

part! {
    /// The words of a plan; `audience_reasons` in the order of the audience.
    PlanWords of assessment::PlanWords {
        band_reasons: Words,
        summary: Words,
        audience_reasons: Vec<Words>,
        service_route: Words,
        ring_name: Words,
        ring_phone: Words,
    }
}

facts! {
    /// Particulars: `record`, [`Proportionality`].
    "assessment.proportionality-weighed", 1: ProportionalityWeighed {
        measure: Written<MeasureId>,
    }
}

part! {
    /// The proportionality record.
    Proportionality of assessment::Proportionality {
        aim: Words,
        necessity: Words,
        alternatives: Words,
        effect: Words,
        safeguards: Words,
    }
}

facts! {
    /// Particulars: `reasons`, [`Words`].
    "assessment.under-age-answered", 1: UnderAgeAnswered {
        measure: Written<MeasureId>,
        finding: Written<Finding>,
    }
}

facts! {
    /// No particulars.
    "assessment.completed", 1: AssessmentCompleted {
        measure: Written<MeasureId>,
        recommendation: Written<Recommendation>,
    }
}
