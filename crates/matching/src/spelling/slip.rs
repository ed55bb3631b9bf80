//! Edit distance in *slips*: one slip is one wrong key, and mishearings and doubled letters count for less.
//!
//! The prices are set by hand from what is known of typing and of English ears, not learned from any list.

/// Tenths of a slip.
pub(crate) type Slips = u16;

const WHOLE: Slips = 10;
const DOUBLED: Slips = 4;
const SILENT: Slips = 6;
const VOWEL: Slips = 5;
const HEARD: Slips = 6;
const SWAPPED: Slips = 8;
/// Longer words are compared by their beginnings.
const LONGEST: usize = 40;

/// Letters that are taken for one another by ear or on a bad line.
fn heard_alike(a: u8, b: u8) -> bool {
    let pair = if a < b { (a, b) } else { (b, a) };
    matches!(
        pair,
        (b'b', b'd' | b'p' | b'v')
            | (b'd', b't')
            | (b'p', b't')
            | (b'm', b'n')
            | (b'f', b's' | b'v')
            | (b's', b'z')
            | (b'c', b'k' | b'q' | b's')
            | (b'k', b'q')
            | (b'g', b'j' | b'k')
            | (b'v', b'w')
            | (b'j', b'y')
    )
}

fn vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn change(a: u8, b: u8) -> Slips {
    if a == b {
        0
    } else if vowel(a) && vowel(b) {
        VOWEL
    } else if heard_alike(a, b) {
        HEARD
    } else {
        WHOLE
    }
}

fn drop_of(letter: u8, before: Option<u8>) -> Slips {
    if before == Some(letter) {
        DOUBLED
    } else if matches!(letter, b'h' | b'e') {
        SILENT
    } else {
        WHOLE
    }
}

/// The words without what they begin and end with alike, but for the one letter before the difference, which a doubled letter needs.
fn differing<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count().saturating_sub(1);
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let shortest = a.len().min(b.len()).saturating_sub(1);
    let end = a.iter().rev().zip(b.iter().rev()).take(shortest).take_while(|(a, b)| a == b).count();
    (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default())
}

/// How many tenths of a slip part the two words, or `None` when it is more than `limit`.
#[expect(clippy::indexing_slicing, reason = "rows are LONGEST + 1 wide, and both words are cut to LONGEST")]
pub(crate) fn slips(a: &[u8], b: &[u8], limit: Slips) -> Option<Slips> {
    let (a, b) = differing(&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut before_last = [0; LONGEST + 1];
    let mut last = [0; LONGEST + 1];
    let mut row = [0; LONGEST + 1];
    for j in 1..=b.len() {
        last[j] = last[j - 1] + drop_of(b[j - 1], (j > 1).then(|| b[j - 2]));
    }
    for i in 1..=a.len() {
        let dropped = drop_of(a[i - 1], (i > 1).then(|| a[i - 2]));
        row[0] = last[0] + dropped;
        let mut least = row[0];
        for j in 1..=b.len() {
            let added = drop_of(b[j - 1], (j > 1).then(|| b[j - 2]));
            let mut best =
                (last[j - 1] + change(a[i - 1], b[j - 1])).min(last[j] + dropped).min(row[j - 1] + added);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != a[i - 2] {
                best = best.min(before_last[j - 2] + SWAPPED);
            }
            row[j] = best;
            least = least.min(best);
        }
        if least > limit {
            return None;
        }
        before_last = last;
        last = row;
    }
    let total = last[b.len()];
    (total <= limit).then_some(total)
}

/// Whether no more than one slip parts two words.
pub(crate) fn one_slip_apart(a: &str, b: &str) -> bool {
    slips(a.as_bytes(), b.as_bytes(), WHOLE).is_some()
}

/// Whether two words, misspelled more than is looked for, may still be one: of ten letters six agree.
pub(crate) fn faintly_alike(a: &str, b: &str) -> bool {
    let longest = a.len().max(b.len());
    let room = Slips::try_from(longest * 4).unwrap_or(Slips::MAX);
    a.len().min(b.len()) >= 4 && slips(a.as_bytes(), b.as_bytes(), room).is_some()
}

#[cfg(test)]
mod tests {
    use super::slips;

    fn between(a: &str, b: &str) -> u16 {
        slips(a.as_bytes(), b.as_bytes(), 1000).unwrap()
    }

    #[test]
    fn one_wrong_key_is_one_slip_and_a_mishearing_is_less() {
        assert_eq!(between("smith", "smigh"), 10);
        assert_eq!(between("smith", "smiht"), 8);
        assert!(between("smith", "smyth") < 10);
        assert!(between("barker", "parker") < 10);
        assert_eq!(between("philip", "phillip"), 4);
    }

    #[test]
    fn distance_is_the_same_both_ways() {
        for (a, b) in [("phillip", "filip"), ("ann", "anne"), ("", "jo"), ("thomson", "thompson")] {
            assert_eq!(between(a, b), between(b, a));
        }
    }
}
