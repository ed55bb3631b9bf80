//! The program itself, run as people run it: made, served, killed, verified.

use crate::book::step_now;
use crate::persona;
use crate::place::Place;
use anyhow::{Context, Result, bail, ensure};
use demonstration::Persona;
use jiff::civil::Date;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// What `psr verify` said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// All is sound.
    Sound,
    /// Damage, each with its place.
    Damaged(Vec<String>),
    /// Neither: it could not be read.
    Unreadable(String),
}

/// A server that was started, killed when dropped.
pub struct Server {
    child: Child,
    log: PathBuf,
    /// Where it answers.
    pub address: SocketAddr,
}

/// The program with settings of its own only. What it writes for a while goes beside the register, where it can be seen.
fn program(place: &Place) -> Result<Command> {
    program_under(place, &[])
}

/// The same, run by another program with its own arguments, where there is one.
fn program_under(place: &Place, under: &[&str]) -> Result<Command> {
    let beside = || Ok::<PathBuf, std::io::Error>(std::env::current_exe()?.with_file_name("psr"));
    let path = std::env::var_os("PSR_PROGRAM").map_or_else(beside, |path| Ok(path.into()))?;
    let mut command = match under {
        [] => Command::new(path),
        [other, arguments @ ..] => {
            let mut command = Command::new(other);
            command.args(arguments).arg(path);
            command
        }
    };
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PSR_") {
            command.env_remove(name);
        }
    }
    let temporary = place.data.with_extension("temporary");
    fs::create_dir_all(&temporary)?;
    if let Some(postgres) = &place.postgres {
        command.env("PSR_DATABASE__URL", &postgres.url);
    }
    command.env("NO_COLOR", "1").env("TMPDIR", &temporary).arg("--data").arg(&place.data);
    if let Ok(card) = fs::read_to_string(card(place)) {
        let recipient = card.lines().find_map(|line| line.strip_prefix("# recipient: "));
        command
            .env("PSR_BACKUP__FOLDER", backups(place))
            .env("PSR_BACKUP__RECIPIENT", recipient.context("no recipient")?)
            .env("PSR_BACKUP__EVERY", "1");
    }
    Ok(command)
}

/// Where the key card of a register's backups lies, once it was printed: beside the register's directory.
fn card(place: &Place) -> PathBuf {
    place.data.with_extension("card")
}

/// Where the backups of a register lie.
pub fn backups(place: &Place) -> PathBuf {
    place.data.with_extension("backups")
}

/// Prints the key card. From now on the register is backed up every second that it is served.
pub fn print_card(place: &Place) -> Result<()> {
    let printed = done(program(place)?.args(["backup", "key"]))?;
    fs::write(card(place), printed)?;
    Ok(fs::set_permissions(card(place), fs::Permissions::from_mode(0o600))?)
}

/// Backs the register up, and gives what was said.
pub fn back_up(place: &Place) -> Result<String> {
    done(program(place)?.arg("backup"))
}

/// Copies the backups of a register, and the key card that opens them.
pub fn copy_backups(of: &Place, to: &Path) -> Result<()> {
    crate::place::copy(&backups(of), &to.join("backups"))?;
    fs::copy(card(of), to.join("card"))?;
    Ok(())
}

/// Makes a register again elsewhere from its backups and card, and gives what was said.
pub fn restore(of: &Place, to: &Place) -> Result<String> {
    let mut restore = program(to)?;
    restore.args(["restore", "--from"]).arg(backups(of)).arg("--identity").arg(card(of));
    done(restore.arg("--to").arg(&to.data))
}

fn done(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("{}", words(&output));
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn words(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&both).trim().to_owned()
}

/// Makes a demonstration register.
pub fn make_demonstration(place: &Place) -> Result<()> {
    let made = program(place)?.args(["demo", "--only-make"]).output().context("psr is not built")?;
    if !made.status.success() {
        bail!("psr demo: {}", words(&made));
    }
    Ok(())
}

/// What is kept elsewhere of a register: its signed checkpoints, and its public verifier keys.
pub struct Outside {
    checkpoint: PathBuf,
    verifier_keys: PathBuf,
}

impl Outside {
    /// Takes both from the register as it is now, to be kept in a directory.
    pub fn of(place: &Place, directory: &Path) -> Result<Self> {
        fs::create_dir_all(directory)?;
        let keep = |name: &str, arguments: &[&str]| -> Result<PathBuf> {
            let output = program(place)?.args(arguments).output()?;
            if !output.status.success() {
                bail!("psr checkpoint: {}", words(&output));
            }
            let path = directory.join(name);
            fs::write(&path, output.stdout)?;
            Ok(path)
        };
        Ok(Self {
            checkpoint: keep("checkpoint", &["checkpoint"])?,
            verifier_keys: keep("verifier-keys", &["checkpoint", "--verifier-keys"])?,
        })
    }

    /// Verifies a copy with nothing else, and gives what an auditor is told.
    pub fn verify(&self, place: &Place) -> Result<Verified> {
        let mut verify = program(place)?;
        verify.arg("verify").arg("--checkpoint").arg(&self.checkpoint);
        verified(&verify.arg("--verifier-keys").arg(&self.verifier_keys).output()?)
    }
}

/// Verifies, and gives what an administrator is told.
pub fn verify(place: &Place) -> Result<Verified> {
    verified(&program(place)?.arg("verify").output()?)
}

