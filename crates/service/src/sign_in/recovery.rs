//! Recovery codes: made by whoever has a second factor, for the day on which it is lost. Each is good once.
//!
//! How far one leads depends on the account. One that asks and tells alone is signed in. Any other goes on to set up its second factor
//! anew and is nowhere before that; until then everything it had stays good, so that a code that is used and left opens nothing.

use super::noted::{By, noted};
use super::{
    Credential, Enrolment, SESSION, SessionToken, SignInRefused, Stage, StoredSession, fresh_secret, hashed,
    step_of, tries_at_codes,
};
use crate::fault::Fault;
use crate::{Service, random, shelf};
use jiff::Timestamp;
use register::ids::AccountId;
use register::people::Account;
use serde::{Deserialize, Serialize};
use totp_rs::Secret;

const RECOVERY: shelf::Kind<Kept> = shelf::Kind::new("recovery-codes");
/// Under the name of the session that sets it up: the secret that takes the place of the one before.
const REPLACEMENT: shelf::Kind<String> = shelf::Kind::new("second-factor-replacement");

/// How many are made at once.
pub const RECOVERY_CODES: usize = 10;
/// So long that a plain hash keeps them (ASVS 5.0 6.5.2 asks for 112 bits); as text, six groups of four.
const BYTES: usize = 15;

/// The codes of an account as they are kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    made: Timestamp,
    hashes: Vec<String>,
}

/// What somebody still has of the codes they made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryCodes {
    /// Since when.
    pub made: Timestamp,
    /// How many are good.
    pub left: usize,
}

/// What comes after a right recovery code.
#[derive(Debug)]
pub enum Recovered {
    /// They are signed in.
    SignedIn(SessionToken),
    /// The second factor is set up anew next.
    ReplaceSecondFactor(SessionToken),
}

/// A code as it is shown: in groups of four, of letters and of digits that look like none.
fn shown(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is kept of a code, however it was typed.
fn kept(account: AccountId, code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric).map(|letter| match letter {
        '0' => 'O',
        '1' => 'I',
        '8' => 'B',
        other => other.to_ascii_uppercase(),
    });
    hashed(&format!("{account} {}", letters.collect::<String>()))
}

impl Service {
    /// Makes a new set of codes for whoever has this session; those before are good no more. They are not to be had a second time.
    ///
    /// # Errors
    /// [`SignInRefused::Expired`] when the session is over.
    pub async fn make_recovery_codes(&self, token: &str) -> Result<Vec<String>, SignInRefused> {
        let _one = self.inner.codes.lock().await;
        // Behind the lock: whatever forgets the codes of an account has ended its sessions.
        let account = self.half(&SessionToken::from_cookie(token), Stage::Full).await?.account;
        let codes: [String; RECOVERY_CODES] =
            std::array::from_fn(|_| shown(&Secret::from(random::<BYTES>().to_vec()).to_base32()));
        let set = Kept { made: self.now(), hashes: codes.iter().map(|code| kept(account, code)).collect() };
        self.inner.shelf.put(&RECOVERY, &account.to_string(), Some(account), None, &set).await?;
        Ok(codes.into())
    }

    /// What is left of the codes of an account; nothing where it has none.
    ///
    /// # Errors
    /// A fault.
    pub async fn recovery_codes(&self, account: AccountId) -> Result<Option<RecoveryCodes>, Fault> {
        let set = self.inner.shelf.get(&RECOVERY, &account.to_string()).await?;
        Ok(set.map(|set| RecoveryCodes { made: set.made, left: set.hashes.len() }))
    }

    /// Takes a recovery code in place of the second factor.
    ///
    /// # Errors
    /// [`SignInRefused`].
    pub async fn recover(&self, token: &SessionToken, code: &str) -> Result<Recovered, SignInRefused> {
        let account = self.half(token, Stage::SecondFactor).await?.account;
        noted(By::RecoveryCode, Some(account), self.take_recovery_code(account, token, code).await)
    }

    async fn take_recovery_code(
        &self,
        account: AccountId,
        token: &SessionToken,
        code: &str,
    ) -> Result<Recovered, SignInRefused> {
        let account = self.open_account(account)?;
        self.charge(&tries_at_codes(account.id)).await?;
        let _one = self.inner.codes.lock().await;
        let set = self.inner.shelf.held(&RECOVERY, &account.id.to_string()).await?;
        let mut set = set.ok_or(SignInRefused::RecoveryCodeNotRight)?;
        let sent = kept(account.id, code);
        let place = set.thing.hashes.iter().position(|hash| *hash == sent);
        set.thing.hashes.remove(place.ok_or(SignInRefused::RecoveryCodeNotRight)?);
        // First: two codes at once for one sign-in use up one of them.
        let half = self.inner.shelf.take(&SESSION, &hashed(token.as_str())).await?;
        let half = half.ok_or(SignInRefused::Expired)?;
        // Whoever used or forgot it meanwhile, in another process, has done so.
        if !self.inner.shelf.put_back(&RECOVERY, set).await? {
            return Err(SignInRefused::Expired);
        }
        self.forgive(&tries_at_codes(account.id)).await?;
        Ok(self.recovered(&account, half).await?)
    }

