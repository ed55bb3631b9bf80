//! How an approved letter becomes a document: the same words as HTML, text and PDF.

use documents::{Block, Colour, Document, Inline, Language, Print, Prose, Sender};
use register::notice::Letter;
use register::policy::Council;

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
        sender: Sender {
            name: council.name.as_str().into(),
            address: council.address.iter().map(|line| line.as_str().into()).collect(),
            contact: vec![
                Prose::from(Inline::phone(council.duty_desk.phone.as_str())),
                Prose::from(Inline::email(council.duty_desk.email.as_str())),
            ],
            colour: Colour::SLATE,
        },
        addressee: letter.addressee.iter().map(|line| line.as_str().into()).collect(),
        reference: letter.measure.to_string().as_str().into(),
        date: letter.dated,
        body,
        footer: "".into(),
        print: Print::Standard,
    }
}

/// The name as they write it, since a title that nobody gave would be a guess.
fn salutation(letter: &Letter) -> String {
    letter.addressee.first().map_or_else(|| "Dear customer".to_owned(), |name| format!("Dear {name}"))
}

/// Paragraphs as blocks; neighbours that are items become one list.
fn blocks(paragraphs: &[String]) -> Vec<Block> {
    paragraphs
        .chunk_by(|one, next| one.starts_with(ITEM) && next.starts_with(ITEM))
        .map(|run| match run {
            [only] if !only.starts_with(ITEM) => Block::paragraph(only.as_str()),
            items => Block::bullets(items.iter().map(|item| item.strip_prefix(ITEM).unwrap_or(item))),
        })
        .collect()
}
