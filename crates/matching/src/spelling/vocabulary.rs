//! Every word in use, once, with a number; and the words near to one that is asked. What is near is looked up, never scanned for.
//!
//! Routes to a near word: one letter left out of both (Bocek and others' deletion neighbourhood), the sound, the sound with one class
//! left out, the beginning, and letters that look alike. Each route may propose too much; [`slips`] decides.

use rustc_hash::FxHashMap;

use super::{misread::misread, slips, sound::sound};
use crate::few::Few;

/// The number of a word in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(pub u32);

impl Word {
    pub(crate) fn place(self) -> usize {
        self.0 as usize
    }
}

/// How a word in use is near to the one asked, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Closeness {
    Same,
    Variant,
    Sounds,
    Short,
    OneSlip,
    TwoSlips,
}

impl Closeness {
    pub(crate) const ALL: [Self; 6] =
        [Self::Same, Self::Variant, Self::Sounds, Self::Short, Self::OneSlip, Self::TwoSlips];
}

/// A word in use and how near it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Near {
    pub word: Word,
    pub closeness: Closeness,
}

/// A word in use. What tells most words apart lies together with its text left alone: see [`Marks`].
#[derive(Debug, Clone)]
struct Entry {
    text: Box<str>,
    uses: u32,
}

/// What is looked at of every word proposed before its letters are.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    letters: u32,
    /// A digest of the sound, with the length of the word in its last bits.
    sound: u32,
}

const LENGTH: u32 = 0x3f;

impl Marks {
    fn of(text: &str, sound: &str) -> Self {
        let length = u32::try_from(text.len()).unwrap_or(LENGTH).min(LENGTH);
        let sound = hash(Lead::Sound, sound.as_bytes(), NONE_LEFT_OUT);
        Self { letters: letters(text), sound: sound & !LENGTH | length }
    }

    fn length(self) -> u32 {
        self.sound & LENGTH
    }

    fn sounds_like(self, other: Self) -> bool {
        self.sound & !LENGTH == other.sound & !LENGTH
    }

    /// Whether two slips may part the words.
    fn may_be_near(self, other: Self) -> bool {
        (self.letters ^ other.letters).count_ones() <= MOST_LETTERS_APART
            && self.length().abs_diff(other.length()) <= MOST_LENGTHS_APART
    }
}

/// The words in use, counted, so that the last use takes the word away.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    entries: Vec<Entry>,
    marks: Vec<Marks>,
    free: Vec<Word>,
    routes: FxHashMap<u32, Few>,
}

fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |set, byte| match byte {
        b'a'..=b'z' => set | 1 << (byte - b'a'),
        b'0'..=b'9' => set | 1 << (26 + byte % 6),
        _ => set,
    })
}

/// What a route leads by.
#[derive(Clone, Copy)]
enum Lead {
    Spelling = 1,
    Sound = 2,
    Beginning = 3,
}

