//! When the register cannot do what was asked: a rule refused it, or something failed.
//!
//! A refusal is shown to the person in the rule's own words. A fault is shown as a short number; what failed goes to the log,
//! once, without anything personal.

use register::refusal::Refusal;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

/// Why something was not done.
#[derive(Debug)]
pub enum Failure {
    /// A rule of the policy.
    Refused(Refusal),
    /// A failure of ours; nothing was changed, or it is not known whether it was.
    Fault(Fault),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<F: Into<Fault>> From<F> for Failure {
    fn from(fault: F) -> Self {
        Self::Fault(fault.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

/// A failure of ours, by its number in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    number: u32,
    kind: Kind,
}

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The store cannot be reached or written at the moment.
    Outage,
    /// Anything else.
    Other,
}

static FAULTS: AtomicU32 = AtomicU32::new(1);

impl Fault {
    /// Logs what failed, once, and gives it a number. `what` must hold nothing personal.
    pub fn log(what: &dyn std::error::Error) -> Self {
        let number = FAULTS.fetch_add(1, Ordering::Relaxed);
        let mut causes = what.to_string();
        let mut cause = what.source();
        while let Some(inner) = cause {
            causes.push_str(": ");
            causes.push_str(&inner.to_string());
            cause = inner.source();
        }
        tracing::error!(fault = number, what = causes, "could not be done");
        Self { number, kind: Kind::Other }
    }

    /// Whether the register is whole and its store cannot be reached or written at the moment.
    #[must_use]
    pub fn is_outage(self) -> bool {
        self.kind == Kind::Outage
    }

    /// A fault that no other error stands behind.
    #[must_use]
    pub fn because(what: &'static str) -> Self {
        #[derive(Debug, thiserror::Error)]
        #[error("{0}")]
        struct Because(&'static str);
        Self::log(&Because(what))
    }

    /// The number to quote.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "something went wrong on our side (fault {})", self.number)
    }
}

impl std::error::Error for Fault {}

/// Every error that can only be our own becomes a fault where it leaves the service.
macro_rules! faults {
    ($($error:ty,)*) => { $(impl From<$error> for Fault { fn from(error: $error) -> Self { Self::log(&error) } })* };
}

impl From<ledger::LedgerError> for Fault {
    fn from(error: ledger::LedgerError) -> Self {
        let kind = if error.is_outage() { Kind::Outage } else { Kind::Other };
        Self { kind, ..Self::log(&error) }
    }
}

faults! {
    crate::spool::SpoolError,
    ledger::wire::WireError,
    serde_json::Error,
    tokio::task::JoinError,
}
