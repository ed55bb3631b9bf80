//! What no policy may say: bounds that the council cannot propose its way out of, because they are promises to customers and staff.

use super::{Clause, Code, Figure, List, OFFENCES, Policy};
use crate::refusal::Refusal;
use std::collections::BTreeSet;

/// Characters of what a code means.
pub const LONGEST_WORDS: usize = 200;

/// The least and the most that a figure may be, and the rule that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The least, in the figure's unit.
    pub least: u32,
    /// The most, in the figure's unit.
    pub most: u32,
    /// Why.
    pub rule: &'static str,
}

impl Bound {
    const fn of(least: u32, most: u32, rule: &'static str) -> Self {
        Self { least, most, rule }
    }

    /// Whether it allows a value.
    #[must_use]
    pub const fn allows(&self, value: u32) -> bool {
        self.least <= value && value <= self.most
    }
}

impl Figure {
    /// What this figure may be.
    #[must_use]
    pub const fn bound(self) -> Bound {
        match self {
            Figure::ReviewInterval | Figure::RedReviewInterval => {
                Bound::of(1, 6, "Cabinet report 2020, 6.1: each entry is reviewed at least six monthly")
            }
            Figure::ReviewNotice => Bound::of(1, 90, "A review is seen coming, and is not work for ever"),
            Figure::InterimLife => Bound::of(1, 20, "An interim marker is decided or lapses"),
            Figure::Triage => Bound::of(1, 10, "A report is not left lying"),
            Figure::Assess | Figure::Decide => Bound::of(1, 20, "A case is not left lying"),
            // Fifteen working days are within a month whatever the bank holidays.
            Figure::Notify => Bound::of(1, 15, "UK GDPR art. 14(3): the customer is told within one month"),
            Figure::AppealLodge | Figure::AppealDecide => Bound::of(1, 60, "An appeal is heard in time"),
            Figure::WarningWatch => Bound::of(1, 12, "A warning ends by itself within a year"),
            Figure::AgeThreshold => Bound::of(18, 25, "Children are not listed without a second safeguard"),
            Figure::RetainMeasure => {
                Bound::of(1, 24, "UK GDPR art. 5(1)(e): kept no longer than needed, at most two years")
            }
            Figure::RetainIncident => {
                Bound::of(1, 36, "UK GDPR art. 5(1)(e): kept no longer than a reportable injury, three years")
            }
            Figure::RetainMeeting => {
                Bound::of(1, 6, "UK GDPR art. 5(1)(e): kept no longer than minutes that the public may read")
            }
            Figure::RetainAccesses => Bound::of(
                1,
                6,
                "Local Government Act 1974, s. 26B: an ombudsman asks for a year; UK GDPR art. 5(1)(e)",
            ),
            Figure::DraftLife => Bound::of(1, 28, "UK GDPR art. 5(1)(e): kept no longer than needed"),
            Figure::AppealAcknowledge | Figure::TellOutcome => {
                Bound::of(1, 15, "The customer is told within a month of what has become of it")
            }
            Figure::EarlyReview => Bound::of(1, 20, "What has changed is looked at"),
            Figure::MeetingInterval => {
                Bound::of(1, 3, "Cabinet report 2020, 6.2: the Governance Group meets quarterly")
            }
            Figure::Quorum => Bound::of(2, 9, "Nobody decides alone"),
            Figure::Withdraw => {
                Bound::of(1, 5, "UK GDPR art. 19: those who were told are told that it is over")
            }
            Figure::SealedDecisionFile => {
                Bound::of(0, 24, "UK GDPR art. 5(1)(e): kept no longer than needed, at most two years")
            }
            Figure::ContactAnswer => Bound::of(1, 20, "Another matter is answered as anybody’s would be"),
            Figure::DisputeAnswer => Bound::of(1, 1, "UK GDPR art. 12(3): answered within one month"),
            Figure::ProvisionalLife => {
                Bound::of(1, 3, "An entry without reasons is assessed or lapses, before a quarter is over")
            }
            Figure::OldList => Bound::of(1, 20, "Cabinet report 2020: one register, not one per service"),
            Figure::Declaration => Bound::of(1, 12, "Cabinet report 2020: one register, not one per service"),
            Figure::FirstDeclaration => {
                Bound::of(1, 3, "Cabinet report 2020: one register, not one per service")
            }
            Figure::StarterAnswer | Figure::GiveAccess => {
                Bound::of(1, 10, "Nobody is sent out without access because a request lies about")
            }
            Figure::ConfirmAccess => Bound::of(1, 6, "UK GDPR art. 32: access is looked at again in time"),
            Figure::AnswerAccess => Bound::of(5, 20, "UK GDPR art. 32: access is looked at again in time"),
            Figure::AccessGrace => Bound::of(15, 60, "Nobody is suspended before two others were told of it"),
            Figure::Training => Bound::of(6, 24, "Nobody forgets what no marker means"),
            Figure::RenewalGrace => Bound::of(7, 60, "Nobody is barred unwarned, nor left untrained"),
            Figure::Conduct => Bound::of(1, 366, "Whoever looks is reminded what for"),
            Figure::AgreementConfirmation => {
                Bound::of(1, 12, "UK GDPR art. 5(2): who is told, and why, is looked at each year")
            }
            Figure::ConfirmationGrace => Bound::of(1, 40, "What nobody answers for covers nothing"),
            Figure::MarkerReceipt => Bound::of(1, 5, "A marker that nobody read keeps nobody safe"),
            Figure::CheckedLately => Bound::of(7, 183, "Whoever visits and does not check is seen in time"),
            Figure::MissWeighs => Bound::of(8, 256, "Nobody is missed: a miss is worse than a call"),
            Figure::WrongWeighs => Bound::of(16, 1024, "Nobody is warned of for their name alone"),
            Figure::PolicyReview => {
                Bound::of(1, 12, "Cabinet report 2020, 6.3: the policy is reviewed each year")
            }
        }
    }
}

