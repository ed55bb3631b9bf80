//! `psr backup`, and what belongs to it: the key card, pruning and the drill.

use super::restore::{Outcome, restore};
use crate::backups::{self, now};
use crate::config::{self, Config};
use crate::{Exit, open};
use anyhow::{Context, Result, bail, ensure};
use backup::{Card, Extent, Folder};
use clap::{Args, Subcommand};
use ledger::tree::Frontier;
use ledger::{Head, Log, Store};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Back the register up into the folder that the settings name.
///
/// Writes one new file, encrypted to the recipient in the settings, and neither changes nor removes one that is there: the first of
/// a day holds everything, the others what was added since. The service may go on meanwhile, and does the same by itself at every
/// interval of [backup]. Ends with 0, and with 1 when nothing was written: the message says why.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Backup {
    #[command(subcommand)]
    other: Option<Other>,
    /// Answer in JSON: {"archive", "extent", "register", "access", "bytes", "seconds"}.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Other {
    /// Print a new key card, once: what opens the backups. This machine keeps nothing of it.
    Key(Key),
    /// Remove the sets of backups that are older than the window.
    Prune(Prune),
    /// Restore the newest backup into a place of its own, verify it, compare it with the register, and remove it again.
    Drill(Drill),
}

/// Print a new key card, once: what opens the backups. This machine keeps nothing of it.
///
/// Print it on paper, keep it in two places where this machine's administrators cannot reach, and put the recipient into the
/// settings. Ends with 0, and with 1 when there is no register.
#[derive(Debug, Args)]
struct Key {}

/// Remove the sets of backups that were begun longer ago than the window of the settings.
///
/// For somebody else than the service's own user, who should not be able to remove anything from the folder. The newest set stays,
/// however old it is. Needs no key. Ends with 0, and with 1 when a file could not be removed.
#[derive(Debug, Args)]
struct Prune {
    /// Answer in JSON: {"gone", "left"}.
    #[arg(long)]
    json: bool,
}

/// Restore the newest backup into a place of its own, verify it, compare it with the register, and remove it again.
///
/// The service may go on meanwhile. Ends with 0 when all of it is there and equal, with 1 when it cannot be restored or is not the
/// register's, and with 20 when it is damaged.
#[derive(Debug, Args)]
struct Drill {
    /// The key card, typed or scanned into a file that nobody else may read; without it, that of the settings.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Answer in JSON: {"register", "access", "digest", "lost_seconds", "restore_seconds", "verify_seconds", "start_seconds"}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    archive: String,
    extent: &'static str,
    register: u64,
    access: u64,
    bytes: u64,
    seconds: f64,
}

#[derive(Serialize)]
struct Pruned {
    gone: usize,
    left: usize,
}

impl Backup {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        match self.other {
            None => write(config, self.json).await,
            Some(Other::Key(Key {})) => key(config),
            Some(Other::Prune(Prune { json })) => prune(config, json),
            Some(Other::Drill(Drill { identity, json })) => {
                let configured = config.backup.as_ref().and_then(|backup| backup.identity.clone());
                let Some(identity) = identity.or(configured) else {
                    eprintln!("psr backup drill: name the key card with --identity");
                    return Ok(Exit::Usage);
                };
                let drilled = drill(config, &identity).await?;
                super::answer(json, &drilled.answer(), &drilled.to_string())?;
                Ok(Exit::Done)
            }
        }
    }
}

/// The settings of backups.
fn settings(config: &Config) -> Result<&config::Backup> {
    config.backup.as_ref().context("the settings have no [backup]: it names the folder and the recipient")
}

async fn write(config: &Config, json: bool) -> Result<Exit> {
    settings(config)?;
    let mut backups = config.backups()?.context("[backup]")?;
    let place = config.place()?;
    let store = place.inspect().await.with_context(|| format!("{place} cannot be read"))?;
    let begun = Instant::now();
    let written = backups::write(config, &mut backups, &*store).await?.context("nothing was new")?;
    let answer = Answer {
        archive: written.name.to_string(),
        extent: match written.extent {
            Extent::Full => "full",
            Extent::Increment => "increment",
        },
        register: written.name.register,
        access: written.name.access,
        bytes: written.bytes,
        seconds: begun.elapsed().as_secs_f64(),
    };
    let words = format!(
        "{} ({}, {} bytes) in {:.1} seconds: with it the backups hold {} records of the register and {} of the access log.",
        answer.archive, answer.extent, answer.bytes, answer.seconds, answer.register, answer.access
    );
    super::answer(json, &answer, &words)?;
    Ok(Exit::Done)
}

