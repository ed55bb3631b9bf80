//! The tables of words in `data/`, and how a sentence is made from them.

use crate::chance::Chance;
use register::incident::Channel;
use register::personal::Text;
use register::policy::{Code, List, Policy};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A file of `[section]` headings with lines below them; `#` begins a remark.
pub(crate) struct Tables(BTreeMap<&'static str, Vec<&'static str>>);

pub(crate) static MATTERS: LazyLock<Tables> =
    LazyLock::new(|| Tables::read(include_str!("../data/matters.txt")));
pub(crate) static NAMES: LazyLock<Tables> = LazyLock::new(|| Tables::read(include_str!("../data/names.txt")));
pub(crate) static NARRATIVES: LazyLock<Tables> =
    LazyLock::new(|| Tables::read(include_str!("../data/narratives.txt")));
pub(crate) static PLACES: LazyLock<Tables> =
    LazyLock::new(|| Tables::read(include_str!("../data/places.txt")));
pub(crate) static PROCEDURE: LazyLock<Tables> =
    LazyLock::new(|| Tables::read(include_str!("../data/procedure.txt")));

impl Tables {
    fn read(file: &'static str) -> Self {
        Self(sections(file).collect())
    }

    /// The lines of a section; none where there is no such section.
    pub(crate) fn lines(&self, section: &str) -> &[&'static str] {
        self.0.get(section).map_or(&[], Vec::as_slice)
    }

    /// One of the lines of a section that is there.
    pub(crate) fn any(&self, section: &str, chance: &mut Chance) -> &'static str {
        chance.pick(self.lines(section))
    }

    /// One of the words of a section whose lines are lists of words; an underscore in a word is a space.
    pub(crate) fn word(&self, section: &str, chance: &mut Chance) -> String {
        let words: Vec<&str> = self.lines(section).iter().flat_map(|line| line.split(' ')).collect();
        chance.pick(&words).replace('_', " ")
    }
}

/// The sections of a file, in order, each with its lines.
pub(crate) fn sections(file: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(heading) => found.push((heading, Vec::new())),
            None => {
                if let Some((_, lines)) = found.last_mut() {
                    lines.push(line);
                }
            }
        }
    }
    found.into_iter()
}

/// Words of our own as text.
#[expect(
    clippy::expect_used,
    reason = "every sentence of the tables is short and not blank; the tests play them"
)]
pub(crate) fn text(words: &str) -> Text {
    Text::new(words).expect("a sentence")
}

/// A code that the policy's lists are known to hold.
#[expect(clippy::expect_used, reason = "written here as two to five capitals")]
pub(crate) fn code(letters: &str) -> Code {
    Code::new(letters).expect("a code")
}

/// A sentence with its `{blanks}` filled in and `\n` as line breaks.
pub(crate) fn fill(sentence: &str, blanks: &[(&str, &str)]) -> String {
    let whole = sentence.replace("\\n", "\n");
    blanks.iter().fold(whole, |words, (blank, value)| words.replace(&format!("{{{blank}}}"), value))
}

/// What the policy calls a behaviour, to stand within a sentence.
pub(crate) fn behaviour_words(behaviour: &Code) -> String {
    static POLICY: LazyLock<Policy> =
        LazyLock::new(|| Policy::first(jiff::civil::Date::MIN, text("the policy")));
    lower_first(POLICY.words(List::Behaviour, behaviour).unwrap_or(behaviour.as_str()))
}

/// What pages call a channel, to stand within a sentence.
pub(crate) fn channel_words(channel: Channel) -> String {
    lower_first(channel.label())
}

/// A date as letters write it.
pub(crate) fn written(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
