//! `psr doctor`.

use crate::{Exit, config::Config, open};
use anyhow::Result;
use clap::Args;
use gazetteer::Gazetteer;
use jiff::civil::Date;
use ledger::{Keyring, Log, Noted};
use register::people::{Action, Extent, Role, Standing};
use register::state::Register;
use serde::Serialize;
use service::Service;
use service::clock::{Clock as _, SystemClock};
use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// Room that a register wants on its disk: a year of a large council's looks takes half of it.
const ROOM: u64 = 5 << 30;
/// With less than this something else will fill it before anybody looks again.
const LEAST_ROOM: u64 = 1 << 30;
/// A list of addresses that is older misses what was built.
const LIST_DAYS: i32 = 92;

/// Say whether all is well with this register and its machine, and what to mend.
///
/// Looks at settings, folders, room on the disks, the clock, database and heads, who can do what nobody else can, the scanner, the council's
/// sign-on and the list of addresses. Changes nothing, and can run beside the service every morning. Ends with 0 where nothing is to
/// be mended, and with 1 where something is.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Answer in JSON: {"well", "findings": [{"about", "state", "says"}]}; a state is well, know or mend.
    #[arg(long)]
    json: bool,
}

/// How it is with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Well,
    /// It works, and somebody should know.
    Know,
    /// Somebody has to do something.
    Mend,
}

impl Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Well => "well",
            Self::Know => "know",
            Self::Mend => "MEND",
        })
    }
}

#[derive(Debug, Serialize)]
struct Finding {
    about: &'static str,
    state: State,
    says: String,
}

#[derive(Serialize)]
struct Answer {
    well: bool,
    findings: Vec<Finding>,
}

impl Doctor {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let findings = examined(config).await;
        let well = findings.iter().all(|finding| finding.state < State::Mend);
        let lines = findings.iter().map(|it| format!("{:<5} {:<12} {}", it.state, it.about, it.says));
        let words = lines.collect::<Vec<_>>().join("\n");
        super::answer(self.json, &Answer { well, findings }, &words)?;
        Ok(if well { Exit::Done } else { Exit::Failed })
    }
}

/// Everything there is to say.
async fn examined(config: &Config) -> Vec<Finding> {
    let mut findings = vec![folders(config), room(config), clock(), address(config)];
    let (keys, keyring) = keys(config);
    findings.push(keys);
    if let Some(keyring) = keyring {
        findings.push(heads(config));
        findings.push(history(config, &keyring).await);
        findings.extend(people(config).await);
    }
    findings.extend([scanner(config).await, sign_on(config).await, backups(config), addresses(config)]);
    findings
}

const fn finding(about: &'static str, state: State, says: String) -> Finding {
    Finding { about, state, says }
}

fn well(about: &'static str, says: impl Into<String>) -> Finding {
    finding(about, State::Well, says.into())
}

fn know(about: &'static str, says: impl Into<String>) -> Finding {
    finding(about, State::Know, says.into())
}

fn mend(about: &'static str, says: impl Into<String>) -> Finding {
    finding(about, State::Mend, says.into())
}

fn folders(config: &Config) -> Finding {
    match ledger::unexposed(&config.data) {
        Ok(()) => well("folders", format!("only its owner may read {}", config.data.display())),
        Err(error) => mend("folders", error.to_string()),
    }
}

fn room(config: &Config) -> Finding {
    let mut left = u64::MAX;
    for folder in [config.data.clone(), config.key_directory(), config.head_directory()] {
        match rustix::fs::statvfs(&folder) {
            Ok(disk) => left = left.min(disk.f_bavail.saturating_mul(disk.f_frsize)),
            Err(error) => return mend("room", format!("{}: {error}", folder.display())),
        }
    }
    let says = format!("{} GB are left on the fullest of its disks", left >> 30);
    match left {
        ..LEAST_ROOM => mend("room", says),
        LEAST_ROOM..ROOM => know("room", says),
        _ => well("room", says),
    }
}

/// Whether somebody keeps the clock right: whichever of the usual two does leaves a trace.
fn clock() -> Finding {
    let kept = ["/run/systemd/timesync/synchronized", "/run/chrony"].iter().find(|it| Path::new(it).exists());
    match kept {
        Some(_) => well("clock", "it is kept right over the network"),
        None => know("clock", "nothing here says that it is kept right; dates that are due follow it"),
    }
}

fn address(config: &Config) -> Finding {
    match &config.address {
        Some(address) => well("address", format!("browsers see it as {address}")),
        None => know("address", "it is not set, so that nobody can sign in by a passkey"),
    }
}

/// The disk on which a folder lies.
fn disk(folder: &Path) -> Option<u64> {
    std::fs::metadata(folder).ok().map(|folder| folder.dev())
}

/// What to say of a folder that should lie elsewhere than the data.
fn apart(about: &'static str, config: &Config, folder: &Path, why: &str) -> Finding {
    if disk(folder) == disk(&config.data) && config.database.is_none() {
        know(about, format!("they lie on the disk of the data, in {}: {why}", folder.display()))
    } else {
        well(about, format!("in {}", folder.display()))
    }
}

fn keys(config: &Config) -> (Finding, Option<Keyring>) {
    match open::keyring(config) {
        Ok(keyring) => {
            let why = "whoever takes the disk can read everything";
            (apart("keys", config, &config.key_directory(), why), Some(keyring))
        }
        Err(error) => (mend("keys", format!("{error:#}")), None),
    }
}

fn heads(config: &Config) -> Finding {
    apart("heads", config, &config.head_directory(), "whoever puts back the disk puts back both")
}

