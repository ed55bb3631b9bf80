//! Every word in use, once, with a number; and the words near to one that is asked. What is near is looked up, never scanned for.
//!
//! Routes to a near word: one letter left out of both (Bocek and others' deletion neighbourhood), the sound, the sound with one class
//! left out, and the beginning. Each route may propose too much; [`slips`] decides.

use rustc_hash::FxHashMap;

use super::{slips, sound::sound};

/// The number of a word in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

#[derive(Debug, Clone)]
struct Entry {
    text: Box<str>,
    sound: Box<str>,
    letters: u32,
    uses: u32,
}

/// The words in use, counted, so that the last use takes the word away.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    entries: Vec<Entry>,
    free: Vec<Word>,
    numbers: FxHashMap<Box<str>, Word>,
    routes: FxHashMap<u32, Vec<Word>>,
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
/// Leaving a class out of a shorter sound would leave too little to go by.
const SHORTEST_SOUND: usize = 3;
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
        if let Some(word) = self.numbers.get(text).copied() {
            if let Some(entry) = self.entries.get_mut(word.place()) {
                entry.uses += 1;
            }
            return word;
        }
        let sound = sound(text);
        let entry =
            Entry { text: text.into(), sound: sound.as_str().into(), letters: letters(text), uses: 1 };
        let word = match self.free.pop() {
            Some(word) => {
                if let Some(place) = self.entries.get_mut(word.place()) {
                    *place = entry;
                }
                word
            }
            None => {
                self.entries.push(entry);
                Word(u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX))
            }
        };
        for route in routes_of(text, &sound) {
            self.routes.entry(route).or_default().push(word);
        }
        self.numbers.insert(text.into(), word);
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
        let sound = std::mem::take(&mut entry.sound);
        for route in routes_of(&text, &sound) {
            if let Some(words) = self.routes.get_mut(&route) {
                words.retain(|held| *held != word);
                if words.is_empty() {
                    self.routes.remove(&route);
                }
            }
        }
        self.numbers.remove(&text);
        self.free.push(word);
    }

    /// The number of a word, when it is in use.
    pub(crate) fn find(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied()
    }

    /// The letters of a word in use.
    pub(crate) fn text(&self, word: Word) -> &str {
        self.entries.get(word.place()).map_or("", |entry| &entry.text)
    }

    /// How many different words are in use.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The words in use that are near the asked one, each once at its nearest, in the order of their numbers.
    pub(crate) fn near<'a>(&self, asked: &str, variants: impl Iterator<Item = &'a str>) -> Vec<Near> {
        let asked_sound = sound(asked);
        let asked_letters = letters(asked);
        let mut found: Vec<Word> = Vec::new();
        for route in spelling_routes(asked, &asked_sound) {
            found.extend(self.routes.get(&route).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        let mut near: Vec<Near> = found
            .into_iter()
            .filter_map(|word| {
                let entry = self.entries.get(word.place())?;
                if (entry.letters ^ asked_letters).count_ones() > MOST_LETTERS_APART {
                    return None;
                }
                closeness(asked, &asked_sound, &entry.text, &entry.sound)
                    .map(|closeness| Near { word, closeness })
            })
            .collect();
        let mut offer =
            |word: Word, closeness: Closeness| match near.iter_mut().find(|held| held.word == word) {
                Some(held) => held.closeness = held.closeness.min(closeness),
                None => near.push(Near { word, closeness }),
            };
        let starts = beginning(asked, asked.len().clamp(SHORTEST_BEGINNING, LONGEST_BEGINNING));
        for word in starts.and_then(|start| self.routes.get(&start)).into_iter().flatten() {
            let text = self.text(*word);
            if text.starts_with(asked) || asked.starts_with(text) {
                offer(*word, Closeness::Short);
            }
        }
        if let Some(word) = asked.get(..SHORTEST_BEGINNING).and_then(|start| self.find(start)) {
            offer(word, Closeness::Short);
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

fn closeness(asked: &str, asked_sound: &str, held: &str, held_sound: &str) -> Option<Closeness> {
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
        Some(_) if asked_sound == held_sound && asked_sound.len() > 1 => Some(Closeness::Sounds),
        Some(slips) if slips <= ONE => Some(Closeness::OneSlip),
        _ if shortest >= SHORTEST_BEGINNING && (held.starts_with(asked) || asked.starts_with(held)) => {
            Some(Closeness::Short)
        }
        Some(slips) if slips <= TWO && longest >= 5 => Some(Closeness::TwoSlips),
        _ => None,
    }
}
