//! `psr gazetteer`: the council's own list of addresses, from which people choose while they type.

use crate::{Exit, config::Config};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use gazetteer::{About, Fault, Gazetteer, Loaded, Reading, Shrinking};
use register::calendar;
use serde::Serialize;
use service::clock::{Clock, SystemClock};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Rows that are named on the screen; all of them are in the file of --wrong.
const NAMED: usize = 20;

/// Load the council's own list of addresses, and say which is loaded.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load the list from its exports, in the place of the one before.
    Load(Load),
    /// Say which list is loaded.
    Status(Status),
}

/// Load the list from its exports, in the place of the one before.
///
/// Reads LLPG exports (BS 7666, DTF 7.3), OS AddressBase Premium, Plus and Core, and any CSV file whose headings have UPRN and the
/// address: all files of one export at once, in UTF-8 or Windows-1252. Live addresses are offered: approved, provisional and, to be
/// found by, alternative ones. A server that runs takes the new list at once. Ends with 0; with 1, and the list as it was, when a file
/// cannot be read, holds only changes, or there is no live address in them; with 2 when there is no register.
#[derive(Debug, Args)]
pub struct Load {
    /// The files of the export.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write every row that was not taken to this file, as CSV.
    #[arg(long, value_name = "FILE")]
    wrong: Option<PathBuf>,
    /// Take a list of less than half as many addresses as the one that is loaded.
    #[arg(long)]
    fewer: bool,
}

/// Say which list is loaded.
///
/// Ends with 0, and with 1 when none is loaded or it cannot be read.
#[derive(Debug, Args)]
pub struct Status {
    /// Answer in JSON: {"addresses", "ended", "loaded_at", "files", "not_taken"}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    addresses: u64,
    ended: u64,
    loaded_at: &'a str,
    files: &'a str,
    not_taken: u64,
}

impl Command {
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            Self::Load(load) => load.run(config),
            Self::Status(status) => status.run(config),
        }
    }
}

impl Load {
    fn run(self, config: &Config) -> Result<Exit> {
        if !config.key_directory().exists() {
            eprintln!(
                "psr: there is no register in {} to load a gazetteer for: psr init makes one",
                config.data.display()
            );
            return Ok(Exit::Usage);
        }
        let mut reading = Reading::new();
        for path in &self.files {
            read(&mut reading, path)?;
        }
        let shrinking = if self.fewer { Shrinking::Allow } else { Shrinking::Refuse };
        eprint!("Putting the addresses in order ");
        io::stderr().flush().ok();
        let loaded = put(config, reading, shrinking);
        eprintln!();
        let loaded = loaded?;
        if let Some(path) = &self.wrong {
            name_all(path, &loaded.faults)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        tell(&loaded);
        Ok(Exit::Done)
    }
}

/// Puts what was read in the place of the list of a register.
pub fn put(config: &Config, reading: Reading, shrinking: Shrinking) -> Result<Loaded> {
    let now = calendar::london_time(SystemClock.now()).strftime("%-d %B %Y at %H:%M").to_string();
    let path = config.gazetteer();
    Gazetteer::at(&path)
        .load(reading, &now, shrinking)
        .with_context(|| format!("{} was left as it was", path.display()))
}

fn read(reading: &mut Reading, path: &Path) -> Result<()> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("{name} cannot be opened"))?;
    let size = file.metadata().with_context(|| format!("{name} cannot be read"))?.len().max(1);
    let mut progress = |bytes: u64| {
        eprint!("\rReading {name}: {}% ", bytes.saturating_mul(100) / size);
        io::stderr().flush().ok();
    };
    let read = reading.file(&name, file, &mut progress);
    eprintln!();
    read?;
    Ok(())
}

fn tell(loaded: &Loaded) {
    let Loaded { addresses, newly_ended, faults, tally } = loaded;
    let mut words = format!(
        "Files read: {}, with {} rows. Addresses now offered: {addresses}.\n\
         Property references that are not live, and not offered: {}. Other names that find an address: {}.\n",
        tally.files, tally.rows, tally.not_live, tally.alternatives
    );
    if *newly_ended > 0 {
        // Into a string nothing fails.
        let _ = writeln!(
            words,
            "Offered before and no longer live: {newly_ended}. The file of somebody at such an address says so."
        );
    }
    if !faults.is_empty() {
        let _ = writeln!(words, "Rows that were not taken: {}.", faults.len());
        for Fault { file, line, kind } in faults.iter().take(NAMED) {
            let _ = writeln!(words, "  {file}, line {line} {kind}");
        }
        if faults.len() > NAMED {
            let _ = writeln!(words, "  and {} more: --wrong FILE lists all", faults.len() - NAMED);
        }
    }
    eprint!("{words}");
}

fn name_all(path: &Path, faults: &[Fault]) -> Result<(), csv::Error> {
    let mut file = csv::Writer::from_path(path)?;
    file.write_record(["file", "line", "what is wrong"])?;
    for Fault { file: name, line, kind } in faults {
        file.write_record([name, &line.to_string(), &kind.to_string()])?;
    }
    file.flush()?;
    Ok(())
}

impl Status {
    fn run(self, config: &Config) -> Result<Exit> {
        let about = Gazetteer::at(config.gazetteer()).about()?;
        let Some(About { addresses, ended, loaded_at, files, faults }) = about else {
            bail!("no gazetteer is loaded in {}", config.data.display());
        };
        let answer = Answer { addresses, ended, loaded_at: &loaded_at, files: &files, not_taken: faults };
        let words = format!(
            "Addresses offered: {addresses}, loaded on {loaded_at} from {files}.\n\
             Property references known not to be live: {ended}. Rows that were not taken: {faults}."
        );
        super::answer(self.json, &answer, &words)?;
        Ok(Exit::Done)
    }
}
