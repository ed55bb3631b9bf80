//! Decision: a named person approves or refuses a measure, with reasons, under the policy version in force.
//!
//! Nobody decides what they reported or assessed.

use crate::assessment::{Age, Band, Plan, age_of, established};
use crate::choice::choices;
use crate::command::Decide;
use crate::event::Event;
use crate::measure::{Life, Measure};
use crate::moment::{Actor, Moment};
use crate::partner;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Code, Figure, Policy, Version};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// The two ways to decide.
    Outcome {
        /// The measure starts once the customer has been dealt with.
        Approve = "approve", "Approve";
        /// It does not start.
        Refuse = "refuse", "Refuse";
    }
}

/// An approval.
#[derive(Debug, Clone)]
pub struct Decision {
    /// When and by whom.
    pub moment: Moment,
    /// Under which version of the policy.
    pub policy: Version,
    /// The first review is due by this date.
    pub review_on: Date,
    /// What was approved, in codes: the plan may be changed later.
    pub asks: Asks,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// What a plan asks of staff and customer, in codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asks {
    /// How grave the risk is.
    pub band: Option<Band>,
    /// Precautions, from the policy's list.
    pub precautions: Vec<Code>,
    /// Restrictions, from the policy's list.
    pub restrictions: Vec<Code>,
}

impl Asks {
    /// What a plan asks; nothing where there is none.
    #[must_use]
    pub fn of(plan: Option<&Plan>) -> Self {
        plan.map_or_else(Self::default, |plan| Self {
            band: Some(plan.band),
            precautions: plan.precautions.clone(),
            restrictions: plan.restrictions.clone(),
        })
    }
}

/// The latest date on which a review may fall due if it is considered on `date`.
#[must_use]
pub fn latest_review(policy: &Policy, measure: &Measure, date: Date) -> Date {
    let band = measure.assessment.plan.as_ref().map_or(Band::Advisory, |plan| plan.band);
    latest_under(policy, band, date)
}

/// The same for a plan of this band.
#[must_use]
pub(crate) fn latest_under(policy: &Policy, band: Band, date: Date) -> Date {
    let red = band == Band::Red;
    policy.after(date, if red { Figure::RedReviewInterval } else { Figure::ReviewInterval })
}

/// Refuses a review date that has passed or lies too far ahead.
pub(crate) fn check_review_date(
    register: &Register,
    measure: &Measure,
    next_on: Date,
    moment: &Moment,
) -> Result<(), Refusal> {
    let latest = latest_review(register.policy(), measure, moment.date());
    if next_on <= moment.date() || next_on > latest {
        return Err(Refusal::ReviewDate { latest });
    }
    Ok(())
}

pub(crate) fn decide(register: &Register, command: &Decide, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if !matches!(measure.life, Life::Assessed) {
        return Err(Refusal::WrongStage(measure.stage()));
    }
    measure.not_reported_by(register, moment)?;
    if measure.assessment.assessors.contains(&moment.by) {
        return Err(Refusal::AssessedIt);
    }
    match command.outcome {
        Outcome::Refuse => Ok(vec![Event::MeasureRefused {
            measure: command.measure,
            policy: register.policy().version,
            reasons: Particulars::new(Locker::DecisionFile(command.measure), command.reasons.clone()),
        }]),
        Outcome::Approve => {
            if let Some(part) = measure.assessment.missing(measure.kind) {
                return Err(Refusal::AssessmentMissing(part));
            }
            if let Some(test) = measure.assessment.failing() {
                return Err(Refusal::TestFails(test));
            }
            established(register, measure)?;
            let told = measure.assessment.plan.as_ref().map_or(&[][..], |plan| &plan.audience);
            partner::may_be_told(register, told, moment.date())?;
            if measure
                .assessment
                .assessors
                .iter()
                .any(|by| matches!(by, Actor::Account(account) if measure.is_reported_by(register, *account)))
            {
                return Err(Refusal::AssessorReported);
            }
            match age_of(register, measure, moment.date()) {
                Age::Over => {}
                Age::Unknown => return Err(Refusal::AgeUnknown),
                Age::Under => measure.assessment.under_age_allowed(&[moment.by])?,
            }
            let review_on = command.review_on.ok_or(Refusal::ReviewDate {
                latest: latest_review(register.policy(), measure, moment.date()),
            })?;
            check_review_date(register, measure, review_on, moment)?;
            Ok(vec![Event::MeasureApproved {
                measure: command.measure,
                policy: register.policy().version,
                review_on,
                reasons: Particulars::new(Locker::DecisionFile(command.measure), command.reasons.clone()),
            }])
        }
    }
}
