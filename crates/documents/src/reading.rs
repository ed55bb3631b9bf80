//! How hard a document is to read: the age at which a pupil of average skill reads it with ease.
//!
//! Flesch and Kincaid’s grade from words a sentence and syllables a word (Kincaid and others, Navy research branch report 8-75, 1975),
//! and five years more for the age of that grade. It counts and does not understand: it is for seeing that words have become long,
//! not for proving that they are plain. Meant for English.

use crate::{Block, Document};

/// What is counted.
#[derive(Default)]
struct Counts {
    sentences: u32,
    words: u32,
    syllables: u32,
}

impl Document {
    /// The reading age of its prose, in years; `None` where there is none. Headings, tables and addresses are not counted.
    #[must_use]
    pub fn reading_age(&self) -> Option<u32> {
        let mut counts = Counts::default();
        for block in &self.body {
            match block {
                Block::Paragraph(prose) => counts.add(&prose.words()),
                Block::List(_, items) => items.iter().for_each(|item| counts.add(&item.words())),
                Block::Notice(paragraphs) => paragraphs.iter().for_each(|prose| counts.add(&prose.words())),
                _ => {}
            }
        }
        counts.age()
    }
}

/// The reading age of a text, in years; `None` where it has no words.
#[must_use]
pub fn reading_age(text: &str) -> Option<u32> {
    let mut counts = Counts::default();
    text.lines().for_each(|line| counts.add(line));
    counts.age()
}

impl Counts {
    /// Takes in a paragraph: its last sentence ends with it, whether or not there is a full stop.
    fn add(&mut self, paragraph: &str) {
        let mut open = false;
        for token in paragraph.split_whitespace() {
            let word: String = token.chars().filter(|letter| letter.is_alphabetic()).collect();
            // A number, a telephone number, an address on the web: read or copied, whatever its length.
            let is_spoken = !word.is_empty() && !token.contains('@') && !token.contains("www.");
            if is_spoken {
                self.words += 1;
                self.syllables += syllables(&word.to_lowercase());
                open = true;
            }
            if open && token.ends_with(['.', '!', '?', ':']) {
                self.sentences += 1;
                open = false;
            }
        }
        self.sentences += u32::from(open);
    }

    fn age(&self) -> Option<u32> {
        if self.words == 0 {
            return None;
        }
        let (sentences, words) = (f64::from(self.sentences), f64::from(self.words));
        let grade = 0.39 * words / sentences + 11.8 * f64::from(self.syllables) / words - 15.59;
        // From the age at which children learn to read to that of somebody at a university.
        let years = (grade + 5.0).clamp(5.0, 25.0).round();
        (5..=25).find(|age| (f64::from(*age) - years).abs() < 0.5)
    }
}

/// Groups of vowels, but for an e that is written and not spoken; at least one.
fn syllables(word: &str) -> u32 {
    let is_vowel = |letter: char| "aeiouyàáâäèéêëìíîïòóôöùúûü".contains(letter);
    let mut groups = 0;
    let mut before = false;
    for letter in word.chars() {
        let vowel = is_vowel(letter);
        groups += u32::from(vowel && !before);
        before = vowel;
    }
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"))
        || (word.ends_with("es")
            && !["ses", "ches", "ces", "ges", "xes", "zes", "shes"].iter().any(|end| word.ends_with(end)));
    if silent && groups > 1 { groups - 1 } else { groups.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_in_short_sentences_are_for_children_and_long_ones_are_not() {
        assert_eq!(reading_age("We will write to you. You can ring us. It is free."), Some(5));
        let official = "Notwithstanding the aforementioned considerations, the administrative determination necessitates \
                        the implementation of proportionate organisational precautions pursuant to the applicable policy.";
        assert!(reading_age(official).is_some_and(|age| age >= 20));
        assert_eq!(reading_age("01632 960100"), None);
    }

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, spoken) in [
            ("the", 1),
            ("appeal", 2),
            ("decision", 3),
            ("people", 2),
            ("asked", 1),
            ("decided", 3),
            ("limits", 2),
            ("take", 1),
            ("information", 4),
            ("services", 3),
        ] {
            assert_eq!(syllables(word), spoken, "{word}");
        }
    }
}
