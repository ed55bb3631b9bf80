//! Settings: from a file, the environment and the command line, checked before anything is started.

use crate::place::Place;
use anyhow::{Context, Result, ensure};
use backup::{Backups, Folder};
use directory::{Emails, Provider};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use intake::Scanner;
use ledger_postgres::Settings;
use passkey::Site;
use register::people::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use web::app::Colour;

/// Every setting, with its default. docs/configuration.md says what each means to whoever runs the register.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The address and port to serve on. Anything but this machine's own addresses wants a TLS proxy in front.
    pub listen: SocketAddr,
    /// The directory of the database, unless that is elsewhere, and of the list of addresses.
    pub data: PathBuf,
    /// The PostgreSQL database that keeps the register, if it is not a file in `data`.
    pub database: Option<Database>,
    /// The directory of the keys; by default `keys` inside `data`, which suits a trial and no more: keep it on another disk.
    pub keys: Option<PathBuf>,
    /// The directory of the outside heads, which tell a rolled-back database; by default `heads` inside `data`.
    pub heads: Option<PathBuf>,
    /// The address of this register as browsers see it, such as `https://register.council.example`: passkeys are made for it.
    pub address: Option<String>,
    /// The roles whose holders use a passkey, and nothing less: `["administrator"]`.
    pub passkey_roles: Vec<String>,
    /// The council's colour on pages, as `#rrggbb`; white must be readable on it.
    pub colour: Option<String>,
    /// The council's virus scanner, asked about each file that somebody sends: `unix:/path/to/clamd.ctl` or `tcp:host:port`.
    pub scanner: Option<String>,
    /// The council's own sign-on, if people sign in with it.
    pub sign_on: Option<SignOn>,
    /// The register's backups, if it is backed up by this program.
    pub backup: Option<Backup>,
    /// What is logged, and how.
    pub log: Log,
}

/// Where backups go, and who can open them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// The folder of the archives: on another machine, where this program's user can make files and remove none.
    pub folder: PathBuf,
    /// To whom archives are encrypted, as the key card says.
    pub recipient: String,
    /// Seconds between two archives.
    #[serde(default = "Backup::usual_interval")]
    pub every: u32,
    /// Days after which a set of archives is removed, and what was destroyed is gone for good.
    #[serde(default = "Backup::usual_window")]
    pub window_days: u16,
    /// The key card, where the monthly drill is to run by itself. Whoever has this machine can then read the backups.
    #[serde(default)]
    pub identity: Option<PathBuf>,
}

impl Backup {
    /// With the time that an increment takes, less than a minute is lost with the machine.
    const fn usual_interval() -> u32 {
        30
    }

    const fn usual_window() -> u16 {
        35
    }
}

/// A PostgreSQL database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// Its address, as PostgreSQL's own programs take it.
    pub url: String,
    /// The file that holds the password of the database's user and nothing else, if it asks for one.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The file of the certificates that vouch for the database's.
    #[serde(default)]
    pub certificates: Option<PathBuf>,
    /// Seconds that a commit may take before its outcome counts as unknown.
    #[serde(default = "Database::usual_wait")]
    pub commit_wait: u16,
    /// The most connections of this program.
    #[serde(default = "Database::usual_connections")]
    pub connections: u16,
}

impl Database {
    /// Fewer, and a read within a read would wait for itself.
    const FEWEST: u16 = 4;

    /// A database at `url`, with everything else as usual.
    pub fn at(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            password_file: None,
            certificates: None,
            commit_wait: Self::usual_wait(),
            connections: Self::usual_connections(),
        }
    }

    const fn usual_wait() -> u16 {
        5
    }

    const fn usual_connections() -> u16 {
        8
    }

    /// As the store takes them.
    ///
    /// # Errors
    /// Where a setting is out of range, or the password cannot be read, or can be by others.
    pub fn settings(&self) -> Result<Settings> {
        ensure!(self.commit_wait > 0, "database.commit_wait must be a second at least");
        ensure!(self.connections >= Self::FEWEST, "database.connections must be {} at least", Self::FEWEST);
        let password = self.password_file.as_ref().map(|file| secret(file, "database.password_file"));
        let settings = Settings {
            url: self.url.clone(),
            password: password.transpose()?,
            certificates: self.certificates.clone(),
            commit_wait: Duration::from_secs(self.commit_wait.into()),
            connections: self.connections.into(),
        };
        settings.check().context("database")?;
        Ok(settings)
    }
}

