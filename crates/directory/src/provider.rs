//! The provider over the network: what it says of itself, the code for a token, the keys that tokens are signed with.

use crate::claims::{Claims, Described, Expected};
use crate::{Arrival, Logout, NotAProvider, Refused};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use form_urlencoded::{Serializer, byte_serialize};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// An answer later than this is none: somebody waits.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read.
const LARGEST: u64 = 256 * 1024;
/// What the provider says of itself is asked again after this long.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// A key that is not known is asked for at most this often, whoever sends tokens.
const ASK_AGAIN: SignedDuration = SignedDuration::from_secs(30);
/// Signatures that only the provider can make.
const ALGORITHMS: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
];

/// How this register is known to the provider.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The provider's name, which is its address: `https://login.microsoftonline.com/TENANT/v2.0`, `https://…/realms/NAME`.
    pub issuer: String,
    /// This register's name at the provider.
    pub client_id: String,
    /// What this register proves itself with.
    pub client_secret: SecretString,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The address of this register that the browser comes back to.
    pub return_to: String,
    /// Which mail addresses are the person's own.
    pub emails: Emails,
}

/// Which mail addresses the provider stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Emails {
    /// Those that it says it has verified.
    #[default]
    Verified,
    /// Every one: it is the council's own directory and gives them out.
    All,
}

/// Where the browser goes, and what is kept for its return.
pub struct Departure {
    /// The provider's page.
    pub address: String,
    /// For the return of this browser, once.
    pub kept: Kept,
}

/// What proves that a return belongs to its departure. Never printed.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    state: String,
    nonce: String,
    verifier: String,
}

/// What the browser came back with.
#[derive(Default)]
pub struct Returned {
    /// The code, good once.
    pub code: Option<String>,
    /// What went out with the departure.
    pub state: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
    /// Why nobody was signed in.
    pub error: Option<String>,
}

/// The provider; cheap to clone. Nothing is asked before somebody signs in.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    settings: Settings,
    agent: ureq::Agent,
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    description: Arc<Description>,
    keys: Arc<JwkSet>,
    asked: Timestamp,
    /// When it was last asked again, whether it answered or not.
    tried: Timestamp,
}

/// What the provider says of itself (Discovery 1.0, 3).
#[derive(Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Provider").field(&self.0.settings.issuer).finish()
    }
}

