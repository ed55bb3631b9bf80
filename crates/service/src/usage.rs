//! How the register is used: checks by month and by team, and which entries no check has shown. Teams and numbers only, never who.
//!
//! The rows of the access log are counted once each and the counts kept in memory: only new rows are read the next time.

use crate::Service;
use crate::access::{AccessKind, AccessRow, CHUNK, row};
use crate::check::VerdictKind;
use crate::fault::Fault;
use jiff::civil::Date;
use ledger::Log;
use register::calendar;
use register::ids::{AccountId, MeasureId, TeamId};
use register::measure::{Kind, Life};
use register::numbers::{Layout, Month, Of, Period, Row, Table};
use register::people::Team;
use register::state::Register;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kinds of answer, in the order in which they are counted.
const ANSWERS: [VerdictKind; 3] = [VerdictKind::Marker, VerdictKind::Possible, VerdictKind::NoneFound];

/// How many checks had each kind of answer.
type Answers = [usize; ANSWERS.len()];

/// Every check so far, counted.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    /// Rows of the access log that are counted.
    read: u64,
    checks: BTreeMap<(Date, AccountId), Answers>,
    shown: BTreeMap<MeasureId, Date>,
    /// When each person last checked.
    last: BTreeMap<AccountId, Date>,
}

/// An entry in force that no check has shown for some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unused {
    /// Which.
    pub measure: MeasureId,
    /// Since when it is in force.
    pub since: Date,
    /// When a check last showed it; `None` where none ever did.
    pub shown: Option<Date>,
}

impl Usage {
    fn take(&mut self, row: &AccessRow) {
        self.read = row.position;
        if row.kind != AccessKind::Check {
            return;
        }
        let on = calendar::london(row.at);
        let place = ANSWERS.iter().position(|answer| Some(*answer) == row.verdict);
        if let (Some(by), Some(place)) = (row.by, place) {
            let answers = self.checks.entry((on, by)).or_default();
            let last = self.last.entry(by).or_insert(on);
            *last = on.max(*last);
            answers.iter_mut().skip(place).take(1).for_each(|count| *count += 1);
        }
        for measure in &row.markers {
            let shown = self.shown.entry(*measure).or_insert(on);
            *shown = on.max(*shown);
        }
    }

    /// The day on which somebody last checked anything.
    #[must_use]
    pub fn last_check(&self, by: AccountId) -> Option<Date> {
        self.last.get(&by).copied()
    }

    /// Checks by month.
    #[must_use]
    pub fn by_month(&self, period: Period) -> Table {
        let mut months: Vec<(Month, Answers)> =
            period.months().map(|month| (month, Answers::default())).collect();
        for ((on, _), answers) in &self.checks {
            let place = period.place(Month::of(*on));
            if let Some((_, sum)) = place.and_then(|place| months.get_mut(place)) {
                add(sum, answers);
            }
        }
        let rows = months.into_iter().map(|(month, answers)| (Of::Month(month), answers)).collect();
        table("checks", "Checks before contact, by answer", "Month", rows)
    }

    /// Checks by team after one date, up to and including another; by the team in which whoever checked works now. `None` is from the first.
    #[must_use]
    pub fn by_team(&self, register: &Register, after: Option<Date>, until: Date) -> Table {
        let mut teams: BTreeMap<TeamId, Answers> =
            register.teams().map(|team| (team.id, Answers::default())).collect();
        for ((on, by), answers) in &self.checks {
            if after.is_none_or(|after| *on > after)
                && *on <= until
                && let Some(sum) = register.account(*by).and_then(|account| teams.get_mut(&account.team))
            {
                add(sum, answers);
            }
        }
        let name = |id| register.team(id).map(Team::name).unwrap_or_default();
        let mut rows: Vec<_> = teams.into_iter().map(|(team, answers)| (name(team), answers)).collect();
        rows.sort_by(|one, other| one.0.cmp(&other.0));
        let rows = rows.into_iter().map(|(team, answers)| (Of::Name(team), answers)).collect();
        table("teams", "Checks before contact, by team", "Team", rows)
    }

    /// The entries in force that no check showed after a date, up to now; those in force longest first. `None` is from the first.
    #[must_use]
    pub fn unused(&self, register: &Register, after: Option<Date>) -> Vec<Unused> {
        let mut unused: Vec<Unused> = register
            .measures()
            .filter(|measure| measure.kind == Kind::Entry)
            .filter_map(|measure| match measure.life {
                Life::InForce { since, .. } => Some((measure.id, since.date())),
                _ => None,
            })
            .map(|(measure, since)| Unused { measure, since, shown: self.shown.get(&measure).copied() })
            .filter(|entry| entry.shown.is_none_or(|shown| after.is_some_and(|after| shown <= after)))
            .collect();
        unused.sort_by_key(|entry| (entry.since, entry.measure));
        unused
    }
}

fn add(sum: &mut Answers, answers: &Answers) {
    sum.iter_mut().zip(answers).for_each(|(sum, more)| *sum += more);
}

fn table(key: &str, title: &str, each: &'static str, rows: Vec<(Of, Answers)>) -> Table {
    let mut whole = Answers::default();
    rows.iter().for_each(|(_, answers)| add(&mut whole, answers));
    let numbers = |answers: &Answers| -> Vec<Option<usize>> {
        std::iter::once(answers.iter().sum()).chain(answers.iter().copied()).map(Some).collect()
    };
    Table {
        key: key.to_owned(),
        title: title.to_owned(),
        about: "Whoever moved to another team is counted in the one where they work now.".to_owned(),
        each,
        heads: std::iter::once("Checks").chain(ANSWERS.map(VerdictKind::label)).map(str::to_owned).collect(),
        drawn: vec![1, 2, 3],
        layout: Layout::Stacked,
        rows: rows.iter().map(|(of, answers)| Row { of: of.clone(), numbers: numbers(answers) }).collect(),
        whole: numbers(&whole),
    }
}

impl Service {
    /// Every check so far, counted.
    ///
    /// # Errors
    /// A fault: then nothing is known.
    pub async fn usage(&self) -> Result<Arc<Usage>, Fault> {
        let mut usage = self.inner.usage.lock().await;
        let head = self.inner.ledger.size(Log::Access).await?;
        while usage.read < head {
            let limit = u32::try_from((head - usage.read).min(CHUNK)).unwrap_or(u32::MAX);
            let rows = self.inner.ledger.read(Log::Access, usage.read, limit).await?;
            if rows.is_empty() {
                return Err(Fault::because("the access log is shorter than its head says"));
            }
            let counted = Arc::make_mut(&mut usage);
            for opened in rows {
                counted.take(&row(&opened.record)?);
            }
        }
        Ok(Arc::clone(&usage))
    }
}
