//! The numbers of the register, counted a second time: month by month as the events go by, and today's from the stories.

use crate::book::{Book, Story, Told};
use crate::support::World;
use jiff::ToSpan;
use jiff::civil::Date;
use register::appeal::AppealOutcome;
use register::calendar;
use register::event::Event;
use register::ids::MeasureId;
use register::measure::{EndReason, Kind};
use register::moment::Moment;
use register::numbers::{self, Month, PLOTS, Period, Table};
use register::policy::Figure;
use register::totals::totals;
use std::collections::BTreeMap;

/// The names of a plot and of one of its columns.
type Column = (&'static str, &'static str);

/// What went by in each month, by hand.
#[derive(Debug, Default)]
pub struct Recount {
    counts: BTreeMap<(Month, Column), usize>,
    /// Working days to each decision, from the proposal and from the complete assessment.
    days: BTreeMap<Month, Vec<(usize, usize)>>,
    proposed: BTreeMap<MeasureId, Date>,
    completed: BTreeMap<MeasureId, Date>,
}

/// The columns that are recounted, each in the plot where it stands.
const RECOUNTED: &[Column] = &[
    ("reports", "Received"),
    ("reports", "Kept as a record"),
    ("reports", "New measure proposed"),
    ("reports", "Added to a measure"),
    ("decisions", "Approved"),
    ("decisions", "Refused"),
    ("entries", "On"),
    ("entries", "Off"),
    ("reviews", "Done in time"),
    ("reviews", "Done late"),
    ("appeals", "Lodged"),
    ("appeals", "Upheld"),
    ("appeals", "Upheld in part"),
    ("appeals", "Not upheld"),
    ("appeals", "Not heard: too late"),
    ("appeals", "Withdrawn"),
    ("appeals", "Decided in time"),
    ("appeals", "Decided late"),
    ("withheld", "Withheld"),
];

fn working_days(after: Date, until: Date) -> usize {
    after
        .series(1.day())
        .skip(1)
        .take_while(|day| *day <= until)
        .filter(|day| calendar::is_working_day(*day))
        .count()
}

impl Recount {
    fn one_more(&mut self, today: Date, column: Column) {
        assert!(RECOUNTED.contains(&column), "{column:?} is compared");
        *self.counts.entry((Month::of(today), column)).or_default() += 1;
    }

    /// Takes in an event before the stories do.
    pub fn takes_in(
        &mut self,
        world: &World,
        stories: &BTreeMap<MeasureId, Story>,
        event: &Event,
        moment: Moment,
    ) {
        let today = moment.date();
        let late = |story: &Story| if story.review_by < Some(today) { "Done late" } else { "Done in time" };
        match event {
            Event::IncidentReported { .. } => self.one_more(today, ("reports", "Received")),
            Event::IncidentTriaged { measure, .. } => {
                let sent = match measure {
                    None => "Kept as a record",
                    Some(id) if stories.contains_key(id) => "Added to a measure",
                    Some(_) => "New measure proposed",
                };
                self.one_more(today, ("reports", sent));
            }
            Event::MeasureProposed { measure, .. } | Event::EntryImported { measure, .. } => {
                self.proposed.insert(*measure, today);
            }
            Event::AssessmentCompleted { measure, .. } => {
                self.completed.insert(*measure, today);
            }
            Event::MeasureApproved { measure, .. } | Event::MeasureRefused { measure, .. } => {
                let approved = matches!(event, Event::MeasureApproved { .. });
                self.one_more(today, ("decisions", if approved { "Approved" } else { "Refused" }));
                let since = |from: &BTreeMap<MeasureId, Date>| working_days(from[measure], today);
                let days = (since(&self.proposed), since(&self.completed));
                self.days.entry(Month::of(today)).or_default().push(days);
            }
            Event::LetterSent { measure, .. } | Event::NoticeWithheld { measure, .. } => {
                let story = &stories[measure];
                if story.told.is_none() && story.kind == Kind::Entry {
                    self.one_more(today, ("entries", "On"));
                }
                if matches!(event, Event::NoticeWithheld { .. }) {
                    self.one_more(today, ("withheld", "Withheld"));
                }
            }
            Event::MeasureRetained { measure, .. } => {
                self.one_more(today, ("reviews", late(&stories[measure])));
            }
            Event::MeasureEnded { measure, reason, .. } => {
                let story = &stories[measure];
                if story.in_force() && story.kind == Kind::Entry {
                    self.one_more(today, ("entries", "Off"));
                }
                if matches!(reason, EndReason::NotJustified | EndReason::BetweenMeetings) {
                    self.one_more(today, ("reviews", late(story)));
                }
            }
            Event::AppealLodged { .. } => self.one_more(today, ("appeals", "Lodged")),
            Event::AppealWithdrawn { .. } => self.one_more(today, ("appeals", "Withdrawn")),
            Event::AppealDecided { measure, outcome, .. } => {
                let outcome = match outcome {
                    AppealOutcome::Upheld => "Upheld",
                    AppealOutcome::InPart => "Upheld in part",
                    AppealOutcome::NotUpheld => "Not upheld",
                    AppealOutcome::NotHeard => "Not heard: too late",
                };
                self.one_more(today, ("appeals", outcome));
                let (received, _) = stories[measure].appeal.expect("an appeal");
                let days =
                    usize::try_from(world.register.policy().figure(Figure::AppealDecide)).expect("small");
                let late = working_days(received, calendar::day_before(today)) >= days && today > received;
                self.one_more(today, ("appeals", if late { "Decided late" } else { "Decided in time" }));
            }
            _ => {}
        }
    }

