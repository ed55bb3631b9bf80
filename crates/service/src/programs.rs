//! Programs that ask: the secret that each is let in with, of two halves that two people are shown, and the tokens it is given for it.
//!
//! A token is a random word and nothing else. What it opens is looked up at every request: a program that is closed, suspended, or given a
//! new secret is out with its next one.

use crate::fault::Fault;
use crate::sign_in::hashed;
use crate::sign_in::noted::{By, noted};
use crate::{Service, random, shelf};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use register::ids::AccountId;
use register::people::{Account, Action, Extent, Given, Standing};
use register::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long a token is good for.
pub const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(60);

const SECRET: shelf::Kind<StoredSecret> = shelf::Kind::new("program-secret");
const TOKEN: shelf::Kind<StoredToken> = shelf::Kind::new("program-token");

/// What divides the halves of a secret that two people made.
const BETWEEN: char = '.';

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $action:ident;)*) => {
        /// What a token may be used for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Scope { $($(#[$doc])* $name,)* }

        impl Scope {
            /// Every scope.
            pub const ALL: &[Scope] = &[$(Scope::$name,)*];

            /// How it is written.
            #[must_use]
            pub const fn key(self) -> &'static str { match self { $(Scope::$name => $key,)* } }

            /// The line of the permission table that it needs.
            #[must_use]
            pub const fn action(self) -> Action { match self { $(Scope::$name => Action::$action,)* } }

            /// The scope that is written so.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|scope| scope.key() == key)
            }
        }
    };
}

scopes! {
    /// Ask before contact.
    Check = "check", Check;
    /// Receive the markers of a partner's own properties.
    Markers = "markers", ReceiveMarkers;
    /// Tell who works for the council.
    Staff = "staff", TellStaff;
}

/// Why a program was given no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// No such program, a secret that is not right, closed or suspended: they look alike.
    #[error("the client or its secret is not right")]
    NotRight,
    /// It asked for more than its role allows.
    #[error("the client may not ask for this scope")]
    Scope,
    /// Our own fault.
    #[error("no token can be given at the moment ({0})")]
    Fault(Fault),
}

impl From<Fault> for TokenRefused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What a program is given.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// What it sends with every request.
    pub word: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The program behind a token, as it stands now.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its account.
    pub account: Account,
    /// What the token may be used for.
    pub scopes: BTreeSet<Scope>,
}

#[derive(Serialize, Deserialize, Default)]
struct StoredSecret {
    /// The hash of each half, or of the whole where whoever runs the machine made it.
    parts: BTreeSet<String>,
    /// Where its making stands in the register's log.
    position: u64,
}

#[derive(Serialize, Deserialize)]
struct StoredToken {
    account: u64,
    scopes: BTreeSet<Scope>,
    given: Timestamp,
}

impl Service {
    /// Keeps the secret that an account was given. The one before is void, and so is every token that it bought.
    pub(crate) async fn keep_secret(
        &self,
        account: AccountId,
        given: &Given,
        code: &str,
        other_half: Option<String>,
    ) -> Result<(), crate::Failure> {
        let key = account.to_string();
        let before = self.inner.shelf.get(&SECRET, &key).await?.unwrap_or_default();
        if given.position <= before.position {
            return Err(Refusal::AlreadyDone.into());
        }
        let parts = std::iter::once(hashed(code)).chain(other_half).collect();
        let secret = StoredSecret { parts, position: given.position };
        self.inner.shelf.put(&SECRET, &key, Some(account), None, &secret).await?;
        self.inner.shelf.drop_owned(&TOKEN, account).await?;
        Ok(())
    }

    /// Gives a program a token for its secret: for what it asks, or for everything that its role allows.
    ///
    /// # Errors
    /// [`TokenRefused`].
    pub async fn token(
        &self,
        client: &str,
        secret: &str,
        wanted: Option<&BTreeSet<Scope>>,
    ) -> Result<Token, TokenRefused> {
        let whose = client.trim().parse().ok();
        noted(By::Secret, whose, self.token_for(client, secret, wanted).await)
    }

    async fn token_for(
        &self,
        client: &str,
        secret: &str,
        wanted: Option<&BTreeSet<Scope>>,
    ) -> Result<Token, TokenRefused> {
        self.heed_others().await?;
        let account = client.trim().parse::<AccountId>().ok().and_then(|id| self.program(id));
        let account = account.ok_or(TokenRefused::NotRight)?;
        let kept = self.inner.shelf.get(&SECRET, &account.id.to_string()).await?;
        let parts: BTreeSet<String> = secret.trim().split(BETWEEN).map(hashed).collect();
        // What is compared are hashes of words with 96 bits of chance each: how long it takes tells nothing.
        if kept.is_none_or(|kept| kept.parts != parts) {
            return Err(TokenRefused::NotRight);
        }
        let scopes = match wanted {
            None => allowed(&account),
            Some(wanted) if wanted.is_subset(&allowed(&account)) => wanted.clone(),
            Some(_) => return Err(TokenRefused::Scope),
        };
        if scopes.is_empty() {
            return Err(TokenRefused::Scope);
        }
        let word = URL_SAFE_NO_PAD.encode(random::<32>());
        let (now, owner) = (self.now(), account.id);
        let stored = StoredToken { account: owner.bits(), scopes: scopes.clone(), given: now };
        self.inner.shelf.put(&TOKEN, &hashed(&word), Some(owner), Some(now + TOKEN_LIFE), &stored).await?;
        Ok(Token { word, scopes })
    }

    /// The program behind a token, and what it may be used for now.
    ///
    /// # Errors
    /// A fault; nobody is let in by one.
    pub async fn program_of(&self, word: &str) -> Result<Option<Program>, Fault> {
        let Some(stored) = self.inner.shelf.get(&TOKEN, &hashed(word)).await? else { return Ok(None) };
        self.heed_others().await?;
        let age = self.now().duration_since(stored.given);
        let account = self.program(AccountId::from_bits(stored.account));
        // A token of a time to come would have no end until the clock has caught up with it.
        let good = (SignedDuration::ZERO..=TOKEN_LIFE).contains(&age);
        Ok(account.filter(|_| good).map(|account| {
            let scopes = stored.scopes.intersection(&allowed(&account)).copied().collect();
            Program { account, scopes }
        }))
    }

    /// Whether a program was ever given a secret.
    ///
    /// # Errors
    /// A fault.
    pub async fn has_secret(&self, account: AccountId) -> Result<bool, Fault> {
        Ok(self.inner.shelf.get(&SECRET, &account.to_string()).await?.is_some())
    }

    fn program(&self, id: AccountId) -> Option<Account> {
        let account = self.read(|register| register.account(id).cloned())?;
        (account.standing == Standing::Open && account.is_program()).then_some(account)
    }
}

/// Everything that a program's role allows.
fn allowed(account: &Account) -> BTreeSet<Scope> {
    Scope::ALL.iter().copied().filter(|scope| account.extent(scope.action()) > Extent::Nothing).collect()
}
