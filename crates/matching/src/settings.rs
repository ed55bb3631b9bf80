//! The figures a council may set. Each default gives its reason.

/// Where the bands begin and how many hits are given.
///
/// Scores are log2 odds that the one held is the one asked for. The bands follow from what a mistake costs: a needless call to the register
/// team costs minutes; a miss may cost somebody's health, and is taken for thirty such calls; a warning shown for the wrong person is unfair
/// to them, and is taken for a hundred.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Score at and above which a hit is a *match*. 6.5: 90 to 1, which name and dwelling together reach and a namesake elsewhere does not.
    pub match_from: f64,
    /// Score at and above which a hit is *possible*. -5: at 1 to 32 against, a call costs what the miss it prevents would.
    pub possible_from: f64,
    /// Score at and above which two descriptions are taken for one person's. -3: a list mostly holds people who are registered already or
    /// are nobody's namesake, so that what a check would doubt is here nearly always right.
    pub one_from: f64,
    /// Score at and above which somebody should look whether they are. -6: what is below is mostly namesakes.
    pub perhaps_one_from: f64,
    /// The most hits that one search gives. 10: a household and its namesakes; more would be a list to browse. Whoever is at the very
    /// address asked for is given even so: a visitor would meet them.
    pub at_most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { match_from: 6.5, possible_from: -5.0, one_from: -3.0, perhaps_one_from: -6.0, at_most: 10 }
    }
}
