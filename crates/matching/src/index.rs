//! The index: descriptions in, hits out. (First interface; candidates and weights follow.)

use std::collections::BTreeMap;

use crate::{Band, Description, Hit, Key, Question, Reading, Settings};

/// Described people and places, ready to be asked about.
#[derive(Debug, Clone)]
pub struct Index {
    settings: Settings,
    described: BTreeMap<Key, Vec<String>>,
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

impl Index {
    /// An empty index with these settings.
    pub fn new(settings: Settings) -> Self {
        Self { settings, described: BTreeMap::new() }
    }

    /// Takes in a description, replacing what was held under the same key.
    pub fn insert(&mut self, key: Key, description: &Description) {
        let mut found: Vec<String> = Vec::new();
        for name in &description.names {
            found.extend(words(&name.given));
            found.extend(words(&name.family));
        }
        for address in &description.addresses {
            found.extend(words(&address.text));
            found.extend(address.postcode.iter().flat_map(|p| words(p)));
        }
        self.described.insert(key, found);
    }

    /// Forgets what was held under this key. Nothing of it stays.
    pub fn remove(&mut self, key: Key) {
        self.described.remove(&key);
    }

    /// How many things are described.
    pub fn len(&self) -> usize {
        self.described.len()
    }

    /// Whether nothing is described.
    pub fn is_empty(&self) -> bool {
        self.described.is_empty()
    }

    /// Who or where the question may be about, best first: only *match* and *possible*, at most as many as set.
    pub fn search(&self, question: &Question) -> Vec<Hit> {
        let mut hits = self.rank(question);
        hits.retain(|hit| hit.score >= self.settings.possible_from);
        hits
    }

    /// The same without the lower bound, for those who measure: the band of a hit below *possible* reads *possible*.
    pub fn rank(&self, question: &Question) -> Vec<Hit> {
        let asked: Vec<String> = [&question.name, &question.address, &question.postcode, &question.text]
            .into_iter()
            .flatten()
            .flat_map(|text| words(text))
            .collect();
        let mut hits: Vec<Hit> = self
            .described
            .iter()
            .map(|(key, held)| {
                let shared = asked.iter().filter(|word| held.contains(word)).count();
                #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
                let score = shared as f64 * 6.0 - 6.0;
                Hit { key: *key, score, band: Band::Possible, reading: Reading::Person, parts: Vec::new() }
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.key.cmp(&b.key)));
        hits.truncate(self.settings.at_most);
        hits
    }
}