#[expect(clippy::print_stdout, reason = "standard output is what a command answers on")]
fn key(config: &Config) -> Result<Exit> {
    let card = Card::draw(open::keyring(config)?.verifiers());
    println!(
        "# Key card of the backups of {}. It is printed once and kept nowhere else.\n\
         #\n\
         # Whoever has it and the backups can read everything in the register: keep it on paper, in two\n\
         # places, out of reach of whoever runs the machine. Without it no backup can be restored.\n\
         # Put into the settings:\n\
         #   [backup]\n\
         #   folder = \"/where/backups/lie\"\n\
         #   recipient = \"{}\"\n\
         # To restore, type the lines from here on into a file of your own:\n\
         #   psr restore --from FOLDER --to DATA --identity FILE",
        config.place()?,
        card.recipient(),
    );
    println!("{}", card.text().trim_end());
    Ok(Exit::Done)
}

fn prune(config: &Config, json: bool) -> Result<Exit> {
    let settings = settings(config)?;
    let pruned = Folder::at(&settings.folder).prune(settings.window_days, now())?;
    let answer = Pruned { gone: pruned.gone, left: pruned.left };
    let words = format!("{} sets removed, {} left.", answer.gone, answer.left);
    super::answer(json, &answer, &words)?;
    Ok(Exit::Done)
}

/// What a drill showed.
pub struct Drilled {
    outcome: Outcome,
    /// How old the newest archive was.
    behind: Duration,
    /// How long the restored register took to start.
    start: Duration,
}

#[derive(Serialize)]
struct DrillAnswer {
    register: u64,
    access: u64,
    digest: String,
    lost_seconds: f64,
    restore_seconds: f64,
    verify_seconds: f64,
    start_seconds: f64,
}

impl Drilled {
    fn answer(&self) -> DrillAnswer {
        let Outcome { contents, times, .. } = &self.outcome;
        DrillAnswer {
            register: contents.register.size,
            access: contents.access.size,
            digest: contents.to_string(),
            lost_seconds: self.behind.as_secs_f64(),
            restore_seconds: times.filled.as_secs_f64(),
            verify_seconds: times.verified.as_secs_f64(),
            start_seconds: self.start.as_secs_f64(),
        }
    }
}

impl fmt::Display for Drilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answer = self.answer();
        write!(
            f,
            "The newest backup, {:.0} seconds old, was restored in {:.1} seconds, verified in {:.1} and started in {:.1}: {} \
             records of the register and {} of the access log, equal to the register\u{2019}s ({}).",
            answer.lost_seconds,
            answer.restore_seconds,
            answer.verify_seconds,
            answer.start_seconds,
            answer.register,
            answer.access,
            answer.digest
        )
    }
}

/// Restores the newest set beside the register, holds both against each other, starts it, and removes it again.
///
/// # Errors
/// Where it cannot be restored, is damaged, or is not the register's.
pub async fn drill(config: &Config, identity: &Path) -> Result<Drilled> {
    let settings = settings(config)?;
    let place = Temporary::beside(&config.data)?;
    let mut apart = config.clone();
    (apart.data, apart.database, apart.keys, apart.heads) = (place.0.join("register"), None, None, None);
    let card = open::card(identity)?;
    let outcome = restore(&apart, &settings.folder, card, None).await?;
    ensure!(outcome.findings.is_empty(), "the newest backup is damaged: {}", outcome.words_of_findings());
    let here = config.place()?;
    let here = here.inspect().await.with_context(|| format!("{here} cannot be read"))?;
    for (log, restored) in
        [(Log::Register, outcome.contents.register), (Log::Access, outcome.contents.access)]
    {
        if head_at(&*here, log, restored.size).await? != Some(restored) {
            bail!("the newest backup is of another history than the register: the {log} logs differ");
        }
    }
    let written = outcome.restored.until.written.as_second();
    let behind = Duration::from_secs((now().0 / 1_000_000 - written).try_into().unwrap_or(0));
    let begun = Instant::now();
    drop(open::register(&apart).await?);
    let start = begun.elapsed();
    drop(place);
    backups::note_drill(config)?;
    Ok(Drilled { outcome, behind, start })
}

/// The head that a log had at this size; nothing where it is shorter.
async fn head_at(store: &dyn Store, log: Log, size: u64) -> Result<Option<Head>> {
    let mut tree = Frontier::default();
    while tree.size() < size {
        let most = u32::try_from(size - tree.size()).unwrap_or(u32::MAX).min(10_000);
        let leaves = store.leaves(log, tree.size(), most).await?;
        if leaves.is_empty() {
            return Ok(None);
        }
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
    }
    Ok(Some(tree.head()))
}

/// A folder for the while of a drill, as private as the register's.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(data: &Path) -> Result<Self> {
        let path = data.join("drill");
        let cannot = || format!("{} cannot be made", path.display());
        match std::fs::remove_dir_all(&path) {
            // Otherwise it was there: of a drill that was cut off.
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(cannot);
            }
            _ => open::private_directory(&path)?,
        }
        Ok(Self(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::error!("{} could not be removed: {error}", self.0.display());
        }
    }
}
