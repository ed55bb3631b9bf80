//! What people learn before they use the register, and how it is told that they did: short cards, then questions drawn afresh each time.
//!
//! What is kept of it is who, which course and edition, and when; never what anybody answered.

mod members;
mod staff;

use crate::choice::choices;
use std::collections::BTreeMap;

choices! {
    /// What is learnt.
    Course {
        /// For everybody who checks.
        Staff = "staff", "Training";
        /// For members of the council, who check and report only.
        Members = "members", "Introduction for members";
    }
}

/// Something to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub title: &'static str,
    /// What it says, one paragraph each.
    pub says: &'static [&'static str],
}

/// Something to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub asks: &'static str,
    /// Three answers, of which the first is right; pages show them in another order.
    pub answers: [&'static str; 3],
    /// Why the first is right.
    pub because: &'static str,
}

/// Which three answers stand in which order; the place of the right one changes from question to question.
const ORDERS: [[usize; 3]; 3] = [[0, 1, 2], [2, 0, 1], [1, 2, 0]];

/// Of a hundred answers, how many must be right.
const NEEDED: usize = 80;

/// A sheet of questions drawn for somebody. The same number draws the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// What it is about.
    pub course: Course,
    /// What it is drawn with.
    pub number: u64,
}

/// One question of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Which of the course it is, from nought.
    pub place: usize,
    /// What it asks.
    pub question: &'static Question,
    order: [usize; 3],
}

impl Drawn {
    /// The answers in the order in which they are shown.
    #[must_use]
    pub fn answers(&self) -> [&'static str; 3] {
        let [first, second, third] = self.question.answers;
        match self.order {
            [0, ..] => [first, second, third],
            [2, ..] => [third, first, second],
            _ => [second, third, first],
        }
    }

    /// Which of [`Drawn::answers`] is right.
    #[must_use]
    pub fn right(&self) -> usize {
        self.order.iter().position(|answer| *answer == 0).unwrap_or(0)
    }
}

/// How many answers of a sheet were right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// So many were right.
    pub right: usize,
    /// Of so many.
    pub of: usize,
}

impl Marks {
    /// Whether that is enough: four in five.
    #[must_use]
    pub const fn pass(self) -> bool {
        self.right * 100 >= self.of * NEEDED
    }
}

impl Course {
    /// Which edition is taught now. A new one is learnt at the next renewal.
    #[must_use]
    pub const fn edition(self) -> u32 {
        match self {
            Course::Staff | Course::Members => 1,
        }
    }

    /// What there is to read.
    #[must_use]
    pub const fn cards(self) -> &'static [Card] {
        match self {
            Course::Staff => staff::CARDS,
            Course::Members => members::CARDS,
        }
    }

    /// Every question there is.
    #[must_use]
    pub const fn questions(self) -> &'static [Question] {
        match self {
            Course::Staff => staff::QUESTIONS,
            Course::Members => members::QUESTIONS,
        }
    }

    /// How many of them are asked at once.
    #[must_use]
    pub const fn asks(self) -> usize {
        match self {
            Course::Staff => 8,
            Course::Members => 4,
        }
    }
}

impl Sheet {
    /// Its questions.
    #[must_use]
    pub fn questions(self) -> Vec<Drawn> {
        let mut places: Vec<usize> = (0..self.course.questions().len()).collect();
        // A question's place on the sheet follows from the number and from nothing that anybody could foresee.
        places.sort_by_key(|place| mixed(self.number.wrapping_add(*place as u64)));
        let drawn = places.into_iter().take(self.course.asks());
        drawn.filter_map(|place| self.drawn(place)).collect()
    }

    fn drawn(self, place: usize) -> Option<Drawn> {
        let question = self.course.questions().get(place)?;
        let order = ORDERS.get(usize::try_from(mixed(self.number ^ place as u64) % 3).ok()?)?;
        Some(Drawn { place, question, order: *order })
    }

    /// How many of these answers are right; `None` where a question has none. Answers go by the place of their question.
    #[must_use]
    pub fn marks(self, answers: &BTreeMap<usize, usize>) -> Option<Marks> {
        let questions = self.questions();
        let given: Option<Vec<bool>> = questions
            .iter()
            .map(|drawn| answers.get(&drawn.place).map(|answer| *answer == drawn.right()))
            .collect();
        let given = given?;
        Some(Marks { right: given.iter().filter(|right| **right).count(), of: given.len() })
    }
}

/// One number for another, each bit of which depends on every bit of the first (Steele, Lea and Flood: Fast splittable pseudorandom number
/// generators, 2014).
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_sheet_asks_as_many_different_questions_as_it_should() {
        for course in Course::ALL {
            let mut asked = BTreeSet::new();
            for number in 0..200 {
                let sheet = Sheet { course: *course, number };
                let places: BTreeSet<_> = sheet.questions().iter().map(|drawn| drawn.place).collect();
                assert_eq!(places.len(), course.asks());
                assert_eq!(sheet.questions(), sheet.questions());
                asked.extend(places);
            }
            assert_eq!(asked.len(), course.questions().len(), "every question is asked of somebody");
        }
        assert_eq!((Course::Staff.cards().len(), Course::Staff.questions().len()), (10, 20));
        assert_eq!((Course::Members.cards().len(), Course::Members.questions().len()), (2, 4));
    }

    #[test]
    fn the_right_answer_is_right_wherever_it_is_shown_and_stands_in_each_place() {
        let mut places = BTreeSet::new();
        for number in 0..50 {
            for drawn in (Sheet { course: Course::Staff, number }).questions() {
                assert_eq!(drawn.answers().get(drawn.right()), drawn.question.answers.first());
                assert_eq!(BTreeSet::from(drawn.answers()).len(), 3);
                places.insert(drawn.right());
            }
        }
        assert_eq!(places.len(), 3);
    }

    #[test]
    fn four_in_five_are_enough_and_a_question_left_out_is_no_sheet() {
        let sheet = Sheet { course: Course::Staff, number: 7 };
        let right: BTreeMap<usize, usize> =
            sheet.questions().iter().map(|drawn| (drawn.place, drawn.right())).collect();
        let with_wrong = |wrong: usize| {
            let change = |(index, (place, right)): (usize, (&usize, &usize))| {
                (*place, if index < wrong { (right + 1) % 3 } else { *right })
            };
            sheet.marks(&right.iter().enumerate().map(change).collect()).expect("answered")
        };
        assert_eq!(with_wrong(0), Marks { right: 8, of: 8 });
        assert!(with_wrong(1).pass() && !with_wrong(2).pass());
        let mut left_out = right.clone();
        left_out.pop_first();
        assert_eq!(sheet.marks(&left_out), None);
    }
}
