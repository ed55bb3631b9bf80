//! Retention: nothing outlives its purpose. What is destroyed loses its words; that it existed, with dates and codes, remains.

mod certificate;
mod clock;
mod forecast;
mod hold;

pub use certificate::{Certificate, Figure as CertifiedFigure};
pub use clock::{Category, Clock, Keeping, Stands, Stop, clock};
pub use forecast::{Expected, Forecast, Month, forecast, holds_by_review};
pub use hold::{Ground, Hold, ground as held_for, on as hold_on, placed};
pub(crate) use hold::{hold, lift, take_in};

use crate::command::Destroy;
use crate::event::Event;
use crate::ids::{AccessMonth, File, MeasureId};
use crate::measure::Measure;
use crate::moment::{Actor, Moment};
use crate::personal::Locker;
use crate::policy::Figure;
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

/// The lockers that hold what is left of a file's words.
pub(crate) fn lockers_of(register: &Register, file: File) -> Vec<Locker> {
    match file {
        File::Measure(id) if register.measure(id).is_some_and(|measure| measure.sealed.is_some()) => {
            vec![Locker::DecisionFile(id)]
        }
        File::Measure(id) => {
            let mut lockers = apart_from_decision(id);
            lockers.push(Locker::DecisionFile(id));
            lockers
        }
        File::Incident(id) => vec![
            Locker::Incident(id),
            Locker::Reporter(id),
            Locker::Harmed(id),
            Locker::Witnesses(id),
            Locker::Evidence(id),
        ],
        File::Subject(id) => vec![Locker::Subject(id), Locker::Support(id)],
        File::Account(id) => vec![Locker::Account(id)],
        File::Meeting(id) => vec![Locker::Meeting(id)],
        File::Accesses(month) => vec![Locker::Accesses(month)],
        File::Import(_) | File::Team(_) | File::Partner(_) | File::Policy => Vec::new(),
    }
}

/// The lockers of a measure that go when its decision file is sealed.
fn apart_from_decision(measure: MeasureId) -> Vec<Locker> {
    vec![Locker::Measure(measure), Locker::LegalAdvice(measure)]
}

/// Every file that is destroyed by time, or was, up to a day: those first that others wait for.
pub fn files(register: &Register, today: Date) -> impl Iterator<Item = File> {
    let measures = register.measures().map(|measure| File::Measure(measure.id));
    let incidents = register.incidents().map(|incident| File::Incident(incident.id));
    let subjects = register.subjects().map(|subject| File::Subject(subject.id));
    let meetings = register.meetings().map(|meeting| File::Meeting(meeting.id));
    let this = AccessMonth::of(today);
    let months = register.access_months().take_while(move |month| *month <= this).map(File::Accesses);
    measures.chain(incidents).chain(subjects).chain(meetings).chain(months)
}

/// Every file whose words are due to be destroyed on a day, in the same order.
pub(crate) fn due(register: &Register, today: Date) -> impl Iterator<Item = File> {
    files(register, today).filter(move |file| {
        clock(register, *file).and_then(|clock| clock.destroy_on()).is_some_and(|day| today >= day)
    })
}

/// Whether the decision file of a measure that has ended is to be kept longer than the rest of it (domain: retention, option B).
fn is_sealed_first(register: &Register, measure: MeasureId) -> bool {
    let ended = register.measure(measure).and_then(Measure::decided_and_ended);
    ended.is_some_and(|ended| outlives_the_rest(register, ended.date()))
}

/// Whether the policy keeps the decision file of a measure that ended on a day longer than the rest.
fn outlives_the_rest(register: &Register, ended: Date) -> bool {
    let policy = register.policy();
    policy.figure(Figure::SealedDecisionFile) > 0
        && policy.after(ended, Figure::SealedDecisionFile) > policy.after(ended, Figure::RetainMeasure)
}

pub(crate) fn destroy(
    register: &Register,
    command: &Destroy,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if moment.by != Actor::System {
        return Err(Refusal::OnlyByTime);
    }
    let file = command.file;
    let clock = match (clock(register, file), file) {
        (Some(clock), _) => clock,
        (None, File::Account(_) | File::Import(_) | File::Team(_) | File::Partner(_) | File::Policy) => {
            return Err(Refusal::NotDue);
        }
        (None, _) => return Err(Refusal::NoSuchFile),
    };
    match clock.stands {
        Stands::Stopped(Stop::Held(_)) => Err(Refusal::Held),
        _ if clock.destroy_on().is_some_and(|due| moment.date() >= due) => Ok(vec![match file {
            File::Measure(measure) if is_sealed_first(register, measure) => {
                Event::DecisionFileSealed { measure, lockers: apart_from_decision(measure) }
            }
            _ => Event::Destroyed { file, lockers: lockers_of(register, file) },
        }]),
        _ => Err(Refusal::NotDue),
    }
}
