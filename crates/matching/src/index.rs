//! The index: descriptions in, hits out. Every description is taken in and forgotten by itself; nothing is rebuilt.

use std::hint::black_box;

use rustc_hash::FxHashMap;

use crate::address::{HeldPhrase, HeldPlace, Postcode, read_address};
use crate::asked::{Asked, Known};
use crate::born::Born;
use crate::candidates::candidates;
use crate::description::{Address, Description, Key, Kind, Name, NameKind};
use crate::explain::parts;
use crate::hit::{Band, Hit};
use crate::identifier::{digest, handle, mail, phone, uprn};
use crate::name::{Extent, HeldWord, Part, held_words};
use crate::profile::{HeldMail, Profile, Rest, Slot};
use crate::question::Question;
use crate::route::{Route, Routes};
use crate::score::Compared;
use crate::settings::Settings;
use crate::spelling::Vocabulary;
use crate::weight::Weights;

/// Described people and places, ready to be asked about.
#[derive(Debug, Clone)]
pub struct Index {
    settings: Settings,
    weights: Weights,
    names: Vocabulary,
    places: Vocabulary,
    mails: Vocabulary,
    routes: Routes,
    profiles: Vec<Option<Profile>>,
    free: Vec<Slot>,
    slots: FxHashMap<Key, Slot>,
}

