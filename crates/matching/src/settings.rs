//! The figures a council may set. Each default gives its reason.

/// Where the bands begin and how many hits are given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Score in log2 odds at and above which a hit is a *match*.
    pub match_from: f64,
    /// Score in log2 odds at and above which a hit is *possible*.
    pub possible_from: f64,
    /// The most hits that one search gives.
    pub at_most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { match_from: 7.5, possible_from: -3.0, at_most: 10 }
    }
}
