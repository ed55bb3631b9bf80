//! A name as written becomes words, each with the part it plays. Titles go; `Mc`, `O` and joined particles find one spelling.

use crate::description::{Name, NameKind, Parting};
use crate::fold::fold;

/// The part a word plays in a held name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// The first given name, or two given names written as one.
    #[default]
    Given,
    /// A later given name.
    Middle,
    /// A given name they are known by.
    KnownAs,
    /// The whole family name, its words joined.
    Family,
    /// One word of a family name of several.
    FamilyPiece,
    /// A family name, or a word of one, that they no longer use.
    FormerFamily,
}

impl Part {
    /// Whether the part stands where a forename stands.
    pub(crate) fn is_given(self) -> bool {
        matches!(self, Self::Given | Self::Middle | Self::KnownAs)
    }
}

/// A word of a held name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameWord {
    pub text: String,
    pub part: Part,
}

/// What opens a name of two parts that is often used by its second: the servant of, the gift of.
const OPENINGS: &[&str] =
    &["abdul", "abdel", "abdal", "abdur", "abdi", "oluwa", "olu", "chukwu", "ade", "abd"];

/// Names of honour that many are given first and few are called by: they are known by the name after it.
const OF_HONOUR: &[&str] = &[
    "mohammed", "mohammad", "mohamed", "mohamad", "muhammad", "muhammed", "mohd", "md", "syed", "sayed",
    "sayyid",
];

/// The second part of such a name: `nasir` of `abdinasir`, `femi` of `olufemi`.
fn second_part(word: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|opening| word.strip_prefix(opening)).filter(|rest| rest.len() >= 4)
}

/// The words of an asked name in the order they were said, and whether a comma says that the family name came first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedWords {
    pub words: Vec<String>,
    pub order: Order,
}

/// Which end of a name the family name stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// As spoken; it may still be the other way round.
    Spoken,
    /// `Smith, John`.
    FamilyFirst,
}

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "rev",
    "revd",
    "prof",
    "sir",
    "dame",
    "lady",
    "lord",
    "cllr",
    "mister",
    "jr",
    "snr",
    "sr",
    "esq",
    "unknown",
    "nee",
    "aka",
    "the",
    "and",
    "family",
    "household",
    "known",
    "as",
];

/// Words that lead into a family name and are often left out.
const PARTICLES: &[&str] = &[
    "al", "el", "ul", "ur", "da", "de", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van",
    "von", "der", "den", "ter", "bin", "bint", "ibn", "ben", "st", "saint", "y", "e", "ap", "ab",
];

/// The most words of one name that are read.
const MOST: usize = 8;

pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Parts words that were run together with a capital between them (`JohnSmith`).
fn part_at_capitals(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 2);
    let mut before = ' ';
    for letter in text.chars() {
        if before.is_lowercase() && letter.is_uppercase() {
            parted.push(' ');
        }
        parted.push(letter);
        before = letter;
    }
    parted
}

/// Digits read from print or typed for letters (`Sm1th`); a word of digits alone is left.
fn letters_for_digits(word: &str) -> String {
    if !word.bytes().any(|byte| byte.is_ascii_digit()) || !word.bytes().any(|byte| byte.is_ascii_lowercase())
    {
        return word.to_owned();
    }
    word.chars()
        .map(|letter| match letter {
            '0' => 'o',
            '1' => 'l',
            '2' => 'z',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '6' => 'g',
            '8' => 'b',
            other => other,
        })
        .collect()
}

/// `mac` before three letters or more is spelt `mc`, so that the two meet.
fn one_spelling_of_mac(word: String) -> String {
    match word.strip_prefix("mac") {
        Some(rest) if rest.len() >= 4 && !rest.starts_with(['i', 'h']) => format!("mc{rest}"),
        _ => word,
    }
}

fn words_of(text: &str) -> Vec<String> {
    let marked = text.replace("M'", "Mc").replace("M’", "Mc");
    let folded = fold(&part_at_capitals(&marked));
    let mut words: Vec<String> = Vec::new();
    let mut lead: Option<&str> = None;
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if let Some(lead) = lead.take() {
            let joined = letters_for_digits(&[lead, word].concat());
            words.push(one_spelling_of_mac(joined));
        } else if matches!(word, "o" | "mc" | "mac") {
            lead = Some(word);
        } else {
            words.push(one_spelling_of_mac(letters_for_digits(word)));
        }
    }
    words.extend(lead.map(str::to_owned));
    words.truncate(MOST);
    if words.iter().any(|word| !TITLES.contains(&word.as_str())) {
        words.retain(|word| !TITLES.contains(&word.as_str()));
    }
    words
}

