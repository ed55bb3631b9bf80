//! Looks that stand out: whoever oversees them asks the reader what they were for, the reader answers, and somebody else closes them.
//!
//! Looks are numbers of rows of the access log, which the register does not hold: it keeps who asked whom about which, and what came of it.
//! Neither the reader nor their manager closes them. Words lie with the reader's account, since they are about nobody else.

use crate::calendar;
use crate::choice::choices;
use crate::command::{ExplainLooks, QuestionLooks, ReviewLooks};
use crate::event::Event;
use crate::ids::AccountId;
use crate::moment::Moment;
use crate::people::{self, Account, Action};
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How many working days a reader has to answer, and whoever manages accounts once misuse was found.
pub const ANSWER_WITHIN: u32 = 5;

choices! {
    /// What came of looks that stood out.
    LooksFinding {
        /// There was a reason to look.
        Explained = "explained", "There was a reason to look";
        /// There was none worth the name, and the reader was reminded of what they signed.
        Reminded = "reminded", "Reminded of the code of conduct";
        /// It was misuse: somebody says whether access stays.
        Misuse = "misuse", "Misuse: whoever manages accounts says whether access stays";
    }
}

/// What somebody was asked about looks of theirs.
#[derive(Debug, Clone)]
pub struct LooksQuestion {
    /// Who is asked.
    pub reader: AccountId,
    /// Which rows of the access log.
    pub looks: BTreeSet<u64>,
    /// When, and by whom.
    pub asked: Moment,
    /// What is asked.
    pub words: Particulars<Text>,
    /// What the reader says.
    pub answer: Option<(Moment, Particulars<Text>)>,
}

impl LooksQuestion {
    /// The last day on which an answer is in time.
    #[must_use]
    pub fn answer_by(&self) -> Date {
        calendar::working_days_after(self.asked.date(), ANSWER_WITHIN)
    }
}

/// What came of looks that stood out.
#[derive(Debug, Clone)]
pub struct LooksReview {
    /// Whose they were.
    pub reader: AccountId,
    /// Which rows of the access log.
    pub looks: BTreeSet<u64>,
    /// When, and who says so.
    pub moment: Moment,
    /// What came of it.
    pub finding: LooksFinding,
    /// In words.
    pub words: Particulars<Text>,
}

impl Register {
    /// Every question about looks, oldest first, by its number.
    pub fn looks_questions(&self) -> impl Iterator<Item = (u32, &LooksQuestion)> {
        (0..).zip(&self.looks_questions)
    }

    /// One of them.
    #[must_use]
    pub fn looks_question(&self, number: u32) -> Option<&LooksQuestion> {
        self.looks_questions.get(usize::try_from(number).ok()?)
    }

    /// Everything that came of looks, oldest first.
    #[must_use]
    pub fn looks_reviews(&self) -> &[LooksReview] {
        &self.looks_reviews
    }

    /// The rows of the access log that somebody has closed.
    #[must_use]
    pub fn reviewed_looks(&self) -> BTreeSet<u64> {
        self.looks_reviews.iter().flat_map(|review| &review.looks).copied().collect()
    }

    /// Since when somebody is to say whether an account stays, because its holder misused it.
    #[must_use]
    pub fn misuse(&self, account: AccountId) -> Option<Moment> {
        self.misuse.get(&account).copied()
    }
}

pub(crate) fn question(
    register: &Register,
    command: &QuestionLooks,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let reader = looked(register, command.reader, &command.looks, moment)?;
    people::answers_for(register, reader.id)?;
    if reader.is_program() {
        return Err(Refusal::NotSuchAnAccount);
    }
    Ok(vec![Event::LooksQuestioned {
        reader: reader.id,
        looks: command.looks.clone(),
        words: Particulars::new(Locker::Account(reader.id), command.words.clone()),
    }])
}

pub(crate) fn explain(
    register: &Register,
    command: &ExplainLooks,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    // To anybody else there is no such question.
    let question = register.looks_question(command.question).filter(|it| moment.is_by(it.reader));
    let question = question.ok_or(Refusal::NoQuestion)?;
    if question.answer.is_some() {
        return Err(Refusal::QuestionAnswered);
    }
    Ok(vec![Event::LooksExplained {
        question: command.question,
        words: Particulars::new(Locker::Account(question.reader), command.words.clone()),
    }])
}

pub(crate) fn review(
    register: &Register,
    command: &ReviewLooks,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let reader = looked(register, command.reader, &command.looks, moment)?;
    Ok(vec![Event::LooksReviewed {
        reader: reader.id,
        looks: command.looks.clone(),
        finding: command.finding,
        words: Particulars::new(Locker::Account(reader.id), command.words.clone()),
    }])
}

/// Refuses whoever may not look into somebody's looks, nor read what was said of them: the reader, and their manager.
///
/// # Errors
/// The rule that keeps them from it.
pub fn looks_into(account: &Account, reader: &Account) -> Result<(), Refusal> {
    if reader.id == account.id {
        Err(Refusal::OwnLooks)
    } else if account.manages(reader) {
        Err(Refusal::ManagesReader)
    } else {
        Ok(())
    }
}

/// Whose looks they are. Refuses whoever does not oversee them, and looks that are closed already.
fn looked<'r>(
    register: &'r Register,
    reader: AccountId,
    looks: &BTreeSet<u64>,
    moment: &Moment,
) -> Result<&'r Account, Refusal> {
    let account = people::permit(register, moment, Action::ReviewLooks)?;
    let reader = register.account(reader).ok_or(Refusal::NoSuchAccount)?;
    looks_into(account, reader)?;
    if looks.is_empty() {
        return Err(Refusal::NoLooks);
    }
    let closed = register.looks_reviews.iter().any(|review| !review.looks.is_disjoint(looks));
    if closed { Err(Refusal::AlreadyDone) } else { Ok(reader) }
}
