//! Whether a test that a document names is there: shared by the tests of those documents.

use std::path::{Path, PathBuf};

/// The folder of the whole repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Whether a Rust file has a test of this name: a function under an attribute that makes it one.
pub fn has_rust_test(source: &str, name: &str) -> bool {
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    let named = |line: &&str| {
        let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        function.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with(['(', '<']))
    };
    lines.iter().enumerate().filter(|(_, line)| named(line)).any(|(at, _)| {
        let attributes = lines.iter().take(at).rev().take_while(|line| line.starts_with("#["));
        let makes_a_test =
            |line: &&&str| ["#[test]", "#[tokio::test", "#[rstest"].iter().any(|is| line.starts_with(is));
        attributes.filter(makes_a_test).count() > 0
    })
}

/// Whether a file of journeys has one of this name.
pub fn has_journey(source: &str, name: &str) -> bool {
    ["test", "journey"].iter().any(|call| source.contains(&format!("{call}(\"{name}\"")))
}
