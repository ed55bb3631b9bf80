//! Why an event could not be stored or read back. No message holds anything out of particulars.

use thiserror::Error;

/// An event that could not be stored or read back. Reading never skips one and never guesses: the node that meets it is not ready.
#[derive(Debug, Error)]
pub enum WireError {
    /// Only what is known can be stored; what was erased was stored long ago.
    #[error("{kind} cannot be stored again: its {field} have been erased")]
    Erased {
        /// What happened.
        kind: &'static str,
        /// The part that is erased.
        field: &'static str,
    },
    /// A shape that cannot be written as JSON: a fault of this crate.
    #[error("{kind} cannot be written as JSON")]
    NotWritten {
        /// What happened.
        kind: &'static str,
    },
    /// A kind or version of a later release, or none of this program's.
    #[error("this release does not know {kind} version {version}")]
    Unknown {
        /// The kind stored.
        kind: String,
        /// The version stored.
        version: u16,
    },
    /// Facts that are not JSON of this shape: a field missing, unknown or of another form.
    #[error("the facts of {kind} version {version} are not of that shape")]
    Facts {
        /// The kind stored.
        kind: String,
        /// The version stored.
        version: u16,
        /// What was wrong, and where.
        #[source]
        error: serde_json::Error,
    },
    /// Particulars that are not JSON of this shape. Only the place is told: the reason would quote them.
    #[error("the {field} of {kind} version {version} are not of that shape, at byte {column}")]
    Particulars {
        /// The kind stored.
        kind: String,
        /// The version stored.
        version: u16,
        /// The part.
        field: &'static str,
        /// Up to which byte it was read.
        column: usize,
    },
    /// A part of the event that did not come back, neither known nor erased.
    #[error("{kind} version {version} came back without its {field}")]
    NoParticulars {
        /// The kind stored.
        kind: String,
        /// The version stored.
        version: u16,
        /// The part.
        field: &'static str,
    },
    /// A part that no event of this kind and version has, or the same one twice.
    #[error("{kind} version {version} came back with {field}, which it does not have")]
    Surplus {
        /// The kind stored.
        kind: String,
        /// The version stored.
        version: u16,
        /// The part.
        field: String,
    },
}