impl Provider {
    /// The provider that the settings name.
    ///
    /// # Errors
    /// [`NotAProvider`]; nothing is asked of it yet.
    pub fn new(settings: Settings) -> Result<Self, NotAProvider> {
        if settings.issuer.contains(['?', '#']) {
            return Err(NotAProvider::NotAnIssuer);
        }
        if settings.client_id.is_empty() {
            return Err(NotAProvider::NoClient);
        }
        let here = on_this_machine(&settings.issuer);
        if !here && !settings.issuer.starts_with("https://") {
            return Err(NotAProvider::NotHttps);
        }
        let mut agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false);
        agent = if here { agent.proxy(None) } else { agent.https_only(true) };
        let inner = Inner { agent: agent.build().into(), settings, known: Mutex::new(None) };
        Ok(Self(Arc::new(inner)))
    }

    /// The provider's name.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.settings.issuer
    }

    /// Begins a sign-in.
    ///
    /// # Errors
    /// [`Refused`] when the provider does not answer, or is not who it should be.
    pub async fn depart(&self, now: Timestamp) -> Result<Departure, Refused> {
        let known = self.known(now).await?;
        let secret = || random().ok_or(Refused::Unreachable);
        let kept = Kept { state: secret()?, nonce: secret()?, verifier: secret()? };
        let settings = &self.0.settings;
        let scope =
            std::iter::once("openid").chain(settings.scopes.iter().map(String::as_str)).collect::<Vec<_>>();
        let question = Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", &settings.client_id)
            .append_pair("redirect_uri", &settings.return_to)
            .append_pair("scope", &scope.join(" "))
            .append_pair("state", &kept.state)
            .append_pair("nonce", &kept.nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(kept.verifier.as_bytes())))
            .append_pair("code_challenge_method", "S256")
            .finish();
        let endpoint = &known.description.authorization_endpoint;
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        Ok(Departure { address: format!("{endpoint}{joint}{question}"), kept })
    }

    /// Ends a sign-in: takes what the browser came back with.
    ///
    /// # Errors
    /// [`Refused`]: the rule that stops it.
    pub async fn arrive(&self, kept: Kept, returned: Returned, now: Timestamp) -> Result<Arrival, Refused> {
        if returned.state.as_deref() != Some(kept.state.as_str()) {
            return Err(Refused::State);
        }
        let known = self.known(now).await?;
        let silent = !known.description.authorization_response_iss_parameter_supported;
        if returned.iss.as_deref().map_or(!silent, |issuer| issuer != self.issuer()) {
            return Err(Refused::MixedUp);
        }
        if returned.error.is_some() {
            return Err(Refused::Declined);
        }
        let code = returned.code.ok_or(Refused::Declined)?;
        let tokens = self.exchange(&known.description.token_endpoint, &code, &kept.verifier).await?;
        let (claims, kind) = self.proven(&tokens.id_token, now).await?;
        let (emails, asks) = (self.0.settings.emails, claims.tells_no_email());
        let mut arrival = claims.arrival(kind.as_deref(), &kept.nonce, emails, &self.expected(now))?;
        if let (true, Some(place), Some(access)) =
            (asks, &known.description.userinfo_endpoint, &tokens.access_token)
        {
            arrival.email = self.described(place, access).await?.email(&arrival.subject, emails)?;
        }
        Ok(arrival)
    }

    /// Reads what the provider sends when a session of its own has ended. Whoever calls sees to it that one message is taken once.
    ///
    /// # Errors
    /// [`Refused`]: the rule that stops it.
    pub async fn logout(&self, token: &str, now: Timestamp) -> Result<Logout, Refused> {
        let (claims, kind) = self.proven(token, now).await?;
        claims.logout(kind.as_deref(), &self.expected(now))
    }

    fn expected(&self, now: Timestamp) -> Expected<'_> {
        Expected { issuer: self.issuer(), client: &self.0.settings.client_id, now }
    }

    /// The claims of a token that the provider signed, and what kind the token says it is.
    async fn proven(&self, token: &str, now: Timestamp) -> Result<(Claims, Option<String>), Refused> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refused::Algorithm)?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(Refused::Algorithm);
        }
        let jwk = self.key(header.kid.as_deref(), now).await?;
        let key = DecodingKey::from_jwk(&jwk).map_err(|_| Refused::Key)?;
        let mut signature = Validation::new(header.alg);
        // Only the signature is looked at here; what the token says is examined with the time that is passed in.
        signature.required_spec_claims.clear();
        signature.validate_exp = false;
        signature.validate_aud = false;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &key, &signature).map_err(|error| match error.kind() {
                jsonwebtoken::errors::ErrorKind::InvalidAlgorithm => Refused::Algorithm,
                jsonwebtoken::errors::ErrorKind::Json(_) => Refused::Unreadable,
                _ => Refused::Signature,
            })?;
        Ok((claims.claims, header.typ))
    }

    /// The published key of this name; where there is none the keys may have been renewed, and are asked for again.
    async fn key(&self, name: Option<&str>, now: Timestamp) -> Result<Jwk, Refused> {
        let known = self.known(now).await?;
        if let Some(key) = among(&known.keys, name) {
            return Ok(key);
        }
        if now.duration_since(known.tried) < ASK_AGAIN {
            return Err(Refused::Key);
        }
        if let Some(known) = self.0.known.lock().await.as_mut() {
            known.tried = now;
        }
        let known = self.ask(now).await?;
        among(&known.keys, name).ok_or(Refused::Key)
    }

    async fn known(&self, now: Timestamp) -> Result<Known, Refused> {
        let known = self.0.known.lock().await.clone();
        match known.filter(|known| now.duration_since(known.asked).abs() < KNOWN_FOR) {
            Some(known) => Ok(known),
            None => self.ask(now).await,
        }
    }

    async fn ask(&self, now: Timestamp) -> Result<Known, Refused> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer().trim_end_matches('/'));
        let description: Description = self.get(address).await?;
        let here = on_this_machine(self.issuer());
        let safe = [&description.authorization_endpoint, &description.token_endpoint, &description.jwks_uri]
            .into_iter()
            .chain(&description.userinfo_endpoint)
            .all(|place| place.starts_with("https://") || (here && on_this_machine(place)));
        if description.issuer != self.issuer() || !safe {
            return Err(Refused::Discovery);
        }
        let published: Published = self.get(description.jwks_uri.clone()).await?;
        let keys = published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
        let (description, keys) = (Arc::new(description), Arc::new(JwkSet { keys }));
        let known = Known { description, keys, asked: now, tried: now };
        *self.0.known.lock().await = Some(known.clone());
        Ok(known)
    }

    async fn get<T: DeserializeOwned + Send + 'static>(&self, address: String) -> Result<T, Refused> {
        let agent = self.0.agent.clone();
        asked(move || agent.get(&address).header("accept", "application/json").call(), Refused::Unreachable)
            .await
    }

    /// What the provider tells of whom this token was made for, straight to us.
    async fn described(&self, place: &str, access: &str) -> Result<Described, Refused> {
        let (agent, place, proof) = (self.0.agent.clone(), place.to_owned(), format!("Bearer {access}"));
        let ask = move || {
            agent.get(&place).header("accept", "application/json").header("authorization", &proof).call()
        };
        asked(ask, Refused::Unreachable).await
    }

    async fn exchange(&self, place: &str, code: &str, verifier: &str) -> Result<Tokens, Refused> {
        let settings = &self.0.settings;
        let body = Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &settings.return_to)
            .append_pair("code_verifier", verifier)
            .finish();
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let pair =
            format!("{}:{}", encoded(&settings.client_id), encoded(settings.client_secret.expose_secret()));
        let proof = format!("Basic {}", STANDARD.encode(pair));
        let (agent, place) = (self.0.agent.clone(), place.to_owned());
        let ask = move || {
            agent
                .post(&place)
                .header("accept", "application/json")
                .header("authorization", &proof)
                .header("content-type", "application/x-www-form-urlencoded")
                .send(&body)
        };
        asked(ask, Refused::Code).await
    }
}

