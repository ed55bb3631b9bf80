//! Learns the weights: `cargo run --release -p matching --example learn -- DATA_DIR... [--write] [--leave-out]`.
//!
//! Each `DATA_DIR` holds `register.csv` and `queries.jsonl`: checks with known answers. A score is log2 odds, so the scores of a check's
//! candidates give the probability of each and of *nobody*; the weights are moved to make the right answers likely, and each is held to
//! what was believed before, so that what the checks seldom show, or show only because of how they were made, moves little.
//!
//! `--write` puts the figures into `src/weight.rs`. `--leave-out` learns without some kinds of check in turn and says how well the kinds
//! that were left out are answered: that figure, not the one on what was learned from, is what to expect of people.
#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a program for those who measure, on tables of one shape"
)]

mod data;

use std::collections::HashMap;
use std::error::Error;

use matching::{Index, Key, Question, Settings, Weights};

/// All checks together tell as much as this many independent ones: made-up checks repeat a few ways of going wrong.
const INDEPENDENT: f64 = 1500.0;
/// How far, in bits, a weight may well be from what was believed.
const DOUBT: f64 = 1.5;
/// The change by which the slope of a score is measured.
const NUDGE: f64 = 0.25;
/// A score is taken for a straight line no further than this from where its slope was measured.
const STRAIGHT: f64 = 1.0;
/// How often the slopes are measured anew.
const ROUNDS: usize = 3;
const STEPS: usize = 120;
/// Kinds of check are left out in this many groups.
const GROUPS: usize = 8;
/// Candidates of one check that count.
const CANDIDATES: usize = 20;

/// One check, with the candidates that it has.
struct Sample {
    kind: String,
    candidates: Vec<Candidate>,
}

struct Candidate {
    key: Key,
    right: bool,
    score: f64,
    /// What one bit more of each weight adds.
    slope: Vec<(usize, f64)>,
}

struct Bench {
    index: Index,
    checks: Vec<(String, Question, Vec<Key>)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, directories): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let mut benches = directories.iter().map(|directory| bench(directory)).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<&str> = Weights::BELIEVED.clone().figures().iter().map(|(name, _)| *name).collect();
    let believed = figures(&Weights::BELIEVED);

    if flags.iter().any(|flag| flag == "--leave-out") {
        let samples = sloped(&mut benches, &believed);
        println!("{:24} {:>6} {:>9} {:>9}", "kind left out", "checks", "believed", "learned");
        for group in 0..GROUPS {
            let left_out = |sample: &&Sample| digest(&sample.kind) % GROUPS == group;
            let learned =
                fitted(&samples.iter().filter(|s| !left_out(s)).collect::<Vec<_>>(), &believed, &believed);
            let mut kinds: HashMap<&str, Vec<&Sample>> = HashMap::new();
            for sample in samples.iter().filter(left_out) {
                kinds.entry(&sample.kind).or_default().push(sample);
            }
            for (kind, samples) in kinds {
                let loss = |weights: &[f64]| {
                    samples.iter().map(|s| surprise(s, &believed, weights).0).sum::<f64>()
                        / samples.len() as f64
                };
                println!("{kind:24} {:6} {:9.3} {:9.3}", samples.len(), loss(&believed), loss(&learned));
            }
        }
        return Ok(());
    }

    let mut weights = believed.clone();
    for round in 1..=ROUNDS {
        let samples = sloped(&mut benches, &weights);
        let all: Vec<&Sample> = samples.iter().collect();
        let before = mean(&all, &weights, &weights);
        let fitted = fitted(&all, &weights, &believed);
        println!(
            "round {round}: {before:.4} bits of surprise a check, {:.4} expected after it",
            mean(&all, &weights, &fitted)
        );
        weights = fitted;
    }
    for ((name, learned), believed) in names.iter().zip(&weights).zip(&believed) {
        println!("{name:28} {believed:7.1} {learned:7.2}");
    }
    if flags.iter().any(|flag| flag == "--write") {
        write(&names, &weights)?;
    }
    Ok(())
}

fn bench(directory: &str) -> Result<Bench, Box<dyn Error>> {
    let described = data::described(&format!("{directory}/register.csv"))?;
    let mut index = Index::new(Settings { at_most: CANDIDATES, ..Settings::default() });
    let mut keys = HashMap::new();
    for (key, (id, description)) in described.iter().enumerate() {
        index.insert(Key(key as u64), description);
        keys.insert(id.clone(), Key(key as u64));
    }
    let checks = data::checks(directory)?
        .into_iter()
        .map(|check| {
            let truth = check.truth.iter().filter_map(|id| keys.get(id).copied()).collect();
            (check.kind.clone(), check.question(), truth)
        })
        .collect();
    Ok(Bench { index, checks })
}

fn figures(weights: &Weights) -> Vec<f64> {
    weights.clone().figures().into_iter().map(|(_, figure)| *figure).collect()
}

fn of_figures(figures: &[f64]) -> Weights {
    let mut weights = Weights::BELIEVED;
    for ((_, place), figure) in weights.figures().into_iter().zip(figures) {
        *place = *figure;
    }
    weights
}

