//! What the served program does for its backups: writes what is new, minute by minute, on a connection of its own, and once a month
//! restores them or says that somebody should. Nothing here holds a request up, and no fault of it stops the service.

use crate::commands::backup::drill;
use crate::config::{Backup, Config};
use crate::open;
use anyhow::{Context, Result};
use backup::{Backups, Written};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use ledger::{Micros, Store};
use service::clock::{Clock as _, SystemClock};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The backups of a register that is served.
pub struct Keeper {
    config: Config,
    backups: Backups,
    every: Duration,
    store: Option<Arc<dyn Store>>,
    written: Option<Timestamp>,
    failing: bool,
    reminded: Option<Date>,
}

/// Now, as archives are told.
pub fn now() -> Micros {
    Micros(SystemClock.now().as_microsecond())
}

/// Writes what is new since the newest archive.
///
/// # Errors
/// When the register cannot be read, or the archive not be written.
pub async fn write(config: &Config, backups: &mut Backups, store: &dyn Store) -> Result<Option<Written>> {
    let mut attempt = 1;
    loop {
        let keyring = open::keyring(config)?;
        match backups.write(store, &keyring, now()).await {
            Err(backup::BackupError::Renewed(_)) if attempt < 3 => attempt += 1,
            other => return other.context("nothing was backed up"),
        }
    }
}

impl Keeper {
    /// Keeps the backups that the settings ask for.
    ///
    /// # Errors
    /// Where the settings are wrong.
    pub fn new(config: &Config) -> Result<Option<Self>> {
        let Some(Backup { every, .. }) = &config.backup else { return Ok(None) };
        let every = Duration::from_secs((*every).into());
        Ok(config.backups()?.map(|backups| Self {
            config: config.clone(),
            backups,
            every,
            store: None,
            written: None,
            failing: false,
            reminded: None,
        }))
    }

    /// Writes what is new at every interval for as long as it is polled. A fault is logged and tried again.
    pub async fn keep(mut self) {
        let mut ticks = tokio::time::interval(self.every);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            match self.write().await {
                Ok(written) => self.note(written),
                Err(error) => {
                    self.store = None;
                    self.failing = true;
                    let last =
                        self.written.map_or_else(|| "not since the start".to_owned(), |at| at.to_string());
                    tracing::error!(last_backup = %last, "the backup failed: {error:#}");
                }
            }
            self.drill_monthly().await;
        }
    }

    async fn write(&mut self) -> Result<Option<Written>> {
        let store = match &self.store {
            Some(store) => Arc::clone(store),
            None => {
                let place = self.config.place()?;
                let opened = place.inspect().await.with_context(|| format!("{place} cannot be read"))?;
                Arc::clone(self.store.insert(opened))
            }
        };
        write(&self.config, &mut self.backups, &*store).await
    }

    fn note(&mut self, written: Option<Written>) {
        self.written = Some(SystemClock.now());
        if let Some(Written { name, bytes, .. }) = written {
            tracing::debug!(archive = %name, bytes, "backed up");
        }
        if std::mem::take(&mut self.failing) {
            tracing::info!("backups are written again");
        }
    }

    /// Restores the newest set once a month where the card is at hand, and otherwise says each day that it is due.
    async fn drill_monthly(&mut self) {
        let today = register::calendar::london(SystemClock.now());
        if self.reminded == Some(today) || !is_due(&self.config, today) {
            return;
        }
        self.reminded = Some(today);
        let Some(identity) = self.config.backup.as_ref().and_then(|backup| backup.identity.clone()) else {
            tracing::warn!("no backup was restored for a month: run psr backup drill with the key card");
            return;
        };
        match drill(&self.config, &identity).await {
            Ok(drilled) => tracing::info!("{drilled}"),
            Err(error) => tracing::error!("the newest backup could not be restored: {error:#}"),
        }
    }
}

/// The file that says when a backup was restored last.
fn note(config: &Config) -> PathBuf {
    config.data.join("drilled")
}

/// Whether a month has gone by since a backup was restored.
fn is_due(config: &Config, today: Date) -> bool {
    let noted = std::fs::read_to_string(note(config));
    let last: Option<Date> = noted.ok().and_then(|noted| noted.trim().parse().ok());
    last.and_then(|last| last.checked_add(1.month()).ok()).is_none_or(|due| due <= today)
}

/// Notes that a backup was restored today.
///
/// # Errors
/// When it cannot be written.
pub fn note_drill(config: &Config) -> Result<()> {
    let path = note(config);
    let today = register::calendar::london(SystemClock.now());
    std::fs::write(&path, format!("{today}\n"))
        .with_context(|| format!("{} cannot be written", path.display()))
}
