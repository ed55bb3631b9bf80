//! A password that its holder changes, with the present one: no way in for whoever sits down at a screen that was left.

use super::noted::{By, noted};
use super::{SessionToken, SignInRefused, Stage, password, tries_at_password};
use crate::Service;
use register::ids::AccountId;

impl Service {
    /// Changes the password of whoever has this session and gives the present one; every other session of theirs ends.
    ///
    /// Tries count as those of signing in do: by neither page can somebody go on guessing when the other has stopped them.
    ///
    /// # Errors
    /// [`SignInRefused`]: [`SignInRefused::NotRight`] where the present password is not right.
    pub async fn change_password(&self, token: &str, present: &str, new: &str) -> Result<(), SignInRefused> {
        let account = self.half(&SessionToken::from_cookie(token), Stage::Full).await?.account;
        password::acceptable(new, &self.names(account)?)?;
        noted(By::Change, Some(account), self.knows_password(account, present).await)?;
        self.keep_password(account, new, |_| ()).await?;
        self.end_other_sessions(account, token).await?;
        Ok(())
    }

    async fn knows_password(&self, account: AccountId, password: &str) -> Result<(), SignInRefused> {
        let account = self.open_account(account)?;
        let email = account.details.known().map(|details| details.email.as_str());
        let tries = tries_at_password(email.unwrap_or_default());
        self.charge(&tries).await?;
        if !password::fits(password, self.credential(account.id).await?.password).await {
            return Err(SignInRefused::NotRight);
        }
        Ok(self.forgive(&tries).await?)
    }
}
