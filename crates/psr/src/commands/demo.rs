//! `psr demo`: a fictional council with three years of history.

use super::gazetteer;
use crate::place::Place;
use crate::{Exit, config::Config, open};
use ::gazetteer::{Reading, Shrinking};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use demonstration::{COUNCIL_NAME, Check, Memory, Seed, Stage, cast, checks, personas, play};
use passkey::Site;
use register::command::Command;
use register::ids::AttachmentId;
use register::moment::Moment;
use register::people::Role;
use register::refusal::Refusal;
use register::state::Register;
use service::check::{Asked, Described};
use service::clock::{Clock, HandClock, SystemClock};
use service::{Reality, Service, Upload};
use std::io::{Cursor, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use web::Transport;

/// The password of everybody in a demonstration register.
const PASSWORD: &str = "demonstration only";
/// The secret of everybody's authenticator app in a demonstration register.
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/// How often the making says how far it has come.
const PROGRESS: usize = 500;

/// Make a demonstration register if there is none, and serve it.
///
/// Nobody in it is real. The page that asks for a code of an authenticator app shows the code, which no other register does.
/// Ends as psr serve does.
#[derive(Debug, Args)]
pub struct Demo {
    /// Make the register and stop.
    #[arg(long)]
    only_make: bool,
}

impl Demo {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        if !config.place()?.holds_a_register().await? {
            make(config).await?;
        }
        let service = reopen(config).await?;
        if !config.gazetteer().exists() {
            offer_addresses(config, &service)?;
        }
        if self.only_make {
            return Ok(Exit::Done);
        }
        tell_whom_to_sign_in_as(config);
        let transport = if config.listen.ip().is_loopback() { Transport::Loopback } else { Transport::Tls };
        // Browsers take passkeys for this machine under this name alone.
        let site = Site::at(&format!("http://localhost:{}", config.listen.port())).ok();
        super::serve::serve(config, service, transport, config.site()?.or(site)).await
    }
}

/// Opens a demonstration register, and no other: in a real one no second factor is ever shown.
async fn reopen(config: &Config) -> Result<Service> {
    let service = open::register(config).await?;
    let ours = service
        .read(|register| register.council().is_some_and(|council| council.name.as_str() == COUNCIL_NAME));
    if !ours {
        bail!("{} holds a real register, which psr demo does not serve", config.data.display());
    }
    let ledger = Arc::clone(service.ledger());
    Service::start(ledger, Arc::new(SystemClock), Reality::Demonstration)
        .await
        .context("the demonstration register cannot be read")
}

/// Loads the list of addresses of the fictional council as another council loads its own.
fn offer_addresses(config: &Config, service: &Service) -> Result<()> {
    let table = service.read(demonstration::gazetteer);
    let mut reading = Reading::new();
    reading.file("the fictional council", Cursor::new(table), &mut |_| {})?;
    gazetteer::put(config, reading, Shrinking::Allow).map(drop)
}

/// A command of the history, with what comes with it.
struct Step {
    command: Command,
    moment: Moment,
    uploads: Vec<Upload>,
}

/// Plays the history in memory and notes each step of it.
#[derive(Default)]
struct Recording {
    memory: Memory,
    uploads: Vec<Upload>,
    steps: Vec<Step>,
}

impl Stage for Recording {
    type Stop = Refusal;

    fn register(&self) -> &Register {
        self.memory.register()
    }

    fn perform(&mut self, command: Command, moment: Moment) -> Result<(), Refusal> {
        self.memory.perform(command.clone(), moment)?;
        self.steps.push(Step { command, moment, uploads: std::mem::take(&mut self.uploads) });
        Ok(())
    }

    fn attach(&mut self, attachment: AttachmentId, bytes: Vec<u8>) {
        self.uploads.push(Upload { attachment, bytes });
    }
}

/// Makes the register in a directory beside its own and puts it in place when it is whole, so that a making that is cut off
/// leaves nothing half made.
async fn make(config: &Config) -> Result<()> {
    let mut partial = config.clone();
    partial.database = None;
    partial.data = config.data.with_extension("partial");
    if partial.data.exists() {
        std::fs::remove_dir_all(&partial.data)
            .context("what is left of an earlier making cannot be removed")?;
    }
    let place = config.place()?;
    let now = SystemClock.now();
    let mut recording = Recording::default();
    play(&mut recording, Seed(1), now).context("the demonstration could not be made up")?;

    let clock = Arc::new(HandClock::at(now));
    let ledger = open::new_ledger(&partial, "wyvernshire.example/psr", clock.as_ref()).await?;
    let service = open::start(ledger, Arc::clone(&clock) as Arc<dyn Clock>, Reality::Demonstration).await?;
    let total = recording.steps.len();
    let mut checks = checks(recording.memory.register(), Seed(1), now).into_iter().peekable();
    for (done, step) in recording.steps.iter().enumerate() {
        if done % PROGRESS == 0 {
            eprint!("\rMaking the demonstration register: {done} of {total} steps of its history ");
            std::io::stderr().flush().ok();
        }
        while let Some(check) = checks.next_if(|check| check.at < step.moment.at) {
            made(&service, &clock, check).await?;
        }
        clock.set(step.moment.at);
        let id = service.fresh_command();
        service.carry_out(step.moment.by, id, &step.command, &step.uploads).await?;
    }
    for check in checks {
        made(&service, &clock, check).await?;
    }
    eprintln!("\rMade the demonstration register: {total} steps of its history.        ");
    clock.set(now);
    for persona in personas() {
        service.demonstration_credential(persona.account, PASSWORD, SECRET).await?;
    }
    drop(service);
    if let Place::Postgres(_) = place {
        let file = partial.place()?;
        ledger::copy(&*file.inspect().await?, place.fill().await?).await?;
        for part in ["register.db", "register.db-wal", "register.db-shm"] {
            std::fs::remove_file(partial.data.join(part)).ok();
        }
    }
    std::fs::rename(&partial.data, &config.data)
        .with_context(|| format!("{} cannot be put in place", config.data.display()))
}

/// Makes a check at its own time.
async fn made(service: &Service, clock: &HandClock, check: Check) -> Result<()> {
    clock.set(check.at);
    let description = Described {
        name: check.name,
        address: Some(check.address),
        postcode: check.postcode,
        ..Described::default()
    };
    let asked = Asked { purpose: check.purpose, day: Some(check.day), description, job: None };
    service
        .check(check.by, asked)
        .await
        .map(drop)
        .map_err(|_| anyhow!("a check of the demonstration was not answered"))
}

/// An address as it is typed: this machine by its name, for which browsers take passkeys.
fn spoken(listen: SocketAddr) -> String {
    if listen.ip().is_loopback() { format!("localhost:{}", listen.port()) } else { listen.to_string() }
}

fn tell_whom_to_sign_in_as(config: &Config) {
    eprintln!("\nServing {COUNCIL_NAME} on http://{}/  Nobody in it is real.\n", spoken(config.listen));
    eprintln!("Sign in as, with the password \"{PASSWORD}\":");
    let mut told: Vec<Role> = Vec::new();
    for persona in personas() {
        if !told.contains(&persona.role) {
            eprintln!("  {:<46} {}", persona.email, persona.role.label());
            told.push(persona.role);
        }
    }
    eprintln!("The page that asks for a code of an authenticator app shows the code.\n\nTry:");
    for character in cast() {
        eprintln!("  {}: {}", character.name, character.try_this);
    }
    eprintln!("\nCtrl-C stops.");
}
