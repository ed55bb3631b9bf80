//! Passkeys of an account: made by somebody who has signed in, and then good for signing in, for the second step, and before a grave act.

use super::council::ByCouncil;
use super::noted::{By, noted};
use super::{Credential, SESSION, SessionToken, SignInRefused, Stage, StoredSession, hashed};
use crate::fault::Fault;
use crate::{Service, random, shelf};
use jiff::{SignedDuration, Timestamp};
use passkey::{Askings, Key, LIFE, Lie, Making, Signing, Site, from_text, to_text};
use register::ids::AccountId;
use register::people::{Account, Standing};
use serde::{Deserialize, Serialize};

const PASSKEY: shelf::Kind<Kept> = shelf::Kind::new("passkey");
const ANSWERED: shelf::Kind<bool> = shelf::Kind::new("passkey-asking");
const SECRET: shelf::Kind<Secret> = shelf::Kind::new("passkey-secret");

/// The most that one account has.
pub const MOST_PASSKEYS: usize = 10;
/// As good as for ever: made anew, it voids what is asked of devices at that moment and nothing else.
const SECRET_LIFE: SignedDuration = SignedDuration::from_hours(24 * 365 * 20);

/// With what askings are told from those of others; the same for all who serve this register.
#[derive(Serialize, Deserialize, Default)]
struct Secret(String);

/// A passkey as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    account: u64,
    /// What its device calls it.
    id: String,
    /// What its holder calls it.
    name: String,
    key: String,
    count: u32,
    added: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    used: Option<Timestamp>,
}

/// A passkey as its holder is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What its device calls it, as browsers write that.
    pub id: String,
    /// What its holder calls it.
    pub name: String,
    /// Since when.
    pub added: Timestamp,
    /// When it was used last.
    pub used: Option<Timestamp>,
}

/// What a device is asked for.
#[derive(Debug, Clone, Copy)]
pub enum AskedFor<'a> {
    /// To sign in, whoever it is.
    SignIn,
    /// Something within this session, whole or half.
    Session(&'a str),
}

impl AskedFor<'_> {
    fn purpose(self) -> String {
        match self {
            AskedFor::SignIn => "sign in".to_owned(),
            AskedFor::Session(token) => format!("session {}", hashed(token)),
        }
    }
}

/// What a browser says of a key that somebody used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// What the device calls the key.
    pub id: String,
    /// What the browser collected.
    pub client: Vec<u8>,
    /// What the device said.
    pub device: Vec<u8>,
    /// Signed by the key.
    pub signature: Vec<u8>,
}

/// Why a passkey was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyRefused {
    /// What the browser says is not believed.
    #[error("The passkey could not be checked. Try again")]
    NotBelieved,
    /// It is kept already.
    #[error("This passkey is kept already")]
    Known,
    /// There are enough.
    #[error("You have ten passkeys. Remove one that you no longer use")]
    Enough,
    /// Our own fault.
    #[error("The passkey could not be saved. Try again shortly ({0})")]
    Fault(Fault),
}

impl From<Fault> for PasskeyRefused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Service {
    /// Fresh bytes for a device to sign, good for one purpose, once, and for five minutes.
    ///
    /// # Errors
    /// A fault.
    pub async fn passkey_asking(&self, asked_for: AskedFor<'_>) -> Result<String, Fault> {
        Ok(self.askings().await?.make(&asked_for.purpose(), random(), self.now()))
    }

