//! Passwords, second factors and the secrets of programs as two people give them: what the register records, and the codes that go with it.
//!
//! The register says who asked and who agreed. Here each of the two is shown half of a code, so that neither can use it alone;
//! where one person is enough there is one code, and what is set up with it opens no account that needs two.

use super::council::LINK;
use super::noted::{By, noted};
use super::password::{self, Names};
use super::{Credential, INVITATION, INVITED, Invited, SignInRefused, hashed, random};
use crate::access::Look;
use crate::fault::{Failure, Fault};
use crate::sign_in::PasswordRefused;
use crate::{Service, shelf};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use register::command::{AgreeGrant, AskGrant};
use register::ids::{AccountId, CommandId};
use register::moment::Actor;
use register::people::{Account, Given, Grant, Grants};
use register::refusal::Refusal;
use serde::{Deserialize, Serialize};

const HALF: shelf::Kind<Half> = shelf::Kind::new("invitation-half");

/// The half of a code that was shown to whoever asked.
#[derive(Serialize, Deserialize)]
struct Half {
    hash: String,
    /// Where the asking stands in the register's log.
    asked: u64,
}

/// What somebody who made an invitation hands over.
#[derive(Clone, PartialEq, Eq)]
pub enum Invitation {
    /// The whole code.
    Whole(String),
    /// One half; the other is shown to the second person.
    Half(String),
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invitation(…)")
    }
}

fn secret() -> String {
    URL_SAFE_NO_PAD.encode(random::<12>())
}

impl Service {
    /// Makes a code, good once and for three days, with which the account's holder chooses a password. For whoever runs the
    /// machine: recorded as the system's own.
    ///
    /// # Errors
    /// A fault, also where the account is not there or is closed.
    pub async fn invitation(&self, account: AccountId) -> Result<String, Fault> {
        match self.invite(Actor::System, self.fresh_command(), account).await {
            Ok(Invitation::Whole(code)) => Ok(code),
            Ok(Invitation::Half(_)) | Err(Failure::Refused(_)) => {
                Err(Fault::because("an invitation was refused to whoever runs the machine"))
            }
            Err(Failure::Fault(fault)) => Err(fault),
        }
    }

    /// Asks for an invitation: a whole code where one person is enough, else a half, which is good once somebody else agreed.
    ///
    /// # Errors
    /// The refusal of the rule that stops it, or a fault.
    pub async fn invite(
        &self,
        by: Actor,
        command: CommandId,
        account: AccountId,
    ) -> Result<Invitation, Failure> {
        let grant = self.let_in_by(account)?;
        if let Actor::Account(by) = by {
            self.look(by, Look::Invitation(account), |_| ()).await?;
        }
        self.carry_out(by, command, &AskGrant { account, grant }.into(), &[]).await?;
        // Who asked is read from the register and not believed from the asking: a form sent twice is carried out once.
        let grants = self.grants(account)?;
        let until = self.now() + INVITATION;
        if let Some(asked) = grants.asked(grant, self.now()).filter(|asked| asked.moment.by == by) {
            let code = secret();
            let half = Half { hash: hashed(&code), asked: asked.position };
            self.inner.shelf.put(&HALF, &account.to_string(), Some(account), Some(until), &half).await?;
            return Ok(Invitation::Half(code));
        }
        let given = grants.given(grant).filter(|given| given.asked.is_none() && given.moment.by == by);
        let given = given.ok_or(Refusal::NothingAsked)?;
        let single_handed = by != Actor::System;
        let code = self.make_code(account, grant, given, None, single_handed).await?;
        Ok(Invitation::Whole(code))
    }

