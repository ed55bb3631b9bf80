//! The forecast: what will be destroyed when, if nothing but time goes by.
//!
//! A file that waits for another is foreseen with it: an incident with the measures that rest on it, a subject the day after the last
//! of them, a warning after the watch period that ends it, an entry from an old list after the time to assess it. What somebody still has to decide is not foreseen.

use super::clock::{Category, Clock, Stands, Stop, clock};
use super::hold;
use crate::calendar;
use crate::ids::{File, IncidentId, SubjectId};
use crate::measure::{Life, Measure};
use crate::policy::Figure;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A destruction that is foreseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    /// The day; today where its day has passed.
    pub on: Date,
    /// Whose words.
    pub file: File,
    /// What it is kept as.
    pub category: Category,
}

/// What will be destroyed when, as seen on a day.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// The day.
    pub today: Date,
    /// Everything that is foreseen, soonest first.
    pub expected: Vec<Expected>,
    /// What should have been destroyed before today, with the day on which it should have been: the scheduler stands still.
    pub overdue: Vec<(Date, File)>,
}

/// One calendar month of a forecast.
#[derive(Debug, Clone)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// How many files of each category.
    pub counts: BTreeMap<Category, usize>,
}

impl Month {
    /// How many files in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }
}

impl Forecast {
    /// The next calendar months one by one, this one first.
    #[must_use]
    pub fn months(&self, number: u32) -> Vec<Month> {
        let this = self.today.first_of_month();
        (0..number)
            .map(|ahead| {
                let first = calendar::months_after(this, ahead);
                let mut counts = BTreeMap::new();
                for expected in self.expected.iter().filter(|it| it.on.first_of_month() == first) {
                    *counts.entry(expected.category).or_default() += 1;
                }
                Month { first, counts }
            })
            .collect()
    }

    /// How many are foreseen up to and including a day.
    #[must_use]
    pub fn until(&self, day: Date) -> usize {
        self.expected.iter().take_while(|expected| expected.on <= day).count()
    }
}

/// What will be destroyed when, if nothing but time goes by.
#[must_use]
pub fn forecast(register: &Register, today: Date) -> Forecast {
    let foreseen = Foreseen { register, today };
    let of = |file: File, on: Option<Date>| {
        Some(Expected { on: on?, file, category: Category::of(register, file)? })
    };
    let measures = register.measures().flat_map(|measure| {
        let file = File::Measure(measure.id);
        let sealed = Category::DecisionFile;
        let later = foreseen.decision_file(measure).map(|on| Expected { on, file, category: sealed });
        of(file, foreseen.measure(measure)).filter(|it| it.category != sealed).into_iter().chain(later)
    });
    let incidents = register
        .incidents()
        .filter_map(|incident| of(File::Incident(incident.id), foreseen.incident(incident.id)));
    let subjects =
        register.subjects().filter_map(|subject| of(File::Subject(subject.id), foreseen.subject(subject.id)));
    // These wait for nothing: their own clock says it all.
    let others = super::files(register, today)
        .filter(|file| matches!(file, File::Meeting(_) | File::Accesses(_)))
        .filter_map(|file| of(file, clock(register, file)?.destroy_on().map(|day| day.max(today))));
    let mut expected: Vec<Expected> = measures.chain(incidents).chain(subjects).chain(others).collect();
    expected.sort_unstable();
    let due = |file: File| clock(register, file).and_then(|clock| clock.destroy_on());
    let overdue =
        |expected: &Expected| due(expected.file).filter(|day| *day < today).map(|day| (day, expected.file));
    let mut overdue: Vec<_> = expected.iter().filter_map(overdue).collect();
    overdue.sort_unstable();
    overdue.dedup();
    Forecast { today, expected, overdue }
}

/// When each file would go, given that what it waits for goes in its own time. `None` while somebody has to act first, or it is gone.
struct Foreseen<'r> {
    register: &'r Register,
    today: Date,
}

