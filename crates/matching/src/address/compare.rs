//! Compares an address as asked with one that is held: first the area, by postcode and street, then the dwelling within it.

use crate::address::postcode::Postcode;
use crate::address::read::{PhraseKind, ReadAddress, Unit};
use crate::description::Standing;
use crate::profile::Profile;
use crate::short::Short;
use crate::spelling::{Closeness, Near, Vocabulary, Word};
use crate::weight::{self, Weights};

/// An address as the index keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HeldPlace {
    pub postcode: Option<Postcode>,
    pub flat: Option<Unit>,
    pub house: Option<Unit>,
    /// Most addresses name no more parts than these.
    pub phrases: Short<HeldPhrase, 5>,
    pub uprn: Option<u64>,
    pub standing: Standing,
}

/// A named part of a held address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct HeldPhrase {
    pub word: Word,
    pub kind: PhraseKind,
    pub run: u8,
}

/// What agreed of a place, in the words of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlaceLikeness {
    /// Not asked, or none held.
    Unknown,
    /// Somewhere else.
    Elsewhere,
    /// The street or postcode, but another house or flat.
    Neighbour,
    /// The street or postcode, and no more was said.
    Area,
    /// The house, where a flat is said on one side only.
    House,
    /// House and flat, but something speaks against the street, the town or the number, or they have left.
    Likely,
    /// The very dwelling.
    Dwelling,
}

/// How house and flat agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dwelling {
    Unknown,
    OtherHouse,
    OtherFlat,
    /// A number that is easily heard or typed for theirs: 15 for 50, 21 for 12.
    Misheard,
    Part,
    /// A house without a number, under the same name.
    Named,
    Same,
}

/// An address, compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlaceAgreement {
    pub likeness: PlaceLikeness,
    pub weight: f64,
}

impl PlaceAgreement {
    pub(crate) const UNKNOWN: Self = Self { likeness: PlaceLikeness::Unknown, weight: 0.0 };

    fn elsewhere(weights: &Weights) -> Self {
        Self { likeness: PlaceLikeness::Elsewhere, weight: weights.lives_elsewhere }
    }

    /// Whether the place as a whole was recognised, and not only its street.
    pub(crate) fn agrees(&self) -> bool {
        self.likeness >= PlaceLikeness::House
    }
}

#[derive(Debug, Clone)]
struct AskedPhrase {
    kind: PhraseKind,
    run: u8,
    near: Vec<Near>,
    rarity: [f64; 6],
}

/// An address as asked, made ready to be compared with many.
#[derive(Debug, Clone)]
pub(crate) struct AskedPlace {
    pub postcode: Option<Postcode>,
    postcode_rarity: f64,
    flat: Option<Unit>,
    house: Option<Unit>,
    unsure: Option<(Unit, Unit)>,
    phrases: Vec<AskedPhrase>,
    asks_street: bool,
    /// Every word near to a phrase, in order, with the place of the phrase.
    near: Vec<(Word, u8, Closeness)>,
    /// What it says to share a place with nobody.
    alone: f64,
    /// The streets that others with the asked postcode live in: they find an address that is held without its postcode.
    implied: Vec<Word>,
    uprn: Option<u64>,
}

/// How the kinds of two named parts agree when both are taken for a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kinds {
    Agree,
    /// One side does not say whether it is a road or a close.
    Unsaid,
    Differ,
}

impl Kinds {
    /// `None` when the two are not to be compared as a street.
    fn of(asked: PhraseKind, held: PhraseKind, asked_street: bool) -> Option<Self> {
        use PhraseKind::{Area, Base, Street};
        match (asked, held) {
            (Street, Street | Area) => Some(Self::Agree),
            (Area, Street | Area) => (!asked_street).then_some(Self::Agree),
            (Area, Base) => (!asked_street).then_some(Self::Unsaid),
            (Base, Area) => Some(Self::Unsaid),
            (Base, Base) => Some(Self::Differ),
            (Street, Base) | (Base, Street) => None,
        }
    }

