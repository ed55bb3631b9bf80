//! Passwords: kept as Argon2id hashes, chosen under few rules that matter, checked no faster for a name that does not exist.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use register::people::AccountDetails;
use register::policy::Council;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

/// Why a password was not taken (NCSC password guidance; ASVS 5.0 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Fewer characters than [`SHORTEST`].
    #[error("Choose a password of at least 12 characters. Three random words work well")]
    TooShort,
    /// More characters than [`LONGEST`].
    #[error("Choose a password of at most 128 characters")]
    TooLong,
    /// Among those tried first, or soon guessed from them.
    #[error(
        "Choose a password that is harder to guess: this one is among those tried first. Three random words work well"
    )]
    Common,
    /// Holds a name or mail address of its owner, or the name of the council or the register.
    #[error(
        "Choose a password that does not hold your name or email address, or the name of the council or the register"
    )]
    HoldsName,
    /// It could not be kept.
    #[error("The password could not be saved. Try again")]
    NotSaved,
}

/// Characters.
pub const SHORTEST: usize = 12;
/// Characters: enough for any passphrase, and bounded work.
pub const LONGEST: usize = 128;

/// The five thousand commonest passwords of [`SHORTEST`] characters and more, in small letters, of each the beginning of its SHA-256; made by
/// `script/common-passwords` from the list of SecLists.
const COMMON: &str = include_str!("common.txt");

/// As hard to guess as three random words are: more than a hundred million guesses (`zxcvbn`, 2016).
const HARD: Score = Score::Three;

/// What the program calls itself.
const PRODUCT: [&str; 2] = ["Personal Safety Register", "psr"];
/// Names shorter than this are parts of many words.
const SHORTEST_NAME: usize = 4;

/// The names around an account: its holder's, the council's, the register's.
pub(super) struct Names {
    /// As they are told apart from what is chosen beside them: small letters and digits.
    whole: Vec<String>,
    /// Whole and in words, for whoever reckons how hard a password is to guess.
    all: Vec<String>,
}

/// A text without whatever stands between its letters and digits.
fn joined(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Names {
    pub(super) fn around(owner: &AccountDetails, council: Option<&Council>) -> Self {
        let local = owner.email.as_str().split('@').next().unwrap_or_default();
        let councils = council.map(|council| [council.name.as_str(), council.register_name.as_str()]);
        let names: Vec<&str> = [local, owner.name.as_str()]
            .into_iter()
            .chain(councils.into_iter().flatten())
            .chain(PRODUCT)
            .collect();
        let whole: Vec<String> = names.iter().map(|name| joined(name)).collect();
        let words = names.iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).map(joined);
        let all = whole.iter().cloned().chain(words).filter(|name| !name.is_empty()).collect();
        Self { whole: whole.into_iter().filter(|name| name.chars().count() >= SHORTEST_NAME).collect(), all }
    }
}

fn is_common(password: &str) -> bool {
    let digest = Sha256::digest(password.to_lowercase());
    let begins: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    COMMON.lines().any(|common| common == begins)
}