    async fn recovered(&self, account: &Account, half: StoredSession) -> Result<Recovered, Fault> {
        let credential = self.credential(account.id).await?;
        if account.is_check_only() {
            let mut whole =
                StoredSession::begun(account.id, Stage::Full, &credential, half.council, self.now());
            // It lets in, and shows nothing more: neither before a grave act, nor once the account has roles that do more.
            whole.proved = None;
            whole.single_handed = true;
            return Ok(Recovered::SignedIn(self.keep_session(&whole).await?));
        }
        let stage = Stage::ReplaceSecondFactor;
        Ok(Recovered::ReplaceSecondFactor(
            self.open_session(account.id, stage, &credential, half.council).await?,
        ))
    }

    /// What an authenticator app is given that takes the place of the one before: the same within one session, and of no other.
    pub(super) async fn replacement(
        &self,
        account: &Account,
        token: &SessionToken,
    ) -> Result<Enrolment, Fault> {
        let (shelf, key) = (&self.inner.shelf, hashed(token.as_str()));
        let _one = self.inner.codes.lock().await;
        let secret = match shelf.get(&REPLACEMENT, &key).await? {
            Some(secret) => secret,
            None => {
                let (secret, until) = (fresh_secret(), self.now() + super::ABSOLUTE);
                shelf.put(&REPLACEMENT, &key, Some(account.id), Some(until), &secret).await?;
                secret
            }
        };
        self.enrolment_of(account, secret)
    }

    /// Takes the first code of an app that takes the place of the one before. With that, everything that was good before is over: the old
    /// app, passkeys, the other recovery codes and every other session.
    pub(super) async fn replace_second_factor(
        &self,
        token: &SessionToken,
        code: &str,
    ) -> Result<SessionToken, SignInRefused> {
        let session = self.half(token, Stage::ReplaceSecondFactor).await?;
        let account = self.open_account(session.account)?;
        self.charge(&tries_at_codes(account.id)).await?;
        let (shelf, key) = (&self.inner.shelf, hashed(token.as_str()));
        let _one = self.inner.codes.lock().await;
        let secret = shelf.get(&REPLACEMENT, &key).await?.ok_or(SignInRefused::Expired)?;
        let step = step_of(&secret, &account, code, self.now()).ok_or(SignInRefused::CodeNotRight)?;
        let half = shelf.take(&SESSION, &key).await?.ok_or(SignInRefused::Expired)?;
        let mut credential: Credential = self.credential(account.id).await?;
        credential.secret = Some(secret);
        credential.secret_confirmed = true;
        credential.last_step = step;
        self.keep_credential(account.id, &credential).await?;
        self.forget_beside_app(account.id).await?;
        self.end_all_sessions(account.id).await?;
        self.forgive(&tries_at_codes(account.id)).await?;
        Ok(self.open_session(account.id, Stage::Full, &credential, half.council).await?)
    }

    /// Forgets everything of an account that stands beside its authenticator app: passkeys, recovery codes, an app that was to replace it.
    pub(super) async fn forget_beside_app(&self, account: AccountId) -> Result<(), Fault> {
        self.drop_passkeys(account).await?;
        self.inner.shelf.drop_owned(&RECOVERY, account).await?;
        self.inner.shelf.drop_owned(&REPLACEMENT, account).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed_and_another_for_everybody_else() {
        let (one, other) = (AccountId::from_bits(1), AccountId::from_bits(2));
        let code = shown("ABIO2345GHIJKLMNOPQRSTUV");
        assert_eq!(code, "ABIO-2345-GHIJ-KLMN-OPQR-STUV");
        for typed in
            ["abio2345ghijklmnopqrstuv", " ABIO 2345 GHIJ KLMN OPQR STUV ", "A81O–2345-GH1J-KLMN-0PQR-STUV"]
        {
            assert_eq!(kept(one, typed), kept(one, &code), "{typed}");
        }
        assert_ne!(kept(one, &code), kept(other, &code));
        assert_ne!(kept(one, &code), kept(one, "ABIO-2345-GHIJ-KLMN-OPQR-STUW"));
    }
}
