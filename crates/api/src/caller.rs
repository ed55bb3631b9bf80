//! Which program asks: the token that it shows, and the account behind it looked up again at every request.

use crate::trouble::Trouble;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use register::ids::AccountId;
use register::people::Account;
use service::programs::{Program, Scope};
use web::App;

/// A program that has shown a good token.
#[derive(Debug, Clone)]
pub struct Caller(Program);

impl Caller {
    /// Its account's reference.
    pub const fn id(&self) -> AccountId {
        self.0.account.id
    }

    /// Its account, as it stands now.
    pub const fn account(&self) -> &Account {
        &self.0.account
    }

    /// Turns away a token that is not for this.
    pub fn must(&self, scope: Scope) -> Result<(), Trouble> {
        if self.0.scopes.contains(&scope) { Ok(()) } else { Err(Trouble::scope(scope)) }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        // One that is shown twice is shown by nobody who knows what they do.
        let mut shown = parts.headers.get_all(AUTHORIZATION).iter();
        let (Some(shown), None) = (shown.next(), shown.next()) else { return Err(Trouble::no_token()) };
        let word = shown.to_str().ok().and_then(|shown| shown.split_once(' '));
        let word =
            word.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, word)| word.trim());
        let program = match word {
            Some(word) => app.service.program_of(word).await?,
            None => None,
        };
        program.map(Self).ok_or_else(Trouble::no_token)
    }
}
