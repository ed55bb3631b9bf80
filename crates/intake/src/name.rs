//! What a file is called: one line that looks like what it is.

use register::incident::Media;

/// The most characters of a name that are kept.
const LONGEST: usize = 120;

/// What a file is called that was found to be this: a plain name that ends as it should, so that no machine takes it for anything else. A web
/// page is a text, and called one.
#[must_use]
pub fn name_as(name: &str, media: Media) -> String {
    let (plain, endings) = (plain_name(name), endings(media));
    let given = plain.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match (given, endings) {
        (Some(given), endings) if endings.contains(&given.as_str()) => plain,
        (_, [usual, ..]) => format!("{plain}.{usual}"),
        (_, []) => plain,
    }
}

/// How the name of a file may end, the usual first.
const fn endings(media: Media) -> &'static [&'static str] {
    match media {
        Media::Jpeg => &["jpg", "jpeg"],
        Media::Png => &["png"],
        Media::Pdf => &["pdf"],
        Media::Text => &["txt"],
    }
}

/// A name without folders, control characters, or marks that turn the direction of writing and so make one ending look like another; never
/// empty.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).take(LONGEST).collect();
    let plain = plain.trim();
    if plain.is_empty() || plain.chars().all(|c| c == '.') { "file".to_owned() } else { plain.to_owned() }
}

/// Whether a character turns the direction of writing, or is not seen at all (Unicode, bidirectional and zero-width controls).
const fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folders_and_is_read_in_one_direction() {
        assert_eq!(plain_name("C:\\me\\long.txt"), "long.txt");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("../a b\r\nc.png"), "a bc.png");
        assert_eq!(plain_name("photo\u{202e}gpj.exe"), "photogpj.exe");
        for nothing in ["", "..", "/", "\u{200b}", "a/.."] {
            assert_eq!(plain_name(nothing), "file", "{nothing:?}");
        }
    }

    #[test]
    fn a_name_ends_as_what_the_file_is_and_a_web_page_is_a_text() {
        for (name, media, called) in [
            ("note.txt", Media::Text, "note.txt"),
            ("page.html", Media::Text, "page.html.txt"),
            ("drawing.svg", Media::Text, "drawing.svg.txt"),
            ("run.hta", Media::Text, "run.hta.txt"),
            ("gate.JPG", Media::Jpeg, "gate.JPG"),
            ("gate.jpeg", Media::Jpeg, "gate.jpeg"),
            ("gate.html", Media::Png, "gate.html.png"),
            ("letter", Media::Pdf, "letter.pdf"),
            ("txt", Media::Text, "txt.txt"),
            ("../..", Media::Text, "file.txt"),
        ] {
            assert_eq!(name_as(name, media), called);
            assert_eq!(name_as(called, media), called, "once is enough");
        }
    }
}
