//! The figures: checks per second and how long they take, starting, memory, verifying; each beside a peer of the same run.

use crate::book::step_now;
use crate::http::Connection;
use crate::load::{self, Asker, Latencies, Pace};
use crate::place::Place;
use crate::{crowd, peers, persona};
use anyhow::{Context, Result, ensure};
use ledger::{Keys, Log, Noted};
use register::command::RecordSupportNeeds;
use register::ids::AccountId;
use register::people::Role;
use register::personal::Text;
use service::Service;
use service::check::{Described, VerdictKind};
use service::clock::SystemClock;
use service::screening::{List, Upload, Visit};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use web::app::{App, Settings, Transport};

/// Checks a second of the whole country at its busiest are a third of this.
const RATE: u32 = 300;
/// Askers at once when as many as possible are asked.
const CROWD: usize = 64;
/// How many records are proved to be in their log.
const PROOFS: u64 = 1_000;

/// How much is measured.
pub struct Extent {
    sizes: [u64; 2],
    records: u64,
    visits: u64,
    lasts: Duration,
}

impl Extent {
    /// What is quoted.
    pub const FULL: Self =
        Self { sizes: [1_000, 100_000], records: 1_000_000, visits: 100_000, lasts: Duration::from_secs(8) };
    /// To see that it works.
    pub const QUICK: Self =
        Self { sizes: [100, 5_000], records: 20_000, visits: 2_000, lasts: Duration::from_secs(2) };
}

/// Measures, and prints as it goes.
pub async fn print(extent: &Extent) -> Result<()> {
    println!("Load of the machine at the start: {}", load_average()?);
    for residents in extent.sizes {
        checks(residents, extent.visits, extent.lasts).await?;
    }
    verifying(extent.records).await?;
    println!("\nLoad of the machine at the end: {}", load_average()?);
    Ok(())
}

fn load_average() -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    Ok(format!("{} ({cores} cores)", std::fs::read_to_string("/proc/loadavg")?.trim()))
}

async fn checks(residents: u64, visits: u64, lasts: Duration) -> Result<()> {
    println!("\n{residents} subjects, one in {} of them listed", crowd::LISTED);
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    std::fs::create_dir(&place.data)?;
    let begun = Instant::now();
    crowd::populate(&place, residents).await?;
    println!("  written in {:.1} s, {} MB", begun.elapsed().as_secs_f64(), megabytes(&place)?);

    let bare = peers::bare_rows(&folder.path().join("bare.db"), lasts / 2)?;
    println!("  peer: bare SQLite rows of that size, synced one by one: {bare:.0}/s");
    let trigrams = peers::trigram_checks(&folder.path().join("trigrams.db"), residents, lasts / 2)?;
    println!("  peer: SQLite FTS5 trigram search and a bare row, one by one: {trigrams:.0}/s");

    let (mut child, started) = Started::run(&place)?;
    println!("  served: started in {} ms, {} MiB of memory", started.milliseconds, started.mebibytes);
    let officer = persona::with_role(Role::Officer)?;
    let browser = persona::sign_in(started.address, &officer, &persona::code(step_now())?).await?;
    let browsers = |count| browsers(&browser, count, residents);
    let one = load::run(browsers(1).await?, Pace::Closed, lasts / 2).await?;
    say("over HTTP, one after the other", &one, trigrams);
    say(
        "over HTTP, at a fixed rate",
        &load::run(browsers(CROWD).await?, Pace::Open(RATE), lasts).await?,
        trigrams,
    );
    say("over HTTP, 64 at once", &load::run(browsers(CROWD).await?, Pace::Closed, lasts).await?, bare);
    child.kill()?;
    child.wait()?;

    let service = place.serve(Arc::new(SystemClock)).await?;
    let callers = |count| {
        let caller = || Caller { service: service.clone(), by: officer.account, residents };
        std::iter::repeat_with(caller).take(count).collect::<Vec<_>>()
    };
    say("in process, one after the other", &load::run(callers(1), Pace::Closed, lasts / 2).await?, trigrams);
    say("in process, at a fixed rate", &load::run(callers(CROWD), Pace::Open(RATE), lasts).await?, trigrams);
    say("in process, 64 at once", &load::run(callers(CROWD), Pace::Closed, lasts).await?, bare);
    screening(&service, officer.account, residents, visits, bare).await
}

