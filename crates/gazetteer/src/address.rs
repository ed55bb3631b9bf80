//! An address as people read it, and the parts that it is put together from and ordered by.

use crate::case;
use crate::words;
use std::cmp::Ordering;
use std::fmt::Write as _;

/// An address of the list, as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its unique property reference number.
    pub uprn: u64,
    /// What stands before the postcode, with commas between its parts: "Flat 2, 14 High Street, Wyverton".
    pub lines: String,
    /// The postcode, where it has one.
    pub postcode: Option<String>,
}

/// What the list knows of a property reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is live, and this is its address.
    Live(Address),
    /// It was live in this list or an earlier one, and no longer is.
    Ended,
    /// The list has never had it: it may be another council's.
    Unknown,
}

/// A number with its suffix, and where it is a range the last one: "14", "14A", "14-16".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) first: u32,
    pub(crate) suffix: String,
    pub(crate) last: Option<(u32, String)>,
}

/// More numbers in one range than any building has; what claims more is not taken at its word.
const WIDEST: u32 = 60;

impl Numbers {
    /// Reads "14", "14A", "14-16" or "14a-16b".
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (first, last) = match text.split_once('-') {
            Some((first, last)) => (first.trim(), Some(number(last.trim())?)),
            None => (text.trim(), None),
        };
        let (first, suffix) = number(first)?;
        Some(Self { first, suffix, last })
    }

    pub(crate) fn written(&self) -> String {
        let mut written = format!("{}{}", self.first, self.suffix);
        if let Some((last, suffix)) = &self.last {
            // Into a string nothing fails.
            let _ = write!(written, "-{last}{suffix}");
        }
        written
    }

    /// Every number that somebody may mean it by: of "14A" also 14, of "14-18" also 16.
    fn words(&self) -> Vec<String> {
        let mut words = vec![self.first.to_string()];
        let mut with = |number: u32, suffix: &str| {
            words.push(number.to_string());
            if !suffix.is_empty() {
                words.push(format!("{number}{}", suffix.to_lowercase()));
            }
        };
        with(self.first, &self.suffix);
        if let Some((last, suffix)) = &self.last {
            with(*last, suffix);
            if (self.first..self.first.saturating_add(WIDEST)).contains(last) {
                // One side of a street is odd and the other even.
                let step = if (last - self.first).is_multiple_of(2) { 2 } else { 1 };
                words.extend((self.first..*last).step_by(step).map(|number| number.to_string()));
            }
        }
        words
    }
}

fn number(text: &str) -> Option<(u32, String)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, suffix) = text.split_at_checked(digits)?;
    let is_suffix = suffix.len() <= 2 && suffix.chars().all(|c| c.is_ascii_alphabetic());
    is_suffix.then_some(())?;
    Some((digits.parse().ok()?, suffix.to_uppercase()))
}

/// An address in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// What stands before the number: organisation, flat, name of the building.
    pub(crate) before: Vec<String>,
    pub(crate) number: Option<Numbers>,
    pub(crate) street: String,
    /// What stands after the street: locality and town.
    pub(crate) after: Vec<String>,
    pub(crate) postcode: String,
}

impl Parts {
    /// Takes one line of an address apart: the number and street are the first part that begins with a number and goes on.
    pub(crate) fn of_line(line: &str, postcode: &str) -> Self {
        let mut segments: Vec<String> =
            line.split([',', '\n', '\r']).map(words::spaced).filter(|segment| !segment.is_empty()).collect();
        let mut postcode = words::spaced(postcode);
        if postcode.is_empty() {
            postcode = segments
                .pop_if(|segment| words::is_postcode(segment))
                .or_else(|| segments.last_mut().and_then(cut_postcode))
                .unwrap_or_default();
        } else {
            segments.pop_if(|segment| words::joined(segment) == words::joined(&postcode));
        }
        // Some exports write "1, High Street"; "2, 14 High Street" is a flat in a house.
        let number_apart = segments.windows(2).position(|pair| {
            matches!(pair, [number, street] if Numbers::read(number).is_some() && !street.starts_with(|c: char| c.is_ascii_digit()))
        });
        if let Some(at) = number_apart {
            let number = segments.remove(at);
            if let Some(street) = segments.get_mut(at) {
                *street = format!("{number} {street}");
            }
        }
        let split = |segment: &String| {
            let (number, street) = segment.split_once(' ')?;
            let numbers = Numbers::read(number)?;
            Some((numbers, street.to_owned()))
        };
        let found = segments.iter().position(|segment| split(segment).is_some());
        // A house without a number: its name, and then the street.
        let at = found.unwrap_or_else(|| usize::from(segments.len() > 2));
        let mut before = segments;
        let mut after = before.split_off(at.min(before.len()));
        let whole = if after.is_empty() { String::new() } else { after.remove(0) };
        let (number, street) = match split(&whole) {
            Some((numbers, street)) => (Some(numbers), street),
            None => (None, whole),
        };
        Self { before, number, street, after, postcode }
    }

