//! The fields of who or where a subject is, asked alike when a file is opened and when it is corrected.
//!
//! There is always room for more: "add another" sends the form back with one more empty place, without scripts.

use crate::addresses::Place;
use crate::part::Item;
use jiff::civil::Date;
use register::personal::Text;
use register::refusal::Refusal;
use register::subject::{
    Address, AgeBand, Born, NameKind, OtherReference, Person, PersonName, Premises, SubjectDetails,
};
use web::Form;
use web::form::Choice;

web::choices! {
    /// Which kind of subject a form describes.
    pub SubjectKind {
        /// A person.
        Person = "person", "A person";
        /// A place.
        Premises = "premises", "A place";
    }
}

impl From<&SubjectDetails> for SubjectKind {
    fn from(details: &SubjectDetails) -> Self {
        match details {
            SubjectDetails::Person(_) => Self::Person,
            SubjectDetails::Premises(_) => Self::Premises,
        }
    }
}

/// Places for names and addresses on a fresh form, and at most.
const ROOM: usize = 3;
const MOST: usize = 12;

/// What the form shows: its fields by name, and what there is to choose from.
pub struct Fields {
    /// Whether it describes a person; otherwise a place.
    pub is_person: bool,
    /// Places for other names.
    pub names: Vec<NamePlace>,
    /// Places for addresses.
    pub addresses: Vec<AddressPlace>,
    /// What another name can be.
    pub name_kinds: Vec<Item>,
    /// About how old.
    pub bands: Vec<Item>,
}

/// The fields of another name.
pub struct NamePlace {
    /// Its number among all names.
    pub number: usize,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: String,
}

/// The fields of an address.
pub struct AddressPlace {
    /// What the address is called on the page.
    pub title: String,
    /// Street and town.
    pub lines: String,
    /// Postcode.
    pub postcode: String,
    /// Property reference.
    pub uprn: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
}

impl AddressPlace {
    /// What a chosen address fills.
    pub fn place(&self) -> Place<'_> {
        Place { lines: &self.lines, postcode: Some(&self.postcode), uprn: Some(&self.uprn) }
    }
}

/// The fields of a form as it stands.
pub fn fields(form: &Form, kind: SubjectKind) -> Fields {
    Fields {
        is_person: kind == SubjectKind::Person,
        names: (2..=room(form, "names"))
            .map(|n| NamePlace { number: n, name: format!("name-{n}"), kind: format!("name-kind-{n}") })
            .collect(),
        addresses: addresses(form, kind),
        name_kinds: [NameKind::Alias, NameKind::Former]
            .into_iter()
            .map(|kind| Item::new(Choice::key(kind), Choice::label(kind)))
            .collect(),
        bands: Item::all::<AgeBand>(),
    }
}

/// The places for addresses on a form as it stands.
pub fn addresses(form: &Form, kind: SubjectKind) -> Vec<AddressPlace> {
    let most = match kind {
        SubjectKind::Person => room(form, "addresses"),
        SubjectKind::Premises => 1,
    };
    (1..=most).map(place).collect()
}

fn place(n: usize) -> AddressPlace {
    AddressPlace {
        title: format!("Address {n}"),
        lines: format!("lines-{n}"),
        postcode: format!("postcode-{n}"),
        uprn: format!("uprn-{n}"),
        from: format!("from-{n}"),
        until: format!("until-{n}"),
    }
}

/// How many places a form has for something; one more where it was asked for.
fn room(form: &Form, what: &str) -> usize {
    let more = usize::from(form.value("more") == what);
    (form.value(what).parse().unwrap_or(ROOM) + more).clamp(ROOM, MOST)
}

/// Whether the form only asks for more room. Then nothing is wrong yet, and nothing is done.
pub fn wants_room(form: &Form) -> bool {
    !form.value("more").is_empty()
}

