//! One file for each command.

pub mod backup;
pub mod check;
pub mod checkpoint;
pub mod demo;
pub mod doctor;
pub mod gazetteer;
pub mod init;
pub mod relocate;
pub mod restore;
pub mod serve;
pub mod user;
pub mod verify;
pub mod verify_receipt;
pub mod version;
pub mod witness;

use anyhow::{Context as _, Result};
use serde::Serialize;
use std::path::Path;

/// Prints an answer to standard output: as a line of JSON, or in words.
#[expect(clippy::print_stdout, reason = "standard output is what a command answers on")]
fn answer(json: bool, value: &impl Serialize, words: &str) -> Result<()> {
    if json {
        println!("{}", serde_json::to_string(value)?);
    } else {
        println!("{}", words.trim_end());
    }
    Ok(())
}

/// What a text file says.
fn text_of(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
