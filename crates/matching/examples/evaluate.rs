//! Answers the questions of a matching bench: `cargo run --release -p matching --example evaluate -- DATA_DIR [--all] > answers.jsonl`.
//!
//! `DATA_DIR` holds `register.csv` and `queries.jsonl`. One line goes out for each question, with its hits, bands and latency in
//! microseconds; `--all` adds those below *possible*. Times and memory go to standard error. Reading files and the clock belong here and nowhere in the library.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::allow_attributes,
    reason = "a program for measuring"
)]

use std::collections::HashMap;
use std::error::Error;
use std::io::{BufRead, BufWriter, Write};
use std::time::Instant;

use matching::{Address, Band, Born, Description, Index, Key, Name, NameKind, Question, Settings, Standing};
use serde::Deserialize;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("give the directory of the data")?;
    let described = described(&format!("{directory}/register.csv"))?;

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

    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::BufReader::new(std::fs::File::open(format!("{directory}/queries.jsonl"))?).lines() {
        let Query { qid, q } = serde_json::from_str(&line?)?;
        let question = question(q);
        let start = Instant::now();
        let found = index.search(&question);
        let us = start.elapsed().as_secs_f64() * 1e6;
        let ranked =
            if std::env::args().any(|argument| argument == "--all") { index.rank(&question) } else { found };
        let hits: Vec<Value> = ranked
            .iter()
            .map(|hit| {
                let id = described.get(usize::try_from(hit.key.0).unwrap_or(usize::MAX)).map(|(id, _)| id);
                json!([id, hit.score, if hit.band == Band::Match { "match" } else { "possible" }])
            })
            .collect();
        writeln!(out, "{}", json!({ "qid": qid, "hits": hits, "us": us }))?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Query {
    qid: String,
    q: Fields,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    name: Option<String>,
    dob: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    text: Option<String>,
}

fn question(fields: Fields) -> Question {
    Question {
        name: fields.name,
        born: fields.dob.as_deref().and_then(Born::parse),
        address: fields.address,
        postcode: fields.postcode,
        phone: fields.phone,
        email: fields.email,
        text: fields.text,
        ..Question::default()
    }
}

fn described(path: &str) -> Result<Vec<(String, Description)>, Box<dyn Error>> {
    let mut described = Vec::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let row: HashMap<String, String> = row?;
        let text = |field: &str| row.get(field).cloned().unwrap_or_default();
        let some = |field: &str| Some(text(field)).filter(|text| !text.is_empty());
        let mut names = vec![Name::new(format!("{} {}", text("forename"), text("middle")), text("surname"))];
        names.extend(some("known_as").map(|alias| Name::new(alias, "").of_kind(NameKind::Alias)));
        names.extend(some("former_surname").map(|former| Name::new("", former).of_kind(NameKind::Former)));
        let mut addresses = vec![Address {
            text: text("address"),
            postcode: some("postcode"),
            uprn: some("uprn"),
            standing: Standing::Current,
        }];
        addresses.extend(some("address2").map(|previous| Address {
            text: previous,
            postcode: some("postcode2"),
            uprn: None,
            standing: Standing::Previous,
        }));
        let description = Description {
            names,
            born: some("dob").and_then(|text| Born::parse(&text)),
            addresses,
            phones: some("phone").into_iter().collect(),
            emails: some("email").into_iter().collect(),
            ..Description::default()
        };
        described.push((text("id"), description));
    }
    Ok(described)
}

/// Memory in use, where the system says.
fn resident_bytes() -> f64 {
    std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|line| line.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()))
        .map_or(f64::NAN, |pages| pages * 4096.0)
}
