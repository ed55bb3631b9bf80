//! The clock of a file: in which category it is kept, since when its time runs and until when, or what stops it.
//!
//! Worked out from facts and the policy whenever it is asked, never stored: a stopped scheduler changes no date. Words are not asked
//! whether they are still there: when a register is read again, those that will be destroyed further on are gone from the beginning.

use super::hold::{self, Ground};
use crate::calendar;
use crate::choice::choices;
use crate::ids::{AccessMonth, File, MeasureId, SubjectId};
use crate::incident::{Incident, Injury};
use crate::measure::{Kind, Life, Measure};
use crate::meeting::{Meeting, Sitting};
use crate::personal::Locker;
use crate::policy::{Figure, Unit};
use crate::state::Register;
use jiff::civil::Date;

/// RIDDOR 2013 reg. 12: records of reportable injuries are kept three years.
const REPORTABLE_MONTHS: u32 = 36;

choices! {
    /// In which category a file is kept: each has a time of its own.
    Category {
        /// An entry on the register, with its assessment, decision, letters and reviews.
        Entry = "entry", "Register entry";
        /// A limit on the customer's contact, likewise.
        Restriction = "restriction", "Restriction";
        /// A warning, likewise.
        Warning = "warning", "Warning";
        /// The decision, letters and reviews of a measure, kept sealed after the rest of it was destroyed.
        DecisionFile = "decision-file", "Sealed decision file";
        /// What somebody reported: a health and safety record.
        Incident = "incident", "Incident record";
        /// The same where the injury had to be reported to the Health and Safety Executive.
        Injury = "injury", "Record of a reportable injury";
        /// Who or where somebody is that measures or incidents are about.
        Subject = "subject", "Subject’s file";
        /// The same where nothing was ever about it.
        Unused = "unused", "Subject’s file that was never used";
        /// What was said at a meeting of the Governance Group, and whom it asked to do what.
        Meeting = "meeting", "Papers of a meeting";
        /// What was asked and shown in a month, at checks and searches. That somebody looked remains.
        Accesses = "accesses", "Month of the access log";
    }
}

impl Category {
    /// What a file is kept as; `None` for what is not destroyed by time, and for what there is not.
    #[must_use]
    pub fn of(register: &Register, file: File) -> Option<Self> {
        match file {
            File::Measure(id) if register.measure(id)?.sealed.is_some() => Some(Self::DecisionFile),
            File::Measure(id) => Some(match register.measure(id)?.kind {
                Kind::Entry => Self::Entry,
                Kind::Restriction => Self::Restriction,
                Kind::Warning => Self::Warning,
            }),
            File::Incident(id) => Some(match register.incident(id)?.facts.injury {
                Injury::Reportable => Self::Injury,
                Injury::None | Injury::Minor | Injury::OverThreeDays => Self::Incident,
            }),
            File::Subject(id) => {
                register.subject(id)?;
                let used = register.measures_about(id).next().is_some()
                    || register.incidents_about(id).next().is_some();
                Some(if used { Self::Subject } else { Self::Unused })
            }
            File::Meeting(id) => register.meeting(id).map(|_| Self::Meeting),
            File::Accesses(month) => {
                register.access_months().next().is_some_and(|first| first <= month).then_some(Self::Accesses)
            }
            File::Account(_) | File::Import(_) | File::Team(_) | File::Partner(_) | File::Policy => None,
        }
    }

    /// How long a file of this category is kept once its time runs.
    #[must_use]
    pub const fn keeping(self) -> Keeping {
        match self {
            Self::Entry | Self::Restriction | Self::Warning => Keeping::Policy(Figure::RetainMeasure),
            Self::DecisionFile => Keeping::Policy(Figure::SealedDecisionFile),
            Self::Incident => Keeping::Policy(Figure::RetainIncident),
            Self::Injury => Keeping::Law(REPORTABLE_MONTHS),
            Self::Subject => Keeping::WithTheRest,
            Self::Unused => Keeping::Policy(Figure::DraftLife),
            Self::Meeting => Keeping::Policy(Figure::RetainMeeting),
            Self::Accesses => Keeping::Policy(Figure::RetainAccesses),
        }
    }

