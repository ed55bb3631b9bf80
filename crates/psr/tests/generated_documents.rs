//! Documents that are drawn from the program itself, so that they cannot go stale: who can do what, and what lies on disk.
//!
//! `WRITE_DOCUMENTS=1 cargo test -p psr --test generated_documents` writes them again.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use register::people::{Action, Extent, Role, extent_of};
use register::personal::Locker;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares a document with what it should say, or writes it when asked to.
fn says(name: &str, text: &str) {
    let path = root().join("docs").join(name);
    if std::env::var_os("WRITE_DOCUMENTS").is_some() {
        std::fs::write(&path, text).expect("the document can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "docs/{name} is out of date: WRITE_DOCUMENTS=1 cargo test -p psr --test generated_documents"
    );
}

#[test]
fn the_document_of_who_can_do_what_is_the_table_that_runs() {
    let mut text = "# Who can do what\n\nDrawn from the table that the program runs by (`register::people::PERMISSIONS`); the page *Who can do \
                    what* shows the same.\nOn a case, more rules apply: nobody triages, assesses or decides what they reported, decides what they \
                    assessed, or approves their own letter.\n\n"
        .to_owned();
    let heads: Vec<_> = Role::ALL.iter().map(|role| role.label()).collect();
    writeln!(text, "| | {} |", heads.join(" | ")).expect("text");
    writeln!(text, "|---|{}", "---|".repeat(heads.len())).expect("text");
    for action in Action::ALL {
        let cells: Vec<_> = Role::ALL
            .iter()
            .map(|role| match extent_of(*role, *action) {
                Extent::Nothing => "",
                extent => extent.label(),
            })
            .collect();
        writeln!(text, "| {} | {} |", action.label(), cells.join(" | ")).expect("text");
    }
    says("permissions.md", &text);
}

/// What a stored kind holds, from its frozen samples.
#[derive(Default)]
struct Kind {
    facts: BTreeSet<String>,
    sealed: BTreeMap<String, BTreeSet<&'static str>>,
}

/// Whose words lie in a locker.
fn whose(locker: Locker) -> &'static str {
    match locker {
        Locker::Council => "the council",
        Locker::Account(_) => "the account",
        Locker::Subject(_) => "the subject",
        Locker::Support(_) => "the subject’s support needs",
        Locker::Incident(_) => "the incident",
        Locker::Reporter(_) => "the reporter",
        Locker::Harmed(_) => "the people harmed",
        Locker::Witnesses(_) => "the witnesses",
        Locker::Evidence(_) => "the evidence",
        Locker::Measure(_) => "the measure",
        Locker::DecisionFile(_) => "the decision file",
        Locker::LegalAdvice(_) => "the legal advice",
        Locker::Meeting(_) => "the meeting",
        Locker::Accesses(_) => "the month of the access log",
    }
}

#[test]
fn the_catalogue_of_events_is_what_lies_on_disk() {
    let samples =
        std::fs::read_to_string(root().join("crates/ledger/samples/events-v1.jsonl")).expect("samples");
    let mut kinds: BTreeMap<(String, u64), Kind> = BTreeMap::new();
    for line in samples.lines() {
        let sample: serde_json::Value = serde_json::from_str(line).expect("a sample is JSON");
        let name = sample["kind"].as_str().expect("kind").to_owned();
        let version = sample["version"].as_u64().expect("version");
        let kind = kinds.entry((name, version)).or_default();
        let facts = sample["facts"].as_object().unwrap_or_else(|| panic!("facts of {line}"));
        kind.facts.extend(facts.keys().cloned());
        for particular in sample["particulars"].as_array().expect("particulars") {
            let number = particular["locker"].as_u64().expect("locker");
            let locker =
                Locker::from_number(number).unwrap_or_else(|| panic!("no locker has number {number}"));
            let field = particular["field"].as_str().expect("field").to_owned();
            kind.sealed.entry(field).or_default().insert(whose(locker));
        }
    }
    let mut text = "# What lies on disk\n\nEvery kind of record of the register’s log, drawn from the frozen samples in `crates/ledger/samples`. \
                    Facts stay for ever; what is sealed lies in\nthe locker that is named, and goes with its key. Beside each record stand its \
                    position, when it was recorded, by which account, and its place in the tree.\n\n| kind | version | facts | sealed (locker) |\n|---|---|---|---|\n"
        .to_owned();
    for ((name, version), kind) in &kinds {
        let facts: Vec<_> = kind.facts.iter().map(String::as_str).collect();
        let lockers = |of: &BTreeSet<&str>| of.iter().copied().collect::<Vec<_>>().join(" or ");
        let sealed: Vec<_> =
            kind.sealed.iter().map(|(field, of)| format!("{field} ({})", lockers(of))).collect();
        writeln!(text, "| `{name}` | {version} | {} | {} |", facts.join(", "), sealed.join(", "))
            .expect("text");
    }
    says("event-catalogue.md", &text);
}
