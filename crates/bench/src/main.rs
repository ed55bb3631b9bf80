//! Measures the register and tries to break it. The scripts `bench` and `drill-*` say what each command is for.

#![expect(clippy::print_stdout, reason = "what this program says is what it is for")]

mod book;
mod calls;
mod chance;
mod clear;
mod crowd;
mod cut;
mod damage;
mod failover;
mod faulty;
mod figures;
mod history;
mod http;
mod journey;
mod kill;
mod kills;
mod load;
mod nodes;
mod peers;
mod persona;
mod place;
mod program;
mod released;
mod restore;
mod small;
mod words;
mod writers;

use anyhow::{Result, bail};
use kills::Backend;
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
        ["kills", backend, rounds, "--seed", seed] => {
            kills::drill(Backend::named(backend)?, rounds.parse()?, seed.parse()?).await
        }
        ["cut", cuts, "--seed", seed] => cut::drill(cuts.parse()?, seed.parse()?).await,
        ["calls", points, "--seed", seed] => calls::drill(points.parse()?, seed.parse()?).await,
        ["clear", backend, faults, "--seed", seed] => {
            clear::drill(Backend::named(backend)?, faults.parse()?, seed.parse()?).await
        }
        ["nodes", rounds, "--seed", seed] => nodes::drill(rounds.parse()?, seed.parse()?).await,
        ["failover", rounds, "--seed", seed] => failover::drill(rounds.parse()?, seed.parse()?).await,
        ["damage", flips] => damage::drill(flips.parse()?),
        ["restore", records] => restore::drill(records.parse()?).await,
        ["released", folder] => released::keep(folder.as_ref()).await,
        ["words"] => words::drill().await,
        _ => bail!(
            "takes: figures [--quick] | kill ROUNDS | damage FLIPS | words | \
             kills sqlite|postgres ROUNDS --seed SEED | clear sqlite|postgres FAULTS --seed SEED | cut CUTS --seed SEED | \
             calls POINTS --seed SEED | nodes ROUNDS --seed SEED | failover ROUNDS --seed SEED | restore RECORDS | released FOLDER"
        ),
    }
}