/// Keys of kinds that are not known here are passed over.
#[derive(Deserialize)]
struct Published {
    keys: Vec<serde_json::Value>,
}

/// Asks on a thread that may wait; an answer other than 200 is refused as `otherwise`.
async fn asked<T: DeserializeOwned + Send + 'static>(
    ask: impl FnOnce() -> Result<ureq::http::Response<ureq::Body>, ureq::Error> + Send + 'static,
    otherwise: Refused,
) -> Result<T, Refused> {
    let read = move || {
        let mut answer = ask().map_err(|_| Refused::Unreachable)?;
        if answer.status().as_u16() != 200 {
            return Err(otherwise);
        }
        let body = answer.body_mut().with_config().limit(LARGEST).read_to_vec();
        serde_json::from_slice(&body.map_err(|_| Refused::Unreachable)?).map_err(|_| Refused::Unreadable)
    };
    tokio::task::spawn_blocking(read).await.map_err(|_| Refused::Unreachable)?
}

/// The signing key of this name. A token without a name is taken only where there is one key.
fn among(keys: &JwkSet, name: Option<&str>) -> Option<Jwk> {
    let signs = |key: &&Jwk| {
        key.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature)
    };
    let mut signing = keys.keys.iter().filter(signs);
    match name {
        Some(name) => signing.find(|key| key.common.key_id.as_deref() == Some(name)).cloned(),
        None => signing.next().filter(|_| keys.keys.len() == 1).cloned(),
    }
}

/// Whether an address leads no further than this machine, where nobody listens in.
fn on_this_machine(address: &str) -> bool {
    let host = address.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let is_port = |rest: &str| {
        rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
    };
    ["127.0.0.1", "[::1]", "localhost"].iter().any(|name| host.strip_prefix(name).is_some_and(is_port))
}

fn random() -> Option<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}
