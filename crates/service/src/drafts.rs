//! Forms begun and not sent: what was typed is kept, sealed, until it is sent, dropped or two weeks old.

use crate::fault::Fault;
use crate::{Service, shelf};
use jiff::{SignedDuration, Timestamp};
use register::ids::AccountId;
use register::policy::Figure;

const DRAFT: shelf::Kind<Vec<u8>> = shelf::Kind::new("draft");

/// A draft's key on the shelf: nobody can ask for another's.
fn shelf_key(owner: AccountId, key: &str) -> String {
    format!("{owner} {key}")
}

impl Service {
    /// Keeps what was typed so far under a key of the owner's, replacing what was kept before.
    ///
    /// # Errors
    /// A fault: it was not kept.
    pub async fn keep_draft(&self, owner: AccountId, key: &str, body: &[u8]) -> Result<(), Fault> {
        let days = self.read(|register| register.policy().figure(Figure::DraftLife));
        let until = self.now() + SignedDuration::from_hours(24 * i64::from(days));
        self.inner.shelf.put(&DRAFT, &shelf_key(owner, key), Some(owner), Some(until), &body.to_vec()).await
    }

    /// What was kept under a key of the owner's.
    ///
    /// # Errors
    /// A fault.
    pub async fn draft(&self, owner: AccountId, key: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.inner.shelf.get(&DRAFT, &shelf_key(owner, key)).await
    }

    /// The owner's drafts: their keys and until when each is kept.
    ///
    /// # Errors
    /// A fault.
    pub async fn drafts(&self, owner: AccountId) -> Result<Vec<(String, Timestamp)>, Fault> {
        let prefix = shelf_key(owner, "");
        let kept = self.inner.shelf.owned(&DRAFT, owner).await?;
        Ok(kept
            .into_iter()
            .filter_map(|(key, until)| Some((key.strip_prefix(&prefix)?.to_owned(), until?)))
            .collect())
    }

    /// Drops a draft.
    ///
    /// # Errors
    /// A fault.
    pub async fn drop_draft(&self, owner: AccountId, key: &str) -> Result<(), Fault> {
        self.inner.shelf.drop(&DRAFT, &shelf_key(owner, key)).await
    }
}