    /// Keeps a key that somebody who has signed in just made.
    ///
    /// # Errors
    /// [`PasskeyRefused`].
    pub async fn keep_passkey(
        &self,
        site: &Site,
        account: AccountId,
        token: &str,
        name: &str,
        making: Making<'_>,
    ) -> Result<(), PasskeyRefused> {
        let mut asking = None;
        let askings = self.askings().await?;
        let purpose = AskedFor::Session(token).purpose();
        let now = self.now();
        let made = site.made(making, |asked| {
            asking = Some(asked.to_owned());
            askings.is_ours(asked, &purpose, now)
        });
        let made = made.map_err(|lie| {
            tracing::warn!(%account, %lie, "a passkey was not kept");
            PasskeyRefused::NotBelieved
        })?;
        if !self.answers_once(asking.as_deref()).await? {
            return Err(PasskeyRefused::NotBelieved);
        }
        let _one = self.inner.codes.lock().await;
        if self.inner.shelf.owned(&PASSKEY, account).await?.len() >= MOST_PASSKEYS {
            return Err(PasskeyRefused::Enough);
        }
        let id = to_text(&made.id);
        if self.inner.shelf.get(&PASSKEY, &hashed(&id)).await?.is_some() {
            return Err(PasskeyRefused::Known);
        }
        let kept = Kept {
            account: account.bits(),
            id: id.clone(),
            name: name.to_owned(),
            key: made.key.to_words(),
            count: made.count,
            added: now,
            used: None,
        };
        Ok(self.inner.shelf.put(&PASSKEY, &hashed(&id), Some(account), None, &kept).await?)
    }

    /// Every passkey of an account, the newest first.
    ///
    /// # Errors
    /// A fault.
    pub async fn passkeys(&self, account: AccountId) -> Result<Vec<Passkey>, Fault> {
        let held = self.inner.shelf.all_owned(&PASSKEY, account).await?;
        let mut passkeys: Vec<Passkey> = held
            .into_iter()
            .map(|held| {
                let Kept { id, name, added, used, .. } = held.thing;
                Passkey { id, name, added, used }
            })
            .collect();
        passkeys.sort_by(|one, other| (other.added, &other.id).cmp(&(one.added, &one.id)));
        Ok(passkeys)
    }

    /// Forgets a passkey of an account; says whether there was one.
    ///
    /// # Errors
    /// A fault.
    pub async fn drop_passkey(&self, account: AccountId, id: &str) -> Result<bool, Fault> {
        let key = hashed(id);
        let own =
            self.inner.shelf.get(&PASSKEY, &key).await?.is_some_and(|kept| kept.account == account.bits());
        if own {
            self.inner.shelf.drop(&PASSKEY, &key).await?;
        }
        Ok(own)
    }

    /// Forgets every passkey of an account.
    pub(super) async fn drop_passkeys(&self, account: AccountId) -> Result<(), Fault> {
        self.inner.shelf.drop_owned(&PASSKEY, account).await
    }

    /// Opens a whole session for whoever holds a passkey: the device recognised them, so that it is what they have and who they are.
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn sign_in_by_passkey(&self, site: &Site, used: &Used) -> Result<SessionToken, SignInRefused> {
        let kept = self.inner.shelf.get(&PASSKEY, &hashed(&used.id)).await?;
        let whose = kept.map(|kept| AccountId::from_bits(kept.account));
        noted(By::Passkey, whose, self.let_in_by_passkey(site, used).await)
    }

    async fn let_in_by_passkey(&self, site: &Site, used: &Used) -> Result<SessionToken, SignInRefused> {
        let account = self.uses(site, AskedFor::SignIn, used, None).await?;
        let account = self.holder_of(account)?;
        let credential = self.credential(account.id).await?;
        credential.opens(&account)?;
        Ok(self.open_by_passkey(account.id, &credential, None).await?)
    }

    /// Opens a whole session of somebody who has just used a passkey.
    async fn open_by_passkey(
        &self,
        owner: AccountId,
        credential: &Credential,
        council: Option<ByCouncil>,
    ) -> Result<SessionToken, Fault> {
        let session = StoredSession::begun(owner, Stage::Full, credential, council, self.now());
        self.keep_session(&session.by_passkey()).await
    }

    /// Takes a passkey for the second step of a sign-in.
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn second_factor_by_passkey(
        &self,
        site: &Site,
        token: &SessionToken,
        used: &Used,
    ) -> Result<SessionToken, SignInRefused> {
        let session = self.half(token, Stage::SecondFactor).await?;
        let asked_for = AskedFor::Session(token.as_str());
        let uses = self.uses(site, asked_for, used, Some(session.account)).await;
        noted(By::Passkey, Some(session.account), uses)?;
        let credential: Credential = self.credential(session.account).await?;
        let half = self.inner.shelf.take(&SESSION, &hashed(token.as_str())).await?;
        let half = half.ok_or(SignInRefused::Expired)?;
        Ok(self.open_by_passkey(session.account, &credential, half.council).await?)
    }

