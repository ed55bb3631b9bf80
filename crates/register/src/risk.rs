//! The council's own risk assessment of running the register: impact 1 to 5 by likelihood 1 to 6, an owner, what is done about it, and a
//! history of how it was judged (cabinet report 2020, its risk assessment).
//!
//! Not about customers: the risk to a person is judged in words, never as a score. Words here are the council's own.

use crate::choice::choices;
use crate::command::{AssessRisk, CloseRisk, RaiseRisk, TransferRisk};
use crate::event::Event;
use crate::ids::RiskId;
use crate::moment::Moment;
use crate::personal::{Locker, Particulars, Text};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// How bad it would be.
    Impact {
        /// 1.
        Least = "1", "1: hardly noticed";
        /// 2.
        Minor = "2", "2: minor";
        /// 3.
        Moderate = "3", "3: moderate";
        /// 4.
        Serious = "4", "4: serious";
        /// 5.
        Critical = "5", "5: major or critical";
    }
}

choices! {
    /// How likely it is.
    Likelihood {
        /// 1.
        AlmostImpossible = "1", "1: almost impossible";
        /// 2.
        VeryLow = "2", "2: very low";
        /// 3.
        Low = "3", "3: low";
        /// 4.
        Significant = "4", "4: significant";
        /// 5.
        High = "5", "5: high";
        /// 6.
        VeryHigh = "6", "6: very high";
    }
}

choices! {
    /// What the council does with the risk.
    Control {
        /// Makes it smaller.
        Reduce = "reduce", "Reduce it";
        /// Lives with it.
        Accept = "accept", "Accept it";
        /// Lets somebody else bear it.
        Transfer = "transfer", "Transfer it to a third party";
        /// Ends what brings it about.
        Close = "close", "Close it: end what brings it about";
    }
}

choices! {
    /// What in the running register tells whether a risk is coming true.
    Sign {
        /// Teams that meet customers, and do not check.
        ChecksNotMade = "checks-not-made", "Teams that visit and do not check";
        /// Teams that are told of a marker and cannot look it up here: whatever they know, they keep somewhere else.
        ListsElsewhere = "lists-elsewhere", "Teams that are told and cannot look it up";
        /// People with an account who have never been let in, and teams without one.
        StaffWithoutAccess = "staff-without-access", "Staff without access";
    }
}

impl Impact {
    /// 1 to 5.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::Least => 1,
            Self::Minor => 2,
            Self::Moderate => 3,
            Self::Serious => 4,
            Self::Critical => 5,
        }
    }
}

impl Likelihood {
    /// 1 to 6.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::AlmostImpossible => 1,
            Self::VeryLow => 2,
            Self::Low => 3,
            Self::Significant => 4,
            Self::High => 5,
            Self::VeryHigh => 6,
        }
    }
}

/// How a risk is judged, and by when something is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// How bad it would be.
    pub impact: Impact,
    /// How likely it is.
    pub likelihood: Likelihood,
    /// What the council does with it.
    pub control: Control,
    /// The last day for doing it; `None` where it is ongoing.
    pub deadline: Option<Date>,
}

impl Rating {
    /// Impact times likelihood, 1 to 30.
    #[must_use]
    pub const fn score(self) -> u32 {
        self.impact.number() * self.likelihood.number()
    }
}

/// What a risk is and whose. Posts, not names: people move on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskWords {
    /// What may happen, and what would follow.
    pub what: Text,
    /// Who answers for it.
    pub owner: Text,
}

/// Why a risk is judged as it is, what is done, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Why it is judged so.
    pub reasons: Text,
    /// What is done about it, if anything.
    pub action: Option<Text>,
    /// Who does it.
    pub officer: Text,
}

/// One judgement of a risk.
#[derive(Debug, Clone)]
pub struct Judged {
    /// When and by whom.
    pub moment: Moment,
    /// How.
    pub rating: Rating,
    /// Why, what is done, and by whom.
    pub answer: Particulars<Answer>,
}

/// Where a risk went.
#[derive(Debug, Clone)]
pub struct Transferred {
    /// When and by whom it was recorded.
    pub moment: Moment,
    /// The London date it was put on the corporate risk register.
    pub on: Date,
    /// Under which reference, and why.
    pub words: Particulars<Text>,
}

/// The end of a risk.
#[derive(Debug, Clone)]
pub struct Closed {
    /// When and by whom.
    pub moment: Moment,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// A risk as it now stands.
#[derive(Debug, Clone)]
pub struct Risk {
    /// Its reference.
    pub id: RiskId,
    /// When it was raised and by whom.
    pub raised: Moment,
    /// What it is and whose.
    pub words: Particulars<RiskWords>,
    /// What tells whether it is coming true.
    pub sign: Option<Sign>,
    /// How it was judged when it was raised.
    pub first: Judged,
    /// Every judgement since, oldest first.
    pub later: Vec<Judged>,
    /// When it was put on the corporate risk register, if it was.
    pub transferred: Option<Transferred>,
    /// Its end, if it has come.
    pub closed: Option<Closed>,
}

impl Risk {
    /// How it is judged now.
    #[must_use]
    pub fn now(&self) -> &Judged {
        self.later.last().unwrap_or(&self.first)
    }

