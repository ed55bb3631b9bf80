//! Passkeys on pages: what a page asks a device for, and what the browser's script put into the form.

use crate::app::App;
use crate::form::Form;
use passkey::from_text;
use register::ids::AccountId;
use service::Fault;
use service::sign_in::{AskedFor, Used};

/// Every field of a passkey that was used begins with this.
pub const FIELDS: &str = "passkey-";

/// What a page asks a device for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The site's name.
    pub site: String,
    /// The bytes to sign, as browsers write them.
    pub bytes: String,
    /// The keys that will do, with spaces between; any, where there are none.
    pub known: String,
}

/// What is asked of a device to sign in; nothing where the address of this site is not known.
///
/// # Errors
/// A fault.
pub async fn to_sign_in(app: &App) -> Result<Option<Asking>, Fault> {
    asking(app, AskedFor::SignIn, Vec::new()).await
}

/// What is asked of a device within a session; nothing where its holder has no passkey.
///
/// # Errors
/// A fault.
pub async fn within(app: &App, account: AccountId, token: &str) -> Result<Option<Asking>, Fault> {
    let known: Vec<String> = app.service.passkeys(account).await?.into_iter().map(|it| it.id).collect();
    if known.is_empty() {
        return Ok(None);
    }
    asking(app, AskedFor::Session(token), known).await
}

/// What is asked of a device that is to make another key.
///
/// # Errors
/// A fault.
pub async fn to_make(app: &App, account: AccountId, token: &str) -> Result<Option<Asking>, Fault> {
    let known = app.service.passkeys(account).await?.into_iter().map(|it| it.id).collect();
    asking(app, AskedFor::Session(token), known).await
}

async fn asking(app: &App, asked_for: AskedFor<'_>, known: Vec<String>) -> Result<Option<Asking>, Fault> {
    let Some(site) = &app.site else { return Ok(None) };
    let bytes = app.service.passkey_asking(asked_for).await?;
    Ok(Some(Asking { site: site.name().to_owned(), bytes, known: known.join(" ") }))
}

/// What the browser said of a passkey, if it was used.
#[must_use]
pub fn used(form: &Form) -> Option<Used> {
    let bytes = |field: &str| from_text(form.value(&format!("{FIELDS}{field}")));
    let id = form.value("passkey-id");
    if id.is_empty() {
        return None;
    }
    let (client, device, signature) = (bytes("client")?, bytes("device")?, bytes("signature")?);
    Some(Used { id: id.to_owned(), client, device, signature })
}
