//! Notice: the customer is told, or two people record why not.
//!
//! A letter is written by one person and approved by another; what is approved is the whole text with its addressee, and an
//! address that changes afterwards sends it back. What becomes of a measure later (kept, changed, appealed against, taken off) owes
//! a customer who was told a letter of its own, on the same terms. Withholding is asked for by a decision maker and agreed by the data
//! protection officer, on a ground of the policy; it puts telling off, and is over as soon as a letter is sent after all.

mod letter;

pub use letter::{Content, Letter, Occasion, Section};

use crate::choice::choices;
use crate::command::{
    AgreeWithholding, ApproveLetter, RecordLetterSent, RefuseWithholding, WithholdNotice, WriteLetter,
};
use crate::event::Event;
use crate::ids::MeasureId;
use crate::incident::known_codes;
use crate::measure::{Life, Measure};
use crate::moment::Moment;
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Code, List};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// How a letter reached the customer.
    Delivery {
        /// Royal Mail or courier.
        Post = "post", "By post";
        /// Handed over.
        Hand = "hand", "By hand";
        /// By mail to an address the customer uses.
        Email = "email", "By email";
        /// Through an advocate, social worker or representative.
        Advocate = "advocate", "Through an advocate or social worker";
    }
}

/// A notice that is not finished yet.
#[derive(Debug, Clone)]
pub enum Draft {
    /// A letter has been written.
    Written {
        /// When and by whom.
        written: Moment,
        /// Its text.
        letter: Particulars<Letter>,
        /// When and by whom it was approved.
        approved: Option<Moment>,
    },
    /// Somebody asked that the customer is not told for now.
    WithholdingAsked(Withholding),
}

/// Why a customer is for now not told.
#[derive(Debug, Clone)]
pub struct Withholding {
    /// Asked for by whom and when.
    pub asked: Moment,
    /// The policy's ground.
    pub ground: Code,
    /// What shows it.
    pub evidence: Particulars<Text>,
    /// The second person's agreement, once given.
    pub agreed: Option<Agreement>,
}

/// A second person's agreement that a customer is for now not told.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// By whom and when.
    pub moment: Moment,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// How the customer was dealt with.
#[derive(Debug, Clone)]
pub enum Notice {
    /// Told by letter.
    Sent {
        /// What it said.
        letter: Particulars<Letter>,
        /// The day it was sent.
        sent_on: Date,
        /// How.
        delivery: Delivery,
    },
    /// Two people decided not to tell for now.
    Withheld(Withholding),
}

/// A letter that is owed because something has become of a measure since its customer was told.
#[derive(Debug, Clone)]
pub struct OutcomeLetter {
    /// Of what it tells.
    pub occasion: Occasion,
    /// Since when it is owed, and by whose act.
    pub owed: Moment,
    /// How far it has come.
    pub stage: OutcomeStage,
}

/// How far a letter that is owed has come.
#[derive(Debug, Clone)]
pub enum OutcomeStage {
    /// To be written.
    Owed,
    /// Written, and perhaps approved.
    Written {
        /// When and by whom.
        written: Moment,
        /// Its text.
        letter: Particulars<Letter>,
        /// When and by whom it was approved.
        approved: Option<Moment>,
    },
    /// Sent.
    Sent {
        /// What it said.
        letter: Particulars<Letter>,
        /// The day it was sent.
        sent_on: Date,
        /// How.
        delivery: Delivery,
    },
}

impl OutcomeLetter {
    /// A letter owed since `owed`.
    pub(crate) const fn owed(occasion: Occasion, owed: Moment) -> Self {
        Self { occasion, owed, stage: OutcomeStage::Owed }
    }

    /// The day it was sent, once it was.
    #[must_use]
    pub const fn sent_on(&self) -> Option<Date> {
        match self.stage {
            OutcomeStage::Sent { sent_on, .. } => Some(sent_on),
            _ => None,
        }
    }

    /// Its text, once written.
    #[must_use]
    pub const fn letter(&self) -> Option<&Particulars<Letter>> {
        match &self.stage {
            OutcomeStage::Owed => None,
            OutcomeStage::Written { letter, .. } | OutcomeStage::Sent { letter, .. } => Some(letter),
        }
    }
}

/// A letter that its customer was sent.
#[derive(Debug, Clone, Copy)]
pub struct SentLetter<'m> {
    /// Of what it tells.
    pub occasion: Occasion,
    /// What it said.
    pub letter: &'m Particulars<Letter>,
    /// The day it was sent.
    pub sent_on: Date,
    /// How.
    pub delivery: Delivery,
}

