//! Transactions, and the one way in which they are committed: acknowledged without a warning and in time, or the outcome is unknown.
//!
//! Where a commit waits for a standby, a wait that somebody cancels ends in success with a warning, and the standby may never get
//! what was committed. So a commit that warns is no acknowledgement; and because nothing in the database bounds that wait, it is
//! bounded here.

use crate::connection::{Connections, Pooled};
use crate::trouble::Trouble;
use futures_util::future::{join, try_join_all};
use ledger::StoreError;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row};

/// How often something is tried again that somebody else was in the way of.
const ATTEMPTS: u32 = 5;

/// Each statement sees what was committed before it, so those that follow a lock see all that was done under it before.
const BEGIN: &str = "begin isolation level read committed, read write";

/// A value and its type, which spares asking the database for it.
pub(crate) type Given<'a> = (&'a (dyn ToSql + Sync), Type);

/// Where what is written is committed.
pub(crate) struct Commits {
    connections: Connections,
    wait: Duration,
}

impl Commits {
    pub fn new(connections: Connections, wait: Duration) -> Arc<Self> {
        Arc::new(Self { connections, wait })
    }

    /// Begins a transaction.
    pub async fn begin(self: &Arc<Self>) -> Result<Transaction, Trouble> {
        let transaction = self.connect().await?;
        transaction.batch_execute(BEGIN).await?;
        Ok(transaction)
    }

    /// Begins one and asks several things in it, in one journey to the database, which answers one after the other.
    pub async fn begin_asking<const N: usize>(
        self: &Arc<Self>,
        questions: [(&str, &[Given<'_>]); N],
    ) -> Result<(Transaction, [Vec<Row>; N]), Trouble> {
        let transaction = self.connect().await?;
        let asked = try_join_all(questions.map(|(sql, given)| transaction.query_typed(sql, given)));
        let (begun, answers) = join(transaction.batch_execute(BEGIN), asked).await;
        begun?;
        let answers = answers?.try_into();
        let answers = answers.map_err(|_| StoreError::Unavailable("an answer is missing".to_owned()))?;
        Ok((transaction, answers))
    }

    async fn connect(self: &Arc<Self>) -> Result<Transaction, Trouble> {
        let connection = self.connections.get().await?;
        Ok(Transaction { connection, commits: Arc::clone(self), end: End::Open })
    }

    /// Waits for a commit that is confirmed, and with it everything that was committed before: what the database shows may
    /// otherwise be lost with it, where somebody cancelled the wait for its standby.
    pub async fn confirm(self: &Arc<Self>) -> Result<(), Trouble> {
        insisting(async || {
            let transaction = self.begin().await?;
            transaction.batch_execute("update head set id = id").await?;
            transaction.commit().await
        })
        .await
    }
}

/// A transaction that was begun. Dropped without a commit it takes its connection with it, and nothing was written.
pub(crate) struct Transaction {
    connection: Pooled,
    commits: Arc<Commits>,
    end: End,
}

#[derive(PartialEq, Eq)]
enum End {
    Open,
    Committed,
}

impl Transaction {
    /// Commits.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] unless the database either confirmed it without a warning, within the time that was set, or said
    /// that it did not.
    pub async fn commit(mut self) -> Result<(), Trouble> {
        self.connection.warning();
        let committed = timeout(self.commits.wait, self.connection.batch_execute("commit")).await;
        let Ok(answered) = committed else {
            self.commits.connections.cancel(&self.connection);
            let wait = self.commits.wait.as_millis();
            return Err(StoreError::Unknown(format!("the commit was not confirmed within {wait} ms")).into());
        };
        answered.map_err(|error| match Trouble::from(error) {
            certain if certain.is_certain() => certain,
            doubtful => StoreError::Unknown(doubtful.to_string()).into(),
        })?;
        if let Some(warning) = self.connection.warning() {
            return Err(StoreError::Unknown(warning).into());
        }
        self.end = End::Committed;
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.connection
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.end == End::Open {
            self.connection.spoil();
        }
    }
}

/// Everything as it was at one moment. Nothing can be written, and the connection goes with it.
pub(crate) struct Moment(Pooled);

impl Moment {
    /// This moment.
    pub async fn now(connections: &Connections) -> Result<Self, Trouble> {
        let moment = Self(connections.get().await?);
        let begin = "begin isolation level repeatable read, read only;
            set local idle_in_transaction_session_timeout = 0; select 1 from head";
        moment.0.batch_execute(begin).await?;
        Ok(moment)
    }
}

impl Deref for Moment {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl Drop for Moment {
    fn drop(&mut self) {
        self.0.spoil();
    }
}

/// Tries again while somebody else is in the way, and no more often than is worth it.
pub(crate) async fn insisting<T, W: Future<Output = Result<T, Trouble>>>(
    mut work: impl FnMut() -> W,
) -> Result<T, Trouble> {
    let mut attempt = 1;
    loop {
        match work().await {
            Err(trouble) if trouble.is_conflict() && attempt < ATTEMPTS => attempt += 1,
            ended => return ended,
        }
    }
}
