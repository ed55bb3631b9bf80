//! What a person gets in print, and what a screen reader makes of the file.

use std::thread;

use documents::{Block, Document, Fault, Inline, Print, pdf};
use proptest::prelude::*;

use crate::tools::{self, Shelf};
use crate::{hostile, sample, words};

#[test]
fn a_letter_is_accessible() {
    let shelf = Shelf::new();
    let mut large = sample::decision_letter();
    large.print = Print::Large;
    let files =
        [shelf.put("letter", &printed(&sample::decision_letter())), shelf.put("large", &printed(&large))];
    if let Some(faults) = tools::accessibility_faults(&files) {
        assert_eq!(faults, Vec::<String>::new());
    }
}

#[test]
fn the_checker_faults_a_pdf_without_tags() {
    let shelf = Shelf::new();
    if let Some(faults) = tools::accessibility_faults(&[shelf.put("untagged", &untagged())]) {
        assert!(faults.len() > 3, "{faults:?}");
    }
}

#[test]
fn a_screen_reader_meets_the_words_in_the_order_of_the_plain_text() {
    let letter = sample::decision_letter();
    let file = Shelf::new();
    if let Some(read) = tools::tagged_text(&file.put("letter", &printed(&letter))) {
        assert_eq!(words(&read).concat(), words(&documents::text(&letter)).concat());
    }
}

#[test]
fn large_print_says_the_same_on_more_pages() {
    let shelf = Shelf::new();
    let mut letter = sample::decision_letter();
    let standard = shelf.put("standard", &printed(&letter));
    letter.print = Print::Large;
    let large = shelf.put("large", &printed(&letter));
    if let (Some(small), Some(big)) = (tools::tagged_text(&standard), tools::tagged_text(&large)) {
        assert_eq!(words(&small).concat(), words(&big).concat());
        assert!(
            tools::page_texts(&large).map(|pages| pages.len())
                > tools::page_texts(&standard).map(|pages| pages.len())
        );
    }
}

#[test]
fn every_page_of_a_long_letter_says_whose_it_is() {
    let mut letter = sample::decision_letter();
    let body = letter.body.clone();
    letter.body = body.iter().cycle().take(body.len() * 4).cloned().collect();
    let shelf = Shelf::new();
    let Some(pages) = tools::page_texts(&shelf.put("long", &printed(&letter))) else { return };
    assert!(pages.len() > 6, "{} pages", pages.len());
    for (at, page) in pages.iter().enumerate() {
        let page = words(page).join(" ");
        for expected in [
            "Ms Jo Sample, 14 Teasel Court, Lower Brinkley, Harrowmere, ZZ4 9QX".to_owned(),
            "Our reference: PSR-2026-0417".to_owned(),
            format!("Page {} of {}", at + 1, pages.len()),
        ] {
            assert!(page.contains(&expected), "page {}: {expected}\n{page}", at + 1);
        }
    }
}

#[test]
fn contents_lead_to_the_page_on_which_each_section_begins() {
    let mut body = vec![Block::contents("Contents")];
    for heading in ["Incidents", "Assessment", "Letters"] {
        body.push(Block::section(heading));
        body.push(Block::subsection("In detail"));
        body.extend(vec![Block::paragraph("Something was said."); 30]);
    }
    let shelf = Shelf::new();
    let file = shelf.put("contents", &printed(&sample::document(body)));
    let Some(pages) = tools::page_texts(&file) else { return };
    let first = pages.first().unwrap();
    assert!(!first.contains("Contents .") && first.matches("In detail").count() <= 1, "{first}");
    for heading in ["Incidents", "Assessment", "Letters"] {
        let begins =
            pages.iter().rposition(|page| page.lines().any(|line| line.trim() == heading)).unwrap() + 1;
        let led = first.lines().find(|line| line.contains(heading)).unwrap();
        assert!(led.trim().ends_with(&begins.to_string()), "{heading} begins on page {begins}: {led:?}");
    }
    if let Some(faults) = tools::accessibility_faults(&[file]) {
        assert_eq!(faults, Vec::<String>::new());
    }
}

