//! `psr verify`.

use crate::{Exit, config::Config, open};
use anyhow::{Context, Result};
use clap::Args;
use ledger::checkpoint::Verifiers;
use ledger::{Keyring, Keys, Log, Noted, Report, StoreError};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Verify the whole history, and say where it is damaged.
///
/// Reads every record of both logs and everything sealed beside them, works out both trees, and compares them with the heads
/// noted outside the database; then what the database's own check says of its pages and indexes. Writes nothing. Ends with 0 when all is sound, 20 when anything was altered, removed or rolled
/// back, and 1 when it could not be read.
///
/// Whoever owns the machine can put an earlier database back together with its heads. Only a checkpoint that was kept elsewhere
/// tells: give it with --checkpoint. With --verifier-keys as well, a copy of the database is all that is needed, without the
/// register's keys and heads. What this run could not show is said at its end.
#[derive(Debug, Args)]
pub struct Verify {
    /// Signed checkpoints that were kept elsewhere, of either log, in one file or several (psr checkpoint prints them).
    #[arg(long = "checkpoint", value_name = "FILE")]
    checkpoints: Vec<PathBuf>,
    /// The public verifier keys, in place of the register's own keys (psr checkpoint --verifier-keys prints them).
    #[arg(long, value_name = "FILE", requires = "checkpoints")]
    verifier_keys: Option<PathBuf>,
    /// Answer in JSON: {"sound", "register", "access", "findings": [{"log", "first", "last", "damage"}], "not_shown": []}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    sound: bool,
    register: u64,
    access: u64,
    findings: Vec<Finding>,
    not_shown: Vec<String>,
}

#[derive(Serialize)]
struct Finding {
    log: &'static str,
    first: u64,
    last: u64,
    damage: String,
}

/// What the history is held against.
struct Held {
    /// Every head.
    noted: Noted,
    /// Those among them that were kept elsewhere.
    elsewhere: Noted,
    keyring: Option<Keyring>,
}

impl Verify {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let place = config.place()?;
        let held = self.held(config)?;
        let keys = held.keyring.as_ref().map_or(Keys::Elsewhere, Keys::Held);
        let (register, access, findings) = match place.inspect().await {
            Err(StoreError::Damaged(findings)) => (0, 0, findings),
            Err(error) => {
                return Err(error).with_context(|| format!("{place} cannot be read"));
            }
            Ok(store) => {
                let report = ledger::verify(&*store, &held.noted, keys);
                let Report { register, access, findings } =
                    report.await.context("it could not be verified")?;
                (register.size, access.size, findings)
            }
        };
        let answer = Answer {
            sound: findings.is_empty(),
            register,
            access,
            findings: findings
                .iter()
                .map(|finding| Finding {
                    log: finding.log.name(),
                    first: *finding.positions.start(),
                    last: *finding.positions.end(),
                    damage: finding.damage.to_string(),
                })
                .collect(),
            not_shown: held.not_shown(register, access),
        };
        let mut words =
            format!("{} records of the register and {} of the access log.\n", answer.register, answer.access);
        if answer.sound {
            words.push_str("All is sound.\n");
        } else {
            words.push_str("DAMAGED:\n");
            words.extend(findings.iter().map(|finding| format!("- {finding}\n")));
            words.push_str(&format!(
                "Keep {place} as it is. Go back to the newest backup that psr verify finds sound.\n"
            ));
        }
        words.extend(answer.not_shown.iter().map(|not_shown| format!("Not shown: {not_shown}\n")));
        super::answer(self.json, &answer, &words)?;
        Ok(if answer.sound { Exit::Done } else { Exit::Damaged })
    }

    fn held(&self, config: &Config) -> Result<Held> {
        // All of them were kept by whoever gives them, so that they place what they find together.
        let kept = |verifiers: &Verifiers| {
            let mut texts = String::new();
            for file in &self.checkpoints {
                let text = super::text_of(file)?;
                Noted::in_checkpoints(&text, verifiers).with_context(|| file.display().to_string())?;
                texts.extend([text.as_str(), "\n"]);
            }
            let none = self.checkpoints.is_empty();
            Ok::<_, anyhow::Error>(if none {
                Noted::default()
            } else {
                Noted::in_checkpoints(&texts, verifiers)?
            })
        };
        if let Some(file) = &self.verifier_keys {
            let elsewhere = kept(&verifiers(file)?)?;
            return Ok(Held { noted: elsewhere.clone(), elsewhere, keyring: None });
        }
        let keyring = open::keyring(config)?;
        let beside = Noted::in_files(&open::heads(config, &keyring)?).context("the outside heads")?;
        let elsewhere = kept(&keyring.verifiers())?;
        Ok(Held { noted: beside.and(elsewhere.clone()), elsewhere, keyring: Some(keyring) })
    }
}

impl Held {
    /// What a verification that finds nothing still does not show, of logs with so many records.
    fn not_shown(&self, register: u64, access: u64) -> Vec<String> {
        let mut not_shown = Vec::new();
        if self.elsewhere == Noted::default() {
            not_shown.push(
                "that nobody put an earlier database back together with its heads; only a checkpoint that was kept \
                 elsewhere does (--checkpoint)"
                    .to_owned(),
            );
        } else {
            for (log, size) in [(Log::Register, register), (Log::Access, access)] {
                let reach = self.elsewhere.reaches(log);
                if reach < size {
                    not_shown.push(format!(
                        "that records {} to {size} of the {log} log are those that were first recorded, and the last; no checkpoint \
                         given reaches so far",
                        reach + 1
                    ));
                }
            }
        }
        if self.keyring.is_none() {
            not_shown.push(
                "that the lockers\u{2019} keys and the items beside the records are sound; that takes the register\u{2019}s keys"
                    .to_owned(),
            );
        }
        not_shown
    }
}

/// The verifier keys in a file.
///
/// # Errors
/// Where it does not hold one for each log.
pub fn verifiers(file: &Path) -> Result<Verifiers> {
    super::text_of(file)?.parse().with_context(|| file.display().to_string())
}