/// Whether the history reaches as far as it did; `psr verify` reads all of it.
async fn history(config: &Config, keyring: &Keyring) -> Finding {
    match sizes(config, keyring).await {
        Err(error) => mend("history", format!("{error:#}")),
        Ok(sizes) => match sizes.iter().find(|(_, size, noted)| size < noted) {
            Some((log, size, noted)) => {
                let says =
                    format!("the {} log has {size} records and had {noted}: run psr verify", log.name());
                mend("history", says)
            }
            None => {
                let counts = sizes.map(|(log, size, _)| format!("{size} in the {} log", log.name()));
                well("history", format!("records: {}", counts.join(", ")))
            }
        },
    }
}

async fn sizes(config: &Config, keyring: &Keyring) -> Result<[(Log, u64, u64); 2]> {
    let noted = Noted::in_files(&open::heads(config, keyring)?)?;
    let store = config.place()?.inspect().await?;
    let mut sizes = Log::ALL.map(|log| (log, 0, noted.reaches(log)));
    for (log, size, _) in &mut sizes {
        *size = store.head(*log).await?.size;
    }
    Ok(sizes)
}

/// What only too few can do.
async fn people(config: &Config) -> Vec<Finding> {
    match open::register(config).await {
        Err(error) => vec![mend("people", format!("{error:#}"))],
        Ok(service) => {
            let mut findings = vec![service.read(who_can)];
            if let Ok(roles) = config.passkey_roles() {
                findings.extend(without_passkeys(&service, &roles).await);
            }
            findings
        }
    }
}

/// What a register comes to a stop without, and how many people it takes.
const NEEDED: [(Action, usize); 5] = [
    (Action::ManageAccounts, 2),
    (Action::Triage, 1),
    (Action::Decide, 2),
    (Action::DecideAppeal, 1),
    (Action::ReviewLooks, 1),
];

fn who_can(register: &Register) -> Finding {
    let can = |action: Action| {
        let open = register.accounts().filter(|account| account.standing == Standing::Open);
        open.filter(|account| account.extent(action) > Extent::Nothing).count()
    };
    let short = NEEDED.into_iter().filter(|(action, wanted)| can(*action) < *wanted);
    let short: Vec<String> =
        short.map(|(action, wanted)| format!("{:?}: {} of {wanted}", action.label(), can(action))).collect();
    if short.is_empty() {
        well("people", "there is somebody for everything")
    } else {
        know("people", format!("too few may do this: {}", short.join("; ")))
    }
}

async fn without_passkeys(service: &Service, roles: &BTreeSet<Role>) -> Option<Finding> {
    let holders: Vec<_> = service.read(|register| {
        let open = register.accounts().filter(|account| account.standing == Standing::Open);
        open.filter(|account| !roles.is_disjoint(&account.roles)).map(|account| account.id).collect()
    });
    let mut without = 0_usize;
    for holder in &holders {
        match service.passkeys(*holder).await {
            Ok(passkeys) => without += usize::from(passkeys.is_empty()),
            Err(fault) => return Some(mend("passkeys", fault.to_string())),
        }
    }
    if roles.is_empty() {
        None
    } else if without == 0 {
        Some(well("passkeys", "everybody whose roles take one has one"))
    } else {
        Some(know("passkeys", format!("{without} of {} whose roles take one have none", holders.len())))
    }
}

async fn scanner(config: &Config) -> Finding {
    match config.scanner() {
        Err(error) => mend("scanner", format!("{error:#}")),
        Ok(None) => know("scanner", "there is none: files that people send are drawn anew and not scanned"),
        Ok(Some(scanner)) => match scanner.answers().await {
            true => well("scanner", "it answers"),
            false => mend("scanner", "it does not answer: no file is taken in"),
        },
    }
}

async fn sign_on(config: &Config) -> Finding {
    match config.council() {
        Err(error) => mend("sign-on", format!("{error:#}")),
        Ok(None) => well("sign-on", "people sign in with accounts of the register alone"),
        Ok(Some(provider)) => match provider.depart(SystemClock.now()).await {
            Ok(_) => well("sign-on", format!("{} answers", provider.issuer())),
            Err(refused) => mend("sign-on", format!("{}: {refused}", provider.issuer())),
        },
    }
}

fn backups(config: &Config) -> Finding {
    match &config.backup {
        None => know("backups", "there are none: what is lost with this machine is lost"),
        Some(backup) if !backup.folder.is_dir() => {
            mend("backups", format!("{} is not there", backup.folder.display()))
        }
        Some(backup) if disk(&backup.folder) == disk(&config.data) => {
            know("backups", format!("{} is on the disk of the data", backup.folder.display()))
        }
        Some(backup) => well("backups", format!("every {} s into {}", backup.every, backup.folder.display())),
    }
}

fn addresses(config: &Config) -> Finding {
    match Gazetteer::at(config.gazetteer()).about() {
        Err(error) => mend("addresses", error.to_string()),
        Ok(None) => know("addresses", "no list is loaded: nobody is helped to choose an address"),
        Ok(Some(about)) => {
            let says = format!("{} are offered, loaded on {}", about.addresses, about.loaded_at);
            let loaded = about.loaded_at.get(..10).and_then(|date| date.parse::<Date>().ok());
            let today = register::calendar::london(SystemClock.now());
            let days = loaded.map(|loaded| (today - loaded).get_days()).unwrap_or(0);
            if days > LIST_DAYS {
                know("addresses", format!("{says}: {days} days ago"))
            } else {
                well("addresses", says)
            }
        }
    }
}