/// Every check with its candidates, their scores by these weights and the slopes of the scores.
fn sloped(benches: &mut [Bench], weights: &[f64]) -> Vec<Sample> {
    let mut samples = Vec::new();
    for bench in benches {
        let mut ranked = |weights: &[f64]| -> Vec<Vec<(Key, f64)>> {
            let settings = Settings { at_most: CANDIDATES, ..Settings::default() };
            let index =
                std::mem::replace(&mut bench.index, Index::new(settings)).weighed_by(of_figures(weights));
            let ranked = bench
                .checks
                .iter()
                .map(|(_, question, _)| index.rank(question).iter().map(|hit| (hit.key, hit.score)).collect())
                .collect();
            bench.index = index;
            ranked
        };
        let plain = ranked(weights);
        let mut made: Vec<Sample> = Vec::new();
        let nudged: Vec<Vec<Vec<(Key, f64)>>> = (0..weights.len())
            .map(|at| {
                let mut nudged = weights.to_vec();
                nudged[at] += NUDGE;
                ranked(&nudged)
            })
            .collect();
        for (check, ((kind, _, truth), hits)) in bench.checks.iter().zip(&plain).enumerate() {
            let candidates = hits
                .iter()
                .map(|&(key, score)| Candidate {
                    key,
                    right: truth.contains(&key),
                    score,
                    slope: nudged
                        .iter()
                        .enumerate()
                        .filter_map(|(at, ranked)| {
                            let moved = ranked[check].iter().find(|(other, _)| *other == key)?.1 - score;
                            (moved.abs() > 1e-9).then_some((at, moved / NUDGE))
                        })
                        .collect(),
                })
                .collect::<Vec<_>>();
            // A right answer that is no candidate cannot be learned from.
            if truth.is_empty() || candidates.iter().any(|candidate| candidate.right) {
                made.push(Sample { kind: kind.clone(), candidates });
            }
        }
        samples.extend(made);
    }
    for sample in &mut samples {
        sample.candidates.sort_by_key(|candidate| candidate.key);
    }
    samples
}

/// How many bits the right answer surprises by, and what one bit more of each candidate's score adds to that.
fn surprise(sample: &Sample, at: &[f64], weights: &[f64]) -> (f64, Vec<f64>) {
    let odds: Vec<f64> = sample
        .candidates
        .iter()
        .map(|c| {
            (c.score + c.slope.iter().map(|(w, slope)| slope * (weights[*w] - at[*w])).sum::<f64>())
                .clamp(-60.0, 60.0)
                .exp2()
        })
        .collect();
    let all: f64 = 1.0 + odds.iter().sum::<f64>();
    let mut right: f64 =
        sample.candidates.iter().zip(&odds).filter(|(c, _)| c.right).map(|(_, odds)| odds).sum();
    if right == 0.0 {
        right = 1.0;
    }
    let slopes = sample
        .candidates
        .iter()
        .zip(&odds)
        .map(|(c, odds)| odds / all - if c.right { odds / right } else { 0.0 })
        .collect();
    ((all / right).log2(), slopes)
}

fn mean(samples: &[&Sample], at: &[f64], weights: &[f64]) -> f64 {
    samples.iter().map(|sample| surprise(sample, at, weights).0).sum::<f64>() / samples.len().max(1) as f64
}

/// The weights that make the right answers likeliest and stay near to what is believed, where scores are straight around `at`.
fn fitted(samples: &[&Sample], at: &[f64], believed: &[f64]) -> Vec<f64> {
    let mut weights = at.to_vec();
    let mut step = vec![0.05; weights.len()];
    let mut last = vec![0.0_f64; weights.len()];
    let share = INDEPENDENT / samples.len().max(1) as f64;
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights
            .iter()
            .zip(believed)
            .map(|(weight, believed)| (weight - believed) / (DOUBT * DOUBT) / std::f64::consts::LN_2)
            .collect();
        for sample in samples {
            let (_, slopes) = surprise(sample, at, &weights);
            for (candidate, by_score) in sample.candidates.iter().zip(slopes) {
                for (weight, by_weight) in &candidate.slope {
                    slope[*weight] += share * by_score * by_weight;
                }
            }
        }
        // Resilient steps (Riedmiller and Braun 1993): longer while the slope keeps its sign, shorter when it turns.
        for w in 0..weights.len() {
            let turned = slope[w] * last[w];
            step[w] = if turned > 0.0 {
                (step[w] * 1.2_f64).min(0.25)
            } else if turned < 0.0 {
                step[w] * 0.5
            } else {
                step[w]
            };
            weights[w] = (weights[w] - step[w] * slope[w].signum()).clamp(at[w] - STRAIGHT, at[w] + STRAIGHT);
            last[w] = slope[w];
        }
    }
    weights
}

fn digest(text: &str) -> usize {
    text.bytes().fold(7, |sum, byte| (sum * 31 + usize::from(byte)) % 1009)
}

/// Puts the learned figures beside the believed ones in the table.
fn write(names: &[&str], weights: &[f64]) -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/weight.rs");
    let lines: Vec<String> = std::fs::read_to_string(path)?
        .lines()
        .map(|line| {
            let figure = names
                .iter()
                .zip(weights)
                .find(|(name, _)| line.trim_start().starts_with(&format!("{name} believed ")));
            match (figure, line.split_once(" learned ")) {
                (Some((_, learned)), Some((before, _))) => format!("{before} learned {learned:.1};"),
                _ => line.to_owned(),
            }
        })
        .collect();
    std::fs::write(path, lines.join("\n") + "\n")?;
    Ok(())
}
