//! `psr verify`.

use crate::{Exit, config::Config, open};
use anyhow::{Context, Result};
use clap::Args;
use ledger::StoreError;
use serde::Serialize;

/// Verify the whole history, and say where it is damaged.
///
/// Reads every record of both logs and everything sealed beside them, works out both trees, and compares them with the heads
/// noted outside the database; then what the database's own check says of its pages and indexes. Writes nothing. Ends with 0 when all is sound, 20 when anything was altered, removed or rolled
/// back, and 1 when it could not be read.
#[derive(Debug, Args)]
pub struct Verify {
    /// Answer in JSON: {"sound", "register", "access", "findings": [{"log", "first", "last", "damage"}]}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    sound: bool,
    register: u64,
    access: u64,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    log: &'static str,
    first: u64,
    last: u64,
    damage: String,
}

impl Verify {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let place = config.place()?;
        let keyring = open::keyring(config)?;
        let heads = open::heads(config, &keyring)?;
        let (register, access, findings) = match place.inspect().await {
            Err(StoreError::Damaged(findings)) => (0, 0, findings),
            Err(error) => {
                return Err(error).with_context(|| format!("{place} cannot be read"));
            }
            Ok(store) => {
                let report = ledger::verify(&*store, &heads, &keyring);
                let report = report.await.context("it could not be verified")?;
                (report.register.size, report.access.size, report.findings)
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
        };
        let mut words =
            format!("{} records of the register and {} of the access log.\n", answer.register, answer.access);
        if answer.sound {
            words.push_str("All is sound.");
        } else {
            words.push_str("DAMAGED:\n");
            words.extend(findings.iter().map(|finding| format!("- {finding}\n")));
            words.push_str(&format!(
                "Keep {place} as it is. Go back to the newest backup that psr verify finds sound.\n"
            ));
        }
        super::answer(self.json, &answer, &words)?;
        Ok(if answer.sound { Exit::Done } else { Exit::Damaged })
    }
}
