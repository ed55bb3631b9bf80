//! Exports write in capitals; people read addresses in small letters.

/// Words that stand small inside the name of a place.
const SMALL: [&str; 16] = [
    "and", "at", "by", "in", "le", "next", "of", "on", "over", "the", "to", "under", "upon", "with", "y",
    "yr",
];

/// Shortened words without a vowel that are no initials.
const SHORTENED: [&str; 10] = ["ST", "RD", "DR", "MR", "MRS", "MT", "LTD", "PL", "SQ", "CT"];

/// An address as people write it. What is not all in capitals was written by somebody who chose, and stays.
pub(crate) fn written(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    text.split(", ").map(part).collect::<Vec<_>>().join(", ")
}

/// Each part begins with a capital.
fn part(text: &str) -> String {
    let mut is_first = true;
    let words = text.split(' ').map(|spaced| {
        let hyphened: Vec<String> = spaced
            .split('-')
            .map(|word| {
                let small = word.to_lowercase();
                let written =
                    if !is_first && SMALL.contains(&small.as_str()) { small } else { capital(word) };
                is_first = is_first && !word.chars().any(char::is_alphabetic);
                written
            })
            .collect();
        hyphened.join("-")
    });
    words.collect::<Vec<_>>().join(" ")
}

fn capital(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let is_initials = !letters.is_empty()
        && letters.len() <= 4
        && letters.iter().all(char::is_ascii)
        && !letters.iter().any(|c| "AEIOUWY".contains(*c))
        && !SHORTENED.contains(&word);
    if is_initials || word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut written = String::with_capacity(word.len());
    let mut before = None;
    let mut letters = 0;
    for c in word.chars() {
        // "O'BRIEN" is O'Brien and "ST MARY'S" is St Mary's: an apostrophe begins a name only after a single letter.
        let begins = letters == 0 || (before == Some('\'') && letters == 1 && word.len() > 3);
        if begins {
            written.push(c)
        } else {
            written.extend(c.to_lowercase())
        }
        letters += usize::from(c.is_alphabetic());
        before = Some(c);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_an_address_as_people_write_it() {
        for (capitals, words) in [
            ("14A HIGH STREET, STRATFORD-UPON-AVON", "14A High Street, Stratford-upon-Avon"),
            ("FLAT B, ST MARY'S HOUSE, BACK O' THE GREEN", "Flat B, St Mary's House, Back O' the Green"),
            ("O'BRIEN COURT", "O'Brien Court"),
            ("THE SHAMBLES END, FORD BY THE WATER", "The Shambles End, Ford by the Water"),
            ("NHS CLINIC, 2B DR PREWITT ROAD", "NHS Clinic, 2B Dr Prewitt Road"),
            ("Y FELIN, FFORDD YR EGLWYS", "Y Felin, Ffordd yr Eglwys"),
            ("12 TŶ COCH", "12 Tŷ Coch"),
            ("Flat of a PCSO", "Flat of a PCSO"),
        ] {
            assert_eq!(written(capitals), words);
        }
    }
}
