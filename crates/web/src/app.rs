//! What every handler is given: the running register, and how this council's pages are served.

use directory::Provider;
use gazetteer::Gazetteer;
use intake::Intake;
use passkey::Site;
use register::people::{Account, Role};
use service::Service;
use service::certificates::BackupsKept;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The running register.
    pub service: Service,
    /// How its pages are served.
    pub settings: Arc<Settings>,
    /// The council's own list of addresses, if it has loaded one.
    pub gazetteer: Gazetteer,
    /// Where files that people send come in.
    pub intake: Intake,
    /// The council's own sign-on, if it is used.
    pub council: Option<Provider>,
    /// The site that passkeys are made for, where its address is known.
    pub site: Option<Site>,
    /// The roles whose holders use a passkey, and nothing less.
    passkey_roles: Arc<BTreeSet<Role>>,
    /// How long backups are kept, where there are some.
    pub backups: Option<BackupsKept>,
}

impl App {
    /// Pages of `service`, served as `settings` say, without a list of addresses.
    #[must_use]
    pub fn new(service: Service, settings: Settings) -> Self {
        let (gazetteer, intake) = (Gazetteer::default(), Intake::default());
        Self {
            service,
            settings: Arc::new(settings),
            gazetteer,
            intake,
            council: None,
            site: None,
            passkey_roles: Arc::default(),
            backups: None,
        }
    }

    /// The same pages, open to whoever has one of these roles with a passkey only.
    #[must_use]
    pub fn by_passkey_for(mut self, roles: BTreeSet<Role>) -> Self {
        self.passkey_roles = Arc::new(roles);
        self
    }

    /// The roles whose holders use a passkey, and nothing less.
    #[must_use]
    pub fn passkey_roles(&self) -> &BTreeSet<Role> {
        &self.passkey_roles
    }

    /// Whether an account's roles take a passkey.
    #[must_use]
    pub fn takes_passkey(&self, account: &Account) -> bool {
        !self.passkey_roles.is_disjoint(&account.roles)
    }

    /// The same pages, offering the addresses of this list.
    #[must_use]
    pub fn offering(mut self, gazetteer: Gazetteer) -> Self {
        self.gazetteer = gazetteer;
        self
    }

    /// The same pages, of a register whose backups are kept so long.
    #[must_use]
    pub fn keeping_backups(mut self, backups: Option<BackupsKept>) -> Self {
        self.backups = backups;
        self
    }

    /// The same pages, with the council's own sign-on.
    #[must_use]
    pub fn signing_in_by(mut self, council: Option<Provider>) -> Self {
        self.council = council;
        self
    }

    /// The same pages, at an address that passkeys can be made for.
    #[must_use]
    pub fn at(mut self, site: Option<Site>) -> Self {
        self.site = site;
        self
    }

    /// The same pages, taking files in this way.
    #[must_use]
    pub fn taking_in(mut self, intake: Intake) -> Self {
        self.intake = intake;
        self
    }
}

/// How the pages are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What carries the pages to the browser.
    pub transport: Transport,
    /// The council's own colour; the style sheet's where there is none.
    pub brand: Option<Colour>,
}

/// What carries the pages to the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// TLS, here or at a proxy in front: cookies are secure and browsers are told to insist on it.
    Tls,
    /// Plain HTTP on this machine only: a demonstration.
    Loopback,
}

/// A colour on which white text can be read: contrast at least 4.5 to 1 (WCAG 2.2, 1.4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// Why a colour was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAColour {
    /// Not `#` and six hexadecimal digits.
    #[error("a colour is # and six hexadecimal digits, such as #12524d")]
    Form,
    /// White text on it would be hard to read.
    #[error("white text on this colour would be hard to read: choose a darker one")]
    TooLight,
}

impl Colour {
    /// Reads `#rrggbb`.
    ///
    /// # Errors
    /// [`NotAColour`] for any other form, and for a colour too light to carry white text.
    pub fn new(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(NotAColour::Form)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColour::Form)?;
        let [_, red, green, blue] = number.to_be_bytes();
        let colour = Self { red, green, blue };
        if colour.contrast_with_white() < 4.5 { Err(NotAColour::TooLight) } else { Ok(colour) }
    }

    fn contrast_with_white(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue);
        1.05 / (luminance + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_councils_colour_must_carry_white_text() {
        assert_eq!(Colour::new("#5b2a6e").map(|colour| colour.to_string()), Ok("#5b2a6e".to_owned()));
        assert_eq!(Colour::new("#ffdd00"), Err(NotAColour::TooLight));
        assert_eq!(Colour::new("purple"), Err(NotAColour::Form));
        assert_eq!(Colour::new("#+1234"), Err(NotAColour::Form));
    }
}
