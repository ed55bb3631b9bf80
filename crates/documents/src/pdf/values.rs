//! A document as values for the template. A string stays a string: the template shows it and never evaluates it.

use std::iter;

use typst::foundations::{Array, Dict, IntoValue, Value, dict};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{FAMILIES, Fonts};
use crate::{Block, Document, Inline, Level, Marker, Print, Prose, Table, Text};

/// Everything the template reads, under the names it reads them by.
pub fn values(document: &Document, fonts: &Fonts) -> Dict {
    Compositor { fonts, print: document.print }.document(document)
}

struct Compositor<'a> {
    fonts: &'a Fonts,
    print: Print,
}

impl Compositor<'_> {
    fn document(&self, document: &Document) -> Dict {
        let Document { title, language, sender, addressee, reference, date, body, footer, print } = document;
        let colour = [sender.colour.red, sender.colour.green, sender.colour.blue];
        dict! {
            "title" => self.line(title),
            "language" => language.code(),
            "region" => language.region(),
            "families" => array(FAMILIES),
            "print" => match print { Print::Standard => "standard", Print::Large => "large" },
            "colour" => array(colour.map(i64::from)),
            "sender" => dict! {
                "name" => self.line(&sender.name),
                "address" => array(sender.address.iter().map(|line| self.line(line))),
                "contact" => array(sender.contact.iter().map(|line| self.prose(line))),
            },
            "addressee" => array(addressee.iter().map(|line| self.line(line))),
            "date" => dict! {
                "label" => language.date_label(),
                "words" => language.date(*date),
                "year" => i64::from(date.year()),
                "month" => i64::from(date.month()),
                "day" => i64::from(date.day()),
            },
            "reference" => dict! { "label" => language.reference_label(), "words" => self.line(reference) },
            "page" => array(<[&str; 2]>::from(language.page_words())),
            "body" => array(body.iter().map(|block| self.block(block))),
            "footer" => self.line(footer),
        }
    }

    fn block(&self, block: &Block) -> Dict {
        match block {
            Block::Heading(level, words) => dict! {
                "kind" => "heading",
                "depth" => match level { Level::Section => 2_i64, Level::Subsection => 3 },
                "words" => self.line(words),
            },
            Block::Paragraph(prose) => dict! { "kind" => "paragraph", "prose" => self.prose(prose) },
            Block::List(marker, items) => dict! {
                "kind" => match marker { Marker::Bullet => "bullets", Marker::Number => "steps" },
                "items" => array(items.iter().map(|item| self.prose(item))),
            },
            Block::Facts(facts) => dict! {
                "kind" => "facts",
                "facts" => array(facts.iter().map(|(term, fact)| dict! { "term" => self.line(term), "prose" => self.prose(fact) })),
            },
            Block::Table(table) => self.table(table),
            Block::Notice(paragraphs) => dict! {
                "kind" => "notice",
                "paragraphs" => array(paragraphs.iter().map(|paragraph| self.prose(paragraph))),
            },
            Block::Signature { farewell, signatory } => dict! {
                "kind" => "signature",
                "farewell" => self.line(farewell),
                "signatory" => array(signatory.iter().map(|line| self.line(line))),
            },
        }
    }

    fn table(&self, table: &Table) -> Dict {
        dict! {
            "kind" => "table",
            "caption" => self.line(&table.caption),
            "columns" => array(table.columns.iter().map(|column| self.line(column))),
            "rows" => array(table.squared().map(|row| array(row.iter().map(|cell| self.prose(cell))))),
        }
    }

    fn prose(&self, prose: &Prose) -> Array {
        array(prose.pieces().iter().map(|piece| {
            dict! {
                "words" => self.line(piece.words()),
                "strong" => matches!(piece, Inline::Strong(_)),
                "url" => piece.destination(),
            }
        }))
    }

    fn line(&self, words: &Text) -> String {
        let drawable = self.fonts.drawable(words.as_str());
        drawable.split_inclusive([' ', '\n']).map(|word| self.breakable(word)).collect()
    }

    /// A word too long for a narrow column, with places where a line may end.
    fn breakable(&self, word: &str) -> String {
        let longest = match self.print {
            Print::Standard => 22,
            Print::Large => 18,
        };
        if word.graphemes(true).count() <= longest {
            return word.to_owned();
        }
        word.graphemes(true).flat_map(|sign| iter::once(sign).chain(may_end_after(sign))).collect()
    }
}

fn array<T: IntoValue>(values: impl IntoIterator<Item = T>) -> Array {
    values.into_iter().map(IntoValue::into_value).collect::<Vec<Value>>().into_iter().collect()
}

fn may_end_after(_sign: &str) -> Option<&'static str> {
    Some("\u{200b}")
}
