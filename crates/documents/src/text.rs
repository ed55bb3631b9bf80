//! A document as plain text: for email, for screen readers that prefer it, and for comparing what the other renderings say.

use std::iter;

use crate::{Block, Document, Level, Marker, Prose, Table};

const WIDTH: usize = 76;
const INDENT: &str = "    ";

/// The document as plain text in UTF-8: lines of at most 76 characters (table rows and unbroken words may be longer), ending in `\n`.
pub fn text(document: &Document) -> String {
    let sender = &document.sender;
    let letterhead = iter::once(sender.name.to_string())
        .chain(sender.address.iter().map(ToString::to_string))
        .chain(sender.contact.iter().map(Prose::words))
        .collect();
    let addressee = document.addressee.iter().map(ToString::to_string).collect();
    let language = document.language;
    let particulars = vec![
        format!("{}: {}", language.date_label(), language.date(document.date)),
        format!("{}: {}", language.reference_label(), document.reference),
    ];

    [letterhead, addressee, particulars, underlined(document.title.as_str(), '=')]
        .into_iter()
        .chain(document.body.iter().map(|part| block(part, document)))
        .chain([wrapped(document.footer.as_str(), "", "")])
        .filter(|lines| !lines.is_empty())
        .map(|lines| lines.join("\n") + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

fn block(block: &Block, document: &Document) -> Vec<String> {
    match block {
        Block::Heading(Level::Section, words) => underlined(words.as_str(), '-'),
        Block::Heading(Level::Subsection, words) => wrapped(words.as_str(), "", ""),
        Block::Contents(words) => {
            let sections = document.sections().flat_map(|words| wrapped(words.as_str(), "• ", "  "));
            underlined(words.as_str(), '-').into_iter().chain(sections).collect()
        }
        Block::Paragraph(prose) => wrapped(&prose.words(), "", ""),
        Block::List(marker, items) => {
            items.iter().enumerate().flat_map(|(at, item)| list_item(*marker, at, item)).collect()
        }
        Block::Facts(facts) => facts
            .iter()
            .flat_map(|(term, fact)| {
                let mut lines = wrapped(term.as_str(), "", "");
                lines.extend(wrapped(&fact.words(), INDENT, INDENT));
                lines
            })
            .collect(),
        Block::Table(table) => columns(table),
        Block::Notice(paragraphs) => paragraphs
            .iter()
            .map(|paragraph| wrapped(&paragraph.words(), INDENT, INDENT))
            .collect::<Vec<_>>()
            .join(&String::new()),
        Block::Signature { farewell, signatory } => {
            let mut lines = wrapped(farewell.as_str(), "", "");
            lines.extend(["", "", ""].map(String::from));
            lines.extend(signatory.iter().map(ToString::to_string));
            lines
        }
    }
}

fn list_item(marker: Marker, at: usize, item: &Prose) -> Vec<String> {
    let mark = match marker {
        Marker::Bullet => "• ".to_owned(),
        Marker::Number => format!("{}. ", at + 1),
    };
    let hanging = " ".repeat(mark.chars().count());
    wrapped(&item.words(), &mark, &hanging)
}

fn columns(table: &Table) -> Vec<String> {
    let header = table.columns.iter().map(|column| column.as_str().replace('\n', " ")).collect::<Vec<_>>();
    let rows = table
        .squared()
        .map(|row| row.iter().map(|cell| cell.words().replace('\n', " ")).collect::<Vec<_>>())
        .collect::<Vec<_>>();
    let widths = (0..header.len())
        .map(|at| {
            iter::once(&header).chain(&rows).filter_map(|row| row.get(at)).map(|cell| length(cell)).max()
        })
        .map(Option::unwrap_or_default)
        .collect::<Vec<_>>();
    let line = |cells: &Vec<String>| {
        let padded =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect::<Vec<_>>();
        padded.join("  ").trim_end().to_owned()
    };
    let mut lines = wrapped(table.caption.as_str(), "", "");
    lines.push(line(&header));
    lines.push(widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  "));
    lines.extend(rows.iter().map(line));
    lines
}

fn underlined(words: &str, rule: char) -> Vec<String> {
    let mut lines = wrapped(words, "", "");
    if let Some(longest) = lines.iter().map(|line| length(line)).max() {
        lines.push(rule.to_string().repeat(longest));
    }
    lines
}

/// `words` broken at spaces into lines of at most [`WIDTH`], the first led by `first` and the others by `rest`; no lines for no words.
fn wrapped(words: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if words.trim().is_empty() {
        return lines;
    }
    for given in words.split('\n') {
        let mut line = if lines.is_empty() { first.to_owned() } else { rest.to_owned() };
        let mut room = WIDTH.saturating_sub(length(&line));
        let mut started = false;
        for word in given.split(' ').filter(|word| !word.is_empty()) {
            let needed = length(word) + usize::from(started);
            if started && needed > room {
                lines.push(line);
                line = rest.to_owned();
                room = WIDTH.saturating_sub(length(rest));
                started = false;
            }
            if started {
                line.push(' ');
            }
            line.push_str(word);
            room = room.saturating_sub(length(word) + usize::from(started));
            started = true;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

fn length(words: &str) -> usize {
    words.chars().count()
}