impl Measure {
    /// Every letter that its customer was sent: that of the decision, and those since, oldest first.
    pub fn letters_sent(&self) -> impl Iterator<Item = SentLetter<'_>> {
        let first = match self.notice() {
            Some((Notice::Sent { letter, sent_on, delivery }, _)) => Some(SentLetter {
                occasion: Occasion::Decision,
                letter,
                sent_on: *sent_on,
                delivery: *delivery,
            }),
            _ => None,
        };
        let since = self.letters.iter().filter_map(|owed| match &owed.stage {
            OutcomeStage::Sent { letter, sent_on, delivery } => {
                Some(SentLetter { occasion: owed.occasion, letter, sent_on: *sent_on, delivery: *delivery })
            }
            OutcomeStage::Owed | OutcomeStage::Written { .. } => None,
        });
        first.into_iter().chain(since)
    }

    /// The letter of this occasion that has not been sent: the oldest, where several are owed.
    #[must_use]
    pub fn owed_letter(&self, occasion: Occasion) -> Option<&OutcomeLetter> {
        self.letters.iter().find(|letter| letter.occasion == occasion && letter.sent_on().is_none())
    }
}

/// A letter that has been written and not yet sent: that of the decision, or one that is owed since.
struct Written<'r> {
    written: Moment,
    letter: &'r Particulars<Letter>,
    approved: Option<Moment>,
}

/// The measure, and what has been written for this occasion and not yet sent.
fn written(
    register: &Register,
    measure: MeasureId,
    occasion: Occasion,
) -> Result<(&Measure, Option<Written<'_>>), Refusal> {
    if occasion == Occasion::Decision {
        let (measure, draft) = untold(register, measure)?;
        return Ok((
            measure,
            match draft {
                Some(Draft::Written { written, letter, approved }) => {
                    Some(Written { written: *written, letter, approved: *approved })
                }
                _ => None,
            },
        ));
    }
    let measure = register.measure(measure).ok_or(Refusal::NoSuchFile)?;
    let owed = measure.owed_letter(occasion).ok_or(Refusal::NoLetterOwed)?;
    Ok((
        measure,
        match &owed.stage {
            OutcomeStage::Written { written, letter, approved } => {
                Some(Written { written: *written, letter, approved: *approved })
            }
            _ => None,
        },
    ))
}

/// A measure whose customer has not been told: just decided, or in force without their knowing.
fn untold(register: &Register, measure: MeasureId) -> Result<(&Measure, Option<&Draft>), Refusal> {
    let measure = register.measure(measure).ok_or(Refusal::NoSuchFile)?;
    match &measure.life {
        Life::Decided { draft, .. } | Life::InForce { notice: Notice::Withheld(_), draft, .. } => {
            Ok((measure, draft.as_ref()))
        }
        _ => Err(Refusal::WrongStage(measure.stage())),
    }
}

/// A decided measure that waits for its notice. Once it is in force, not telling is reconsidered at its reviews.
fn awaiting(register: &Register, measure: MeasureId) -> Result<(&Measure, Option<&Draft>), Refusal> {
    let (measure, draft) = untold(register, measure)?;
    match measure.life {
        Life::Decided { .. } => Ok((measure, draft)),
        _ => Err(Refusal::WrongStage(measure.stage())),
    }
}

pub(crate) fn write(
    register: &Register,
    command: &WriteLetter,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (measure, _) = written(register, command.measure, command.occasion)?;
    if protected_names(register, measure).any(|name| mentions(command.explanation.as_str(), &name)) {
        return Err(Refusal::LetterNamesProtected);
    }
    let fresh = Text::of(&command.code.to_string());
    let opened = (command.occasion == Occasion::Decision && measure.appeal_code.is_none())
        .then(|| Particulars::new(Locker::Measure(measure.id), fresh));
    let code = opened.as_ref().or(measure.appeal_code.as_ref()).and_then(Particulars::known);
    let letter = letter::compose(register, measure, command.occasion, &command.explanation, code, moment)?;
    let letter = Particulars::new(Locker::DecisionFile(measure.id), letter);
    let written = match command.occasion {
        Occasion::Decision => Event::LetterWritten { measure: measure.id, letter },
        occasion => Event::OutcomeLetterWritten { measure: measure.id, occasion, letter },
    };
    let opened = opened.map(|code| Event::AppealOpened { measure: measure.id, code });
    Ok(opened.into_iter().chain(std::iter::once(written)).collect())
}

