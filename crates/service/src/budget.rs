//! Budgets: about how many people and places somebody may ask, so that nobody reads the register off by walking along addresses,
//! numbers or names (decision 20).
//!
//! What counts is what is different: a question asked again is answered again for nothing. Counted apart are the questions, so that a walk
//! that finds nobody is stopped as well, and the measures whose markers were shown, so that one question is no way to many answers. Neither
//! is kept in words: each stands as a hash, salted for its holder and sealed, for one day.

use crate::check::Described;
use crate::fault::Fault;
use crate::{Reality, Service, random, shelf};
use jiff::{SignedDuration, Timestamp};
use register::ids::AccountId;
use register::partner::is_partners;
use register::people::{Account, Role};
use register::state::Register;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::PoisonError;

const SPENT: shelf::Kind<Spent> = shelf::Kind::new("budget");

/// The shorter of the two times.
const SOON: SignedDuration = SignedDuration::from_mins(10);
/// The longer.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How questions come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Each by itself, before a contact.
    OneByOne,
    /// As a list of planned visits.
    List,
}

/// Whoever asks has asked about too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// In ten minutes.
    Soon,
    /// In a day.
    Day,
}

/// What a question spends.
pub(crate) struct Spends<'a> {
    pub(crate) asked: &'a Described,
    /// The measures whose markers are shown.
    pub(crate) shown: Vec<String>,
}

/// How many different questions, and how many different markers.
#[derive(Debug, Clone, Copy)]
struct Budget {
    soon: usize,
    day: usize,
}

/// Whose a budget is, and how much.
struct Holder {
    key: String,
    budget: Budget,
}

impl Budget {
    /// Whoever meets customers: the longest rounds of visits are of fifty a day, and a contact centre takes ten calls an hour.
    const PERSON: Self = Self { soon: 60, day: 200 };
    /// The register team: it checks for everybody who cannot, and for a partner's whole list by telephone.
    const REGISTER_TEAM: Self = Self { soon: 200, day: 1_000 };
    /// All who work for one contractor or partner together: five of them at their busiest.
    const ORGANISATION: Self = Self { soon: 300, day: 1_000 };
    /// A program of the council's own, which asks for everybody who takes its calls or makes its visits.
    const PROGRAM: Self = Self { soon: 600, day: 5_000 };
    /// The lists of somebody who plans the visits of a service.
    const LISTS: Self = Self { soon: 2_000, day: 2_000 };
    /// The lists of the register team, which plans for everybody.
    const REGISTER_TEAM_LISTS: Self = Self { soon: 20_000, day: 20_000 };
}

/// Every budget that a question of this account counts in. A session has none of its own: however many somebody has, they are one person.
fn holders(register: &Register, account: &Account, way: Way) -> Vec<Holder> {
    let keeps = account.roles.contains(&Role::RegisterTeam);
    let outside = is_partners(register, account)
        || account.roles.iter().all(|role| matches!(role, Role::Contractor | Role::Partner));
    let person = match (way, keeps) {
        _ if account.is_program() => Budget::PROGRAM,
        (Way::OneByOne, false) => Budget::PERSON,
        (Way::OneByOne, true) => Budget::REGISTER_TEAM,
        (Way::List, false) => Budget::LISTS,
        (Way::List, true) => Budget::REGISTER_TEAM_LISTS,
    };
    let of_lists = if way == Way::List { "lists of " } else { "" };
    let holder = |of: &dyn std::fmt::Display, budget| Holder { key: format!("{of_lists}{of}"), budget };
    let person = holder(&account.id, person);
    let organisation = outside.then(|| holder(&account.team, Budget::ORGANISATION));
    std::iter::once(person).chain(organisation).collect()
}

/// What a holder asked and was shown in the last day: each by its hash, with the second in which it first was.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Spent {
    salt: [u8; 16],
    asked: BTreeMap<u64, i64>,
    shown: BTreeMap<u64, i64>,
}

impl Default for Spent {
    fn default() -> Self {
        Self { salt: random(), asked: BTreeMap::new(), shown: BTreeMap::new() }
    }
}

