//! Whom a report is about, as triage and interim markers ask it: one of the files that are like what was described, or a new one.
//!
//! What is searched for is typed and sent, never part of an address. The search is itself the logged look.

use super::details::SubjectKind;
use crate::part::Item;
use register::command::OpenSubject;
use register::ids::{CommandId, SubjectId};
use register::incident::Described;
use register::people::Action;
use register::personal::Text;
use register::state::Register;
use register::subject::{Address, AgeBand, Born, NameKind, Person, PersonName, Premises, SubjectDetails};
use service::check;
use web::form::{Choice, reference_bits};
use web::{App, Form, Problem, SignedIn};

/// Files shown at most.
const MOST: usize = 8;

/// What there is to choose from.
pub struct Choices {
    /// What was searched for.
    pub sought: String,
    /// Files like it, then the ways to open one, then nobody.
    pub subjects: Vec<Item>,
    /// Whether a file may be opened here.
    pub opens: bool,
    /// About how old.
    pub bands: Vec<Item>,
}

/// Which subject a form names.
pub enum Chosen {
    /// A file there is.
    Known(SubjectId),
    /// One to be opened first.
    New(OpenSubject),
    /// Nobody.
    Nobody,
}

/// The form as first shown: what the reporter said is what is searched for.
pub fn begun(form: Form, described: Option<&Described>) -> Form {
    let Some(described) = described else { return form };
    let words = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
    form.with("seek-name", words(&described.name))
        .with("seek-address", words(&described.address))
        .with("new-name", words(&described.name))
        .with("new-address", words(&described.address))
}

/// Searches for what the form says, and lists what there is to choose from. `nobody`: what the last choice says, or none.
pub async fn choices(
    app: &App,
    who: &SignedIn,
    form: &Form,
    nobody: Option<&str>,
) -> Result<Choices, Problem> {
    let typed = |field: &str| Some(form.value(field).trim().to_owned()).filter(|typed| !typed.is_empty());
    let described = check::Described {
        name: typed("seek-name"),
        born: typed("seek-born"),
        address: typed("seek-address"),
        postcode: typed("seek-postcode"),
        phone: typed("seek-phone"),
        ..check::Described::default()
    };
    let hits = if described.given().is_empty() {
        Vec::new()
    } else {
        app.service.similar(who.id(), described.question(), MOST).await?
    };
    let mut subjects: Vec<Item> = app.service.read(|register| {
        hits.iter().map(|(id, hit)| item(register, *id).hint(explained(register, *id, hit))).collect()
    });
    let chosen = form.value("subject").parse::<SubjectId>().ok();
    if let Some(id) = chosen.filter(|id| hits.iter().all(|(hit, _)| hit != id)) {
        subjects.extend(app.service.read(|register| register.subject(id).map(|_| item(register, id))));
    }
    let opens = who.may(Action::DescribeSubject);
    if opens {
        subjects.push(Item::new(SubjectKind::Person.key(), "A person without a file: open one"));
        subjects.push(Item::new(SubjectKind::Premises.key(), "A place without a file: open one"));
    }
    subjects.extend(nobody.map(|label| Item::new("nobody", label)));
    Ok(Choices { sought: sought(form), subjects, opens, bands: Item::all::<AgeBand>() })
}

fn item(register: &Register, id: SubjectId) -> Item {
    let heading = register.subject(id).map(register::subject::Subject::heading).unwrap_or_default();
    Item::new(id, format!("{heading} ({id})"))
}

/// Why a file may be the one, and what is open about it.
fn explained(register: &Register, id: SubjectId, hit: &matching::Hit) -> String {
    let sure = match hit.band {
        matching::Band::Match => "Fits well",
        matching::Band::Possible => "May fit",
    };
    let parts = hit.parts.iter().map(|part| format!("{}: {}", field(part.field), part.words));
    let open = register
        .measures_about(id)
        .filter(|measure| !measure.is_over())
        .map(|measure| format!("Open: {}, {}", measure.kind.label(), measure.stage().label().to_lowercase()));
    let all: Vec<String> = std::iter::once(sure.to_owned()).chain(parts).chain(open).collect();
    all.join(". ")
}

