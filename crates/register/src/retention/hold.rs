//! Holds: destruction is stopped while an ombudsman, a court or the customer needs a file, and never for ever. A hold on a subject is one
//! on everything about them; one on a measure is one on what it rests on.

use crate::choice::choices;
use crate::command::{HoldFile, LiftHold};
use crate::event::Event;
use crate::ids::File;
use crate::measure::Measure;
use crate::moment::Moment;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::Figure;
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// For whom a file is held.
    Ground {
        /// The ombudsman looks into it, or may.
        Ombudsman = "ombudsman", "The ombudsman";
        /// A claim or a case in court, or one that is expected.
        Court = "court", "A court case or claim";
        /// Somebody has asked for what is kept about them, or that it be corrected.
        RightsRequest = "rights-request", "A request about somebody’s own data";
        /// The police investigate.
        Police = "police", "A police investigation";
        /// Anything else that needs the file.
        Other = "other", "Another reason";
    }
}

/// A hold stops destruction.
#[derive(Debug, Clone)]
pub struct Hold {
    /// When and by whom it was placed, or last looked at again.
    pub moment: Moment,
    /// For whom.
    pub ground: Ground,
    /// When it is to be looked at again; one placed before holds had such a day has none.
    pub review_on: Option<Date>,
    /// For whom or what, in words.
    pub reasons: Particulars<Text>,
}

impl Hold {
    /// The day by which it is to be looked at again: for one without a day of its own, as soon as for a measure in force.
    #[must_use]
    pub fn review_by(&self, register: &Register) -> Date {
        self.review_on.unwrap_or_else(|| register.policy().after(self.moment.date(), Figure::ReviewInterval))
    }
}

/// The holds placed on this very file.
#[must_use]
pub fn placed(register: &Register, file: File) -> &[Hold] {
    match file {
        File::Measure(id) => register.measure(id).map_or(&[], |measure| &measure.holds),
        File::Incident(id) => register.incident(id).map_or(&[], |incident| &incident.holds),
        File::Subject(id) => register.subject(id).map_or(&[], |subject| &subject.holds),
        File::Account(_)
        | File::Meeting(_)
        | File::Accesses(_)
        | File::Import(_)
        | File::Team(_)
        | File::Partner(_)
        | File::Policy => &[],
    }
}

/// A hold that keeps this file: its own, or one on what it belongs to.
#[must_use]
pub fn on(register: &Register, file: File) -> Option<&Hold> {
    let own = placed(register, file).first();
    // One on a file is one on every file about the same.
    let of_subject = |subject| {
        let same = register.same(subject).into_iter();
        same.map(File::Subject).find_map(|file| placed_first(register, file))
    };
    let of_measure = |measure: &Measure| {
        placed_first(register, File::Measure(measure.id)).or_else(|| of_subject(measure.subject))
    };
    own.or_else(|| match file {
        File::Measure(id) => register.measure(id).and_then(of_measure),
        File::Incident(id) => register
            .measures_resting_on(id)
            .find_map(of_measure)
            .or_else(|| of_subject(register.incident(id)?.triage.as_ref()?.subject?)),
        File::Subject(id) => of_subject(id),
        File::Account(_)
        | File::Meeting(_)
        | File::Accesses(_)
        | File::Import(_)
        | File::Team(_)
        | File::Partner(_)
        | File::Policy => None,
    })
}

/// For whom a file is kept from destruction: what its hold says, or an ombudsman who has a complaint about a measure or about what a
/// measure rests on. Nobody has to place or to lift that hold: it stands while the complaint is open.
#[must_use]
pub fn ground(register: &Register, file: File) -> Option<Ground> {
    let has_complaint = |measure: &Measure| measure.open_complaint().is_some();
    let with_an_ombudsman = || match file {
        File::Measure(id) => register.measure(id).is_some_and(has_complaint),
        File::Incident(id) => register.measures_resting_on(id).any(has_complaint),
        File::Subject(_)
        | File::Account(_)
        | File::Meeting(_)
        | File::Accesses(_)
        | File::Import(_)
        | File::Team(_)
        | File::Partner(_)
        | File::Policy => false,
    };
    on(register, file).map(|hold| hold.ground).or_else(|| with_an_ombudsman().then_some(Ground::Ombudsman))
}

fn placed_first(register: &Register, file: File) -> Option<&Hold> {
    placed(register, file).first()
}

/// Every file on which a hold is placed, with its holds.
pub fn all(register: &Register) -> impl Iterator<Item = (File, &Hold)> {
    let of_measures = register.measures().map(|measure| (File::Measure(measure.id), &measure.holds));
    let of_incidents = register.incidents().map(|incident| (File::Incident(incident.id), &incident.holds));
    let of_subjects = register.subjects().map(|subject| (File::Subject(subject.id), &subject.holds));
    of_measures
        .chain(of_incidents)
        .chain(of_subjects)
        .flat_map(|(file, holds)| holds.iter().map(move |hold| (file, hold)))
}

/// The locker of why a file is held: it goes with the file.
fn locker(register: &Register, file: File) -> Result<Locker, Refusal> {
    match file {
        File::Measure(id) if register.measure(id).is_some_and(|measure| measure.sealed.is_some()) => {
            Ok(Locker::DecisionFile(id))
        }
        File::Measure(id) => Ok(Locker::Measure(id)),
        File::Incident(id) => Ok(Locker::Incident(id)),
        File::Subject(id) => Ok(Locker::Subject(id)),
        File::Account(_)
        | File::Meeting(_)
        | File::Accesses(_)
        | File::Import(_)
        | File::Team(_)
        | File::Partner(_)
        | File::Policy => Err(Refusal::NoSuchFile),
    }
}

pub(crate) fn hold(register: &Register, command: &HoldFile, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    let clock = super::clock(register, command.file).ok_or(Refusal::NoSuchFile)?;
    if matches!(clock.stands, super::Stands::Gone(_)) {
        return Err(Refusal::Destroyed);
    }
    // No hold is for ever: it is looked at again as often as a measure in force.
    let latest = register.policy().after(moment.date(), Figure::ReviewInterval);
    if command.review_on <= moment.date() || command.review_on > latest {
        return Err(Refusal::ReviewDate { latest });
    }
    Ok(vec![Event::FileHeld {
        file: command.file,
        ground: command.ground,
        review_on: command.review_on,
        reasons: Particulars::new(locker(register, command.file)?, command.reasons.clone()),
    }])
}

pub(crate) fn lift(register: &Register, command: &LiftHold) -> Result<Vec<Event>, Refusal> {
    if placed(register, command.file).is_empty() {
        return Err(Refusal::NoHold);
    }
    Ok(vec![Event::FileReleased {
        file: command.file,
        reasons: Particulars::new(locker(register, command.file)?, command.reasons.clone()),
    }])
}

/// Takes in a hold: one for the same ground takes the place of the one before.
pub(crate) fn take_in(holds: &mut Vec<Hold>, hold: Hold) {
    holds.retain(|placed| placed.ground != hold.ground);
    holds.push(hold);
}