impl Spent {
    /// Takes in what is asked, all of it or, where that is too much, none.
    fn take(&mut self, spends: &[Spends<'_>], budget: Budget, now: Timestamp) -> Result<(), Over> {
        let salt = self.salt;
        let hash = |said: &str| {
            let digest = Sha256::new().chain_update(salt).chain_update(said).finalize();
            digest.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        };
        let asked = spends.iter().map(|it| hash(&folded(it.asked)));
        let shown = spends.iter().flat_map(|it| &it.shown).map(|measure| hash(measure));
        let asked = with(&self.asked, asked, budget, now)?;
        self.shown = with(&self.shown, shown, budget, now)?;
        self.asked = asked;
        Ok(())
    }
}

/// What a day holds together with what is new. What was asked later than now, before the clock went back, is still of the day.
fn with(
    spent: &BTreeMap<u64, i64>,
    new: impl Iterator<Item = u64>,
    budget: Budget,
    now: Timestamp,
) -> Result<BTreeMap<u64, i64>, Over> {
    let since = |long: SignedDuration| (now - long).as_second();
    let mut day = spent.clone();
    day.retain(|_, at| *at > since(DAY));
    let before = day.len();
    for hash in new {
        day.entry(hash).or_insert(now.as_second());
    }
    let soon = day.values().filter(|at| **at > since(SOON)).count();
    match day.len() {
        // A question asked again spends nothing, however much is spent.
        len if len == before => Ok(day),
        len if len > budget.day => Err(Over::Day),
        _ if soon > budget.soon => Err(Over::Soon),
        _ => Ok(day),
    }
}

/// A question as far as it is another one: without capitals, blanks and signs.
fn folded(asked: &Described) -> String {
    let parts = [
        &asked.name,
        &asked.born,
        &asked.address,
        &asked.postcode,
        &asked.uprn,
        &asked.phone,
        &asked.email,
        &asked.social,
        &asked.reference,
    ];
    let fold = |part: &String| -> String {
        part.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    parts.map(|part| part.as_ref().map(fold).unwrap_or_default()).join("\n")
}

impl Service {
    /// Counts what is asked in every budget it belongs to, before it is answered.
    ///
    /// # Errors
    /// A fault: then nobody is answered. Within it, which budget it would exceed.
    pub(crate) async fn spend(
        &self,
        by: AccountId,
        way: Way,
        spends: &[Spends<'_>],
    ) -> Result<Result<(), Over>, Fault> {
        let holders = self.budgets_of(by, way);
        let holders = holders.ok_or_else(|| Fault::because("a check by an account that is not there"))?;
        let now = self.now();
        let take = |spent: &mut Spent, budget| match spent.take(spends, budget, now) {
            Err(_) if self.inner.reality == Reality::Measured => {
                *spent = Spent::default();
                Ok(())
            }
            taken => taken,
        };
        for Holder { key, budget } in holders {
            if let Err(over) =
                self.inner.shelf.revise(&SPENT, &key, now + DAY, |spent| take(spent, budget)).await?
            {
                tracing::warn!(holder = key, over = ?over, "a budget is exceeded");
                return Ok(Err(over));
            }
        }
        Ok(Ok(()))
    }

    /// Counts what is asked while the budgets cannot be read or written: in this process alone, and from nothing.
    pub(crate) fn spend_from_memory(
        &self,
        by: AccountId,
        way: Way,
        spends: &[Spends<'_>],
    ) -> Result<(), Over> {
        let now = self.now();
        let mut spent = self.inner.spent_in_outage.lock().unwrap_or_else(PoisonError::into_inner);
        for Holder { key, budget } in self.budgets_of(by, way).unwrap_or_default() {
            spent.entry(key).or_default().take(spends, budget, now)?;
        }
        Ok(())
    }

    fn budgets_of(&self, by: AccountId, way: Way) -> Option<Vec<Holder>> {
        self.read(|register| register.account(by).map(|account| holders(register, account, way)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Budget = Budget { soon: 3, day: 5 };

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365) + SignedDuration::from_mins(minutes)
    }

    fn about(number: usize) -> Described {
        Described { uprn: Some(format!("1000000{number:05}")), ..Described::default() }
    }

    fn ask(spent: &mut Spent, asked: &Described, shown: &[&str], minutes: i64) -> Result<(), Over> {
        let shown = shown.iter().map(|measure| (*measure).to_owned()).collect();
        spent.take(&[Spends { asked, shown }], SMALL, at(minutes))
    }

    #[test]
    fn so_many_different_questions_are_answered_in_ten_minutes_and_so_many_in_a_day() {
        let mut spent = Spent::default();
        for number in 0..3 {
            assert_eq!(ask(&mut spent, &about(number), &[], 0), Ok(()));
        }
        assert_eq!(ask(&mut spent, &about(3), &[], 9), Err(Over::Soon));
        for number in 3..5 {
            assert_eq!(ask(&mut spent, &about(number), &[], 11), Ok(()));
        }
        assert_eq!(ask(&mut spent, &about(5), &[], 60), Err(Over::Day));
        assert_eq!(ask(&mut spent, &about(5), &[], 24 * 60 + 1), Ok(()));
    }

    #[test]
    fn a_question_asked_again_costs_nothing_in_whatever_spelling_of_capitals_and_blanks() {
        let mut spent = Spent::default();
        for number in 0..3 {
            ask(&mut spent, &about(number), &[], 0).expect("within");
        }
        let again = Described { uprn: Some(" 1000000 00002 ".to_owned()), ..Described::default() };
        assert_eq!(ask(&mut spent, &again, &[], 1), Ok(()));
        let elsewhere = Described { phone: again.uprn, ..Described::default() };
        assert_eq!(ask(&mut spent, &elsewhere, &[], 1), Err(Over::Soon), "another question");
    }

    #[test]
    fn one_question_is_no_way_to_many_markers() {
        let mut spent = Spent::default();
        assert_eq!(ask(&mut spent, &about(0), &["M-1", "M-2"], 0), Ok(()));
        assert_eq!(ask(&mut spent, &about(1), &["M-3", "M-4"], 0), Err(Over::Soon));
        assert_eq!(
            ask(&mut spent, &about(1), &["M-2", "M-3"], 0),
            Ok(()),
            "what was not answered was not spent"
        );
    }

    #[test]
    fn a_clock_that_goes_back_gives_nobody_a_new_budget() {
        let mut spent = Spent::default();
        for number in 0..3 {
            ask(&mut spent, &about(number), &[], 600).expect("within");
        }
        assert_eq!(ask(&mut spent, &about(3), &[], 0), Err(Over::Soon));
    }
}