    fn weight(self, weights: &Weights) -> f64 {
        match self {
            Self::Agree => 0.0,
            Self::Unsaid => weights.kind_unsaid,
            Self::Differ => weights.other_kind,
        }
    }
}

/// Whether the same number there must be the same house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Footing {
    /// Something else speaks for another place: the town, the postcode, the kind of street.
    Contradicted,
    /// Misspelled, or said in part.
    Doubtful,
    Sure,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Street {
    Unknown,
    Different,
    Same { weight: f64, footing: Footing },
}

/// What street and postcode say together.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Area {
    Unknown,
    Elsewhere,
    Agrees { weight: f64, footing: Footing },
}

/// What the towns and localities said on both sides say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Town {
    Unknown,
    Differs,
    Agrees,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Unknown,
    Different,
    SameOutward,
    SameSector,
    Slip,
    Same,
}

/// The streets and buildings, at this postcode, of those who live there.
fn streets_in<'a>(code: Postcode, living: impl Iterator<Item = &'a Profile>) -> Vec<Word> {
    let mut streets: Vec<Word> = living
        .flat_map(|profile| profile.places())
        .filter(|place| place.postcode == Some(code))
        .flat_map(|place| place.phrases.iter())
        .filter(|phrase| phrase.kind == PhraseKind::Street)
        .map(|phrase| phrase.word)
        .collect();
    streets.sort_unstable();
    streets.dedup();
    streets
}

/// Log2 of how few share what `sharing` of `described` share.
#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn rarity(sharing: usize, described: usize) -> f64 {
    -((sharing as f64 + weight::BELIEF * weight::UNSEEN) / (described as f64 + weight::BELIEF)).log2()
}

impl AskedPlace {
    /// Looks up what is near each named part. `living_at` counts those with a phrase, `living_in` gives those with a postcode, of
    /// `described` in all.
    pub(crate) fn ready<'a, Living: Iterator<Item = &'a Profile>>(
        read: &ReadAddress,
        uprn: Option<u64>,
        vocabulary: &Vocabulary,
        described: usize,
        living_at: impl Fn(Word) -> usize,
        living_in: impl Fn(Postcode) -> Living,
    ) -> Option<Self> {
        let phrases: Vec<AskedPhrase> = read
            .phrases
            .iter()
            .map(|phrase| {
                let near = match phrase.kind {
                    PhraseKind::Base => vocabulary.spelt(&phrase.text),
                    PhraseKind::Street | PhraseKind::Area => {
                        vocabulary.near(&phrase.text, std::iter::empty())
                    }
                };
                let mut counts = [0_usize; 6];
                for near in &near {
                    if let Some(count) = counts.get_mut(near.closeness as usize) {
                        *count += living_at(near.word);
                    }
                }
                let mut so_far = 0;
                let rarity = counts.map(|count| {
                    so_far += count;
                    rarity(so_far, described)
                });
                AskedPhrase { kind: phrase.kind, run: phrase.run, near, rarity }
            })
            .collect();
        let nothing = phrases.is_empty()
            && read.postcode.is_none()
            && uprn.is_none()
            && read.house.is_none()
            && read.flat.is_none();
        (!nothing).then(|| Self {
            postcode: read.postcode,
            postcode_rarity: read.postcode.map_or(0.0, |code| rarity(living_in(code).count(), described)),
            implied: read.postcode.map(|code| streets_in(code, living_in(code))).unwrap_or_default(),
            flat: read.flat,
            house: read.house,
            unsure: read.unsure,
            asks_street: phrases.iter().any(|phrase| phrase.kind == PhraseKind::Street),
            near: {
                let mut near: Vec<(Word, u8, Closeness)> = (0_u8..)
                    .zip(&phrases)
                    .flat_map(|(at, phrase)| {
                        phrase.near.iter().map(move |near| (near.word, at, near.closeness))
                    })
                    .collect();
                near.sort_unstable();
                near
            },
            alone: rarity(1, described.max(weight::FEWEST)),
            phrases,
            uprn,
        })
    }

