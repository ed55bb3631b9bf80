//! Retention: nothing outlives its purpose. What is destroyed loses its words; that it existed, with dates and codes, remains.

use crate::calendar;
use crate::command::Destroy;
use crate::event::Event;
use crate::ids::File;
use crate::incident::{Incident, Injury};
use crate::measure::Life;
use crate::moment::{Actor, Moment};
use crate::personal::Locker;
use crate::policy::Figure;
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

/// RIDDOR 2013 reg. 12: records of reportable injuries are kept three years.
const REPORTABLE_MONTHS: u32 = 36;

/// The first day on which an incident's words may go: its own clock from the day it was triaged or, where a measure rests on
/// it, when that measure's words go. `None` while it waits for triage, or a measure that rests on it lives or is held.
#[must_use]
pub fn incident_destroy_on(register: &Register, incident: &Incident) -> Option<Date> {
    let triage = incident.triage.as_ref()?;
    let from = triage.moment.date();
    let own_clock = match incident.facts.injury {
        Injury::Reportable => calendar::months_after(from, REPORTABLE_MONTHS),
        _ => register.policy().after(from, Figure::RetainIncident),
    };
    let own_clock = calendar::days_after(own_clock, 1);
    let mut last = own_clock;
    for measure in register.measures_resting_on(incident.id) {
        match &measure.life {
            Life::Destroyed(moment) => last = last.max(moment.date()),
            _ => last = last.max(measure.destroy_on(register.policy())?),
        }
    }
    Some(last)
}

/// The lockers that hold a file's words.
fn lockers_of(file: File) -> Vec<Locker> {
    match file {
        File::Measure(id) => vec![Locker::Measure(id)],
        File::Incident(id) => vec![Locker::Incident(id), Locker::Reporter(id), Locker::Evidence(id)],
        File::Subject(id) => vec![Locker::Subject(id), Locker::Support(id)],
        File::Account(id) => vec![Locker::Account(id)],
        File::Policy => Vec::new(),
    }
}

/// The first day on which a subject's words may go: when every measure about them is destroyed and no incident about them is
/// left. `None` while anything about them is kept.
#[must_use]
pub fn subject_destroy_on(register: &Register, subject: crate::ids::SubjectId) -> Option<Date> {
    let mut last = register.subject(subject)?.details.known().and(register.opened_on(subject))?;
    let mut about = false;
    for measure in register.measures_about(subject) {
        let Life::Destroyed(moment) = &measure.life else { return None };
        last = last.max(moment.date());
        about = true;
    }
    for incident in register.incidents_about(subject) {
        if incident.narrative.known().is_some() {
            return None;
        }
        about = true;
    }
    // A file that nothing has ever been about was opened by mistake or is about to be used: it has the time of a draft.
    if !about {
        last = register.policy().after(last, Figure::DraftLife);
    }
    Some(calendar::days_after(last, 1))
}

pub(crate) fn destroy(
    register: &Register,
    command: &Destroy,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if moment.by != Actor::System {
        return Err(Refusal::OnlyByTime);
    }
    let due = match command.file {
        File::Measure(id) => {
            let measure = register.measure(id).ok_or(Refusal::NoSuchFile)?;
            if !measure.holds.is_empty() {
                return Err(Refusal::Held);
            }
            measure.destroy_on(register.policy())
        }
        File::Incident(id) => {
            let incident = register.incident(id).ok_or(Refusal::NoSuchFile)?;
            if register.measures_resting_on(id).any(|measure| !measure.holds.is_empty()) {
                return Err(Refusal::Held);
            }
            incident.narrative.known().and_then(|_| incident_destroy_on(register, incident))
        }
        File::Subject(id) => subject_destroy_on(register, id),
        File::Account(_) | File::Policy => None,
    };
    match due {
        Some(due) if moment.date() >= due => {
            Ok(vec![Event::Destroyed { file: command.file, lockers: lockers_of(command.file) }])
        }
        _ => Err(Refusal::NotDue),
    }
}
