//! What a file is called: one line that looks like what it is.

/// The most characters of a name that are kept.
const LONGEST: usize = 120;

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
    use super::plain_name;

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
}