    /// The named parts near those asked, where to look for candidates: first those to look into by number, being streets or all there is.
    pub(crate) fn streets(&self) -> impl Iterator<Item = Near> + '_ {
        let street = self.asks_street;
        let implied = self.implied.iter().map(|word| Near { word: *word, closeness: Closeness::Same });
        self.near_of(move |kind| kind == PhraseKind::Street || !street).chain(implied)
    }

    /// Houses with a name, and villages, near those asked: to look into only where few live.
    pub(crate) fn areas(&self) -> impl Iterator<Item = Near> + '_ {
        self.near_of(|kind| kind == PhraseKind::Area)
    }

    fn near_of(&self, wanted: impl Fn(PhraseKind) -> bool) -> impl Iterator<Item = Near> {
        self.phrases
            .iter()
            .filter(move |phrase| wanted(phrase.kind))
            .flat_map(|phrase| phrase.near.iter().copied())
    }

    /// The numbers that may be the house.
    pub(crate) fn houses(&self) -> Vec<u16> {
        let mut houses: Vec<u16> = [self.house, self.flat]
            .into_iter()
            .flatten()
            .map(|unit| unit.number)
            .filter(|number| *number > 0)
            .collect();
        houses.dedup();
        houses
    }

    /// The best agreement with any of the held places, and which it was.
    pub(crate) fn compare_all<'a>(
        &self,
        held: impl Iterator<Item = &'a HeldPlace>,
        weights: &Weights,
    ) -> PlaceAgreement {
        held.map(|place| self.compare(place, weights))
            .max_by(|a, b| a.weight.total_cmp(&b.weight))
            .unwrap_or(PlaceAgreement::UNKNOWN)
    }

    fn compare(&self, held: &HeldPlace, weights: &Weights) -> PlaceAgreement {
        let mut meet = Vec::new();
        for (at, phrase) in held.phrases.iter().enumerate() {
            let from = self.near.partition_point(|(word, ..)| *word < phrase.word);
            let near = self.near.get(from..).unwrap_or_default();
            meet.extend(
                near.iter()
                    .take_while(|(word, ..)| *word == phrase.word)
                    .map(|(_, asked, closeness)| (usize::from(*asked), at, *closeness)),
            );
        }
        Facing { asked: self, held, weights, meet }.agreement()
    }
}

/// An address asked for and one that is held, face to face.
struct Facing<'a> {
    asked: &'a AskedPlace,
    held: &'a HeldPlace,
    weights: &'a Weights,
    /// Which named parts are near to which: the place of the asked one, the place of the held one, and how near.
    meet: Vec<(usize, usize, Closeness)>,
}