/// Refuses a policy that leaves a bound, whatever stands in the register.
pub(crate) fn check(policy: &Policy) -> Result<(), Refusal> {
    for figure in Figure::ALL {
        if !figure.bound().allows(policy.figure(*figure)) {
            return Err(Refusal::OutOfBounds(*figure));
        }
    }
    if policy.figure(Figure::RedReviewInterval) > policy.figure(Figure::ReviewInterval) {
        return Err(Refusal::RedReviewedLater);
    }
    for list in List::ALL {
        let terms = policy.terms(*list);
        if terms.is_empty() {
            return Err(Refusal::ListEmpty(*list));
        }
        let mut codes = BTreeSet::new();
        for term in terms {
            if !codes.insert(&term.code) {
                return Err(Refusal::CodeTwice(*list, term.code.clone()));
            }
            let length = term.words.trim().chars().count();
            if length == 0 || length > LONGEST_WORDS || term.words.chars().any(char::is_control) {
                return Err(Refusal::CodeWords(*list, term.code.clone()));
            }
        }
    }
    for clause in Clause::ALL {
        clause.check(policy.clause(*clause))?;
    }
    match OFFENCES.iter().filter_map(|code| Code::new(code)).find(|code| !policy.has(List::Behaviour, code)) {
        Some(code) => Err(Refusal::OffenceCode(code)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar;
    use crate::personal::Text;
    use crate::policy::Unit;
    use jiff::civil::date;

    #[test]
    fn the_defaults_are_within_every_bound() {
        assert_eq!(check(&Policy::first(date(2026, 1, 1), Text::fixed("Policy"))), Ok(()));
    }

    #[test]
    fn the_longest_time_to_write_a_letter_is_within_one_month_of_any_day() {
        assert_eq!(Figure::Notify.unit(), Unit::WorkingDays);
        let mut day = date(2024, 1, 1);
        while day < date(2029, 1, 1) {
            let latest = calendar::working_days_after(day, Figure::Notify.bound().most);
            assert!(latest <= calendar::months_after(day, 1), "{day}");
            day = calendar::days_after(day, 1);
        }
    }
}
