//! People who sign in: password, second factor, session. All of it is plumbing: sealed, swept, and no part of the record.
//!
//! What an account may do is not here; it is looked up in the register at every request.

mod change;
mod council;
mod device;
mod grants;
pub(crate) mod noted;
mod passkeys;
mod password;
mod recovery;
pub(crate) mod remembered;
mod sessions;

pub use council::AWAY;
use council::ByCouncil;
pub use device::Device;
pub use grants::Invitation;
use noted::{By, noted};
pub use passkeys::{AskedFor, MOST_PASSKEYS, Passkey, PasskeyRefused, Used};
pub use password::PasswordRefused;
pub use recovery::{RECOVERY_CODES, Recovered, RecoveryCodes};
pub use sessions::{OwnSession, SessionNumber, Way};

use crate::fault::Fault;
use crate::{Service, random, shelf};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use register::ids::AccountId;
use register::people::{Account, Standing};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use totp_rs::{Secret, Totp};

/// A session left alone this long is over.
pub const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// A session is over after this long, used or not.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(10);
/// An invitation not taken up by then is void.
pub const INVITATION: SignedDuration = SignedDuration::from_hours(72);
/// Tries within [`TRIES_WINDOW`] before an account has to wait (Cyber Essentials: at most ten in five minutes).
pub const TRIES: usize = 8;
/// The window that tries are counted in.
pub const TRIES_WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// How far a clock may be put right without ending anybody's session.
const CLOCK_BACK: SignedDuration = SignedDuration::from_secs(60);
/// How long a proof that it is they counts before a grave act.
pub const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// How often a proof is written down again because the session was used meanwhile.
const PROVED_AGAIN: usize = 8;
/// How seldom a session's last use is written down.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);

const CREDENTIAL: shelf::Kind<Credential> = shelf::Kind::new("credential");
/// Under a name of its own since every session has a second factor behind it: those of earlier versions are none.
const SESSION: shelf::Kind<StoredSession> = shelf::Kind::new("signed-in");
const INVITED: shelf::Kind<Invited> = shelf::Kind::new("invitation");
const ATTEMPTS: shelf::Kind<Attempts> = shelf::Kind::new("attempts");

/// Why somebody was not signed in. Says nothing about which part was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefused {
    /// No such account, wrong password, closed, or not set up: they look alike.
    #[error("The email address or password is not right")]
    NotRight,
    /// The password is right, and the account may for now not be used.
    #[error(
        "Your access is suspended. Ask your manager or the register team to confirm that you still need it"
    )]
    Suspended,
    /// The code was wrong, or was used before.
    #[error("The code is not right. Enter the six digits your authenticator app shows now")]
    CodeNotRight,
    /// The recovery code is none of the account's, or was used before.
    #[error("The recovery code is not right, or was used before")]
    RecoveryCodeNotRight,
    /// The passkey is not known, is another's, or what was said of it is not believed.
    #[error("The passkey was not recognised. Try again, or sign in another way")]
    PasskeyNotRight,
    /// Too many tries.
    #[error("Too many tries. Wait five minutes and try again")]
    TooMany,
    /// The sign-in was begun too long ago.
    #[error("Signing in took too long. Start again")]
    Expired,
    /// The invitation is used up, too old, or was never given.
    #[error("The invitation code is not right or is too old. Ask whoever gave it to you for another")]
    InvitationNotRight,
    /// One person alone let somebody into the account, and its roles need two.
    #[error(
        "Your roles have grown since you chose your password. Ask two people who manage accounts for an invitation"
    )]
    NotVouched,
    /// The council's directory vouches for somebody whom the register does not know.
    #[error("You have no account in this register. Ask your manager whether you need one")]
    NotKnown,
    /// The council's directory alone opens no account with these roles.
    #[error(
        "Your roles need a code of your own. Sign in with your password once and set up your authenticator app"
    )]
    NoCodeYet,
    /// The provider does not answer, or what it answers is not believed.
    #[error("The council’s sign-on does not work at the moment. Try again, or sign in with your password")]
    CouncilSignOn,
    /// The new password was not taken.
    #[error(transparent)]
    Password(#[from] PasswordRefused),
    /// Our own fault.
    #[error("Signing in does not work at the moment. Try again shortly ({0})")]
    Fault(Fault),
}

