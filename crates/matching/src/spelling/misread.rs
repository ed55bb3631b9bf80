//! Letters that look alike in print and in handwriting, one for two: what a scanner or a tired eye makes of a word.

const LOOK_ALIKE: [(&str, &str); 9] = [
    ("cl", "d"),
    ("rn", "m"),
    ("nn", "m"),
    ("in", "m"),
    ("vv", "w"),
    ("li", "h"),
    ("ri", "n"),
    ("ii", "u"),
    ("ui", "w"),
];

/// The words that this one may be misread from, one misreading in each.
pub(super) fn misread(word: &str) -> impl Iterator<Item = String> {
    LOOK_ALIKE
        .into_iter()
        .flat_map(|(two, one)| [(two, one), (one, two)])
        .flat_map(move |(seen, meant)| word.match_indices(seen).map(move |(at, _)| (at, seen, meant)))
        .filter_map(move |(at, seen, meant)| {
            Some([word.get(..at)?, meant, word.get(at + seen.len()..)?].concat())
        })
}

#[cfg(test)]
mod tests {
    use super::misread;

    #[test]
    fn a_misread_word_leads_back_to_the_one_written() {
        assert!(misread("edwarcl").any(|word| word == "edward"));
        assert!(misread("bumham").any(|word| word == "burnham"));
        assert_eq!(misread("fox").count(), 0);
    }
}
