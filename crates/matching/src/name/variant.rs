//! Names that are forms of one another: short forms, and the spellings one name takes on its way into English.
//!
//! Written from common knowledge, one family to a line. A word may stand in several families. What a slip or the ear already finds
//! need not be here.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const FAMILIES: &str = include_str!("variants.txt");

static LINES_OF: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lines: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for line in FAMILIES.lines().filter(|line| !line.starts_with('#')) {
        for word in line.split_whitespace() {
            lines.entry(word).or_default().push(line);
        }
    }
    lines
});

/// The other forms of a folded word. The word itself may be among them.
pub(crate) fn variants(word: &str) -> impl Iterator<Item = &'static str> {
    LINES_OF.get(word).into_iter().flatten().flat_map(|line| line.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::variants;

    #[test]
    fn a_short_form_knows_its_whole_and_the_whole_its_short_form() {
        assert!(variants("peggy").any(|form| form == "margaret"));
        assert!(variants("margaret").any(|form| form == "peggy"));
        assert_eq!(variants("zzz").count(), 0);
    }
}
