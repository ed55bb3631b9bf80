//! What a line of a document is made of: plain words, words that matter, and ways to get in touch.

use crate::Text;

/// A piece of a line.
///
/// Every address shows itself, so that it can be read and typed from paper, and so that none can lead elsewhere than it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words. A line break inside is kept.
    Plain(Text),
    /// Words that must not be missed: strong importance, shown bold.
    Strong(Text),
    /// A web address without its scheme, `www.lgo.org.uk/make-a-complaint`; always reached by https.
    Web(Text),
    /// An email address.
    Email(Text),
    /// A telephone number, written as people read it: `01632 960 123`.
    Phone(Text),
}

impl Inline {
    /// Words that must not be missed.
    pub fn strong(words: impl Into<Text>) -> Self {
        Inline::Strong(words.into())
    }

    /// A web address without its scheme.
    pub fn web(address: impl Into<Text>) -> Self {
        Inline::Web(address.into())
    }

    /// An email address.
    pub fn email(address: impl Into<Text>) -> Self {
        Inline::Email(address.into())
    }

    /// A telephone number.
    pub fn phone(number: impl Into<Text>) -> Self {
        Inline::Phone(number.into())
    }

    /// The words as they are read, whatever the rendering.
    pub fn words(&self) -> &Text {
        match self {
            Inline::Plain(words)
            | Inline::Strong(words)
            | Inline::Web(words)
            | Inline::Email(words)
            | Inline::Phone(words) => words,
        }
    }

    /// Where following it leads, as a URL of scheme `https`, `mailto` or `tel` and nothing else; none for words.
    pub(crate) fn destination(&self) -> Option<String> {
        match self {
            unsaid if unsaid.words().is_empty() => None,
            Inline::Plain(_) | Inline::Strong(_) => None,
            Inline::Web(address) => Some(format!("https://{}", escaped(address.as_str(), WEB))),
            Inline::Email(address) => Some(format!("mailto:{}", escaped(address.as_str(), EMAIL))),
            Inline::Phone(number) => Some(format!("tel:{}", dialled(number.as_str()))),
        }
    }
}

impl<T: Into<Text>> From<T> for Inline {
    fn from(words: T) -> Self {
        Inline::Plain(words.into())
    }
}

/// A run of pieces: one paragraph, one item, one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose(Vec<Inline>);

impl Prose {
    /// The pieces, in order.
    pub fn pieces(&self) -> &[Inline] {
        &self.0
    }

    /// The words as they are read, whatever the rendering.
    pub fn words(&self) -> String {
        self.0.iter().map(|piece| piece.words().as_str()).collect()
    }
}

impl<T: Into<Inline>> From<T> for Prose {
    fn from(piece: T) -> Self {
        Prose(vec![piece.into()])
    }
}

impl<const N: usize> From<[Inline; N]> for Prose {
    fn from(pieces: [Inline; N]) -> Self {
        Prose(pieces.into())
    }
}

impl From<Vec<Inline>> for Prose {
    fn from(pieces: Vec<Inline>) -> Self {
        Prose(pieces)
    }
}

const WEB: &str = "-._~/?#=&%+:@,;";
const EMAIL: &str = "-._~@+";

fn escaped(address: &str, kept: &str) -> String {
    let mut url = String::with_capacity(address.len());
    for byte in address.bytes() {
        match char::from(byte) {
            c if c.is_ascii_alphanumeric() || kept.contains(c) => url.push(c),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

fn dialled(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_can_only_lead_where_it_says() {
        let leads = |piece: Inline| piece.destination().unwrap();
        assert_eq!(leads(Inline::web("www.lgo.org.uk/a?b=c")), "https://www.lgo.org.uk/a?b=c");
        assert_eq!(leads(Inline::web("javascript:alert('x')")), "https://javascript:alert%28%27x%27%29");
        assert_eq!(leads(Inline::email("a@b.uk?bcc=c@d.uk")), "mailto:a@b.uk%3Fbcc%3Dc@d.uk");
        assert_eq!(leads(Inline::phone("+44 1632 960 123 (day)")), "tel:+441632960123");
    }
}
