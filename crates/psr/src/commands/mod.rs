//! One file for each command.

pub mod check;
pub mod demo;
pub mod gazetteer;
pub mod init;
pub mod relocate;
pub mod serve;
pub mod user;
pub mod verify;
pub mod version;

use serde::Serialize;

/// Prints an answer to standard output: as a line of JSON, or in words.
#[expect(clippy::print_stdout, reason = "standard output is what a command answers on")]
fn answer(json: bool, value: &impl Serialize, words: &str) -> anyhow::Result<()> {
    if json {
        println!("{}", serde_json::to_string(value)?);
    } else {
        println!("{}", words.trim_end());
    }
    Ok(())
}
