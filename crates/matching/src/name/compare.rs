//! Compares a name as asked with the words held for one person: in either order, with words joined, by initial, by middle name.

use crate::name::read::{AskedWords, Order, Part, is_particle};
use crate::name::variant::variants;
use crate::profile::Slot;
use crate::spelling::{Closeness, Near, Vocabulary, Word, faintly_alike, one_slip_apart};
use crate::weight::{self, Weights};

/// A word of a held name, as the index keeps it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct HeldWord {
    pub word: Word,
    pub part: Part,
    pub initial: u8,
    /// Whether the word is no more than its initial.
    pub extent: Extent,
}

/// Whether a held word is written out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    #[default]
    Initial,
    Whole,
}

/// Which end of a name a word is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Given,
    Family,
}

impl Role {
    fn of(part: Part) -> Self {
        if part.is_given() { Self::Given } else { Self::Family }
    }

    fn differs(self, weights: &Weights) -> f64 {
        match self {
            Self::Given => weights.given_differs,
            Self::Family => weights.family_differs,
        }
    }
}

/// How one word of a name agreed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Likeness {
    /// Not asked, or nothing held to compare with.
    Unknown,
    Different,
    Initial,
    Near(Closeness),
    /// Misspelled beyond what is looked for, and seen only because the address agrees.
    Faint,
    /// The same letters, run together or torn apart.
    RunTogether,
}

/// One end of a name, compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WordAgreement {
    pub likeness: Likeness,
    /// The part of the held name that it agreed with.
    pub part: Part,
    pub weight: f64,
}

impl WordAgreement {
    const UNKNOWN: Self = Self { likeness: Likeness::Unknown, part: Part::Given, weight: 0.0 };

    pub(crate) fn agrees(&self) -> bool {
        !matches!(self.likeness, Likeness::Unknown | Likeness::Different)
    }
}

/// A whole name, compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NameAgreement {
    pub given: WordAgreement,
    pub family: WordAgreement,
    /// What further given names say that were asked while others are held; nothing where they agree or none are held.
    pub further_differ: f64,
    /// The sum, with what the order and further names say.
    pub weight: f64,
}

impl NameAgreement {
    /// Nothing asked or nothing held.
    pub(crate) const UNKNOWN: Self = Self::of(WordAgreement::UNKNOWN, WordAgreement::UNKNOWN, 0.0);

    const fn of(given: WordAgreement, family: WordAgreement, weight: f64) -> Self {
        Self { given, family, further_differ: 0.0, weight }
    }

    /// The same letters in other words.
    pub(crate) fn run_together(weights: &Weights) -> Self {
        let half = |part| WordAgreement {
            likeness: Likeness::RunTogether,
            part,
            weight: weights.run_together / 2.0,
        };
        Self::of(half(Part::Given), half(Part::Family), weights.run_together)
    }

    /// Whether an end of the name was compared and is another.
    pub(crate) fn differs(&self) -> bool {
        [self.given.likeness, self.family.likeness].contains(&Likeness::Different)
    }
}

/// One word of the asked name, or two neighbouring words joined, with what is near it in the register.
#[derive(Debug, Clone)]
pub(crate) struct Unit<'a> {
    text: String,
    near: Vec<Near>,
    initial: Option<u8>,
    first_letter: Option<u8>,
    given: End<'a>,
    family: End<'a>,
}

/// A unit as one end of a name: what each closeness weighs there, and who bears the words near to it.
#[derive(Debug, Clone)]
pub(crate) struct End<'a> {
    weights: [f64; 6],
    /// Those who bear the word itself or one that is close to it.
    pub close: Vec<&'a [Slot]>,
    /// Those who bear one that two slips part from it.
    pub far: Vec<&'a [Slot]>,
}

impl<'a> Unit<'a> {
    pub(crate) fn end(&self, role: Role) -> &End<'a> {
        match role {
            Role::Given => &self.given,
            Role::Family => &self.family,
        }
    }

    fn closeness(&self, word: Word) -> Option<Closeness> {
        let at = self.near.binary_search_by_key(&word, |near| near.word).ok()?;
        self.near.get(at).map(|near| near.closeness)
    }
}

