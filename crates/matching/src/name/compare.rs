//! Compares a name as asked with the words held for one person: in either order, with words joined, by initial, by middle name.

use crate::name::read::{AskedWords, Order, Part, is_particle};
use crate::name::variant::variants;
use crate::spelling::{Closeness, Near, Vocabulary, Word};
use crate::weight;

/// A word of a held name, as the index keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeldWord {
    pub word: Word,
    pub part: Part,
    pub initial: u8,
    /// Whether the word is no more than its initial.
    pub extent: Extent,
}

/// Whether a held word is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
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
    fn takes(self, part: Part) -> bool {
        part.is_given() == (self == Self::Given)
    }

    fn differs(self) -> f64 {
        match self {
            Self::Given => weight::GIVEN_DIFFERS,
            Self::Family => weight::FAMILY_DIFFERS,
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
    /// The same letters, run together or torn apart.
    RunTogether,
}

/// One end of a name, compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WordAgreement {
    pub likeness: Likeness,
    pub part: Option<Part>,
    pub weight: f64,
}

impl WordAgreement {
    const UNKNOWN: Self = Self { likeness: Likeness::Unknown, part: None, weight: 0.0 };

    fn agrees(&self) -> bool {
        !matches!(self.likeness, Likeness::Unknown | Likeness::Different)
    }
}

/// A whole name, compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NameAgreement {
    pub given: WordAgreement,
    pub family: WordAgreement,
    /// The sum, with what the order and further names say.
    pub weight: f64,
}

impl NameAgreement {
    /// Nothing asked or nothing held.
    pub(crate) const UNKNOWN: Self =
        Self { given: WordAgreement::UNKNOWN, family: WordAgreement::UNKNOWN, weight: 0.0 };

    /// The same letters in other words.
    pub(crate) fn run_together() -> Self {
        let half =
            WordAgreement { likeness: Likeness::RunTogether, part: None, weight: weight::RUN_TOGETHER / 2.0 };
        Self { given: half, family: half, weight: weight::RUN_TOGETHER }
    }
}

/// One word of the asked name, or two neighbouring words joined, with what is near it in the register.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub near: Vec<Near>,
    initial: Option<u8>,
    first_letter: Option<u8>,
    given: [f64; 6],
    family: [f64; 6],
}

impl Unit {
    fn weight(&self, role: Role, closeness: Closeness) -> f64 {
        let weights = match role {
            Role::Given => &self.given,
            Role::Family => &self.family,
        };
        weights.get(closeness as usize).copied().unwrap_or_default()
    }

    fn closeness(&self, word: Word) -> Option<Closeness> {
        let at = self.near.binary_search_by_key(&word, |near| near.word).ok()?;
        self.near.get(at).map(|near| near.closeness)
    }

    fn compare(&self, role: Role, held: &[HeldWord]) -> WordAgreement {
        let mut best = WordAgreement::UNKNOWN;
        let mut offer = |likeness, part, weight: f64| {
            if best.likeness == Likeness::Unknown || weight > best.weight {
                best = WordAgreement { likeness, part: Some(part), weight };
            }
        };
        for held in held.iter().filter(|held| role.takes(held.part)) {
            let allowance = match held.part {
                Part::Given | Part::KnownAs | Part::Family => 0.0,
                Part::Middle => weight::BY_MIDDLE_NAME,
                Part::FamilyPiece => weight::FAMILY_IN_PART,
                Part::FormerFamily => weight::FORMER_NAME,
            };
            if self.initial.is_some() || held.extent == Extent::Initial {
                if self.first_letter == Some(held.initial) {
                    offer(Likeness::Initial, held.part, weight::INITIAL_AGREES + allowance);
                } else {
                    offer(Likeness::Different, held.part, weight::INITIAL_DIFFERS);
                }
            } else if let Some(closeness) = self.closeness(held.word) {
                let weight = self.weight(role, closeness) + allowance;
                offer(Likeness::Near(closeness), held.part, weight.max(role.differs()));
            } else {
                offer(Likeness::Different, held.part, role.differs());
            }
        }
        best
    }
}

/// A name as asked, made ready to be compared with many.
#[derive(Debug, Clone)]
pub(crate) struct AskedName {
    /// Single words first, then neighbours joined where there are more than a forename and a surname.
    pub units: Vec<Unit>,
    singles: usize,
    bare: Vec<usize>,
    order: Order,
    /// All letters in the order asked.
    pub run_together: String,
}

impl AskedName {
    /// Looks up what is near each word. `bearers` counts those who bear a word in a role, of `described` in all.
    pub(crate) fn ready(
        asked: &AskedWords,
        vocabulary: &Vocabulary,
        described: usize,
        bearers: impl Fn(Role, Word) -> usize,
    ) -> Option<Self> {
        if asked.words.is_empty() {
            return None;
        }
        let joined: Vec<String> = match asked.words.len() {
            0..=2 => Vec::new(),
            _ => asked.words.windows(2).map(<[String]>::concat).collect(),
        };
        let units = asked
            .words
            .iter()
            .chain(&joined)
            .map(|text| {
                let near = vocabulary.near(text, variants(text));
                let given = weights(&near, described, |word| bearers(Role::Given, word));
                let family = weights(&near, described, |word| bearers(Role::Family, word));
                let first_letter = text.bytes().next();
                let initial = first_letter.filter(|_| text.len() == 1);
                Unit { near, initial, first_letter, given, family }
            })
            .collect();
        let bare = (0..asked.words.len())
            .filter(|at| !asked.words.get(*at).is_some_and(|word| is_particle(word)))
            .collect();
        Some(Self {
            units,
            singles: asked.words.len(),
            bare,
            order: asked.order,
            run_together: asked.words.concat(),
        })
    }