    /// Takes a passkey from whoever has signed in and is about to do something grave.
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn prove_by_passkey(&self, site: &Site, token: &str, used: &Used) -> Result<(), SignInRefused> {
        let session = self.half(&SessionToken::from_cookie(token), Stage::Full).await?;
        let uses = self.uses(site, AskedFor::Session(token), used, Some(session.account)).await;
        noted(By::Proof, Some(session.account), uses)?;
        self.proved_now(token, By::Passkey).await
    }

    /// Whose key signed an asking, once.
    async fn uses(
        &self,
        site: &Site,
        asked_for: AskedFor<'_>,
        used: &Used,
        whose: Option<AccountId>,
    ) -> Result<AccountId, SignInRefused> {
        let (askings, purpose, now) = (self.askings().await?, asked_for.purpose(), self.now());
        let _one = self.inner.codes.lock().await;
        let key = hashed(&used.id);
        let held = self.inner.shelf.held(&PASSKEY, &key).await?;
        let mut held = held.ok_or(SignInRefused::PasskeyNotRight)?;
        let account = AccountId::from_bits(held.thing.account);
        if whose.is_some_and(|whose| whose != account) {
            return Err(SignInRefused::PasskeyNotRight);
        }
        let public =
            Key::from_words(&held.thing.key).ok_or_else(|| Fault::because("a passkey is garbled"))?;
        let mut asking = None;
        let signing = Signing { client: &used.client, device: &used.device, signature: &used.signature };
        let signed = site.signed(&public, held.thing.count, signing, |asked| {
            asking = Some(asked.to_owned());
            askings.is_ours(asked, &purpose, now)
        });
        held.thing.count = signed.map_err(|lie: Lie| {
            tracing::warn!(%account, %lie, "a passkey was not believed");
            SignInRefused::PasskeyNotRight
        })?;
        if !self.answers_once(asking.as_deref()).await? {
            return Err(SignInRefused::PasskeyNotRight);
        }
        held.thing.used = Some(now);
        // Whoever forgot it meanwhile has forgotten it.
        if self.inner.shelf.put_back(&PASSKEY, held).await? {
            Ok(account)
        } else {
            Err(SignInRefused::PasskeyNotRight)
        }
    }

    /// Whether this asking is answered for the first time. Only what was signed comes here, so that nobody else fills the shelf.
    async fn answers_once(&self, asking: Option<&str>) -> Result<bool, Fault> {
        let Some(asking) = asking else { return Ok(false) };
        let (key, until) = (hashed(asking), self.now() + LIFE + LIFE);
        let before =
            self.inner.shelf.revise(&ANSWERED, &key, until, |answered| std::mem::replace(answered, true));
        Ok(!before.await?)
    }

    fn holder_of(&self, account: AccountId) -> Result<Account, SignInRefused> {
        let account = self.read(|register| register.account(account).cloned());
        let account = account.filter(|account| account.standing != Standing::Closed);
        let account = account.ok_or(SignInRefused::PasskeyNotRight)?;
        if account.standing == Standing::Open { Ok(account) } else { Err(SignInRefused::Suspended) }
    }

    async fn askings(&self) -> Result<&Askings, Fault> {
        self.inner
            .askings
            .get_or_try_init(|| async {
                let fresh = to_text(&random::<32>());
                let until = self.now() + SECRET_LIFE;
                let kept = self.inner.shelf.revise(&SECRET, "askings", until, |secret| {
                    if secret.0.is_empty() {
                        secret.0.clone_from(&fresh);
                    }
                    secret.0.clone()
                });
                let secret = from_text(&kept.await?).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
                let secret = secret.ok_or_else(|| Fault::because("the secret of askings is garbled"))?;
                Ok(Askings::under(&secret))
            })
            .await
    }
}
