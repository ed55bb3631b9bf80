//! Text that is safe to show: what a person typed, without the characters that hide, reorder or break what is read.

use std::fmt;

/// Text in which every character is one a reader can see, or a plain line break.
///
/// Made from any string: line breaks of every kind become `\n`, tabs become spaces, and control characters, noncharacters and
/// the invisible characters of Unicode (`Default_Ignorable_Code_Point`: among them those that turn the direction of a line
/// around) are left out. Joiners and variation selectors stay, because Persian, Indic scripts and emoji are spelled with them.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text(String);

impl Text {
    /// The text as it is to be shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<&str> for Text {
    fn from(typed: &str) -> Self {
        Text(typed.replace("\r\n", "\n").chars().filter_map(visible).collect())
    }
}

impl From<String> for Text {
    fn from(typed: String) -> Self {
        Text::from(typed.as_str())
    }
}

impl From<&String> for Text {
    fn from(typed: &String) -> Self {
        Text::from(typed.as_str())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Whether a character is unseen itself and only changes the shape of those beside it.
pub(crate) fn shapes_its_neighbours(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

fn visible(character: char) -> Option<char> {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        c if shapes_its_neighbours(c) => Some(c),
        c if c.is_control() || is_invisible(c) || is_noncharacter(c) => None,
        c => Some(c),
    }
}

#[rustfmt::skip]
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_turn_the_line_around_reads_as_it_was_stored() {
        assert_eq!(Text::from("Sam \u{202e}gniK\u{202c}").as_str(), "Sam gniK");
    }

    #[test]
    fn every_kind_of_line_break_is_one_line_break() {
        assert_eq!(Text::from("a\r\nb\rc\u{2028}d\u{85}e\nf").as_str(), "a\nb\nc\nd\ne\nf");
    }

    #[test]
    fn characters_nobody_can_see_are_left_out() {
        let hidden = "B\u{0}r\u{1b}[31mo\u{200b}w\u{ad}n\u{feff}\u{e0041}\u{fffe}\u{7f}";
        assert_eq!(Text::from(hidden).as_str(), "Br[31mown");
    }

    #[test]
    fn names_of_the_world_are_untouched() {
        for name in [
            "Siân Ŵyn ap Gruffŷdd",
            "Łukasz Żółć",
            "محمد الأمین",
            "می\u{200c}خواهم",
            "Nguyễn Thị Hạnh",
            "👩\u{200d}🚒",
        ] {
            assert_eq!(Text::from(name).as_str(), name);
        }
    }
}
