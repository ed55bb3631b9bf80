//! Answers the checks of a matching bench and says how well: `cargo run --release -p matching --example evaluate -- DATA_DIR [--all]`.
//!
//! `DATA_DIR` holds `register.csv` and `queries.jsonl`. The answers go to standard output, one line a check, with hits, bands and latency in
//! microseconds; `--all` adds those below *possible*, called `below`. The figures of `docs/matching.md` go to standard error. Reading files
//! and the clock belong here and nowhere in the library.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::allow_attributes,
    reason = "a program for measuring"
)]

mod data;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufWriter, Write};
use std::time::Instant;

use data::{Check, Pole};
use matching::{Band, Hit, Index, Key, Settings};
use serde_json::{Value, json};

/// A check with what was answered.
struct Answered<'a> {
    check: &'a Check,
    truth: Vec<Key>,
    /// Everyone who was compared, best first.
    ranked: Vec<Hit>,
    /// Those who were given.
    given: Vec<Key>,
    microseconds: f64,
}

impl Answered<'_> {
    fn is_right(&self, hit: &Hit) -> bool {
        self.truth.contains(&hit.key)
    }

    fn is_right_among(&self, first: usize) -> bool {
        self.ranked.iter().take(first).any(|hit| self.is_right(hit))
    }

    /// The highest score, of the right ones where there are any.
    fn score(&self) -> f64 {
        let counts = |hit: &&Hit| self.truth.is_empty() || self.is_right(hit);
        self.ranked.iter().find(counts).map_or(f64::NEG_INFINITY, |hit| hit.score)
    }

    fn is_missed(&self) -> bool {
        !self.truth.iter().any(|key| self.given.contains(key))
    }

    fn is_match(&self) -> bool {
        self.ranked.iter().any(|hit| hit.band == Band::Match)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("give the directory of the data")?;
    let all = std::env::args().any(|argument| argument == "--all");
    let described = data::described(&format!("{directory}/register.csv"))?;
    let checks = data::checks(&directory)?;

    let before = resident_bytes();
    let start = Instant::now();
    let mut index = Index::new(Settings::default());
    for (key, (_, description)) in described.iter().enumerate() {
        index.insert(Key(key as u64), description);
    }
    let people = described.len().max(1) as f64;
    let inserted = start.elapsed().as_secs_f64() * 1e6 / people;
    let bytes = (resident_bytes() - before) / people;

    let keys: BTreeMap<&str, Key> =
        (0_u64..).map(Key).zip(&described).map(|(key, (id, _))| (id.as_str(), key)).collect();
    let mut answered: Vec<Answered<'_>> = checks
        .iter()
        .map(|check| {
            let question = check.question();
            let start = Instant::now();
            let given = index.search(&question);
            let microseconds = start.elapsed().as_secs_f64() * 1e6;
            Answered {
                check,
                truth: check.truth.iter().filter_map(|id| keys.get(id.as_str()).copied()).collect(),
                ranked: Vec::new(),
                given: given.iter().map(|hit| hit.key).collect(),
                microseconds,
            }
        })
        .collect();
    for answer in &mut answered {
        answer.ranked = index.rank(&answer.check.question());
    }
    let start = Instant::now();
    let gone = described.len().min(1000);
    for (key, _) in (0_u64..).zip(described.iter().take(gone)) {
        index.remove(Key(key));
    }
    let removed = start.elapsed().as_secs_f64() * 1e6 / gone.max(1) as f64;

    eprintln!(
        "{} people, {bytes:.0} bytes each; {inserted:.0} us to insert one, {removed:.0} us to remove one",
        described.len()
    );
    figures(&answered);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for answer in &answered {
        let hits: Vec<Value> = answer
            .ranked
            .iter()
            .filter_map(|hit| {
                let (id, _) = described.get(usize::try_from(hit.key.0).ok()?)?;
                let band = match hit.band {
                    Band::Match => "match",
                    Band::Possible if answer.given.contains(&hit.key) => "possible",
                    Band::Possible if all => "below",
                    Band::Possible => return None,
                };
                Some(json!([id, hit.score, band]))
            })
            .collect();
        writeln!(out, "{}", json!({ "qid": answer.check.qid, "hits": hits, "us": answer.microseconds }))?;
    }
    Ok(())
}

/// Share of those that are so.
fn share<'a, T: 'a>(all: impl IntoIterator<Item = &'a T>, is_so: impl Fn(&T) -> bool) -> f64 {
    let (so, count) =
        all.into_iter().fold((0_u32, 0_u32), |(so, count), one| (so + u32::from(is_so(one)), count + 1));
    f64::from(so) / f64::from(count.max(1))
}

/// The value that this share of them lie above.
fn above(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(|a, b| b.total_cmp(a));
    values.get((share * values.len() as f64) as usize).copied().unwrap_or(f64::NEG_INFINITY)
}

/// The figures of `docs/matching.md`, to standard error.
fn figures(answered: &[Answered<'_>]) {
    let (right, wrong): (Vec<&Answered<'_>>, Vec<&Answered<'_>>) =
        answered.iter().partition(|answer| answer.check.pol == Pole::Pos);
    let away: Vec<&Answered<'_>> =
        wrong.iter().copied().filter(|answer| !answer.check.is_at_a_registered_address()).collect();
    let recall_at = |others: &[&Answered<'_>], flagged: f64| {
        let bound = above(others.iter().map(|answer| answer.score()).collect(), flagged);
        share(&right, |answer| answer.score() > bound)
    };
    let first = |answers: &[&Answered<'_>]| share(answers, |answer| answer.is_right_among(1));
    eprintln!(
        "recall@1 {:.3}, recall@5 {:.3}",
        first(&right),
        share(&right, |answer| answer.is_right_among(5))
    );
    eprintln!("R@1 % {:.3}, R@5 % {:.3}", recall_at(&wrong, 0.01), recall_at(&wrong, 0.05));
    eprintln!("Raway@1 % {:.3}, Raway@0.1 % {:.3}", recall_at(&away, 0.01), recall_at(&away, 0.001));
    eprintln!(
        "neither match nor possible {:.2} %; match {:.1} %",
        100.0 * share(&right, |answer| answer.is_missed()),
        100.0
            * share(&right, |answer| answer
                .ranked
                .iter()
                .any(|hit| hit.band == Band::Match && answer.is_right(hit)))
    );
    eprintln!(
        "match for someone not registered, elsewhere {:.2} %; possible {:.1} %",
        100.0 * share(&away, |answer| answer.is_match()),
        100.0 * share(&away, |answer| !answer.given.is_empty())
    );
    let latencies = || answered.iter().map(|answer| answer.microseconds).collect();
    eprintln!("p50 {:.0} us, p99 {:.0} us", above(latencies(), 0.5), above(latencies(), 0.01));
    let mut groups: BTreeMap<&str, Vec<&Answered<'_>>> = BTreeMap::new();
    for answer in &right {
        groups.entry(&answer.check.grp).or_default().push(answer);
    }
    let groups: Vec<String> =
        groups.iter().map(|(group, answers)| format!("{group} {:.3}", first(answers))).collect();
    eprintln!("recall@1 by origin of name: {}", groups.join(", "));
}

/// Memory in use, where the system says.
fn resident_bytes() -> f64 {
    std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|line| line.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()))
        .map_or(f64::NAN, |pages| pages * 4096.0)
}
