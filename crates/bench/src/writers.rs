//! People who send one small form after another to a served program, and what they were told.
//!
//! Administrators open teams, each under the number of its form; officers check. Whatever was acknowledged must be in the ledger
//! afterwards, once and whole, and whatever was not may be there once.

use crate::book::Check;
use crate::chance::Chance;
use crate::http::{Answer, Connection, shortened};
use crate::persona;
use crate::place::Place;
use crate::program::Server;
use crate::small;
use anyhow::{Context, Result, ensure};
use demonstration::Persona;
use ledger::Log;
use register::ids::CommandId;
use register::people::Role;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How many open teams at once, and how many check.
const EACH: usize = 3;

/// Everybody who writes, each in one session that outlives every fault.
pub struct Writers {
    people: Vec<(Persona, String)>,
    chance: Chance,
}

/// What was told in one life of a program.
#[derive(Debug, Default)]
pub struct Told {
    /// Forms by their number, and whether somebody was told that they are done.
    pub forms: BTreeMap<u128, bool>,
    /// Checks that were answered.
    pub checks: Vec<Check>,
}

/// What everybody who writes sees of one another.
#[derive(Debug, Default)]
struct Seen {
    over: AtomicBool,
    acknowledged: AtomicBool,
}

impl Seen {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}

/// A life of a program under load.
pub struct Life {
    seen: Arc<Seen>,
    writing: JoinSet<Result<Told>>,
}

impl Writers {
    /// Opens accounts for them.
    pub async fn open(place: &Place, seed: u64) -> Result<Vec<Persona>> {
        let mut people = Vec::new();
        for role in [Role::Administrator, Role::Officer] {
            people.extend(small::colleagues(place, role, EACH).await?);
        }
        ensure!(people.len() == 2 * EACH, "seed {seed}: not everybody is there");
        Ok(people)
    }

    /// Signs them in.
    pub async fn sign_in(address: SocketAddr, people: Vec<Persona>, seed: u64) -> Result<Self> {
        let mut signed_in = Vec::new();
        for persona in people {
            let code = persona::code(crate::book::step_now())?;
            let connection = persona::sign_in(address, &persona, &code).await?;
            signed_in.push((persona, connection.cookie().to_owned()));
        }
        Ok(Self { people: signed_in, chance: Chance::of(seed) })
    }

    /// Lets everybody write until the life is over or nobody answers any more.
    pub fn write(&mut self, address: SocketAddr) -> Life {
        let seen = Arc::new(Seen::default());
        let mut writing = JoinSet::new();
        for (persona, cookie) in self.people.clone() {
            let seen = Arc::clone(&seen);
            let chance = Chance::of(self.chance.bits());
            writing.spawn(async move {
                let mut told = Told::default();
                match persona.role {
                    Role::Administrator => opens_teams(address, &cookie, chance, &seen, &mut told).await,
                    _ => checks(address, &persona, &cookie, chance, &seen, &mut told).await,
                }?;
                Ok(told)
            });
        }
        Life { seen, writing }
    }
}

