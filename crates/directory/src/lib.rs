//! The council's own directory: asks its identity provider who somebody is (OpenID Connect 1.0, authorization code with PKCE),
//! and believes nothing that it cannot prove.
//!
//! A sign-in is two halves. [`Provider::depart`] says where the browser goes and what must be kept for its return; whoever calls keeps
//! that for this browser, for a short while and for one return. [`Provider::arrive`] takes what the browser came back with.
//! [`Provider::logout`] reads what the provider itself sends when a session of its own has ended.
//!
//! Nothing is known here of accounts or of the register, and the time is passed in.

mod claims;
mod provider;

pub use provider::{Departure, Emails, Kept, Provider, Returned, Settings};

/// Whom the provider says has signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The provider's name for the person, which never passes to somebody else.
    pub subject: String,
    /// The provider's session.
    pub session: Option<String>,
    /// The mail address, where the provider stands for it.
    pub email: Option<String>,
}

/// What the provider says has ended.
#[derive(Clone, PartialEq, Eq)]
pub struct Logout {
    /// Whose sessions: all of them, where no session is named.
    pub subject: Option<String>,
    /// The provider's session.
    pub session: Option<String>,
    /// The name of this message, good once.
    pub message: String,
}

// Who somebody is belongs in no log.
impl std::fmt::Debug for Arrival {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Arrival(…)")
    }
}

impl std::fmt::Debug for Logout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Logout(…)")
    }
}

/// Why the settings name no provider that could be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAProvider {
    /// Something else than HTTPS, and not this machine.
    #[error("the issuer must begin with https://")]
    NotHttps,
    /// A query or a fragment.
    #[error("the issuer is an address without ? and #")]
    NotAnIssuer,
    /// No name for this register at the provider.
    #[error("client_id must not be empty")]
    NoClient,
}

/// Why an answer of the provider, or what claims to be one, is not believed. Names the rule and never what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No answer, or not in time.
    #[error("the provider does not answer")]
    Unreachable,
    /// An answer that is none.
    #[error("the provider's answer cannot be read")]
    Unreadable,
    /// The provider describes itself under another name, or leads to a place without TLS.
    #[error("the provider describes itself otherwise than it is configured")]
    Discovery,
    /// The person turned back, or the provider did not let them in.
    #[error("the provider signed nobody in")]
    Declined,
    /// Not the return of the departure that was kept.
    #[error("the state is not that of this sign-in")]
    State,
    /// Another provider answered (RFC 9207).
    #[error("another provider answered")]
    MixedUp,
    /// The provider does not know the code, or knows it as used.
    #[error("the provider did not take the code")]
    Code,
    /// No signature by an algorithm that proves anything.
    #[error("the token's algorithm is not taken")]
    Algorithm,
    /// A key that the provider does not publish.
    #[error("the token's key is not the provider's")]
    Key,
    /// Altered, or signed by somebody else.
    #[error("the token's signature is not right")]
    Signature,
    /// From another issuer.
    #[error("the token is another issuer's")]
    Issuer,
    /// For another client.
    #[error("the token is for somebody else")]
    Audience,
    /// Expired, not yet valid, or without a time.
    #[error("the token is of another time")]
    Time,
    /// Not for this sign-in.
    #[error("the nonce is not that of this sign-in")]
    Nonce,
    /// Nobody is named.
    #[error("the token names nobody")]
    Nobody,
    /// What is told beside the token is not of whom the token means.
    #[error("the provider tells of somebody else than the token")]
    SomebodyElse,
    /// A token of one kind used as another.
    #[error("the token is of another kind")]
    Kind,
}
