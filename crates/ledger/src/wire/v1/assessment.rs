//! Assessments: answers, plans, the proportionality record.

use crate::wire::shape::{Factual, Shape, Words, Written, facts, factual, object, part};
use register::assessment::{self, Band, Finding, Recommendation, Test};
use register::contact::Limits;
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
    pub(in crate::wire) fn restore(self, words: Particulars<assessment::PlanWords>) -> assessment::Plan {
        assessment::Plan {
            band: self.band.restore(),
            precautions: self.precautions.restore(),
            restrictions: self.restrictions.restore(),
            audience: self.audience.restore(),
            limits: Limits::default(),
            words,
        }
    }
}

object! {
    /// The words of a plan; `audience_reasons` in the order of the audience. What limits come to was not said yet.
    PlanWords {
        band_reasons: Words,
        summary: Words,
        audience_reasons: Vec<Words>,
        service_route: Words,
        ring_name: Words,
        ring_phone: Words,
    }
}

impl Shape for PlanWords {
    type Domain = assessment::PlanWords;

    fn store(words: &assessment::PlanWords) -> Self {
        Self {
            band_reasons: Shape::store(&words.band_reasons),
            summary: Shape::store(&words.summary),
            audience_reasons: Shape::store(&words.audience_reasons),
            service_route: Shape::store(&words.service_route),
            ring_name: Shape::store(&words.ring_name),
            ring_phone: Shape::store(&words.ring_phone),
        }
    }

    fn restore(self) -> assessment::PlanWords {
        assessment::PlanWords {
            band_reasons: self.band_reasons.restore(),
            summary: self.summary.restore(),
            audience_reasons: self.audience_reasons.restore(),
            service_route: self.service_route.restore(),
            point_of_contact: None,
            times: None,
            ring_name: self.ring_name.restore(),
            ring_phone: self.ring_phone.restore(),
        }
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