/// A list of planned visits, from the bytes of a file until every answer is on disk and has been read again.
async fn screening(service: &Service, by: AccountId, residents: u64, visits: u64, bare: f64) -> Result<()> {
    let mut file = String::from("Name,Address,Postcode\n");
    for n in 0..visits {
        let asked = crowd::question(n, residents).description;
        let cell = |typed: &Option<String>| format!("\"{}\"", typed.as_deref().unwrap_or_default());
        let cells = [cell(&asked.name), cell(&asked.address), cell(&asked.postcode)];
        file.push_str(&cells.join(","));
        file.push('\n');
    }
    let before = resident_memory()?;
    let begun = Instant::now();
    let sheets = sheet::read(file.as_bytes())?;
    let sheet = sheets.first().context("no sheet")?;
    let columns = sheet::Columns::recognise(sheet, sheet::Column::OF_VISITS).context("no headings")?;
    let day = Some(service.today());
    let visit = |row: &sheet::Row| {
        let description = Described::of_row(row, &columns);
        Visit { row: row.number, officer: None, day, description }
    };
    let planned: Vec<Visit> = columns.rows(sheet).map(visit).collect();
    let upload = Upload { name: "List".to_owned(), purpose: "visit".to_owned(), day, sheets: Vec::new() };
    let id = service.keep_upload(by, &upload).await?;
    let begun_with = service.begin_screening(by, id, &upload, planned, Vec::new()).await?;
    begun_with.map_err(|over| anyhow::anyhow!("the list is over a budget: {over:?}"))?;
    service.screen(id).await?;
    let list = service.screening(by, id).await?.context("no list")?;
    let every = [VerdictKind::Marker, VerdictKind::Possible, VerdictKind::NoneFound];
    let screened = service.screened(&list, &every, 0, usize::MAX).await?;
    let took = begun.elapsed();
    ensure!(u64::try_from(screened.len())? == visits, "a visit was passed over");
    #[expect(clippy::cast_precision_loss, reason = "counts of visits are far below 2^52")]
    let rate = visits as f64 / took.as_secs_f64();
    println!(
        "  a list of {visits} visits screened in {:.1} s, {rate:.0}/s, {} MiB more memory ({:.1} x its peer's rate)",
        took.as_secs_f64(),
        resident_memory()?.saturating_sub(before),
        rate / bare
    );
    brought_up(service, list).await
}