impl Facing<'_> {
    fn agreement(&self) -> PlaceAgreement {
        let (asked, held, weights) = (self.asked, self.held, self.weights);
        let standing = match held.standing {
            Standing::Current => 0.0,
            Standing::Previous => weights.previous,
        };
        let door = asked.alone + weights.very_dwelling;
        if asked.uprn.is_some() && asked.uprn == held.uprn {
            return PlaceAgreement { likeness: PlaceLikeness::Dwelling, weight: door + standing };
        }
        let (area, footing) = match self.area() {
            Area::Unknown => return PlaceAgreement::UNKNOWN,
            Area::Elsewhere => return PlaceAgreement::elsewhere(weights),
            Area::Agrees { weight, footing } => (weight, footing),
        };
        let dwelling = self.dwelling();
        let (likeness, weight) = match dwelling {
            Dwelling::Same | Dwelling::Named => {
                let weight = area + weights.dwelling_same;
                let sure = self.is_sure(dwelling, footing);
                let likeness = if sure { PlaceLikeness::Dwelling } else { PlaceLikeness::Likely };
                let placed = footing == Footing::Sure && self.is_placed();
                // A large town has several streets of a name, which only the postcode asked would tell apart.
                let door = if self.code() == Code::Unknown && asked.postcode.is_some() {
                    door + weights.postcode_unheld
                } else {
                    door
                };
                (likeness, if placed { weight.max(door) } else { weight })
            }
            Dwelling::Misheard => (PlaceLikeness::Likely, area + weights.misheard_number),
            Dwelling::Part => (PlaceLikeness::House, area + weights.dwelling_part),
            Dwelling::Unknown => (PlaceLikeness::Area, area),
            Dwelling::OtherFlat => (PlaceLikeness::Neighbour, area + weights.other_flat),
            Dwelling::OtherHouse => (PlaceLikeness::Neighbour, area + weights.other_house),
        };
        let weight = weight + standing;
        if weight <= weights.lives_elsewhere {
            PlaceAgreement::elsewhere(weights)
        } else {
            PlaceAgreement { likeness, weight }
        }
    }

    /// Whether the street asked for is said to be the one held, of several of the name: by its postcode or its town.
    fn is_placed(&self) -> bool {
        matches!(self.code(), Code::Same | Code::Slip) || self.town() == Town::Agrees
    }

    /// Whether whoever goes there comes to the held door: they live there now, and nothing asked speaks for another.
    fn is_sure(&self, dwelling: Dwelling, footing: Footing) -> bool {
        let another_uprn = self.asked.uprn.is_some() && self.held.uprn.is_some();
        let same_door = match dwelling {
            Dwelling::Named if self.code() == Code::Same => footing == Footing::Sure,
            Dwelling::Named => footing > Footing::Contradicted && self.places_the_house(),
            _ => footing == Footing::Sure,
        };
        same_door && !another_uprn && self.held.standing == Standing::Current
    }

    /// What street and postcode say together.
    fn area(&self) -> Area {
        use Footing::{Contradicted, Doubtful, Sure};
        let (asked, weights) = (self.asked, self.weights);
        let by_code = asked.postcode_rarity;
        let (weight, footing) = match (self.code(), self.street()) {
            (Code::Unknown, Street::Unknown) if self.implies() => {
                (by_code + weights.implied_street, Doubtful)
            }
            (Code::Unknown, Street::Unknown) => return Area::Unknown,
            (Code::Same, Street::Same { weight, footing }) => (
                weight.max(by_code) + weights.both_areas,
                if footing == Contradicted { Contradicted } else { Sure },
            ),
            (Code::Same, Street::Unknown) => (by_code, Sure),
            (Code::Same, Street::Different) => (by_code + weights.other_street, Contradicted),
            (Code::Slip, Street::Same { weight, footing }) => {
                (weight.max(asked.alone + weights.postcode_slip), footing)
            }
            (Code::Slip, Street::Unknown) => (asked.alone + 2.0 * weights.postcode_slip, Doubtful),
            (Code::SameSector, Street::Same { weight, .. }) => (weight, Contradicted),
            (Code::SameOutward, Street::Same { weight, .. }) => (weight + weights.same_outward, Contradicted),
            (Code::Different, Street::Same { weight, .. }) => (weight + weights.other_postcode, Contradicted),
            (Code::Unknown, Street::Same { weight, footing }) => {
                let unheld = if asked.postcode.is_some() { weights.postcode_unheld } else { 0.0 };
                match self.town() {
                    Town::Agrees => (weight + unheld + weights.town_agrees, footing),
                    Town::Differs => (weight + unheld + weights.town_differs, Contradicted),
                    Town::Unknown => (weight + unheld, footing),
                }
            }
            (_, Street::Unknown | Street::Different) => return Area::Elsewhere,
        };
        Area::Agrees { weight, footing }
    }

    fn implies(&self) -> bool {
        let implied = &self.asked.implied;
        self.held.postcode.is_none() && self.held.phrases.iter().any(|phrase| implied.contains(&phrase.word))
    }

    fn code(&self) -> Code {
        match (self.asked.postcode, self.held.postcode) {
            (Some(asked), Some(held)) if asked == held => Code::Same,
            (Some(asked), Some(held)) if asked.is_one_slip_from(held) => Code::Slip,
            (Some(asked), Some(held)) if asked.sector() == held.sector() => Code::SameSector,
            (Some(asked), Some(held)) if asked.outward() == held.outward() => Code::SameOutward,
            (Some(_), Some(_)) => Code::Different,
            _ => Code::Unknown,
        }
    }

    fn street(&self) -> Street {
        let weights = self.weights;
        let asked_street = self.asked.asks_street;
        let mut best: Option<(f64, Footing)> = None;
        for (asked, held, closeness) in self.meetings() {
            let Some(kinds) = Kinds::of(asked.kind, held.kind, asked_street) else { continue };
            let slip = if closeness == Closeness::Same { 0.0 } else { weights.street_slip };
            let rarity = asked.rarity.get(closeness as usize).copied().unwrap_or_default();
            let weight = rarity + kinds.weight(weights) + slip;
            let footing = match (closeness, asked.kind) {
                (Closeness::Same, PhraseKind::Street) => Footing::Sure,
                _ if kinds == Kinds::Differ => Footing::Contradicted,
                _ => Footing::Doubtful,
            };
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, footing));
            }
        }
        match best {
            Some((weight, _)) if self.another_street() => {
                Street::Same { weight: weight + weights.other_kind, footing: Footing::Contradicted }
            }
            Some((weight, footing)) => Street::Same { weight, footing },
            None if asked_street && !self.held.phrases.is_empty() => Street::Different,
            None => Street::Unknown,
        }
    }

    /// The named parts of the one that are near to named parts of the other.
    fn meetings(&self) -> impl Iterator<Item = (&AskedPhrase, &HeldPhrase, Closeness)> {
        self.meet.iter().filter_map(|(asked, held, closeness)| {
            Some((self.asked.phrases.get(*asked)?, self.held.phrases.get(*held)?, *closeness))
        })
    }

    fn is_met(&self, asked: usize) -> bool {
        self.meet.iter().any(|(at, ..)| *at == asked)
    }

    /// Whether each side names a street or building that the other does not: two blocks of one name, on two streets.
    fn another_street(&self) -> bool {
        let streets = |phrases: &[AskedPhrase]| {
            phrases
                .iter()
                .enumerate()
                .filter(|(_, phrase)| phrase.kind == PhraseKind::Street)
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        };
        let asked = streets(&self.asked.phrases);
        let met_by_street =
            |held: usize| self.meet.iter().any(|(by, at, _)| *at == held && asked.contains(by));
        let mut held =
            self.held.phrases.iter().enumerate().filter(|(_, phrase)| phrase.kind == PhraseKind::Street);
        asked.len() > 1 && asked.iter().any(|at| !self.is_met(*at)) && held.any(|(at, _)| !met_by_street(at))
    }

    /// What towns and localities say, among the places asked that are not the street itself.
    fn town(&self) -> Town {
        let is_area = |phrase: &HeldPhrase| phrase.kind == PhraseKind::Area;
        let met = |at: usize, area: bool| {
            self.meet.iter().any(|(asked, held, _)| {
                *asked == at && self.held.phrases.get(*held).is_some_and(|held| is_area(held) == area)
            })
        };
        // The name that stands for a house's number is no town: every other village has its Bungalow.
        let named_house = self.same_named_house();
        let mut towns = self
            .asked
            .phrases
            .iter()
            .enumerate()
            .filter(|(at, phrase)| {
                phrase.kind == PhraseKind::Area && !(*at == 0 && named_house) && !met(*at, false)
            })
            .map(|(at, _)| at)
            .peekable();
        if towns.peek().is_none() || !self.held.phrases.iter().any(is_area) {
            Town::Unknown
        } else if towns.any(|at| met(at, true)) {
            Town::Agrees
        } else {
            Town::Differs
        }
    }

    fn dwelling(&self) -> Dwelling {
        let (asked, held) = (self.asked, self.held);
        let plain = dwelling(asked.house, asked.flat, held);
        match asked.unsure {
            Some((house, flat)) if plain != Dwelling::Same => {
                let turned = dwelling(Some(house), Some(flat), held);
                if turned == Dwelling::Same || plain == Dwelling::OtherHouse { turned } else { plain }
            }
            None if plain == Dwelling::Unknown && self.same_named_house() => Dwelling::Named,
            _ => plain,
        }
    }

    /// A house without a number is known by the name that its address begins with.
    fn same_named_house(&self) -> bool {
        let Some((_, rest)) = self.held.phrases.split_first() else { return false };
        self.asked.house.is_none()
            && self.held.house.is_none()
            && rest.iter().any(|phrase| phrase.kind == PhraseKind::Street)
            && self.meet.iter().any(|(asked, held, _)| (*asked, *held) == (0, 0))
    }

    /// Whether the name of a house, of which there are many, is said with the street or the village that it stands in.
    fn places_the_house(&self) -> bool {
        let agrees = |at: usize| {
            self.meet.iter().any(|(asked, _, closeness)| *asked == at && *closeness <= Closeness::Short)
        };
        let streets_agree = (self.asked.phrases.iter().enumerate())
            .filter(|(_, phrase)| phrase.kind == PhraseKind::Street)
            .all(|(at, _)| agrees(at));
        let beyond_the_name = |kind, run| run > 0 && kind != PhraseKind::Base;
        let placed = self.meetings().any(|(asked, held, closeness)| {
            closeness == Closeness::Same
                && asked.kind == held.kind
                && beyond_the_name(asked.kind, asked.run)
                && beyond_the_name(held.kind, held.run)
        });
        streets_agree && placed
    }
}

