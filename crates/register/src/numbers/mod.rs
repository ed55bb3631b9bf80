//! Numbers: what the register did, month by month, and how it stood at each month's end.
//!
//! Whatever counts leaves a [`Tally`]: a date and a code, about nobody. Tallies outlive the files they were counted from, so that
//! a month says the same after its files are destroyed. What stands at a month's end is what came less what went by then; today's
//! is what [`totals`](crate::totals::totals) counts file by file, and a simulation holds the two together.

mod table;

pub use table::{Layout, Of, PLOTS, Plot, Row, Table, table, tables};

use crate::appeal::AppealOutcome;
use crate::calendar;
use crate::decision::Outcome;
use crate::event::Event;
use crate::ids::MeasureId;
use crate::measure::{EndReason, Kind, Life, Measure, Stage};
use crate::moment::Moment;
use crate::notice::{Draft, Notice};
use crate::state::Register;
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// The month of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(date.first_of_month())
    }

    /// Its first day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// So many months earlier.
    #[must_use]
    pub fn back(self, months: u32) -> Self {
        Self(self.0.saturating_sub(jiff::Span::new().months(i64::from(months.min(12_000)))).first_of_month())
    }
}

/// As in `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = jiff::Error;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        format!("{written}-01").parse().map(Self)
    }
}

/// Whole calendar months, from the first of one to the last of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Month,
    to: Month,
}

impl Period {
    /// The most months that are counted at once.
    pub const MOST: u32 = 60;

    /// From one month to another; `None` where they are the wrong way round, or more than [`Period::MOST`].
    #[must_use]
    pub fn new(from: Month, to: Month) -> Option<Self> {
        (from <= to && to.back(Self::MOST) < from).then_some(Self { from, to })
    }

    /// The month of a date and the eleven before it.
    #[must_use]
    pub fn year_to(date: Date) -> Self {
        let to = Month::of(date);
        Self { from: to.back(11), to }
    }

    /// Its first month.
    #[must_use]
    pub const fn from(self) -> Month {
        self.from
    }

    /// Its last month.
    #[must_use]
    pub const fn to(self) -> Month {
        self.to
    }

    /// The place of a month in it, counted from nought.
    #[must_use]
    pub fn place(self, month: Month) -> Option<usize> {
        let number = |month: Month| i32::from(month.0.year()) * 12 + i32::from(month.0.month());
        let place = usize::try_from(number(month) - number(self.from)).ok()?;
        (month <= self.to).then_some(place)
    }

    /// Every month of it, earliest first.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (0..Self::MOST)
            .map(move |ahead| Month(calendar::months_after(self.from.0, ahead)))
            .take_while(move |month| *month <= self.to)
    }
}

/// Something that counts, and the London date on which it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// When.
    pub on: Date,
    /// What.
    pub counted: Counted,
}

/// Where triage sent a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Kept as a record only.
    Logged,
    /// A new measure was proposed on it.
    Proposed,
    /// Added to a measure that was there.
    Joined,
}

/// Whether something was done by the day it was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// On that day or before.
    InTime,
    /// After it.
    Late,
}

impl Timing {
    fn of(done: Date, due: Date) -> Self {
        if done > due { Self::Late } else { Self::InTime }
    }
}

/// What counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A report was filed.
    Reported,
    /// A report was triaged.
    Triaged(Sent),
    /// A measure is to be assessed.
    Proposed,
    /// A measure was approved or refused.
    Decided {
        /// Which kind.
        kind: Kind,
        /// Which way.
        outcome: Outcome,
        /// Working days since it was proposed.
        since_proposed: usize,
        /// Working days since its assessment was complete.
        since_assessed: usize,
    },
    /// A measure took force.
    Began(Kind),
    /// A measure came off, or will never start.
    Ended {
        /// Which kind.
        kind: Kind,
        /// How far it had come.
        from: Stage,
        /// Why.
        reason: EndReason,
    },
    /// A measure took force without its customer being told.
    Withheld,
    /// A customer who had not been told was told, or the measure is over.
    WithheldNoLonger,
    /// A measure was reconsidered: kept, or taken off as no longer justified.
    Reviewed(Timing),
    /// An appeal was lodged.
    Lodged,
    /// An appeal was decided.
    Heard {
        /// Which way.
        outcome: AppealOutcome,
        /// Within the policy's days, or not.
        timing: Timing,
    },
    /// An appeal was withdrawn.
    AppealWithdrawn,
}

