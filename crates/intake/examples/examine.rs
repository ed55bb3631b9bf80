//! Says what becomes of a file: `examine SCANNER FILE`. Ends with 0 where it is taken, with 1 where it is not.

#![expect(clippy::print_stdout, reason = "it is for people at a prompt, and for the drill")]

use intake::{Intake, Scanner};
use std::error::Error;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [scanner, file] = arguments.as_slice() else { return Err("examine SCANNER FILE".into()) };
    let scanner: Scanner = scanner.parse()?;
    match Intake::asking(Some(scanner)).take(std::fs::read(file)?).await {
        Ok(taken) => println!("taken: {} bytes, {:?}", taken.bytes.len(), taken.media),
        Err(why) => {
            println!("it {why}");
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}