    /// Agrees, as a second person, to an invitation, and gives the other half of its code.
    ///
    /// # Errors
    /// As [`Service::invite`].
    pub async fn agree_invitation(
        &self,
        by: AccountId,
        command: CommandId,
        account: AccountId,
    ) -> Result<String, Failure> {
        let (grant, actor) = (self.let_in_by(account)?, Actor::Account(by));
        self.look(by, Look::Invitation(account), |_| ()).await?;
        self.carry_out(actor, command, &AgreeGrant { account, grant }.into(), &[]).await?;
        let grants = self.grants(account)?;
        let given = grants.given(grant).filter(|given| given.moment.by == actor);
        let (given, asked) = given
            .and_then(|given| Some((given, given.asked.as_ref()?)))
            .filter(|(_, asked)| asked.moment.by != actor)
            .ok_or(Refusal::NothingAsked)?;
        let half = self.inner.shelf.get(&HALF, &account.to_string()).await?;
        let half = half.filter(|half| half.asked == asked.position).ok_or(Refusal::NothingAsked)?;
        self.make_code(account, grant, given, Some(half.hash), false).await
    }

    /// What the code is for that lets somebody or something into an account.
    fn let_in_by(&self, account: AccountId) -> Result<Grant, Refusal> {
        let is_program = self.read(|register| register.account(account).map(Account::is_program));
        Ok(if is_program.ok_or(Refusal::NoSuchFile)? { Grant::Secret } else { Grant::Password })
    }

    /// A code for an invitation that was given and not taken up, or a secret that was given; it replaces the one before.
    async fn make_code(
        &self,
        account: AccountId,
        grant: Grant,
        given: &Given,
        other_half: Option<String>,
        single_handed: bool,
    ) -> Result<String, Failure> {
        let code = secret();
        if grant == Grant::Secret {
            self.keep_secret(account, given, &code, other_half).await?;
            self.inner.shelf.drop(&HALF, &account.to_string()).await?;
            return Ok(code);
        }
        if given.position <= self.credential(account).await?.invited {
            return Err(Refusal::AlreadyDone.into());
        }
        self.inner.shelf.drop_owned(&INVITED, account).await?;
        let invited =
            Invited { account: account.bits(), other_half, single_handed, position: given.position };
        let until = given.moment.at + INVITATION;
        self.inner.shelf.put(&INVITED, &hashed(&code), Some(account), Some(until), &invited).await?;
        Ok(code)
    }

    /// Takes up an invitation: with its code, or with both halves in any order.
    ///
    /// # Errors
    /// [`SignInRefused`]; a password that is not taken leaves the invitation good.
    pub async fn accept_invitation(
        &self,
        code: &str,
        other_half: &str,
        password: &str,
    ) -> Result<AccountId, SignInRefused> {
        let taken_up = self.take_up_invitation(code, other_half, password).await;
        noted(By::Invitation, taken_up.as_ref().ok().copied(), taken_up)
    }

    async fn take_up_invitation(
        &self,
        code: &str,
        other_half: &str,
        password: &str,
    ) -> Result<AccountId, SignInRefused> {
        let (one, other) = (hashed(code.trim()), hashed(other_half.trim()));
        for (key, beside) in [(&one, &other), (&other, &one)] {
            let Some(invited) = self.inner.shelf.get(&INVITED, key).await? else { continue };
            if invited.other_half.as_ref().is_some_and(|half| half != beside) {
                continue;
            }
            let account = self.open_account(AccountId::from_bits(invited.account))?.id;
            let chosen = |credential: &mut Credential| {
                // Somebody else may have set it up with the code that one person gave, or have seen it and not confirmed it.
                let vouched = credential.single_handed && !invited.single_handed;
                if vouched || !credential.has_second_factor() {
                    credential.forget_second_factor();
                }
                credential.single_handed = invited.single_handed;
                credential.invited = invited.position;
            };
            self.choose_password(account, password, chosen).await?;
            self.inner.shelf.drop_owned(&INVITED, account).await?;
            self.inner.shelf.drop(&HALF, &account.to_string()).await?;
            self.forget_beside_app(account).await?;
            // Who begins anew is no longer whom the council's directory named before.
            self.inner.shelf.drop_owned(&LINK, account).await?;
            return Ok(account);
        }
        Err(SignInRefused::InvitationNotRight)
    }

