//! Killed at any moment, a hundred times: whatever was acknowledged is there afterwards.
//!
//! The main job is walked through the service in a process of its own: the demonstration's whole history, step by step, each
//! under a command number of its own, with checks beside it. What it acknowledges is noted outside. It is killed at random,
//! `psr verify` reads everything, every acknowledgement is looked up, and it is started again where it was: the step that was
//! under way is asked again under its old number, as somebody would press the button again, and must be done once.

use crate::crowd;
use crate::persona;
use crate::place::Place;
use crate::program::{self, Verified};
use anyhow::{Context, Result, bail, ensure};
use demonstration::{Memory, Seed, Stage, play};
use jiff::Timestamp;
use ledger::Log;
use register::command::Command;
use register::ids::{AttachmentId, CommandId};
use register::moment::Moment;
use register::people::Role;
use register::refusal::Refusal;
use register::state::Register;
use service::Upload;
use service::clock::{Clock, HandClock};
use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

/// When the history that is walked ends.
const UNTIL: &str = "2026-11-01T12:00:00Z";
/// The longest that a victim lives after its first acknowledgement, in milliseconds.
const LONGEST: u64 = 120;

struct Step {
    command: Command,
    moment: Moment,
    uploads: Vec<Upload>,
}

#[derive(Default)]
struct Walk {
    memory: Memory,
    uploads: Vec<Upload>,
    steps: Vec<Step>,
}

impl Stage for Walk {
    type Stop = Refusal;

    fn register(&self) -> &Register {
        self.memory.register()
    }

    fn perform(&mut self, command: Command, moment: Moment) -> Result<(), Refusal> {
        self.memory.perform(command.clone(), moment)?;
        self.steps.push(Step { command, moment, uploads: std::mem::take(&mut self.uploads) });
        Ok(())
    }

    fn attach(&mut self, attachment: AttachmentId, bytes: Vec<u8>) {
        self.uploads.push(Upload { attachment, bytes });
    }
}

fn walk() -> Result<Walk> {
    let mut walk = Walk::default();
    play(&mut walk, Seed(1), UNTIL.parse::<Timestamp>()?)?;
    Ok(walk)
}

/// The number of a step's command.
const fn number(step: usize) -> CommandId {
    CommandId(step as u128 + 1)
}

/// Kills a victim so many times.
pub async fn drill(rounds: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    std::fs::create_dir(&place.data)?;
    drop(place.make().await?);
    let expected = walk()?;
    let mut notes = OpenOptions::new().create(true).append(true).open(folder.path().join("acknowledged"))?;
    let (mut steps, mut checks) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        for line in kill_one(&place)? {
            notes.write_all(line.as_bytes())?;
            let mut words = line.split_whitespace().skip(1).map(str::parse::<u64>);
            let mut next = || words.next().context("a garbled note")?.context("a garbled note");
            if line.starts_with("step") {
                steps.push((usize::try_from(next()?)?, next()?));
            } else {
                checks.push(next()?);
            }
        }
        notes.sync_all()?;
        match program::verify(&place)? {
            Verified::Sound => {}
            other => bail!("round {round}: {other:?}"),
        }
        let ledger = place.open().await?;
        for (step, position) in &steps {
            let id = ledger::CommandId(number(*step).0.to_be_bytes());
            let found = ledger.command(Log::Register, id).await?;
            ensure!(found.last() == Some(position), "round {round}: step {step} was lost: {found:?}");
        }
        let rows = ledger.size(Log::Access).await?;
        ensure!(checks.iter().all(|check| *check <= rows), "round {round}: a check's row was lost");
    }
    let ledger = place.open().await?;
    let records = ledger.size(Log::Register).await?;
    let done = expected_records(&expected, done(&place).await?)?;
    ensure!(
        records == done,
        "{records} records for steps that make {done}: something was done twice or by half"
    );
    println!(
        "kill: {rounds} kills of the service walking the main job; {} steps and {} checks acknowledged, 0 lost, 0 done \
         twice, psr verify sound each time",
        steps.len(),
        checks.len()
    );
    Ok(())
}

/// How many steps the register holds.
async fn done(place: &Place) -> Result<usize> {
    let ledger = place.open().await?;
    let mut step = 0;
    while !ledger.command(Log::Register, ledger::CommandId(number(step).0.to_be_bytes())).await?.is_empty() {
        step += 1;
    }
    Ok(step)
}

/// How many records so many steps make when nothing goes wrong.
fn expected_records(walk: &Walk, steps: usize) -> Result<u64> {
    let mut memory = Memory::default();
    for step in walk.steps.iter().take(steps) {
        memory.perform(step.command.clone(), step.moment)?;
    }
    Ok(memory.records())
}

/// Starts a victim, kills it a random while after its first acknowledgement, and returns what it acknowledged.
fn kill_one(place: &Place) -> Result<Vec<String>> {
    let mut victim = std::process::Command::new(std::env::current_exe()?)
        .arg("victim")
        .arg(&place.data)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(victim.stdout.take().context("no output")?);
    let mut first = String::new();
    lines.read_line(&mut first)?;
    ensure!(first.ends_with('\n'), "the victim acknowledged nothing");
    let rest = std::thread::spawn(move || {
        let mut all = vec![first];
        let mut line = String::new();
        // A last line that was cut short was never an acknowledgement.
        while lines.read_line(&mut line).is_ok_and(|read| read > 0) && line.ends_with('\n') {
            all.push(std::mem::take(&mut line));
        }
        all
    });
    std::thread::sleep(Duration::from_millis(getrandom::u64()? % LONGEST));
    victim.kill()?;
    victim.wait()?;
    rest.join().map_err(|_| anyhow::anyhow!("the reader failed"))
}

/// The victim: goes on with the history where it was, with checks beside it, and says what was acknowledged.
pub async fn victim(place: &Place) -> Result<()> {
    let walk = walk()?;
    let clock = Arc::new(HandClock::at(UNTIL.parse::<Timestamp>()?));
    let begin = done(place).await?;
    let service = place.serve(Arc::clone(&clock) as Arc<dyn Clock>).await?;
    let officer = persona::with_role(Role::Officer)?.account;
    for asker in 0..3 {
        let service = service.clone();
        tokio::spawn(async move {
            for n in (asker..).step_by(3) {
                if let Ok(answer) = service.check(officer, crowd::question(n, 1_000)).await {
                    acknowledge(&format!("check {}\n", answer.check));
                }
            }
        });
    }
    for (at, step) in walk.steps.iter().enumerate().skip(begin) {
        clock.set(step.moment.at);
        let done = service.carry_out(step.moment.by, number(at), &step.command, &step.uploads).await;
        let done = done.map_err(|failure| anyhow::anyhow!("step {at}: {failure}"))?;
        acknowledge(&format!("step {at} {}\n", done.position));
    }
    std::future::pending().await
}

fn acknowledge(line: &str) {
    // One write, so that a line is whole or not there.
    std::io::stdout().lock().write_all(line.as_bytes()).ok();
    std::io::stdout().lock().flush().ok();
}
