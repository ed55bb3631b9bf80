//! The promises, tried by chance: years of commands, valid and not, by the right people and the wrong ones, under a clock that
//! jumps and a scheduler that stops for weeks. After every step every promise that can be seen is asserted.
//!
//! `PSR_SIM_SEED=7` runs one seed, `PSR_SIM_SEEDS=10000` that many, 1000 unless said; `PSR_SIM_YEARS=5` runs each for that many
//! years, 3 unless said. A broken promise prints its seed; run it again with the same years.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken promise stops the run"
)]

mod asker;
mod book;
mod chance;
mod numbers;
mod partners;
mod promises;
mod rules;
mod steps;
#[path = "../support/mod.rs"]
mod support;

use asker::Asker;
use book::Book;
use chance::Chance;
use jiff::ToSpan;
use jiff::civil::Date;
use promises::Changed;
use register::command::Command;
use register::event::Event;
use register::ids::{File, MeasureId};
use register::moment::{Actor, Moment};
use register::policy::Figure;
use register::state::Register;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use steps::Steps;
use support::{SECRET_WORD, SUBJECT_WORD, World};

/// How many seeds the ordinary test run tries.
const SEEDS: u64 = 1000;
/// How many times a quarter as many are tried besides, while a row of a chart has not happened.
const FURTHER: u64 = 8;
/// The least that one run lasts, in years.
const YEARS: u64 = 3;

/// How often each command was accepted, and how often each refusal stopped it.
#[derive(Default)]
struct Coverage {
    accepted: BTreeMap<&'static str, u64>,
    refused: BTreeMap<(&'static str, String), u64>,
    /// How often a marker was shown, and on what footing.
    shown: BTreeMap<&'static str, u64>,
    days: u64,
    /// Every step that a case or a review took.
    steps: Steps,
}

impl Coverage {
    fn add(&mut self, other: Coverage) {
        for (name, count) in other.accepted {
            *self.accepted.entry(name).or_default() += count;
        }
        for (case, count) in other.refused {
            *self.refused.entry(case).or_default() += count;
        }
        for (footing, count) in other.shown {
            *self.shown.entry(footing).or_default() += count;
        }
        self.days += other.days;
        self.steps.add(other.steps);
    }

    fn print(&self) {
        let stood: u64 = self.refused.values().sum();
        let done: u64 = self.accepted.values().sum();
        eprintln!("{} years, {done} commands carried out, {stood} refused", self.days / 365);
        for name in Command::NAMES {
            let refused = self.refused.iter().filter(|((refused, _), _)| refused == name);
            let reasons: Vec<String> = refused.map(|((_, why), count)| format!("{why} {count}")).collect();
            let accepted = self.accepted.get(name).copied().unwrap_or(0);
            eprintln!("{name:>22} {accepted:>8}   {}", reasons.join(", "));
        }
        eprintln!("markers shown: {:?}", self.shown);
    }
}

/// One register through several years.
struct Run {
    chance: Chance,
    world: World,
    book: Book,
    scheduler_stopped_until: Option<Date>,
    coverage: Coverage,
    /// The day on which everything was last asked for, and the measures that something was recorded about since.
    asked_on: Option<Date>,
    touched: BTreeSet<MeasureId>,
    /// What the register answered at some moments: how much had happened, when, and the digest of the answers.
    answers: Vec<(usize, jiff::Timestamp, u64)>,
}

impl Run {
    fn of(seed: u64) -> Self {
        // Half of the councils keep decision files, sealed.
        let sealed = (Figure::SealedDecisionFile, 15);
        let mut world = World::opened_with(seed.is_multiple_of(2).then_some(sealed).into_iter().collect());
        asker::staff(&mut world);
        let mut book = Book::default();
        for (event, moment) in &world.log {
            book.takes_in(&world, event, *moment);
        }
        let mut coverage = Coverage::default();
        coverage.accepted.insert("OpenRegister", 1);
        let chance = Chance::of(seed);
        Self {
            chance,
            world,
            book,
            scheduler_stopped_until: None,
            coverage,
            asked_on: None,
            touched: BTreeSet::new(),
            answers: Vec::new(),
        }
    }

