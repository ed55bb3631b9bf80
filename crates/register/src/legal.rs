//! Legal advice: what a lawyer told the council about a measure, who asked for it and when.
//!
//! It is privileged, and is no part of what is decided on: it lies in a locker of its own, on a page of its own, and no letter, bundle, pack or extract
//! draws on it (DPA 2018 sch. 2 para. 19). It is destroyed with the words of the measure and never sealed into its decision file.

use crate::command::KeepLegalAdvice;
use crate::event::Event;
use crate::ids::{File, MeasureId};
use crate::measure::{Measure, Stage};
use crate::moment::Moment;
use crate::people::{Account, Action, Extent};
use crate::personal::{Locker, Particulars, Text};
use crate::reach::reach;
use crate::refusal::Refusal;
use crate::state::Register;
use crate::view::Disclosure;
use jiff::civil::Date;

/// What was advised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalWords {
    /// Who asked for it.
    pub asked_by: Text,
    /// The lawyer or firm that gave it.
    pub given_by: Text,
    /// What it says.
    pub advice: Text,
}

/// One piece of advice.
#[derive(Debug, Clone)]
pub struct LegalAdvice {
    /// Kept when and by whom.
    pub moment: Moment,
    /// The London date on which it was asked for.
    pub asked_on: Date,
    /// What was advised.
    pub words: Particulars<LegalWords>,
}

/// The measure whose legal advice an account may read, if it may: one whose file it opens, and whose words are not destroyed.
#[must_use]
pub fn readable<'r>(register: &'r Register, account: &Account, measure: MeasureId) -> Option<&'r Measure> {
    let opens = reach(register, account, File::Measure(measure)) >= Disclosure::File;
    let reads = account.extent(Action::ReadLegalAdvice) == Extent::All;
    register.measure(measure).filter(|measure| opens && reads && measure.stage() != Stage::Destroyed)
}

pub(crate) fn keep(
    register: &Register,
    command: &KeepLegalAdvice,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = register.measure(command.measure).ok_or(Refusal::NoSuchFile)?;
    if measure.stage() == Stage::Destroyed {
        return Err(Refusal::Destroyed);
    }
    if command.asked_on > moment.date() {
        return Err(Refusal::HappenedInFuture);
    }
    Ok(vec![Event::LegalAdviceKept {
        measure: command.measure,
        asked_on: command.asked_on,
        words: Particulars::new(Locker::LegalAdvice(command.measure), command.words.clone()),
    }])
}