impl From<Fault> for SignInRefused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The secret that a browser holds for a session. Never printed; only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// As it stands in the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a browser sent it.
    #[must_use]
    pub fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// What comes after a right password.
#[derive(Debug)]
pub enum SignIn {
    /// The second factor is asked for next.
    SecondFactor(SessionToken),
    /// The account has no second factor yet: it is set up next.
    SetUpSecondFactor(SessionToken, Enrolment),
}

/// What an authenticator app is given.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret in base 32, to type.
    pub secret_base32: String,
    /// The same as an `otpauth:` address, to scan.
    pub otpauth_uri: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

/// How far a session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Waits for the second factor.
    SecondFactor,
    /// Waits for the second factor to be set up.
    SetUpSecondFactor,
    /// Waits for a second factor to be set up in place of the one before, which is good until then.
    ReplaceSecondFactor,
    /// Signed in.
    Full,
}

/// Somebody's session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub account: AccountId,
    /// How far it has come.
    pub stage: Stage,
    /// When the password was given.
    pub signed_in: Timestamp,
    /// When whoever has it last showed by something they hold that it is they; never before it is whole.
    pub proved: Option<Timestamp>,
    /// Whether a passkey was used in it, to sign in or afterwards.
    pub by_passkey: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredSession {
    account: u64,
    stage: Stage,
    signed_in: Timestamp,
    last_used: Timestamp,
    /// When its holder last gave a second factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proved: Option<Timestamp>,
    /// As the credential was when the session began.
    single_handed: bool,
    /// The session at the council's sign-on that it follows from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    council: Option<ByCouncil>,
    /// What it is used on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device: Option<Device>,
    /// Whether its holder has used a passkey in it.
    #[serde(default)]
    by_passkey: bool,
}

impl StoredSession {
    /// One that begins now, as the credential is.
    fn begun(
        owner: AccountId,
        stage: Stage,
        credential: &Credential,
        council: Option<ByCouncil>,
        now: Timestamp,
    ) -> Self {
        Self {
            account: owner.bits(),
            stage,
            signed_in: now,
            last_used: now,
            proved: (stage == Stage::Full).then_some(now),
            single_handed: credential.single_handed,
            council,
            device: None,
            by_passkey: false,
        }
    }

    /// The same, of somebody who used a passkey.
    fn by_passkey(self) -> Self {
        Self { by_passkey: true, ..self }
    }
}

/// Whether a session was left alone for too long, or is too old.
fn is_over(signed_in: Timestamp, last_used: Timestamp, now: Timestamp) -> bool {
    let idle = now.duration_since(last_used);
    let age = now.duration_since(signed_in);
    // A session of a time to come would have no end until the clock has caught up with it.
    let is_to_come = idle < -CLOCK_BACK || age < -CLOCK_BACK;
    idle > IDLE || age > ABSOLUTE || is_to_come
}

#[derive(Serialize, Deserialize, Default)]
struct Credential {
    /// PHC string.
    password: Option<String>,
    /// Base 32.
    secret: Option<String>,
    /// Whether a code of the secret has been shown to work.
    secret_confirmed: bool,
    /// The time step of the last code taken: a code is good once.
    last_step: u64,
    /// Whether one person alone let somebody in, by an invitation or a reset: then it opens no account that takes two.
    #[serde(default)]
    single_handed: bool,
    /// Where the invitation that was taken up last stands in the register's log.
    #[serde(default)]
    invited: u64,
    /// Where the reset of the second factor that was carried out last stands.
    #[serde(default)]
    reset: u64,
}

impl Credential {
    /// Whether its second factor has been shown to work.
    const fn has_second_factor(&self) -> bool {
        self.secret.is_some() && self.secret_confirmed
    }

