//! The sessions of an account, as its holder sees and ends them.

use super::{Device, SESSION, SessionToken, Stage, StoredSession, hashed, is_over};
use crate::fault::Fault;
use crate::{Service, shelf};
use jiff::Timestamp;
use register::ids::AccountId;
use sha2::{Digest, Sha256};

/// A session as the holder of its account is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// What to call it by; good for nothing else.
    pub number: SessionNumber,
    /// Since when.
    pub begun: Timestamp,
    /// When it was used last, to about a minute.
    pub last_used: Timestamp,
    /// How far it has come.
    pub stage: Stage,
    /// Who stood for its holder at the beginning.
    pub way: Way,
    /// What it is used on, where that is known.
    pub device: Option<Device>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Who stood for somebody when a session was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They themselves, by a password or a passkey.
    Own,
    /// The council's sign-on.
    Council,
}

/// Six digits that follow from what is stored of a session: neither the session nor its token can be found from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionNumber(u32);

impl SessionNumber {
    fn of(held: &shelf::Held<StoredSession>) -> Self {
        let digest = Sha256::digest(format!("number of session {}", held.key()));
        Self(digest.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte)) % 1_000_000)
    }
}

impl std::fmt::Display for SessionNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl Service {
    /// Keeps what a session that was just opened is used on.
    ///
    /// # Errors
    /// A fault.
    pub async fn begun_on(&self, token: &SessionToken, device: Device) -> Result<(), Fault> {
        if let Some(mut held) = self.inner.shelf.held(&SESSION, &hashed(token.as_str())).await? {
            held.thing.device = Some(device);
            // Whoever ended it meanwhile has ended it.
            self.inner.shelf.put_back(&SESSION, held).await?;
        }
        Ok(())
    }

    /// Every session of an account that is not over, half ones too: the one of this token first, then those used last.
    ///
    /// # Errors
    /// A fault.
    pub async fn sessions(&self, account: AccountId, token: &str) -> Result<Vec<OwnSession>, Fault> {
        let (now, this) = (self.now(), hashed(token));
        let held = self.inner.shelf.all_owned(&SESSION, account).await?;
        let mut sessions: Vec<OwnSession> = held
            .into_iter()
            .filter(|held| !is_over(held.thing.signed_in, held.thing.last_used, now))
            .map(|held| OwnSession {
                number: SessionNumber::of(&held),
                is_this: held.key() == this,
                begun: held.thing.signed_in,
                last_used: held.thing.last_used,
                stage: held.thing.stage,
                way: if held.thing.council.is_some() { Way::Council } else { Way::Own },
                device: held.thing.device,
            })
            .collect();
        sessions.sort_by_key(|it| std::cmp::Reverse((it.is_this, it.last_used, it.begun)));
        Ok(sessions)
    }

    /// Ends the session of an account that has this number; says whether there was one.
    ///
    /// # Errors
    /// A fault.
    pub async fn end_session(&self, account: AccountId, number: &str) -> Result<bool, Fault> {
        self.end_where(account, |held| SessionNumber::of(held).to_string() == number).await
    }

    /// Ends every session of an account but the one of this token; says whether there was one.
    ///
    /// # Errors
    /// A fault.
    pub async fn end_other_sessions(&self, account: AccountId, token: &str) -> Result<bool, Fault> {
        let this = hashed(token);
        self.end_where(account, |held| held.key() != this).await
    }

    async fn end_where(
        &self,
        account: AccountId,
        ends: impl Fn(&shelf::Held<StoredSession>) -> bool,
    ) -> Result<bool, Fault> {
        let mut ended = false;
        for held in self.inner.shelf.all_owned(&SESSION, account).await?.iter().filter(|held| ends(held)) {
            self.drop_session(held.key()).await?;
            ended = true;
        }
        Ok(ended)
    }
}