    /// The pairs of units that may be forename and surname, with what their order says.
    pub(crate) fn readings(&self) -> Vec<(usize, usize, f64)> {
        let last = self.singles.saturating_sub(1);
        let (spoken, turned) = match self.order {
            Order::Spoken => (0.0, weight::OTHER_ORDER),
            Order::FamilyFirst => (0.0, weight::COMMA_WRONG),
        };
        let mut readings = vec![(0, last, spoken), (last, 0, turned)];
        if self.singles > 2 {
            let first_two = self.singles;
            let last_two = self.singles + last - 1;
            readings.extend([(first_two, last, spoken), (0, last_two, spoken)]);
            readings.extend([(last_two, 0, turned), (last, first_two, turned)]);
        }
        readings
    }

    /// Whether the unit is no more than an initial.
    pub(crate) fn is_initial(&self, unit: usize) -> bool {
        self.units.get(unit).is_some_and(|unit| unit.initial.is_some())
    }

    /// How the asked name agrees with the held words.
    pub(crate) fn compare(&self, held: &[HeldWord]) -> NameAgreement {
        if held.is_empty() {
            return NameAgreement::UNKNOWN;
        }
        if self.singles == 1 {
            return self.compare_single(held);
        }
        let mut given: [Option<WordAgreement>; 16] = [None; 16];
        let mut family: [Option<WordAgreement>; 16] = [None; 16];
        let mut best: Option<(NameAgreement, usize, usize)> = None;
        for (first, last, order) in self.readings() {
            let (Some(a), Some(b)) = (given.get_mut(first), family.get_mut(last)) else { continue };
            let (Some(unit_a), Some(unit_b)) = (self.units.get(first), self.units.get(last)) else {
                continue;
            };
            let a = *a.get_or_insert_with(|| unit_a.compare(Role::Given, held));
            let b = *b.get_or_insert_with(|| unit_b.compare(Role::Family, held));
            let weight = a.weight + b.weight + order;
            if best.is_none_or(|(held, ..)| weight > held.weight) {
                best = Some((NameAgreement { given: a, family: b, weight }, first, last));
            }
        }
        let Some((mut agreement, first, last)) = best else { return NameAgreement::UNKNOWN };
        agreement.weight += self.further(held, first, last);
        agreement
    }

    fn compare_single(&self, held: &[HeldWord]) -> NameAgreement {
        let Some(unit) = self.units.first().filter(|unit| unit.initial.is_none()) else {
            return NameAgreement::UNKNOWN;
        };
        let given = unit.compare(Role::Given, held);
        let family = unit.compare(Role::Family, held);
        if given.agrees() && given.weight >= family.weight {
            NameAgreement { given, family: WordAgreement::UNKNOWN, weight: given.weight }
        } else {
            NameAgreement { given: WordAgreement::UNKNOWN, family, weight: family.weight }
        }
    }

    /// What the words that are neither forename nor surname say.
    fn further(&self, held: &[HeldWord], first: usize, last: usize) -> f64 {
        let joins = |unit: usize, single: usize| {
            unit == single
                || unit >= self.singles && (unit - self.singles..=unit - self.singles + 1).contains(&single)
        };
        let mut sum: f64 = 0.0;
        for single in
            self.bare.iter().copied().filter(|single| !joins(first, *single) && !joins(last, *single))
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
                weight::FURTHER_AGREES
            } else if other() {
                weight::FURTHER_DIFFERS
            } else {
                weight::FURTHER_UNKNOWN
            };
        }
        sum.clamp(weight::FURTHER_DIFFERS, 2.0 * weight::FURTHER_AGREES)
    }

    /// Whether any asked word is near the held one.
    fn says(&self, held: &HeldWord) -> bool {
        self.units.iter().any(|unit| unit.closeness(held.word).is_some())
    }
}

/// Weight of each closeness: how likely the asked word is for a bearer of a word so near, against how likely it is at large, where the
/// bearers of every near word may be asked for by it, and so may people with a name that nobody here bears.
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn weights(near: &[Near], described: usize, bearers: impl Fn(Word) -> usize) -> [f64; 6] {
    let people = described as f64 + weight::BELIEF;
    let mut at_large = weight::likelihood(Closeness::Same) * weight::UNHEARD;
    for near in near {
        let share = (bearers(near.word) as f64 + weight::BELIEF * weight::UNSEEN) / people;
        at_large += weight::likelihood(near.closeness) * share;
    }
    Closeness::ALL.map(|closeness| (weight::likelihood(closeness) / at_large).log2().min(weight::NAME_MOST))
}
