//! What is drawn of the numbers: each plot as a table of months, worked out from the tallies by one list of columns.

use super::{Counted, Month, Period, Sent, Timing};
use crate::appeal::AppealOutcome;
use crate::decision::Outcome;
use crate::measure::{Kind, Stage};
use crate::state::Register;
use std::fmt;

/// Plots in the order in which they are shown.
pub const PLOTS: &[Plot] = &[
    Plot {
        key: "reports",
        title: "Reports, by where triage sent them",
        about: "A report that is kept as a record only leads to nothing else. What was received in one month may be triaged in the next.",
        columns: &[
            count("Received", |it| matches!(it, C::Reported)),
            count("Kept as a record", |it| matches!(it, C::Triaged(Sent::Logged))),
            count("New measure proposed", |it| matches!(it, C::Triaged(Sent::Proposed))),
            count("Added to a measure", |it| matches!(it, C::Triaged(Sent::Joined))),
            standing("Waiting at the end", |it| {
                change(matches!(it, C::Reported), matches!(it, C::Triaged(_)))
            }),
        ],
        drawn: &[1, 2, 3],
        layout: Layout::Stacked,
    },
    Plot {
        key: "decisions",
        title: "Decisions",
        about: "Each by a named person who neither reported nor assessed.",
        columns: &[
            count("Approved", |it| is_decided(it, None, Outcome::Approve)),
            count("Refused", |it| is_decided(it, None, Outcome::Refuse)),
            count("Entries approved", |it| is_decided(it, Some(Kind::Entry), Outcome::Approve)),
            count("Entries refused", |it| is_decided(it, Some(Kind::Entry), Outcome::Refuse)),
            count("Restrictions approved", |it| is_decided(it, Some(Kind::Restriction), Outcome::Approve)),
            count("Restrictions refused", |it| is_decided(it, Some(Kind::Restriction), Outcome::Refuse)),
            count("Warnings approved", |it| is_decided(it, Some(Kind::Warning), Outcome::Approve)),
            count("Warnings refused", |it| is_decided(it, Some(Kind::Warning), Outcome::Refuse)),
        ],
        drawn: &[0, 1],
        layout: Layout::Stacked,
    },
    Plot {
        key: "times",
        title: "Working days to a decision",
        about: "Of an even number of decisions the median is the longer of the two in the middle.",
        columns: &[
            median("Median from the proposal", since_proposed),
            longest("Longest from the proposal", since_proposed),
            median("Median from the complete assessment", since_assessed),
            longest("Longest from the complete assessment", since_assessed),
        ],
        drawn: &[0, 1],
        layout: Layout::Beside,
    },
    Plot {
        key: "entries",
        title: "Entries on and off the register",
        about: "On when the customer was told, or two people recorded why not; off for any reason.",
        columns: &[
            count("On", |it| matches!(it, C::Began(Kind::Entry))),
            count("Off", |it| is_off(it, Kind::Entry)),
            standing("On the register at the end", |it| in_force(it, Kind::Entry)),
        ],
        drawn: &[0, 1],
        layout: Layout::Beside,
    },
    Plot {
        key: "standing",
        title: "In force at the month’s end",
        about: "In the last month: as of now, if it is not over.",
        columns: &[
            standing("Entries", |it| in_force(it, Kind::Entry)),
            standing("Restrictions", |it| in_force(it, Kind::Restriction)),
            standing("Warnings", |it| in_force(it, Kind::Warning)),
            standing("Being assessed, decided or written to", on_the_way),
        ],
        drawn: &[0, 1, 2],
        layout: Layout::Stacked,
    },
    Plot {
        key: "reviews",
        title: "Reviews",
        about: "A review is done when the measure is kept, or taken off because it is no longer justified; in time if that was on the day it was due or before.",
        columns: &[
            count("Done in time", |it| matches!(it, C::Reviewed(Timing::InTime))),
            count("Done late", |it| matches!(it, C::Reviewed(Timing::Late))),
        ],
        drawn: &[0, 1],
        layout: Layout::Stacked,
    },
    Plot {
        key: "appeals",
        title: "Appeals decided, by outcome",
        about: "In time is within the policy’s working days of the appeal’s arrival.",
        columns: &[
            count("Lodged", |it| matches!(it, C::Lodged)),
            count("Upheld", |it| is_heard(it, AppealOutcome::Upheld)),
            count("Upheld in part", |it| is_heard(it, AppealOutcome::InPart)),
            count("Not upheld", |it| is_heard(it, AppealOutcome::NotUpheld)),
            count("Not heard: too late", |it| is_heard(it, AppealOutcome::NotHeard)),
            count("Withdrawn", |it| matches!(it, C::AppealWithdrawn)),
            count("Decided in time", |it| matches!(it, C::Heard { timing: Timing::InTime, .. })),
            count("Decided late", |it| matches!(it, C::Heard { timing: Timing::Late, .. })),
            standing("Waiting at the end", |it| {
                change(matches!(it, C::Lodged), matches!(it, C::Heard { .. } | C::AppealWithdrawn))
            }),
        ],
        drawn: &[1, 2, 3, 4],
        layout: Layout::Stacked,
    },
    Plot {
        key: "withheld",
        title: "Notices withheld",
        about: "Two people recorded why the customer is for now not told, and it is decided afresh at every review.",
        columns: &[
            count("Withheld", |it| matches!(it, C::Withheld)),
            count("Told after all, or over", |it| matches!(it, C::WithheldNoLonger)),
            standing("Not told at the end", |it| {
                change(matches!(it, C::Withheld), matches!(it, C::WithheldNoLonger))
            }),
        ],
        drawn: &[0],
        layout: Layout::Stacked,
    },
];

