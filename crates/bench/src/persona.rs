//! Who asks: people of the demonstration register.

use crate::http::Connection;
use anyhow::{Context, Result, ensure};
use demonstration::{Persona, personas};
use register::people::Role;
use std::net::SocketAddr;

/// The password of everybody in a demonstration register.
pub const PASSWORD: &str = "demonstration only";

/// Somebody with this role.
pub fn with_role(role: Role) -> Result<Persona> {
    let found = personas().into_iter().find(|persona| persona.role == role);
    found.with_context(|| format!("nobody to sign in as is {}", role.key()))
}

/// Signs somebody in whose roles need no second factor.
pub async fn sign_in(address: SocketAddr, persona: &Persona) -> Result<Connection> {
    let mut connection = Connection::open(address).await?;
    let answer = connection.post("/sign-in", &[("email", &persona.email), ("password", PASSWORD)]).await?;
    ensure!(answer.status == 303, "signing in answered {}", answer.status);
    Ok(connection)
}