fn verified(output: &Output) -> Result<Verified> {
    Ok(match output.status.code() {
        Some(0) => Verified::Sound,
        Some(20) => {
            let said = words(output);
            Verified::Damaged(
                said.lines().filter_map(|line| line.strip_prefix("- ")).map(str::to_owned).collect(),
            )
        }
        _ => Verified::Unreadable(words(output)),
    })
}

/// Asks a check from the command line, and says how it ended.
pub fn check(place: &Place, asker: &Persona, name: &str) -> Result<Option<i32>> {
    let mut check = check_as(place, asker, &persona::code(step_now())?)?;
    let ended = check.args(["--purpose", "call", "--name", name, "--postcode", "WY1 1WY"]).output()?;
    Ok(ended.status.code())
}

/// A check at the command line by somebody whose authenticator app shows this code.
fn check_as(place: &Place, asker: &Persona, code: &str) -> Result<Command> {
    let mut check = program(place)?;
    check.env("PSR_PASSWORD", persona::PASSWORD).args(["check", "--as", &asker.email, "--code", code]);
    Ok(check)
}

/// A check at the command line that is under way, its answer in JSON.
pub struct Checking {
    child: Child,
}

impl Checking {
    /// Somebody whose authenticator app shows this code asks about an address today.
    pub fn begin(
        place: &Place,
        (asker, code): (&Persona, &str),
        today: Date,
        address: &str,
        postcode: &str,
    ) -> Result<Self> {
        let child = check_as(place, asker, code)?
            .args(["--json", "--purpose", "visit", "--day", &today.to_string()])
            .args(["--address", address, "--postcode", postcode])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        Ok(Self { child })
    }

    /// Ends it when its answer is whole, or after so long if that comes first: `kill -9` either way. Gives what it had said, which
    /// is an answer only where it is whole, and what it said beside it.
    pub fn kill_at_its_answer(mut self, longest: Option<Duration>) -> Result<(String, String)> {
        let output = self.child.stdout.take().context("no output")?;
        let read = thread::spawn(move || {
            let mut line = String::new();
            BufReader::new(output).read_line(&mut line).map(|_| line)
        });
        let begun = Instant::now();
        while !read.is_finished() && longest.is_none_or(|longest| begun.elapsed() < longest) {
            thread::sleep(Duration::from_millis(1));
        }
        self.child.kill()?;
        self.child.wait()?;
        let answer = read.join().map_err(|_| anyhow::anyhow!("the reader failed"))??;
        let mut beside = String::new();
        self.child.stderr.take().context("no output")?.read_to_string(&mut beside)?;
        Ok((answer, beside))
    }
}

/// Tries to serve; `None` once it answers, or why it would not.
pub fn refusal_to_serve(place: &Place) -> Result<Option<String>> {
    match Server::start(place, "info") {
        Ok(_) => Ok(None),
        Err(refused) => Ok(Some(refused.to_string())),
    }
}

impl Server {
    /// Serves on a free port; its log goes to a file of its own beside the register's directory, until it ends.
    pub fn start(place: &Place, filter: &str) -> Result<Self> {
        Self::start_under(place, filter, &[])
    }

    /// The same under another program, which must leave it to be the process that was started.
    pub fn start_under(place: &Place, filter: &str, under: &[&str]) -> Result<Self> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let log = place.data.with_extension(format!("{}.log", STARTED.fetch_add(1, Ordering::Relaxed)));
        let mut child = program_under(place, under)?
            .arg("serve")
            .env("PSR_LISTEN", "127.0.0.1:0")
            .env("PSR_LOG__FILTER", filter)
            .stdout(Stdio::null())
            .stderr(File::create(&log)?)
            .spawn()?;
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let ended = child.try_wait()?;
            let said = fs::read_to_string(&log)?;
            if let Some(address) = address(&said) {
                return Ok(Self { child, log, address });
            }
            if ended.is_some() {
                bail!("{}", said.trim());
            }
            thread::sleep(Duration::from_millis(2));
        }
        child.kill()?;
        bail!("psr serve did not answer in time")
    }

    /// Sends it a signal: `STOP`.
    pub fn signal(&self, signal: &str) -> Result<()> {
        let sent =
            Command::new("kill").arg(format!("-{signal}")).arg(self.child.id().to_string()).status()?;
        ensure!(sent.success(), "{signal} could not be sent");
        Ok(())
    }

    /// Ends it as a power cut would end the process: `kill -9`. Gives what it had logged.
    pub fn kill(mut self) -> Result<String> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(fs::read_to_string(&self.log)?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        fs::remove_file(&self.log).ok();
    }
}

/// The address in the line that says it serves.
fn address(log: &str) -> Option<SocketAddr> {
    let line = log.lines().find(|line| line.contains(" serving "))?;
    line.split_whitespace().find_map(|word| word.strip_prefix("address="))?.parse().ok()
}

/// Runs a command to its end; what it said is the reason where it failed.
pub fn run(command: &mut Command) -> Result<()> {
    // What a server is started by must not wait for the pipes that the server holds.
    let said = tempfile::NamedTempFile::new()?;
    let status = command.stdin(Stdio::null()).stdout(said.reopen()?).stderr(said.reopen()?).status();
    if !status.with_context(|| format!("{command:?}"))?.success() {
        bail!("{command:?}: {}", fs::read_to_string(said.path())?.trim());
    }
    Ok(())
}