/// Reads the fields.
pub fn read(form: &mut Form, kind: SubjectKind, today: Date) -> Option<SubjectDetails> {
    match kind {
        SubjectKind::Person => person(form, today).map(SubjectDetails::Person),
        SubjectKind::Premises => premises(form).map(SubjectDetails::Premises),
    }
}

fn person(form: &mut Form, today: Date) -> Option<Person> {
    let names = names(form);
    let born = born(form, today);
    let addresses: Vec<Option<Option<Address>>> =
        (1..=room(form, "addresses")).map(|n| address(form, n)).collect();
    let phones = lines(form, "phones", 40);
    let emails = lines(form, "emails", 254);
    let social = lines(form, "social", 200);
    let references = references(form);
    let addresses: Option<Vec<Option<Address>>> = addresses.into_iter().collect();
    Some(Person {
        names: names?,
        born: born?,
        addresses: addresses?.into_iter().flatten().collect(),
        phones: phones?,
        emails: emails?,
        social: social?,
        references: references?,
    })
}

fn names(form: &mut Form) -> Option<Vec<PersonName>> {
    let main = form.text_within("name-1", "Enter their full name", 200);
    let mut names = vec![main.map(|full| PersonName { kind: NameKind::Main, full })];
    for n in 2..=room(form, "names") {
        let kind = form.optional_choice::<NameKind>(&format!("name-kind-{n}"));
        match form.optional_text_within(&format!("name-{n}"), 200) {
            Some(None) => {}
            Some(Some(full)) => names.push(kind.map(|kind| {
                let kind = kind.filter(|kind| *kind != NameKind::Main).unwrap_or(NameKind::Alias);
                PersonName { kind, full }
            })),
            None => names.push(None),
        }
    }
    names.into_iter().collect()
}

fn born(form: &mut Form, today: Date) -> Option<Born> {
    let date = form.optional_date("born", "the date of birth");
    let band = form.optional_choice::<AgeBand>("band");
    match (date?, band?) {
        (Some(date), _) if date > today => {
            form.mistake_at("born", "born-day", "The date of birth must be in the past");
            None
        }
        (Some(date), _) => Some(Born::On(date)),
        (None, Some(band)) => Some(Born::Band(band)),
        (None, None) => Some(Born::Unknown),
    }
}

/// One address, if anything of it was typed.
fn address(form: &mut Form, n: usize) -> Option<Option<Address>> {
    let place = place(n);
    let lines = form.optional_text_within(&place.lines, 500);
    let postcode = form.optional_text_within(&place.postcode, 10);
    let uprn = uprn(form, &place.uprn);
    let from = form.optional_date(&place.from, "the first day of the address");
    let until = form.optional_date(&place.until, "the last day of the address");
    let (lines, postcode, uprn, from, until) = (lines?, postcode?, uprn?, from?, until?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        let day = format!("{}-day", place.until);
        form.mistake_at(&place.until, &day, "The last day must be on or after the first");
        return None;
    }
    match lines {
        Some(lines) => Some(Some(Address { lines, postcode, uprn, from, until })),
        None if postcode.is_none() && uprn.is_none() && from.is_none() && until.is_none() => Some(None),
        None => {
            form.mistake(
                &place.lines,
                "Enter the street of this address, or clear what else you typed for it",
            );
            None
        }
    }
}

/// A property reference, if one was typed.
pub fn uprn(form: &mut Form, field: &str) -> Option<Option<u64>> {
    let typed = form.value(field).trim().to_owned();
    if typed.is_empty() {
        return Some(None);
    }
    if typed.len() <= 12
        && let Ok(number) = typed.parse()
    {
        return Some(Some(number));
    }
    form.mistake(field, "Enter the property reference as a number of up to 12 digits");
    None
}