/// The names of those who reported the incidents behind a measure, told of them, were harmed by them or saw them.
fn protected_names(register: &Register, measure: &Measure) -> impl Iterator<Item = String> {
    measure.incidents.iter().filter_map(|id| register.incident(*id)).flat_map(|incident| {
        let reporter = register.account(incident.reporter).and_then(|account| account.details.known());
        let told_by = incident.told_by.as_ref().and_then(Particulars::known);
        reporter
            .map(|details| &details.name)
            .into_iter()
            .chain(told_by)
            .chain(incident.involved.iter().filter_map(|involved| involved.name(register)))
            .map(|name| name.as_str().to_lowercase())
    })
}

/// Whether a text holds a name as whole words, without regard to case.
fn mentions(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let name = words(name);
    !name.is_empty() && words(text).windows(name.len()).any(|window| window == name)
}

pub(crate) fn approve(
    register: &Register,
    command: &ApproveLetter,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (measure, written) = written(register, command.measure, command.occasion)?;
    let Some(written) = written else { return Err(Refusal::NoLetter) };
    if written.approved.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if written.written.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    addressed_to_current(register, measure, written.letter)?;
    Ok(vec![match command.occasion {
        Occasion::Decision => Event::LetterApproved { measure: measure.id },
        occasion => Event::OutcomeLetterApproved { measure: measure.id, occasion },
    }])
}

pub(crate) fn sent(
    register: &Register,
    command: &RecordLetterSent,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (measure, written) = written(register, command.measure, command.occasion)?;
    let Some(written) = written else { return Err(Refusal::NoLetter) };
    let approved = written.approved.ok_or(Refusal::LetterNotApproved)?;
    if command.sent_on < approved.date() || command.sent_on > moment.date() {
        return Err(Refusal::SentDate);
    }
    addressed_to_current(register, measure, written.letter)?;
    let (measure, sent_on, delivery) = (measure.id, command.sent_on, command.delivery);
    Ok(vec![match command.occasion {
        Occasion::Decision => Event::LetterSent { measure, sent_on, delivery },
        occasion => Event::OutcomeLetterSent { measure, occasion, sent_on, delivery },
    }])
}

/// Refuses a letter whose addressee is no longer what the subject's file says.
fn addressed_to_current(
    register: &Register,
    measure: &Measure,
    letter: &Particulars<Letter>,
) -> Result<(), Refusal> {
    let letter = letter.known().ok_or(Refusal::Destroyed)?;
    let envelope = letter::envelope(register, measure)?;
    if letter.addressee == envelope { Ok(()) } else { Err(Refusal::AddressChanged) }
}

pub(crate) fn withhold(
    register: &Register,
    command: &WithholdNotice,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let (measure, _) = awaiting(register, command.measure)?;
    measure.not_reported_by(register, moment)?;
    known_codes(register, List::WithholdingGround, std::slice::from_ref(&command.ground))?;
    Ok(vec![Event::WithholdingAsked {
        measure: command.measure,
        ground: command.ground.clone(),
        evidence: Particulars::new(Locker::DecisionFile(command.measure), command.evidence.clone()),
    }])
}

/// Refuses whoever may not answer, as the second person, that a customer is not told.
fn answers_withholding(register: &Register, measure: MeasureId, moment: &Moment) -> Result<(), Refusal> {
    let (measure, draft) = awaiting(register, measure)?;
    measure.not_reported_by(register, moment)?;
    match draft {
        Some(Draft::WithholdingAsked(withholding)) if withholding.asked.by == moment.by => {
            Err(Refusal::SecondPersonNeeded)
        }
        Some(Draft::WithholdingAsked(_)) => Ok(()),
        _ => Err(Refusal::NoWithholding),
    }
}

pub(crate) fn agree_withholding(
    register: &Register,
    command: &AgreeWithholding,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    answers_withholding(register, command.measure, moment)?;
    Ok(vec![Event::NoticeWithheld {
        measure: command.measure,
        reasons: Particulars::new(Locker::DecisionFile(command.measure), command.reasons.clone()),
    }])
}

pub(crate) fn refuse_withholding(
    register: &Register,
    command: &RefuseWithholding,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    answers_withholding(register, command.measure, moment)?;
    Ok(vec![Event::WithholdingRefused {
        measure: command.measure,
        reasons: Particulars::new(Locker::DecisionFile(command.measure), command.reasons.clone()),
    }])
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_name_is_found_as_whole_words_only() {
        assert!(mentions("You shouted at Amy Dell, our officer", "amy dell"));
        assert!(mentions("AMY  DELL.", "amy dell"));
        assert!(!mentions("Amy's adeller", "amy dell"));
        assert!(!mentions("nothing", ""));
    }
}
