//! Postcodes: found in text, kept as a number, and varied by one slip.

/// A postcode without its space, in capitals, packed. Only its pattern is checked: a register holds codes that are no longer in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Postcode(u64);

const INWARD: usize = 3;
const LONGEST: usize = 7;

impl Postcode {
    /// Any short run of letters and digits, as typed; `None` when it is too long or empty.
    fn pack(text: &[u8]) -> Option<Self> {
        if text.is_empty() || text.len() > 8 {
            return None;
        }
        Some(Self(text.iter().fold(0, |packed, byte| packed << 8 | u64::from(byte.to_ascii_uppercase()))))
    }

    /// Takes what was given as a postcode at its word, whatever its pattern, so that a mistyped one can still be compared.
    pub(crate) fn given(text: &str) -> Option<Self> {
        let mut letters: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
        letters.truncate(8);
        if letters.len() < 4 {
            return None;
        }
        Self::pack(&tidy(&letters))
    }

    fn letters(self) -> Vec<u8> {
        self.0.to_be_bytes().into_iter().filter(|byte| *byte != 0).collect()
    }

    /// The code without its last two letters: a few streets.
    pub(crate) fn sector(self) -> u64 {
        self.0 >> 16
    }

    /// The code without its inward part: a part of a town.
    pub(crate) fn outward(self) -> u64 {
        self.0 >> 24
    }

    /// The codes that one slip makes of this one: neighbours exchanged, one dropped, one added, or a letter or digit mistaken for another.
    pub(crate) fn one_slip_away(self) -> Vec<Self> {
        const DIGITS: &[u8] = b"0123456789";
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let letters = self.letters();
        let mut made = Vec::with_capacity(400);
        let mut changed = letters.clone();
        for at in 0..letters.len() {
            if at + 1 < letters.len() {
                changed.swap(at, at + 1);
                made.extend(Self::pack(&changed));
                changed.swap(at, at + 1);
            }
            let kept = changed.remove(at);
            made.extend(Self::pack(&changed));
            for other in if kept.is_ascii_digit() { DIGITS } else { LETTERS } {
                changed.insert(at, *other);
                made.extend(Self::pack(&changed));
                changed.remove(at);
            }
            changed.insert(at, kept);
        }
        if letters.len() < LONGEST {
            for at in 0..=letters.len() {
                for added in DIGITS.iter().chain(LETTERS) {
                    changed.insert(at, *added);
                    made.extend(Self::pack(&changed));
                    changed.remove(at);
                }
            }
        }
        made.retain(|code| *code != self);
        made
    }

    /// Whether one slip parts the two.
    pub(crate) fn is_one_slip_from(self, other: Self) -> bool {
        let (a, b) = (self.0.to_be_bytes(), other.0.to_be_bytes());
        let written = |code: &Self| code.0.leading_zeros() as usize / 8;
        one_slip(a.get(written(&self)..).unwrap_or_default(), b.get(written(&other)..).unwrap_or_default())
    }
}

fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let same_start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let rest_a = a.get(same_start..).unwrap_or_default();
    let rest_b = b.get(same_start..).unwrap_or_default();
    match (rest_a, rest_b) {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) if a1 == b2 && a2 == b1 && a == b => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        _ => false,
    }
}

