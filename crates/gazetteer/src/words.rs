//! The words that addresses are found by: small, without accents and apostrophes, short and long forms alike.

/// Words that mean the same, as people shorten them.
const ALIKE: &[&[&str]] = &[
    &["street", "st", "str", "saint"],
    &["road", "rd"],
    &["avenue", "ave", "av", "avn"],
    &["lane", "ln", "la"],
    &["close", "cl", "clo"],
    &["court", "ct", "crt"],
    &["crescent", "cres", "crsnt"],
    &["drive", "dr", "drv", "doctor"],
    &["gardens", "gdns", "gdn", "gds", "garden"],
    &["grove", "gr", "grv"],
    &["place", "pl"],
    &["square", "sq"],
    &["terrace", "terr", "ter", "tce"],
    &["park", "pk"],
    &["house", "hse", "ho"],
    &["building", "buildings", "bldg", "bldgs"],
    &["flat", "apartment", "apt", "flt"],
    &["mount", "mt"],
    &["upper", "upr"],
    &["lower", "lwr"],
    &["centre", "ctr", "center"],
    &["estate", "est"],
    &["industrial", "ind"],
    &["walk", "wlk"],
    &["way", "wy"],
    &["parade", "pde"],
    &["cottage", "cott", "cottages"],
    &["farm", "fm"],
    &["north", "nth"],
    &["south", "sth"],
    &["number", "no"],
];

/// With single spaces, and none around it.
pub(crate) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Small letters and digits with single spaces.
pub(crate) fn folded(text: &str) -> String {
    let plain = if text.is_ascii() { text.to_lowercase() } else { deunicode::deunicode(text).to_lowercase() };
    let mut folded = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '\'' | '`' | '.' => {}
            _ if c.is_ascii_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Letters and digits alone: a postcode however it is spaced.
pub(crate) fn joined(text: &str) -> String {
    folded(text).replace(' ', "")
}

/// The words of a text with every form of them.
pub(crate) fn indexed(text: &str) -> Vec<String> {
    let folded = folded(text);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let alike = ALIKE.iter().filter(|group| group.contains(&word)).flat_map(|group| group.iter());
        words.extend(alike.filter(|form| **form != word).map(|form| (*form).to_owned()));
        words.push(word.to_owned());
    }
    words
}

/// Whether this is a whole postcode, however it is spaced and written.
pub(crate) fn is_postcode(text: &str) -> bool {
    let joined = joined(text);
    let Some(at) = joined.len().checked_sub(3).filter(|_| text.len() <= 8) else { return false };
    matches!((joined.get(..at), joined.get(at..)), (Some(out), Some(inward)) if is_outcode(out) && inward.len() == 3 && begins_incode(inward))
}

/// The first half of a postcode: "gl50", "w1a".
pub(crate) fn is_outcode(word: &str) -> bool {
    let letters = word.chars().take_while(char::is_ascii_lowercase).count();
    let rest: Vec<char> = word.chars().skip(letters).collect();
    (1..=2).contains(&letters)
        && match rest.as_slice() {
            [first] => first.is_ascii_digit(),
            [first, second] => first.is_ascii_digit() && second.is_ascii_alphanumeric(),
            _ => false,
        }
}

/// The beginning of the second half: "1", "1a", "1aa".
pub(crate) fn begins_incode(word: &str) -> bool {
    let mut letters = word.chars();
    word.len() <= 3
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && letters.all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_every_form_of_it() {
        assert_eq!(folded("  St. Mary's-Côte, Tŷ "), "st marys cote ty");
        let words = indexed("High Street");
        assert!(["high", "street", "st"].iter().all(|word| words.contains(&(*word).to_owned())), "{words:?}");
    }

    #[test]
    fn postcodes_are_told_from_other_words() {
        for text in ["GL50 1AA", "gl501aa", "W1A 1AA", "M1 1AE"] {
            assert!(is_postcode(text), "{text}");
        }
        for text in ["GL50", "14A", "Wyverton", "", "12345 6AB", "A1", "flat 2b"] {
            assert!(!is_postcode(text), "{text}");
        }
    }
}
