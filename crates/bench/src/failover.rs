//! The primary of two PostgreSQL servers dies, and its standby takes over: nothing that was acknowledged is lost, and the served program
//! answers again soon, without anybody touching it.
//!
//! Every commit waits for the standby. The drill is the supervisor: it kills the primary, promotes the standby, lets that go on alone,
//! and makes a new standby. In every fifth round the standby is gone first and the waits of commits are cancelled, which the database
//! itself calls a success: nobody may be told that it was saved, since the standby that takes over does not have it.

use crate::chance::Chance;
use crate::place::Place;
use crate::program::{self, Server, Verified, run};
use crate::small;
use crate::writers::{self, Writers};
use anyhow::{Context, Result, bail, ensure};
use ledger_postgres::Settings;
use ledger_postgres::testing::as_owner;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// From the death of the primary until somebody is told again that something is saved.
const SOON: Duration = Duration::from_secs(10);
/// In one of so many rounds waits are cancelled.
const CANCELS: u32 = 5;
/// How often.
const OFTEN: u32 = 20;
/// The backends whose commit waits for the standby, cancelled.
const CANCEL: &str =
    "select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'";
/// How many standbys have everything that is acknowledged.
const IN_STEP: &str = "select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')";

/// One of the two places for a server.
struct Slot {
    data: PathBuf,
    socket: PathBuf,
}

/// Two servers, of which one is the primary.
struct Pair {
    slots: [Slot; 2],
    primary: usize,
}