/// Puts a letter or a digit where the pattern wants it: `0L15 2ND` is `OL15 2ND`, `M1 lAA` is `M1 1AA`. What is more amiss than that is
/// left as it was typed.
fn tidy(letters: &[u8]) -> Vec<u8> {
    let mut tidied: Vec<u8> = letters.to_ascii_uppercase();
    let length = tidied.len();
    if !(5..=7).contains(&length) {
        return tidied;
    }
    for (at, letter) in tidied.iter_mut().enumerate() {
        // The longest codes begin with two letters and a digit, the shortest with a letter and a digit.
        let wants_letter = at == 0 || at + 2 >= length || (at, length) == (1, 7);
        let wants_digit = at + INWARD == length || (at, length) == (2, 7) || (at, length) == (1, 5);
        *letter = match *letter {
            b'0' if wants_letter => b'O',
            b'1' if wants_letter => b'I',
            b'5' if wants_letter => b'S',
            b'8' if wants_letter => b'B',
            b'2' if wants_letter => b'Z',
            b'6' if wants_letter => b'G',
            b'O' | b'Q' if wants_digit => b'0',
            b'I' | b'L' if wants_digit => b'1',
            b'S' if wants_digit => b'5',
            b'B' if wants_digit => b'8',
            b'Z' if wants_digit => b'2',
            b'G' if wants_digit => b'6',
            kept => kept,
        };
    }
    let changed = letters.iter().zip(&tidied).filter(|(typed, tidied)| !typed.eq_ignore_ascii_case(tidied));
    if changed.count() <= 1 && has_pattern(&tidied) { tidied } else { letters.to_ascii_uppercase() }
}

fn has_pattern(letters: &[u8]) -> bool {
    let parts = std::str::from_utf8(letters)
        .ok()
        .and_then(|code| code.split_at_checked(code.len().saturating_sub(INWARD)));
    parts.is_some_and(|(outward, inward)| is_outward(outward) && is_inward(inward))
}

fn is_outward(word: &str) -> bool {
    let bytes = word.as_bytes();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let rest = bytes.get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest.first().is_some_and(u8::is_ascii_digit)
        && rest.iter().all(u8::is_ascii_alphanumeric)
}

fn is_inward(word: &str) -> bool {
    matches!(word.as_bytes(), [digit, a, b] if digit.is_ascii_digit() && a.is_ascii_alphabetic() && b.is_ascii_alphabetic())
}

/// The postcode among folded words, and the words it took: where it starts and how many.
pub(crate) fn postcode_in(words: &[&str]) -> Option<(Postcode, usize, usize)> {
    for (at, word) in words.iter().enumerate().rev() {
        if let Some(next) = words.get(at + 1)
            && is_outward(word)
            && is_inward(next)
        {
            return Postcode::given(&[*word, *next].concat()).map(|code| (code, at, 2));
        }
        let joined =
            word.len().checked_sub(INWARD).and_then(|cut| Some((word.get(..cut)?, word.get(cut..)?)));
        if joined.is_some_and(|(outward, inward)| is_outward(outward) && is_inward(inward)) {
            return Postcode::given(word).map(|code| (code, at, 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Postcode, postcode_in};

    #[test]
    fn a_postcode_is_found_with_or_without_its_space() {
        let code = Postcode::given("LS1 4AP").unwrap();
        assert_eq!(postcode_in(&["leeds", "ls1", "4ap"]), Some((code, 1, 2)));
        assert_eq!(postcode_in(&["ls14ap"]), Some((code, 0, 1)));
        assert_eq!(postcode_in(&["4", "park", "street"]), None);
    }

    #[test]
    fn letters_and_digits_that_look_alike_are_put_right() {
        assert_eq!(Postcode::given("0L15 2ND"), Postcode::given("OL15 2ND"));
        assert_eq!(Postcode::given("Y046 6RD"), Postcode::given("YO46 6RD"));
        assert_eq!(Postcode::given("MI 1AA"), Postcode::given("M1 1AA"));
    }

    #[test]
    fn two_letters_exchanged_across_the_pattern_are_still_one_slip() {
        for (typed, meant) in [("SG18W1R", "SG18 1WR"), ("N2G56ZN", "NG25 6ZN"), ("HD1U6L", "HD1 6UL")] {
            let (typed, meant) = (Postcode::given(typed).unwrap(), Postcode::given(meant).unwrap());
            assert!(typed.is_one_slip_from(meant));
        }
    }

    #[test]
    fn every_code_one_slip_away_is_recognised_as_such() {
        let code = Postcode::given("LS1 4AP").unwrap();
        for other in code.one_slip_away() {
            assert!(code.is_one_slip_from(other) && other.is_one_slip_from(code));
        }
    }
}
