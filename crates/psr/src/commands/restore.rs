//! `psr restore`.

use crate::{Exit, config::Config, open};
use anyhow::{Context, Result, bail};
use backup::{Card, Folder, Restored, Restoring};
use clap::Args;
use jiff::Timestamp;
use ledger::{Contents, Finding, HeadFiles, Keys, Log};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

/// Make the register again from its backups, on an empty machine, with the key card.
///
/// Reads the newest set of backups to its end first, and names the file that is damaged or missing before anything is made. Then
/// fills a new register, verifies every record against the checkpoints in the backups and on the card, and says how long it took.
/// With [database] in the settings the register goes to PostgreSQL. psr serve serves it from there. Ends with 0; with 1 when it
/// could not be restored; with 2 when the place is not empty or an option is wrong; with 20 when what was restored is damaged.
#[derive(Debug, Args)]
pub struct Restore {
    /// The folder of the backups.
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// The data folder to make: new or empty.
    #[arg(long, value_name = "DATA")]
    to: PathBuf,
    /// The key card, typed or scanned into a file that nobody else may read.
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// As of when: a moment such as 2026-11-28T07:15:00Z, or latest.
    #[arg(long, value_name = "MOMENT", default_value = "latest")]
    at: At,
    /// Answer in JSON: {"archive", "archives", "register", "access", "digest", "read_seconds", "fill_seconds", "verify_seconds"}.
    #[arg(long)]
    json: bool,
}

/// As of when.
#[derive(Debug, Clone, Copy)]
struct At(Option<Timestamp>);

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "latest" => Ok(Self(None)),
            moment => match moment.parse() {
                Ok(moment) => Ok(Self(Some(moment))),
                Err(_) => Err("say latest, or a moment such as 2026-11-28T07:15:00Z".to_owned()),
            },
        }
    }
}

#[derive(Serialize)]
struct Answer {
    archive: String,
    archives: usize,
    register: u64,
    access: u64,
    digest: String,
    read_seconds: f64,
    fill_seconds: f64,
    verify_seconds: f64,
}

/// A register that was made again.
pub struct Outcome {
    /// From what.
    pub restored: Restored,
    /// What it holds.
    pub contents: Contents,
    /// What is wrong with it; nothing in a sound one.
    pub findings: Vec<Finding>,
    /// How long it took.
    pub times: Times,
}

/// How long the parts of a restore took.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Reading every archive of the set to its end.
    pub read: Duration,
    /// That, and filling the new register.
    pub filled: Duration,
    /// Verifying every record, and reading everything once more for the digest.
    pub verified: Duration,
}

impl Outcome {
    /// Each finding, one after another.
    pub fn words_of_findings(&self) -> String {
        self.findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("; ")
    }
}

impl Restore {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let mut config = config.clone();
        config.data = self.to;
        let card = match open::card(&self.identity).and_then(|card| is_empty(&config).map(|()| card)) {
            Ok(card) => card,
            Err(error) => {
                eprintln!("psr restore: {error:#}");
                return Ok(Exit::Usage);
            }
        };
        let outcome = restore(&config, &self.from, card, self.at.0).await?;
        if !outcome.findings.is_empty() {
            let place = config.place()?;
            eprintln!(
                "psr restore: what was restored to {place} is DAMAGED: {}",
                outcome.words_of_findings()
            );
            return Ok(Exit::Damaged);
        }
        let Outcome { restored, contents, times, .. } = outcome;
        let answer = Answer {
            archive: restored.until.to_string(),
            archives: restored.archives,
            register: contents.register.size,
            access: contents.access.size,
            digest: contents.to_string(),
            read_seconds: times.read.as_secs_f64(),
            fill_seconds: (times.filled - times.read).as_secs_f64(),
            verify_seconds: times.verified.as_secs_f64(),
        };
        let words = format!(
            "{} records of the register and {} of the access log are in {} now, as {} archives until {} hold them: {}\n\
             Read in {:.1} seconds, filled in {:.1}, verified in {:.1}. All is sound.\n\
             Not shown: that these archives are the last that were written; a checkpoint that was kept elsewhere shows it \
             (psr verify --checkpoint).\n\
             Next: load the list of addresses (psr gazetteer load), put the settings back, and start the service.",
            answer.register,
            answer.access,
            config.place()?,
            answer.archives,
            restored.until.written,
            answer.digest,
            answer.read_seconds,
            answer.fill_seconds,
            answer.verify_seconds,
        );
        super::answer(self.json, &answer, &words)?;
        Ok(Exit::Done)
    }
}

/// Refuses a place in which something is already.
fn is_empty(config: &Config) -> Result<()> {
    for folder in [config.data.clone(), config.key_directory(), config.head_directory()] {
        let is_taken = match std::fs::read_dir(&folder) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) => error.kind() != std::io::ErrorKind::NotFound,
        };
        if is_taken {
            bail!("{} is not empty; a register is restored into an empty place only", folder.display());
        }
    }
    Ok(())
}

/// Makes a register again where the settings say, and verifies it. Its heads are noted once it is sound.
///
/// # Errors
/// Where an archive is missing, damaged or another register's, and then nothing was made; and where the place cannot be written.
pub async fn restore(config: &Config, from: &Path, card: Card, at: Option<Timestamp>) -> Result<Outcome> {
    let place = config.place()?;
    if place.holds_a_register().await.with_context(|| format!("{place} cannot be reached"))? {
        bail!("there is a register in {place} already; it was left as it is");
    }
    let begun = Instant::now();
    let restoring = Restoring::begin(Folder::at(from), card, at).await?;
    let read = begun.elapsed();
    let carried = restoring.verifiers()?;
    let noted = restoring.noted(&carried)?;
    open::private_directory(&config.data)?;
    let keyring = restoring.keyring(&config.key_directory()).context("the keys cannot be put in place")?;
    let filling = place.fill().await.with_context(|| format!("{place} cannot be filled"))?;
    let restored = restoring.fill(filling).await?;
    let filled = begun.elapsed();
    let store = place.inspect().await.with_context(|| format!("{place} cannot be read again"))?;
    let findings = ledger::verify(&*store, &noted, Keys::Held(&keyring)).await?.findings;
    let contents = ledger::contents(&*store).await?;
    let verified = begun.elapsed() - filled;
    if findings.is_empty() {
        let heads = HeadFiles::create(&config.head_directory(), &keyring)?;
        let mut held = heads.lock()?;
        for (log, head) in [(Log::Register, contents.register), (Log::Access, contents.access)] {
            held.append(log, head)?;
        }
    }
    Ok(Outcome { restored, contents, findings, times: Times { read, filled, verified } })
}