#[test]
fn a_signature_is_never_alone_on_a_page() {
    let shelf = Shelf::new();
    for paragraphs in 20..34 {
        let mut body = vec![Block::paragraph("Said before."); paragraphs];
        body.push(Block::paragraph("Said last."));
        body.push(Block::signature("Yours sincerely", ["Morgan Ashby"]));
        let Some(pages) = tools::page_texts(&shelf.put("signed", &printed(&sample::document(body)))) else {
            return;
        };
        let signed = pages.iter().find(|page| page.contains("Yours sincerely")).unwrap();
        assert!(signed.contains("Said last.") && signed.contains("Morgan Ashby"), "{paragraphs}: {signed}");
    }
}

#[test]
fn whatever_was_typed_is_printed_as_typed_and_stays_accessible() {
    let shelf = Shelf::new();
    let mut files = Vec::new();
    for (at, typed) in hostile::STRINGS.iter().enumerate() {
        let file = shelf.put(&at.to_string(), &printed(&sample::everywhere(typed)));
        if let (true, Some(pages)) = (typed.is_ascii(), tools::page_texts(&file)) {
            let typed = typed.split_whitespace().collect::<String>();
            let printed = pages.concat().split_whitespace().collect::<String>();
            assert!(printed.contains(&typed.replace(|c: char| c.is_control(), "")), "{typed:?}\n{printed}");
        }
        files.push(file);
    }
    if let Some(faults) = tools::accessibility_faults(&files) {
        assert_eq!(faults, Vec::<String>::new());
    }
}

#[test]
fn no_word_however_long_leaves_the_page() {
    let shelf = Shelf::new();
    let endless = "x".repeat(200);
    for print in [Print::Standard, Print::Large] {
        let mut document = sample::everywhere(&endless);
        document.print = print;
        if let Some(right) = tools::rightmost(&shelf.put("endless", &printed(&document))) {
            assert!(right < 595.0 - 50.0, "{right} points");
        }
    }
}

#[test]
fn a_character_without_a_glyph_is_spelled_out() {
    let shelf = Shelf::new();
    let letter = sample::document(vec![Block::paragraph("Dear 王, 👎🏽")]);
    if let Some(pages) = tools::page_texts(&shelf.put("letter", &printed(&letter))) {
        assert!(pages.concat().contains("Dear [U+738B], 👎[U+1F3FD]"), "{pages:?}");
    }
}

#[test]
fn an_empty_document_is_still_a_document() {
    let empty = sample::empty();
    assert!(printed(&empty).starts_with(b"%PDF-1.7"));
}

#[test]
fn a_document_without_a_title_is_refused() {
    let mut letter = sample::decision_letter();
    letter.title = " ".into();
    assert!(matches!(pdf(&letter), Err(Fault::Untitled)));
}

#[test]
fn the_same_letter_is_the_same_file() {
    assert_eq!(printed(&sample::decision_letter()), printed(&sample::decision_letter()));
}

#[test]
fn letters_made_at_once_hold_only_their_own_words() {
    let letters = (0..48)
        .map(|n| {
            sample::document(vec![
                Block::paragraph(format!("Canary number {n}")),
                Block::facts([("Canary", Inline::strong(format!("{n}")))]),
            ])
        })
        .collect::<Vec<_>>();
    let alone = letters.iter().map(printed).collect::<Vec<_>>();
    let together = thread::scope(|scope| {
        let sets = letters
            .chunks(6)
            .map(|set| scope.spawn(|| set.iter().map(printed).collect::<Vec<_>>()))
            .collect::<Vec<_>>();
        sets.into_iter().flat_map(|set| set.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(alone == together, "a letter made beside others differs from the same letter made alone");
    assert!(alone.windows(2).all(|pair| pair[0] != pair[1]), "two letters are one");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_is_nothing_to_type_that_cannot_be_printed(typed in prop::collection::vec(any::<String>(), 40)) {
        let paragraphs = typed.iter().map(|typed| Block::paragraph([Inline::from(typed), Inline::strong(typed)]));
        printed(&sample::document(paragraphs.collect()));
    }
}

fn printed(document: &Document) -> Vec<u8> {
    pdf(document).unwrap_or_else(|fault| match fault {
        Fault::Untitled => panic!("{fault}"),
        Fault::Layout(diagnosis) | Fault::Export(diagnosis) => panic!("{:?}", diagnosis.reveal()),
    })
}

/// The smallest PDF of one empty page: a file that opens, and that no screen reader can use.
fn untagged() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        "<< /Length 38 >>\nstream\nBT /F 12 Tf 72 720 Td (A letter) Tj ET\nendstream",
    ];
    let mut file = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let table = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}
