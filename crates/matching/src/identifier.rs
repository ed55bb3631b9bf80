//! Phones, mail addresses, handles and references in the one notation in which each is compared.

use rustc_hash::FxHasher;
use std::hash::Hasher;

use crate::fold::fold;

/// A telephone number as its national digits: `+44 (0)7700 900123`, `0044 7700 900123` and `07700 900123` are one.
pub(crate) fn phone(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = text.trim_start().starts_with('+');
    let national = digits
        .strip_prefix("0044")
        .or_else(|| digits.strip_prefix("44").filter(|rest| plus || rest.len() >= 10))
        .unwrap_or(&digits)
        .trim_start_matches('0');
    if !(6..=15).contains(&national.len()) {
        return None;
    }
    national.parse().ok()
}

/// Whether two numbers of one length differ in one digit, or in two neighbours exchanged.
pub(crate) fn phones_one_slip_apart(a: u64, b: u64) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    if a.len() != b.len() {
        return false;
    }
    let mut differing = a.bytes().zip(b.bytes()).enumerate().filter(|(_, (a, b))| a != b);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, None) => true,
        (Some((i, (a1, b1))), Some((j, (a2, b2))), None) => j == i + 1 && a1 == b2 && a2 == b1,
        _ => false,
    }
}

/// A mail address in its two parts: the name without dots and tags, and the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mail {
    pub local: String,
    pub host: String,
}

/// Reads a mail address; `None` without an `@` and something on both sides.
pub(crate) fn mail(text: &str) -> Option<Mail> {
    let (local, host) = text.trim().rsplit_once('@')?;
    let untagged = local.split('+').next().unwrap_or(local);
    let local: String = fold(untagged).chars().filter(|letter| *letter != ' ').take(64).collect();
    let host = fold(host).replace(' ', ".");
    let host = if host == "googlemail.com" { "gmail.com".to_owned() } else { host };
    (!local.is_empty() && !host.is_empty()).then_some(Mail { local, host })
}

/// A name on social media, without `@` and without the address of the site.
pub(crate) fn handle(text: &str) -> Option<u64> {
    let last = text.trim().trim_end_matches('/').rsplit(['/', '@']).next()?;
    digest(last)
}

/// A reference, without spaces, marks and case.
pub(crate) fn digest(text: &str) -> Option<u64> {
    let folded: String = fold(text).chars().filter(|letter| *letter != ' ').collect();
    if folded.is_empty() {
        return None;
    }
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    Some(hasher.finish())
}

/// A Unique Property Reference Number: up to twelve digits, zeros before them or not.
pub(crate) fn uprn(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    digits.parse().ok().filter(|number| (1..1_000_000_000_000).contains(number))
}

#[cfg(test)]
mod tests {
    use super::{mail, phone, phones_one_slip_apart};

    #[test]
    fn every_notation_of_a_number_is_one_number() {
        let plain = phone("07700 900123");
        for text in ["+44 (0)7700 900123", "0044 7700 900 123", "7700900123", "07700-900-123 (mob)"] {
            assert_eq!(phone(text), plain, "{text}");
        }
        assert!(phones_one_slip_apart(plain.unwrap(), phone("07700 900132").unwrap()));
    }

    #[test]
    fn a_mail_address_keeps_its_name_through_dots_tags_and_case() {
        assert_eq!(mail("J.Smith+home@GoogleMail.com"), mail("jsmith@gmail.com"));
    }
}
