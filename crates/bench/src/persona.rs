//! Who asks: people of the demonstration register, and what they sign in with.

use crate::http::Connection;
use anyhow::{Context, Result, ensure};
use demonstration::{Persona, personas};
use register::command::OpenAccount;
use register::ids::AccountId;
use register::people::{AccountDetails, Role};
use register::personal::Text;
use service::Service;
use std::net::SocketAddr;

/// The password of everybody in a demonstration register.
pub const PASSWORD: &str = "demonstration only";
/// The secret of everybody's authenticator app in a demonstration register.
pub const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
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

/// Gives the password of somebody, whose second factor is asked for next.
pub async fn half_signed_in(address: SocketAddr, persona: &Persona) -> Result<Connection> {
    let mut connection = Connection::open(address).await?;
    let answer =
        connection.post("/sign-in", &[("email", persona.email.as_str()), ("password", PASSWORD)]).await?;
    ensure!(answer.status == 303, "signing in answered {}", answer.status);
    Ok(connection)
}

/// Gives the code.
pub async fn give_code(connection: &mut Connection, code: &str) -> Result<()> {
    let answer = connection.post("/sign-in/second-factor", &[("code", code)]).await?;
    ensure!(answer.status == 303 && answer.location == "/", "signing in answered {}", answer.status);
    Ok(())
}

/// Signs somebody in.
pub async fn sign_in(address: SocketAddr, persona: &Persona, code: &str) -> Result<Connection> {
    let mut connection = half_signed_in(address, persona).await?;
    give_code(&mut connection, code).await?;
    Ok(connection)
}

/// So many colleagues of somebody, opened for a drill: a code is good once, so nobody signs in twice in half a minute.
pub async fn colleagues(service: &Service, of: &Persona, count: usize) -> Result<Vec<Persona>> {
    let (roles, team) = service
        .read(|register| register.account(of.account).map(|account| (account.roles.clone(), account.team)))
        .with_context(|| format!("{} has no account", of.name))?;
    let text = |words: &str| Text::new(words).map_err(|error| anyhow::anyhow!("{error:?}"));
    let mut colleagues = Vec::new();
    for number in 1..=count {
        let (name, account) = (format!("{} {number}", of.name), AccountId::from_bits(service.fresh()));
        let email = format!("{number}.{}", of.email);
        let details = AccountDetails { name: text(&name)?, email: text(&email)?, phone: None };
        let open = OpenAccount { account, roles: roles.clone(), team, details };
        service.execute_as_system(open).await?;
        service.demonstration_credential(account, PASSWORD, SECRET).await?;
        colleagues.push(Persona { role: of.role, name, email, account });
    }
    Ok(colleagues)
}
