//! Numbers by example: what a month says, and that it says the same for ever after.

use crate::cases::*;
use crate::support::*;
use jiff::civil::{Date, date};
use register::appeal::AppealOutcome;
use register::calendar;
use register::command::*;
use register::ids::File;
use register::measure::{EndReason, Kind};
use register::numbers::{Month, PLOTS, Period, Table, table};
use register::review::Advice;

impl World {
    fn table(&self, key: &str, period: Period) -> Table {
        let plot = PLOTS.iter().find(|plot| plot.key == key).expect("a plot");
        table(&self.register, plot, period)
    }

    /// What a column says of the month of a date.
    fn says(&self, key: &str, head: &str, of: Date) -> Option<usize> {
        let month = Month::of(of);
        let table = self.table(key, Period::new(month, month).expect("a month"));
        let place = table.heads.iter().position(|it| it == head).expect("a column");
        table.rows.first()?.numbers.get(place).copied().flatten()
    }
}

#[test]
fn a_review_on_its_day_is_in_time_and_one_on_the_day_after_is_late() {
    for (days, done) in [(0, "Done in time"), (1, "Done late")] {
        let mut world = World::opened();
        let measure = world.in_force(Kind::Entry);
        let due = world.measure(measure).review_due(&world.register).expect("in force");
        world.on(calendar::days_after(due, days));
        world.does(MANAGER, answers(measure, Advice::Keep));
        let retain = world.retain(measure);
        world.does(DECIDER, retain);
        let says = |head| world.says("reviews", head, world.today());
        let both = [says("Done in time"), says("Done late")].map(Option::unwrap_or_default);
        assert_eq!(both.iter().sum::<usize>(), 1);
        assert_eq!(says(done), Some(1), "{days} days after it was due");
    }
}

#[test]
fn an_appeal_is_in_time_on_the_last_of_the_policys_working_days_and_late_after_it() {
    for (days, decided) in [(0, "Decided in time"), (1, "Decided late")] {
        let mut world = World::opened();
        let measure = world.assigned(Kind::Entry);
        let by = world.measure(measure).appeals[0].decide_by(world.register.policy());
        world.on(calendar::days_after(by, days));
        world.does(APPEALS, decide_appeal(measure, AppealOutcome::NotUpheld));
        assert_eq!(world.says("appeals", decided, world.today()), Some(1));
        assert_eq!(world.says("appeals", "Waiting at the end", world.today()), Some(0));
    }
}

#[test]
fn a_decision_takes_the_working_days_since_the_proposal_and_since_the_complete_assessment() {
    let mut world = World::opened();
    world.on(date(2026, 4, 1)); // the Wednesday before Easter
    let measure = world.proposed(Kind::Entry);
    world.on(date(2026, 4, 8)); // Good Friday and Easter Monday lie between
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    world.on(date(2026, 4, 9));
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
    let says = |head| world.says("times", head, world.today());
    assert_eq!(says("Median from the proposal"), Some(4));
    assert_eq!(says("Longest from the complete assessment"), Some(1));
    assert_eq!(world.says("times", "Median from the proposal", date(2026, 3, 31)), None);
}

#[test]
fn a_month_says_the_same_after_its_files_are_destroyed() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    world.appealed(Kind::Restriction);
    world.on(calendar::months_after(world.today(), 1));
    world.does(DECIDER, remove(measure, EndReason::Error));
    let period = Period::year_to(world.today());
    let before: Vec<Table> = PLOTS.iter().map(|plot| table(&world.register, plot, period)).collect();
    world.on(calendar::months_after(world.today(), 7));
    world.system(Destroy { file: File::Measure(measure) });
    let after: Vec<Table> = PLOTS.iter().map(|plot| table(&world.register, plot, period)).collect();
    assert_eq!(before, after);
    assert_eq!(world.says("withheld", "Not told at the end", period.to().back(1).last()), Some(1));
    assert_eq!(world.says("withheld", "Not told at the end", period.to().last()), Some(0));
}

#[test]
fn what_is_counted_is_a_date_and_a_code_about_nobody() {
    let mut world = World::opened();
    world.appealed(Kind::Entry);
    let tallies = format!("{:?}", world.register.tallies());
    for word in [SUBJECT_WORD, SECRET_WORD, "Tellwright", "M-", "I-"] {
        assert!(!tallies.contains(word), "{word}");
    }
    assert!(tallies.contains("Began(Entry)"));
}
