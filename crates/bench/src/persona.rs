//! Who asks: people of the demonstration register, and what they sign in with.

use crate::http::Connection;
use anyhow::{Context, Result, ensure};
use demonstration::{Persona, personas};
use register::people::Role;
use std::net::SocketAddr;

/// The password of everybody in a demonstration register.
pub const PASSWORD: &str = "demonstration only";
/// The secret of everybody's authenticator app in a demonstration register.
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/// How long a code is shown, in seconds.
pub const CODE_STEP: u64 = 30;

/// Everybody with this role, in the order of the cast.
pub fn all_with_role(role: Role) -> Vec<Persona> {
    personas().into_iter().filter(|persona| persona.role == role).collect()
}

/// Somebody with this role.
pub fn with_role(role: Role) -> Result<Persona> {
    let found = all_with_role(role).into_iter().next();
    found.with_context(|| format!("nobody to sign in as is {}", role.key()))
}

/// What the authenticator app of anybody shows in this step of time.
pub fn code(step: u64) -> Result<String> {
    let secret = totp_rs::Secret::try_from_base32(SECRET).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let app = totp_rs::Builder::new().with_secret(secret).with_account_name("anybody".to_owned()).build();
    let app = app.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(app.generate(step * CODE_STEP).to_string())
}

/// Signs somebody in whose roles need no second factor.
pub async fn sign_in(address: SocketAddr, persona: &Persona) -> Result<Connection> {
    let mut connection = Connection::open(address).await?;
    let answer =
        connection.post("/sign-in", &[("email", persona.email.as_str()), ("password", PASSWORD)]).await?;
    ensure!(answer.status == 303, "signing in answered {}", answer.status);
    Ok(connection)
}
