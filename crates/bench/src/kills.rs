//! Killed a thousand times under a load of small forms, on either database: nothing that somebody was told is lost, nothing is done
//! twice, and the program is back soon. The longer walk is in `kill`.

use crate::chance::Chance;
use crate::place::Place;
use crate::program::{self, Server, Verified};
use crate::small;
use crate::writers::{self, Writers};
use anyhow::{Context, Result, bail, ensure};
use std::time::{Duration, Instant};

/// From its start until it answers.
const SOON: Duration = Duration::from_secs(2);
/// How long the first acknowledgement of a life is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// After so many kills everything is verified.
const EVERY: u32 = 50;

/// Which database keeps the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file of SQLite's.
    Sqlite,
    /// A database in PostgreSQL.
    Postgres,
}

impl Backend {
    /// The backend of this name.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::Postgres),
            _ => bail!("the database is sqlite or postgres, not {name:?}"),
        }
    }
}

/// Kills it so many times.
pub async fn drill(backend: Backend, rounds: u32, seed: u64) -> Result<()> {
    let begun = Instant::now();
    let folder = tempfile::tempdir()?;
    let mut place = Place::new(folder.path().join("register"));
    small::make(&place).await?;
    let people = Writers::open(&place, seed).await?;
    let postgres = (backend == Backend::Postgres).then(|| ledger_postgres::testing::Server::own(&[]));
    if let Some(postgres) = &postgres {
        place = place.moved_to(postgres.database()).await?;
    }
    let (mut writers, mut judge) = writers::council(&place, people, seed).await?;
    let mut chance = Chance::of(seed);
    let mut starts = Vec::new();
    for round in 1..=rounds {
        let at = Instant::now();
        let server = Server::start(&place, "warn,psr=info")?;
        starts.push(at.elapsed());
        let life = writers.write(server.address);
        let is_under_load = life.until_acknowledged(PATIENCE).await;
        ensure!(is_under_load, "round {round}: nobody was told anything");
        tokio::time::sleep(chance.milliseconds(0, 110)).await;
        let log = server.kill()?;
        ensure!(!log.contains("panicked"), "round {round}: the server said {log}");
        judge
            .hold(&place, &life.told().await?)
            .await
            .with_context(|| format!("round {round}, seed {seed}"))?;
        if round % EVERY == 0 || round == rounds {
            let found = program::verify(&place)?;
            ensure!(found == Verified::Sound, "round {round}, seed {seed}: {found:?}");
            eprintln!("  kill {round} of {rounds}: {}", judge.counts());
        }
    }
    starts.sort();
    let median = starts.get(starts.len() / 2).context("no round")?;
    let longest = starts.last().context("no round")?;
    let counts = judge.counts();
    ensure!(counts.forms > 0 && counts.checks > 0, "nobody was told anything: {counts}");
    println!(
        "kills on {backend:?}, seed {seed}: {rounds} kills -9 of psr serve under load; {counts}: 0 lost, 0 done twice, psr verify \
         sound; back after {} ms in the median, {} ms at most; {} s",
        median.as_millis(),
        longest.as_millis(),
        begun.elapsed().as_secs(),
    );
    ensure!(*longest <= SOON, "it was {} ms until it answered again", longest.as_millis());
    Ok(())
}
