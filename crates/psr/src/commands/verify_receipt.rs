//! `psr verify-receipt`.

use crate::{Exit, commands::verify::verifiers};
use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use ledger::receipt::{NotProved, Receipt, Stated, Testimony};
use serde::Serialize;
use std::path::PathBuf;

/// Verify a receipt, and say what it proves: what was shown or sent, by whom, and when.
///
/// Needs the receipt and the register's public verifier keys, and nothing of the register. A receipt is saved from the answer to a
/// check, or from the page of a letter that was sent. It proves what it opens; of everything else that was recorded with it, only that it
/// was there. Made after the words were erased, it proves that something was shown, and when. Ends with 0 when it is proved, with 20 when
/// the receipt was altered or is another register's, and with 1 when it cannot be read.
#[derive(Debug, Args)]
pub struct VerifyReceipt {
    /// The receipt, as it was saved.
    #[arg(value_name = "FILE")]
    receipt: PathBuf,
    /// The register's public verifier keys, as its keeper gave them out (psr checkpoint --verifier-keys).
    #[arg(long, value_name = "FILE")]
    verifier_keys: PathBuf,
    /// Answer in JSON: {"log", "size", "records": [{"position", "code", "recorded_at", "actor", "kind", "facts", "opened", "sealed"}]}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    log: &'static str,
    size: u64,
    root: String,
    records: Vec<Record>,
}

/// A record as it is told.
#[derive(Serialize)]
struct Record {
    position: u64,
    code: String,
    recorded_at: Timestamp,
    actor: String,
    kind: String,
    facts: String,
    /// Each part that the receipt opens, and what it says.
    opened: Vec<(String, String)>,
    /// Each part of which it only proves that there was one.
    sealed: Vec<String>,
}

impl VerifyReceipt {
    pub fn run(self) -> Result<Exit> {
        let verifiers = verifiers(&self.verifier_keys)?;
        let text = super::text_of(&self.receipt)?;
        let proved = Receipt::read(&text).and_then(|receipt| receipt.proves(&verifiers));
        let Testimony { log, head, records } = match proved {
            Err(error @ NotProved::Shape(_)) => {
                return Err(error).context(self.receipt.display().to_string());
            }
            Err(error) => {
                eprintln!("psr: {} proves nothing: {error}", self.receipt.display());
                return Ok(Exit::Damaged);
            }
            Ok(proved) => proved,
        };
        let records = records.into_iter().map(told).collect::<Result<Vec<_>>>()?;
        let answer = Answer { log: log.name(), size: head.size, root: head.root.to_string(), records };
        super::answer(self.json, &answer, &answer.words())?;
        Ok(Exit::Done)
    }
}

fn told(stated: Stated) -> Result<Record> {
    let recorded_at =
        Timestamp::from_microsecond(stated.recorded_at.0).context("the time of a record is none")?;
    let (mut opened, mut sealed) = (Vec::new(), Vec::new());
    for (field, content) in stated.particulars {
        match content {
            Some(bytes) => opened.push((field, String::from_utf8_lossy(&bytes).into_owned())),
            None => sealed.push(field),
        }
    }
    Ok(Record {
        position: stated.position,
        code: stated.code.to_string(),
        recorded_at,
        actor: stated.actor,
        kind: stated.kind,
        facts: stated.facts,
        opened,
        sealed,
    })
}

impl Answer {
    fn words(&self) -> String {
        let mut words = format!(
            "Proved: in the {} log of {} records with the root {}.\n",
            self.log, self.size, self.root
        );
        for record in &self.records {
            let at = record.recorded_at.strftime("%-d %B %Y at %H:%M:%S UTC");
            words.push_str(&format!(
                "\nRecord {}, code {}\nRecorded on {at} by {}, as {}\n{}\n",
                record.position, record.code, record.actor, record.kind, record.facts
            ));
            for (field, says) in &record.opened {
                words.push_str(&format!("{field}: {says}\n"));
            }
            for field in &record.sealed {
                words.push_str(&format!("{field}: something that this receipt does not open\n"));
            }
        }
        words
    }
}
