//! The typefaces of print, carried in the program: Noto Sans for reading, DejaVu Sans for the alphabets and signs it lacks,
//! Noto Emoji for what people type into their phones.

use std::borrow::Cow;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use unicode_segmentation::UnicodeSegmentation;

use crate::typed::shapes_its_neighbours;

/// In order of preference.
pub const FAMILIES: [&str; 3] = ["Noto Sans", "DejaVu Sans", "Noto Emoji"];

pub struct Fonts {
    faces: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl Fonts {
    pub fn load() -> Self {
        let files = [
            notosans::REGULAR_TTF,
            notosans::BOLD_TTF,
            dejavu::sans::regular(),
            dejavu::sans::bold(),
            epaint_default_fonts::NOTO_EMOJI_REGULAR,
        ];
        let faces = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect::<Vec<_>>();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
    }

    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub fn face(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// `words`, with what cannot be drawn spelled out by its code points: of a sign its marks, or the whole of it.
    pub fn drawable<'w>(&self, words: &'w str) -> Cow<'w, str> {
        if words.graphemes(true).all(|sign| self.draws(sign)) {
            return Cow::Borrowed(words);
        }
        let mut drawable = String::with_capacity(words.len());
        for sign in words.graphemes(true) {
            if self.draws(sign) {
                drawable.push_str(sign);
            } else {
                let (letter, marks) = sign.split_at(sign.chars().next().map_or(0, char::len_utf8));
                let spelled_out = if self.draws(letter) {
                    drawable.push_str(letter);
                    marks
                } else {
                    sign
                };
                drawable.extend(spelled_out.chars().map(|c| format!("[U+{:04X}]", u32::from(c))));
            }
        }
        Cow::Owned(drawable)
    }

    /// Whether one family draws the whole sign, letter and marks, in each of its weights.
    fn draws(&self, sign: &str) -> bool {
        let drawn = |face: &Font| {
            sign.chars().filter(|c| is_seen(*c)).all(|c| face.info().coverage.contains(u32::from(c)))
        };
        FAMILIES
            .into_iter()
            .any(|family| self.faces.iter().filter(|face| face.info().family == family).all(drawn))
    }
}

fn is_seen(c: char) -> bool {
    c != '\n' && !shapes_its_neighbours(c)
}
