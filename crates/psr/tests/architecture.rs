//! The arrows between the crates point one way, as ARCHITECTURE.md draws them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not get fails it"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each crate of the workspace may use of the others. A new arrow is a decision: it is written here first.
const ARROWS: &[(&str, &[&str])] = &[
    ("register", &[]),
    ("matching", &[]),
    ("documents", &[]),
    ("sheet", &[]),
    ("gazetteer", &[]),
    ("directory", &[]),
    ("intake", &["register"]),
    ("passkey", &[]),
    ("demonstration", &["register"]),
    ("ledger", &["register"]),
    ("backup", &["ledger"]),
    ("ledger-sqlite", &["ledger"]),
    // A copy of a register is an SQLite file, whatever database it was in.
    ("ledger-postgres", &["ledger", "ledger-sqlite"]),
    ("service", &["directory", "documents", "ledger", "matching", "passkey", "register", "sheet"]),
    ("web", &["directory", "gazetteer", "intake", "passkey", "register", "service"]),
    (
        "pages",
        &[
            "directory",
            "documents",
            "gazetteer",
            "intake",
            "matching",
            "passkey",
            "register",
            "service",
            "sheet",
            "web",
        ],
    ),
    ("api", &["register", "service", "web"]),
    (
        "psr",
        &[
            "api",
            "backup",
            "demonstration",
            "directory",
            "gazetteer",
            "intake",
            "ledger",
            "ledger-postgres",
            "ledger-sqlite",
            "pages",
            "passkey",
            "register",
            "service",
            "web",
        ],
    ),
];

/// Crates that are not shipped and may look at everything.
const WORKBENCHES: &[&str] = &["bench"];

/// What `register` may use of the world: dates.
const REGISTER_USES: &[&str] = &["jiff"];

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// Each crate with what it uses to build, development apart.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("dependencies");
            let uses = dependencies
                .iter()
                .filter(|dependency| dependency["kind"] != "dev")
                .map(|dependency| dependency["name"].as_str().expect("name").to_owned())
                .collect();
            (package["name"].as_str().expect("name").to_owned(), uses)
        })
        .collect()
}

#[test]
fn the_arrows_between_the_crates_are_those_that_are_drawn() {
    let uses = uses();
    let ours: BTreeSet<&String> = uses.keys().collect();
    for (name, used) in &uses {
        if WORKBENCHES.contains(&name.as_str()) {
            continue;
        }
        let (_, allowed) = ARROWS
            .iter()
            .find(|(listed, _)| listed == name)
            .unwrap_or_else(|| panic!("{name} is not drawn: add it to ARROWS and to ARCHITECTURE.md"));
        let arrows: BTreeSet<&str> =
            used.iter().filter(|one| ours.contains(one)).map(String::as_str).collect();
        let surplus: Vec<_> = arrows.iter().filter(|arrow| !allowed.contains(arrow)).collect();
        assert!(surplus.is_empty(), "{name} must not use {surplus:?}");
    }
}

#[test]
fn the_policy_uses_nothing_but_dates() {
    let uses = uses();
    let allowed: BTreeSet<String> = REGISTER_USES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(uses.get("register"), Some(&allowed));
}

#[test]
fn the_map_names_every_crate() {
    let map =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ARCHITECTURE.md")).expect("map");
    for (name, _) in ARROWS {
        assert!(map.contains(&format!("| `{name}` |")), "ARCHITECTURE.md does not name {name}");
    }
}

/// The documents that people read, and every relative link in them.
#[test]
fn every_link_in_the_documents_leads_to_something() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = vec![root.clone(), root.join("docs")];
    folders.extend(subfolders(&root.join("docs")));
    let mut checked = 0;
    for folder in folders {
        for entry in std::fs::read_dir(&folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("document");
            for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let target = link.split('#').next().unwrap_or_default();
                if target.is_empty() || target.contains("://") {
                    continue;
                }
                assert!(
                    folder.join(target).exists(),
                    "{} leads to {target}, which is not there",
                    path.display()
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 5, "no links were found");
}

fn subfolders(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("folder");
    entries.map(|entry| entry.expect("entry").path()).filter(|path| path.is_dir()).collect()
}
