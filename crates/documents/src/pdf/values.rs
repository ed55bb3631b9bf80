//! A document as values for the template. A string stays a string: the template shows it and never evaluates it.

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
            "metadata" => dict! { "title" => one_line(title), "author" => one_line(&sender.name) },
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
            Block::Contents(words) => dict! { "kind" => "contents", "words" => self.line(words) },
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
            "shares" => array(shares(table)),
            "rows" => array(table.squared().map(|row| array(row.iter().map(|cell| self.prose(cell))))),
        }
    }

    fn prose(&self, prose: &Prose) -> Array {
        array(prose.pieces().iter().map(|piece| {
            dict! {
                "kind" => match piece {
                    Inline::Plain(_) => "plain",
                    Inline::Strong(_) => "strong",
                    Inline::Phone(_) => "phone",
                    Inline::Web(_) | Inline::Email(_) => "address",
                },
                "words" => match piece {
                    Inline::Phone(number) => self.line(number).replace(' ', "\u{a0}"),
                    other => self.line(other.words()),
                },
                "url" => piece.destination(),
            }
        }))
    }

    /// The words as the template takes them: `\n` where a line ends, [`BREAK`] where one may.
    fn line(&self, words: &Text) -> String {
        let drawable = self.fonts.drawable(words.as_str());
        drawable.split_inclusive([' ', '\n']).map(|word| self.breakable(word)).collect()
    }

    /// A word too long for a narrow column may break after its signs; a part that is still too long, every few letters.
    fn breakable(&self, word: &str) -> String {
        let longest = match self.print {
            Print::Standard => 22,
            Print::Large => 18,
        };
        let fits = |part: &str| part.graphemes(true).count() <= longest;
        let pieces = |part: &str| {
            let letters = part.graphemes(true).collect::<Vec<_>>();
            letters.chunks(6).map(<[&str]>::concat).collect::<Vec<_>>().join(BREAK)
        };
        if fits(word) {
            return word.to_owned();
        }
        let parts = word.split_inclusive(['/', '.', '-', '_', '@', '?', '&', '=']);
        parts
            .map(|part| if fits(part) { part.to_owned() } else { pieces(part) })
            .collect::<Vec<_>>()
            .join(BREAK)
    }
}

/// No [`Text`] contains it.
const BREAK: &str = "\u{200b}";

fn array<T: IntoValue>(values: impl IntoIterator<Item = T>) -> Array {
    values.into_iter().map(IntoValue::into_value).collect::<Vec<Value>>().into_iter().collect()
}

fn one_line(words: &Text) -> String {
    words.as_str().replace('\n', " ")
}

/// How much of the width each column deserves: the length of its longest cell, within reason.
fn shares(table: &Table) -> impl Iterator<Item = i64> {
    let mut shares = table.columns.iter().map(|column| length(column.as_str())).collect::<Vec<_>>();
    for row in table.squared() {
        for (share, cell) in shares.iter_mut().zip(&row) {
            *share = length(&cell.words()).max(*share);
        }
    }
    shares.into_iter().map(|share| share.clamp(8, 40))
}

fn length(words: &str) -> i64 {
    words.chars().count().try_into().unwrap_or(i64::MAX)
}
