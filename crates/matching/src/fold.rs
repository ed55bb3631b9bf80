//! One plain spelling for any text: small ASCII letters, digits and single spaces, whatever alphabet or damage it came with.

/// The folded text. Apostrophes and lost characters close up (`O'Brien`, `W?jcik`); anything else that is no letter or digit parts words.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        push_folded(&mut folded, text);
    } else {
        let repaired = repair(text);
        push_folded(&mut folded, &deunicode::deunicode(repaired.as_deref().unwrap_or(text)));
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push_folded(folded: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => folded.push(letter.to_ascii_lowercase()),
            '\'' | '`' | '?' | '\u{fffd}' => {}
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
}

/// Undoes UTF-8 that was read as Windows-1252 (`WÃ³jcik`), when the whole text turns back cleanly.
fn repair(text: &str) -> Option<String> {
    if !text.chars().any(|letter| ('\u{c2}'..='\u{f4}').contains(&letter)) {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(windows_1252).collect();
    String::from_utf8(bytes?).ok()
}

fn windows_1252(letter: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    if let Some(place) = HIGH.chars().position(|known| known == letter) {
        return u8::try_from(0x80 + place).ok();
    }
    u8::try_from(u32::from(letter)).ok()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn letters_of_any_alphabet_become_plain_ones() {
        assert_eq!(fold("  Łukasz  WÓJCIK-Żak "), "lukasz wojcik zak");
        assert_eq!(fold("O’Brien"), "obrien");
        assert_eq!(fold("José"), fold("Jose\u{301}"));
    }

    #[test]
    fn text_that_was_read_in_the_wrong_encoding_is_repaired() {
        assert_eq!(fold("WÃ³jcik"), "wojcik");
    }
}
