//! What somebody has typed so far, as the questions that are put to the list, the closest meaning first.

use crate::words;

/// Longer than any address; what is typed beyond it is not looked for.
const LONGEST: usize = 200;
/// The most words that are looked for.
const MOST: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    ends: Ends,
}

/// Whether a word is known to its end, or may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Here,
    Perhaps,
}

/// How closely words are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Each as it stands.
    Whole,
    /// The one that somebody is typing may go on.
    LastMayGoOn,
    /// Any may: "st mary rd" for St Mary's Road.
    AnyMayGoOn,
}

/// Shorter words would go on as almost anything.
const LONG_ENOUGH: usize = 3;

/// The full-text questions, the closest meaning first. None where too little is typed to mean anything.
pub(crate) fn questions(typed: &str) -> Vec<String> {
    let typed: String = typed.chars().take(LONGEST).collect();
    let folded = words::folded(&typed);
    if folded.replace(' ', "").len() < 2 {
        return Vec::new();
    }
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST).collect();
    let mut questions = Vec::new();
    for reading in [with_postcode(&words), Some(plain(&words))].into_iter().flatten() {
        questions.extend(of_reading(&reading));
    }
    questions
}

/// Every word for itself; somebody may still be typing the last.
fn plain(words: &[&str]) -> Vec<Word> {
    let word = |(at, text): (usize, &&str)| {
        let ends = if at + 1 == words.len() { Ends::Perhaps } else { Ends::Here };
        Word { text: (*text).to_owned(), ends }
    };
    words.iter().enumerate().map(word).collect()
}

/// "gl50 1" and "gl50 1a" as the beginning of one postcode.
fn with_postcode(words: &[&str]) -> Option<Vec<Word>> {
    let is_pair = |pair: &[&str]| matches!(pair, [out, inward] if words::is_outcode(out) && words::begins_incode(inward));
    let at = words.windows(2).position(is_pair)?;
    let (before, rest) = words.split_at_checked(at)?;
    let (pair, after) = rest.split_at_checked(2)?;
    let text = pair.concat();
    let ends = if pair.last().is_some_and(|inward| inward.len() == 3) { Ends::Here } else { Ends::Perhaps };
    let here = |text: &&str| Word { text: (*text).to_owned(), ends: Ends::Here };
    let mut reading: Vec<Word> = before.iter().map(here).collect();
    reading.extend(plain(after));
    reading.push(Word { text, ends });
    Some(reading)
}

/// First with the number as that of the house and every word as it stands, last with any word still going on.
fn of_reading(reading: &[Word]) -> Vec<String> {
    let is_number = |word: &&Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    // "Flat 2, 14 High Street": the house has the last of the numbers.
    let house = reading.iter().rfind(is_number);
    let all = |taken: Taken| {
        let terms: Vec<String> = reading.iter().map(|word| term(word, taken)).collect();
        terms.join(" AND ")
    };
    let of_house =
        |taken: Taken| house.map(|house| format!("house : {} AND {}", term(house, taken), all(taken)));
    let mut questions: Vec<String> = Vec::new();
    for closeness in [&[Taken::Whole, Taken::LastMayGoOn][..], &[Taken::AnyMayGoOn]] {
        questions.extend(closeness.iter().filter_map(|taken| of_house(*taken)));
        questions.extend(closeness.iter().map(|taken| all(*taken)));
    }
    questions.dedup();
    questions
}

fn term(word: &Word, taken: Taken) -> String {
    let has_letters_enough = word.text.chars().filter(char::is_ascii_alphabetic).count() >= LONG_ENOUGH;
    let may_go_on = match taken {
        Taken::Whole => false,
        Taken::LastMayGoOn => word.ends == Ends::Perhaps,
        Taken::AnyMayGoOn => word.ends == Ends::Perhaps || has_letters_enough,
    };
    format!("\"{}\"{}", word.text, if may_go_on { " *" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_may_go_on_and_the_last_number_is_the_house() {
        let asked = questions("Flat 2 14 hi");
        assert_eq!(asked[0], "house : \"14\" AND \"flat\" AND \"2\" AND \"14\" AND \"hi\"");
        assert_eq!(asked[1], "house : \"14\" AND \"flat\" AND \"2\" AND \"14\" AND \"hi\" *");
        assert_eq!(asked.last().map(String::as_str), Some("\"flat\" * AND \"2\" AND \"14\" AND \"hi\" *"));
    }

    #[test]
    fn half_a_postcode_is_read_as_one_before_anything_else() {
        assert!(questions("gl50 1")[1].ends_with("\"gl501\" *"), "{:?}", questions("gl50 1"));
        assert!(questions("14 GL50 1AA").iter().any(|asked| asked.contains("house : \"14\"")));
    }

    #[test]
    fn nothing_that_is_typed_is_a_command_to_the_index() {
        assert!(questions("").is_empty() && questions(" ' \" ").is_empty() && questions("a").is_empty());
        for asked in questions("\" OR house:* NEAR(x) -- high") {
            assert!(!asked.contains("NEAR(") && !asked.contains("\" OR"), "{asked}");
        }
    }
}
