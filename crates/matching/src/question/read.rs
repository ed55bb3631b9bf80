//! One free text, as people type into a single box, read apart: what has a shape of its own first, then name from address.

use crate::address::{introduces_flat, is_street_kind, postcode_in};
use crate::born::Born;
use crate::fold::fold;
use crate::identifier::phone;
use crate::question::Question;

/// The most words of one text that are read.
const MOST: usize = 40;

/// A word of the text, and whether a comma follows it.
#[derive(Clone)]
struct Typed<'a> {
    text: &'a str,
    folded: String,
    ends: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Word,
    Segment,
}

pub(super) fn read(text: &str) -> Question {
    let mut question = Question::default();
    let mut words: Vec<Typed<'_>> = Vec::new();
    for typed in text.split_whitespace().take(MOST) {
        let plain = typed.trim_end_matches([',', ';']);
        if plain.contains('@') {
            question.email = Some(plain.to_owned());
        } else if !plain.is_empty() {
            let ends = if plain.len() < typed.len() { End::Segment } else { End::Word };
            words.push(Typed { text: plain, folded: fold(plain), ends });
        } else if let Some(last) = words.last_mut() {
            last.ends = End::Segment;
        }
    }
    take_born(&mut words, &mut question);
    let after_postcode = take_postcode(&mut words, &mut question);
    take_phone(&mut words, &mut question);
    let (name, address) = match after_postcode.filter(|at| name_follows(&words, *at)) {
        Some(at) => (words.get(at..).unwrap_or_default(), words.get(..at).unwrap_or_default()),
        None => part(&words),
    };
    question.name = joined(name);
    question.address = joined(address);
    question
}

fn joined(words: &[Typed<'_>]) -> Option<String> {
    let mut text = String::new();
    for word in words {
        text.push_str(word.text);
        text.push_str(if word.ends == End::Segment { ", " } else { " " });
    }
    let text = text.trim_end_matches([',', ' ']);
    (!text.is_empty()).then(|| text.to_owned())
}

fn take_born(words: &mut Vec<Typed<'_>>, question: &mut Question) {
    for length in [1, 3] {
        let found = words.windows(length).position(|window| {
            let text = window.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            (4..=8).contains(&digits) && matches!(Born::parse(&text), Some(Born::Day { .. }))
        });
        if let Some(at) = found {
            let taken: Vec<&str> = words.drain(at..at + length).map(|word| word.text).collect();
            question.born = Born::parse(&taken.join(" "));
            return;
        }
    }
}

/// Takes the postcode out, and says where it stood.
fn take_postcode(words: &mut Vec<Typed<'_>>, question: &mut Question) -> Option<usize> {
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let (_, at, length) = postcode_in(&folded)?;
    let taken: Vec<&str> = words.drain(at..at + length).map(|word| word.text).collect();
    question.postcode = Some(taken.join(" "));
    if let Some(before) = at.checked_sub(1).and_then(|before| words.get_mut(before)) {
        before.ends = End::Segment;
    }
    Some(at)
}

/// A postcode ends an address: what follows it, when it has no number, is the name.
fn name_follows(words: &[Typed<'_>], at: usize) -> bool {
    let rest = words.get(at..).unwrap_or_default();
    at > 0
        && !rest.is_empty()
        && !rest.iter().any(|word| begins_address(&word.folded) || is_street_kind(&word.folded))
}

fn take_phone(words: &mut Vec<Typed<'_>>, question: &mut Question) {
    let is_number = |word: &Typed<'_>| {
        word.text.bytes().any(|byte| byte.is_ascii_digit())
            && word.text.bytes().all(|byte| byte.is_ascii_digit() || b"+()-".contains(&byte))
    };
    let mut at = 0;
    while at < words.len() {
        let length = words.iter().skip(at).take_while(|word| is_number(word)).count();
        let text: String = words.iter().skip(at).take(length).map(|word| word.text).collect();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits >= 10 && phone(&text).is_some() {
            words.drain(at..at + length);
            question.phone = Some(text);
            return;
        }
        at += length.max(1);
    }
}

fn begins_address(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
        || introduces_flat(word)
        || matches!(
            word,
            "the" | "apt" | "apartment" | "flt" | "ground" | "first" | "second" | "top" | "basement"
        )
}

/// Name and address, whichever comes first.
fn part<'a, 'b>(words: &'b [Typed<'a>]) -> (&'b [Typed<'a>], &'b [Typed<'a>]) {
    if words.first().is_some_and(|word| begins_address(&word.folded)) {
        let (address, name) = words.split_at(words.len() - name_at_end(words));
        return (name, address);
    }
    words.split_at(name_at_start(words))
}

/// How many words at the start are a name.
fn name_at_start(words: &[Typed<'_>]) -> usize {
    let begins = words.iter().position(|word| begins_address(&word.folded)).unwrap_or(words.len());
    let segment = words.iter().position(|word| word.ends == End::Segment).map_or(words.len(), |at| at + 1);
    if segment >= begins {
        return begins;
    }
    if segment == 1 {
        let next =
            words.iter().skip(1).position(|word| word.ends == End::Segment).map_or(words.len(), |at| at + 2);
        let is_address = words.iter().take(next).any(|word| is_street_kind(&word.folded));
        return if is_address { segment } else { next.min(begins) };
    }
    segment
}

/// How many words at the end of a text that begins with an address are a name.
fn name_at_end(words: &[Typed<'_>]) -> usize {
    let last_of_address = words
        .iter()
        .rposition(|word| {
            is_street_kind(&word.folded) || word.folded.bytes().any(|byte| byte.is_ascii_digit())
        })
        .map_or(0, |at| at + 1);
    let rest = words.len() - last_of_address;
    let body = words.get(last_of_address..).unwrap_or_default();
    let body = body.split_last().map_or(body, |(_, before)| before);
    let after_comma = body.iter().rposition(|word| word.ends == End::Segment).map(|at| rest - at - 1);
    match after_comma {
        Some(1) if rest >= 2 => 2,
        Some(count) => count,
        None => rest.min(2),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn one_box_is_read_apart() {
        let asked = read("Karim Abdullah The Coach House, Bank Lane, Wakefield WF12 7AS");
        assert_eq!(asked.name.as_deref(), Some("Karim Abdullah"));
        assert_eq!(asked.address.as_deref(), Some("The Coach House, Bank Lane, Wakefield"));
        assert_eq!(asked.postcode.as_deref(), Some("WF12 7AS"));
        let asked = read("Brookside, Albert Grove, York YO59 2HU Janis Florea");
        assert_eq!(asked.name.as_deref(), Some("Janis Florea"));
        let asked = read("galvan, paula, 30 milton lane, york");
        assert_eq!(asked.name.as_deref(), Some("galvan, paula"));
        let asked = read("8 Mill Lane York john smith 3/7/1981");
        assert_eq!(asked.name.as_deref(), Some("john smith"));
        assert!(asked.born.is_some());
    }
}
