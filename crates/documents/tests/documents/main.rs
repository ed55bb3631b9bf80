//! The three renderings, as people meet them: on the screen, in print, through a screen reader.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod hostile;
mod print;
mod sample;
mod screen;
mod tools;

/// The words of a rendering in reading order, without space, line breaks and the rules under headings of plain text.
fn words(rendering: &str) -> Vec<String> {
    let ruled = |line: &&str| !line.trim().is_empty() && line.chars().all(|c| matches!(c, '=' | '-' | ' '));
    let lines = rendering.lines().filter(|line| !ruled(line));
    lines.flat_map(str::split_whitespace).map(str::to_owned).collect()
}