    /// Chooses an account's password; every session of the account ends.
    ///
    /// # Errors
    /// [`PasswordRefused`].
    pub async fn set_password(&self, account: AccountId, password: &str) -> Result<(), PasswordRefused> {
        self.choose_password(account, password, |credential| credential.single_handed = false).await
    }

    async fn choose_password(
        &self,
        account: AccountId,
        password: &str,
        and: impl FnOnce(&mut Credential),
    ) -> Result<(), PasswordRefused> {
        password::acceptable(password, &self.names(account)?)?;
        self.keep_password(account, password, and).await?;
        let ended = self.end_all_sessions(account).await;
        ended.map_err(|_: Fault| PasswordRefused::NotSaved)
    }

    /// Keeps a password that is acceptable.
    pub(super) async fn keep_password(
        &self,
        account: AccountId,
        password: &str,
        and: impl FnOnce(&mut Credential),
    ) -> Result<(), PasswordRefused> {
        let hash = password::hash(password).await.ok_or(PasswordRefused::NotSaved)?;
        let saved = async {
            // What is done with codes meanwhile is done before, or finds its session over.
            let _one = self.inner.codes.lock().await;
            let mut credential = self.credential(account).await?;
            credential.password = Some(hash);
            and(&mut credential);
            self.keep_credential(account, &credential).await
        };
        saved.await.map_err(|_: Fault| PasswordRefused::NotSaved)
    }

    /// The names that somebody who guesses a password of this account tries first.
    pub(super) fn names(&self, account: AccountId) -> Result<Names, PasswordRefused> {
        self.read(|register| {
            let owner = register.account(account)?.details.known()?;
            Some(Names::around(owner, register.council()))
        })
        .ok_or(PasswordRefused::NotSaved)
    }

    /// Asks that an account's second factor is forgotten; done at once where one person is enough.
    ///
    /// # Errors
    /// As [`Service::invite`].
    pub async fn ask_second_factor_reset(
        &self,
        by: AccountId,
        command: CommandId,
        account: AccountId,
    ) -> Result<(), Failure> {
        self.look(by, Look::SecondFactor(account), |_| ()).await?;
        self.execute(by, command, AskGrant { account, grant: Grant::SecondFactor }).await?;
        Ok(self.forget_second_factor(account).await?)
    }

    /// Agrees, as a second person, that an account's second factor is forgotten.
    ///
    /// # Errors
    /// As [`Service::invite`].
    pub async fn agree_second_factor_reset(
        &self,
        by: AccountId,
        command: CommandId,
        account: AccountId,
    ) -> Result<(), Failure> {
        self.look(by, Look::SecondFactor(account), |_| ()).await?;
        self.execute(by, command, AgreeGrant { account, grant: Grant::SecondFactor }).await?;
        Ok(self.forget_second_factor(account).await?)
    }

    /// Carries out the last reset that was given, once; every session of the account ends.
    async fn forget_second_factor(&self, account: AccountId) -> Result<(), Fault> {
        let given =
            self.read(|register| register.account(account)?.grants.given(Grant::SecondFactor).cloned());
        let _one = self.inner.codes.lock().await;
        let mut credential = self.credential(account).await?;
        let Some(given) = given.filter(|given| given.position > credential.reset) else { return Ok(()) };
        credential.forget_second_factor();
        credential.single_handed |= given.asked.is_none();
        credential.reset = given.position;
        self.keep_credential(account, &credential).await?;
        self.forget_beside_app(account).await?;
        self.end_all_sessions(account).await
    }

    fn grants(&self, account: AccountId) -> Result<Grants, Refusal> {
        let grants = self.read(|register| register.account(account).map(|account| account.grants.clone()));
        grants.ok_or(Refusal::NoSuchFile)
    }
}
