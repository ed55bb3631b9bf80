//! What is asked of a device: fresh bytes that say themselves when and for what they were made, so that nothing has to be kept until somebody
//! answers. That each is answered once is for whoever asks to see to.

use crate::{from_text, to_text};
use jiff::{SignedDuration, Timestamp};
use ring::hmac;

/// How long an asking may be answered.
pub const LIFE: SignedDuration = SignedDuration::from_mins(5);
const FRESH: usize = 16;
const SECONDS: usize = 8;

/// Makes askings, and knows its own.
pub struct Askings {
    key: hmac::Key,
}

impl std::fmt::Debug for Askings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Askings(…)")
    }
}

impl Askings {
    /// Those under a secret.
    #[must_use]
    pub fn under(secret: &[u8; 32]) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, secret) }
    }

    /// An asking for one purpose, from bytes that nobody can guess.
    #[must_use]
    pub fn make(&self, purpose: &str, fresh: [u8; FRESH], now: Timestamp) -> String {
        let mut asking = fresh.to_vec();
        asking.extend(now.as_second().to_be_bytes());
        let tag = hmac::sign(&self.key, &[asking.as_slice(), purpose.as_bytes()].concat());
        asking.extend(tag.as_ref());
        to_text(&asking)
    }

    /// Whether this is one of them, for this purpose, and neither too old nor from a time to come.
    #[must_use]
    pub fn is_ours(&self, asking: &str, purpose: &str, now: Timestamp) -> bool {
        let Some(bytes) = from_text(asking) else { return false };
        let Some((asked, tag)) = bytes.split_at_checked(FRESH + SECONDS) else { return false };
        let signed = [asked, purpose.as_bytes()].concat();
        let made = asked.get(FRESH..).and_then(|seconds| seconds.try_into().ok()).map(i64::from_be_bytes);
        let age = made.map(|made| now.as_second().saturating_sub(made));
        hmac::verify(&self.key, &signed, tag).is_ok()
            && age.is_some_and(|age| (-60..=LIFE.as_secs()).contains(&age))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asking_is_known_for_its_purpose_and_its_time_alone() {
        let askings = Askings::under(&[7; 32]);
        let now: Timestamp = "2026-11-27T20:00:00Z".parse().expect("a time");
        let asking = askings.make("sign-in", [1; 16], now);
        assert!(askings.is_ours(&asking, "sign-in", now + LIFE));
        assert!(!askings.is_ours(&asking, "sign-in", now + LIFE + SignedDuration::from_secs(1)));
        assert!(!askings.is_ours(&asking, "sign-in", now - SignedDuration::from_mins(2)));
        assert!(!askings.is_ours(&asking, "prove", now));
        assert!(!Askings::under(&[8; 32]).is_ours(&asking, "sign-in", now));
        for other in ["", "AAAA", &asking[1..], &format!("{asking}AAAA")] {
            assert!(!askings.is_ours(other, "sign-in", now), "{other}");
        }
    }
}
