//! Where the logs end, as far as a store has read them.

use crate::record::{Log, Micros};
use crate::tree::Frontier;

/// Where both logs end.
#[derive(Debug, Clone, Default)]
pub struct Tails {
    register: Tail,
    access: Tail,
}

/// Where one log ends.
#[derive(Debug, Clone, Default)]
pub struct Tail {
    /// The tree over its records.
    pub tree: Frontier,
    /// When the last of them was recorded.
    pub recorded_at: Micros,
}

impl Tails {
    /// Where `log` ends.
    #[must_use]
    pub const fn of(&self, log: Log) -> &Tail {
        match log {
            Log::Register => &self.register,
            Log::Access => &self.access,
        }
    }

    /// Where `log` ends, to be moved on.
    pub const fn of_mut(&mut self, log: Log) -> &mut Tail {
        match log {
            Log::Register => &mut self.register,
            Log::Access => &mut self.access,
        }
    }
}
