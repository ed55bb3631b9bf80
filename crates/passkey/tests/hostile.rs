//! A device and a browser that lie in every way they can, beside ones that do not: no lie is believed.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not get fails it"
)]

use ciborium::Value;
use jiff::{SignedDuration, Timestamp};
use passkey::{Askings, Key, Kind, Lie, Making, Signing, Site};

mod device;

use device::{Device, ORIGIN, written};

fn now() -> Timestamp {
    "2026-11-27T20:00:00Z".parse().expect("a time")
}

fn askings() -> Askings {
    Askings::under(&[7; 32])
}

fn asking() -> String {
    askings().make("sign-in", [9; 16], now())
}

fn honest(kind: Kind) -> Device {
    Device::honest(kind, asking())
}

fn is_made(device: &Device) -> Result<passkey::Made, Lie> {
    made(&device.client(), &device.attested())
}

fn is_signed(device: &Device, key: &Key, count: u32) -> Result<u32, Lie> {
    signed(key, count, &device.client(), &device.word(), &device.signature())
}

fn site() -> Site {
    Site::at(ORIGIN).expect("a site")
}

fn is_ours(asked: &str) -> bool {
    askings().is_ours(asked, "sign-in", now() + SignedDuration::from_mins(1))
}

fn made(client: &[u8], attested: &[u8]) -> Result<passkey::Made, Lie> {
    site().made(Making { client, attested }, is_ours)
}

fn signed(key: &Key, count: u32, client: &[u8], device: &[u8], signature: &[u8]) -> Result<u32, Lie> {
    site().signed(key, count, Signing { client, device, signature }, is_ours)
}

#[test]
fn a_key_of_every_kind_is_made_kept_and_used() {
    for kind in Kind::ALL {
        let mut device = honest(kind);
        let made = is_made(&device).expect("made");
        assert_eq!((made.id.as_slice(), made.count, made.key.kind()), ([1, 2, 3, 4].as_slice(), 0, kind));
        let kept = Key::from_words(&made.key.to_words()).expect("kept");
        assert_eq!(kept, made.key);
        device = device.signing();
        assert_eq!(is_signed(&device, &kept, 0), Ok(0), "{kind:?}: it does not count");
        device.count = 7;
        assert_eq!(is_signed(&device, &kept, 6), Ok(7), "{kind:?}: it counts");
        // What devices may add besides: a map of extensions.
        device.flags |= 0b1000_0000;
        device.behind = written(&Value::Map(vec![(Value::from("uvm"), Value::from(1))]));
        assert_eq!(is_signed(&device, &kept, 6), Ok(7), "{kind:?}: with extensions");
    }
}

type Change = fn(&mut Device);