/// What was typed one on each line.
fn lines(form: &mut Form, field: &str, most: usize) -> Option<Vec<Text>> {
    let Some(typed) = form.optional_text_within(field, 5_000)? else { return Some(Vec::new()) };
    let read: Vec<Text> = typed.as_str().lines().filter_map(Text::optional).collect();
    if read.iter().any(|line| line.as_str().chars().count() > most) {
        form.mistake(field, format!("Use {most} characters or fewer on each line"));
        return None;
    }
    Some(read)
}

fn references(form: &mut Form) -> Option<Vec<OtherReference>> {
    let read: Option<Vec<OtherReference>> = lines(form, "references", 200)?
        .iter()
        .map(|line| {
            let (system, value) = line.as_str().split_once(':')?;
            Some(OtherReference { system: Text::optional(system)?, value: Text::optional(value)? })
        })
        .collect();
    if read.is_none() {
        form.mistake(
            "references",
            "Enter the system, a colon and the reference, such as Housing rents: 104233",
        );
    }
    read
}

fn premises(form: &mut Form) -> Option<Premises> {
    let description = form.text_within("description", "Enter what the place is", 200);
    let is_empty = form.value("lines-1").trim().is_empty();
    if is_empty {
        form.mistake("lines-1", "Enter the address of the place");
    }
    let address = address(form, 1);
    Some(Premises { description: description?, address: address?? })
}

/// The form as it is first shown for a subject.
pub fn filled(form: Form, details: &SubjectDetails) -> Form {
    match details {
        SubjectDetails::Person(person) => filled_person(form, person),
        SubjectDetails::Premises(premises) => {
            filled_address(form.with("description", premises.description.as_str()), 1, &premises.address)
        }
    }
}

fn filled_person(form: Form, person: &Person) -> Form {
    let joined = |texts: &[Text]| texts.iter().map(Text::as_str).collect::<Vec<_>>().join("\n");
    let references: Vec<String> = person
        .references
        .iter()
        .map(|other| format!("{}: {}", other.system.as_str(), other.value.as_str()))
        .collect();
    let form = form
        .with("names", person.names.len().max(ROOM))
        .with("addresses", person.addresses.len().max(ROOM))
        .with("phones", joined(&person.phones))
        .with("emails", joined(&person.emails))
        .with("social", joined(&person.social))
        .with("references", references.join("\n"));
    let form = person.names.iter().zip(1..).fold(form, |form, (name, n)| {
        form.with(&format!("name-{n}"), name.full.as_str())
            .with(&format!("name-kind-{n}"), Choice::key(name.kind))
    });
    let form = match person.born {
        Born::On(date) => form.with_date("born", date),
        Born::Band(band) => form.with("band", Choice::key(band)),
        Born::Unknown => form,
    };
    person.addresses.iter().zip(1..).fold(form, |form, (address, n)| filled_address(form, n, address))
}

fn filled_address(form: Form, n: usize, address: &Address) -> Form {
    let place = place(n);
    let lines: Vec<&str> = address.lines.as_str().lines().map(str::trim).collect();
    let form = form.with(&place.lines, lines.join(", "));
    let form = match &address.postcode {
        Some(postcode) => form.with(&place.postcode, postcode.as_str()),
        None => form,
    };
    let form = match address.uprn {
        Some(uprn) => form.with(&place.uprn, uprn),
        None => form,
    };
    let form = match address.from {
        Some(date) => form.with_date(&place.from, date),
        None => form,
    };
    match address.until {
        Some(date) => form.with_date(&place.until, date),
        None => form,
    }
}

/// The form with the number of places it now has.
pub fn with_room(form: Form) -> Form {
    let (names, addresses) = (room(&form, "names"), room(&form, "addresses"));
    let mut typed = form.typed().clone();
    typed.replace("names", [names.to_string().as_str()]);
    typed.replace("addresses", [addresses.to_string().as_str()]);
    typed.replace("more", []);
    Form::from(typed)
}

/// The field that a refusal is about.
pub const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SubjectWithoutName => "name-1",
        _ => "",
    }
}
