//! Measures the register and tries to break it. The scripts `bench` and `drill-*` say what each command is for.

#![expect(clippy::print_stdout, reason = "what this program says is what it is for")]

mod book;
mod crowd;
mod damage;
mod figures;
mod http;
mod journey;
mod kill;
mod load;
mod peers;
mod persona;
mod place;
mod program;
mod released;
mod restore;
mod words;

use anyhow::{Result, bail};
use place::Place;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["figures"] => figures::print(&figures::Extent::FULL).await,
        ["figures", "--quick"] => figures::print(&figures::Extent::QUICK).await,
        ["serve", data] => figures::serve(&Place::new(*data)).await,
        ["verify", data] => figures::verify(&Place::new(*data)).await,
        ["kill", rounds] => kill::drill(rounds.parse()?).await,
        ["damage", flips] => damage::drill(flips.parse()?),
        ["restore", records] => restore::drill(records.parse()?).await,
        ["released", folder] => released::keep(folder.as_ref()).await,
        ["words"] => words::drill().await,
        _ => bail!(
            "takes: figures [--quick] | kill ROUNDS | damage FLIPS | restore RECORDS | released FOLDER | words"
        ),
    }
}
