//! What people were told while the drill walked, noted outside the register as they would remember it.

use crate::http::{Answer, shortened};
use crate::journey::{Stage, WALKERS};
use crate::persona::{self, CODE_STEP};
use anyhow::{Context, Result};
use demonstration::Persona;
use register::ids::AccountId;
use service::clock::{Clock as _, SystemClock};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// On which page something that was said can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// A question of the report; its file, once the report is sent.
    Question(&'static str),
    /// The incident's file.
    Incident,
    /// The measure's file.
    Measure,
    /// The letter.
    Letter,
}

/// A check that somebody had an answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its number: where its row stands in the access log.
    pub number: u64,
    /// Who asked.
    pub account: AccountId,
    /// What they were told, as rows name it.
    pub verdict: String,
}

impl Check {
    /// Reads it from the page that answers it.
    pub fn read(account: AccountId, answer: &Answer) -> Result<Self> {
        let page = answer.text();
        let said = || format!("not an answer to a check: {} {}", answer.status, shortened(&page));
        let part = |begin: &str, end: char| page.split(begin).nth(1).and_then(|rest| rest.split(end).next());
        let verdict = part("psr-verdict--", '"').with_context(said)?;
        let as_of = part("psr-verdict__asof\">", '<').and_then(|line| line.rsplit("Check ").next());
        let number =
            as_of.and_then(|after| after.split([',', '.']).next()?.parse().ok()).with_context(said)?;
        let verdict = if verdict == "none" { "none-found" } else { verdict };
        Ok(Self { number, account, verdict: verdict.to_owned() })
    }
}

/// A form that was sent, by its hidden number.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is called; every form of this name leaves the same records.
    pub name: String,
    /// Whether somebody was told that it is done.
    pub is_done: bool,
}

/// Everything that was told.
#[derive(Debug, Default)]
pub struct Notes {
    /// Forms with a hidden number.
    pub forms: BTreeMap<u128, Form>,
    /// Checks.
    pub checks: Vec<Check>,
    /// Checks by the command line among them.
    pub at_the_command_line: usize,
    /// Checks whose precautions were acknowledged.
    pub acknowledged: Vec<u64>,
    /// How many pages about a file each account was shown.
    pub looks: BTreeMap<(AccountId, String), u64>,
    /// Sessions that people hold, and where their home page leads: nowhere, or to the second step of signing in.
    pub sessions: BTreeMap<String, &'static str>,
    /// Sessions that were ended since the last kill.
    pub ended: Vec<String>,
    in_force: Vec<(u64, String)>,
    residents: u64,
    codes: BTreeMap<AccountId, u64>,
    under_way: [Option<(Stage, Instant)>; WALKERS],
    sent: [Option<Instant>; WALKERS],
    usual: BTreeMap<Stage, Duration>,
}

/// The notes, shared by everybody who walks.
#[derive(Debug, Default)]
pub struct Book(Mutex<Notes>);

impl Notes {
    /// How many walks came to their end.
    pub fn walks(&self) -> usize {
        self.in_force.len()
    }
}

impl Book {
    /// The notes.
    pub fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A resident nobody has walked about.
    pub fn next_resident(&self) -> u64 {
        let mut notes = self.notes();
        notes.residents += 1;
        notes.residents
    }

    /// A walker sends a form.
    pub fn sends(&self, walker: usize, stage: Stage, numbers: impl Iterator<Item = (u128, String)>) {
        let mut notes = self.notes();
        for (number, name) in numbers {
            notes.forms.entry(number).or_insert(Form { name, is_done: false });
        }
        let now = Instant::now();
        if let Some(under_way) = notes.under_way.get_mut(walker) {
            *under_way = Some((stage, now));
        }
        if let Some(sent) = notes.sent.get_mut(walker) {
            *sent = Some(now);
        }
    }