/// A plot: a table of months of which some columns are drawn.
#[derive(Debug)]
pub struct Plot {
    /// Its name in addresses.
    pub key: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// How it is counted.
    pub about: &'static str,
    columns: &'static [Column],
    drawn: &'static [usize],
    layout: Layout,
}

/// How the columns that are drawn lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As parts of one bar: they add up.
    Stacked,
    /// Each as a bar of its own.
    Beside,
}

#[derive(Debug)]
struct Column {
    label: &'static str,
    reckoned: Reckoned,
}

/// How a column follows from tallies.
#[derive(Debug)]
enum Reckoned {
    /// How many were recorded in the month.
    Count(fn(&Counted) -> bool),
    /// How many there are at the month's end: each tally adds one, takes one, or changes nothing.
    Standing(fn(&Counted) -> i64),
    /// The middle one of the month.
    Median(fn(&Counted) -> Option<usize>),
    /// The greatest of the month.
    Longest(fn(&Counted) -> Option<usize>),
}

use Counted as C;

const fn count(label: &'static str, counts: fn(&Counted) -> bool) -> Column {
    Column { label, reckoned: Reckoned::Count(counts) }
}

const fn standing(label: &'static str, changes: fn(&Counted) -> i64) -> Column {
    Column { label, reckoned: Reckoned::Standing(changes) }
}

const fn median(label: &'static str, of: fn(&Counted) -> Option<usize>) -> Column {
    Column { label, reckoned: Reckoned::Median(of) }
}

const fn longest(label: &'static str, of: fn(&Counted) -> Option<usize>) -> Column {
    Column { label, reckoned: Reckoned::Longest(of) }
}

fn change(comes: bool, goes: bool) -> i64 {
    i64::from(comes) - i64::from(goes)
}

fn is_decided(it: &Counted, of: Option<Kind>, way: Outcome) -> bool {
    matches!(it, C::Decided { kind, outcome, .. } if *outcome == way && of.is_none_or(|of| of == *kind))
}

fn since_proposed(it: &Counted) -> Option<usize> {
    if let C::Decided { since_proposed, .. } = it { Some(*since_proposed) } else { None }
}

fn since_assessed(it: &Counted) -> Option<usize> {
    if let C::Decided { since_assessed, .. } = it { Some(*since_assessed) } else { None }
}

fn is_off(it: &Counted, of: Kind) -> bool {
    matches!(it, C::Ended { kind, from: Stage::InForce, .. } if *kind == of)
}

fn in_force(it: &Counted, of: Kind) -> i64 {
    change(matches!(it, C::Began(kind) if *kind == of), is_off(it, of))
}

fn on_the_way(it: &Counted) -> i64 {
    let goes = matches!(it, C::Began(_)) || matches!(it, C::Ended { from, .. } if *from != Stage::InForce);
    change(matches!(it, C::Proposed), goes)
}

fn is_heard(it: &Counted, way: AppealOutcome) -> bool {
    matches!(it, C::Heard { outcome, .. } if *outcome == way)
}

/// A plot's numbers, ready to be drawn, read or saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in addresses.
    pub key: String,
    /// What it shows.
    pub title: String,
    /// How it is counted.
    pub about: String,
    /// What each row is of.
    pub each: &'static str,
    /// What each number of a row is.
    pub heads: Vec<String>,
    /// Which numbers are drawn, by their places.
    pub drawn: Vec<usize>,
    /// How they lie.
    pub layout: Layout,
    /// A row for each month, or whatever else each row is of.
    pub rows: Vec<Row>,
    /// The same over all of them.
    pub whole: Vec<Option<usize>>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is of.
    pub of: Of,
    /// Its numbers; none where there was nothing to take one of.
    pub numbers: Vec<Option<usize>>,
}

