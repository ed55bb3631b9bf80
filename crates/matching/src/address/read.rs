//! An address as written becomes its parts: flat, house, named streets and buildings, places, postcode. Nothing need be in order or in full.

use crate::address::postcode::{Postcode, postcode_in};
use crate::address::word::{floor, in_full, introduces_flat, is_street_kind, number_in_words};
use crate::fold::fold;

/// The number or letter of a house or flat: `12`, `12a`, `b`, or a floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Unit {
    pub number: u16,
    /// 0 for none; small for a letter, capital for a floor.
    pub letter: u8,
}

impl Unit {
    fn read(word: &str) -> Option<Self> {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let number = if digits == 0 { 0 } else { word.get(..digits)?.parse().ok()? };
        let letter = match word.as_bytes().get(digits..)? {
            [] if digits > 0 => 0,
            [letter] if letter.is_ascii_lowercase() => *letter,
            _ => return None,
        };
        Some(Self { number, letter })
    }

    /// The unit with its letter alone, and with its number alone, when it has both.
    fn parted(self) -> Option<(Self, Self)> {
        (self.number > 0 && self.letter > 0)
            .then_some((Self { number: self.number, letter: 0 }, Self { number: 0, letter: self.letter }))
    }
}

/// What a named part of an address is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PhraseKind {
    /// A street or building with its kind: `mill lane`, `attlee house`.
    #[default]
    Street,
    /// The same without its kind: `mill`.
    Base,
    /// Anything else with a name: a house, a village, a town.
    Area,
}

/// A named part of an address, its words joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub text: String,
    pub kind: PhraseKind,
    /// Which run of words it stands in, from 0: what a house is called comes before where it stands.
    pub run: u8,
}

/// The parts of one address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ReadAddress {
    pub flat: Option<Unit>,
    pub house: Option<Unit>,
    /// Two numbers were given and nothing said which is the flat.
    pub unsure: Option<(Unit, Unit)>,
    pub phrases: Vec<Phrase>,
    pub postcode: Option<Postcode>,
}

/// The most words of one address that are read.
const MOST: usize = 40;

struct Reader {
    address: ReadAddress,
    numbers: Vec<Unit>,
    run: Vec<String>,
    runs: u8,
    /// How many words of the run a street kind has closed.
    closed: usize,
}

/// Reads an address in any of the ways people write one.
pub(crate) fn read_address(text: &str) -> ReadAddress {
    let mut reader =
        Reader { address: ReadAddress::default(), numbers: Vec::new(), run: Vec::new(), runs: 0, closed: 0 };
    let segments: Vec<String> = text.split([',', ';', '\n', '(', ')']).map(fold).collect();
    let mut words_left = MOST;
    for segment in &segments {
        let mut words: Vec<&str> =
            segment.split(' ').filter(|word| !word.is_empty()).take(words_left).collect();
        words_left -= words.len();
        if let Some((postcode, at, length)) = postcode_in(&words) {
            reader.address.postcode = Some(postcode);
            words.drain(at..at + length);
        }
        reader.segment(&words);
    }
    reader.finish()
}

impl Reader {
    fn segment(&mut self, words: &[&str]) {
        let mut at = 0;
        while let Some(word) = words.get(at).map(|word| in_full(word)) {
            at += 1;
            let next = words.get(at).map(|word| in_full(word));
            if word.is_empty() {
                continue;
            }
            if introduces_flat(word) && self.flat_follows(next) {
                self.close_run();
                self.address.flat = next.and_then(Unit::read);
                at += 1;
            } else if let Some(letter) = floor(word)
                && (word.len() == 3 || matches!(next, Some("floor" | "flat")))
            {
                self.close_run();
                self.address.flat = Some(Unit { number: 0, letter });
                while words.get(at).is_some_and(|word| matches!(in_full(word), "floor" | "flat")) {
                    at += 1;
                }
            } else if let Some(unit) = flat_in_one_word(word).filter(|_| self.address.flat.is_none()) {
                self.close_run();
                self.address.flat = Some(unit);
            } else if word.starts_with(|letter: char| letter.is_ascii_digit()) {
                self.close_run();
                self.numbers.extend(Unit::read(word));
            } else if let Some(number) =
                number_in_words(word).filter(|_| self.street_follows(words.get(at..).unwrap_or_default()))
            {
                self.numbers.push(Unit { number, letter: 0 });
            } else if word.len() == 1
                && self.run.is_empty()
                && !self.numbers.is_empty()
                && self.address.flat.is_none()
            {
                self.address.flat = Unit::read(word);
            } else {
                self.word(word, next);
            }
        }
        self.close_run();
    }

    /// Whether a street with a name of its own begins here.
    fn street_follows(&self, words: &[&str]) -> bool {
        self.run.is_empty()
            && self.numbers.is_empty()
            && words.iter().skip(1).any(|word| is_street_kind(in_full(word)) || *word == "st")
    }