    /// The middle of a month's days to a decision, and the most.
    fn middle_and_most(&self, month: Month, of: fn(&(usize, usize)) -> usize) -> [Option<usize>; 2] {
        let mut days: Vec<usize> = self.days.get(&month).into_iter().flatten().map(of).collect();
        days.sort_unstable();
        [days.get(days.len() / 2).copied(), days.last().copied()]
    }
}

fn drawn(world: &World, key: &str, period: Period) -> Table {
    let plot = PLOTS.iter().find(|plot| plot.key == key).expect("a plot");
    numbers::table(&world.register, plot, period)
}

fn place(table: &Table, head: &str) -> usize {
    table.heads.iter().position(|it| it == head).unwrap_or_else(|| panic!("no column {head}"))
}

/// Asserts that totals, numbers and what was counted by hand agree today.
pub fn agree_today(world: &World, book: &Book) {
    let today = world.today();
    let totals = totals(&world.register, today);
    let stories = || book.stories.values();
    let live = |kind| stories().filter(|story| story.kind == kind && story.in_force()).count();
    let on_the_way =
        stories().filter(|it| it.told.is_none() && it.ended.is_none() && it.gone.is_none() && !it.refused);
    let untold = stories().filter(|story| story.in_force() && story.told == Some(Told::Withheld)).count();
    let overdue = stories().filter(|story| story.in_force() && story.review_by < Some(today)).count();
    let counted = [
        ("standing", "Entries", live(Kind::Entry), totals.entries),
        ("standing", "Restrictions", live(Kind::Restriction), totals.restrictions),
        ("standing", "Warnings", live(Kind::Warning), totals.warnings),
        ("standing", "Being assessed, decided or written to", on_the_way.count(), totals.on_the_way),
        ("entries", "On the register at the end", live(Kind::Entry), totals.entries),
        ("withheld", "Not told at the end", untold, totals.untold),
        ("appeals", "Waiting at the end", stories().filter(|it| it.appeal.is_some()).count(), totals.appeals),
        ("reports", "Waiting at the end", book.untriaged(), totals.untriaged),
    ];
    let month = Period::new(Month::of(today), Month::of(today)).expect("a month");
    for (key, head, by_hand, total) in counted {
        let table = drawn(world, key, month);
        let place = place(&table, head);
        assert_eq!(total, by_hand, "{key}, {head}: the totals and by hand");
        assert_eq!(table.rows[0].numbers[place], Some(total), "{key}, {head}: the numbers and the totals");
        assert_eq!(table.whole[place], Some(total));
    }
    let removals = stories().filter(|story| story.removal.is_some()).count();
    let interim = stories().filter(|story| story.marked(today)).count();
    assert_eq!((totals.overdue, totals.proposed_removals, totals.interim), (overdue, removals, interim));
}

/// Asserts that each month of the past years says what was counted by hand while it went by.
pub fn every_month_is_as_it_was_counted(world: &World, recount: &Recount) {
    let to = Month::of(world.today());
    let period = Period::new(to.back(Period::MOST - 1), to).expect("a period");
    for (key, head) in RECOUNTED {
        let table = drawn(world, key, period);
        let place = place(&table, head);
        let by_hand = |month| recount.counts.get(&(month, (*key, *head))).copied().unwrap_or(0);
        for (row, month) in table.rows.iter().zip(period.months()) {
            assert_eq!(row.numbers[place], Some(by_hand(month)), "{key}, {head} in {month}");
        }
        assert_eq!(table.whole[place], Some(period.months().map(by_hand).sum()), "{key}, {head}");
    }
    for (row, month) in drawn(world, "times", period).rows.iter().zip(period.months()) {
        let of = |of| recount.middle_and_most(month, of);
        assert_eq!(row.numbers, [of(|days| days.0), of(|days| days.1)].concat(), "{month}");
    }
}