impl Index {
    /// An empty index with these settings.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            weights: Weights::LEARNED,
            names: Vocabulary::default(),
            places: Vocabulary::default(),
            mails: Vocabulary::default(),
            routes: Routes::default(),
            profiles: Vec::new(),
            free: Vec::new(),
            slots: FxHashMap::default(),
        }
    }

    /// The same index, answering by other weights: for those who learn them.
    #[must_use]
    pub fn weighed_by(self, weights: Weights) -> Self {
        Self { weights, ..self }
    }

    /// Answers by other settings from now on, and says whether they are other ones. What is held stays as it is.
    pub fn answers_by(&mut self, settings: Settings) -> bool {
        std::mem::replace(&mut self.settings, settings) != settings
    }

    /// The settings it answers by.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Takes in a description, replacing what was held under the same key.
    pub fn insert(&mut self, key: Key, description: &Description) {
        self.remove(key);
        let profile = self.fold(key, description);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.profiles.push(None);
            Slot::try_from(self.profiles.len() - 1).unwrap_or(Slot::MAX)
        });
        for route in routes_to(&profile) {
            self.routes.add(route, slot);
        }
        if let Some(place) = self.profiles.get_mut(slot as usize) {
            *place = Some(profile);
        }
        self.slots.insert(key, slot);
    }

    /// Forgets what was held under this key. Nothing of it stays.
    pub fn remove(&mut self, key: Key) {
        let Some(slot) = self.slots.remove(&key) else { return };
        let Some(profile) = self.profiles.get_mut(slot as usize).and_then(Option::take) else { return };
        for route in routes_to(&profile) {
            self.routes.remove(route, slot);
        }
        for held in profile.names.iter() {
            self.names.give_back(held.word);
        }
        for phrase in profile.places().flat_map(|place| place.phrases.iter()) {
            self.places.give_back(phrase.word);
        }
        for mail in &profile.rest.mails {
            self.mails.give_back(mail.local);
        }
        self.free.push(slot);
    }

    /// How many things are described.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether nothing is described, and nothing is left of what was.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
            && self.routes.is_empty()
            && self.names.len() + self.places.len() + self.mails.len() == 0
    }

    /// Who or where the question may be about, best first: only *match* and *possible*, at most as many as set, but everyone at the very
    /// address.
    pub fn search(&self, question: &Question) -> Vec<Hit> {
        self.hits(question, None)
    }

    /// The same without the lower bound, for those who measure: what is below *possible* is called *possible*.
    pub fn rank(&self, question: &Question) -> Vec<Hit> {
        self.hits(question, Some(Band::Possible))
    }

    /// The same of these keys alone: whoever of them [`Index::search`] finds, as it finds them, however many others are better. What
    /// none of them can change is told without looking at anybody else.
    pub fn among(&self, question: &Question, keys: &[Key]) -> Vec<Hit> {
        let read = question.read();
        let asked = self.asked(&read);
        let mut slots: Vec<Slot> = keys.iter().filter_map(|key| self.slots.get(key).copied()).collect();
        slots.sort_unstable();
        slots.dedup();
        let hit = |(score, band, key, compared): Scored<'_>| hit(&read, score, band, key, &compared);
        self.scored(&asked, &slots, None).into_iter().map(hit).collect()
    }

    fn hits(&self, question: &Question, otherwise: Option<Band>) -> Vec<Hit> {
        let read = question.read();
        let asked = self.asked(&read);
        let slots = candidates(&asked, &self.routes, self.profiles.len());
        self.scored(&asked, &slots, otherwise)
            .into_iter()
            .enumerate()
            .filter(|(at, (.., compared))| *at < self.settings.at_most || compared.is_the_dwelling())
            .map(|(_, (score, band, key, compared))| hit(&read, score, band, key, &compared))
            .collect()
    }

    /// The question, looked up.
    fn asked(&self, question: &Question) -> Asked<'_> {
        let known = Known {
            weights: &self.weights,
            names: &self.names,
            places: &self.places,
            mails: &self.mails,
            routes: &self.routes,
            profiles: &self.profiles,
            described: self.slots.len(),
        };
        Asked::ready(question, known)
    }

    /// Those at these slots who are to be given, best first; whoever is below *possible* as `otherwise`.
    fn scored<'a>(&'a self, asked: &Asked<'a>, slots: &[Slot], otherwise: Option<Band>) -> Vec<Scored<'a>> {
        let described = self.slots.len();
        let profile = |slot: &Slot| Some((*slot, self.profiles.get(*slot as usize)?.as_ref()?));
        let mut scored: Vec<Scored<'a>> = slots
            .chunks(AT_ONCE)
            .flat_map(|slots| {
                fetch(slots.iter().filter_map(profile).map(|(_, profile)| profile));
                slots.iter().filter_map(profile)
            })
            .filter_map(|(slot, profile)| {
                let compared = Compared::new(asked, slot, profile, &self.names);
                let total = compared.total(described);
                let band = compared.band(&self.settings, total).or(otherwise)?;
                Some((total, band, profile.key, compared))
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        scored
    }

    fn fold(&mut self, key: Key, description: &Description) -> Profile {
        let names = description
            .names
            .iter()
            .flat_map(held_words)
            .map(|held| HeldWord {
                initial: held.text.bytes().next().unwrap_or_default(),
                extent: if held.text.len() == 1 { Extent::Initial } else { Extent::Whole },
                word: self.names.take(&held.text),
                part: held.part,
            })
            .collect();
        let mut places = description
            .addresses
            .iter()
            .map(|address| self.place(address, description))
            .collect::<Vec<_>>()
            .into_iter();
        let mails = description
            .emails
            .iter()
            .filter_map(|text| mail(text))
            .filter_map(|mail| {
                Some(HeldMail { host: digest(&mail.host)?, local: self.mails.take(&mail.local) })
            })
            .collect();
        Profile {
            key,
            kind: description.kind,
            names,
            born: description.born,
            place: places.next(),
            further_places: places.collect(),
            rest: Box::new(Rest {
                run_together: description
                    .names
                    .iter()
                    .filter(|name| name.kind == NameKind::Current)
                    .flat_map(run_together)
                    .collect(),
                phones: description.phones.iter().filter_map(|text| phone(text)).collect(),
                mails,
                handles: description.handles.iter().filter_map(|text| handle(text)).collect(),
                references: description.references.iter().filter_map(|text| digest(text)).collect(),
            }),
        }
    }

    fn place(&mut self, address: &Address, description: &Description) -> HeldPlace {
        let mut read = read_address(&address.text);
        if description.kind == Kind::Premises {
            for name in &description.names {
                read.phrases.extend(read_address(&format!("{} {}", name.given, name.family)).phrases);
            }
        }
        let postcode = address.postcode.as_deref().and_then(Postcode::given).or(read.postcode);
        HeldPlace {
            postcode,
            flat: read.flat,
            house: read.house,
            phrases: read
                .phrases
                .iter()
                .map(|phrase| HeldPhrase {
                    word: self.places.take(&phrase.text),
                    kind: phrase.kind,
                    run: phrase.run,
                })
                .collect(),
            uprn: address.uprn.as_deref().and_then(uprn),
            standing: address.standing,
        }
    }
}

/// How alike somebody is, and how they are to be treated.
type Scored<'a> = (f64, Band, Key, Compared<'a>);

