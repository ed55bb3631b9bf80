//! What a person reads on the screen, in an email, or by a screen reader.

use documents::html::{self, Rank};
use documents::{Block, Inline, Table};

use crate::{hostile, sample, words};

#[test]
fn a_letter_as_plain_text() {
    insta::assert_snapshot!(documents::text(&sample::decision_letter()));
}

#[test]
fn a_letter_as_a_page() {
    insta::assert_snapshot!(html::page(&sample::decision_letter(), "/assets/document.css"));
}

#[test]
fn a_letter_inside_a_page_gives_way_to_the_heading_of_the_page() {
    let letter = sample::document(vec![Block::section("Why"), Block::subsection("What happened")]);
    let inside = html::fragment(&letter, Rank::Second);
    for heading in [
        "<h2 class=\"document__title\"",
        "<h3 class=\"document__section\"",
        "<h4 class=\"document__subsection\"",
    ] {
        assert!(inside.contains(heading), "{heading}\n{inside}");
    }
}

#[test]
fn the_page_and_the_plain_text_say_the_same_words_in_the_same_order() {
    let letter = sample::decision_letter();
    assert_eq!(words(&read_aloud(&html::fragment(&letter, Rank::First))), words(&documents::text(&letter)));
}

#[test]
fn contents_name_every_section_and_no_part_of_one() {
    let body =
        ["Incidents", "Letters"].map(|heading| [Block::section(heading), Block::subsection("In detail")]);
    let body = std::iter::once(Block::contents("Contents")).chain(body.into_iter().flatten());
    let document = sample::document(body.collect());
    let page = html::fragment(&document, Rank::First);
    assert!(
        page.contains("<ul class=\"document__list\">\n<li>Incidents</li>\n<li>Letters</li>\n</ul>"),
        "{page}"
    );
    assert_eq!(words(&read_aloud(&page)), words(&documents::text(&document)));
}

#[test]
fn nothing_that_was_typed_becomes_markup() {
    let plain = html::page(&sample::everywhere("harmless"), "/document.css");
    for typed in hostile::STRINGS.iter().filter(|typed| !typed.trim().is_empty()) {
        let page = html::page(&sample::everywhere(typed), "/document.css");
        assert!(tags(&page).eq(tags(&plain)), "{typed:?}\n{page}");
        assert!(!page.contains('\u{202e}') && !page.contains('\u{0}'), "{typed:?}");
    }
}

#[test]
fn a_page_obeys_a_policy_without_inline_styles_or_scripts() {
    let page = html::page(&sample::decision_letter(), "/document.css");
    for forbidden in ["style=", "<style", "<script", "javascript:", " on"] {
        assert!(!tags(&page).any(|tag| tag.contains(forbidden)), "{forbidden}\n{page}");
    }
}

#[test]
fn every_class_on_a_page_has_a_look_or_none_is_needed() {
    let page = html::page(&sample::decision_letter(), "/document.css");
    let unstyled = [
        "document__head",
        "document__addressee",
        "document__particulars",
        "document__paragraph",
        "document__farewell",
    ];
    for class in page.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(html::STYLESHEET.contains(&format!(".{class}")) || unstyled.contains(&class), "{class}");
    }
}

#[test]
fn lines_of_plain_text_are_short_enough_for_email() {
    let text = documents::text(&sample::decision_letter());
    let longest = text.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(76), "{longest:?}");
}

#[test]
fn a_row_short_of_cells_is_filled_and_a_cell_without_a_column_is_not_shown() {
    let table = Block::Table(Table {
        caption: "Visits".into(),
        columns: ["When", "Who"].map(Into::into).to_vec(),
        rows: vec![vec!["Monday".into()], ["Tuesday", "Two officers", "stray"].map(Into::into).to_vec()],
    });
    let text = documents::text(&sample::document(vec![table]));
    assert!(
        text.contains("Visits\nWhen     Who\n-------  ------------\nMonday\nTuesday  Two officers\n"),
        "{text}"
    );
}

#[test]
fn a_line_break_that_was_typed_is_kept() {
    let letter = sample::document(vec![Block::paragraph([Inline::from("first\nsecond")])]);
    assert!(documents::text(&letter).contains("\nfirst\nsecond\n"));
    assert!(html::fragment(&letter, Rank::First).contains("first<br>\nsecond"));
}

/// The tags of a page but for line breaks, and without the values of `href`, which hold what was typed, percent-encoded.
fn tags(page: &str) -> impl Iterator<Item = String> {
    let tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next()).filter(|tag| *tag != "br");
    tags.map(|tag| match tag.split_once("href=\"") {
        Some((before, rest)) => before.to_owned() + rest.split_once('"').map_or("", |(_, after)| after),
        None => tag.to_owned(),
    })
}

/// The words of a fragment as a screen reader meets them, with the marks of lists.
fn read_aloud(fragment: &str) -> String {
    let mut spoken = String::new();
    let mut counted = None;
    for piece in fragment.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap();
        match tag.split(' ').next().unwrap() {
            "ol" => counted = Some(1),
            "ul" => counted = None,
            "li" => {
                spoken += &counted.map_or("\n• ".to_owned(), |n| format!("\n{n}. "));
                counted = counted.map(|n| n + 1);
            }
            "strong" | "/strong" | "a" | "/a" | "time" | "/time" => {}
            _ => spoken.push('\n'),
        }
        spoken += &words
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    }
    spoken
}
