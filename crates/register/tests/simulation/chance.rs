//! Chance that can be run again: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), one seed for each run.

pub struct Chance(u64);

impl Chance {
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number under `limit`, which is small: the unevenness of the remainder does not matter here.
    pub fn under(&mut self, limit: usize) -> usize {
        usize::try_from(self.bits() % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// Comes true `percent` times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.under(100) < percent
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *of.get(self.under(of.len())).expect("something to choose from")
    }

    /// One of what an iterator gives, if it gives anything.
    pub fn any<T>(&mut self, of: impl Iterator<Item = T>) -> Option<T> {
        let mut all = Vec::with_capacity(of.size_hint().1.unwrap_or(0));
        all.extend(of);
        (!all.is_empty()).then(|| all.swap_remove(self.under(all.len())))
    }
}
