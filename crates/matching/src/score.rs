//! Adds up what a question and a profile say of each other, and reads the sum: a band, and whether it is the person, the place or both.

use crate::address::{PlaceAgreement, PlaceLikeness};
use crate::asked::{Asked, AskedMail};
use crate::born::{self, BornLikeness};
use crate::description::Kind;
use crate::hit::{Band, Reading};
use crate::identifier::phones_one_slip_apart;
use crate::name::{By, Likeness, NameAgreement, Part};
use crate::profile::{HeldMail, Profile, Slot};
use crate::settings::Settings;
use crate::spelling::{Closeness, Vocabulary};
use crate::weight::{self, Weights};

/// How an identifier agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IdentifierLikeness {
    Unknown,
    Different,
    Slip,
    Same,
}

impl IdentifierLikeness {
    pub(crate) fn weight(self, weights: &Weights) -> f64 {
        match self {
            Self::Unknown => 0.0,
            Self::Different => weights.identifier_differs,
            Self::Slip => weights.identifier_slip,
            Self::Same => weights.identifier_same,
        }
    }
}

/// One question compared with one profile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Compared<'a> {
    weights: &'a Weights,
    pub name: NameAgreement,
    pub born: BornLikeness,
    pub place: PlaceAgreement,
    pub phone: IdentifierLikeness,
    pub mail: IdentifierLikeness,
    pub handle: IdentifierLikeness,
    pub reference: IdentifierLikeness,
}

fn same(asked: u64, held: &[u64]) -> IdentifierLikeness {
    if held.is_empty() {
        IdentifierLikeness::Unknown
    } else if held.contains(&asked) {
        IdentifierLikeness::Same
    } else {
        IdentifierLikeness::Different
    }
}

fn phone(asked: u64, held: &[u64]) -> IdentifierLikeness {
    match same(asked, held) {
        IdentifierLikeness::Different if held.iter().any(|held| phones_one_slip_apart(asked, *held)) => {
            IdentifierLikeness::Slip
        }
        plain => plain,
    }
}

fn mail(asked: &AskedMail, held: &[HeldMail]) -> IdentifierLikeness {
    held.iter()
        .map(|held| {
            let near = asked.near.iter().find(|near| near.word == held.local).map(|near| near.closeness);
            match (near, asked.host == Some(held.host)) {
                (Some(Closeness::Same), true) => IdentifierLikeness::Same,
                (Some(Closeness::Same), false)
                | (Some(Closeness::Sounds | Closeness::OneSlip | Closeness::Short), true) => {
                    IdentifierLikeness::Slip
                }
                _ => IdentifierLikeness::Different,
            }
        })
        .max()
        .unwrap_or(IdentifierLikeness::Unknown)
}

impl<'a> Compared<'a> {
    /// Compares field by field. Whoever is asked for at premises does not contradict their name; where the place agrees, or the
    /// date of birth with half of the name, the name is looked at once more for worse misspellings than are worth looking for everywhere.
    pub(crate) fn new(asked: &Asked<'a>, slot: Slot, profile: &Profile, vocabulary: &Vocabulary) -> Self {
        let weights = asked.weights;
        let place = asked
            .place
            .as_ref()
            .map_or(PlaceAgreement::UNKNOWN, |place| place.compare_all(profile.places(), weights));
        let compare = |vocabulary| {
            asked.name.as_ref().map_or(NameAgreement::UNKNOWN, |name| {
                name.compare(&profile.names, By { weights, vocabulary })
            })
        };
        let mut name = compare(None);
        let born = born::compare(asked.born, profile.born);
        let half_agrees = name.given.agrees() || name.family.agrees();
        if name.differs() && (place.agrees() || (half_agrees && born == BornLikeness::Same)) {
            name = compare(Some(vocabulary));
        }
        if asked.run_together.contains(&slot) && name.weight < weights.run_together {
            name = NameAgreement::run_together(weights);
        }
        if profile.kind == Kind::Premises && name.weight < 0.0 {
            name = NameAgreement::UNKNOWN;
        }
        let unknown = IdentifierLikeness::Unknown;
        Self {
            weights,
            name,
            born,
            place,
            phone: asked.phone.map_or(unknown, |asked| phone(asked, &profile.rest.phones)),
            mail: asked.mail.as_ref().map_or(unknown, |asked| mail(asked, &profile.rest.mails)),
            handle: asked.handle.map_or(unknown, |asked| same(asked, &profile.rest.handles)),
            reference: asked.reference.map_or(unknown, |asked| same(asked, &profile.rest.references)),
        }
    }