    /// Refuses what one person alone let somebody have for an account that takes two.
    fn opens(&self, account: &Account) -> Result<(), SignInRefused> {
        if self.single_handed && !account.is_check_only() { Err(SignInRefused::NotVouched) } else { Ok(()) }
    }

    /// Forgets the second factor: it is set up again at the next sign-in.
    fn forget_second_factor(&mut self) {
        self.secret = None;
        self.secret_confirmed = false;
    }
}

#[derive(Serialize, Deserialize)]
struct Invited {
    account: u64,
    /// The hash of the other half, where two people each gave one.
    #[serde(default)]
    other_half: Option<String>,
    /// Whether one person alone gave it.
    #[serde(default)]
    single_handed: bool,
    /// Where it stands in the register's log.
    #[serde(default)]
    position: u64,
}

#[derive(Serialize, Deserialize, Default)]
struct Attempts {
    at: Vec<Timestamp>,
}

fn totp(secret_base32: &str, account: &Account, issuer: &str) -> Option<Totp> {
    // The issuer and account name of an otpauth address may not hold a colon.
    let clean = |text: &str| text.replace(':', " ");
    let name = account.details.known().map(|details| clean(details.email.as_str()))?;
    totp_rs::Builder::new()
        .with_secret(Secret::try_from_base32(secret_base32).ok()?)
        .with_account_name(name)
        .with_issuer(Some(clean(issuer)))
        .build()
        .ok()
}

/// The secret of an authenticator app that is to be set up.
fn fresh_secret() -> String {
    Secret::from(random::<20>().to_vec()).to_base32()
}

/// The time step of a code that an app with this secret shows around `now`; nothing where it shows no such code.
fn step_of(secret: &str, account: &Account, code: &str, now: Timestamp) -> Option<u64> {
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    totp(secret, account, "").filter(|_| digits.len() == 6)?.check(&digits, seconds)
}

/// What tries at a password are counted under, wherever it is asked for.
fn tries_at_password(email: &str) -> String {
    format!("password {}", email.trim().to_lowercase())
}

/// What tries at the second factor of an account are counted under, whichever kind of code is tried.
fn tries_at_codes(account: AccountId) -> String {
    format!("code {account}")
}

