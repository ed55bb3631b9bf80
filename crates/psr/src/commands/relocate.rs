//! `psr move`.

use crate::place::Place;
use crate::{Exit, config::Config, open};
use anyhow::{Context, Result, bail};
use clap::Args;
use ledger::{Contents, Keys, Noted, StoreError};
use serde::Serialize;
use std::os::unix::fs::DirBuilderExt as _;

/// Move the register to another database, whole.
///
/// From the file in which it is kept to a PostgreSQL database, or from there to a file, or to another database. Stop the service
/// first. Everything is copied as it stands, verified, and read again on both sides; only when both hold the same is the former
/// place shut, for good. Cut off at any moment, it can be run again. Keys and outside heads stay where they are. Ends with 0; with
/// 1 when it could not be moved, and then the register is where it was; with 20 when it is damaged, and then nothing is moved.
#[derive(Debug, Args)]
pub struct Move {
    /// Where to: the address of a database without a register, such as postgresql://psr@db.council.example/psr, or a folder without
    /// one. What else [database] says holds for it too.
    #[arg(long, value_name = "URL|FOLDER")]
    to: String,
    /// Answer in JSON: {"register", "access", "digest"}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    register: u64,
    access: u64,
    digest: String,
}

impl Move {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let from = config.place()?;
        let to = match Place::named(&self.to, config.database.as_ref()) {
            Ok(to) if to != from => to,
            Ok(_) => {
                eprintln!("psr move: the register is in {from} already");
                return Ok(Exit::Usage);
            }
            Err(error) => {
                eprintln!("psr move: {error:#}");
                return Ok(Exit::Usage);
            }
        };
        let unreadable = || format!("{from} cannot be read");
        let keyring = open::keyring(config)?;
        let heads = open::heads(config, &keyring)?;
        let source = from.inspect().await.with_context(unreadable)?;
        let noted = Noted::in_files(&heads).context("the outside heads")?;
        let report = ledger::verify(&*source, &noted, Keys::Held(&keyring)).await.with_context(unreadable)?;
        if !report.findings.is_empty() {
            eprintln!("psr move: {from} is damaged, and nothing was moved; psr verify says where");
            return Ok(Exit::Damaged);
        }
        let there = to.holds_a_register().await.with_context(|| format!("{to} cannot be reached"))?;
        let held = if there {
            ledger::contents(&*source).await.map_err(told)?
        } else {
            if let Place::File(path) = &to
                && let Some(folder) = path.parent()
            {
                let mut make = std::fs::DirBuilder::new();
                let made = make.recursive(true).mode(0o700).create(folder);
                made.with_context(|| format!("{} cannot be made", folder.display()))?;
            }
            let filling = to.fill().await.with_context(|| format!("{to} cannot be filled"))?;
            ledger::copy(&*source, filling).await.map_err(told)?
        };
        let target = to.inspect().await.with_context(|| format!("{to} cannot be read"))?;
        let moved = ledger::contents(&*target).await.with_context(|| format!("{to} cannot be read again"))?;
        if moved != held {
            bail!("there is another register in {to}; nothing was moved");
        }
        from.shut(&moved).await.map_err(told)?;
        self.answer(config, &to, &moved)?;
        Ok(Exit::Done)
    }

    fn answer(&self, config: &Config, to: &Place, moved: &Contents) -> Result<()> {
        let setting = match to {
            Place::File(path) => format!(
                "take [database] out of the settings, and say there:\n  data = {:?}\n  keys = {:?}\n  heads = {:?}",
                path.parent().unwrap_or(path),
                config.key_directory(),
                config.head_directory(),
            ),
            Place::Postgres(_) => format!("say in the settings:\n  [database]\n  url = {:?}", self.to),
        };
        let words = format!(
            "{} records of the register and {} of the access log are in {to} now, as they were: {moved}\n\
             The former place is shut. Next: {setting}\nThen start the service.",
            moved.register.size, moved.access.size
        );
        let answer =
            Answer { register: moved.register.size, access: moved.access.size, digest: moved.to_string() };
        super::answer(self.json, &answer, &words)
    }
}

/// In words for whoever moves it.
fn told(error: StoreError) -> anyhow::Error {
    match error {
        StoreError::Moved { .. } => {
            anyhow::anyhow!("somebody recorded something meanwhile: stop the service, then move again")
        }
        other => anyhow::Error::new(other).context("it could not be moved"),
    }
}