    fn flat_follows(&self, next: Option<&str>) -> bool {
        self.address.flat.is_none() && next.is_some_and(|next| next.len() <= 4 && Unit::read(next).is_some())
    }

    fn word(&mut self, word: &str, next: Option<&str>) {
        let word = match word {
            "st" if self.run.len() > self.closed => "street",
            "st" if next.is_some_and(|next| !is_street_kind(next)) => "saint",
            "st" => "street",
            other => other,
        };
        let closes = is_street_kind(word);
        let begun = self.run.len() > self.closed;
        if self.closed > 0 && !begun && !closes {
            self.close_run();
        }
        self.run.push(word.to_owned());
        if closes && (begun || self.closed > 0) {
            self.closed = self.run.len();
        }
    }

    /// Ends a run of words: what a street kind closed is a street, the rest a place.
    fn close_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let closed = std::mem::take(&mut self.closed);
        let (street, rest) = run.split_at(closed.min(run.len()));
        if let Some((_, base)) = street.split_last() {
            self.phrase(street, PhraseKind::Street);
            self.phrase(base, PhraseKind::Base);
        }
        self.phrase(rest, PhraseKind::Area);
        if rest.len() > 1 {
            for word in rest.iter().filter(|word| word.len() > 2) {
                self.phrase(std::slice::from_ref(word), PhraseKind::Area);
            }
        }
        self.runs = self.runs.saturating_add(u8::from(!run.is_empty()));
    }

    fn phrase(&mut self, words: &[String], kind: PhraseKind) {
        let text: String = words.iter().filter(|word| *word != "the").map(String::as_str).collect();
        let known = self.address.phrases.iter().any(|known| known.text == text && known.kind == kind);
        if !text.is_empty() && !known {
            self.address.phrases.push(Phrase { text, kind, run: self.runs });
        }
    }

    fn finish(mut self) -> ReadAddress {
        match (self.numbers.as_slice(), self.address.flat) {
            ([.., house], Some(_)) => self.address.house = Some(*house),
            ([first, second, ..], None) => {
                self.address.flat = Some(*first);
                self.address.house = Some(*second);
                self.address.unsure = Some((*first, *second));
            }
            ([only], None) => match only.parted() {
                Some((house, flat)) => {
                    self.address.house = Some(house);
                    self.address.flat = Some(flat);
                }
                None => self.address.house = Some(*only),
            },
            ([], _) => {}
        }
        self.address
    }
}

/// `f3`: a flat in one word.
fn flat_in_one_word(word: &str) -> Option<Unit> {
    let rest = word
        .strip_prefix('f')
        .filter(|rest| (1..=3).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit()))?;
    Unit::read(rest)
}

#[cfg(test)]
mod tests {
    use super::{PhraseKind, Unit, read_address};

    fn unit(number: u16, letter: u8) -> Option<Unit> {
        Some(Unit { number, letter })
    }

    fn streets(text: &str) -> Vec<String> {
        read_address(text)
            .phrases
            .into_iter()
            .filter(|p| p.kind == PhraseKind::Street)
            .map(|p| p.text)
            .collect()
    }

    #[test]
    fn the_same_flat_is_read_from_every_way_of_writing_it() {
        for text in [
            "Flat 3, 12 Mill Lane",
            "12 mill ln flat 3",
            "apt 3 12 Mill Lane",
            "F3, 12 Mill Lane",
            "3/12 Mill Lane",
        ] {
            let read = read_address(text);
            assert_eq!((read.flat, read.house), (unit(3, 0), unit(12, 0)), "{text}");
            assert_eq!(streets(text), ["milllane"], "{text}");
        }
        let read = read_address("12b Mill Lane, Leeds");
        assert_eq!((read.flat, read.house), (unit(0, b'b'), unit(12, 0)));
    }

    #[test]
    fn a_number_may_be_written_out() {
        let read = read_address("Eighteen Southgate La., Leeds");
        assert_eq!(
            (read.house, streets("Eighteen Southgate La.").as_slice()),
            (unit(18, 0), ["southgatelane".to_owned()].as_slice())
        );
        assert_eq!(read_address("4 Ten Acre Road").house, unit(4, 0));
    }

    #[test]
    fn a_saint_is_not_a_street() {
        assert_eq!(streets("4 St. John's St"), streets("4 Saint Johns Street"));
        assert_eq!(streets("12 High St Leeds"), ["highstreet"]);
    }

    #[test]
    fn buildings_and_streets_are_both_kept() {
        assert_eq!(streets("Flat 60 Holme Tower, Forest Street, Leeds"), ["holmetower", "foreststreet"]);
        assert_eq!(streets("holme tower flat 60 forest st"), ["holmetower", "foreststreet"]);
        assert_eq!(streets("Park Road"), ["parkroad"]);
    }
}