    /// What its time is counted from, as pages say it: "6 months after …".
    #[must_use]
    pub const fn counted_from(self) -> &'static str {
        match self {
            Self::Entry | Self::Restriction | Self::Warning | Self::DecisionFile => "it ended",
            Self::Incident | Self::Injury => "it was triaged",
            Self::Subject => "the last file about them was destroyed",
            Self::Unused => "it was opened",
            Self::Meeting => "it closed",
            Self::Accesses => "it was over",
        }
    }
}

/// Where the length of a time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// The policy of the council says it.
    Policy(Figure),
    /// The law says it: RIDDOR 2013 reg. 12, in months.
    Law(u32),
    /// It is kept as long as anything that depends on it, and no day longer.
    WithTheRest,
}

impl Keeping {
    /// The last day of this time, begun on `start`.
    #[must_use]
    pub fn after(self, register: &Register, start: Date) -> Date {
        match self {
            Self::Policy(figure) => register.policy().after(start, figure),
            Self::Law(months) => calendar::months_after(start, months),
            Self::WithTheRest => start,
        }
    }

    /// The time in words: `6 months`; empty for what is kept with the rest.
    #[must_use]
    pub fn in_words(self, register: &Register) -> String {
        let (number, unit) = match self {
            Self::Policy(figure) => (register.policy().figure(figure), figure.unit()),
            Self::Law(months) if months % 12 == 0 => (months / 12, Unit::Years),
            Self::Law(months) => (months, Unit::Months),
            Self::WithTheRest => return String::new(),
        };
        format!("{number} {}", unit.label(number))
    }
}

/// The clock of a file on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What the file is kept as.
    pub category: Category,
    /// How its clock stands.
    pub stands: Stands,
}

/// How the clock of a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It runs.
    Runs {
        /// The London date it is counted from.
        since: Date,
        /// The last day the words are kept; on the next they are destroyed.
        last: Date,
        /// What keeps it longer than its own time, if anything does.
        longer: Option<MeasureId>,
    },
    /// Something stops it.
    Stopped(Stop),
    /// The words are destroyed, since this London date.
    Gone(Date),
}

/// What stops a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The measure has not ended, or the meeting not closed.
    Live,
    /// Nobody has said yet where the report goes.
    WaitsForTriage,
    /// A hold on this ground, or an ombudsman who has the file.
    Held(Ground),
    /// An appeal waits for its decision.
    Appeal,
    /// A measure that rests on the incident has not ended.
    RestsOn(MeasureId),
    /// A file about the subject, or that its time depends on, is still kept.
    KeptFor(File),
}

impl Clock {
    /// The day on which the words are to be destroyed, while the clock runs.
    #[must_use]
    pub fn destroy_on(&self) -> Option<Date> {
        match self.stands {
            Stands::Runs { last, .. } => Some(calendar::days_after(last, 1)),
            Stands::Stopped(_) | Stands::Gone(_) => None,
        }
    }
}

/// The clock of a file; `None` for what is not destroyed by time, and for what there is not.
#[must_use]
pub fn clock(register: &Register, file: File) -> Option<Clock> {
    let category = Category::of(register, file)?;
    let stands = match file {
        File::Measure(id) => of_measure(register, register.measure(id)?, category),
        File::Incident(id) => of_incident(register, register.incident(id)?, category),
        File::Subject(id) => of_subject(register, id, category)?,
        File::Meeting(id) => of_meeting(register, register.meeting(id)?, category),
        File::Accesses(month) => of_accesses(register, month, category),
        File::Account(_) | File::Import(_) | File::Team(_) | File::Partner(_) | File::Policy => return None,
    };
    Some(Clock { category, stands })
}

/// A measure is kept for a time after it ended.
fn of_measure(register: &Register, measure: &Measure, category: Category) -> Stands {
    let ended = match (&measure.life, &measure.sealed) {
        (_, Some(sealed)) => Some(sealed.ended.date()),
        (Life::Destroyed(_), None) => return Stands::Gone(gone_on(register, File::Measure(measure.id))),
        (Life::Ended { moment, .. }, None) => Some(moment.date()),
        _ => None,
    };
    match (hold::ground(register, File::Measure(measure.id)), ended) {
        (Some(ground), _) => Stands::Stopped(Stop::Held(ground)),
        (None, None) => Stands::Stopped(Stop::Live),
        (None, Some(_)) if measure.open_appeal().is_some() => Stands::Stopped(Stop::Appeal),
        (None, Some(since)) => {
            Stands::Runs { since, last: category.keeping().after(register, since), longer: None }
        }
    }
}

