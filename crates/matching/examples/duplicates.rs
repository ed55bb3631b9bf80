//! Finds whom a list holds twice, and who of it is registered already: `cargo run --release -p matching --example duplicates -- DATA_DIR
//! [--pairs]`.
//!
//! `DATA_DIR` holds `register.csv`, `import.csv` and, with the right answers, `import_truth.csv`. Recall and precision go to standard
//! output, of *match* and at every score; `--pairs` shows what was found, with its reasons.
#![allow(clippy::print_stdout, clippy::allow_attributes, reason = "a program for measuring")]

mod data;

use std::collections::HashMap;
use std::error::Error;

use matching::{Band, Index, Key, Settings, duplicates};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("give the directory of the data")?;
    let shows = std::env::args().any(|argument| argument == "--pairs");
    let registered = data::described(&format!("{directory}/register.csv"))?;
    let list = data::described(&format!("{directory}/import.csv"))?;
    let truth: HashMap<String, String> = csv::Reader::from_path(format!("{directory}/import_truth.csv"))?
        .deserialize()
        .collect::<Result<_, _>>()?;

    let mut index = Index::new(Settings::default());
    for (key, (_, description)) in registered.iter().enumerate() {
        index.insert(Key(key as u64), description);
    }
    let name = |key: Key| {
        registered.get(usize::try_from(key.0).unwrap_or(usize::MAX)).map_or("", |(id, _)| id.as_str())
    };
    let mut found = Vec::new();
    for (id, description) in &list {
        let Some(hit) = index.alike(description).into_iter().next() else { continue };
        let right = truth.get(id).is_some_and(|truth| truth == name(hit.key));
        if shows {
            println!(
                "{id} is {} ({}, {:.1}){}",
                name(hit.key),
                band(hit.band),
                hit.score,
                if right { "" } else { " WRONG" }
            );
            for part in &hit.parts {
                println!("    {:?} {:?}: {} ({:+.1})", part.field, part.asked, part.words, part.weight);
            }
        }
        found.push((hit.score, hit.band, right));
    }
    let twice = truth.values().filter(|id| !id.is_empty()).count();
    let figures = |chosen: &dyn Fn(&(f64, Band, bool)) -> bool| {
        let chosen: Vec<_> = found.iter().filter(|found| chosen(found)).collect();
        let right = chosen.iter().filter(|(.., right)| *right).count();
        (right as f64 / twice.max(1) as f64, right as f64 / chosen.len().max(1) as f64)
    };
    println!("{} of a list of {} are registered", twice, list.len());
    let (recall, precision) = figures(&|(_, band, _)| *band == Band::Match);
    println!("match: recall {recall:.4}, precision {precision:.4}");
    let (recall, precision) = figures(&|_| true);
    println!("match or possible: recall {recall:.4}, precision {precision:.4}");
    for score in -4..=12 {
        let (recall, precision) = figures(&|(found, ..)| *found >= f64::from(score));
        println!("score {score:3}: recall {recall:.4}, precision {precision:.4}");
    }

    let keyed: Vec<_> =
        (0_u64..).map(Key).zip(list.into_iter().map(|(_, description)| description)).collect();
    let pairs = duplicates(&keyed, Settings::default());
    let sure = pairs.iter().filter(|pair| pair.other.band == Band::Match).count();
    println!("within the list: {sure} pairs that match, {} possible", pairs.len() - sure);
    Ok(())
}

fn band(band: Band) -> &'static str {
    if band == Band::Match { "match" } else { "possible" }
}