/// Refuses what is too short, too long, holds a name or is soon guessed.
pub(super) fn acceptable(password: &str, names: &Names) -> Result<(), PasswordRefused> {
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(PasswordRefused::TooShort);
    }
    if count > LONGEST {
        return Err(PasswordRefused::TooLong);
    }
    let plain = joined(password);
    if names.whole.iter().any(|name| plain.contains(name)) {
        return Err(PasswordRefused::HoldsName);
    }
    if is_common(password) {
        return Err(PasswordRefused::Common);
    }
    // Whatever part of a name it holds counts for nothing.
    let known: Vec<&str> = names.all.iter().map(String::as_str).collect();
    let parts = known.iter().filter(|part| part.chars().count() >= SHORTEST_NAME);
    let rest = parts.fold(password.to_lowercase(), |rest, part| rest.replace(part, ""));
    if zxcvbn(&rest, &known).score() < HARD { Err(PasswordRefused::Common) } else { Ok(()) }
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
    use register::policy::Desk;

    fn names() -> Names {
        let text = |words| Text::new(words).expect("text");
        let desk =
            || Desk { name: text("Desk"), phone: text("01632 960101"), email: text("desk@example.org") };
        let owner =
            AccountDetails { name: text("Amy Dell"), email: text("adell77@example.org"), phone: None };
        let council = Council {
            name: text("Fenbridge Council"),
            register_name: text("Lone Worker Register"),
            address: vec![text("Fen House")],
            duty_desk: desk(),
            appeals_desk: desk(),
            data_protection_desk: desk(),
        };
        Names::around(&owner, Some(&council))
    }

    #[test]
    fn three_random_words_are_taken_with_or_without_spaces_and_so_is_whatever_is_as_hard_and_long() {
        let random = "q7Vd-Lw2x_Tz9mKp4RbN8cYh";
        for taken in
            ["kettle orbit thimble", "coffeetrainfish", "naïve žluťoučký kůň", random, &random.repeat(3)]
        {
            assert_eq!(acceptable(taken, &names()), Ok(()), "{taken}");
        }
        // Neither capitals nor digits nor signs are asked for, and 64 characters and twice as many are no hindrance.
        let words = "kettle orbit thimble marmalade lantern gravel otter pewter saddle";
        for many in [64, LONGEST] {
            let long: String = words.chars().cycle().take(many).collect();
            assert_eq!(acceptable(&long, &names()), Ok(()), "{many}");
        }
        assert_eq!(acceptable(&"long".repeat(40), &names()), Err(PasswordRefused::TooLong));
    }

    #[test]
    fn passwords_that_are_tried_first_are_not_taken_however_they_are_dressed_up() {
        assert_eq!(acceptable("short", &names()), Err(PasswordRefused::TooShort));
        for common in [
            "Password12345",
            "password1234",
            "passwordpassword",
            "P@ssw0rd123456",
            "123456789012",
            "qwertyuiop[]",
            "1q2w3e4r5t6y7u8i",
            "iloveyou1234",
            "administrator1",
            "liverpool1892",
            "manchesterunited",
            "Welcome123456",
            "letmeinletmein",
            "christmas2026",
            "aaaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "summersummer1",
            "trustno1trustno1",
        ] {
            assert_eq!(acceptable(common, &names()), Err(PasswordRefused::Common), "{common}");
        }
    }

    #[test]
    fn the_five_thousand_commonest_passwords_are_not_taken_even_where_they_look_hard() {
        let many: std::collections::BTreeSet<&str> = COMMON.lines().collect();
        assert!(many.len() == 5_000 && many.iter().all(|digits| digits.len() == 16));
        for common in ["showmethemoney", "Seniseviyorum", "AVADAKEDAVRA"] {
            assert!(zxcvbn(common, &[]).score() >= HARD, "{common} looks hard");
            assert_eq!(acceptable(common, &names()), Err(PasswordRefused::Common), "{common}");
        }
    }

    #[test]
    fn a_password_holds_no_name_of_its_owner_the_council_or_the_register_and_no_part_of_one_makes_it_harder()
    {
        for holds in [
            "I am Amy Dell ok",
            "ADell77-marmalade",
            "fenbridge-COUNCIL kettle",
            "lone worker register 9",
            "PersonalSafetyRegister!",
        ] {
            assert_eq!(acceptable(holds, &names()), Err(PasswordRefused::HoldsName), "{holds}");
        }
        for part in
            ["Fenbridge2026", "fenbridgefenbridge", "worker-register", "PSR-safety-psr", "register2026!"]
        {
            assert_eq!(acceptable(part, &names()), Err(PasswordRefused::Common), "{part}");
        }
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only_and_an_unknown_name_fits_nothing() {
        let hash = hash("kettle orbit thimble").await;
        assert!(fits("kettle orbit thimble", hash.clone()).await);
        for almost in [
            "kettle orbit thimbles",
            "Kettle orbit thimble",
            "kettle orbit thimble ",
            " kettle orbit thimble",
            "kettle orbit thimb",
            "",
        ] {
            assert!(!fits(almost, hash.clone()).await, "{almost:?}");
        }
        assert!(!fits("nobody signs in with this", None).await);
    }

    #[tokio::test]
    async fn of_the_longest_password_every_character_counts() {
        let longest = "kettle orbit thimble ".chars().cycle().take(LONGEST).collect::<String>();
        let hash = hash(&longest).await;
        assert!(fits(&longest, hash.clone()).await);
        for other in [
            format!("{longest}x"),
            format!("{}x", &longest[..LONGEST - 1]),
            longest[..LONGEST - 1].to_owned(),
        ] {
            assert!(!fits(&other, hash.clone()).await, "{other}");
        }
    }
}
