//! One call to the system fails, each call in turn: a sync of the disk, a write for which there is no space, a file that cannot be
//! opened. Nothing that was not written is acknowledged, and after a failed sync nothing is written any more.
//!
//! `strace` makes the call fail in the served program itself. A program that refuses to start for it has told nobody anything.

use crate::chance::Chance;
use crate::place::Place;
use crate::program::{self, Server, Verified};
use crate::small;
use crate::writers::{self, Judge, Life, Writers};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a call is waited for that may never come.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long people write on after it.
const AFTER: Duration = Duration::from_millis(100);

/// A call that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fails {
    /// Which calls, as `strace` names them.
    calls: &'static str,
    /// What it answers.
    error: &'static str,
    /// Whether nothing may be written afterwards: nobody knows what of it the disk has.
    stops: bool,
}

const ALL: [Fails; 3] = [
    Fails { calls: "fsync,fdatasync", error: "EIO", stops: true },
    Fails { calls: "pwrite64", error: "ENOSPC", stops: false },
    Fails { calls: "openat", error: "EMFILE", stops: false },
];

/// How often it failed, and what came of it.
#[derive(Debug, Default)]
struct Tally {
    while_serving: u32,
    at_the_start: u32,
    never: u32,
}

/// Lets so many of each call fail, one in each life of the program.
pub async fn drill(points: u32, seed: u64) -> Result<()> {
    let begun = Instant::now();
    let folder = tempfile::tempdir()?;
    let original = Place::new(folder.path().join("register"));
    small::make(&original).await?;
    let people = Writers::open(&original, seed).await?;
    let (mut writers, _) = writers::council(&original, people, seed).await?;
    let mut chance = Chance::of(seed);
    for fails in ALL {
        let mut tally = Tally::default();
        let (mut forms, mut checks) = (0, 0);
        for point in 1..=points {
            let place = original.copy_to(&folder.path().join("faulty"))?;
            let mut judge = Judge::begin(&place).await?;
            let longer = chance.milliseconds(0, 50);
            let happened =
                one(fails, point, longer, (&place, folder.path()), (&mut writers, &mut judge)).await;
            let happened = happened.with_context(|| format!("{fails:?} at {point}, seed {seed}"))?;
            *match happened {
                Happened::WhileServing => &mut tally.while_serving,
                Happened::AtTheStart => &mut tally.at_the_start,
                Happened::Never => &mut tally.never,
            } += 1;
            forms += judge.counts().forms;
            checks += judge.counts().checks;
        }
        let Tally { while_serving, at_the_start, never } = tally;
        ensure!(while_serving + at_the_start > 0, "{fails:?}: no call ever failed");
        println!(
            "  {} of {} at {points} points: {while_serving} while serving, {at_the_start} at the start, which was refused, {never} \
             past the last call; {forms} forms and {checks} checks acknowledged, 0 lost",
            fails.error, fails.calls
        );
    }
    println!(
        "calls, seed {seed}: {points} points of {} calls each: 0 false acknowledgements, nothing written after a failed sync, \
         psr verify sound each time; {} s",
        ALL.len(),
        begun.elapsed().as_secs()
    );
    Ok(())
}

/// When the call failed.
enum Happened {
    WhileServing,
    AtTheStart,
    Never,
}

async fn one(
    fails: Fails,
    point: u32,
    longer: Duration,
    (place, folder): (&Place, &Path),
    (writers, judge): (&mut Writers, &mut Judge),
) -> Result<Happened> {
    let trace = folder.join("trace");
    fs::write(&trace, "")?;
    let (calls, error) = (fails.calls, fails.error);
    let (which, inject) = (format!("trace={calls}"), format!("inject={calls}:error={error}:when={point}"));
    let to = trace.display().to_string();
    // Detached, so that the program itself is what is killed.
    let under = ["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-o", &to, "-e", &which, "-e", &inject];
    let has_failed = || Ok::<bool, std::io::Error>(fs::read_to_string(&trace)?.contains("(INJECTED)"));
    let happened = match Server::start_under(place, "error,psr=info", &under) {
        Err(refused) => {
            ensure!(has_failed()?, "it did not start, and nothing failed: {refused}");
            ensure!(!refused.to_string().contains("panicked"), "{refused}");
            Happened::AtTheStart
        }
        Ok(server) => {
            let life = writers.write(server.address);
            let begun = Instant::now();
            while !has_failed()? && begun.elapsed() < PATIENCE {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(AFTER + longer).await;
            let failed = has_failed()?;
            let mut told = life.told().await?;
            if failed && fails.stops {
                let after: Life = writers.write(server.address);
                tokio::time::sleep(AFTER).await;
                let after = after.told().await?;
                let written = after.forms.values().filter(|is_done| **is_done).count();
                ensure!(written == 0, "{written} forms were acknowledged after a failed sync");
                told.forms.extend(after.forms);
                told.checks.extend(after.checks);
            }
            let log = server.kill()?;
            ensure!(!log.contains("panicked"), "the server said {log}");
            judge.hold(place, &told).await?;
            if failed { Happened::WhileServing } else { Happened::Never }
        }
    };
    let found = program::verify(place)?;
    ensure!(found == Verified::Sound, "psr verify: {found:?}");
    Ok(happened)
}