/// By what names are compared: the figures, and the words themselves where misspellings beyond those looked up shall count.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    pub weights: &'a Weights,
    pub vocabulary: Option<&'a Vocabulary>,
}

/// One way to read an asked name: which unit is the forename and which the family name, and what their order says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub given: Option<usize>,
    pub family: Option<usize>,
    order: f64,
}

/// A name as asked, made ready to be compared with many.
#[derive(Debug, Clone)]
pub(crate) struct AskedName<'a> {
    /// Single words first, then neighbours joined.
    pub units: Vec<Unit<'a>>,
    /// Every word near to a unit, in the order of the words, with the place of the unit.
    near: Vec<(Word, u8, Closeness)>,
    singles: usize,
    bare: Vec<usize>,
    /// The ways to read it, likeliest first.
    pub readings: Vec<Reading>,
    /// All letters in the order asked.
    pub run_together: String,
}

impl<'a> AskedName<'a> {
    /// Looks up what is near each word. `bearers` gives those who bear a word in a role, of `described` in all.
    pub(crate) fn ready(
        asked: &AskedWords,
        vocabulary: &Vocabulary,
        described: usize,
        by: &Weights,
        bearers: impl Fn(Role, Word) -> &'a [Slot],
    ) -> Option<Self> {
        if asked.words.is_empty() {
            return None;
        }
        let likelihoods = Closeness::ALL.map(|closeness| by.likelihood(closeness));
        let joined: Vec<String> = asked.words.windows(2).map(<[String]>::concat).collect();
        let units: Vec<Unit<'a>> = asked
            .words
            .iter()
            .chain(&joined)
            .enumerate()
            .map(|(at, text)| {
                let mut near = vocabulary.near(text, variants(text));
                if at >= asked.words.len() {
                    // Two words joined are long enough to begin or sound like much by chance.
                    near.retain(|near| {
                        near.closeness <= Closeness::Variant
                            || one_slip_apart(text, vocabulary.text(near.word))
                    });
                }
                let end = |role| {
                    let bearers: Vec<&[Slot]> = near.iter().map(|near| bearers(role, near.word)).collect();
                    let weights = weights(&near, &bearers, &likelihoods, described)
                        .map(|weight| weight.min(by.name_most));
                    let bearing = |is_far| {
                        (near.iter().zip(&bearers))
                            .filter(|(near, bearers)| {
                                !bearers.is_empty() && (near.closeness == Closeness::TwoSlips) == is_far
                            })
                            .map(|(_, bearers)| *bearers)
                            .collect()
                    };
                    End { weights, close: bearing(false), far: bearing(true) }
                };
                let (given, family) = (end(Role::Given), end(Role::Family));
                let first_letter = text.bytes().next();
                let initial = first_letter.filter(|_| text.len() == 1);
                Unit { text: text.clone(), near, initial, first_letter, given, family }
            })
            .collect();
        let mut near: Vec<(Word, u8, Closeness)> = (0_u8..)
            .zip(&units)
            .flat_map(|(unit, read)| read.near.iter().map(move |near| (near.word, unit, near.closeness)))
            .collect();
        near.sort_unstable();
        let bare = (0..asked.words.len())
            .filter(|at| !asked.words.get(*at).is_some_and(|word| is_particle(word)))
            .collect();
        Some(Self {
            units,
            near,
            singles: asked.words.len(),
            bare,
            readings: readings(asked, by),
            run_together: asked.words.concat(),
        })
    }

    /// Whether the unit is no more than an initial.
    pub(crate) fn is_initial(&self, unit: usize) -> bool {
        self.units.get(unit).is_some_and(|unit| unit.initial.is_some())
    }