/// What a file holds that nobody else may read.
fn secret(file: &Path, setting: &'static str) -> Result<String> {
    ledger::unexposed(file).context(setting)?;
    let read = std::fs::read_to_string(file);
    let read = read.with_context(|| format!("{setting} {} cannot be read", file.display()))?;
    Ok(read.trim().to_owned())
}

/// The council's own sign-on: a provider of OpenID Connect, such as Microsoft Entra ID or Keycloak.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOn {
    /// The provider's name, which is its address.
    pub issuer: String,
    /// This register's name at the provider.
    pub client_id: String,
    /// The file that holds this register's secret at the provider and nothing else.
    pub client_secret_file: PathBuf,
    /// The address of this register as browsers see it: `https://register.council.example`.
    pub address: String,
    /// What is asked for beside `openid`.
    #[serde(default = "SignOn::usual_scopes")]
    pub scopes: Vec<String>,
    /// Which mail addresses the provider stands for.
    #[serde(default)]
    pub emails: Emails,
}

impl SignOn {
    fn usual_scopes() -> Vec<String> {
        vec!["email".to_owned()]
    }
}

/// The settings of the log, which goes to standard error and never holds personal data.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// A level (`error`, `warn`, `info`, `debug`) or a filter such as `info,service=debug`.
    pub filter: String,
    /// How lines are written.
    pub format: LogFormat,
}