/// What is kept of a secret that somebody else holds.
pub(crate) fn hashed(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

impl Service {
    /// Checks a mail address and password and opens a session that waits for the second factor.
    ///
    /// # Errors
    /// [`SignInRefused`], which does not tell an unknown address from a wrong password.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignIn, SignInRefused> {
        let whose = self.read(|register| register.account_by_email(email).map(|account| account.id));
        noted(By::Password, whose, self.sign_in_by_password(email, password).await)
    }

    async fn sign_in_by_password(&self, email: &str, password: &str) -> Result<SignIn, SignInRefused> {
        self.charge(&tries_at_password(email)).await?;
        let account = self.read(|register| {
            let is_somebodys = |it: &&Account| it.standing != Standing::Closed && !it.is_program();
            register.account_by_email(email).filter(is_somebodys).cloned()
        });
        let credential = match &account {
            Some(account) => self.credential(account.id).await?,
            None => Credential::default(),
        };
        if !password::fits(password, credential.password.clone()).await {
            return Err(SignInRefused::NotRight);
        }
        let account = account.ok_or(SignInRefused::NotRight)?;
        if account.standing != Standing::Open {
            return Err(SignInRefused::Suspended);
        }
        credential.opens(&account)?;
        self.forgive(&tries_at_password(email)).await?;
        Ok(self.open_half(&account, credential, None).await?)
    }

    /// Opens a session that waits for the second factor, or for it to be set up.
    async fn open_half(
        &self,
        account: &Account,
        credential: Credential,
        council: Option<ByCouncil>,
    ) -> Result<SignIn, Fault> {
        if credential.has_second_factor() {
            let token = self.open_session(account.id, Stage::SecondFactor, &credential, council).await?;
            return Ok(SignIn::SecondFactor(token));
        }
        let token = self.open_session(account.id, Stage::SetUpSecondFactor, &credential, council).await?;
        Ok(SignIn::SetUpSecondFactor(token, self.enrol(account, credential).await?))
    }

    /// The secret to set up for an account whose session waits for it; the same until it is confirmed.
    ///
    /// # Errors
    /// [`SignInRefused::Expired`] when the session is not one that waits for it.
    pub async fn enrolment(&self, token: &SessionToken) -> Result<Enrolment, SignInRefused> {
        let session = self.session(token.as_str()).await?.ok_or(SignInRefused::Expired)?;
        let account = self.open_account(session.account)?;
        match session.stage {
            Stage::SetUpSecondFactor => {
                let credential = self.credential(account.id).await?;
                Ok(self.enrol(&account, credential).await?)
            }
            Stage::ReplaceSecondFactor => Ok(self.replacement(&account, token).await?),
            Stage::SecondFactor | Stage::Full => Err(SignInRefused::Expired),
        }
    }

    async fn enrol(&self, account: &Account, mut credential: Credential) -> Result<Enrolment, Fault> {
        let secret = match credential.secret.clone() {
            Some(secret) => secret,
            None => {
                let secret = fresh_secret();
                credential.secret = Some(secret.clone());
                self.keep_credential(account.id, &credential).await?;
                secret
            }
        };
        self.enrolment_of(account, secret)
    }

    fn enrolment_of(&self, account: &Account, secret: String) -> Result<Enrolment, Fault> {
        let issuer = self.read(|register| {
            register.council().map_or_else(String::new, |council| council.register_name.as_str().to_owned())
        });
        let otpauth_uri = totp(&secret, account, &issuer)
            .and_then(|totp| totp.to_url().ok())
            .ok_or_else(|| Fault::because("no enrolment could be made"))?;
        Ok(Enrolment { secret_base32: secret, otpauth_uri })
    }

    /// Takes the code of the second factor and opens the whole session under a new token.
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn second_factor(
        &self,
        token: &SessionToken,
        code: &str,
    ) -> Result<SessionToken, SignInRefused> {
        self.take_code(token, Stage::SecondFactor, code).await
    }

    /// Takes the first code of a second factor that is being set up.
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn confirm_second_factor(
        &self,
        token: &SessionToken,
        code: &str,
    ) -> Result<SessionToken, SignInRefused> {
        let session = self.session(token.as_str()).await?.ok_or(SignInRefused::Expired)?;
        match session.stage {
            Stage::ReplaceSecondFactor => self.replace_second_factor(token, code).await,
            _ => self.take_code(token, Stage::SetUpSecondFactor, code).await,
        }
    }

    async fn take_code(
        &self,
        token: &SessionToken,
        stage: Stage,
        code: &str,
    ) -> Result<SessionToken, SignInRefused> {
        let session = self.half(token, stage).await?;
        let taken = self.take_step(session.account, code).await;
        let credential = noted(By::Code, Some(session.account), taken)?;
        let half =
            self.inner.shelf.take(&SESSION, &hashed(token.as_str())).await?.ok_or(SignInRefused::Expired)?;
        Ok(self.open_session(session.account, Stage::Full, &credential, half.council).await?)
    }

    /// Takes a code from whoever has signed in and is about to do something grave: it counts for [`FRESH`].
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn prove(&self, token: &str, code: &str) -> Result<(), SignInRefused> {
        let session = self.half(&SessionToken::from_cookie(token), Stage::Full).await?;
        noted(By::Proof, Some(session.account), self.take_step(session.account, code).await)?;
        self.proved_now(token, By::Code).await
    }

    /// Writes down that whoever has this session has just shown that it is they, and by what.
    async fn proved_now(&self, token: &str, by: By) -> Result<(), SignInRefused> {
        let now = self.now();
        for _ in 0..PROVED_AGAIN {
            let mut held =
                self.inner.shelf.held(&SESSION, &hashed(token)).await?.ok_or(SignInRefused::Expired)?;
            held.thing.proved = Some(now);
            held.thing.last_used = now;
            held.thing.by_passkey |= by == By::Passkey;
            if self.inner.shelf.put_back(&SESSION, held).await? {
                return Ok(());
            }
        }
        Err(SignInRefused::Expired)
    }

    /// Whether a proof given then still counts.
    #[must_use]
    pub fn is_fresh(&self, proved: Option<Timestamp>) -> bool {
        let age = proved.map(|proved| self.now().duration_since(proved));
        age.is_some_and(|age| age <= FRESH && age >= -CLOCK_BACK)
    }

    /// Takes a code of an account's authenticator app, once, and gives the credential as it then is.
    async fn take_step(&self, account: AccountId, code: &str) -> Result<Credential, SignInRefused> {
        let account = self.open_account(account)?;
        self.charge(&tries_at_codes(account.id)).await?;
        // One code at a time, so that two askings of the same code cannot both find it unused.
        let _one = self.inner.codes.lock().await;
        let mut credential = self.credential(account.id).await?;
        let step = credential
            .secret
            .as_deref()
            .and_then(|secret| step_of(secret, &account, code, self.now()))
            .filter(|step| *step > credential.last_step)
            .ok_or(SignInRefused::CodeNotRight)?;
        credential.last_step = step;
        credential.secret_confirmed = true;
        self.keep_credential(account.id, &credential).await?;
        self.forgive(&tries_at_codes(account.id)).await?;
        Ok(credential)
    }

    /// The session behind a token, if it is neither idle nor too old and its account is open. Where the store cannot be read, one that it was
    /// lately seen to hold.
    ///
    /// # Errors
    /// A fault; nobody is signed in by one.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, Fault> {
        let key = hashed(token);
        match self.stored_session(&key).await {
            Err(fault) if fault.is_outage() => Ok(self.session_from_memory(&key)),
            read => read,
        }
    }

    async fn stored_session(&self, key: &str) -> Result<Option<Session>, Fault> {
        let Some(mut held) = self.inner.shelf.held(&SESSION, key).await? else {
            self.inner.sessions.forget(key);
            return Ok(None);
        };
        self.heed_others().await?;
        let (now, stored) = (self.now(), &mut held.thing);
        let account = AccountId::from_bits(stored.account);
        if !self.may_go_on(account, stored.single_handed) || is_over(stored.signed_in, stored.last_used, now)
        {
            self.drop_session(key).await?;
            return Ok(None);
        }
        let StoredSession { stage, signed_in, proved, by_passkey, .. } = *stored;
        let session = Session { account, stage, signed_in, proved, by_passkey };
        self.inner.sessions.saw(key, session, stored, now);
        if now.duration_since(stored.last_used) > TOUCH {
            stored.last_used = now;
            // Whoever ended it meanwhile has ended it. That it was used now may go unwritten in an outage: a check goes on.
            match self.inner.shelf.put_back(&SESSION, held).await {
                Err(fault) if !fault.is_outage() => return Err(fault),
                Ok(_) | Err(_) => {}
            }
        }
        Ok(Some(session))
    }

    /// Whether an account's sessions go on. Roles may have grown since one began: then one person is not enough any more.
    fn may_go_on(&self, account: AccountId, single_handed: bool) -> bool {
        self.read(|register| {
            register.account(account).is_some_and(|account| {
                account.standing == Standing::Open && (!single_handed || account.is_check_only())
            })
        })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// A fault.
    pub async fn sign_out(&self, token: &str) -> Result<(), Fault> {
        self.drop_session(&hashed(token)).await
    }

    /// Ends the session of which this is kept.
    async fn drop_session(&self, key: &str) -> Result<(), Fault> {
        self.inner.sessions.forget(key);
        self.inner.shelf.drop(&SESSION, key).await
    }

    /// Ends every session of somebody.
    async fn end_all_sessions(&self, of: AccountId) -> Result<(), Fault> {
        self.inner.sessions.forget_all_of(of);
        self.inner.shelf.drop_owned(&SESSION, of).await
    }

    /// The code an authenticator app would show now, in a demonstration register only.
    pub async fn demonstration_code(&self, account: AccountId) -> Option<String> {
        if !self.is_demonstration() {
            return None;
        }
        let account = self.open_account(account).ok()?;
        let credential = self.credential(account.id).await.ok()?;
        let seconds = u64::try_from(self.now().as_second()).ok()?;
        // A code is good once: if the current one was used, the next one will be asked for, and is within the window.
        let seconds = seconds.max((credential.last_step + 1) * 30);
        Some(totp(credential.secret.as_deref()?, &account, "")?.generate(seconds).to_string())
    }

    /// Gives an account a password and a second factor at once, in a demonstration register only.
    ///
    /// # Errors
    /// A fault, also where the register is a real one.
    pub async fn demonstration_credential(
        &self,
        account: AccountId,
        password: &str,
        secret_base32: &str,
    ) -> Result<(), Fault> {
        if !self.is_demonstration() {
            return Err(Fault::because("this is not a demonstration register"));
        }
        let credential = Credential {
            password: password::hash(password).await,
            secret: Some(secret_base32.to_owned()),
            secret_confirmed: true,
            ..Credential::default()
        };
        self.keep_credential(account, &credential).await
    }

    /// Whether the holder of an account has ever chosen a password: without one nobody signs in.
    pub(crate) async fn has_password(&self, account: AccountId) -> Result<bool, Fault> {
        Ok(self.credential(account).await?.password.is_some())
    }

    async fn credential(&self, account: AccountId) -> Result<Credential, Fault> {
        Ok(self.inner.shelf.get(&CREDENTIAL, &account.to_string()).await?.unwrap_or_default())
    }

    async fn keep_credential(&self, account: AccountId, credential: &Credential) -> Result<(), Fault> {
        self.inner.shelf.put(&CREDENTIAL, &account.to_string(), Some(account), None, credential).await
    }

    async fn open_session(
        &self,
        owner: AccountId,
        stage: Stage,
        credential: &Credential,
        council: Option<ByCouncil>,
    ) -> Result<SessionToken, Fault> {
        self.keep_session(&StoredSession::begun(owner, stage, credential, council, self.now())).await
    }

    /// Opens a session under a new token.
    async fn keep_session(&self, session: &StoredSession) -> Result<SessionToken, Fault> {
        let token = SessionToken(URL_SAFE_NO_PAD.encode(random::<32>()));
        let (owner, until) = (AccountId::from_bits(session.account), session.signed_in + ABSOLUTE);
        self.inner.shelf.put(&SESSION, &hashed(token.as_str()), Some(owner), Some(until), session).await?;
        Ok(token)
    }

    /// The session of this token if it stands at `stage`.
    async fn half(&self, token: &SessionToken, stage: Stage) -> Result<Session, SignInRefused> {
        let session = self.session(token.as_str()).await?;
        session.filter(|session| session.stage == stage).ok_or(SignInRefused::Expired)
    }

    fn open_account(&self, id: AccountId) -> Result<Account, SignInRefused> {
        self.read(|register| {
            let may_sign_in = |it: &&Account| it.standing == Standing::Open && !it.is_program();
            register.account(id).filter(may_sign_in).cloned()
        })
        .ok_or(SignInRefused::NotRight)
    }

    /// Counts a try before it is looked at, so that tries made at once all count.
    pub(crate) async fn charge(&self, what: &str) -> Result<(), SignInRefused> {
        let key = hashed(what);
        let now = self.now();
        let _one = self.inner.attempts.lock().await;
        let mut attempts = self.inner.shelf.get(&ATTEMPTS, &key).await?.unwrap_or_default();
        attempts.at.retain(|at| now.duration_since(*at).abs() < TRIES_WINDOW);
        if attempts.at.len() >= TRIES {
            return Err(SignInRefused::TooMany);
        }
        attempts.at.push(now);
        self.inner.shelf.put(&ATTEMPTS, &key, None, Some(now + TRIES_WINDOW), &attempts).await?;
        Ok(())
    }

    async fn forgive(&self, what: &str) -> Result<(), Fault> {
        self.inner.shelf.drop(&ATTEMPTS, &hashed(what)).await
    }
}