/// What a row is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// A month.
    Month(Month),
    /// Something else, by its name.
    Name(String),
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// The table of every plot over a period: what was counted is sorted into its months once for all of them.
#[must_use]
pub fn tables(register: &Register, period: Period) -> Vec<Table> {
    let counted = Sorted::of(register, period);
    PLOTS.iter().map(|plot| of_plot(plot, &counted, period)).collect()
}

/// A plot's table over a period.
#[must_use]
pub fn table(register: &Register, plot: &Plot, period: Period) -> Table {
    of_plot(plot, &Sorted::of(register, period), period)
}

fn of_plot(plot: &Plot, counted: &Sorted, period: Period) -> Table {
    let columns: Vec<Vec<Option<usize>>> =
        plot.columns.iter().map(|column| column.numbers(counted)).collect();
    let row = |place: usize| columns.iter().map(|column| column.get(place).copied().flatten()).collect();
    let months = period.months().enumerate();
    Table {
        key: plot.key.to_owned(),
        title: plot.title.to_owned(),
        about: plot.about.to_owned(),
        each: "Month",
        heads: plot.columns.iter().map(|column| column.label.to_owned()).collect(),
        drawn: plot.drawn.to_vec(),
        layout: plot.layout,
        rows: months.map(|(place, month)| Row { of: Of::Month(month), numbers: row(place) }).collect(),
        whole: row(counted.months.len()),
    }
}

/// What was counted before a period, and in each of its months.
struct Sorted {
    before: Vec<Counted>,
    months: Vec<Vec<Counted>>,
}

impl Sorted {
    fn of(register: &Register, period: Period) -> Self {
        let mut sorted = Self { before: Vec::new(), months: period.months().map(|_| Vec::new()).collect() };
        for tally in register.tallies() {
            let of = match period.place(Month::of(tally.on)) {
                Some(place) => sorted.months.get_mut(place),
                None if tally.on < period.from().first() => Some(&mut sorted.before),
                None => None,
            };
            if let Some(of) = of {
                of.push(tally.counted);
            }
        }
        sorted
    }
}

impl Column {
    /// The number of each month, and then that of all of them.
    fn numbers(&self, counted: &Sorted) -> Vec<Option<usize>> {
        let months = counted.months.iter();
        match self.reckoned {
            Reckoned::Count(counts) => {
                let each = months.map(|month| month.iter().filter(|it| counts(it)).count());
                let each: Vec<usize> = each.collect();
                let all = each.iter().sum();
                each.into_iter().chain([all]).map(Some).collect()
            }
            Reckoned::Standing(changes) => {
                let sum = |month: &Vec<Counted>| month.iter().map(changes).sum::<i64>();
                let mut stands = sum(&counted.before);
                let ends = months.map(|month| {
                    stands += sum(month);
                    Some(usize::try_from(stands).unwrap_or(0))
                });
                let ends: Vec<Option<usize>> = ends.collect();
                let last = ends.last().copied();
                ends.into_iter().chain(last).collect()
            }
            Reckoned::Median(of) => each_and_all(counted, of, middle),
            Reckoned::Longest(of) => each_and_all(counted, of, |all| all.into_iter().max()),
        }
    }
}

/// What is made of each month's values, and then of all of them.
fn each_and_all(
    counted: &Sorted,
    of: fn(&Counted) -> Option<usize>,
    made: fn(Vec<usize>) -> Option<usize>,
) -> Vec<Option<usize>> {
    let values = |month: &Vec<Counted>| -> Vec<usize> { month.iter().filter_map(of).collect() };
    let each: Vec<Vec<usize>> = counted.months.iter().map(values).collect();
    let all = each.concat();
    each.into_iter().chain([all]).map(made).collect()
}

fn middle(mut values: Vec<usize>) -> Option<usize> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plot_draws_columns_that_it_has_and_no_two_share_a_name() {
        for plot in PLOTS {
            assert!(!plot.drawn.is_empty() && plot.drawn.iter().all(|place| *place < plot.columns.len()));
            assert_eq!(PLOTS.iter().filter(|other| other.key == plot.key).count(), 1, "{}", plot.key);
        }
    }

    #[test]
    fn the_median_of_an_even_number_is_the_longer_of_the_two_in_the_middle() {
        assert_eq!(middle(vec![9, 1, 5]), Some(5));
        assert_eq!(middle(vec![9, 1, 5, 7]), Some(7));
        assert_eq!(middle(Vec::new()), None);
    }
}
