//! The key card: the one thing beside the archives that a restore takes. It is printed once and kept by people.

use ledger::checkpoint::Verifiers;
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

const SECRET: &str = "AGE-SECRET-KEY-";
const VERIFIER: &str = "# verifier: ";

/// To whom archives are encrypted. It opens none.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(age::x25519::Recipient);

/// A text is not a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a recipient begins with age1, as psr backup key prints it")]
pub struct NotARecipient;

impl Recipient {
    pub(crate) fn as_age(&self) -> &dyn age::Recipient {
        &self.0
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Recipient {
    type Err = NotARecipient;

    fn from_str(text: &str) -> Result<Self, NotARecipient> {
        text.trim().parse().map(Self).map_err(|_| NotARecipient)
    }
}

/// What opens archives, and what proves whose they are.
#[derive(Clone)]
pub struct Card {
    identity: age::x25519::Identity,
    verifiers: Option<Verifiers>,
}

/// A text is not a key card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACard {
    /// Not exactly one line of it is a secret key.
    #[error("a key card has one line that begins with AGE-SECRET-KEY-1, as psr backup key printed it")]
    Secret,
    /// The lines that prove whose archives they are were not typed as they were printed.
    #[error("the lines of the card that begin with \u{201c}# verifier:\u{201d} are not as they were printed")]
    Verifiers,
}

impl Card {
    /// Draws a new key, for the archives of the register with these verifier keys.
    #[must_use]
    pub fn draw(verifiers: Verifiers) -> Self {
        Self { identity: age::x25519::Identity::generate(), verifiers: Some(verifiers) }
    }

    /// To whom archives are encrypted that it opens.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(self.identity.to_public())
    }

    /// Whose archives they must be, where the card says so.
    #[must_use]
    pub const fn verifiers(&self) -> Option<&Verifiers> {
        self.verifiers.as_ref()
    }

    pub(crate) fn identity(&self) -> &dyn age::Identity {
        &self.identity
    }

    /// The lines that a card consists of.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        use age::secrecy::ExposeSecret as _;
        let mut text = Zeroizing::new(String::with_capacity(1_024));
        text.extend(["# recipient: ", &self.recipient().to_string(), "\n"]);
        let verifiers = self.verifiers.as_ref().map(Verifiers::to_string).unwrap_or_default();
        for line in verifiers.lines().filter(|line| !line.is_empty()) {
            text.extend([VERIFIER, line, "\n"]);
        }
        text.extend([self.identity.to_string().expose_secret(), "\n"]);
        text
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Card({}, …)", self.recipient())
    }
}

impl FromStr for Card {
    type Err = NotACard;

    fn from_str(text: &str) -> Result<Self, NotACard> {
        let mut secrets = text.lines().map(str::trim).filter(|line| line.starts_with(SECRET));
        let identity = match (secrets.next(), secrets.next()) {
            (Some(secret), None) => secret.parse().map_err(|_| NotACard::Secret)?,
            _ => return Err(NotACard::Secret),
        };
        let lines: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix(VERIFIER)).collect();
        let verifiers = match lines.as_slice() {
            [] => None,
            lines => Some(lines.join("\n").parse().map_err(|_| NotACard::Verifiers)?),
        };
        Ok(Self { identity, verifiers })
    }
}
