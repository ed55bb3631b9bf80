//! A document as HTML: semantic elements and class names only, so that it can be served under a policy that forbids inline
//! styles and scripts. How it looks is in [`STYLESHEET`].

use crate::{Block, Document, Inline, Level, Marker, Prose, Table, Text};

/// The look of a document, for a stylesheet of its own or as a part of the pages' stylesheet. Colours come from `--document-*`
/// properties where a page sets them.
pub const STYLESHEET: &str = include_str!("html/document.css");

/// Where the document's title stands among the headings of the page around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// It is the page's own first-level heading.
    First,
    /// The page has a first-level heading already.
    Second,
}

/// A page of its own, styled by the sheet at the URL `stylesheet` (which should serve [`STYLESHEET`]).
pub fn page(document: &Document, stylesheet: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{stylesheet}\">\n</head>\n<body class=\"document-page\">\n<main>\n{fragment}</main>\n\
         </body>\n</html>\n",
        language = document.language.tag(),
        title = escaped(&format!("{} - {}", document.title, document.sender.name)),
        stylesheet = escaped(stylesheet),
        fragment = fragment(document, Rank::First),
    )
}

/// The document as an `<article>` to stand inside a page.
pub fn fragment(document: &Document, rank: Rank) -> String {
    let language = document.language;
    let sender = &document.sender;
    let top = match rank {
        Rank::First => 1,
        Rank::Second => 2,
    };
    let mut html = format!(
        "<article class=\"document\" lang=\"{}\">\n<header class=\"document__head\">\n",
        language.tag()
    );
    html += &element("p", "document__sender", &line(&sender.name));
    let reach = sender.address.iter().map(line).chain(sender.contact.iter().map(prose)).collect::<Vec<_>>();
    html += &element_unless_empty("address", "document__address", &reach.join("<br>\n"));
    let addressee = document.addressee.iter().map(line).collect::<Vec<_>>();
    html += &element_unless_empty("p", "document__addressee", &addressee.join("<br>\n"));
    html += &element(
        "p",
        "document__particulars",
        &format!(
            "{}: <time datetime=\"{}\">{}</time><br>\n{}: {}",
            language.date_label(),
            document.date,
            language.date(document.date),
            language.reference_label(),
            line(&document.reference),
        ),
    );
    html += "</header>\n";
    html += &element_unless_empty(&format!("h{top}"), "document__title", &line(&document.title));
    html.extend(document.body.iter().map(|part| block(part, document, top)));
    html += &element_unless_empty("footer", "document__footer", &line(&document.footer));
    html += "</article>\n";
    html
}

fn block(block: &Block, document: &Document, top: usize) -> String {
    match block {
        Block::Heading(Level::Section, words) => {
            element_unless_empty(&format!("h{}", top + 1), "document__section", &line(words))
        }
        Block::Heading(Level::Subsection, words) => {
            element_unless_empty(&format!("h{}", top + 2), "document__subsection", &line(words))
        }
        Block::Contents(words) => {
            let sections = document.sections().map(|words| format!("<li>{}</li>\n", line(words)));
            element_unless_empty(&format!("h{}", top + 1), "document__section", &line(words))
                + &element_unless_empty(
                    "ul",
                    "document__list",
                    &format!("\n{}", sections.collect::<String>()),
                )
        }
        Block::Paragraph(words) => element("p", "document__paragraph", &prose(words)),
        Block::List(Marker::Bullet, items) => element("ul", "document__list", &list_items(items)),
        Block::List(Marker::Number, items) => element("ol", "document__list", &list_items(items)),
        Block::Facts(facts) => {
            let fact = |(term, fact): &(Text, Prose)| {
                format!("<div>\n<dt>{}</dt>\n<dd>{}</dd>\n</div>\n", line(term), prose(fact))
            };
            element("dl", "document__facts", &format!("\n{}", facts.iter().map(fact).collect::<String>()))
        }
        Block::Table(contents) => table(contents),
        Block::Notice(paragraphs) => {
            let inside = paragraphs.iter().map(|words| element("p", "document__paragraph", &prose(words)));
            element("div", "document__notice", &format!("\n{}", inside.collect::<String>()))
        }
        Block::Signature { farewell, signatory } => {
            let names = signatory.iter().map(line).collect::<Vec<_>>().join("<br>\n");
            element("p", "document__farewell", &line(farewell)) + &element("p", "document__signatory", &names)
        }
    }
}

fn list_items(items: &[Prose]) -> String {
    format!("\n{}", items.iter().map(|item| format!("<li>{}</li>\n", prose(item))).collect::<String>())
}

fn table(table: &Table) -> String {
    let columns = table
        .columns
        .iter()
        .map(|column| format!("<th scope=\"col\">{}</th>", line(column)))
        .collect::<String>();
    let cells =
        |row: Vec<Prose>| row.iter().map(|cell| format!("<td>{}</td>", prose(cell))).collect::<String>();
    let rows = table.squared().map(|row| format!("<tr>{}</tr>\n", cells(row))).collect::<String>();
    let inside = format!(
        "\n<caption>{}</caption>\n<thead>\n<tr>{columns}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n",
        line(&table.caption)
    );
    element("table", "document__table", &inside)
}

fn prose(prose: &Prose) -> String {
    prose.pieces().iter().map(inline).collect()
}

fn inline(piece: &Inline) -> String {
    let words = line(piece.words());
    match (piece, piece.destination()) {
        (_, Some(url)) => format!("<a href=\"{}\">{words}</a>", escaped(&url)),
        (Inline::Strong(_), None) => format!("<strong>{words}</strong>"),
        (_, None) => words,
    }
}

fn line(words: &Text) -> String {
    escaped(words.as_str()).replace('\n', "<br>\n")
}

/// `inside` is HTML already.
fn element(name: &str, class: &str, inside: &str) -> String {
    format!("<{name} class=\"{class}\">{inside}</{name}>\n")
}

fn element_unless_empty(name: &str, class: &str, inside: &str) -> String {
    if inside.trim().is_empty() { String::new() } else { element(name, class, inside) }
}

fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}
