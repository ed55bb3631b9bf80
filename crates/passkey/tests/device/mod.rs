//! A device with one key, as a test plays it: what it and its browser say, each part of which can be changed.

use ciborium::Value;
use passkey::Kind;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};

pub const NAME: &str = "register.fenbridge.example";
pub const ORIGIN: &str = "https://register.fenbridge.example";

pub enum Pair {
    P256(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(Box<RsaKeyPair>),
}

/// A device with one key, and everything it and its browser say; each of it can be changed.
pub struct Device {
    pub pair: Pair,
    pub kind: &'static str,
    pub asking: String,
    pub origin: String,
    pub more: &'static str,
    pub site: String,
    pub flags: u8,
    pub count: u32,
    pub id: Vec<u8>,
    pub algorithm: i64,
    pub behind: Vec<u8>,
}

fn pair(kind: Kind) -> Pair {
    let chance = SystemRandom::new();
    match kind {
        Kind::Es256 => {
            let kept = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).expect("a key");
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, kept.as_ref(), &chance);
            Pair::P256(pair.expect("a key"))
        }
        Kind::EdDsa => {
            let kept = Ed25519KeyPair::generate_pkcs8(&chance).expect("a key");
            Pair::Ed(Ed25519KeyPair::from_pkcs8(kept.as_ref()).expect("a key"))
        }
        Kind::Rs256 => {
            Pair::Rsa(Box::new(RsaKeyPair::from_der(include_bytes!("../rsa.der")).expect("a key")))
        }
    }
}

impl Device {
    pub fn honest(kind: Kind, asking: String) -> Self {
        Self {
            pair: pair(kind),
            kind: "webauthn.create",
            asking,
            origin: ORIGIN.to_owned(),
            more: "",
            site: NAME.to_owned(),
            flags: 0b0100_0101,
            count: 0,
            id: vec![1, 2, 3, 4],
            algorithm: i64::from(kind.number()),
            behind: Vec::new(),
        }
    }

    pub fn signing(mut self) -> Self {
        self.kind = "webauthn.get";
        self.flags = 0b0000_0101;
        self
    }

    pub fn client(&self) -> Vec<u8> {
        let Self { kind, asking, origin, more, .. } = self;
        format!(r#"{{"type":"{kind}","challenge":"{asking}","origin":"{origin}"{more}}}"#).into_bytes()
    }

    fn key(&self) -> Value {
        let label = |label: i64| Value::from(label);
        let parts = match &self.pair {
            Pair::P256(pair) => {
                let point = pair.public_key().as_ref();
                vec![
                    (label(1), label(2)),
                    (label(3), label(self.algorithm)),
                    (label(-1), label(1)),
                    (label(-2), Value::Bytes(point[1..33].to_vec())),
                    (label(-3), Value::Bytes(point[33..].to_vec())),
                ]
            }
            Pair::Ed(pair) => vec![
                (label(1), label(1)),
                (label(3), label(self.algorithm)),
                (label(-1), label(6)),
                (label(-2), Value::Bytes(pair.public_key().as_ref().to_vec())),
            ],
            Pair::Rsa(pair) => {
                let public = ring::signature::RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                vec![
                    (label(1), label(3)),
                    (label(3), label(self.algorithm)),
                    (label(-1), Value::Bytes(public.n)),
                    (label(-2), Value::Bytes(public.e)),
                ]
            }
        };
        Value::Map(parts)
    }

    pub fn word(&self) -> Vec<u8> {
        let site = ring::digest::digest(&ring::digest::SHA256, self.site.as_bytes());
        let mut word = site.as_ref().to_vec();
        word.push(self.flags);
        word.extend(self.count.to_be_bytes());
        if self.flags & 0b0100_0000 != 0 {
            word.extend([0; 16]);
            word.extend(u16::try_from(self.id.len()).expect("short").to_be_bytes());
            word.extend(&self.id);
            word.extend(written(&self.key()));
        }
        word.extend(&self.behind);
        word
    }

    pub fn attested(&self) -> Vec<u8> {
        written(&Value::Map(vec![
            (Value::from("fmt"), Value::from("none")),
            (Value::from("attStmt"), Value::Map(Vec::new())),
            (Value::from("authData"), Value::Bytes(self.word())),
        ]))
    }

    pub fn signature(&self) -> Vec<u8> {
        let digest = ring::digest::digest(&ring::digest::SHA256, &self.client());
        self.signs(&[self.word().as_slice(), digest.as_ref()].concat())
    }

    pub fn signs(&self, message: &[u8]) -> Vec<u8> {
        let chance = SystemRandom::new();
        match &self.pair {
            Pair::P256(pair) => pair.sign(&chance, message).expect("signed").as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, message, &mut signature).expect("signed");
                signature
            }
        }
    }
}

pub fn written(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("written");
    bytes
}