/// What is changed, and why it is not believed: where a key is made and where it is used.
const LIES: &[(&str, Change, Lie)] = &[
    ("another site's origin", |it| it.origin = "https://register.evil.example".to_owned(), Lie::Origin),
    ("a site below it", |it| it.origin = "https://x.register.fenbridge.example".to_owned(), Lie::Origin),
    ("without TLS", |it| it.origin = "http://register.fenbridge.example".to_owned(), Lie::Origin),
    ("another port", |it| it.origin = format!("{ORIGIN}:8443"), Lie::Origin),
    ("a slash behind", |it| it.origin = format!("{ORIGIN}/"), Lie::Origin),
    ("in capitals", |it| it.origin = ORIGIN.to_uppercase(), Lie::Origin),
    ("no origin", |it| it.origin = String::new(), Lie::Origin),
    ("in a frame of another site", |it| it.more = r#","crossOrigin":true"#, Lie::Origin),
    ("under another site", |it| it.more = r#","topOrigin":"https://evil.example""#, Lie::Origin),
    ("said twice", |it| it.more = r#","type":"webauthn.get""#, Lie::Client),
    ("of another purpose", |it| it.kind = "payment.get", Lie::Type),
    ("of no purpose", |it| it.kind = "", Lie::Type),
    ("no asking", |it| it.asking = String::new(), Lie::Asking),
    ("an asking of its own", |it| it.asking = passkey::to_text(&[5; 56]), Lie::Asking),
    (
        "an asking of another site",
        |it| it.asking = Askings::under(&[8; 32]).make("sign-in", [9; 16], now()),
        Lie::Asking,
    ),
    ("an asking for something else", |it| it.asking = askings().make("prove", [9; 16], now()), Lie::Asking),
    (
        "an old asking",
        |it| it.asking = askings().make("sign-in", [9; 16], now() - SignedDuration::from_mins(6)),
        Lie::Asking,
    ),
    (
        "an asking of a time to come",
        |it| it.asking = askings().make("sign-in", [9; 16], now() + SignedDuration::from_mins(6)),
        Lie::Asking,
    ),
    ("a browser that never ends", |it| it.origin = "x".repeat(5_000), Lie::TooLong),
    ("a key of another site", |it| it.site = "evil.example".to_owned(), Lie::Site),
    ("a key of the site above", |it| it.site = "fenbridge.example".to_owned(), Lie::Site),
    ("nobody there", |it| it.flags &= !0b0000_0001, Lie::Absent),
    ("nobody recognised", |it| it.flags &= !0b0000_0100, Lie::NotRecognised),
    ("bytes behind", |it| it.behind = vec![0], Lie::Device),
    ("more that is not there", |it| it.flags |= 0b1000_0000, Lie::Device),
    ("a device that never ends", |it| it.behind = vec![0; 9_000], Lie::TooLong),
];

#[test]
fn no_lie_about_a_key_that_is_made_is_believed() {
    for (what, change, lie) in LIES {
        let mut device = honest(Kind::Es256);
        change(&mut device);
        assert_eq!(is_made(&device).map(|made| made.id), Err(*lie), "{what}");
    }
    let of_making: &[(&str, Change, Lie)] = &[
        ("a sign-in", |it| it.kind = "webauthn.get", Lie::Type),
        ("no key", |it| it.flags &= !0b0100_0000, Lie::Device),
        ("a key without a name", |it| it.id.clear(), Lie::Device),
        ("a key with a name without end", |it| it.id = vec![1; 1_024], Lie::Device),
        ("a key of a kind that is not taken", |it| it.algorithm = -37, Lie::Key),
        ("a key of one kind called another", |it| it.algorithm = -8, Lie::Key),
        ("a shared secret for a key", |it| it.algorithm = 5, Lie::Key),
    ];
    for (what, change, lie) in of_making {
        let mut device = honest(Kind::Es256);
        change(&mut device);
        assert_eq!(is_made(&device).map(|made| made.id), Err(*lie), "{what}");
    }
}

#[test]
fn no_lie_about_a_key_that_is_used_is_believed() {
    for (what, change, lie) in LIES {
        let device = honest(Kind::Es256);
        let key = is_made(&device).expect("made").key;
        let mut device = device.signing();
        change(&mut device);
        assert_eq!(is_signed(&device, &key, 0), Err(*lie), "{what}");
    }
    let device = honest(Kind::Es256);
    let key = is_made(&device).expect("made").key;
    let mut device = device.signing();
    let (client, word, signature) = (device.client(), device.word(), device.signature());
    assert_eq!(signed(&key, 0, &client, &word, &signature), Ok(0));

    let another = honest(Kind::Es256).signing();
    assert_eq!(is_signed(&another, &key, 0), Err(Lie::Signature), "another's key");
    assert_eq!(is_signed(&honest(Kind::EdDsa).signing(), &key, 0), Err(Lie::Signature), "of another kind");
    for at in 0..signature.len() {
        let mut bent = signature.clone();
        bent[at] ^= 1;
        assert_eq!(signed(&key, 0, &client, &word, &bent), Err(Lie::Signature), "bent at {at}");
    }
    for none in [&[][..], &[0; 64], &[0x30, 0x06, 2, 1, 0, 2, 1, 0]] {
        assert_eq!(signed(&key, 0, &client, &word, none), Err(Lie::Signature), "no signature");
    }
    assert_eq!(
        signed(&key, 0, &client, &word, &device.signs(&word)),
        Err(Lie::Signature),
        "without the asking"
    );
    let spaced = [client.as_slice(), b" "].concat();
    assert_eq!(signed(&key, 0, &spaced, &word, &signature), Err(Lie::Signature), "said otherwise");
    device.count = 5;
    assert_eq!(is_signed(&device, &key, 5), Err(Lie::CountedBack), "the same count");
    assert_eq!(is_signed(&device, &key, 9), Err(Lie::CountedBack), "a count before");
    device.count = 0;
    assert_eq!(is_signed(&device, &key, 9), Err(Lie::CountedBack), "it no longer counts");
    device.kind = "webauthn.create";
    assert_eq!(is_signed(&device, &key, 0), Err(Lie::Type), "a making");
}

#[test]
fn whatever_is_cut_off_or_garbled_is_refused_and_never_a_fault() {
    let device = honest(Kind::Es256);
    let key = is_made(&device).expect("made").key;
    let (client, attested) = (device.client(), device.attested());
    for end in 0..attested.len() {
        assert!(made(&client, &attested[..end]).is_err(), "cut off at {end}");
    }
    for end in 0..client.len() {
        assert!(made(&client[..end], &attested).is_err(), "cut off at {end}");
    }
    let deep = [vec![0x81; 4_000], vec![0x80]].concat();
    assert!(made(&client, &deep).is_err(), "a list in a list in a list");
    let bomb = [0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    assert!(made(&client, &bomb).is_err(), "a list without end");
    let device = device.signing();
    let (client, word, signature) = (device.client(), device.word(), device.signature());
    for end in 0..word.len() {
        assert!(signed(&key, 0, &client, &word[..end], &signature).is_err(), "cut off at {end}");
    }
}

#[test]
fn a_key_is_made_for_a_name_over_tls_or_for_this_machine() {
    for site in [ORIGIN, "https://register.fenbridge.example:8443", "http://localhost:8080"] {
        assert!(Site::at(site).is_ok(), "{site}");
    }
    for none in [
        "http://register.fenbridge.example",
        "https://",
        "register.fenbridge.example",
        "https://127.0.0.1",
        "https://register.fenbridge.example/path",
        "https://user@register.fenbridge.example",
        "https://Register.example",
        "https://register.example:99999",
        "ftp://register.example",
    ] {
        assert!(Site::at(none).is_err(), "{none}");
    }
}
