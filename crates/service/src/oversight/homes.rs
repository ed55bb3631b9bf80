//! Where those who look live, as far as they have said so: looks at one's own street stand out (oversight's rules compare it, and nothing else
//! reads it). It is plumbing, sealed, and gone a year after it was last given.

use crate::Service;
use crate::fault::Fault;
use crate::shelf;
use jiff::SignedDuration;
use register::ids::AccountId;
use serde::{Deserialize, Serialize};

const HOME: shelf::Kind<Home> = shelf::Kind::new("home");
/// How long it is kept after it was last given.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 366);

/// Where somebody lives.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// House number, street and town.
    pub lines: String,
    /// The postcode.
    pub postcode: Option<String>,
}

impl std::fmt::Debug for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Home(…)")
    }
}

impl Service {
    /// Where somebody said that they live.
    ///
    /// # Errors
    /// A fault.
    pub async fn home(&self, of: AccountId) -> Result<Option<Home>, Fault> {
        self.inner.shelf.get(&HOME, &of.to_string()).await
    }

    /// Keeps where somebody says that they live; `None` forgets it.
    ///
    /// # Errors
    /// A fault: it stays as it was.
    pub async fn keep_home(&self, of: AccountId, home: Option<&Home>) -> Result<(), Fault> {
        let until = self.now() + KEPT;
        match home {
            Some(home) => self.inner.shelf.put(&HOME, &of.to_string(), Some(of), Some(until), home).await,
            None => self.inner.shelf.drop(&HOME, &of.to_string()).await,
        }
    }
}
