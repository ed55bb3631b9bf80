//! `psr witness`.

use crate::{Exit, commands::verify::verifiers};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use ledger::checkpoint::{self, Verifiers};
use ledger::witness::{Advance, Disbelief};
use ledger::{Head, Log};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer that are read: a checkpoint and a proof take some three thousand.
const LONGEST: u64 = 64 * 1024;

/// Watch a register from outside: fetch its latest checkpoints, and keep them once they are proved.
///
/// For a partner, who runs it every day with an account of its own (docs/programs.md). Keeps the latest checkpoint of each log in a file, asks
/// the register for the next ones with the proof that they only add to those, and keeps them if that is so. It needs no other file of
/// the register. Ends with 0; with 20 when the register was rolled back or rewritten since the last time, which it says with how
/// many records were seen and leaves the file as it is; and with 1 when the register cannot be asked or its answer is none.
#[derive(Debug, Args)]
pub struct Witness {
    /// Address of the register, such as https://register.council.example.
    #[arg(long, value_name = "ADDRESS")]
    register: String,
    /// Reference of the account to ask as (A-...).
    #[arg(long, value_name = "REFERENCE")]
    client: String,
    /// The file that holds the account's secret and nothing else.
    #[arg(long, value_name = "FILE")]
    secret_file: PathBuf,
    /// The register's public verifier keys, as its keeper gave them out (psr checkpoint --verifier-keys).
    #[arg(long, value_name = "FILE")]
    verifier_keys: PathBuf,
    /// The file in which the latest checkpoints are kept; made the first time.
    #[arg(long, value_name = "FILE")]
    kept: PathBuf,
    /// Answer in JSON: {"believed", "register": {"seen", "now", "disbelief"}, "access": {...}}.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    believed: bool,
    register: Sighting,
    access: Sighting,
}

/// What is seen of one log.
#[derive(Serialize)]
struct Sighting {
    /// How many records it had the last time; nothing the first time.
    seen: Option<u64>,
    /// How many it says that it has.
    now: u64,
    /// Why that is not believed.
    disbelief: Option<String>,
    /// The checkpoint, signed: where it is not believed, the evidence.
    checkpoint: String,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

impl Witness {
    pub async fn run(self) -> Result<Exit> {
        // What is asked over the network is waited for, and nothing else goes on meanwhile.
        tokio::task::spawn_blocking(move || self.witness()).await?
    }

    fn witness(&self) -> Result<Exit> {
        let verifiers = verifiers(&self.verifier_keys)?;
        let seen = self.seen(&verifiers)?;
        let secret = super::text_of(&self.secret_file)?;
        let agent = agent(&self.register)?;
        let token = self.token(&agent, secret.trim())?;
        let sight = |log| {
            let seen = seen.iter().find(|(of, _)| *of == log).map(|(_, head)| *head);
            let advance = self.ask(&agent, &token, log, seen.map_or(0, |head| head.size))?;
            sighting(&advance, &verifiers, log, seen)
        };
        let (register, access) = (sight(Log::Register)?, sight(Log::Access)?);
        let believed = register.disbelief.is_none() && access.disbelief.is_none();
        if believed {
            keep(&self.kept, &[register.checkpoint.as_str(), access.checkpoint.as_str()].concat())?;
        }
        let answer = Answer { believed, register, access };
        super::answer(self.json, &answer, &answer.words(&self.kept))?;
        Ok(if believed { Exit::Done } else { Exit::Damaged })
    }

    /// The heads of the checkpoints that are kept; none the first time.
    fn seen(&self, verifiers: &Verifiers) -> Result<Vec<(Log, Head)>> {
        if !self.kept.exists() {
            return Ok(Vec::new());
        }
        let notes = checkpoint::split(&super::text_of(&self.kept)?);
        let heads = notes.iter().map(|note| verifiers.verify(note)).collect::<Result<Vec<_>, _>>();
        let heads = heads.with_context(|| self.kept.display().to_string())?;
        let each_once = Log::ALL.iter().all(|log| heads.iter().filter(|(of, _)| of == log).count() == 1);
        ensure!(each_once, "{} does not hold one checkpoint of each log", self.kept.display());
        Ok(heads)
    }

