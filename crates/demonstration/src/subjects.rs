//! The people and places that files are about: names of many origins, invented addresses, and numbers that ring nowhere.

use crate::chance::{Chance, stable_number};
use crate::diary::days_before;
use crate::story::Story;
use crate::words::{NAMES, PLACES, text};
use jiff::civil::{Date, date};
use register::ids::SubjectId;
use register::personal::Text;
use register::subject::{
    Address, AgeBand, Born, NameKind, OtherReference, Person, PersonName, Premises, SubjectDetails,
};

/// A file as it is opened.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    pub(crate) id: SubjectId,
    pub(crate) details: SubjectDetails,
    pub(crate) support: Option<Text>,
}

impl Profile {
    /// The first of something that a report may mention, such as a telephone number.
    pub(crate) fn first(&self, of: impl Fn(&Person) -> &[Text]) -> Option<&str> {
        match &self.details {
            SubjectDetails::Person(person) => of(person).first().map(Text::as_str),
            SubjectDetails::Premises(_) => None,
        }
    }

    /// A person moves on `date`; a place stays where it is.
    pub(crate) fn moves(&mut self, date: Date, chance: &mut Chance) {
        if let SubjectDetails::Person(person) = &mut self.details {
            person.addresses.iter_mut().for_each(|old| old.until = old.until.or(Some(date)));
            person.addresses.insert(0, address(chance, Some(date), None));
        }
    }
}

/// How much has to be known of when somebody was born.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// A date, or at least a band: a measure needs one.
    Age,
    /// Perhaps nothing.
    Perhaps,
}

/// Any person, described as fully or as poorly as files are.
pub(crate) fn person(story: &mut Story, chance: &mut Chance, known: Known) -> Profile {
    let names = names(chance);
    let folded = handle(names.last().map_or("", |name| name.full.as_str()));
    let mut person = Person {
        names,
        born: born(chance, known),
        addresses: addresses(chance, story.today()),
        phones: Vec::new(),
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    };
    if !chance.one_in(5) {
        person.phones.push(mobile(story));
    }
    if chance.one_in(3) {
        person.phones.push(landline(story));
    }
    if chance.one_in(2) {
        let postbox = PLACES.any("postboxes", chance);
        person.emails.push(text(&format!("{folded}{}@{postbox}.example", chance.between(1, 99))));
    }
    if chance.one_in(5) {
        person.social.push(text(&format!("@{folded}_{}", PLACES.any("handles", chance))));
    }
    for _ in 0..chance.between(0, 2) {
        person.references.push(reference(chance));
    }
    let support = chance.one_in(7).then(|| text(PLACES.any("support", chance)));
    Profile { id: SubjectId::from_bits(chance.bits()), details: SubjectDetails::Person(person), support }
}

/// Any place.
pub(crate) fn premises(chance: &mut Chance, today: Date) -> Profile {
    let description = text(PLACES.any("premises", chance));
    let since = days_before(today, chance.between(1_200, 6_000));
    let address = address(chance, Some(since), None);
    Profile {
        id: SubjectId::from_bits(chance.bits()),
        details: SubjectDetails::Premises(Premises { description, address }),
        support: None,
    }
}

fn names(chance: &mut Chance) -> Vec<PersonName> {
    let origin = NAMES.word("origins", chance);
    let sex = if chance.one_in(2) { "women" } else { "men" };
    let families = format!("{origin} family");
    let given = NAMES.word(&format!("{origin} {sex}"), chance);
    let (given, short) =
        given.split_once('/').map_or((given.as_str(), None), |(given, short)| (given, Some(short)));
    let mut family = in_the_form_of(sex, &NAMES.word(&families, chance));
    let mut names = Vec::new();
    let mut add = |kind, full: String| names.push(PersonName { kind, full: text(&full) });
    let former = family.clone();
    let married = sex == "women" && chance.one_in(6);
    if married {
        family = in_the_form_of(sex, &NAMES.word(&families, chance));
    } else if chance.one_in(14) && !family.contains(['-', ' ']) {
        family = format!("{family}-{}", NAMES.word("english family", chance));
    }
    let family_first = matches!(origin.as_str(), "chinese" | "vietnamese");
    let whole = |given: &str, family: &str| {
        if family_first { format!("{family} {given}") } else { format!("{given} {family}") }
    };
    add(NameKind::Main, whole(given, &family));
    if let Some(short) = short.filter(|_| chance.one_in(2)) {
        add(NameKind::Alias, format!("{short} {family}"));
    }
    if married && former != family {
        add(NameKind::Former, whole(given, &former));
    }
    names
}

/// Polish family names in -ski have a form for women.
fn in_the_form_of(sex: &str, family: &str) -> String {
    match family.strip_suffix("ski").filter(|_| sex == "women") {
        Some(stem) => format!("{stem}ska"),
        None => family.to_owned(),
    }
}