    /// How the asked name agrees with the held words.
    pub(crate) fn compare(&self, held: &[HeldWord], by: By<'_>) -> NameAgreement {
        if held.is_empty() {
            return NameAgreement::UNKNOWN;
        }
        if self.singles == 1 {
            return self.compare_single(held, by);
        }
        let table = self.table(held, by);
        let end = |role: Role, unit: Option<usize>| match unit {
            None => WordAgreement::UNKNOWN,
            Some(unit) => table.row(role).get(unit).copied().unwrap_or(WordAgreement::UNKNOWN),
        };
        let mut best: Option<(NameAgreement, Reading)> = None;
        for reading in &self.readings {
            let (given, family) = (end(Role::Given, reading.given), end(Role::Family, reading.family));
            let weight = given.weight + family.weight + reading.order;
            if best.is_none_or(|(best, _)| weight > best.weight) {
                best = Some((NameAgreement::of(given, family, weight), *reading));
            }
        }
        let Some((mut agreement, reading)) = best else { return NameAgreement::UNKNOWN };
        let further = self.further(held, reading, by.weights);
        agreement.weight += further.weight;
        agreement.further_differ = further.differ;
        agreement
    }

    fn compare_single(&self, held: &[HeldWord], by: By<'_>) -> NameAgreement {
        if self.is_initial(0) {
            return NameAgreement::UNKNOWN;
        }
        let Table { given: [given, ..], family: [family, ..] } = self.table(held, by);
        if given.agrees() && given.weight >= family.weight {
            NameAgreement::of(given, WordAgreement::UNKNOWN, given.weight)
        } else {
            NameAgreement::of(WordAgreement::UNKNOWN, family, family.weight)
        }
    }

    /// How each unit agrees with the held words as a forename and as a family name: the best of what each held word offers.
    fn table(&self, held: &[HeldWord], by: By<'_>) -> Table {
        let weights = by.weights;
        let mut table = Table {
            given: [WordAgreement::UNKNOWN; MOST_UNITS],
            family: [WordAgreement::UNKNOWN; MOST_UNITS],
        };
        let any_initial = self.units.iter().any(|unit| unit.initial.is_some());
        for held in held {
            let role = Role::of(held.part);
            let row = table.row_mut(role);
            let mut offer = |unit: usize, likeness, weight: f64| {
                if let Some(best) = row.get_mut(unit)
                    && (best.likeness == Likeness::Unknown || weight > best.weight)
                {
                    *best = WordAgreement { likeness, part: held.part, weight };
                }
            };
            let allowance = match held.part {
                Part::Given | Part::KnownAs | Part::Family => 0.0,
                Part::Middle => weights.by_middle_name,
                Part::FamilyPiece => weights.family_in_part,
                Part::FormerFamily => weights.former_name,
            };
            for (at, unit) in self.units.iter().enumerate() {
                if !(any_initial && unit.initial.is_some() || held.extent == Extent::Initial) {
                    offer(at, Likeness::Different, role.differs(weights));
                } else if unit.first_letter == Some(held.initial) {
                    offer(at, Likeness::Initial, weights.initial_agrees + allowance);
                } else {
                    offer(at, Likeness::Different, weights.initial_differs);
                }
            }
            if held.extent == Extent::Initial {
                continue;
            }
            let from = self.near.partition_point(|(word, ..)| *word < held.word);
            let near =
                self.near.get(from..).unwrap_or_default().iter().take_while(|(word, ..)| *word == held.word);
            for (_, unit, closeness) in near {
                let at = usize::from(*unit);
                let Some(unit) = self.units.get(at) else { continue };
                let weight = unit.end(role).weights.get(*closeness as usize).copied().unwrap_or_default();
                offer(at, Likeness::Near(*closeness), (weight + allowance).max(role.differs(weights)));
            }
            if let Some(words) = by.vocabulary {
                for (at, unit) in self.units.iter().enumerate() {
                    if faintly_alike(&unit.text, words.text(held.word)) {
                        offer(at, Likeness::Faint, weights.faintly_alike);
                    }
                }
            }
        }
        table
    }

