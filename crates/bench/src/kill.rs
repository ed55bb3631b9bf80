//! Killed at any moment, a hundred times: whatever somebody was told is there afterwards, and nothing is there twice.
//!
//! The program itself is served and walked over HTTP: several people walk the journey from a report to a councillor at the door
//! through the pages' forms, one checks beside them, one at the command line. `kill -9` comes in turn at any moment, and while a
//! form waits for its answer at the stage that was hit least. Then `psr verify` reads everything; what was told is looked up in
//! the ledger and on the pages of the program started again; and each form whose answer never came is sent again as it was.

use crate::book::{Book, Check, Notes, Shown};
use crate::crowd;
use crate::http::{Answer, Connection, shortened};
use crate::journey::{CutOff, Stage, Stopped, WALKERS, Walk, Walker, finds, question_about};
use crate::persona;
use crate::place::Place;
use crate::program::{self, Checking, Server, Verified};
use anyhow::{Context, Result, anyhow, bail, ensure};
use demonstration::Persona;
use jiff::civil::Date;
use ledger::{Ledger, Log};
use register::calendar::london;
use register::ids::AccountId;
use register::people::Role;
use serde_json::Value;
use service::clock::{Clock as _, SystemClock};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// The longest that a server lives which is killed at any moment.
const LONGEST: Duration = Duration::from_millis(2_500);
/// How long a stage is waited for that was hit least.
const PATIENCE: Duration = Duration::from_secs(12);
/// From so many rounds on, every stage must have been hit.
const EVERY_STAGE: u32 = 100;
/// Between two checks at the command line, each of which opens the whole register.
const PAUSE: Duration = Duration::from_millis(400);
/// How many take turns at the command line: a code is good once, and shown for half a minute.
const CREW: usize = 40;

/// Kills a served register so many times.
pub async fn drill(rounds: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    program::make_demonstration(&place)?;
    let book = Arc::new(Book::default());
    let service = place.serve(Arc::new(SystemClock)).await?;
    let people = async |role, count| persona::colleagues(&service, &persona::with_role(role)?, count).await;
    let officers = people(Role::Officer, WALKERS).await?;
    let councillors = people(Role::Member, WALKERS).await?;
    let crew: Arc<[Persona]> = people(Role::Contractor, CREW).await?.into();
    drop(service);
    let mut walkers = Vec::new();
    for (number, (officer, councillor)) in officers.into_iter().zip(councillors).enumerate() {
        walkers.push(Walker::new(number, officer, councillor, Arc::clone(&book))?);
    }
    let mut told = Told::new(&place, Arc::clone(&book)).await?;

    let mut server = Server::start(&place, "info")?;
    let mut inspector = Inspector::sign_in(server.address, &book).await?;
    let visitor = Visitor::sign_in(server.address, &book).await?;
    walk_undisturbed(&mut walkers, server.address).await?;
    server.kill()?;
    told.learn(&place).await?;
    server = Server::start(&place, "info")?;

    let mut hits = Hits::default();
    for round in 1..=rounds {
        if round % 10 == 0 {
            eprintln!("  kill {round} of {rounds}");
        }
        let aim = (round % 2 == 0).then(|| hits.least());
        let (back, killed) = one_life((&place, server), walkers, (&visitor, &crew), &book, aim).await?;
        walkers = back;
        let cut_off: Vec<CutOff> = walkers.iter().filter_map(|walker| walker.cut_off(killed)).collect();
        match program::verify(&place)? {
            Verified::Sound => {}
            other => bail!("round {round}: {other:?}"),
        }
        let there = told.look_up(&place).await.with_context(|| format!("round {round}"))?;
        hits.count(&cut_off, &there);
        server = Server::start(&place, "info")?;
        inspector.look_up(server.address, &mut walkers).await.with_context(|| format!("round {round}"))?;
    }
    // What was under way at the last kill is done too before everything is counted.
    walk_undisturbed(&mut walkers, server.address).await?;
    server.kill()?;
    told.look_up(&place).await?;
    ensure!(program::verify(&place)? == Verified::Sound, "not sound in the end");
    hits.print();
    if rounds >= EVERY_STAGE {
        ensure!(hits.of.len() == Stage::ALL.len(), "a stage was never hit");
    }
    told.print(rounds, &hits);
    Ok(())
}

