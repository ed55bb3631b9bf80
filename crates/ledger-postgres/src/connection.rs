//! Connections: made, read back, kept in a pool, and heard when the database warns.

use crate::trouble::{Trouble, words};
use crate::{Settings, tls};
use deadpool::managed::{self, Metrics, Object, Pool, RecycleError, RecycleResult};
use futures_util::future::poll_fn;
use ledger::StoreError;
use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::Severity;
use tokio_postgres::{AsyncMessage, Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long anybody waits for a connection, a lock, or the database to begin to answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// A statement that hangs ends by itself, and so does a lock that whoever holds it has forgotten.
const BOUNDS: &str =
    "set lock_timeout = '5s'; set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'";

/// What an acknowledgement rests on, where the engine has such a setting at all.
const DURABILITY: &str = "select name, setting from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'";

/// A connection, and what the database warned of on it.
pub(crate) struct Connection {
    client: Client,
    warned: Arc<Warning>,
    spoilt: AtomicBool,
}

impl Deref for Connection {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Connection {
    /// The last warning since this was asked, in the database's words.
    pub fn warning(&self) -> Option<String> {
        self.warned.take()
    }

    /// Gives up the connection: it may be in the middle of a transaction.
    pub fn spoil(&self) {
        self.spoilt.store(true, Ordering::Relaxed);
    }
}

/// The last warning.
#[derive(Default)]
struct Warning(Mutex<Option<String>>);

impl Warning {
    fn note(&self, words: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    }

    fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A connection that goes back to the pool when it is dropped.
pub(crate) type Pooled = Object<Manager>;

/// The connections of one store.
#[derive(Clone)]
pub(crate) struct Connections(Pool<Manager>);

impl Connections {
    /// Reads the settings; nothing is connected to yet.
    pub fn new(settings: &Settings) -> Result<Self, StoreError> {
        let wrong = |reason: String| StoreError::NotThere(format!("the database's address: {reason}"));
        let mut config: Config = settings.url.parse().map_err(|error| wrong(words(&error)))?;
        let local = config.get_hosts().iter().all(is_local);
        match config.get_ssl_mode() {
            SslMode::Prefer if local => config.ssl_mode(SslMode::Disable),
            SslMode::Prefer => config.ssl_mode(SslMode::Require),
            _ => &mut config,
        };
        if let Some(password) = &settings.password {
            config.password(password);
        }
        config
            .application_name("psr")
            .connect_timeout(PATIENCE)
            .tcp_user_timeout(2 * PATIENCE)
            .keepalives_idle(2 * PATIENCE);
        let tls = tls::connector(settings.certificates.as_deref())?;
        let pool = Pool::builder(Manager { config, tls })
            .max_size(settings.connections)
            .runtime(deadpool::Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Self(pool))
    }

    /// A connection to itself.
    pub async fn get(&self) -> Result<Pooled, Trouble> {
        self.0.get().await.map_err(|error| match error {
            managed::PoolError::Backend(trouble) => trouble,
            other => StoreError::Unavailable(other.to_string()).into(),
        })
    }

    /// Asks the database to stop what `connection` is doing, which may have no way left to hear it, and waits for no answer.
    pub fn cancel(&self, connection: &Connection) {
        let token = connection.cancel_token();
        let tls = self.0.manager().tls.clone();
        tokio::spawn(async move { drop(tokio::time::timeout(PATIENCE, token.cancel_query(tls)).await) });
    }
}

/// The database's name and where it is, as somebody would say it.
pub(crate) fn spoken(settings: &Settings, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Ok(config) = settings.url.parse::<Config>() else { return f.write_str("the PostgreSQL database") };
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(path) => path.display().to_string(),
        })
        .collect();
    write!(f, "the PostgreSQL database {} at {}", config.get_dbname().unwrap_or("psr"), hosts.join(", "))
}

/// Whether what goes there leaves this machine.
fn is_local(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
    }
}

/// Makes connections for the pool.
pub(crate) struct Manager {
    config: Config,
    tls: MakeRustlsConnect,
}

impl managed::Manager for Manager {
    type Type = Connection;
    type Error = Trouble;

    async fn create(&self) -> Result<Connection, Trouble> {
        let (client, mut driven) = self.config.connect(self.tls.clone()).await?;
        let warned = Arc::new(Warning::default());
        let hears = Arc::clone(&warned);
        tokio::spawn(async move {
            // A notice is heard before the answer that follows it is passed on, so whoever has the answer can ask for it.
            while let Some(Ok(message)) = poll_fn(|context| driven.poll_message(context)).await {
                if let AsyncMessage::Notice(notice) = message
                    && notice.parsed_severity().is_none_or(|severity| severity == Severity::Warning)
                {
                    hears.note(notice.to_string());
                }
            }
        });
        client.batch_execute(BOUNDS).await?;
        if let Some(row) = client.query_typed(DURABILITY, &[]).await?.first() {
            let name: String = row.try_get(0)?;
            return Err(StoreError::Unavailable(format!("{name} is off and must be on")).into());
        }
        Ok(Connection { client, warned, spoilt: AtomicBool::new(false) })
    }

    async fn recycle(&self, connection: &mut Connection, _: &Metrics) -> RecycleResult<Trouble> {
        if connection.is_closed() || connection.spoilt.load(Ordering::Relaxed) {
            return Err(RecycleError::message("given up"));
        }
        Ok(())
    }
}