const fn field(field: matching::Field) -> &'static str {
    use matching::Field;
    match field {
        Field::GivenName => "forename",
        Field::FamilyName => "surname",
        Field::Born => "date of birth",
        Field::Address => "address",
        Field::Uprn => "property reference",
        Field::Phone => "telephone",
        Field::Email => "email",
        Field::Handle => "social media",
        Field::Reference => "reference",
    }
}

/// Everything that is searched for, as one text.
fn sought(form: &Form) -> String {
    ["seek-name", "seek-born", "seek-address", "seek-postcode", "seek-phone"]
        .map(|field| form.value(field).trim())
        .join("|")
}

/// Whether the search was changed since the files to choose from were found.
fn is_outdated(form: &Form) -> bool {
    form.value("sought") != sought(form)
}

/// Whether the form only asks to search again: by its button, or by Enter after the search was changed.
pub fn wants_search(form: &Form) -> bool {
    match form.value("act") {
        "search" => true,
        "enter" => is_outdated(form),
        _ => false,
    }
}

/// Reads the choice; `None` where it has said what is wrong. Nobody is chosen from files that another search found.
pub fn read(form: &mut Form, command: CommandId) -> Option<Chosen> {
    if is_outdated(form) {
        form.mistake("subject", "You changed what is searched for. Choose from the files found now");
        return None;
    }
    let value = form.value("subject").to_owned();
    if value == "nobody" {
        return Some(Chosen::Nobody);
    }
    let subject = SubjectId::from_bits(reference_bits(command));
    match SubjectKind::from_key(&value) {
        Some(SubjectKind::Person) => {
            person(form).map(|details| Chosen::New(OpenSubject { subject, details }))
        }
        Some(SubjectKind::Premises) => {
            premises(form).map(|details| Chosen::New(OpenSubject { subject, details }))
        }
        None => form.reference("subject", "Choose whom or what this is about").map(Chosen::Known),
    }
}

fn person(form: &mut Form) -> Option<SubjectDetails> {
    let full = form.text_within("new-name", "Enter the full name of whom you open a file about", 200);
    let born = form.optional_date("new-born", "the date of birth");
    let band = form.optional_choice::<AgeBand>("new-band");
    let address = address(form);
    let born = match (born?, band?) {
        (Some(date), _) => Born::On(date),
        (None, Some(band)) => Born::Band(band),
        (None, None) => Born::Unknown,
    };
    Some(SubjectDetails::Person(Person {
        names: vec![PersonName { kind: NameKind::Main, full: full? }],
        born,
        addresses: address?.into_iter().collect(),
        phones: Vec::new(),
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    }))
}

fn premises(form: &mut Form) -> Option<SubjectDetails> {
    let description = form.text_within("new-place", "Enter what the place is", 200);
    let address = address(form);
    if matches!(address, Some(None)) {
        form.mistake("new-address", "Enter the address of the place");
    }
    Some(SubjectDetails::Premises(Premises { description: description?, address: address?? }))
}

fn address(form: &mut Form) -> Option<Option<Address>> {
    let lines = form.optional_text_within("new-address", 500);
    let postcode = form.optional_text_within("new-postcode", 10);
    let postcode = postcode?;
    Some(lines?.map(|lines| Address { lines, postcode, uprn: None, from: None, until: None }))
}

/// Opens the file first where there is none yet, and gives its reference; `None` where a refusal is to be shown.
///
/// The opening is named after the form's own asking, so that a form sent twice opens one file.
pub async fn settled(
    app: &App,
    who: &SignedIn,
    form: &mut Form,
    command: CommandId,
    chosen: Chosen,
) -> Result<Option<Option<SubjectId>>, Problem> {
    match chosen {
        Chosen::Nobody => Ok(Some(None)),
        Chosen::Known(subject) => Ok(Some(Some(subject))),
        Chosen::New(opening) => {
            let subject = opening.subject;
            let id = CommandId(command.0.wrapping_add(1));
            let answer = who.asks(app, form, id, opening).await?;
            let done = form.answered(answer, |_| "subject")?;
            Ok(done.map(|_| Some(subject)))
        }
    }
}
