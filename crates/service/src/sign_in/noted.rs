//! What the log is told of everybody who shows who they are, or fails to: one line each, for whoever watches for attacks (OWASP ASVS 5.0, 16.3.1).
//!
//! A line names an account by its reference, and nobody where what was given leads to none; it never holds what was typed.

use register::ids::AccountId;
use std::fmt::Debug;

/// By what somebody shows who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Password,
    Code,
    Passkey,
    Council,
    Invitation,
    /// By somebody who lost their app.
    RecoveryCode,
    /// By a program, for a token.
    Secret,
    /// To change the password.
    Change,
    /// Once more, before a grave act.
    Proof,
}

impl By {
    const fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::Council => "council",
            Self::Invitation => "invitation",
            Self::RecoveryCode => "recovery-code",
            Self::Secret => "secret",
            Self::Change => "change",
            Self::Proof => "proof",
        }
    }
}

/// Tells the log what came of it, and gives it on.
pub(crate) fn noted<T, E: Debug>(by: By, account: Option<AccountId>, outcome: Result<T, E>) -> Result<T, E> {
    let (by, account) = (by.key(), account.map(tracing::field::display));
    match &outcome {
        Ok(_) => tracing::info!(security = "accepted", by, account, "signing in"),
        Err(reason) => tracing::warn!(security = "refused", by, account, ?reason, "signing in"),
    }
    outcome
}
