//! `docs/asvs.csv` says of each requirement of OWASP ASVS 5.0.0 that the register answers for how it stands and what shows it. Here it is
//! shown that no row is missing and that every proof is there. That a proof shows what its row says, whoever writes the row has read.

#![expect(clippy::expect_used, clippy::panic, reason = "what a test needs and does not get fails it")]

mod proof;

use proof::{has_journey, has_rust_test, root};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many requirements of each level are answered for: all of the first and second, and those of the third that were chosen.
const LEVELS: &[(u8, usize)] = &[(1, 70), (2, 183), (3, 34)];

/// The page that says how to read the table.
const PAGE: &str = "docs/asvs.md";

/// How a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Holds,
    InPart,
    NotApplicable,
    Deployer,
    NotYet,
}

impl Status {
    const ALL: [Self; 5] = [Self::Holds, Self::InPart, Self::NotApplicable, Self::Deployer, Self::NotYet];

    const fn key(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::InPart => "in-part",
            Self::NotApplicable => "not-applicable",
            Self::Deployer => "deployer",
            Self::NotYet => "not-yet",
        }
    }
}

/// What a row leans on.
#[derive(Debug, PartialEq, Eq)]
enum Proof {
    Test(String),
    Journey(String),
    Script(String),
    Document(String),
    Words(String),
}

impl Proof {
    fn read(said: &str) -> Self {
        match said.split_once(' ') {
            Some(("test", name)) => Self::Test(name.to_owned()),
            Some(("journey", title)) => Self::Journey(title.trim_matches('"').to_owned()),
            Some(("script", name)) => Self::Script(name.to_owned()),
            Some(("doc", path)) => Self::Document(path.to_owned()),
            _ => Self::Words(said.to_owned()),
        }
    }

    const fn is_words(&self) -> bool {
        matches!(self, Self::Words(_))
    }

    /// Whether it is a page that a council reads.
    fn is_for_councils(&self) -> bool {
        matches!(self, Self::Document(path) if path.starts_with("docs/"))
    }
}

/// A row of the table.
struct Row {
    /// Chapter, section and place in it: `8.2.2`.
    number: String,
    level: u8,
    status: Status,
    proofs: Vec<Proof>,
}

fn rows() -> Vec<Row> {
    let mut table = csv::Reader::from_path(root().join("docs/asvs.csv")).expect("the table");
    let heads: Vec<_> = table.headers().expect("its heads").iter().map(str::to_owned).collect();
    assert_eq!(heads, ["requirement", "level", "status", "proof"]);
    let read = |row: Result<(String, u8, String, String), csv::Error>| {
        let (requirement, level, status, proof) = row.expect("a row of four");
        let number = requirement.strip_prefix("v5.0.0-").expect("a requirement of 5.0.0").to_owned();
        let known = Status::ALL.into_iter().find(|known| known.key() == status);
        Row {
            status: known.unwrap_or_else(|| panic!("{number}: there is no status {status}")),
            number,
            level,
            proofs: proof.split("; ").map(Proof::read).collect(),
        }
    };
    table.deserialize().map(read).collect()
}

/// Every file with this ending below a folder.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let below = entries.map(|entry| entry.expect("an entry").path()).map(|path| {
        let is_meant = path.extension().is_some_and(|extension| extension == ending);
        if path.is_dir() { files(&path, ending) } else { Vec::from_iter(is_meant.then_some(path)) }
    });
    below.flatten().collect()
}

/// The Rust of every crate, and the journeys.
struct Sources {
    rust: Vec<String>,
    journeys: Vec<String>,
}

impl Sources {
    fn read() -> Self {
        let text = |path: &PathBuf| std::fs::read_to_string(path).expect("a source");
        let crates = std::fs::read_dir(root().join("crates")).expect("the crates");
        let folders = crates.map(|entry| entry.expect("a crate").path());
        let rust = folders.flat_map(|folder| ["src", "tests"].map(|part| files(&folder.join(part), "rs")));
        Self {
            rust: rust.flatten().map(|path| text(&path)).collect(),
            journeys: files(&root().join("e2e/tests"), "mjs").iter().map(text).collect(),
        }
    }

    fn have(&self, proof: &Proof) -> bool {
        match proof {
            Proof::Test(name) => {
                let mut near = self.rust.iter().filter(|source| source.contains(name));
                near.any(|source| has_rust_test(source, name))
            }
            Proof::Journey(title) => self.journeys.iter().any(|source| has_journey(source, title)),
            Proof::Script(name) => root().join("script").join(name).is_file(),
            Proof::Document(path) => root().join(path).is_file(),
            Proof::Words(words) => words.ends_with(char::is_alphanumeric) && words.contains(' '),
        }
    }
}

#[test]
fn every_requirement_that_is_answered_for_has_one_row_in_the_order_of_the_numbers() {
    let rows = rows();
    let parts = |row: &Row| -> Vec<u32> {
        let parts: Vec<_> = row.number.split('.').map(|part| part.parse().expect("a number")).collect();
        assert_eq!(parts.len(), 3, "{}", row.number);
        parts
    };
    let numbers: Vec<_> = rows.iter().map(parts).collect();
    let behind: Vec<_> = numbers.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
    assert!(behind.is_empty(), "out of order, or there twice: {behind:?}");
    for (level, many) in LEVELS {
        assert_eq!(rows.iter().filter(|row| row.level == *level).count(), *many, "level {level}");
    }
    assert_eq!(rows.len(), LEVELS.iter().map(|(_, many)| many).sum::<usize>());
}

#[test]
fn a_row_says_as_much_as_its_status_asks() {
    for Row { number, status, proofs, .. } in rows() {
        let words = proofs.iter().filter(|proof| proof.is_words()).count();
        let says_enough = match status {
            Status::Holds => words == 0,
            Status::InPart => words > 0,
            Status::NotApplicable | Status::NotYet => words == proofs.len(),
            Status::Deployer => proofs.iter().any(Proof::is_for_councils),
        };
        assert!(says_enough, "{number} is said to be {}: {proofs:?}", status.key());
    }
}

#[test]
fn every_proof_is_there() {
    let sources = Sources::read();
    let mut missing = Vec::new();
    for Row { number, proofs, .. } in rows() {
        missing.extend(
            proofs.iter().filter(|proof| !sources.have(proof)).map(|proof| format!("{number}: {proof:?}")),
        );
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_page_counts_the_rows_and_tells_councils_what_is_theirs() {
    let page = std::fs::read_to_string(root().join(PAGE)).expect("the page");
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for Row { number, status, proofs, .. } in rows() {
        *counts.entry(status).or_default() += 1;
        let is_told_here = proofs.contains(&Proof::Document(PAGE.to_owned())) || status == Status::NotYet;
        assert!(!is_told_here || page.contains(&format!("{number}:")), "{number} is not on the page");
    }
    for (status, many) in counts {
        let row = format!("| `{}` | {many} |", status.key());
        assert!(page.contains(&row), "the page does not say: {row}");
    }
}