impl Life {
    /// Waits until somebody was told that a form is done, for so long at most, and says whether it came to that.
    pub async fn until_acknowledged(&self, longest: Duration) -> bool {
        let begun = Instant::now();
        let is_acknowledged = || self.seen.acknowledged.load(Ordering::SeqCst);
        while !is_acknowledged() && begun.elapsed() < longest {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        is_acknowledged()
    }

    /// Nobody begins anything more.
    pub fn ends(&self) {
        self.seen.over.store(true, Ordering::SeqCst);
    }

    /// What was told, once everybody has stopped.
    pub async fn told(mut self) -> Result<Told> {
        self.ends();
        let mut told = Told::default();
        while let Some(ended) = self.writing.join_next().await {
            let Told { forms, checks } = ended??;
            told.forms.extend(forms);
            told.checks.extend(checks);
        }
        Ok(told)
    }
}

/// Opens one team after another.
async fn opens_teams(
    address: SocketAddr,
    cookie: &str,
    mut chance: Chance,
    seen: &Seen,
    told: &mut Told,
) -> Result<()> {
    let Ok(mut connection) = Connection::with_cookie(address, cookie.to_owned()).await else { return Ok(()) };
    while !seen.is_over() {
        let number = CommandId(u128::from(chance.bits()) << 64 | u128::from(chance.bits()));
        let fields = [
            ("command", number.to_string()),
            ("name", format!("Team {number}")),
            ("contact", "office".to_owned()),
        ];
        told.forms.insert(number.0, false);
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        let Ok(answer) = connection.post("/teams/new", &fields).await else { return Ok(()) };
        let is_done = answer.status == 303 && answer.location == "/teams";
        expected("opening a team", is_done || answer.status >= 500, &answer)?;
        if is_done {
            told.forms.insert(number.0, true);
            seen.acknowledged.store(true, Ordering::SeqCst);
        }
    }
    Ok(())
}

/// Asks one check after another.
async fn checks(
    address: SocketAddr,
    persona: &Persona,
    cookie: &str,
    mut chance: Chance,
    seen: &Seen,
    told: &mut Told,
) -> Result<()> {
    let Ok(mut connection) = Connection::with_cookie(address, cookie.to_owned()).await else { return Ok(()) };
    while !seen.is_over() {
        let name = format!("Nobody Atall {}", chance.between(1, 5));
        let fields = [("purpose", "call"), ("name", name.as_str()), ("postcode", "ZZ4 7QX")];
        let Ok(answer) = connection.post("/check", &fields).await else { return Ok(()) };
        let read = Check::read(persona.account, &answer);
        let says_so = answer.status >= 500 || answer.text().contains("psr-verdict--unknown");
        expected("a check", read.is_ok() || says_so, &answer)?;
        if let Ok(check) = read {
            told.checks.push(check);
        }
    }
    Ok(())
}

/// Stops at an answer that nobody should get to what they sent.
fn expected(sent: &str, is_so: bool, answer: &Answer) -> Result<()> {
    let Answer { status, location, .. } = answer;
    ensure!(is_so, "{sent} answered {status} {location:?}: {}", shortened(&answer.text()));
    Ok(())
}

/// What stands in the ledger, read on from where it was read to.
#[derive(Default)]
pub struct Judge {
    register: u64,
    access: u64,
    seen: BTreeSet<u128>,
    counts: Counts,
}

/// What was judged.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// Teams that somebody was told are open.
    pub forms: usize,
    /// Checks that somebody had an answer to.
    pub checks: usize,
    /// Forms whose answer never came.
    pub cut_off: usize,
    /// Those of them that were done.
    pub done: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { forms, checks, cut_off, done } = self;
        write!(
            f,
            "{forms} forms and {checks} checks acknowledged; {cut_off} forms cut off, {done} of them done"
        )
    }
}

impl Judge {
    /// Reads what is there before anybody writes.
    pub async fn begin(place: &Place) -> Result<Self> {
        let store = place.store().await?;
        let (register, access) = (store.head(Log::Register).await?.size, store.head(Log::Access).await?.size);
        Ok(Self { register, access, ..Self::default() })
    }

    /// What was judged so far.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// How much of what somebody was told is missing, each said.
    pub async fn missing(&mut self, place: &Place, told: &Told) -> Result<Vec<String>> {
        let store = place.store().await?;
        let mut missing = Vec::new();
        loop {
            let records = store.read(Log::Register, self.register, 2_000).await?;
            let Some(last) = records.last() else { break };
            self.register = last.record.position;
            for stored in records.into_iter().filter(|stored| stored.record.actor != "system") {
                let number = u128::from_be_bytes(stored.record.command.0);
                ensure!(self.seen.insert(number), "{number:032x} was done twice");
            }
        }
        let mut rows = BTreeMap::new();
        loop {
            let records = store.read(Log::Access, self.access, 2_000).await?;
            let Some(last) = records.last() else { break };
            self.access = last.record.position;
            for stored in records {
                let facts: Value = serde_json::from_slice(&stored.record.facts)?;
                let verdict = facts.get("verdict").and_then(Value::as_str).unwrap_or_default().to_owned();
                rows.insert(stored.record.position, (stored.record.actor, verdict));
            }
        }
        for (number, is_done) in &told.forms {
            let is_there = self.seen.contains(number);
            self.counts.forms += usize::from(*is_done);
            self.counts.cut_off += usize::from(!is_done);
            self.counts.done += usize::from(!is_done && is_there);
            if *is_done && !is_there {
                missing.push(format!("the team of form {number:032x} was acknowledged, and is lost"));
            }
        }
        self.counts.checks += told.checks.len();
        for check in &told.checks {
            let row = rows.get(&check.number);
            if row != Some(&(check.account.to_string(), check.verdict.clone())) {
                missing
                    .push(format!("check {} was answered {}; its row: {row:?}", check.number, check.verdict));
            }
        }
        Ok(missing)
    }

    /// Everything that somebody was told is there.
    pub async fn hold(&mut self, place: &Place, told: &Told) -> Result<()> {
        let missing = self.missing(place, told).await?;
        missing.first().map_or(Ok(()), |first| Err(anyhow::anyhow!("{} missing: {first}", missing.len())))
    }
}

/// A small register in a directory, its writers with sessions; and what is there before they write.
pub async fn council(place: &Place, people: Vec<Persona>, seed: u64) -> Result<(Writers, Judge)> {
    let server = Server::start(place, "warn,psr=info")?;
    let writers = Writers::sign_in(server.address, people, seed).await.context("signing in")?;
    server.kill()?;
    Ok((writers, Judge::begin(place).await?))
}