    fn token(&self, agent: &ureq::Agent, secret: &str) -> Result<String> {
        let form =
            [("grant_type", "client_credentials"), ("client_id", &self.client), ("client_secret", secret)];
        let mut answer = agent
            .post(self.place("/api/v1/token"))
            .send_form(form)
            .with_context(|| format!("{} cannot be asked for a token", self.register))?;
        if !answer.status().is_success() {
            bail!("{} gives {} no token: {}", self.register, self.client, read(&mut answer)?.trim());
        }
        let token: Token = serde_json::from_str(&read(&mut answer)?).context("the answer holds no token")?;
        Ok(token.access_token)
    }

    fn ask(&self, agent: &ureq::Agent, token: &str, log: Log, old: u64) -> Result<Advance> {
        let mut answer = agent
            .get(self.place(&format!("/api/v1/checkpoints/{log}?old={old}")))
            .header("authorization", format!("Bearer {token}"))
            .call()
            .with_context(|| format!("{} cannot be asked for its {log} log", self.register))?;
        let text = read(&mut answer)?;
        if !answer.status().is_success() {
            bail!("{} does not show its {log} log: {}", self.register, text.trim());
        }
        text.parse().with_context(|| format!("what {} shows of its {log} log", self.register))
    }

    fn place(&self, path: &str) -> String {
        format!("{}{path}", self.register.trim_end_matches('/'))
    }
}

/// Asks over TLS, and nobody else than the register: only on this machine without.
fn agent(register: &str) -> Result<ureq::Agent> {
    let address: ureq::http::Uri = register.parse().context("--register is not an address")?;
    let here = address.host().is_some_and(|host| ["127.0.0.1", "[::1]", "localhost"].contains(&host));
    let is_http = address.scheme_str() == Some("http");
    ensure!(
        address.scheme_str() == Some("https") || (here && is_http),
        "--register must begin with https://"
    );
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false);
    let config = if here { config.proxy(None) } else { config.https_only(true) };
    Ok(config.build().into())
}

fn read(answer: &mut ureq::http::Response<ureq::Body>) -> Result<String> {
    answer
        .body_mut()
        .with_config()
        .limit(LONGEST)
        .read_to_string()
        .context("the answer broke off or is too long")
}

/// What is seen of a log: believed, or damage. A checkpoint that is none is no evidence of anything.
fn sighting(advance: &Advance, verifiers: &Verifiers, log: Log, seen: Option<Head>) -> Result<Sighting> {
    let (now, disbelief) = match advance.believed(verifiers.of(log), seen) {
        Ok(head) => (head.size, None),
        Err(damage @ (Disbelief::RolledBack { now, .. } | Disbelief::Rewritten { now, .. })) => {
            (now, Some(damage.to_string()))
        }
        Err(error) => return Err(error).with_context(|| format!("the checkpoint of the {log} log")),
    };
    let checkpoint = advance.checkpoint.clone();
    Ok(Sighting { seen: seen.map(|head| head.size), now, disbelief, checkpoint })
}

/// Puts the checkpoints in the place of those before, whole or not at all.
fn keep(path: &Path, text: &str) -> Result<()> {
    let partial = path.with_extension("partial");
    let write = || {
        let mut file = File::create(&partial)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&partial, path)
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

impl Answer {
    fn words(&self, kept: &Path) -> String {
        let mut words = String::new();
        for (log, Sighting { seen, now, disbelief, checkpoint }) in
            [(Log::Register, &self.register), (Log::Access, &self.access)]
        {
            words.push_str(&match (disbelief, seen) {
                (Some(disbelief), _) => {
                    format!("NOT BELIEVED: the {log} log was {disbelief}. It signed this:\n{checkpoint}")
                }
                (None, Some(seen)) => {
                    format!("{log} log: {now} records, which add to the {seen} seen before.\n")
                }
                (None, None) => format!("{log} log: {now} records, seen for the first time.\n"),
            });
        }
        if !self.believed {
            words.push_str(&format!(
                "Keep {} as it is, and tell the council\u{2019}s data protection officer and its auditor.\n",
                kept.display()
            ));
        }
        words
    }
}