/// An incident is kept for a time of its own after it was triaged and, where a measure rests on it, as long as that measure's words.
fn of_incident(register: &Register, incident: &Incident, category: Category) -> Stands {
    if register.erased().contains(&Locker::Incident(incident.id)) {
        return Stands::Gone(gone_on(register, File::Incident(incident.id)));
    }
    if let Some(ground) = hold::ground(register, File::Incident(incident.id)) {
        return Stands::Stopped(Stop::Held(ground));
    }
    let Some(triage) = &incident.triage else { return Stands::Stopped(Stop::WaitsForTriage) };
    let since = triage.moment.date();
    let mut last = category.keeping().after(register, since);
    let mut longer = None;
    for measure in register.measures_resting_on(incident.id) {
        let measures = match (&measure.life, clock(register, File::Measure(measure.id)).map(|it| it.stands)) {
            // Its decision file may be kept longer; the incident's own words are not needed for it.
            (Life::Destroyed(moment), _) => calendar::day_before(moment.date()),
            (_, Some(Stands::Runs { last, .. })) => last,
            (_, Some(Stands::Gone(_)) | None) => continue,
            (_, Some(Stands::Stopped(_))) => return Stands::Stopped(Stop::RestsOn(measure.id)),
        };
        if measures > last {
            (last, longer) = (measures, Some(measure.id));
        }
    }
    Stands::Runs { since, last, longer }
}

/// A subject's words go when every measure about them is destroyed and no incident about them is left. A file that nothing has ever
/// been about was opened by mistake or is about to be used: it has the time of a draft.
fn of_subject(register: &Register, id: SubjectId, category: Category) -> Option<Stands> {
    let file = File::Subject(id);
    if register.erased().contains(&Locker::Subject(id)) {
        return Some(Stands::Gone(gone_on(register, file)));
    }
    let mut since = register.opened_on(id)?;
    if let Some(ground) = hold::ground(register, file) {
        return Some(Stands::Stopped(Stop::Held(ground)));
    }
    for measure in register.measures_about(id) {
        let Life::Destroyed(moment) = &measure.life else {
            return Some(Stands::Stopped(Stop::KeptFor(File::Measure(measure.id))));
        };
        since = since.max(moment.date());
    }
    for incident in register.incidents_about(id) {
        let file = File::Incident(incident.id);
        if !register.erased().contains(&Locker::Incident(incident.id)) {
            return Some(Stands::Stopped(Stop::KeptFor(file)));
        }
        since = since.max(gone_on(register, file));
    }
    Some(Stands::Runs { since, last: category.keeping().after(register, since), longer: None })
}

/// A meeting's words are kept for a time after it closed.
fn of_meeting(register: &Register, meeting: &Meeting, category: Category) -> Stands {
    match &meeting.sitting {
        _ if register.erased().contains(&Locker::Meeting(meeting.id)) => {
            Stands::Gone(gone_on(register, File::Meeting(meeting.id)))
        }
        Sitting::Called | Sitting::Open { .. } => Stands::Stopped(Stop::Live),
        Sitting::Closed { closed, .. } => {
            let since = closed.date();
            Stands::Runs { since, last: category.keeping().after(register, since), longer: None }
        }
    }
}

/// What was asked and shown is kept for a time after its month.
fn of_accesses(register: &Register, month: AccessMonth, category: Category) -> Stands {
    if register.erased().contains(&Locker::Accesses(month)) {
        return Stands::Gone(gone_on(register, File::Accesses(month)));
    }
    let since = month.last_day();
    Stands::Runs { since, last: category.keeping().after(register, since), longer: None }
}

/// When the words of a file were destroyed: the last line of its timeline says so.
fn gone_on(register: &Register, file: File) -> Date {
    register.timeline(file).last().map_or(Date::MIN, |happening| happening.moment.date())
}