/// A name as mail addresses and account names spell it.
fn handle(name: &str) -> String {
    let plain = |letter: char| {
        PLAIN.iter().find(|(_, marked)| marked.contains(letter)).map_or(letter, |(plain, _)| *plain)
    };
    name.to_lowercase().chars().map(plain).filter(char::is_ascii_alphanumeric).collect()
}

/// Letters with marks that occur in the names, and what they are typed as.
const PLAIN: &[(char, &str)] = &[
    ('a', "áàâãăąấạ"),
    ('c', "çćč"),
    ('d', "đ"),
    ('e', "éèêęėệẹ"),
    ('g', "ğ"),
    ('i', "íìîïıị"),
    ('l', "ł"),
    ('n', "ńñ"),
    ('o', "óòôõöőọ"),
    ('s', "śşșš"),
    ('t', "țţ"),
    ('u', "úùûüűūủ"),
    ('z', "źżž"),
];

fn born(chance: &mut Chance, known: Known) -> Born {
    match chance.between(1, 10) {
        1 => Born::Band(chance.pick(&[AgeBand::Young, AgeBand::Adult, AgeBand::Adult, AgeBand::Older])),
        2..=3 if known == Known::Perhaps => Born::Unknown,
        _ => Born::On(birthday(chance)),
    }
}

/// Somebody who is of age throughout the three years.
fn birthday(chance: &mut Chance) -> Date {
    days_before(date(2003, 1, 1), chance.between(0, 25_000))
}

fn addresses(chance: &mut Chance, today: Date) -> Vec<Address> {
    let moved = days_before(today, chance.between(1_150, 5_000));
    let known_since = (!chance.one_in(3)).then_some(moved);
    let mut addresses = vec![address(chance, known_since, None)];
    if chance.one_in(4) {
        let since = days_before(moved, chance.between(300, 3_000));
        addresses.push(address(chance, Some(since), Some(moved)));
    }
    addresses
}

/// An address of any of the kinds found in a district: houses, flats, lanes without numbers, farms and mobile homes.
fn address(chance: &mut Chance, from: Option<Date>, until: Option<Date>) -> Address {
    let number = chance.between(1, 180);
    let flat = chance.between(1, 24);
    let mut line = |section: &str| PLACES.any(section, chance);
    let (town, village) = (line("towns"), line("villages"));
    let (street, lane) = (line("streets"), line("lanes"));
    let (house, farm, block, park) = (line("houses"), line("farms"), line("blocks"), line("parks"));
    let (home, street, place) = match chance.between(1, 20) {
        1..=9 => (format!("{number} "), street, town),
        10..=12 => (format!("Flat {flat}, {number} "), street, town),
        13..=14 => (format!("{flat} {block}, "), street, town),
        15..=17 => (format!("{house}, "), lane, village),
        18 => (format!("{farm}, "), lane, village),
        19 => (format!("Plot {flat}, "), park, village),
        _ => (format!("First Floor Flat, {number}a "), street, town),
    };
    let lines = format!("{home}{street}, {place}");
    Address {
        postcode: (!chance.one_in(12)).then(|| text(&postcode(place, street))),
        uprn: chance.one_in(2).then(|| uprn(&lines)),
        lines: text(&lines),
        from,
        until,
    }
}

/// A postcode in the area WY, which has never been allocated: one district for a place, one unit for a street.
pub(crate) fn postcode(place: &str, street: &str) -> String {
    const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    let district = stable_number(place) % 19 + 1;
    let unit = stable_number(street);
    let letter = |n: u64| {
        let index = usize::try_from(n % 20).unwrap_or(0);
        LETTERS.get(index).map_or('A', |letter| char::from(*letter))
    };
    format!("WY{district} {}{}{}", unit % 10, letter(unit / 10), letter(unit / 200))
}

/// A property reference of twelve digits above every one that has been given out.
pub(crate) fn uprn(lines: &str) -> u64 {
    999_000_000_000 + stable_number(lines) % 1_000_000_000
}

/// A mobile number that nobody else in the story has, from the range that Ofcom keeps for drama.
pub(crate) fn mobile(story: &mut Story) -> Text {
    text(&format!("07700 900{:03}", story.next_number() * 617 % 1_000))
}

/// The same of a line at home; those below 300 are the council's own.
pub(crate) fn landline(story: &mut Story) -> Text {
    let number = story.next_number();
    let range = ["01632 960", "01632 960", "0117 496 0", "020 7946 0"].get(number as usize % 4);
    text(&format!("{}{:03}", range.unwrap_or(&"01632 960"), 300 + number * 617 % 700))
}

fn reference(chance: &mut Chance) -> OtherReference {
    let system = PLACES.any("systems", chance);
    let (system, prefix) = system.split_once('|').unwrap_or((system, "X"));
    OtherReference {
        system: text(system),
        value: text(&format!("{prefix}{:07}", chance.between(1_000, 9_999_999))),
    }
}