    /// What the words that are neither forename nor surname say.
    fn further(&self, held: &[HeldWord], reading: Reading, weights: &Weights) -> Further {
        let joins = |unit: Option<usize>, single: usize| {
            unit.is_some_and(|unit| {
                unit == single
                    || unit >= self.singles
                        && (unit - self.singles..=unit - self.singles + 1).contains(&single)
            })
        };
        let mut sum: f64 = 0.0;
        let mut differ: f64 = 0.0;
        for single in self
            .bare
            .iter()
            .copied()
            .filter(|single| !joins(reading.given, *single) && !joins(reading.family, *single))
        {
            let Some(unit) = self.units.get(single) else { continue };
            let known = held.iter().any(|held| match (unit.initial, held.extent) {
                (None, Extent::Whole) => unit.closeness(held.word).is_some(),
                _ => held.part.is_given() && unit.first_letter == Some(held.initial),
            });
            let other = || {
                let mut middles = held.iter().filter(|held| held.part == Part::Middle).peekable();
                middles.peek().is_some() && !middles.any(|held| self.says(held))
            };
            sum += if known {
                weights.further_agrees
            } else if other() {
                // A relative is told apart by another name altogether: one that begins alike may be theirs, misheard.
                let misheard =
                    |held: &HeldWord| held.part != Part::Given && unit.first_letter == Some(held.initial);
                if !held.iter().any(misheard) {
                    differ = weights.further_differs;
                }
                weights.further_differs
            } else {
                weights.further_unknown
            };
        }
        Further { weight: sum.max(weights.further_differs).min(2.0 * weights.further_agrees), differ }
    }

    /// Whether any asked word is near the held one.
    fn says(&self, held: &HeldWord) -> bool {
        self.units.iter().any(|unit| unit.closeness(held.word).is_some())
    }
}

/// What the words of a name that are neither forename nor surname say.
struct Further {
    weight: f64,
    /// What of it says that another further name is held.
    differ: f64,
}

/// How each unit agrees, as either end of the name.
struct Table {
    given: [WordAgreement; MOST_UNITS],
    family: [WordAgreement; MOST_UNITS],
}

impl Table {
    fn row(&self, role: Role) -> &[WordAgreement] {
        match role {
            Role::Given => &self.given,
            Role::Family => &self.family,
        }
    }

    fn row_mut(&mut self, role: Role) -> &mut [WordAgreement] {
        match role {
            Role::Given => &mut self.given,
            Role::Family => &mut self.family,
        }
    }
}

/// The ways to read a name of these words.
fn readings(asked: &AskedWords, weights: &Weights) -> Vec<Reading> {
    let singles = asked.words.len();
    let last = singles.saturating_sub(1);
    let turned = match asked.order {
        Order::Spoken => weights.other_order,
        Order::FamilyFirst => weights.comma_wrong,
    };
    let (first_two, last_two) = (singles, singles + last.saturating_sub(1));
    let both = |given, family, order| Reading { given: Some(given), family: Some(family), order };
    let mut readings = vec![both(0, last, 0.0), both(last, 0, turned)];
    if singles > 2 {
        readings.extend([both(first_two, last, 0.0), both(0, last_two, 0.0)]);
        readings.extend([both(last_two, 0, turned), both(last, first_two, turned)]);
    } else if singles == 2 {
        let order = weights.one_end_in_two_words;
        readings.push(Reading { given: None, family: Some(first_two), order });
        readings.push(Reading { given: Some(first_two), family: None, order });
    }
    readings
}

/// Single words and neighbours joined, of the most words that are read.
const MOST_UNITS: usize = 16;

/// Weight of each closeness: how likely the asked word is for a bearer of a word so near, against how likely it is at large, where the
/// bearers of every near word may be asked for by it, and so may people with a name that nobody here bears.
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn weights(near: &[Near], bearers: &[&[Slot]], likelihoods: &[f64; 6], described: usize) -> [f64; 6] {
    // Counted in whole people first, so that the order in which words came into use does not show in the last digits.
    let mut counts = [(0_usize, 0_usize); 6];
    for (near, bearers) in near.iter().zip(bearers) {
        if let Some((words, people)) = counts.get_mut(near.closeness as usize) {
            *words += 1;
            *people += bearers.len();
        }
    }
    let all = described as f64 + weight::BELIEF;
    let at_large = likelihoods.iter().zip(counts).fold(
        weight::UNHEARD * Weights::SAME.exp2(),
        |sum, (likelihood, (words, people))| {
            sum + likelihood * (people as f64 + words as f64 * weight::BELIEF * weight::UNSEEN) / all
        },
    );
    likelihoods.map(|likelihood| (likelihood / at_large).log2())
}