/// The same list, brought up to one subject that something was recorded about: every visit is asked whether it concerns it.
async fn brought_up(service: &Service, list: List) -> Result<()> {
    let subject = service.read(|register| register.subjects().next().map(|it| it.id)).context("nobody")?;
    let keeper = persona::with_role(Role::RegisterTeam)?.account;
    let needs = RecordSupportNeeds { subject, needs: Text::new("Large print").ok().context("no text")? };
    let list = service.answer_anew(list).await?;
    service.execute(keeper, service.fresh_command(), needs).await?;
    let begun = Instant::now();
    let list = service.answer_anew(list).await?;
    println!(
        "  its {} watched visits brought up to one changed subject in {:.2} s",
        list.visits,
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The peer is the trigram search for single askers, and the bare row for many at once.
fn say(how: &str, latencies: &Latencies, peer: f64) {
    println!(
        "  {how:<34} {:>7.0}/s  p50 {:>6.2} ms  p99 {:>6.2} ms  ({:.1} x its peer's rate)",
        latencies.rate(),
        latencies.within(0.5),
        latencies.within(0.99),
        latencies.rate() / peer
    );
}

fn megabytes(place: &Place) -> Result<u64> {
    let size = |path| std::fs::metadata(path).map_or(0, |file| file.len());
    Ok((size(place.database()) + size(place.write_ahead_log())) / 1_000_000)
}

async fn verifying(records: u64) -> Result<()> {
    println!("\n{records} records of the access log");
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    std::fs::create_dir(&place.data)?;
    let begun = Instant::now();
    crowd::fill_access_log(&place, records).await?;
    println!("  written in {:.1} s, {} MB", begun.elapsed().as_secs_f64(), megabytes(&place)?);
    let begun = Instant::now();
    drop(ledger_sqlite::SqliteStore::open(&place.database(), place.heads()?)?);
    let counted = begun.elapsed();
    let Verified { took: verified, mebibytes } = Verified::run(&place, records)?;
    let peer = peers::integrity_check(&place.database())?;
    println!("  peer: SQLite's integrity_check of the same file: {:.2} s", peer.as_secs_f64());
    for (what, took) in [("everything verified", verified), ("counted again at a start", counted)] {
        let ratio = took.as_secs_f64() / peer.as_secs_f64();
        println!("  {what} in {:.2} s ({ratio:.2} x the peer's time)", took.as_secs_f64());
    }
    println!("  memory while everything was verified: at most {mebibytes} MiB");
    proving(&place, records).await
}

/// Proves that records drawn from all of the log are in it, each checked as an outsider would.
async fn proving(place: &Place, records: u64) -> Result<()> {
    let ledger = place.open().await?;
    let verifiers = ledger.verifiers();
    let prove = async |position| ledger.inclusion(Log::Access, position).await?.context("no such record");
    let before = resident_memory()?;
    let begun = Instant::now();
    prove(records).await?;
    let first = begun.elapsed();
    let (mut slowest, mut total, mut most) = (Duration::ZERO, Duration::ZERO, 0);
    let drawn = (0..PROOFS).map(|n| 1 + n * 7_919 % records);
    for position in drawn.clone() {
        let begun = Instant::now();
        let shown = prove(position).await?;
        let took = begun.elapsed();
        (slowest, total, most) = (slowest.max(took), total + took, most.max(shown.proof.len()));
        let head = verifiers.of(Log::Access).verify(&shown.checkpoint)?;
        let stored = ledger.store().leaves(Log::Access, position - 1, 1).await?;
        let leaf = *stored.first().context("no leaf")?;
        ensure!(
            ledger::tree::includes(head, leaf, position - 1, &shown.proof),
            "record {position} is not proved"
        );
    }
    let peer = peers::rows_by_key(&place.database(), drawn)?;
    let milliseconds = |took: Duration| took.as_secs_f64() * 1_000.0;
    let mean = total / u32::try_from(PROOFS)?;
    println!("  peer: SQLite reading one of these rows by its key: {:.3} ms", milliseconds(peer));
    println!(
        "  a record proved to be in the log in {:.2} ms, at most {:.2} ms, by at most {most} hashes ({:.0} x the peer's time)",
        milliseconds(mean),
        milliseconds(slowest),
        mean.as_secs_f64() / peer.as_secs_f64()
    );
    println!(
        "  the first proof after a start in {:.2} s, and {} MiB more memory from then on",
        first.as_secs_f64(),
        resident_memory()?.saturating_sub(before)
    );
    Ok(())
}

/// A verification in a process of its own, as `psr verify` is.
struct Verified {
    took: Duration,
    mebibytes: u64,
}

impl Verified {
    fn run(place: &Place, records: u64) -> Result<Self> {
        let output = Command::new(std::env::current_exe()?).arg("verify").arg(&place.data).output()?;
        let said = String::from_utf8(output.stdout)?;
        let mut numbers = said.split_whitespace().map(str::parse::<u64>);
        let mut next = || numbers.next().with_context(|| format!("the verification said {said:?}"));
        let (findings, size, took, mebibytes) = (next()??, next()??, next()??, next()??);
        ensure!(findings == 0 && size == records, "the log that was written is not sound");
        Ok(Self { took: Duration::from_millis(took), mebibytes })
    }
}

/// Verifies everything, and says how many findings there are, how many records the access log has, how many milliseconds it took
/// and how much memory at most.
pub async fn verify(place: &Place) -> Result<()> {
    let store = ledger_sqlite::SqliteStore::inspect(&place.database())?;
    let (noted, keyring) = (Noted::in_files(&place.heads()?)?, place.keyring()?);
    let begun = Instant::now();
    let report = ledger::verify(&store, &noted, Keys::Held(&keyring)).await?;
    let took = begun.elapsed().as_millis();
    println!("{} {} {took} {}", report.findings.len(), report.access.size, memory("VmHWM:")?);
    Ok(())
}

/// Asks in this process.
struct Caller {
    service: Service,
    by: AccountId,
    residents: u64,
}

impl Asker for Caller {
    async fn ask(&mut self, n: u64) -> Result<()> {
        let asked = self.service.check(self.by, crowd::question(n, self.residents)).await;
        asked.map(|_| ()).map_err(|_| anyhow::anyhow!("a check could not be answered"))
    }
}

/// Asks by the form of the page.
struct Browser {
    connection: Connection,
    residents: u64,
}

async fn browsers(signed_in: &Connection, count: usize, residents: u64) -> Result<Vec<Browser>> {
    let mut browsers = Vec::new();
    for _ in 0..count {
        browsers.push(Browser { connection: signed_in.another().await?, residents });
    }
    Ok(browsers)
}

impl Asker for Browser {
    async fn ask(&mut self, n: u64) -> Result<()> {
        let asked = crowd::question(n, self.residents);
        let day = asked.day.context("a visit without a day")?;
        let (year, month, day) = (day.year().to_string(), day.month().to_string(), day.day().to_string());
        let typed = asked.description;
        let fields = [
            ("purpose", "visit"),
            ("day-day", &day),
            ("day-month", &month),
            ("day-year", &year),
            ("name", typed.name.as_deref().unwrap_or("")),
            ("address", typed.address.as_deref().unwrap_or("")),
            ("postcode", typed.postcode.as_deref().unwrap_or("")),
        ];
        let answer = self.connection.post("/check", &fields).await?;
        ensure!(answer.status == 200, "a check answered {}, leading to {:?}", answer.status, answer.location);
        let page = String::from_utf8_lossy(&answer.body);
        ensure!(!page.contains("govuk-error-summary"), "a check was not taken: {page}");
        Ok(())
    }
}

/// A server in a process of its own.
struct Started {
    milliseconds: u64,
    mebibytes: u64,
    address: SocketAddr,
}

impl Started {
    fn run(place: &Place) -> Result<(std::process::Child, Self)> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .arg(&place.data)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let mut next = || words.next().with_context(|| format!("the server said {line:?}"));
        let started =
            Self { milliseconds: next()?.parse()?, mebibytes: next()?.parse()?, address: next()?.parse()? };
        Ok((child, started))
    }
}

/// The server: starts as the program does, says how long that took, how much memory it holds and where it answers, and serves
/// until it is killed.
pub async fn serve(place: &Place) -> Result<()> {
    let begun = Instant::now();
    let service = place.serve(Arc::new(SystemClock)).await?;
    let took = begun.elapsed().as_millis();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{took} {} {}", resident_memory()?, listener.local_addr()?);
    std::io::stdout().flush()?;
    let settings = Settings { transport: Transport::Loopback, brand: None };
    let router = pages::router(App::new(service, settings));
    web::serve::serve(listener, router, std::future::pending()).await;
    Ok(())
}

/// Of this process, in MiB.
fn resident_memory() -> Result<u64> {
    memory("VmRSS:")
}

/// What the system says of this process's memory under a name, in MiB.
fn memory(name: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line =
        status.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("no {name}"))?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kibibytes / 1_024)
}