    fn years(mut self) -> Coverage {
        let begun = self.world.today();
        let years = i64::try_from(setting("PSR_SIM_YEARS").unwrap_or(YEARS)).expect("a few years");
        let end = begun.checked_add(years.years()).expect("a date of this age");
        while self.world.today() < end {
            self.clock_moves();
            let (by, command) = Asker { chance: &mut self.chance, world: &mut self.world }.next();
            self.is_asked(by, &command);
            let changed = self.changed();
            for footing in promises::stand(&self.world, &self.book, &mut self.chance, &changed) {
                *self.coverage.shown.entry(footing).or_default() += 1;
            }
            if self.chance.under(300) == 0 {
                self.answers.push((self.world.log.len(), self.world.at, promises::digest(&self.world)));
            }
            if self.chance.under(2000) == 0 {
                promises::nothing_erased_is_left(&self.world, &format!("{:?}", self.world.register));
            }
            if self.world.log.len().is_multiple_of(20) {
                numbers::agree_today(&self.world, &self.book);
            }
            if self.chance.under(100) == 0 {
                promises::clocks_run_as_told(&self.world, &self.book);
                promises::lists_are_seen_to(&self.world, &self.book);
                promises::access_is_seen_to(&self.world, &self.book);
                promises::looks_are_seen_to(&self.world, &self.book);
                promises::files_are_joined_as_told(&self.world, &self.book);
            }
        }
        let printed = format!("{:?}", self.world.register);
        promises::nothing_erased_is_left(&self.world, &printed);
        numbers::agree_today(&self.world, &self.book);
        numbers::every_month_is_as_it_was_counted(&self.world, &self.book.recount);
        if self.book.outlived_a_decision_file() {
            *self.coverage.shown.entry("decision file destroyed").or_default() += 1;
        }
        if self.chance.percent(5) {
            promises::what_is_foreseen_comes_true(&self.world);
        }
        self.past_answers_are_given_again(&printed);
        let days = self.world.today().since(begun).expect("later").get_days();
        self.coverage.days += u64::from(days.unsigned_abs());
        self.coverage
    }

    /// What may answer otherwise than after the step before.
    fn changed(&mut self) -> Changed {
        let touched = std::mem::take(&mut self.touched);
        let today = self.world.today();
        if self.asked_on.replace(today) == Some(today) {
            Changed::Measures(touched)
        } else {
            Changed::Everything
        }
    }

    /// Minutes, days, or now and then weeks.
    fn clock_moves(&mut self) {
        let minutes = match self.chance.under(100) {
            0..60 => self.chance.under(60 * 4),
            60..94 => self.chance.under(60 * 36),
            94..99 => self.chance.under(60 * 24 * 8),
            _ => self.chance.under(60 * 24 * 45),
        };
        let before = self.world.today();
        self.world.at += i64::try_from(minutes).unwrap_or(0).minutes();
        self.coverage.steps.days_pass(&self.world.register, before, self.world.today());
        if self.scheduler_stopped_until.is_none_or(|until| self.world.today() > until) {
            self.scheduler_stopped_until = None;
            if self.chance.under(400) == 0 {
                let days = 7 + u32::try_from(self.chance.under(100)).unwrap_or(0);
                let until = register::calendar::days_after(self.world.today(), days);
                self.scheduler_stopped_until = Some(until);
            } else if self.world.today() > before && self.chance.percent(85) {
                self.system_does_what_is_due();
            }
        }
    }

    /// What is due is carried out until nothing is: destroying a measure may free its incident, and that its subject.
    fn system_does_what_is_due(&mut self) {
        for round in 0.. {
            let due = register::due::due(&self.world.register, self.world.today());
            if due.is_empty() {
                break;
            }
            assert!(round < 5, "what is due comes to an end");
            for command in due {
                let accepted = self.is_asked(Actor::System, &command);
                assert!(accepted, "what falls due is not refused: {command:?}");
            }
        }
        self.book.nothing_is_overdue_for_destruction(self.world.today());
    }

    /// Notes the measures that an event is about, itself or through their incident or subject.
    fn touches(&mut self, event: &Event) {
        for file in event.files() {
            match file {
                File::Measure(id) => {
                    self.touched.insert(id);
                }
                File::Incident(id) => {
                    self.touched
                        .extend(self.world.register.measures_resting_on(id).map(|measure| measure.id));
                }
                File::Subject(id) => {
                    self.touched.extend(self.world.register.measures_about(id).map(|measure| measure.id));
                }
                _ => self.asked_on = None,
            }
        }
        if event.files().is_empty() {
            self.asked_on = None;
        }
    }

    fn is_asked(&mut self, by: Actor, command: &Command) -> bool {
        let moment = self.world.moment(by);
        match register::decide(&self.world.register, command, &moment) {
            Ok(events) => {
                assert!(!events.is_empty(), "something follows from what is not refused");
                let before = steps::Stood::before(&self.world.register, command, &events, moment.date());
                self.book.is_as_proposed(command);
                if let Command::ApproveImport(approve) = command
                    && self.chance.percent(20)
                {
                    promises::taken_back_at_once_it_is_as_before(
                        &self.world,
                        approve.import,
                        &events,
                        moment,
                    );
                }
                for event in events {
                    self.book.takes_in(&self.world, &event, moment);
                    self.touches(&event);
                    let position = u64::try_from(self.world.log.len()).unwrap_or(0);
                    self.world.register.apply(&event, moment, position);
                    if let Event::ImportUndone { import, .. } = &event {
                        promises::nothing_of_it_is_left(&self.world, &self.book, *import);
                    }
                    if let Event::Destroyed { file, lockers } = &event {
                        promises::the_file_is_emptied(&self.world, *file, lockers);
                    }
                    self.world.log.push((event, moment));
                }
                self.coverage.steps.took(&self.world.register, command, &before, moment.date());
                *self.coverage.accepted.entry(command.name()).or_default() += 1;
                true
            }
            Err(refusal) => {
                let words = refusal.to_string();
                for word in ["Tellwright", "Overway", "Bittern", SUBJECT_WORD, SECRET_WORD] {
                    assert!(!words.contains(word), "a refusal tells nothing of the file: {words}");
                }
                let name = format!("{refusal:?}");
                let name = name.split(['(', ' ']).next().unwrap_or_default().to_owned();
                *self.coverage.refused.entry((command.name(), name)).or_default() += 1;
                false
            }
        }
    }