    /// Every judgement, oldest first.
    pub fn judged(&self) -> impl DoubleEndedIterator<Item = &Judged> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// Whether what was to be done by a day was not, as far as the register knows.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.closed.is_none() && self.now().rating.deadline.is_some_and(|deadline| deadline < today)
    }
}

fn sealed<T>(content: T) -> Particulars<T> {
    Particulars::new(Locker::Council, content)
}

/// Refuses a judgement that says nothing: something is to be done and nobody says what, or by a day that has passed.
fn check(rating: Rating, answer: &Answer, moment: &Moment) -> Result<(), Refusal> {
    if rating.control != Control::Accept && answer.action.is_none() {
        return Err(Refusal::NoRiskAction);
    }
    match rating.deadline {
        Some(deadline) if deadline < moment.date() => Err(Refusal::DeadlinePassed),
        _ => Ok(()),
    }
}

/// The risk, unless it was closed.
fn open(register: &Register, risk: RiskId) -> Result<&Risk, Refusal> {
    let risk = register.risk(risk).ok_or(Refusal::NoSuchFile)?;
    if risk.closed.is_some() { Err(Refusal::RiskClosed) } else { Ok(risk) }
}

pub(crate) fn raise(
    register: &Register,
    command: &RaiseRisk,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if register.risk(command.risk).is_some() {
        return Err(Refusal::ReferenceTaken);
    }
    check(command.rating, &command.answer, moment)?;
    Ok(vec![Event::RiskRaised {
        risk: command.risk,
        sign: command.sign,
        rating: command.rating,
        words: sealed(command.words.clone()),
        answer: sealed(command.answer.clone()),
    }])
}

pub(crate) fn assess(
    register: &Register,
    command: &AssessRisk,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    open(register, command.risk)?;
    check(command.rating, &command.answer, moment)?;
    Ok(vec![Event::RiskAssessed {
        risk: command.risk,
        rating: command.rating,
        answer: sealed(command.answer.clone()),
    }])
}

pub(crate) fn transfer(
    register: &Register,
    command: &TransferRisk,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    if open(register, command.risk)?.transferred.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if command.on > moment.date() {
        return Err(Refusal::HappenedInFuture);
    }
    Ok(vec![Event::RiskTransferred {
        risk: command.risk,
        on: command.on,
        words: sealed(command.words.clone()),
    }])
}

pub(crate) fn close(register: &Register, command: &CloseRisk) -> Result<Vec<Event>, Refusal> {
    open(register, command.risk)?;
    Ok(vec![Event::RiskClosed { risk: command.risk, reasons: sealed(command.reasons.clone()) }])
}

/// The three risks of keeping such a register that every council begins with, each beside what tells whether it is coming true. The
/// judgements are those of the cabinet report of 2020; the words are ours, and the council's own follow.
#[must_use]
pub fn to_begin_with(fresh: [RiskId; 3]) -> [RaiseRisk; 3] {
    let [unused, elsewhere, left_out] = fresh;
    let begin = |risk, sign, what, action: &'static str| RaiseRisk {
        risk,
        sign: Some(sign),
        rating: Rating {
            impact: Impact::Serious,
            likelihood: Likelihood::VeryLow,
            control: Control::Accept,
            deadline: None,
        },
        words: RiskWords { what: Text::fixed(what), owner: Text::fixed("Customer services manager") },
        answer: Answer {
            reasons: Text::fixed(
                "As most councils judge it when they begin. Judge it again once the figure beside it is known.",
            ),
            action: Some(Text::fixed(action)),
            officer: Text::fixed("Customer services manager"),
        },
    };
    [
        begin(
            unused,
            Sign::ChecksNotMade,
            "Officers and members do not check before they meet a customer. They go in without the precautions that a marker asks \
             for, and somebody is hurt.",
            "Everybody who meets customers is told of the policy and of their own part in staying safe; new members hear it in their \
             first weeks.",
        ),
        begin(
            elsewhere,
            Sign::ListsElsewhere,
            "A service keeps a list of its own beside the register. What stands in it is never reviewed, nobody in it is told, and data \
             protection law is broken.",
            "Services are asked for such lists, which are assessed here and destroyed there.",
        ),
        begin(
            left_out,
            Sign::StaffWithoutAccess,
            "A manager does not ask for the access of new staff. They cannot check, and do not know whom they are about to meet.",
            "Managers are briefed, and reminded to ask for access whenever somebody joins.",
        ),
    ]
}
