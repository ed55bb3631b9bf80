//! A key for how a name sounds to an English ear, whatever its origin: consonants by class, vowels only at the start.
//!
//! Coarser than a published phonetic code on purpose: it proposes, and [`super::slip`] disposes.

/// Spellings of one sound by their first letter, longest first; the right side is made of the classes used by [`class`].
fn spellings(first: u8) -> &'static [(&'static str, &'static str)] {
    match first {
        b'a' => &[("aught", "t")],
        b'b' => &[("bh", "b")],
        b'c' => {
            &[("chr", "kr"), ("ck", "k"), ("cz", "c"), ("ch", "c"), ("ce", "s"), ("ci", "s"), ("cy", "s")]
        }
        b'd' => &[("dge", "j"), ("dzi", "j"), ("dh", "t")],
        b'g' => &[("gh", "g"), ("ge", "j"), ("gi", "j")],
        b'i' => &[("ight", "t")],
        b'k' => &[("kh", "k"), ("ks", "x")],
        b'm' => &[("mb", "m")],
        b'o' => &[("ough", "")],
        b'p' => &[("ph", "f")],
        b'q' => &[("qu", "kv")],
        b'r' => &[("rz", "s")],
        b's' => &[("szcz", "c"), ("sch", "s"), ("sz", "s"), ("sh", "s")],
        b't' => &[("tsch", "c"), ("tion", "sn"), ("tch", "c"), ("th", "t")],
        b'w' => &[("wh", "v")],
        b'z' => &[("zh", "s")],
        _ => &[],
    }
}

const BEGINNINGS: &[(&str, &str)] = &[
    ("kn", "n"),
    ("gn", "n"),
    ("wr", "r"),
    ("ps", "s"),
    ("pf", "f"),
    ("x", "s"),
    ("mac", "mk"),
    ("mc", "mk"),
    ("hs", "s"),
    ("ts", "s"),
];

fn class(letter: u8) -> Option<u8> {
    match letter {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h' | b'w' => None,
        b'q' => Some(b'k'),
        b'c' => Some(b'k'),
        b'z' => Some(b's'),
        b'd' => Some(b't'),
        b'g' => Some(b'g'),
        other => Some(other),
    }
}

/// The key of a folded word. Empty for a word with no letters.
pub(crate) fn sound(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    let mut rest = word;
    if let Some((spelt, said)) = BEGINNINGS.iter().find(|(spelt, _)| rest.starts_with(spelt)) {
        key.push_str(said);
        rest = rest.get(spelt.len()..).unwrap_or_default();
    } else if rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']) {
        key.push('a');
    }
    let mut after_vowel = false;
    while let Some(letter) = rest.bytes().next() {
        if let Some((spelt, said)) = spellings(letter).iter().find(|(spelt, _)| rest.starts_with(spelt)) {
            for said in said.chars() {
                push(&mut key, said);
            }
            rest = rest.get(spelt.len()..).unwrap_or_default();
            continue;
        }
        let v = letter == b'w' && rest.as_bytes().get(1).is_some_and(|next| b"aeiou".contains(next));
        // After a vowel and before a consonant it is said as a vowel: Wójcik, Majchrzak.
        let glides =
            letter == b'j' && after_vowel && rest.as_bytes().get(1).is_some_and(|next| !is_vowel(*next));
        if let Some(class) = if v { Some(b'v') } else { class(letter).filter(|_| !glides) } {
            push(&mut key, char::from(class));
        }
        after_vowel = is_vowel(letter);
        rest = rest.get(1..).unwrap_or_default();
    }
    key
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn push(key: &mut String, said: char) {
    if said == 'x' {
        push(key, 'k');
        push(key, 's');
    } else if !key.ends_with(said) {
        key.push(said);
    }
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn names_that_sound_alike_share_a_key() {
        for (a, b) in [
            ("phillips", "filips"),
            ("wright", "right"),
            ("stephen", "stefan"),
            ("catherine", "kathryn"),
            ("shaw", "schaw"),
            ("kowalczyk", "kovalchik"),
            ("hussain", "hossein"),
            ("mckenzie", "mackenzie"),
            ("wojcik", "voycik"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} and {b}");
        }
        assert_ne!(sound("smith"), sound("jones"));
    }
}
