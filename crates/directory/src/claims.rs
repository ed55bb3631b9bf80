//! What a token says, and which of it is believed: one row a rule.

use crate::{Arrival, Emails, Logout, Refused};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};

/// How far two clocks may be apart.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// A token made longer ago than this is not the answer to what was just asked. Some providers date theirs five minutes back.
const FRESH: SignedDuration = SignedDuration::from_mins(15);
/// The event that a logout token tells of (Back-Channel Logout 1.0, 2.4).
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// The type in the header of a logout token.
const LOGOUT_TYPE: &str = "logout+jwt";

/// The claims of a token whose signature was found right.
#[derive(Deserialize)]
pub(crate) struct Claims {
    iss: Option<String>,
    sub: Option<String>,
    #[serde(default)]
    aud: Names,
    azp: Option<String>,
    exp: Option<i64>,
    iat: Option<i64>,
    nbf: Option<i64>,
    nonce: Option<String>,
    sid: Option<String>,
    jti: Option<String>,
    email: Option<String>,
    email_verified: Option<Value>,
    events: Option<Map<String, Value>>,
}

/// One name, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Names {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// What a token has to agree with.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client: &'a str,
    pub(crate) now: Timestamp,
}

type Rule = (bool, Refused);

fn first_broken(rules: &[Rule]) -> Result<(), Refused> {
    rules.iter().find(|(kept, _)| !kept).map_or(Ok(()), |(_, refused)| Err(*refused))
}

impl Claims {
    /// The rules of every token.
    fn common(&self, expected: &Expected<'_>) -> [Rule; 5] {
        let at = |seconds: Option<i64>| seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let audience = self.aud.as_slice();
        let now = expected.now;
        let authorised = match &self.azp {
            Some(party) => party == expected.client,
            None => audience.len() == 1,
        };
        [
            (self.iss.as_deref() == Some(expected.issuer), Refused::Issuer),
            (audience.iter().any(|name| name == expected.client) && authorised, Refused::Audience),
            (
                at(self.exp).is_some_and(|until| now < until.saturating_add(SKEW).unwrap_or(until)),
                Refused::Time,
            ),
            (
                at(self.iat)
                    .is_some_and(|made| now.duration_since(made) < FRESH && made.duration_since(now) < SKEW),
                Refused::Time,
            ),
            (
                self.nbf.is_none() || at(self.nbf).is_some_and(|from| from.duration_since(now) < SKEW),
                Refused::Time,
            ),
        ]
    }

    /// Reads an ID token (Core 1.0, 3.1.3.7).
    pub(crate) fn arrival(
        self,
        kind: Option<&str>,
        nonce: &str,
        emails: Emails,
        expected: &Expected<'_>,
    ) -> Result<Arrival, Refused> {
        first_broken(&self.common(expected))?;
        first_broken(&[
            (kind != Some(LOGOUT_TYPE) && self.events.is_none(), Refused::Kind),
            (self.nonce.as_deref() == Some(nonce), Refused::Nonce),
        ])?;
        let subject = self.sub.filter(|subject| named(subject)).ok_or(Refused::Nobody)?;
        let email = vouched(self.email, self.email_verified.as_ref(), emails);
        Ok(Arrival { subject, session: self.sid, email })
    }

    /// Whether the token leaves it to the provider's other answer what the person's mail address is (Core 1.0, 5.4).
    pub(crate) const fn tells_no_email(&self) -> bool {
        self.email.is_none()
    }

    /// Reads a logout token (Back-Channel Logout 1.0, 2.6).
    pub(crate) fn logout(self, kind: Option<&str>, expected: &Expected<'_>) -> Result<Logout, Refused> {
        first_broken(&self.common(expected))?;
        let tells =
            self.events.as_ref().is_some_and(|events| events.get(LOGOUT).is_some_and(Value::is_object));
        // Providers that are older than the type leave it away or write JWT.
        let is_one = kind
            .is_none_or(|kind| kind.eq_ignore_ascii_case(LOGOUT_TYPE) || kind.eq_ignore_ascii_case("JWT"));
        first_broken(&[(tells && is_one && self.nonce.is_none(), Refused::Kind)])?;
        let message = self.jti.filter(|message| named(message)).ok_or(Refused::Kind)?;
        let (subject, session) = (self.sub.filter(|it| named(it)), self.sid.filter(|it| named(it)));
        if subject.is_none() && session.is_none() {
            return Err(Refused::Nobody);
        }
        Ok(Logout { subject, session, message })
    }
}

/// What the provider tells of somebody outside the token (Core 1.0, 5.3.2).
#[derive(Deserialize)]
pub(crate) struct Described {
    sub: Option<String>,
    email: Option<String>,
    email_verified: Option<Value>,
}

impl Described {
    /// The mail address, where it is told of whom the token means (Core 1.0, 5.3.4).
    pub(crate) fn email(self, subject: &str, emails: Emails) -> Result<Option<String>, Refused> {
        first_broken(&[(self.sub.as_deref() == Some(subject), Refused::SomebodyElse)])?;
        Ok(vouched(self.email, self.email_verified.as_ref(), emails))
    }
}

/// The mail address, where the provider stands for it.
fn vouched(email: Option<String>, verified: Option<&Value>, emails: Emails) -> Option<String> {
    let verified = emails == Emails::All
        || match verified {
            Some(Value::Bool(verified)) => *verified,
            // Some providers write it as text.
            Some(Value::String(verified)) => verified == "true",
            _ => false,
        };
    email.filter(|_| verified)
}

/// A name as long as the standard allows.
fn named(name: &str) -> bool {
    (1..=255).contains(&name.len())
}
