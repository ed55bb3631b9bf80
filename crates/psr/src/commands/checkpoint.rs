//! `psr checkpoint`.

use crate::{Exit, config::Config, open};
use anyhow::{Context, Result};
use clap::Args;
use ledger::Log;
use serde::Serialize;

/// Print the signed checkpoints of both logs, to be kept where this machine is not.
///
/// Mail them, print them, give them to a partner: whoever holds one finds any later change of what it stands for with
/// psr verify --checkpoint. Each is in the public form (C2SP signed note), and says how many records a log has and nothing of
/// what is in them. Ends with 0, and with 1 when the register cannot be opened.
#[derive(Debug, Args)]
pub struct Checkpoint {
    /// Print the public verifier keys instead, which prove the checkpoints: give them once, in person or on paper.
    #[arg(long)]
    verifier_keys: bool,
    /// Answer in JSON: {"register", "access"}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    register: String,
    access: String,
}

impl Checkpoint {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let answer = if self.verifier_keys {
            let verifiers = open::keyring(config)?.verifiers();
            let of = |log| verifiers.of(log).to_string();
            Answer { register: of(Log::Register), access: of(Log::Access) }
        } else {
            let ledger = open::ledger(config).await?;
            let register = ledger.checkpoint(Log::Register).await;
            let access = ledger.checkpoint(Log::Access).await;
            Answer {
                register: register.context("the register\u{2019}s log cannot be read")?,
                access: access.context("the access log cannot be read")?,
            }
        };
        let words = [answer.register.trim_end(), answer.access.trim_end()].join("\n");
        super::answer(self.json, &answer, &words)?;
        Ok(Exit::Done)
    }
}
