//! Whom a list describes twice, or who is here already: the questions a description would ask, asked.

use std::collections::BTreeMap;

use crate::description::{Description, Key, Name, NameKind};
use crate::hit::{Band, Hit};
use crate::index::Index;
use crate::question::Question;
use crate::settings::Settings;

/// The most questions that one description asks: its names with its addresses.
const MOST: usize = 6;

/// Two descriptions that may be of one person or place.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate {
    /// The one asked about.
    pub key: Key,
    /// The other one, how likely they are the same, and why. Its parts speak of what the first one says.
    pub other: Hit,
}

/// Every pair in a list that may be one, surest first. *Match*: take them for one. *Possible*: somebody should look.
pub fn duplicates(list: &[(Key, Description)], settings: Settings) -> Vec<Duplicate> {
    let mut index = Index::new(settings);
    for (key, description) in list {
        index.insert(*key, description);
    }
    let mut pairs: Vec<Duplicate> = list
        .iter()
        .flat_map(|(key, description)| {
            let earlier = move |other: &Hit| other.key < *key;
            index.alike(description).into_iter().filter(earlier).map(|other| Duplicate { key: *key, other })
        })
        .collect();
    pairs.sort_by(|a, b| b.other.score.total_cmp(&a.other.score));
    pairs
}

impl Index {
    /// Who here may be the one described, surest first. *Match*: take them for one. *Possible*: somebody should look.
    pub fn alike(&self, description: &Description) -> Vec<Hit> {
        let mut best: BTreeMap<Key, Hit> = BTreeMap::new();
        for question in questions(description) {
            for hit in self.rank(&question) {
                match best.get_mut(&hit.key) {
                    Some(held) if held.score >= hit.score => {}
                    Some(held) => *held = hit,
                    None => drop(best.insert(hit.key, hit)),
                }
            }
        }
        let settings = self.settings();
        let mut alike: Vec<Hit> = best
            .into_values()
            .filter(|hit| hit.score >= settings.perhaps_one_from)
            .map(|hit| Hit {
                band: if hit.score >= settings.one_from { Band::Match } else { Band::Possible },
                ..hit
            })
            .collect();
        alike.sort_by(|a, b| b.score.total_cmp(&a.score));
        alike
    }
}

/// The description as questions: each of its names with each of its addresses, and everything else with all of them.
fn questions(description: &Description) -> Vec<Question> {
    let family = description.names.iter().map(|name| name.family.trim()).find(|family| !family.is_empty());
    let given = description.names.iter().map(|name| name.given.trim()).find(|given| !given.is_empty());
    let first = |texts: &[String]| texts.first().cloned();
    let whole = |name: &Name| {
        let or = |own: &str, other: Option<&str>| match own.trim() {
            "" => other.unwrap_or_default().to_owned(),
            own => own.to_owned(),
        };
        // A former family name is the same person's under any forename, an alias under any family name.
        let text = match name.kind {
            NameKind::Former => [or(&name.given, given), or(&name.family, None)],
            NameKind::Current | NameKind::Alias => [or(&name.given, None), or(&name.family, family)],
        };
        text.join(" ").trim().to_owned()
    };
    let names: Vec<Option<String>> = some_or_none(description.names.iter().map(whole));
    let addresses = some_or_none(description.addresses.iter());
    let mut questions = Vec::new();
    for address in addresses {
        for name in &names {
            questions.push(Question {
                name: name.clone(),
                born: description.born,
                address: address.map(|address| address.text.clone()),
                postcode: address.and_then(|address| address.postcode.clone()),
                uprn: address.and_then(|address| address.uprn.clone()),
                phone: first(&description.phones),
                email: first(&description.emails),
                handle: first(&description.handles),
                reference: first(&description.references),
                text: None,
            });
        }
    }
    questions.truncate(MOST);
    questions
}

/// Each of them, or one that is none.
fn some_or_none<T>(all: impl Iterator<Item = T>) -> Vec<Option<T>> {
    let some: Vec<Option<T>> = all.map(Some).collect();
    if some.is_empty() { vec![None] } else { some }
}
