//! The public half of a passkey, of one of three kinds (RFC 9053; IANA COSE algorithms).

use crate::{Lie, from_text, to_text};
use ciborium::Value;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// What kind of key, by its number in the registry of algorithms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ECDSA on P-256 with SHA-256: nearly every device.
    Es256 = -7,
    /// Ed25519: some keys that are carried.
    EdDsa = -8,
    /// RSA with SHA-256: older computers.
    Rs256 = -257,
}

impl Kind {
    /// Every kind that is taken, the one that is liked best first.
    pub const ALL: [Kind; 3] = [Kind::Es256, Kind::EdDsa, Kind::Rs256];

    /// Its number.
    #[must_use]
    pub const fn number(self) -> i32 {
        self as i32
    }
}

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub enum Key {
    /// The point, uncompressed.
    Es256(Vec<u8>),
    /// The point.
    EdDsa(Vec<u8>),
    /// Modulus and exponent.
    Rs256(Vec<u8>, Vec<u8>),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({:?})", self.kind())
    }
}

/// The labels of a key's parts.
const TYPE: i64 = 1;
const ALGORITHM: i64 = 3;
const CURVE: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;

impl Key {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Key::Es256(_) => Kind::Es256,
            Key::EdDsa(_) => Kind::EdDsa,
            Key::Rs256(..) => Kind::Rs256,
        }
    }

    /// A key as devices write it.
    pub(crate) fn read(value: Value) -> Result<Self, Lie> {
        let parts = value.into_map().map_err(|_| Lie::Key)?;
        let part = |label: i64| {
            let mut found = parts.iter().filter(|(name, _)| name.as_integer() == Some(label.into()));
            let first = found.next().map(|(_, value)| value);
            if found.next().is_some() { None } else { first }
        };
        let number =
            |label| part(label).and_then(Value::as_integer).and_then(|number| i64::try_from(number).ok());
        let bytes = |label| part(label).and_then(Value::as_bytes).cloned().ok_or(Lie::Key);
        match (number(TYPE), number(ALGORITHM), number(CURVE)) {
            (Some(2), Some(-7), Some(1)) => {
                let (x, y) = (bytes(X)?, bytes(Y)?);
                let fits = x.len() == 32 && y.len() == 32;
                if fits { Ok(Key::Es256([vec![4], x, y].concat())) } else { Err(Lie::Key) }
            }
            (Some(1), Some(-8), Some(6)) => {
                let x = bytes(X)?;
                if x.len() == 32 { Ok(Key::EdDsa(x)) } else { Err(Lie::Key) }
            }
            (Some(3), Some(-257), _) => {
                let (modulus, exponent) = (bytes(CURVE)?, bytes(X)?);
                let fits = (256..=1024).contains(&modulus.len()) && (1..=4).contains(&exponent.len());
                if fits { Ok(Key::Rs256(modulus, exponent)) } else { Err(Lie::Key) }
            }
            _ => Err(Lie::Key),
        }
    }

    /// Whether it signed this.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8]) -> Result<(), Lie> {
        let fits = match self {
            Key::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Key::EdDsa(point) => UnparsedPublicKey::new(&ED25519, point).verify(message, signature),
            Key::Rs256(n, e) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        fits.map_err(|_| Lie::Signature)
    }

    /// As it is kept: the kind and the parts.
    #[must_use]
    pub fn to_words(&self) -> String {
        let parts: Vec<&[u8]> = match self {
            Key::Es256(point) | Key::EdDsa(point) => vec![point],
            Key::Rs256(modulus, exponent) => vec![modulus, exponent],
        };
        let parts: Vec<String> = parts.into_iter().map(to_text).collect();
        format!("{}.{}", self.kind().number(), parts.join("."))
    }

    /// One that was kept.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let parts: Vec<&str> = words.split('.').collect();
        match parts.as_slice() {
            ["-7", point] => Some(Key::Es256(from_text(point)?)),
            ["-8", point] => Some(Key::EdDsa(from_text(point)?)),
            ["-257", modulus, exponent] => Some(Key::Rs256(from_text(modulus)?, from_text(exponent)?)),
            _ => None,
        }
    }
}
