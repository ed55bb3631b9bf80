//! What a witness is sent: checkpoints, with the proof that nothing in front of them was changed. They are about nobody, so that taking one
//! is no look.

use crate::Service;
use crate::fault::Fault;
use ledger::Log;
use ledger::witness::Advance;

impl Service {
    /// The latest checkpoint of the log called so (`register`, `access`), with the proof that it only adds to what the log was when it had
    /// `old` records; `None` where no log is called so.
    ///
    /// # Errors
    /// A fault.
    pub async fn advance(&self, log: &str, old: u64) -> Result<Option<Advance>, Fault> {
        match Log::ALL.into_iter().find(|known| known.name() == log) {
            Some(log) => Ok(Some(self.inner.ledger.advance(log, old).await?)),
            None => Ok(None),
        }
    }
}
