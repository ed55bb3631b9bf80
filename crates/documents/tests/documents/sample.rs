//! A letter as a council would send it. The council, the people and every address are invented.

use documents::{Block, Colour, Document, Inline, Language, Print, Sender, Table};
use jiff::civil::date;

pub fn council() -> Sender {
    Sender {
        name: "Harrowmere District Council".into(),
        address: ["Civic Offices", "Market Way", "Harrowmere", "ZZ1 1AA"].map(Into::into).to_vec(),
        contact: vec![
            [Inline::from("Telephone "), Inline::phone("01632 960 100")].into(),
            [Inline::from("Email "), Inline::email("register@harrowmere.example")].into(),
        ],
        colour: Colour { red: 0x12, green: 0x52, blue: 0x4d },
    }
}

pub fn document(body: Vec<Block>) -> Document {
    Document {
        title: "Our decision about how you contact us".into(),
        language: Language::English,
        sender: council(),
        addressee: ["Ms Jo Sample", "14 Teasel Court", "Lower Brinkley", "Harrowmere", "ZZ4 9QX"]
            .map(Into::into)
            .to_vec(),
        reference: "PSR-2026-0417".into(),
        date: date(2026, 11, 24),
        body,
        footer: "PSR-2026-0417. Recorded in the register at checkpoint 7F3A-91C2.".into(),
        print: Print::Standard,
    }
}

pub fn decision_letter() -> Document {
    document(vec![
        Block::paragraph("Dear Ms Sample"),
        Block::paragraph(
            "On 3 November 2026 you visited the Civic Offices. We have looked at what happened and decided to add an entry \
             about you to our Personal Safety Register. This letter explains why, what it means for you, and how to \
             challenge it.",
        ),
        Block::facts([
            ("Our decision", [Inline::strong("An entry on the Personal Safety Register")]),
            ("It starts on", ["24 November 2026".into()]),
            ("We will review it by", ["24 May 2027".into()]),
            ("You can appeal until", [Inline::strong("22 December 2026")]),
        ]),
        Block::section("What happened"),
        Block::paragraph(
            "At about 2.40pm you came to the reception desk about your housing application. When you were told that the \
             officer was not available, you said that you would \u{201c}wait outside and sort him out\u{201d} and struck \
             the screen with your hand. Our staff were frightened. We consider this a threat of violence.",
        ),
        Block::paragraph([
            "We made this decision under our ".into(),
            Inline::strong("Unreasonable Customer Behaviour Policy"),
            ", which you can read at ".into(),
            Inline::web("www.harrowmere.example/customer-behaviour-policy"),
            " or ask us to send you.".into(),
        ]),
        Block::section("What we are doing"),
        Block::bullets([
            "Two members of staff will attend any visit to you.",
            "Please make an appointment before you come to the Civic Offices.",
        ]),
        Block::section("How you can still reach us"),
        Block::paragraph("Nothing here stops you from receiving our services. You can:"),
        Block::bullets([
            vec!["ring your named contact, Priya Fenwick, on ".into(), Inline::phone("01632 960 144")],
            vec!["write to us at the address above".into()],
            vec!["in an emergency, ring 999, or our out-of-hours line on ".into(), Inline::phone("01632 960 199")],
        ]),
        Block::section("If you disagree"),
        Block::steps([
            vec![
                "Ring or write to us by ".into(),
                Inline::strong("22 December 2026"),
                " and say why you disagree. You can ask someone to do this for you.".into(),
            ],
            vec!["A manager who took no part in this decision will look at everything again.".into()],
            vec!["We will write to you with the result within 20 working days.".into()],
        ]),
        Block::notice([vec![
            "If you are still unhappy, you can complain to the Local Government and Social Care Ombudsman at ".into(),
            Inline::web("www.lgo.org.uk"),
            " or on ".into(),
            Inline::phone("0300 061 0614"),
            ".".into(),
        ]]),
        Block::section("What we keep, and who sees it"),
        Block::Table(Table {
            caption: "Who can see the entry".into(),
            columns: ["Who", "What they see"].map(Into::into).to_vec(),
            rows: [
                ["Staff who may visit you", "The precautions, not the reasons"],
                ["Managers who decide and review", "The whole file"],
            ]
            .map(|row| row.map(Into::into).to_vec())
            .to_vec(),
        }),
        Block::paragraph([
            "We remove the entry when it is no longer needed, and destroy the file 12 months later. You have the right to \
             see what we hold, to ask us to correct it, and to complain to the Information Commissioner at "
                .into(),
            Inline::web("ico.org.uk"),
            ".".into(),
        ]),
        Block::section("If you need this letter in another way"),
        Block::paragraph(
            "We can send it in large print, in another language or as a recording, and arrange for an advocate to help \
             you. If an illness or a disability had a part in what happened, please tell us.",
        ),
        Block::signature("Yours sincerely", ["Morgan Ashby", "Head of Customer Relations"]),
    ])
}

/// A document with the same words in every place that takes words.
pub fn everywhere(words: &str) -> Document {
    let mut document = document(vec![
        Block::contents(words),
        Block::section(words),
        Block::subsection(words),
        Block::paragraph([
            words.into(),
            Inline::strong(words),
            Inline::web(words),
            Inline::email(words),
            Inline::phone(words),
        ]),
        Block::bullets([words, words]),
        Block::steps([words, words]),
        Block::facts([(words, words)]),
        Block::Table(Table {
            caption: words.into(),
            columns: vec![words.into(); 3],
            rows: vec![vec![words.into(); 3]; 2],
        }),
        Block::notice([words, words]),
        Block::signature(words, [words, words]),
    ]);
    document.title = format!("About {words}").into();
    document.sender.name = words.into();
    document.sender.address = vec![words.into()];
    document.sender.contact = vec![words.into()];
    document.addressee = vec![words.into(), words.into()];
    document.reference = words.into();
    document.footer = words.into();
    document
}

/// A document that says nothing, with every kind of block that holds nothing.
pub fn empty() -> Document {
    let mut document = document(vec![
        Block::contents(""),
        Block::section(""),
        Block::paragraph(Vec::new()),
        Block::bullets([""; 0]),
        Block::facts([("", ""); 0]),
        Block::Table(Table { caption: "".into(), columns: vec![], rows: vec![vec!["stray".into()]] }),
        Block::notice([""; 0]),
        Block::signature("", [""; 0]),
    ]);
    document.title = "Nothing".into();
    document.sender = Sender { name: "".into(), address: vec![], contact: vec![], colour: Colour::SLATE };
    document.addressee = vec![];
    document.reference = "".into();
    document.footer = "".into();
    document
}
