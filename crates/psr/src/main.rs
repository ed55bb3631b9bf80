//! The program `psr`: its commands, and how each ends.
//!
//! Nothing is decided here: commands read their options, open the register and call the service.

mod backups;
mod commands;
mod config;
mod open;
mod place;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The Personal Safety Register: one register and one fair procedure for people who threaten a council's staff.
///
/// Settings come from a file (--config, TOML), then from the environment (PSR_LISTEN, PSR_DATA ...), then from options here.
/// docs/configuration.md lists them all.
#[derive(Debug, Parser)]
#[command(name = "psr", version, propagate_version = true, max_term_width = 110)]
struct Arguments {
    /// Settings file.
    #[arg(long, global = true, env = "PSR_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the register's data lies; overrides the settings file.
    #[arg(long, global = true, value_name = "DIRECTORY")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new register from a council file and open the first account.
    Init(commands::init::Init),
    /// Serve the register until stopped.
    Serve(commands::serve::Serve),
    /// Make a demonstration register if there is none, and serve it.
    Demo(commands::demo::Demo),
    /// Check before contact, from the command line.
    Check(Box<commands::check::Check>),
    /// Open accounts.
    #[command(subcommand)]
    User(commands::user::User),
    /// Load the council's own list of addresses, and say which is loaded.
    #[command(subcommand)]
    Gazetteer(commands::gazetteer::Command),
    /// Print the signed checkpoints of both logs, to be kept where this machine is not.
    Checkpoint(commands::checkpoint::Checkpoint),
    /// Verify the whole history, and say where it is damaged.
    Verify(commands::verify::Verify),
    /// Say whether all is well with this register and its machine, and what to mend.
    Doctor(commands::doctor::Doctor),
    /// Verify a receipt, and say what it proves: what was shown or sent, by whom, and when.
    VerifyReceipt(commands::verify_receipt::VerifyReceipt),
    /// Watch a register from outside: fetch its latest checkpoints, and keep them once they are proved.
    Witness(commands::witness::Witness),
    /// Move the register to another database, whole.
    Move(commands::relocate::Move),
    /// Back the register up, print the key card, prune and drill.
    Backup(commands::backup::Backup),
    /// Make the register again from its backups, with the key card.
    Restore(commands::restore::Restore),
    /// Print the version.
    Version(commands::version::Version),
}

/// How the program ends. Documented in docs/commands.md and in each command's help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All was done; for a check, nothing was found.
    Done = 0,
    /// It could not be done; the message says why.
    Failed = 1,
    /// The command line or a setting is wrong; nothing was tried.
    Usage = 2,
    /// A check found a marker.
    Marker = 10,
    /// A check found a possible match: ring first.
    Possible = 11,
    /// A check could not be answered: ring first.
    CannotSay = 12,
    /// Verification found damage.
    Damaged = 20,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match config::Config::load(arguments.config.as_deref(), arguments.data) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("psr: {error:#}");
            return Exit::Usage.into();
        }
    };
    config.log.start();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("psr: no threads could be started: {error}");
            return Exit::Failed.into();
        }
    };
    let ended = runtime.block_on(async {
        match arguments.command {
            Command::Init(init) => init.run(&config).await,
            Command::Serve(serve) => serve.run(&config).await,
            Command::Demo(demo) => demo.run(&config).await,
            Command::Check(check) => check.run(&config).await,
            Command::User(user) => user.run(&config).await,
            Command::Gazetteer(gazetteer) => gazetteer.run(&config),
            Command::Checkpoint(checkpoint) => checkpoint.run(&config).await,
            Command::Verify(verify) => verify.run(&config).await,
            Command::Doctor(doctor) => doctor.run(&config).await,
            Command::VerifyReceipt(receipt) => receipt.run(),
            Command::Witness(witness) => witness.run().await,
            Command::Move(relocation) => relocation.run(&config).await,
            Command::Backup(backup) => backup.run(&config).await,
            Command::Restore(restore) => restore.run(&config).await,
            Command::Version(version) => version.run(),
        }
    });
    match ended {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("psr: {error:#}");
            Exit::Failed.into()
        }
    }
}
