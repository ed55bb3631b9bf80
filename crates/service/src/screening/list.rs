//! A list of planned visits as it is kept.

use super::Answered;
use crate::check::{Described, VerdictKind, purpose_of};
use crate::fault::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::CommandId;
use register::ids::AccountId;
use register::view::Purpose;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Names a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScreeningId(u64);

impl ScreeningId {
    pub(super) const fn fresh(random: u64) -> Self {
        Self(random)
    }

    /// The key of one of its parts.
    pub(super) fn part(self, number: usize) -> String {
        format!("{self} {number}")
    }

    /// The name of the append that answers a part: always the same, so that it is done once.
    pub(super) fn command(self, part: usize) -> CommandId {
        CommandId(((u128::from(self.0) << 64) | part as u128).to_be_bytes())
    }
}

impl fmt::Display for ScreeningId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for ScreeningId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

impl TryFrom<String> for ScreeningId {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ScreeningId> for String {
    fn from(id: ScreeningId) -> Self {
        id.to_string()
    }
}

/// One planned visit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The number of its row in the list that came in.
    pub row: u32,
    /// Who goes, where the list says so.
    pub officer: Option<String>,
    /// The day.
    pub day: Option<Date>,
    /// Whom or where.
    pub description: Described,
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Visit(row {}, …)", self.row)
    }
}

/// How many visits came out as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// With markers.
    pub marker: usize,
    /// Ring before you go.
    pub possible: usize,
    /// Nothing found.
    pub none_found: usize,
}

impl Tally {
    pub(super) fn count(&mut self, verdict: VerdictKind) {
        *match verdict {
            VerdictKind::Marker => &mut self.marker,
            VerdictKind::Possible => &mut self.possible,
            VerdictKind::NoneFound => &mut self.none_found,
        } += 1;
    }

    /// How many came out as this.
    #[must_use]
    pub const fn of(&self, verdict: VerdictKind) -> usize {
        match verdict {
            VerdictKind::Marker => self.marker,
            VerdictKind::Possible => self.possible,
            VerdictKind::NoneFound => self.none_found,
        }
    }

    /// How many were checked.
    #[must_use]
    pub const fn checked(&self) -> usize {
        self.marker + self.possible + self.none_found
    }
}

/// A list, and how far it has come.
#[derive(Serialize, Deserialize)]
pub struct List {
    /// Which.
    pub id: ScreeningId,
    pub(super) by: String,
    /// What its owner called it, such as the name of the file.
    pub name: String,
    pub(super) purpose: String,
    /// When it came in.
    pub begun: Timestamp,
    /// How far the register had come then.
    #[serde(default)]
    pub(super) begun_at: u64,
    /// Until when it is kept.
    pub until: Timestamp,
    /// How many visits it has.
    pub visits: usize,
    pub(super) parts: usize,
    pub(super) parts_done: usize,
    /// What has come out so far.
    pub tally: Tally,
    /// The rows that cannot be checked.
    pub left_out: Vec<LeftOut>,
}

/// A row that cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its number in the list that came in.
    pub row: u32,
    /// Why, in words for whoever brought the list.
    pub why: String,
}

impl List {
    /// Whose it is.
    #[must_use]
    pub fn by(&self) -> Option<AccountId> {
        self.by.parse().ok()
    }

    /// Whose it is; a fault where it says nothing that could be an account.
    pub(super) fn owner(&self) -> Result<AccountId, Fault> {
        self.by().ok_or_else(|| Fault::because("a list of nobody's"))
    }

    /// What for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        purpose_of(&self.purpose)
    }

    /// The parts that are answered.
    pub(super) const fn answered(&self) -> std::ops::Range<usize> {
        0..self.parts_done
    }

    /// The part that is to be answered next.
    pub(super) const fn next_part(&self) -> Option<usize> {
        if self.is_done() { None } else { Some(self.parts_done) }
    }

    /// Whether every visit is answered.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.parts_done == self.parts
    }

    /// Takes in the answers of the next part.
    pub(super) fn take_in(&mut self, answers: &[Answered]) {
        self.parts_done += 1;
        answers.iter().for_each(|answered| self.tally.count(answered.verdict));
    }
}
