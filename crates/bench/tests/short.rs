//! A short form of each long drill, so that neither the program nor a drill breaks unseen. `script/assure` runs them to their full length.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use std::process::Command;

/// Runs a drill with a seed, and gives its closing line.
fn drill(arguments: &[&str]) -> String {
    let mut bench = Command::new(env!("CARGO_BIN_EXE_bench"));
    let output = bench.args(arguments).args(["--seed", "7"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said.lines().last().unwrap_or_default().to_owned()
}

/// Whether a program that a drill needs answers; where tools are required, it must.
fn is_there(program: &str, argument: &str) -> bool {
    let there = Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success());
    if !there {
        missing(&format!("{program} is not there"));
    }
    there
}

fn missing(what: &str) {
    let required = ["CI", "PSR_REQUIRE_TOOLS"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    assert!(!required, "{what}, and CI or PSR_REQUIRE_TOOLS requires it");
    eprintln!("skipped: {what}");
}

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed_on_either_database() {
    for database in ["sqlite", "postgres"] {
        let found = drill(&["kills", database, "6"]);
        assert!(found.contains("6 kills -9") && found.contains("0 lost, 0 done twice"), "{found}");
    }
}

#[test]
fn no_fault_beneath_a_check_reads_as_none_found_and_with_the_guard_blinded_it_does() {
    let found = drill(&["clear", "sqlite", "10"]);
    // How many of the five depends on what the node happens to read beside a check; the drill wants one at least.
    assert!(found.contains("10 faults") && found.contains("with the guard blinded "), "{found}");
}

#[test]
fn nothing_is_acknowledged_that_a_failed_call_kept_from_the_disk() {
    if is_there("strace", "--version") {
        let found = drill(&["calls", "3"]);
        assert!(found.contains("0 false acknowledgements"), "{found}");
    }
}

#[test]
fn nothing_acknowledged_is_lost_in_a_power_cut_and_without_a_sync_at_every_commit_it_is() {
    // Only who may mount a file system can cut its power.
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !is_root {
        eprintln!("skipped: this needs root, to mount a file system");
        return;
    }
    if is_there("losetup", "--version") {
        let found = drill(&["cut", "2"]);
        assert!(found.contains("2 power cuts") && found.contains("0 lost"), "{found}");
    }
}

#[test]
fn nothing_acknowledged_is_lost_with_a_primary_and_what_a_node_read_of_it_is_given_up() {
    // Only root can start PostgreSQL's servers as their owner.
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !is_root {
        eprintln!("skipped: this needs root, to start servers as their owner");
        return;
    }
    // Waits of commits are cancelled in the fifth.
    let found = drill(&["failover", "5"]);
    assert!(found.contains("5 primaries killed") && found.contains("0 lost"), "{found}");
}

#[test]
fn three_nodes_that_are_killed_in_turn_answer_as_one_register() {
    let found = drill(&["nodes", "3"]);
    assert!(found.contains("every history is that of one register"), "{found}");
}
