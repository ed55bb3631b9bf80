//! A document: from whom, to whom, about what.

use jiff::civil::Date;

use crate::{Block, Language, Level, Prose, Text};

/// Everything a rendering needs. Equal documents render to equal bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is about: the one first-level heading, and the title of the file.
    pub title: Text,
    /// The language it is written in.
    pub language: Language,
    /// The council.
    pub sender: Sender,
    /// To whom, line by line as on the envelope; repeated on every page, so that pages of two people are never mixed. May be empty
    /// (a meeting pack).
    pub addressee: Vec<Text>,
    /// What to quote in reply; repeated on every page.
    pub reference: Text,
    /// The day it is dated.
    pub date: Date,
    /// What it says.
    pub body: Vec<Block>,
    /// A last small line: what proves the document, for instance the code of a checkpoint. May be empty.
    pub footer: Text,
    /// How large it is printed.
    pub print: Print,
}

impl Document {
    /// The headings of its sections, in order.
    pub(crate) fn sections(&self) -> impl Iterator<Item = &Text> {
        self.body.iter().filter_map(|block| match block {
            Block::Heading(Level::Section, words) if !words.is_empty() => Some(words),
            _ => None,
        })
    }
}

/// Who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The council's name.
    pub name: Text,
    /// Its postal address, line by line.
    pub address: Vec<Text>,
    /// How to reach it: telephone, email, hours; a line each.
    pub contact: Vec<Prose>,
    /// The council's own colour, for the rule under its name in print. Pages take theirs from their own stylesheet.
    pub colour: Colour,
}

/// A colour of print. Only ever decoration: no words are set in it, so that any council's colour is readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Colour {
    /// A dark blue grey for councils that name no colour.
    pub const SLATE: Colour = Colour { red: 0x2b, green: 0x41, blue: 0x55 };
}

/// How large a document is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Print {
    /// 12 point.
    #[default]
    Standard,
    /// 18 point, for readers who ask for large print.
    Large,
}