/// How a house and flat asked for agree with those held.
fn dwelling(house: Option<Unit>, flat: Option<Unit>, held: &HeldPlace) -> Dwelling {
    let houses = match (house, held.house) {
        (Some(asked), Some(held)) if same_house(asked, held) => Dwelling::Same,
        (Some(asked), Some(held)) if misheard(asked.number, held.number) => return Dwelling::Misheard,
        (Some(_), Some(_)) => return Dwelling::OtherHouse,
        (None, None) => Dwelling::Unknown,
        _ => Dwelling::Part,
    };
    let flats = match (flat, held.flat) {
        (Some(asked), Some(held)) if same_flat(asked, held) => Dwelling::Same,
        (Some(_), Some(_)) => return Dwelling::OtherFlat,
        (None, None) => Dwelling::Unknown,
        _ => Dwelling::Part,
    };
    match (houses, flats) {
        (Dwelling::Part, Dwelling::Part) => one_number(house.or(flat), held.house.or(held.flat)),
        (Dwelling::Part, Dwelling::Unknown) => Dwelling::Unknown,
        (Dwelling::Part, _) | (_, Dwelling::Part) => Dwelling::Part,
        (Dwelling::Same, _) | (_, Dwelling::Same) => Dwelling::Same,
        _ => Dwelling::Unknown,
    }
}