/// Every walker finishes a walk.
async fn walk_undisturbed(walkers: &mut [Walker], address: SocketAddr) -> Result<()> {
    let walks = walkers.iter_mut().map(|walker| walker.once(address));
    for walked in futures_util::future::join_all(walks).await {
        match walked {
            Ok(()) => {}
            Err(Stopped::Cut) => bail!("no answer came, though nobody was killed"),
            Err(Stopped::Wrong(error)) => return Err(error),
        }
    }
    Ok(())
}

/// Lets everybody walk, kills the server, and gives the walkers back with the moment of the kill.
async fn one_life(
    (place, server): (&Place, Server),
    walkers: Vec<Walker>,
    (visitor, crew): (&Visitor, &Arc<[Persona]>),
    book: &Arc<Book>,
    aim: Option<Stage>,
) -> Result<(Vec<Walker>, Instant)> {
    let (address, killed) = (server.address, Arc::new(AtomicBool::new(false)));
    let mut walking = JoinSet::new();
    for mut walker in walkers {
        let killed = Arc::clone(&killed);
        walking.spawn(async move {
            let stopped = walker.on(address).await;
            (walker, judge(stopped, &killed))
        });
    }
    let mut beside = JoinSet::new();
    beside.spawn(checks_beside(address, visitor.clone(), Arc::clone(book), Arc::clone(&killed)));
    beside.spawn(checks_by_command(place.clone(), Arc::clone(crew), Arc::clone(book), Arc::clone(&killed)));

    let begun = Instant::now();
    match aim {
        None => tokio::time::sleep(any_of(LONGEST)?).await,
        Some(stage) => {
            while !book.waits_at(stage, begun) && begun.elapsed() < PATIENCE {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            tokio::time::sleep(any_of(book.usual(stage))?).await;
        }
    }
    killed.store(true, Ordering::SeqCst);
    let at = Instant::now();
    let log = server.kill()?;
    let faults: Vec<&str> =
        log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked")).collect();
    ensure!(faults.is_empty(), "the server said: {faults:#?}");
    let mut back = Vec::new();
    while let Some(ended) = walking.join_next().await {
        let (walker, outcome) = ended?;
        outcome?;
        back.push(walker);
    }
    back.sort_by_key(Walker::number);
    while let Some(ended) = beside.join_next().await {
        ended??;
    }
    Ok((back, at))
}

/// An answer may be missing only after the kill.
fn judge(stopped: Stopped, killed: &AtomicBool) -> Result<()> {
    match stopped {
        Stopped::Cut if killed.load(Ordering::SeqCst) => Ok(()),
        Stopped::Cut => Err(anyhow!("no answer came, though nobody was killed yet")),
        Stopped::Wrong(error) => Err(error),
    }
}

/// Some part of a while.
fn any_of(while_: Duration) -> Result<Duration> {
    let most = u64::try_from(while_.as_micros())?.max(1);
    Ok(Duration::from_micros(getrandom::u64()? % most))
}

/// Checks over HTTP for entries in force, by misspelled name and by address in turn, until the server is killed.
async fn checks_beside(
    address: SocketAddr,
    visitor: Visitor,
    book: Arc<Book>,
    killed: Arc<AtomicBool>,
) -> Result<()> {
    let asked: Result<()> = async {
        let mut connection = Connection::with_cookie(address, visitor.cookie).await?;
        loop {
            let choice = getrandom::u64()?;
            let Some((resident, measure)) = book.some_in_force(choice) else { bail!("nothing is in force") };
            let by = if choice.is_multiple_of(2) { Stage::CheckByName } else { Stage::CheckByAddress };
            let mut fields = question_about(resident, by);
            let day = today();
            fields.extend([
                ("day-day".to_owned(), day.day().to_string()),
                ("day-month".to_owned(), day.month().to_string()),
                ("day-year".to_owned(), day.year().to_string()),
            ]);
            let answer = connection.another().await?.post("/check", &fields).await?;
            let check = Check::read(visitor.account, &answer)?;
            let is_found = finds(by, &check, &answer.text(), &measure);
            ensure!(is_found, "{measure} is in force, and a check says {}", check.verdict);
            book.checked(check);
            // Another connection each time, so that none was idle for long.
            connection = connection.another().await?;
        }
    }
    .await;
    match asked {
        Err(_) if killed.load(Ordering::SeqCst) => Ok(()),
        other => other,
    }
}

/// Checks at the command line beside the server until that is killed, and at least one. Each is killed as well: as soon as its
/// answer can be read, or at any moment.
async fn checks_by_command(
    place: Place,
    crew: Arc<[Persona]>,
    book: Arc<Book>,
    killed: Arc<AtomicBool>,
) -> Result<()> {
    loop {
        let asker = crew.iter().find(|asker| book.has_a_code(asker)).or(crew.first()).context("no crew")?;
        let code = book.code(asker).await?;
        let Some((resident, measure)) = book.some_in_force(getrandom::u64()?) else { return Ok(()) };
        let who = crowd::resident(resident);
        let is_last = killed.load(Ordering::SeqCst);
        let longest =
            if is_last || getrandom::u64()?.is_multiple_of(2) { None } else { Some(any_of(LONGEST)?) };
        let checking = Checking::begin(&place, (asker, &code), today(), &who.address, &who.postcode)?;
        let (said, beside) =
            tokio::task::spawn_blocking(move || checking.kill_at_its_answer(longest)).await??;
        // An answer that is not whole told nobody anything.
        if let Ok(answer) = serde_json::from_str::<Value>(&said) {
            let number = answer.get("check").and_then(Value::as_u64);
            let number = number.with_context(|| format!("psr check answered {said} {beside}"))?;
            ensure!(said.contains(&measure), "{measure} is in force, and psr check says {said}");
            let verdict = answer.get("verdict").and_then(Value::as_str).unwrap_or_default().to_owned();
            book.checked(Check { number, account: asker.account, verdict });
            book.notes().at_the_command_line += 1;
        } else {
            ensure!(longest.is_some(), "psr check ended without an answer: {said} {beside}");
        }
        if is_last {
            return Ok(());
        }
        if !killed.load(Ordering::SeqCst) {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Somebody who checks in every life of the server, in one session.
#[derive(Debug, Clone)]
struct Visitor {
    account: AccountId,
    cookie: String,
}

impl Visitor {
    async fn sign_in(address: SocketAddr, book: &Book) -> Result<Self> {
        let persona = persona::with_role(Role::Contractor)?;
        let connection = persona::sign_in(address, &persona, &book.code(&persona).await?).await?;
        Ok(Self { account: persona.account, cookie: connection.cookie().to_owned() })
    }
}

fn today() -> Date {
    london(SystemClock.now())
}

/// Looks up in the ledger what was told.
struct Told {
    book: Arc<Book>,
    /// Records before anybody walked.
    before: u64,
    /// What each form leaves when nothing goes wrong: the kinds of its records.
    leaves: BTreeMap<String, Vec<String>>,
}

/// Which commands the register holds, each with the kinds of its records.
type There = BTreeMap<u128, Vec<String>>;

impl Told {
    async fn new(place: &Place, book: Arc<Book>) -> Result<Self> {
        let before = place.open().await?.size(Log::Register).await?;
        Ok(Self { book, before, leaves: BTreeMap::new() })
    }

    /// Learns from walks that nothing disturbed what each form leaves.
    async fn learn(&mut self, place: &Place) -> Result<()> {
        let there = self.there(&place.open().await?).await?;
        for (number, form) in &self.book.notes().forms {
            let kinds = there.get(number).cloned().unwrap_or_default();
            ensure!(form.is_done && !kinds.is_empty(), "{} left nothing", form.name);
            let known = self.leaves.entry(form.name.clone()).or_insert_with(|| kinds.clone());
            ensure!(*known == kinds, "{} left {known:?} and {kinds:?}", form.name);
        }
        Ok(())
    }

    /// Everything that people did since the beginning.
    async fn there(&self, ledger: &Ledger) -> Result<There> {
        let mut there = There::new();
        let mut after = self.before;
        loop {
            let records = ledger.store().read(Log::Register, after, 2_000).await?;
            let Some(last) = records.last() else { return Ok(there) };
            after = last.record.position;
            for stored in records.into_iter().filter(|stored| stored.record.actor != "system") {
                let number = u128::from_be_bytes(stored.record.command.0);
                there.entry(number).or_default().push(stored.record.kind);
            }
        }
    }

    /// Everything that somebody was told is there, and nothing is there but what was asked, each once and whole.
    async fn look_up(&self, place: &Place) -> Result<There> {
        let ledger = place.open().await?;
        let there = self.there(&ledger).await?;
        let rows = AccessRows::read(&ledger).await?;
        let notes = self.book.notes();
        for (number, form) in &notes.forms {
            match there.get(number) {
                None => ensure!(!form.is_done, "{} was acknowledged, and is lost", form.name),
                Some(kinds) => {
                    ensure!(self.leaves.get(&form.name) == Some(kinds), "{} left {kinds:?}", form.name);
                }
            }
        }
        let unasked: Vec<_> = there.iter().filter(|(number, _)| !notes.forms.contains_key(number)).collect();
        ensure!(unasked.is_empty(), "nobody asked for {unasked:?}");
        rows.hold(&notes)?;
        Ok(there)
    }

    fn print(&self, rounds: u32, hits: &Hits) {
        let notes = self.book.notes();
        let forms = notes.forms.values().filter(|form| form.is_done).count();
        let looks: u64 = notes.looks.values().sum();
        println!(
            "kill: {rounds} kills -9 of psr serve on the journey from report to door; {} walks, {forms} numbered forms, \
             {} checks ({} at the command line) and {looks} looks at files answered: 0 lost, 0 done twice or by half, \
             psr verify sound each time; {} forms were cut off, {} of them done already, each sent again and done once",
            notes.walks(),
            notes.checks.len(),
            notes.at_the_command_line,
            hits.forms(),
            hits.done_already(),
        );
    }
}

/// The rows of the access log, as far as what was told needs them.
#[derive(Default)]
struct AccessRows {
    checks: BTreeMap<u64, (String, String)>,
    acknowledged: BTreeSet<u64>,
    looks: BTreeMap<(String, String), u64>,
}

impl AccessRows {
    async fn read(ledger: &Ledger) -> Result<Self> {
        let mut rows = Self::default();
        let mut after = 0;
        loop {
            let records = ledger.store().read(Log::Access, after, 2_000).await?;
            let Some(last) = records.last() else { return Ok(rows) };
            after = last.record.position;
            for stored in records {
                let record = stored.record;
                let facts: Value = serde_json::from_slice(&record.facts)?;
                let text = |part| facts.get(part).and_then(Value::as_str).unwrap_or_default().to_owned();
                match text("kind").as_str() {
                    "check" => {
                        rows.checks.insert(record.position, (record.actor, text("verdict")));
                    }
                    "acknowledged" => {
                        rows.acknowledged.extend(facts.get("check").and_then(Value::as_u64));
                    }
                    "file" => *rows.looks.entry((record.actor, text("about"))).or_default() += 1,
                    _ => {}
                }
            }
        }
    }

    /// Every answer that somebody had has its row.
    fn hold(&self, notes: &Notes) -> Result<()> {
        for check in &notes.checks {
            let row = self.checks.get(&check.number);
            let told = (check.account.to_string(), check.verdict.clone());
            ensure!(row == Some(&told), "check {} was answered {told:?}; its row: {row:?}", check.number);
        }
        for check in &notes.acknowledged {
            ensure!(self.acknowledged.contains(check), "the acknowledgement of check {check} is lost");
        }
        for ((account, about), shown) in &notes.looks {
            let rows = self.looks.get(&(account.to_string(), about.clone())).copied().unwrap_or(0);
            ensure!(rows >= *shown, "{account} was shown {about} {shown} times; rows: {rows}");
        }
        Ok(())
    }
}

/// Somebody who may read every file, and looks up on the pages what was told. Their one session outlives every kill.
struct Inspector {
    persona: Persona,
    cookie: String,
    book: Arc<Book>,
}

impl Inspector {
    async fn sign_in(address: SocketAddr, book: &Arc<Book>) -> Result<Self> {
        let persona = persona::with_role(Role::DataProtection)?;
        let connection = persona::sign_in(address, &persona, &book.code(&persona).await?).await?;
        let cookie = connection.cookie().to_owned();
        book.begun("", &cookie, "");
        Ok(Self { persona, cookie, book: Arc::clone(book) })
    }

    async fn page(&self, address: SocketAddr, cookie: &str, place: &str) -> Result<Answer> {
        let answer = Connection::with_cookie(address, cookie.to_owned()).await?.get(place).await?;
        if answer.status == 200 && cookie == self.cookie {
            self.book.looked(self.persona.account, place);
        }
        Ok(answer)
    }

    /// Everything that was told since the last kill can be read on the pages, and every session stands as its holder was told.
    async fn look_up(&mut self, address: SocketAddr, walkers: &mut [Walker]) -> Result<()> {
        for walker in walkers {
            for walk in std::mem::take(&mut walker.finished) {
                self.read(address, &walk).await?;
            }
            if walker.walk.filed {
                self.read(address, &walker.walk).await?;
            } else if let Some(reporter) = walker.reporter().filter(|_| !walker.report_is_in_doubt()) {
                let report = &walker.walk.report;
                for (shown, said) in &walker.walk.said {
                    let Shown::Question(place) = shown else { continue };
                    let place = format!("/incidents/new/{report}/{place}");
                    let page = self.page(address, reporter, &place).await?;
                    ensure!(page.text().contains(said), "{place} lost “{said}”: {}", shortened(&page.text()));
                }
            }
        }
        let (sessions, ended) = {
            let mut notes = self.book.notes();
            (notes.sessions.clone(), std::mem::take(&mut notes.ended))
        };
        for (cookie, leads_to) in sessions {
            let home = self.page(address, &cookie, "/").await?;
            ensure!(home.location == leads_to, "a session was lost: its home leads to {:?}", home.location);
        }
        for cookie in ended {
            let home = self.page(address, &cookie, "/").await?;
            ensure!(home.location.starts_with("/sign-in"), "an ended session goes on");
        }
        Ok(())
    }

    async fn read(&self, address: SocketAddr, walk: &Walk) -> Result<()> {
        let (incident, measure) =
            (format!("/incidents/{}", walk.incident), format!("/measures/{}", walk.measure));
        let mut pages: BTreeMap<String, String> = BTreeMap::new();
        for (shown, said) in &walk.said {
            let place = match shown {
                Shown::Question(_) | Shown::Incident => incident.clone(),
                Shown::Measure => measure.clone(),
                Shown::Letter => format!("{measure}/letter"),
            };
            if !pages.contains_key(&place) {
                let page = self.page(address, &self.cookie, &place).await?;
                ensure!(page.status == 200, "{place} answered {} {}", page.status, page.location);
                pages.insert(place.clone(), page.text());
            }
            let page = pages.get(&place).map(String::as_str).unwrap_or_default();
            ensure!(page.contains(said), "{place} lost “{said}”: {}", shortened(page));
        }
        let file = pages.get(&incident).map(String::as_str).unwrap_or_default();
        let links: Vec<&str> =
            file.split("href=\"").skip(1).filter(|rest| rest.contains("/files/")).collect();
        let links: Vec<&str> = links
            .iter()
            .filter_map(|rest| rest.split('"').next())
            .filter(|link| link.contains("/files/"))
            .collect();
        let [link] = links.as_slice() else {
            bail!("{incident} has the files {links:?}, and was sent with one")
        };
        let content = self.page(address, &self.cookie, link).await?.text();
        let sent =
            walk.said.iter().any(|(shown, said)| *shown == Shown::Question("evidence") && *said == content);
        ensure!(sent, "{link} holds something else: {content}");
        Ok(())
    }
}

/// Where kills fell.
#[derive(Default)]
struct Hits {
    of: BTreeMap<Stage, Hit>,
}

#[derive(Default, Clone, Copy)]
struct Hit {
    cut_off: usize,
    numbered: usize,
    done: usize,
}

impl Hits {
    fn least(&self) -> Stage {
        let count = |stage: &Stage| self.of.get(stage).map_or(0, |hit| hit.cut_off);
        Stage::ALL.into_iter().min_by_key(count).unwrap_or(Stage::Report)
    }

    fn count(&mut self, cut_off: &[CutOff], there: &There) {
        for CutOff { stage, numbers } in cut_off {
            let hit = self.of.entry(*stage).or_default();
            hit.cut_off += 1;
            hit.numbered += usize::from(!numbers.is_empty());
            let is_done = numbers.first().is_some_and(|number| there.contains_key(&number.0));
            hit.done += usize::from(is_done);
        }
    }

    fn forms(&self) -> usize {
        self.of.values().map(|hit| hit.numbered).sum()
    }

    fn done_already(&self) -> usize {
        self.of.values().map(|hit| hit.done).sum()
    }

    fn print(&self) {
        println!("  {:<34} {:>8} {:>13}", "kills while an answer was awaited", "cut off", "done already");
        for stage in Stage::ALL {
            let hit = self.of.get(&stage).copied().unwrap_or_default();
            let done = if hit.numbered > 0 { hit.done.to_string() } else { "-".to_owned() };
            println!("  {:<34} {:>8} {:>13}", stage.label(), hit.cut_off, done);
        }
    }
}