    /// Replays the log, stopping wherever the answers were noted; in the end it is the register as `printed`.
    fn past_answers_are_given_again(&self, printed: &str) {
        let mut replayed = World::empty();
        let mut from = 0;
        for (length, at, digest) in &self.answers {
            replay(&mut replayed.register, &self.world.log, from..*length);
            from = *length;
            replayed.at = *at;
            assert_eq!(promises::digest(&replayed), *digest, "what was answered at {at} is answered again");
        }
        replay(&mut replayed.register, &self.world.log, from..self.world.log.len());
        let mut rest = Rest(printed);
        let same = write!(rest, "{:?}", replayed.register).is_ok() && rest.0.is_empty();
        assert!(same, "the log replayed is the register, up to: {}", rest.0.get(..200).unwrap_or(rest.0));
    }
}

/// What is left of a text of which the beginning has been written again, word for word.
struct Rest<'t>(&'t str);

impl std::fmt::Write for Rest<'_> {
    fn write_str(&mut self, again: &str) -> std::fmt::Result {
        self.0 = self.0.strip_prefix(again).ok_or(std::fmt::Error)?;
        Ok(())
    }
}

fn replay(register: &mut Register, log: &[(Event, Moment)], positions: std::ops::Range<usize>) {
    for position in positions {
        let (event, moment) = &log[position];
        register.apply(event, *moment, u64::try_from(position).unwrap_or(0));
    }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().expect("a number"))
}

/// Goes through the years of each seed and adds up what happened. Panics at the first promise that is broken.
fn go_through(seeds: std::ops::Range<u64>, coverage: &Mutex<Coverage>) {
    let next = AtomicU64::new(seeds.start);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if !seeds.contains(&seed) {
                        break;
                    }
                    match catch_unwind(AssertUnwindSafe(|| Run::of(seed).years())) {
                        Ok(covered) => coverage.lock().expect("coverage").add(covered),
                        Err(broken) => {
                            next.store(seeds.end, Ordering::Relaxed);
                            eprintln!("a promise was broken: run it again with PSR_SIM_SEED={seed}");
                            resume_unwind(broken);
                        }
                    }
                }
            });
        }
    });
}

#[test]
fn the_simulation_breaks_no_promise_through_years_of_chance() {
    let (first, count) = match setting("PSR_SIM_SEED") {
        Some(seed) => (seed, 1),
        None => (1, setting("PSR_SIM_SEEDS").unwrap_or(SEEDS)),
    };
    let coverage = Mutex::new(Coverage::default());
    go_through(first..first + count, &coverage);
    // A row of a chart that is taken once in a thousand lives may wait for the next thousand.
    for further in 1..=FURTHER {
        if count < SEEDS || coverage.lock().expect("coverage").steps.left_out().is_empty() {
            break;
        }
        let begins = first + count + (further - 1) * SEEDS / 4;
        go_through(begins..begins + SEEDS / 4, &coverage);
    }
    let coverage = coverage.into_inner().expect("coverage");
    coverage.print();
    if count >= SEEDS {
        let left_out = coverage.steps.left_out();
        assert!(left_out.is_empty(), "a chart has what never happens: {left_out:#?}");
    }
    if count >= 50 {
        for name in Command::NAMES {
            assert!(coverage.accepted.contains_key(name), "{name} was never carried out");
        }
        coverage.steps.are_all_in_the_charts();
        for footing in [
            "told by letter",
            "not told",
            "review overdue",
            "interim",
            "provisional",
            "decision file destroyed",
        ] {
            assert!(coverage.shown.contains_key(footing), "nothing was ever shown as {footing}");
        }
    }
}

#[test]
fn any_events_in_any_order_leave_a_register_that_still_answers() {
    for seed in 1..=20 {
        let mut run = Run::of(seed);
        while run.world.log.len() < 600 {
            run.clock_moves();
            let (by, command) = Asker { chance: &mut run.chance, world: &mut run.world }.next();
            run.is_asked(by, &command);
        }
        let mut disordered = World::empty();
        disordered.at = run.world.at;
        for position in 0..1500 {
            let (event, moment) = &run.world.log[run.chance.under(run.world.log.len())];
            disordered.register.apply(event, *moment, position);
            if position % 50 == 0 {
                promises::digest(&disordered);
            }
        }
        for _ in 0..500 {
            let (by, command) = Asker { chance: &mut run.chance, world: &mut disordered }.next();
            let moment = disordered.moment(by);
            if let Ok(events) = register::decide(&disordered.register, &command, &moment) {
                for event in events {
                    disordered.register.apply(&event, moment, 0);
                }
            }
        }
    }
}