/// FNV-1a (Fowler, Noll and Vo) over the bytes but one.
fn hash(lead: Lead, text: &[u8], left_out: usize) -> u32 {
    let mut hash = 0x811c_9dc5_u32 ^ lead as u32;
    for (at, byte) in text.iter().enumerate() {
        if at != left_out {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash
}

const NONE_LEFT_OUT: usize = usize::MAX;

fn one_left_out(lead: Lead, text: &str, routes: &mut Vec<u32>) {
    routes.push(hash(lead, text.as_bytes(), NONE_LEFT_OUT));
    routes.extend((0..text.len()).map(|at| hash(lead, text.as_bytes(), at)));
}

/// Two slips change at most this many different letters.
const MOST_LETTERS_APART: u32 = 4;
/// Letters that are doubled or not heard count for less than a slip.
const MOST_LENGTHS_APART: u32 = 3;
/// Leaving a class out of a shorter sound would leave too little to go by.
const SHORTEST_SOUND: usize = 5;
const SHORTEST_BEGINNING: usize = 3;
const LONGEST_BEGINNING: usize = 4;

fn beginning(text: &str, length: usize) -> Option<u32> {
    text.get(..length).map(|start| hash(Lead::Beginning, start.as_bytes(), NONE_LEFT_OUT))
}

fn routes_of(text: &str, sound: &str) -> Vec<u32> {
    let mut routes = spelling_routes(text, sound);
    routes.extend(beginning(text, SHORTEST_BEGINNING));
    routes.extend(beginning(text, LONGEST_BEGINNING));
    routes
}

fn spelling_routes(text: &str, sound: &str) -> Vec<u32> {
    let mut routes = Vec::with_capacity(text.len() + sound.len() + 4);
    one_left_out(Lead::Spelling, text, &mut routes);
    if sound.len() >= SHORTEST_SOUND {
        one_left_out(Lead::Sound, sound, &mut routes);
    } else {
        routes.push(hash(Lead::Sound, sound.as_bytes(), NONE_LEFT_OUT));
    }
    routes.sort_unstable();
    routes.dedup();
    routes
}

impl Vocabulary {
    /// The number of a word, taken into use once more.
    pub(crate) fn take(&mut self, text: &str) -> Word {
        if let Some(word) = self.find(text) {
            if let Some(entry) = self.entries.get_mut(word.place()) {
                entry.uses += 1;
            }
            return word;
        }
        let sound = sound(text);
        let (entry, marks) = (Entry { text: text.into(), uses: 1 }, Marks::of(text, &sound));
        let word = self.free.pop().unwrap_or_else(|| {
            self.entries.push(entry.clone());
            self.marks.push(marks);
            Word(u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX))
        });
        if let (Some(place), Some(mark)) =
            (self.entries.get_mut(word.place()), self.marks.get_mut(word.place()))
        {
            (*place, *mark) = (entry, marks);
        }
        for route in routes_of(text, &sound) {
            self.routes.entry(route).or_default().add(word.0);
        }
        word
    }

    /// Gives back one use of a word. The last one forgets it.
    pub(crate) fn give_back(&mut self, word: Word) {
        let Some(entry) = self.entries.get_mut(word.place()) else { return };
        entry.uses = entry.uses.saturating_sub(1);
        if entry.uses > 0 {
            return;
        }
        let text = std::mem::take(&mut entry.text);
        for route in routes_of(&text, &sound(&text)) {
            if let Some(words) = self.routes.get_mut(&route) {
                words.remove(word.0);
                if words.is_empty() {
                    self.routes.remove(&route);
                }
            }
        }
        self.free.push(word);
    }

    /// The number of a word, when it is in use.
    pub(crate) fn find(&self, text: &str) -> Option<Word> {
        self.led_by(hash(Lead::Spelling, text.as_bytes(), NONE_LEFT_OUT))
            .find(|word| self.text(*word) == text)
    }

    fn led_by(&self, route: u32) -> impl Iterator<Item = Word> {
        self.routes.get(&route).map_or(&[][..], Few::as_slice).iter().copied().map(Word)
    }

    /// The letters of a word in use.
    pub(crate) fn text(&self, word: Word) -> &str {
        self.entries.get(word.place()).map_or("", |entry| &entry.text)
    }

    /// How many different words are in use.
    pub(crate) fn len(&self) -> usize {
        self.entries.len() - self.free.len()
    }

    /// The words in use that are spelt as the asked one, or with a slip: less than [`Self::near`] finds, and sooner.
    pub(crate) fn spelt(&self, asked: &str) -> Vec<Near> {
        let marks = Marks::of(asked, &sound(asked));
        let mut routes = Vec::with_capacity(asked.len() + 1);
        one_left_out(Lead::Spelling, asked, &mut routes);
        let mut near = self.proposed(asked, marks, false, routes);
        near.retain(|near| near.closeness < Closeness::TwoSlips);
        near
    }

    /// Of the words that these routes lead to, those that are near.
    fn proposed(&self, asked: &str, marks: Marks, has_sound: bool, routes: Vec<u32>) -> Vec<Near> {
        let mut found: Vec<Word> = Vec::new();
        for route in routes {
            found.extend(
                self.led_by(route).filter(|word| {
                    self.marks.get(word.place()).is_some_and(|other| marks.may_be_near(*other))
                }),
            );
        }
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .filter_map(|word| {
                let same_sound =
                    has_sound && self.marks.get(word.place()).is_some_and(|other| marks.sounds_like(*other));
                closeness(asked, self.text(word), same_sound).map(|closeness| Near { word, closeness })
            })
            .collect()
    }

    /// The words in use that are near the asked one, each once at its nearest, in the order of their numbers.
    pub(crate) fn near<'a>(&self, asked: &str, variants: impl Iterator<Item = &'a str>) -> Vec<Near> {
        let asked_sound = sound(asked);
        let marks = Marks::of(asked, &asked_sound);
        let routes = spelling_routes(asked, &asked_sound);
        let mut near = self.proposed(asked, marks, asked_sound.len() > 1, routes);
        let mut offer =
            |word: Word, closeness: Closeness| match near.iter_mut().find(|held| held.word == word) {
                Some(held) => held.closeness = held.closeness.min(closeness),
                None => near.push(Near { word, closeness }),
            };
        let starts = beginning(asked, asked.len().clamp(SHORTEST_BEGINNING, LONGEST_BEGINNING));
        for word in starts.into_iter().flat_map(|start| self.led_by(start)) {
            let text = self.text(word);
            if text.starts_with(asked) || asked.starts_with(text) {
                offer(word, Closeness::Short);
            }
        }
        if let Some(word) = asked.get(..SHORTEST_BEGINNING).and_then(|start| self.find(start)) {
            offer(word, Closeness::Short);
        }
        for word in misread(asked).filter_map(|meant| self.find(&meant)) {
            offer(word, Closeness::OneSlip);
        }
        for word in variants.filter_map(|variant| self.find(variant)) {
            offer(word, Closeness::Variant);
        }
        near.sort_unstable_by_key(|held| held.word);
        near
    }
}

/// Figures of nearness, in tenths of a slip.
const BY_EAR: u16 = 6;
const ONE: u16 = 10;
const TWO: u16 = 20;

fn closeness(asked: &str, held: &str, same_sound: bool) -> Option<Closeness> {
    if asked == held {
        return Some(Closeness::Same);
    }
    let longest = asked.len().max(held.len());
    let shortest = asked.len().min(held.len());
    if shortest < 2 {
        return None;
    }
    let room = u16::try_from(longest * 10 / 3).unwrap_or(u16::MAX).min(TWO + BY_EAR);
    let parted = slips(asked.as_bytes(), held.as_bytes(), room);
    match parted {
        Some(slips) if slips <= BY_EAR => Some(Closeness::Sounds),
        Some(_) if same_sound => Some(Closeness::Sounds),
        Some(slips) if slips <= ONE => Some(Closeness::OneSlip),
        _ if shortest >= SHORTEST_BEGINNING && (held.starts_with(asked) || asked.starts_with(held)) => {
            Some(Closeness::Short)
        }
        Some(slips) if slips <= TWO && longest >= 5 => Some(Closeness::TwoSlips),
        _ => None,
    }
}
