//! Passwords: kept as Argon2id hashes, chosen under few rules that matter, checked no faster for a name that does not exist.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use register::people::AccountDetails;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Why a password was not taken (NCSC password guidance; ASVS 5.0 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Fewer characters than [`SHORTEST`].
    #[error("Choose a password of at least 12 characters. Three random words work well")]
    TooShort,
    /// More characters than [`LONGEST`].
    #[error("Choose a password of at most 128 characters")]
    TooLong,
    /// On the list of those tried first.
    #[error("Choose a password that is harder to guess: this one is among those tried first")]
    Common,
    /// Holds the name or mail address.
    #[error("Choose a password that does not hold your name or email address")]
    AboutYou,
    /// It could not be kept.
    #[error("The password could not be saved. Try again")]
    NotSaved,
}

/// Characters.
pub const SHORTEST: usize = 12;
/// Characters: enough for any passphrase, and bounded work.
pub const LONGEST: usize = 128;

/// Words that passwords of twelve characters and more are made of when people do not think: one of them and a short rest is
/// guessed at once.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "letmein",
    "welcome",
    "qwerty",
    "qwertyuiop",
    "1234567890",
    "iloveyou",
    "administrator",
    "football",
    "liverpool",
    "arsenal",
    "chelsea",
    "council",
    "personalsafety",
    "register",
    "changeme",
    "summer",
    "winter",
    "autumn",
    "spring",
    "monday",
    "abcdefgh",
    "1q2w3e4r",
    "sunshine",
    "princess",
    "dragon",
    "master",
    "christmas",
];

/// How many characters must be left once a common word is taken out.
const REST: usize = 8;

/// Refuses what is too short, too long, common or about its owner.
pub(super) fn acceptable(password: &str, owner: &AccountDetails) -> Result<(), PasswordRefused> {
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(PasswordRefused::TooShort);
    }
    if count > LONGEST {
        return Err(PasswordRefused::TooLong);
    }
    let lower = password.to_lowercase();
    let rest = COMMON.iter().fold(lower.clone(), |rest, word| rest.replace(word, ""));
    let distinct: std::collections::BTreeSet<char> = lower.chars().collect();
    if (rest != lower && rest.chars().count() < REST) || distinct.len() < 5 {
        return Err(PasswordRefused::Common);
    }
    let local = owner.email.as_str().split('@').next().unwrap_or_default().to_lowercase();
    let name = owner.name.as_str().to_lowercase().replace(' ', "");
    let joined = lower.replace(' ', "");
    if [local, name].iter().any(|own| own.chars().count() >= 4 && joined.contains(own.as_str())) {
        return Err(PasswordRefused::AboutYou);
    }
    Ok(())
}

/// Two at a time: a morning's sign-ins must not take the processors from the checks.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash that no password fits, so that an unknown name costs the same time.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody signs in with this"));

fn hash_now(password: &str) -> Option<String> {
    let hash = Argon2::default().hash_password(password.as_bytes()).ok()?;
    Some(hash.to_string())
}

/// The Argon2id hash of a password in PHC form, or `None` when the machine has no randomness or thread to give.
pub(super) async fn hash(password: &str) -> Option<String> {
    let password = password.to_owned();
    let _one = AT_ONCE.acquire().await.ok()?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await.ok()?
}

/// Whether a password fits a hash. With no hash, the same work and `false`.
pub(super) async fn fits(password: &str, hash: Option<String>) -> bool {
    let password: String = password.chars().take(LONGEST + 1).collect();
    let Ok(_one) = AT_ONCE.acquire().await else { return false };
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let Some(hash) = hash.or_else(|| NOBODY.clone()) else { return false };
        Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok() && known
    })
    .await
    .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use register::personal::Text;

    fn owner() -> AccountDetails {
        AccountDetails {
            name: Text::new("Amy Dell").expect("text"),
            email: Text::new("amy.dell@example.org").expect("text"),
            phone: None,
        }
    }

    #[test]
    fn three_random_words_are_taken() {
        assert_eq!(acceptable("kettle orbit thimble", &owner()), Ok(()));
    }

    #[test]
    fn short_common_and_personal_passwords_are_not() {
        assert_eq!(acceptable("short", &owner()), Err(PasswordRefused::TooShort));
        assert_eq!(acceptable("Password12345", &owner()), Err(PasswordRefused::Common));
        assert_eq!(acceptable("aaaaaaaaaaaaaaaa", &owner()), Err(PasswordRefused::Common));
        assert_eq!(acceptable("I am Amy Dell ok", &owner()), Err(PasswordRefused::AboutYou));
        assert_eq!(acceptable(&"long".repeat(40), &owner()), Err(PasswordRefused::TooLong));
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only_and_an_unknown_name_fits_nothing() {
        let hash = hash("kettle orbit thimble").await;
        assert!(fits("kettle orbit thimble", hash.clone()).await);
        assert!(!fits("kettle orbit thimbles", hash).await);
        assert!(!fits("nobody signs in with this", None).await);
    }
}
