//! Pages that answer what somebody sent, set aside for a while: their browser reads them at an address that holds nothing they typed.

use crate::fault::Fault;
use crate::sign_in::hashed;
use crate::{Service, shelf};
use jiff::SignedDuration;
use register::ids::AccountId;
use serde::{Deserialize, Serialize};

const PAGE: shelf::Kind<PageAside> = shelf::Kind::new("page-aside");

/// How long somebody may come back to one.
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(15);

/// A page as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageAside {
    /// Its HTTP status.
    pub status: u16,
    /// Its HTML.
    pub html: String,
}

/// Where a page lies on the shelf: nobody finds it without the session it was drawn in.
fn shelf_key(token: &str, number: &str) -> String {
    hashed(&format!("{token} {number}"))
}

impl Service {
    /// Sets a page aside for the session it was drawn in, and says under which number.
    ///
    /// # Errors
    /// A fault: it was not kept.
    pub async fn set_aside(&self, owner: AccountId, token: &str, page: &PageAside) -> Result<String, Fault> {
        let number = format!("{:016x}", self.fresh());
        let until = self.now() + KEPT_FOR;
        self.inner.shelf.put(&PAGE, &shelf_key(token, &number), Some(owner), Some(until), page).await?;
        Ok(number)
    }

    /// A page that was set aside under this number in this session. Whether the session is still one is asked before.
    ///
    /// # Errors
    /// A fault.
    pub async fn page_aside(&self, token: &str, number: &str) -> Result<Option<PageAside>, Fault> {
        self.inner.shelf.get(&PAGE, &shelf_key(token, number)).await
    }
}