/// One side says a house and the other a flat: `60 Holme Tower` and `Flat 60, Holme Tower` are one.
fn one_number(asked: Option<Unit>, held: Option<Unit>) -> Dwelling {
    match (asked, held) {
        (Some(asked), Some(held)) if same_flat(asked, held) => Dwelling::Part,
        _ => Dwelling::OtherHouse,
    }
}

fn same_house(asked: Unit, held: Unit) -> bool {
    asked.number == held.number && (asked.letter == held.letter || asked.letter == 0 || held.letter == 0)
}

/// Thirteen and thirty, up to nineteen and ninety; and two digits exchanged.
fn misheard(asked: u16, held: u16) -> bool {
    let (less, more) = (asked.min(held), asked.max(held));
    let teens = (13..20).contains(&less) && more == (less - 10) * 10;
    let exchanged = |a: u16, b: u16| a / 100 == b / 100 && a / 10 % 10 == b % 10 && a % 10 == b / 10 % 10;
    teens || (asked != held && less >= 10 && exchanged(asked, held))
}

/// Flat 1 is often written flat A, 2 B and so on.
fn same_flat(asked: Unit, held: Unit) -> bool {
    asked == held || (as_number(asked) == as_number(held) && as_number(asked) != 0)
}

fn as_number(unit: Unit) -> u16 {
    match unit.letter {
        0 => unit.number,
        letter if unit.number == 0 && letter.is_ascii_lowercase() => u16::from(letter - b'a') + 1,
        _ => 0,
    }
}
