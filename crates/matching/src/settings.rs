//! The figures a council may set. Each default gives its reason.

/// Where the bands begin and how many hits are given.
///
/// Scores are log2 odds that the one held is the one asked for. The defaults are set for a register in which a miss costs far more than a
/// needless telephone call: someone may be hurt, against a minute of the register team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Score at and above which a hit is a *match*. 7.5: about 180 to 1, which name and dwelling together reach and a namesake elsewhere
    /// does not.
    pub match_from: f64,
    /// Score at and above which a hit is *possible*. -3: even at 1 to 8 against, one call in nine is about the right person.
    pub possible_from: f64,
    /// Score at and above which two descriptions are taken for one person's.
    pub one_from: f64,
    /// Score at and above which somebody should look whether they are.
    pub perhaps_one_from: f64,
    /// The most hits that one search gives. 10: a household and its namesakes; more would be a list to browse. Whoever is at the very
    /// address asked for is given even so: a visitor would meet them.
    pub at_most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { match_from: 7.0, possible_from: -5.0, one_from: -2.0, perhaps_one_from: -6.0, at_most: 10 }
    }
}
