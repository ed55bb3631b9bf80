//! The council's own sign-on, for who has an account here already: nobody is made by signing in.
//!
//! The council's directory is one authority, run by people whom the register does not know. What it says stands in the place of a password and
//! of nothing more: everybody gives the code of their own second factor too. One that is set up after nothing but the directory's word is as one
//! that a single person let somebody set up: it opens no account that takes two.

use super::noted::{By, noted};
use super::{ABSOLUTE, SESSION, SignIn, SignInRefused, hashed, random};
use crate::fault::Fault;
use crate::{Service, shelf};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use directory::{Arrival, Kept, Logout};
use jiff::SignedDuration;
use register::ids::AccountId;
use register::people::{Account, Standing};
use serde::{Deserialize, Serialize};

/// Whoever left for the provider comes back by then, or begins again.
pub const AWAY: SignedDuration = SignedDuration::from_mins(10);
/// How long a message of the provider is remembered: longer than one can be valid.
const REMEMBERED: SignedDuration = SignedDuration::from_mins(30);

const DEPARTED: shelf::Kind<Departed> = shelf::Kind::new("council-departed");
/// From the provider's name for a person to the account, which it is bound to.
pub(super) const LINK: shelf::Kind<u64> = shelf::Kind::new("council-link");
/// From the provider's name of a session to the account.
const NAMED_SESSION: shelf::Kind<u64> = shelf::Kind::new("council-session");
const MESSAGE: shelf::Kind<bool> = shelf::Kind::new("council-message");

#[derive(Serialize, Deserialize)]
struct Departed {
    kept: Kept,
    next: String,
}

/// Whose session at the provider a session here follows from; hashes, as everything that is only compared.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct ByCouncil {
    person: String,
    session: Option<String>,
}

impl Service {
    /// Keeps what a browser needs when it comes back, and gives what the browser is to hold meanwhile.
    ///
    /// # Errors
    /// A fault.
    pub async fn departed(&self, kept: Kept, next: &str) -> Result<String, Fault> {
        let held = URL_SAFE_NO_PAD.encode(random::<32>());
        let departed = Departed { kept, next: next.to_owned() };
        let until = Some(self.now() + AWAY);
        self.inner.shelf.put(&DEPARTED, &hashed(&held), None, until, &departed).await?;
        Ok(held)
    }

    /// What was kept for this browser and where it wanted to go: once.
    ///
    /// # Errors
    /// [`SignInRefused::Expired`] where there is nothing, or nothing any more.
    pub async fn returned(&self, held: &str) -> Result<(Kept, String), SignInRefused> {
        let departed =
            self.inner.shelf.take(&DEPARTED, &hashed(held)).await?.ok_or(SignInRefused::Expired)?;
        Ok((departed.kept, departed.next))
    }

    /// Opens a session that waits for the second factor, for whom the provider of this name says has signed in.
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn sign_in_by_council(&self, issuer: &str, arrival: &Arrival) -> Result<SignIn, SignInRefused> {
        let person = name(issuer, &arrival.subject);
        let account = match self.inner.shelf.get(&LINK, &person).await? {
            Some(account) => self.holder(AccountId::from_bits(account)),
            None => self.link(&person, arrival.email.as_deref()).await?,
        };
        let whose = account.as_ref().map(|account| account.id);
        noted(By::Council, whose, self.let_in_by_council(issuer, arrival, person, account).await)
    }

    async fn let_in_by_council(
        &self,
        issuer: &str,
        arrival: &Arrival,
        person: String,
        account: Option<Account>,
    ) -> Result<SignIn, SignInRefused> {
        let account = account.ok_or(SignInRefused::NotKnown)?;
        if account.standing != Standing::Open {
            return Err(SignInRefused::Suspended);
        }
        let mut credential = self.credential(account.id).await?;
        if !credential.has_second_factor() && !account.is_check_only() {
            return Err(SignInRefused::NoCodeYet);
        }
        credential.opens(&account)?;
        let session = arrival.session.as_ref().map(|session| name(issuer, session));
        if let Some(session) = &session {
            // Longer than any session that may follow from it: its age begins anew with the code.
            let until = Some(self.now() + ABSOLUTE + ABSOLUTE);
            self.inner.shelf.put(&NAMED_SESSION, session, None, until, &account.id.bits()).await?;
        }
        let council = Some(ByCouncil { person, session });
        if !credential.has_second_factor() {
            credential.single_handed = true;
            self.keep_credential(account.id, &credential).await?;
        }
        Ok(self.open_half(&account, credential, council).await?)
    }

    /// Ends what the provider says has ended. Says whether it had not said so before.
    ///
    /// # Errors
    /// A fault.
    pub async fn council_logout(&self, issuer: &str, logout: &Logout) -> Result<bool, Fault> {
        let message = name(issuer, &logout.message);
        if self.inner.shelf.get(&MESSAGE, &message).await?.is_some() {
            return Ok(false);
        }
        let person = logout.subject.as_ref().map(|subject| name(issuer, subject));
        let session = logout.session.as_ref().map(|session| name(issuer, session));
        let account = match (&person, &session) {
            (Some(person), _) => self.inner.shelf.get(&LINK, person).await?,
            (None, Some(session)) => self.inner.shelf.get(&NAMED_SESSION, session).await?,
            (None, None) => None,
        };
        if let Some(account) = account.map(AccountId::from_bits) {
            self.end_sessions(account, person.as_deref(), session.as_deref()).await?;
        }
        // Last: told again after a fault, it is done again.
        let until = Some(self.now() + REMEMBERED);
        self.inner.shelf.put(&MESSAGE, &message, None, until, &true).await?;
        Ok(true)
    }

    /// Ends the sessions of an account that follow from this session of this person at the provider, and those of which the provider never
    /// said from which they follow.
    async fn end_sessions(
        &self,
        account: AccountId,
        person: Option<&str>,
        session: Option<&str>,
    ) -> Result<(), Fault> {
        for (key, _) in self.inner.shelf.owned(&SESSION, account).await? {
            let stored = self.inner.shelf.get(&SESSION, &key).await?;
            let Some(council) = stored.and_then(|stored| stored.council) else { continue };
            let is_theirs = person.is_none_or(|person| person == council.person);
            let may_be_it =
                session.is_none() || council.session.is_none() || session == council.session.as_deref();
            if is_theirs && may_be_it {
                self.drop_session(&key).await?;
            }
        }
        Ok(())
    }

    /// The first time: by the mail address that the provider stands for, to an account that nobody else of the directory has.
    async fn link(&self, person: &str, email: Option<&str>) -> Result<Option<Account>, Fault> {
        let Some(email) = email else { return Ok(None) };
        let Some(account) = self.read(|register| register.account_by_email(email).cloned()) else {
            return Ok(None);
        };
        let _one = self.inner.codes.lock().await;
        let is_taken = !self.inner.shelf.owned(&LINK, account.id).await?.is_empty();
        if is_taken || account.standing == Standing::Closed || account.is_program() {
            return Ok(None);
        }
        self.inner.shelf.put(&LINK, person, Some(account.id), None, &account.id.bits()).await?;
        Ok(Some(account))
    }

    fn holder(&self, account: AccountId) -> Option<Account> {
        self.read(|register| register.account(account).cloned())
            .filter(|account| account.standing != Standing::Closed)
    }
}

/// What the provider of this name calls somebody or something, as it is kept.
fn name(issuer: &str, theirs: &str) -> String {
    hashed(&format!("{issuer}\n{theirs}"))
}