fn hit(question: &Question, score: f64, band: Band, key: Key, compared: &Compared<'_>) -> Hit {
    Hit { key, score, band, reading: compared.reading(), parts: parts(question, compared) }
}

/// Digests of a name with its words run together, in both orders; none unless it has both ends.
fn run_together(name: &Name) -> Vec<u64> {
    let words = held_words(name);
    let of = |part| words.iter().find(|held| held.part == part).map(|held| held.text.as_str());
    match (of(Part::Given), of(Part::Family)) {
        (Some(given), Some(family)) => [[given, family].concat(), [family, given].concat()]
            .iter()
            .filter_map(|text| digest(text))
            .collect(),
        _ => Vec::new(),
    }
}

/// So many profiles are fetched from memory at once.
const AT_ONCE: usize = 32;

/// Looks once at every part of these profiles that a comparison looks at, layer by layer: in a large register they are far apart in memory,
/// and looked at one after the other each would be waited for alone.
fn fetch<'a>(profiles: impl Iterator<Item = &'a Profile> + Clone) {
    let kinds = profiles.clone().filter(|profile| profile.kind == Kind::Premises).count();
    let words = profiles.clone().filter_map(|profile| profile.names.first()).map(|held| held.word.place());
    let streets = profiles.clone().filter_map(|profile| profile.place.as_ref()?.phrases.first());
    let houses = profiles.filter_map(|profile| profile.place.as_ref()?.house);
    black_box(kinds);
    black_box(words.fold(0, usize::wrapping_add));
    black_box(houses.fold(0, |sum: u16, house| sum.wrapping_add(house.number)));
    black_box(streets.fold(0, |sum: usize, street| sum.wrapping_add(street.word.place())));
}

/// Every route that leads to a profile.
fn routes_to(profile: &Profile) -> Vec<Route> {
    let mut routes: Vec<Route> = profile
        .names
        .iter()
        .map(|held| if held.part.is_given() { Route::Given(held.word) } else { Route::Family(held.word) })
        .collect();
    routes.extend(profile.rest.run_together.iter().map(|digest| Route::RunTogether(*digest)));
    if let Some(Born::Day { year, month, day }) = profile.born {
        routes.push(Route::Born(year, month, day));
    }
    for place in profile.places() {
        routes.extend(place.postcode.map(Route::Postcode));
        routes.extend(place.uprn.map(Route::Uprn));
        for phrase in place.phrases.iter() {
            routes.push(Route::Phrase(phrase.word));
            let numbers = [place.house, place.flat]
                .into_iter()
                .flatten()
                .map(|unit| unit.number)
                .filter(|number| *number > 0);
            routes.extend(numbers.map(|number| Route::House(phrase.word, number)));
        }
    }
    routes.extend(profile.rest.phones.iter().copied().map(Route::Phone));
    routes.extend(profile.rest.mails.iter().map(|mail| Route::Mail(mail.local)));
    routes.extend(profile.rest.handles.iter().copied().map(Route::Handle));
    routes.extend(profile.rest.references.iter().copied().map(Route::Reference));
    routes.sort_unstable();
    routes.dedup();
    routes
}
