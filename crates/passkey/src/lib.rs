//! Passkeys: a key that somebody's device holds, and what a browser says of it (Web Authentication Level 3).
//!
//! Two questions are answered: is this a new key that was made for this site and this asking ([`Site::made`]), and was this asking signed by
//! that key, with its holder there and recognised ([`Site::signed`]). Whatever is not proved is a [`Lie`]. Which maker a device has is
//! not asked: no attestation is wanted, and none is looked at.
//!
//! Deliberately not here: accounts, where keys are kept, clocks, chance.

mod asking;
mod client;
mod device;
mod key;

pub use asking::{Askings, LIFE};
pub use key::{Key, Kind};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Why a browser's word is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Lie {
    /// It is longer than any such thing is.
    #[error("it is too long")]
    TooLong,
    /// What the browser collected is not in the form of the standard.
    #[error("the browser's part is not in its form")]
    Client,
    /// It was collected for something else: a key that is made is no sign-in, and the other way round.
    #[error("it was collected for something else")]
    Type,
    /// It answers another asking, or one that this site never made.
    #[error("it answers another asking")]
    Asking,
    /// It was asked on another site, or inside a frame of one.
    #[error("it was asked on another site")]
    Origin,
    /// The device made or used a key of another site.
    #[error("the key is another site's")]
    Site,
    /// Nobody was at the device.
    #[error("nobody was there")]
    Absent,
    /// The device did not recognise who was there.
    #[error("nobody was recognised")]
    NotRecognised,
    /// What the device said is not in the form of the standard.
    #[error("the device's part is not in its form")]
    Device,
    /// The key is of a kind that was not asked for, or is none.
    #[error("the key is of no kind that is taken")]
    Key,
    /// The signature does not fit.
    #[error("the signature does not fit")]
    Signature,
    /// The device has counted back: there are two of it.
    #[error("the device has counted back")]
    CountedBack,
}

/// The site that keys are made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its name, which is that of its host.
    name: String,
    /// Its origin, as browsers write it.
    origin: String,
}

/// Why an address is of no site that keys can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the address is https:// and a name, or http://localhost, with a port if need be, and nothing behind"
)]
pub struct NoSite;

/// A key that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What the device calls it.
    pub id: Vec<u8>,
    /// The key itself.
    pub key: Key,
    /// How often it was used, where the device counts.
    pub count: u32,
}

/// What a browser says when a key was made.
#[derive(Debug, Clone, Copy)]
pub struct Making<'a> {
    /// `clientDataJSON`.
    pub client: &'a [u8],
    /// `attestationObject`.
    pub attested: &'a [u8],
}

/// What a browser says when a key was used.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// `clientDataJSON`.
    pub client: &'a [u8],
    /// `authenticatorData`.
    pub device: &'a [u8],
    /// `signature`.
    pub signature: &'a [u8],
}

impl Site {
    /// The site at an address such as `https://register.council.example`.
    ///
    /// # Errors
    /// [`NoSite`].
    pub fn at(address: &str) -> Result<Self, NoSite> {
        let address = address.trim_end_matches('/');
        let (scheme, rest) = address.split_once("://").ok_or(NoSite)?;
        let name = rest.split_once(':').map_or(rest, |(name, _)| name);
        let port = rest.split_once(':').map(|(_, port)| port);
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte))
            && name.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
        let is_safe = scheme == "https" || (scheme == "http" && name == "localhost");
        if is_name && is_port && is_safe {
            Ok(Self { name: name.to_owned(), origin: address.to_owned() })
        } else {
            Err(NoSite)
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A key that was made here, for the asking that `is_ours` knows.
    ///
    /// # Errors
    /// The first [`Lie`].
    pub fn made(&self, making: Making<'_>, is_ours: impl FnOnce(&str) -> bool) -> Result<Made, Lie> {
        client::collected(making.client, client::CREATE, &self.origin, is_ours)?;
        let said = device::attested(making.attested)?;
        said.is_for(&self.name)?;
        let (id, key) = said.new.ok_or(Lie::Device)?;
        Ok(Made { id, key, count: said.count })
    }

    /// How often the key was used by now, where it signed the asking that `is_ours` knows.
    ///
    /// # Errors
    /// The first [`Lie`].
    pub fn signed(
        &self,
        key: &Key,
        count: u32,
        signing: Signing<'_>,
        is_ours: impl FnOnce(&str) -> bool,
    ) -> Result<u32, Lie> {
        client::collected(signing.client, client::GET, &self.origin, is_ours)?;
        let said = device::said(signing.device)?;
        said.is_for(&self.name)?;
        let digest = ring::digest::digest(&ring::digest::SHA256, signing.client);
        key.signed(&[signing.device, digest.as_ref()].concat(), signing.signature)?;
        // A device that does not count says nought each time.
        if (said.count > 0 || count > 0) && said.count <= count {
            return Err(Lie::CountedBack);
        }
        Ok(said.count)
    }
}

/// Bytes as browsers write them in JSON.
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes from how browsers write them.
#[must_use]
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