impl Pair {
    fn make(folder: &Path) -> Result<Self> {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
        let slot = |name: &str| -> Result<Slot> {
            let socket = folder.join(name);
            fs::create_dir_all(&socket)?;
            run(Command::new("chown").arg("postgres").arg(&socket))?;
            Ok(Slot { data: socket.join("data"), socket })
        };
        let pair = Self { slots: [slot("a")?, slot("b")?], primary: 0 };
        let first = pair.primary();
        run(as_owner("initdb")
            .args(["-U", "psr", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-k", "-D"])
            .arg(&first.data))?;
        first.start()?;
        pair.follow()?;
        Ok(pair)
    }

    /// Whichever of the two is the primary.
    fn settings(&self, database: &str) -> Settings {
        let [one, other] = &self.slots;
        let (one, other) = (one.socket.display(), other.socket.display());
        Settings::at(format!("host={one},{other} target_session_attrs=read-write user=psr dbname={database}"))
    }

    const fn primary(&self) -> &Slot {
        let [one, other] = &self.slots;
        if self.primary == 0 { one } else { other }
    }

    const fn standby(&self) -> &Slot {
        let [one, other] = &self.slots;
        if self.primary == 0 { other } else { one }
    }

    /// Makes the standby from nothing, and lets every commit wait for it.
    fn follow(&self) -> Result<()> {
        let (primary, standby) = (self.primary(), self.standby());
        if standby.data.exists() {
            fs::remove_dir_all(&standby.data)?;
        }
        let mut copy = as_owner("pg_basebackup");
        copy.args(["-U", "psr", "-X", "stream", "-R", "-c", "fast", "--no-sync", "-h"]).arg(&primary.socket);
        run(copy.arg("-D").arg(&standby.data))?;
        standby.start()?;
        primary.waits_for_standby(true)?;
        let begun = Instant::now();
        while primary.sql(IN_STEP)? != "1" {
            ensure!(begun.elapsed() < Duration::from_secs(20), "the standby does not come into step");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// The standby takes over, and goes on alone.
    fn promote(&mut self) -> Result<()> {
        run(as_owner("pg_ctl").args(["promote", "-w", "-D"]).arg(&self.standby().data))?;
        self.primary = 1 - self.primary;
        self.primary().waits_for_standby(false)
    }
}

impl Slot {
    fn start(&self) -> Result<()> {
        let options = format!("-k {} -c listen_addresses= -c max_connections=100", self.socket.display());
        let mut start = as_owner("pg_ctl");
        start.arg("-D").arg(&self.data).args(["start", "-w", "-l"]).arg(self.socket.join("log"));
        run(start.args(["-o", &options]))
    }

    /// `kill -9`, the server and every process of its.
    fn kill(&self) -> Result<()> {
        let file = fs::read_to_string(self.data.join("postmaster.pid"))?;
        let server = file.lines().next().context("no process")?.to_owned();
        let children = fs::read_to_string(format!("/proc/{server}/task/{server}/children"))?;
        run(Command::new("kill").arg("-9").arg(&server))?;
        // Those that have ended by themselves by now are as dead.
        Command::new("kill").arg("-9").args(children.split_whitespace()).stderr(Stdio::null()).status()?;
        for left in ["data/postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"] {
            fs::remove_file(self.socket.join(left)).ok();
        }
        Ok(())
    }

    fn waits_for_standby(&self, waits: bool) -> Result<()> {
        let names = if waits { "*" } else { "" };
        self.sql(&format!("alter system set synchronous_standby_names = '{names}'"))?;
        self.sql("select pg_reload_conf()").map(drop)
    }

    /// Says something to it that waits for nobody, and gives what it answered.
    fn sql(&self, sql: &str) -> Result<String> {
        let mut psql = Command::new("psql");
        psql.env("PGOPTIONS", "-c synchronous_commit=local -c client_min_messages=error");
        psql.args(["-X", "-q", "-A", "-t", "-U", "psr", "-d", "postgres", "-c", sql, "-h"]).arg(&self.socket);
        let output = psql.output()?;
        ensure!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr).trim());
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        for slot in &self.slots {
            slot.kill().ok();
        }
    }
}

/// Lets the primary die so many times.
pub async fn drill(rounds: u32, seed: u64) -> Result<()> {
    let begun = Instant::now();
    let folder = tempfile::Builder::new().prefix("psr-failover-").tempdir()?;
    let mut pair = Pair::make(folder.path())?;
    pair.primary().sql("create database psr")?;
    let place = Place::new(folder.path().join("register"));
    small::make(&place).await?;
    let people = Writers::open(&place, seed).await?;
    let place = place.moved_to(pair.settings("psr")).await?;
    let (mut writers, mut judge) = writers::council(&place, people, seed).await?;
    let server = Server::start(&place, "error,psr=info")?;
    let mut chance = Chance::of(seed);
    let (mut back, mut cancelled) = (Vec::new(), 0_u64);
    for round in 1..=rounds {
        let before = writers.write(server.address);
        ensure!(before.until_acknowledged(SOON).await, "round {round}: nobody was told anything");
        tokio::time::sleep(chance.milliseconds(50, 400)).await;
        let cancels = round.is_multiple_of(CANCELS);
        if cancels {
            pair.standby().kill()?;
            for _ in 0..OFTEN {
                tokio::time::sleep(Duration::from_millis(50)).await;
                cancelled += pair.primary().sql(CANCEL)?.parse::<u64>()?;
            }
        }
        let died = Instant::now();
        pair.primary().kill()?;
        if cancels {
            pair.standby().start()?;
        }
        pair.promote()?;
        let mut told = before.told().await?;
        let after = writers.write(server.address);
        if !after.until_acknowledged(SOON).await {
            let log = server.kill()?;
            bail!("round {round}, seed {seed}: not back {} s after: {log}", died.elapsed().as_secs());
        }
        back.push(died.elapsed());
        let after = after.told().await?;
        told.forms.extend(after.forms);
        told.checks.extend(after.checks);
        judge.hold(&place, &told).await.with_context(|| format!("round {round}, seed {seed}"))?;
        pair.follow()?;
        if round % 10 == 0 {
            eprintln!("  failover {round} of {rounds}: {}, {cancelled} waits cancelled", judge.counts());
        }
    }
    let log = server.kill()?;
    ensure!(!log.contains("panicked"), "the server said {log}");
    let found = program::verify(&place)?;
    ensure!(found == Verified::Sound, "seed {seed}: {found:?}");
    ensure!(cancelled > 0 || rounds < CANCELS, "no wait was ever cancelled");
    back.sort();
    let (median, longest) = (back.get(back.len() / 2).context("no round")?, back.last().context("no round")?);
    println!(
        "failover, seed {seed}: {rounds} primaries killed under psr serve; {}, {cancelled} waits cancelled: 0 lost, psr verify sound; \
         saving again after {} ms in the median, {} ms at most; {} s",
        judge.counts(),
        median.as_millis(),
        longest.as_millis(),
        begun.elapsed().as_secs()
    );
    ensure!(*longest <= SOON, "it was {} ms until something was saved again", longest.as_millis());
    Ok(())
}