    /// With commas between its parts, none of them twice in a row, as people write and not all in capitals.
    pub(crate) fn lines(&self) -> String {
        let number = self.number.as_ref().map(Numbers::written);
        let street = match (number, self.street.as_str()) {
            (Some(number), "") => number,
            (Some(number), street) => format!("{number} {street}"),
            (None, street) => street.to_owned(),
        };
        let mut parts: Vec<String> = Vec::new();
        for part in self.before.iter().chain([&street]).chain(&self.after) {
            let part = words::spaced(part);
            let is_new = parts.last().is_none_or(|last| !last.eq_ignore_ascii_case(&part));
            if !part.is_empty() && is_new {
                parts.push(part);
            }
        }
        case::written(&parts.join(", "))
    }

    /// The words by which its house number is found.
    pub(crate) fn house_words(&self) -> Vec<String> {
        self.number.as_ref().map(Numbers::words).unwrap_or_default()
    }

    /// Every word by which it is found.
    pub(crate) fn all_words(&self) -> Vec<String> {
        let text = self.before.iter().chain([&self.street]).chain(&self.after);
        let mut all: Vec<String> = text.flat_map(|part| words::indexed(part)).collect();
        all.extend(self.house_words());
        all.extend(words::indexed(&self.postcode));
        all.push(words::joined(&self.postcode));
        all.retain(|word| !word.is_empty());
        all
    }

    /// As people look through a street: by street, by place, by number and then by what is inside.
    pub(crate) fn order(&self) -> Order {
        let numbers = self.number.as_ref();
        Order {
            street: words::folded(&self.street),
            place: words::folded(&self.after.join(" ")),
            number: numbers.map_or(0, |numbers| numbers.first),
            suffix: numbers.map(Numbers::written).unwrap_or_default(),
            inside: Natural::of(&self.before.join(" ")),
        }
    }
}

/// What one address stands before another by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Order {
    street: String,
    place: String,
    number: u32,
    suffix: String,
    inside: Natural,
}

/// Text in which numbers count as numbers: Flat 2 stands before Flat 10.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Natural(Vec<Word>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Number(u64, String),
    Letters(String),
}

impl Natural {
    fn of(text: &str) -> Self {
        let word = |word: &str| {
            let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
            let number = word.get(..digits).and_then(|digits| digits.parse().ok());
            let rest = word.get(digits..).unwrap_or_default().to_owned();
            number.map_or_else(|| Word::Letters(word.to_owned()), |number| Word::Number(number, rest))
        };
        Self(words::folded(text).split(' ').filter(|part| !part.is_empty()).map(word).collect())
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// The postcode that a line ends with, taken from it: "14 High Street Wyverton WY1 1AA".
fn cut_postcode(line: &mut String) -> Option<String> {
    let at = line.match_indices(' ').map(|(at, _)| at).rev().nth(1)?;
    let end = line.get(at + 1..)?.to_owned();
    words::is_postcode(&end).then(|| {
        line.truncate(at);
        end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_found_by_each_of_its_numbers_on_its_side_of_the_street() {
        let words = Numbers::read("14-18").expect("range").words();
        assert!(["14", "16", "18"].iter().all(|number| words.contains(&(*number).to_owned())), "{words:?}");
        assert!(!words.contains(&"15".to_owned()), "{words:?}");
        let suffixed = Numbers::read("14a").expect("number").words();
        assert!(suffixed.contains(&"14a".to_owned()) && suffixed.contains(&"14".to_owned()));
        let wild = Numbers::read("1-4000000000").expect("range").words();
        assert!(wild.len() < 10, "{}", wild.len());
    }

    #[test]
    fn a_line_is_taken_apart_at_its_number_and_put_together_as_it_was() {
        for (line, number, street) in [
            ("Flat 2, 14 High Street, Wyverton", Some("14"), "High Street"),
            ("14-16 High Street, Wyverton", Some("14-16"), "High Street"),
            ("Rose Cottage, Mill Lane, Little Tarrow", None, "Mill Lane"),
            ("3 Malt House, Tannery Row, Wyverton", Some("3"), "Malt House"),
            ("The Moorings", None, "The Moorings"),
            ("2, 14 High Street, Wyverton", Some("14"), "High Street"),
        ] {
            let parts = Parts::of_line(line, "WY1 1AA");
            assert_eq!(parts.number.as_ref().map(Numbers::written).as_deref(), number, "{line}");
            assert_eq!(parts.street, street, "{line}");
            assert_eq!(parts.lines(), line);
        }
    }

    #[test]
    fn a_postcode_at_the_end_of_a_line_is_a_postcode() {
        for line in [
            "14 HIGH STREET, WYVERTON, WY1 1AA",
            "14 High Street, Wyverton WY1 1AA",
            "14 High Street, Wyverton",
        ] {
            let given = if line.ends_with("AA") { "" } else { "WY1 1AA" };
            let parts = Parts::of_line(line, given);
            assert_eq!(
                (parts.lines().as_str(), parts.postcode.as_str()),
                ("14 High Street, Wyverton", "WY1 1AA")
            );
        }
        assert_eq!(Parts::of_line("14 High Street, WY1 1AA", "WY1 1AA").lines(), "14 High Street");
    }

    #[test]
    fn streets_are_looked_through_in_the_order_of_their_numbers() {
        let lines = [
            "2 High Street",
            "Flat 2, 10 High Street",
            "Flat 10, 10 High Street",
            "10A High Street",
            "100 High Street",
        ];
        let orders: Vec<Order> = lines.iter().map(|line| Parts::of_line(line, "").order()).collect();
        assert!(orders.is_sorted(), "{orders:?}");
    }
}