/// What an event counts as, in the register as it stands before it. Every other event counts as nothing.
pub(crate) fn counted(register: &Register, event: &Event, moment: Moment) -> Vec<Counted> {
    let measure = |id: &MeasureId| register.measure(*id);
    match event {
        Event::IncidentReported { .. } => vec![Counted::Reported],
        Event::IncidentTriaged { measure: found, .. } => vec![Counted::Triaged(match found {
            None => Sent::Logged,
            Some(id) if measure(id).is_some() => Sent::Joined,
            Some(_) => Sent::Proposed,
        })],
        Event::MeasureProposed { .. } | Event::EntryImported { .. } => vec![Counted::Proposed],
        // What a list brought in error came off in error.
        Event::ImportUndone { import, .. } => {
            let import = register.import(*import).into_iter();
            let measures = import.flat_map(|import| &import.measures).filter_map(measure);
            measures.flat_map(|measure| ended(measure, EndReason::Error)).collect()
        }
        Event::MeasureApproved { measure: id, .. } => {
            measure(id).map(|measure| decided(measure, Outcome::Approve, moment)).into_iter().collect()
        }
        Event::MeasureRefused { measure: id, .. } => measure(id).map_or_else(Vec::new, |measure| {
            let decided = decided(measure, Outcome::Refuse, moment);
            std::iter::once(decided).chain(ended(measure, EndReason::Refused)).collect()
        }),
        Event::LetterSent { measure: id, .. } => measure(id).map_or_else(Vec::new, |measure| match &measure
            .life
        {
            Life::Decided { draft: Some(Draft::Written { .. }), .. } => vec![Counted::Began(measure.kind)],
            Life::InForce { notice: Notice::Withheld(_), .. } => vec![Counted::WithheldNoLonger],
            _ => Vec::new(),
        }),
        Event::NoticeWithheld { measure: id, .. } => {
            measure(id).map_or_else(Vec::new, |measure| match &measure.life {
                Life::Decided { draft: Some(Draft::WithholdingAsked(_)), .. } => {
                    vec![Counted::Began(measure.kind), Counted::Withheld]
                }
                _ => Vec::new(),
            })
        }
        Event::MeasureRetained { measure: id, .. } => {
            measure(id).and_then(|measure| reviewed(register, measure, moment)).into_iter().collect()
        }
        Event::MeasureEnded { measure: id, reason, .. } => measure(id).map_or_else(Vec::new, |measure| {
            let is_review = matches!(reason, EndReason::NotJustified | EndReason::BetweenMeetings);
            let review = is_review.then(|| reviewed(register, measure, moment)).flatten();
            ended(measure, *reason).into_iter().chain(review).collect()
        }),
        Event::AppealLodged { .. } => vec![Counted::Lodged],
        Event::AppealDecided { measure: id, outcome, .. } => measure(id)
            .and_then(Measure::open_appeal)
            .map(|appeal| Counted::Heard {
                outcome: *outcome,
                timing: Timing::of(moment.date(), appeal.decide_by(register.policy())),
            })
            .into_iter()
            .collect(),
        Event::AppealWithdrawn { .. } => vec![Counted::AppealWithdrawn],
        _ => Vec::new(),
    }
}

fn decided(measure: &Measure, outcome: Outcome, moment: Moment) -> Counted {
    let since = |date| calendar::working_days_between(date, moment.date());
    let assessed = measure.assessment.completed.map_or(measure.proposed, |(completed, _)| completed);
    Counted::Decided {
        kind: measure.kind,
        outcome,
        since_proposed: since(measure.proposed.date()),
        since_assessed: since(assessed.date()),
    }
}

fn reviewed(register: &Register, measure: &Measure, moment: Moment) -> Option<Counted> {
    let due = measure.review_due(register)?;
    Some(Counted::Reviewed(Timing::of(moment.date(), due)))
}

fn ended(measure: &Measure, reason: EndReason) -> Vec<Counted> {
    if measure.is_over() {
        return Vec::new();
    }
    let untold = matches!(measure.life, Life::InForce { notice: Notice::Withheld(_), .. });
    let ended = Counted::Ended { kind: measure.kind, from: measure.stage(), reason };
    std::iter::once(ended).chain(untold.then_some(Counted::WithheldNoLonger)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_written_as_it_is_read_and_nothing_else_is_one() {
        for written in ["2026-01", "2026-12", "1999-02"] {
            assert_eq!(written.parse::<Month>().expect("a month").to_string(), written);
        }
        for written in ["2026-13", "2026", "", "2026-01-01", "November"] {
            assert!(written.parse::<Month>().is_err(), "{written}");
        }
    }

    #[test]
    fn a_period_is_whole_months_the_right_way_round_and_not_without_end() {
        let month = |year, month| Month::of(date(year, month, 15));
        let year = Period::year_to(date(2026, 2, 28));
        assert_eq!((year.from(), year.to()), (month(2025, 3), month(2026, 2)));
        assert_eq!(year.months().count(), 12);
        assert_eq!(Period::new(month(2026, 2), month(2026, 1)), None);
        assert_eq!(Period::new(month(2021, 1), month(2026, 1)), None);
        let longest = Period::new(month(2021, 2), month(2026, 1)).expect("sixty months");
        assert_eq!(longest.months().count(), 60);
        assert_eq!(longest.months().last(), Some(month(2026, 1)));
        for (place, month) in longest.months().enumerate() {
            assert_eq!(longest.place(month), Some(place));
        }
        assert_eq!((longest.place(month(2021, 1)), longest.place(month(2026, 2))), (None, None));
    }
}