/// How lines of the log are written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".to_owned(), format: LogFormat::Text }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from("psr-data"),
            database: None,
            keys: None,
            heads: None,
            address: None,
            passkey_roles: Vec::new(),
            colour: None,
            scanner: None,
            sign_on: None,
            backup: None,
            log: Log::default(),
        }
    }
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// Names the file, the setting and the rule.
    pub fn load(file: Option<&Path>, data: Option<PathBuf>) -> Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            ensure!(file.is_file(), "the settings file {} is not there", file.display());
            figment = figment.merge(Toml::file_exact(file));
        }
        // Options of the command line and the tools of tests are not settings.
        figment = figment.merge(
            Env::prefixed("PSR_").ignore(&["config", "password", "pdf_checker", "require_tools"]).split("__"),
        );
        let mut config: Self = figment.extract().context("a setting is wrong")?;
        if let Some(data) = data {
            config.data = data;
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<()> {
        ensure!(!self.data.as_os_str().is_empty(), "data must name a directory");
        self.place()?;
        self.brand()?;
        self.scanner()?;
        self.site()?;
        self.passkey_roles()?;
        self.council()?;
        self.backups()?;
        tracing_subscriber::EnvFilter::try_new(&self.log.filter)
            .with_context(|| format!("log.filter {:?} is not a filter", self.log.filter))?;
        Ok(())
    }

    /// The council's colour.
    ///
    /// # Errors
    /// Where it is not a colour on which white can be read.
    pub fn brand(&self) -> Result<Option<Colour>> {
        let read = |colour: &String| Colour::new(colour).with_context(|| format!("colour {colour:?}"));
        self.colour.as_ref().map(read).transpose()
    }

    /// The site that passkeys are made for, where the address is set.
    ///
    /// # Errors
    /// Where no passkey could be made for it.
    pub fn site(&self) -> Result<Option<Site>> {
        let read = |address: &String| Site::at(address).with_context(|| format!("address {address:?}"));
        self.address.as_ref().map(read).transpose()
    }

    /// The roles whose holders use a passkey, and nothing less.
    ///
    /// # Errors
    /// Where one is no role of people, or no passkey can be made because the address is not set.
    pub fn passkey_roles(&self) -> Result<BTreeSet<Role>> {
        ensure!(
            self.passkey_roles.is_empty() || self.address.is_some(),
            "passkey_roles wants address to be set: passkeys are made for it"
        );
        let read = |key: &String| {
            let role = Role::from_key(key).filter(|role| !role.is_program());
            let keys = || Role::of_people().map(|role| role.key()).collect::<Vec<_>>().join(", ");
            role.with_context(|| format!("passkey_roles: {key:?} is none of {}", keys()))
        };
        self.passkey_roles.iter().map(read).collect()
    }

    /// The council's virus scanner.
    ///
    /// # Errors
    /// Where the setting names none.
    pub fn scanner(&self) -> Result<Option<Scanner>> {
        let read = |scanner: &String| scanner.parse().with_context(|| format!("scanner {scanner:?}"));
        self.scanner.as_ref().map(read).transpose()
    }

    /// The council's own sign-on.
    ///
    /// # Errors
    /// Where the settings name none that could be asked, or the secret cannot be read, or can be by others.
    pub fn council(&self) -> Result<Option<Provider>> {
        let Some(sign_on) = &self.sign_on else { return Ok(None) };
        let secret = secret(&sign_on.client_secret_file, "sign_on.client_secret_file")?;
        let settings = directory::Settings {
            issuer: sign_on.issuer.clone(),
            client_id: sign_on.client_id.clone(),
            client_secret: secret.into(),
            scopes: sign_on.scopes.clone(),
            return_to: format!("{}/sign-in/council/return", sign_on.address.trim_end_matches('/')),
            emails: sign_on.emails,
        };
        Provider::new(settings).context("sign_on").map(Some)
    }

    /// The register's backups.
    ///
    /// # Errors
    /// Where a setting is out of range, or the recipient is none.
    pub fn backups(&self) -> Result<Option<Backups>> {
        let Some(backup) = &self.backup else { return Ok(None) };
        ensure!(!backup.folder.as_os_str().is_empty(), "backup.folder must name a directory");
        ensure!(backup.every > 0, "backup.every must be a second at least");
        ensure!(backup.window_days > 0, "backup.window_days must be a day at least");
        let recipient = backup.recipient.parse();
        let recipient = recipient.with_context(|| format!("backup.recipient {:?}", backup.recipient))?;
        Ok(Some(Backups::new(Folder::at(&backup.folder), recipient)))
    }

    /// Where the register is kept.
    ///
    /// # Errors
    /// Where the settings name no database that could be asked, or its password cannot be read, or can be by others.
    pub fn place(&self) -> Result<Place> {
        match &self.database {
            None => Ok(Place::in_folder(&self.data)),
            Some(database) => Ok(Place::Postgres(database.settings()?)),
        }
    }

    /// The folder in which rows of checks wait while the database cannot be written.
    #[must_use]
    pub fn spool(&self) -> PathBuf {
        self.data.join("spool")
    }

    /// The council's own list of addresses, where one has been loaded.
    #[must_use]
    pub fn gazetteer(&self) -> PathBuf {
        self.data.join("gazetteer.db")
    }

    /// The directory of the keys.
    #[must_use]
    pub fn key_directory(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    /// The directory of the outside heads.
    #[must_use]
    pub fn head_directory(&self) -> PathBuf {
        self.heads.clone().unwrap_or_else(|| self.data.join("heads"))
    }
}

impl Log {
    /// Starts logging to standard error.
    pub fn start(&self) {
        let filter = tracing_subscriber::EnvFilter::try_new(&self.filter).unwrap_or_default();
        let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        match self.format {
            LogFormat::Text => logs.with_target(false).init(),
            LogFormat::Json => logs.json().init(),
        }
    }
}
