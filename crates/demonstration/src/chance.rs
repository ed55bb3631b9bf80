//! Chance that repeats itself: the same seed gives the same history on every machine. Not for secrets.

/// What a history grows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seed(pub u64);

/// A stream of numbers that depends on nothing but where it started (SplitMix64: Steele, Lea and Flood, 2014).
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream called `name` of this seed. Streams of different names do not disturb each other.
    pub(crate) fn of(seed: Seed, name: &str) -> Self {
        Self(seed.0 ^ stable_number(name))
    }

    pub(crate) const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: u32, most: u32) -> u32 {
        let span = u64::from(most.saturating_sub(least)) + 1;
        least.saturating_add(u32::try_from(self.bits() % span).unwrap_or(0))
    }

    pub(crate) fn one_in(&mut self, odds: u32) -> bool {
        self.between(1, odds) == 1
    }

    /// One of `choices`, which are never none.
    #[expect(clippy::indexing_slicing, reason = "the index is below the length, and no table is empty")]
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let last = u32::try_from(choices.len().saturating_sub(1)).unwrap_or(0);
        choices[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }
}

/// A number that always belongs to this name (FNV-1a, 64 bits): for references that stay the same in every history.
pub(crate) fn stable_number(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
