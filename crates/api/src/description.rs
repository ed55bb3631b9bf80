//! `GET /api/openapi.json`: what programs may ask, as programs read it (OpenAPI 3.1).

use crate::{checkpoints, checks, markers, token};
use axum::Json;
use utoipa::openapi::security::{
    ClientCredentials, Flow, Http, HttpAuthScheme, OAuth2, Scopes, SecurityScheme,
};
use utoipa::{Modify, OpenApi};

/// What every program reads first.
const WORDS: &str = "Ask before contact, receive markers, under the rules of the register. A program has an account of its own, which two \
                     people opened, and a secret that two people made. Whatever is not a 200 is no answer: ring before any contact.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Personal Safety Register", version = "1", description = WORDS, license(name = "MIT", identifier = "MIT")),
    paths(token::give, checks::ask, checks::acknowledge, checks::receipt, markers::list, markers::receive, checkpoints::advance),
    modifiers(&Doors),
    tags(
        (name = "token", description = "A token for a program's secret"),
        (name = "checks", description = "Ask before contact"),
        (name = "markers", description = "Markers of a partner's own properties, as they come"),
        (name = "checkpoints", description = "Signed heads of both logs, for whoever watches that nothing is rewritten"),
    )
)]
struct Description;

/// How a program shows that it is itself.
struct Doors;

impl Modify for Doors {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scopes = Scopes::from_iter([
            ("check", "Ask before contact"),
            ("markers", "Receive the markers of one's own properties"),
            ("staff", "Say who works for the council, over SCIM"),
        ]);
        let token = OAuth2::new([Flow::ClientCredentials(ClientCredentials::new("/api/v1/token", scopes))]);
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::OAuth2(token));
        components.add_security_scheme("client", SecurityScheme::Http(Http::new(HttpAuthScheme::Basic)));
    }
}

/// The description. Anybody may read it: it tells nothing that the source does not.
pub async fn show() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}