    /// A walker has an answer.
    pub fn answered(&self, walker: usize, stage: Stage, took: Duration) {
        let mut notes = self.notes();
        notes.usual.insert(stage, took);
        if let Some(under_way) = notes.under_way.get_mut(walker) {
            *under_way = None;
        }
    }

    /// When a walker last sent a form.
    pub fn sent_at(&self, walker: usize) -> Option<Instant> {
        self.notes().sent.get(walker).copied().flatten()
    }

    /// Whether somebody waits for an answer at this stage, sent since `since`.
    pub fn waits_at(&self, stage: Stage, since: Instant) -> bool {
        let notes = self.notes();
        notes.under_way.iter().flatten().any(|(at, sent)| *at == stage && *sent > since)
    }

    /// How long an answer at this stage takes, as last measured.
    pub fn usual(&self, stage: Stage) -> Duration {
        self.notes().usual.get(&stage).copied().unwrap_or(Duration::from_millis(20))
    }

    /// Forms are done, somebody was told.
    pub fn done(&self, numbers: impl Iterator<Item = u128>) {
        let mut notes = self.notes();
        for number in numbers {
            if let Some(form) = notes.forms.get_mut(&number) {
                form.is_done = true;
            }
        }
    }

    /// Somebody was shown a page; what is about a file is a look.
    pub fn looked(&self, account: AccountId, place: &str) {
        let mut parts = place.split('/').skip(1);
        let is_file = matches!(parts.next(), Some("incidents" | "measures")) && !place.contains("/files/");
        let about = parts.next().filter(|about| is_file && about.contains('-'));
        if let Some(about) = about {
            *self.notes().looks.entry((account, about.to_owned())).or_default() += 1;
        }
    }

    /// Somebody had an answer to a check.
    pub fn checked(&self, check: Check) {
        self.notes().checks.push(check);
    }

    /// Somebody was told that their acknowledgement is recorded.
    pub fn acknowledged(&self, check: u64) {
        self.notes().acknowledged.push(check);
    }

    /// An entry about a resident is in force, as somebody was told.
    pub fn in_force(&self, resident: u64, measure: String) {
        self.notes().in_force.push((resident, measure));
    }

    /// Some entry in force.
    pub fn some_in_force(&self, choice: u64) -> Option<(u64, String)> {
        let notes = self.notes();
        let count = u64::try_from(notes.in_force.len()).ok().filter(|count| *count > 0)?;
        notes.in_force.get(usize::try_from(choice % count).ok()?).cloned()
    }

    /// Somebody was given a session in place of another.
    pub fn begun(&self, former: &str, session: &str, leads_to: &'static str) {
        self.ended(former);
        self.notes().sessions.insert(session.to_owned(), leads_to);
    }

    /// Nobody can say whether this session goes on.
    pub fn in_doubt(&self, session: &str) {
        self.notes().sessions.remove(session);
    }

    /// Somebody was told that this session is over.
    pub fn ended(&self, session: &str) {
        let mut notes = self.notes();
        notes.sessions.remove(session);
        if !session.is_empty() {
            notes.ended.push(session.to_owned());
        }
    }

    /// Whether somebody's authenticator app has a code now that was not used.
    pub fn has_a_code(&self, persona: &Persona) -> bool {
        self.notes().codes.get(&persona.account).is_none_or(|last| *last < step_now())
    }

    /// A code of somebody's authenticator app that was not used; the next one is taken as well. Waits until there is one.
    pub async fn code(&self, persona: &Persona) -> Result<String> {
        loop {
            let now = step_now();
            let free = {
                let mut notes = self.notes();
                let last = notes.codes.entry(persona.account).or_default();
                let next = now.max(*last + 1);
                (next <= now + 1).then(|| {
                    *last = next;
                    next
                })
            };
            match free {
                Some(step) => return persona::code(step),
                None => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
    }
}

/// The step of time that codes are good in now.
pub fn step_now() -> u64 {
    u64::try_from(SystemClock.now().as_second()).unwrap_or(0) / CODE_STEP
}
