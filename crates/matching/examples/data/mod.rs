//! Reads the files of a matching bench: a register, a list to take in, and checks with their right answers.
#![allow(dead_code, clippy::allow_attributes, reason = "each example reads what it needs")]

use std::collections::HashMap;
use std::error::Error;
use std::io::BufRead;

use matching::{Address, Born, Description, Name, NameKind, Question, Standing};
use serde::Deserialize;

/// Whether somebody registered is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pole {
    Pos,
    Neg,
}

/// Kinds of check for people who are not registered but live where somebody is, or was: a warning about the place is right.
const AT_A_REGISTERED_ADDRESS: [&str; 7] = [
    "same_house_family",
    "same_house_other",
    "sibling",
    "junior",
    "hn_new_tenant",
    "m_new_tenant",
    "m_partner",
];

/// One check with the people or places that answer it: none, when nobody there is registered.
#[derive(Deserialize)]
pub struct Check {
    pub qid: String,
    pub kind: String,
    pub pol: Pole,
    /// The origin of the name.
    pub grp: String,
    pub truth: Vec<String>,
    q: Fields,
}

impl Check {
    /// Whether whoever is asked for, not being registered, lives at a registered address.
    pub fn is_at_a_registered_address(&self) -> bool {
        AT_A_REGISTERED_ADDRESS.contains(&self.kind.as_str())
    }

    /// What is asked.
    pub fn question(&self) -> Question {
        let fields = &self.q;
        Question {
            name: fields.name.clone(),
            born: fields.dob.as_deref().and_then(Born::parse),
            address: fields.address.clone(),
            postcode: fields.postcode.clone(),
            phone: fields.phone.clone(),
            email: fields.email.clone(),
            text: fields.text.clone(),
            ..Question::default()
        }
    }
}

/// The checks of a bench.
pub fn checks(directory: &str) -> Result<Vec<Check>, Box<dyn Error>> {
    let file = std::fs::File::open(format!("{directory}/queries.jsonl"))?;
    std::io::BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    name: Option<String>,
    dob: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    text: Option<String>,
}

/// Everyone in a file of people, with the handle they have there.
pub fn described(path: &str) -> Result<Vec<(String, Description)>, Box<dyn Error>> {
    let mut described = Vec::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let row: HashMap<String, String> = row?;
        let text = |field: &str| row.get(field).cloned().unwrap_or_default();
        let some = |field: &str| Some(text(field)).filter(|text| !text.is_empty());
        let mut names = vec![Name::new(format!("{} {}", text("forename"), text("middle")), text("surname"))];
        names.extend(some("known_as").map(|alias| Name::new(alias, "").of_kind(NameKind::Alias)));
        names.extend(some("former_surname").map(|former| Name::new("", former).of_kind(NameKind::Former)));
        let mut addresses = vec![Address {
            text: text("address"),
            postcode: some("postcode"),
            uprn: some("uprn"),
            standing: Standing::Current,
        }];
        addresses.extend(some("address2").map(|previous| Address {
            text: previous,
            postcode: some("postcode2"),
            uprn: None,
            standing: Standing::Previous,
        }));
        let description = Description {
            names,
            born: some("dob").and_then(|text| Born::parse(&text)),
            addresses,
            phones: some("phone").into_iter().collect(),
            emails: some("email").into_iter().collect(),
            ..Description::default()
        };
        described.push((text("id"), description));
    }
    Ok(described)
}
