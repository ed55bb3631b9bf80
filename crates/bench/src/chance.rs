//! Chance that repeats itself: a drill with the same seed has the same faults in the same order.

use std::time::Duration;

/// A stream of numbers that depends on its seed alone (SplitMix64: Steele, Lea and Flood, 2014).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `least` to `most`, both included.
    pub const fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.bits() % (most - least + 1)
    }

    /// So many milliseconds, both included, to the microsecond.
    pub const fn milliseconds(&mut self, least: u64, most: u64) -> Duration {
        Duration::from_micros(self.between(least * 1_000, most * 1_000))
    }

    /// One of some, of which there is one at least.
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> Option<T> {
        let last = u64::try_from(among.len()).ok()?.checked_sub(1)?;
        among.get(usize::try_from(self.between(0, last)).ok()?).copied()
    }
}
