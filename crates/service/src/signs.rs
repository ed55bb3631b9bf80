//! What the running register can tell of the council's own risks: who checks, who is told and cannot look it up, and who has not been
//! let in. Teams and numbers only, never who.

use crate::Service;
use crate::access::{AccessKind, CHUNK, MOST_READ, at, row};
use crate::fault::Fault;
use jiff::{SignedDuration, Timestamp};
use ledger::Log;
use register::ids::{AccountId, TeamId};
use register::people::{Account, Action, Contact, Extent, Standing};
use register::state::Register;
use std::collections::{BTreeMap, BTreeSet};

/// How far back checks are counted.
pub const LATELY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A team, and how many of something it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Which.
    pub team: TeamId,
    /// How many of them.
    pub of: usize,
    /// Out of so many.
    pub out_of: usize,
}

/// The three figures, as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs {
    /// Teams that go out to customers and fewer than half of whose people checked anything lately: people who checked, out of those who may.
    pub unchecked: Vec<Count>,
    /// How many teams go out to customers and have people who may check.
    pub visiting: usize,
    /// Teams in the audience of a live marker with nobody who could look it up: markers, out of all live ones.
    pub elsewhere: Vec<Count>,
    /// Teams with people who have an account and never chose a password: such people, out of those with an open account.
    pub left_out: Vec<Count>,
    /// Teams without a single open account.
    pub empty: Vec<TeamId>,
}

impl Service {
    /// The three figures, as they are now.
    ///
    /// # Errors
    /// A fault: then nothing is known, which is not the same as nothing to fear.
    pub async fn signs(&self) -> Result<Signs, Fault> {
        let checked = self.checked_since(self.now() - LATELY).await?;
        let open: Vec<AccountId> = self.read(|register| open(register).map(|account| account.id).collect());
        let mut without_password = BTreeSet::new();
        for account in open {
            if !self.has_password(account).await? {
                without_password.insert(account);
            }
        }
        let today = self.today();
        Ok(self.read(|register| {
            let (unchecked, visiting) = unchecked(register, &checked);
            Signs {
                unchecked,
                visiting,
                elsewhere: elsewhere(register, today),
                left_out: left_out(register, &without_password),
                empty: empty(register),
            }
        }))
    }

    /// Everybody who checked anything since an instant.
    async fn checked_since(&self, since: Timestamp) -> Result<BTreeSet<AccountId>, Fault> {
        let mut end = self.inner.ledger.size(Log::Access).await?;
        let lowest = end.saturating_sub(MOST_READ);
        let mut checked = BTreeSet::new();
        while end > lowest {
            let start = end.saturating_sub(CHUNK).max(lowest);
            let limit = u32::try_from(end - start).unwrap_or(u32::MAX);
            for opened in self.inner.ledger.read(Log::Access, start, limit).await?.iter().rev() {
                if at(opened.record.recorded_at) < since {
                    return Ok(checked);
                }
                let row = row(&opened.record)?;
                if row.kind == AccessKind::Check {
                    checked.extend(row.by);
                }
            }
            end = start;
        }
        Ok(checked)
    }
}

fn open(register: &Register) -> impl Iterator<Item = &Account> {
    register.accounts().filter(|account| account.standing == Standing::Open)
}

fn may_check(account: &Account) -> bool {
    account.extent(Action::Check) > Extent::Nothing
}

fn unchecked(register: &Register, checked: &BTreeSet<AccountId>) -> (Vec<Count>, usize) {
    let mut visiting = 0;
    let mut unchecked = Vec::new();
    for team in register.teams().filter(|team| team.contact == Contact::Visits) {
        let people: Vec<_> = open(register).filter(|it| it.team == team.id && may_check(it)).collect();
        let of = people.iter().filter(|account| checked.contains(&account.id)).count();
        visiting += usize::from(!people.is_empty());
        if of * 2 < people.len() {
            unchecked.push(Count { team: team.id, of, out_of: people.len() });
        }
    }
    (unchecked, visiting)
}

fn elsewhere(register: &Register, today: jiff::civil::Date) -> Vec<Count> {
    let live: Vec<_> = register.measures().filter_map(|measure| measure.live_plan(today)).collect();
    let mut told: BTreeMap<TeamId, usize> = BTreeMap::new();
    for team in live.iter().flat_map(|live| &live.plan().audience) {
        *told.entry(*team).or_default() += 1;
    }
    told.into_iter()
        .filter(|(team, _)| !open(register).any(|it| it.team == *team && may_check(it)))
        .map(|(team, of)| Count { team, of, out_of: live.len() })
        .collect()
}

fn left_out(register: &Register, without_password: &BTreeSet<AccountId>) -> Vec<Count> {
    let count = |team: TeamId| {
        let people: Vec<_> = open(register).filter(|account| account.team == team).collect();
        let of = people.iter().filter(|account| without_password.contains(&account.id)).count();
        Count { team, of, out_of: people.len() }
    };
    register.teams().map(|team| count(team.id)).filter(|count| count.of > 0).collect()
}

fn empty(register: &Register) -> Vec<TeamId> {
    let empty = |team: TeamId| !open(register).any(|account| account.team == team);
    register.teams().map(|team| team.id).filter(|team| empty(*team)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use demonstration::{Memory, Seed, Stage, play};
    use register::command::CloseAccount;
    use register::moment::{Actor, Moment};
    use register::people::Role;

    #[test]
    fn a_team_that_is_told_and_has_nobody_left_to_look_it_up_is_named() {
        let mut memory = Memory::default();
        let now = "2026-11-24T10:00:00Z".parse().expect("timestamp");
        play(&mut memory, Seed(1), now).expect("a history");
        let today = register::calendar::london(now);
        let told = |register: &Register| elsewhere(register, today);
        assert_eq!(told(memory.register()), []);
        let audience = |register: &Register| {
            register.measures().find_map(|it| it.live_plan(today)?.plan().audience.first().copied())
        };
        let team = audience(memory.register()).expect("a live marker with an audience");
        let keeper = memory
            .register()
            .accounts()
            .find(|it| it.roles.contains(&Role::RegisterTeam) && it.team != team)
            .expect("a keeper")
            .id;
        let people: Vec<_> =
            open(memory.register()).filter(|it| it.team == team).map(|account| account.id).collect();
        for account in people {
            let moment = Moment { at: now, by: Actor::Account(keeper) };
            memory.perform(CloseAccount { account }.into(), moment).expect("closed");
        }
        let named = told(memory.register());
        assert_eq!(named.iter().map(|count| count.team).collect::<Vec<_>>(), [team]);
        assert!(named.iter().all(|count| 0 < count.of && count.of <= count.out_of));
        assert!(empty(memory.register()).contains(&team));
    }
}
