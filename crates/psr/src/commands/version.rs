//! `psr version`.

use crate::Exit;
use clap::Args;
use serde::Serialize;

/// Print the version.
#[derive(Debug, Args)]
pub struct Version {
    /// Answer in JSON: {"program": "psr", "version": "0.1.0"}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    program: &'static str,
    version: &'static str,
}

impl Version {
    pub fn run(self) -> anyhow::Result<Exit> {
        let answer = Answer { program: "psr", version: env!("CARGO_PKG_VERSION") };
        super::answer(self.json, &answer, &format!("psr {}", answer.version))?;
        Ok(Exit::Done)
    }
}