/// What is said beside a name, in brackets or quotes, put before its last word: `George Popa (known as Gheorghe)`.
fn with_what_is_beside(text: &str) -> Option<String> {
    let (before, rest) = text.split_once(['(', '"', '\u{201c}'])?;
    let (beside, after) = rest.split_once([')', '"', '\u{201d}']).unwrap_or((rest, ""));
    let (first, last) = match (before.trim(), has_letters(after)) {
        (before, true) => (before, after),
        (before, false) => before.rsplit_once(' ')?,
    };
    Some(format!("{first} {beside} {last}"))
}

/// The words of a name someone asked for.
pub(crate) fn asked_words(text: &str) -> AskedWords {
    if let Some(text) = with_what_is_beside(text).filter(|_| !text.contains(',')) {
        return AskedWords { words: words_of(&text), order: Order::Spoken };
    }
    let Some((family, given)) =
        text.split_once(',').filter(|(family, given)| has_letters(family) && has_letters(given))
    else {
        return AskedWords { words: words_of(text), order: Order::Spoken };
    };
    let mut words = words_of(given);
    words.extend(words_of(family));
    words.truncate(MOST);
    AskedWords { words, order: Order::FamilyFirst }
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The words of a held name with their parts, joined forms among them.
pub(crate) fn held_words(name: &Name) -> Vec<NameWord> {
    let mut held = Vec::new();
    let given = words_of(&name.given);
    let first = if name.kind == NameKind::Alias { Part::KnownAs } else { Part::Given };
    for (at, word) in given.iter().enumerate() {
        held.push(NameWord { text: word.clone(), part: if at == 0 { first } else { Part::Middle } });
        if at == 1 && given.first().is_some_and(|first| OF_HONOUR.contains(&first.as_str())) {
            held.push(NameWord { text: word.clone(), part: Part::KnownAs });
        }
        held.extend(second_part(word).map(|rest| NameWord { text: rest.to_owned(), part: Part::Middle }));
    }
    for pair in given.windows(2) {
        held.push(NameWord { text: pair.concat(), part: first });
    }
    let family = words_of(&name.family);
    let (whole, piece) = match name.kind {
        NameKind::Former => (Part::FormerFamily, Part::FormerFamily),
        NameKind::Current | NameKind::Alias => (Part::Family, Part::FamilyPiece),
    };
    if !family.is_empty() {
        held.push(NameWord { text: family.concat(), part: whole });
    }
    let bare = family.iter().filter(|word| !is_particle(word)).count();
    if family.len() > 1 {
        for word in family.iter().filter(|word| bare == 0 || !is_particle(word)) {
            held.push(NameWord { text: word.clone(), part: if bare == 1 { whole } else { piece } });
        }
    }
    if let (Parting::Guessed, [_, .., before]) = (name.parting, given.as_slice()) {
        held.push(NameWord { text: [before.as_str(), &family.concat()].concat(), part: whole });
        if !is_particle(before) {
            held.push(NameWord { text: before.clone(), part: piece });
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::{Order, asked_words};

    fn words(text: &str) -> Vec<String> {
        asked_words(text).words
    }

    #[test]
    fn particles_and_titles_find_one_spelling() {
        for spelling in ["Mr Sean O'Brien", "SEAN O BRIEN", "Sean OBrien", "sean o’brien"] {
            assert_eq!(words(spelling), ["sean", "obrien"], "{spelling}");
        }
        for spelling in ["Ann MacDonald", "Ann Mc Donald", "ann mcdonald", "Ann M'Donald"] {
            assert_eq!(words(spelling), ["ann", "mcdonald"], "{spelling}");
        }
    }

    #[test]
    fn a_comma_says_that_the_family_name_came_first() {
        let asked = asked_words("Smith, John Paul");
        assert_eq!((asked.words.concat().as_str(), asked.order), ("johnpaulsmith", Order::FamilyFirst));
    }

    #[test]
    fn what_is_said_beside_a_name_belongs_to_the_forename() {
        for spelling in
            ["George Popa (known as Gheorghe)", "George (Gheorghe) Popa", "Mr George \"Gheorghe\" Popa"]
        {
            assert_eq!(words(spelling), ["george", "gheorghe", "popa"], "{spelling}");
        }
        assert_eq!(words("Mr and Mrs E Taylor"), ["e", "taylor"]);
        assert_eq!(words("the Taylor family"), ["taylor"]);
    }

    #[test]
    fn a_title_alone_is_still_a_name() {
        assert_eq!(words("Lord"), ["lord"]);
    }
}