    /// What speaks for or against the person, wherever they are.
    pub(crate) fn person(&self) -> f64 {
        self.name.weight + self.born_weight() + self.identifiers_weight()
    }

    /// What the date of birth says.
    pub(crate) fn born_weight(&self) -> f64 {
        self.born.weight(self.weights)
    }

    /// What an identifier says.
    pub(crate) fn weight_of(&self, identifier: IdentifierLikeness) -> f64 {
        identifier.weight(self.weights)
    }

    fn identifiers_weight(&self) -> f64 {
        self.identifiers().into_iter().map(|likeness| likeness.weight(self.weights)).sum()
    }

    /// Log2 odds that the profile is the one asked for, when one among `described` may be.
    ///
    /// Two others might have been meant: a stranger, whom every agreement speaks against; and, where the place agrees, someone else of the
    /// household, whom only what a household does not share speaks against. The odds are those against the likelier of the two.
    pub(crate) fn total(&self, described: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
        let prior = -(described.max(weight::FEWEST) as f64).log2();
        let stranger = prior + self.person() + self.place.weight + self.namesake();
        if self.place.weight <= 0.0 || self.says_nothing_of_the_person() {
            return stranger;
        }
        let relative = self.against_a_relative();
        -((-stranger).exp2() + (-relative).exp2()).log2()
    }

    /// What is to be taken off for namesakes, where there is no place to tell them apart: that they live elsewhere counts in itself.
    fn namesake(&self) -> f64 {
        let whole = self.name.given.agrees() && self.name.family.agrees();
        let born =
            !matches!(self.born, BornLikeness::Unknown | BornLikeness::Different | BornLikeness::TwoOfThree);
        if whole && born && self.place.likeness == PlaceLikeness::Unknown {
            self.weights.namesake_of_an_age
        } else {
            0.0
        }
    }

    fn against_a_relative(&self) -> f64 {
        let weights = self.weights;
        // Children get a parent's or a grandparent's forename for a middle name: one found there is as much less even among them.
        let passed_on = if self.name.given.part == Part::Middle { weights.by_middle_name } else { 0.0 };
        let given = match self.name.given.likeness {
            Likeness::Unknown if self.name.family.agrees() => weights.surname_alone_in_household,
            _ => (self.name.given.weight - passed_on).min(weights.given_in_household) + passed_on,
        };
        weights.relative
            + given
            + self.name.further_differ
            + self.name.family.weight.clamp(weights.family_in_household, 0.0)
            + self.born_weight().min(weights.born_in_household)
            + self.identifiers_weight().min(weights.identifier_in_household)
    }

    /// Whether there was nothing personal to compare: only a place was asked for, or only a place is held.
    fn says_nothing_of_the_person(&self) -> bool {
        self.name == NameAgreement::UNKNOWN
            && self.born == BornLikeness::Unknown
            && self.identifiers().into_iter().all(|likeness| likeness == IdentifierLikeness::Unknown)
    }

    fn identifiers(&self) -> [IdentifierLikeness; 4] {
        [self.phone, self.mail, self.handle, self.reference]
    }

    /// What was recognised.
    pub(crate) fn reading(&self) -> Reading {
        let person = self.person() >= weight::RECOGNISED && !self.contradicted();
        match (person, self.place_recognised()) {
            (true, true) => Reading::Both,
            (false, true) => Reading::Place,
            _ => Reading::Person,
        }
    }

    /// Whether whoever goes to the address asked for comes to theirs.
    pub(crate) fn is_the_dwelling(&self) -> bool {
        self.place.likeness == PlaceLikeness::Dwelling
    }

    fn place_recognised(&self) -> bool {
        self.place.agrees() && self.place.weight >= weight::RECOGNISED
    }

    fn contradicted(&self) -> bool {
        self.name.given.likeness == Likeness::Different || self.born == BornLikeness::Different
    }

    /// How to treat it, or `None` when it is not to be given at all.
    pub(crate) fn band(&self, settings: &Settings, total: f64) -> Option<Band> {
        if self.says_nothing_of_the_person() {
            return match self.place.likeness {
                PlaceLikeness::Dwelling if total >= settings.match_from => Some(Band::Match),
                PlaceLikeness::Dwelling => Some(Band::Possible),
                _ if self.place_recognised() || total >= settings.possible_from => Some(Band::Possible),
                _ => None,
            };
        }
        if total >= settings.match_from && self.reading() != Reading::Place {
            Some(Band::Match)
        } else if total >= settings.possible_from || self.place_recognised() || self.is_the_dwelling() {
            Some(Band::Possible)
        } else {
            None
        }
    }
}
