//! How an approved letter, and the record of an interim marker, become documents: the same words as HTML, text and PDF.

use documents::{Block, Colour, Document, Inline, Language, Print, Prose, Sender};
use jiff::civil::Date;
use register::assessment::Plan;
use register::calendar;
use register::measure::{Interim, InterimStage, Measure};
use register::moment::{Actor, Moment};
use register::notice::Letter;
use register::people::{Account, Team};
use register::personal::Text;
use register::policy::{Code, Council, List};
use register::state::Register;

/// The mark before a paragraph that is an item of a list.
const ITEM: &str = "• ";

/// The document of a letter, as the council sends it.
#[must_use]
pub fn document(letter: &Letter, council: &Council) -> Document {
    let mut body = vec![Block::paragraph(salutation(letter))];
    for section in &letter.sections {
        body.push(Block::section(section.content.label()));
        body.extend(blocks(&section.paragraphs));
    }
    body.push(Block::signature("Yours sincerely", [council.duty_desk.name.as_str(), council.name.as_str()]));
    Document {
        title: letter.title.as_str().into(),
        language: Language::English,
        sender: sender(council),
        addressee: letter.addressee.iter().map(|line| line.as_str().into()).collect(),
        reference: letter.measure.to_string().as_str().into(),
        date: letter.dated,
        body,
        footer: "".into(),
        print: Print::Standard,
    }
}

pub(crate) fn sender(council: &Council) -> Sender {
    Sender {
        name: council.name.as_str().into(),
        address: council.address.iter().map(|line| line.as_str().into()).collect(),
        contact: vec![
            Prose::from(Inline::phone(council.duty_desk.phone.as_str())),
            Prose::from(Inline::email(council.duty_desk.email.as_str())),
        ],
        colour: Colour::SLATE,
    }
}

/// The record of an interim marker, for the file and for whoever is on duty: what was feared, by whom it was agreed, what staff
/// do, who is shown it, and when it is over. It names nobody who reported. `None` where its words are destroyed.
#[must_use]
pub fn interim_record(register: &Register, measure: &Measure, today: Date) -> Option<Document> {
    let interim = measure.interim.as_ref()?;
    let council = register.council()?;
    let grounds = interim.grounds.known()?;
    let words = interim.plan.words.known()?;
    let about = register.subject(measure.subject)?.heading();
    let mut body = vec![
        Block::facts([
            ("About".to_owned(), about),
            ("Asked for".to_owned(), signed(register, measure, interim.asked)),
            ("Agreed".to_owned(), agreed(register, measure, interim)),
            ("Stands".to_owned(), stands(interim, today)),
        ]),
        Block::section("Why it could not wait"),
    ];
    body.extend(paragraphs(grounds));
    body.push(Block::section("What staff must do"));
    body.push(Block::bullets(in_words(register, &interim.plan)));
    body.push(Block::notice([format!(
        "Before any contact ring {} on {}.",
        words.ring_name.as_str(),
        words.ring_phone.as_str()
    )]));
    body.push(Block::section("Who is shown it, and why"));
    body.push(Block::bullets(interim.plan.audience.iter().zip(&words.audience_reasons).map(
        |(team, reason)| {
            format!("{}: {}", register.team(*team).map(Team::name).unwrap_or_default(), reason.as_str())
        },
    )));
    body.push(Block::section("What happened"));
    body.extend(paragraphs(&words.summary));
    body.push(Block::section("How the customer is still served"));
    body.extend(paragraphs(&words.service_route));
    body.push(Block::section("What happens next"));
    body.push(Block::paragraph(
        "An interim marker is no decision. Every threshold test is answered, and somebody who neither reported nor assessed it \
         decides. Without a decision it lapses by itself, and nobody is shown it any more. The customer is told of the decision, \
         may appeal against it, and may ask for this record.",
    ));
    Some(Document {
        title: "Record of an interim marker".into(),
        language: Language::English,
        sender: sender(council),
        addressee: Vec::new(),
        reference: measure.id.to_string().as_str().into(),
        date: today,
        body,
        footer: "".into(),
        print: Print::Standard,
    })
}

pub(crate) fn agreed(register: &Register, measure: &Measure, interim: &Interim) -> String {
    match interim.stage {
        InterimStage::Asked => "Not yet: nobody is shown it before a second person agrees".to_owned(),
        InterimStage::Live { agreed, .. } => signed(register, measure, agreed),
        InterimStage::Over(_) => "It is over".to_owned(),
    }
}

pub(crate) fn stands(interim: &Interim, today: Date) -> String {
    match interim.stage {
        InterimStage::Asked => "Nobody is shown it".to_owned(),
        InterimStage::Live { lapses_on, .. } if today <= lapses_on => {
            format!("Shown up to and including {}; then it lapses by itself", written(lapses_on))
        }
        InterimStage::Live { lapses_on, .. } => format!("Lapsed after {}", written(lapses_on)),
        InterimStage::Over(moment) => format!("Over since {}", written(moment.date())),
    }
}

/// Who acted and when, as [`who`] says it.
pub(crate) fn signed(register: &Register, measure: &Measure, moment: Moment) -> String {
    let at = calendar::london_time(moment.at).strftime("%-I:%M%P").to_string();
    format!("{} at {at}, by {}", written(moment.date()), who(register, measure, moment.by))
}

/// Who acted; whoever reported an incident behind the measure is only a member of the team that they reported from.
pub(crate) fn who(register: &Register, measure: &Measure, by: Actor) -> String {
    let Actor::Account(id) = by else { return "the register itself".to_owned() };
    match measure.report_of(register, id) {
        Some(incident) => {
            format!("a member of {}", register.team(incident.team).map(Team::name).unwrap_or_default())
        }
        None => register.account(id).map_or_else(|| id.to_string(), Account::name),
    }
}

pub(crate) fn written(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn in_words(register: &Register, plan: &Plan) -> Vec<String> {
    let words = |list: List, codes: &[Code]| -> Vec<String> {
        codes.iter().filter_map(|code| register.words(list, code)).map(str::to_owned).collect()
    };
    [words(List::Precaution, &plan.precautions), words(List::Restriction, &plan.restrictions)].concat()
}

pub(crate) fn paragraphs(words: &Text) -> Vec<Block> {
    words.as_str().lines().filter(|line| !line.trim().is_empty()).map(Block::paragraph).collect()
}

/// The name as they write it, since a title that nobody gave would be a guess; “The occupier” of an envelope is “Dear occupier”.
fn salutation(letter: &Letter) -> String {
    let name = letter.addressee.first().map_or("customer", String::as_str);
    format!("Dear {}", name.strip_prefix("The ").unwrap_or(name))
}

/// Paragraphs as blocks; neighbours that are items become one list.
pub(crate) fn blocks(paragraphs: &[String]) -> Vec<Block> {
    paragraphs
        .chunk_by(|one, next| one.starts_with(ITEM) && next.starts_with(ITEM))
        .map(|run| match run {
            [only] if !only.starts_with(ITEM) => Block::paragraph(only.as_str()),
            items => Block::bullets(items.iter().map(|item| item.strip_prefix(ITEM).unwrap_or(item))),
        })
        .collect()
}