impl Foreseen<'_> {
    fn clock(&self, file: File) -> Option<Clock> {
        clock(self.register, file)
    }

    /// When the words of a measure go.
    fn measure(&self, measure: &Measure) -> Option<Date> {
        let clock = self.clock(File::Measure(measure.id))?;
        let day = match clock.stands {
            Stands::Runs { .. } => clock.destroy_on()?,
            // A warning ends by itself the day after its watch period, an entry from an old list the day after it should have been
            // assessed, and its time begins then: unless an appeal still waits.
            Stands::Stopped(Stop::Live) if measure.open_appeal().is_none() => {
                let watched = measure.watch_ends(self.register.policy());
                let last = watched.or_else(|| measure.provisional_until())?;
                let ends = calendar::days_after(last, 1).max(self.today);
                calendar::days_after(clock.category.keeping().after(self.register, ends), 1)
            }
            Stands::Stopped(_) | Stands::Gone(_) => return None,
        };
        Some(day.max(self.today))
    }

    /// When the decision file of a measure goes, if it is kept longer than the rest.
    fn decision_file(&self, measure: &Measure) -> Option<Date> {
        let file = File::Measure(measure.id);
        if measure.sealed.is_some() {
            return self.clock(file)?.destroy_on().map(|day| day.max(self.today));
        }
        let rest_on = self.measure(measure)?;
        let ended = match (&measure.life, measure.watch_ends(self.register.policy())) {
            (Life::Ended { .. }, _) => measure.decided_and_ended()?.date(),
            (_, Some(watched)) if measure.decision_is_apart() => {
                calendar::days_after(watched, 1).max(self.today)
            }
            _ => return None,
        };
        let last = self.register.policy().after(ended, Figure::SealedDecisionFile);
        super::outlives_the_rest(self.register, ended).then(|| calendar::days_after(last, 1).max(rest_on))
    }

    /// When the words of an incident go: no sooner than those of the measures that rest on it.
    fn incident(&self, id: IncidentId) -> Option<Date> {
        let clock = self.clock(File::Incident(id))?;
        let incident = self.register.incident(id)?;
        let mut day = match clock.stands {
            Stands::Runs { .. } => clock.destroy_on()?,
            Stands::Stopped(Stop::RestsOn(_)) => {
                let triaged = incident.triage.as_ref()?.moment.date();
                calendar::days_after(clock.category.keeping().after(self.register, triaged), 1)
            }
            Stands::Stopped(_) | Stands::Gone(_) => return None,
        };
        for measure in self.register.measures_resting_on(id) {
            if matches!(measure.life, Life::Destroyed(_)) {
                continue;
            }
            day = day.max(self.measure(measure)?);
        }
        Some(day.max(self.today))
    }

    /// When the words of a subject go: the day after the last measure or incident about them.
    fn subject(&self, id: SubjectId) -> Option<Date> {
        let clock = self.clock(File::Subject(id))?;
        let mut day = match clock.stands {
            Stands::Runs { .. } => return clock.destroy_on().map(|day| day.max(self.today)),
            Stands::Stopped(Stop::KeptFor(_)) => calendar::days_after(self.register.opened_on(id)?, 1),
            Stands::Stopped(_) | Stands::Gone(_) => return None,
        };
        for measure in self.register.measures_about(id) {
            let gone = match &measure.life {
                Life::Destroyed(moment) => moment.date(),
                _ => self.measure(measure)?,
            };
            day = day.max(calendar::days_after(gone, 1));
        }
        for incident in self.register.incidents_about(id) {
            let gone = match self.clock(File::Incident(incident.id)).map(|clock| clock.stands) {
                Some(Stands::Gone(on)) => on,
                _ => self.incident(incident.id)?,
            };
            day = day.max(calendar::days_after(gone, 1));
        }
        Some(day.max(self.today))
    }
}

/// Every hold that is placed, that which is to be looked at soonest first.
#[must_use]
pub fn holds_by_review(register: &Register) -> Vec<(File, &hold::Hold)> {
    let mut holds: Vec<_> = hold::all(register).collect();
    holds.sort_by_key(|(file, hold)| (hold.review_by(register), *file));
    holds
}
