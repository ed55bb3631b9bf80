//! Opening a register from its settings: keys, outside heads, database, ledger, service.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use backup::Card;
use ledger::{Epoch, HeadFiles, Keyring, Ledger, OsEntropy, Store};
use service::clock::{Clock, SystemClock};
use service::{Reality, Service};
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Opens the register that is there, and starts it.
///
/// # Errors
/// Where there is none, or it is not sound: the message says what to do.
pub async fn register(config: &Config) -> Result<Service> {
    start(ledger(config).await?, Arc::new(SystemClock), Reality::Real).await
}

/// Opens the ledger that is there.
///
/// # Errors
/// Where there is none, or it is not sound: the message says what to do.
pub async fn ledger(config: &Config) -> Result<Ledger> {
    Ledger::open(store(config).await?, keyring(config)?, Box::new(OsEntropy))
        .await
        .context("the register cannot be opened")
}

/// Makes a new, empty register. `name` is the origin of its checkpoints.
///
/// # Errors
/// Where there is one already; it is left as it is.
pub async fn new_ledger(config: &Config, name: &str, clock: &dyn Clock) -> Result<Ledger> {
    let place = config.place()?;
    if place.holds_a_register().await.with_context(|| format!("{place} cannot be reached"))? {
        bail!("there is a register in {place} already; it was left as it is");
    }
    private_directory(&config.data)?;
    let epoch = Epoch::of(register::calendar::london(clock.now()));
    let keyring = Keyring::create(&config.key_directory(), name, epoch, &mut OsEntropy)
        .context("the keys could not be made")?;
    let heads = HeadFiles::create(&config.head_directory(), &keyring)
        .context("the outside heads could not be made")?;
    let store = place.create(heads).await.with_context(|| format!("no register could be made in {place}"))?;
    Ledger::open(store, keyring, Box::new(OsEntropy)).await.context("the new register cannot be opened")
}

/// Starts the service on a ledger.
///
/// # Errors
/// Where a record is unknown or unsound.
pub async fn start(ledger: Ledger, clock: Arc<dyn Clock>, reality: Reality) -> Result<Service> {
    Service::start(Arc::new(ledger), clock, reality)
        .await
        .context("the register could not be read; psr verify says where it is damaged")
}

/// The keys of the register that is there.
///
/// # Errors
/// Where they are absent, garbled, or readable by others.
pub fn keyring(config: &Config) -> Result<Keyring> {
    let directory = config.key_directory();
    Keyring::open(&directory).with_context(|| {
        format!(
            "the keys in {} cannot be used (is there a register? psr init makes one)",
            directory.display()
        )
    })
}

/// The outside heads of the register that is there.
///
/// # Errors
/// Where one is absent: without them a rolled-back database would go unnoticed.
pub fn heads(config: &Config, keyring: &Keyring) -> Result<HeadFiles> {
    let directory = config.head_directory();
    HeadFiles::open(&directory, keyring)
        .with_context(|| format!("the outside heads in {} cannot be used", directory.display()))
}

/// The key card in a file that nobody else may read.
///
/// # Errors
/// Where others may read it, or it holds no key card.
pub fn card(file: &Path) -> Result<Card> {
    let unusable = || format!("the key card {} cannot be used", file.display());
    ledger::unexposed(file).with_context(unusable)?;
    let text = Zeroizing::new(std::fs::read_to_string(file).with_context(unusable)?);
    text.parse().with_context(unusable)
}

async fn store(config: &Config) -> Result<Arc<dyn Store>> {
    let place = config.place()?;
    let heads = heads(config, &keyring(config)?)?;
    let opened = place.open(heads).await;
    opened.with_context(|| format!("{place} cannot be served; psr verify says where it is damaged"))
}

/// Makes a directory that only its owner may enter, if there is none.
///
/// # Errors
/// Where it cannot be made.
pub fn private_directory(path: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("{} cannot be made", path.display()))
}
