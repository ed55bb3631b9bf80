//! Adds up what a question and a profile say of each other, and reads the sum: a band, and whether it is the person, the place or both.

use crate::address::{PlaceAgreement, PlaceLikeness};
use crate::asked::{Asked, AskedMail};
use crate::born::{self, BornLikeness};
use crate::description::Kind;
use crate::hit::{Band, Reading};
use crate::identifier::phones_one_slip_apart;
use crate::name::{Likeness, NameAgreement};
use crate::profile::{HeldMail, Profile};
use crate::settings::Settings;
use crate::spelling::Closeness;
use crate::weight;

/// How an identifier agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IdentifierLikeness {
    Unknown,
    Different,
    Slip,
    Same,
}

impl IdentifierLikeness {
    pub(crate) fn weight(self) -> f64 {
        match self {
            Self::Unknown => 0.0,
            Self::Different => weight::IDENTIFIER_DIFFERS,
            Self::Slip => weight::IDENTIFIER_SLIP,
            Self::Same => weight::IDENTIFIER_SAME,
        }
    }
}

/// One question compared with one profile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Compared {
    pub name: NameAgreement,
    pub born: BornLikeness,
    pub place: PlaceAgreement,
    pub phone: IdentifierLikeness,
    pub mail: IdentifierLikeness,
    pub handle: IdentifierLikeness,
    pub reference: IdentifierLikeness,
}

fn same(asked: Option<u64>, held: &[u64]) -> IdentifierLikeness {
    match asked {
        Some(_) if held.is_empty() => IdentifierLikeness::Unknown,
        Some(asked) if held.contains(&asked) => IdentifierLikeness::Same,
        Some(_) => IdentifierLikeness::Different,
        None => IdentifierLikeness::Unknown,
    }
}

fn phone(asked: Option<u64>, held: &[u64]) -> IdentifierLikeness {
    match (same(asked, held), asked) {
        (IdentifierLikeness::Different, Some(asked))
            if held.iter().any(|held| phones_one_slip_apart(asked, *held)) =>
        {
            IdentifierLikeness::Slip
        }
        (plain, _) => plain,
    }
}

fn mail(asked: Option<&AskedMail>, held: &[HeldMail]) -> IdentifierLikeness {
    let Some(asked) = asked.filter(|_| !held.is_empty()) else { return IdentifierLikeness::Unknown };
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

impl Compared {
    /// Compares field by field. Whoever is asked for at premises does not contradict their name.
    pub(crate) fn new(asked: &Asked, profile: &Profile) -> Self {
        let mut name =
            asked.name.as_ref().map_or(NameAgreement::UNKNOWN, |name| name.compare(&profile.names));
        let run_together = asked.run_together.is_some_and(|digest| profile.run_together.contains(&digest));
        if run_together && name.weight < weight::RUN_TOGETHER {
            name = NameAgreement::run_together();
        }
        if profile.kind == Kind::Premises && name.weight < 0.0 {
            name = NameAgreement::UNKNOWN;
        }
        Self {
            name,
            born: born::compare(asked.born, profile.born),
            place: asked
                .place
                .as_ref()
                .map_or(PlaceAgreement::UNKNOWN, |place| place.compare_all(&profile.places)),
            phone: phone(asked.phone, &profile.phones),
            mail: mail(asked.mail.as_ref(), &profile.mails),
            handle: same(asked.handle, &profile.handles),
            reference: same(asked.reference, &profile.references),
        }
    }

    /// What speaks for or against the person, wherever they are.
    pub(crate) fn person(&self) -> f64 {
        self.name.weight
            + self.born.weight()
            + self.identifiers().map(IdentifierLikeness::weight).iter().sum::<f64>()
    }

    /// Log2 odds that the profile is the one asked for, when one among `described` may be.
    ///
    /// Two others might have been meant: a stranger, whom every agreement speaks against; and, where the place agrees, someone else of the
    /// household, whom only what a household does not share speaks against. The odds are those against the likelier of the two.
    pub(crate) fn total(&self, described: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
        let prior = -(described as f64).max(weight::FEWEST).log2();
        let stranger = prior + self.person() + self.place.weight;
        if self.place.weight <= 0.0 || self.says_nothing_of_the_person() {
            return stranger;
        }
        let relative = self.against_a_relative();
        -((-stranger).exp2() + (-relative).exp2()).log2()
    }

    fn against_a_relative(&self) -> f64 {
        let identifiers: f64 = self.identifiers().map(IdentifierLikeness::weight).iter().sum();
        weight::RELATIVE
            + self.name.given.weight.min(weight::GIVEN_IN_HOUSEHOLD)
            + self.name.family.weight.clamp(weight::FAMILY_IN_HOUSEHOLD, 0.0)
            + self.born.weight().min(weight::BORN_IN_HOUSEHOLD)
            + identifiers.min(weight::IDENTIFIER_IN_HOUSEHOLD)
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
    pub(crate) fn band(&self, settings: &Settings, described: usize) -> Option<Band> {
        let total = self.total(described);
        if self.says_nothing_of_the_person() {
            return match self.place.likeness {
                PlaceLikeness::Dwelling if self.place.weight >= weight::PLACE_MATCH => Some(Band::Match),
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
