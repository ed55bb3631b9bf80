//! Answers the questions of a matching bench: `cargo run --release -p matching --example evaluate -- DATA_DIR [--all] > answers.jsonl`.
//!
//! `DATA_DIR` holds `register.csv` and `queries.jsonl`. One line goes out for each question, with its hits, bands and latency in
//! microseconds; `--all` adds those below *possible*, called `below`. Times and memory go to standard error. Reading files and the clock belong here and nowhere in the library.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::allow_attributes,
    reason = "a program for measuring"
)]

mod data;

use std::error::Error;
use std::io::{BufWriter, Write};
use std::time::Instant;

use matching::{Band, Index, Key, Settings};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("give the directory of the data")?;
    let described = data::described(&format!("{directory}/register.csv"))?;

    let before = resident_bytes();
    let start = Instant::now();
    let mut index = Index::new(Settings::default());
    for (key, (_, description)) in described.iter().enumerate() {
        index.insert(Key(key as u64), description);
    }
    let people = described.len().max(1) as f64;
    eprintln!(
        "{} described; {:.1} us to insert one; {:.0} bytes each",
        index.len(),
        start.elapsed().as_secs_f64() * 1e6 / people,
        (resident_bytes() - before) / people
    );

    let all = std::env::args().any(|argument| argument == "--all");
    let mut out = BufWriter::new(std::io::stdout().lock());
    for check in data::checks(&directory)? {
        let question = check.question();
        let start = Instant::now();
        let found = index.search(&question);
        let us = start.elapsed().as_secs_f64() * 1e6;
        let given: Vec<Key> = found.iter().map(|hit| hit.key).collect();
        let ranked = if all { index.rank(&question) } else { found };
        let hits: Vec<Value> = ranked
            .iter()
            .map(|hit| {
                let id = described.get(usize::try_from(hit.key.0).unwrap_or(usize::MAX)).map(|(id, _)| id);
                let band = match hit.band {
                    Band::Match => "match",
                    Band::Possible if given.contains(&hit.key) => "possible",
                    Band::Possible => "below",
                };
                json!([id, hit.score, band])
            })
            .collect();
        writeln!(out, "{}", json!({ "qid": check.qid, "hits": hits, "us": us }))?;
    }
    Ok(())
}

/// Memory in use, where the system says.
fn resident_bytes() -> f64 {
    std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|line| line.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()))
        .map_or(f64::NAN, |pages| pages * 4096.0)
}
